//! The SHA-256 of files, kept as long as a file's size, times and number on the disk stay as
//! they were: paths in, sums out.
//!
//! A file is never taken to be the same because of its times alone where they are young: a
//! change within the grain of the clock would go unseen.

use super::files::hash;
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// A change within this time of another may leave the file's time as it was.
const CLOCK_GRAIN: Duration = Duration::from_secs(3);

/// Remembers what was hashed. Others may ask while a file is read.
#[derive(Debug, Default)]
pub(crate) struct Sums(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    sums: BTreeMap<PathBuf, (Stamp, Option<String>)>,
    /// How many are known when those that no longer count are next cleared out.
    clear_at: usize,
    /// How often something was forgotten: what was being hashed then is not kept.
    forgotten: usize,
}

/// So many are kept without a look at which of them still count.
const FEW: usize = 256;

/// What changes with a file's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    modified: SystemTime,
    /// When anything of it changed, and its number: no program can set these back.
    node: Node,
}

#[cfg(unix)]
pub(super) type Node = (i64, i64, u64, u64);

#[cfg(unix)]
pub(super) fn node(meta: &Metadata) -> Node {
    use std::os::unix::fs::MetadataExt;
    (meta.ctime(), meta.ctime_nsec(), meta.dev(), meta.ino())
}

#[cfg(not(unix))]
pub(super) type Node = Option<SystemTime>;

#[cfg(not(unix))]
pub(super) fn node(meta: &Metadata) -> Node {
    meta.created().ok()
}

/// The stamp of a file that rests; `None` of one that is not there or was changed just now.
pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    let stamp = young_or_not(path)?;
    let age = SystemTime::now().duration_since(stamp.modified).ok()?;
    (age > CLOCK_GRAIN).then_some(stamp)
}

/// The stamp of a file of which it is known that it is never changed where it lies, but made
/// anew under another number; `None` of one that is not there.
pub(super) fn young_or_not(path: &Path) -> Option<Stamp> {
    let meta = std::fs::metadata(path).ok()?;
    Some(Stamp {
        size: meta.len(),
        modified: meta.modified().ok()?,
        node: node(&meta),
    })
}

impl Sums {
    fn held(&self) -> MutexGuard<'_, Known> {
        // What is behind the lock is whole between any two steps.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The SHA-256 of an ordinary file as it is now, or of the names in a folder, read only if
    /// they may have changed; `None` if there is nothing to read.
    pub(crate) fn of(&self, path: &Path) -> Option<String> {
        self.hashed(path, hash)
    }

    fn hashed(&self, path: &Path, hash: impl FnOnce(&Path) -> Option<String>) -> Option<String> {
        let forgotten = {
            let held = self.held();
            if let Some(known) = held.known(path) {
                return known;
            }
            held.forgotten
        };
        let before = stamp(path);
        let sum = hash(path);
        let mut held = self.held();
        if held.forgotten == forgotten {
            held.keep(path, before, &sum);
        }
        sum
    }

    /// The sum of a file that is as it was.
    pub(super) fn known(&self, path: &Path) -> Option<Option<String>> {
        self.held().known(path)
    }

    /// What was known of a path, and of what lies in it, no longer counts.
    #[cfg(feature = "watch")]
    pub(crate) fn forget(&self, path: &Path) {
        let mut held = self.held();
        held.forgotten += 1;
        held.sums.retain(|known, _| !known.starts_with(path));
    }

    /// Keeps a sum of a file that was read, if it is as it was `before` that.
    pub(super) fn keep(&self, path: &Path, before: Option<Stamp>, hash: &Option<String>) {
        self.held().keep(path, before, hash);
    }
}

impl Known {
    fn known(&self, path: &Path) -> Option<Option<String>> {
        let (then, hash) = self.sums.get(path)?;
        (stamp(path)? == *then).then(|| hash.clone())
    }

    fn keep(&mut self, path: &Path, before: Option<Stamp>, hash: &Option<String>) {
        match before.filter(|before| stamp(path).as_ref() == Some(before)) {
            Some(stamp) => {
                self.sums.insert(path.to_owned(), (stamp, hash.clone()));
                self.clear_out();
            }
            None => {
                self.sums.remove(path);
            }
        }
    }

    /// Files that are gone or became others are forgotten, each time there are twice as many
    /// as were left the last time: else a file renamed each day would stay for ever.
    fn clear_out(&mut self) {
        if self.sums.len() > self.clear_at.max(FEW) {
            self.sums
                .retain(|path, (then, _)| stamp(path).as_ref() == Some(then));
            self.clear_at = 2 * self.sums.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_files_that_come_and_go_no_more_is_kept_than_of_those_that_stay() {
        let folder = tempfile::tempdir().unwrap();
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        let stays = folder.path().join("stays.csv");
        std::fs::write(&stays, "one").unwrap();
        set(&stays, long_ago);
        let sums = Sums::default();
        sums.of(&stays);
        for number in 0..FEW * 3 {
            let path = folder.path().join(format!("{number}.csv"));
            std::fs::write(&path, "one").unwrap();
            set(&path, long_ago);
            sums.of(&path);
            std::fs::remove_file(&path).unwrap();
        }
        let kept = sums.held().sums.len();
        assert!(kept <= FEW + 1, "{kept}");
        assert!(sums.known(&stays).is_some());
    }

    #[test]
    fn a_run_reads_a_file_that_rests_once_and_one_that_was_changed_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "one").unwrap();
        let sum = hash(&path);
        // Young: whatever is kept of it does not count.
        let rests = Sums::default();
        rests.keep(&path, stamp(&path), &Some("kept".to_owned()));
        assert_eq!(rests.of(&path), sum);
        assert_eq!(rests.of(&folder.path().join("none")), None);
        let then = SystemTime::now() - Duration::from_secs(60);
        set(&path, then);
        rests.keep(&path, stamp(&path), &Some("kept".to_owned()));
        assert_eq!(rests.of(&path).as_deref(), Some("kept"));
        std::fs::write(&path, "two").unwrap();
        assert_eq!(rests.of(&path), hash(&path));
        set(&path, then);
        assert_eq!(rests.of(&path), hash(&path));
    }

    #[test]
    fn while_a_file_is_hashed_others_are_told_and_what_is_forgotten_meanwhile_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        let [large, other] = ["large.csv", "other.csv"].map(|name| folder.path().join(name));
        for path in [&large, &other] {
            std::fs::write(path, "one").unwrap();
            set(path, long_ago);
        }
        let sums = Sums::default();
        let one = hash(&large);
        let meanwhile = |path: &Path| {
            assert_eq!(sums.of(&other), one);
            hash(path)
        };
        assert_eq!(sums.hashed(&large, meanwhile), one);
        assert_eq!(sums.known(&large), Some(one.clone()));
        sums.forget(&large);
        let forgotten = |path: &Path| {
            sums.forget(folder.path());
            hash(path)
        };
        assert_eq!(sums.hashed(&large, forgotten), one);
        assert_eq!(sums.known(&large), None);
    }

    fn set(path: &Path, time: SystemTime) {
        let file = std::fs::File::options().write(true).open(path).unwrap();
        file.set_modified(time).unwrap();
    }

    #[test]
    fn a_file_changed_within_the_grain_of_the_clock_is_seen_to_differ() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let sums = Sums::default();
        assert_eq!(sums.of(&path), None);
        std::fs::write(&path, "one").unwrap();
        let one = sums.of(&path);
        std::fs::write(&path, "two").unwrap();
        let two = sums.of(&path);
        assert!(one.is_some() && two.is_some() && one != two);
    }

    #[test]
    fn an_old_file_is_hashed_once_until_anything_of_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "one").unwrap();
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        set(&path, long_ago);
        let sums = Sums::default();
        let one = sums.of(&path);
        assert_eq!(sums.known(&path), Some(one.clone()));
        sums.forget(folder.path());
        assert_eq!(sums.known(&path), None);
        assert_eq!(sums.of(&path), one);
        std::fs::write(&path, "two").unwrap();
        set(&path, long_ago + Duration::from_secs(1));
        assert_ne!(sums.of(&path), one);
    }

    /// As some programs do that copy files with their times.
    #[cfg(unix)]
    #[test]
    fn a_file_of_the_same_size_and_time_is_seen_to_differ_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        std::fs::write(&path, "one").unwrap();
        set(&path, long_ago);
        let sums = Sums::default();
        let one = sums.of(&path);
        let other = folder.path().join("other");
        std::fs::write(&other, "two").unwrap();
        set(&other, long_ago);
        std::fs::rename(&other, &path).unwrap();
        assert_ne!(sums.of(&path), one);
    }
}
