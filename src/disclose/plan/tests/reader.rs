//! A reader who goes through whole numbers of people, and of points, one by one.

use super::{Council, THRESHOLD};
use std::cell::Cell;
use std::collections::BTreeSet;

/// What a reader knows, and what the truth is only where that is published.
pub(super) struct Reader {
    /// Groups of each combination that occurs.
    kinds: Vec<Vec<usize>>,
    hidden: Vec<bool>,
    /// Of each published group: people, and points in quarters.
    people: Vec<u64>,
    points: Vec<u64>,
    /// Whether some withheld group is known to be below the threshold: it may be withheld
    /// because its people are alike.
    alike: Vec<bool>,
    truth: Vec<u64>,
    /// Steps of one search.
    patience: u32,
    /// Steps left before a search is given up, which counts as having found nothing.
    steps: Cell<u32>,
}

/// Steps of one search.
const PATIENCE: u32 = 10_000;

impl Reader {
    pub(super) fn of(council: &Council, hidden: &[bool]) -> Self {
        let groups = 0..council.groups;
        let points = |group: usize| -> u64 {
            let counts = council.answers(group);
            counts
                .iter()
                .zip(0..)
                .map(|(count, points)| count * points)
                .sum()
        };
        let primaries = council.primaries();
        Self {
            kinds: council
                .kinds
                .iter()
                .map(|kind| kind.groups.clone())
                .collect(),
            hidden: hidden.to_vec(),
            people: groups.clone().map(|group| council.people(group)).collect(),
            points: groups.clone().map(points).collect(),
            alike: groups
                .map(|group| primaries[group] && council.people(group) >= THRESHOLD)
                .collect(),
            truth: council.kinds.iter().map(|kind| kind.people).collect(),
            patience: PATIENCE,
            steps: Cell::new(0),
        }
    }

    /// The same, who searches longer: among so many combinations as have one person each.
    pub(super) fn patient(council: &Council, hidden: &[bool]) -> Self {
        Self {
            patience: 50 * PATIENCE,
            ..Self::of(council, hidden)
        }
    }

    /// Whether every withheld group with anybody in it may still have five numbers of people
    /// and, if asked, totals 100 points apart.
    pub(super) fn is_kept_guessing(&self, totals_too: bool) -> bool {
        (0..self.hidden.len())
            .filter(|group| self.hidden[*group])
            .filter(|group| self.kinds.iter().any(|kind| kind.contains(group)))
            .all(|group| self.cannot_tell(group, totals_too))
    }

    fn cannot_tell(&self, group: usize, totals_too: bool) -> bool {
        let most = self.truth.iter().sum::<u64>();
        let mut values = BTreeSet::new();
        let (mut lowest, mut highest) = (u64::MAX, 0);
        // From the truth outwards, so that few numbers need be looked at.
        let mut order: Vec<u64> = (0..=most).collect();
        order.sort_by_key(|value| value.abs_diff(self.held(group, &self.truth)));
        for value in order {
            let Some(world) = self.world(group, value, totals_too) else {
                continue;
            };
            values.insert(value);
            if totals_too {
                let (low, high) = self.points_in(group, &world);
                lowest = lowest.min(low);
                highest = highest.max(high);
            }
            let totals = !totals_too || highest >= lowest.saturating_add(4);
            if values.len() >= 5 && totals {
                return true;
            }
        }
        false
    }

    /// A dataset in which the group holds so many people, if the published figures and the
    /// rule allow one.
    fn world(&self, group: usize, value: u64, totals_too: bool) -> Option<Vec<u64>> {
        let mut numbers = vec![None; self.kinds.len()];
        let mut left: Vec<Option<u64>> = (0..self.hidden.len())
            .map(|at| (!self.hidden[at]).then_some(self.people[at]))
            .collect();
        left[group] = Some(value);
        self.steps.set(self.patience);
        let accept = |world: &[u64]| {
            let totals = || self.can_total(None, world);
            self.follows_rule(world) && (!totals_too || totals())
        };
        self.fill(&mut numbers, &mut left, &|_| u64::MAX, &self.truth, &accept)
    }

    /// Whether some withheld group is below the threshold, or may be withheld since its
    /// people are alike.
    fn follows_rule(&self, world: &[u64]) -> bool {
        (0..self.hidden.len()).any(|group| {
            let people = self.held(group, world);
            self.hidden[group]
                && (people < THRESHOLD || (self.alike[group] && people == self.people[group]))
        })
    }

    fn held(&self, group: usize, world: &[u64]) -> u64 {
        let held = (0..world.len()).filter(|kind| self.kinds[*kind].contains(&group));
        held.map(|kind| world[kind]).sum()
    }

    fn is_tired(&self) -> bool {
        let left = self.steps.get().saturating_sub(1);
        self.steps.set(left);
        left == 0
    }

    /// The kind to look at next among those without a number: one of the known
    /// group that lacks fewest; if it is the last there, with the number that it must have.
    fn next(&self, numbers: &[Option<u64>], left: &[Option<u64>]) -> Option<(usize, Option<u64>)> {
        let open: Vec<usize> = (0..numbers.len())
            .filter(|at| numbers[*at].is_none())
            .collect();
        let fewest = (0..left.len())
            .filter_map(|group| {
                let left = left[group]?;
                let own = open
                    .iter()
                    .filter(|kind| self.kinds[**kind].contains(&group));
                let own: Vec<usize> = own.copied().collect();
                (!own.is_empty()).then_some((own, left))
            })
            .min_by_key(|(own, _)| own.len());
        match fewest {
            Some((own, left)) => Some((own[0], (own.len() == 1).then_some(left))),
            None => open.first().map(|kind| (*kind, None)),
        }
    }

    /// Whether what is left of one known group is more than what is left of another that
    /// holds at least the same kinds without a number.
    fn contradict(&self, numbers: &[Option<u64>], left: &[Option<u64>]) -> bool {
        let open = |group: usize| -> u64 {
            (0..numbers.len())
                .filter(|at| numbers[*at].is_none() && self.kinds[*at].contains(&group))
                .map(|at| 1 << at)
                .sum()
        };
        let known: Vec<(u64, u64)> = (0..left.len())
            .filter_map(|group| Some((open(group), left[group]?)))
            .collect();
        known.iter().any(|(own, left)| {
            known
                .iter()
                .any(|(other, room)| own & other == *own && left > room)
        })
    }

    /// Numbers for the kinds that have none yet, so that every known sum comes out.
    fn fill(
        &self,
        numbers: &mut Vec<Option<u64>>,
        left: &mut [Option<u64>],
        room: &dyn Fn(usize) -> u64,
        near: &[u64],
        accept: &dyn Fn(&[u64]) -> bool,
    ) -> Option<Vec<u64>> {
        if self.is_tired() {
            return None;
        }
        if self.contradict(numbers, left) {
            return None;
        }
        let Some((at, forced)) = self.next(numbers, left) else {
            let numbers: Vec<u64> = numbers.iter().flatten().copied().collect();
            let comes_out = left.iter().all(|left| left.is_none_or(|left| left == 0));
            return (comes_out && accept(&numbers)).then_some(numbers);
        };
        let own: Vec<(usize, u64)> = self.kinds[at]
            .iter()
            .filter_map(|group| Some((*group, left[*group]?)))
            .collect();
        // Of whom nobody knows anything, they may be as they are.
        let most = own.iter().map(|(_, left)| *left).min();
        let most = most.unwrap_or(near[at]).min(room(at));
        let mut range: Vec<u64> = match forced {
            Some(forced) if forced > most => return None,
            Some(forced) => vec![forced],
            None => (0..=most).collect(),
        };
        range.sort_by_key(|number| number.abs_diff(near[at]));
        for number in range {
            numbers[at] = Some(number);
            own.iter()
                .for_each(|(group, before)| left[*group] = Some(before - number));
            let found = self.fill(numbers, left, room, near, accept);
            if found.is_some() {
                return found;
            }
        }
        numbers[at] = None;
        own.iter()
            .for_each(|(group, before)| left[*group] = Some(*before));
        None
    }

    /// The lowest and the highest total of the group, of a few that are tried, among datasets with these numbers of
    /// people, in quarters of a hundred points.
    fn points_in(&self, group: usize, world: &[u64]) -> (u64, u64) {
        let room = 4 * self.held(group, world);
        let step = usize::try_from(room / 16).expect("a few hundred").max(1);
        let possible: Vec<u64> = (0..=room)
            .step_by(step)
            .filter(|total| self.can_total(Some((group, *total)), world))
            .collect();
        let low = possible.first().copied().unwrap_or(u64::MAX);
        (low, possible.last().copied().unwrap_or(0))
    }

    /// Whether points can be shared out so that every known total comes out.
    fn can_total(&self, also: Option<(usize, u64)>, world: &[u64]) -> bool {
        let mut left: Vec<Option<u64>> = (0..self.hidden.len())
            .map(|at| (!self.hidden[at]).then_some(self.points[at]))
            .collect();
        if let Some((group, total)) = also {
            left[group] = Some(total);
        }
        let before = self.steps.replace(self.patience);
        let room = |kind: usize| 4 * world[kind];
        let near: Vec<u64> = world.iter().map(|people| 2 * people).collect();
        let mut numbers = vec![None; self.kinds.len()];
        let can = self
            .fill(&mut numbers, &mut left, &room, &near, &|_| true)
            .is_some();
        self.steps.set(before);
        can
    }
}
