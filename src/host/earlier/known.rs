//! Earlier results that a watch has read before: the sum of a file in, what it holds out, as long
//! as a council has a file of that sum.

use super::{EARLIER, Files};
use crate::check::Council;
use crate::digest::sha256_hex;
use crate::publication::{Head, Publication};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What was read before, and what the watch published last itself.
pub(in crate::host) struct Known(Option<Mutex<Held>>);

#[derive(Default)]
struct Held {
    /// Results in folders of earlier ones, by the SHA-256 of their file.
    read: BTreeMap<String, Arc<Publication>>,
    /// The SHA-256 of the results that the watch put in place last, and what they begin with.
    own: Option<(String, Head)>,
}

impl Known {
    /// Of a host that remembers nothing.
    pub(in crate::host) fn none() -> Self {
        Self(None)
    }

    /// Of a council that is worked on for the first time.
    pub(in crate::host) fn new() -> Self {
        Self(Some(Mutex::default()))
    }

    fn held(&self) -> Option<MutexGuard<'_, Held>> {
        // What is behind the lock is whole between any two steps.
        let held = self.0.as_ref()?.lock();
        Some(held.unwrap_or_else(PoisonError::into_inner))
    }

    /// What a file of that sum holds.
    pub(super) fn of(&self, sum: &str) -> Option<Arc<Publication>> {
        self.held()?.read.get(sum).cloned()
    }

    /// What stands itself is another after each run, and is not kept.
    pub(super) fn keep(&self, path: &Path, sum: &str, publication: &Publication) {
        let is_earlier = path
            .parent()
            .is_some_and(|folder| folder.ends_with(EARLIER));
        if let Some(mut held) = self.held()
            && is_earlier
        {
            held.read
                .insert(sum.to_owned(), Arc::new(publication.clone()));
        }
    }

    /// Nothing is kept but of these files.
    pub(super) fn let_go(&self, files: &Files) {
        if let Some(mut held) = self.held() {
            let is_there = |sum: &String| files.values().flatten().any(|there| there == sum);
            held.read.retain(|sum, _| is_there(sum));
        }
    }

    /// These results were put in place.
    pub(in crate::host) fn published(&self, sum: &str, publication: &Publication) {
        if let Some(mut held) = self.held() {
            held.own = Some((sum.to_owned(), publication.head()));
        }
    }

    /// What these results begin with, if the watch put them in place last itself.
    pub(super) fn head(&self, results: &[u8]) -> Option<Head> {
        let (sum, head) = self.held()?.own.clone()?;
        (sha256_hex(results) == sum).then_some(head)
    }

    /// Whether a file of that sum holds what the watch itself put in place last, of the same
    /// council and as-of date.
    pub(super) fn is_own(&self, sum: &str, council: &Council) -> bool {
        let Some(held) = self.held() else {
            return false;
        };
        held.own.as_ref().is_some_and(|(own, head)| {
            own == sum
                && head.council.code == council.code
                && head.council.as_of == council.as_of.to_string()
        })
    }
}
