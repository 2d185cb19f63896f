//! What a standard error tells: where a score rests on one question alone, its error gives
//! the spread of the answers, and from number, mean, spread and a coarse split follows how
//! many chose each single answer.

use super::figures::{Range, number, whole};
use super::openings::Findings;
use crate::publication::{Item, Publication, Reading, Scope};
use std::collections::BTreeSet;

/// Tries every scope and standard whose interval one question carries.
pub(super) fn attack(findings: &mut Findings, release: &Publication) {
    for scope in &release.scopes {
        // The whole of two services is a mean of two means.
        if scope.id == "whole" && release.council.services.len() > 1 {
            continue;
        }
        for standard in &scope.standards {
            let Some(error) = standard.result.error.as_ref().and_then(number) else {
                continue;
            };
            let mut questions = release
                .items
                .iter()
                .filter(|item| item.kind == "question" && item.standard == standard.id)
                .filter_map(|item| Some((item, national(item, scope)?)))
                .filter(|(_, reading)| reading.rated);
            let (Some((item, reading)), None) = (questions.next(), questions.next()) else {
                continue;
            };
            let scored = whole(&standard.scored).unwrap_or(0.0);
            one(findings, scope, item, reading, (error * scored, scored));
        }
    }
}

fn national<'p>(item: &'p Item, scope: &Scope) -> Option<&'p Reading> {
    item.findings
        .iter()
        .find(|finding| finding.group == scope.id)
        .and_then(|finding| finding.national.as_ref())
}

/// `error` is the question's own standard error, of a figure with two decimals of the
/// standard's: of a question in eight it is known to eight times that.
fn one(
    findings: &mut Findings,
    scope: &Scope,
    item: &Item,
    reading: &Reading,
    (error, scored): (f64, f64),
) {
    let (Some(n), Some(mean), Some(answers)) = (
        whole(&reading.n),
        number(&reading.value),
        reading.answers.as_ref(),
    ) else {
        return;
    };
    let counts: Vec<f64> = answers
        .counts
        .iter()
        .filter_map(|part| whole(&part.count))
        .collect();
    let low = answers.counts[0].label.contains(" or ");
    let parts = match counts.as_slice() {
        [lower, middle, upper] => vec![(0..2, *lower), (2..3, *middle), (3..5, *upper)],
        [lower, upper] if low => vec![(0..3, *lower), (3..5, *upper)],
        [lower, upper] => vec![(0..2, *lower), (2..5, *upper)],
        _ => return,
    };
    if !(2.0..=500.0).contains(&n) || !matches!(item.scale.len(), 0 | 5) {
        return;
    }
    let total = (n * mean / 25.0).round();
    let mut all = vec![BTreeSet::new(); 5];
    let mut left = vec![BTreeSet::new(); 5];
    each_with(&parts, total, &mut |counts| {
        let squares = (0..5).map(|at| counts[at] * (25.0 * at as f64).powi(2));
        let mean = 25.0 * total / n;
        let variance = (squares.sum::<f64>() - n * mean * mean).max(0.0) / (n - 1.0) / n;
        let fits = (variance.sqrt() - error).abs() <= 0.005 * scored + 1e-9;
        for (at, count) in counts.iter().enumerate() {
            all[at].insert(*count as u64);
            if fits {
                left[at].insert(*count as u64);
            }
        }
    });
    let breakdown = if scope.id == "whole" {
        "whole"
    } else {
        "service"
    };
    for (levels, count) in parts {
        if levels.len() < 2 || count == 0.0 {
            continue;
        }
        for level in levels {
            let numbers = left[level].len() as f64;
            let (Some(first), Some(last)) = (left[level].first(), left[level].last()) else {
                continue;
            };
            findings.tried("single answers by its error", numbers, "whole numbers");
            if numbers < super::FEWEST_NUMBERS && left[level].len() < all[level].len() {
                let how = "One question alone carries the standard's error, which gives the \
                           spread of its answers; with its number, mean and split follows how \
                           many gave each."
                    .to_owned();
                let at = (item.id.as_str(), (breakdown, scope.id.as_str()));
                let range = Range {
                    low: *first as f64,
                    high: *last as f64,
                };
                let what = format!("single answers by its error: step {} of 5", level + 1);
                findings.open(at, &what, Some(range), how);
            }
        }
    }
}

/// Every way in which five answers come to these parts and this total, in steps.
fn each_with(parts: &[(Levels, f64)], total: f64, take: &mut impl FnMut(&[f64; 5])) {
    let free: Vec<usize> = parts
        .iter()
        .flat_map(|(levels, _)| levels.clone().skip(1))
        .collect();
    let mut counts = [0.0; 5];
    for (levels, count) in parts {
        counts[levels.start] = *count;
    }
    moved(parts, &free, total, counts, take);
}

type Levels = std::ops::Range<usize>;

/// Moves people of each part up from its first answer, one answer after another.
fn moved(
    parts: &[(Levels, f64)],
    free: &[usize],
    total: f64,
    counts: [f64; 5],
    take: &mut impl FnMut(&[f64; 5]),
) {
    let sum: f64 = (0..5).map(|at| at as f64 * counts[at]).sum();
    let Some((level, rest)) = free.split_first() else {
        if (sum - total).abs() < 0.5 {
            take(&counts);
        }
        return;
    };
    let of = |(levels, _): &&(Levels, f64)| levels.contains(level);
    let Some(start) = parts.iter().find(of).map(|(levels, _)| levels.start) else {
        return;
    };
    let steps = (*level - start) as f64;
    let mut set = |people: f64| {
        let mut next = counts;
        next[start] -= people;
        next[*level] += people;
        moved(parts, rest, total, next, take);
    };
    // The last answer is the only one left to make up the total.
    let last = (total - sum) / steps;
    if rest.is_empty() {
        if last.fract() == 0.0 && (0.0..=counts[start]).contains(&last) {
            set(last);
        }
        return;
    }
    (0..=(counts[start].min(last.max(0.0)) as u64)).for_each(|people| set(people as f64));
}
