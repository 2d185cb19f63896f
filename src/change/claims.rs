//! Whether a score changed by more than the employer's own words: a judged change and both
//! editions' statements in, the change with what must be said beside it out.
//!
//! An employer may raise a standard by answering *yes* where it answered *no*. That is a change,
//! and may be a true one; but nothing that practitioners say or records show has moved.

use super::figures::score_tenths;
use super::items::{Pair, national};
use crate::publication::{Change, Publication, Scope};

/// Said beside a verdict that would not stand without the employer's changed claims.
const ALONE: &str = "by the employer's own changed claims alone";

/// The points of a score that come from statements whose claim changed; of the overall score
/// where no standard is named.
pub(super) fn points(
    now: &Publication,
    scope: &Scope,
    standard: Option<&str>,
    pairs: &[Pair],
) -> f64 {
    let each = scope
        .standards
        .iter()
        .filter(|own| standard.is_none_or(|id| own.id == id))
        .map(|own| {
            let of_it = now.items.iter().filter(|item| item.standard == own.id);
            let scored = of_it
                .filter(|item| item.national)
                .filter(|item| national(item, &scope.id).is_some_and(|reading| reading.rated))
                .count();
            let claims = pairs.iter().filter(|pair| {
                pair.now.standard == own.id
                    && pair.now.kind == "statement"
                    && pair.is_common(&scope.id)
            });
            let moved = claims.filter_map(|pair| {
                let tenths =
                    |item| national(item, &scope.id).and_then(|own| score_tenths(&own.score));
                Some(tenths(pair.now)? - tenths(pair.then)?)
            });
            moved.sum::<i64>() as f64 / 10.0 / scored.max(1) as f64
        });
    let all: f64 = each.sum();
    match standard {
        Some(_) => all,
        None => all / scope.standards.len().max(1) as f64,
    }
}

/// The change with a caution where it would not be clear without so many points.
pub(super) fn beside(change: Change, claims: f64) -> Change {
    let end = |figure: &Option<crate::publication::Figure>| figure.as_ref()?.value;
    let (Some(low), Some(high)) = (end(&change.low), end(&change.high)) else {
        return change;
    };
    let stands = match change.verdict.as_str() {
        "improved" => low - claims > 0.0,
        "worsened" => high - claims < 0.0,
        _ => true,
    };
    if stands {
        return change;
    }
    Change {
        words: format!("{}, {ALONE}", change.words),
        caution: ALONE.into(),
        ..change
    }
}
