//! What is on the disk now: paths in, hashes out, and of what leads out of its folder that it does.

use super::absolute;
use super::machine::Seen;
use crate::host::{Destination, Files, Host, Memory, template_files};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Looks; what was hashed and has not changed is remembered.
pub(super) struct Eyes<'a> {
    pub(super) host: &'a Host,
    pub(super) memory: &'a Memory,
    /// The councils that are watched; empty means all.
    pub(super) only: &'a BTreeSet<String>,
    /// Where they are published.
    pub(super) to: &'a Destination,
}

impl Eyes<'_> {
    /// The councils and templates as they are now, and these files.
    pub(super) fn look(&self, files: &BTreeSet<PathBuf>) -> Seen {
        let templates = template_files(self.host.templates_folder());
        let councils: BTreeSet<String> = self
            .host
            .all_councils()
            .into_iter()
            .map(|council| council.id)
            .filter(|id| self.only.is_empty() || self.only.contains(id))
            .collect();
        let stands = |id: &&String| self.to.page(id).is_some();
        Seen {
            standing: councils.iter().filter(stands).cloned().collect(),
            councils,
            templates: self.hashes(templates.iter().map(|path| absolute(path))),
            files: self.hashes(files.iter().cloned()),
        }
    }

    fn hashes(&self, paths: impl Iterator<Item = PathBuf>) -> Files {
        let mut outside = self.host.outside();
        paths
            .map(|path| {
                let sum = outside.sum(&path).or_else(|| self.memory.sum(&path));
                (path, sum)
            })
            .collect()
    }
}
