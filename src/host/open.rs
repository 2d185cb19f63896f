//! What stands near a script or template that is open in an editor: a path in; out the
//! texts of the council's script, of shared libraries and of templates, each with its path,
//! as they are open or as they are on disk; and the program's own cards and templates as
//! files to look at.

use super::Host;
use super::beside::{SCRIPT, parent};
use super::files::{self, Files};
use super::shelf::Shelf;
use super::unsaved::templates_of;
use crate::national;
use crate::report::Templates;
use crate::source::Source;
use std::io;
use std::path::{Path, PathBuf};

impl Host {
    /// The text at a path, as it is open or else on disk.
    pub(crate) fn text_at(&self, path: &Path) -> Option<Source> {
        match self.unsaved_at(path) {
            Some(source) => Some(source.clone()),
            None => files::read_text(path, &mut Files::default()).ok(),
        }
    }

    /// The shared libraries that a script in a council's folder may use.
    pub(crate) fn libraries_near(&self, script: &Path) -> Vec<Source> {
        Shelf::beside(&parent(script).join(SCRIPT), &self.unsaved).sources()
    }

    /// The templates among which a template stands, each by its name and path; those of the
    /// program have none.
    pub(crate) fn templates_near(&self, path: &Path) -> Vec<(String, Option<PathBuf>)> {
        let mut all: Vec<(String, Option<PathBuf>)> = Templates::own()
            .map(|(name, _)| (name.to_owned(), None))
            .collect();
        let Some(folder) = templates_of(path) else {
            return all;
        };
        for (name, _) in self.open_templates(&folder).unwrap_or_default() {
            let path = Some(folder.join(&name));
            match all.iter_mut().find(|(known, _)| *known == name) {
                Some(known) => known.1 = path,
                None => all.push((name, path)),
            }
        }
        all
    }

    /// The name of a template in its folder: `pages/index.html.j2`.
    pub(crate) fn template_name(&self, path: &Path) -> Option<String> {
        let folder = templates_of(path)?;
        let inside = path.strip_prefix(folder).ok()?;
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        Some(parts.join("/"))
    }
}

/// The national cards and the program's own templates as files that can be looked at. They
/// are written when the first of them is asked for, can be read and not written, and vanish
/// with this.
#[derive(Debug, Default)]
pub struct ReadingCopies {
    folder: Option<tempfile::TempDir>,
}

impl ReadingCopies {
    /// The file of a name: `scripts/national/caseload.rhai`, `templates/base.html.j2`.
    ///
    /// # Errors
    /// The folder for temporary files cannot be written in, or there is no such name.
    pub fn path(&mut self, name: &str) -> io::Result<PathBuf> {
        let cards = national::CARDS.iter().copied();
        let mut texts = cards
            .map(|(name, text)| (name.to_owned(), text))
            .chain(Templates::own().map(|(name, text)| (format!("templates/{name}"), text)));
        let Some((_, text)) = texts.find(|(known, _)| known == name) else {
            return Err(io::ErrorKind::NotFound.into());
        };
        if self.folder.is_none() {
            let made = tempfile::Builder::new().prefix("healthcheck-").tempdir()?;
            self.folder = Some(made);
        }
        let root = self.folder.as_ref().map(|folder| folder.path());
        let path = root.unwrap_or(Path::new("")).join(name);
        if !path.is_file() {
            std::fs::create_dir_all(parent(&path))?;
            std::fs::write(&path, text)?;
            let mut may = std::fs::metadata(&path)?.permissions();
            may.set_readonly(true);
            std::fs::set_permissions(&path, may)?;
        }
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_for_reading_and_vanishes() {
        let mut copies = ReadingCopies::default();
        let path = copies.path("scripts/national/caseload.rhai").unwrap();
        assert_eq!(copies.path("scripts/national/caseload.rhai").unwrap(), path);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("caseload-per-fte"));
        assert!(std::fs::metadata(&path).unwrap().permissions().readonly());
        assert!(copies.path("templates/base.html.j2").unwrap().is_file());
        assert!(copies.path("../../etc/passwd").is_err());
        drop(copies);
        assert!(!path.exists());
    }

    #[test]
    fn templates_that_are_open_stand_among_those_of_the_program() {
        let page = Path::new("nowhere/templates/pages/mine.html.j2");
        let host = Host::new().with_unsaved([(page, "")]);
        let near = host.templates_near(Path::new("nowhere/templates/papers/a.html.j2"));
        let of = |sought: &str| {
            near.iter()
                .find(|(name, _)| name == sought)
                .unwrap()
                .1
                .clone()
        };
        assert_eq!(of("base.html.j2"), None);
        assert_eq!(of("pages/mine.html.j2"), Some(page.to_owned()));
        assert_eq!(host.template_name(page).unwrap(), "pages/mine.html.j2");
    }
}
