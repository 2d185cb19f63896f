//! The bytes of a workbook in (XLSX, XLS, ODS); its sheets, each cell as the text that a
//! spreadsheet shows, out. What a workbook would unfold to is measured before it is unfolded.

mod bounds;
#[cfg(test)]
mod tests;
mod texts;

use super::caps::{MOST_CELLS, MOST_TEXT};
use super::decode::spaces;
use super::sheet::{SheetRow, cell_name};
use calamine::{
    Cell, Data, DataRef, DataType, Ods, Range, Reader, SheetType, SheetVisible, Xls, Xlsx,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use texts::text;

/// Parts as a packed workbook has them, for those who try what becomes of strange ones.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn packed(parts: &[(String, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    use zip::write::SimpleFileOptions;
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        // A name that cannot be packed is left out.
        if out.start_file(name.as_str(), stored).is_ok() {
            let _ = out.write_all(bytes);
        }
    }
    out.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// Which program's workbook it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Xlsx,
    Xls,
    Ods,
}

impl Form {
    /// By the extension of its name, in lower case.
    pub(super) fn of(extension: &str) -> Option<Self> {
        match extension {
            "xlsx" | "xlsm" => Some(Form::Xlsx),
            "xls" => Some(Form::Xls),
            "ods" => Some(Form::Ods),
            _ => None,
        }
    }
}

/// Why a workbook is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotRead {
    /// Another kind of file, whatever its name says.
    OtherForm,
    /// Locked with a password.
    Locked,
    /// Broken, or not as its form wants it.
    Damaged,
    /// What it says cannot be so, in words that follow its name.
    Contradicts(String),
    /// It would unfold to more than is unfolded.
    TooLarge(Beyond),
}

/// What a workbook has too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    /// Parts, or bytes of them all.
    Parts,
    /// Cells.
    Cells,
    /// Bytes of the texts in its cells; so many are the most.
    Text(usize),
    /// Sheets.
    Sheets,
}

/// A workbook, opened.
pub(super) struct Workbook<'b> {
    inner: Inner<'b>,
    /// The names of the sheets that hold cells and are not hidden.
    pub names: Vec<String>,
    so_far: SoFar,
}

/// What was unfolded of a workbook.
#[derive(Debug, Clone, Copy, Default)]
struct SoFar {
    cells: usize,
    /// Bytes of texts.
    text: usize,
}

enum Inner<'b> {
    Xlsx(Xlsx<Cursor<&'b [u8]>>),
    Xls(Xls<Cursor<&'b [u8]>>),
    Ods(Ods<Cursor<&'b [u8]>>),
}

impl<'b> Workbook<'b> {
    /// Opens a workbook.
    ///
    /// # Errors
    /// Why it is not read.
    pub(super) fn open(form: Form, bytes: &'b [u8]) -> Result<Self, NotRead> {
        bounds::check(form, bytes)?;
        let inner = guarded(|| {
            let bytes = Cursor::new(bytes);
            match form {
                Form::Xlsx => Xlsx::new(bytes).ok().map(Inner::Xlsx),
                Form::Xls => Xls::new(bytes).ok().map(Inner::Xls),
                Form::Ods => Ods::new(bytes).ok().map(Inner::Ods),
            }
        })?;
        let sheets = match &inner {
            Inner::Xlsx(book) => book.sheets_metadata(),
            Inner::Xls(book) => book.sheets_metadata(),
            Inner::Ods(book) => book.sheets_metadata(),
        };
        let names = sheets
            .iter()
            .filter(|sheet| {
                sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
            })
            .map(|sheet| sheet.name.clone())
            .collect();
        Ok(Self {
            inner,
            names,
            so_far: SoFar::default(),
        })
    }

    /// The rows of one of its sheets that have something in them.
    ///
    /// # Errors
    /// A sheet that is broken, or one cell or one text too many in all the sheets that were read.
    pub(super) fn rows(&mut self, name: &str) -> Result<Vec<SheetRow>, NotRead> {
        let mut rows = Gathered {
            rows: BTreeMap::new(),
            so_far: self.so_far,
        };
        match &mut self.inner {
            Inner::Xlsx(book) => guarded(|| Some(streamed(book, name, &mut rows)))??,
            Inner::Xls(book) => of_range(&guarded(|| book.worksheet_range(name).ok())?, &mut rows)?,
            Inner::Ods(book) => of_range(&guarded(|| book.worksheet_range(name).ok())?, &mut rows)?,
        }
        self.so_far = rows.so_far;
        Ok(rows
            .rows
            .into_iter()
            .map(|(row, cells)| SheetRow {
                number: row as usize + 1,
                cells,
            })
            .collect())
    }
}

/// The reader's own panics on files that are not as they should be are faults of the file.
fn guarded<T>(read: impl FnOnce() -> Option<T>) -> Result<T, NotRead> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or(None)
        .ok_or(NotRead::Damaged)
}

/// The cells of a sheet so far, by row.
struct Gathered {
    rows: BTreeMap<u32, Vec<String>>,
    so_far: SoFar,
}

impl Gathered {
    /// Takes a cell in; its text is counted before it is copied, and looked at no further if it is
    /// one too many: a text that is kept once may stand in millions of cells.
    fn put(&mut self, row: u32, column: u32, text: Cow<'_, str>) -> Result<(), NotRead> {
        self.so_far.text += text.len();
        if self.so_far.text > MOST_TEXT {
            return Err(NotRead::TooLarge(Beyond::Text(MOST_TEXT)));
        }
        if text.trim().is_empty() {
            return Ok(());
        }
        let cells = self.rows.entry(row).or_default();
        let (at, wanted) = (column as usize, column as usize + 1);
        if cells.len() < wanted {
            self.so_far.cells += wanted - cells.len();
            if self.so_far.cells > MOST_CELLS {
                return Err(NotRead::TooLarge(Beyond::Cells));
            }
            cells.resize(wanted, String::new());
        }
        if !cells[at].is_empty() {
            let cell = cell_name(at, row as usize + 1);
            return Err(NotRead::Contradicts(format!(
                "has two cells {cell} in one sheet"
            )));
        }
        cells[at] = text.into_owned();
        Ok(())
    }
}

/// An XLSX sheet cell by cell, so that what it says of its size does not matter.
fn streamed(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    into: &mut Gathered,
) -> Result<(), NotRead> {
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|_| NotRead::Damaged)?;
    let shares: Vec<bool> = cells
        .styles()
        .iter()
        .map(|style| {
            let format = style.number_format.as_ref();
            format.is_some_and(|format| texts::is_share(&format.format_code))
        })
        .collect();
    while let Some((cell, style)) = cells
        .next_cell_with_style_id()
        .map_err(|_| NotRead::Damaged)?
    {
        let (row, column) = cell.get_position();
        let share = shares.get(style) == Some(&true);
        into.put(row, column, shown(&cell, share))?;
    }
    Ok(())
}

/// The text of a cell; `share` if its format shows numbers as percentages.
fn shown<'t>(cell: &'t Cell<DataRef<'_>>, share: bool) -> Cow<'t, str> {
    match cell.get_value() {
        DataRef::SharedString(text) => spaces(text),
        DataRef::String(text) => spaces(text),
        value => {
            let value: Data = value.clone().into();
            let number = value.as_f64().filter(|_| share && value.is_float());
            let text = number.map_or_else(|| text(&value).into_owned(), texts::share);
            Cow::Owned(text)
        }
    }
}

fn of_range(range: &Range<Data>, into: &mut Gathered) -> Result<(), NotRead> {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
        let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
        into.put(row, column, text(value))?;
    }
    Ok(())
}
