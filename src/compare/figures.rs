//! Published figures in; intervals for comparison, and quantiles, out.

use super::{FEWEST_FOR_SPREAD, Spread};
use crate::publication::{Figure, Score};

/// Two-sided 95% of the normal distribution.
pub(super) const Z: f64 = 1.96;

/// Half of the last place of a figure with one decimal.
const HALF_A_TENTH: f64 = 0.05;

/// Half of the last place of a standard error, which has two.
const HALF_A_HUNDREDTH: f64 = 0.005;

/// Both ends of an interval.
pub(super) type Ends = (f64, f64);

/// A number as it is printed: one decimal, half up.
pub(super) fn printed(value: f64) -> Figure {
    let value = (value * 10.0 + 0.5 + 1e-9).floor() / 10.0;
    Figure {
        value: Some(value),
        symbol: None,
        text: format!("{value:.1}"),
    }
}

/// A score's interval without finite correction, cut to 0–100. It is as wide as rounding of
/// the score and of its error could make it, so that rounding never tells councils apart.
pub(super) fn of_score(score: &Score) -> Option<Ends> {
    let value = score.score.value?;
    let error = score.error.as_ref()?.value?;
    let half = Z * (error + HALF_A_HUNDREDTH) + HALF_A_TENTH;
    Some(((value - half).max(0.0), (value + half).min(100.0)))
}

/// Wilson's interval of a share in percent, of `n` people or posts; as wide as rounding of
/// the share could make it. Nobody is no share.
pub(super) fn wilson(percent: f64, n: f64) -> Option<Ends> {
    if !(n >= 1.0 && (0.0..=100.0).contains(&percent)) {
        return None;
    }
    let end = |percent: f64, sign: f64| {
        let p = percent.clamp(0.0, 100.0) / 100.0;
        let square = Z * Z / n;
        let half = Z * (p * (1.0 - p) / n + square / (4.0 * n)).sqrt();
        100.0 * (p + square / 2.0 + sign * half) / (1.0 + square)
    };
    Some((
        end(percent - HALF_A_TENTH, -1.0).max(0.0),
        end(percent + HALF_A_TENTH, 1.0).min(100.0),
    ))
}

/// A quantile of values in ascending order, by linear interpolation between ranks.
pub(super) fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let rank = share * sorted.len().checked_sub(1)? as f64;
    let below = sorted.get(rank.floor() as usize)?;
    let above = sorted.get(rank.ceil() as usize)?;
    Some(below + (above - below) * rank.fract())
}

/// The spread, where there are enough.
pub(super) fn spread(values: impl Iterator<Item = f64>) -> Option<Spread> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    if sorted.len() < FEWEST_FOR_SPREAD {
        return None;
    }
    let at = |share| quantile(&sorted, share).map(printed);
    Some(Spread {
        councils: sorted.len(),
        p25: at(0.25)?,
        p50: at(0.5)?,
        p75: at(0.75)?,
    })
}

/// The median of values in any order.
pub(super) fn median(values: impl Iterator<Item = f64>) -> Option<Figure> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    quantile(&sorted, 0.5).map(printed)
}
