//! Exchanges in a ring: people of different classes who change places so that no known total moves.
//!
//! Somebody of a class leaves a withheld group for another class, which lies in other known groups:
//! those are one too many now, and the first are short of one. Where somebody else with the same
//! answer goes back between two classes that differ by just two such groups, and so on for each,
//! all known totals are as before. Nobody is moved twice, so that each ring may be made or not.

use super::classes::{Class, Classes};
use super::moves::Range;
use super::seen::{Seen, View};
use super::ways::groups_of;
use super::{Crowd, Hiding};
use crate::disclose::threshold::FURTHER_VALUES;

/// The most known groups of each by which classes differ between which people change.
const MOST_GROUPS: u32 = 3;
/// Of a group in no more classes than this, rings by more than one group are looked for too.
const FEW_CLASSES: usize = 24;

/// The classes of one choice of withheld groups, by the known groups in which they differ.
pub(super) struct Rings {
    /// Classes that are alike but for one known group of each: that group, and the class. After all
    /// groups stands none, for the class that lies in no such group.
    alike: Vec<Vec<(usize, usize)>>,
    /// Where each class is among these.
    of_class: Vec<Vec<usize>>,
    /// Where each known group is among these.
    of_group: Vec<Vec<usize>>,
}

/// How many who gave each answer could leave a group, and how many could come to it.
struct Movable {
    out: Vec<u64>,
    into: Vec<u64>,
}

impl Rings {
    pub fn of(crowd: &Crowd, classes: &Classes) -> Self {
        let mut all: Vec<(Vec<u64>, usize, usize)> = Vec::new();
        for class in 0..classes.count() {
            let signature = classes.signature(class);
            for group in groups_of(signature.iter().copied()) {
                let mut without = signature.to_vec();
                without[group / 64] &= !(1 << (group % 64));
                all.push((without, group, class));
            }
            all.push((signature.to_vec(), crowd.places.len(), class));
        }
        crowd.look_at(all.len());
        all.sort_unstable();
        let mut rings = Self {
            alike: Vec::new(),
            of_class: vec![Vec::new(); classes.count()],
            of_group: vec![Vec::new(); crowd.places.len() + 1],
        };
        for own in all.chunk_by(|one, other| one.0 == other.0) {
            if own.len() < 2 {
                continue;
            }
            for (_, group, class) in own {
                rings.of_class[*class].push(rings.alike.len());
                rings.of_group[*group].push(rings.alike.len());
            }
            let alike = own.iter().map(|(_, group, class)| (*group, *class));
            rings.alike.push(alike.collect());
        }
        rings
    }

    /// The class that one of such classes would be if it lay in this group instead.
    fn with(&self, alike: usize, group: usize) -> Option<usize> {
        let alike = &self.alike[alike];
        let at = alike.binary_search_by_key(&group, |(own, _)| *own).ok()?;
        Some(alike[at].1)
    }
}

/// The people of all classes as they are seen from one group.
struct Around<'a> {
    crowd: &'a Crowd,
    classes: &'a Classes,
    rings: &'a Rings,
    /// How many answers there are.
    answers: usize,
    /// How many are outside of the group and not yet moved, class by class and answer by answer.
    left: Vec<u64>,
    /// Whether kinds of each class lie outside of it.
    outside: Vec<bool>,
}

impl Around<'_> {
    fn left(&mut self, class: usize, answer: usize) -> &mut u64 {
        &mut self.left[class * self.answers + answer]
    }

    /// Somebody with that answer, outside of the group before and after, goes from a class that lies
    /// in `from` to one that lies in `to` instead: the class they leave, if anybody can.
    fn goes_back(&mut self, answer: usize, from: usize, to: usize) -> Option<usize> {
        let rings = self.rings;
        let places = &rings.of_group[from];
        self.crowd.look_at(places.len());
        let leaves = places.iter().find_map(|at| {
            let (before, after) = (rings.with(*at, from)?, rings.with(*at, to)?);
            (*self.left(before, answer) > 0 && self.outside[after]).then_some(before)
        });
        if let Some(class) = leaves {
            *self.left(class, answer) -= 1;
        }
        leaves
    }

    /// The same for each of the groups in `from`, to any of those in `to`: one for each, or nobody.
    fn go_back(&mut self, answer: usize, from: &[usize], to: &mut Vec<usize>) -> bool {
        let Some((first, rest)) = from.split_first() else {
            return true;
        };
        for at in 0..to.len() {
            let group = to.remove(at);
            if let Some(class) = self.goes_back(answer, *first, group) {
                if self.go_back(answer, rest, to) {
                    return true;
                }
                *self.left(class, answer) += 1;
            }
            to.insert(at, group);
        }
        false
    }

    /// Somebody with that answer goes from one class to another, and others go back.
    fn changes(&mut self, answer: usize, before: usize, after: usize) -> bool {
        let classes = self.classes;
        let (before, after) = (classes.signature(before), classes.signature(after));
        let only = |own: &[u64], other: &[u64]| -> Vec<usize> {
            let words = own.iter().zip(other).map(|(own, other)| own & !other);
            groups_of(words).collect()
        };
        let (mut won, mut lost) = (only(after, before), only(before, after));
        let none = self.crowd.places.len();
        let most = won.len().max(lost.len());
        won.resize(most, none);
        lost.resize(most, none);
        self.go_back(answer, &won, &mut lost)
    }

    /// The classes that differ from one by few known groups, the nearest first; by more than one of
    /// each only if those count that are `far`.
    fn near(&self, class: usize, far: bool) -> Vec<usize> {
        let rings = self.rings;
        let alike = rings.of_class[class].iter();
        let mut near: Vec<usize> = alike
            .flat_map(|alike| rings.alike[*alike].iter().map(|(_, other)| *other))
            .filter(|other| *other != class)
            .collect();
        self.crowd.look_at(near.len());
        if far {
            let own = self.classes.signature(class);
            self.crowd.look_at(self.classes.count());
            for groups in 2..=MOST_GROUPS {
                near.extend((0..self.classes.count()).filter(|other| {
                    let both = || own.iter().zip(self.classes.signature(*other));
                    let lost: u32 = both().map(|(own, other)| (own & !other).count_ones()).sum();
                    let won: u32 = both().map(|(own, other)| (other & !own).count_ones()).sum();
                    lost.max(won) == groups
                }));
            }
        }
        near
    }

    /// How many with that answer can leave a class, all of it within the group, for classes that
    /// reach out of it.
    fn leave(&mut self, class: usize, near: &[usize], answer: usize, people: u64) -> u64 {
        let mut gone = 0;
        for other in near {
            while gone < people && self.outside[*other] && self.changes(answer, class, *other) {
                gone += 1;
            }
        }
        gone
    }

    /// How many with that answer, at most, can come to a class that reaches into the group from others
    /// outside of it.
    fn come(&mut self, class: usize, near: &[usize], answer: usize, most: u64) -> u64 {
        let mut come = 0;
        for other in near {
            while come < most && *self.left(*other, answer) > 0 {
                *self.left(*other, answer) -= 1;
                if !self.changes(answer, *other, class) {
                    *self.left(*other, answer) += 1;
                    break;
                }
                come += 1;
            }
        }
        come
    }
}

impl Crowd {
    /// How well a withheld group is hidden by exchanges in rings and in classes: while the group
    /// itself is below the threshold, or else while one that is stays as it is.
    pub(super) fn hiding_in_rings(&self, group: usize, seen: &Seen<'_>, found: &[Class]) -> Hiding {
        let near = self.hiding_by(group, seen, found, false);
        if near == Hiding::Open && found.len() <= FEW_CLASSES {
            return self.hiding_by(group, seen, found, true);
        }
        near
    }

    fn hiding_by(&self, group: usize, seen: &Seen<'_>, found: &[Class], far: bool) -> Hiding {
        let movable = self.movable(group, &seen.view, found, far);
        let base = self.people[group] - movable.out.iter().sum::<u64>();
        let up = (self.threshold - 1).checked_sub(base);
        let up = up.filter(|up| *up >= FURTHER_VALUES);
        let own = up.map_or(Hiding::Open, |up| self.moves(&movable, &Range::Up(up)));
        if own > Hiding::Open {
            return own;
        }
        let others = seen.below(self).iter().filter(|(other, _)| *other != group);
        let mut while_others = others.map(|(_, view)| {
            let found = self.seen_from(group, &view.classes);
            let movable = self.movable(group, view, &found, far);
            let now = movable.out.iter().sum();
            self.moves(&movable, &Range::At(vec![now]))
        });
        while_others
            .find(|hiding| *hiding > Hiding::Open)
            .unwrap_or(Hiding::Open)
    }

    /// How well a group is hidden by those who may leave it and come to it.
    fn moves(&self, movable: &Movable, range: &Range) -> Hiding {
        let both = movable.out.iter().zip(&movable.into);
        let counts: Vec<u64> = both.map(|(out, into)| out + into).collect();
        if counts.iter().sum::<u64>() < self.threshold {
            return Hiding::Open;
        }
        self.figures_move(|_| vec![counts.as_slice()], range)
    }

    /// Who could leave a group, and who could come to it, within classes and in rings. Every number
    /// between is possible of each answer, whatever it is of the others: people of different answers
    /// never take the place of one another.
    fn movable(&self, group: usize, view: &View, found: &[Class], far: bool) -> Movable {
        let classes = &view.classes;
        let (answers, mut left) = classes.each_answer();
        let mut outside = vec![true; classes.count()];
        let mut inside = vec![vec![0; answers]; found.len()];
        for (class, own) in found.iter().zip(&mut inside) {
            outside[class.at] = class.mixes();
            for kind in classes.kinds(class.at) {
                if self.holds(group, *kind) {
                    let counts = self.kinds[*kind].answers();
                    own.iter_mut()
                        .zip(counts)
                        .for_each(|(all, own)| *all += own);
                }
            }
            let left = &mut left[class.at * answers..][..answers];
            left.iter_mut()
                .zip(&*own)
                .for_each(|(left, own)| *left -= own);
        }
        self.look_at(classes.count());
        let mut movable = Movable {
            out: vec![0; answers],
            into: vec![0; answers],
        };
        let mut around = Around {
            crowd: self,
            classes,
            rings: view.rings(self),
            answers,
            left: left.clone(),
            outside,
        };
        let near: Vec<Vec<usize>> = found
            .iter()
            .map(|class| around.near(class.at, far))
            .collect();
        for ((class, near), own) in found.iter().zip(&near).zip(&inside) {
            for (answer, own) in own.iter().enumerate() {
                movable.out[answer] += match class.mixes() {
                    true => *own,
                    false => around.leave(class.at, near, answer, *own),
                };
            }
        }
        // Those outside of the group whose class reaches into it come by themselves, and so go back
        // for nobody.
        around.left = left;
        for class in found.iter().filter(|class| class.mixes()) {
            for answer in 0..answers {
                movable.into[answer] += std::mem::take(around.left(class.at, answer));
            }
        }
        for (class, near) in found.iter().zip(&near) {
            for answer in 0..answers {
                let most = self.threshold.saturating_sub(movable.into[answer]);
                movable.into[answer] += around.come(class.at, near, answer, most);
            }
        }
        movable
    }
}
