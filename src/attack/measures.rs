//! Measures: how many people a withheld figure is about, and the amounts of a withheld share.
//!
//! Two measures of the same rows rest on the same people: what one prints of how many they are
//! is known of the other. And a score to a tenth tells more of a figure than the figure to a
//! tenth does.

use super::cells::{Cells, Fact, Kind, Wanted};
use super::figures::{Range, is_withheld, number, tenths, whole};
use super::groups::Groups;
use super::openings::Findings;
use super::questions::Asked;
use crate::publication::{Finding, Item, Reading};

/// A mean over people: their number is what it is divided by.
const MEANS: [&str; 1] = ["hours-over-contract"];

/// Shares of something in part of it.
const SHARES: [&str; 4] = [
    "high-caseloads",
    "appraisal-current",
    "vacancy-rate",
    "agency-rate",
];

/// Those of them that are shares of the people whom they rest on.
const COUNTED: [&str; 2] = ["high-caseloads", "appraisal-current"];

/// Measures that rest on the same rows, by the nation's formulas.
const SAME_ROWS: [&[&str]; 2] = [
    &["caseload-per-fte", "high-caseloads"],
    &["turnover-rate", "agency-rate", "sickness-absence"],
];

/// Whose definition.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum By {
    Nation,
    Council,
}

impl By {
    pub(super) fn reading(self, finding: &Finding) -> Option<&Reading> {
        match self {
            By::Nation => finding.national.as_ref(),
            By::Council => Some(&finding.local),
        }
    }
}

/// What is printed of a measure's group.
type Read<'p> = (usize, By, &'p Item, &'p Reading);

fn read<'p>(groups: &Groups, items: &[&'p Item], by: &[By]) -> Vec<Read<'p>> {
    let findings = items
        .iter()
        .flat_map(|item| item.findings.iter().map(move |finding| (*item, finding)));
    findings
        .filter_map(|(item, finding)| {
            let cell = groups.find(&finding.breakdown, &finding.group)?;
            Some((cell, item, finding))
        })
        .flat_map(|(cell, item, finding)| {
            by.iter()
                .filter_map(move |by| Some((cell, *by, item, by.reading(finding)?)))
        })
        .collect()
}

/// Whether nation and council measure by one formula, and so the same people.
pub(super) fn is_of_one_formula(item: &Item) -> bool {
    item.national && item.local_formula.is_empty()
}

/// Attacks a measure; `asked` are its forms in releases of the same rows.
pub(super) fn attack(findings: &mut Findings, groups: &Groups, asked: &[Asked]) {
    let items: Vec<&Item> = asked.iter().map(|asked| asked.item).collect();
    let Some(first) = items.first() else {
        return;
    };
    let definitions: Vec<Vec<By>> = if is_of_one_formula(first) {
        vec![vec![By::Nation, By::Council]]
    } else {
        vec![vec![By::Nation], vec![By::Council]]
    };
    for by in definitions {
        let readings = read(groups, &items, &by);
        let withheld =
            |(.., reading): &Read| is_withheld(&reading.n) || is_withheld(&reading.value);
        if !readings.iter().any(withheld) {
            continue;
        }
        let told = if by.contains(&By::Nation) {
            told_by_others(groups, asked, &readings)
        } else {
            Vec::new()
        };
        people(findings, groups, first, &readings, &told);
        amounts(findings, groups, first, &readings, &told);
    }
}

/// How many people each group has by what other measures of the same rows print; none where
/// any two of them differ.
fn told_by_others(groups: &Groups, asked: &[Asked], readings: &[Read]) -> Vec<(usize, f64)> {
    let mut told: Vec<(usize, f64)> = Vec::new();
    for one in asked {
        let family = SAME_ROWS
            .iter()
            .find(|family| family.contains(&one.item.id.as_str()));
        let others = one.release.items.iter().filter(|other| {
            other.id != one.item.id
                && is_of_one_formula(other)
                && family.is_some_and(|family| family.contains(&other.id.as_str()))
        });
        for other in others {
            let numbers = read(groups, &[other], &[By::Nation]);
            told.extend(
                numbers
                    .iter()
                    .filter_map(|(cell, .., reading)| Some((*cell, whole(&reading.n)?))),
            );
        }
    }
    let own = readings
        .iter()
        .filter_map(|(cell, .., reading)| Some((*cell, whole(&reading.n)?)));
    let all: Vec<(usize, f64)> = told.iter().copied().chain(own).collect();
    let differ = all
        .iter()
        .any(|(cell, n)| all.iter().any(|(at, other)| at == cell && other != n));
    if differ { Vec::new() } else { told }
}

/// How many case holders each group has by what other measures of the same rows print.
pub(super) fn told_by_nation(
    groups: &Groups,
    asked: &[Asked],
    items: &[&Item],
) -> Vec<(usize, f64)> {
    told_by_others(groups, asked, &read(groups, items, &[By::Nation]))
}

fn people(
    findings: &mut Findings,
    groups: &Groups,
    item: &Item,
    readings: &[Read],
    told: &[(usize, f64)],
) {
    let mut cells = Cells::new(groups, 1, true);
    for (cell, n) in told {
        cells.fact(*cell, &[1.0], Range::exactly(*n));
    }
    for (cell, .., reading) in readings {
        if let Some(n) = whole(&reading.n) {
            cells.fact(*cell, &[1.0], Range::exactly(n));
        } else if is_withheld(&reading.n) {
            cells.present[*cell] = true;
            // What another measure prints of the same people is no secret.
            if !told.iter().any(|(at, _)| at == cell) {
                want(&mut cells, *cell, "number of people", Kind::Count, &[1.0]);
            }
        }
    }
    findings.table(&item.id, groups, &cells);
}

/// What a printed figure was rounded from, by itself and by its score.
pub(super) fn value(item: &Item, by: By, reading: &Reading) -> Option<Range> {
    let value = tenths(&reading.value)?;
    let has_own = item.rule.contains(';');
    let score = tenths(&reading.score).filter(|score| score.low > 0.0 && score.high < 100.0);
    let anchors = anchors(&item.rule).filter(|_| by == By::Nation || !has_own);
    let Some((score, (best, worst))) = score.zip(anchors) else {
        return Some(value);
    };
    let ends = [score.low, score.high].map(|score| worst + score / 100.0 * (best - worst));
    let by_score = Range {
        low: ends[0].min(ends[1]) - 1e-9,
        high: ends[0].max(ends[1]) + 1e-9,
    };
    let both = value.and(by_score);
    Some(if both.low <= both.high { both } else { value })
}

/// The nation's anchors in "100 at 12, 0 at 22".
pub(super) fn anchors(rule: &str) -> Option<(f64, f64)> {
    let rest = rule.strip_prefix("100 at ")?;
    let (best, rest) = rest.split_once(", 0 at ")?;
    let worst = rest.split(';').next()?;
    Some((best.parse().ok()?, worst.trim().parse().ok()?))
}

fn amounts(
    findings: &mut Findings,
    groups: &Groups,
    item: &Item,
    readings: &[Read],
    told: &[(usize, f64)],
) {
    let is_mean = MEANS.contains(&item.id.as_str());
    let is_counted = COUNTED.contains(&item.id.as_str()) && is_of_one_formula(item);
    let base = |reading: &Reading| match &reading.base {
        _ if is_counted && whole(&reading.n).is_some() => whole(&reading.n).map(Range::exactly),
        Some(base) => number(base).map(|base| Range::around(base, 0.5)),
        None if is_mean => whole(&reading.n).map(Range::exactly),
        None => None,
    };
    if !readings.iter().any(|(.., reading)| base(reading).is_some()) {
        return;
    }
    let per = if item.unit.contains('%') { 100.0 } else { 1.0 };
    let mut cells = Cells::new(groups, 2, is_counted);
    if is_counted {
        for (cell, n) in told {
            cells.fact(*cell, &[1.0, 0.0], Range::exactly(*n));
        }
    }
    for (cell, by, item, reading) in readings {
        let (value, base) = (value(item, *by, reading), base(reading));
        if SHARES.contains(&item.id.as_str()) {
            cells.facts[*cell].push(Fact {
                terms: vec![1.0, -1.0],
                range: UPWARD,
            });
        }
        if let Some(base) = base {
            cells.fact(*cell, &[1.0, 0.0], base.and(UPWARD));
        }
        if let Some(value) = value {
            for terms in [[value.high / per, -1.0], [-value.low.max(0.0) / per, 1.0]] {
                cells.present[*cell] = true;
                cells.facts[*cell].push(Fact {
                    terms: terms.to_vec(),
                    range: UPWARD,
                });
            }
        }
        if is_withheld(&reading.value) {
            cells.present[*cell] = true;
            if is_counted {
                let (yes, no) = (&[0.0, 1.0], &[1.0, -1.0]);
                want(&mut cells, *cell, "people counted", Kind::Count, yes);
                want(&mut cells, *cell, "people not counted", Kind::Count, no);
            } else {
                want(&mut cells, *cell, "amount", Kind::Amount, &[0.0, 1.0]);
                let what = "amount it is a share of";
                want(&mut cells, *cell, what, Kind::Amount, &[1.0, 0.0]);
            }
        }
    }
    findings.table(&item.id, groups, &cells);
}

const UPWARD: Range = Range {
    low: 0.0,
    high: f64::INFINITY,
};

/// Asks for a withheld figure, once.
pub(super) fn want(cells: &mut Cells, cell: usize, what: &str, kind: Kind, terms: &[f64]) {
    let known = |wanted: &Wanted| wanted.cell == cell && wanted.what == what;
    if !cells.wanted.iter().any(known) {
        cells.wanted.push(Wanted {
            cell,
            what: what.to_owned(),
            kind,
            terms: terms.to_vec(),
        });
    }
}
