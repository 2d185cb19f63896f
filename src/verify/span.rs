//! What a printed number can stand for: everything that rounds to it.

use crate::missing::Missing;
use crate::publication::Figure;

/// Half of the last printed decimal.
const HALF: f64 = 0.05;
/// Rounding in the computer, not on the page.
const DUST: f64 = 1e-6;

/// From the smallest to the largest number that something can be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Span {
    pub(super) fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    pub(super) fn exactly(value: f64) -> Self {
        Self::new(value, value)
    }

    /// What a figure printed to one decimal stands for: `low` is near 0, the other symbols
    /// are no number.
    pub(super) fn of(figure: &Figure) -> Option<Self> {
        let near = |value: f64| Self::new(value - HALF, value + HALF);
        match &figure.symbol {
            Some(symbol) if symbol == Missing::Low.symbol() => Some(near(0.0)),
            Some(_) => None,
            None => figure.value.map(near),
        }
    }

    /// What a score printed to one decimal stands for.
    pub(super) fn of_score(figure: &Figure) -> Option<Self> {
        Self::of(figure).map(|span| span.within(0.0, 100.0))
    }

    /// The part of it that is within bounds.
    pub(super) fn within(self, low: f64, high: f64) -> Self {
        Self::new(self.low.clamp(low, high), self.high.clamp(low, high))
    }

    pub(super) fn sum(spans: impl Iterator<Item = Span>) -> Self {
        spans.fold(Self::exactly(0.0), |sum, span| {
            Self::new(sum.low + span.low, sum.high + span.high)
        })
    }

    /// Times a number that is not below zero.
    pub(super) fn times(self, factor: f64) -> Self {
        Self::new(self.low * factor, self.high * factor)
    }

    pub(super) fn minus(self, other: Span) -> Self {
        Self::new(self.low - other.high, self.high - other.low)
    }

    /// On a line: straight through both ends, whichever way it leads.
    pub(super) fn along(self, line: impl Fn(f64) -> f64) -> Self {
        let (one, other) = (line(self.low), line(self.high));
        Self::new(one.min(other), one.max(other))
    }

    /// Whether both can be the same number.
    pub(super) fn meets(self, other: Span) -> bool {
        self.low <= other.high + DUST && other.low <= self.high + DUST
    }

    /// In words: one number where it is as good as one.
    pub(super) fn words(self) -> String {
        if self.high - self.low < DUST {
            format!("{:.1}", self.low)
        } else {
            format!("{:.2} to {:.2}", self.low, self.high)
        }
    }
}

/// The mean, weighted; `None` if nothing weighs anything.
pub(super) fn mean(weighted: &[(Span, f64)]) -> Option<Span> {
    let weights: f64 = weighted.iter().map(|(_, weight)| weight).sum();
    let sum = Span::sum(weighted.iter().map(|(span, weight)| span.times(*weight)));
    (weights > 0.0).then(|| sum.times(1.0 / weights))
}

/// A whole number of people or things.
pub(super) fn whole(figure: &Figure) -> Option<f64> {
    figure.symbol.is_none().then_some(figure.value)?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Figure {
        let value = text.parse().ok();
        Figure {
            value,
            symbol: value.is_none().then(|| text.to_owned()),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_printed_number_stands_for_all_that_rounds_to_it() {
        let span = Span::of(&printed("62.5")).unwrap();
        for (value, can_be) in [
            (62.45, true),
            (62.549, true),
            (62.44, false),
            (62.56, false),
        ] {
            assert_eq!(span.meets(Span::exactly(value)), can_be, "{value}");
        }
    }

    #[test]
    fn low_is_near_zero_and_other_symbols_are_no_number() {
        let low = Span::of(&printed("low")).unwrap();
        assert!(low.meets(Span::exactly(0.04)) && !low.meets(Span::exactly(0.1)));
        for symbol in ["c", "x", "u", "z"] {
            assert_eq!(Span::of(&printed(symbol)), None, "{symbol}");
        }
    }

    #[test]
    fn the_mean_of_rounded_numbers_is_as_sure_as_they_are() {
        let parts: Vec<(Span, f64)> = ["10.0", "20.1"]
            .iter()
            .map(|text| (Span::of(&printed(text)).unwrap(), 1.0))
            .collect();
        let mean = mean(&parts).unwrap();
        assert!((mean.low - 15.0).abs() < 1e-9 && (mean.high - 15.1).abs() < 1e-9);
        assert_eq!(super::mean(&[]), None);
    }
}
