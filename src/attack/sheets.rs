//! What the questions of one survey tell of one another: every sheet answers a question, or
//! says that it does not apply, or leaves it blank. Releases of the same sheets in, the range of
//! how many sheets each group has out.
//!
//! The whole prints how many answered the survey and how many the question, and so how many
//! sheets lack the question. No group lacks more. So a number printed for one question bounds
//! that of every other question in the same group, and what two questions withhold together may
//! follow from what each of them prints.

use super::cells::{Cells, Kind, Outcome};
use super::figures::{Range, whole};
use super::groups::{Groups, Sum, tight};
use super::measures::want;
use crate::publication::{Finding, Item, Publication};

/// The sheets of every group.
#[derive(Clone)]
pub(super) struct Sheets {
    /// By group: how many there may be.
    ranges: Vec<Range>,
    /// By group: whether some question prints how many of it answered.
    told: Vec<bool>,
}

const ANY: Range = Range {
    low: 0.0,
    high: f64::INFINITY,
};

impl Sheets {
    /// From everything that releases of the same sheets print of them.
    pub(super) fn of(groups: &Groups, releases: &[&Publication]) -> Self {
        let count = groups.names.len();
        let mut cells = Cells::new(groups, 1, true);
        let mut told = vec![false; count];
        for release in releases {
            for (cell, answered) in answered(groups, release) {
                cells.fact(cell, &[1.0], Range::exactly(answered));
            }
            for item in asked_of_all(release) {
                for finding in &item.findings {
                    let cell = groups.find(&finding.breakdown, &finding.group);
                    cell.into_iter().for_each(|cell| cells.present[cell] = true);
                }
                let lacking = Lacking::of(groups, release, item);
                for (cell, n) in numbers(groups, item) {
                    told[cell] = true;
                    let range = Range {
                        low: n,
                        high: n + lacking.most(groups, cell),
                    };
                    cells.fact(cell, &[1.0], range);
                }
            }
        }
        for cell in 0..count {
            if cells.present[cell] {
                want(&mut cells, cell, "sheets", Kind::Known, &[1.0]);
            }
        }
        let spoken: Vec<&Sum> = groups.sums.iter().filter(|s| cells.speaks_of(s)).collect();
        let mut ranges = vec![ANY; count];
        if groups.too_many {
            return Self { ranges, told };
        }
        if let Outcome::Ranges(found) = cells.ranges(&tight(&spoken, count)) {
            for (wanted, range) in cells.wanted.iter().zip(found) {
                ranges[wanted.cell] = Range {
                    low: (range.low - 1e-6).ceil(),
                    high: (range.high + 1e-6).floor(),
                };
            }
        }
        Self { ranges, told }
    }

    /// Whether how many of a group answered some question is printed.
    pub(super) fn is_told(&self, cell: usize) -> bool {
        self.told[cell]
    }

    /// How many sheets a group has.
    pub(super) fn range(&self, cell: usize) -> Range {
        self.ranges[cell]
    }

    /// How many of each group may have answered a question.
    pub(super) fn answering(
        &self,
        groups: &Groups,
        release: &Publication,
        item: &Item,
    ) -> Vec<(usize, Range)> {
        if !item.national {
            return Vec::new();
        }
        let lacking = Lacking::of(groups, release, item);
        let of = |cell: usize| Range {
            low: (self.ranges[cell].low - lacking.most(groups, cell)).max(0.0),
            high: self.ranges[cell].high,
        };
        (0..groups.names.len())
            .map(|cell| (cell, of(cell)))
            .collect()
    }
}

/// How many sheets lack an answer to a question, where that is printed.
struct Lacking(Vec<(usize, f64)>);

impl Lacking {
    fn of(groups: &Groups, release: &Publication, item: &Item) -> Self {
        let numbers = numbers(groups, item);
        let lacking = answered(groups, release).into_iter();
        let both = lacking.filter_map(|(cell, answered)| {
            let (_, n) = numbers.iter().find(|(at, _)| *at == cell)?;
            Some((cell, answered - n))
        });
        Self(both.filter(|(_, lacking)| *lacking >= 0.0).collect())
    }

    /// At the most in a group: no more than in any that holds it.
    fn most(&self, groups: &Groups, cell: usize) -> f64 {
        let holders = groups.holders(cell);
        let own = self.0.iter();
        own.filter(|(at, _)| *at == cell || *at == 0 || holders.contains(at))
            .map(|(_, lacking)| *lacking)
            .fold(f64::INFINITY, f64::min)
    }
}

/// The nation's questions: whoever answers one of them answers the survey.
fn asked_of_all(release: &Publication) -> impl Iterator<Item = &Item> {
    let items = release.items.iter();
    items.filter(|item| item.kind == "question" && item.national)
}

/// Of the whole and the services: how many answered the survey, where it is printed.
fn answered(groups: &Groups, release: &Publication) -> Vec<(usize, f64)> {
    let parts = release.response.iter();
    parts
        .filter_map(|part| {
            let cell = match part.scope.as_str() {
                "whole" => 0,
                service => groups.find("service", service)?,
            };
            Some((cell, whole(&part.answered)?))
        })
        .collect()
}

/// How many of each group answered a question, where it is printed.
fn numbers(groups: &Groups, item: &Item) -> Vec<(usize, f64)> {
    let n = |finding: &Finding| {
        let national = finding.national.as_ref().and_then(|own| whole(&own.n));
        national.or_else(|| whole(&finding.local.n))
    };
    let findings = item.findings.iter();
    findings
        .filter_map(|finding| {
            let cell = groups.find(&finding.breakdown, &finding.group)?;
            Some((cell, n(finding)?))
        })
        .collect()
}
