//! A limit that was reached in, what to tell of it out: which limit it is, and how much it
//! allows.

use crate::diagnostic::Code;
use crate::script::cards::CARD_BYTES;
use crate::script::held::HELD_BYTES;
use crate::script::nesting::{HELD, NESTED};
use crate::script::sandbox::{Limits, Reached, Stopped};
use rhai::EvalAltResult;

const HERE: &str = "the limit was reached here";

/// Code, message and label; `None` of an error that is about no limit.
pub(super) fn words(
    error: &EvalAltResult,
    limits: &Limits,
) -> Option<(Code, String, &'static str)> {
    use EvalAltResult as E;
    Some(match error {
        E::ErrorTerminated(why, _) => {
            let reached = why.read_lock::<Reached>();
            stopped(&reached.map_or(Reached::unknown(), |reached| reached.clone()))
        }
        E::ErrorStackOverflow(_) => (
            Code::TooDeep,
            format!(
                "functions call one another more than {} deep",
                number(limits.calls as u64)
            ),
            "does a function call itself without end?",
        ),
        E::ErrorDataTooLarge(what, _) => (Code::ValueTooLarge, too_large(what, limits), HERE),
        E::ErrorTooManyVariables(_) => (
            Code::ValueTooLarge,
            format!(
                "more than {} names are in use at one time",
                number(limits.names as u64)
            ),
            HERE,
        ),
        _ => return None,
    })
}

fn stopped(reached: &Reached) -> (Code, String, &'static str) {
    let most = match reached.why {
        Stopped::Steps => format!("{} steps", number(reached.most)),
        _ => time(reached.most),
    };
    let (ends, label) = match reached.together {
        true => (
            format!(
                "the formulas of this script together do not end within {most}, the most that they may take"
            ),
            "this one was running then",
        ),
        false => (
            format!("this does not end within {most}, the most that it may take"),
            "still running here: does a loop never end?",
        ),
    };
    match reached.why {
        Stopped::Steps => (Code::TooManySteps, ends, label),
        Stopped::Time => (Code::TookTooLong, ends, label),
        Stopped::Memory => (
            Code::TooMuchMemory,
            format!(
                "this asks for more than {} of memory, the most that a script may have",
                size(usize::try_from(reached.most).unwrap_or(usize::MAX))
            ),
            HERE,
        ),
    }
}

/// What the engine or one of us says is too large. Its own words are only looked through for
/// the kind of value; where they tell none, the message holds for every kind.
fn too_large(what: &str, limits: &Limits) -> String {
    let list = number(limits.list_items as u64);
    let map = number(limits.map_items as u64);
    let text = size(limits.text_bytes);
    let has = |word: &str| what.to_ascii_lowercase().contains(word);
    if what == "cards" {
        format!(
            "there are more than {} cards or tests, the most that a script may have",
            number(limits.cards as u64)
        )
    } else if what == "held by cards" {
        format!(
            "the cards of this script hold more than {} of texts, lists and maps",
            size(CARD_BYTES)
        )
    } else if what == "nested values" {
        format!(
            "lists, maps or closures hold one another more than {NESTED} deep, or more than {} in all",
            number(HELD as u64)
        )
    } else if what == "held by closures" {
        format!(
            "closures hold on to more than {} of lists and maps",
            size(HELD_BYTES)
        )
    } else if has("string") || has("text") {
        format!("a text grows beyond {text}, the most that one may hold")
    } else if has("array") {
        format!("a list grows beyond {list} entries, the most that one may hold")
    } else if has("map") {
        format!("a map grows beyond {map} entries, the most that one may hold")
    } else {
        format!(
            "a value grows larger than a script may hold: a text of {text}, a list of {list} entries, a map of {map}"
        )
    }
}

/// A number with a comma before every three digits.
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{} MB", bytes >> 20),
    }
}

/// A time given in milliseconds.
fn time(millis: u64) -> String {
    match millis {
        0..1_000 => format!("{millis} milliseconds"),
        1_000 => "1 second".to_owned(),
        _ => format!("{:.1} seconds", millis as f64 / 1_000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_told_with_a_figure_that_can_be_read() {
        assert_eq!(number(2_000_000), "2,000,000");
        assert_eq!(number(32), "32");
        assert_eq!(size(64 * 1024), "64 KB");
        assert_eq!(size(512 << 20), "512 MB");
        assert_eq!(time(20), "20 milliseconds");
        assert_eq!(time(1_500), "1.5 seconds");
    }
}
