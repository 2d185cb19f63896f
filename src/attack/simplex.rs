//! The least and the most of a sum under linear bounds: a program in, extremes out.
//!
//! A dense bounded simplex. Each row is a variable of its own (its activity), so that both
//! ends of every row are bounds like any other, and one table serves for hundreds of
//! questions: the next begins where the last ended. Work is counted and stops at a limit,
//! so that no input can make it run on.

use crate::stop::is_stopped;

/// How far outside a bound counts as inside.
const INSIDE: f64 = 1e-7;
/// A coefficient under this is nothing.
const NOTHING: f64 = 1e-9;

/// A line that has fewer entries than one in so many is added entry by entry.
const SPARSE: usize = 4;

/// What a step costs for each row and column besides the entries that it changes, in
/// multiplications.
const STEP: u64 = 8;

/// A sum of variables with coefficients.
pub(super) type Terms = Vec<(usize, f64)>;

/// Variables between bounds, and rows between bounds.
#[derive(Clone, Default)]
pub(super) struct Program {
    /// The least (finite) and the most of each variable.
    pub bounds: Vec<(f64, f64)>,
    /// Terms, least, most.
    pub rows: Vec<(Terms, f64, f64)>,
}

/// The answer to one question.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Extreme {
    /// The extreme itself.
    At(f64),
    /// There is none.
    Boundless,
    /// The work ran out.
    Unfinished,
}

/// What became of the search for any point at all.
pub(super) enum Search {
    /// A region that has points.
    Found(Box<Region>),
    /// The bounds contradict one another.
    Empty,
    /// The work ran out.
    Unfinished,
}

/// A region that has points, and one of its corners.
pub(super) struct Region {
    rows: usize,
    columns: usize,
    /// Each basic variable as a sum of the others.
    table: Vec<f64>,
    basic: Vec<usize>,
    other: Vec<usize>,
    bounds: Vec<(f64, f64)>,
    /// The corner: variables first, then the activities of rows.
    at: Vec<f64>,
    /// Entries of the table that were changed, moved or added up since that was last counted.
    touched: u64,
}

enum Step {
    Moved,
    Best,
    Boundless,
}

impl Program {
    /// Looks for a point; `work` is what may still be spent, in multiplications.
    pub(super) fn search(&self, work: &mut u64) -> Search {
        let (rows, columns) = (self.rows.len(), self.bounds.len());
        let mut table = vec![0.0; rows * columns];
        let mut bounds = self.bounds.clone();
        for (index, (terms, low, high)) in self.rows.iter().enumerate() {
            let size = terms
                .iter()
                .fold(0.0, |most: f64, (_, c)| most.max(c.abs()));
            let scale = if size > 0.0 { 1.0 / size } else { 1.0 };
            for (variable, coefficient) in terms {
                table[index * columns + variable] += coefficient * scale;
            }
            bounds.push((low * scale, high * scale));
        }
        if bounds.iter().any(|(low, high)| low > high) {
            return Search::Empty;
        }
        let mut at: Vec<f64> = self.bounds.iter().map(|(low, _)| *low).collect();
        for row in 0..rows {
            let line = &table[row * columns..(row + 1) * columns];
            at.push(line.iter().zip(&at).map(|(c, x)| c * x).sum());
        }
        let mut region = Region {
            rows,
            columns,
            table,
            basic: (columns..columns + rows).collect(),
            other: (0..columns).collect(),
            bounds,
            at,
            touched: 0,
        };
        (0..columns)
            .rev()
            .for_each(|column| region.drop_fixed(column));
        match region.settle(work) {
            Extreme::At(_) => Search::Found(Box::new(region)),
            Extreme::Boundless => Search::Empty,
            Extreme::Unfinished => Search::Unfinished,
        }
    }
}

impl Region {
    /// The value of a sum at the present corner.
    pub(super) fn here(&self, terms: &[(usize, f64)]) -> f64 {
        terms
            .iter()
            .map(|(variable, c)| c * self.at[*variable])
            .sum()
    }

    /// The most of a sum, or the least.
    pub(super) fn extreme(
        &mut self,
        terms: &[(usize, f64)],
        most: bool,
        work: &mut u64,
    ) -> Extreme {
        let sign = if most { 1.0 } else { -1.0 };
        let mut idle = 0;
        let mut last = self.here(terms) * sign;
        loop {
            if !self.spend(work) {
                return Extreme::Unfinished;
            }
            let slope = self.slope(terms, sign);
            match self.step(&slope, false, idle > self.patience()) {
                Step::Moved => {}
                Step::Best => return Extreme::At(self.here(terms)),
                Step::Boundless => return Extreme::Boundless,
            }
            let now = self.here(terms) * sign;
            idle = if now > last + NOTHING { 0 } else { idle + 1 };
            last = now;
            if idle > 20 * self.patience() {
                return Extreme::Unfinished;
            }
        }
    }

    fn patience(&self) -> usize {
        self.rows + self.columns + 20
    }

    /// Counts the work since the last time, and a step: most of a table is nought, and costs
    /// nothing.
    fn spend(&mut self, work: &mut u64) -> bool {
        let step = STEP * (self.rows + self.columns) as u64;
        *work = work.saturating_sub(step + std::mem::take(&mut self.touched));
        // What nobody wants any more is as good as run out.
        *work > 0 && !is_stopped()
    }

    fn is_inside(&self, variable: usize) -> bool {
        self.outside(variable) == 0.0
    }

    /// How far below (negative) or above its bounds a variable is.
    fn outside(&self, variable: usize) -> f64 {
        let ((low, high), at) = (self.bounds[variable], self.at[variable]);
        if at < low - INSIDE * (1.0 + low.abs()) {
            at - low
        } else if at > high + INSIDE * (1.0 + high.abs()) {
            at - high
        } else {
            0.0
        }
    }

    /// Brings every basic variable inside its bounds; `Boundless` says that it cannot be.
    fn settle(&mut self, work: &mut u64) -> Extreme {
        let mut idle = 0;
        let mut last = f64::INFINITY;
        loop {
            let total: f64 = self.basic.iter().map(|b| self.outside(*b).abs()).sum();
            if total == 0.0 {
                return Extreme::At(0.0);
            }
            if !self.spend(work) {
                return Extreme::Unfinished;
            }
            let mut slope = vec![0.0; self.columns];
            for (row, variable) in self.basic.iter().enumerate() {
                let outside = self.outside(*variable);
                if outside != 0.0 {
                    self.touched += self.columns as u64;
                    let line = &self.table[row * self.columns..(row + 1) * self.columns];
                    for (sum, c) in slope.iter_mut().zip(line) {
                        *sum -= c * outside.signum();
                    }
                }
            }
            match self.step(&slope, true, idle > self.patience()) {
                Step::Moved => {}
                Step::Best | Step::Boundless => return Extreme::Boundless,
            }
            idle = if total < last - NOTHING { 0 } else { idle + 1 };
            last = total;
            if idle > 20 * self.patience() {
                return Extreme::Unfinished;
            }
        }
    }

    /// How fast a sum grows with each variable that is not basic.
    fn slope(&mut self, terms: &[(usize, f64)], sign: f64) -> Vec<f64> {
        let mut slope = vec![0.0; self.columns];
        for (variable, c) in terms {
            if let Some(row) = self.basic.iter().position(|b| b == variable) {
                self.touched += self.columns as u64;
                let line = &self.table[row * self.columns..(row + 1) * self.columns];
                for (sum, entry) in slope.iter_mut().zip(line) {
                    *sum += sign * c * entry;
                }
            } else if let Some(column) = self.other.iter().position(|o| o == variable) {
                slope[column] += sign * c;
            }
        }
        slope
    }

    /// The variable to move: the steepest; the first, once the steepest leads nowhere.
    fn entering(&self, slope: &[f64], careful: bool) -> Option<usize> {
        let mut best: Option<(usize, f64)> = None;
        for (column, variable) in self.other.iter().enumerate() {
            let (low, high) = self.bounds[*variable];
            let (s, at) = (slope[column], self.at[*variable]);
            let room = high - low > NOTHING;
            let useful = (s > INSIDE && at < high) || (s < -INSIDE && at > low);
            if !room || !useful {
                continue;
            }
            let better = match best {
                None => true,
                Some((chosen, _)) if careful => *variable < self.other[chosen],
                Some((_, steepest)) => s.abs() > steepest,
            };
            if better {
                best = Some((column, s.abs()));
            }
        }
        best.map(|(column, _)| column)
    }

    fn step(&mut self, slope: &[f64], settling: bool, careful: bool) -> Step {
        let Some(column) = self.entering(slope, careful) else {
            return Step::Best;
        };
        let variable = self.other[column];
        let sign = slope[column].signum();
        let (low, high) = self.bounds[variable];
        let mut furthest = high - low;
        let mut leaving: Option<(usize, f64, f64)> = None;
        for row in 0..self.rows {
            let change = sign * self.table[row * self.columns + column];
            if change.abs() < NOTHING {
                continue;
            }
            let basic = self.basic[row];
            let ((low, high), at) = (self.bounds[basic], self.at[basic]);
            let outside = if settling { self.outside(basic) } else { 0.0 };
            let bound = match (outside, change > 0.0) {
                (o, true) if o < 0.0 => low,
                (o, false) if o > 0.0 => high,
                (o, _) if o != 0.0 => continue,
                (_, true) => high,
                (_, false) => low,
            };
            let room = ((bound - at) / change).max(0.0);
            let better = match leaving {
                _ if room < furthest - NOTHING => true,
                Some((chosen, size, _)) if room <= furthest + NOTHING => {
                    if careful {
                        basic < self.basic[chosen]
                    } else {
                        change.abs() > size
                    }
                }
                _ => room < furthest,
            };
            if better {
                furthest = room.min(furthest);
                leaving = Some((row, change.abs(), bound));
            }
        }
        if furthest.is_infinite() {
            return Step::Boundless;
        }
        for row in 0..self.rows {
            let change = sign * self.table[row * self.columns + column];
            self.at[self.basic[row]] += change * furthest;
        }
        match leaving {
            None => self.at[variable] = if sign > 0.0 { high } else { low },
            Some((row, _, bound)) => {
                self.at[variable] += sign * furthest;
                self.at[self.basic[row]] = bound;
                self.pivot(row, column);
                self.drop_fixed(column);
            }
        }
        Step::Moved
    }

    /// Exchanges a basic variable for another one.
    fn pivot(&mut self, row: usize, column: usize) {
        let columns = self.columns;
        let pivot = self.table[row * columns + column];
        let mut line: Vec<f64> = self.table[row * columns..(row + 1) * columns]
            .iter()
            .map(|c| -c / pivot)
            .collect();
        line[column] = 1.0 / pivot;
        // Most of a line is nought, which adds nothing.
        let some: Vec<usize> = (0..columns).filter(|at| line[*at] != 0.0).collect();
        let is_sparse = some.len() * SPARSE < columns;
        let entries = if is_sparse { some.len() } else { columns } as u64;
        let mut touched = 0;
        for (index, old) in self.table.chunks_mut(columns).enumerate() {
            if index == row {
                continue;
            }
            let factor = old[column];
            old[column] = 0.0;
            if factor.abs() < 1e-12 {
                continue;
            }
            touched += entries;
            if is_sparse {
                for at in &some {
                    old[*at] += factor * line[*at];
                }
            } else {
                for (entry, new) in old.iter_mut().zip(&line) {
                    *entry += factor * new;
                }
            }
        }
        self.touched += touched;
        self.table[row * columns..(row + 1) * columns].copy_from_slice(&line);
        std::mem::swap(&mut self.basic[row], &mut self.other[column]);
    }

    /// Forgets a column whose variable has one value only: it never moves again. What a sum
    /// must come to exactly is such a variable once it is met, so that the table shrinks.
    fn drop_fixed(&mut self, column: usize) {
        let (low, high) = self.bounds[self.other[column]];
        if high - low > NOTHING {
            return;
        }
        let (old, kept) = (self.columns, self.columns - 1);
        self.touched += (self.rows * kept) as u64;
        for row in 0..self.rows {
            self.table[row * old + column] = self.table[row * old + kept];
            self.table
                .copy_within(row * old..row * old + kept, row * kept);
        }
        self.table.truncate(self.rows * kept);
        self.other.swap_remove(column);
        self.columns = kept;
    }

    /// Whether the corner lies inside every bound.
    pub(super) fn is_sound(&self) -> bool {
        (0..self.at.len()).all(|variable| self.is_inside(variable))
    }
}

#[cfg(test)]
mod tests;
