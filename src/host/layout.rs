//! The layout of scripts: councils in, which of their scripts are not in the one layout out,
//! and those exchanged for their laid-out selves if asked.

use super::Host;
use super::councils::CouncilFolder;
use super::files::{self, Files, names_in};
use super::shelf::Shelf;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::script;
use crate::source::Source;
use std::path::{Path, PathBuf};

/// Begins the name of a file that is not finished.
const UNFINISHED: &str = ".healthcheck-fmt-";

/// One script.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layout {
    /// Where it is.
    pub path: PathBuf,
    /// Its text as it is.
    pub before: String,
    /// Its text in the one layout.
    pub after: String,
}

impl Layout {
    /// Whether the script is not in the one layout.
    pub fn changes(&self) -> bool {
        self.before != self.after
    }
}

impl Host {
    /// Every script in the folders of councils, and with `shared` the shared libraries.
    pub fn scripts_of(&self, councils: &[CouncilFolder], shared: bool) -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = councils
            .iter()
            .filter_map(|council| council.script.parent().map(Path::to_owned))
            .collect();
        if shared {
            folders.push(self.scripts().join("shared"));
        }
        let scripts = |folder: &PathBuf| -> Vec<PathBuf> {
            names_in(folder)
                .into_iter()
                .filter(|name| name.ends_with(".rhai") && !name.starts_with('.'))
                .map(|name| folder.join(name))
                .filter(|path| path.is_file())
                .collect()
        };
        folders.iter().flat_map(scripts).collect()
    }

    /// A script in its one layout. What it means is the same; its notes are all there.
    ///
    /// # Errors
    /// A file that cannot be read, or a script with a bracket, text or note that is not
    /// closed, with the fault that stands in the way.
    pub fn layout(&self, path: &Path) -> Result<Layout, Diagnostics> {
        let source = files::read_text_inside(path, &mut Files::default())?;
        let before = files::read(path)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_else(|| source.text().to_owned());
        match script::formatted(&before) {
            Some(after) => Ok(Layout {
                path: path.to_owned(),
                before,
                after,
            }),
            None => Err(self.why_not(path, &source)),
        }
    }

    /// A script's text in its one layout, for an editor; `None` if a bracket, text or note
    /// in it is not closed.
    pub fn layout_of_text(&self, text: &str) -> Option<String> {
        script::formatted(text)
    }

    /// Exchanges a script for its laid-out self, at once and whole.
    ///
    /// # Errors
    /// A file that cannot be written, or that has changed since it was read.
    pub fn lay_out(&self, layout: &Layout) -> Result<(), Diagnostics> {
        files::exchange_text(&layout.path, &layout.before, &layout.after, UNFINISHED)
    }

    /// What stands in the way of laying a script out.
    fn why_not(&self, path: &Path, source: &Source) -> Diagnostics {
        let shared = Shelf::beside(path, &self.unsaved).sources();
        let (_, faults) = self.workshop.read(source, &shared);
        let errors: Diagnostics = faults
            .iter()
            .filter(|fault| fault.severity() == Severity::Error)
            .cloned()
            .collect();
        if !errors.is_empty() {
            return errors;
        }
        let message = "this script cannot be laid out, and is left as it is";
        Diagnostic::new(Code::Syntax, source.whole(), message).into()
    }
}
