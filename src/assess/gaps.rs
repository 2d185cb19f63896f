//! Columns with so many gaps that measures are not rated for them: findings in, a warning for each column
//! out. The page says of each measure why it is not rated; who brought the file should hear of it
//! before.

use super::faults::{Faults, column_place};
use super::groups::Selection;
use crate::assessment::{Finding, WhyNot};
use crate::check::{HealthCheck, Kind};
use crate::diagnostic::{Code, Diagnostic};
use std::collections::BTreeMap;

/// Rows that lack a figure, and the items that want it, by table and column.
type Gaps<'a> = BTreeMap<(&'a str, String), (usize, usize, Vec<&'a str>)>;

pub(super) fn told(
    check: &HealthCheck,
    whole: &Selection,
    findings: &[Finding],
    faults: &mut Faults,
) {
    let mut gaps = Gaps::new();
    for finding in findings.iter().filter(|finding| finding.group == 0) {
        let item = &check.items()[finding.item];
        let Kind::Measure(local) = &item.local.kind else {
            continue;
        };
        let nations = match item.national.as_ref().map(|national| &national.kind) {
            Some(Kind::Measure(nations)) => finding.national.as_ref().map(|own| (own, nations)),
            _ => None,
        };
        let readings = nations.into_iter().chain([(&finding.local, local)]);
        let short = readings
            .filter(|(reading, _)| matches!(reading.why_not, Some(WhyNot::Incomplete { .. })));
        for (_, measure) in short {
            let formula = &measure.value;
            let Some(table) = formula.parameters().first() else {
                continue;
            };
            let Some((column, missing, rows)) = most_gaps(whole, table, formula.reads().of(table))
            else {
                continue;
            };
            let known = gaps.entry((table.as_str(), column));
            let (_, _, items) = known.or_insert((missing, rows, Vec::new()));
            if !items.contains(&item.id.as_str()) {
                items.push(&item.id);
            }
        }
    }
    for ((table, column), (missing, rows, items)) in gaps {
        let (is, these) = match items.len() {
            1 => ("is", "measure"),
            _ => ("are", "measures"),
        };
        let named: Vec<String> = items.iter().map(|id| format!("`{id}`")).collect();
        faults.push_each(
            Diagnostic::new(
                Code::TooManyGaps,
                column_place(check, table, &column),
                format!(
                    "{missing} of {rows} rows of `{table}` lack `{column}`: {} {is} not rated",
                    named.join(", ")
                ),
            )
            .label("at most one row in ten may lack it")
            .note(format!(
                "fill them in the file; where it does not apply to somebody, write `not applicable`, and the row is none that the {these} {is} about"
            )),
        );
    }
}

/// Of some columns of the whole that with the most gaps: how many, and of how many rows.
fn most_gaps(
    whole: &Selection,
    table: &str,
    columns: Vec<String>,
) -> Option<(String, usize, usize)> {
    let rows = whole.rows(table)?;
    let missing = |column: &str| {
        let cells = rows.table.column(column)?;
        let is_gap = |row: &usize| {
            let why = cells.missing(*row);
            why.is_some_and(|why| why != crate::missing::Missing::NotApplicable)
        };
        Some(rows.iter().filter(is_gap).count())
    };
    let counted = columns.into_iter().filter_map(|column| {
        let missing = missing(&column)?;
        Some((column, missing, rows.len()))
    });
    counted
        .max_by_key(|(_, missing, _)| *missing)
        .filter(|(_, missing, _)| *missing > 0)
}
