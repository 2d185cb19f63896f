//! Tables that were solved before: a table of groups and the sums that tie them in, its outcome out.
//!
//! What a save changes, or the planner in a further round, are the figures of few items. The tables
//! of the others are the same to the last bit, and so is what can be had from them.

use super::cells::{Cells, Fact, Kind, Outcome, Wanted};
use super::figures::Range;
use super::groups::Sum;
use crate::digest::Running;
use crate::memo::{Key, Pieces};
use std::hash::{Hash, Hasher};

/// The outcomes of tables that the last attacks on a council solved.
pub(crate) type Solved = Pieces<Outcome>;

/// Of all that solving a table reads.
pub(super) fn key(cells: &Cells, sums: &[Sum]) -> Key {
    // Each field by name: a new one must say here whether solving reads it.
    let Cells {
        levels,
        whole,
        facts,
        elsewhere,
        // Which groups an item speaks of decides on the sums, which are given.
        present: _,
        wanted,
        slack,
        solved: _,
    } = cells;
    let mut all = Running::default();
    (
        levels,
        whole,
        facts,
        elsewhere,
        wanted,
        slack.to_bits(),
        sums,
    )
        .hash(&mut all);
    all.sha256()
}

impl Hash for Range {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.low.to_bits(), self.high.to_bits()).hash(state);
    }
}

/// Of numbers the bits.
fn bits<H: Hasher>(numbers: &[f64], state: &mut H) {
    numbers.len().hash(state);
    for number in numbers {
        number.to_bits().hash(state);
    }
}

impl Hash for Fact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Fact { terms, range } = self;
        bits(terms, state);
        range.hash(state);
    }
}

impl Hash for Wanted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // What it is called does not count.
        let Wanted {
            cell,
            what: _,
            kind,
            terms,
        } = self;
        (cell, kind).hash(state);
        bits(terms, state);
    }
}

impl Hash for Kind {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
    }
}
