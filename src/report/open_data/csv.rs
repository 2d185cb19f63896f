//! A table as CSV: RFC 4180, UTF-8 without a byte order mark, one header, lines that end
//! in CR LF. A figure is two cells: its number, and the symbol in its place.

use super::cells::Cell;
use super::{Kind, Table};
use csv::{Terminator, WriterBuilder};

/// The text of a table's file.
pub(super) fn text(table: &Table) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    let never = "writing to memory cannot fail, and every row has a cell for each column";
    writer.write_record(headers(table)).expect(never);
    for row in &table.rows {
        writer.write_record(fields(table, row)).expect(never);
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

fn fields(table: &Table, row: &[Cell]) -> Vec<String> {
    let mut fields = Vec::new();
    for (column, cell) in table.columns.iter().zip(row) {
        let (value, symbol) = match cell {
            Cell::Empty => (String::new(), String::new()),
            Cell::Text(text) => (text.clone(), String::new()),
            // The shortest decimal that is this number.
            Cell::Number(number) => (number.to_string(), String::new()),
            Cell::Symbol(symbol) => (String::new(), symbol.clone()),
            Cell::Flag(flag) => (flag.to_string(), String::new()),
        };
        fields.push(value);
        if column.kind == Kind::Figure {
            fields.push(symbol);
        }
    }
    fields
}
