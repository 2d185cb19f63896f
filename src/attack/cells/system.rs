//! The linear program of some groups of a table: facts and sums in, variables and rows out.
//!
//! What is printed exactly is eliminated first, so that a group whose figures give all its
//! levels has no variable at all.

use super::super::groups::Sum;
use super::super::simplex::{Program, Terms};
use super::{Cells, Fact, Wanted};

/// Nothing in a council is counted in more.
const MOST: f64 = 1e10;

/// A level as a sum of variables.
#[derive(Clone, Default)]
pub(super) struct Expression {
    pub(super) constant: f64,
    pub(super) terms: Terms,
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
    /// Groups that are tied to one another, in parts.
    pub(super) fn connected(&self, sums: &[&Sum]) -> Vec<Vec<usize>> {
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
    pub(super) fn solved(&self, cell: usize) -> Option<(Vec<(f64, Vec<f64>)>, Vec<usize>)> {
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
    pub(super) fn program(
        &self,
        sums: &[&Sum],
        part: &[usize],
    ) -> Option<(Program, Vec<Vec<Expression>>)> {
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

    pub(super) fn expression(
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
