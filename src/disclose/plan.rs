//! Which further groups of an item are withheld, so that every withheld one is hidden.
//!
//! In: the people behind the item, and which groups are withheld for their own sake. Out: the
//! same with the further ones: as few as are found, and of as few rows as may be. Where little
//! has to be tried, every choice is tried, the smallest first. Else groups are added one
//! protection at a time, by classes alone, and at the end each that proves unnecessary is given
//! back, by classes and then by rings. Services go only where no other groups do it. Where even
//! that takes too long, with hundreds of groups that cross one another, all is withheld that is
//! not given back by then: more than need be, and nothing less.

use super::crowd::{Crowd, Place, Way};
use crate::stop::is_stopped;

/// How much trying is worth: kinds looked at, over all choices of one item.
const PATIENCE: usize = 60_000;
/// Choices considered at the least, for one group.
const FEWEST_CHOICES: usize = 6;

/// Withholds further groups until every withheld one is hidden; `false` if that cannot be. After so
/// many looks at kinds no more is tried: they are counted and not timed, so that every machine
/// withholds the same.
pub(super) fn plan(crowd: &Crowd, hidden: &mut [bool], most: u64) -> bool {
    if crowd.hides_all(hidden) {
        return true;
    }
    let places = || crowd.places().iter().zip(&*hidden);
    if places().any(|(place, hidden)| place.scope && place.may_hide && !hidden) {
        // Half of it is left for where that does not do.
        let mut sparing = hidden.to_vec();
        let may = |place: &Place| place.may_hide && !place.scope;
        if plan_of(crowd, &mut sparing, may, most / 2) {
            hidden.copy_from_slice(&sparing);
            return true;
        }
    }
    plan_of(crowd, hidden, |place| place.may_hide, most)
}

/// The same, of such groups as may be withheld.
fn plan_of(crowd: &Crowd, hidden: &mut [bool], may: impl Fn(&Place) -> bool, most: u64) -> bool {
    let own = hidden.to_vec();
    if try_all(crowd, hidden, &may) {
        return true;
    }
    // Half of it is left for giving back.
    let done = add_step_by_step(crowd, hidden, &may, most / 2);
    if done {
        give_back(crowd, &own, hidden, most);
    }
    done
}

/// Whether so many kinds were looked at, or nobody wants to know any more.
fn is_over(crowd: &Crowd, most: u64) -> bool {
    crowd.looked() > most || is_stopped()
}

/// Groups that may be withheld besides, the smallest first.
fn candidates(crowd: &Crowd, hidden: &[bool], may: &impl Fn(&Place) -> bool) -> Vec<usize> {
    let places = crowd.places();
    let mut candidates: Vec<usize> = (0..hidden.len())
        .filter(|group| !hidden[*group] && may(&places[*group]))
        .collect();
    candidates.sort_by_key(|group| (places[*group].size, *group));
    candidates
}

fn size(crowd: &Crowd, groups: &[usize]) -> u64 {
    groups.iter().map(|group| crowd.places()[*group].size).sum()
}

/// What looking once at a choice costs.
fn cost(crowd: &Crowd, hidden: &[bool]) -> usize {
    let withheld = hidden.iter().filter(|hidden| **hidden).count();
    crowd.kinds().len() * (withheld + 2)
}

/// Tries every choice of one further group, then of two, and so on while that is not too
/// much; takes the one of fewest rows among those of equal number.
fn try_all(crowd: &Crowd, hidden: &mut [bool], may: &impl Fn(&Place) -> bool) -> bool {
    let candidates = candidates(crowd, hidden, may);
    let mut left = PATIENCE / cost(crowd, hidden).max(1);
    for further in 1..=candidates.len() {
        let Some(after) = left.checked_sub(choices(candidates.len(), further)) else {
            return false;
        };
        left = after;
        let mut best: Option<(u64, Vec<usize>)> = None;
        each_choice(&candidates, further, &mut Vec::new(), &mut |choice| {
            let size = size(crowd, choice);
            if best.as_ref().is_some_and(|(least, _)| *least <= size) {
                return;
            }
            let mut trial = hidden.to_vec();
            choice.iter().for_each(|group| trial[*group] = true);
            if crowd.hides_all(&trial) {
                best = Some((size, choice.to_vec()));
            }
        });
        if let Some((_, choice)) = best {
            choice.iter().for_each(|group| hidden[*group] = true);
            return true;
        }
    }
    false
}

/// How many ways there are to choose some of many.
fn choices(of: usize, some: usize) -> usize {
    (0..some).fold(1_usize, |ways, index| {
        ways.saturating_mul(of - index) / (index + 1)
    })
}

fn each_choice(
    from: &[usize],
    some: usize,
    chosen: &mut Vec<usize>,
    take: &mut impl FnMut(&[usize]),
) {
    if some == 0 {
        take(chosen);
        return;
    }
    for (at, group) in from.iter().enumerate() {
        if from.len() - at < some {
            return;
        }
        chosen.push(*group);
        each_choice(&from[at + 1..], some - 1, chosen, take);
        chosen.pop();
    }
}

/// Protects one exposed group after another.
fn add_step_by_step(
    crowd: &Crowd,
    hidden: &mut [bool],
    may: &impl Fn(&Place) -> bool,
    most: u64,
) -> bool {
    let mut exposed: Vec<usize> = crowd.exposed_in_classes(hidden).collect();
    while let Some(group) = exposed.first() {
        let tried = (PATIENCE / cost(crowd, hidden).max(1)).max(FEWEST_CHOICES);
        let ways = match is_over(crowd, most) {
            true => Vec::new(),
            false => crowd.ways(hidden, *group, may, tried),
        };
        let Some((way, left)) = best_way(crowd, hidden, *group, &ways) else {
            // Where no way is left, or was looked for, all that may be is withheld.
            for group in candidates(crowd, hidden, may) {
                hidden[group] = true;
            }
            return crowd.hides_all(hidden);
        };
        way.iter().for_each(|group| hidden[*group] = true);
        exposed = left;
    }
    true
}

/// The way that protects a group, or else the one that leaves the fewest exposed for what it
/// withholds; and which are exposed after it. Ways come with the shortest first.
fn best_way<'a>(
    crowd: &Crowd,
    hidden: &[bool],
    group: usize,
    ways: &'a [Way],
) -> Option<(&'a [usize], Vec<usize>)> {
    let mut least: Option<(bool, usize, u64)> = None;
    let mut best = None;
    for (_, size, way) in ways {
        // Once there is one that protects the group, others must as well, and better.
        let most = match least {
            Some((false, score, _)) if way.len() > score => break,
            Some((false, score, _)) => score - way.len(),
            _ => usize::MAX - 1,
        };
        let mut trial = hidden.to_vec();
        way.iter().for_each(|group| trial[*group] = true);
        let exposed: Vec<usize> = crowd.exposed_in_classes(&trial).take(most + 1).collect();
        let score = (exposed.contains(&group), way.len() + exposed.len(), *size);
        if least.is_none_or(|least| score < least) {
            (least, best) = (Some(score), Some((way.as_slice(), exposed)));
        }
    }
    best
}

/// Publishes again, the largest first, what need not be withheld: first by what is soon seen, in
/// classes alone, and then by rings too.
fn give_back(crowd: &Crowd, own: &[bool], hidden: &mut [bool], most: u64) {
    give_back_where(crowd, own, hidden, most, |trial| {
        crowd.exposed_in_classes(trial).next()
    });
    give_back_where(crowd, own, hidden, most, |trial| {
        crowd.exposed(trial).next()
    });
}

/// The same, with what each would expose that is not withheld for its own sake.
fn give_back_where(
    crowd: &Crowd,
    own: &[bool],
    hidden: &mut [bool],
    most: u64,
    exposed: impl Fn(&[bool]) -> Option<usize>,
) {
    let mut further: Vec<usize> = (0..hidden.len())
        .filter(|group| hidden[*group] && !own[*group])
        .collect();
    further.sort_by_key(|group| std::cmp::Reverse((crowd.places()[*group].size, *group)));
    for group in further {
        if !hidden[group] {
            continue;
        }
        let mut trial = hidden.to_vec();
        let mut given = Some(group);
        while let Some(group) = given.filter(|group| !own[*group] && !is_over(crowd, most)) {
            trial[group] = false;
            given = exposed(&trial);
        }
        if given.is_none() {
            hidden.copy_from_slice(&trial);
        }
    }
}

#[cfg(test)]
mod tests;
