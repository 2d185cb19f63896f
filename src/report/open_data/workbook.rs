//! The workbook: the tables in, the bytes of `results.xlsx` out. A cover, then one table a
//! sheet: header in the first row and frozen, real numbers, symbols as text, no merged
//! cells, no formula. The same tables give the same bytes: no clock is read.

use super::cells::{Cell, inert};
use super::describe::{INERT, beside};
use super::{Head, Kind, Table};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Table as Framed, TableColumn, TableStyle,
    Workbook, Worksheet, XlsxError,
};

/// The most letters that a cell of a workbook holds.
const LONGEST_CELL: usize = 32_767;
/// Widths of columns, in letters.
const NARROWEST: usize = 9;
const WIDEST: usize = 60;
/// How closely it is packed, from 1 to 9.
const PACKED: u8 = 2;
/// What `definition` says in the sheets.
const DEFINITION: &str = "national: by the nation's definition. local: by the council's own, on a \
    row of its own only where that gives something else, and for the council's own items.";
/// The long table holds the figures of all the others once more, and is left to CSV.
const LEFT_OUT: &str = "figures";

/// The workbook of a council.
pub(super) fn bytes(head: &Head, tables: &[Table]) -> Vec<u8> {
    made(head, tables).expect("names, sizes and texts of all sheets are within a workbook's limits")
}

fn made(head: &Head, tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let tables: Vec<&Table> = tables
        .iter()
        .filter(|table| table.name != LEFT_OUT)
        .collect();
    let mut book = Workbook::new();
    // A save under a watch waits for it, and packing it closely takes longer than all the rest of it.
    book.set_zip_compression_level(PACKED);
    let title = format!("Social work health check: {}", head.name);
    book.set_properties(
        &DocProperties::new()
            .set_title(short(&inert(&title), 200))
            .set_subject("Every published figure, one table a sheet")
            .set_author("")
            .set_creation_datetime(&day(head.as_of)?),
    );
    cover(book.add_worksheet(), head, &title, &tables)?;
    for table in tables {
        sheet(book.add_worksheet(), table)?;
    }
    book.save_to_buffer()
}

/// The as-of date as the day of making: a date that is the same in every run.
fn day(as_of: &str) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::parse_from_str(as_of).or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))
}

fn cover(
    sheet: &mut Worksheet,
    head: &Head,
    title: &str,
    tables: &[&Table],
) -> Result<(), XlsxError> {
    sheet.set_name("cover")?;
    let heading = Format::new().set_bold().set_font_size(16);
    let label = Format::new().set_bold().set_align(FormatAlign::Top);
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 90)?;
    sheet.write_string_with_format(0, 0, cut(&inert(title)), &heading)?;
    let symbols = head.symbols.iter().map(|(symbol, meaning)| {
        (
            symbol.clone(),
            format!("In the place of a figure: {meaning}"),
        )
    });
    let said = [
        ("Covers", head.covers.to_owned()),
        ("As of", head.as_of_words.to_owned()),
        ("Code", head.code.to_owned()),
        ("National core, edition", head.edition.to_owned()),
        ("Made with", head.program.to_owned()),
        ("Note", head.not_a_rating.to_owned()),
        ("Definition", DEFINITION.to_owned()),
        ("Texts", INERT.to_owned()),
        ("Also", beside()),
    ];
    let said = said
        .into_iter()
        .map(|(label, words)| (label.to_owned(), words));
    let sheets = tables
        .iter()
        .map(|table| (format!("Sheet {}", table.name), table.title.to_owned()));
    for (row, (name, text)) in (2..).zip(said.chain(symbols).chain(sheets)) {
        sheet.write_string_with_format(row, 0, cut(&inert(&name)), &label)?;
        sheet.write_string_with_format(row, 1, cut(&inert(&text)), &words)?;
    }
    sheet.set_portrait().set_print_fit_to_pages(1, 0);
    Ok(())
}

fn sheet(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(table.name)?;
    let header = Format::new().set_bold();
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, column.name, &header)?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (at, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) | Cell::Symbol(text) => {
                    sheet.write_string(row, at, cut(text))?;
                }
                Cell::Number(number) => {
                    sheet.write_number(row, at, *number)?;
                }
                Cell::Flag(flag) => {
                    sheet.write_string(row, at, if *flag { "yes" } else { "no" })?;
                }
            }
        }
    }
    for (at, width) in (0..).zip(widths(table)) {
        sheet.set_column_width(at, u32::try_from(width).unwrap_or(u32::MAX))?;
    }
    framed(sheet, table)?;
    sheet
        .set_freeze_panes(1, 0)?
        .set_repeat_rows(0, 0)?
        .set_landscape()
        .set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Makes the cells a table with a name and a description, so that it is read aloud as one.
/// A table needs a row.
fn framed(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let (Ok(last_row), Some(last_column)) = (
        u32::try_from(table.rows.len()),
        table.columns.len().checked_sub(1),
    ) else {
        return Ok(());
    };
    if last_row == 0 {
        return Ok(());
    }
    let columns: Vec<TableColumn> = table
        .columns
        .iter()
        .map(|column| TableColumn::new().set_header(column.name))
        .collect();
    let frame = Framed::new()
        .set_name(format!("table_{}", table.name))
        .set_alt_text_title(table.title)
        .set_alt_text(table.title)
        .set_style(TableStyle::Light1)
        .set_columns(&columns);
    let last_column = u16::try_from(last_column).unwrap_or(u16::MAX);
    sheet.add_table(0, 0, last_row, last_column, &frame)?;
    Ok(())
}

/// So wide that what stands in a column can be read, within reason.
fn widths(table: &Table) -> Vec<usize> {
    let mut widths: Vec<usize> = table
        .columns
        .iter()
        // Beside a header stands the button of its filter.
        .map(|column| column.name.len() + 4)
        .collect();
    for row in &table.rows {
        for (width, (cell, column)) in widths.iter_mut().zip(row.iter().zip(&table.columns)) {
            let letters = match cell {
                Cell::Text(text) | Cell::Symbol(text) => text.chars().take(WIDEST).count(),
                Cell::Number(number) => number.to_string().len(),
                Cell::Empty | Cell::Flag(_) => 0,
            };
            // Dates are text of ten letters in a proportional type.
            let spare = usize::from(column.kind == Kind::Date);
            *width = (*width).max(letters + spare);
        }
    }
    widths
        .into_iter()
        .map(|width| width.clamp(NARROWEST, WIDEST))
        .collect()
}

/// No longer than a cell can be; what is cut ends in `…`.
fn cut(text: &str) -> String {
    short(text, LONGEST_CELL)
}

fn short(text: &str, most: usize) -> String {
    // A workbook counts in units of UTF-16, of which there are no more than bytes.
    if text.len() <= most || text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut room = most - 1;
    let mut kept: String = text
        .chars()
        .take_while(|character| {
            let fits = character.len_utf16() <= room;
            room = room.saturating_sub(character.len_utf16());
            fits
        })
        .collect();
    kept.push('…');
    kept
}
