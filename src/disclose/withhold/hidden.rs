//! What an item has hidden so far: how well, and whether that is all that must be.

use super::{Behind, OfItem};
use crate::disclose::crowd::Hiding;

impl OfItem<'_> {
    pub(super) fn hide_all(&mut self, present: &[bool], exempt: &[bool], and_whole: bool) {
        for group in 0..self.hidden.len() {
            let may = !exempt[group] && (group != 0 || and_whole);
            self.hidden[group] |= present[group] && may;
        }
    }

    pub(super) fn all_hidden(&self) -> bool {
        let is_hidden = |behind: &Behind| behind.crowd.hides_all(&self.places(behind));
        self.behind.iter().all(is_hidden)
    }

    pub(super) fn is_rolled(&self, group: usize) -> bool {
        self.assessment.groups[group].is_rolled()
    }

    /// How well the worst hidden group of all tables is hidden.
    pub(super) fn worst_hidden(&self) -> Hiding {
        let of_one = |behind: &Behind| behind.crowd.worst_hidden(&self.places(behind));
        self.behind
            .iter()
            .map(of_one)
            .min()
            .unwrap_or(Hiding::Splits)
    }

    /// A withheld group that stays exposed by what was published before.
    pub(super) fn stuck(&self) -> Option<usize> {
        if !self.known.iter().any(|known| *known) {
            return None;
        }
        self.behind.iter().find_map(|behind| {
            let places = self.places(behind);
            let mut exposed = behind.crowd.exposed(&places);
            exposed.find_map(|place| behind.groups[place])
        })
    }
}
