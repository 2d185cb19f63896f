//! What reading a file promises: forms, headers, kinds, faults.

mod faults;
mod forms;
mod laws;
mod likeness;

use super::Reading;
use crate::data::{Answer, Cell, Column, ColumnSpec, From, Kind, Policy, Table, TableSpec};
use crate::diagnostic::{Code, Diagnostics};
use crate::missing::Missing;
use crate::national::{ANSWERS, ColumnKind, UNSCORED_ANSWERS};
use crate::source::{Place, Source, Span, Spanned};
use std::sync::Arc;

const SCRIPT: &str = "table(\"survey\", #{ file: \"survey.csv\" });\ncolumns: #{ team: \"Team\" }";

fn place(text: &str) -> Place {
    let start = SCRIPT.find(text).expect("the text stands in the script");
    Source::new("check.rhai", SCRIPT).place(Span::new(start, start + text.len()))
}

fn spanned(text: &str) -> Spanned<String> {
    Spanned {
        value: text.to_owned(),
        place: place("file"),
    }
}

fn column(name: &str, from: From, kind: Kind) -> ColumnSpec {
    ColumnSpec {
        name: name.to_owned(),
        from,
        kind,
        wording: None,
        codes: Vec::new(),
        place: Some(place("\"Team\"")),
    }
}

fn same(name: &str, kind: ColumnKind) -> ColumnSpec {
    column(name, From::SameName, Kind::National(kind))
}

fn named(name: &str, header: &str, kind: Kind) -> ColumnSpec {
    column(name, From::Header(header.to_owned()), kind)
}

fn question(name: &str) -> ColumnSpec {
    let kind = Kind::Answers {
        scored: ANSWERS.map(str::to_owned).to_vec(),
        unscored: UNSCORED_ANSWERS.map(str::to_owned).to_vec(),
    };
    column(name, From::SameName, kind)
}

fn coded(mut column: ColumnSpec, codes: &[(&str, &str)]) -> ColumnSpec {
    column.codes = codes
        .iter()
        .map(|(local, national)| (spanned(local), spanned(national)))
        .collect();
    column
}

fn table(columns: Vec<ColumnSpec>) -> TableSpec {
    TableSpec {
        id: "survey".to_owned(),
        file: spanned("survey.csv"),
        sheet: None,
        columns,
        missing: vec!["Don't know".to_owned()],
        policy: Policy::Sheets,
        place: place("table"),
    }
}

fn read(spec: &TableSpec, name: &str, bytes: &[u8]) -> (Arc<Table>, Diagnostics) {
    let Reading { table, faults, .. } = super::read(spec, name, bytes);
    (table, faults)
}

fn headers(name: &str, bytes: &[u8]) -> Result<Vec<String>, Diagnostics> {
    super::headers(&table(Vec::new()), name, bytes).map(|headers| headers.names)
}

/// Reads a file that must have no fault.
fn sound(columns: Vec<ColumnSpec>, name: &str, text: impl AsRef<[u8]>) -> Arc<Table> {
    let (table, faults) = read(&table(columns), name, text.as_ref());
    assert!(faults.is_empty(), "{faults}");
    check_lengths(&table);
    table
}

/// Reads a file and gives its faults, painted.
fn faulty(columns: Vec<ColumnSpec>, text: &str) -> (Arc<Table>, Vec<Code>, String) {
    let (table, faults) = read(&table(columns), "data/survey.csv", text.as_bytes());
    check_lengths(&table);
    (table, codes(&faults), faults.with_values().to_string())
}

fn codes(faults: &Diagnostics) -> Vec<Code> {
    faults.iter().map(|fault| fault.code).collect()
}

fn check_lengths(table: &Table) {
    for (name, column) in &table.columns {
        assert_eq!(column.len(), table.len, "{name}");
    }
}

fn cells(table: &Table, name: &str) -> Vec<Cell> {
    (0..table.len).map(|row| table.cell(name, row)).collect()
}

fn words(text: &str) -> Cell {
    Cell::Words(text.into())
}

const NONE: Cell = Cell::Missing(Missing::NotAvailable);
