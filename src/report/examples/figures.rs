//! Figures as a publication prints them.

use crate::missing::Missing;
use crate::publication::{Figure, Score};

/// A score and its band.
pub fn rated(score: f64) -> Score {
    Score {
        band: crate::national::Band::of(score).words().to_owned(),
        score: number(score),
        rated: true,
        why_not: String::new(),
        low: Some(number((score - 3.6).max(0.0))),
        high: Some(number((score + 3.6).min(100.0))),
        interval: format!(
            "{} to {}",
            number((score - 3.6).max(0.0)).text,
            number((score + 3.6).min(100.0)).text
        ),
        error: Some(number(1.9)),
    }
}

/// One decimal, as published.
pub fn number(value: f64) -> Figure {
    let value = (value * 10.0).round() / 10.0;
    Figure {
        value: Some(value),
        symbol: None,
        text: format!("{value:.1}"),
    }
}

/// People: whole.
pub fn count(value: f64) -> Figure {
    Figure {
        value: Some(value),
        symbol: None,
        text: format!("{value:.0}"),
    }
}

/// A number of things that are counted.
pub fn people(value: usize) -> Figure {
    count(value as f64)
}

/// A symbol in the place of a figure.
pub fn symbol(why: Missing) -> Figure {
    Figure {
        value: None,
        symbol: Some(why.symbol().to_owned()),
        text: why.symbol().to_owned(),
    }
}
