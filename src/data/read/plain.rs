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

use super::caps::MOST_ROWS;
use super::delimited::Block;
use super::rows::Rows;
use crate::stop::{Hand, begun, cores};
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
pub(super) const AT_A_TIME: usize = 16 << 10;

/// Parts of a text, each of whole lines, handed out in order to whoever is free.
pub(super) trait Parts: Sync {
    /// The next part, in `room` if it is held nowhere else; `None` if there is none left.
    fn next<'r>(&'r self, room: &'r mut Vec<u8>) -> Option<Part<'r>>;

    /// About how many bytes they are in all.
    fn bytes(&self) -> u64;

    /// Takes note of a part that is not ordinary.
    fn is_odd(&self, _part: &Part<'_>) {}

    /// Takes note of rows that were read.
    fn are_read(&self, _rows: usize) {}
}

/// One of these parts.
pub(super) struct Part<'r> {
    /// Its place among them, from 0.
    pub nth: usize,
    /// Its lines.
    pub text: &'r [u8],
}

/// The parts of a text that is held as a whole.
struct Held<'t> {
    parts: Vec<&'t [u8]>,
    bytes: usize,
    next: AtomicUsize,
}

impl Parts for Held<'_> {
    fn next<'r>(&'r self, _room: &'r mut Vec<u8>) -> Option<Part<'r>> {
        let nth = self.next.fetch_add(1, Ordering::Relaxed);
        let text = self.parts.get(nth)?;
        Some(Part { nth, text })
    }

    fn bytes(&self) -> u64 {
        self.bytes as u64
    }
}

/// Reads every record of a block as a row; false, and nothing read, if it is not ordinary.
pub(super) fn rows(block: &Block<'_>, width: usize, into: &mut Rows<'_>) -> bool {
    let cores = cores();
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
    let bytes = block.text.trim_end_matches(['\r', '\n']).as_bytes();
    let begins_blank = bytes
        .first()
        .is_none_or(|byte| matches!(byte, b'\r' | b'\n'));
    let Some(reading) = Reading::of(block.delimiter, width, into, at_a_time) else {
        return false;
    };
    if begins_blank {
        return false;
    }
    let parts = split(bytes, parts);
    let hands = parts.len();
    let held = Held {
        parts,
        bytes: bytes.len(),
        next: AtomicUsize::new(0),
    };
    let before = into.len();
    let is_ordinary = reading.all(&held, hands, into).is_ok();
    if is_ordinary {
        into.end_plain(block.row, into.len() - before);
    }
    is_ordinary
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
    /// Takes one of about so many parts of its length.
    fn take(&mut self, nth: usize, rows: Rows<'s>, parts: f64) {
        self.waiting.insert(nth, rows);
        while let Some(rows) = self.waiting.remove(&self.appended) {
            if self.appended == 0 {
                let all = (rows.len() as f64 * parts) as usize;
                self.all.reserve((all + all / 64).min(MOST_ROWS));
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
pub(super) struct Reading {
    delimiter: u8,
    width: usize,
    at_a_time: usize,
    /// For each column of the file the wanted columns that are read from it.
    wanted: Vec<Vec<usize>>,
}

impl Reading {
    /// Of rows of so many cells, so many bytes at a time; `None` if no such text is ordinary.
    pub(super) fn of(
        delimiter: u8,
        width: usize,
        into: &Rows<'_>,
        at_a_time: usize,
    ) -> Option<Self> {
        let is_word =
            delimiter.is_ascii_alphanumeric() || matches!(delimiter, b'"' | b'\r' | b'\n');
        (width > 1 && !is_word).then(|| Self {
            delimiter,
            width,
            at_a_time,
            wanted: into.by_column(width),
        })
    }

    /// Reads all parts, at most so many at a time.
    ///
    /// # Errors
    /// A part that is not ordinary, or more rows than are read: how many rows were read before
    /// it. Then nothing is put into `into`.
    pub(super) fn all<'s>(
        &self,
        parts: &impl Parts,
        hands: usize,
        into: &mut Rows<'s>,
    ) -> Result<(), usize> {
        let ordinary = AtomicBool::new(true);
        let done = Mutex::new(Done {
            all: into.fresh(),
            appended: 0,
            waiting: BTreeMap::new(),
        });
        let cores = cores();
        let hands = hands.clamp(1, cores);
        let work = |blank: Rows<'s>| {
            let mut room = Vec::new();
            while ordinary.load(Ordering::Relaxed)
                && let Some(part) = parts.next(&mut room)
            {
                let mut rows = blank.fresh();
                if !self.read(part.text, &mut rows) {
                    parts.is_odd(&part);
                    ordinary.store(false, Ordering::Relaxed);
                    return;
                }
                parts.are_read(rows.len());
                let like_it = parts.bytes() as f64 / part.text.len().max(1) as f64;
                let mut done = unpoisoned(done.lock());
                done.take(part.nth, rows, like_it);
                if !into.have_room_for(&done.all) {
                    ordinary.store(false, Ordering::Relaxed);
                }
            }
        };
        thread::scope(|scope| {
            let mut others = Vec::new();
            for _ in 1..hands {
                let blank = into.fresh();
                others.push(begun(scope, || work(blank)));
            }
            work(into.fresh());
            others.into_iter().for_each(Hand::join);
        });
        let all = unpoisoned(done.into_inner()).all;
        if !ordinary.into_inner() {
            return Err(all.len());
        }
        into.append(all);
        Ok(())
    }

    /// Reads one part; false if it is not ordinary.
    pub(super) fn read(&self, part: &[u8], into: &mut Rows<'_>) -> bool {
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
