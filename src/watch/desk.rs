//! Does what the machine says, one piece of work after the other: orders in, what became of
//! them out.

use super::{News, absolute};
use crate::change;
use crate::diagnostic::Code;
use crate::host::{CouncilFolder, Destination, Files, Host, Outcome, Run, Stood};
use crate::publication::Publication;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

/// What is to be done.
pub(super) enum Order {
    /// Run some councils, and make the pages of others again.
    Work {
        run: BTreeSet<String>,
        render: BTreeSet<String>,
        because: BTreeSet<PathBuf>,
        still_open: BTreeSet<PathBuf>,
    },
    /// A council's script is gone.
    Forget(String),
}

/// What became of a piece of work.
pub(super) struct Done {
    pub(super) news: Vec<News>,
    /// Each council that ran to its end, with the files as it read them.
    pub(super) ran: BTreeMap<String, Files>,
    /// The templates as they were read, with the councils whose pages were made of them.
    pub(super) pages: BTreeMap<Files, BTreeSet<String>>,
    /// The councils whose new publication stands, and those whose could not be written.
    pub(super) published: BTreeSet<String>,
    pub(super) unwritten: BTreeSet<String>,
}

/// Works through orders.
pub(super) struct Desk<'a> {
    host: &'a Host,
    to: &'a Destination,
    /// What each council's last sound run found, to make its pages again.
    assessed: BTreeMap<String, Arc<Publication>>,
    /// What this watch published of each council last, to tell what the next one moves.
    published: BTreeMap<String, Arc<Publication>>,
    /// What stood before this watch published anything.
    stood: Stood,
}

impl<'a> Desk<'a> {
    pub(super) fn new(host: &'a Host, to: &'a Destination) -> Self {
        Self {
            host,
            to,
            assessed: BTreeMap::new(),
            published: BTreeMap::new(),
            stood: Stood::new(),
        }
    }

    /// Until nobody orders any more, or nobody wants to know.
    pub(super) fn work_on(mut self, orders: &Receiver<Order>, done: impl Fn(Done) -> bool) {
        for order in orders {
            match order {
                Order::Forget(council) => {
                    self.assessed.remove(&council);
                    self.published.remove(&council);
                }
                Order::Work {
                    run,
                    render,
                    because,
                    still_open,
                } => {
                    let mut work = self.work(&run, &render, because);
                    if !(work.news.is_empty() || still_open.is_empty()) {
                        work.news.push(News::StillOpen(still_open));
                    }
                    if !done(work) {
                        return;
                    }
                }
            }
        }
    }

    fn work(
        &mut self,
        run: &BTreeSet<String>,
        render: &BTreeSet<String>,
        because: BTreeSet<PathBuf>,
    ) -> Done {
        let mut news = Vec::new();
        let mut ran = BTreeMap::new();
        let mut pages: BTreeMap<Files, BTreeSet<String>> = BTreeMap::new();
        let (mut published, mut unwritten) = (BTreeSet::new(), BTreeSet::new());
        let mut note = |done: &Run| {
            published.extend(councils_with(done, |outcome| outcome.page.is_some()));
            unwritten.extend(councils_with(done, |outcome| is_unwritten(done, outcome)));
            for outcome in &done.outcomes {
                if let Some(read) = outcome.templates.as_deref() {
                    let of = pages.entry(from_the_root(read.clone())).or_default();
                    of.insert(outcome.council.clone());
                }
            }
        };
        let again: Vec<Publication> = render
            .iter()
            .filter_map(|council| self.assessed.get(council))
            .map(|publication| Publication::clone(publication))
            .collect();
        if !run.is_empty() {
            let councils: Vec<CouncilFolder> = run
                .iter()
                .map(|council| self.host.council_folder(council))
                .collect();
            let own_output = absolute(self.to.path());
            let mut done = self.host.run_since(&councils, self.to, &self.stood);
            // Of what nobody wanted any more there is nothing to tell.
            done.outcomes.retain(|outcome| !outcome.stopped);
            note(&done);
            for outcome in &mut done.outcomes {
                if let Some((round, releases)) = outcome.releases.take() {
                    self.stood.entry(round).or_insert(releases);
                }
                let mut files = from_the_root(std::mem::take(&mut outcome.files));
                // What it published before is our own doing: it differs after every run.
                files.retain(|path, _| !path.starts_with(&own_output));
                ran.insert(outcome.council.clone(), files);
                if let Some(publication) = &outcome.publication {
                    let council = outcome.council.clone();
                    self.assessed.insert(council, Arc::new(publication.clone()));
                }
            }
            self.note_moves(&mut done);
            if !done.outcomes.is_empty() {
                news.push(News::Ran(done, because.clone()));
            }
        }
        if !again.is_empty() {
            let mut done = self.host.render(&again, self.to);
            done.outcomes.retain(|outcome| !outcome.stopped);
            note(&done);
            self.note_moves(&mut done);
            if !done.outcomes.is_empty() {
                news.push(News::Rendered(done, because));
            }
        }
        Done {
            news,
            ran,
            pages,
            published,
            unwritten,
        }
    }

    /// What moved in what was published, set against what stood before. What could not be
    /// published moved nothing yet: it is told when it stands.
    fn note_moves(&mut self, done: &mut Run) {
        for outcome in &mut done.outcomes {
            if outcome.publication.is_none() || outcome.page.is_none() {
                continue;
            }
            let Some(now) = self.assessed.get(&outcome.council) else {
                continue;
            };
            let council = outcome.council.clone();
            if let Some(before) = self.published.insert(council, now.clone()) {
                outcome.moves = change::moves(&before, now);
            }
        }
    }
}

/// The same files, by their paths from the root.
fn from_the_root(files: Files) -> Files {
    let files = files.into_iter();
    files.map(|(path, sum)| (absolute(&path), sum)).collect()
}

/// The councils of a run with outcomes like this.
fn councils_with(done: &Run, is_it: impl Fn(&Outcome) -> bool) -> Vec<String> {
    let some = done.outcomes.iter().filter(|outcome| is_it(outcome));
    some.map(|outcome| outcome.council.clone()).collect()
}

/// Whether a council's publication could not be written, or what its whole run writes: another run
/// held the folder, or the page above all councils found no room.
fn is_unwritten(done: &Run, outcome: &Outcome) -> bool {
    let mut faults = done.faults.iter().chain(outcome.faults.iter());
    faults.any(|fault| fault.code == Code::NotWritten)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Diagnostics};
    use crate::source::Source;
    use std::time::Duration;

    #[test]
    fn a_council_is_unwritten_by_a_fault_of_its_own_or_of_the_whole_run() {
        let fault =
            |code| Diagnostics::from(Diagnostic::new(code, Source::new("a", "").whole(), "no"));
        let run = |of_run, of_council| Run {
            outcomes: vec![Outcome {
                faults: of_council,
                ..Outcome::of("eastmere")
            }],
            faults: of_run,
            bug: None,
            took: Duration::ZERO,
        };
        let none = Diagnostics::new;
        for (done, wanted) in [
            (run(none(), none()), false),
            (run(none(), fault(Code::Syntax)), false),
            (run(none(), fault(Code::NotWritten)), true),
            (run(fault(Code::NotWritten), none()), true),
        ] {
            assert_eq!(is_unwritten(&done, &done.outcomes[0]), wanted);
        }
    }
}
