//! What a host is to work with, one after another, in; the host out.

use super::{Host, Progress};
use crate::script::{Library, Limits, Workshop};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Builds a [`Host`].
#[derive(Clone)]
pub struct Builder {
    host: Host,
}

impl Builder {
    /// The national core, the standard library of functions and limits, the usual folders.
    pub(super) fn new() -> Self {
        Self {
            host: Host {
                workshop: Workshop::default(),
                scripts: "scripts".into(),
                templates: "templates".into(),
                data: None,
                unseen: false,
                unsaved: Vec::new(),
                memory: None,
                rests: None,
                progress: None,
                stop: None,
            },
        }
    }

    /// Adds Rust functions that scripts call as `name::function(…)`. What keeps a library
    /// from being used is told by [`Host::try_libraries`], and to every script that uses it.
    pub fn library(mut self, name: &str, library: impl Into<Library>) -> Self {
        self.host.workshop.add_library(name, library.into());
        self
    }

    /// What a script may use up.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.host.workshop.limits = limits;
        self
    }

    /// The folder that holds a folder for each council: `scripts` unless set.
    pub fn scripts(mut self, folder: impl Into<PathBuf>) -> Self {
        self.host.scripts = folder.into();
        self
    }

    /// The folder of templates: `templates` unless set. If it is not there, the templates
    /// in the program serve.
    pub fn templates(mut self, folder: impl Into<PathBuf>) -> Self {
        self.host.templates = folder.into();
        self
    }

    /// A folder that holds a folder of data for each council; beside the scripts unless
    /// set.
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.host.data = Some(folder.into());
        self
    }

    /// Whether nobody outside has seen what was published before of the same as-of date: it
    /// may then be replaced by other figures. Not so unless set.
    pub fn unseen(mut self, unseen: bool) -> Self {
        self.host.unseen = unseen;
        self
    }

    /// Counters to say how far a run has come.
    pub fn progress(mut self, progress: Arc<Progress>) -> Self {
        self.host.progress = Some(progress);
        self
    }

    /// What turns true when nobody wants the work any more, when the user pressed Ctrl-C say:
    /// runs and watches then end as soon as they can, and leave nothing half done. What was
    /// published before stands; a council that nothing came of is
    /// [`stopped`](super::Outcome::stopped).
    pub fn stop(mut self, stop: Arc<AtomicBool>) -> Self {
        self.host.stop = Some(stop);
        self
    }

    /// The host.
    pub fn build(self) -> Host {
        self.host
    }
}
