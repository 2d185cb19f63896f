//! From an item's rows to the people behind it: who they are to a reader, and what they bring.

use super::answers::{alike, coarse, part_of};
use super::crowd::{Crowd, Kind, Place};
use super::threshold::Threshold;
use crate::assess::bands::by_kind;
use crate::assess::roll_up::people_in;
use crate::assessment::{Assessment, Membership, Reading};
use crate::check::Question;
use crate::data::{Column, Contributions};
use crate::national::BANDS;
use std::collections::{BTreeMap, BTreeSet};

/// The people behind an item in one table, and which groups their places stand for.
pub(super) struct Behind {
    pub crowd: Crowd,
    /// The group of each place; `None` for those whom a breakdown leaves over, of the whole or of a
    /// group, where they are too few for a figure.
    pub groups: Vec<Option<usize>>,
}

/// What is decided already of each group.
pub(super) struct Decided<'a> {
    /// Groups that have a figure, published or withheld.
    pub present: &'a [bool],
    /// Groups whose figures were published before.
    pub known: &'a [bool],
    /// Groups that are published whatever happens.
    pub exempt: &'a [bool],
}

/// The people who answered a question, or could have.
pub(super) fn of_question(
    assessment: &Assessment,
    question: &Question,
    threshold: Threshold,
    decided: &Decided<'_>,
) -> Option<Behind> {
    let membership = membership(assessment, "survey")?;
    let Some(Column::Answers { labels, .. }) = membership.table.column(&question.column) else {
        return None;
    };
    let mut kinds = blank(membership);
    for (kind, counts) in kinds
        .iter_mut()
        .zip(membership.answers.get(&question.column)?)
    {
        kind.people = counts.answered().into();
        kind.tallies = vec![
            counts
                .scored
                .iter()
                .map(|count| u64::from(*count))
                .collect(),
        ];
    }
    let steps = labels.len().saturating_sub(1).max(1) as f64;
    let scale = (0..labels.len())
        .map(|index| (100.0 * index as f64 / steps, part_of(index, labels.len())))
        .collect();
    Some(behind(
        assessment, membership, kinds, scale, threshold, decided,
    ))
}

/// The case holders of whom it is told how many hold how many cases.
pub(super) fn of_bands(
    assessment: &Assessment,
    threshold: Threshold,
    decided: &Decided<'_>,
) -> Option<Behind> {
    let membership = membership(assessment, "workers")?;
    let mut kinds = blank(membership);
    for (kind, counts) in kinds.iter_mut().zip(by_kind(membership)?) {
        kind.people = counts.answered().into();
        kind.tallies = vec![counts.scored.iter().map(|one| u64::from(*one)).collect()];
    }
    let scale = (0..BANDS).map(|band| (0.0, part_of(band, BANDS))).collect();
    let behind = behind(assessment, membership, kinds, scale, threshold, decided);
    Some(Behind {
        crowd: behind.crowd.without_points(),
        ..behind
    })
}

/// Those whose sheets there are, whatever they answered.
pub(super) fn of_sheets(
    assessment: &Assessment,
    threshold: Threshold,
    decided: &Decided<'_>,
) -> Option<Behind> {
    let membership = membership(assessment, "survey")?;
    let mut kinds = blank(membership);
    for kind in membership.kind_of.iter().flatten() {
        kinds[kind as usize].people += 1;
    }
    let scale = Vec::new();
    Some(behind(
        assessment, membership, kinds, scale, threshold, decided,
    ))
}

/// The people on whom a measure rests, once for each table that it reads row by row.
pub(super) fn of_measure(
    assessment: &Assessment,
    whole: &Reading,
    threshold: Threshold,
    decided: &Decided<'_>,
) -> Vec<Behind> {
    let tables: BTreeSet<&str> = whole
        .contributions
        .iter()
        .map(|part| part.table.as_str())
        .collect();
    tables
        .into_iter()
        .filter_map(|table| {
            let membership = membership(assessment, table)?;
            let parts: Vec<&Contributions> = whole
                .contributions
                .iter()
                .filter(|part| part.table == table)
                .collect();
            let kinds = contributing(membership, &parts);
            Some(behind(
                assessment,
                membership,
                kinds,
                Vec::new(),
                threshold,
                decided,
            ))
        })
        .collect()
}

/// Those by whom two figures of the same people differ, so many of each kind. `is_known` tells of a group and
/// how many of them it has whether a reader knows that number, whatever is decided.
pub(super) fn of_differing(
    assessment: &Assessment,
    membership: &Membership,
    people: &[u64],
    decided: &Decided<'_>,
    is_known: impl Fn(usize, u64) -> bool,
) -> Behind {
    let mut kinds = blank(membership);
    for (kind, people) in kinds.iter_mut().zip(people) {
        kind.people = *people;
    }
    let (scale, threshold) = (Vec::new(), Threshold::OF_DIFFERENCES);
    let mut behind = behind(assessment, membership, kinds, scale, threshold, decided);
    let groups = &behind.groups;
    let is_known = |at: usize, people: u64| groups[at].is_some_and(|group| is_known(group, people));
    behind.crowd.set_known(is_known);
    behind
}

fn membership<'a>(assessment: &'a Assessment, table: &str) -> Option<&'a Membership> {
    let mut all = assessment.memberships.iter();
    all.find(|membership| membership.table.id == table)
}

fn blank(membership: &Membership) -> Vec<Kind> {
    vec![Kind::default(); membership.kinds.len()]
}

/// What each kind of people brings to the figures of a measure.
fn contributing(membership: &Membership, parts: &[&Contributions]) -> Vec<Kind> {
    let mut kinds = blank(membership);
    // A measure rests on as many as it uses where it uses fewest.
    if let Some(fewest) = parts.iter().min_by_key(|part| part.rows.len()) {
        for row in fewest.rows.iter() {
            if let Some(kind) = membership.kind_of.get(*row as usize) {
                kinds[kind as usize].people += people_in(&membership.table, *row as usize);
            }
        }
    }
    for part in parts {
        for kind in &mut kinds {
            if part.counted {
                kind.tallies.push(vec![0; 2]);
            } else {
                kind.amounts.push(0.0);
            }
        }
        for (row, value) in part.rows.iter().zip(part.values.iter()) {
            let Some(kind) = membership.kind_of.get(*row as usize) else {
                continue;
            };
            let kind = &mut kinds[kind as usize];
            if part.counted {
                if let Some(tally) = kind.tallies.last_mut() {
                    tally[usize::from(*value != 0.0)] += 1;
                }
            } else if let Some(amount) = kind.amounts.last_mut() {
                *amount += value.abs();
            }
        }
    }
    kinds
}

/// Numbers the groups that have a figure, and adds those whom a breakdown leaves over.
fn behind(
    assessment: &Assessment,
    membership: &Membership,
    mut kinds: Vec<Kind>,
    scale: Vec<(f64, usize)>,
    threshold: Threshold,
    decided: &Decided<'_>,
) -> Behind {
    let rows = &membership.people;
    let mut groups: Vec<Option<usize>> = Vec::new();
    let mut places = Vec::new();
    let mut place_of = vec![None; assessment.groups.len()];
    for group in membership.groups.iter().copied() {
        let rolled = assessment.groups[group].is_rolled();
        if !decided.present[group] {
            continue;
        }
        place_of[group] = Some(places.len());
        groups.push(Some(group));
        places.push(Place {
            size: 0,
            // The whole goes last, and only where withholding all else is not enough.
            may_hide: group != 0 && !rolled && !decided.known[group] && !decided.exempt[group],
            scope: assessment.groups[group].service.is_some(),
            known: decided.known[group] || decided.exempt[group],
            rolled,
            sized: false,
        });
    }
    for (kind, lies_in) in membership.kinds.iter().enumerate() {
        for place in lies_in.iter().filter_map(|group| place_of[*group]) {
            kinds[kind].groups.push(place);
            places[place].size += rows[kind];
        }
    }
    for left_over in left_over(assessment, membership) {
        let people: u64 = left_over.iter().map(|kind| kinds[*kind].people).sum();
        if people > 0 && is_too_small(&kinds, &left_over, people, !scale.is_empty(), threshold) {
            let size = left_over.iter().map(|kind| rows[*kind]).sum();
            left_over
                .iter()
                .for_each(|kind| kinds[*kind].groups.push(places.len()));
            groups.push(None);
            places.push(Place {
                size,
                may_hide: false,
                scope: false,
                known: false,
                rolled: false,
                sized: false,
            });
        }
    }
    Behind {
        crowd: Crowd::new(kinds, places, threshold.people().into(), scale),
        groups,
    }
}

/// Those who are left when groups of one breakdown are taken away from groups of another that hold
/// them all: for each group, those that hold its people together, less every group of its breakdown
/// that they hold. Of the whole they are whom a breakdown leaves out. Each set of kinds once.
fn left_over(assessment: &Assessment, membership: &Membership) -> BTreeSet<Vec<usize>> {
    let breakdown = |group: usize| assessment.groups[group].breakdown.as_str();
    let mut held: BTreeMap<&str, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (kind, lies_in) in membership.kinds.iter().enumerate() {
        for group in lies_in {
            let own = held.entry(breakdown(*group)).or_default();
            own.entry(*group).or_default().push(kind);
        }
    }
    let mut left_over = BTreeSet::new();
    for (own, groups) in &held {
        for (other, holders) in held.iter().filter(|(other, _)| *other != own) {
            let touched = |kinds: &Vec<usize>| -> BTreeSet<usize> {
                let lies_in = kinds.iter().flat_map(|kind| &membership.kinds[*kind]);
                let holders = lies_in.filter(|group| breakdown(**group) == *other);
                holders.copied().collect()
            };
            let covers: BTreeSet<BTreeSet<usize>> = groups.values().map(touched).collect();
            for cover in covers {
                // Whom it holds, but for those of groups that it holds whole.
                let mut left = vec![false; membership.kinds.len()];
                for kind in cover.iter().flat_map(|holder| &holders[holder]) {
                    left[*kind] = true;
                }
                let is_whole = |kinds: &&Vec<usize>| kinds.iter().all(|kind| left[*kind]);
                let whole: Vec<&Vec<usize>> = groups.values().filter(is_whole).collect();
                for kind in whole.iter().copied().flatten() {
                    left[*kind] = false;
                }
                let left: Vec<usize> = (0..left.len()).filter(|kind| left[*kind]).collect();
                if !left.is_empty() && !whole.is_empty() {
                    left_over.insert(left);
                }
            }
        }
    }
    left_over
}

fn is_too_small(
    kinds: &[Kind],
    those: &[usize],
    people: u64,
    answers: bool,
    threshold: Threshold,
) -> bool {
    if !threshold.allows(people) || !answers {
        return !threshold.allows(people);
    }
    let mut counts = vec![0_u32; kinds[those[0]].tallies[0].len()];
    for kind in those {
        for (all, own) in counts.iter_mut().zip(&kinds[*kind].tallies[0]) {
            *all += u32::try_from(*own).unwrap_or(u32::MAX);
        }
    }
    alike(&counts, false) || alike(&coarse(&counts), false)
}
