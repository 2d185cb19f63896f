//! What is withheld besides, so that a withheld group cannot be had by taking its
//! neighbours from the whole.
//!
//! In each breakdown of an item, either nothing is withheld, or at least two groups are, of
//! as many people together as the threshold asks. The smallest groups go first, so that as
//! little as possible is lost. This stops the plain subtraction within one breakdown;
//! a planner over all breakdowns and earlier releases together is a work of its own.

use super::threshold::{Threshold, Verdict};
use crate::assessment::{Assessment, Finding, Reading};
use crate::check::{HealthCheck, Kind};
use crate::national::ABOUT_THINGS;
use std::collections::BTreeMap;

/// Adds to the verdicts what must be withheld beside them.
pub(super) fn withhold(
    threshold: Threshold,
    check: &HealthCheck,
    assessment: &Assessment,
    verdicts: &mut [Verdict],
) {
    // Item and breakdown → the findings of its groups.
    let mut families: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (index, finding) in assessment.findings.iter().enumerate() {
        let item = &check.items()[finding.item];
        let breakdown = assessment.groups[finding.group].breakdown.as_str();
        let of_people = !matches!(item.local.kind, Kind::Statement)
            && !ABOUT_THINGS.contains(&item.id.as_str());
        if of_people && breakdown != "whole" {
            families
                .entry((finding.item, breakdown))
                .or_default()
                .push(index);
        }
    }
    for family in families.values() {
        let national: Vec<(usize, &Reading)> = family
            .iter()
            .filter_map(|index| Some((*index, assessment.findings[*index].national.as_ref()?)))
            .collect();
        let add = further(threshold, &national, |index| verdicts[index].national);
        add.into_iter()
            .for_each(|index| verdicts[index].national = true);
        let local: Vec<(usize, &Reading)> = family
            .iter()
            .map(|index| (*index, local(&assessment.findings[*index])))
            .collect();
        let add = further(threshold, &local, |index| verdicts[index].local);
        add.into_iter()
            .for_each(|index| verdicts[index].local = true);
    }
}

fn local(finding: &Finding) -> &Reading {
    &finding.local
}

/// The further findings of one family to withhold.
fn further(
    threshold: Threshold,
    family: &[(usize, &Reading)],
    is_withheld: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let people = |reading: &Reading| reading.people.unwrap_or(0);
    let (withheld, mut open): (Vec<_>, Vec<_>) = family
        .iter()
        .filter(|(_, reading)| people(reading) > 0)
        .partition(|(index, _)| is_withheld(*index));
    if withheld.is_empty() {
        return Vec::new();
    }
    open.sort_by_key(|(index, reading)| (people(reading), *index));
    let mut together: u64 = withheld.iter().map(|(_, reading)| people(reading)).sum();
    let mut further = Vec::new();
    for (index, reading) in open {
        if withheld.len() + further.len() >= 2 && threshold.allows(together) {
            break;
        }
        together += people(reading);
        further.push(index);
    }
    further
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::WhyNot;
    use crate::missing::Missing;

    fn groups(people: &[u64]) -> Vec<Reading> {
        people
            .iter()
            .map(|people| Reading {
                people: Some(*people),
                ..Reading::without(Missing::NotAvailable, WhyNot::NothingToCount)
            })
            .collect()
    }

    fn also(people: &[u64], withheld: &[usize]) -> Vec<usize> {
        let groups = groups(people);
        let family: Vec<(usize, &Reading)> = groups.iter().enumerate().collect();
        further(Threshold::of_people(10), &family, |index| {
            withheld.contains(&index)
        })
    }

    #[test]
    fn one_withheld_group_takes_the_smallest_other_with_it() {
        assert_eq!(also(&[4, 30, 12, 50], &[0]), [2]);
    }

    #[test]
    fn two_withheld_groups_that_together_reach_the_threshold_suffice() {
        assert_eq!(also(&[4, 6, 30, 50], &[0, 1]), Vec::<usize>::new());
        assert_eq!(also(&[4, 5, 30, 50], &[0, 1]), [2]);
    }

    #[test]
    fn nothing_withheld_or_nobody_there_takes_nothing_with_it() {
        assert_eq!(also(&[14, 30, 12], &[]), Vec::<usize>::new());
        assert_eq!(also(&[0, 30, 12], &[0]), Vec::<usize>::new());
    }
}
