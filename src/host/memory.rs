//! What a host remembers while it watches: files' bytes and tables in, the same again out as
//! long as nothing of theirs has changed, and whether a council's work is still wanted.
//!
//! A host that does not watch has no memory. Nothing here can make a figure another: bytes
//! count while their file is as it was, and a table while its bytes and all that its card
//! says of it are the same.

use super::Host;
use super::beside::council_id;
use super::files::{self, Files};
use super::index::Above;
use super::past::{Past, Tell};
use super::sums::{Stamp, Sums};
use super::tables::LARGE;
use crate::check::HealthCheck;
use crate::data::{self, ColumnSpec, Reading, TableSpec};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::digest::sha256_hex;
use crate::memo::Memo;
use crate::report::Templates;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// The memory of one watch.
#[derive(Default)]
pub(crate) struct Memory {
    sums: Sums,
    bytes: Mutex<BTreeMap<PathBuf, Held>>,
    tables: Mutex<BTreeMap<TableOf, Known>>,
    stops: Mutex<BTreeMap<String, Arc<AtomicBool>>>,
    /// What each council's work gave.
    past: Mutex<BTreeMap<String, Arc<Past>>>,
    /// Who is told when a council's pages stand.
    tell: OnceLock<Tell>,
    /// The page above the councils.
    pub(super) above: Above,
    /// The templates that were read last.
    pub(super) templates: Memo<Result<Arc<Templates>, Diagnostics>>,
    /// What each council's last reading used, so that what it uses no longer can go.
    uses: Mutex<BTreeMap<String, Uses>>,
    /// Data files that were read from the disk, and tables that were made of them.
    read: AtomicUsize,
    made: AtomicUsize,
}

/// The bytes of a data file, with their sum.
type Held = (String, Arc<Vec<u8>>);

/// A file as it was read.
struct Known {
    /// Of what: the sum of the file's bytes, and what the card says of it.
    of: (String, String),
    reading: Reading,
}

/// What a council's data are read from.
#[derive(Default)]
struct Uses {
    /// Data files.
    files: BTreeSet<PathBuf>,
    /// Tables, by the name of their file and their own.
    tables: BTreeSet<TableOf>,
}

/// The name of a file as it is shown, and the table that is read from it.
type TableOf = (String, String);

/// A path has one sum, however it is written.
fn from_the_root(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is behind these locks is whole between any two steps.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Host {
    /// What a check's data are read from now; nothing where nobody watches.
    pub(super) fn remember_uses(&self, check: &HealthCheck) {
        let Some(memory) = &self.memory else {
            return;
        };
        let tables = check.tables().iter();
        let (files, tables) = tables
            .map(|spec| {
                let path = self.data_root(check).join(&spec.file.value);
                (path, (self.table_name(check, spec), spec.id.clone()))
            })
            .unzip();
        memory.uses(&council_id(check), Uses { files, tables });
    }
}

impl Memory {
    /// The bytes of a data file, from the disk only if it changed.
    pub(super) fn bytes(&self, path: &Path, files: &mut Files) -> io::Result<Vec<u8>> {
        if let Some(Some(sum)) = self.sums.known(&from_the_root(path))
            && let Some((of, bytes)) = held(&self.bytes).get(path).cloned()
            // Somebody may have looked at the file since it was read.
            && of == sum
        {
            files.insert(path.to_owned(), Some(sum));
            return Ok(bytes.to_vec());
        }
        self.read.fetch_add(1, Ordering::Relaxed);
        let bytes = files::read_noting(path, files);
        match (&bytes, files[path].clone()) {
            // Of a large one the table is kept alone.
            (Ok(bytes), Some(sum)) if bytes.len() < LARGE => {
                // So that it is known from now on.
                self.sums.of(&from_the_root(path));
                let known = (sum, Arc::new(bytes.clone()));
                held(&self.bytes).insert(path.to_owned(), known);
            }
            _ => {
                held(&self.bytes).remove(path);
            }
        }
        bytes
    }

    /// A table of these bytes, made anew only if they or its card changed. One whose faults
    /// have places in the script is always made anew, since lines move.
    pub(super) fn table(&self, spec: &TableSpec, name: &str, bytes: &[u8]) -> Reading {
        let sum = sha256_hex(bytes);
        if let Some(known) = self.known(spec, name, &sum) {
            return known;
        }
        let reading = data::read(spec, name, bytes);
        self.keep(spec, name, sum, &reading);
        reading
    }

    /// The table that was made of a file of that sum, if its card is the same.
    fn known(&self, spec: &TableSpec, name: &str, sum: &str) -> Option<Reading> {
        let tables = held(&self.tables);
        let known = tables.get(&(name.to_owned(), spec.id.clone()))?;
        let same = known.of.0 == sum && known.of.1 == card_key(spec);
        same.then(|| known.reading.clone())
    }

    /// A large file's table and sum, if neither it nor the card changed since it was made.
    pub(super) fn known_of_large(
        &self,
        path: &Path,
        spec: &TableSpec,
        name: &str,
    ) -> Option<(Reading, String)> {
        let sum = self.sums.known(&from_the_root(path))??;
        Some((self.known(spec, name, &sum)?, sum))
    }

    /// Keeps the table that was made of a large file, and its sum if it is as it was before.
    pub(super) fn keep_of_large(
        &self,
        path: &Path,
        before: Option<Stamp>,
        (spec, name): (&TableSpec, &str),
        (reading, sum): (&Reading, &str),
    ) {
        self.read.fetch_add(1, Ordering::Relaxed);
        let sum = sum.to_owned();
        self.sums
            .keep(&from_the_root(path), before, &Some(sum.clone()));
        self.keep(spec, name, sum, reading);
    }

    /// Keeps the table that was made of a file of that sum.
    fn keep(&self, spec: &TableSpec, name: &str, sum: String, reading: &Reading) {
        self.made.fetch_add(1, Ordering::Relaxed);
        let key = (name.to_owned(), spec.id.clone());
        let is_in_the_file = |fault: &Diagnostic| fault.place.source.name() == name;
        let in_the_file = reading.faults.iter().all(is_in_the_file);
        let mut tables = held(&self.tables);
        if in_the_file && !reading.faults.has_errors() {
            let (of, reading) = ((sum, card_key(spec)), reading.clone());
            tables.insert(key, Known { of, reading });
        } else {
            tables.remove(&key);
        }
    }

    /// A council's data are now read from these: what it used before, and uses no longer,
    /// is let go of.
    fn uses(&self, council: &str, now: Uses) {
        let mut all = held(&self.uses);
        let Some(before) = all.remove(council) else {
            all.insert(council.to_owned(), now);
            return;
        };
        let gone = before.files.difference(&now.files);
        let gone: Vec<&PathBuf> = gone.collect();
        held(&self.bytes).retain(|path, _| !gone.contains(&path));
        let gone: Vec<&TableOf> = before.tables.difference(&now.tables).collect();
        held(&self.tables).retain(|table, _| !gone.contains(&table));
        all.insert(council.to_owned(), now);
    }

    /// A council is gone, and what is known of its data.
    #[cfg(feature = "watch")]
    pub(crate) fn forget_council(&self, council: &str) {
        self.uses(council, Uses::default());
        held(&self.uses).remove(council);
        held(&self.past).remove(council);
    }

    /// What a council's work gave before.
    pub(super) fn past(&self, council: &str) -> Arc<Past> {
        let mut past = held(&self.past);
        let known = past.entry(council.to_owned());
        let tell = self.tell.get().cloned();
        known.or_insert_with(|| Arc::new(Past::new(tell))).clone()
    }

    /// Has somebody told of each council whose new pages stand, before anything is cleared away
    /// and before the page above all councils is made: for whoever looks at them. To be asked for
    /// before any council is worked on.
    #[cfg(feature = "watch")]
    pub(crate) fn tell(&self, tell: impl Fn(&str) + Send + Sync + 'static) {
        // Whoever asked first is told.
        let _ = self.tell.set(Arc::new(tell));
    }

    /// The sum of a file as it is now.
    pub(crate) fn sum(&self, path: &Path) -> Option<String> {
        self.sums.of(&from_the_root(path))
    }

    /// What was known of this path, and of what lies in it, no longer counts.
    #[cfg(feature = "watch")]
    pub(crate) fn forget(&self, path: &Path) {
        self.sums.forget(&from_the_root(path));
    }

    /// The work on these councils is wanted from now on.
    #[cfg(feature = "watch")]
    pub(crate) fn begin<'a>(&self, councils: impl IntoIterator<Item = &'a String>) {
        let mut stops = held(&self.stops);
        for council in councils {
            stops.insert(council.clone(), Arc::default());
        }
    }

    /// The work on these councils is no longer wanted: it ends at the next good moment.
    #[cfg(feature = "watch")]
    pub(crate) fn stop<'a>(&self, councils: impl IntoIterator<Item = &'a String>) {
        for council in councils {
            self.wanted(council).store(true, Ordering::Relaxed);
        }
    }

    /// No work is wanted any more.
    #[cfg(feature = "watch")]
    pub(crate) fn stop_all(&self) {
        for stop in held(&self.stops).values() {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// What turns true when a council's work is no longer wanted.
    pub(super) fn wanted(&self, council: &str) -> Arc<AtomicBool> {
        held(&self.stops)
            .entry(council.to_owned())
            .or_default()
            .clone()
    }

    /// Data files and tables that are remembered.
    #[cfg(test)]
    pub(crate) fn sizes(&self) -> (usize, usize) {
        (held(&self.bytes).len(), held(&self.tables).len())
    }

    /// Data files read from the disk and tables made so far.
    #[cfg(test)]
    pub(crate) fn counts(&self) -> (usize, usize) {
        let count = |of: &AtomicUsize| of.load(Ordering::Relaxed);
        (count(&self.read), count(&self.made))
    }
}

/// All of a card that a table is made by, without its places.
fn card_key(spec: &TableSpec) -> String {
    let TableSpec {
        id,
        file,
        sheet,
        columns,
        missing,
        policy,
        place: _,
    } = spec;
    let columns: Vec<String> = columns.iter().map(column).collect();
    let sheet = sheet.as_ref().map(|sheet| &sheet.value);
    text(&(id, &file.value, sheet, columns, missing, policy))
}

fn column(spec: &ColumnSpec) -> String {
    let ColumnSpec {
        name,
        from,
        wording,
        kind,
        codes,
        place: _,
    } = spec;
    let codes: Vec<_> = codes.iter().map(|(a, b)| (&a.value, &b.value)).collect();
    text(&(name, from, wording, kind, codes))
}

fn text(of: &impl Debug) -> String {
    format!("{of:?}")
}

#[cfg(test)]
mod tests;
