//! What to do when something changes: a pure machine, with no clock and no file.
//!
//! In: a [`State`], an [`Input`] and the time in milliseconds. Out: the next state and
//! what to do. Events are never trusted: they mean "go and look", and only what is seen
//! to differ from what a council's last run read makes that council run again.
//!
//! The first event is acted upon at once. What comes while we look or work is gathered and
//! looked at then; work that a newer change makes useless is stopped. A file that is still
//! being written is waited for: see `rest`.

mod lost;
mod names;
mod pages;
mod rest;
mod retry;
mod seen;
mod stop;
mod touched;
mod writing;

use crate::host::Files;
use pages::Pages;
use rest::Rest;
use retry::Retries;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use touched::Touched;
use writing::{Now, Writing};

pub use rest::{AT_MOST, PATIENCE, REST};
pub use stop::STOPS;
pub use writing::{LONGEST, STALL};

/// Milliseconds since the watch began.
pub type Millis = u64;

/// The time from one look to the next, so that a storm of events is one of a few looks.
pub const GAP: Millis = 10;

/// What the machine knows.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Each council with the files that its last whole run looked at, as that run read them.
    councils: BTreeMap<String, Files>,
    /// The templates as last seen, and those of which each council's pages were made.
    templates: Files,
    pages: Pages,
    /// What may have changed and was not looked at.
    touched: Touched,
    looking: bool,
    looked_at: Option<Millis>,
    work: Option<Work>,
    rest: Rest,
    /// Files that were seen to be still on their way, and when to look at them again.
    waiting: Option<(Millis, BTreeSet<PathBuf>)>,
    /// How often each council's work was stopped since it last came to its end.
    stops: BTreeMap<String, u32>,
    own_output: PathBuf,
    /// The councils whose publication stood when we last looked, and those whose stood and is
    /// gone without our doing.
    standing: BTreeSet<String>,
    lost: BTreeSet<String>,
    /// The councils to run again although nothing changed.
    retries: Retries,
}

/// What is being done.
#[derive(Debug, Clone)]
struct Work {
    /// The councils that run, each with its files as they were seen when it began; `None`
    /// of one that never ran before.
    run: BTreeMap<String, Option<Files>>,
    /// The councils of which pages alone are made.
    render: BTreeSet<String>,
    /// The templates as they were seen when it began.
    templates: Files,
    stopped: BTreeSet<String>,
    /// What changed meanwhile, or may have: to be looked at when the work is done.
    meanwhile: Touched,
}

/// What happens to the machine.
#[derive(Debug, Clone)]
pub enum Input {
    /// The system says that this path changed.
    Changed(PathBuf),
    /// A file of this name was made. The system will say when it is written into, and closed.
    Made(PathBuf),
    /// A program wrote into this file, and the system will say when it is closed.
    Writing(PathBuf),
    /// No program writes into this file any more: it was closed, or is gone, or another has its
    /// name.
    Closed(PathBuf),
    /// Look in any case: it is time for the slow poll.
    GoAndLook,
    /// Look in any case: events were lost, that files were closed among them.
    Lost,
    /// Time has passed.
    Time,
    /// What [`Action::Look`] found.
    Looked(Seen),
    /// What [`Action::Work`] did.
    Finished {
        /// Each council that ran to its end, with the files as it read them.
        ran: BTreeMap<String, Files>,
        /// The templates as they were read, each state of them with the councils whose pages were
        /// made of it.
        pages: BTreeMap<Files, BTreeSet<String>>,
        /// The councils whose new publication was put in its place.
        published: BTreeSet<String>,
        /// The councils whose publication could not be written: the disk was full, or a file
        /// held by another program.
        unwritten: BTreeSet<String>,
    },
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
    /// Those of the councils whose publication stands.
    pub standing: BTreeSet<String>,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// List the councils and templates, and hash these files.
    Look {
        /// The files to hash.
        files: BTreeSet<PathBuf>,
        /// Paths of which the system said that they changed: what is remembered of them is
        /// not to be trusted.
        afresh: BTreeSet<PathBuf>,
    },
    /// This council's script is gone.
    Forget(String),
    /// Stop the work on these councils: what it reads has changed.
    Stop(BTreeSet<String>),
    /// Run some councils, and make the pages of others again.
    Work {
        /// To run.
        run: BTreeSet<String>,
        /// To make the pages of again: a template changed.
        render: BTreeSet<String>,
        /// The files that changed.
        because: BTreeSet<PathBuf>,
        /// Those of the files that they read which programs still have open, and that are waited
        /// for no more.
        still_open: BTreeSet<PathBuf>,
    },
    /// Say that these files are waited for: some program has been writing them for a while.
    Wait(BTreeSet<PathBuf>),
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
        let looks = self.look_at().into_iter();
        looks.chain(self.rest.writing.next()).min()
    }

    /// When to look, if nothing else happens before.
    fn look_at(&self) -> Option<Millis> {
        if self.looking {
            return None;
        }
        let touched = (!self.touched.is_nothing()).then(|| self.next_look());
        let waiting = self.waiting.as_ref().map(|(at, _)| *at);
        let again = self.retries.next().map(|at| at.max(self.next_look()));
        let idle = waiting.into_iter().chain(again);
        let idle = idle.filter(|_| self.work.is_none());
        touched.into_iter().chain(idle).min()
    }

    /// Whether nothing is done, and nothing waits to be.
    pub fn is_idle(&self) -> bool {
        self.work.is_none() && !self.looking && self.touched.is_nothing() && self.waiting.is_none()
    }

    /// The files that the councils' last runs looked at, there or not, and the templates.
    pub fn watched(&self) -> BTreeSet<PathBuf> {
        self.all_files().cloned().collect()
    }

    /// The same, a file as often as somebody looked at it: there are thousands, and sorting them
    /// takes longer than all else between an event and the look at one of them.
    fn all_files(&self) -> impl Iterator<Item = &PathBuf> {
        let all = self.councils.values().chain([&self.templates]);
        all.flat_map(|files| files.keys())
    }

    fn next_look(&self) -> Millis {
        self.looked_at.map_or(0, |at| at + GAP)
    }

    /// The files to look at if this was touched: themselves, what they hold, and the folders
    /// that hold them, whose list of names may have changed. A path of which nothing is known
    /// may be anything.
    fn files_touched(&self, touched: &Touched) -> BTreeSet<PathBuf> {
        let Touched::These(paths) = touched else {
            return self.watched();
        };
        let mut files = BTreeSet::new();
        for path in paths {
            let meant = |known: &&PathBuf| known.starts_with(path) || path.starts_with(known);
            let mut meant = self.all_files().filter(meant).peekable();
            if meant.peek().is_none() {
                return self.watched();
            }
            files.extend(meant.cloned());
        }
        files
    }

    fn look(&mut self, now: Millis) -> Vec<Action> {
        let mut touched = std::mem::take(&mut self.touched);
        let afresh = match &touched {
            Touched::These(paths) => paths.clone(),
            Touched::Everything => BTreeSet::new(),
        };
        if self.work.is_none()
            && let Some((_, paths)) = self.waiting.take()
        {
            paths.into_iter().for_each(|path| touched.add(path));
        }
        self.looking = true;
        self.looked_at = Some(now);
        vec![Action::Look {
            files: self.files_touched(&touched),
            afresh,
        }]
    }

    fn due(&mut self, now: Millis) -> Vec<Action> {
        for path in self.rest.writing.given_up(now) {
            self.touch(path);
        }
        let mut actions = Vec::new();
        let mut slow = self.rest.writing.slow(now);
        slow.retain(|path| self.all_files().any(|known| known == path));
        if !slow.is_empty() {
            actions.push(Action::Wait(slow));
        }
        if self.look_at().is_some_and(|at| at <= now) {
            actions.extend(self.look(now));
        }
        actions
    }

    /// This path may have changed.
    fn touch(&mut self, path: PathBuf) {
        if let Some(work) = &mut self.work {
            work.meanwhile.add(path.clone());
        }
        self.touched.add(path);
    }

    /// Whether a change of this path is nothing to us: our own output, and what programs hold for
    /// a moment.
    fn is_nothing(&self, path: &Path) -> bool {
        path.starts_with(&self.own_output) || names::is_temporary(path)
    }
}

/// One step of the machine.
pub fn step(mut state: State, input: Input, now: Millis) -> (State, Vec<Action>) {
    let actions = match input {
        Input::Changed(path) | Input::Made(path) | Input::Writing(path) | Input::Closed(path)
            if state.is_nothing(&path) =>
        {
            state.due(now)
        }
        Input::Changed(path) => {
            state.touch(path);
            state.due(now)
        }
        Input::Made(path) => {
            state.rest.writing.made(path, now);
            state.due(now)
        }
        Input::Writing(path) => {
            let mut actions = match state.rest.writing.written(&path, now) {
                Now::Begins => state.stop_what_reads(&path),
                Now::GoesOn => Vec::new(),
                Now::GivenUp => {
                    state.touch(path);
                    Vec::new()
                }
            };
            actions.extend(state.due(now));
            actions
        }
        Input::Closed(path) => {
            state.rest.writing.closed(&path);
            state.touch(path);
            state.due(now)
        }
        Input::Lost => {
            state.rest.writing = Writing::default();
            state.touched = Touched::Everything;
            state.due(now)
        }
        Input::GoAndLook => {
            state.touched = Touched::Everything;
            state.due(now)
        }
        Input::Time => state.due(now),
        Input::Looked(seen) => {
            state.looking = false;
            state.note_lost(&seen);
            state.templates.clone_from(&seen.templates);
            let mut actions = match state.work {
                Some(_) => state.stop_what_is_useless(&seen),
                None => state.compare(&seen, now),
            };
            actions.extend(state.due(now));
            actions
        }
        Input::Finished {
            ran,
            pages,
            published,
            unwritten,
        } => {
            if let Some(work) = state.work.take() {
                let rendered: BTreeSet<String> =
                    work.render.difference(&work.stopped).cloned().collect();
                for council in &rendered {
                    state.stops.remove(council);
                }
                // Where no template was read, as while another run holds the folder, they are not
                // made again for the templates alone.
                state.pages.note(work.templates, rendered);
                // Of what was stopped, an earlier change may have gone unread too.
                if work.stopped.is_empty() {
                    match work.meanwhile {
                        Touched::Everything => state.touched = Touched::Everything,
                        Touched::These(paths) => {
                            paths.into_iter().for_each(|path| state.touched.add(path));
                        }
                    }
                } else {
                    state.touched = Touched::Everything;
                }
            }
            for (read, councils) in pages {
                state.pages.note(read, councils);
            }
            for council in ran.keys() {
                state.stops.remove(council);
                state.lost.remove(council);
            }
            // One that is taken away before we look again stood all the same.
            state.standing.extend(published);
            state.retries.note(ran.keys(), unwritten, now);
            state.councils.extend(ran);
            state.due(now)
        }
    };
    (state, actions)
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
