//! Rows that sum up others: those left out of a table in, a warning out; a table whose last
//! row is the sum of all above it in, a fault out.

use super::account::{Account, LeftOut};
use crate::data::{Cell, Column, Table, TableSpec};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};
use std::collections::BTreeSet;

/// Rows above a last row that may be their sum: of fewer, chance makes sums.
const FEWEST_ROWS: usize = 3;

/// Rows above a last row of which one sum is enough, if the row says of nothing else what it is.
const MANY_ROWS: usize = 10;

/// Rows beyond which no table of records or of teams goes.
const MOST_RECORDS: usize = 100_000;

/// The warning that totals or notes were left out of a file.
pub(super) fn left_out(
    foot: &[(usize, LeftOut)],
    account: &Account,
    file: &str,
) -> Option<Diagnostic> {
    let (row, why) = foot.iter().find(|(_, why)| *why != LeftOut::Blank)?;
    let more = foot
        .iter()
        .filter(|(_, why)| *why != LeftOut::Blank)
        .count()
        - 1;
    let others = match more {
        0 => String::new(),
        1 => ", and so is 1 more row below it".to_owned(),
        more => format!(", and so are {more} more rows below it"),
    };
    Some(
        Diagnostic::new(
            Code::RowsLeftOut,
            row_place(file, *row),
            format!("row {row} of `{file}` is {} and is left out{others}", why.words(1)),
        )
        .label("not counted")
        .note(account.words())
        .help("delete it from the file; if it is a row like the others, give its first cell another name"),
    )
}

/// A row, of which nothing is shown: rows are about people.
pub(super) fn row_place(file: &str, row: usize) -> Place {
    let text = format!("row {row}");
    Source::excerpt(file, row, &text).place(Span::new(0, text.len()))
}

/// The fault if the last row, of that number, is the sum of all others in every column of
/// numbers; or, where it has no word in any column, in one of many rows.
pub(super) fn of(
    spec: &TableSpec,
    table: &Table,
    file: &str,
    last_row: usize,
) -> Option<Diagnostic> {
    let above = table.len.checked_sub(1)?;
    if table.policy.is_sheets() || !(FEWEST_ROWS..=MOST_RECORDS).contains(&above) {
        return None;
    }
    let (mut sums, mut words, mut others) = (0, 0, 0);
    for column in from_file(spec, table) {
        if !matches!(column, Column::Number(_)) {
            words += usize::from(column.missing(above).is_none());
            continue;
        }
        let Some(last) = column.number(above) else {
            continue;
        };
        let numbers = || (0..above).filter_map(|row| column.number(row));
        let rest: f64 = numbers().sum();
        if !is_same(last, rest) {
            others += 1;
        } else {
            sums += usize::from(rest != 0.0 && numbers().all(|one| one.abs() < last.abs()));
        }
    }
    // One column may come to a sum by chance, unless the row says of nothing else what it is.
    let is_sum = match (words, others) {
        (0, 0) => sums > 0,
        // Beside the sum stand a mean, a share, a count.
        (0, _) => sums > 0 && above >= MANY_ROWS,
        (_, 0) => sums > 1,
        _ => false,
    };
    if !is_sum {
        return None;
    }
    Some(
        Diagnostic::new(
            Code::TotalsRow,
            row_place(file, last_row),
            format!("the last row of `{file}` is the sum of all rows above it"),
        )
        .label("a row of totals")
        .note("counted as a row, it would double every total")
        .help("delete the last row from the file"),
    )
}

/// The columns that are read from the file.
fn from_file<'t>(spec: &'t TableSpec, table: &'t Table) -> impl Iterator<Item = &'t Column> {
    let from_file = spec.columns.iter();
    from_file
        .filter(|column| column.header().is_some())
        .filter_map(|column| table.columns.get(&column.name))
}

/// Sums that a row of totals among others comes to, at the least: of fewer, chance makes sums.
const FEWEST_SUMS: usize = 3;

/// Rows of teams beyond which no sums are looked for among them.
const MOST_TEAMS: usize = 1_000;

/// Whether a table has a row of totals for each team.
pub(super) fn may_be_among(spec: &TableSpec) -> bool {
    spec.id == "workforce"
}

/// The faults where a row of teams' totals is the sum of others, wherever it stands: of all others, of those
/// of its service, or of those right above or below it. `number` tells as what the file numbers a row.
pub(super) fn among(
    spec: &TableSpec,
    table: &Table,
    file: &str,
    number: impl Fn(usize) -> usize,
) -> Vec<Diagnostic> {
    if !may_be_among(spec) || table.len > MOST_TEAMS {
        return Vec::new();
    }
    let columns: Vec<&Column> = from_file(spec, table)
        .filter(|column| matches!(column, Column::Number(_)))
        .collect();
    let mut rows: Vec<usize> = (0..table.len).collect();
    let mut found = BTreeSet::new();
    // Where a row sums up other sums, it shows once these are out.
    while let Some((at, what)) = rows
        .iter()
        .enumerate()
        .find_map(|(at, _)| Some((at, summed_up(table, &columns, &rows, at)?)))
    {
        found.insert((rows.remove(at), what));
    }
    let fault = |(row, what): (usize, &str)| {
        let row = number(row);
        let message = format!("row {row} of `{file}` is the sum of {what}");
        Diagnostic::new(Code::TotalsRow, row_place(file, row), message)
            .label("a row of totals")
            .note("counted as a team, it would double every total, and tell of so few people as if they were twice as many")
            .help("delete that row from the file")
    };
    found.into_iter().map(fault).collect()
}

/// Of which rows a row is the sum, in words.
fn summed_up(
    table: &Table,
    columns: &[&Column],
    rows: &[usize],
    at: usize,
) -> Option<&'static str> {
    let service = |row: usize| match table.cell("service", row) {
        Cell::Words(service) => Some(service.to_owned()),
        _ => None,
    };
    let others = || (0..rows.len()).filter(|other| *other != at);
    let is_sum = |of: &[usize]| is_sum(columns, rows, at, of);
    let of_service: Vec<usize> = others()
        .filter(|other| service(rows[*other]) == service(rows[at]))
        .collect();
    let all: Vec<usize> = others().collect();
    if is_sum(&all) {
        return Some("all others");
    }
    if is_sum(&of_service) {
        return Some("all others of its service");
    }
    // Of the rows next to it as many as come to its first number are looked at whole.
    let first = columns
        .iter()
        .find_map(|column| Some((column, column.number(rows[at])?)));
    let (column, own) = first?;
    let comes_to_it = |next_to: &mut dyn Iterator<Item = usize>| {
        let (mut run, mut sum) = (Vec::new(), 0.0);
        for other in next_to {
            run.push(other);
            sum += column.number(rows[other]).unwrap_or(0.0);
            if is_same(own, sum) && is_sum(&run) {
                return true;
            }
        }
        false
    };
    match comes_to_it(&mut (0..at).rev()) {
        true => Some("the rows above it"),
        false => comes_to_it(&mut (at + 1..rows.len())).then_some("the rows below it"),
    }
}

/// Whether two sums are the same, however they were added up.
fn is_same(own: f64, sum: f64) -> bool {
    (own - sum).abs() <= 1e-9 * sum.abs().max(1.0)
}

/// Whether a row is the sum of others in every column of numbers, and in enough of them more than each.
fn is_sum(columns: &[&Column], rows: &[usize], at: usize, of: &[usize]) -> bool {
    if of.len() < 2 {
        return false;
    }
    let mut sums = 0;
    for column in columns {
        let Some(own) = column.number(rows[at]) else {
            continue;
        };
        let numbers = || of.iter().filter_map(|other| column.number(rows[*other]));
        let sum: f64 = numbers().sum();
        if !is_same(own, sum) {
            return false;
        }
        sums += usize::from(sum != 0.0 && numbers().all(|one| one.abs() < own.abs()));
    }
    sums >= FEWEST_SUMS
}
