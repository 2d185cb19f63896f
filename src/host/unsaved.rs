//! Texts as an editor holds them: paths and texts in, what `check` finds in them out.
//! Nothing is written; all that stands beside a path and is not open is read from there.

use super::beside::{SCRIPT, parent};
use super::files::{self, shown};
use super::trial::TESTS;
use super::{CouncilFolder, Host, Inspection};
use crate::diagnostic::Diagnostics;
use crate::report::{self, Templates};
use crate::source::Source;
use std::path::{Path, PathBuf};

/// The folders in a folder of templates.
const TEMPLATE_FOLDERS: [&str; 3] = ["pages", "papers", "parts"];

/// A text that stands for the file at a path.
#[derive(Clone)]
pub(super) struct Unsaved {
    pub path: PathBuf,
    pub source: Source,
}

impl Host {
    /// The same host, to which these texts stand for the files at their paths, there or not:
    /// scripts, libraries, tests and templates that are open in an editor.
    pub fn with_unsaved<P, T>(&self, texts: impl IntoIterator<Item = (P, T)>) -> Host
    where
        P: Into<PathBuf>,
        T: AsRef<str>,
    {
        let mut host = self.clone();
        for (path, text) in texts {
            let path = path.into();
            let source = Source::new(shown(&path), text.as_ref());
            host.unsaved.retain(|unsaved| unsaved.path != path);
            host.unsaved.push(Unsaved { path, source });
        }
        host
    }

    /// What is wrong with a script whose text is not saved: a council's `check.rhai`, its
    /// `tests.rhai`, which is run, or a library in `shared`. The path says where it would
    /// stand: libraries, data (of large files the headers) and the logo are found from there, and nothing need be
    /// at the path itself. Of a library those faults are told that show in the checks of the
    /// councils that use it, and nothing of the councils' own. `None` if scripts do not stand
    /// at such a path.
    pub fn inspect_text(&self, path: &Path, text: &str) -> Option<Vec<Inspection>> {
        let folder = parent(path);
        let name = folder.file_name()?.to_string_lossy().into_owned();
        let mut host = self.with_unsaved([(path, text)]);
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
        let council = [CouncilFolder {
            id: name,
            script: folder.join(SCRIPT),
        }];
        match path.file_name()? {
            file if file == SCRIPT => Some(host.inspect(&council)),
            file if file == TESTS => Some(host.inspect_tests(&council)),
            _ => None,
        }
    }

    /// What is wrong with a template whose text is not saved, tried with the templates that
    /// stand in the same folder and the program's own. `None` if templates do not stand at
    /// such a path.
    pub fn inspect_template(&self, path: &Path, text: &str) -> Option<Diagnostics> {
        let folder = templates_of(path)?;
        let host = self.with_unsaved([(path, text)]);
        let own = shown(path);
        let found = match host.open_templates(&folder) {
            Err(faults) => faults,
            Ok(sources) => match Templates::new(sources) {
                Err(faults) => faults,
                Ok(templates) => report::check_templates(&templates),
            },
        };
        let is_own = |fault: &crate::diagnostic::Diagnostic| fault.place.source.name() == own;
        Some(found.into_iter().filter(is_own).collect())
    }

    /// The text that stands for the file at a path.
    pub(super) fn unsaved_at(&self, path: &Path) -> Option<&Source> {
        let mut all = self.unsaved.iter();
        all.find(|one| one.path == path).map(|one| &one.source)
    }

    /// The templates of a folder, those open in an editor as they are there.
    pub(super) fn open_templates(
        &self,
        folder: &Path,
    ) -> Result<Vec<(String, Source)>, Diagnostics> {
        let mut sources =
            files::template_sources(folder, &mut files::Files::default())?.unwrap_or_default();
        for unsaved in &self.unsaved {
            let Ok(inside) = unsaved.path.strip_prefix(folder) else {
                continue;
            };
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            let name = parts.join("/");
            sources.retain(|(known, _)| *known != name);
            sources.push((name, unsaved.source.clone()));
        }
        Ok(sources)
    }
}

/// The folder of templates that a path is in: its own, or that above `pages`, `papers` and
/// `parts`.
pub(super) fn templates_of(path: &Path) -> Option<PathBuf> {
    if path.extension()? != "j2" {
        return None;
    }
    let folder = parent(path);
    let is_inner = |name: &std::ffi::OsStr| TEMPLATE_FOLDERS.iter().any(|known| name == *known);
    Some(match folder.file_name().is_some_and(is_inner) {
        true => parent(&folder),
        false => folder,
    })
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
    fn tests_that_are_not_saved_are_run_on_a_script_that_is_not_saved() {
        let (_folder, host, script, text) = begun();
        let tests = script.with_file_name("tests.rhai");
        let asks = "test(\"a\", || { expect(overall_score(), 1); });";
        let fails = host.inspect_text(&tests, asks).unwrap();
        assert!(fails[0].faults.has_errors(), "what it expects is not found");
        assert_eq!(host.inspect_text(&tests, "").unwrap()[0].faults.errors(), 0);
        let broken = host.with_unsaved([(&script, text.replace("council(", "counsel("))]);
        let found = broken.inspect_text(&tests, asks).unwrap();
        let own = shown(&script);
        let mut places = found[0].faults.iter().map(|fault| &fault.place.source);
        assert!(places.any(|source| source.name() == own));
    }

    #[test]
    fn a_template_that_is_not_saved_is_tried_among_those_beside_it() {
        let (folder, host, ..) = begun();
        let page = folder.path().join("templates/pages/index.html.j2");
        let found = host.inspect_template(&page, "{{ councl }}").unwrap();
        assert!(
            found.has_errors()
                && found
                    .iter()
                    .all(|one| one.place.source.name() == shown(&page))
        );
        assert!(host.inspect_template(Path::new("notes.txt"), "").is_none());
        let part = folder.path().join("templates/parts/mine.j2");
        let open = host.with_unsaved([(&part, "{{ councl }}")]);
        let text = "{% extends \"base.html.j2\" %}{% block content %}{% include \"parts/mine.j2\" %}{% endblock %}";
        assert_eq!(open.inspect_template(&page, text).unwrap().errors(), 0);
        let told = open.inspect_template(&part, "{{ councl }}").unwrap();
        assert_eq!(told.errors(), 0, "nothing includes it");
    }

    #[test]
    fn a_path_where_no_script_stands_is_told_apart() {
        let (folder, host, ..) = begun();
        for path in ["templates/index.html.j2", "scripts/northshire/notes.txt"] {
            assert!(host.inspect_text(&folder.path().join(path), "").is_none());
        }
    }
}
