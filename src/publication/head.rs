//! The first thing to know of a results file: the form, the council and the day, without
//! reading the rest.

use serde::Deserialize;

/// What says which results a file holds.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Head {
    /// The version of its form.
    pub schema: String,
    /// Whose it is, and of which day.
    pub council: HeadCouncil,
}

/// Whose it is, and of which day.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct HeadCouncil {
    /// The council's code.
    pub code: String,
    /// The as-of date: `2026-09-30`.
    pub as_of: String,
    /// The same in words.
    pub as_of_words: String,
}

impl HeadCouncil {
    /// Whether the as-of date is written as one: ten characters, `2026-09-30`.
    pub(crate) fn has_date(&self) -> bool {
        let digit_or_hyphen = |(at, byte): (usize, u8)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        self.as_of.len() == 10 && self.as_of.bytes().enumerate().all(digit_or_hyphen)
    }
}
