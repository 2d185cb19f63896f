//! Bytes of a file in, a typed table and its faults out.
//!
//! A table is read in one go: the text is decoded, the header says which column is which,
//! and each cell goes straight into its typed column. No row is kept as text.

mod account;
mod blocks;
pub(crate) mod caps;
#[cfg(feature = "workbooks")]
mod choose;
mod column;
mod decode;
mod delimited;
mod exports;
mod far_out;
mod faults;
mod file;
mod foot;
mod grid;
mod header;
mod json;
mod lead;
mod likeness;
mod meaning;
mod plain;
mod replaced;
mod rows;
mod sheet;
mod sums;
#[cfg(test)]
mod tests;
mod totals;
mod twice;
mod whole;
#[cfg(feature = "workbooks")]
mod workbook;
#[cfg(all(feature = "workbooks", any(test, feature = "fuzzing")))]
pub(crate) use workbook::packed;

use super::{Answer, Column, ColumnSpec, From, Kind, Policy, Table, TableSpec};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::national::ColumnKind;
use crate::source::Source;
pub use account::{Account, LeftOut};
pub use blocks::{InBlocks, Incoming, read_in_blocks};
#[cfg(feature = "workbooks")]
pub use choose::sheets;
use column::Builder;
pub(crate) use decode::is_utf16;
use faults::Said;
pub(crate) use faults::form_of;
use file::File;
pub use file::is_delimited;
use foot::Foot;
use grid::Grid;
use header::Header;
pub use likeness::Likeness;
pub(crate) use meaning::fold as fold_cell;
use meaning::{Meaning, Rules};
use rows::Rows;
use std::collections::BTreeMap;
use std::sync::Arc;
pub(crate) use twice::is_a_persons_number;
pub use whole::whole;

/// Rows of people beyond which no council has practitioners or answers. Rows are looked at beside each
/// other up to these, which needs the text of all.
const MOST_PEOPLE: usize = 5_000;

/// The names of a workbook's sheets: none, since this program reads no workbooks.
#[cfg(not(feature = "workbooks"))]
pub fn sheets(_name: &str, _bytes: &[u8]) -> Vec<String> {
    Vec::new()
}

/// What a data file says of itself before its rows are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// Its headers as it spells them, blank ones left out.
    pub names: Vec<String>,
    /// The wanted columns that it has: name → header as the file spells it.
    pub columns: BTreeMap<String, String>,
    /// Headers that a survey tool adds to every export, and that nothing here wants.
    pub extra: Vec<String>,
    /// How the file was taken where that goes without saying to a person and not to a
    /// program: which sheet, which row for a header, which tool's export. One sentence each,
    /// without a full stop.
    pub told: Vec<String>,
    /// Whether they look like headers; only then may they be shown.
    pub likeness: Likeness,
}

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its table, with columns of equal length. Where the faults hold an error, cells at
    /// fault are not available in it and it is not to be used.
    pub table: Arc<Table>,
    /// What it says of itself; `None` if it cannot be read at all.
    pub headers: Option<Headers>,
    /// What is wrong with it.
    pub faults: Diagnostics,
    /// How its rows add up.
    pub account: Account,
}

/// The headers of the file of a table: of delimited text or a sheet, the row that names most
/// of the wanted columns; of a `.json` the names of all entries. `name` is the file's path as
/// the reader should see it.
///
/// # Errors
/// A file in another form, one that is no text, and an empty one ([`Code::FileFormat`]);
/// a header whose quote is never closed ([`Code::UnclosedQuote`]); a workbook whose sheet is
/// not known ([`Code::UnknownSheet`], [`Code::WhichSheet`]) or that is too large
/// ([`Code::WorkbookTooLarge`]).
pub fn headers(spec: &TableSpec, name: &str, bytes: &[u8]) -> Result<Headers, Diagnostics> {
    if spec.policy == Policy::Totals {
        // Which questions it has is told by its rows.
        let reading = totals::read(spec, name, bytes);
        return reading.headers.ok_or(reading.faults);
    }
    let fault = |fault: Box<Diagnostic>| Diagnostics::from(*fault);
    let file = File::open(spec, name, bytes).map_err(fault)?;
    let grid = Grid::of(&file, spec, name).map_err(fault)?;
    Ok(told_by(&grid.header, &grid.told, spec))
}

fn told_by(header: &Header, told: &[String], spec: &TableSpec) -> Headers {
    let names = &header.names;
    let columns = read_from(header, spec);
    let found = exports::recognise(spec, names, &columns);
    let told = told.iter().cloned().chain(found.told).collect();
    let filled = names.iter().filter(|name| !name.is_empty());
    Headers {
        names: filled.cloned().collect(),
        likeness: Likeness::of(header, spec, &columns),
        columns,
        extra: found.extra,
        told,
    }
}

/// The wanted columns that a file has, each with the header that it is read from.
fn read_from(header: &Header, spec: &TableSpec) -> BTreeMap<String, String> {
    let columns = spec.columns.iter();
    let found = columns.filter_map(|column| {
        let index = header.first(column)?;
        Some((column.name.clone(), header.names[index].clone()))
    });
    found.collect()
}

/// Reads a table.
pub fn read(spec: &TableSpec, name: &str, bytes: &[u8]) -> Reading {
    if spec.policy == Policy::Totals {
        return totals::read(spec, name, bytes);
    }
    let mut faults = Diagnostics::new();
    let mut rows = Rows::of(spec);
    let (headers, foot) = match fill(spec, name, bytes, &mut rows, &mut faults) {
        Ok((headers, foot)) => (Some(headers), foot),
        Err(fault) => {
            faults.push(*fault);
            (None, Vec::new())
        }
    };
    finished(spec, name, rows, faults, (headers, &foot))
}

/// A table of a file that is refused for these faults: no rows.
pub fn refused(spec: &TableSpec, name: &str, faults: Diagnostics) -> Reading {
    finished(spec, name, Rows::default(), faults, (None, &Foot::new()))
}

/// The table of rows that are all in, with what the file says of itself and what stands below
/// its rows.
fn finished(
    spec: &TableSpec,
    name: &str,
    rows: Rows<'_>,
    mut faults: Diagnostics,
    (headers, foot): (Option<Headers>, &Foot),
) -> Reading {
    let mut account = Account::default();
    for (_, why) in foot {
        account.leave_out(*why, 1);
    }
    let last = rows.last();
    let numbers = match sums::may_be_among(spec) {
        true => rows.numbers(),
        false => Vec::new(),
    };
    let (len, mut columns, more) = rows.finish(name, &Said::by(spec), &mut account);
    faults.extend(more);
    if let Some(warning) = sums::left_out(foot, &account, name) {
        faults.push(warning);
    }
    if len == 0 && !faults.has_errors() {
        faults.push(
            Diagnostic::new(
                Code::NoRows,
                Source::unread(name).whole(),
                format!("`{name}` has a header and no rows"),
            )
            .note("what rests on this table is not rated")
            .help("check that the right file, and the right sheet of it, was saved here"),
        );
    }
    for column in &spec.columns {
        match constant(spec, column, len) {
            Ok(None) => {}
            Ok(Some(filled)) => columns.push((column.name.clone(), filled)),
            Err(fault) => faults.push(*fault),
        }
    }
    let table = Table {
        brought: true,
        here: true,
        id: spec.id.clone(),
        policy: spec.policy,
        len,
        columns: columns.into_iter().collect(),
        known: spec
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect(),
    };
    if let Some(fault) = sums::of(spec, &table, name, last) {
        // A sum is beyond all that it sums up.
        let others = faults.into_iter();
        faults = others
            .filter(|one| one.code != Code::NumberFarOut)
            .collect();
        faults.push(fault);
    } else {
        for fault in sums::among(spec, &table, name, |row| numbers[row]) {
            faults.push(fault);
        }
    }
    Reading {
        table: Arc::new(table),
        headers,
        faults,
        account,
    }
}

/// Fills the rows; gives what the file says of itself, and what stands below its rows.
fn fill<'s>(
    spec: &'s TableSpec,
    name: &str,
    bytes: &[u8],
    rows: &mut Rows<'s>,
    faults: &mut Diagnostics,
) -> Result<(Headers, Foot), Box<Diagnostic>> {
    let file = File::open(spec, name, bytes)?;
    let grid = Grid::of(&file, spec, name)?;
    let header = &grid.header;
    let headers = told_by(header, &grid.told, spec);
    if header.names.is_empty() {
        return Ok((headers, grid.foot));
    }
    if header.names.len() > caps::MOST_COLUMNS {
        return Err(caps::too_many_columns(&spec.file.place, name));
    }
    want(spec, header, name, rows, faults);
    faults.extend(grid.rows(name, rows)?);
    faults.extend(beside_each_other(
        &grid,
        spec,
        rows,
        (name, headers.likeness),
    ));
    Ok((headers, grid.foot))
}

/// What is told of so many rows only when they are seen beside each other.
fn beside_each_other(
    grid: &Grid<'_>,
    spec: &TableSpec,
    rows: &Rows<'_>,
    (name, likeness): (&str, Likeness),
) -> Diagnostics {
    let twice = twice::of(grid, spec, rows, (name, likeness));
    twice
        .into_iter()
        .chain(far_out::of(grid, spec, rows, name))
        .chain(replaced::of(grid, spec, rows, name))
        .collect()
}

/// Adds the columns that are wanted and that the file has.
fn want<'s>(
    spec: &'s TableSpec,
    header: &Header,
    name: &str,
    rows: &mut Rows<'s>,
    faults: &mut Diagnostics,
) {
    for column in &spec.columns {
        match header.column(spec, column, name) {
            Ok(None) => {}
            Ok(Some(index)) => {
                let rules = Rules::new(column, &spec.missing);
                let builder = Builder::new(column, &header.names[index], rules);
                rows.want(&column.name, index, builder);
            }
            Err(fault) => faults.push(*fault),
        }
    }
}

/// A column that the script itself fills; `None` if it comes from the file.
fn constant(
    spec: &TableSpec,
    column: &ColumnSpec,
    len: usize,
) -> Result<Option<Column>, Box<Diagnostic>> {
    let text = match &column.from {
        From::Header(_) | From::SameName => return Ok(None),
        From::Number(number) if column.kind == Kind::Local && number.is_finite() => {
            return Ok(Some(Column::Number(same(Ok(*number), len))));
        }
        From::Number(number) => number.to_string(),
        From::Words(words) => words.clone(),
    };
    let missing = |reason| match &column.kind {
        Kind::National(ColumnKind::Number) => Column::Number(same(Err(reason), len)),
        Kind::Answers { scored, .. } => answers(scored, Answer::Blank, len),
        _ => Column::Words {
            words: Vec::new(),
            rows: same(Err(reason), len),
        },
    };
    Ok(Some(match Rules::plain(&column.kind).meaning(&text) {
        Meaning::Number(number) => Column::Number(same(Ok(number), len)),
        Meaning::Word(word) => Column::Words {
            words: vec![word],
            rows: same(Ok(0), len),
        },
        Meaning::Answer(answer) => match &column.kind {
            Kind::Answers { scored, .. } => answers(scored, answer, len),
            _ => return Err(not_for(spec, column, &text)),
        },
        Meaning::Missing(reason) => missing(reason),
        Meaning::Wrong(_) => return Err(not_for(spec, column, &text)),
    }))
}

/// The same entry in every row.
fn same<T: Clone, C: FromIterator<T>>(entry: T, len: usize) -> C {
    std::iter::repeat_n(entry, len).collect()
}

fn answers(scored: &[String], answer: Answer, len: usize) -> Column {
    Column::Answers {
        labels: scored.iter().map(|label| label.as_str().into()).collect(),
        rows: same(answer, len),
    }
}

/// A value in the script that its column cannot hold.
fn not_for(spec: &TableSpec, column: &ColumnSpec, text: &str) -> Box<Diagnostic> {
    let options = Rules::plain(&column.kind);
    let options = options.options();
    let wants = if options.is_empty() {
        "a number of 0 or more".to_owned()
    } else {
        format!("one of: {}", options.join(", "))
    };
    let place = column.place.as_ref().unwrap_or(&spec.file.place).clone();
    let code = if options.is_empty() {
        Code::NumberOutOfRange
    } else {
        Code::UnknownValue
    };
    Box::new(
        Diagnostic::new(
            code,
            place,
            format!("`{text}` is none of the values known for `{}`", column.name),
        )
        .label(
            crate::diagnostic::nearest(text, options.iter().copied())
                .map_or("not known".to_owned(), |near| {
                    format!("did you mean `{near}`?")
                }),
        )
        .help(format!("write {wants}")),
    )
}
