//! The people behind one item, and what a reader of the published groups cannot tell.
//!
//! People of one *kind* lie in the same groups. Of what is published, each kind has a
//! *signature*: the groups in force that hold it and whose figures are known. Every published
//! figure is a total over signatures, so that kinds with the same signature, a *class*, can
//! exchange people and amounts without any published figure moving. A withheld group is
//! hidden by the classes that hold people both inside and outside it: each exchange is a
//! dataset, in whole people, that a reader cannot rule out.

mod figures;
mod moves;

use moves::Range;

/// How many different values of a withheld number must remain possible, less one.
pub(super) const FURTHER_VALUES: u64 = 4;
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

/// The classes that remain when some groups are withheld.
struct Classes {
    of: Vec<usize>,
    count: usize,
    /// The class of those of whom nothing is known.
    unknown: Option<usize>,
}

/// What one class holds, seen from a withheld group.
#[derive(Clone, Default)]
struct Class {
    people: u64,
    inside: u64,
    has_inside: bool,
    has_outside: bool,
    amounts: Vec<(f64, f64)>,
}

impl Class {
    fn mixes(&self) -> bool {
        self.has_inside && self.has_outside
    }
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
        for (index, kind) in kinds.iter().enumerate() {
            for group in &kind.groups {
                bits[index * words + group / 64] |= 1 << (group % 64);
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

    /// The groups of a kind that a reader knows of.
    pub(super) fn signature(&self, kind: usize, hidden: &[bool]) -> Vec<usize> {
        let known = |group: &&usize| !hidden[**group] || self.places[**group].known;
        self.kinds[kind]
            .groups
            .iter()
            .filter(known)
            .copied()
            .collect()
    }

    fn holds(&self, group: usize, kind: usize) -> bool {
        self.bits[kind * self.words + group / 64] & (1 << (group % 64)) != 0
    }

    /// Kinds by signature.
    fn classes(&self, hidden: &[bool]) -> Classes {
        let mut open = vec![0_u64; self.words];
        for (group, place) in self.places.iter().enumerate() {
            if !hidden[group] || place.known {
                open[group / 64] |= 1 << (group % 64);
            }
        }
        let mut seen = self.bits.clone();
        for chunk in seen.chunks_mut(self.words) {
            for (word, open) in chunk.iter_mut().zip(&open) {
                *word &= open;
            }
        }
        let signature = |kind: usize| &seen[kind * self.words..(kind + 1) * self.words];
        let mut order: Vec<usize> = (0..self.kinds.len()).collect();
        order.sort_unstable_by(|a, b| signature(*a).cmp(signature(*b)));
        let (mut of, mut count, mut unknown) = (vec![0; self.kinds.len()], 0, None);
        for (at, kind) in order.iter().enumerate() {
            if at == 0 || signature(order[at - 1]) != signature(*kind) {
                if signature(*kind).iter().all(|word| *word == 0) {
                    unknown = Some(count);
                }
                count += 1;
            }
            of[*kind] = count - 1;
        }
        Classes { of, count, unknown }
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

    fn each_exposed<'a>(&'a self, hidden: &'a [bool]) -> impl Iterator<Item = usize> + 'a {
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
        let is_empty = found.iter().all(|class| !class.has_inside);
        if is_empty || classes.unknown.is_some_and(|at| found[at].has_inside) {
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
            let counts = self.mixed_counts(tally, classes, &found);
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

    fn seen_from(&self, group: usize, classes: &Classes) -> Vec<Class> {
        let mut found = vec![Class::default(); classes.count];
        for (index, kind) in self.kinds.iter().enumerate() {
            let class = &mut found[classes.of[index]];
            let inside = self.holds(group, index);
            class.people += kind.people;
            if inside {
                class.has_inside = true;
                class.inside += kind.people;
            } else {
                class.has_outside = true;
            }
            class.amounts.resize(kind.amounts.len(), (0.0, 0.0));
            for (all, own) in class.amounts.iter_mut().zip(&kind.amounts) {
                if inside {
                    all.0 += own;
                } else {
                    all.1 += own;
                }
            }
        }
        found
    }

    /// One tally of each class that holds people both inside and outside.
    fn mixed_counts(&self, tally: usize, classes: &Classes, found: &[Class]) -> Vec<Vec<u64>> {
        let mut counts: Vec<Vec<u64>> = vec![Vec::new(); found.len()];
        for (kind, class) in self.kinds.iter().zip(&classes.of) {
            if found[*class].mixes() {
                let (all, own) = (&mut counts[*class], &kind.tallies[tally]);
                all.resize(own.len(), 0);
                all.iter_mut().zip(own).for_each(|(all, own)| *all += own);
            }
        }
        let of_mixed = counts.into_iter().zip(found);
        of_mixed
            .filter_map(|(counts, class)| class.mixes().then_some(counts))
            .collect()
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
            let nobody_has_any = found.iter().all(|class| of(class) == (0.0, 0.0));
            nobody_inside
                || nobody_has_any
                || (less >= AMOUNT * own && more >= AMOUNT * own && more > 0.0)
        })
    }

    /// How many people the group may hold in datasets that follow the published rule: some
    /// withheld group has fewer people than the threshold. `None` if fewer than five numbers
    /// are possible.
    fn range(
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
        // While another one is.
        let others = (0..hidden.len())
            .filter(|other| hidden[*other] && *other != group && !self.places[*other].rolled);
        let best = others
            .filter_map(|other| self.while_another(group, other, classes, found))
            .max_by_key(|(values, _)| *values)?;
        (best.0 > FURTHER_VALUES).then_some(Range::At(best.1))
    }

    /// How many numbers the group may have while another withheld group is below the
    /// threshold; and how many people of each mixed class it then holds in one such dataset.
    fn while_another(
        &self,
        group: usize,
        other: usize,
        classes: &Classes,
        found: &[Class],
    ) -> Option<(u64, Vec<u64>)> {
        // Whether a class has kinds outside the other group: inside this one, outside it.
        let mut room = vec![[false; 2]; found.len()];
        for kind in 0..self.kinds.len() {
            if !self.holds(other, kind) {
                room[classes.of[kind]][usize::from(!self.holds(group, kind))] = true;
            }
        }
        // People that the other group holds for certain; people of mixed classes who may be
        // anywhere, whom it holds unless this one does, and whom it holds if this one does.
        let (mut certain, mut free, mut unless, mut and, mut fixed) = (0, 0, 0, 0, 0);
        for (class, room) in found.iter().zip(&room) {
            if class.mixes() && *room == [false, false] {
                fixed += class.people;
            }
            match (class.mixes(), room) {
                (true, [true, true]) => free += class.people,
                (true, [true, false]) => unless += class.people,
                (true, [false, true]) => and += class.people,
                (true | false, [false, false]) => certain += class.people,
                (false, _) => {}
            }
        }
        let spare = (self.threshold - 1).checked_sub(certain)?;
        let low = unless.saturating_sub(spare);
        let high = unless + fixed + free + spare.min(and);
        let now: u64 = found
            .iter()
            .filter(|class| class.mixes())
            .map(|class| class.inside)
            .sum();
        let mut left = now.clamp(low, high);
        let mut take = vec![0; found.len()];
        for wanted in [[true, false], [false, false], [true, true], [false, true]] {
            for (at, class) in found.iter().enumerate() {
                if class.mixes() && room[at] == wanted {
                    take[at] = class.people.min(left);
                    left -= take[at];
                }
            }
        }
        let of_mixed = take
            .into_iter()
            .zip(found)
            .filter_map(|(take, class)| class.mixes().then_some(take));
        Some((high + 1 - low, of_mixed.collect()))
    }
}
