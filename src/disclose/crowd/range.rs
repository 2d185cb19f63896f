//! How many people a withheld group may hold: the classes in, its range in datasets that follow
//! the published rule out. Some withheld group has fewer people than the threshold: the group
//! itself, or another one.

use super::Crowd;
use super::classes::{Class, Classes};
use super::moves::Range;
use crate::disclose::threshold::FURTHER_VALUES;

/// Each class while another group is below the threshold: how many of its kinds lie outside of
/// that one, inside of the group and outside of it. Only those that the other one touches.
struct Rooms<'a> {
    classes: &'a Classes,
    found: &'a [Class],
    /// Where a class is among those found, by class.
    seen: Vec<Option<usize>>,
    left: Vec<Option<[usize; 2]>>,
    touched: Vec<usize>,
}

impl<'a> Rooms<'a> {
    fn of(classes: &'a Classes, found: &'a [Class]) -> Self {
        let mut seen = vec![None; classes.count()];
        for (index, class) in found.iter().enumerate() {
            seen[class.at] = Some(index);
        }
        Self {
            classes,
            found,
            seen,
            left: vec![None; classes.count()],
            touched: Vec::new(),
        }
    }

    /// Sees them anew, beside another group.
    fn set(&mut self, crowd: &Crowd, group: usize, other: usize) {
        for class in self.touched.drain(..) {
            self.left[class] = None;
        }
        crowd.look_at(crowd.members[other].len());
        for kind in &crowd.members[other] {
            let class = self.classes.of[*kind];
            let left = self.left[class].get_or_insert_with(|| {
                self.touched.push(class);
                match self.seen[class] {
                    Some(at) => self.found[at].kinds,
                    None => [0, self.classes.kinds(class).len()],
                }
            });
            left[usize::from(!crowd.holds(group, *kind))] -= 1;
        }
    }

    /// Whether a mixed class has kinds outside the other group: inside the group, outside it.
    fn room(&self, class: &Class) -> [bool; 2] {
        self.left[class.at].map_or([true; 2], |left| left.map(|kinds| kinds > 0))
    }
}

impl Crowd {
    /// `None` if fewer than five numbers are possible.
    pub(super) fn range(
        &self,
        group: usize,
        hidden: &[bool],
        classes: &Classes,
        found: &[Class],
    ) -> Option<Range> {
        let (mut mixed, mut base) = (0, 0);
        for class in found {
            if class.mixes() {
                mixed += class.people;
            } else {
                base += class.inside;
            }
        }
        // While the group itself is below the threshold.
        let own = (self.threshold - 1)
            .checked_sub(base)
            .map(|up| up.min(mixed));
        if let Some(up) = own.filter(|up| *up >= FURTHER_VALUES) {
            return Some(Range::Up(up));
        }
        // While another one is: the last of those that leave the most numbers.
        let mut rooms = Rooms::of(classes, found);
        let mut best: Option<(usize, (u64, u64))> = None;
        for other in (0..hidden.len()).rev() {
            let (rolled, known) = (self.places[other].rolled, self.places[other].known);
            if !hidden[other] || other == group || rolled || known {
                continue;
            }
            rooms.set(self, group, other);
            let Some((low, high)) = self.numbers_while_another(mixed, &rooms) else {
                continue;
            };
            if best.is_none_or(|(_, (least, most))| high - low > most - least) {
                best = Some((other, (low, high)));
            }
            if high - low == mixed {
                break;
            }
        }
        let (other, (low, high)) = best?;
        (high - low >= FURTHER_VALUES).then(|| {
            rooms.set(self, group, other);
            Range::At(taken(found, &rooms, low, high))
        })
    }

    /// The least and the most people that the group may hold while another withheld group is
    /// below the threshold.
    fn numbers_while_another(&self, mixed: u64, rooms: &Rooms<'_>) -> Option<(u64, u64)> {
        // People that the other group holds for certain; people of mixed classes who may be
        // anywhere, whom it holds unless this one does, and whom it holds if this one does.
        let (mut certain, mut free, mut unless, mut and, mut fixed) = (0, mixed, 0, 0, 0);
        for at in &rooms.touched {
            let class = rooms.seen[*at].map(|index| &rooms.found[index]);
            let Some(class) = class.filter(|class| class.mixes()) else {
                if rooms.left[*at] == Some([0, 0]) {
                    certain += rooms.classes.people(*at);
                }
                continue;
            };
            match rooms.room(class) {
                [true, true] => continue,
                [true, false] => unless += class.people,
                [false, true] => and += class.people,
                [false, false] => {
                    fixed += class.people;
                    certain += class.people;
                }
            }
            free -= class.people;
        }
        let spare = (self.threshold - 1).checked_sub(certain)?;
        let low = unless.saturating_sub(spare);
        Some((low, unless + fixed + free + spare.min(and)))
    }
}

/// How many people of each mixed class the group holds in one such dataset.
fn taken(found: &[Class], rooms: &Rooms<'_>, low: u64, high: u64) -> Vec<u64> {
    let mixed: Vec<&Class> = found.iter().filter(|class| class.mixes()).collect();
    let now: u64 = mixed.iter().map(|class| class.inside).sum();
    let mut left = now.clamp(low, high);
    let mut take = vec![0; mixed.len()];
    for wanted in [[true, false], [false, false], [true, true], [false, true]] {
        for (take, class) in take.iter_mut().zip(&mixed) {
            if rooms.room(class) == wanted {
                *take = class.people.min(left);
                left -= *take;
            }
        }
    }
    take
}
