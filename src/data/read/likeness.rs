//! The row that was taken for a header in; whether it looks like one, or like a row of data,
//! out. Rows are about people, so that nothing of what may be one is shown.

use super::Headers;
use super::header::Header;
use super::meaning::{Meaning, Rules};
use crate::data::{ColumnSpec, Kind, TableSpec};
use crate::diagnostic::beginning;
use crate::national::ColumnKind;
use std::collections::{BTreeMap, BTreeSet};

/// Headers that are listed; of more it is said how many.
const MOST_LISTED: usize = 12;
/// Characters of a header that are shown.
const LONGEST: usize = 100;

/// What the row that was taken for a header looks like. Rows are counted from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Likeness {
    /// It names columns that are wanted.
    #[default]
    Headers,
    /// It names one of them at most: headers in other words, or somebody's row.
    Unsure(usize),
    /// Most of it is numbers, days, and words that are values.
    Data(usize),
}

impl Likeness {
    /// What a header looks like, of which these columns are wanted.
    pub(super) fn of(
        header: &Header,
        spec: &TableSpec,
        columns: &BTreeMap<String, String>,
    ) -> Self {
        let wanted: BTreeSet<&String> = columns.values().collect();
        let filled = header.names.iter().enumerate();
        let filled = filled.filter(|(_, name)| !name.is_empty());
        let (named, others): (Vec<_>, Vec<_>) = filled.partition(|(_, name)| wanted.contains(name));
        // The names of JSON are never values. One cell may be called like a column by chance.
        if !header.lettered || named.len() > 1 || others.is_empty() || header.stands_out {
            return Self::Headers;
        }
        // A header does not stand among the values below it.
        let is_again = |at: &usize| header.again.contains(at);
        let values = others.iter();
        let values = values.filter(|(at, name)| is_again(at) || is_value(name, spec));
        let values = values.count() + named.iter().filter(|(at, _)| is_again(at)).count();
        let named = named.iter().filter(|(at, _)| !is_again(at)).count();
        match values > named {
            true => Self::Data(header.line),
            false => Self::Unsure(header.line),
        }
    }

    /// Why nothing of the row may be shown; `None` if it may be.
    pub fn hidden(self) -> Option<String> {
        match self {
            Self::Headers => None,
            Self::Unsure(row) => Some(format!(
                "row {row} names hardly a column that is looked for, so nothing of it is shown: if it is somebody's row and no headers, put a row of headers above it"
            )),
            Self::Data(row) => Some(format!(
                "row {row} does not look like headers but like a row of data, and nothing of it is shown"
            )),
        }
    }
}

impl Headers {
    /// Some of its headers as they are shown after such words, long ones cut; of what may be
    /// somebody's row nothing.
    pub fn listed(&self, words: &str, names: &[&str]) -> String {
        self.likeness.hidden().unwrap_or_else(|| {
            let shown = names.iter().take(MOST_LISTED);
            let shown: Vec<String> = shown.map(|name| beginning(name, LONGEST)).collect();
            let more = match names.len().saturating_sub(MOST_LISTED) {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            format!("{words}: {}{more}", shown.join(", "))
        })
    }

    /// All its headers as they are shown.
    pub fn all_listed(&self, words: &str) -> String {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        self.listed(words, &names)
    }
}

/// Whether a text is a number, a day or an address, or a value of one of the wanted columns.
fn is_value(text: &str, spec: &TableSpec) -> bool {
    is_numeric(text) || text.contains('@') || spec.columns.iter().any(|one| has(one, text))
}

/// Whether a text is a number, or a day in figures.
pub(super) fn is_numeric(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic)
}

/// Whether a text is one of the few values that a column may have.
fn has(column: &ColumnSpec, text: &str) -> bool {
    let few = matches!(
        column.kind,
        Kind::National(ColumnKind::YesNo | ColumnKind::Service)
            | Kind::Answers { .. }
            | Kind::OneOf(_)
    );
    let coded = || Rules::new(column, &[]).meaning(text);
    few && matches!(coded(), Meaning::Word(_) | Meaning::Answer(_))
}
