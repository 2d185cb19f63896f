//! A value in; whether so many people write it that it tells of none of them, out. Such values may
//! be shown.

use super::{failed, fold};

/// Words for a value that is not there. They tell of nobody, so they may be shown.
const NOTHING_SAID: [&str; 20] = [
    "-",
    "--",
    ".",
    "?",
    "n/a",
    "na",
    "n/k",
    "nk",
    "n.a.",
    "nil",
    "none",
    "null",
    "nan",
    "tbc",
    "tba",
    "unknown",
    "not known",
    "not recorded",
    "missing",
    "blank",
];

/// Whether a value tells of nobody: it is an error of the spreadsheet's, or says that there
/// is none.
pub(in crate::data::read) fn tells_of_nobody(value: &str) -> bool {
    let folded = fold(value);
    failed(&folded) || NOTHING_SAID.contains(&&*folded)
}

/// Answers that survey tools offer ready made, beside the nation's own.
const USUAL_ANSWERS: [&str; 34] = [
    "always",
    "very often",
    "often",
    "usually",
    "sometimes",
    "occasionally",
    "rarely",
    "seldom",
    "hardly ever",
    "never",
    "tend to agree",
    "tend to disagree",
    "somewhat agree",
    "somewhat disagree",
    "slightly agree",
    "slightly disagree",
    "agree slightly",
    "disagree slightly",
    "agree somewhat",
    "disagree somewhat",
    "mostly agree",
    "mostly disagree",
    "completely agree",
    "completely disagree",
    "very satisfied",
    "satisfied",
    "dissatisfied",
    "very dissatisfied",
    "yes",
    "no",
    "maybe",
    "not at all",
    "to some extent",
    "other",
];

/// Whether a value is an answer that survey tools offer: who chose it said nothing of their
/// own.
pub(in crate::data::read) fn is_usual_answer(value: &str) -> bool {
    USUAL_ANSWERS.contains(&fold(value).as_str())
}
