//! A table of groups, each with the same few unknown levels that sum as the groups do: what
//! is printed of each group in, the range of what is not out.
//!
//! For a question the levels are how many gave each answer; for a share, what it is a share
//! of and how much of that. Every level is nought or more.

use super::figures::Range;
use super::groups::{Groups, Sum};
use super::simplex::{Extreme, Program, Region, Search, Terms};

/// How much work one table may take, in multiplications.
const WORK: u64 = 400_000_000;
/// Variables and rows beyond which a table is not tried.
const LARGEST: usize = 3_000;
/// Nothing in a council is counted in more.
const MOST: f64 = 1e10;

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
    /// A part that may be known closely, but not exactly.
    Fine,
    /// A part that may be known closely, and known to be none, but not exactly.
    Few,
}

impl Kind {
    /// Whether a range, found so far or final, is wide enough.
    pub(super) fn is_safe(self, range: Range, is_final: bool) -> bool {
        match self {
            Kind::Count if is_final => range.whole_numbers() >= super::FEWEST_NUMBERS,
            // Corners need not be whole: so wide a range holds enough whole numbers.
            Kind::Count => range.width() >= super::FEWEST_NUMBERS,
            Kind::Points => range.width() >= super::FEWEST_POINTS - 1e-6,
            Kind::Amount => {
                range.width() > 0.0
                    && range.width() >= super::AMOUNT_SHARE * (range.low + range.high) - 1e-9
            }
            Kind::Few if range.high < 0.5 && is_final => true,
            Kind::Fine | Kind::Few if is_final => range.whole_numbers() > 1.0,
            Kind::Fine | Kind::Few => range.width() >= 2.0,
        }
    }
}

/// A withheld sum of a group's levels.
#[derive(Clone)]
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
    /// Whether anything is known or withheld of a group; else the item does not speak of it.
    pub present: Vec<bool>,
    pub wanted: Vec<Wanted>,
    /// By how much a parent may exceed the sum of its parts, for each of them: totals that
    /// were each rounded down.
    pub slack: f64,
}

/// The outcome for each of the wanted.
pub(super) enum Outcome {
    Ranges(Vec<Range>),
    Contradiction,
    Unfinished,
}

/// A level as a sum of variables.
#[derive(Clone, Default)]
struct Expression {
    constant: f64,
    terms: Terms,
}

impl Expression {
    fn add(&mut self, other: &Self, factor: f64) {
        self.constant += factor * other.constant;
        for (variable, c) in &other.terms {
            match self.terms.iter_mut().find(|(known, _)| known == variable) {
                Some((_, sum)) => *sum += factor * c,
                None => self.terms.push((*variable, factor * c)),
            }
        }
    }
}

impl Cells {
    pub(super) fn new(groups: &Groups, levels: usize, whole: bool) -> Self {
        let count = groups.names.len();
        Self {
            levels,
            whole,
            facts: vec![Vec::new(); count],
            present: vec![false; count],
            wanted: Vec::new(),
            slack: 0.0,
        }
    }

    /// Notes something printed. Of whole levels with whole factors, only whole sums remain.
    pub(super) fn fact(&mut self, cell: usize, terms: &[f64], range: Range) {
        let is_whole = self.whole && terms.iter().all(|c| c.fract() == 0.0);
        let range = if is_whole {
            Range {
                low: (range.low - 1e-9).ceil(),
                high: (range.high + 1e-9).floor(),
            }
        } else {
            range
        };
        self.present[cell] = true;
        self.facts[cell].push(Fact {
            terms: terms.to_vec(),
            range,
        });
    }

    /// The range of each of the wanted under everything printed.
    pub(super) fn ranges(&self, sums: &[Sum]) -> Outcome {
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
            let mut region = match program.search(&mut work) {
                Search::Found(region) => region,
                Search::Empty => return Outcome::Contradiction,
                Search::Unfinished => return Outcome::Unfinished,
            };
            let sums: Vec<Expression> = wanted
                .iter()
                .map(|index| self.expression(&self.wanted[*index], &part, &levels))
                .collect();
            let kinds: Vec<Kind> = wanted.iter().map(|i| self.wanted[*i].kind).collect();
            let Some(found) = explored(&mut region, &sums, &kinds, &mut work) else {
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
            present: vec![true; members.len()],
            wanted: vec![Wanted {
                cell: 0,
                ..self.wanted[wanted].clone()
            }],
            slack: self.slack,
        };
        match alone.ranges(&sums) {
            Outcome::Ranges(ranges) => ranges.first().copied(),
            Outcome::Contradiction | Outcome::Unfinished => None,
        }
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

    /// Groups that are tied to one another, in parts.
    fn connected(&self, sums: &[&Sum]) -> Vec<Vec<usize>> {
        let count = self.facts.len();
        let mut root: Vec<usize> = (0..count).collect();
        fn find(root: &mut [usize], mut at: usize) -> usize {
            while root[at] != at {
                root[at] = root[root[at]];
                at = root[at];
            }
            at
        }
        let known: Vec<bool> = (0..count)
            .map(|cell| self.solved(cell).is_some_and(|(_, free)| free.is_empty()))
            .collect();
        for sum in sums {
            let mut open = std::iter::once(&sum.parent)
                .chain(&sum.parts)
                .chain(&sum.others)
                .filter(|cell| !known[**cell]);
            if let Some(first) = open.next() {
                for other in open {
                    let (a, b) = (find(&mut root, *first), find(&mut root, *other));
                    root[a] = b;
                }
            }
        }
        let mut parts: Vec<Vec<usize>> = vec![Vec::new(); count];
        for cell in 0..count {
            let at = find(&mut root, cell);
            parts[at].push(cell);
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// The levels of a group in terms of those that its figures leave free, by elimination
    /// over the figures that are exact: constants with coefficients, and the free ones.
    #[allow(clippy::type_complexity)]
    fn solved(&self, cell: usize) -> Option<(Vec<(f64, Vec<f64>)>, Vec<usize>)> {
        let n = self.levels;
        let mut rows: Vec<Vec<f64>> = self.facts[cell]
            .iter()
            .filter(|fact| fact.range.width().abs() < 1e-9)
            .map(|fact| {
                let mut row = fact.terms.clone();
                row.push(fact.range.low);
                row
            })
            .collect();
        let mut leads: Vec<usize> = Vec::new();
        for column in 0..n {
            let done = leads.len();
            let Some(found) = (done..rows.len()).find(|row| rows[*row][column].abs() > 1e-9) else {
                continue;
            };
            rows.swap(done, found);
            let lead = rows[done][column];
            rows[done].iter_mut().for_each(|entry| *entry /= lead);
            let pivot = rows[done].clone();
            for (index, row) in rows.iter_mut().enumerate() {
                let factor = row[column];
                if index != done && factor != 0.0 {
                    row.iter_mut()
                        .zip(&pivot)
                        .for_each(|(entry, other)| *entry -= factor * other);
                }
            }
            leads.push(column);
        }
        let tolerance = 1e-6 * (1.0 + rows.iter().fold(0.0, |m: f64, row| m.max(row[n].abs())));
        if rows[leads.len()..]
            .iter()
            .any(|row| row[n].abs() > tolerance)
        {
            return None;
        }
        let free: Vec<usize> = (0..n).filter(|level| !leads.contains(level)).collect();
        let levels = (0..n)
            .map(|level| match leads.iter().position(|lead| *lead == level) {
                Some(row) => {
                    let factors = free.iter().map(|column| -rows[row][*column]).collect();
                    (rows[row][n], factors)
                }
                None => {
                    let factors = free
                        .iter()
                        .map(|other| f64::from(u8::from(*other == level)));
                    (0.0, factors.collect())
                }
            })
            .collect();
        Some((levels, free))
    }

    /// The program of some groups, and each group's levels in its variables.
    fn program(&self, sums: &[&Sum], part: &[usize]) -> Option<(Program, Vec<Vec<Expression>>)> {
        let mut program = Program::default();
        let mut levels: Vec<Vec<Expression>> = Vec::new();
        let mut outside: Vec<Option<Vec<Expression>>> = vec![None; self.facts.len()];
        for cell in part {
            let own = self.expressions(*cell, &mut program)?;
            outside[*cell] = Some(own.clone());
            levels.push(own);
        }
        for sum in sums {
            let members = || {
                std::iter::once(&sum.parent)
                    .chain(&sum.parts)
                    .chain(&sum.others)
            };
            if !members().any(|cell| part.contains(cell)) {
                continue;
            }
            for cell in members() {
                // A group that is wholly known ties nothing together.
                if outside[*cell].is_none() {
                    outside[*cell] = Some(self.expressions(*cell, &mut program)?);
                }
            }
            let rounded = self.slack * sum.parts.len() as f64;
            for level in 0..self.levels {
                let mut least = Expression::default();
                let of = |cell: usize| outside[cell].as_ref().map(|own| &own[level]);
                least.add(of(sum.parent)?, 1.0);
                for part in &sum.parts {
                    least.add(of(*part)?, -1.0);
                }
                let exact = sum.is_exact();
                let high = if exact { rounded } else { f64::INFINITY };
                row(&mut program, &least, 0.0, high)?;
                if sum.all && !exact {
                    for other in &sum.others {
                        least.add(of(*other)?, -1.0);
                    }
                    row(&mut program, &least, f64::NEG_INFINITY, rounded)?;
                }
            }
        }
        Some((program, levels))
    }

    fn expressions(&self, cell: usize, program: &mut Program) -> Option<Vec<Expression>> {
        let (solved, free) = self.solved(cell)?;
        let first = program.bounds.len();
        program
            .bounds
            .extend(std::iter::repeat_n((0.0, MOST), free.len()));
        let own: Vec<Expression> = solved
            .into_iter()
            .map(|(constant, factors)| Expression {
                constant,
                terms: factors
                    .into_iter()
                    .enumerate()
                    .filter(|(_, c)| c.abs() > 1e-9)
                    .map(|(at, c)| (first + at, c))
                    .collect(),
            })
            .collect();
        for level in &own {
            row(program, level, 0.0, f64::INFINITY)?;
        }
        for fact in self.facts[cell].iter().filter(|f| f.range.width() >= 1e-9) {
            let mut sum = Expression::default();
            for (level, c) in own.iter().zip(&fact.terms) {
                sum.add(level, *c);
            }
            row(program, &sum, fact.range.low, fact.range.high)?;
        }
        let impossible = |fact: &Fact| fact.range.low > fact.range.high;
        (!self.facts[cell].iter().any(impossible)).then_some(own)
    }

    fn expression(
        &self,
        wanted: &Wanted,
        part: &[usize],
        levels: &[Vec<Expression>],
    ) -> Expression {
        let mut sum = Expression::default();
        if let Some(at) = part.iter().position(|cell| *cell == wanted.cell) {
            for (level, c) in levels[at].iter().zip(&wanted.terms) {
                sum.add(level, *c);
            }
        }
        sum
    }
}

/// Adds a row, or only tightens bounds where it speaks of one variable; `None` where it
/// cannot hold.
fn row(program: &mut Program, sum: &Expression, low: f64, high: f64) -> Option<()> {
    let terms: Terms = sum
        .terms
        .iter()
        .filter(|(_, c)| c.abs() > 1e-9)
        .copied()
        .collect();
    let (low, high) = (low - sum.constant, high - sum.constant);
    let hair = 1e-6 * (1.0 + sum.constant.abs());
    match terms.as_slice() {
        [] => (low <= hair && high >= -hair).then_some(()),
        [(variable, c)] => {
            let (a, b) = (low / c, high / c);
            let (least, most) = if *c > 0.0 { (a, b) } else { (b, a) };
            let bounds = &mut program.bounds[*variable];
            bounds.0 = bounds.0.max(least);
            bounds.1 = bounds.1.min(most);
            if bounds.0 > bounds.1 && bounds.0 <= bounds.1 + hair {
                bounds.1 = bounds.0;
            }
            (bounds.0 <= bounds.1).then_some(())
        }
        _ => {
            program.rows.push((terms, low, high));
            Some(())
        }
    }
}

/// The range of each sum, followed to its end only where corners seen on the way do not
/// show already that it is wide enough; `None` if the work ran out.
fn explored(
    region: &mut Region,
    sums: &[Expression],
    kinds: &[Kind],
    work: &mut u64,
) -> Option<Vec<Range>> {
    let here = |region: &Region, sum: &Expression| sum.constant + region.here(&sum.terms);
    let mut seen: Vec<Range> = sums
        .iter()
        .map(|sum| Range::exactly(here(region, sum)))
        .collect();
    let look = |region: &Region, seen: &mut Vec<Range>| {
        for (range, sum) in seen.iter_mut().zip(sums) {
            let at = here(region, sum);
            range.low = range.low.min(at);
            range.high = range.high.max(at);
        }
    };
    for index in 0..sums.len() {
        for most in [true, false] {
            if kinds[index].is_safe(seen[index], false) {
                continue;
            }
            match region.extreme(&sums[index].terms, most, work) {
                Extreme::At(_) => {}
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
                Extreme::Unfinished => return None,
            }
            look(region, &mut seen);
        }
    }
    region.is_sound().then_some(seen)
}
