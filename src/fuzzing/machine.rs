//! The machine of the watch: bytes as events in, a small world that it has to keep up with.
//!
//! Two councils with a script and a file of data each, and a library that one of them uses.
//! Files change, come and go, told or not, are open for a while or for good, publications go, and the disk is full for a while; work
//! takes its time. Whatever happened, once nothing changes any more each council's last run has
//! read what is on the disk, and its publication stands, made of the template that stands.

use super::bytes::Bytes;
use crate::host::Files;
use crate::watch::machine::{Action, Input, Millis, Seen, State, step};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const COUNCILS: [(&str, &[usize]); 2] = [("eastmere", &[0, 1]), ("northshire", &[2, 3, 4])];
const FILES: [&str; 7] = [
    "scripts/eastmere/check.rhai",
    "scripts/eastmere/data/survey.csv",
    "scripts/northshire/check.rhai",
    "scripts/northshire/data/survey.csv",
    "scripts/shared/caseload.rhai",
    "templates/pages/index.html.j2",
    "scripts/eastmere/~$notes.tmp",
];
const TEMPLATE: usize = 5;
/// From this number on the disk is full.
const FULL: u16 = 0xc000;

struct World {
    /// What each file holds; `None` where it is not there.
    disk: [Option<u8>; FILES.len()],
    state: State,
    now: Millis,
    /// Work in hand: until when, the councils that run, and those whose pages alone are made.
    busy: Option<(Millis, BTreeSet<String>, BTreeSet<String>)>,
    takes: Millis,
    /// Whether nothing can be written.
    is_full: bool,
    read: BTreeMap<String, Files>,
    /// The template as it was when work in hand began, and as each council's pages were made of it.
    begun: Files,
    pages: BTreeMap<String, Files>,
    /// The councils whose publication stands.
    published: BTreeSet<String>,
}

impl World {
    fn file(&self, at: usize) -> (PathBuf, Option<String>) {
        let sum = self.disk[at].map(|content| content.to_string());
        (FILES[at].into(), sum)
    }

    fn files_of(&self, council: &str) -> Files {
        let (_, files) = COUNCILS
            .iter()
            .find(|(name, _)| *name == council)
            .expect("only councils that there are run");
        files.iter().map(|at| self.file(*at)).collect()
    }

    fn seen(&self, asked: &BTreeSet<PathBuf>) -> Seen {
        let all: Files = (0..FILES.len()).map(|at| self.file(at)).collect();
        Seen {
            councils: COUNCILS
                .iter()
                .filter(|(_, files)| self.disk[files[0]].is_some())
                .map(|(name, _)| (*name).to_owned())
                .collect(),
            files: asked
                .iter()
                .map(|path| (path.clone(), all.get(path).cloned().flatten()))
                .collect(),
            templates: self.templates(),
            standing: self.published.clone(),
        }
    }

    fn templates(&self) -> Files {
        let there = [self.file(TEMPLATE)].into_iter();
        there.filter(|(_, sum)| sum.is_some()).collect()
    }

    fn give(&mut self, input: Input) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let (state, actions) = step(std::mem::take(&mut self.state), input, self.now);
            self.state = state;
            for action in actions {
                match action {
                    Action::Look { files, .. } => inputs.push(Input::Looked(self.seen(&files))),
                    Action::Wait(_) => {}
                    Action::Forget(council) => drop(self.read.remove(&council)),
                    Action::Stop(councils) => {
                        let (_, run, render) =
                            self.busy.as_mut().expect("only work can be stopped");
                        run.retain(|council| !councils.contains(council));
                        render.retain(|council| !councils.contains(council));
                    }
                    Action::Work { run, render, .. } => {
                        assert!(self.busy.is_none(), "two pieces of work at a time");
                        self.busy = Some((self.now + self.takes, run, render));
                        self.begun = self.templates();
                    }
                }
            }
        }
    }

    /// Time goes on, and what is due happens.
    fn wait(&mut self, millis: Millis) {
        let until = self.now + millis;
        // Nothing happens meanwhile but what is due: little, or the machine would spin.
        let most = 100 + millis / 500;
        for step in 0.. {
            assert!(step < most, "{step} steps in {millis} milliseconds");
            let done = self.busy.as_ref().map(|(until, ..)| *until);
            let Some(at) = done.into_iter().chain(self.state.wake_at()).min() else {
                break;
            };
            if at > until {
                break;
            }
            self.now = self.now.max(at);
            if done.is_some_and(|done| done <= self.now) {
                let (_, run, render) = self.busy.take().expect("it was there just now");
                let made: BTreeSet<String> = run.union(&render).cloned().collect();
                let of_begun = made.iter().map(|one| (one.clone(), self.begun.clone()));
                self.pages.extend(of_begun);
                let ran: BTreeMap<String, Files> = run
                    .into_iter()
                    .map(|council| (council.clone(), self.files_of(&council)))
                    .collect();
                let unwritten: BTreeSet<String> = match self.is_full {
                    true => ran.keys().cloned().collect(),
                    false => BTreeSet::new(),
                };
                let published: BTreeSet<String> = match self.is_full {
                    true => BTreeSet::new(),
                    false => ran.keys().cloned().collect(),
                };
                self.published.extend(published.clone());
                self.read.extend(ran.clone());
                self.give(Input::Finished {
                    ran,
                    pages: BTreeMap::from([(self.begun.clone(), made)]),
                    published,
                    unwritten,
                });
            } else {
                self.give(Input::Time);
            }
        }
        self.now = until;
    }
}

pub(super) fn machine(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    let mut world = World {
        disk: [Some(1); FILES.len()],
        state: State::new("published"),
        now: 0,
        busy: None,
        takes: 0,
        is_full: false,
        read: BTreeMap::new(),
        begun: Files::new(),
        pages: BTreeMap::new(),
        published: BTreeSet::new(),
    };
    for _ in 0..200 {
        if bytes.is_empty() {
            break;
        }
        let what = bytes.below(10);
        let file = bytes.below(FILES.len());
        match what {
            0..=2 => world.disk[file] = Some(1 + bytes.below(4) as u8),
            3 => world.disk[file] = None,
            4 => {
                if let Some((council, _)) = COUNCILS.get(file) {
                    world.published.remove(*council);
                }
                world.give(Input::GoAndLook);
            }
            5 => {
                let number = bytes.two();
                world.takes = Millis::from(number) % 900;
                world.is_full = number >= FULL;
            }
            6 | 7 => world.wait(Millis::from(bytes.two()) % 1_500),
            8 => world.wait(Millis::from(bytes.two())),
            _ => world.give(Input::Lost),
        }
        if what < 4 {
            let path = FILES[file].into();
            match bytes.below(6) {
                0 => world.give(Input::Changed(path)),
                2 => world.give(Input::Writing(path)),
                3 => world.give(Input::Closed(path)),
                4 => world.give(Input::Made(path)),
                _ => {}
            }
        }
    }
    world.takes = 1;
    world.is_full = false;
    for _ in 0..6 {
        world.wait(5_000);
        world.give(Input::GoAndLook);
    }
    // The longest pause before what could not be written is tried again, and more.
    world.wait(120_000);
    assert!(world.busy.is_none(), "there is work and no change");
    for (council, files) in COUNCILS {
        let there = world.disk[files[0]].is_some();
        let now = there.then(|| world.files_of(council));
        assert_eq!(world.read.get(council), now.as_ref(), "{council} is behind");
        assert!(
            !there || world.pages.get(council) == Some(&world.templates()),
            "{council} has pages of another template"
        );
        assert!(
            !there || world.published.contains(council),
            "{council} is not published any more"
        );
    }
}
