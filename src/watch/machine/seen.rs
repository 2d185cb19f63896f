//! What a look found while nothing is done: what is on the disk in, which councils to run, whose
//! pages to make and which to forget out.

use super::rest::Look;
use super::{Action, Millis, Seen, State, Touched, Work};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

impl State {
    /// Sets what was seen against what each council's last run read, and begins the work.
    pub(super) fn compare(&mut self, seen: &Seen, now: Millis) -> Vec<Action> {
        let mut actions = self.forget_those_gone(seen, now);
        let mut because = BTreeSet::new();
        let mut run = BTreeMap::new();
        for council in &seen.councils {
            let Some(read) = self.councils.get(council) else {
                run.insert(council.clone(), None);
                continue;
            };
            let changed: Vec<&PathBuf> = read
                .iter()
                .filter(|(path, read)| seen.files.get(*path).is_some_and(|now| now != *read))
                .map(|(path, _)| path)
                .collect();
            let looks = changed.iter().map(|path| Look {
                path,
                was: read[*path].as_deref(),
                is: seen.files[*path].as_deref(),
            });
            let rests = self.rest.all_rest(looks, now, &mut self.waiting);
            // Its pages are made of the templates, and of none that is half written.
            let files = read.keys().chain(seen.templates.keys());
            let written = self.rest.written_until(files, &changed, &mut self.waiting);
            if let Some(until) = written {
                self.retries.put_off(council, until);
            }
            let rests = rests && written.is_none();
            let again = self.retries.is_due(council, now);
            let is_lost = rests && self.lost.contains(council);
            if is_lost {
                because.insert(self.own_output.join(council));
            }
            if rests && (is_lost || again || !changed.is_empty()) {
                because.extend(changed.into_iter().cloned());
                let mut begun = read.clone();
                for (path, hash) in &mut begun {
                    if let Some(now) = seen.files.get(path) {
                        hash.clone_from(now);
                    }
                }
                run.insert(council.clone(), Some(begun));
            }
        }
        let (mut render, templates) = self.stale_pages(seen, now);
        because.extend(templates);
        render.retain(|council| !run.contains_key(council));
        self.rest.forget_before(now);
        if !run.is_empty() || !render.is_empty() {
            let read = run.values().flatten().chain([&seen.templates]);
            let read = read.flat_map(|files| files.keys());
            let open = read.filter(|path| self.rest.writing.is_given_up(path));
            let still_open = open.cloned().collect();
            actions.push(Action::Work {
                run: run.keys().cloned().collect(),
                render: render.clone(),
                because,
                still_open,
            });
            self.work = Some(Work {
                run,
                render,
                templates: seen.templates.clone(),
                stopped: BTreeSet::new(),
                meanwhile: Touched::default(),
            });
        }
        actions
    }

    /// A council whose script is gone is forgotten, once it has been gone for a while: many
    /// editors save by moving the old file away first.
    fn forget_those_gone(&mut self, seen: &Seen, now: Millis) -> Vec<Action> {
        let gone: Vec<String> = self
            .councils
            .keys()
            .filter(|council| !seen.councils.contains(*council))
            .cloned()
            .collect();
        self.rest.only_those_gone(&gone);
        let mut actions = Vec::new();
        for council in gone {
            let files = self.councils[&council].keys();
            if self.rest.is_gone(&council, files, now, &mut self.waiting) {
                self.councils.remove(&council);
                self.stops.remove(&council);
                self.lost.remove(&council);
                self.pages.forget(&council);
                self.retries.forget(&council);
                actions.push(Action::Forget(council));
            }
        }
        actions
    }
}
