//! What stands where a Publication holds nothing: no figure, in words. In: nothing. Out: the
//! figure, score, grade or reading that says so.

use crate::missing::Missing;
use crate::publication::{Figure, Grade, Reading, Score};
use crate::report::context::ReadingRow;

/// A figure that is not available.
pub(super) fn unavailable() -> Figure {
    let symbol = Missing::NotAvailable.symbol().to_owned();
    Figure {
        value: None,
        text: symbol.clone(),
        symbol: Some(symbol),
    }
}

/// A score that the check does not hold.
pub(super) fn no_score() -> Score {
    Score {
        score: unavailable(),
        band: String::new(),
        rated: false,
        why_not: "not rated, because the check holds no such score".to_owned(),
        low: None,
        high: None,
        interval: String::new(),
        error: None,
    }
}

/// A grade where there are no scores.
pub(super) fn no_grade() -> Grade {
    Grade {
        word: "withheld".to_owned(),
        reasons: vec!["the check holds no scores".to_owned()],
        lower_end: None,
        valid_to: String::new(),
        valid_to_on: String::new(),
        caution: String::new(),
        firmness: None,
    }
}

/// The reading of an item about which nothing was found.
pub(super) fn nothing_found() -> ReadingRow {
    ReadingRow {
        title: String::new(),
        definition: String::new(),
        value_words: unavailable().text,
        reading: Reading::without(&unavailable(), "not rated, because nothing was found"),
    }
}
