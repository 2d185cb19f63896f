//! A case in; whether the values of the columns that the nation's definition reads are what they
//! say: not recoded so that one means another. Any codes will do, as long as they say the same in
//! other words.

use super::Case;
use super::columns::{alike, first};
use crate::data::{Kind as Values, fold_cell as fold, says};
use crate::missing::Missing;
use crate::national::{ColumnKind, Service, same_answer};

/// What a text means by itself, before any code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    Scored(usize),
    Unscored,
    Yes,
    No,
    NotDue,
    Service(Service),
}

/// The service that a text names by itself: `children`, `Adults' services`, `Adult social
/// care`.
fn service_named(text: &str) -> Option<Service> {
    let words: String = fold(text)
        .chars()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace())
        .collect();
    let mut words = words.split_whitespace();
    let service = match words.next()? {
        "children" | "childrens" => Service::Children,
        "adult" | "adults" => Service::Adults,
        _ => return None,
    };
    let more = ["service", "services", "social", "care", "work"];
    words.all(|word| more.contains(&word)).then_some(service)
}

fn sense(kind: &Values, text: &str) -> Option<Sense> {
    let text = fold(text);
    let same = |words: &[String], text: &str| words.iter().any(|word| fold(word) == text);
    match kind {
        Values::Answers { scored, unscored }
            if !same(scored, &text)
                && !same(unscored, &text)
                && let Some(answer) = same_answer(&text) =>
        {
            sense(kind, answer).filter(|_| same(scored, answer) || same(unscored, answer))
        }
        Values::Answers { scored, unscored } => scored
            .iter()
            .position(|label| fold(label) == text)
            .map(Sense::Scored)
            .or_else(|| {
                let known = unscored.iter().any(|label| fold(label) == text);
                known.then_some(Sense::Unscored)
            }),
        Values::National(ColumnKind::YesNo) => match text.as_str() {
            "yes" | "y" | "true" => Some(Sense::Yes),
            "no" | "n" | "false" => Some(Sense::No),
            "not due" | "not applicable" | "n/a" | "z" => Some(Sense::NotDue),
            _ => None,
        },
        Values::National(ColumnKind::Service) => service_named(&text).map(Sense::Service),
        // *Yes* and *no* stand for themselves alone; other words may say *not sure*.
        Values::OneOf(words) => {
            let place = |same: &dyn Fn(&String) -> bool| words.iter().position(same);
            let known = place(&|word| fold(word) == text)
                .or_else(|| place(&|word| says(&text, word)))
                .or_else(|| {
                    same_answer(&text).and_then(|same| place(&|word| fold(word) == same))
                })?;
            Some(match words[known].as_str() {
                "yes" | "no" => Sense::Scored(known),
                _ => Sense::Unscored,
            })
        }
        _ => None,
    }
}

/// A word of the nation's that is read as another of its words.
pub(super) fn turned(case: &Case<'_>) -> Option<String> {
    first(case, |_, column| {
        let (local, national) = column.codes.iter().find(|(local, national)| {
            let before = sense(&column.kind, &local.value);
            before.is_some() && before != sense(&column.kind, &national.value)
        })?;
        Some(format!("“{}” is read as “{}”", local.value, national.value))
    })
}

/// Answers given by number: one number for each, rising or falling.
pub(super) fn numbers_out_of_order(case: &Case<'_>) -> Option<String> {
    first(case, |_, column| {
        let Values::Answers { scored, .. } = &column.kind else {
            return None;
        };
        let of_answers = 1.0..=scored.len() as f64;
        let mut numbers: Vec<(f64, Option<usize>)> = column
            .codes
            .iter()
            .filter_map(|(local, national)| {
                let number: f64 = local.value.trim().parse().ok()?;
                match sense(&column.kind, &national.value) {
                    Some(Sense::Scored(at)) => Some((number, Some(at))),
                    // Beyond the answers a number is free to mean "don't know".
                    _ => of_answers.contains(&number).then_some((number, None)),
                }
            })
            .collect();
        if numbers.is_empty() {
            return None;
        }
        numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
        let order: Vec<usize> = numbers.into_iter().filter_map(|(_, at)| at).collect();
        let rising = order.iter().copied().eq(0..scored.len());
        let falling = order.iter().copied().eq((0..scored.len()).rev());
        (!rising && !falling)
            .then(|| "its numbered answers are not read in order, one number for each".to_owned())
    })
}

/// Different words of the file that are read as the same scored answer.
pub(super) fn merged(case: &Case<'_>) -> Option<String> {
    first(case, |_, column| {
        let scored: Vec<(&str, usize)> = column
            .codes
            .iter()
            // Numbers that stand for the five answers have a rule of their own.
            .filter(|(local, national)| {
                let numbered = matches!(column.kind, Values::Answers { .. })
                    && local.value.trim().parse::<f64>().is_ok();
                !numbered && !alike(&local.value, &national.value)
            })
            .filter_map(
                |(local, national)| match sense(&column.kind, &national.value) {
                    Some(Sense::Scored(at)) => Some((local.value.as_str(), at)),
                    _ => None,
                },
            )
            .collect();
        let letters = |text: &str| -> String {
            let text = fold(text);
            text.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        scored.iter().enumerate().find_map(|(nth, (word, at))| {
            let (other, _) = scored[..nth]
                .iter()
                .find(|(other, same)| same == at && letters(other) != letters(word))?;
            Some(format!("“{other}” and “{word}” are read as one answer"))
        })
    })
}

/// A value that the table's card counts as no answer.
pub(super) fn hidden(case: &Case<'_>) -> Option<String> {
    first(case, |table, column| {
        let word = table.missing.iter().find(|word| match &column.kind {
            Values::Answers { scored, .. } => {
                let numbered = |text: &str| text.trim().parse::<f64>().ok();
                let coded = column
                    .codes
                    .iter()
                    .any(|(local, _)| numbered(&local.value).is_some());
                matches!(sense(&column.kind, word), Some(Sense::Scored(_)))
                    || !coded
                        && numbered(word).is_some_and(|number| {
                            (1..=scored.len()).any(|nth| nth as f64 == number)
                        })
            }
            Values::National(ColumnKind::YesNo) => {
                matches!(sense(&column.kind, word), Some(Sense::Yes | Sense::No))
            }
            Values::National(ColumnKind::Number) => is_an_amount(word),
            Values::National(ColumnKind::Service) | Values::OneOf(_) => {
                sense(&column.kind, word).is_some()
            }
            _ => false,
        })?;
        Some(format!(
            "“{word}” in its column “{}” counts as missing",
            column.name
        ))
    })
}

/// A number that a row may have. Negative numbers and rows of nines (99, 999) are the usual
/// marks for a missing one.
fn is_an_amount(text: &str) -> bool {
    let text = text.trim();
    let nines = text.len() > 1 && text.bytes().all(|byte| byte == b'9');
    !nines && text.parse::<f64>().is_ok_and(|number| number >= 0.0)
}

/// A number, or a symbol for a missing one, that is read as something else.
pub(super) fn recoded(case: &Case<'_>) -> Option<String> {
    first(case, |_, column| {
        if column.kind != Values::National(ColumnKind::Number) {
            return None;
        }
        let (local, national) = column.codes.iter().find(|(local, national)| {
            let before = local.value.trim().parse::<f64>().ok();
            let symbol = Missing::from_symbol(&fold(&local.value)).is_some();
            let same = before.is_some() && before == national.value.trim().parse::<f64>().ok();
            (is_an_amount(&local.value) || symbol) && !same && !alike(&local.value, &national.value)
        })?;
        Some(format!(
            "“{}” in its column “{}” is read as “{}”",
            local.value, column.name, national.value
        ))
    })
}

/// Words of the file that are read as a number, or as nothing being due: allowed, and said.
pub(super) fn worded(case: &Case<'_>) -> Option<String> {
    first(case, |_, column| {
        let (local, national) = column.codes.iter().find(|(local, national)| {
            let own = sense(&column.kind, &local.value);
            match &column.kind {
                Values::National(ColumnKind::Number) => {
                    national.value.trim().parse::<f64>().is_ok()
                        && local.value.trim().parse::<f64>().is_err()
                        && Missing::from_symbol(&fold(&local.value)).is_none()
                }
                Values::National(ColumnKind::YesNo) => {
                    own.is_none() && sense(&column.kind, &national.value) == Some(Sense::NotDue)
                }
                _ => false,
            }
        })?;
        Some(format!(
            "“{}” in its column “{}” is read as “{}”",
            local.value, column.name, national.value
        ))
    })
}
