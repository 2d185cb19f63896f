//! The shared libraries beside a council's folder: a script's path in, their texts out,
//! and a note of those that the script uses.

use super::beside::parent;
use super::files::{self, Files};
use super::unsaved::Unsaved;
use crate::diagnostic::Diagnostics;
use crate::script;
use crate::source::Source;
use std::path::{Path, PathBuf};

/// The libraries in `shared/` beside a council's folder, used or not, so that the right
/// one can be suggested for a misspelt one.
pub(super) struct Shelf {
    folder: PathBuf,
    libraries: Vec<(PathBuf, Result<Source, Diagnostics>)>,
    read: Files,
}

impl Shelf {
    /// Texts that are not saved stand for their files, there or not.
    pub(super) fn beside(script: &Path, unsaved: &[Unsaved]) -> Self {
        let folder = shelf_folder(script);
        let is_library = |path: &Path| {
            path.parent() == Some(&folder) && path.extension().is_some_and(|end| end == "rhai")
        };
        let unsaved: Vec<&Unsaved> = unsaved
            .iter()
            .filter(|unsaved| is_library(&unsaved.path))
            .collect();
        let mut read = Files::default();
        let mut libraries: Vec<_> = files::names_in(&folder)
            .into_iter()
            .filter(|name| name.ends_with(".rhai") && !name.starts_with('.'))
            .map(|name| folder.join(name))
            .filter(|path| unsaved.iter().all(|unsaved| unsaved.path != *path))
            .map(|path| {
                let source = files::read_text_inside(&path, &mut read);
                (path, source)
            })
            .collect();
        let open = unsaved.into_iter();
        libraries.extend(open.map(|one| (one.path.clone(), Ok(one.source.clone()))));
        libraries.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self {
            folder,
            libraries,
            read,
        }
    }

    pub(super) fn sources(&self) -> Vec<Source> {
        self.libraries
            .iter()
            .filter_map(|(_, library)| library.as_ref().ok().cloned())
            .collect()
    }

    /// Notes the libraries that a script uses and those that they use, there or not. One
    /// that cannot be read is a fault only where it is used.
    pub(super) fn note_used(&self, script: &Source, files: &mut Files) -> Result<(), Diagnostics> {
        let mut wanted = script::libraries_used(script);
        let mut faults = Diagnostics::new();
        while let Some(name) = wanted.pop() {
            let path = self.folder.join(format!("{name}.rhai"));
            if files.contains_key(&path) {
                continue;
            }
            files.insert(path.clone(), self.read.get(&path).cloned().flatten());
            match self.libraries.iter().find(|(known, _)| *known == path) {
                Some((_, Ok(library))) => wanted.extend(script::libraries_used(library)),
                Some((_, Err(fault))) => faults.extend(fault.clone()),
                None => {}
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }
}

pub(super) fn shelf_folder(script: &Path) -> PathBuf {
    let folder = parent(script);
    match folder.parent() {
        Some(above) if folder.file_name().is_some() => above.join("shared"),
        _ => folder.join("../shared"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_stand_beside_the_councils_folder() {
        for (script, shelf) in [
            ("scripts/northshire/check.rhai", "scripts/shared"),
            ("northshire/check.rhai", "shared"),
            ("check.rhai", "./../shared"),
            ("../check.rhai", "../../shared"),
        ] {
            assert_eq!(shelf_folder(Path::new(script)), PathBuf::from(shelf));
        }
    }
}
