//! Publications that are there no more: what stands now in, which council's was taken away kept.

use super::{Seen, State};

impl State {
    /// A publication that somebody took away is made again, once: what cannot be published is
    /// not tried again and again.
    pub(super) fn note_lost(&mut self, seen: &Seen) {
        let gone = self.standing.difference(&seen.standing).cloned();
        self.lost.extend(gone);
        // One whose script is away for a moment, as while an editor saves, is still known.
        self.lost
            .retain(|one| self.councils.contains_key(one) && !seen.standing.contains(one));
        self.standing.clone_from(&seen.standing);
    }
}
