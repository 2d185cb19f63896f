//! A script as an editor holds it: its path and text in, what `check` finds in it out.
//! Nothing is written; all that stands beside the path is read from there.

use super::beside::{SCRIPT, parent};
use super::files::shown;
use super::{CouncilFolder, Host, Inspection};
use crate::source::Source;
use std::path::{Path, PathBuf};

/// A text that stands for the file at a path.
#[derive(Clone)]
pub(super) struct Unsaved {
    pub path: PathBuf,
    pub source: Source,
}

impl Host {
    /// What is wrong with a script whose text is not saved: a council's `check.rhai`, or a
    /// library in `shared/`. The path says where it would stand: libraries, data headers and
    /// the logo are found from there, and nothing need be at the path itself. Of a library
    /// those faults are told that show in the checks of the councils that use it, and
    /// nothing of the councils' own. `None` if scripts do not stand at such a path.
    pub fn inspect_text(&self, path: &Path, text: &str) -> Option<Vec<Inspection>> {
        let folder = parent(path);
        let name = folder.file_name()?.to_string_lossy().into_owned();
        let mut host = self.clone();
        host.unsaved = Some(Unsaved {
            path: path.to_owned(),
            source: Source::new(shown(path), text),
        });
        if name == "shared" && path.extension().is_some_and(|end| end == "rhai") {
            host.scripts = parent(&folder);
            let mut found = host.inspect(&host.all_councils());
            let own = shown(path);
            for one in &mut found {
                one.faults = std::mem::take(&mut one.faults)
                    .into_iter()
                    .filter(|fault| fault.place.source.name() == own)
                    .collect();
            }
            return Some(found);
        }
        (path.file_name()? == SCRIPT).then(|| {
            host.inspect(&[CouncilFolder {
                id: name,
                script: path.to_owned(),
            }])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn begun() -> (tempfile::TempDir, Host, PathBuf, String) {
        let folder = tempfile::tempdir().unwrap();
        let host = Host::builder()
            .scripts(folder.path().join("scripts"))
            .build();
        let script = host.begin("northshire").unwrap()[0].clone();
        let text = std::fs::read_to_string(&script).unwrap();
        (folder, host, script, text)
    }

    fn codes(found: &[Inspection]) -> Vec<Code> {
        let faults = found.iter().flat_map(|one| one.faults.iter());
        faults.map(|fault| fault.code).collect()
    }

    #[test]
    fn the_text_counts_and_not_the_file_and_headers_are_read_beside_it() {
        let (_folder, host, script, text) = begun();
        let slip = text.replace("target: at_most(16)", "tarket: at_most(16)");
        let found = host.inspect_text(&script, &slip).unwrap();
        assert_eq!(codes(&found), [Code::UnknownKey]);
        let sound = host.inspect_text(&script, &text).unwrap();
        assert!(codes(&sound).is_empty());
        assert_eq!(sound[0].council, "northshire");
        assert!(sound[0].tables.0 > 0 && sound[0].tables.0 == sound[0].tables.1);
        std::fs::write(&script, slip).unwrap();
        assert!(codes(&host.inspect_text(&script, &text).unwrap()).is_empty());
    }

    #[test]
    fn nothing_need_be_at_the_path() {
        let (_folder, host, script, text) = begun();
        std::fs::remove_file(&script).unwrap();
        assert!(codes(&host.inspect_text(&script, &text).unwrap()).is_empty());
    }

    #[test]
    fn a_library_that_is_not_saved_serves_the_councils_and_tells_its_own_faults() {
        let (folder, host, script, text) = begun();
        let own = "measure(\"twice-our-workers\", #{ standard: \"caseload\", ask: \"Twice\", unit: \"posts\",
            value: |workers| pay::twice(workers.count()), best: 0, worst: 40 });";
        std::fs::write(&script, format!("{text}\n{own}\n")).unwrap();
        let library = folder.path().join("scripts/shared/pay.rhai");
        let found = host.inspect_text(&library, "fn twice(x) { x * 2").unwrap();
        assert!(!codes(&found).is_empty());
        let own = shown(&library);
        let faults = found.iter().flat_map(|one| one.faults.iter());
        assert!(faults.into_iter().all(|one| one.place.source.name() == own));
        let sound = host
            .inspect_text(&library, "fn twice(x) { x * 2 }")
            .unwrap();
        assert_eq!(codes(&sound), []);
        assert!(sound[0].check.is_some(), "its function is found");
    }

    #[test]
    fn a_path_where_no_script_stands_is_told_apart() {
        let (folder, host, ..) = begun();
        for path in ["templates/index.html.j2", "scripts/northshire/notes.txt"] {
            assert!(host.inspect_text(&folder.path().join(path), "").is_none());
        }
    }
}
