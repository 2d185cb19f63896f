//! A survey closes when it is first published.
//!
//! From two releases of one survey that differ by one person, that person's answers are the
//! difference. So the rows behind a later release of the same as-of date must be the same
//! rows, in whatever order and spelling; and what an earlier release told stays told, so that
//! the later one is planned with it.

use super::Held;
use super::closed::{groups_changed, rows_changed};
use super::figures::{amount, withheld};
use crate::assessment::{Assessment, Membership};
use crate::check::HealthCheck;
use crate::data::{Column, code_of};
use crate::diagnostic::Diagnostic;
use crate::digest::{Alike, sha256, sha256_hex};
use crate::national::ABOUT_THINGS_COLUMNS;
use crate::publication::{Publication, Reading, RowsDigest};
use crate::stop::both;

use std::collections::BTreeSet;
use std::thread;

/// The digest of each table's rows about people.
pub(super) fn digests(assessment: &Assessment) -> Vec<RowsDigest> {
    let digest = |membership: &Membership| RowsDigest {
        table: membership.table.id.clone(),
        sha256: rows_digest(membership),
    };
    let brought = assessment.memberships.iter();
    brought
        .filter(|membership| membership.table.brought)
        .map(digest)
        .collect()
}

/// The same, beside some other work on the council if its rows are many.
pub(super) fn digests_beside<T>(
    assessment: &Assessment,
    work: impl FnOnce() -> T,
) -> (Vec<RowsDigest>, T) {
    let mut brought = assessment.memberships.iter();
    if brought.all(|one| one.table.len < WORTH_A_THREAD) {
        return (digests(assessment), work());
    }
    both(|| digests(assessment), work)
}

/// A digest of the rows that the check covers, as the script maps them, in whatever order:
/// each row is hashed by itself, and the hash is that of the columns' names, of how many rows
/// there are and of the sum of the rows' hashes. The sum alone would tell what a row that is
/// added does to it. Totals about posts and things may change; they are no person's data.
fn rows_digest(membership: &Membership) -> String {
    let table = &membership.table;
    let columns: Vec<(&str, Cells)> = table
        .columns
        .iter()
        .filter(|(name, _)| {
            table.id != "workforce" || !ABOUT_THINGS_COLUMNS.contains(&name.as_str())
        })
        .map(|(name, column)| (name.as_str(), Cells::of(column)))
        .collect();
    let cells: Vec<&Cells> = columns.iter().map(|(_, cells)| cells).collect();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let parts = cores.min(table.len / WORTH_A_THREAD + 1);
    let kinds = membership.kind_of.chunks(table.len.div_ceil(parts).max(1));
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
                false => hands.push(scope.spawn(work)),
            }
        }
        for hand in hands {
            add(
                &mut rows,
                &mut sum,
                hand.join().expect("hashing cannot fail"),
            );
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
    sha256_hex(&whole)
}

/// Rows that are worth a thread of their own.
const WORTH_A_THREAD: usize = 50_000;

/// Rows whose cells are written out at a time, column by column.
const BLOCK: usize = 256;

/// How many rows are covered of those from `from` on, and the sum of their hashes.
fn summed(columns: &[&Cells], from: usize, kinds: &[Option<u32>]) -> (u64, [u64; 4]) {
    let width: usize = columns.iter().map(|cells| cells.width()).sum();
    let (mut rows, mut sum) = (0, [0; 4]);
    let alike = Alike::new(width);
    let mut text = alike.room(BLOCK);
    let mut covered = Vec::with_capacity(BLOCK);
    for (nth, kinds) in kinds.chunks(BLOCK).enumerate() {
        let from = from + nth * BLOCK;
        covered.clear();
        let each = (from..).zip(kinds);
        covered.extend(each.filter_map(|(row, kind)| kind.map(|_| row)));
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

/// What earlier releases of the same survey told.
#[derive(Default)]
pub(super) struct Told {
    /// Item and group, as numbered now.
    figures: BTreeSet<(usize, usize)>,
    /// Whether an earlier release rests on other rows.
    corrected: bool,
}

impl Told {
    pub(super) fn figure(&self, item: usize, group: usize) -> bool {
        self.figures.contains(&(item, group))
    }

    pub(super) fn corrected(&self) -> bool {
        self.corrected
    }
}

/// Compares with the releases of the same as-of date, oldest first.
///
/// # Errors
/// The rows are not those published last, and no correction is told; or a group that was
/// published is another one now.
pub(super) fn told(
    check: &HealthCheck,
    assessment: &Assessment,
    own: &[RowsDigest],
    releases: &[Publication],
) -> Result<Told, Box<Diagnostic>> {
    for rows in own {
        let last = releases
            .iter()
            .rev()
            .find(|release| release.rows.iter().any(|of| of.table == rows.table));
        if let Some(last) = last.filter(|last| !last.rows.contains(rows) && !check.withdraws(last))
        {
            return Err(Box::new(rows_changed(check, &rows.table, &last.id)));
        }
    }
    let mut told = Told {
        figures: BTreeSet::new(),
        corrected: false,
    };
    for release in releases {
        for published in &release.items {
            let Some(item) = check
                .items()
                .iter()
                .position(|item| item.id == published.id)
            else {
                continue;
            };
            let same_rows = rest_on_same(own, release, &published.kind);
            told.corrected |= !same_rows;
            for finding in &published.findings {
                let readings = [finding.national.as_ref(), Some(&finding.local)];
                let Some(reading) = readings
                    .into_iter()
                    .flatten()
                    .find(|reading| people(reading).is_some())
                else {
                    continue;
                };
                let group = assessment.groups.iter().position(|group| {
                    group.breakdown == finding.breakdown && group.name == finding.group
                });
                match group.filter(|group| is_still(assessment, item, *group, reading, same_rows)) {
                    Some(group) => {
                        told.figures.insert((item, group));
                    }
                    // It was withdrawn, and is not the figure of these rows.
                    None if !same_rows => {}
                    None => {
                        return Err(Box::new(groups_changed(
                            check,
                            &format!(
                                "the group `{}` of `{}` is no longer the one that was published",
                                finding.group, finding.breakdown
                            ),
                            &release.id,
                        )));
                    }
                }
            }
        }
    }
    Ok(told)
}

/// Whether items of a kind rest on the rows of now, as far as both releases brought them.
fn rest_on_same(own: &[RowsDigest], release: &Publication, kind: &str) -> bool {
    let of_kind = |rows: &&RowsDigest| (kind == "question") == (rows.table == "survey");
    own.iter().filter(of_kind).all(|rows| {
        let before = release.rows.iter().find(|of| of.table == rows.table);
        before.is_none_or(|before| before == rows)
    })
}

/// Withholds beside the items what would tell how the rows differ from those of an earlier
/// release: how many answered, who knew of the check, and remarks that count people.
pub(super) fn hold_back_beside(
    publication: &mut Publication,
    told: &Told,
    releases: &[Publication],
    held: &Held,
) {
    if held.holds_response() {
        for part in &mut publication.response {
            (part.answered, part.rate) = (withheld(), withheld());
            part.words.clear();
        }
    }
    for question in &mut publication.awareness {
        if held.holds_figure(&question.id, "whole", "whole") {
            (question.yes, question.n) = (withheld(), withheld());
        }
    }
    if told.corrected {
        publication
            .data_quality
            .retain(|line| releases.iter().all(|one| one.data_quality.contains(line)));
    }
}

/// The people of a published figure.
fn people(reading: &Reading) -> Option<f64> {
    reading.n.value
}

/// Whether a group has as many people as were published; of other rows, whether its figure
/// is the same too.
fn is_still(
    assessment: &Assessment,
    item: usize,
    group: usize,
    published: &Reading,
    same_rows: bool,
) -> bool {
    let found = assessment
        .findings
        .iter()
        .find(|finding| finding.item == item && finding.group == group);
    found.is_some_and(|finding| {
        let readings = finding.national.iter().chain([&finding.local]);
        readings.into_iter().any(|reading| {
            reading.people.map(|now| now as f64) == people(published)
                && (same_rows || amount(reading.value).text == published.value.text)
        })
    })
}
