//! The people behind one item, and what a reader of the published groups cannot tell.
//!
//! People of one *kind* lie in the same groups. Of what is published, each kind has a
//! *signature*: the groups in force that hold it and whose figures are known. Every published
//! figure is a total over signatures, so that kinds with the same signature, a *class*, can
//! exchange people and amounts without any published figure moving. A withheld group is
//! hidden by the classes that hold kinds both inside and outside it: each exchange is a
//! dataset, in whole people, that a reader cannot rule out.

mod classes;
mod figures;
mod moves;
mod range;
mod ways;

use classes::{Class, Classes};
use moves::Range;
use std::cell::Cell;
pub(super) use ways::Way;

/// How many score points a withheld total must be free to move.
const POINTS: f64 = 100.0;
/// How far a withheld amount must be free to move, each way, as a share of itself.
const AMOUNT: f64 = 0.1;

/// People who lie in the same groups, and what they bring to the item.
#[derive(Clone, Default)]
pub(super) struct Kind {
    /// The groups that hold them.
    pub groups: Vec<usize>,
    /// How many of them the item rests on.
    pub people: u64,
    /// Counts of answers, lowest first, or of those not counted and counted in a share.
    pub tallies: Vec<Vec<u64>>,
    /// Totals: cases, full-time equivalents, days.
    pub amounts: Vec<f64>,
}

/// One group of the item.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// How many rows it has (of totals: how many people), whichever of them the item rests on.
    pub size: u64,
    /// Whether its figures may be withheld to protect others.
    pub may_hide: bool,
    /// Whether it is a service, by which councils are compared: it is withheld to protect others
    /// only where nothing else will do.
    pub scope: bool,
    /// Whether a reader knows its figures whatever is decided here: they were published before.
    pub known: bool,
    /// Whether it only rolls others together: where it is not published, it is not there, and
    /// nothing of it need be hidden.
    pub rolled: bool,
    /// Whether another item of the same rows may print how many people it has: then nothing that
    /// hides its figures may rest on its number.
    pub sized: bool,
}

/// Everybody behind one item.
pub(super) struct Crowd {
    kinds: Vec<Kind>,
    places: Vec<Place>,
    threshold: u64,
    /// Of a question: for each answer, its points and the coarse part that it falls into.
    scale: Vec<(f64, usize)>,
    /// Whether a total of points is printed, or follows.
    scored: bool,
    /// The groups of each kind as bits, so many words a kind.
    bits: Vec<u64>,
    words: usize,
    /// The kinds of each group.
    members: Vec<Vec<usize>>,
    /// How many kinds were looked at so far, each time counted.
    looked: Cell<u64>,
}

/// How well a withheld group is hidden.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Hiding {
    /// Not well enough.
    Open,
    /// Well enough, unless the splits of others are published too.
    Figures,
    /// Well enough, and every part of its split as well.
    Splits,
}

impl Crowd {
    /// `scale` is empty unless the first tally counts answers.
    pub(super) fn new(
        kinds: Vec<Kind>,
        places: Vec<Place>,
        threshold: u64,
        scale: Vec<(f64, usize)>,
    ) -> Self {
        let words = places.len().div_ceil(64).max(1);
        let mut bits = vec![0; words * kinds.len()];
        let mut members = vec![Vec::new(); places.len()];
        for (index, kind) in kinds.iter().enumerate() {
            for group in &kind.groups {
                bits[index * words + group / 64] |= 1 << (group % 64);
                members[*group].push(index);
            }
        }
        Self {
            kinds,
            places,
            threshold,
            scale,
            scored: true,
            bits,
            words,
            members,
            looked: Cell::new(0),
        }
    }

    /// The same people, of whose answers no points are printed.
    pub(super) fn without_points(mut self) -> Self {
        self.scored = false;
        self
    }

    /// The same people, with nothing known of them but how many they are.
    pub(super) fn without_figures(&self) -> Self {
        let kinds = self.kinds.iter().map(|kind| Kind {
            tallies: Vec::new(),
            amounts: Vec::new(),
            ..kind.clone()
        });
        let (places, threshold) = (self.places.clone(), self.threshold);
        Self::new(kinds.collect(), places, threshold, Vec::new())
    }

    /// How many people each group has.
    pub(super) fn people(&self) -> Vec<u64> {
        let mut people = vec![0; self.places.len()];
        for kind in &self.kinds {
            for group in &kind.groups {
                people[*group] += kind.people;
            }
        }
        people
    }

    /// Notes whose number of people other items may print.
    pub(super) fn set_sized(&mut self, sized: impl Fn(usize) -> bool) {
        for (at, place) in self.places.iter_mut().enumerate() {
            place.sized = sized(at);
        }
    }

    pub(super) fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    fn holds(&self, group: usize, kind: usize) -> bool {
        self.bits[kind * self.words + group / 64] & (1 << (group % 64)) != 0
    }

    /// How many kinds were looked at so far: what planning costs.
    pub(super) fn looked(&self) -> u64 {
        self.looked.get()
    }

    fn look_at(&self, kinds: usize) {
        self.looked.set(self.looked.get() + kinds as u64);
    }

    /// The withheld groups that are not well enough hidden.
    pub(super) fn exposed(&self, hidden: &[bool]) -> Vec<usize> {
        self.each_exposed(hidden).collect()
    }

    /// Whether every withheld group is well enough hidden. Nobody looks further than at the
    /// first that is not.
    pub(super) fn hides_all(&self, hidden: &[bool]) -> bool {
        self.each_exposed(hidden).next().is_none()
    }

    /// The same, one after the other.
    pub(super) fn each_exposed<'a>(
        &'a self,
        hidden: &'a [bool],
    ) -> impl Iterator<Item = usize> + 'a {
        let classes = self.classes(hidden);
        (0..hidden.len())
            .filter(|group| hidden[*group] && !self.places[*group].known)
            .filter(|group| !self.places[*group].rolled)
            .filter(move |group| self.hiding(*group, hidden, &classes) == Hiding::Open)
    }

    /// How well the withheld group is hidden that is hidden worst.
    pub(super) fn worst_hidden(&self, hidden: &[bool]) -> Hiding {
        let classes = self.classes(hidden);
        (0..hidden.len())
            .filter(|group| hidden[*group] && !self.places[*group].rolled)
            .map(|group| self.hiding(group, hidden, &classes))
            .min()
            .unwrap_or(Hiding::Splits)
    }

    /// How well one withheld group is hidden.
    fn hiding(&self, group: usize, hidden: &[bool], classes: &Classes) -> Hiding {
        let found = self.seen_from(group, classes);
        if found.is_empty() || found.iter().any(|class| classes.unknown == Some(class.at)) {
            return Hiding::Splits;
        }
        let mixed: Vec<&Class> = found.iter().filter(|class| class.mixes()).collect();
        let people: u64 = mixed.iter().map(|class| class.people).sum();
        if people < self.threshold || !self.amounts_move(&found) {
            return Hiding::Open;
        }
        let Some(mut range) = self.range(group, hidden, classes, &found) else {
            return Hiding::Open;
        };
        if self.places[group].sized {
            range = Range::At(mixed.iter().map(|class| class.inside).collect());
        }
        let tallies = self.kinds.first().map_or(0, |kind| kind.tallies.len());
        let mut splits = true;
        for tally in 0..tallies {
            let counts = classes.counts(tally, &mixed);
            if tally == 0 && !self.scale.is_empty() {
                if self.scored && self.points_move(&counts, &range) < POINTS {
                    return Hiding::Open;
                }
                splits = self.parts_move(&counts, &range);
            } else if !self.sides_move(tally, &counts, &range) {
                return Hiding::Open;
            }
        }
        if splits {
            Hiding::Splits
        } else {
            Hiding::Figures
        }
    }

    /// Whether each amount of the group could be a tenth less, or more, by moving amounts
    /// between its people and others of the same class.
    fn amounts_move(&self, found: &[Class]) -> bool {
        let amounts = found.iter().map(|class| class.amounts.len()).max();
        (0..amounts.unwrap_or(0)).all(|amount| {
            let of = |class: &Class| class.amounts.get(amount).copied().unwrap_or_default();
            let own: f64 = found.iter().map(|class| of(class).0).sum();
            let (less, more) = found
                .iter()
                .filter(|class| class.inside > 0 && class.people > class.inside)
                .fold((0.0, 0.0), |(less, more), class| {
                    (less + of(class).0, more + of(class).1)
                });
            // Of nobody it is nothing, and how many they are is hidden already. Of somebody, that
            // it is nothing is told where everybody's is, and else must be open too.
            let nobody_inside = found.iter().all(|class| class.inside == 0);
            let has_any = |kind: &Kind| kind.amounts.get(amount).is_some_and(|own| *own != 0.0);
            let nobody_has_any = !self.kinds.iter().any(has_any);
            nobody_inside
                || nobody_has_any
                || (less >= AMOUNT * own && more >= AMOUNT * own && more > 0.0)
        })
    }
}
