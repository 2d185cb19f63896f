//! Whether each row of a table on a page has as many cells as its first: a heading added without its
//! cell, or a cell without its heading, puts every figure after it under another word.

use super::{Tag, place};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::Templates;

/// Spans that are counted: no table has more columns or rows.
const MOST: usize = 10_000;

/// The tables of a page, as it is read.
#[derive(Default)]
pub(super) struct Tables {
    open: Vec<Table>,
    /// The first that is uneven.
    uneven: Option<Uneven>,
}

/// A table of which a row has more or fewer cells than the first.
struct Uneven {
    /// The text of its first cell.
    begins: String,
    /// Cells of its first row, and of the one that differs.
    cells: (usize, usize),
}

#[derive(Default)]
struct Table {
    begins: String,
    /// Whether the text that comes is that of its first cell.
    in_first: bool,
    width: Option<usize>,
    /// Cells of the row that is open.
    row: Option<usize>,
    /// Whether that row is one cell that reaches over several columns: a note between rows, which stands
    /// under no heading.
    is_note: bool,
    /// Cells that reach into the next rows: rows left, and columns.
    down: Vec<(usize, usize)>,
}

impl Tables {
    pub(super) fn start(&mut self, element: &str, tag: &Tag) {
        match (element, self.open.last_mut()) {
            ("table", _) => self.open.push(Table::default()),
            ("tr", Some(_)) => {
                self.end_row();
                if let Some(table) = self.open.last_mut() {
                    let reaching = table.down.iter().map(|(_, columns)| columns).sum();
                    table.row = Some(reaching);
                    table.down.iter_mut().for_each(|(rows, _)| *rows -= 1);
                    table.down.retain(|(rows, _)| *rows > 0);
                }
            }
            ("td" | "th", Some(table)) => {
                let span = |key: &[u8]| {
                    let value = tag.get(key).and_then(|value| value.trim().parse().ok());
                    value.unwrap_or(1).clamp(1, MOST)
                };
                let columns = span(b"colspan");
                table.in_first = table.width.is_none() && table.row == Some(0);
                table.is_note = table.row == Some(0) && columns > 1;
                table.row = table.row.map(|cells| cells + columns);
                let rows = span(b"rowspan");
                if rows > 1 {
                    table.down.push((rows - 1, columns));
                }
            }
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &[u8]) {
        if let Some(table) = self.open.last_mut().filter(|table| table.in_first) {
            table.begins += &String::from_utf8_lossy(text);
        }
    }

    pub(super) fn end(&mut self, element: &str) {
        match element {
            "td" | "th" => {
                if let Some(table) = self.open.last_mut() {
                    table.in_first = false;
                }
            }
            "tr" => self.end_row(),
            "table" => {
                self.end_row();
                self.open.pop();
            }
            _ => {}
        }
    }

    /// What is told of a page's tables, at the first heading of the one at fault.
    pub(super) fn fault(self, templates: &Templates, name: &str) -> Option<Diagnostic> {
        let Uneven { begins, cells } = self.uneven?;
        let heading = match begins.as_str() {
            "" => "<table".to_owned(),
            begins => format!(">{begins}<"),
        };
        let (first, other) = cells;
        let message = format!("a row of this table has {other} cells, and its first row {first}");
        let at = place(templates, name, &heading);
        Some(
            Diagnostic::new(Code::TemplateTable, at, message)
                .help("each heading has a cell below it, and each cell a heading above it"),
        )
    }

    fn end_row(&mut self) {
        let Some(table) = self.open.last_mut() else {
            return;
        };
        let Some(cells) = table.row.take().filter(|cells| *cells > 0) else {
            return;
        };
        if table.is_note && table.width.is_some() {
            return;
        }
        let width = *table.width.get_or_insert(cells);
        if width != cells && self.uneven.is_none() {
            self.uneven = Some(Uneven {
                begins: table.begins.trim().to_owned(),
                cells: (width, cells),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::render::Output;
    use crate::report::safety::Reading;

    #[test]
    fn each_row_has_the_cells_of_the_first_and_a_note_may_stand_between() {
        let head = "<tr><th>Owner</th><th colspan=2>When</th></tr>";
        for (rows, cells) in [
            ("<tr><td>A</td><td>B</td><td>C</td></tr>", None),
            ("<tr><td>A</td><td>B</td></tr>", Some((3, 2))),
            ("<tr><td>A<td>B<td>C<td>D", Some((3, 4))),
            (
                "<tr><td rowspan=2>A</td><td>B</td><td>C</td></tr><tr><td>D</td><td>E</td></tr>",
                None,
            ),
            (
                "<tr><td rowspan=2>A</td><td>B</td><td>C</td></tr><tr><td>D</td></tr>",
                Some((3, 2)),
            ),
            (
                "<tr><td colspan=9>A note</td></tr><tr><td>A</td><td>B</td><td>C</td></tr>",
                None,
            ),
            ("<tr></tr>", None),
            ("<tr><td colspan=3>A</td><td>B</td></tr>", Some((3, 4))),
        ] {
            let page = format!("<p>Text</p><table>{head}{rows}</table>");
            let read = Reading::of(&page, Output::Html, true);
            let found = read.tables.uneven;
            assert_eq!(found.as_ref().map(|one| one.cells), cells, "{rows}");
            assert!(found.is_none_or(|one| one.begins == "Owner"));
        }
    }
}
