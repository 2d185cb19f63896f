//! The text of a JSON file in, an array of objects; its keys as headers, and its objects
//! as rows, out.
//!
//! A survey tool may keep a matrix as an object within the sheet: question, then row, then, of
//! several columns, column. Each answer in it is a column of the table, `matrix [row]` or
//! `matrix: column [row]`, as other tools head them. The matrix itself stays a column that holds
//! several values.

use super::caps::MOST_COLUMNS;
use super::column::Raw;
use super::faults::At;
use super::header::Header;
use super::rows::Rows;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// The keys of all objects, in order of first appearance.
///
/// # Errors
/// Text that is not a JSON array of objects.
pub(super) fn header(text: &str, file: &str) -> Result<Header, Box<Diagnostic>> {
    let mut names: Vec<String> = Vec::new();
    let mut twice: BTreeMap<usize, usize> = BTreeMap::new();
    let mut known: HashMap<String, (usize, usize)> = HashMap::new();
    each(text, file, |at, object| {
        object.each(|key, _| {
            let next = names.len();
            // One more than there may be: the table is then left alone.
            if next > MOST_COLUMNS {
                return;
            }
            let (index, last) = known.entry(key.to_owned()).or_insert((next, 0));
            if *index == next {
                names.push(key.to_owned());
            }
            if *last == at.row {
                twice.entry(*index).or_insert(at.line);
            }
            *last = at.row;
        });
    })?;
    Ok(Header::of_entries(names, twice))
}

/// Every object as a row.
///
/// # Errors
/// Text that is not a JSON array of objects.
pub(super) fn rows(
    text: &str,
    header: &Header,
    file: &str,
    into: &mut Rows,
) -> Result<(), Box<Diagnostic>> {
    let index: HashMap<&str, usize> = header
        .names
        .iter()
        .enumerate()
        .map(|(index, name)| (name.as_str(), index))
        .collect();
    each(text, file, |at, object| {
        let mut cells: Vec<Option<&Value>> = vec![None; header.names.len()];
        object.each(|key, value| {
            if let Some(index) = index.get(key) {
                cells[*index] = Some(value);
            }
        });
        if cells.iter().flatten().all(|value| value.is_blank()) {
            into.add_blank(1);
        } else {
            into.add(at, |column| match cells[column] {
                None => Raw::Text(b""),
                Some(Value::Text(text)) => Raw::Text(text.as_bytes()),
                Some(Value::List | Value::Matrix(_)) => Raw::Nested,
            });
        }
    })
}

/// One object: its keys and values in order.
struct Object<'t>(Vec<(Cow<'t, str>, Value<'t>)>);

impl<'t> Object<'t> {
    /// Every value with the header under which it stands, those of a matrix after itself.
    fn each<'o>(&'o self, mut with: impl FnMut(&str, &'o Value<'t>)) {
        for (key, value) in &self.0 {
            let key = key.trim();
            with(key, value);
            let Value::Matrix(rows) = value else { continue };
            for (row, answer) in rows {
                let row = row.trim();
                match answer {
                    Value::Matrix(columns) => {
                        for (column, answer) in columns {
                            with(&format!("{key}: {} [{row}]", column.trim()), answer);
                        }
                    }
                    answer => with(&format!("{key} [{row}]"), answer),
                }
            }
        }
    }
}

/// One value, as text.
enum Value<'t> {
    Text(Cow<'t, str>),
    List,
    /// An object: the rows of a matrix, or the columns of one of them.
    Matrix(Vec<(Cow<'t, str>, Value<'t>)>),
}

impl Value<'_> {
    fn is_blank(&self) -> bool {
        matches!(self, Value::Text(text) if text.trim().is_empty())
    }
}

/// Calls `with` for each object of the array.
fn each<'t>(
    text: &'t str,
    file: &str,
    mut with: impl FnMut(At<'t>, Object<'t>),
) -> Result<(), Box<Diagnostic>> {
    let mut scan = Scan {
        text,
        at: 0,
        line: 1,
        counted: 0,
    };
    if !scan.take('[') {
        return Err(scan.broken(file, "is not a list of entries in `[ ]`"));
    }
    if scan.take(']') {
        return scan.end(file);
    }
    for row in 1.. {
        if scan.peek() != Some('{') {
            return Err(scan.broken(file, "has something other than an entry in `{ }` here"));
        }
        let start = scan.at;
        let line = scan.line_here();
        let mut stream = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Object>();
        let object = match stream.next() {
            Some(Ok(object)) => object,
            Some(Err(fault)) => {
                scan.to(&fault);
                return Err(scan.broken(file, "is not sound JSON here"));
            }
            None => return Err(scan.broken(file, "ends in the middle of an entry")),
        };
        scan.at = start + stream.byte_offset();
        with(
            At {
                line,
                row,
                object: &text[start..scan.at],
            },
            object,
        );
        if scan.take(']') {
            break;
        }
        if !scan.take(',') {
            return Err(scan.broken(file, "wants `,` or `]` after an entry here"));
        }
    }
    scan.end(file)
}

/// A position in the text.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// The line on which the byte `counted` lies.
    line: usize,
    counted: usize,
}

impl Scan<'_> {
    /// The next character that is no space.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn end(&mut self, file: &str) -> Result<(), Box<Diagnostic>> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.broken(file, "has more text after its list")),
        }
    }

    fn line_here(&mut self) -> usize {
        self.line += self.text[self.counted..self.at].matches('\n').count();
        self.counted = self.at;
        self.line
    }

    /// Moves to where the parser stopped, which counts from here.
    fn to(&mut self, fault: &serde_json::Error) {
        let rest = &self.text[self.at..];
        let above: usize = rest
            .split_inclusive('\n')
            .take(fault.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let mut at = (self.at + above + fault.column().saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        self.at = at;
    }

    /// The fault here. None of the text is shown: it is about people.
    fn broken(&mut self, file: &str, what: &str) -> Box<Diagnostic> {
        let line = self.line_here();
        let start = self.text[..self.at]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let column = self.text[start..self.at].chars().count() + 1;
        Box::new(
            Diagnostic::new(
                Code::FileFormat,
                Source::excerpt(file, line, "").whole(),
                format!("`{file}` {what}"),
            )
            .label(format!("line {line}, character {column}"))
            .help(
                "a JSON file holds a list of entries with the same names, \
                 `[{ \"team\": \"A1\", \"cases\": 14 }, …]`; save it again from the program that made it, or save it as CSV",
            ),
        )
    }
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object<'de>;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<'de>, A::Error> {
                entries(map).map(Object)
            }
        }
        from.deserialize_map(Entries)
    }
}

/// The entries of an object, as far as a table may have columns.
fn entries<'de, A: MapAccess<'de>>(
    mut map: A,
) -> Result<Vec<(Cow<'de, str>, Value<'de>)>, A::Error> {
    let mut entries = Vec::new();
    while let Some((key, value)) = map.next_entry::<Value, Value>()? {
        // No entry of a table has so many; what is read shows it.
        if entries.len() > 2 * MOST_COLUMNS {
            continue;
        }
        if let Value::Text(key) = key {
            entries.push((key, value));
        }
    }
    Ok(entries)
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct AsText;
        impl<'de> Visitor<'de> for AsText {
            type Value = Value<'de>;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("one value")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Value::Text(super::decode::spaces(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(owned(super::decode::spaces(text)))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(owned(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(owned(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(owned(value))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(owned(value))
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Value::Text(Cow::Borrowed("")))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Value::List)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                entries(map).map(Value::Matrix)
            }
        }
        from.deserialize_any(AsText)
    }
}

fn owned<'de>(value: impl ToString) -> Value<'de> {
    Value::Text(Cow::Owned(value.to_string()))
}
