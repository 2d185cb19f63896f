//! Numbers of practitioners in; one that is far beyond all others out, as a warning: 1,700 cases
//! where 17 were meant move every figure of the table, and look like a finding.

use super::MOST_PEOPLE;
use super::column::Builder;
use super::faults::{Where, cell_place, form_of};
use super::grid::Grid;
use super::meaning::Rules;
use super::rows::Rows;
use crate::data::{Column, Kind, Numbers, TableSpec};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::national::{ColumnKind, MOST_FTE};

/// So many times the next number: nobody has ten times the cases or hours of every colleague.
const TIMES: f64 = 10.0;

/// Numbers beside which one can be judged.
const FEWEST: usize = 10;

/// Numbers that may be far out together.
const MOST_OUT: usize = 3;

/// What is told of numbers that no other row comes near, a column each.
pub(super) fn of(grid: &Grid<'_>, spec: &TableSpec, read: &Rows<'_>, file: &str) -> Diagnostics {
    let of_people = spec.id == "workers" && read.len() <= MOST_PEOPLE;
    // The cells are read again only for what is told of them.
    let is_any = || {
        let mut columns = read.numbers_of_columns();
        columns.any(is_any_out) || read.numbers_of(FTE).is_some_and(is_any_beyond_full_time)
    };
    if !of_people || !is_any() {
        return Diagnostics::new();
    }
    let mut rows = Rows::numbered();
    let mut wanted = Vec::new();
    for column in &spec.columns {
        if column.kind == Kind::National(ColumnKind::Number)
            && let Some(index) = grid.header.first(column)
        {
            let header = &grid.header.names[index];
            let rules = Rules::new(column, &spec.missing);
            rows.want(&column.name, index, Builder::new(column, header, rules));
            wanted.push((&column.name, header));
        }
    }
    // What is wrong with them was told when they were read.
    if grid.rows(file, &mut rows).is_err() {
        return Diagnostics::new();
    }
    let numbers = rows.numbers();
    let columns = rows.cells().into_iter().zip(wanted);
    columns
        .filter_map(|(column, (name, header))| {
            let beyond = (name == FTE).then(|| beyond_full_time(&column, header, &numbers, file));
            beyond
                .flatten()
                .or_else(|| told(&column, name, header, &numbers, file))
        })
        .collect()
}

/// Full-time equivalents.
const FTE: &str = "fte";

fn is_any_beyond_full_time(numbers: &Numbers) -> bool {
    numbers
        .iter()
        .any(|one| one.is_ok_and(|fte| fte > MOST_FTE))
}

/// Full-time equivalents beyond what anybody works, where they are so few that each may be a slip of its own: of
/// more the whole column holds something else.
fn beyond_full_time(
    column: &Column,
    header: &str,
    numbers: &[usize],
    file: &str,
) -> Option<Diagnostic> {
    let beyond: Vec<(f64, usize)> = (0..numbers.len())
        .filter_map(|row| Some((column.number(row)?, numbers[row])))
        .filter(|(fte, _)| *fte > MOST_FTE)
        .collect();
    let (fte, row) = *beyond
        .first()
        .filter(|_| beyond.len() <= MOST_OUT && numbers.len() > FEWEST)?;
    let mut rows = Where::default();
    beyond.iter().for_each(|(_, row)| rows.add(*row));
    let message = format!(
        "`{FTE}` is over {MOST_FTE} in {}, and nobody works so much",
        rows.words()
    );
    let picture = |value: &str| {
        let place = cell_place(file, row, header, value);
        Diagnostic::new(Code::NumberOutOfRange, place, message.clone())
            .label("a full-time post is 1, half of one 0.5")
            .help("put the number right in the file")
    };
    let value = fte.to_string();
    Some(picture(&form_of(&value)).masking(picture(&value)))
}

fn told(
    column: &Column,
    name: &str,
    header: &str,
    numbers: &[usize],
    file: &str,
) -> Option<Diagnostic> {
    let mut known: Vec<(f64, usize)> = (0..numbers.len())
        .filter_map(|row| Some((column.number(row)?, numbers[row])))
        .collect();
    known.sort_by(|one, other| other.0.total_cmp(&one.0));
    let out = how_many_are_out(&known)?;
    let (largest, row) = known[0];
    let mut rows = Where::default();
    known[..out].iter().for_each(|(_, row)| rows.add(*row));
    let message = match out {
        1 => format!("`{name}` of row {row} is more than ten times that of any other row"),
        _ => format!(
            "`{name}` of {} is more than ten times that of any other row",
            rows.words()
        ),
    };
    let picture = |value: &str| {
        Diagnostic::new(
            Code::NumberFarOut,
            cell_place(file, row, header, value),
            message.clone(),
        )
        .label("is it a slip of typing?")
        .note("published as it is, it moves every mean of this table")
        .help("put the number right in the file, or empty the cell if nobody knows it; if it is right, leave it")
    };
    let value = largest.to_string();
    Some(picture(&form_of(&value)).masking(picture(&value)))
}

/// Whether any number of a column is far out.
fn is_any_out(numbers: &Numbers) -> bool {
    let mut known: Vec<(f64, usize)> = numbers.iter().flatten().map(|one| (one, 0)).collect();
    let falling = |one: &(f64, usize), other: &(f64, usize)| other.0.total_cmp(&one.0);
    if known.len() > MOST_OUT {
        known.select_nth_unstable_by(MOST_OUT, falling);
    }
    let first = known.len().min(MOST_OUT + 1);
    known[..first].sort_by(falling);
    how_many_are_out(&known).is_some()
}

/// How many of these numbers, the largest first, no other comes near.
fn how_many_are_out(known: &[(f64, usize)]) -> Option<usize> {
    (1..=MOST_OUT).find(|out| {
        let others = known.get(*out..).unwrap_or_default();
        let next = others.first().map_or(0.0, |(next, _)| *next);
        others.len() >= FEWEST && next > 0.0 && known[out - 1].0 > TIMES * next
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(numbers: &[f64]) -> Option<usize> {
        let known: Vec<(f64, usize)> = numbers.iter().map(|one| (*one, 1)).collect();
        let found = how_many_are_out(&known);
        let turned: Numbers = numbers.iter().rev().map(|one| Ok(*one)).collect();
        assert_eq!(is_any_out(&turned), found.is_some(), "{numbers:?}");
        found
    }

    #[test]
    fn only_what_no_other_comes_near_is_far_out() {
        let others = [17.0; 10];
        let with = |first: &[f64]| [first, &others].concat();
        assert_eq!(out(&with(&[1700.0])), Some(1));
        assert_eq!(out(&with(&[2100.0, 1700.0])), Some(2));
        assert_eq!(
            out(&with(&[170.0])),
            None,
            "ten times are not more than ten times"
        );
        assert_eq!(out(&with(&[40.0])), None);
        assert_eq!(
            out(&[&[1700.0][..], &[17.0; 9]].concat()),
            None,
            "too few to judge by"
        );
        assert_eq!(
            out(&[&[30.0][..], &[0.0; 20]].concat()),
            None,
            "one case holder"
        );
        assert_eq!(out(&[]), None);
    }
}
