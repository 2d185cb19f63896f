//! What a table's card says already, so that what it lacks is put beside that: a second
//! `codes` in one card would be a fault of its own.

use super::wording::quoted;
use crate::data::TableSpec;

/// What a card says of values.
#[derive(Default)]
pub(in super::super) struct Said<'s> {
    /// The line of its first code.
    codes: Option<usize>,
    /// Its texts that mean no answer.
    missing: &'s [String],
}

impl<'s> Said<'s> {
    /// What the card of a table says.
    pub(in super::super) fn by(spec: &'s TableSpec) -> Self {
        let codes = spec.columns.iter().flat_map(|column| &column.codes);
        Self {
            codes: codes.map(|(local, _)| local.place.line()).min(),
            missing: &spec.missing,
        }
    }

    /// Lines of `codes`, ready to type: into the map that is there, or as a map.
    pub(super) fn codes(&self, lines: &str) -> String {
        match self.codes {
            Some(line) => format!("among the `codes` that the card has (line {line}): {lines}"),
            None => format!("codes: #{{ {lines} }}"),
        }
    }

    /// `missing: ["n/k", "TBC"]`, ready to type: the texts that are there, and this.
    pub(super) fn missing(&self, text: &str) -> String {
        let known = self.missing.iter().map(|text| quoted(text));
        let all: Vec<String> = known.chain([quoted(text)]).collect();
        format!("missing: [{}]", all.join(", "))
    }
}
