//! How the rows of a file add up: what stands below its header, what of it is used, and what
//! is left out, with the reason.

pub use super::foot::LeftOut;
use std::collections::BTreeMap;

/// The rows of one file. What is used and what is left out add up to what was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Rows below the header, up to the last with something in it or with a line of its own.
    pub read: u64,
    /// Rows of the table.
    pub used: u64,
    /// How many rows were left out, by reason.
    pub left_out: BTreeMap<LeftOut, u64>,
}

impl Account {
    /// Counts rows that are left out.
    pub(super) fn leave_out(&mut self, why: LeftOut, rows: usize) {
        if rows > 0 {
            *self.left_out.entry(why).or_default() += rows as u64;
            self.read += rows as u64;
        }
    }

    /// Counts rows that are used.
    pub(super) fn take(&mut self, rows: usize) {
        self.used += rows as u64;
        self.read += rows as u64;
    }

    /// `215 rows read, 214 used, 1 left out: a row of totals`.
    pub fn words(&self) -> String {
        let left: u64 = self.left_out.values().sum();
        let rows = if self.read == 1 { "row" } else { "rows" };
        let mut words = format!("{} {rows} read, {} used", self.read, self.used);
        if left > 0 {
            let reasons: Vec<&str> = self
                .left_out
                .iter()
                .map(|(why, count)| why.words(usize::try_from(*count).unwrap_or(usize::MAX)))
                .collect();
            words += &format!(", {left} left out: {}", reasons.join(", "));
        }
        words
    }
}
