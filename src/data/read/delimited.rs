//! The text of a CSV file in; its records, and its rows one by one, out.

mod delimiter;
mod first;

use super::account::LeftOut;
use super::caps::MOST_COLUMNS;
use super::column::Raw;
use super::faults::{At, Where, cell_place, rows};
use super::foot;
use super::header::Header;
use super::plain;
use super::rows::Rows;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Source, Span};
use csv::ByteRecord;
use delimiter::by_frequency;
pub(super) use delimiter::first_line_ends;
use std::collections::VecDeque;

/// Delimited text, or a part of it that begins and ends with a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'t> {
    /// Its records.
    pub text: &'t str,
    /// What stands between cells.
    pub delimiter: u8,
    /// The line of the file on which `text` begins, from 1.
    pub line: usize,
    /// The number of its first record as a spreadsheet shows it, from 1.
    pub row: usize,
}

impl<'t> Block<'t> {
    /// A whole file, with the delimiter that is likeliest.
    pub(super) fn whole(text: &'t str) -> Self {
        Self::readings(text)[0]
    }

    /// A whole file with each delimiter that it may have, the likeliest first: that of
    /// Excel's `sep=` line and no other; else the one of comma, semicolon, tab and bar that
    /// is most frequent in the first line outside quotes.
    pub(super) fn readings(text: &'t str) -> Vec<Self> {
        let first = text.lines().next().unwrap_or("");
        let told = first.trim_matches('"');
        if let (Some("sep="), Some([delimiter])) = (
            told.get(..4).map(str::to_ascii_lowercase).as_deref(),
            told.get(4..).map(str::as_bytes),
        ) && delimiter.is_ascii()
        {
            return vec![Self {
                text: text[first.len()..]
                    .trim_start_matches('\r')
                    .strip_prefix('\n')
                    .unwrap_or(""),
                line: 2,
                row: 1,
                delimiter: *delimiter,
            }];
        }
        by_frequency(text)
            .into_iter()
            .map(|delimiter| Self {
                text,
                line: 1,
                row: 1,
                delimiter,
            })
            .collect()
    }

    /// The block without the totals and notes at its end; these with their rows.
    pub(super) fn without_foot(self, width: usize) -> (Self, Vec<(usize, LeftOut)>) {
        let lines = self.text.lines().rev().filter(|line| !line.is_empty());
        if foot::of(lines.map(|line| self.cells_of(line)), width).is_empty() {
            return (self, Vec::new());
        }
        // Those lines may be parts of a quoted cell: only the records, from the first on, tell.
        let mut ends: VecDeque<(usize, usize, Vec<String>)> = VecDeque::new();
        let mut records = Records::new(&self);
        let mut record = ByteRecord::new();
        while let Some(at) = records.next(&mut record) {
            if records.blank_lines > 0 {
                // No row, and yet it sets apart what stands below it.
                ends.push_back((records.start, 0, Vec::new()));
            }
            ends.push_back((records.start, at.row, texts(&record)));
            while ends.len() > 2 * foot::MOST_LAST_ROWS {
                ends.pop_front();
            }
        }
        let what = foot::of(ends.iter().rev().map(|(_, _, cells)| cells.clone()), width);
        let from = ends.len() - what.len();
        let Some((start, _, _)) = ends.get(from) else {
            return (self, Vec::new());
        };
        let text = &self.text[..*start];
        let rows = ends.iter().skip(from).map(|(_, row, _)| *row);
        let foot = rows.zip(what).filter(|(row, _)| *row > 0).collect();
        (Self { text, ..self }, foot)
    }

    /// Whether each of its lines that has anything in it is a record.
    pub(super) fn is_a_record_a_line(&self) -> bool {
        let mut records = Records::new(self);
        let mut record = ByteRecord::new();
        let mut lines = self.text.lines().filter(|line| !line.is_empty());
        while records.next(&mut record).is_some() {
            if lines.next().is_none() {
                return false;
            }
        }
        lines.next().is_none()
    }

    /// The cells of a line that is taken for a record.
    fn cells_of(self, line: &str) -> Vec<String> {
        if let Some(cells) = self.plain_cells(line) {
            return cells;
        }
        let mut record = ByteRecord::new();
        let line = Block { text: line, ..self };
        Records::new(&line).next(&mut record);
        texts(&record)
    }

    /// Every record as a row.
    pub(super) fn rows(&self, header: &Header, file: &str, into: &mut Rows) -> Diagnostics {
        let width = header.names.len();
        if plain::rows(self, width, into) {
            return Diagnostics::new();
        }
        let mut records = Records::new(self);
        let mut record = ByteRecord::new();
        let mut ragged: Option<(usize, usize, Where)> = None;
        while let Some(at) = records.next(&mut record) {
            if let Some(fault) = records.unclosed(&header.names, file, &at) {
                // What follows has been swallowed by the quote: nothing more can be told.
                return fault.into();
            }
            let blank = record.iter().all(|cell| cell.trim_ascii().is_empty());
            if width == 1 {
                into.add_blank(records.blank_lines);
            }
            if blank {
                into.add_blank(1);
            } else if record.len() == width {
                into.add(at, |column| Raw::Text(record.get(column).unwrap_or(b"")));
            } else {
                // Its cells may stand under the wrong headers: none of them is read.
                into.add_blank(1);
                ragged
                    .get_or_insert_with(|| (at.line, record.len(), Where::default()))
                    .2
                    .add(at.row);
            }
        }
        ragged
            .map(|(line, cells, at)| out_of_line(file, line, cells, width, &at))
            .into_iter()
            .collect()
    }
}

/// The cells of a record, trimmed.
fn texts(record: &ByteRecord) -> Vec<String> {
    record
        .iter()
        .take(MOST_COLUMNS + 1)
        .map(|cell| trimmed(&String::from_utf8_lossy(cell)))
        .collect()
}

fn trimmed(cell: &str) -> String {
    cell.trim().to_owned()
}

fn out_of_line(file: &str, line: usize, cells: usize, width: usize, at: &Where) -> Diagnostic {
    let text = format!("{cells} cells");
    let place = Source::excerpt(file, line, &text).place(Span::new(0, text.len()));
    let verb = if at.count == 1 { "has" } else { "have" };
    Diagnostic::new(
        Code::RaggedRow,
        place,
        format!("a row has {cells} cells where the header has {width}"),
    )
    .label(if cells > width { "too many" } else { "too few" })
    .note(format!(
        "{} {verb} more or fewer cells than the header: {}",
        rows(at.count),
        at.words()
    ))
    .help("put text that holds the delimiter in double quotes, or save the file again as CSV from the spreadsheet")
}

/// The records of a file, with the place of each.
struct Records<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    delimiter: u8,
    /// Byte range of the last record.
    start: usize,
    end: usize,
    /// Line on which `end` lies.
    line: usize,
    /// How many lines lie above of which a spreadsheet makes no row of its own.
    not_rows: usize,
    /// Empty lines just before the last record.
    blank_lines: usize,
}

impl<'t> Records<'t> {
    fn new(block: &Block<'t>) -> Self {
        Self {
            reader: csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(block.delimiter)
                .from_reader(block.text.as_bytes()),
            text: block.text,
            delimiter: block.delimiter,
            start: 0,
            end: 0,
            line: block.line,
            not_rows: block.line - block.row,
            blank_lines: 0,
        }
    }

    fn next(&mut self, record: &mut ByteRecord) -> Option<At<'static>> {
        let read = self.reader.read_byte_record(record);
        // Reading from memory, of rows of any length, cannot fail.
        if !read.unwrap_or(false) {
            return None;
        }
        let bytes = self.text.as_bytes();
        let between = bytes[self.end..]
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let skipped = newlines(&bytes[self.end..self.end + between]);
        // The line feed of a carriage return and line feed is left to the next record.
        self.blank_lines = if self.end == 0 || self.ended() {
            skipped
        } else {
            skipped.saturating_sub(1)
        };
        self.start = self.end + between;
        self.line += skipped;
        let at = At {
            line: self.line,
            row: self.line - self.not_rows,
            object: "",
        };
        self.end = usize::try_from(self.reader.position().byte())
            .unwrap_or(bytes.len())
            .clamp(self.start, bytes.len());
        let inside = newlines(&bytes[self.start..self.end]);
        self.line += inside;
        self.not_rows += inside.saturating_sub(usize::from(self.ended()));
        Some(at)
    }

    /// What follows the last record and the end of its line.
    fn rest(&self) -> Block<'t> {
        let after = &self.text[self.end..];
        let feed = usize::from(
            !self.ended() && self.text[..self.end].ends_with('\r') && after.starts_with('\n'),
        );
        let line = self.line + feed;
        let not_rows = self.not_rows;
        Block {
            text: &after[feed..],
            delimiter: self.delimiter,
            line,
            row: line - not_rows,
        }
    }

    /// Whether the last record's line feed has been read.
    fn ended(&self) -> bool {
        self.text.as_bytes()[..self.end].ends_with(b"\n")
    }

    /// The fault if the last record holds a quote that is never closed: one that runs to
    /// the end of the file, or over a line's end to a place where no cell ends.
    fn unclosed(&self, names: &[String], file: &str, at: &At) -> Option<Diagnostic> {
        let of_one_line = self.line - usize::from(self.ended()) == at.line;
        if of_one_line && self.end < self.text.len() {
            return None;
        }
        let raw = &self.text[self.start..self.end];
        let (offset, column) = open_quote(raw.as_bytes(), self.delimiter)?;
        let line = at.line + newlines(&raw.as_bytes()[..offset]);
        let name = names.get(column).map_or("", String::as_str);
        Some(
            Diagnostic::new(
                Code::UnclosedQuote,
                cell_place(file, line, name, "\""),
                "a quote opens here and is never closed",
            )
            .label("opens here")
            .note(format!(
                "row {}, {}: everything after it was taken for one cell",
                at.row,
                if name.is_empty() { format!("cell {}", column + 1) } else { format!("`{name}`") }
            ))
            .help("close the quote at the end of the cell, or delete it; a quote inside a quoted cell is written twice: \"\""),
        )
    }
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// Where in a record a quote opens that does not close before the record's end, or that
/// runs over a line's end and closes where no cell ends; and in which cell.
fn open_quote(raw: &[u8], delimiter: u8) -> Option<(usize, usize)> {
    let mut column = 0;
    let mut at = 0;
    while at < raw.len() {
        if raw[at] == b'"' {
            let opens = at;
            at += 1;
            loop {
                let Some(next) = raw[at..].iter().position(|byte| *byte == b'"') else {
                    return Some((opens, column));
                };
                at += next + 1;
                if raw.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
            let closes_a_cell = raw
                .get(at)
                .is_none_or(|byte| *byte == delimiter || matches!(byte, b'\r' | b'\n'));
            if !closes_a_cell && raw[opens..at].contains(&b'\n') {
                return Some((opens, column));
            }
        }
        at += raw[at..]
            .iter()
            .position(|byte| *byte == delimiter)
            .map_or(raw.len() - at, |next| next + 1);
        column += 1;
    }
    None
}
