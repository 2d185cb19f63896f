//! One run at a time in one folder: a folder in, the right to publish there out.
//!
//! The system keeps the lock on the folder itself, so that nothing is left behind, and frees
//! it when a program ends, however it ends. Where it has no such locks, as on Windows and on
//! some network drives, two runs are kept apart by the names of what they write.

use super::disk;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long we wait for another run to end.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(20);

/// The right to publish in a folder.
#[derive(Debug)]
pub(super) struct Lock {
    _folder: Option<File>,
    /// Whether nobody else can be at work in the folder.
    pub(super) alone: bool,
    /// A folder that was made for the lock, and goes again if nothing comes into it.
    made: Option<PathBuf>,
}

/// Another run has been at work there all the time, or nobody waits any more.
#[derive(Debug)]
pub(super) struct Busy;

impl Lock {
    /// Waits until nobody else publishes in this folder, or until `stop` is true.
    pub(super) fn of(folder: &Path, stop: Option<&AtomicBool>) -> Result<Self, Busy> {
        Self::within(folder, PATIENCE, stop)
    }

    fn within(folder: &Path, patience: Duration, stop: Option<&AtomicBool>) -> Result<Self, Busy> {
        let is_stopped = || stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        let made = (!folder.exists()).then(|| folder.to_owned());
        // A folder that cannot be made shows itself when something is written there.
        let made = made.filter(|folder| disk::make_folders(folder).is_ok());
        let until = Instant::now() + patience;
        loop {
            // A pipe of that name would keep us waiting for ever.
            let open = match folder.is_dir() {
                true => File::open(folder),
                false => Err(io::ErrorKind::NotADirectory.into()),
            };
            let held = open.as_ref().map_or(Held::Unknown, hold);
            match held {
                Held::Ours | Held::Unknown => {
                    return Ok(Self {
                        alone: held == Held::Ours,
                        _folder: open.ok(),
                        made,
                    });
                }
                Held::Theirs if Instant::now() >= until || is_stopped() => return Err(Busy),
                Held::Theirs => std::thread::sleep(PAUSE),
            }
        }
    }
}

/// Nobody publishes in a folder while it lives.
#[derive(Debug)]
#[must_use = "while it lives nobody publishes"]
pub struct Quiet(#[allow(dead_code)] Lock);

impl Quiet {
    pub(super) fn of(folder: &Path) -> Option<Self> {
        let lock = folder.is_dir().then(|| Lock::of(folder, None).ok());
        lock.flatten().map(Self)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(folder) = &self.made {
            // Only an empty folder can be removed so.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), allow(dead_code))]
enum Held {
    Ours,
    Theirs,
    /// There are no locks here.
    Unknown,
}

#[cfg(unix)]
fn hold(folder: &File) -> Held {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;
    match flock(folder, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Held::Ours,
        Err(Errno::WOULDBLOCK | Errno::INTR) => Held::Theirs,
        Err(_) => Held::Unknown,
    }
}

#[cfg(not(unix))]
fn hold(_folder: &File) -> Held {
    Held::Unknown
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use super::*;

    #[cfg(unix)]
    #[test]
    fn two_are_never_at_work_in_one_folder_and_an_empty_one_is_not_left_behind() {
        let keep = tempfile::tempdir().unwrap();
        let folder = keep.path().join("a/published");
        let first = Lock::of(&folder, None).unwrap();
        assert!(first.alone && folder.is_dir());
        assert!(Lock::within(&folder, Duration::ZERO, None).is_err());
        assert!(Lock::of(&folder, Some(&AtomicBool::new(true))).is_err());
        assert!(Lock::within(&keep.path().join("other"), Duration::ZERO, None).is_ok());
        drop(first);
        assert!(!folder.exists());
        let again = Lock::of(&folder, None).unwrap();
        fs::write(folder.join("index.html"), "").unwrap();
        drop(again);
        assert!(folder.is_dir());
    }
}
