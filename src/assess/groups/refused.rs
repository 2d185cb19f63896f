//! Breakdowns that are not published by: what rows say in their column in, the fault of one with too many
//! groups, or with groups whose names would tell of single people, out.

use super::super::faults::{column_place, place_of};
use super::{MOST_GROUPS, Said};
use crate::check::{Breakdown, HealthCheck, groups_of_numbers};
use crate::data::{Column, Policy, Rows, Table};
use crate::diagnostic::{Code, Diagnostic};

/// Why nothing is worked out by a breakdown, if so. It comes to so many groups, and there is room for so
/// many.
pub(super) fn refused(
    check: &HealthCheck,
    breakdown: &Breakdown,
    said: &[(&Rows, Said)],
    (groups, room): (usize, usize),
) -> Option<Diagnostic> {
    if groups > room {
        return Some(too_many(check, breakdown, said, groups));
    }
    let of_numbers = of_numbers(check, breakdown, said);
    of_numbers.or_else(|| of_one_each(check, breakdown, said))
}

/// A column of numbers, each of which would be a group, and the highest be on the page.
fn of_numbers(
    check: &HealthCheck,
    breakdown: &Breakdown,
    said: &[(&Rows, Said)],
) -> Option<Diagnostic> {
    if !breakdown.groups.is_empty() {
        return None;
    }
    let is_number = |table: &Table| matches!(table.column(&breakdown.by), Some(Column::Number(_)));
    let (rows, _) = said.iter().find(|(rows, _)| is_number(&rows.table))?;
    let place = column_place(check, &rows.table.id, &breakdown.by);
    Some(groups_of_numbers(&rows.table.id, &breakdown.by, place))
}

/// Rows from which on a column can be known as one with a value of each person's own.
const ROWS_OF_ONE: usize = 10;

/// A table of people whose rows nearly all say something else: their names, say.
fn of_one_each(
    check: &HealthCheck,
    breakdown: &Breakdown,
    said: &[(&Rows, Said)],
) -> Option<Diagnostic> {
    if !breakdown.groups.is_empty() {
        return None;
    }
    said.iter().find_map(|(rows, said)| {
        let table = &rows.table;
        let of_people = table.id == "workers" || table.policy == Policy::Sheets;
        let stated = said.iter().filter(|(value, _)| value.is_some());
        let (mut all, mut alone) = (0, 0);
        for (_, rows) in stated {
            all += rows.len();
            alone += usize::from(rows.len() == 1);
        }
        if !of_people || all < ROWS_OF_ONE || alone * 10 < all * 9 {
            return None;
        }
        let message = format!(
            "of {all} rows of `{}`, {alone} have a `{}` of their own",
            table.id, breakdown.by
        );
        let place = column_place(check, &table.id, &breakdown.by);
        Some(
            Diagnostic::new(Code::GroupsOfOne, place, message)
                .label("each would be a group, and its name be published")
                .help("map it to a column that several people share: their team, their role"),
        )
    })
}

fn too_many(
    check: &HealthCheck,
    breakdown: &Breakdown,
    said: &[(&Rows, Said)],
    groups: usize,
) -> Diagnostic {
    let most = said.iter().max_by_key(|(_, said)| said.len());
    let table = most.map_or("", |(rows, _)| &rows.table.id);
    let message = format!(
        "`{}` comes to {groups} groups; all breakdowns together may have {MOST_GROUPS}",
        breakdown.id
    );
    Diagnostic::new(Code::TooManyGroups, place_of(check, table), message)
        .label(format!("its column `{}` tells them apart", breakdown.by))
        .help("look whether that column holds something else: a number of each person, say")
}
