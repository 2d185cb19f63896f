//! Delimited text as nearly every tool writes it, read at full speed: text in, rows out, or
//! nothing if anything about it is out of the ordinary.
//!
//! The text is split at line ends into parts that are read side by side, some lines at a time:
//! first all edges of cells are found, then each column's cells go straight into their typed
//! column, one column after another. Ordinary is: as many cells in each row as there are headers, no
//! blank row, no quote within a quoted cell and no line end either, and no cell at fault. At
//! the first sight of anything else all is left to the slower way, which reads the same of
//! this text, and tells what is wrong with other texts.

mod edges;

use super::delimited::Block;
use super::rows::Rows;
use edges::{Edges, Odd};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Text that is worth a thread of its own, bytes.
const WORTH_A_THREAD: usize = 1 << 20;

/// Text of a part where there are more parts than threads: whoever is done takes another while
/// the rest are busy, and what was read is put in its place before it leaves the nearest memory.
const PART: usize = 4 << 20;

/// Bytes that are read at a time: they and their edges stay beside the processor.
const AT_A_TIME: usize = 16 << 10;

/// Reads every record of a block as a row; false, and nothing read, if it is not ordinary.
pub(super) fn rows(block: &Block<'_>, width: usize, into: &mut Rows<'_>) -> bool {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let worth = block.text.len() / WORTH_A_THREAD + 1;
    let parts = cores.min(worth).max(block.text.len() / PART);
    in_parts(block, width, into, (parts, AT_A_TIME))
}

/// In so many parts, of each of which so many bytes are read at a time.
fn in_parts(
    block: &Block<'_>,
    width: usize,
    into: &mut Rows<'_>,
    (parts, at_a_time): (usize, usize),
) -> bool {
    let (delimiter, text) = (block.delimiter, block.text);
    let bytes = text.trim_end_matches(['\r', '\n']).as_bytes();
    let is_word = delimiter.is_ascii_alphanumeric() || matches!(delimiter, b'"' | b'\r' | b'\n');
    let begins_blank = bytes
        .first()
        .is_none_or(|byte| matches!(byte, b'\r' | b'\n'));
    if begins_blank || width < 2 || is_word {
        return false;
    }
    let reading = Reading {
        delimiter,
        width,
        at_a_time,
        wanted: into.by_column(width),
    };
    let parts = split(bytes, parts);
    let (next, ordinary) = (AtomicUsize::new(0), AtomicBool::new(true));
    let done = Mutex::new(Done {
        all: into.fresh(),
        appended: 0,
        waiting: BTreeMap::new(),
    });
    let fresh: Vec<Mutex<Option<Rows<'_>>>> = parts
        .iter()
        .map(|_| Mutex::new(Some(into.fresh())))
        .collect();
    let held = |nth: usize| {
        fresh
            .get(nth)
            .and_then(|rows| unpoisoned(rows.lock()).take())
    };
    let work = || {
        while ordinary.load(Ordering::Relaxed)
            && let nth = next.fetch_add(1, Ordering::Relaxed)
            && let (Some(part), Some(mut rows)) = (parts.get(nth), held(nth))
        {
            if reading.read(part, &mut rows) {
                unpoisoned(done.lock()).take(nth, rows, parts.len());
            } else {
                ordinary.store(false, Ordering::Relaxed);
            }
        }
    };
    let hands = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 1..hands.min(parts.len()) {
            scope.spawn(work);
        }
        work();
    });
    let all = unpoisoned(done.into_inner()).all;
    if !ordinary.into_inner() || !into.have_room_for(&all) {
        return false;
    }
    into.append(all);
    into.end_plain(block.row);
    true
}

fn unpoisoned<T>(held: Result<T, PoisonError<T>>) -> T {
    held.unwrap_or_else(PoisonError::into_inner)
}

/// The parts that were read, put together in their order as soon as those before them are there.
struct Done<'s> {
    all: Rows<'s>,
    /// How many parts are in it.
    appended: usize,
    waiting: BTreeMap<usize, Rows<'s>>,
}

impl<'s> Done<'s> {
    /// Takes one of so many parts of about equal length.
    fn take(&mut self, nth: usize, rows: Rows<'s>, parts: usize) {
        self.waiting.insert(nth, rows);
        while let Some(rows) = self.waiting.remove(&self.appended) {
            if self.appended == 0 {
                let all = rows.len() * parts;
                self.all.reserve(all + all / 64);
            }
            self.all.append(rows);
            self.appended += 1;
        }
    }
}

/// Whether each carriage return stands before a line feed.
fn lines_end_plainly(bytes: &[u8]) -> bool {
    let returns = bytes.iter().filter(|byte| **byte == b'\r').count();
    returns == bytes.windows(2).filter(|pair| *pair == b"\r\n").count()
}

/// Splits a text after line ends into about equal parts. One that ends within a quoted cell
/// is noticed when it is read.
fn split(bytes: &[u8], parts: usize) -> Vec<&[u8]> {
    let mut all = Vec::new();
    let mut rest = bytes;
    for left in (2..=parts.max(1)).rev() {
        let about = rest.len() / left;
        let Some(end) = rest[about..].iter().position(|byte| *byte == b'\n') else {
            break;
        };
        let (part, after) = rest.split_at(about + end + 1);
        all.push(part);
        rest = after;
    }
    if !rest.is_empty() {
        all.push(rest);
    }
    all
}

/// How the records of a text are read.
struct Reading {
    delimiter: u8,
    width: usize,
    at_a_time: usize,
    /// For each column of the file the wanted columns that are read from it.
    wanted: Vec<Vec<usize>>,
}

impl Reading {
    /// Reads one part; false if it is not ordinary.
    fn read(&self, part: &[u8], into: &mut Rows<'_>) -> bool {
        let mut edges = Edges::new(self.delimiter);
        let mut at = 0;
        while at < part.len() {
            let lines = lines(&part[at..], self.at_a_time);
            let read = match edges.find(&part[at..at + lines]) {
                Odd::Nothing => self.by_column(&part[at..], lines, &edges, into),
                Odd::Quotes => self.by_cell(&part[at..at + lines], into),
                Odd::Returns => false,
            };
            if !read {
                return false;
            }
            if at == 0 {
                // As if all lines were about as long as these.
                let more = (into.len() as f64 * part.len() as f64 / lines as f64) as usize;
                into.reserve(more + more / 64);
            }
            at += lines;
        }
        true
    }

    /// Reads the first so many bytes of a text, which are lines without a quote, column by
    /// column.
    fn by_column(&self, text: &[u8], lines: usize, edges: &Edges, into: &mut Rows<'_>) -> bool {
        let Some(rows) = edges.rows(&text[..lines], self.width) else {
            return false;
        };
        for row in 0..rows {
            let line = edges.line(row, self.width);
            if self.is_blank(&text[line.start..line.end.min(lines)]) {
                return false;
            }
        }
        for (column, wanted) in self.wanted.iter().enumerate() {
            let is_last = column + 1 == self.width;
            for wanted in wanted {
                let cells = edges.column(column, self.width).map(|mut cell| {
                    if is_last && cell.end > cell.start && text[cell.end - 1] == b'\r' {
                        cell.end -= 1;
                    }
                    cell
                });
                if !into.add_plain(*wanted, text, cells) {
                    return false;
                }
            }
        }
        into.count_plain(rows);
        true
    }

    /// Whether no cell of a line has anything in it.
    fn is_blank(&self, line: &[u8]) -> bool {
        let says = |byte: &u8| *byte != self.delimiter && !byte.is_ascii_whitespace();
        !line.iter().any(says)
    }

    /// Reads lines that hold quotes, cell by cell.
    fn by_cell(&self, lines: &[u8], into: &mut Rows<'_>) -> bool {
        if !lines_end_plainly(lines) {
            return false;
        }
        let ends = |byte: &u8| *byte == self.delimiter || *byte == b'\n';
        let mut at = 0;
        while at < lines.len() {
            let mut something = false;
            for column in 0..self.width {
                let (mut cell, end) = if lines.get(at) == Some(&b'"') {
                    match quoted(lines, at, self.delimiter) {
                        Some(found) => found,
                        None => return false,
                    }
                } else {
                    let rest = lines.get(at..).unwrap_or_default();
                    let end = at + rest.iter().position(ends).unwrap_or(rest.len());
                    (at..end, end)
                };
                let is_last = column + 1 == self.width;
                match lines.get(end) {
                    Some(byte) if *byte == self.delimiter && !is_last => {}
                    Some(b'\n') | None if is_last => {}
                    _ => return false,
                }
                if is_last && cell.end > cell.start && lines[cell.end - 1] == b'\r' {
                    cell.end -= 1;
                }
                something |= !lines[cell.clone()].trim_ascii().is_empty();
                for wanted in &self.wanted[column] {
                    if !into.add_plain(*wanted, lines, [cell.clone()].into_iter()) {
                        return false;
                    }
                }
                at = end + 1;
            }
            if !something {
                return false;
            }
            into.count_plain(1);
        }
        true
    }
}

/// The length of whole lines of at most so many bytes, or of the first line if it is longer.
fn lines(text: &[u8], most: usize) -> usize {
    let Some(some) = text.get(..most) else {
        return text.len();
    };
    let end = some.iter().rposition(|byte| *byte == b'\n').or_else(|| {
        let end = text[most..].iter().position(|byte| *byte == b'\n');
        end.map(|end| most + end)
    });
    end.map_or(text.len(), |end| end + 1)
}

/// A quoted cell that begins at `at`: what is within the quotes, and where the cell ends;
/// `None` if there is a quote or a line end in it.
fn quoted(bytes: &[u8], at: usize, delimiter: u8) -> Option<(std::ops::Range<usize>, usize)> {
    let inside = at + 1;
    let length = bytes[inside..]
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\n'))?;
    let close = inside + length;
    if bytes[close] != b'"' {
        return None;
    }
    let mut end = close + 1;
    if bytes.get(end) == Some(&b'\r') {
        end += 1;
    }
    match bytes.get(end) {
        Some(byte) if *byte == delimiter && end == close + 1 => Some((inside..close, end)),
        Some(b'\n') | None => Some((inside..close, end)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
