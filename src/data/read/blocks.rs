//! A file of delimited text that need not fit into memory, as it comes, in; a typed table out,
//! or nothing but the place of the first row that is out of the ordinary.
//!
//! The first rows say which is the header, as in a file that is read whole; what follows is read
//! by the [fast way](super::plain), block by block, and no block is kept. The last rows are held
//! back until the file ends, since totals and notes are told from the end, and are read as any
//! others. What is not ordinary is not told here, but where a file is read whole.

mod source;
#[cfg(test)]
mod tests;

use super::delimited::Block;
use super::faults::Said;
use super::file::{is_delimited, too_long};
use super::grid::{Body, Grid, Top, top};
use super::header::Header;
use super::plain;
use super::rows::Rows;
use super::{
    Account, MOST_PEOPLE, Reading, beside_each_other, caps, decode, finished, told_by, want,
};
use crate::data::{Policy, TableSpec};
use crate::diagnostic::{Code, Diagnostics};
use source::{Ended, Source};
use std::io::{self, Read};

/// A file as it comes.
pub struct Incoming<'r> {
    /// Its bytes.
    pub from: &'r mut (dyn Read + Send),
    /// About how many they are.
    pub length: u64,
    /// How many are read at a time.
    pub block: usize,
    /// Told how many more rows were read, once for each block.
    pub told: &'r (dyn Fn(usize) + Sync),
}

/// What became of a file that was read block by block.
#[derive(Debug)]
pub enum InBlocks {
    /// It was read.
    Read {
        /// What it holds.
        reading: Box<Reading>,
        /// SHA-256 of the bytes that passed, in hexadecimal.
        sha256: String,
        /// How many they were.
        bytes: u64,
    },
    /// It is to be read whole. If it is too large for that, these faults say where it is out of
    /// the ordinary, and what of that row can be told by itself.
    NotPlain(Diagnostics),
}

/// Reads a table block by block.
///
/// # Errors
/// Those of `incoming`; [`io::ErrorKind::Interrupted`] once the work is no longer wanted.
pub fn read_in_blocks(
    spec: &TableSpec,
    name: &str,
    incoming: Incoming<'_>,
) -> io::Result<InBlocks> {
    let not_plain = |row| Ok(InBlocks::NotPlain(caps::not_plain(name, row).into()));
    if !is_delimited(name) || spec.policy == Policy::Totals {
        return not_plain(None);
    }
    let (mut source, head) = Source::of(incoming, |text, is_all| {
        let top = top(text, spec, name).ok().flatten()?;
        let above = text.len() - top.below.text.len();
        (top.settled || is_all).then(|| (Head::of(top), above))
    })?;
    let Some(head) = head else {
        return not_plain(None);
    };
    let header = &head.header;
    let width = header.names.len();
    let mut faults = Diagnostics::new();
    let mut rows = Rows::of(spec);
    want(spec, header, name, &mut rows, &mut faults);
    let reading = plain::Reading::of(head.delimiter, width, &rows, plain::AT_A_TIME);
    let Some(reading) = reading.filter(|_| width <= caps::MOST_COLUMNS) else {
        return not_plain(None);
    };
    source.keep_up_to(MOST_PEOPLE);
    let found = reading.all(&source, source.hands(), &mut rows);
    let ended = source.ended()?;
    if found.is_err() || ended.odd.is_some() {
        let before = found.err().unwrap_or(rows.len());
        let told = head.told(spec, name, (&reading, before), &ended);
        return Ok(InBlocks::NotPlain(told));
    }
    let mut last = ended.last;
    if rows.len() > 0 {
        rows.end_plain(head.row, rows.len());
    }
    let begins = head.after(rows.len());
    if !decode::tidied(&mut last) || too_long(&last, caps::LONGEST_LINE).is_some() {
        return not_plain(Some(begins.row));
    }
    let text = String::from_utf8_lossy(&last);
    let last = Block {
        text: &text,
        ..begins
    };
    // Else the rows of the foot may begin further above.
    if rows.len() > 0 && !last.is_a_record_a_line() {
        return not_plain(Some(begins.row));
    }
    let (last, foot) = last.without_foot(width);
    faults.extend(last.rows(header, name, &mut rows));
    let headers = told_by(header, &head.told, spec);
    if rows.len() <= MOST_PEOPLE {
        let Some(mut text) = ended.kept.and_then(|kept| String::from_utf8(kept).ok()) else {
            return not_plain(None);
        };
        text = decode::spaces(&text).into_owned() + last.text;
        let all = Block {
            text: &text,
            ..head.after(0)
        };
        let grid = Grid {
            header: head.header.clone(),
            body: Body::Delimited(all),
            foot: Vec::new(),
            told: Vec::new(),
        };
        faults.extend(beside_each_other(
            &grid,
            spec,
            &rows,
            (name, headers.likeness),
        ));
    }
    let reading = finished(spec, name, rows, faults, (Some(headers), &foot));
    Ok(InBlocks::Read {
        reading: Box::new(reading),
        sha256: ended.sha256,
        bytes: ended.bytes,
    })
}

/// What stands above the rows, and where they begin.
struct Head {
    header: Header,
    told: Vec<String>,
    delimiter: u8,
    /// The line and the row below the header.
    line: usize,
    row: usize,
}

impl Head {
    fn of(top: Top<'_>) -> Self {
        Self {
            header: top.header,
            told: top.told,
            delimiter: top.below.delimiter,
            line: top.below.line,
            row: top.below.row,
        }
    }

    /// What follows so many rows of a line each, without its text.
    fn after(&self, rows: usize) -> Block<'static> {
        Block {
            text: "",
            delimiter: self.delimiter,
            line: self.line + rows,
            row: self.row + rows,
        }
    }

    /// Where a block that follows so many rows is out of the ordinary, and what is wrong with
    /// that row by itself.
    fn told(
        &self,
        spec: &TableSpec,
        name: &str,
        (reading, before): (&plain::Reading, usize),
        ended: &Ended,
    ) -> Diagnostics {
        let Some(block) = &ended.odd else {
            return caps::too_many_rows(name).into();
        };
        let (mut rows, mut of_no_row) = (Rows::default(), Diagnostics::new());
        want(spec, &self.header, name, &mut rows, &mut of_no_row);
        let mut lines = block.split_inclusive(|byte| *byte == b'\n').enumerate();
        let odd = lines.find(|(_, line)| {
            let mut line = line.to_vec();
            let is_too_long = too_long(&line, caps::LONGEST_LINE).is_some();
            is_too_long || !decode::tidied(&mut line) || !reading.read(&line, &mut rows)
        });
        let Some((nth, line)) = odd else {
            return caps::not_plain(name, None).into();
        };
        let text = String::from_utf8_lossy(line);
        let block = Block {
            text: &text,
            ..self.after(before + nth)
        };
        let mut rows = Rows::default();
        want(spec, &self.header, name, &mut rows, &mut of_no_row);
        // By itself the first line of several would look like one whose quote is never closed.
        let of_row = block.rows(&self.header, name, &mut rows).into_iter();
        let mut faults: Diagnostics = of_row
            .filter(|fault| fault.code != Code::UnclosedQuote)
            .collect();
        let (_, _, of_cells) = rows.finish(name, &Said::by(spec), &mut Account::default());
        faults.extend(of_cells);
        faults.push(caps::not_plain(name, Some(block.row)));
        faults
    }
}
