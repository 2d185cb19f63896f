//! Listens to the system: folders in, what its events mean out.
//!
//! Listened to are the folders in which lies what was used last time, or was looked for and
//! missing. A folder that is not there is waited for in the nearest one above it that is.

use super::machine::Input;
use super::{Heard, absolute};
use crate::host::Host;
use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

pub(super) struct Ears {
    system: Option<RecommendedWatcher>,
    /// The folders listened to, each as it was when we began: another of the same name has to
    /// be listened to anew.
    heard: BTreeMap<PathBuf, Node>,
    /// The folders that matter, there or not.
    wanted: BTreeSet<PathBuf>,
    trouble: Option<String>,
    told: bool,
}

#[cfg(unix)]
type Node = (u64, u64);

#[cfg(unix)]
fn node(meta: &Metadata) -> Node {
    use std::os::unix::fs::MetadataExt;
    (meta.dev(), meta.ino())
}

#[cfg(not(unix))]
type Node = Option<std::time::SystemTime>;

#[cfg(not(unix))]
fn node(meta: &Metadata) -> Node {
    meta.created().ok()
}

impl Ears {
    /// Listens to where councils, templates and data stand.
    pub(super) fn open(host: &Host, sender: Sender<Heard>) -> Self {
        let system = notify::recommended_watcher(move |event| {
            // The receiver is gone only when the watch is over.
            let _ = sender.send(Heard::Event(event));
        });
        let (system, trouble) = match system {
            Ok(system) => (Some(system), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let mut ears = Self {
            system,
            heard: BTreeMap::new(),
            wanted: BTreeSet::new(),
            trouble,
            told: false,
        };
        ears.attend(host, &BTreeSet::new());
        ears
    }

    /// Why changes are not told of; once.
    pub(super) fn trouble(&mut self) -> Option<String> {
        let trouble = self.trouble.take()?;
        (!std::mem::replace(&mut self.told, true)).then_some(trouble)
    }

    /// Listens to the folders of these files, and to those where new ones may come; tells
    /// whether there is one among them that nobody listened to before.
    pub(super) fn attend(&mut self, host: &Host, files: &BTreeSet<PathBuf>) -> bool {
        self.wanted = wanted(host, files);
        let Some(system) = &mut self.system else {
            return false;
        };
        let mut any = false;
        let mut there = BTreeMap::new();
        for folder in &self.wanted {
            // A folder that is moved away tells the one above it, which may see it come back.
            let above = folder.ancestors().skip(1).find(|above| above.is_dir());
            for folder in [Some(folder.as_path()), above].into_iter().flatten() {
                if let Ok(meta) = std::fs::metadata(folder)
                    && meta.is_dir()
                {
                    there.insert(folder.to_owned(), node(&meta));
                }
            }
        }
        self.heard.retain(|folder, node| {
            let stays = there.get(folder) == Some(node);
            if !stays {
                // It may be gone, and then the system has forgotten it too.
                let _ = system.unwatch(folder);
            }
            stays
        });
        for (folder, node) in there {
            if self.heard.contains_key(&folder) {
                continue;
            }
            match system.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    any = true;
                    self.heard.insert(folder, node);
                }
                Err(_) if !folder.is_dir() => {}
                Err(error) => self.trouble = Some(error.to_string()),
            }
        }
        any
    }

    /// What an event means. Errors and lost events mean "go and look"; that a file was read
    /// means nothing, or our own looking would never end.
    pub(super) fn meaning(&self, event: notify::Result<Event>) -> Vec<Input> {
        let event = match event {
            Ok(event) if !event.need_rescan() => event,
            _ => return vec![Input::Lost],
        };
        let Some(means) = means(event.kind) else {
            return Vec::new();
        };
        let paths = event.paths.iter().map(|path| absolute(path));
        paths.filter(|path| self.matters(path)).map(means).collect()
    }

    /// Whether a path lies in a folder that matters, or holds one.
    fn matters(&self, path: &Path) -> bool {
        path.parent()
            .is_some_and(|parent| self.wanted.contains(parent))
            || self.wanted.iter().any(|folder| folder.starts_with(path))
    }
}

/// Whether the system says when a file that was written into is closed.
const TELLS_OF_CLOSES: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// What a kind of event means for the path that it names.
fn means(kind: EventKind) -> Option<fn(PathBuf) -> Input> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Remove(_)
        | EventKind::Modify(ModifyKind::Name(_)) => Some(Input::Closed),
        EventKind::Access(_) => None,
        EventKind::Create(CreateKind::File) if TELLS_OF_CLOSES => Some(Input::Made),
        EventKind::Modify(ModifyKind::Data(_)) if TELLS_OF_CLOSES => Some(Input::Writing),
        _ => Some(Input::Changed),
    }
}

/// The folders that matter: of the councils, of the templates and of the files, with links
/// followed too.
fn wanted(host: &Host, files: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    let scripts = absolute(host.scripts());
    let templates = absolute(host.templates_folder());
    let mut folders: BTreeSet<PathBuf> = files
        .iter()
        .filter_map(|file| Some(file.parent()?.to_owned()))
        .collect();
    folders.extend(files.iter().filter(|file| file.is_dir()).cloned());
    folders.extend(host.data_folder().map(absolute));
    folders.extend(inner(&scripts));
    for folder in inner(&templates) {
        folders.extend(inner(&folder));
        folders.insert(folder);
    }
    folders.insert(scripts);
    folders.insert(templates);
    let followed: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| folder.canonicalize().ok())
        .collect();
    folders.extend(followed);
    let linked: Vec<PathBuf> = files
        .iter()
        .filter(|file| file.is_symlink())
        .filter_map(|file| Some(file.canonicalize().ok()?.parent()?.to_owned()))
        .collect();
    folders.extend(linked);
    folders
}

/// The folders in a folder, hidden ones left out.
fn inner(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECK: &str = "scripts/northshire/check.rhai";

    fn deaf() -> Ears {
        Ears {
            system: None,
            heard: BTreeMap::new(),
            wanted: BTreeSet::from([absolute(Path::new("scripts/northshire"))]),
            trouble: None,
            told: false,
        }
    }

    #[test]
    fn that_a_file_was_read_means_nothing_and_that_events_were_lost_means_look() {
        use notify::event::Flag;
        let read = Event::new(EventKind::Access(AccessKind::Any)).add_path(CHECK.into());
        assert!(deaf().meaning(Ok(read)).is_empty());
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(matches!(deaf().meaning(Ok(lost))[..], [Input::Lost]));
        let error = notify::Error::generic("gone");
        assert!(matches!(deaf().meaning(Err(error))[..], [Input::Lost]));
    }

    #[test]
    fn a_file_that_is_written_into_is_waited_for_where_the_system_tells_of_its_close_alone() {
        use notify::event::DataChange;
        let heard = |kind| {
            let event = Event::new(kind).add_path(CHECK.into());
            deaf().meaning(Ok(event)).swap_remove(0)
        };
        let written = heard(EventKind::Modify(ModifyKind::Data(DataChange::Any)));
        assert_eq!(matches!(written, Input::Writing(_)), TELLS_OF_CLOSES);
        assert_ne!(matches!(written, Input::Changed(_)), TELLS_OF_CLOSES);
        let made = heard(EventKind::Create(CreateKind::File));
        assert_eq!(matches!(made, Input::Made(_)), TELLS_OF_CLOSES);
        for kind in [
            EventKind::Access(AccessKind::Close(AccessMode::Write)),
            EventKind::Remove(notify::event::RemoveKind::File),
            EventKind::Modify(ModifyKind::Name(notify::event::RenameMode::From)),
        ] {
            assert!(matches!(heard(kind), Input::Closed(_)), "{kind:?}");
        }
        // Of rights, times and whatever else a system tells.
        for kind in [
            EventKind::Any,
            EventKind::Create(CreateKind::Folder),
            EventKind::Modify(ModifyKind::Metadata(notify::event::MetadataKind::Any)),
        ] {
            assert!(matches!(heard(kind), Input::Changed(_)), "{kind:?}");
        }
    }

    #[test]
    fn what_lies_in_a_folder_that_matters_or_holds_one_is_told_from_what_lies_beside() {
        for (path, matters) in [
            (CHECK, true),
            ("scripts/northshire", true),
            ("scripts", true),
            ("scripts/eastmere", false),
            ("notes.txt", false),
        ] {
            let event = Event::new(EventKind::Modify(ModifyKind::Any)).add_path(path.into());
            assert_eq!(!deaf().meaning(Ok(event)).is_empty(), matters, "{path}");
        }
    }
}
