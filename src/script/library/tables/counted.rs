//! Rows one after another in, what they add up to out: of how many a condition is true, the
//! numbers of those that count, and why others do not.

use super::Table;
use crate::missing::{Amount, Missing};
use crate::script::operations::Bools;

/// Of how many rows a condition is true, and why of others it cannot be told.
pub(super) struct Tally {
    pub(super) part: u64,
    pub(super) told: u64,
    pub(super) unsure: u64,
    pub(super) gravest: Option<Missing>,
    /// The rows of which it can be told and 1 or 0 of each, where that is wanted.
    pub(super) rows: Vec<u32>,
    pub(super) values: Vec<f64>,
    pub(super) each_row: bool,
}

impl Tally {
    pub(super) fn of(table: &Table) -> Self {
        let each_row = table.recorder.wants_each_row();
        let each = if each_row { table.rows.len() } else { 0 };
        Self {
            part: 0,
            told: 0,
            unsure: table.unsure,
            gravest: table.gravest,
            rows: Vec::with_capacity(each),
            values: Vec::with_capacity(each),
            each_row,
        }
    }

    /// Rows with what a condition says of each.
    pub(super) fn take_all(&mut self, rows: &[u32], verdicts: &Bools) {
        if self.each_row {
            let each = rows.iter().zip(verdicts.iter());
            each.for_each(|(row, verdict)| self.take(*row, verdict));
            return;
        }
        let count = verdicts.count();
        self.part += count.yes;
        self.told += count.yes + count.no;
        let untold = count.untold.into_iter();
        for (reason, many) in untold.filter(|(reason, _)| *reason != Missing::NotApplicable) {
            self.unsure += many;
            if many > 0 {
                self.gravest = self.gravest.max(Some(reason));
            }
        }
    }

    pub(super) fn take(&mut self, row: u32, verdict: Result<bool, Missing>) {
        match verdict {
            Ok(settled) => {
                self.told += 1;
                self.part += u64::from(settled);
                if self.each_row {
                    self.rows.push(row);
                    self.values.push(f64::from(u8::from(settled)));
                }
            }
            Err(Missing::NotApplicable) => {}
            Err(reason) => {
                self.unsure += 1;
                self.gravest = self.gravest.max(Some(reason));
            }
        }
    }
}

/// The rows that a condition is true of, and why of others it cannot be told.
pub(super) struct Kept {
    pub(super) rows: Vec<u32>,
    pub(super) unsure: u64,
    pub(super) gravest: Option<Missing>,
}

impl Kept {
    pub(super) fn of(table: &Table) -> Self {
        Self {
            rows: Vec::new(),
            unsure: table.unsure,
            gravest: table.gravest,
        }
    }

    /// Rows with what a condition says of each.
    pub(super) fn take_all(&mut self, rows: &[u32], verdicts: &Bools) {
        if !verdicts.keep(rows, &mut self.rows) {
            let each = rows.iter().zip(verdicts.iter());
            each.for_each(|(row, verdict)| self.take(*row, verdict));
        }
    }

    pub(super) fn take(&mut self, row: u32, verdict: Result<bool, Missing>) {
        match verdict {
            Ok(true) => self.rows.push(row),
            Ok(false) | Err(Missing::NotApplicable) => {}
            Err(reason) => {
                self.unsure += 1;
                self.gravest = self.gravest.max(Some(reason));
            }
        }
    }
}

/// Numbers of the rows that count, and why others do not.
pub(super) struct Counted {
    pub(super) values: Vec<f64>,
    /// The row of each value, where that is wanted.
    pub(super) rows: Vec<u32>,
    pub(super) each_row: bool,
    pub(super) left_out: u64,
    pub(super) gravest: Option<Missing>,
}

impl Counted {
    pub(super) fn of(table: &Table) -> Self {
        let each_row = table.recorder.wants_each_row();
        Self {
            values: Vec::with_capacity(table.rows.len()),
            rows: Vec::with_capacity(if each_row { table.rows.len() } else { 0 }),
            each_row,
            left_out: table.unsure,
            gravest: table.gravest,
        }
    }

    /// Rows that all have a number.
    pub(super) fn take_all(&mut self, rows: &[u32], values: &[f64]) {
        self.values.extend_from_slice(values);
        if self.each_row {
            self.rows.extend_from_slice(rows);
        }
    }

    pub(super) fn take(&mut self, row: u32, number: Amount) {
        match number {
            Ok(value) => {
                self.values.push(value);
                if self.each_row {
                    self.rows.push(row);
                }
            }
            Err(Missing::NotApplicable) => {}
            Err(reason) => {
                self.left_out += 1;
                self.gravest = self.gravest.max(Some(reason));
            }
        }
    }
}
