//! What was expected and what was found, compared and put into words.

use super::{Asked, Scored, ScoredItem, threshold};
use crate::diagnostic::{Code, Diagnostic, beginning};
use crate::rounding::half_up;
use crate::script::library::Gone;
use crate::source::Place;
use rhai::{Dynamic, ImmutableString};

/// Results asked for before an expectation that are told of where it fails.
pub(super) const MOST_ASKED: usize = 3;

/// The longest text that is shown of what was expected or found, letters.
const MOST_SHOWN: usize = 200;

/// What a test found.
pub(super) enum Found {
    Number(f64),
    Text(String),
    Truth(bool),
    Missing,
}

/// What it expected.
pub(super) enum Wanted {
    Number(f64),
    Text(String),
    Truth(bool),
    Threshold(Option<f64>, Option<f64>),
}

/// Two numbers are the same if they differ by less than this share of the larger: what
/// working out in another order may change.
const SAME: f64 = 1e-9;

fn number(value: &Dynamic) -> Option<f64> {
    let number = value
        .as_float()
        .or_else(|_| value.as_int().map(|n| n as f64));
    number.ok()
}

fn text(value: &Dynamic) -> Option<String> {
    value
        .read_lock::<ImmutableString>()
        .map(|text| text.to_string())
}

impl Found {
    /// `None` if it cannot be compared.
    pub(super) fn of(value: &Dynamic) -> Option<Self> {
        if value.read_lock::<Gone>().is_some() {
            return Some(Found::Missing);
        }
        let truth = || value.as_bool().ok().map(Found::Truth);
        let words = || text(value).map(Found::Text);
        number(value)
            .map(Found::Number)
            .or_else(truth)
            .or_else(words)
    }

    fn words(&self) -> String {
        match self {
            Found::Number(number) => shown(*number),
            Found::Text(text) => format!("\"{}\"", beginning(text, MOST_SHOWN)),
            Found::Truth(truth) => truth.to_string(),
            Found::Missing => "missing: not rated".to_owned(),
        }
    }
}

impl Wanted {
    pub(super) fn of(value: &Dynamic) -> Option<Self> {
        if let Some((least, most)) = threshold(value) {
            return Some(Wanted::Threshold(least, most));
        }
        match Found::of(value)? {
            Found::Number(number) => Some(Wanted::Number(number)),
            Found::Text(text) => Some(Wanted::Text(text)),
            Found::Truth(truth) => Some(Wanted::Truth(truth)),
            Found::Missing => None,
        }
    }

    pub(super) fn holds(&self, found: &Found) -> bool {
        match (self, found) {
            (Wanted::Number(wanted), Found::Number(found)) => {
                (wanted - found).abs() <= SAME * wanted.abs().max(found.abs()).max(1.0)
            }
            (Wanted::Text(wanted), Found::Text(found)) => wanted == found,
            (Wanted::Truth(wanted), Found::Truth(found)) => wanted == found,
            (Wanted::Threshold(least, most), Found::Number(found)) => {
                let slack = SAME * found.abs().max(1.0);
                least.is_none_or(|least| *found >= least - slack)
                    && most.is_none_or(|most| *found <= most + slack)
            }
            _ => false,
        }
    }

    fn words(&self) -> String {
        match self {
            Wanted::Number(number) => shown(*number),
            Wanted::Text(text) => format!("\"{}\"", beginning(text, MOST_SHOWN)),
            Wanted::Truth(truth) => truth.to_string(),
            Wanted::Threshold(Some(least), Some(most)) => {
                format!("from {} to {}", shown(*least), shown(*most))
            }
            Wanted::Threshold(Some(least), None) => format!("at least {}", shown(*least)),
            Wanted::Threshold(None, Some(most)) => format!("at most {}", shown(*most)),
            Wanted::Threshold(None, None) => "any number".to_owned(),
        }
    }
}

/// A number with as many decimal places as it has, six at most.
fn shown(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    // No minus before nothing.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// The fault of an expectation that does not hold; `place` is what was looked at.
pub(super) fn failure(wanted: &Wanted, found: &Found, place: Place) -> Diagnostic {
    let text = place.text().to_owned();
    let fault = Diagnostic::new(
        Code::TestFailed,
        place,
        format!("expected {}, found {}", wanted.words(), found.words()),
    )
    .label("looked at here");
    match (wanted, found) {
        (Wanted::Number(wanted), Found::Number(found)) => match places(*wanted, *found) {
            Some(0) => fault.help(format!("expect(round({text}), {})", shown(*wanted))),
            Some(places) => fault.help(format!(
                "expect(round({text}, {places}), {})",
                shown(*wanted)
            )),
            None => fault,
        },
        (Wanted::Text(text), Found::Number(_)) if text.trim().parse::<f64>().is_ok() => fault
            .note("what is expected is text, because it stands in quotes; a number stands without")
            .help(text.trim().to_owned()),
        _ => fault,
    }
}

/// The decimal places to which what was found is what was wanted, if it is so rounded.
fn places(wanted: f64, found: f64) -> Option<usize> {
    let places = shown(wanted)
        .split_once('.')
        .map_or(0, |(_, after)| after.len());
    let rounded = half_up(
        found,
        u32::try_from(places).ok().filter(|places| *places <= 9)?,
    );
    ((rounded - wanted).abs() < SAME).then_some(places)
}

/// The formulas behind what was asked, why it is not rated, and what was not given.
pub(super) fn with_reasons(
    mut fault: Diagnostic,
    found: &Found,
    lately: &[Asked],
    scored: &Scored,
) -> Diagnostic {
    for asked in lately {
        match asked {
            Asked::Item(id) => {
                let item = scored.items.iter().find(|item| item.named.id == *id);
                if let Some(item) = item {
                    fault = of_item(fault, found, item);
                }
            }
            Asked::Standard(id) => {
                let Some(standard) = scored.standards.iter().find(|one| one.id == *id) else {
                    continue;
                };
                if let Some(place) = &standard.formula {
                    fault = fault.related(place.clone(), gave(&standard.score));
                }
                if let Err(why) = &standard.score {
                    fault = fault.note(format!("`{id}` is not rated: {why}"));
                }
                let rests: Vec<String> = scored
                    .items
                    .iter()
                    .filter(|item| item.standard == *id)
                    .filter_map(|item| {
                        let score = item.named.score.ok()?;
                        Some(format!("{} {}", item.named.id, shown(score)))
                    })
                    .collect();
                if !rests.is_empty() {
                    let list = rests.join(", ");
                    fault = fault.note(format!("scores of its items here: {list}"));
                }
            }
            Asked::Overall => {
                if let Err(why) = &scored.overall {
                    fault = fault.note(format!("there is no overall score: {why}"));
                }
            }
        }
    }
    fault
}

fn of_item(mut fault: Diagnostic, found: &Found, item: &ScoredItem) -> Diagnostic {
    let id = &item.named.id;
    if let Some(place) = &item.formula {
        fault = fault.related(
            place.clone(),
            gave(&item.named.value.map_err(|_| String::new())),
        );
    }
    if let Some(why) = &item.why_not {
        fault = fault.note(format!("`{id}` is not rated, because {why}"));
    }
    // A question needs as many answers as a figure may be published about.
    let too_few = item
        .why_not
        .as_ref()
        .is_some_and(|why| why.contains("answered it"));
    if matches!(found, Found::Missing) && too_few {
        return fault.help("give the rows 10 times: given(\"survey\", [#{ … }], 10);");
    }
    if matches!(found, Found::Missing) && !item.lacks.is_empty() {
        fault = fault.help(format!("give rows with {}", item.lacks.join(", ")));
    }
    fault
}

fn gave(result: &Result<f64, String>) -> String {
    match result {
        Ok(number) => format!("this formula gave {}", shown(*number)),
        Err(_) => "this formula gave no number".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_holds_at_its_end_and_not_beyond() {
        for (least, most, found, holds) in [
            (None, Some(50.0), 50.0, true),
            (None, Some(50.0), 50.001, false),
            (Some(50.0), None, 50.0, true),
            (Some(50.0), None, 49.999, false),
            (Some(2.0), Some(4.0), 3.0, true),
        ] {
            let wanted = Wanted::Threshold(least, most);
            assert_eq!(wanted.holds(&Found::Number(found)), holds, "{found}");
            assert!(!wanted.holds(&Found::Missing), "missing is never good");
        }
    }

    #[test]
    fn a_number_that_would_be_right_if_rounded_is_told_so() {
        assert_eq!(places(16.7, 50.0 / 3.0), Some(1));
        assert_eq!(places(17.0, 50.0 / 3.0), Some(0));
        assert_eq!(places(16.0, 50.0 / 3.0), None);
        assert!(Wanted::Number(0.3).holds(&Found::Number(0.1 + 0.2)));
    }
}
