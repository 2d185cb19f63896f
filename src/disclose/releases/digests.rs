//! The rows of a table in, in whatever order; one digest of them out, by which a later release
//! is known to rest on the same rows.

use crate::assessment::{KindOf, Membership};
use crate::data::{Column, code_of};
use crate::digest::{Alike, sha256};
use crate::national::ABOUT_THINGS_COLUMNS;
use crate::stop::{begun, cores};
use std::thread;

/// The columns about people, by name.
pub(super) fn columns(membership: &Membership) -> impl Iterator<Item = (&str, &Column)> {
    let table = &membership.table;
    let columns = table.columns.iter().filter(|(name, _)| {
        table.id != "workforce" || !ABOUT_THINGS_COLUMNS.contains(&name.as_str())
    });
    columns.map(|(name, column)| (name.as_str(), column))
}

/// What a digest is made of, of the rows that the check covers, as the script maps them, in whatever order:
/// each row is hashed by itself, and the hash is that of the columns' names, of how many rows
/// there are and of the sum of the rows' hashes. The sum alone would tell what a row that is
/// added does to it. Totals about posts and things may change; they are no person's data.
pub(super) fn summed_up(membership: &Membership) -> Vec<u8> {
    let table = &membership.table;
    let columns: Vec<(&str, Cells)> = columns(membership)
        .map(|(name, column)| (name, Cells::of(column)))
        .collect();
    let cells: Vec<&Cells> = columns.iter().map(|(_, cells)| cells).collect();
    let cores = cores();
    let parts = cores.min(table.len / WORTH_A_THREAD + 1);
    let kinds = membership
        .kind_of
        .kept()
        .chunks(table.len.div_ceil(parts).max(1));
    let (mut rows, mut sum) = (0_u64, [0_u64; 4]);
    thread::scope(|scope| {
        let mut first = 0;
        let mut hands = Vec::new();
        for kinds in kinds {
            let (cells, from) = (&cells, first);
            first += kinds.len();
            let work = move || summed(cells, from, kinds);
            match first == table.len {
                true => add(&mut rows, &mut sum, work()),
                false => hands.push(begun(scope, work)),
            }
        }
        for hand in hands {
            add(&mut rows, &mut sum, hand.join());
        }
    });
    let mut whole = Vec::new();
    for (name, cells) in &columns {
        whole.extend_from_slice(name.as_bytes());
        whole.push(0);
        whole.extend_from_slice(&cells.labels);
    }
    whole.extend(rows.to_le_bytes());
    whole.extend(sum.iter().flat_map(|part| part.to_le_bytes()));
    whole
}

/// Rows that are worth a thread of their own.
pub(super) const WORTH_A_THREAD: usize = 50_000;

/// Rows whose cells are written out at a time, column by column.
const BLOCK: usize = 256;

/// How many rows are covered of those from `from` on, and the sum of their hashes.
fn summed(columns: &[&Cells], from: usize, kinds: &[u32]) -> (u64, [u64; 4]) {
    let width: usize = columns.iter().map(|cells| cells.width()).sum();
    let (mut rows, mut sum) = (0, [0; 4]);
    let alike = Alike::new(width);
    let mut text = alike.room(BLOCK);
    let mut covered = Vec::with_capacity(BLOCK);
    for (nth, kinds) in kinds.chunks(BLOCK).enumerate() {
        let from = from + nth * BLOCK;
        covered.clear();
        let each = (from..).zip(kinds);
        covered.extend(each.filter_map(|(row, kind)| KindOf::read(*kind).map(|_| row)));
        let mut at = 0;
        for cells in columns {
            cells.write(&covered, &mut text, at, alike.stride());
            at += cells.width();
        }
        for row in text.chunks_exact(alike.stride()).take(covered.len()) {
            let digest = alike.sha256(row);
            // Its bytes, eight at a time, the lowest first.
            let (pairs, _) = digest.as_chunks::<2>();
            let mut hash = [0; 4];
            for (own, [low, high]) in hash.iter_mut().zip(pairs) {
                *own = u64::from(low.swap_bytes()) | u64::from(high.swap_bytes()) << 32;
            }
            add(&mut rows, &mut sum, (1, hash));
        }
    }
    (rows, sum)
}

/// Adds rows and the sum of their hashes, which goes round at 2²⁵⁶.
fn add(rows: &mut u64, sum: &mut [u64; 4], (more, hashes): (u64, [u64; 4])) {
    *rows += more;
    let mut carried = false;
    for (total, part) in sum.iter_mut().zip(hashes) {
        let (plain, over) = total.overflowing_add(part);
        let (with, over_again) = plain.overflowing_add(u64::from(carried));
        carried = over || over_again;
        *total = with;
    }
}

/// A column's cells as bytes, each as many as any other of the column, whatever the order in
/// which the file has the words.
struct Cells<'a> {
    column: &'a Column,
    /// Of words the beginnings of their hashes.
    words: Vec<[u8; WORD]>,
    /// The labels of a question, a line each.
    labels: Vec<u8>,
}

/// Bytes of a word, and of a number.
const WORD: usize = 6;
const NUMBER: usize = 8;

impl<'a> Cells<'a> {
    fn of(column: &'a Column) -> Self {
        let (mut words, mut labels) = (Vec::new(), Vec::new());
        match column {
            Column::Number(_) => {}
            Column::Words { words: all, .. } => {
                words.extend(all.iter().map(|word| {
                    let mut own = [0; WORD];
                    own.copy_from_slice(&sha256(word.as_bytes())[..WORD]);
                    own
                }));
            }
            Column::Answers { labels: all, .. } => {
                labels.extend(
                    all.iter()
                        .flat_map(|label| [label.as_bytes(), b"\n"].concat()),
                );
            }
        }
        Self {
            column,
            words,
            labels,
        }
    }

    /// Bytes of a cell.
    fn width(&self) -> usize {
        match self.column {
            Column::Number(_) => NUMBER,
            Column::Words { .. } => WORD,
            Column::Answers { .. } => 1,
        }
    }

    /// Writes the cells of some rows, each `width` bytes after that of the row before.
    fn write(&self, rows: &[usize], text: &mut [u8], at: usize, width: usize) {
        let places = (at..).step_by(width);
        match self.column {
            Column::Number(numbers) => {
                for (row, at) in rows.iter().zip(places) {
                    let cell = match numbers.get(*row) {
                        Ok(number) => number.to_le_bytes(),
                        // No number of a file has these bytes: they are all finite.
                        Err(missing) => [code_of(missing), 255, 255, 255, 255, 255, 255, 255],
                    };
                    text[at..at + NUMBER].copy_from_slice(&cell);
                }
            }
            Column::Words { rows: codes, .. } => {
                for (row, at) in rows.iter().zip(places) {
                    let cell = match codes.get(*row) {
                        Ok(word) => self.words[word as usize],
                        Err(missing) => [255, 255, 255, 255, 255, code_of(missing)],
                    };
                    text[at..at + WORD].copy_from_slice(&cell);
                }
            }
            Column::Answers { rows: marks, .. } => {
                let marks = marks.slice();
                for (row, text) in rows.iter().zip(text.chunks_exact_mut(width)) {
                    text[at] = marks[*row];
                }
            }
        }
    }
}
