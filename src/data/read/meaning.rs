//! The text of one cell in, what it means in its column out.

mod number;
mod usual;

use super::foot::may_head_a_total;
use crate::data::cells::Answer;
use crate::data::{ColumnSpec, Kind, Marks, says};
use crate::missing::Missing;
use crate::national::{ColumnKind, Service, same_answer};
pub(super) use number::{not_a_number, number};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
pub(super) use usual::{is_usual_answer, tells_of_nobody};

/// What a text means in a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    Number(f64),
    Word(Arc<str>),
    Answer(Answer),
    Missing(Missing),
    Wrong(Wrong),
}

/// Why a text means nothing in its column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wrong {
    /// A number in a dress: `£5`, `5%`, `1,234`; bare, it is this.
    Dressed(String),
    /// A number with a comma for its point: `1,5`; with a point, it is this.
    Comma(String),
    /// Hours and minutes, `37:30`; in hours, it is this.
    Clock(String),
    /// Infinite, not a number, or a spreadsheet's own error.
    NotFinite,
    /// No number at all.
    NotANumber,
    /// Below zero where nothing is.
    Negative,
    /// None of the known words.
    Unknown,
    /// A spreadsheet's own error, where words belong.
    Failed,
    /// The head of a row that sums up others.
    Total,
    /// Several values where a cell holds one.
    Nested,
}

impl Wrong {
    /// Whether a whole column is written so, if one cell is.
    pub(super) fn is_of_a_column(&self) -> bool {
        matches!(self, Wrong::Dressed(_) | Wrong::Comma(_) | Wrong::Clock(_))
    }
}

/// Texts of a yes/no column that mean *not applicable*.
const NOT_DUE: [&str; 4] = ["not due", "not applicable", "n/a", "z"];

/// How the texts of one column are read.
#[derive(Clone)]
pub(super) struct Rules {
    kind: Kind,
    codes: HashMap<String, String>,
    missing: HashSet<String>,
}

impl Rules {
    /// The rules of a column; `missing` are the table's texts that mean no answer.
    pub(super) fn new(spec: &ColumnSpec, missing: &[String]) -> Self {
        Self {
            kind: spec.kind.clone(),
            codes: spec
                .codes
                .iter()
                .map(|(local, national)| (fold(&local.value), national.value.trim().to_owned()))
                .collect(),
            missing: missing.iter().map(|text| fold(text)).collect(),
        }
    }

    /// The rules of a value that the script itself gives: neither codes nor missing texts.
    pub(super) fn plain(kind: &Kind) -> Self {
        Self {
            kind: kind.clone(),
            codes: HashMap::new(),
            missing: HashSet::new(),
        }
    }

    /// Whether a plain number in this column is always that number, so that it can be read
    /// without looking at codes and missing texts.
    pub(super) fn numbers_stand(&self) -> bool {
        self.kind == Kind::National(ColumnKind::Number)
            && !(self.codes.keys())
                .chain(&self.missing)
                .any(|text| number(text.as_bytes()).is_some())
    }

    /// Whether two texts that are the same number, the same day, or the same but for their case
    /// always mean the same: the script may have one spelling stand for something else.
    pub(super) fn tell_nothing_alike_apart(&self) -> bool {
        let has_digit = |text: &String| text.contains(|c: char| c.is_ascii_digit());
        self.codes.is_empty() && !self.missing.iter().any(has_digit)
    }

    /// What a text means.
    pub(super) fn meaning(&self, text: &str) -> Meaning {
        let folded = fold(text);
        let (text, folded) = match self.codes.get(&folded) {
            Some(national) => (national.as_str(), fold(national)),
            None => (text.trim(), folded),
        };
        if folded.is_empty() || self.missing.contains(&folded) {
            return Meaning::Missing(Missing::NotAvailable);
        }
        match &self.kind {
            Kind::National(ColumnKind::Number) => match number(text.as_bytes()) {
                Some(number) if number < 0.0 => Meaning::Wrong(Wrong::Negative),
                Some(number) => Meaning::Number(number),
                None => Missing::from_symbol(&folded)
                    .map_or_else(|| Meaning::Wrong(not_a_number(text)), Meaning::Missing),
            },
            Kind::National(ColumnKind::YesNo) => match folded.as_str() {
                "yes" | "y" | "true" => Meaning::Word("yes".into()),
                "no" | "n" | "false" => Meaning::Word("no".into()),
                other if NOT_DUE.contains(&other) => Meaning::Missing(Missing::NotApplicable),
                _ => Meaning::Wrong(Wrong::Unknown),
            },
            Kind::National(ColumnKind::Service) => word(Service::find(&folded).map(Service::id)),
            Kind::National(ColumnKind::Words) | Kind::Local if failed(&folded) => {
                Meaning::Wrong(Wrong::Failed)
            }
            Kind::National(ColumnKind::Words) if may_head_a_total(text) => {
                Meaning::Wrong(Wrong::Total)
            }
            Kind::National(ColumnKind::Words) | Kind::Local => Meaning::Word(text.into()),
            Kind::Answers { scored, unscored } => {
                let known = |folded: &str| {
                    let scored = scored.iter().position(|label| fold(label) == folded);
                    let unscored = || unscored.iter().any(|label| fold(label) == folded);
                    scored
                        .map(scored_answer)
                        .or_else(|| unscored().then_some(Meaning::Answer(Answer::Unscored)))
                };
                known(&folded)
                    .or_else(|| known(same_answer(&folded)?))
                    .unwrap_or_else(|| {
                        (1..=scored.len())
                            .position(|nth| number(text.as_bytes()) == Some(nth as f64))
                            .map_or(Meaning::Wrong(Wrong::Unknown), scored_answer)
                    })
            }
            Kind::OneOf(words) => word(
                words
                    .iter()
                    .find(|known| fold(known) == folded)
                    .or_else(|| words.iter().find(|known| says(text, known)))
                    .or_else(|| {
                        let same = same_answer(&folded)?;
                        words.iter().find(|known| fold(known) == same)
                    })
                    .map(String::as_str),
            ),
        }
    }

    /// Which of the column's values a text probably means that is none of them by its letters.
    /// What nobody can tell is nothing here: no answer is guessed to be a yes.
    pub(super) fn probably(&self, text: &str) -> Option<&'static str> {
        let meant = match fold(text).replace('’', "'").as_str() {
            "don't know" | "dont know" | "do not know" | "unsure" | "not certain" => "not sure",
            "n/a" | "na" | "not relevant" | "does not apply" => "not applicable",
            "rather not say" | "prefer not to" => "prefer not to say",
            _ => return None,
        };
        self.options().contains(&meant).then_some(meant)
    }

    /// The national values of the column, for a suggestion; none if any words will do.
    pub(super) fn options(&self) -> Vec<&str> {
        match &self.kind {
            Kind::National(ColumnKind::YesNo) => vec!["yes", "no", "not applicable"],
            Kind::National(ColumnKind::Service) => Service::ALL.map(Service::id).to_vec(),
            Kind::National(ColumnKind::Number | ColumnKind::Words) | Kind::Local => Vec::new(),
            Kind::Answers { scored, unscored } => {
                scored.iter().chain(unscored).map(String::as_str).collect()
            }
            Kind::OneOf(words) => words.iter().map(String::as_str).collect(),
        }
    }
}

fn word(known: Option<&str>) -> Meaning {
    known.map_or(Meaning::Wrong(Wrong::Unknown), |word| {
        Meaning::Word(word.into())
    })
}

fn scored_answer(index: usize) -> Meaning {
    match u8::try_from(index) {
        Ok(index) if usize::from(index) < Marks::MOST => Meaning::Answer(Answer::Scored(index)),
        _ => Meaning::Wrong(Wrong::Unknown),
    }
}

/// Trimmed, in lower case, no-break spaces as spaces: two texts that fold alike are the
/// same text.
pub(crate) fn fold(text: &str) -> String {
    super::decode::spaces(text).trim().to_lowercase()
}

/// What a spreadsheet shows for a formula that failed: `#DIV/0!`, `#NAME?`, `#N/A`.
fn failed(folded: &str) -> bool {
    folded.starts_with('#') && (folded.ends_with(['!', '?']) || folded == "#n/a")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(kind: Kind) -> Rules {
        Rules::plain(&kind)
    }

    #[test]
    fn the_departments_symbols_are_missing_reasons_in_a_number_column() {
        let rules = rules(Kind::National(ColumnKind::Number));
        for missing in Missing::ALL {
            for text in [missing.symbol().to_owned(), missing.symbol().to_uppercase()] {
                assert_eq!(rules.meaning(&text), Meaning::Missing(missing));
            }
        }
        assert_eq!(rules.meaning("-0.1"), Meaning::Wrong(Wrong::Negative));
        assert_eq!(rules.meaning("0"), Meaning::Number(0.0));
    }

    #[test]
    fn yes_no_and_not_due_are_known_in_any_case() {
        let rules = rules(Kind::National(ColumnKind::YesNo));
        for (text, expected) in [
            ("YES", Meaning::Word("yes".into())),
            ("y", Meaning::Word("yes".into())),
            ("True", Meaning::Word("yes".into())),
            (" no ", Meaning::Word("no".into())),
            ("N", Meaning::Word("no".into())),
            ("false", Meaning::Word("no".into())),
            ("Not due", Meaning::Missing(Missing::NotApplicable)),
            ("n/a", Meaning::Missing(Missing::NotApplicable)),
            ("z", Meaning::Missing(Missing::NotApplicable)),
            ("", Meaning::Missing(Missing::NotAvailable)),
            ("maybe", Meaning::Wrong(Wrong::Unknown)),
        ] {
            assert_eq!(rules.meaning(text), expected, "{text}");
        }
    }

    #[test]
    fn answers_are_known_by_label_or_by_number_and_by_nothing_else() {
        let rules = rules(Kind::Answers {
            scored: crate::national::ANSWERS.map(str::to_owned).to_vec(),
            unscored: crate::national::UNSCORED_ANSWERS
                .map(str::to_owned)
                .to_vec(),
        });
        for (text, expected) in [
            ("Strongly Disagree", Meaning::Answer(Answer::Scored(0))),
            ("agree", Meaning::Answer(Answer::Scored(3))),
            ("1", Meaning::Answer(Answer::Scored(0))),
            ("5", Meaning::Answer(Answer::Scored(4))),
            ("5.0", Meaning::Answer(Answer::Scored(4))),
            ("0", Meaning::Wrong(Wrong::Unknown)),
            ("6", Meaning::Wrong(Wrong::Unknown)),
            ("3.5", Meaning::Wrong(Wrong::Unknown)),
            ("Not Applicable", Meaning::Answer(Answer::Unscored)),
            (
                "Neither agree nor disagree",
                Meaning::Answer(Answer::Scored(2)),
            ),
            ("Agree strongly", Meaning::Answer(Answer::Scored(4))),
            ("Tend to agree", Meaning::Wrong(Wrong::Unknown)),
            ("", Meaning::Missing(Missing::NotAvailable)),
            ("Agre", Meaning::Wrong(Wrong::Unknown)),
        ] {
            assert_eq!(rules.meaning(text), expected, "{text}");
        }
    }
}
