//! Councils whose publication could not be written: when to try again.
//!
//! Room on a disk is made and a file is closed without any event of ours, so that time alone
//! tells. The pauses grow, since the cause may stay for hours.

use super::Millis;
use std::collections::{BTreeMap, BTreeSet};

/// From the first failure to the next try.
pub(super) const FIRST: Millis = 5_000;
/// The longest pause between two tries.
pub(super) const LONGEST: Millis = 60_000;

/// Each council that is to run again, when, and after which pause.
#[derive(Debug, Clone, Default)]
pub(super) struct Retries(BTreeMap<String, (Millis, Millis)>);

impl Retries {
    /// The next try, if there is one.
    pub(super) fn next(&self) -> Option<Millis> {
        self.0.values().map(|(at, _)| *at).min()
    }

    pub(super) fn is_due(&self, council: &str, now: Millis) -> bool {
        self.0.get(council).is_some_and(|(at, _)| *at <= now)
    }

    /// What these councils' work came to: those that could not be written are tried again.
    pub(super) fn note<'a>(
        &mut self,
        ran: impl Iterator<Item = &'a String>,
        unwritten: BTreeSet<String>,
        now: Millis,
    ) {
        ran.filter(|council| !unwritten.contains(*council))
            .for_each(|council| self.forget(council));
        for council in unwritten {
            let before = self.0.get(&council).map(|(_, pause)| 2 * pause);
            let pause = before.unwrap_or(FIRST).min(LONGEST);
            self.0.insert(council, (now + pause, pause));
        }
    }

    /// A council is not to be tried before then.
    pub(super) fn put_off(&mut self, council: &str, until: Millis) {
        if let Some((at, _)) = self.0.get_mut(council) {
            *at = until.max(*at);
        }
    }

    pub(super) fn forget(&mut self, council: &str) {
        self.0.remove(council);
    }
}
