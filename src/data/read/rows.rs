//! Rows of a file in, one by one; typed columns of equal length out.

use super::account::{Account, LeftOut};
use super::caps::{self, LONGEST_CELL, MOST_BLANK, MOST_ROWS};
use super::column::{Builder, Raw};
use super::faults::{At, Said, folded};
use super::sums;
use crate::data::{Column, Numbers, TableSpec};
use crate::diagnostic::Diagnostics;
use std::ops::Range;

/// The columns that are wanted, while they grow.
#[derive(Default)]
pub(super) struct Rows<'s> {
    columns: Vec<(String, usize, Builder<'s>)>,
    len: usize,
    /// The last row with something in it, as a spreadsheet numbers it.
    last: usize,
    /// The number of each row, where that is asked for and rows come one by one.
    numbers: Option<Vec<usize>>,
    /// Blank rows since the last row: rows only if another one follows.
    blank: usize,
    /// Blank rows between others.
    between: usize,
    /// Whether there were more rows than are read.
    too_many: bool,
    /// The first cell that was too long: its line and its column.
    too_long: Option<(usize, String)>,
}

impl<'s> Rows<'s> {
    /// Adds a column by its name, read from the file's column `index`; before any row.
    pub(super) fn want(&mut self, name: &str, index: usize, builder: Builder<'s>) {
        self.columns.push((name.to_owned(), index, builder));
    }

    /// A row with something in it.
    pub(super) fn add<'t>(&mut self, at: At, cell: impl Fn(usize) -> Raw<'t>) {
        self.between += self.blank;
        if self.len >= MOST_ROWS || self.between > MOST_BLANK {
            self.too_many = true;
            return;
        }
        for (name, index, builder) in &mut self.columns {
            for _ in 0..self.blank {
                builder.add_nothing();
            }
            match cell(*index) {
                Raw::Text(text) if text.len() > LONGEST_CELL => {
                    self.too_long.get_or_insert_with(|| (at.line, name.clone()));
                    builder.add_nothing();
                }
                raw => builder.add(at, raw),
            }
        }
        if let Some(numbers) = &mut self.numbers {
            numbers.extend(
                (1..=self.blank)
                    .rev()
                    .map(|back| at.row.saturating_sub(back)),
            );
            numbers.push(at.row);
        }
        self.len += self.blank + 1;
        self.last = at.row;
        self.blank = 0;
    }

    /// The number of the last row with something in it; 0 if there is none.
    pub(super) fn last(&self) -> usize {
        self.last
    }

    /// How many rows.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Of a table: with the number of each row, where a row of totals may stand among them.
    pub(super) fn of(spec: &TableSpec) -> Self {
        match sums::may_be_among(spec) {
            true => Self::numbered(),
            false => Self::default(),
        }
    }

    /// The same, with the number of each row kept.
    pub(super) fn numbered() -> Self {
        Self {
            numbers: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// The number of each row. Rows that did not come one by one follow each other.
    pub(super) fn numbers(&self) -> Vec<usize> {
        match &self.numbers {
            Some(numbers) if numbers.len() == self.len => numbers.clone(),
            _ => (self.last + 1 - self.len.min(self.last)..=self.last).collect(),
        }
    }

    /// Their columns alone, in the order in which they were wanted, whatever is wrong with them.
    pub(super) fn cells(self) -> Vec<Column> {
        let said = Said::default();
        let columns = self.columns.into_iter();
        columns
            .map(|(_, _, builder)| builder.finish("", &said).0)
            .collect()
    }

    /// Wholly blank rows. Between others they are rows of which nothing is known, so that
    /// emptying a cell never takes a row away; at the end of the file they are nothing.
    pub(super) fn add_blank(&mut self, count: usize) {
        self.blank += count;
    }

    /// Whether two rows may be the same cell by cell: in all that is certain to be the same where
    /// the cells are.
    pub(super) fn may_repeat(&self) -> bool {
        let mut sums = vec![0; self.len];
        for (_, _, builder) in &self.columns {
            builder.mix_into(&mut sums);
        }
        sums.sort_unstable();
        sums.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// The rows of a column of numbers.
    pub(super) fn numbers_of(&self, name: &str) -> Option<&Numbers> {
        let mut columns = self.columns.iter();
        let (_, _, builder) = columns.find(|(own, _, _)| own == name)?;
        builder.numbers()
    }

    /// The rows of each column of numbers.
    pub(super) fn numbers_of_columns(&self) -> impl Iterator<Item = &Numbers> {
        let columns = self.columns.iter();
        columns.filter_map(|(_, _, builder)| builder.numbers())
    }

    /// For each of so many columns of the file those that are read from it.
    pub(super) fn by_column(&self, width: usize) -> Vec<Vec<usize>> {
        let mut wanted = vec![Vec::new(); width];
        for (nth, (_, index, _)) in self.columns.iter().enumerate() {
            if let Some(wanted) = wanted.get_mut(*index) {
                wanted.push(nth);
            }
        }
        wanted
    }

    /// The same columns without any row.
    pub(super) fn fresh(&self) -> Self {
        let fresh = |(name, index, builder): &(String, usize, Builder<'s>)| {
            (name.clone(), *index, builder.fresh())
        };
        Self {
            columns: self.columns.iter().map(fresh).collect(),
            ..Self::default()
        }
    }

    /// Cells of a column, one for each row in hand, each some bytes of a text; false if any is
    /// at fault.
    pub(super) fn add_plain(
        &mut self,
        column: usize,
        text: &[u8],
        cells: impl Iterator<Item = Range<usize>>,
    ) -> bool {
        self.columns[column].2.add_plain(text, cells)
    }

    /// So many rows in hand are whole.
    pub(super) fn count_plain(&mut self, rows: usize) {
        self.len += rows;
    }

    /// Makes room for so many rows altogether.
    pub(super) fn reserve(&mut self, rows: usize) {
        for (_, _, builder) in &mut self.columns {
            builder.reserve(rows);
        }
    }

    /// Whether these and others are no more rows than are read.
    pub(super) fn have_room_for(&self, others: &Self) -> bool {
        self.len + others.len <= MOST_ROWS
    }

    /// So many rows more are in, one a line, the first of them with that number.
    pub(super) fn end_plain(&mut self, first: usize, rows: usize) {
        self.last = first + rows.saturating_sub(1);
    }

    /// Puts rows without a fault after these.
    pub(super) fn append(&mut self, other: Self) {
        self.len += other.len;
        for ((_, _, builder), (_, _, more)) in self.columns.iter_mut().zip(other.columns) {
            builder.append(more);
        }
    }

    /// How many rows, the columns by name, and the faults of their cells; the rows are added
    /// to the account.
    pub(super) fn finish(
        self,
        file: &str,
        said: &Said<'_>,
        account: &mut Account,
    ) -> (usize, Vec<(String, Column)>, Diagnostics) {
        account.take(self.len);
        account.leave_out(LeftOut::Blank, self.blank);
        let mut faults = Diagnostics::new();
        if self.too_many {
            faults.push(caps::too_many_rows(file));
        }
        if let Some((line, column)) = &self.too_long {
            faults.push(caps::cell_too_long(file, *line, column));
        }
        let mut told = Vec::new();
        let columns = self
            .columns
            .into_iter()
            .map(|(name, _, builder)| {
                let (column, more) = builder.finish(file, said);
                told.extend(more);
                (name, column)
            })
            .collect();
        faults.extend(folded(told, said));
        (self.len, columns, faults)
    }
}
