//! Where a watched file must lie: its path in; what a run notes of it out, if it leads out of there.

use super::Host;
use super::files;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

impl Host {
    /// Begins to look where files lie.
    pub(crate) fn outside(&self) -> Outside {
        let absolute = |folder: &Path| std::path::absolute(folder).ok();
        Outside {
            // A folder in each of these is one that files may not leave.
            bases: [
                absolute(self.scripts()),
                self.data_folder().and_then(absolute),
            ],
            templates: absolute(self.templates_folder()),
            folders: BTreeMap::new(),
        }
    }
}

/// One look at where files lie. What it found of a folder it does not ask again.
pub(crate) struct Outside {
    bases: [Option<PathBuf>; 2],
    templates: Option<PathBuf>,
    /// Whether a link leads a folder out.
    folders: BTreeMap<PathBuf, bool>,
}

impl Outside {
    /// What a run would note of a file in the place of its hash, if a link leads it out of the folder
    /// in which it must lie; `None` of any other.
    pub(crate) fn sum(&mut self, path: &Path) -> Option<String> {
        let root = self.root_of(path)?;
        let leads_out = match path.parent().filter(|folder| folder.starts_with(&root)) {
            Some(folder) if !path.is_symlink() => match self.folders.get(folder) {
                Some(known) => *known,
                None => {
                    let leads_out = files::leaves(&root, folder);
                    self.folders.insert(folder.to_owned(), leads_out);
                    leads_out
                }
            },
            _ => files::leaves(&root, path),
        };
        leads_out.then(|| files::sum_outside(path))
    }

    /// The folder in which a file must lie, by its path from the root: that of its council beside the
    /// scripts or the data, the one of the libraries, or that of the templates.
    fn root_of(&self, path: &Path) -> Option<PathBuf> {
        let inner = |base: &PathBuf| {
            let name = path.strip_prefix(base).ok()?.iter().next()?;
            Some(base.join(name))
        };
        let templates = self.templates.as_ref();
        let templates = templates.filter(|folder| path.starts_with(folder)).cloned();
        let roots = self.bases.iter().flatten().filter_map(inner);
        // One of these folders may lie in another.
        let depth = |root: &PathBuf| root.components().count();
        roots.chain(templates).max_by_key(depth)
    }
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn what_a_run_notes_of_a_link_that_leads_out_is_what_is_seen_of_it_later() {
        use super::*;
        use crate::host::Files;
        use std::os::unix::fs::symlink;
        let keep = tempfile::tempdir().unwrap();
        let here = |path: &str| keep.path().join(path);
        for folder in [
            "share/data",
            "scripts/a/data",
            "scripts/shared",
            "data/a",
            "templates",
        ] {
            std::fs::create_dir_all(here(folder)).unwrap();
        }
        for file in ["share/x", "share/data/x", "scripts/a/data/y"] {
            std::fs::write(here(file), file).unwrap();
        }
        let host = Host::builder()
            .scripts(here("scripts"))
            .data(here("data"))
            .templates(here("templates"))
            .build();
        for (link, to, inside, leads_out) in [
            ("scripts/a/check.rhai", "share/x", "", true),
            ("scripts/a/z.csv", "scripts/a/data/y", "", false),
            ("scripts/a/linked", "share/data", "x", true),
            ("scripts/a/folder.csv", "share/data", "", true),
            ("scripts/shared/b.rhai", "share/x", "", true),
            ("data/a/x.csv", "scripts/a/data/y", "", true),
            ("templates/page.j2", "share/x", "", true),
            ("notes.txt", "share/x", "", false),
        ] {
            symlink(here(to), here(link)).unwrap();
            let mut outside = host.outside();
            let path = here(link).join(inside);
            // Without the slash that joining nothing leaves.
            let path: PathBuf = path.components().collect();
            let seen = outside.sum(&path);
            assert_eq!(seen.is_some(), leads_out, "{link}");
            let Some(root) = outside.root_of(&path) else {
                continue;
            };
            let mut noted = Files::default();
            assert_eq!(files::leaves_noting(&root, &path, &mut noted), leads_out);
            assert_eq!(noted.get(&path).cloned().flatten(), seen, "{link}");
        }
    }
}
