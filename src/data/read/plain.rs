//! Delimited text as nearly every tool writes it, read at full speed: text in, rows out, or
//! nothing if anything about it is out of the ordinary.
//!
//! The text is split at line ends into parts that are read side by side, each cell straight
//! into its typed column. Ordinary is: as many cells in each row as there are headers, no
//! blank row, no quote within a quoted cell and no line end either, and no cell at fault. At
//! the first sight of anything else all is left to the slower way, which reads the same of
//! this text, and tells what is wrong with other texts.

use super::delimited::Block;
use super::rows::Rows;
use std::thread;

/// Text that is worth a thread of its own, bytes.
const WORTH_A_THREAD: usize = 1 << 20;

/// Reads every record of a block as a row; false, and nothing read, if it is not ordinary.
pub(super) fn rows(block: &Block<'_>, width: usize, into: &mut Rows<'_>) -> bool {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let worth = block.text.len() / WORTH_A_THREAD + 1;
    in_parts(block, width, into, cores.min(worth))
}

fn in_parts(block: &Block<'_>, width: usize, into: &mut Rows<'_>, parts: usize) -> bool {
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
        wanted: into.by_column(width),
    };
    let parts = split(bytes, parts);
    let mut read: Vec<Option<Rows<'_>>> = Vec::new();
    thread::scope(|scope| {
        let others: Vec<_> = parts[1..]
            .iter()
            .map(|part| {
                let mut own = into.fresh();
                let reading = &reading;
                scope.spawn(move || reading.read(part, &mut own).then_some(own))
            })
            .collect();
        let mut first = into.fresh();
        read.push(reading.read(parts[0], &mut first).then_some(first));
        for other in others {
            read.push(other.join().ok().flatten());
        }
    });
    match read.into_iter().collect::<Option<Vec<_>>>() {
        Some(read) if into.have_room_for(&read) => {
            read.into_iter().for_each(|part| into.append(part));
            into.end_plain(block.row);
            true
        }
        _ => false,
    }
}

/// Whether each carriage return stands before a line feed.
fn lines_end_plainly(bytes: &[u8]) -> bool {
    !bytes.contains(&b'\r')
        || (bytes.windows(2).filter(|pair| *pair == b"\r\n").count()
            == bytes.iter().filter(|byte| **byte == b'\r').count())
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
    /// For each column of the file the wanted columns that are read from it.
    wanted: Vec<Vec<usize>>,
}

impl Reading {
    /// Reads one part; false if it is not ordinary.
    fn read(&self, bytes: &[u8], into: &mut Rows<'_>) -> bool {
        if !lines_end_plainly(bytes) {
            return false;
        }
        let has_quotes = bytes.contains(&b'"');
        let ends = Ends::new(self.delimiter);
        let mut at = 0;
        while at < bytes.len() {
            let mut something = false;
            for column in 0..self.width {
                let (cell, end) = if has_quotes && bytes.get(at) == Some(&b'"') {
                    match quoted(bytes, at, self.delimiter) {
                        Some(found) => found,
                        None => return false,
                    }
                } else {
                    let end = ends.next(bytes, at);
                    (at..end, end)
                };
                let is_last = column + 1 == self.width;
                match bytes.get(end) {
                    Some(byte) if *byte == self.delimiter && !is_last => {}
                    Some(b'\n') | None if is_last => {}
                    _ => return false,
                }
                let mut cell = cell;
                if is_last && cell.end > cell.start && bytes[cell.end - 1] == b'\r' {
                    cell.end -= 1;
                }
                something |= !bytes[cell.clone()].trim_ascii().is_empty();
                for wanted in &self.wanted[column] {
                    if !into.add_plain(*wanted, bytes, cell.clone()) {
                        return false;
                    }
                }
                at = end + 1;
            }
            if !something {
                return false;
            }
            into.count_plain();
        }
        true
    }
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

/// Finds ends of cells eight bytes at a time.
struct Ends {
    delimiter: u8,
    delimiters: u64,
}

/// A one in each byte, and each byte's highest bit.
const ONES: u64 = u64::MAX / 255;
const HIGH: u64 = ONES << 7;

impl Ends {
    fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            delimiters: ONES * u64::from(delimiter),
        }
    }

    /// Where the next delimiter or line feed is, or the text ends.
    fn next(&self, bytes: &[u8], mut from: usize) -> usize {
        while let Some(eight) = bytes.get(from..from + 8) {
            let word = u64::from_le_bytes(eight.try_into().expect("these are eight bytes"));
            let (delimiters, feeds) = (word ^ self.delimiters, word ^ (ONES * u64::from(b'\n')));
            // A byte of 0 borrows; of those above it nothing is asked.
            let found = (delimiters.wrapping_sub(ONES) & !delimiters
                | feeds.wrapping_sub(ONES) & !feeds)
                & HIGH;
            if found != 0 {
                return from + found.trailing_zeros() as usize / 8;
            }
            from += 8;
        }
        let rest = bytes.get(from..).unwrap_or_default();
        let end = rest
            .iter()
            .position(|byte| *byte == self.delimiter || *byte == b'\n');
        end.map_or(bytes.len(), |end| from + end)
    }
}

#[cfg(test)]
mod tests;
