//! What a watch knows of a council's files that were finished before: for each what it was made of
//! and its SHA-256, and never its bytes, which stand where it was published.
//!
//! A file of the same making need not be made again, if what stands has the sum that it had. So
//! nothing here can make a file another: where its making differs, or what stands, it is made.

use super::Page;
use super::links::Anchors;
use super::render::Spent;
use crate::digest::sha256;
use crate::memo::Key;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The bytes of a file of the publication that stands, by its path; `None` if there is none.
pub(crate) type Standing<'s> = dyn Fn(&str) -> Option<Vec<u8>> + Sync + 's;

/// What is known of the files of one council.
pub(crate) struct Finished {
    /// `None` where nothing is kept.
    held: Option<Mutex<Held>>,
    /// Pages that were rendered, and sets of files that were made.
    rendered: AtomicUsize,
    laid_out: AtomicUsize,
}

#[derive(Default)]
struct Held {
    pages: BTreeMap<String, Known>,
    data: BTreeMap<&'static str, Set>,
}

/// What is known of files that are made together.
#[derive(Clone)]
struct Set {
    /// Of all that they follow from.
    of: Key,
    /// The path of each, and its SHA-256.
    sums: Vec<(String, Key)>,
}

/// What is known of a page.
#[derive(Clone)]
pub(super) struct Known {
    /// The names that its template read.
    pub(super) read: BTreeSet<String>,
    /// Of its template and what stood under those names.
    pub(super) of: Key,
    /// Its SHA-256.
    pub(super) sum: Key,
    /// What it took up.
    pub(super) spent: Spent,
    /// Where its links lead.
    pub(super) anchors: Anchors,
}

impl Finished {
    /// Of a host that remembers nothing.
    pub(crate) fn none() -> Self {
        Self {
            held: None,
            rendered: AtomicUsize::new(0),
            laid_out: AtomicUsize::new(0),
        }
    }

    /// Of a council that is worked on for the first time.
    pub(crate) fn new() -> Self {
        Self {
            held: Some(Mutex::default()),
            ..Self::none()
        }
    }

    /// Whether anything is kept.
    pub(super) fn is_kept(&self) -> bool {
        self.held.is_some()
    }

    fn held(&self) -> Option<MutexGuard<'_, Held>> {
        // What is behind the lock is whole between any two steps.
        let held = self.held.as_ref()?.lock();
        Some(held.unwrap_or_else(PoisonError::into_inner))
    }

    /// What is known of a page.
    pub(super) fn page(&self, path: &str) -> Option<Known> {
        self.held()?.pages.get(path).cloned()
    }

    /// A page was rendered.
    pub(super) fn rendered(&self, path: &str, known: Option<Known>) {
        self.rendered.fetch_add(1, Ordering::Relaxed);
        if let Some(mut held) = self.held() {
            match known {
                Some(known) => held.pages.insert(path.to_owned(), known),
                None => held.pages.remove(path),
            };
        }
    }

    /// Nothing is kept but of these pages.
    pub(super) fn keep_only(&self, paths: &BTreeSet<&str>) {
        if let Some(mut held) = self.held() {
            held.pages.retain(|path, _| paths.contains(path.as_str()));
        }
    }

    /// Nothing is kept of any page.
    pub(super) fn forget_pages(&self) {
        if let Some(mut held) = self.held() {
            held.pages.clear();
        }
    }

    /// Files that follow from something of this key: as they stand, where they do, or as they are
    /// made now. `set` is what they are called together.
    pub(super) fn data(
        &self,
        set: &'static str,
        key: impl FnOnce() -> Key,
        standing: &Standing,
        make: impl FnOnce() -> Vec<Page>,
    ) -> Vec<Page> {
        let key = self.held.is_some().then(key);
        let known = self.held().and_then(|held| held.data.get(set).cloned());
        if let Some(known) = known
            && Some(known.of) == key
        {
            let as_they_stand = known.sums.iter().map(|(path, sum)| {
                let bytes = stands(standing, path, sum)?;
                let path = path.clone();
                Some(Page { path, bytes })
            });
            if let Some(pages) = as_they_stand.collect() {
                return pages;
            }
        }
        self.laid_out.fetch_add(1, Ordering::Relaxed);
        let pages = make();
        if let Some((mut held, of)) = self.held().zip(key) {
            let sums = pages
                .iter()
                .map(|page| (page.path.clone(), sha256(&page.bytes)));
            let sums = sums.collect();
            held.data.insert(set, Set { of, sums });
        }
        pages
    }

    /// Pages rendered and sets of open data made so far.
    #[cfg(test)]
    pub(crate) fn counts(&self) -> (usize, usize) {
        let count = |of: &AtomicUsize| of.load(Ordering::Relaxed);
        (count(&self.rendered), count(&self.laid_out))
    }
}

/// The bytes of a file that stands, if they have this sum.
pub(super) fn stands(standing: &Standing, path: &str, sum: &Key) -> Option<Vec<u8>> {
    standing(path).filter(|bytes| sha256(bytes) == *sum)
}
