//! Questions: the mean of scored answers, from 0 for the lowest to 100 for the highest.

use super::groups::Selection;
use super::members::Answers;
use super::response::Weighting;
use crate::assessment::{Reading, WhyNot};
use crate::check::{Item, Kind, Question};
use crate::data::{AnswerCounts, Ranked, Rows};
use crate::missing::Missing;
use crate::national::FEWEST_ANSWERS;

/// An item's readings in one group. The whole's mean is its services' means, weighted by
/// how many each asked, where that can be done.
pub(super) fn readings(
    item: &Item,
    own: &Question,
    (group, selection): (usize, &Selection),
    services: &[usize],
    weighting: &Weighting,
    answers: &Answers,
) -> (Option<Reading>, Reading) {
    if let Some(omission) = &item.omission {
        let omitted = || Reading::omitted(omission);
        return (item.national.as_ref().map(|_| omitted()), omitted());
    }
    let weighed = |reverse: bool| match weighting {
        Weighting::ByAsked(asked) if selection.is_whole() => {
            by_asked(own, reverse, services, asked, answers)
        }
        _ => None,
    };
    let counts = answers.get(&own.column, group);
    let read = |reverse: bool| reading(counts, reverse, selection, weighed(reverse));
    let national = item.national.as_ref().map(|definition| {
        let reverse = matches!(&definition.kind, Kind::Question(question) if question.reverse);
        if item.counts_nationally() {
            read(reverse)
        } else {
            let reasons = item.comparability.reasons.join("; ");
            Reading::without(Missing::NotAvailable, WhyNot::NotComparable(reasons))
        }
    });
    (national, read(own.reverse))
}

/// A question's reading; `weighed` is its mean, if it is not that of the group's own rows.
fn reading(
    counts: Option<&AnswerCounts>,
    reverse: bool,
    group: &Selection,
    weighed: Option<f64>,
) -> Reading {
    let Some(counts) = counts else {
        return Reading::without(Missing::NotAvailable, WhyNot::NotBrought);
    };
    let answered = counts.answered();
    if !group.is_whole() && group.rows("survey").is_some_and(Rows::is_empty) {
        // A group of nobody: nothing is hidden by saying so. Of a service, which has practitioners,
        // nobody answered.
        let (reason, why_not) = match group.is_scope() {
            false => (Missing::NotApplicable, WhyNot::NothingToCount),
            true => (Missing::Unreliable, few_answers(0)),
        };
        return Reading {
            people: Some(0),
            nobody: true,
            ..Reading::without(reason, why_not)
        };
    }
    let (score, why_not) = match weighed.or_else(|| mean(counts, reverse)) {
        Some(mean) if answered >= FEWEST_ANSWERS => (Ok(mean), None),
        _ => (Err(Missing::Unreliable), Some(few_answers(answered))),
    };
    Reading {
        value: score,
        score,
        why_not,
        people: Some(answered.into()),
        nobody: false,
        rows: None,
        base: None,
        answers: Some(counts.clone()),
        bands: None,
        claim: None,
        yes: None,
        written: None,
        experience: None,
        reveals: false,
        ranked: Ranked::new(),
        contributions: Vec::new(),
    }
}

fn few_answers(answered: u32) -> WhyNot {
    WhyNot::FewAnswers {
        answered: answered.into(),
        needed: FEWEST_ANSWERS.into(),
    }
}

/// The mean of scored answers on 0–100, turned round first where agreeing is bad.
pub(super) fn mean(counts: &AnswerCounts, reverse: bool) -> Option<f64> {
    let answered = counts.answered();
    let steps = counts.scored.len().saturating_sub(1);
    if answered == 0 || steps == 0 {
        return None;
    }
    let points: f64 = counts
        .scored
        .iter()
        .enumerate()
        .map(|(index, count)| {
            let step = if reverse { steps - index } else { index };
            f64::from(*count) * step as f64
        })
        .sum();
    Some(100.0 * points / (steps as f64 * f64::from(answered)))
}

/// The services' means weighted by how many each asked. A service in which nobody answered
/// the question has no mean to weigh.
fn by_asked(
    question: &Question,
    reverse: bool,
    services: &[usize],
    asked: &[u32],
    answers: &Answers,
) -> Option<f64> {
    let (mut points, mut weights) = (0.0, 0.0);
    for (service, asked) in services.iter().zip(asked) {
        let counts = answers.get(&question.column, *service)?;
        if let Some(mean) = mean(counts, reverse) {
            points += mean * f64::from(*asked);
            weights += f64::from(*asked);
        }
    }
    (weights > 0.0).then(|| points / weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(scored: &[u32]) -> AnswerCounts {
        AnswerCounts {
            scored: scored.to_vec(),
            ..AnswerCounts::default()
        }
    }

    #[test]
    fn five_answers_score_0_25_50_75_100_and_the_mean_is_theirs() {
        assert_eq!(mean(&counts(&[1, 1, 1, 1, 1]), false), Some(50.0));
        assert_eq!(mean(&counts(&[0, 0, 0, 4, 4]), false), Some(87.5));
        assert_eq!(mean(&counts(&[2, 0]), false), Some(0.0));
        assert_eq!(mean(&counts(&[0, 0, 0]), false), None);
    }

    #[test]
    fn a_reversed_question_is_turned_round_first() {
        assert_eq!(mean(&counts(&[0, 0, 0, 4, 4]), true), Some(12.5));
    }
}
