//! Runs again on every change: a host in, news out.
//!
//! The thinking is in [`machine`], which touches nothing. Here is a thin shell round it:
//! it listens to the system, looks at the disk, lets [`Host`] do the work on a thread of its
//! own, and tells the caller. It prints nothing. Beside the system's events there is always
//! a slow poll, for events that get lost, and a faster one where files lie on another
//! computer, whose changes no system tells of.

mod desk;
mod ears;
mod look;
pub mod machine;
mod preview;

use crate::diagnostic::Diagnostics;
use crate::host::{Destination, Host, Memory, Run, far};
use desk::{Desk, Done, Order};
use ears::Ears;
use look::Eyes;
use machine::{Action, Input, State, step};
pub use preview::Preview;
use std::collections::{BTreeSet, VecDeque};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// How often we look even if nothing was said to change.
const POLL: Duration = Duration::from_secs(2);
/// How often where the system does not tell of changes, or not of all of them.
const POLL_OFTEN: Duration = Duration::from_millis(500);
/// How often the caller is asked whether to go on.
const BEAT: Duration = Duration::from_millis(200);

/// What the caller is told.
#[derive(Debug)]
#[non_exhaustive]
pub enum News {
    /// Work began on these councils.
    Began(BTreeSet<String>),
    /// A council's new pages stand. What became of its run is told when all is done.
    Stands(String),
    /// Councils ran, because these files changed (none at the beginning, or for a new
    /// council). Each outcome says what moved.
    Ran(Run, BTreeSet<PathBuf>),
    /// Pages were made again, because these templates changed.
    Rendered(Run, BTreeSet<PathBuf>),
    /// A council's script is gone; what it published stays.
    Forgotten(String),
    /// Some program has been writing these files for a while: what reads them is worked out
    /// once they are closed.
    Waiting(BTreeSet<PathBuf>),
    /// What was just worked out was read from these files while some program had them open, which
    /// had written nothing for long: they may not be whole, and are read again once closed.
    StillOpen(BTreeSet<PathBuf>),
    /// The system does not tell of changes; they are still found, twice a second.
    Deaf(String),
    /// This folder lies on another computer, of this kind (`cifs`, `nfs`, …): nobody tells of
    /// changes made there, and they are found twice a second.
    Far(PathBuf, String),
    /// Nothing happened for a moment.
    Quiet,
}

/// What comes in while we wait.
enum Heard {
    Event(notify::Result<notify::Event>),
    Stands(String),
    Done(Done),
}

/// Runs the councils named (all if none is named), then each again when its script, a
/// library that it uses, a template or its data change, until `tell` breaks off or the host is
/// [stopped](crate::host::Builder::stop). A council with a fault keeps its last publication.
///
/// # Errors
/// There is no council of that name, or none at all.
pub fn watch(
    host: &Host,
    named: &[String],
    to: &Destination,
    mut tell: impl FnMut(News) -> ControlFlow<()>,
) -> Result<(), Diagnostics> {
    let councils = host.councils(named)?;
    let only = if named.is_empty() {
        BTreeSet::new()
    } else {
        councils.into_iter().map(|council| council.id).collect()
    };
    let (host, memory) = host.remembering();
    let (sender, heard) = mpsc::channel();
    let (orders, worker) = mpsc::channel();
    let done = sender.clone();
    let stands = sender.clone();
    memory.tell(move |council| {
        // Where nobody listens any more, nobody looks at the pages either.
        let _ = stands.send(Heard::Stands(council.to_owned()));
    });
    std::thread::scope(|scope| {
        let desk = Desk::new(&host, to);
        scope.spawn(move || desk.work_on(&worker, |work| done.send(Heard::Done(work)).is_ok()));
        let shell = Shell {
            host: &host,
            memory,
            only,
            to,
            ears: Ears::open(&host, sender),
            heard,
            orders,
            state: State::new(absolute(to.path())),
            began: Instant::now(),
        };
        shell.go_on(&mut tell);
    });
    Ok(())
}

/// A path from the root, with no link followed: what is gone has a path too.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// A path as the host would give it: from where the program stands.
fn from_here(path: PathBuf) -> PathBuf {
    let here = std::env::current_dir().ok();
    let inner = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    inner.unwrap_or(path)
}

struct Shell<'a> {
    host: &'a Host,
    memory: Arc<Memory>,
    only: BTreeSet<String>,
    to: &'a Destination,
    ears: Ears,
    heard: Receiver<Heard>,
    orders: Sender<Order>,
    state: State,
    began: Instant,
}

impl Shell<'_> {
    /// Until `tell` breaks off; then work that is under way is no longer wanted.
    fn go_on(mut self, tell: &mut impl FnMut(News) -> ControlFlow<()>) {
        let _ = self.watch(tell);
        self.memory.stop_all();
    }

    fn watch(&mut self, tell: &mut impl FnMut(News) -> ControlFlow<()>) -> ControlFlow<()> {
        let far = far(&[
            Some(self.host.scripts()),
            Some(self.host.templates_folder()),
            self.host.data_folder(),
        ]);
        let mut next_poll = Instant::now();
        let mut poll = POLL;
        if let Some((folder, kind)) = far {
            poll = POLL_OFTEN;
            tell(News::Far(folder, kind))?;
        }
        while !self.host.is_stopped() {
            let (mut inputs, mut news) = self.wait(next_poll);
            if Instant::now() >= next_poll {
                inputs.push_back(Input::GoAndLook);
                next_poll = Instant::now() + poll;
            }
            let quiet = inputs.is_empty() && self.state.is_idle();
            inputs.push_back(Input::Time);
            let done = inputs
                .iter()
                .any(|one| matches!(one, Input::Finished { .. }));
            while let Some(input) = inputs.pop_front() {
                let state = std::mem::take(&mut self.state);
                let (next, actions) = step(state, input, self.now());
                self.state = next;
                for action in actions {
                    inputs.extend(self.act(action, &mut news));
                }
            }
            // What was read just now may lie in folders that nobody listened to before. Whoever is
            // told of it may save something there at once.
            if done && self.ears.attend(self.host, &self.state.watched()) {
                next_poll = Instant::now();
            }
            for item in news {
                tell(item)?;
            }
            if let Some(trouble) = self.ears.trouble() {
                poll = POLL_OFTEN;
                tell(News::Deaf(trouble))?;
            }
            if quiet {
                tell(News::Quiet)?;
            }
        }
        ControlFlow::Break(())
    }

    fn now(&self) -> machine::Millis {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Waits for an event, for work that is done, for the machine's own time, for the poll or
    /// for a beat, whichever comes first, and takes all that is there.
    fn wait(&mut self, next_poll: Instant) -> (VecDeque<Input>, Vec<News>) {
        let until_poll = next_poll.saturating_duration_since(Instant::now());
        let now = self.now();
        let until_due = self
            .state
            .wake_at()
            .map_or(BEAT, |at| Duration::from_millis(at.saturating_sub(now)));
        let patience = until_poll.min(until_due).min(BEAT);
        let mut all = Vec::new();
        match self.heard.recv_timeout(patience) {
            Ok(first) => all.push(first),
            Err(RecvTimeoutError::Timeout) => {}
            // Nobody speaks: wait all the same, or the loop would spin.
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(patience),
        }
        all.extend(self.heard.try_iter());
        let (mut inputs, mut news) = (VecDeque::new(), Vec::new());
        for heard in all {
            match heard {
                Heard::Event(event) => inputs.extend(self.ears.meaning(event)),
                Heard::Stands(council) => news.push(News::Stands(council)),
                Heard::Done(done) => {
                    news.extend(done.news);
                    inputs.push_back(Input::Finished {
                        ran: done.ran,
                        pages: done.pages,
                        published: done.published,
                        unwritten: done.unwritten,
                    });
                }
            }
        }
        (inputs, news)
    }

    fn act(&mut self, action: Action, news: &mut Vec<News>) -> Option<Input> {
        match action {
            Action::Look { files, afresh } => {
                for path in &afresh {
                    self.memory.forget(path);
                }
                // First listen, then look: what comes between the two is heard.
                if afresh.is_empty() || !files.iter().any(|file| afresh.contains(file)) {
                    self.ears.attend(self.host, &self.state.watched());
                }
                let eyes = Eyes {
                    host: self.host,
                    memory: &self.memory,
                    only: &self.only,
                    to: self.to,
                };
                Some(Input::Looked(eyes.look(&files)))
            }
            Action::Forget(council) => {
                news.push(News::Forgotten(council.clone()));
                self.memory.forget_council(&council);
                // The desk lives as long as this shell.
                let _ = self.orders.send(Order::Forget(council));
                None
            }
            Action::Wait(files) => {
                news.push(News::Waiting(files.into_iter().map(from_here).collect()));
                None
            }
            Action::Stop(councils) => {
                self.memory.stop(&councils);
                None
            }
            Action::Work {
                run,
                render,
                because,
                still_open,
            } => {
                let councils: BTreeSet<String> = run.union(&render).cloned().collect();
                self.memory.begin(&councils);
                news.push(News::Began(councils));
                let because = because.into_iter().map(from_here).collect();
                let still_open = still_open.into_iter().map(from_here).collect();
                let _ = self.orders.send(Order::Work {
                    run,
                    render,
                    because,
                    still_open,
                });
                None
            }
        }
    }
}

#[cfg(test)]
mod tests;
