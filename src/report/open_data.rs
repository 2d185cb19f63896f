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
use super::finished::{Finished, Standing};
use crate::attack::Sight;
use crate::digest::of_value;
use crate::publication::{Figure, Publication};
use cells::Cell;

/// The folder of the tables, in a council's folder.
const FOLDER: &str = "data";

/// A table, ready for any form.
struct Table<'p> {
    /// `scores`: the file is `data/scores.csv`, the sheet "scores".
    name: &'static str,
    /// What it holds, in a line.
    title: &'static str,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell<'p>>>,
}

/// A column of a table.
#[derive(Hash)]
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
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Text,
    Date,
    Number,
    Figure,
    Flag,
}

/// What the files of open data say of the publication beside its tables.
#[derive(Hash)]
#[cfg_attr(
    not(feature = "workbooks"),
    allow(dead_code, reason = "the workbook alone says some of it")
)]
struct Head<'p> {
    name: &'p str,
    covers: &'p str,
    code: &'p str,
    as_of: &'p str,
    as_of_words: &'p str,
    edition: &'p str,
    program: &'p str,
    not_a_rating: &'p str,
    symbols: &'p [(String, String)],
}

impl<'p> Head<'p> {
    fn of(publication: &'p Publication) -> Self {
        let council = &publication.council;
        Self {
            name: &council.name,
            covers: &council.covers,
            code: &council.code,
            as_of: &council.as_of,
            as_of_words: &council.as_of_words,
            edition: &publication.edition,
            program: &publication.program,
            not_a_rating: &publication.not_a_rating,
            symbols: &publication.symbols,
        }
    }
}

/// Every file of open data but `results.json` itself; as they stand, if they were made of the
/// same before.
pub(super) fn pages(
    publication: &Publication,
    before: &Finished,
    standing: &Standing,
) -> Vec<Page> {
    // All that is published but the sums of the files behind it, which no table holds.
    let key = || of_value(&Sight::of(publication));
    before.data("tables", key, standing, || {
        let (head, tables) = (&Head::of(publication), &tables::tables(publication));
        let described = || described(head, tables);
        let key = || describe::key(head, tables);
        let described = before.data("descriptions", key, standing, described);
        files(head, tables, described)
    })
}

/// What the tables are, for machines: without a row of them.
fn described(head: &Head, tables: &[Table]) -> Vec<Page> {
    vec![
        page("csv-metadata.json", describe::csv_on_the_web(head, tables)),
        page("datapackage.json", describe::data_package(head, tables)),
    ]
}

#[cfg_attr(
    not(feature = "xlsx"),
    allow(unused_variables, reason = "the workbook alone has a head")
)]
fn files(head: &Head, tables: &[Table], described: Vec<Page>) -> Vec<Page> {
    let mut pages: Vec<Page> = tables
        .iter()
        .map(|table| page(&table.file(), csv::text(table)))
        .collect();
    pages.extend(described);
    #[cfg(feature = "xlsx")]
    pages.push(Page {
        path: "results.xlsx".to_owned(),
        bytes: workbook::bytes(head, tables),
    });
    pages
}

fn page(name: &str, text: String) -> Page {
    super::page(&format!("{FOLDER}/{name}"), text)
}

impl Table<'_> {
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
fn of(figure: Option<&Figure>) -> Cell<'_> {
    figure.map_or(Cell::Empty, Cell::figure)
}
