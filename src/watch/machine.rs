//! What to do when something changes: a pure machine, with no clock and no file.
//!
//! In: a [`State`], an [`Input`] and the time in milliseconds. Out: the next state and
//! what to do. Events are never trusted: they mean "go and look", and only what is seen
//! to differ from what a council's last run read makes that council run again.

use crate::host::Files;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Milliseconds since the watch began.
pub type Millis = u64;

/// How long nothing must change before we look: an editor writes a file in several steps.
pub const QUIET: Millis = 100;
/// How long we wait at most while changes keep coming.
pub const AT_MOST: Millis = 500;

/// What the machine knows.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Each council with the files that its last run looked at, as that run read them.
    councils: BTreeMap<String, Files>,
    /// The templates as last seen; `None` before the first look.
    templates: Option<Files>,
    /// When the first and the last change came that we have not looked at.
    changed: Option<(Millis, Millis)>,
    doing: Doing,
    own_output: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Doing {
    #[default]
    Nothing,
    Looking,
    Working,
}

/// What happens to the machine.
#[derive(Debug, Clone)]
pub enum Input {
    /// The system says that this path changed.
    Changed(PathBuf),
    /// Look in any case: it is time for the slow poll, or events were lost.
    GoAndLook,
    /// Time has passed.
    Time,
    /// What [`Action::Look`] found.
    Looked(Seen),
    /// What [`Action::Work`] did: each council that ran, with the files as it read them.
    Finished(BTreeMap<String, Files>),
}

/// What is on the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// The councils that there are.
    pub councils: BTreeSet<String>,
    /// The files asked for.
    pub files: Files,
    /// The templates.
    pub templates: Files,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// List the councils and templates, and hash these files.
    Look(BTreeSet<PathBuf>),
    /// This council's script is gone.
    Forget(String),
    /// Run some councils, and make the pages of others again.
    Work {
        /// To run.
        run: BTreeSet<String>,
        /// To make the pages of again: a template changed.
        render: BTreeSet<String>,
        /// The files that changed.
        because: BTreeSet<PathBuf>,
    },
}

impl State {
    /// Nothing is known yet: the first look runs every council. What changes under
    /// `own_output` is our own doing.
    pub fn new(own_output: impl Into<PathBuf>) -> Self {
        Self {
            own_output: own_output.into(),
            ..Self::default()
        }
    }

    /// When to come back with [`Input::Time`], if nothing else happens before.
    pub fn wake_at(&self) -> Option<Millis> {
        match (self.doing, self.changed) {
            (Doing::Nothing, Some((first, last))) => Some((last + QUIET).min(first + AT_MOST)),
            _ => None,
        }
    }

    fn watched(&self) -> BTreeSet<PathBuf> {
        self.councils
            .values()
            .flat_map(|files| files.keys().cloned())
            .collect()
    }

    fn note_change(&mut self, now: Millis) {
        let first = self.changed.map_or(now, |(first, _)| first);
        self.changed = Some((first, now));
    }

    fn look(&mut self) -> Vec<Action> {
        self.doing = Doing::Looking;
        self.changed = None;
        vec![Action::Look(self.watched())]
    }
}

/// One step of the machine.
pub fn step(mut state: State, input: Input, now: Millis) -> (State, Vec<Action>) {
    let actions = match input {
        Input::Changed(path) => {
            if !path.starts_with(&state.own_output) && !is_temporary(&path) {
                state.note_change(now);
            }
            state.due(now)
        }
        Input::GoAndLook if state.doing == Doing::Nothing && state.changed.is_none() => {
            state.look()
        }
        Input::GoAndLook => {
            state.note_change(now);
            state.due(now)
        }
        Input::Time => state.due(now),
        Input::Looked(seen) => state.compare(seen),
        Input::Finished(ran) => {
            state.doing = Doing::Nothing;
            state.councils.extend(ran);
            state.due(now)
        }
    };
    (state, actions)
}

impl State {
    fn due(&mut self, now: Millis) -> Vec<Action> {
        match self.wake_at() {
            Some(at) if at <= now => self.look(),
            _ => Vec::new(),
        }
    }

    fn compare(&mut self, seen: Seen) -> Vec<Action> {
        let mut actions = Vec::new();
        let mut because = BTreeSet::new();
        self.councils.retain(|council, _| {
            let stays = seen.councils.contains(council);
            if !stays {
                actions.push(Action::Forget(council.clone()));
            }
            stays
        });
        let mut run = BTreeSet::new();
        for council in &seen.councils {
            let Some(files) = self.councils.get(council) else {
                run.insert(council.clone());
                continue;
            };
            let changed = files
                .iter()
                .filter(|(path, read)| seen.files.get(*path) != Some(*read))
                .map(|(path, _)| path.clone())
                .collect::<Vec<_>>();
            if !changed.is_empty() {
                run.insert(council.clone());
                because.extend(changed);
            }
        }
        let mut render = BTreeSet::new();
        if let Some(before) = self.templates.replace(seen.templates.clone())
            && before != seen.templates
        {
            because.extend(differing(&before, &seen.templates));
            render.extend(seen.councils.difference(&run).cloned());
        }
        if run.is_empty() && render.is_empty() {
            self.doing = Doing::Nothing;
        } else {
            self.doing = Doing::Working;
            actions.push(Action::Work {
                run,
                render,
                because,
            });
        }
        actions
    }
}

fn differing(before: &Files, after: &Files) -> Vec<PathBuf> {
    before
        .keys()
        .chain(after.keys())
        .filter(|path| before.get(*path) != after.get(*path))
        .cloned()
        .collect()
}

/// Names that editors, spreadsheets and file-sharing programs give to files that they
/// hold for a moment.
fn is_temporary(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let lower = name.to_lowercase();
    name.starts_with('.')
        || name.starts_with('~')
        || name.starts_with('#')
        || name.ends_with('~')
        || name == "4913"
        || [
            ".tmp",
            ".temp",
            ".swp",
            ".swx",
            ".bak",
            ".part",
            ".crdownload",
        ]
        .iter()
        .any(|end| lower.ends_with(end))
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
