//! The council's own standards under its own rules: weights, extra items, closures.

use super::faults::Faults;
use super::national::{enough, fewest};
use crate::assessment::{Finding, LocalScore, Reading};
use crate::check::{HealthCheck, Item, Standard};
use crate::missing::Missing;
use crate::script::Named;

/// When a standard, or the whole, has a score.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rated {
    /// Once enough of its items are scored; the whole, once every national standard is.
    WithEnough,
    /// As soon as one of its parts is scored: in a council's own tests, which give rows
    /// for the item in hand alone.
    WithAny,
}

/// The council's standards in one scope, and its overall score or why there is none.
pub(super) fn standards(
    check: &HealthCheck,
    findings: &[&Finding],
    rated: Rated,
    faults: &mut Faults,
) -> (Vec<LocalScore>, Result<f64, String>) {
    let scores: Vec<LocalScore> = check
        .standards()
        .iter()
        .enumerate()
        .map(|(index, standard)| {
            let readings: Vec<(&Item, &Reading)> = findings
                .iter()
                .map(|finding| (&check.items()[finding.item], &finding.local))
                .filter(|(item, _)| item.standard == standard.id)
                .collect();
            score((index, standard), &readings, rated, faults)
        })
        .collect();
    let overall = overall(check, &scores, rated, faults);
    (scores, overall)
}

fn score(
    (index, standard): (usize, &Standard),
    readings: &[(&Item, &Reading)],
    rated: Rated,
    faults: &mut Faults,
) -> LocalScore {
    let counted: Vec<&(&Item, &Reading)> = readings
        .iter()
        .filter(|(item, reading)| item.omission.is_none() && !reading.is_not_applicable())
        .collect();
    let scored: Vec<(f64, f64)> = counted
        .iter()
        .filter_map(|(item, reading)| Some((reading.score.ok()?, item.weight)))
        .collect();
    let coverage = (scored.len(), counted.len());
    let result = if counted.is_empty() {
        Err("it has no items that count".into())
    } else if scored.is_empty() && rated == Rated::WithAny {
        Err("none of its items is scored".into())
    } else if !enough(scored.len(), counted.len()) && rated == Rated::WithEnough {
        Err(format!(
            "{} of its {} items are scored, and at least {} are needed",
            coverage.0,
            coverage.1,
            fewest(coverage.1)
        ))
    } else if let Some(formula) = &standard.score {
        let named: Vec<Named> = readings
            .iter()
            .map(|(item, reading)| Named {
                id: item.id.clone(),
                value: reading.value,
                score: reading.score,
                weight: item.weight,
            })
            .collect();
        faults.score(formula, formula.combine(&named))
    } else {
        weighted_mean(&scored).ok_or_else(|| "its items weigh nothing".into())
    };
    LocalScore {
        standard: index,
        score: result,
        coverage,
    }
}

fn overall(
    check: &HealthCheck,
    scores: &[LocalScore],
    rated: Rated,
    faults: &mut Faults,
) -> Result<f64, String> {
    let standard = |score: &LocalScore| &check.standards()[score.standard];
    let unrated: Vec<&str> = scores
        .iter()
        .filter(|score| score.score.is_err() && standard(score).national.is_some())
        .map(|score| standard(score).title.as_str())
        .collect();
    if !unrated.is_empty() && rated == Rated::WithEnough {
        return Err(format!(
            "not every standard is rated: {}",
            unrated.join(", ")
        ));
    }
    if let Some(formula) = &check.overall().score {
        let named: Vec<Named> = scores
            .iter()
            .map(|score| {
                let amount = score.score.as_ref().copied().or(Err(Missing::NotAvailable));
                Named {
                    id: standard(score).id.clone(),
                    value: amount,
                    score: amount,
                    weight: standard(score).weight,
                }
            })
            .collect();
        return faults.score(formula, formula.combine(&named));
    }
    let weighed: Vec<(f64, f64)> = scores
        .iter()
        .filter_map(|score| Some((*score.score.as_ref().ok()?, standard(score).weight)))
        .collect();
    weighted_mean(&weighed).ok_or_else(|| "no standard is rated".into())
}

/// The mean of scores by their weights; `None` if they weigh nothing.
fn weighted_mean(scored: &[(f64, f64)]) -> Option<f64> {
    let weights: f64 = scored.iter().map(|(_, weight)| weight).sum();
    let sum: f64 = scored.iter().map(|(score, weight)| score * weight).sum();
    (weights > 0.0).then(|| sum / weights)
}

#[cfg(test)]
mod tests {
    use super::weighted_mean;

    #[test]
    fn weights_weigh() {
        assert_eq!(weighted_mean(&[(100.0, 3.0), (0.0, 1.0)]), Some(75.0));
        assert_eq!(weighted_mean(&[]), None);
    }
}
