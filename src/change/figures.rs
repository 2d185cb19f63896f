//! Arithmetic on published figures: tenths, as they stand on the page, in and out.

use crate::missing::Missing;
use crate::publication::Figure;
use crate::rounding::half_up;

/// A figure in tenths, exactly as published; `None` where a symbol stands, or a number far
/// beyond anything that is measured here.
pub(super) fn tenths(figure: &Figure) -> Option<i64> {
    let tenths = (figure.value? * 10.0).round();
    (tenths.abs() < 1e12).then_some(tenths as i64)
}

/// Now less then, in tenths.
pub(super) fn difference(then: &Figure, now: &Figure) -> Option<i64> {
    Some(tenths(now)? - tenths(then)?)
}

/// A difference in tenths, with its sign: `+4.2`, `-0.3`, `0.0`.
pub(super) fn signed(tenths: i64) -> Figure {
    let value = tenths as f64 / 10.0;
    Figure {
        value: Some(value),
        symbol: None,
        text: match tenths {
            0 => "0.0".into(),
            _ => format!("{value:+.1}"),
        },
    }
}

/// The end of an interval, to one decimal, half up. One that rounds to nil and is not nil
/// is said so: it tells on which side of nil the interval lies.
pub(super) fn end(value: f64) -> Figure {
    let value_in_tenths = half_up(value, 1);
    if value_in_tenths == 0.0 && value != 0.0 {
        return Figure {
            value: None,
            symbol: Some(Missing::Low.symbol().into()),
            text: if value > 0.0 {
                "just above 0".into()
            } else {
                "just below 0".into()
            },
        };
    }
    let value = value_in_tenths;
    Figure {
        value: Some(value),
        symbol: None,
        text: format!("{value:.1}"),
    }
}

/// How many, as published elsewhere; not applicable where nobody is counted.
pub(super) fn nobody() -> Figure {
    symbol(Missing::NotApplicable)
}

/// A symbol in the place of a figure.
pub(super) fn symbol(why: Missing) -> Figure {
    Figure {
        value: None,
        symbol: Some(why.symbol().into()),
        text: why.symbol().into(),
    }
}

/// Whether a figure is withheld.
pub(super) fn is_withheld(figure: &Figure) -> bool {
    figure.symbol.as_deref() == Some(Missing::Confidential.symbol())
}

/// A score in tenths; one that rounds to nil and is not nil counts as nil here.
pub(super) fn score_tenths(figure: &Figure) -> Option<i64> {
    if figure.symbol.as_deref() == Some(Missing::Low.symbol()) {
        return Some(0);
    }
    tenths(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_has_its_sign_and_nil_has_none() {
        for (tenths, text) in [(42, "+4.2"), (-3, "-0.3"), (0, "0.0"), (1000, "+100.0")] {
            assert_eq!(signed(tenths).text, text);
        }
    }

    #[test]
    fn an_end_that_rounds_to_nil_says_on_which_side_it_lies() {
        for (value, text) in [
            (0.04, "just above 0"),
            (-0.04, "just below 0"),
            (0.0, "0.0"),
            (0.05, "0.1"),
            (-0.06, "-0.1"),
            (-2.35, "-2.3"),
            (-12.4, "-12.4"),
        ] {
            assert_eq!(end(value).text, text, "{value}");
        }
    }
}
