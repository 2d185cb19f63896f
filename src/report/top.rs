//! The names that a value gives its templates: a struct or map in, each of its names with what
//! stands under it out.

use serde::Serialize;
use serde::ser::{Error as _, Impossible, SerializeMap, SerializeStruct, Serializer};
use serde_json::{Error, Value};

/// What is done with each name.
pub trait Visit {
    /// A name and what stands under it.
    fn name<T: Serialize + ?Sized>(&mut self, name: &str, value: &T);
}

/// Goes through the names of a struct or map, in order.
pub fn names_of(value: &impl Serialize, visit: &mut impl Visit) {
    value
        .serialize(Top { visit, name: None })
        .expect("what templates see is a struct, or a map of texts to values");
}

struct Top<'v, V> {
    visit: &'v mut V,
    name: Option<String>,
}

type Never = Impossible<(), Error>;

fn neither<T>() -> Result<T, Error> {
    Err(Error::custom("it is neither a struct nor a map"))
}

impl<V: Visit> SerializeMap for Top<'_, V> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        match serde_json::to_value(key)? {
            Value::String(name) => self.name = Some(name),
            _ => return neither(),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let name = self.name.take().map_or_else(neither, Ok)?;
        self.visit.name(&name, value);
        Ok(())
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

impl<V: Visit> SerializeStruct for Top<'_, V> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.visit.name(name, value);
        Ok(())
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

/// Everything that has no names.
macro_rules! without_names {
    ($($method:ident: $of:ty),*) => {
        $(fn $method(self, _: $of) -> Result<(), Error> {
            neither()
        })*
    };
}

impl<V: Visit> Serializer for Top<'_, V> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Never;

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    without_names!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_f32: f32, serialize_f64: f64, serialize_char: char,
        serialize_str: &str, serialize_bytes: &[u8], serialize_unit_struct: &'static str
    );

    fn serialize_none(self) -> Result<(), Error> {
        neither()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Error> {
        neither()
    }

    fn serialize_unit(self) -> Result<(), Error> {
        neither()
    }

    fn serialize_unit_variant(self, _: &str, _: u32, _: &str) -> Result<(), Error> {
        neither()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &str, _: &T) -> Result<(), Error> {
        neither()
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: &T,
    ) -> Result<(), Error> {
        neither()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Never, Error> {
        neither()
    }

    fn serialize_tuple(self, _: usize) -> Result<Never, Error> {
        neither()
    }

    fn serialize_tuple_struct(self, _: &str, _: usize) -> Result<Never, Error> {
        neither()
    }

    fn serialize_tuple_variant(self, _: &str, _: u32, _: &str, _: usize) -> Result<Never, Error> {
        neither()
    }

    fn serialize_struct_variant(self, _: &str, _: u32, _: &str, _: usize) -> Result<Never, Error> {
        neither()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Inner {
        a: u8,
        b: Option<&'static str>,
    }

    #[derive(Serialize)]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
        list: [u8; 2],
    }

    struct All(Vec<(String, String)>);

    impl Visit for All {
        fn name<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
            let text = serde_json::to_string(value).unwrap();
            self.0.push((name.to_owned(), text));
        }
    }

    #[test]
    fn the_names_of_a_struct_are_its_own_and_those_that_lie_flat_in_it() {
        let (a, b, list) = (1, None, [2, 3]);
        let outer = Outer {
            inner: Inner { a, b },
            list,
        };
        let mut all = All(Vec::new());
        names_of(&outer, &mut all);
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let expected = [pair("a", "1"), pair("b", "null"), pair("list", "[2,3]")];
        assert_eq!(all.0, expected);
        names_of(&outer.inner, &mut all);
        assert_eq!(all.0.len(), 5);
    }

    #[test]
    fn what_has_no_names_is_refused() {
        let mut all = All(Vec::new());
        let top = Top {
            visit: &mut all,
            name: None,
        };
        assert!([1].serialize(top).is_err());
    }
}
