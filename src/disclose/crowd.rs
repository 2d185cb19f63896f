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
mod rings;
mod seen;
mod ways;

use classes::Class;
use moves::Range;
use seen::Seen;
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

impl Kind {
    /// How many gave each answer; where nothing is known of people but how many they are, that.
    fn answers(&self) -> &[u64] {
        self.tallies
            .first()
            .map_or(std::slice::from_ref(&self.people), Vec::as_slice)
    }

    /// Whether all that is known of its people is their answers, one each, or nothing.
    fn is_of_answers(&self) -> bool {
        let one_each = self.answers().iter().sum::<u64>() == self.people;
        one_each && self.tallies.len() <= 1 && self.amounts.is_empty()
    }
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
    /// How many people each group has.
    people: Vec<u64>,
    /// Whether people may change places in rings: where all that is known of them is one answer each.
    ringed: bool,
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
        let mut people = vec![0; places.len()];
        let ringed = kinds.iter().all(Kind::is_of_answers);
        for (index, kind) in kinds.iter().enumerate() {
            for group in &kind.groups {
                bits[index * words + group / 64] |= 1 << (group % 64);
                members[*group].push(index);
                people[*group] += kind.people;
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
            people,
            ringed,
            looked: Cell::new(0),
        }
    }

    /// The same people, of whose answers no points are printed. What else is printed of them no
    /// ring keeps as it is.
    pub(super) fn without_points(mut self) -> Self {
        self.scored = false;
        self.ringed = false;
        self
    }

    /// The same people, who change places within classes alone.
    #[cfg(test)]
    pub(super) fn without_rings(mut self) -> Self {
        self.ringed = false;
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
    pub(super) fn people(&self) -> &[u64] {
        &self.people
    }

    /// Notes whose number of people other items may print, by the group and that number.
    pub(super) fn set_sized(&mut self, sized: impl Fn(usize, u64) -> bool) {
        let places = self.places.iter_mut().zip(&self.people);
        for (at, (place, people)) in places.enumerate() {
            place.sized = sized(at, *people);
        }
    }

    /// Notes which groups' numbers of people a reader knows besides, by the group and that number: to withhold
    /// them hides nothing.
    pub(super) fn set_known(&mut self, known: impl Fn(usize, u64) -> bool) {
        let places = self.places.iter_mut().zip(&self.people);
        for (at, (place, people)) in places.enumerate() {
            if known(at, *people) {
                place.known = true;
                place.may_hide = false;
            }
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

    /// The withheld groups that are not well enough hidden in classes alone, one after the other.
    pub(super) fn exposed_in_classes<'a>(
        &'a self,
        hidden: &'a [bool],
    ) -> impl Iterator<Item = usize> + 'a {
        self.exposed_by(hidden, |group, seen| {
            let found = self.seen_from(group, &seen.view.classes);
            self.hiding_in_classes(group, seen, &found)
        })
    }

    /// The withheld groups that are not well enough hidden, one after the other.
    pub(super) fn exposed<'a>(&'a self, hidden: &'a [bool]) -> impl Iterator<Item = usize> + 'a {
        self.exposed_by(hidden, |group, seen| self.hiding(group, seen))
    }

    /// Whether every withheld group is well enough hidden. Nobody looks further than at the
    /// first that is not.
    pub(super) fn hides_all(&self, hidden: &[bool]) -> bool {
        self.exposed(hidden).next().is_none()
    }

    fn exposed_by<'a>(
        &'a self,
        hidden: &'a [bool],
        hiding: impl Fn(usize, &Seen<'_>) -> Hiding + 'a,
    ) -> impl Iterator<Item = usize> + 'a {
        let seen = Seen::of(self, hidden);
        (0..hidden.len())
            .filter(|group| hidden[*group] && !self.places[*group].known)
            .filter(|group| !self.places[*group].rolled)
            .filter(move |group| hiding(*group, &seen) == Hiding::Open)
    }

    /// How well the withheld group is hidden that is hidden worst.
    pub(super) fn worst_hidden(&self, hidden: &[bool]) -> Hiding {
        let seen = Seen::of(self, hidden);
        (0..hidden.len())
            .filter(|group| hidden[*group] && !self.places[*group].rolled)
            .map(|group| self.hiding(group, &seen))
            .min()
            .unwrap_or(Hiding::Splits)
    }

    /// How well one withheld group is hidden.
    fn hiding(&self, group: usize, seen: &Seen<'_>) -> Hiding {
        let found = self.seen_from(group, &seen.view.classes);
        let in_classes = self.hiding_in_classes(group, seen, &found);
        // In a ring the numbers of other groups change too, which other items may print.
        if in_classes == Hiding::Open && self.ringed && !self.places[group].sized {
            return self.hiding_in_rings(group, seen, &found);
        }
        in_classes
    }

    /// The same, by what people of one class may exchange.
    fn hiding_in_classes(&self, group: usize, seen: &Seen<'_>, found: &[Class]) -> Hiding {
        let classes = &seen.view.classes;
        if found.is_empty() || found.iter().any(|class| classes.unknown == Some(class.at)) {
            return Hiding::Splits;
        }
        let mixed: Vec<&Class> = found.iter().filter(|class| class.mixes()).collect();
        let people: u64 = mixed.iter().map(|class| class.people).sum();
        if people < self.threshold || !self.amounts_move(found) {
            return Hiding::Open;
        }
        let Some(mut range) = self.range(group, seen.hidden, classes, found) else {
            return Hiding::Open;
        };
        if self.places[group].sized {
            range = Range::At(mixed.iter().map(|class| class.inside).collect());
        }
        self.figures_move(|tally| classes.counts(tally, &mixed), &range)
    }

    /// How well a group is hidden of which so many of each mixed class may be any others of it.
    fn figures_move<'a>(&self, counts: impl Fn(usize) -> Vec<&'a [u64]>, range: &Range) -> Hiding {
        let tallies = self.kinds.first().map_or(0, |kind| kind.tallies.len());
        let mut splits = true;
        for tally in 0..tallies {
            let counts = counts(tally);
            if tally == 0 && !self.scale.is_empty() {
                if self.scored && self.points_move(&counts, range) < POINTS {
                    return Hiding::Open;
                }
                splits = self.parts_move(&counts, range);
            } else if !self.sides_move(tally, &counts, range) {
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
