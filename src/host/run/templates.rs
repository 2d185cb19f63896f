//! The templates of a run: their folder in; what each council is published with, and the files as
//! they were read, out.
//!
//! They are read once for all councils. Before any is published it is looked whether they are
//! still as they were read: a file that was being saved may have been read empty, or beside
//! another of a later state.

use super::{PAUSE, TRIES, keeps_changing};
use crate::diagnostic::Diagnostics;
use crate::host::files::template_files;
use crate::host::{Files, Host};
use crate::report::Templates;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

pub(super) struct InForce<'a> {
    host: &'a Host,
    read: Mutex<Read>,
}

struct Read {
    templates: Result<Arc<Templates>, Diagnostics>,
    files: Arc<Files>,
    /// The faults for which somebody was not published.
    told: Diagnostics,
}

impl<'a> InForce<'a> {
    pub(super) fn of(host: &'a Host) -> Self {
        let (templates, files) = read(host);
        let read = Mutex::new(Read {
            templates,
            files,
            told: Diagnostics::new(),
        });
        Self { host, read }
    }

    /// The templates as they are now, and their files; none if there is a fault in them: then
    /// nothing is published, and it is told once for all councils.
    pub(super) fn now(&self) -> (Option<Arc<Templates>>, Arc<Files>) {
        // What is behind the lock is whole between any two steps.
        let mut last = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = 0;
        while let Some(changed) = self.changed_since(&last.files) {
            next += 1;
            if next == TRIES {
                last.told = keeps_changing(&changed).into();
                // Whatever comes to rest there was not used.
                return (None, Arc::default());
            }
            thread::sleep(PAUSE * next);
            (last.templates, last.files) = read(self.host);
        }
        let files = last.files.clone();
        match last.templates.clone() {
            Ok(templates) => (Some(templates), files),
            Err(faults) => {
                last.told = faults;
                (None, files)
            }
        }
    }

    /// The faults for which a council was not published.
    pub(super) fn told(self) -> Diagnostics {
        let read = self.read.into_inner();
        read.unwrap_or_else(PoisonError::into_inner).told
    }

    /// A template that is no longer as it was read, or is new.
    fn changed_since(&self, read: &Files) -> Option<PathBuf> {
        let mut now = template_files(self.host.templates_folder()).into_iter();
        let new = now.find(|path| !read.contains_key(path));
        new.or_else(|| self.host.changed_since(read))
    }
}

fn read(host: &Host) -> (Result<Arc<Templates>, Diagnostics>, Arc<Files>) {
    let mut files = Files::default();
    let templates = host.templates_noting(&mut files);
    (templates, Arc::new(files))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn templates_that_changed_since_they_were_read_are_read_again_before_anything_is_published() {
        let keep = tempfile::tempdir().unwrap();
        let page = keep.path().join("pages/index.html.j2");
        fs::create_dir(page.parent().unwrap()).unwrap();
        fs::write(&page, "").unwrap();
        let host = Host::builder().templates(keep.path()).build();
        let templates = InForce::of(&host);
        let (_, torn) = templates.now();
        for text in ["whole", "{{ broken"] {
            fs::write(&page, text).unwrap();
            let (found, files) = templates.now();
            assert_eq!(found.is_some(), text == "whole");
            assert_eq!(files[&page], crate::host::files::hash(&page), "{text}");
            assert_ne!(files, torn);
        }
        fs::write(keep.path().join("new.css"), "").unwrap();
        assert!(templates.now().1.len() == 2);
        assert!(templates.told().has_errors());
    }
}
