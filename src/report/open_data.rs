//! Open data: a publication in, tables out, as CSV with its descriptions and as a workbook.
//!
//! In: a [`Publication`], which holds cleared figures alone. Out: [`pages`], beside
//! `results.json` and made from nothing else. Every figure is a number in a column of
//! numbers, or a symbol in a column of symbols beside it.

mod cells;
mod csv;
mod describe;
mod figures;
mod readings;
mod scores;
mod tables;
#[cfg(feature = "xlsx")]
mod workbook;

use super::Page;
use crate::publication::{Figure, Publication};
use cells::Cell;

/// The folder of the tables, in a council's folder.
const FOLDER: &str = "data";

/// A table, ready for any form.
struct Table {
    /// `scores`: the file is `data/scores.csv`, the sheet "scores".
    name: &'static str,
    /// What it holds, in a line.
    title: &'static str,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

/// A column of a table.
struct Column {
    name: &'static str,
    kind: Kind,
    /// What it holds, in a line.
    says: &'static str,
    /// Whether it is one of those by which a row is known.
    key: bool,
}

/// What a column holds. A figure is two columns in CSV: the number, and the symbol that
/// stands in its place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Date,
    Number,
    Figure,
    Flag,
}

/// Every file of open data but `results.json` itself.
pub(super) fn pages(publication: &Publication) -> Vec<Page> {
    let tables = tables::tables(publication);
    let mut pages: Vec<Page> = tables
        .iter()
        .map(|table| page(&table.file(), csv::text(table)))
        .collect();
    pages.push(page(
        "csv-metadata.json",
        describe::csv_on_the_web(publication, &tables),
    ));
    pages.push(page(
        "datapackage.json",
        describe::data_package(publication, &tables),
    ));
    #[cfg(feature = "xlsx")]
    pages.push(Page {
        path: "results.xlsx".to_owned(),
        bytes: workbook::bytes(publication, &tables),
    });
    pages
}

fn page(name: &str, text: String) -> Page {
    super::page(&format!("{FOLDER}/{name}"), text)
}

impl Table {
    fn file(&self) -> String {
        format!("{}.csv", self.name)
    }
}

/// A column that helps to know a row.
const fn key(name: &'static str, says: &'static str) -> Column {
    Column {
        key: true,
        ..column(name, Kind::Text, says)
    }
}

const fn column(name: &'static str, kind: Kind, says: &'static str) -> Column {
    Column {
        name,
        kind,
        says,
        key: false,
    }
}

const fn text(name: &'static str, says: &'static str) -> Column {
    column(name, Kind::Text, says)
}

const fn figure(name: &'static str, says: &'static str) -> Column {
    column(name, Kind::Figure, says)
}

/// A cell of a figure that may not be there.
fn of(figure: Option<&Figure>) -> Cell {
    figure.map_or(Cell::Empty, Cell::figure)
}
