//! The rows of a workbook's sheet in, as texts; rows one by one, out.

use super::column::Raw;
use super::faults::At;
use super::rows::Rows;

/// One row of a sheet with something in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetRow {
    /// Its number as the spreadsheet shows it, from 1.
    pub number: usize,
    /// Its cells from column A on, up to the last with something in it.
    pub cells: Vec<String>,
}

impl SheetRow {
    /// Its cells without spaces at their ends.
    pub(super) fn trimmed(&self) -> Vec<String> {
        self.cells
            .iter()
            .map(|cell| cell.trim().to_owned())
            .collect()
    }
}

/// Rows of a sheet below its header, whose number is `above`. Rows of a sheet are as wide as
/// the sheet, so none of them is ragged.
pub(super) fn rows(sheet: &[SheetRow], above: usize, into: &mut Rows) {
    let mut last = above;
    for row in sheet {
        into.add_blank(row.number.saturating_sub(last + 1));
        last = row.number;
        let at = At {
            line: row.number,
            row: row.number,
            object: "",
        };
        into.add(at, |column| {
            Raw::Text(row.cells.get(column).map_or(b"", |cell| cell.as_bytes()))
        });
    }
}
