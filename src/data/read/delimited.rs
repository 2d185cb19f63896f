//! The text of a CSV file in; its header, and its rows one by one, out.

use super::column::Raw;
use super::faults::{At, Where, cell_place, rows};
use super::header::Header;
use super::rows::Rows;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Source, Span};
use csv::ByteRecord;

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
    /// A whole file. Finds the delimiter: from Excel's `sep=` line, else the one of comma,
    /// semicolon and tab that is most frequent in the header outside quotes.
    pub(super) fn new(text: &'t str) -> Self {
        let first = text.lines().next().unwrap_or("");
        let told = first.trim_matches('"');
        if let (Some("sep="), Some([delimiter])) = (
            told.get(..4).map(str::to_ascii_lowercase).as_deref(),
            told.get(4..).map(str::as_bytes),
        ) && delimiter.is_ascii()
        {
            return Self {
                text: text[first.len()..]
                    .trim_start_matches('\r')
                    .strip_prefix('\n')
                    .unwrap_or(""),
                line: 2,
                row: 1,
                delimiter: *delimiter,
            };
        }
        Self {
            text,
            line: 1,
            row: 1,
            delimiter: most_frequent(text),
        }
    }

    /// The header and the rows below it; `None` if the file is empty.
    ///
    /// # Errors
    /// A quote in the header that is never closed.
    pub(super) fn header(&self, file: &str) -> Result<Option<(Header, Self)>, Box<Diagnostic>> {
        let mut records = Records::new(self);
        let mut record = ByteRecord::new();
        let Some(at) = records.next(&mut record) else {
            return Ok(None);
        };
        let names: Vec<String> = record
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().to_owned())
            .collect();
        let header = Header {
            names,
            line: at.line,
            lettered: true,
            ..Header::default()
        };
        match records.unclosed(&header, file, &at) {
            Some(fault) => Err(Box::new(fault)),
            None => Ok(Some((header, records.rest()))),
        }
    }

    /// Every record as a row.
    pub(super) fn rows(&self, header: &Header, file: &str, into: &mut Rows) -> Diagnostics {
        let mut records = Records::new(self);
        let mut record = ByteRecord::new();
        let mut ragged: Option<(usize, usize, Where)> = None;
        let width = header.names.len();
        while let Some(at) = records.next(&mut record) {
            if let Some(fault) = records.unclosed(header, file, &at) {
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
    fn unclosed(&self, header: &Header, file: &str, at: &At) -> Option<Diagnostic> {
        let of_one_line = self.line - usize::from(self.ended()) == at.line;
        if of_one_line && self.end < self.text.len() {
            return None;
        }
        let raw = &self.text[self.start..self.end];
        let (offset, column) = open_quote(raw.as_bytes(), self.delimiter)?;
        let line = at.line + newlines(&raw.as_bytes()[..offset]);
        let name = header.names.get(column).map_or("", String::as_str);
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

/// The likeliest delimiter of a header, quotes left aside.
fn most_frequent(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts
                .iter_mut()
                .filter(|(known, _)| *known == byte)
                .for_each(|(_, count)| *count += 1),
        }
    }
    // Of equals the first: a comma.
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(delimiter, _)| *delimiter)
}
