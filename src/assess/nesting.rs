//! How groups lie within one another: what a reader may take for granted when adding and
//! subtracting. Groups and who lies in them in; which hold which, and which add up, out.

use crate::assessment::{Group, Membership};
use std::collections::{BTreeMap, BTreeSet};

/// Of each group whether the groups of its breakdown hold everybody exactly once, in every table
/// that they tell apart. Those that only roll others up stand beside the breakdown, not in it.
pub(super) fn adding_up(groups: &[Group], memberships: &[Membership]) -> Vec<bool> {
    let mut breakdowns: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of = Vec::new();
    for group in groups {
        let next = breakdowns.len();
        let number = || *breakdowns.entry(&group.breakdown).or_insert(next);
        of.push((!group.is_rolled()).then(number));
    }
    let mut adds_up = vec![true; breakdowns.len()];
    for table in memberships {
        let told_apart: BTreeSet<usize> = table.groups.iter().filter_map(|at| of[*at]).collect();
        for kind in &table.kinds {
            let mut times = vec![0; breakdowns.len()];
            let own = kind.iter().filter_map(|at| of[*at]);
            own.for_each(|breakdown| times[breakdown] += 1);
            for breakdown in &told_apart {
                adds_up[*breakdown] &= times[*breakdown] == 1;
            }
        }
    }
    of.into_iter()
        .map(|breakdown| breakdown.is_some_and(|breakdown| adds_up[breakdown]))
        .collect()
}

/// Of each group the groups of other breakdowns that hold everybody in it, as anybody may know;
/// ascending. That the whole does goes without saying.
///
/// That every team lies in one service is how a council is made. That the one person of some
/// faith works in some team, and is of some age, is that person's own affair, and would be
/// told of each small group by the groups that happen to hold it. So a breakdown lies within
/// another one where its groups of enough people do, but for a quarter of their people at most;
/// what the groups of other breakdowns lie in is nobody's to know.
pub(super) fn within(
    groups: &[Group],
    memberships: &[Membership],
    threshold: u64,
) -> Vec<Vec<usize>> {
    let breakdown = |group: usize| groups[group].breakdown.as_str();
    let is_own = |group: usize| group != 0 && !groups[group].is_rolled();
    let shared = Shared::of(groups.len(), memberships);
    let holders = |group: usize| {
        (1..groups.len())
            .filter(|other| group != 0 && breakdown(*other) != breakdown(group) && is_own(*other))
            .filter(|other| shared.holds[group][*other] == Some(true))
            .collect()
    };
    let holders_of: Vec<Vec<usize>> = (0..groups.len()).map(holders).collect();
    // Of two breakdowns: the people in groups of enough, and those of them in groups that lie
    // within one.
    let mut pairs: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
    let large = |group: &usize| is_own(*group) && shared.people[*group] >= threshold;
    for group in (0..groups.len()).filter(large) {
        let told_apart = (1..groups.len()).filter(|other| shared.holds[group][*other].is_some());
        let others: BTreeSet<&str> = told_apart.map(breakdown).collect();
        for other in others {
            let mut own = holders_of[group].iter();
            let lies_within = own.any(|holder| breakdown(*holder) == other);
            let (people, inside) = pairs.entry((breakdown(group), other)).or_default();
            *people += shared.people[group];
            *inside += shared.people[group] * u64::from(lies_within);
        }
    }
    let is_made_so = |group: usize, holder: usize| {
        let pair = pairs.get(&(breakdown(group), breakdown(holder)));
        pair.is_some_and(|(people, inside)| *inside > 0 && 4 * inside >= 3 * people)
    };
    holders_of
        .into_iter()
        .enumerate()
        .map(|(group, mut holders)| {
            holders.retain(|holder| is_made_so(group, *holder));
            holders
        })
        .collect()
}

/// Who lies with whom.
struct Shared {
    /// Of two groups: whether everybody in the first lies in the second, in every table that
    /// tells both apart; `None` where none does.
    holds: Vec<Vec<Option<bool>>>,
    /// How many people each group has, in the table where it has most.
    people: Vec<u64>,
}

impl Shared {
    fn of(groups: usize, memberships: &[Membership]) -> Self {
        let mut holds = vec![vec![None; groups]; groups];
        let mut most = vec![0; groups];
        for table in memberships {
            let mut people = vec![0; groups];
            // Of each group the others that hold all of it so far.
            let mut together: Vec<Option<Vec<bool>>> = vec![None; groups];
            for (kind, own) in table.kinds.iter().zip(&table.people) {
                let mut lies_in = vec![false; groups];
                kind.iter().for_each(|group| lies_in[*group] = true);
                for group in kind {
                    people[*group] += own;
                    match &mut together[*group] {
                        Some(all) => all
                            .iter_mut()
                            .zip(&lies_in)
                            .for_each(|(all, is)| *all &= is),
                        none => *none = Some(lies_in.clone()),
                    }
                }
            }
            for group in &table.groups {
                most[*group] = people[*group].max(most[*group]);
                let Some(together) = &together[*group] else {
                    continue;
                };
                for other in &table.groups {
                    let so_far = holds[*group][*other].unwrap_or(true);
                    holds[*group][*other] = Some(so_far && together[*other]);
                }
            }
        }
        Self {
            holds,
            people: most,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::assess::test_council::TestCouncil;
    use crate::assessment::Group;
    use crate::national::Service::{Adults, Children};

    #[test]
    fn a_team_lies_within_the_service_that_holds_all_of_it_and_teams_add_up() {
        let council = TestCouncil::new(&[Children, Adults])
            .questions("welfare", 1)
            .by_team()
            .sheets(3, Some(Children), Some("East"), &[Some(1)])
            .sheets(9, Some(Adults), Some("East"), &[Some(1)])
            .sheets(50, Some(Adults), Some("West"), &[Some(1)])
            .sheets(2, Some(Children), Some("Few"), &[Some(1)]);
        let found = council.assess();
        let within = |group: usize| found.within[group].clone();
        let at = |name: &str| {
            found
                .groups
                .iter()
                .position(|group| group.name == name)
                .unwrap()
        };
        assert_eq!(within(at("West")), [at("adults")]);
        assert_eq!(within(at("Few")), [at("children")]);
        assert_eq!(within(at("East")), Vec::<usize>::new());
        assert_eq!(within(at("whole")), Vec::<usize>::new());
        assert!(found.adds_up[at("East")] && found.adds_up[at("adults")]);
    }

    #[test]
    fn what_holds_a_small_group_by_chance_is_nobodys_to_know() {
        let council = TestCouncil::new(&[Children, Adults])
            .questions("welfare", 1)
            .by_team()
            .sheets(30, Some(Children), Some("East"), &[Some(1)])
            .sheets(30, Some(Adults), Some("East"), &[Some(1)])
            .sheets(12, Some(Adults), Some("West"), &[Some(1)])
            .sheets(1, Some(Children), Some("One"), &[Some(1)]);
        let found = council.assess();
        assert!(found.within.iter().all(Vec::is_empty));
    }

    #[test]
    fn services_that_leave_a_sheet_out_do_not_add_up_and_teams_that_leave_none_do() {
        let council = TestCouncil::new(&[Children, Adults])
            .questions("welfare", 1)
            .by_team()
            .sheets(30, Some(Children), Some("East"), &[Some(1)])
            .sheets(12, Some(Adults), Some("West"), &[Some(1)])
            .sheets(14, None, Some("North"), &[Some(1)]);
        let found = council.assess();
        for (group, adds_up) in found.groups.iter().zip(&found.adds_up) {
            assert_eq!(*adds_up, group.service.is_none(), "{}", group.name);
        }
    }

    #[test]
    fn what_is_rolled_together_stands_beside_a_breakdown_that_adds_up() {
        let council = TestCouncil::new(&[Adults])
            .questions("welfare", 1)
            .by_team()
            .sheets(5, Some(Adults), Some("East"), &[Some(1)])
            .sheets(6, Some(Adults), Some("West"), &[Some(1)])
            .sheets(20, Some(Adults), Some("North"), &[Some(1)]);
        let found = council.assess();
        assert!(found.groups.iter().any(Group::is_rolled));
        for (group, adds_up) in found.groups.iter().zip(&found.adds_up) {
            assert_eq!(*adds_up, !group.is_rolled(), "{}", group.name);
        }
    }
}
