//! Measures: how many people a withheld figure is about, and the amounts of a withheld share.

use super::cells::{Cells, Kind, Wanted};
use super::figures::{Range, is_withheld, number, tenths, whole};
use super::groups::Groups;
use super::openings::Findings;
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

/// One definition's reading of a finding.
type Pick = fn(&Finding) -> Option<&Reading>;

fn national(finding: &Finding) -> Option<&Reading> {
    finding.national.as_ref()
}

fn local(finding: &Finding) -> Option<&Reading> {
    Some(&finding.local)
}

/// Attacks a measure; `items` are its forms in releases of the same rows.
pub(super) fn attack(findings: &mut Findings, groups: &Groups, items: &[&Item]) {
    let Some(first) = items.first() else {
        return;
    };
    // By one formula the nation's reading and the council's are of the same people.
    let definitions: Vec<Vec<Pick>> = if first.national && first.local_formula.is_empty() {
        vec![vec![national, local]]
    } else {
        vec![vec![national], vec![local]]
    };
    for picks in definitions {
        let readings: Vec<(usize, &Reading)> = items
            .iter()
            .flat_map(|item| &item.findings)
            .filter_map(|finding| {
                let cell = groups.find(&finding.breakdown, &finding.group)?;
                Some((cell, finding))
            })
            .flat_map(|(cell, finding)| {
                picks
                    .iter()
                    .filter_map(move |pick| Some((cell, pick(finding)?)))
            })
            .collect();
        let withheld = |reading: &Reading| is_withheld(&reading.n) || is_withheld(&reading.value);
        if !readings.iter().any(|(_, reading)| withheld(reading)) {
            continue;
        }
        people(findings, groups, first, &readings);
        amounts(findings, groups, first, &readings);
    }
}

fn people(findings: &mut Findings, groups: &Groups, item: &Item, readings: &[(usize, &Reading)]) {
    let mut cells = Cells::new(groups, 1, true);
    for (cell, reading) in readings {
        if let Some(n) = whole(&reading.n) {
            cells.fact(*cell, &[1.0], Range::exactly(n));
        } else if is_withheld(&reading.n) {
            cells.present[*cell] = true;
            want(&mut cells, *cell, "number of people", Kind::Count, &[1.0]);
        }
    }
    findings.table(&item.id, groups, &cells);
}

fn amounts(findings: &mut Findings, groups: &Groups, item: &Item, readings: &[(usize, &Reading)]) {
    let is_mean = MEANS.contains(&item.id.as_str());
    let base = |reading: &Reading| match &reading.base {
        Some(base) => number(base).map(|base| Range::around(base, 0.5)),
        None if is_mean => whole(&reading.n).map(Range::exactly),
        None => None,
    };
    if !readings.iter().any(|(_, reading)| base(reading).is_some()) {
        return;
    }
    let per = if item.unit.contains('%') { 100.0 } else { 1.0 };
    let mut cells = Cells::new(groups, 2, false);
    for (cell, reading) in readings {
        let (value, base) = (tenths(&reading.value), base(reading));
        if SHARES.contains(&item.id.as_str()) {
            let all = Range {
                low: 0.0,
                high: f64::INFINITY,
            };
            cells.facts[*cell].push(super::cells::Fact {
                terms: vec![1.0, -1.0],
                range: all,
            });
        }
        if let Some(base) = base {
            let base = base.and(Range {
                low: 0.0,
                high: f64::INFINITY,
            });
            cells.fact(*cell, &[1.0, 0.0], base);
        }
        if let Some(value) = value {
            let upward = Range {
                low: 0.0,
                high: f64::INFINITY,
            };
            cells.fact(*cell, &[value.high / per, -1.0], upward);
            cells.fact(*cell, &[-value.low.max(0.0) / per, 1.0], upward);
        }
        if is_withheld(&reading.value) {
            cells.present[*cell] = true;
            want(&mut cells, *cell, "amount", Kind::Amount, &[0.0, 1.0]);
            want(
                &mut cells,
                *cell,
                "amount it is a share of",
                Kind::Amount,
                &[1.0, 0.0],
            );
        }
    }
    findings.table(&item.id, groups, &cells);
}

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
