//! The contents of an ODS in; whether they may be unfolded out. A row, a cell and a space can each
//! be written once and stand for thousands.

use super::super::super::caps::{MOST_CELLS, MOST_TABS, MOST_TEXT_AT_ONCE};
use super::super::{Beyond, NotRead};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// Whether the contents of an ODS may be unfolded.
///
/// # Errors
/// Why not.
pub(super) fn check(xml: impl BufRead) -> Result<(), NotRead> {
    let mut reader = Reader::from_reader(xml);
    let mut all = Unfolded::default();
    let mut buffer = Vec::new();
    // Elements that are open: one that is never closed is looked for without end by what unfolds.
    let mut open = 0_u64;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        match event.map_err(|_| NotRead::Damaged)? {
            Event::Eof if open > 0 => return Err(NotRead::Damaged),
            Event::Eof => return Ok(()),
            Event::Start(tag) => {
                open += 1;
                all.begin(&tag);
            }
            Event::Empty(tag) => {
                all.begin(&tag);
                all.end(tag.name().as_ref());
            }
            Event::End(tag) => {
                open -= 1;
                all.end(tag.name().as_ref());
            }
            Event::Text(text) => all.write(text.len() as u64),
            // A sign by its name or number.
            Event::GeneralRef(_) => all.write(4),
            _ => {}
        }
        all.judge()?;
    }
}

/// What the contents unfold to, as far as they were read.
#[derive(Default)]
struct Unfolded {
    tabs: usize,
    /// Cells of the sheets before this one.
    before: u64,
    sheet: Size,
    row: Row,
    cell: Cell,
    /// Cells that say something, in rows as they stand in the file, before these are repeated.
    written: u64,
    /// Bytes of the texts of all rows that are over.
    text: u64,
}

/// One row while it is read.
#[derive(Default)]
struct Row {
    repeats: u64,
    width: u64,
    /// Its width up to the last cell that says something.
    filled: u64,
    /// Bytes of the texts of its cells.
    text: u64,
}

/// One cell while it is read.
#[derive(Default)]
struct Cell {
    repeats: u64,
    /// Bytes of its text and its formula.
    text: u64,
    /// Whether what stands in it is its text, and not only how its value looks.
    shows: bool,
}

/// The smallest block that holds all cells of a sheet that say something.
#[derive(Default)]
struct Size {
    blank: u64,
    rows: u64,
    columns: u64,
}

impl Unfolded {
    fn begin(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "table:table" => {
                self.end_sheet();
                self.tabs += 1;
            }
            "table:table-row" => {
                self.end_row();
                self.row.repeats = number(tag, "table:number-rows-repeated");
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.end_cell();
                self.cell = Cell::of(tag);
                self.row.width = self.row.width.saturating_add(self.cell.repeats);
                if says_something(tag) {
                    self.row.filled = self.row.width;
                    self.written = self.written.saturating_add(self.row.width);
                }
            }
            "text:s" => self.write(number(tag, "text:c")),
            "text:p" | "text:tab" | "text:line-break" => self.write(1),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "table:table" => self.end_sheet(),
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
            _ => {}
        }
    }

    /// So many bytes stand here.
    fn write(&mut self, bytes: u64) {
        if self.cell.shows {
            self.cell.text = self.cell.text.saturating_add(bytes);
        }
    }

    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        let text = cell.text.saturating_mul(cell.repeats);
        self.row.text = self.row.text.saturating_add(text);
    }

    fn end_row(&mut self) {
        self.end_cell();
        let row = std::mem::take(&mut self.row);
        // A row is unfolded once before it is repeated.
        let text = row.text.saturating_mul(row.repeats.max(1));
        self.text = self.text.saturating_add(text);
        self.sheet.add(&row);
    }

    fn end_sheet(&mut self) {
        self.end_row();
        let sheet = std::mem::take(&mut self.sheet);
        self.before = self.before.saturating_add(sheet.cells());
    }

    fn judge(&self) -> Result<(), NotRead> {
        let cells = self.before.saturating_add(self.sheet.cells());
        let text = self
            .text
            .saturating_add(self.row.text)
            .saturating_add(self.cell.text);
        let beyond = if self.tabs > MOST_TABS {
            Beyond::Sheets
        } else if cells.max(self.written) > MOST_CELLS as u64 {
            Beyond::Cells
        } else if text > MOST_TEXT_AT_ONCE as u64 {
            Beyond::Text(MOST_TEXT_AT_ONCE)
        } else {
            return Ok(());
        };
        Err(NotRead::TooLarge(beyond))
    }
}

impl Cell {
    fn of(tag: &BytesStart<'_>) -> Self {
        let mut cell = Self {
            repeats: number(tag, "table:number-columns-repeated").min(1 << 14),
            text: 0,
            shows: true,
        };
        let mut fault = false;
        for one in tag.attributes().with_checks(false).flatten() {
            let value = one.value.as_ref();
            match one.key.as_ref() {
                "office:string-value" | "office:date-value" | "office:time-value" => {
                    cell.text += value.len() as u64;
                    cell.shows = false;
                }
                "office:value" | "office:boolean-value" => cell.shows = false,
                "table:formula" => cell.text += value.len() as u64,
                "calcext:value-type" => fault = value == "error",
                _ => {}
            }
        }
        cell.shows |= fault;
        cell
    }
}

impl Size {
    fn add(&mut self, row: &Row) {
        if row.filled == 0 {
            self.blank = self.blank.saturating_add(row.repeats);
            return;
        }
        self.rows = self
            .rows
            .saturating_add(self.blank)
            .saturating_add(row.repeats);
        self.blank = 0;
        self.columns = self.columns.max(row.filled);
    }

    fn cells(&self) -> u64 {
        self.rows.saturating_mul(self.columns)
    }
}

/// What a tag says of how often something stands there: once, if it says nothing.
fn number(tag: &BytesStart<'_>, name: &str) -> u64 {
    let value = tag.try_get_attribute(name).ok().flatten();
    value.map_or(1, |value| value.value.trim().parse().unwrap_or(u64::MAX))
}

/// Whether a cell holds more than its look.
fn says_something(tag: &BytesStart<'_>) -> bool {
    tag.attributes().with_checks(false).flatten().any(|one| {
        let name = one.key.as_ref();
        name.starts_with("office:") || name == "table:formula" || name.starts_with("calcext:")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &str) -> Result<(), NotRead> {
        let text = format!("<x><table:table>{rows}</table:table></x>");
        check(text.as_bytes())
    }

    fn row(repeated: u32, cells: &str) -> String {
        format!(
            r#"<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>"#
        )
    }

    #[test]
    fn a_sheet_is_as_large_as_the_block_that_holds_all_its_cells() {
        let cell = |repeated: u32| {
            format!(
                r#"<table:table-cell table:number-columns-repeated="{repeated}" office:value="1"/>"#
            )
        };
        let blank = r#"<table:table-cell table:number-columns-repeated="16384"/>"#;
        for (rows, expected) in [
            (row(1_048_576, blank), Ok(())),
            ([row(1, &cell(1)), row(1_048_575, blank)].concat(), Ok(())),
            (row(500_000, &cell(10)), Ok(())),
            (row(500_001, &cell(10)), Err(NotRead::TooLarge(Beyond::Cells))),
            ([row(1_048_570, blank), row(1, &[blank.replace("16384", "9"), cell(1)].concat())].concat(), Err(NotRead::TooLarge(Beyond::Cells))),
            (row(400, &cell(16_384)), Err(NotRead::TooLarge(Beyond::Cells))),
            ("<table:table-row><table:table-cell office:value='1' table:number-columns-repeated='99999999999999999999'/></table:table-row>".repeat(400), Err(NotRead::TooLarge(Beyond::Cells))),
        ] {
            assert_eq!(sheet(&rows), expected, "{rows:.200}");
        }
    }

    #[test]
    fn contents_that_end_before_their_elements_do_are_damaged() {
        let whole = "<x><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table></x>";
        assert_eq!(check(whole.as_bytes()), Ok(()));
        for end in whole.match_indices('>').map(|(at, _)| at + 1) {
            if end < whole.len() {
                let cut = &whole[..end];
                assert_eq!(check(cut.as_bytes()), Err(NotRead::Damaged), "{cut}");
            }
        }
        // An end without a beginning.
        assert_eq!(check(b"<x/></x>".as_slice()), Err(NotRead::Damaged));
    }

    #[test]
    fn sheets_are_unfolded_together_so_that_their_cells_are_counted_together() {
        let half = r#"<table:table-cell office:value="1" table:number-columns-repeated="5"/>"#;
        let table = |rows| format!("<table:table>{}</table:table>", row(rows, half));
        let book = |last| {
            check(
                ["<x>", &table(500_000), &table(last), "</x>"]
                    .concat()
                    .as_bytes(),
            )
        };
        assert_eq!(book(500_000), Ok(()));
        assert_eq!(book(500_001), Err(NotRead::TooLarge(Beyond::Cells)));
        let book = |tabs| {
            check(
                ["<x>", &"<table:table/>".repeat(tabs), "</x>"]
                    .concat()
                    .as_bytes(),
            )
        };
        assert_eq!(book(MOST_TABS), Ok(()));
        assert_eq!(book(MOST_TABS + 1), Err(NotRead::TooLarge(Beyond::Sheets)));
    }

    #[test]
    fn a_text_that_is_written_once_counts_in_each_cell_it_is_repeated_in() {
        let cell = |repeated: usize, attributes: &str, within: &str| {
            format!(
                r#"<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}" {attributes}>{within}</table:table-cell>"#
            )
        };
        // With the end of its paragraph as many bytes as may stand in 1,024 cells.
        let long = "x".repeat(MOST_TEXT_AT_ONCE / 1024 - 1);
        let paragraph = format!("<text:p>{long}</text:p>");
        let spaces = format!(r#"<text:p><text:s text:c="{}"/></text:p>"#, long.len());
        let named = "&amp;".repeat(long.len() / 4) + "xxx";
        let named = format!("<text:p>{named}</text:p>");
        let value = format!(r#"office:string-value="{long}x""#);
        let formula = format!(r#"office:value="1" table:formula="{long}x""#);
        for (attributes, within) in [
            ("", paragraph.as_str()),
            ("", &spaces),
            ("", &named),
            (value.as_str(), "<text:p>as it looks</text:p>"),
            (&formula, "<text:p>1</text:p>"),
        ] {
            let unfolded = |rows, columns| sheet(&row(rows, &cell(columns, attributes, within)));
            assert_eq!(unfolded(32, 32), Ok(()));
            let too_much = Err(NotRead::TooLarge(Beyond::Text(MOST_TEXT_AT_ONCE)));
            assert_eq!(unfolded(33, 32), too_much);
            assert_eq!(unfolded(1, 1025), too_much);
            assert_eq!(unfolded(0, 1025), too_much);
        }
    }
}
