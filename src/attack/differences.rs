//! What two releases of one date print differently: between them stands whoever joined, left
//! or changed an answer, and who is few is found.

use super::figures::{Range, number, tenths, whole};
use super::openings::Findings;
use super::releases::{is_other, is_same_question};
use crate::national::ABOUT_THINGS;
use crate::publication::{Item, Publication, Reading};
use std::collections::BTreeMap;

/// The most people that are certain to differ in a group, and the items that tell.
type Changed<'p> = BTreeMap<(&'p str, &'p str), (f64, Vec<&'p str>)>;

/// Looks at every two releases.
pub(super) fn attack(findings: &mut Findings, releases: &[&Publication]) {
    for (at, second) in releases.iter().enumerate() {
        for first in &releases[..at] {
            for kind in ["question", "measure"] {
                between(findings, first, second, kind);
            }
        }
    }
}

fn between(findings: &mut Findings, first: &Publication, second: &Publication, kind: &str) {
    let mut changed: Changed = BTreeMap::new();
    for item in second.items.iter().filter(|item| item.kind == kind) {
        let twin = first.items.iter().find(|twin| twin.id == item.id);
        let of_things = ABOUT_THINGS.contains(&item.id.as_str());
        // By another formula of the council's own the same people give another figure.
        let by_own = |twin: &Item| !twin.local_formula.is_empty() && !item.local_formula.is_empty();
        let is_twin = |twin: &&Item| is_same_question(twin, item) || by_own(twin);
        if let Some(twin) = twin.filter(|twin| !of_things && is_twin(twin)) {
            // The whole's mean may weigh its services.
            let pooled = second.council.services.len() < 2;
            note(&mut changed, twin, item, pooled);
        }
    }
    if kind == "question" {
        for part in &second.response {
            let twin = first.response.iter().find(|twin| twin.scope == part.scope);
            let numbers = twin.and_then(|twin| whole(&twin.answered).zip(whole(&part.answered)));
            if let Some((before, after)) = numbers.filter(|(before, after)| before != after) {
                let key = match part.scope.as_str() {
                    "whole" => ("whole", "whole"),
                    service => ("service", service),
                };
                more(&mut changed, key, (after - before).abs(), "");
            }
        }
        for question in &second.awareness {
            let twin = first.awareness.iter().find(|twin| twin.id == question.id);
            let numbers = twin.and_then(|twin| number(&twin.n).zip(number(&question.n)));
            if let Some((before, after)) = numbers.filter(|(before, after)| before != after) {
                let people = (after - before).abs();
                more(&mut changed, ("whole", "whole"), people, &question.id);
            }
        }
    }
    for ((breakdown, group), (people, items)) in changed {
        findings.tried(super::DIFFERENCE, people, "whole numbers");
        for item in items.iter().filter(|_| people < super::FEWEST_CHANGED) {
            let range = Range {
                low: 1.0,
                high: people,
            };
            let how = "Two releases of the same date print its figures differently, and by so \
                       few people that what they said or brought can be had from the difference."
                .to_owned();
            let at = (*item, (breakdown, group));
            findings.open(at, super::DIFFERENCE, Some(range), how);
        }
    }
}

fn note<'p>(changed: &mut Changed<'p>, first: &'p Item, second: &'p Item, pooled: bool) {
    for finding in &second.findings {
        let twin = first
            .findings
            .iter()
            .find(|twin| twin.breakdown == finding.breakdown && twin.group == finding.group);
        let Some(twin) = twin else {
            continue;
        };
        let nations = twin.national.as_ref().zip(finding.national.as_ref());
        for (before, after) in nations.into_iter().chain([(&twin.local, &finding.local)]) {
            if is_other(before, after) {
                let key = (finding.breakdown.as_str(), finding.group.as_str());
                let sums = second.kind == "question" && (pooled || finding.breakdown != "whole");
                let points = if sums {
                    certain_by_points(before, after)
                } else {
                    0.0
                };
                more(changed, key, people(before, after).max(points), &second.id);
            }
        }
    }
}

fn more<'p>(changed: &mut Changed<'p>, key: (&'p str, &'p str), people: f64, item: &'p str) {
    let (most, items) = changed.entry(key).or_insert((people, Vec::new()));
    *most = most.max(people);
    if !items.contains(&item) {
        items.push(item);
    }
}

/// How many people must at least differ between two readings that are not the same.
fn people(before: &Reading, after: &Reading) -> f64 {
    let numbers = whole(&before.n).zip(whole(&after.n));
    let joined = numbers.map_or(0.0, |(before, after)| (after - before).abs());
    let parts = before.parts().zip(after.parts());
    let moved = parts
        .filter(|(before, after)| before.len() == after.len())
        .map_or(0.0, |(before, after)| {
            let pairs = before.iter().zip(after);
            let differences = pairs
                .filter_map(|(a, b)| number(&a.count).zip(number(&b.count)))
                .map(|(a, b)| b - a);
            // Whoever moved from one answer to another is missed once and met once.
            let (up, down) = differences.fold((0.0, 0.0), |(up, down): (f64, f64), change| {
                (up + change.max(0.0), down - change.min(0.0))
            });
            up.max(down)
        });
    joined.max(moved).max(1.0)
}

/// How many people a change of score points takes: nobody moves a total by more than 100.
fn certain_by_points(before: &Reading, after: &Reading) -> f64 {
    let total = |reading: &Reading| {
        let (n, mean) = (whole(&reading.n)?, tenths(&reading.value)?);
        Some((n * mean.low, n * mean.high))
    };
    let (Some(before), Some(after)) = (total(before), total(after)) else {
        return 0.0;
    };
    let apart = (after.0 - before.1).max(before.0 - after.1).max(0.0);
    (apart / 100.0 - 1e-9).ceil()
}
