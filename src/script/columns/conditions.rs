//! What conditions on rows say: a column beside a value, and a column that is beside nothing.

use super::Reader;
use crate::script::tokens::{Kind, Token, closing, inner};
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
    /// `==`, `!=`, `<`, `<=`, `>`, `>=` or `in`, as it stands with the column on its left.
    pub operator: String,
    /// The value; of a constant what it stands for, at its own place.
    pub value: Spanned<String>,
    /// Whether the value is text.
    pub is_text: bool,
    /// The other texts of a list, of which any will do.
    pub others: Vec<String>,
}

impl Compared {
    /// Whether it asks which of the two comes first.
    pub fn is_of_order(&self) -> bool {
        !matches!(self.operator.as_str(), "==" | "!=" | "in")
    }

    /// Whether one of some words is asked for.
    pub fn is_met_by<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> bool {
        words
            .into_iter()
            .any(|word| self.value.value == word || self.others.iter().any(|other| other == word))
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
        let (operator, value, others) = match right.or_else(left) {
            Some((operator, value)) => (operator, value, Vec::new()),
            None if self.is(after, "in") => match self.texts_of_list(after + 1) {
                Some(others) => ("in", after + 2, others),
                None => return,
            },
            None => return,
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
            others,
        });
    }

    /// What a list holds after its first text, if it holds nothing but texts.
    fn texts_of_list(&self, open: usize) -> Option<Vec<String>> {
        let end = self.is(open, "[").then(|| closing(self.tokens, open))??;
        let held = &self.tokens[open + 1..end];
        let (texts, commas): (Vec<&Token<'_>>, Vec<&Token<'_>>) =
            held.iter().partition(|token| token.kind == Kind::Text);
        let is_plain = commas.iter().all(|token| token.is(","));
        let begins = held.first()?.kind == Kind::Text;
        (is_plain && begins).then(|| texts.into_iter().skip(1).map(inner).collect())
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
