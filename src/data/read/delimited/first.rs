//! Delimited text in; its first records out, among which the header is looked for.

use super::{Block, MOST_COLUMNS, Records, texts, trimmed};
use crate::diagnostic::Diagnostic;
use csv::ByteRecord;

/// One of the first records of a block.
pub(in crate::data::read) struct Record<'t> {
    /// The line of the file on which it begins, from 1.
    pub line: usize,
    /// Its number as a spreadsheet shows it, from 1.
    pub row: usize,
    /// Its cells, trimmed.
    pub cells: Vec<String>,
    /// What follows it.
    pub below: Block<'t>,
}

impl<'t> Block<'t> {
    /// Its first records, blank ones left out.
    ///
    /// # Errors
    /// A quote in the very first that is never closed; with a later one they end.
    pub(in crate::data::read) fn first(
        &self,
        most: usize,
        file: &str,
    ) -> Result<Vec<Record<'t>>, Box<Diagnostic>> {
        match self.first_plain(most) {
            Some(first) => Ok(first),
            None => self.first_with_quotes(most, file),
        }
    }

    fn first_with_quotes(
        &self,
        most: usize,
        file: &str,
    ) -> Result<Vec<Record<'t>>, Box<Diagnostic>> {
        let mut records = Records::new(self);
        let mut record = ByteRecord::new();
        let mut first = Vec::new();
        while first.len() < most
            && let Some(at) = records.next(&mut record)
        {
            let cells = texts(&record);
            if let Some(fault) = records.unclosed(&cells, file, &at) {
                if first.is_empty() {
                    return Err(Box::new(fault));
                }
                break;
            }
            if cells.iter().all(String::is_empty) {
                continue;
            }
            first.push(Record {
                line: at.line,
                row: at.row,
                cells,
                below: records.rest(),
            });
        }
        Ok(first)
    }

    /// The same, of lines without quotes and with plain ends; `None` of others. A reader of
    /// quotes is made in more time than these lines take.
    fn first_plain(&self, most: usize) -> Option<Vec<Record<'t>>> {
        let mut first = Vec::new();
        let mut below = *self;
        while first.len() < most && !below.text.is_empty() {
            let Block {
                text, line, row, ..
            } = below;
            let (own, rest) = match text.split_once('\n') {
                Some((own, rest)) => (own.strip_suffix('\r').unwrap_or(own), Some(rest)),
                None => (text, None),
            };
            let cells = self.plain_cells(own)?;
            let ended = usize::from(rest.is_some());
            below = Block {
                text: rest.unwrap_or(""),
                line: line + ended,
                row: row + ended,
                ..below
            };
            if cells.iter().any(|cell| !cell.is_empty()) {
                first.push(Record {
                    line,
                    row,
                    cells,
                    below,
                });
            }
        }
        Some(first)
    }

    /// The cells of a line, trimmed; `None` where it holds a quote or another line's end.
    pub(super) fn plain_cells(&self, line: &str) -> Option<Vec<String>> {
        if line.contains(['"', '\r']) {
            return None;
        }
        let cells = line.split(char::from(self.delimiter));
        Some(cells.take(MOST_COLUMNS + 1).map(trimmed).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Block;
    use super::Record;
    use proptest::prelude::*;

    /// What can be told of a record from without.
    fn told(record: &Record<'_>) -> (usize, usize, Vec<String>, String, usize, usize) {
        let below = record.below;
        let cells = record.cells.clone();
        let text = below.text.to_owned();
        (record.line, record.row, cells, text, below.line, below.row)
    }

    proptest! {
        #[test]
        fn the_first_records_are_the_same_with_and_without_a_reader_of_quotes(
            parts in proptest::collection::vec(
                proptest::sample::select(vec!["a", "é", " ", ",", ";", "\n", "\r\n", "\r", "\n\n", "12", "\u{a0}", "\u{b}"]),
                0..40,
            ),
            most in 1usize..6,
        ) {
            let text = parts.concat();
            let block = Block { text: &text, delimiter: b',', line: 3, row: 2 };
            if let Some(plain) = block.first_plain(most) {
                let read = block.first_with_quotes(most, "survey.csv").unwrap();
                prop_assert_eq!(
                    plain.iter().map(told).collect::<Vec<_>>(),
                    read.iter().map(told).collect::<Vec<_>>()
                );
            }
        }
    }
}
