//! Whether a file that changed is whole, or still on its way: what was seen of it and when
//! in, whether to wait and until when out.
//!
//! A first change counts at once. A file that changes again within [`REST`] is being written
//! piece by piece, and is waited for until it rests, [`AT_MOST`] at the longest. One that is
//! suddenly empty or gone is most likely being saved: it is waited for during [`PATIENCE`]. Where
//! the system says when a file is closed, it is waited for until then: see [`Writing`].

use super::{Millis, Writing};
use crate::host::EMPTY;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A file that did not change for so long is whole.
pub const REST: Millis = 40;
/// A file that keeps changing is taken as it is after so long.
pub const AT_MOST: Millis = 500;
/// A file that is empty or gone is taken as it is after so long.
pub const PATIENCE: Millis = 250;

/// When to look again, and at what.
pub(super) type Waiting = Option<(Millis, BTreeSet<PathBuf>)>;

/// What was seen of changed files.
#[derive(Debug, Clone, Default)]
pub(super) struct Rest {
    files: BTreeMap<PathBuf, Change>,
    /// Councils whose script is gone, and since when.
    gone: BTreeMap<String, Millis>,
    /// Files that programs have open.
    pub(super) writing: Writing,
}

#[derive(Debug, Clone)]
struct Change {
    /// When it began to change.
    first: Millis,
    /// When it was first seen as it is now.
    last: Millis,
    hash: Option<String>,
    /// When it was last taken as it was.
    taken: Option<Millis>,
}

/// A changed file: its hash when it was last read, and now.
pub(super) struct Look<'a> {
    pub(super) path: &'a Path,
    pub(super) was: Option<&'a str>,
    pub(super) is: Option<&'a str>,
}

impl Rest {
    /// Whether all of these files are whole; those that are not are to be waited for.
    pub(super) fn all_rest<'a>(
        &mut self,
        looks: impl Iterator<Item = Look<'a>>,
        now: Millis,
        waiting: &mut Waiting,
    ) -> bool {
        let mut whole = true;
        for look in looks {
            if let Some(until) = self.rests_at(&look, now) {
                whole = false;
                wait(waiting, until, look.path.to_owned());
            }
        }
        whole
    }

    /// Until when a program that writes into one of a council's files is waited for: those that
    /// changed are to be looked at again when it has come to its end.
    pub(super) fn written_until<'a>(
        &self,
        mut files: impl Iterator<Item = &'a PathBuf>,
        changed: &[&PathBuf],
        waiting: &mut Waiting,
    ) -> Option<Millis> {
        let until = files.find_map(|file| self.writing.until(file))?;
        for path in changed {
            wait(waiting, until, (*path).clone());
        }
        Some(until)
    }

    /// When to look at a file again, if it is not whole now.
    fn rests_at(&mut self, look: &Look, now: Millis) -> Option<Millis> {
        if let Some(until) = self.writing.until(look.path) {
            return Some(until);
        }
        let is = look.is.map(str::to_owned);
        let change = self.files.entry(look.path.to_owned()).or_insert(Change {
            first: now,
            last: now,
            hash: is.clone(),
            taken: None,
        });
        if change.hash != is {
            let back = lacks(change.hash.as_deref()) && !lacks(look.is);
            let just_taken = change.taken.is_some_and(|at| now - at < AT_MOST);
            if now - change.last > REST || (back && !just_taken) {
                change.first = now;
            }
            change.last = now;
            change.hash = is;
        } else if change.taken == Some(now) {
            // The next council that reads it.
            return None;
        }
        let patience = if lacks(look.is) && !lacks(look.was) {
            PATIENCE
        } else if change.first < change.last {
            REST
        } else {
            0
        };
        let until = (change.last + patience).min(change.first + AT_MOST);
        if until > now {
            return Some(until);
        }
        // What comes from now on is a change of its own, soon after this one.
        change.first = change.last;
        change.taken = Some(now);
        None
    }

    /// Whether a council is gone for good; if that is not sure, it is to be waited for.
    pub(super) fn is_gone<'a>(
        &mut self,
        council: &str,
        files: impl Iterator<Item = &'a PathBuf>,
        now: Millis,
        waiting: &mut Waiting,
    ) -> bool {
        let since = *self.gone.entry(council.to_owned()).or_insert(now);
        if now >= since + PATIENCE {
            self.gone.remove(council);
            return true;
        }
        for file in files {
            wait(waiting, since + PATIENCE, file.clone());
        }
        false
    }

    /// Councils that are back are no longer gone.
    pub(super) fn only_those_gone(&mut self, gone: &[String]) {
        self.gone.retain(|council, _| gone.contains(council));
    }

    /// What rested long ago says nothing of the next change.
    pub(super) fn forget_before(&mut self, now: Millis) {
        self.files.retain(|_, change| now - change.last <= AT_MOST);
    }
}

/// Whether there is nothing in a file, or no file.
fn lacks(hash: Option<&str>) -> bool {
    hash.is_none_or(|hash| hash == EMPTY)
}

fn wait(waiting: &mut Waiting, until: Millis, path: PathBuf) {
    let (at, paths) = waiting.get_or_insert_with(|| (until, BTreeSet::new()));
    *at = (*at).min(until);
    paths.insert(path);
}
