//! What conditions on rows say: a column beside a value, and a column that is beside nothing.

use super::Reader;
use crate::script::tokens::Kind;
use crate::source::{Place, Spanned};

/// A column beside a value: `w.agency == "yes"`.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The table, by its name among the formula's.
    pub table: String,
    /// The column.
    pub column: String,
    /// The two as they are written: `w.agency`.
    pub cell: String,
    /// `==`, `!=`, `<`, `<=`, `>` or `>=`, as it stands with the column on its left.
    pub operator: String,
    /// The value; of a constant what it stands for, at its own place.
    pub value: Spanned<String>,
    /// Whether the value is text.
    pub is_text: bool,
}

impl Compared {
    /// Whether it asks which of the two comes first.
    pub fn is_of_order(&self) -> bool {
        !matches!(self.operator.as_str(), "==" | "!=")
    }
}

/// A column where a condition belongs: `w.agency`.
#[derive(Debug, Clone)]
pub struct Alone {
    /// The table, by its name among the formula's.
    pub table: String,
    /// The column.
    pub column: String,
    /// The two as they are written: `w.agency`.
    pub cell: String,
    /// Whether `not` stands before it.
    pub negated: bool,
    /// It, with that `not`.
    pub place: Place,
}

/// Signs that compare, each with what it is seen from the other side.
const COMPARING: [(&str, &str); 6] = [
    ("==", "=="),
    ("!=", "!="),
    ("<", ">"),
    ("<=", ">="),
    (">", "<"),
    (">=", "<="),
];

/// Words that join conditions.
const JOINING: [&str; 4] = ["and", "or", "&&", "||"];

/// Words before a condition that turn it round.
const NEGATING: [&str; 2] = ["not", "!"];

impl Reader<'_, '_> {
    /// A column from one word up to another, if a value stands beside it.
    pub(super) fn compare(&mut self, at: usize, after: usize, table: &str, column: &str) {
        let sign = |at: usize| COMPARING.iter().find(|(sign, _)| self.is(at, sign));
        let right = sign(after).map(|(sign, _)| (*sign, after + 1));
        let left = || {
            let (_, turned) = sign(at.checked_sub(1)?)?;
            let value = at.checked_sub(2)?;
            let whole = [Kind::Text, Kind::Number].contains(&self.tokens[value].kind)
                && !value
                    .checked_sub(1)
                    .is_some_and(|before| self.is_sum(before));
            whole.then_some((*turned, value))
        };
        let Some((operator, value)) = right.or_else(left) else {
            return;
        };
        let Some(value) = self.value_at(value) else {
            return;
        };
        self.reads.compared.push(Compared {
            table: table.to_owned(),
            column: column.to_owned(),
            cell: self.written(at, after),
            operator: operator.to_owned(),
            value: self.spanned(value),
            is_text: self.tokens[value].kind == Kind::Text,
        });
    }

    /// The text from one word up to another.
    fn written(&self, at: usize, after: usize) -> String {
        let span = self.tokens[at].span.to(self.tokens[after - 1].span);
        self.source.slice(span).to_owned()
    }

    /// Whether what follows is only a part of a value.
    fn is_sum(&self, at: usize) -> bool {
        ["+", "-", "*", "/", "%", "."]
            .iter()
            .any(|sign| self.is(at, sign))
    }

    /// The word that holds a value: itself, or the text of the constant that it names.
    fn value_at(&self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at)?;
        if !token.is_word() {
            return Some(at);
        }
        let constant = self.tokens.windows(4).position(|four| {
            four[0].is("const")
                && four[1].text == token.text
                && four[2].is("=")
                && four[3].kind == Kind::Text
        });
        Some(constant.map_or(at, |constant| constant + 3))
    }

    /// A column from one word up to another, if it is the whole of a condition.
    pub(super) fn stand_alone(&mut self, at: usize, after: usize, table: &str, column: &str) {
        let Some(before) = at.checked_sub(1) else {
            return;
        };
        let is_one = |at: usize, words: &[&str]| words.iter().any(|word| self.is(at, word));
        let negated = is_one(before, &NEGATING);
        let first = if negated { before } else { at };
        let Some(before) = first.checked_sub(1) else {
            return;
        };
        let begins = self.is(before, "|") || is_one(before, &JOINING);
        let ends = self.is(after, ")") || is_one(after, &JOINING);
        if begins && ends {
            let span = self.tokens[first].span.to(self.tokens[after - 1].span);
            self.reads.alone.push(Alone {
                table: table.to_owned(),
                column: column.to_owned(),
                cell: self.written(at, after),
                negated,
                place: self.source.place(span),
            });
        }
    }
}
