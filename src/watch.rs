//! Runs again on every change: a host in, news out.
//!
//! The thinking is in [`machine`], which touches nothing. Here is a thin shell round it:
//! it listens to the system, looks at the disk, lets [`Host`] do the work, and tells the
//! caller. It prints nothing. Beside the system's events there is always a slow poll, for
//! network drives and for events that get lost.

mod look;
pub mod machine;

use crate::diagnostic::Diagnostics;
use crate::host::{CouncilFolder, Destination, Host, Run, Stood};
use crate::publication::Publication;
use look::Eyes;
use machine::{Action, Input, State, step};
use notify::{Event, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How often we look even if nothing was said to change.
const POLL: Duration = Duration::from_secs(2);
/// How often the caller is asked whether to go on.
const BEAT: Duration = Duration::from_millis(200);

/// What the caller is told.
#[derive(Debug)]
#[non_exhaustive]
pub enum News {
    /// Councils ran, because these files changed (none at the beginning, or for a new
    /// council).
    Ran(Run, BTreeSet<PathBuf>),
    /// Pages were made again, because these templates changed.
    Rendered(Run, BTreeSet<PathBuf>),
    /// A council's script is gone; what it published stays.
    Forgotten(String),
    /// The system does not tell of changes; they are still found, every two seconds.
    Deaf(String),
    /// Nothing happened for a moment.
    Quiet,
}

/// Runs the councils named (all if none is named), then each again when its script, a
/// library that it uses, a template or its data change, until `tell` breaks off. A council
/// with a fault keeps its last publication.
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
    let mut desk = Desk {
        host,
        to,
        only,
        eyes: Eyes::default(),
        assessed: BTreeMap::new(),
        stood: Stood::new(),
    };
    let (events, ears) = listen(host);
    if let Err(trouble) = &ears
        && tell(News::Deaf(trouble.clone())).is_break()
    {
        return Ok(());
    }
    let began = Instant::now();
    let now = || u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let mut state = State::new(absolute(to.path()));
    let mut next_poll = Instant::now();
    loop {
        let mut inputs = wait(&events, &state, now(), next_poll);
        if Instant::now() >= next_poll {
            inputs.push_back(Input::GoAndLook);
            next_poll = Instant::now() + POLL;
        }
        let quiet = inputs.is_empty();
        inputs.push_back(Input::Time);
        while let Some(input) = inputs.pop_front() {
            let (next, actions) = step(state, input, now());
            state = next;
            for action in actions {
                let (news, answer) = desk.act(action);
                inputs.extend(answer);
                for item in news {
                    if tell(item).is_break() {
                        return Ok(());
                    }
                }
            }
        }
        if quiet && tell(News::Quiet).is_break() {
            return Ok(());
        }
    }
}

/// Waits for an event, for the machine's own time, for the poll or for a beat, whichever
/// comes first, and takes all the events that are there.
fn wait(
    events: &Receiver<notify::Result<Event>>,
    state: &State,
    now: machine::Millis,
    next_poll: Instant,
) -> VecDeque<Input> {
    let until_poll = next_poll.saturating_duration_since(Instant::now());
    let until_due = state
        .wake_at()
        .map_or(BEAT, |at| Duration::from_millis(at.saturating_sub(now)));
    let patience = until_poll.min(until_due).min(BEAT);
    let mut inputs = VecDeque::new();
    match events.recv_timeout(patience) {
        Ok(event) => inputs.extend(meaning(event)),
        Err(RecvTimeoutError::Timeout) => {}
        // Nobody speaks: wait all the same, or the loop would spin.
        Err(RecvTimeoutError::Disconnected) => std::thread::sleep(patience),
    }
    inputs.extend(events.try_iter().flat_map(meaning));
    inputs
}

/// What an event means. Errors and lost events mean "go and look"; that a file was read
/// means nothing, or our own looking would never end.
fn meaning(event: notify::Result<Event>) -> Vec<Input> {
    match event {
        Ok(event) if event.need_rescan() => vec![Input::GoAndLook],
        Ok(event) if event.kind.is_access() => Vec::new(),
        Ok(event) => event
            .paths
            .iter()
            .map(|path| Input::Changed(absolute(path)))
            .collect(),
        Err(_) => vec![Input::GoAndLook],
    }
}

/// A path from the root, with no link followed: what is gone has a path too.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

type Ears = Result<notify::RecommendedWatcher, String>;

/// Listens to the folders that exist; the poll finds the others when they come.
fn listen(host: &Host) -> (Receiver<notify::Result<Event>>, Ears) {
    let (sender, events) = mpsc::channel();
    let open = || -> notify::Result<notify::RecommendedWatcher> {
        let mut ears = notify::recommended_watcher(move |event| {
            // The receiver is gone only when the watch is over.
            let _ = sender.send(event);
        })?;
        for folder in [
            Some(host.scripts()),
            Some(host.templates_folder()),
            host.data_folder(),
        ] {
            if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
                ears.watch(folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(ears)
    };
    let ears = open().map_err(|error| error.to_string());
    (events, ears)
}

/// Does what the machine says.
struct Desk<'a> {
    host: &'a Host,
    to: &'a Destination,
    only: BTreeSet<String>,
    eyes: Eyes,
    /// What each council's last sound run found, to make its pages again.
    assessed: BTreeMap<String, Publication>,
    /// What stood before this watch published anything.
    stood: Stood,
}

impl Desk<'_> {
    fn act(&mut self, action: Action) -> (Vec<News>, Option<Input>) {
        match action {
            Action::Look(files) => {
                let seen = self.eyes.look(self.host, &self.only, &files);
                (Vec::new(), Some(Input::Looked(seen)))
            }
            Action::Forget(council) => {
                self.assessed.remove(&council);
                (vec![News::Forgotten(council)], None)
            }
            Action::Work {
                run,
                render,
                because,
            } => {
                let (news, ran) = self.work(&run, &render, because);
                (news, Some(Input::Finished(ran)))
            }
        }
    }

    fn work(
        &mut self,
        run: &BTreeSet<String>,
        render: &BTreeSet<String>,
        because: BTreeSet<PathBuf>,
    ) -> (Vec<News>, BTreeMap<String, crate::host::Files>) {
        let mut news = Vec::new();
        let mut ran = BTreeMap::new();
        let again: Vec<Publication> = render
            .iter()
            .filter_map(|council| self.assessed.get(council).cloned())
            .collect();
        if !run.is_empty() {
            let councils: Vec<CouncilFolder> = run
                .iter()
                .map(|council| self.host.council_folder(council))
                .collect();
            let own_output = absolute(self.to.path());
            let mut done = self.host.run_since(&councils, self.to, &self.stood);
            for outcome in &mut done.outcomes {
                if let Some((round, releases)) = outcome.releases.take() {
                    self.stood.entry(round).or_insert(releases);
                }
            }
            for outcome in &mut done.outcomes {
                let mut files = std::mem::take(&mut outcome.files);
                // What it published before is our own doing: it differs after every run.
                files.retain(|path, _| !absolute(path).starts_with(&own_output));
                ran.insert(outcome.council.clone(), files);
                if let Some(publication) = &outcome.publication {
                    self.assessed
                        .insert(outcome.council.clone(), publication.clone());
                }
            }
            news.push(News::Ran(done, because.clone()));
        }
        if !again.is_empty() {
            news.push(News::Rendered(self.host.render(&again, self.to), because));
        }
        (news, ran)
    }
}

#[cfg(test)]
mod tests;
