//! Of which templates each council's pages were last made: what was read in, whose pages are to
//! be made again out.

use super::rest::Look;
use super::{Millis, Seen, State};
use crate::host::Files;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Templates as they were read, with the councils whose pages were last made of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Pages(BTreeMap<Files, BTreeSet<String>>);

impl Pages {
    /// These councils' pages were made of these templates.
    pub(super) fn note(&mut self, read: Files, councils: BTreeSet<String>) {
        councils.iter().for_each(|council| self.forget(council));
        if !councils.is_empty() {
            self.0.entry(read).or_default().extend(councils);
        }
    }

    pub(super) fn forget(&mut self, council: &str) {
        self.0.retain(|_, councils| {
            councils.remove(council);
            !councils.is_empty()
        });
    }
}

impl State {
    /// The councils whose pages were made of other templates than stand now, and the templates that
    /// differ, if all of them are whole.
    pub(super) fn stale_pages(
        &mut self,
        seen: &Seen,
        now: Millis,
    ) -> (BTreeSet<String>, BTreeSet<PathBuf>) {
        let (mut stale, mut changed) = (BTreeSet::new(), BTreeSet::new());
        let mut whole = true;
        for (read, councils) in &self.pages.0 {
            let all = read.keys().chain(seen.templates.keys());
            let differ = all.filter(|path| hash(read, path) != hash(&seen.templates, path));
            let differ: BTreeSet<&PathBuf> = differ.collect();
            let looks = differ.iter().map(|path| Look {
                path,
                was: hash(read, path),
                is: hash(&seen.templates, path),
            });
            whole &= self.rest.all_rest(looks, now, &mut self.waiting);
            if !differ.is_empty() {
                stale.extend(councils.intersection(&seen.councils).cloned());
                changed.extend(differ.into_iter().cloned());
            }
        }
        let paths: Vec<&PathBuf> = changed.iter().collect();
        let all = seen.templates.keys();
        let written = self.rest.written_until(all, &paths, &mut self.waiting);
        match whole && written.is_none() {
            true => (stale, changed),
            false => Default::default(),
        }
    }
}

fn hash<'a>(files: &'a Files, path: &Path) -> Option<&'a str> {
    files.get(path)?.as_deref()
}
