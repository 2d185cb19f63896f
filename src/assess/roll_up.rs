//! Which small groups are rolled together, so that something can be said of them: the groups
//! of every breakdown in, further groups out, each of several of them as one.
//!
//! Sizes decide, and never what anybody answered: rows of each table, and head counts of
//! totals. Whether anything is published of a group that is rolled together is decided later,
//! by the rules for any group.

use super::groups::Selection;
use super::members::memberships;
use super::nesting::{adding_up, within};
use crate::assessment::{Group, Membership};
use crate::check::HealthCheck;
use crate::data::{Cell, Table};
use crate::publication::Publication;
use std::collections::{BTreeMap, BTreeSet};

/// Groups that may be rolled together: the size of each, and which it is.
type Family = Vec<(u64, usize)>;

/// Adds one further group for each roll-up; gives who lies in which of all groups.
pub(super) fn rolled(
    check: &HealthCheck,
    selections: &mut Vec<Selection>,
    releases: &[Publication],
) -> Vec<Membership> {
    let threshold = check.council().fewest_people().into();
    let sizes = Sizes::of(selections, threshold);
    let mut rolled: BTreeSet<Vec<usize>> = sizes.told_before(releases);
    for table in &sizes.memberships {
        for together in sizes.families(table) {
            rolled.extend(roll_up(&together, threshold));
        }
    }
    let not_there_yet = |rolls: &Vec<usize>| !sizes.is_a_group(rolls);
    let further: Vec<Selection> = rolled
        .into_iter()
        .filter(not_there_yet)
        .filter_map(|rolls| together(selections, rolls))
        .collect();
    if further.is_empty() {
        return sizes.memberships;
    }
    selections.extend(further);
    memberships(selections)
}

/// The small groups of some, with the next larger one where they are too few without it: size
/// and group of each in, the groups to roll together out.
fn roll_up(family: &[(u64, usize)], threshold: u64) -> Option<Vec<usize>> {
    let mut by_size = family.to_vec();
    by_size.sort_unstable();
    let small = by_size.iter().take_while(|(size, _)| *size < threshold);
    let mut count = small.clone().count();
    if count == 0 {
        return None;
    }
    let people: u64 = small.map(|(size, _)| size).sum();
    if count == 1 || people < threshold {
        count += 1;
    }
    let mut rolls: Vec<usize> = by_size.get(..count)?.iter().map(|(_, at)| *at).collect();
    rolls.sort_unstable();
    Some(rolls)
}

/// A selection of all the rows of some groups; `None` if one of the breakdown's own groups is
/// called what it would be called.
fn together(selections: &[Selection], rolls: Vec<usize>) -> Option<Selection> {
    let parts: Vec<&Selection> = rolls.iter().map(|group| &selections[*group]).collect();
    let names: Vec<&str> = parts.iter().map(|part| part.group.name.as_str()).collect();
    let group = Group {
        breakdown: parts.first()?.group.breakdown.clone(),
        name: names.join(" + "),
        service: None,
        rolls,
    };
    let is_taken = |other: &Selection| {
        other.group.breakdown == group.breakdown && other.group.name == group.name
    };
    let taken = selections.iter().any(is_taken);
    (!taken).then(|| Selection::together(group, &parts))
}

/// How large groups are, and how they lie within one another.
struct Sizes {
    groups: Vec<Group>,
    memberships: Vec<Membership>,
    /// Of each group those that hold it.
    within: Vec<Vec<usize>>,
    /// Of each group whether its breakdown adds up.
    adds_up: Vec<bool>,
}

impl Sizes {
    fn of(selections: &[Selection], threshold: u64) -> Self {
        let groups: Vec<Group> = selections.iter().map(|s| s.group.clone()).collect();
        let memberships = memberships(selections);
        Self {
            within: within(&groups, &memberships, threshold),
            adds_up: adding_up(&groups, &memberships),
            groups,
            memberships,
        }
    }

    /// The groups of each breakdown that lie within the same groups of others, with the size
    /// of each in a table. The services are what carries the rest.
    fn families(&self, table: &Membership) -> Vec<Family> {
        let mut size: BTreeMap<usize, u64> = BTreeMap::new();
        for (kind, people) in table.kinds.iter().zip(&table.people) {
            for group in kind {
                *size.entry(*group).or_default() += people;
            }
        }
        let mut families: BTreeMap<(&str, &[usize]), Family> = BTreeMap::new();
        for (group, size) in size.into_iter().filter(|(_, size)| *size > 0) {
            let own = &self.groups[group];
            let may = group != 0 && own.service.is_none();
            if may && self.adds_up[group] {
                let family = (own.breakdown.as_str(), self.within[group].as_slice());
                families.entry(family).or_default().push((size, group));
            }
        }
        families.into_values().collect()
    }

    /// Whether one group holds the same people as these together, in every table.
    fn is_a_group(&self, rolls: &[usize]) -> bool {
        let is_same = |group: usize| {
            let shared = |table: &&Membership| table.groups.contains(&rolls[0]);
            self.memberships.iter().filter(shared).all(|table| {
                let same = |kind: &Vec<usize>| {
                    kind.contains(&group) == kind.iter().any(|own| rolls.contains(own))
                };
                table.groups.contains(&group) && table.kinds.iter().all(same)
            })
        };
        (0..self.groups.len()).any(is_same)
    }

    /// What releases rolled together of groups that are there still.
    fn told_before(&self, releases: &[Publication]) -> BTreeSet<Vec<usize>> {
        let find = |breakdown: &str, name: &String| {
            let is = |group: &Group| group.breakdown == breakdown && group.name == *name;
            self.groups.iter().position(is)
        };
        let before = releases.iter().flat_map(|release| &release.groups);
        before
            .filter(|group| group.rolls.len() > 1)
            .filter_map(|group| {
                let parts = group.rolls.iter().map(|name| find(&group.breakdown, name));
                parts.collect()
            })
            .collect()
    }
}

/// How many people a row stands for: one, or of totals the head count.
pub(crate) fn people_in(table: &Table, row: usize) -> u64 {
    if table.id != "workforce" {
        return 1;
    }
    let number = |column: &str| match table.cell(column, row) {
        Cell::Number(number) => Some(number.max(0.0).floor() as u64),
        Cell::Missing(_) | Cell::Words(_) => None,
    };
    number("in_post_headcount")
        .or_else(|| number("in_post_fte"))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::assess::test_council::TestCouncil;
    use crate::assessment::Assessment;
    use crate::national::Service::{self, Adults, Children};

    /// Teams of adults' services, or of the service named, and how many sheets each.
    fn rolled_of(services: &[Service], teams: &[(Service, &'static str, usize)]) -> Vec<String> {
        let mut council = TestCouncil::new(services).questions("welfare", 1).by_team();
        for (service, team, sheets) in teams {
            council = council.sheets(*sheets, Some(*service), Some(team), &[Some(1)]);
        }
        names(&council.assess())
    }

    fn names(found: &Assessment) -> Vec<String> {
        let rolled = found.groups.iter().filter(|group| group.is_rolled());
        rolled.map(|group| group.name.clone()).collect()
    }

    #[test]
    fn small_teams_are_rolled_together_with_the_next_one_only_where_they_are_too_few() {
        for (teams, expected) in [
            (vec![("A", 12), ("B", 14), ("C", 20)], vec![]),
            (
                vec![("A", 5), ("B", 5), ("C", 20), ("D", 20)],
                vec!["A + B"],
            ),
            (
                vec![("A", 5), ("B", 4), ("C", 20), ("D", 30)],
                vec!["A + B + C"],
            ),
            (
                vec![("A", 9), ("B", 30), ("C", 20), ("D", 21)],
                vec!["A + C"],
            ),
            // All of them are the whole, which has figures of its own.
            (vec![("A", 9), ("B", 8)], vec![]),
            (vec![("A", 9), ("B", 12)], vec![]),
        ] {
            let teams: Vec<_> = teams.into_iter().map(|(t, n)| (Adults, t, n)).collect();
            assert_eq!(rolled_of(&[Adults], &teams), expected, "{teams:?}");
        }
    }

    #[test]
    fn teams_are_rolled_together_within_the_service_that_holds_them() {
        let teams = [
            (Children, "A", 6),
            (Children, "B", 7),
            (Children, "C", 20),
            (Adults, "D", 3),
            (Adults, "E", 15),
            (Adults, "F", 16),
        ];
        let both = [Children, Adults];
        assert_eq!(rolled_of(&both, &teams), ["A + B", "D + E"]);
    }
}
