//! Publications that are there no more: what stands now in, which council's was taken away kept.

use super::{Seen, State};

impl State {
    /// A publication that somebody took away is made again, once: what cannot be published is
    /// not tried again and again.
    pub(super) fn note_lost(&mut self, seen: &Seen) {
        let gone = self.standing.difference(&seen.standing).cloned();
        self.lost.extend(gone);
        self.lost
            .retain(|one| seen.councils.contains(one) && !seen.standing.contains(one));
        self.standing.clone_from(&seen.standing);
    }
}
