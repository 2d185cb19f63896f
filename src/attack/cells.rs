//! A table of groups, each with the same few unknown levels that sum as the groups do: what
//! is printed of each group in, the range of what is not out.
//!
//! For a question the levels are how many gave each answer; for a share, what it is a share
//! of and how much of that. Every level is nought or more.

mod system;

use super::figures::Range;
use super::groups::{Groups, Sum};
use super::simplex::{Extreme, Program, Region, Search};
use super::solved::{self, Solved};
use std::sync::Arc;
use system::Expression;

/// How much work one table may take, in multiplications.
const WORK: u64 = 400_000_000;
/// Variables and rows beyond which a table is not tried.
const LARGEST: usize = 3_000;

/// Something printed of a group: a sum of its levels, and between what it lies.
#[derive(Clone)]
pub(super) struct Fact {
    pub terms: Vec<f64>,
    pub range: Range,
}

/// What must stay uncertain, and by how much.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// A count: so many whole numbers.
    Count,
    /// A total of score points.
    Points,
    /// An amount: a share of itself.
    Amount,
    /// A single answer behind a part that is printed: a count, whatever tells it.
    Single,
    /// Nothing: both ends are followed, to be used.
    Known,
}

impl Kind {
    /// Whether a range, found so far or final, is wide enough.
    pub(super) fn is_safe(self, range: Range, is_final: bool) -> bool {
        match self {
            Kind::Count | Kind::Single if is_final => {
                range.whole_numbers() >= super::FEWEST_NUMBERS
            }
            // Corners need not be whole: so wide a range holds enough whole numbers.
            Kind::Count | Kind::Single => range.width() >= super::FEWEST_NUMBERS,
            Kind::Known => is_final,
            Kind::Points => range.width() >= super::FEWEST_POINTS - 1e-6,
            Kind::Amount => {
                // Corners are computed: what is nought but for a hair is known to be nought.
                range.width() > 1e-6
                    && range.width() >= super::AMOUNT_SHARE * (range.low + range.high) - 1e-9
            }
        }
    }
}

/// A withheld sum of a group's levels.
#[derive(Clone, PartialEq)]
pub(super) struct Wanted {
    pub cell: usize,
    pub what: String,
    pub kind: Kind,
    pub terms: Vec<f64>,
}

/// What is known of every group.
#[derive(Clone)]
pub(super) struct Cells {
    pub levels: usize,
    /// Whether levels are whole numbers.
    pub whole: bool,
    /// What is printed of each group.
    pub facts: Vec<Vec<Fact>>,
    /// What follows of groups from other items: used, and never what is printed of themselves.
    pub elsewhere: Vec<(usize, Fact)>,
    /// Whether anything is known or withheld of a group; else the item does not speak of it.
    pub present: Vec<bool>,
    pub wanted: Vec<Wanted>,
    /// By how much a parent may exceed the sum of its parts, for each of them: totals that
    /// were each rounded down.
    pub slack: f64,
    /// What was solved before.
    pub solved: Arc<Solved>,
}

/// The outcome for each of the wanted.
#[derive(Clone)]
pub(crate) enum Outcome {
    Ranges(Vec<Range>),
    Contradiction,
    Unfinished,
}

impl Cells {
    pub(super) fn new(groups: &Groups, levels: usize, whole: bool) -> Self {
        let count = groups.names.len();
        Self {
            levels,
            whole,
            facts: vec![Vec::new(); count],
            elsewhere: Vec::new(),
            present: vec![false; count],
            wanted: Vec::new(),
            slack: 0.0,
            solved: groups.solved.clone(),
        }
    }

    /// Notes something printed.
    pub(super) fn fact(&mut self, cell: usize, terms: &[f64], range: Range) {
        let fact = self.rounded(terms, range);
        self.present[cell] = true;
        self.facts[cell].push(fact);
    }

    /// Notes something that follows from other items.
    pub(super) fn fact_from_elsewhere(&mut self, cell: usize, terms: &[f64], range: Range) {
        let fact = self.rounded(terms, range);
        self.elsewhere.push((cell, fact));
    }

    /// Of whole levels with whole factors, only whole sums remain.
    fn rounded(&self, terms: &[f64], range: Range) -> Fact {
        let is_whole = self.whole && terms.iter().all(|c| c.fract() == 0.0);
        let range = if is_whole {
            Range {
                low: (range.low - 1e-9).ceil(),
                high: (range.high + 1e-9).floor(),
            }
        } else {
            range
        };
        Fact {
            terms: terms.to_vec(),
            range,
        }
    }

    /// The range of each of the wanted under everything printed.
    pub(super) fn ranges(&self, sums: &[Sum]) -> Outcome {
        self.solved.of(
            || solved::key(self, sums),
            || {
                if self.elsewhere.is_empty() {
                    return self.solve(sums);
                }
                let mut all = self.clone();
                for (cell, fact) in std::mem::take(&mut all.elsewhere) {
                    all.facts[cell].push(fact);
                }
                all.solve(sums)
            },
        )
    }

    /// The same, of facts that are all in their places.
    fn solve(&self, sums: &[Sum]) -> Outcome {
        let mut work = WORK;
        let mut ranges = vec![
            Range {
                low: 0.0,
                high: f64::INFINITY
            };
            self.wanted.len()
        ];
        let sums: Vec<&Sum> = sums.iter().collect();
        for part in self.connected(&sums) {
            let wanted: Vec<usize> = (0..self.wanted.len())
                .filter(|index| part.contains(&self.wanted[*index].cell))
                .collect();
            if wanted.is_empty() {
                continue;
            }
            let Some((program, levels)) = self.program(&sums, &part) else {
                return Outcome::Contradiction;
            };
            if program.bounds.len() > LARGEST || program.rows.len() > LARGEST {
                return Outcome::Unfinished;
            }
            let region = match program.search(&mut work) {
                Search::Found(region) => region,
                Search::Empty => return Outcome::Contradiction,
                Search::Unfinished => return Outcome::Unfinished,
            };
            let sums: Vec<Expression> = wanted
                .iter()
                .map(|index| self.expression(&self.wanted[*index], &part, &levels))
                .collect();
            let kinds: Vec<Kind> = wanted.iter().map(|i| self.wanted[*i].kind).collect();
            let Some(found) = explored(&program, region, &sums, &kinds, &mut work) else {
                return Outcome::Unfinished;
            };
            for (index, range) in wanted.into_iter().zip(found) {
                ranges[index] = range;
            }
        }
        Outcome::Ranges(ranges)
    }

    /// The range of one of the wanted by what is printed of its own group and of one group
    /// that holds it, and by nothing else.
    pub(super) fn by_itself(&self, wanted: usize, holder: Option<usize>) -> Option<Range> {
        let cell = self.wanted[wanted].cell;
        let members: Vec<usize> = std::iter::once(cell).chain(holder).collect();
        let sums: Vec<Sum> = holder
            .map(|_| Sum {
                parent: 1,
                parts: vec![0],
                others: Vec::new(),
                all: false,
            })
            .into_iter()
            .collect();
        let alone = Self {
            levels: self.levels,
            whole: self.whole,
            facts: members.iter().map(|at| self.facts[*at].clone()).collect(),
            elsewhere: Vec::new(),
            present: vec![true; members.len()],
            wanted: vec![Wanted {
                cell: 0,
                ..self.wanted[wanted].clone()
            }],
            slack: self.slack,
            solved: self.solved.clone(),
        };
        match alone.ranges(&sums) {
            Outcome::Ranges(ranges) => ranges.first().copied(),
            Outcome::Contradiction | Outcome::Unfinished => None,
        }
    }

    /// The range of one of the wanted by what is printed of its own group alone.
    pub(super) fn by_itself_in(&self, wanted: &Wanted) -> Option<Range> {
        let index = self.wanted.iter().position(|own| own == wanted)?;
        self.by_itself(index, None)
    }

    /// Whether what is printed of a group gives this sum of its levels exactly.
    pub(super) fn is_known(&self, cell: usize, terms: &[f64]) -> bool {
        let Some((levels, free)) = self.solved(cell) else {
            return false;
        };
        self.present[cell]
            && (0..free.len()).all(|at| {
                let sum: f64 = levels.iter().zip(terms).map(|((_, f), c)| c * f[at]).sum();
                sum.abs() < 1e-9
            })
    }

    /// A sum of groups of which the item says nothing says nothing of its parent.
    pub(super) fn speaks_of(&self, sum: &Sum) -> bool {
        self.present[sum.parent]
            && sum
                .parts
                .iter()
                .chain(&sum.others)
                .any(|part| self.present[*part])
    }
}

/// The range of each sum, followed to its end only where corners seen on the way do not
/// show already that it is wide enough; `None` if the work ran out.
fn explored(
    program: &Program,
    mut region: Box<Region>,
    sums: &[Expression],
    kinds: &[Kind],
    work: &mut u64,
) -> Option<Vec<Range>> {
    let here = |region: &Region, sum: &Expression| sum.constant + region.here(&sum.terms);
    let mut seen: Vec<Range> = sums
        .iter()
        .map(|sum| Range::exactly(here(&region, sum)))
        .collect();
    for index in 0..sums.len() {
        for most in [true, false] {
            if kinds[index].is_safe(seen[index], false) {
                continue;
            }
            let mut end = region.extreme(&sums[index].terms, most, work);
            // After many exchanges a table is no longer exact: then once more from the start.
            if !region.is_sound() {
                let Search::Found(fresh) = program.search(work) else {
                    return None;
                };
                region = fresh;
                end = region.extreme(&sums[index].terms, most, work);
            }
            match end {
                Extreme::At(_) if region.is_sound() => {}
                Extreme::At(_) | Extreme::Unfinished => return None,
                Extreme::Boundless => {
                    let end = if most {
                        f64::INFINITY
                    } else {
                        f64::NEG_INFINITY
                    };
                    seen[index] = Range {
                        low: seen[index].low.min(end),
                        high: seen[index].high.max(end),
                    };
                }
            }
            for (range, sum) in seen.iter_mut().zip(sums) {
                let at = here(&region, sum);
                range.low = range.low.min(at);
                range.high = range.high.max(at);
            }
        }
    }
    Some(seen)
}
