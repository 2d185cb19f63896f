//! How a figure is printed: rounded half up from the unrounded value, or a symbol.

use crate::missing::{Amount, Missing};
use crate::publication::{Figure, day};
use crate::rounding::parts;
use jiff::civil::Date;

/// What is said of every withheld figure, whatever the cause.
pub(super) fn withheld_words() -> String {
    Missing::Confidential.meaning().into()
}

/// A withheld figure.
pub(super) fn withheld() -> Figure {
    without(Missing::Confidential)
}

/// No figure, and the symbol that says why.
pub(super) fn without(reason: Missing) -> Figure {
    Figure {
        value: None,
        symbol: Some(reason.symbol().into()),
        text: reason.symbol().into(),
    }
}

/// A number to one decimal; one that rounds to zero and is not zero is `low`.
pub(super) fn figure(value: f64) -> Figure {
    to_decimals(value, 1)
}

/// A standard error, to two decimals.
pub(super) fn error(value: f64) -> Figure {
    to_decimals(value, 2)
}

/// An amount to a whole number.
pub(super) fn whole(value: f64) -> Figure {
    to_decimals(value, 0)
}

fn to_decimals(value: f64, decimals: u32) -> Figure {
    let (rounded, text) = match parts(value, decimals) {
        Some(parts) => (
            parts as f64 / 10_f64.powi(decimals as i32),
            in_words(parts, decimals),
        ),
        // Too large to have decimals.
        None => (value, format!("{value:.*}", decimals as usize)),
    };
    if rounded == 0.0 && value != 0.0 {
        return without(Missing::Low);
    }
    Figure {
        value: Some(rounded),
        symbol: None,
        text,
    }
}

/// A number to one decimal, or why there is none.
pub(super) fn amount(amount: Amount) -> Figure {
    amount.map_or_else(without, figure)
}

/// A number of people or things.
pub(super) fn count(count: u64) -> Figure {
    Figure {
        // Exact as far as anything in a council is ever counted.
        value: Some(count as f64),
        symbol: None,
        text: count.to_string(),
    }
}

/// `-1.3` of -13 tenths.
fn in_words(parts: i64, decimals: u32) -> String {
    let sign = if parts < 0 { "-" } else { "" };
    let (parts, of_one) = (parts.unsigned_abs(), 10_u64.pow(decimals));
    let (whole, rest) = (parts / of_one, parts % of_one);
    match decimals {
        0 => format!("{sign}{whole}"),
        decimals => format!("{sign}{whole}.{rest:0width$}", width = decimals as usize),
    }
}

/// `30 September 2026`.
pub(super) fn date(date: Date) -> String {
    day(&date.to_string())
}

/// `Two questions are`, `One question is`: numbers under ten in words.
pub(super) fn how_many(count: usize, one: &str, many: &str) -> String {
    const WORDS: [&str; 10] = [
        "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine",
    ];
    let number = WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned());
    if count == 1 {
        format!("{number} {one} is")
    } else {
        format!("{number} {many} are")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_round_half_up_as_a_reader_would() {
        for (value, text) in [
            (15.2, "15.2"),
            (15.25, "15.3"),
            (15.249, "15.2"),
            (0.15, "0.2"),
            (1.005, "1.0"),
            (0.35, "0.4"),
            (2.0 + 0.3 + 0.05, "2.4"),
            (99.95, "100.0"),
            (99.949, "99.9"),
            (-0.25, "-0.2"),
            (-1.26, "-1.3"),
            (0.0, "0.0"),
            (-0.0, "0.0"),
            (0.05, "0.1"),
            (1e20, "100000000000000000000.0"),
        ] {
            assert_eq!(figure(value).text, text, "{value}");
        }
    }

    #[test]
    fn figures_are_those_of_the_number_written_out() {
        let mut chance = crate::chance::SplitMix64::seeded(9);
        let mut value = || {
            let size = [1.0, 100.0, 1e4, 1e7][chance.below(4) as usize];
            let parts = [7, 1 << 20, 1 << 53][chance.below(3) as usize];
            size * (chance.below(parts) as f64 / parts as f64 - 0.5)
        };
        // The nearest billionth of it half up to so many decimals, all in whole numbers.
        let written = |value: f64, decimals: u32| -> f64 {
            let billionths: Option<i128> = format!("{value:.9}").replace('.', "").parse().ok();
            let (of_one, part) = (10_i128.pow(decimals), 10_i128.pow(9 - decimals));
            let parts = billionths.map(|all| (all + part / 2).div_euclid(part));
            parts.map_or(value, |parts| parts as f64 / of_one as f64)
        };
        let mut values: Vec<f64> = (0..20_000).map(|_| value()).collect();
        values.extend([0.0, -0.0, 2.675, 0.000_000_000_5, 1e12, -1e20, 1e30]);
        for value in values {
            for decimals in 0..=2 {
                let (figure, rounded) = (to_decimals(value, decimals), written(value, decimals));
                if rounded == 0.0 && value != 0.0 {
                    assert_eq!(figure.symbol, Some("low".into()), "{value}");
                    continue;
                }
                assert_eq!(figure.value, Some(rounded), "{value}");
                assert_eq!(figure.text, format!("{rounded:.*}", decimals as usize));
            }
        }
    }

    #[test]
    fn errors_have_two_decimals_and_amounts_of_people_none() {
        for (value, two, none) in [
            (1.005, "1.01", "1"),
            (2.5, "2.50", "3"),
            (2.494_999, "2.49", "2"),
            (0.0, "0.00", "0"),
            (0.004, "low", "low"),
        ] {
            assert_eq!(error(value).text, two, "{value}");
            assert_eq!(whole(value).text, none, "{value}");
        }
    }

    #[test]
    fn what_rounds_to_zero_and_is_not_zero_is_low() {
        for value in [0.049, -0.05, 1e-12] {
            assert_eq!(figure(value), without(Missing::Low), "{value}");
        }
        assert_eq!(figure(0.0).value, Some(0.0));
        assert!(figure(-0.0).value.is_some_and(f64::is_sign_positive));
    }

    #[test]
    fn a_missing_amount_is_its_symbol_and_never_a_number() {
        let figure = amount(Err(Missing::NotAvailable));
        assert_eq!((figure.value, figure.text.as_str()), (None, "x"));
    }

    #[test]
    fn dates_and_small_numbers_are_in_words() {
        assert_eq!(date(jiff::civil::date(2026, 9, 30)), "30 September 2026");
        assert_eq!(how_many(1, "question", "questions"), "One question is");
        assert_eq!(how_many(9, "question", "questions"), "Nine questions are");
        assert_eq!(how_many(10, "question", "questions"), "10 questions are");
    }
}
