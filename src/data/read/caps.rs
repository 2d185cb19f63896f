//! How much a table may hold, whatever the form of its file; and the faults of one that holds
//! more. A file is as little trusted as a script: what it holds is measured before it is kept.

use super::sums::row_place;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};

/// Columns of a table.
pub(crate) const MOST_COLUMNS: usize = 2_000;

/// Rows of a table: a nation's answers over many years.
pub(crate) const MOST_ROWS: usize = 50_000_000;

/// Blank rows between others: a byte of a file is a row of all its columns.
pub(crate) const MOST_BLANK: usize = 1_000_000;

/// Cells that a workbook may unfold to, blank ones between others counted: 200,000 rows of
/// 25 columns.
#[cfg(any(test, feature = "workbooks"))]
pub(crate) const MOST_CELLS: usize = 5_000_000;

/// Bytes of the texts in a workbook's cells, each counted wherever it stands: 26 letters in each of
/// as many cells as it may have.
#[cfg(any(test, feature = "workbooks"))]
pub(crate) const MOST_TEXT: usize = 128 << 20;

/// The same of an XLS or ODS, which are unfolded as a whole before any sheet is read.
#[cfg(any(test, feature = "workbooks"))]
pub(crate) const MOST_TEXT_AT_ONCE: usize = 64 << 20;

/// Sheets of a workbook.
#[cfg(any(test, feature = "workbooks"))]
pub(crate) const MOST_TABS: usize = 1_000;

/// Sheets that totals may stand for: more than there are social workers by far.
pub(crate) const MOST_SHEETS: u64 = 2_000_000;

/// Bytes of one cell that is read: what a cell of Excel holds.
pub(crate) const LONGEST_CELL: usize = 32_767;

/// Bytes of one line of delimited text.
pub(crate) const LONGEST_LINE: usize = 1 << 20;

/// More columns than a table may have; the place is the card that names the file.
pub(super) fn too_many_columns(place: &Place, name: &str) -> Box<Diagnostic> {
    too_large(
        place,
        format!(
            "`{name}` has more than {} thousand columns",
            MOST_COLUMNS / 1_000
        ),
    )
}

/// A line that no table has.
pub(super) fn line_too_long(place: &Place, name: &str, line: usize) -> Box<Diagnostic> {
    let most = LONGEST_LINE >> 20;
    too_large(
        place,
        format!("line {line} of `{name}` is longer than {most} MB"),
    )
}

/// More rows than a table may have.
pub(super) fn too_many_rows(name: &str) -> Diagnostic {
    too_large(
        &Source::unread(name).whole(),
        format!(
            "`{name}` has more than {} million rows, or {} million blank ones between them",
            MOST_ROWS / 1_000_000,
            MOST_BLANK / 1_000_000
        ),
    )
    .note("rows beyond are not read")
}

/// A cell that makes a sheet's table taller than any is; the first blank row above it.
pub(super) fn stray_cell(name: &str, cell: &str, row: usize, blank: usize) -> Box<Diagnostic> {
    let millions = MOST_BLANK / 1_000_000;
    Diagnostic::new(
        Code::DataTooLarge,
        Source::excerpt(name, row, cell).place(Span::new(0, cell.len())),
        format!("cell {cell} of `{name}` stands far below the table, with more than {millions} million blank rows between"),
    )
    .label("far below the table")
    .note("blank rows between others are rows of which nothing is known, so that one cell makes the table as tall as the sheet")
    .help(format!("delete all rows from {blank} on (in a spreadsheet: mark them and choose Delete Rows), and save it"))
    .into()
}

/// A file that is too large to be read as a whole, and from this row on, if it is known, not as
/// plain as one must be that is read block by block.
pub(super) fn not_plain(name: &str, row: Option<usize>) -> Diagnostic {
    let (place, what) = match row {
        Some(row) => (row_place(name, row), format!("row {row} of `{name}`")),
        None => (Source::unread(name).whole(), format!("`{name}`")),
    };
    let message = format!("{what} is not as plain as so large a file must be");
    Diagnostic::new(Code::DataTooLarge, place, message)
        .label("reading stopped here")
        .note("so large a file is read block by block: as UTF-8, its header among the first rows, as many cells in each row as in the header, no line end within quotes, nothing at fault")
        .help("put this right and run it again; or save the columns that the check needs, and the rows of one year, to a file of their own")
}

/// A cell that is too long to be a value.
pub(super) fn cell_too_long(name: &str, line: usize, header: &str) -> Diagnostic {
    Diagnostic::new(
        Code::DataTooLarge,
        Source::excerpt(name, line, header).whole(),
        format!("a cell holds more than {LONGEST_CELL} bytes"),
    )
    .label("in this column")
}

fn too_large(place: &Place, message: String) -> Box<Diagnostic> {
    Diagnostic::new(Code::DataTooLarge, place.clone(), message)
        .label("left alone")
        .help("keep the columns that the check needs, and the rows of one year")
        .into()
}
