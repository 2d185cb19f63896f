//! What a standard error tells: where a score rests on one question alone, its error gives
//! the spread of the answers, and from number, mean, spread and a coarse split follows how
//! many chose each single answer.

use super::figures::{Range, number, whole};
use super::openings::Findings;
use crate::publication::{Item, Publication, Reading, Scope};

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
            one(findings, scope, item, reading, error * scored);
        }
    }
}

fn national<'p>(item: &'p Item, scope: &Scope) -> Option<&'p Reading> {
    item.findings
        .iter()
        .find(|finding| finding.group == scope.id)
        .and_then(|finding| finding.national.as_ref())
}

/// `error` is the question's own standard error, of a figure with two decimals.
fn one(findings: &mut Findings, scope: &Scope, item: &Item, reading: &Reading, error: f64) {
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
    let [lower, middle, upper] = counts.as_slice() else {
        return;
    };
    if !(2.0..=1_000.0).contains(&n) {
        return;
    }
    // Those at 25 and those at 100 together: what the mean says beyond the split.
    let total = (n * mean / 25.0).round();
    let beyond = total - 2.0 * middle - 3.0 * upper;
    let own = Range {
        low: (beyond - upper).max(0.0),
        high: lower.min(beyond),
    };
    let spread = |second: f64| {
        let top = beyond - second;
        let squares = second * 625.0 + middle * 2500.0 + (upper - top) * 5625.0 + top * 1e4;
        let mean = 25.0 * total / n;
        ((squares - n * mean * mean).max(0.0) / (n - 1.0) / n).sqrt()
    };
    let mut left = Vec::new();
    let mut second = own.low;
    while second <= own.high {
        // The printed error is rounded to hundredths of the standard's, so to some more here.
        if (spread(second) - error).abs() <= 0.005 * 8.0 + 1e-9 {
            left.push(second);
        }
        second += 1.0;
    }
    let possible = left.len() as f64;
    if left.is_empty() {
        return;
    }
    findings.tried("single answers", possible, "whole numbers");
    if possible < super::FEWEST_NUMBERS && possible < own.whole_numbers() && possible <= 1.0 {
        let breakdown = if scope.id == "whole" {
            "whole"
        } else {
            "service"
        };
        let how = "One question alone carries the standard's error, which gives the spread of \
                   its answers; with its number, mean and split follows how many gave each."
            .to_owned();
        let at = (item.id.as_str(), (breakdown, scope.id.as_str()));
        let range = Range::exactly(left[0]);
        findings.open(at, "single answers", Some(range), how);
    }
}
