//! The digest of a value: anything that serde can go through in, a SHA-256 over all of it out.
//!
//! It is for memories within one process: two values of one type have the same digest where all that
//! serde would write of them is the same. Nothing is written out as text, and the names of a struct's
//! fields go without saying, so it costs a fraction of what its JSON does. Every value begins with a
//! mark of its kind, lists and texts say where they end, and a field that is left out leaves its mark,
//! so no two values run together. Of floating-point numbers the bits count.

use super::Running;
use serde::Serialize;
use serde::de::value::Error;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// The digest of a value.
pub(crate) fn of_value<T: Serialize + ?Sized>(value: &T) -> [u8; 32] {
    let mut all = Running::default();
    all.add_value(value);
    all.sha256()
}

impl Running {
    /// A value more.
    pub(crate) fn add_value<T: Serialize + ?Sized>(&mut self, value: &T) {
        value
            .serialize(Pen { all: self })
            .expect("nothing is refused, and what we digest refuses nothing itself");
    }
}

/// The kinds of values, and what stands in the place of one.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Mark {
    End,
    Skipped,
    None,
    Some,
    False,
    True,
    Signed,
    Unsigned,
    Single,
    Double,
    Char,
    Text,
    Bytes,
    Unit,
    Variant,
    List,
    Map,
    Struct,
}

/// Puts down what serde goes through.
struct Pen<'a> {
    all: &'a mut Running,
}

impl<'a> Pen<'a> {
    fn mark(&mut self, mark: Mark) {
        self.all.add(&[mark as u8]);
    }

    fn put(mut self, mark: Mark, bytes: &[u8]) -> Result<(), Error> {
        self.mark(mark);
        self.all.add(bytes);
        Ok(())
    }

    fn begun(mut self, mark: Mark) -> Result<Parts<'a>, Error> {
        self.mark(mark);
        Ok(Parts(self))
    }

    /// Of an enumeration: which of its variants.
    fn variant(&mut self, number: u32) {
        self.mark(Mark::Variant);
        self.all.add(&number.to_le_bytes());
    }

    fn long(mut self, mark: Mark, bytes: &[u8]) -> Result<(), Error> {
        self.mark(mark);
        self.all.add(&(bytes.len() as u64).to_le_bytes());
        self.all.add(bytes);
        Ok(())
    }
}

/// What has parts, until its end.
struct Parts<'a>(Pen<'a>);

impl Parts<'_> {
    fn part<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(Pen { all: self.0.all })
    }

    fn ended(mut self) -> Result<(), Error> {
        self.0.mark(Mark::End);
        Ok(())
    }
}

/// Numbers, each as wide as the widest of its kind.
macro_rules! numbers {
    ($($method:ident: $of:ty as $wide:ty => $mark:ident),* $(,)?) => {
        $(fn $method(self, number: $of) -> Result<(), Error> {
            self.put(Mark::$mark, &<$wide>::from(number).to_le_bytes())
        })*
    };
}

impl<'a> Serializer for Pen<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Parts<'a>;
    type SerializeTupleVariant = Parts<'a>;
    type SerializeMap = Parts<'a>;
    type SerializeStruct = Parts<'a>;
    type SerializeStructVariant = Parts<'a>;

    numbers! {
        serialize_i8: i8 as i64 => Signed,
        serialize_i16: i16 as i64 => Signed,
        serialize_i32: i32 as i64 => Signed,
        serialize_i64: i64 as i64 => Signed,
        serialize_u8: u8 as u64 => Unsigned,
        serialize_u16: u16 as u64 => Unsigned,
        serialize_u32: u32 as u64 => Unsigned,
        serialize_u64: u64 as u64 => Unsigned,
        serialize_f32: f32 as f32 => Single,
        serialize_f64: f64 as f64 => Double,
        serialize_char: char as u32 => Char,
    }

    fn serialize_bool(mut self, value: bool) -> Result<(), Error> {
        self.mark(if value { Mark::True } else { Mark::False });
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.long(Mark::Text, text.as_bytes())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        self.long(Mark::Bytes, bytes)
    }

    fn serialize_none(mut self) -> Result<(), Error> {
        self.mark(Mark::None);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(mut self, value: &T) -> Result<(), Error> {
        self.mark(Mark::Some);
        value.serialize(self)
    }

    fn serialize_unit(mut self) -> Result<(), Error> {
        self.mark(Mark::Unit);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        mut self,
        _: &'static str,
        number: u32,
        _: &'static str,
    ) -> Result<(), Error> {
        self.variant(number);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        number: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.variant(number);
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a>, Error> {
        self.begun(Mark::List)
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'a>, Error> {
        self.begun(Mark::List)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>, Error> {
        self.begun(Mark::List)
    }

    fn serialize_tuple_variant(
        mut self,
        _: &'static str,
        number: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Parts<'a>, Error> {
        self.variant(number);
        self.begun(Mark::List)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'a>, Error> {
        self.begun(Mark::Map)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>, Error> {
        self.begun(Mark::Struct)
    }

    fn serialize_struct_variant(
        mut self,
        _: &'static str,
        number: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Parts<'a>, Error> {
        self.variant(number);
        self.begun(Mark::Struct)
    }
}

/// What has parts without a name.
macro_rules! of_parts {
    ($($of:ident: $method:ident),*) => {
        $(impl $of for Parts<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.part(value)
            }

            fn end(self) -> Result<(), Error> {
                self.ended()
            }
        })*
    };
}

of_parts!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.part(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.part(value)
    }

    fn end(self) -> Result<(), Error> {
        self.ended()
    }
}

/// What has fields: their names are those of its type, in its order.
macro_rules! of_fields {
    ($($of:ident),*) => {
        $(impl $of for Parts<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                _: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.part(value)
            }

            fn skip_field(&mut self, _: &'static str) -> Result<(), Error> {
                self.0.mark(Mark::Skipped);
                Ok(())
            }

            fn end(self) -> Result<(), Error> {
                self.ended()
            }
        })*
    };
}

of_fields!(SerializeStruct, SerializeStructVariant);

#[cfg(test)]
mod tests {
    use super::of_value;
    use serde::Serialize;
    use std::collections::BTreeMap;

    #[derive(Serialize, Default)]
    struct Two {
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        b: Option<u8>,
    }

    #[derive(Serialize)]
    enum Kind {
        Bare,
        Other,
        One(u8),
        Named { a: u8 },
    }

    #[test]
    fn the_same_values_have_the_same_digest() {
        let two = || Two {
            a: Some(1),
            b: None,
        };
        assert_eq!(of_value(&two()), of_value(&two()));
        assert_eq!(of_value("text"), of_value(&"text".to_owned()));
        assert_eq!(of_value(&[1_u8, 2][..]), of_value(&vec![1_u8, 2]));
    }

    #[test]
    fn a_field_that_is_left_out_is_no_other_field() {
        let (a, b) = (Some(1), Some(1));
        let one = Two { a, b: None };
        let other = Two { a: None, b };
        assert_ne!(of_value(&one), of_value(&other));
        assert_ne!(of_value(&one), of_value(&Two::default()));
    }

    #[test]
    fn no_two_values_run_together() {
        let lists = |lists: &[&[&str]]| of_value(lists);
        let all = [
            lists(&[]),
            lists(&[&[]]),
            lists(&[&[], &[]]),
            lists(&[&["ab"]]),
            lists(&[&["a", "b"]]),
            lists(&[&["a"], &["b"]]),
            lists(&[&["", "ab"]]),
            lists(&[&["ab", ""]]),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one), "{at}");
        }
    }

    #[test]
    fn kinds_signs_and_last_bits_count() {
        let all = [
            of_value(&Kind::Bare),
            of_value(&Kind::Other),
            of_value(&Kind::One(0)),
            of_value(&Kind::Named { a: 0 }),
            of_value(&0_u8),
            of_value(&0_i8),
            of_value(&0_f64),
            of_value(&-0_f64),
            of_value(&f64::from_bits(1)),
            of_value(&f64::NAN),
            of_value(&Some(0_u8)),
            of_value(&None::<u8>),
            of_value(&()),
            of_value(&"0"),
            of_value(&'0'),
            of_value(&false),
            of_value(&true),
            of_value(&BTreeMap::from([("a", 1)])),
            of_value(&BTreeMap::from([("b", 1)])),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one), "{at}");
        }
    }
}
