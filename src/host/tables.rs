//! A table's file in; its table, all that is wrong with it, its hash and its size out.
//!
//! A small file is read whole. A large one is read block by block, so that no more of it than
//! some blocks is ever held; where it is not plain enough for that, it is read whole after all,
//! unless it is too large, and then it is refused.

use super::Host;
use super::beside::{DATA, beside, judged};
use super::files::{self, Files, LARGEST_FILE, LARGEST_TABLE};
use super::sums::{self, Stamp};
use crate::check::HealthCheck;
use crate::data::{self, InBlocks, Incoming, Reading, TableSpec};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::digest::sha256_hex;
use crate::side_by_side::side_by_side;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes from which on a file is large.
pub(super) const LARGE: usize = 8 << 20;

/// Bytes of a large file that are read at a time.
const BLOCK: usize = 4 << 20;

/// A table as its file was taken.
pub(super) struct Taken {
    /// Its rows; its own faults are among the others.
    pub reading: Reading,
    /// All that is wrong with it, seen beside the script.
    pub faults: Diagnostics,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
}

/// What came of a file: a table with its sum and size, or bytes.
enum Came {
    Read(Box<Reading>, String, u64),
    Whole(Vec<u8>),
}

impl Host {
    /// What is done with each table's card, in order; the files that were looked at are noted.
    /// Side by side where more than one is large and councils are not side by side.
    pub(super) fn of_each_table<T: Send>(
        &self,
        check: &HealthCheck,
        files: &mut Files,
        work: impl Fn(&TableSpec, &mut Files) -> T + Sync,
    ) -> Vec<T> {
        let root = self.data_root(check);
        let is_large = |spec: &&TableSpec| {
            let meta = std::fs::metadata(root.join(&spec.file.value));
            meta.is_ok_and(|meta| meta.len() >= LARGE as u64)
        };
        let one = |spec: &TableSpec| {
            let mut noted = Files::default();
            let done = work(spec, &mut noted);
            (done, noted)
        };
        let tables = check.tables();
        let of_each = match tables.iter().filter(is_large).count() {
            0 | 1 => tables.iter().map(one).collect(),
            _ => side_by_side(tables, one),
        };
        let (done, noted): (Vec<T>, Vec<Files>) = of_each.into_iter().unzip();
        noted.into_iter().for_each(|noted| files.extend(noted));
        done
    }

    /// The table of a check's card, its file noted, or the fault at the card.
    pub(super) fn taken(
        &self,
        check: &HealthCheck,
        spec: &TableSpec,
        files: &mut Files,
    ) -> Result<Taken, Box<Diagnostic>> {
        let root = self.data_root(check);
        let path = root.join(&spec.file.value);
        let name = self.table_name(check, spec);
        let stamp = sums::stamp(&path);
        let told = AtomicUsize::new(0);
        let tell = |rows: usize| {
            told.fetch_add(rows, Ordering::Relaxed);
            if let Some(progress) = &self.progress {
                progress.have_been_read(rows);
            }
        };
        let came = |path: &Path, files: &mut Files| {
            self.came(path, stamp.clone(), (spec, &name), &tell, files)
        };
        let (reading, sha256, bytes) = match beside(&root, &spec.file, DATA, came, files)? {
            Came::Read(reading, sha256, bytes) => (*reading, sha256, bytes),
            Came::Whole(bytes) => {
                let reading = match &self.memory {
                    Some(memory) => memory.table(spec, &name, &bytes),
                    None => files::summed_beside(&path, &bytes, files, || {
                        data::read(spec, &name, &bytes)
                    }),
                };
                // Its hash was noted when it was read.
                let noted = files.get(&path).cloned().flatten();
                let sha256 = noted.unwrap_or_else(|| sha256_hex(&bytes));
                (reading, sha256, bytes.len() as u64)
            }
        };
        // Rows of a file that was then read whole were told of already.
        tell((reading.table.len).saturating_sub(told.load(Ordering::Relaxed)));
        if let Some(rests) = &self.rests {
            rests.keep(&path, stamp, &Some(sha256.clone()));
        }
        let (reading, faults) = judged(check, spec, &name, reading);
        Ok(Taken {
            reading,
            faults,
            sha256,
            bytes,
        })
    }

    /// What comes of a table's file. A table that was read block by block is noted.
    fn came(
        &self,
        path: &Path,
        stamp: Option<Stamp>,
        (spec, name): (&TableSpec, &str),
        tell: &(dyn Fn(usize) + Sync),
        files: &mut Files,
    ) -> io::Result<Came> {
        let length = std::fs::metadata(path).map_or(0, |meta| meta.len());
        if length < LARGE as u64 || !files::is_delimited(path) {
            return Ok(Came::Whole(self.data_bytes(path, files)?));
        }
        if length > LARGEST_TABLE {
            files.insert(path.to_owned(), None);
            return files::too_large(length, LARGEST_TABLE);
        }
        if let Some(memory) = &self.memory
            && let Some((reading, sum)) = memory.known_of_large(path, spec, name)
        {
            files.insert(path.to_owned(), Some(sum.clone()));
            return Ok(Came::Read(reading.into(), sum, length));
        }
        let found = files::open(path).and_then(|(mut file, _)| {
            let incoming = Incoming {
                from: &mut file,
                length,
                block: BLOCK,
                told: tell,
            };
            data::read_in_blocks(spec, name, incoming)
        });
        if found.is_err() {
            files.insert(path.to_owned(), None);
        }
        let (reading, sum, bytes) = match found? {
            InBlocks::Read {
                reading,
                sha256,
                bytes,
            } => (reading, sha256, bytes),
            InBlocks::NotPlain(_) if length <= LARGEST_FILE => {
                return Ok(Came::Whole(self.data_bytes(path, files)?));
            }
            InBlocks::NotPlain(faults) => {
                let sum = files::hash(path).unwrap_or_default();
                (data::refused(spec, name, faults).into(), sum, length)
            }
        };
        files.insert(path.to_owned(), Some(sum.clone()));
        if let Some(memory) = &self.memory {
            memory.keep_of_large(path, stamp, (spec, name), (&reading, &sum));
        }
        Ok(Came::Read(reading, sum, bytes))
    }
}
