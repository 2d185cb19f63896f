//! A table as CSV: RFC 4180, UTF-8 without a byte order mark, one header, lines that end
//! in CR LF. A figure is two cells: its number, and the symbol in its place.

use super::cells::Cell;
use super::{Kind, Table};
use csv::{Terminator, WriterBuilder};
use std::fmt::Write;

/// The text of a table's file.
pub(super) fn text(table: &Table) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    let never = "writing to memory cannot fail, and every row has a cell for each column";
    writer.write_record(headers(table)).expect(never);
    let mut number = String::new();
    for row in &table.rows {
        for (column, cell) in table.columns.iter().zip(row) {
            let (value, symbol) = match cell {
                Cell::Empty => ("", ""),
                Cell::Text(text) => (&**text, ""),
                // The shortest decimal that is this number.
                Cell::Number(own) => {
                    number.clear();
                    write!(number, "{own}").expect(never);
                    (number.as_str(), "")
                }
                Cell::Symbol(symbol) => ("", &**symbol),
                Cell::Flag(true) => ("true", ""),
                Cell::Flag(false) => ("false", ""),
            };
            writer.write_field(value).expect(never);
            if column.kind == Kind::Figure {
                writer.write_field(symbol).expect(never);
            }
        }
        writer.write_record(None::<&[u8]>).expect(never);
    }
    let bytes = writer.into_inner().expect(never);
    String::from_utf8(bytes).expect("cells are UTF-8, and so is what joins them")
}

/// The name of the column of symbols beside a figure's.
pub(super) fn symbol_of(name: &str) -> String {
    format!("{name}_symbol")
}

fn headers(table: &Table) -> Vec<String> {
    let mut names = Vec::new();
    for column in &table.columns {
        names.push(column.name.to_owned());
        if column.kind == Kind::Figure {
            names.push(symbol_of(column.name));
        }
    }
    names
}
