//! The service of every row as the script says it, though the file has that column: a warning where the file says
//! another in some rows. With `service: always("children")` every row is children's, and the nation's figures by
//! service are then of other people than they say.

use super::MOST_PEOPLE;
use super::grid::Grid;
use super::meaning::{Meaning, Rules};
use super::rows::Rows;
use super::twice::Cells;
use crate::data::{Cell, ColumnSpec, From, Kind, TableSpec};
use crate::diagnostic::{Code, Diagnostic};
use crate::national::ColumnKind;

pub(super) fn of(
    grid: &Grid<'_>,
    spec: &TableSpec,
    rows: &Rows<'_>,
    file: &str,
) -> Vec<Diagnostic> {
    // Of more no cell is read once more.
    let columns = spec.columns.iter().filter(|_| rows.len() <= MOST_PEOPLE);
    columns
        .filter_map(|column| told(grid, spec, column, file))
        .collect()
}

fn told(grid: &Grid<'_>, spec: &TableSpec, column: &ColumnSpec, file: &str) -> Option<Diagnostic> {
    // Another column that a script fills makes what reads it the council's own, and the page says so.
    let From::Words(text) = &column.from else {
        return None;
    };
    if column.kind != Kind::National(ColumnKind::Service) {
        return None;
    }
    let at = grid.header.named(&column.name)?;
    let cells = Cells::of(grid, vec![at], file)?;
    let rules = Rules::plain(&column.kind);
    let ours = rules.meaning(text);
    let is_other = |row: &&usize| {
        let said = match cells.columns[&at].cell(**row) {
            Cell::Words(words) => rules.meaning(&words),
            Cell::Number(number) => rules.meaning(&number.to_string()),
            Cell::Missing(_) => return false,
        };
        !matches!(said, Meaning::Missing(_)) && said != ours
    };
    let others = cells.rows.iter().filter(is_other).count();
    if others == 0 {
        return None;
    }
    let message = format!(
        "the script fills `{}` with “{text}”, and {others} of {} rows of the file say something else",
        column.name,
        cells.rows.len()
    );
    let place = column.place.clone().unwrap_or_else(|| spec.place.clone());
    Some(
        Diagnostic::new(Code::ColumnReplaced, place, message)
            .label("what the file says there is not read")
            .note(format!(
                "in {file} under the header `{}`",
                grid.header.names[at]
            ))
            .help("take it out of `columns`, and the file's column is read"),
    )
}
