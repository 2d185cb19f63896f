//! Typed columns and single cells.

use super::packed::{Codes, Marks, Numbers, code_of};
use crate::missing::Missing;
use std::sync::Arc;

/// One column of a table, one entry a row.
#[derive(Debug, Clone)]
pub enum Column {
    /// Decimal numbers.
    Number(Numbers),
    /// Words, each row an index into the list of different ones.
    Words {
        /// The different words, in order of first appearance.
        words: Vec<Arc<str>>,
        /// One entry a row.
        rows: Codes,
    },
    /// Answers to a question.
    Answers {
        /// The scored labels, lowest first.
        labels: Vec<Arc<str>>,
        /// One entry a row.
        rows: Marks,
    },
}

/// One answer on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The scored answer at this index, 0 the lowest.
    Scored(u8),
    /// "Not applicable", "prefer not to say" and the like: counted, not scored.
    Unscored,
    /// Nothing.
    Blank,
}

/// One cell, as formulas see it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A decimal number.
    Number(f64),
    /// Words: a team, `yes`, an answer's label.
    Words(Arc<str>),
    /// Nothing, and why.
    Missing(Missing),
}

impl Column {
    /// The cell of a row. An unscored answer is not applicable, a blank one not available.
    pub fn cell(&self, row: usize) -> Cell {
        match self {
            Column::Number(rows) => match rows.get(row) {
                Ok(number) => Cell::Number(number),
                Err(reason) => Cell::Missing(reason),
            },
            Column::Words { words, rows } => match rows.get(row) {
                Ok(index) => Cell::Words(words[index as usize].clone()),
                Err(reason) => Cell::Missing(reason),
            },
            Column::Answers { labels, rows } => match rows.get(row) {
                Answer::Scored(index) => Cell::Words(labels[usize::from(index)].clone()),
                Answer::Unscored => Cell::Missing(Missing::NotApplicable),
                Answer::Blank => Cell::Missing(Missing::NotAvailable),
            },
        }
    }

    /// The number of a row; `None` where there is none or the column holds words.
    pub fn number(&self, row: usize) -> Option<f64> {
        match self {
            Column::Number(rows) => rows.get(row).ok(),
            _ => None,
        }
    }

    /// Why a row has no value, if it has none.
    #[inline]
    pub fn missing(&self, row: usize) -> Option<Missing> {
        match self {
            Column::Number(rows) => rows.get(row).err(),
            Column::Words { rows, .. } => rows.get(row).err(),
            Column::Answers { rows, .. } => match rows.get(row) {
                Answer::Scored(_) => None,
                Answer::Unscored => Some(Missing::NotApplicable),
                Answer::Blank => Some(Missing::NotAvailable),
            },
        }
    }

    /// Raises the code of each of some rows to that of why it has no value here, if it has
    /// none and that is graver.
    pub(crate) fn raise_gaps(&self, rows: &[u32], gaps: &mut [u8]) {
        let each = rows.iter().map(|row| *row as usize).zip(gaps);
        match self {
            Column::Number(numbers) => {
                let (_, own) = numbers.slices();
                if !own.is_empty() {
                    each.for_each(|(row, gap)| *gap = (*gap).max(own[row]));
                }
            }
            Column::Words { rows: codes, .. } => each.for_each(|(row, gap)| {
                *gap = (*gap).max(codes.gap(row));
            }),
            Column::Answers { .. } => each.for_each(|(row, gap)| {
                *gap = (*gap).max(self.missing(row).map_or(0, code_of));
            }),
        }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        match self {
            Column::Number(rows) => rows.len(),
            Column::Words { rows, .. } => rows.len(),
            Column::Answers { rows, .. } => rows.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How a question was answered by a group. `scored.sum() + unscored + blank` is the
/// number of sheets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswerCounts {
    /// By scored answer, lowest first.
    pub scored: Vec<u32>,
    /// Not applicable and prefer not to say, together.
    pub unscored: u32,
    /// Nothing marked.
    pub blank: u32,
}

impl AnswerCounts {
    /// Adds those of others on the same scale.
    pub(crate) fn add(&mut self, others: &Self) {
        for (all, own) in self.scored.iter_mut().zip(&others.scored) {
            *all += own;
        }
        self.unscored += others.unscored;
        self.blank += others.blank;
    }

    /// How many gave a scored answer.
    pub fn answered(&self) -> u32 {
        self.scored.iter().sum()
    }
}
