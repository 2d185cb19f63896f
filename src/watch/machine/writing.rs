//! Files that a program has open and writes into, where the system says when it closes them: what
//! was heard of each file in, whether to wait for its end out.
//!
//! A copy that comes slowly, over a network or from a stick, may rest for seconds and not be whole.
//! A program that never closes its file is not waited for without end: see [`STALL`] and
//! [`LONGEST`]. From then on its file is taken for whole as one is of which no close is told.

use super::{Millis, PATIENCE};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// An open file that nobody wrote into for so long is taken as it is.
pub const STALL: Millis = 30_000;
/// An open file is taken as it is after so long, however much is written into it.
pub const LONGEST: Millis = 600_000;
/// After so long it is said that a file is waited for.
const SLOW: Millis = 2_000;

/// The files that programs write into.
#[derive(Debug, Clone, Default)]
pub(super) struct Writing(BTreeMap<PathBuf, Open>);

#[derive(Debug, Clone)]
struct Open {
    /// When it was first heard of, and when it was last written into: `None` of one that was made
    /// and nothing more, as a second name of another file is.
    since: Millis,
    written: Option<Millis>,
    told: bool,
    given_up: bool,
}

/// What became of a file with what was just written into it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Now {
    /// It is waited for from now on.
    Begins,
    /// It is waited for as before.
    GoesOn,
    /// It was waited for, and no more.
    GivenUp,
}

impl Open {
    fn since(now: Millis) -> Self {
        Self {
            since: now,
            written: None,
            told: false,
            given_up: false,
        }
    }

    fn until(&self) -> Millis {
        match self.written {
            None => self.since + PATIENCE,
            Some(at) => (at + STALL).min(self.since + LONGEST),
        }
    }

    fn slow_at(&self) -> Option<Millis> {
        let waits_to_be_told = self.written.is_some() && !self.told;
        waits_to_be_told.then_some(self.since + SLOW)
    }
}

impl Writing {
    /// A file was made.
    pub(super) fn made(&mut self, path: PathBuf, now: Millis) {
        self.0.insert(path, Open::since(now));
    }

    /// A file was written into.
    pub(super) fn written(&mut self, path: &Path, now: Millis) -> Now {
        let open = self.0.entry(path.to_owned());
        let open = open.or_insert_with(|| Open::since(now));
        match open.written.replace(now) {
            _ if open.given_up => Now::GivenUp,
            None => Now::Begins,
            Some(_) => Now::GoesOn,
        }
    }

    /// This file was closed, or is gone, or all that lies in this folder.
    pub(super) fn closed(&mut self, path: &Path) {
        self.0.retain(|open, _| !open.starts_with(path));
    }

    /// Until when a file is waited for, if it is.
    pub(super) fn until(&self, path: &Path) -> Option<Millis> {
        let open = self.0.get(path)?;
        (!open.given_up).then(|| open.until())
    }

    /// Whether a program still has a file open that is waited for no more.
    pub(super) fn is_given_up(&self, path: &Path) -> bool {
        self.0.get(path).is_some_and(|open| open.given_up)
    }

    /// When something is to be done, if nothing is heard before.
    pub(super) fn next(&self) -> Option<Millis> {
        let waited_for = self.0.values().filter(|open| !open.given_up);
        let times = waited_for.flat_map(|open| [Some(open.until()), open.slow_at()]);
        times.flatten().min()
    }

    /// The files that are waited for no more, from now on. Of one that was made and not written
    /// into, whatever is written later begins anew.
    pub(super) fn given_up(&mut self, now: Millis) -> Vec<PathBuf> {
        let mut paths = Vec::new();
        self.0.retain(|path, open| {
            if open.given_up || open.until() > now {
                return true;
            }
            paths.push(path.clone());
            open.given_up = true;
            open.written.is_some()
        });
        paths
    }

    /// The files of which it is to be said that they are waited for.
    pub(super) fn slow(&mut self, now: Millis) -> BTreeSet<PathBuf> {
        let mut paths = BTreeSet::new();
        for (path, open) in &mut self.0 {
            if !open.given_up && open.slow_at().is_some_and(|at| at <= now) {
                open.told = true;
                paths.insert(path.clone());
            }
        }
        paths
    }
}
