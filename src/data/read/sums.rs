//! Rows that sum up others: those left out of a table in, a warning out; a table whose last
//! row is the sum of all above it in, a fault out.

use super::account::{Account, LeftOut};
use crate::data::{Column, Table, TableSpec};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};

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
    let from_file = spec
        .columns
        .iter()
        .filter(|column| column.header().is_some());
    let columns: Vec<&Column> = from_file
        .filter_map(|column| table.columns.get(&column.name))
        .collect();
    let (mut sums, mut words, mut others) = (0, 0, 0);
    for column in columns {
        if !matches!(column, Column::Number(_)) {
            words += usize::from(column.missing(above).is_none());
            continue;
        }
        let Some(last) = column.number(above) else {
            continue;
        };
        let numbers = || (0..above).filter_map(|row| column.number(row));
        let rest: f64 = numbers().sum();
        if (last - rest).abs() > 1e-9 * rest.abs().max(1.0) {
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
