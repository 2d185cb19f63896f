//! Which further groups of an item are withheld, so that every withheld one is hidden.
//!
//! In: the people behind the item, and which groups are withheld for their own sake. Out: the
//! same with the further ones: as few as are found, and of as few rows as may be. Where little
//! has to be tried, every choice is tried, the smallest first. Else groups are added one
//! protection at a time, and at the end each that proves unnecessary is given back.

use super::crowd::Crowd;

/// How much trying is worth: kinds looked at, over all choices of one item.
const PATIENCE: usize = 60_000;
/// Choices considered at the least, for one group.
const FEWEST_CHOICES: usize = 6;

/// Withholds further groups until every withheld one is hidden; `false` if that cannot be.
pub(super) fn plan(crowd: &Crowd, hidden: &mut [bool]) -> bool {
    if crowd.hides_all(hidden) {
        return true;
    }
    let own = hidden.to_vec();
    if try_all(crowd, hidden) {
        return true;
    }
    let done = add_step_by_step(crowd, hidden);
    if done {
        give_back(crowd, &own, hidden);
    }
    done
}

/// Groups that may be withheld besides, the smallest first.
fn candidates(crowd: &Crowd, hidden: &[bool]) -> Vec<usize> {
    let places = crowd.places();
    let mut candidates: Vec<usize> = (0..hidden.len())
        .filter(|group| !hidden[*group] && places[*group].may_hide)
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
fn try_all(crowd: &Crowd, hidden: &mut [bool]) -> bool {
    let candidates = candidates(crowd, hidden);
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
fn add_step_by_step(crowd: &Crowd, hidden: &mut [bool]) -> bool {
    loop {
        let exposed = crowd.exposed(hidden);
        let Some(group) = exposed.first() else {
            return true;
        };
        let ways = ways(crowd, hidden, *group);
        let tried = (PATIENCE / cost(crowd, hidden).max(1)).max(FEWEST_CHOICES);
        let best = ways
            .iter()
            .take(tried)
            .min_by_key(|(_, size, way)| {
                let mut trial = hidden.to_vec();
                way.iter().for_each(|group| trial[*group] = true);
                let exposed = crowd.exposed(&trial);
                (exposed.contains(group), way.len() + exposed.len(), *size)
            })
            .map(|(_, _, way)| way.clone());
        // Where no way is left, all that may be is withheld.
        let last = best.is_none();
        let way = best.unwrap_or_else(|| candidates(crowd, hidden));
        way.iter().for_each(|group| hidden[*group] = true);
        if last {
            return crowd.hides_all(hidden);
        }
    }
}

/// The ways to bring people outside a group into one class with people inside it: how many
/// further groups must be withheld for it, how many rows they have, and which they are.
fn ways(crowd: &Crowd, hidden: &[bool], group: usize) -> Vec<(usize, u64, Vec<usize>)> {
    let signatures: Vec<Vec<usize>> = (0..crowd.kinds().len())
        .map(|kind| crowd.signature(kind, hidden))
        .collect();
    let (inside, outside): (Vec<usize>, Vec<usize>) = (0..signatures.len())
        .partition(|kind| crowd.kinds()[*kind].groups.binary_search(&group).is_ok());
    let distinct = |kinds: &[usize]| {
        let mut own: Vec<&Vec<usize>> = kinds.iter().map(|kind| &signatures[*kind]).collect();
        own.sort();
        own.dedup();
        own
    };
    let (inside, outside) = (distinct(&inside), distinct(&outside));
    let mut ways = Vec::new();
    for a in &inside {
        for b in &outside {
            let mut way: Vec<usize> = a.iter().filter(|g| !b.contains(g)).copied().collect();
            way.extend(b.iter().filter(|g| !a.contains(g)));
            way.sort_unstable();
            // What a reader knows anyhow is in every signature, withheld or not: a way of such
            // groups leads nowhere, and would be gone again and again.
            let leads_on = |group: &usize| {
                let place = crowd.places()[*group];
                place.may_hide && !place.known
            };
            if !way.is_empty() && way.iter().all(leads_on) {
                ways.push((way.len(), size(crowd, &way), way));
            }
        }
    }
    ways.sort();
    ways.dedup();
    ways
}

/// Publishes again, the largest first, what need not be withheld.
fn give_back(crowd: &Crowd, own: &[bool], hidden: &mut [bool]) {
    let mut further: Vec<usize> = (0..hidden.len())
        .filter(|group| hidden[*group] && !own[*group])
        .collect();
    further.sort_by_key(|group| std::cmp::Reverse((crowd.places()[*group].size, *group)));
    for group in further {
        hidden[group] = false;
        if !crowd.hides_all(hidden) {
            hidden[group] = true;
        }
    }
}

#[cfg(test)]
mod tests;
