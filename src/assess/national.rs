//! The six standards under the nation's rules. No script can touch them.

use super::grade::borne_out;
use crate::assessment::{Finding, Reading, StandardScore};
use crate::check::{HealthCheck, Item, Kind};
use crate::national::{RATED_SHARE, StandardId};

/// The six in one scope, in national order, from that scope's findings.
pub(super) fn standards(check: &HealthCheck, findings: &[&Finding]) -> Vec<StandardScore> {
    StandardId::ALL
        .into_iter()
        .map(|standard| {
            let readings: Vec<(&Item, &Reading)> = findings
                .iter()
                .filter_map(|finding| {
                    let item = &check.items()[finding.item];
                    let reading = finding.national.as_ref()?;
                    (item.standard == standard.id()).then_some((item, reading))
                })
                .collect();
            score(standard, &readings)
        })
        .collect()
}

fn score(standard: StandardId, readings: &[(&Item, &Reading)]) -> StandardScore {
    let counted: Vec<&(&Item, &Reading)> = readings
        .iter()
        .filter(|(_, reading)| !reading.is_not_applicable())
        .collect();
    let scored: Vec<(&Item, f64)> = counted
        .iter()
        .filter_map(|(item, reading)| reading.score.ok().map(|score| (*item, score)))
        .collect();
    let sum: f64 = scored.iter().map(|(_, score)| score).sum();
    let assured: f64 = counted
        .iter()
        .map(|(_, reading)| assured_score(reading))
        .sum();
    let mean = (!scored.is_empty()).then(|| sum / scored.len() as f64);
    StandardScore {
        standard,
        score: match (why_not_rated(&scored, counted.len()), mean) {
            (None, Some(mean)) => Ok(mean),
            (why_not, _) => Err(why_not.unwrap_or_else(|| "none of its items is scored".into())),
        },
        coverage: (scored.len(), counted.len()),
        assured: if counted.is_empty() {
            0.0
        } else {
            assured / counted.len() as f64
        },
        spread: None,
    }
}

/// What an item is sure to bring: nothing where it is not scored, and of a *yes* as much as
/// practitioners' answers bear out.
pub(super) fn assured_score(reading: &Reading) -> f64 {
    let score = reading.score.unwrap_or(0.0);
    let support = reading.experience.and_then(|experience| experience.support);
    match (support, reading.yes) {
        (Some(support), Some(yes)) => borne_out(score, yes, support),
        _ => score,
    }
}

fn why_not_rated(scored: &[(&Item, f64)], counted: usize) -> Option<String> {
    if counted == 0 {
        return Some("there is nothing to count in any of its items".into());
    }
    // An omitted measure whose figures were brought is scored, and still does not compare.
    let comparable = scored
        .iter()
        .filter(|(item, _)| item.counts_nationally())
        .count();
    if !enough(comparable, counted) {
        return Some(format!(
            "{comparable} of its {counted} items {} both comparable and scored, and at least {} are needed",
            if comparable == 1 { "is" } else { "are" },
            fewest(counted)
        ));
    }
    let only_claims = scored
        .iter()
        .filter(|(item, _)| item.counts_nationally())
        .all(|(item, _)| matches!(item.local.kind, Kind::Statement));
    only_claims.then(|| "it rests on the employer's own claims alone".into())
}

/// Whether so many scored items are enough of those that count: 60%, in whole numbers.
pub(super) fn enough(scored: usize, counted: usize) -> bool {
    counted > 0 && scored * RATED_SHARE.1 >= counted * RATED_SHARE.0
}

/// The fewest scored items that are enough.
pub(super) fn fewest(counted: usize) -> usize {
    (counted * RATED_SHARE.0).div_ceil(RATED_SHARE.1)
}

/// The plain mean of the six, or those that are not rated.
pub(super) fn overall(standards: &[StandardScore]) -> Result<f64, Vec<StandardId>> {
    let unrated: Vec<StandardId> = standards
        .iter()
        .filter(|standard| standard.score.is_err())
        .map(|standard| standard.standard)
        .collect();
    if unrated.is_empty() {
        let scores = standards.iter().filter_map(|s| s.score.as_ref().ok());
        Ok(scores.sum::<f64>() / standards.len() as f64)
    } else {
        Err(unrated)
    }
}

#[cfg(test)]
mod tests {
    use super::{enough, fewest};

    #[test]
    fn five_of_eight_five_of_seven_and_three_of_five_are_enough_and_one_less_is_not() {
        for (scored, counted, is_enough) in [
            (5, 8, true),
            (4, 8, false),
            (5, 7, true),
            (4, 7, false),
            (3, 5, true),
            (2, 5, false),
            (6, 10, true),
            (5, 10, false),
            (0, 0, false),
        ] {
            assert_eq!(enough(scored, counted), is_enough, "{scored} of {counted}");
        }
        assert_eq!((fewest(8), fewest(7), fewest(5)), (5, 5, 3));
    }
}
