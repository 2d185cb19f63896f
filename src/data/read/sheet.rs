//! The rows of a workbook's sheet in, as texts; rows one by one, out.

use super::caps::{self, MOST_BLANK};
use super::column::Raw;
use super::faults::At;
use super::rows::Rows;
use crate::diagnostic::Diagnostic;

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

/// A cell as a spreadsheet names it: `AB7`. Columns are counted from 0, rows from 1.
pub(super) fn cell_name(column: usize, row: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{row}")
}

/// Rows of a sheet below its header, whose number is `above`. Rows of a sheet are as wide as
/// the sheet, so none of them is ragged.
///
/// # Errors
/// A cell far below the others.
pub(super) fn rows(
    sheet: &[SheetRow],
    above: usize,
    name: &str,
    into: &mut Rows,
) -> Result<(), Box<Diagnostic>> {
    let mut last = above;
    let mut blank = 0;
    for row in sheet {
        let gap = row.number.saturating_sub(last + 1);
        blank += gap;
        if blank > MOST_BLANK {
            let column = row.cells.iter().position(|cell| !cell.is_empty());
            let cell = cell_name(column.unwrap_or(0), row.number);
            return Err(caps::stray_cell(name, &cell, row.number, last + 1));
        }
        into.add_blank(gap);
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
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_the_name_that_a_spreadsheet_gives_it() {
        for (column, name) in [
            (0, "A7"),
            (25, "Z7"),
            (26, "AA7"),
            (701, "ZZ7"),
            (702, "AAA7"),
        ] {
            assert_eq!(cell_name(column, 7), name);
        }
        assert_eq!(cell_name(16_383, 1_048_576), "XFD1048576");
    }
}
