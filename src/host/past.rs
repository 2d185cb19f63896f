//! What a council's work gave before, for as long as a watch runs: the name of a council in, its
//! memories out.
//!
//! Each memory answers only to a key over all that its piece of work reads. A host that does not
//! watch has none.

use super::Host;
use super::clear::Verdicts;
use super::earlier::Known;
use crate::assess::Firmness;
use crate::report::Finished;
use std::sync::Arc;

/// Attacks that are remembered: each step back is followed by another, four of them for one
/// publication of the council that is begun for everybody, and an edit is often taken back.
const ATTACKS: usize = 16;

/// What one council's work gave before.
pub(super) struct Past {
    /// How firm its grades are.
    pub(super) firmness: Firmness,
    /// What the attacker opened.
    pub(super) verdicts: Verdicts,
    /// Pages and open data.
    pub(super) made: Finished,
    /// Results that were read.
    pub(super) earlier: Known,
    /// Who is told when its pages stand.
    tell: Option<Tell>,
}

/// Somebody who is told at once that a council's new pages stand.
pub(super) type Tell = Arc<dyn Fn(&str) + Send + Sync>;

impl Past {
    /// Of a host that remembers nothing.
    pub(super) fn none() -> Self {
        Self {
            firmness: Firmness::none(),
            verdicts: Verdicts::none(),
            made: Finished::none(),
            earlier: Known::none(),
            tell: None,
        }
    }

    /// Of a council that is worked on for the first time.
    pub(super) fn new(tell: Option<Tell>) -> Self {
        Self {
            firmness: Firmness::new(),
            verdicts: Verdicts::keeping(ATTACKS),
            made: Finished::new(),
            earlier: Known::new(),
            tell,
        }
    }

    /// The council's new pages stand.
    pub(super) fn stands(&self, council: &str) {
        if let Some(tell) = &self.tell {
            tell(council);
        }
    }
}

impl Host {
    /// What a council's work gave before.
    pub(super) fn past(&self, council: &str) -> Arc<Past> {
        match &self.memory {
            Some(memory) => memory.past(council),
            None => Arc::new(Past::none()),
        }
    }
}

#[cfg(test)]
mod tests;
