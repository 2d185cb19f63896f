//! What a reader sees of a choice of withheld groups. What rings need is found where it is asked for.

use super::Crowd;
use super::classes::Classes;
use super::rings::Rings;
use std::cell::OnceCell;

/// Groups below the threshold that are tried, one after the other.
const MOST_BELOW: usize = 3;

/// The classes that remain, and how people may change places between them.
pub(super) struct View {
    pub classes: Classes,
    rings: OnceCell<Rings>,
}

impl View {
    fn of(crowd: &Crowd, hidden: &[bool]) -> Self {
        Self {
            classes: crowd.classes(hidden),
            rings: OnceCell::new(),
        }
    }

    pub fn rings(&self, crowd: &Crowd) -> &Rings {
        self.rings.get_or_init(|| Rings::of(crowd, &self.classes))
    }
}

pub(super) struct Seen<'a> {
    pub hidden: &'a [bool],
    pub view: View,
    below: OnceCell<Vec<(usize, View)>>,
}

impl<'a> Seen<'a> {
    pub fn of(crowd: &Crowd, hidden: &'a [bool]) -> Self {
        Self {
            hidden,
            view: View::of(crowd, hidden),
            below: OnceCell::new(),
        }
    }

    /// The same while a withheld group that is below the threshold stays as it is, for some of
    /// them, the smallest first.
    pub fn below(&self, crowd: &Crowd) -> &[(usize, View)] {
        self.below.get_or_init(|| {
            let is_below = |group: &usize| {
                let place = crowd.places[*group];
                let is_seen = self.hidden[*group] && !place.known && !place.rolled;
                is_seen && crowd.people[*group] < crowd.threshold
            };
            let mut groups: Vec<usize> = (0..self.hidden.len()).filter(is_below).collect();
            groups.sort_by_key(|group| (crowd.people[*group], *group));
            let with = groups.into_iter().take(MOST_BELOW).map(|group| {
                let mut hidden = self.hidden.to_vec();
                hidden[group] = false;
                (group, View::of(crowd, &hidden))
            });
            with.collect()
        })
    }
}
