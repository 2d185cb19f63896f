//! How far a run has come, for whoever watches it: counters that the run moves on and anybody
//! may read.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Councils done, of how many, and rows of data read so far. Hand it to
/// [`Builder::progress`](super::Builder::progress), and read it from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    councils: AtomicUsize,
    done: AtomicUsize,
    rows: AtomicU64,
}

impl Progress {
    /// Of a run that has not begun.
    pub fn new() -> Self {
        Self::default()
    }

    /// Councils that are done, well or not.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Councils in all.
    pub fn councils(&self) -> usize {
        self.councils.load(Ordering::Relaxed)
    }

    /// Rows of data read so far.
    pub fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    pub(super) fn begin(&self, councils: usize) {
        self.councils.store(councils, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.rows.store(0, Ordering::Relaxed);
    }

    pub(super) fn one_is_done(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn have_been_read(&self, rows: usize) {
        self.rows.fetch_add(rows as u64, Ordering::Relaxed);
    }
}
