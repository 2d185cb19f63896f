//! Five measures are made of the same few totals of a team: in post, vacancies, agency, leavers,
//! days of sickness, hours lost. Their printed rates and bases in, withheld totals out.
//!
//! One measure alone gives a team's rate and not its size. Two rates of the same teams, beside
//! what both are shares of in the service, may give the teams' sizes, and so what is withheld
//! of a third measure.

use super::cells::{Cells, Fact, Kind, Outcome};
use super::figures::{Range, is_withheld, number};
use super::groups::{Groups, Sum, tight};
use super::measures::{By, value, want};
use super::openings::Findings;
use crate::publication::{Item, Publication, Reading};

/// In post, vacancies, agency, leavers, days of sickness, hours lost.
const TOTALS: usize = 6;

/// A measure as a top over a bottom, both sums of totals, times so much.
struct Rate {
    id: &'static str,
    top: [f64; TOTALS],
    bottom: [f64; TOTALS],
    per: f64,
}

const RATES: [Rate; 5] = [
    Rate {
        id: "vacancy-rate",
        top: [0.0, 1.0, 0.0, 0.0, 0.0, 0.0],
        bottom: [1.0, 1.0, 0.0, 0.0, 0.0, 0.0],
        per: 100.0,
    },
    Rate {
        id: "turnover-rate",
        top: [0.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        bottom: [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        per: 100.0,
    },
    Rate {
        id: "agency-rate",
        top: [0.0, 0.0, 1.0, 0.0, 0.0, 0.0],
        bottom: [1.0, 0.0, 1.0, 0.0, 0.0, 0.0],
        per: 100.0,
    },
    Rate {
        id: "sickness-absence",
        top: [0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
        bottom: [253.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        per: 100.0,
    },
    Rate {
        id: "system-hours-lost",
        top: [0.0, 0.0, 0.0, 0.0, 0.0, 1.0 / 12.0],
        bottom: [1.0, 0.0, 1.0, 0.0, 0.0, 0.0],
        per: 1.0,
    },
];

/// Parts of a sum beyond which more is unknown than any five rates could give.
const MOST_PARTS: usize = 6;

const UPWARD: Range = Range {
    low: 0.0,
    high: f64::INFINITY,
};

/// Tries every withheld total of a release, a group and its parts at a time.
pub(super) fn attack(findings: &mut Findings, release: &Publication) {
    let groups = Groups::of(&[release], findings.solved());
    if groups.too_many {
        return;
    }
    let rates: Vec<(&Rate, &Item)> = RATES
        .iter()
        .filter_map(|rate| {
            let mut items = release.items.iter();
            let item = items.find(|item| item.id == rate.id && item.national)?;
            is_of_all_rows(item).then_some((rate, item))
        })
        .collect();
    if rates.len() < 2 {
        return;
    }
    let sums: Vec<&Sum> = groups.sums.iter().collect();
    for sum in tight(&sums, groups.names.len()) {
        let members: Vec<usize> = std::iter::once(sum.parent)
            .chain(sum.parts.iter().copied())
            .collect();
        if !sum.is_exact() || members.len() > MOST_PARTS + 1 {
            continue;
        }
        one(findings, &groups, &rates, &members);
    }
}

/// Whether every group's figure is printed or withheld: then none lacks a row of the table, and
/// the groups' totals add up.
fn is_of_all_rows(item: &Item) -> bool {
    item.findings.iter().all(|finding| {
        let reading = finding.national.as_ref();
        reading.is_some_and(|own| {
            own.value.value.is_some() || matches!(own.value.symbol.as_deref(), Some("c" | "low"))
        })
    })
}

/// A group and its parts by themselves.
fn one(findings: &mut Findings, groups: &Groups, rates: &[(&Rate, &Item)], members: &[usize]) {
    let mut cells = Cells {
        levels: TOTALS,
        whole: false,
        facts: vec![Vec::new(); members.len()],
        elsewhere: Vec::new(),
        present: vec![true; members.len()],
        wanted: Vec::new(),
        slack: 0.0,
        solved: groups.solved.clone(),
    };
    let mut asked: Vec<&Item> = Vec::new();
    for (rate, item) in rates {
        for (at, cell) in members.iter().enumerate() {
            let (breakdown, name) = &groups.names[*cell];
            let mut own = item.findings.iter();
            let reading = own
                .find(|finding| finding.breakdown == *breakdown && finding.group == *name)
                .and_then(|finding| finding.national.as_ref());
            let Some(reading) = reading else {
                return;
            };
            note(&mut cells, at, rate, item, reading);
            if is_withheld(&reading.value) {
                let (top, bottom) = (rate.top, rate.bottom);
                for (what, terms) in [(AMOUNT, top), (BASE, bottom)] {
                    let before = cells.wanted.len();
                    let named = format!("{}: {what}", item.id);
                    want(&mut cells, at, &named, Kind::Amount, &terms);
                    if cells.wanted.len() > before {
                        asked.push(item);
                    }
                }
            }
        }
    }
    let sum = Sum {
        parent: 0,
        parts: (1..members.len()).collect(),
        others: Vec::new(),
        all: true,
    };
    if cells.wanted.is_empty() {
        return;
    }
    // Groups of which a row was left out somewhere contradict one another, and tell nothing.
    let Outcome::Ranges(ranges) = cells.ranges(&[sum]) else {
        return;
    };
    for ((wanted, range), item) in cells.wanted.iter().zip(ranges).zip(asked) {
        let what = wanted.what.rsplit(": ").next().unwrap_or(AMOUNT);
        let alone = cells.by_itself_in(wanted);
        if alone.is_some_and(|own| own.width() <= range.width()) {
            continue;
        }
        let middle = (range.high + range.low) / 2.0;
        if middle > 0.0 {
            findings.tried(what, 100.0 * range.width() / middle, "% of the middle");
        }
        if wanted.kind.is_safe(range, true) {
            continue;
        }
        let (breakdown, name) = &groups.names[members[wanted.cell]];
        let others: Vec<&str> = rates
            .iter()
            .map(|(_, other)| other.id.as_str())
            .filter(|id| *id != item.id)
            .collect();
        let how = "Measures that are made of the same totals, printed of the same groups, leave \
                   no more room."
            .to_owned();
        let at = (item.id.as_str(), (breakdown.as_str(), name.as_str()));
        findings.open_by(at, what, Some(range), how, &others);
    }
}

const AMOUNT: &str = "amount";
const BASE: &str = "amount it is a share of";

/// Notes what is printed of a group.
fn note(cells: &mut Cells, cell: usize, rate: &Rate, item: &Item, reading: &Reading) {
    if let Some(value) = value(item, By::Nation, reading) {
        // The top is no less than the least share of the bottom, and no more than the most.
        for (share, sign) in [(value.low.max(0.0), 1.0), (value.high, -1.0)] {
            let pairs = rate.top.iter().zip(&rate.bottom);
            cells.facts[cell].push(Fact {
                terms: pairs
                    .map(|(top, bottom)| sign * (top - share / rate.per * bottom))
                    .collect(),
                range: UPWARD,
            });
        }
    }
    if let Some(base) = reading.base.as_ref().and_then(number) {
        cells.fact(cell, &rate.bottom, Range::around(base, 0.5).and(UPWARD));
    }
}
