//! Closures of one row as operations on columns.
//!
//! In: a closure and a table. Out: what it gives for each row, worked out column by column
//! and exactly as rhai would row by row: the same numbers, the same *cannot tell*, the graver
//! reason of two. Comparison, `and or not`, arithmetic, columns, constants, `if` and a few
//! functions are understood. Whatever else a closure does, and whatever could go wrong in it,
//! is left to rhai, so that its faults and their places are rhai's.

mod bind;
mod block;
mod compare;
mod lanes;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod verdicts;

pub(super) use compare::{above, at_least, differ, equal};
#[cfg(test)]
pub(super) use tests::{Author, read, row_by_row, told, with_rhai_alone};
#[cfg(test)]
pub(crate) use tests::{Counts, counted};
pub(super) use tree::{Bodies, Operator};
pub(super) use verdicts::Bools;

use crate::data::Table;
use bind::{Bound, Typed};
use block::{Block, Nums};
use rhai::{Dynamic, FnPtr};
use std::collections::BTreeMap;

/// Notes that a closure is left to rhai.
#[cfg(test)]
pub(super) fn note_left_to_rhai() {
    tests::note_left(1, 0);
}

/// Notes that rhai is called for a row.
#[cfg(test)]
pub(super) fn note_call() {
    tests::note_left(0, 1);
}

/// Whether rhai is called for each row, whatever it gave for others that were alike.
#[cfg(test)]
pub(super) fn runs_every_row() -> bool {
    tests::row_by_row()
}

/// How many rows are worked out at a time, at most: few enough to stay in the nearest memory.
const BLOCK: usize = 1024;

/// The rows of a group in such parts.
pub(super) fn in_blocks(rows: &[u32]) -> std::slice::Chunks<'_, u32> {
    #[cfg(test)]
    return rows.chunks(tests::rows_at_a_time());
    #[cfg(not(test))]
    rows.chunks(BLOCK)
}

/// A closure that is bound to the columns of one table.
pub(super) struct Operations<'t> {
    bound: Bound<'t>,
    root: Typed,
}

impl<'t> Operations<'t> {
    /// The operations that a closure of one row amounts to; `None` if it is left to rhai.
    pub(super) fn of(
        closure: &FnPtr,
        bodies: &Bodies,
        constants: &'t BTreeMap<String, Dynamic>,
        table: &'t Table,
    ) -> Option<Self> {
        #[cfg(test)]
        if tests::row_by_row() {
            return None;
        }
        let body = bodies.get(closure.fn_name())?;
        let captured: Vec<Dynamic> = closure.iter_curry().map(Dynamic::flatten_clone).collect();
        let (names, row) = body.parameters.split_at_checked(captured.len())?;
        let [row] = row else { return None };
        let mut bound = Bound::new(table, row, constants);
        for (name, value) in names.iter().zip(captured) {
            bound.know(name, value);
        }
        let root = bound.bind(body.expression.as_ref()?)?;
        #[cfg(test)]
        tests::note();
        Some(Self { bound, root })
    }

    /// Whether it gives true or false; else it gives numbers.
    pub(super) fn are_a_condition(&self) -> bool {
        matches!(self.root, Typed::Truth(_))
    }

    /// What a condition says of some rows, at most [`BLOCK`] of them.
    pub(super) fn verdicts(&self, rows: &[u32]) -> Bools {
        #[cfg(test)]
        tests::note_read(rows.len());
        match &self.root {
            Typed::Truth(truth) => Block::new(self.bound.columns(), rows).truths(truth),
            Typed::Number(..) => unreachable!("asked of a condition alone"),
        }
    }

    /// The number of each of some rows, at most [`BLOCK`] of them.
    pub(super) fn numbers(&self, rows: &[u32]) -> Nums<'t> {
        #[cfg(test)]
        tests::note_read(rows.len());
        match &self.root {
            Typed::Number(number) => Block::new(self.bound.columns(), rows).numbers(number),
            Typed::Truth(_) => unreachable!("asked of numbers alone"),
        }
    }
}
