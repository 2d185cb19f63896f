//! What is on the disk now: paths in, hashes out. A file whose size and time have not
//! changed is not read again.

use super::machine::Seen;
use crate::host::{Files, Host, hash, template_files};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A change within this time of another may leave the file's time as it was.
const CLOCK_GRAIN: Duration = Duration::from_secs(3);

/// Remembers what it has hashed.
#[derive(Default)]
pub(super) struct Eyes {
    known: BTreeMap<PathBuf, Known>,
}

struct Known {
    size: u64,
    modified: SystemTime,
    hash: Option<String>,
}

impl Eyes {
    /// The councils, templates and files as they are now. `only` names the councils that
    /// are watched; empty means all.
    pub(super) fn look(
        &mut self,
        host: &Host,
        only: &BTreeSet<String>,
        files: &BTreeSet<PathBuf>,
    ) -> Seen {
        let templates = template_files(host.templates_folder());
        Seen {
            councils: host
                .all_councils()
                .into_iter()
                .map(|council| council.id)
                .filter(|id| only.is_empty() || only.contains(id))
                .collect(),
            templates: self.hashes(templates.iter()),
            files: self.hashes(files.iter()),
        }
    }

    fn hashes<'a>(&mut self, paths: impl Iterator<Item = &'a PathBuf>) -> Files {
        paths.map(|path| (path.clone(), self.hash(path))).collect()
    }

    fn hash(&mut self, path: &Path) -> Option<String> {
        let meta = std::fs::metadata(path).ok()?;
        let (size, modified) = (meta.len(), meta.modified().ok());
        if let Some(known) = self.known.get(path)
            && known.size == size
            && Some(known.modified) == modified
        {
            return known.hash.clone();
        }
        let hash = hash(path);
        let settled = modified.filter(|modified| {
            SystemTime::now()
                .duration_since(*modified)
                .is_ok_and(|age| age > CLOCK_GRAIN)
        });
        match settled {
            Some(modified) => {
                let known = Known {
                    size,
                    modified,
                    hash: hash.clone(),
                };
                self.known.insert(path.to_owned(), known);
            }
            None => {
                self.known.remove(path);
            }
        }
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_changed_within_the_grain_of_the_clock_is_seen_to_differ() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let mut eyes = Eyes::default();
        assert_eq!(eyes.hash(&path), None);
        std::fs::write(&path, "one").unwrap();
        let one = eyes.hash(&path);
        std::fs::write(&path, "two").unwrap();
        let two = eyes.hash(&path);
        assert!(one.is_some() && two.is_some() && one != two);
    }

    #[test]
    fn an_old_file_is_read_once_until_its_time_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "one").unwrap();
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        let set = |time| {
            std::fs::File::options()
                .write(true)
                .open(&path)
                .unwrap()
                .set_modified(time)
                .unwrap();
        };
        set(long_ago);
        let mut eyes = Eyes::default();
        let one = eyes.hash(&path);
        assert_eq!(eyes.known.len(), 1);
        std::fs::write(&path, "two").unwrap();
        set(long_ago + Duration::from_secs(1));
        assert_ne!(eyes.hash(&path), one);
    }
}
