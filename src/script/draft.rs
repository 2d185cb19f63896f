//! What an author wrote: cards with the exact place of every key and value. A draft knows
//! no rule; `validate` does.

use super::formula::Formula;
use crate::source::{Place, Source, Spanned};
use std::sync::Arc;

/// All cards of a script, in the order in which they were dealt.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The script.
    pub source: Source,
    /// Its cards.
    pub cards: Vec<Card>,
    /// The shared libraries that it uses.
    pub libraries: Vec<Source>,
    /// The parts of the script that could not be read: what they say is not known, and what
    /// is not among the cards may stand there.
    pub lost: Vec<Place>,
}

/// One card: `verb("id", #{ key: value, … });`.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its verb and where it stands.
    pub verb: Spanned<String>,
    /// Its id or name; `None` for verbs that take none.
    pub id: Option<Spanned<Value>>,
    /// Its keys, in the order written.
    pub entries: Vec<Entry>,
    /// From the verb to the closing bracket.
    pub place: Place,
}

impl Card {
    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }

    /// The id's text, if it is text.
    pub fn id_text(&self) -> Option<&str> {
        match self.id.as_ref().map(|id| &id.value) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Where the id stands, else the verb.
    pub fn id_place(&self) -> &Place {
        self.id.as_ref().map_or(&self.verb.place, |id| &id.place)
    }
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Spanned<Value>,
}

/// A value of a card.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Value {
    /// `"text"`.
    Text(String),
    /// `18`, `1.5`: all numbers are decimal.
    Number(f64),
    /// `true`, `false`.
    Truth(bool),
    /// `[a, b]`.
    List(Vec<Spanned<Value>>),
    /// `#{ a: b }`.
    Map(Vec<Entry>),
    /// `|workers| …`.
    Formula(Arc<Formula>),
    /// `at_most(16)`: lower and upper end.
    Threshold(Option<f64>, Option<f64>),
    /// `always("children")`.
    Always(String),
    /// Something undefined, reported already.
    Undefined,
    /// Anything else, by the name of its kind.
    Other(&'static str),
}

impl Value {
    /// What it is, for a reader.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "text",
            Value::Number(_) => "a number",
            Value::Truth(_) => "true or false",
            Value::List(_) => "a list",
            Value::Map(_) => "a card in `#{ … }`",
            Value::Formula(_) => "a formula",
            Value::Threshold(..) => "a threshold",
            Value::Always(_) => "`always(…)`",
            Value::Undefined => "something undefined",
            Value::Other(kind) => kind,
        }
    }
}
