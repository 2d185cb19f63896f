//! Work that is of no use any more: what changed while it is done in, what to stop out.

use super::{Action, Seen, State, Touched};
use crate::host::Files;
use std::collections::BTreeSet;
use std::path::Path;

/// So often a council's work is stopped for a newer change before it is let go to its end:
/// of a file that never rests it must be said that it does not.
pub const STOPS: u32 = 3;

impl State {
    /// While something is done: which of it reads what is no longer there.
    pub(super) fn stop_what_is_useless(&mut self, seen: &Seen) -> Vec<Action> {
        let begun = self.work.as_ref().map(|work| &work.templates);
        let templates_changed = begun.is_some_and(|begun| *begun != seen.templates);
        let changed = |files: &Files| {
            files
                .iter()
                .any(|(path, begun)| seen.files.get(path).is_some_and(|now| now != begun))
        };
        let mut useless = self.at_work_on(changed);
        if templates_changed {
            useless.extend(self.at_work_on_pages());
        }
        if let Some(work) = &mut self.work
            && (templates_changed || !useless.is_empty())
        {
            work.meanwhile = Touched::Everything;
        }
        self.stop(useless)
    }

    /// A program began to write into a file: what is worked out from it is of no use. It is looked
    /// at once it is closed.
    pub(super) fn stop_what_reads(&mut self, path: &Path) -> Vec<Action> {
        if let Some(work) = &mut self.work {
            work.meanwhile.add(path.to_owned());
        }
        let is_template = self.templates.contains_key(path);
        let mut useless = self.at_work_on(|files| is_template || files.contains_key(path));
        if is_template {
            useless.extend(self.at_work_on_pages());
        }
        self.stop(useless)
    }

    /// The councils of which pages alone are made; those left out that were stopped often enough.
    fn at_work_on_pages(&self) -> BTreeSet<String> {
        let render = self.work.iter().flat_map(|work| &work.render);
        let render = render.filter(|council| self.may_be_stopped(council));
        render.cloned().collect()
    }

    /// The councils in work of whose files, as they were when it began, this is true; those left
    /// out that were stopped often enough.
    fn at_work_on(&self, is_it: impl Fn(&Files) -> bool) -> BTreeSet<String> {
        let run = self.work.iter().flat_map(|work| &work.run);
        run.filter(|(_, begun)| begun.as_ref().is_some_and(&is_it))
            .map(|(council, _)| council.clone())
            .filter(|council| self.may_be_stopped(council))
            .collect()
    }

    fn may_be_stopped(&self, council: &str) -> bool {
        self.stops.get(council).copied().unwrap_or(0) < STOPS
    }

    fn stop(&mut self, mut councils: BTreeSet<String>) -> Vec<Action> {
        if let Some(work) = &mut self.work {
            councils.retain(|council| work.stopped.insert(council.clone()));
        }
        if councils.is_empty() {
            return Vec::new();
        }
        for council in &councils {
            *self.stops.entry(council.clone()).or_default() += 1;
        }
        vec![Action::Stop(councils)]
    }
}
