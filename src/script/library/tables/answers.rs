//! What a formula asks of answers to a question, and of a column that may have gaps.

use super::super::missing::Gone;
use super::super::numbers::give;
use super::super::{Fallible, fault};
use super::Table;
use crate::data::{Answer, Column};
use crate::missing::Missing;
use rhai::{Array, Dynamic};
use std::sync::Arc;

impl Table {
    pub(super) fn share_of_answers(&self, column: &str, answers: &Array) -> Fallible<Dynamic> {
        self.check_column(column)?;
        let mut wanted = Vec::new();
        for answer in answers {
            match answer.clone().into_string() {
                Ok(answer) => wanted.push(answer),
                Err(_) => return fault("`share_answering` wants a list of answers in quotes"),
            }
        }
        let Some(counts) = self.rows.answers(column) else {
            if self.rows.table.column(column).is_some() {
                return fault(format!("`{column}` is not a question"));
            }
            self.recorder.not_brought();
            return Ok(give(Err(Gone::new(Missing::NotAvailable, column))));
        };
        let labels = self.rows.labels(column);
        if let Some(unknown) = wanted
            .iter()
            .find(|answer| !labels.iter().any(|label| **label == ***answer))
        {
            return fault(format!("`{column}` has no answer `{unknown}`"));
        }
        let part: u64 = labels
            .iter()
            .zip(&counts.scored)
            .filter(|(label, _)| wanted.iter().any(|answer| **answer == ***label))
            .map(|(_, count)| u64::from(*count))
            .sum();
        let whole = u64::from(counts.answered());
        self.saw_answers(column, &labels, &wanted);
        self.recorder
            .rows(self.id(), whole, whole + u64::from(counts.blank));
        self.recorder.parts(part, whole);
        Ok(give(if whole == 0 {
            Err(Gone::new(Missing::NotApplicable, column))
        } else {
            Ok(100.0 * part as f64 / whole as f64)
        }))
    }

    /// Notes who answered a question, and who of them gave a wanted answer.
    fn saw_answers(&self, column: &str, labels: &[Arc<str>], wanted: &[String]) {
        let Some(Column::Answers { rows: answers, .. }) = self.rows.table.column(column) else {
            return;
        };
        let scored = |row: &u32| match answers.get(*row as usize) {
            Answer::Scored(index) => Some((*row, usize::from(index))),
            Answer::Unscored | Answer::Blank => None,
        };
        let gave: Vec<(u32, usize)> = self.rows.rows.iter().filter_map(scored).collect();
        let is_wanted: Vec<f64> = labels
            .iter()
            .map(|label| f64::from(u8::from(wanted.iter().any(|answer| **answer == **label))))
            .collect();
        let values: Vec<f64> = gave.iter().map(|(_, index)| is_wanted[*index]).collect();
        let rows = gave.into_iter().map(|(row, _)| row).collect();
        self.recorder.saw(self.id(), rows, &values, true);
    }

    pub(super) fn how_many_answered(&self, column: &str) -> Fallible<Dynamic> {
        self.check_column(column)?;
        let Some(values) = self.rows.table.column(column) else {
            self.recorder.not_brought();
            return Ok(give(Err(Gone::new(Missing::NotAvailable, column))));
        };
        let rows: Vec<u32> = self
            .rows
            .rows
            .iter()
            .copied()
            .filter(|row| values.missing(*row as usize).is_none())
            .collect();
        let count = rows.len() as u64;
        let ones = vec![1.0; rows.len()];
        self.recorder.saw(self.id(), rows, &ones, false);
        self.recorder.rows(self.id(), count, self.rows.len() as u64);
        Ok(give(Ok(count as f64)))
    }
}
