//! Measures of the same people beside one another: what each takes of each row in; groups out in which
//! the council's own figure would differ from another by one or two people, and so is withheld.
//!
//! A caseload of all and one of all but the newly qualified tell, in a team with one of these, that
//! one's cases. Whose figures differ is counted from the rows, whatever the formulas say. The other
//! figure is taken as told of every group: it may be, here or in an earlier release.

use super::OfItem;
use crate::assess::roll_up::people_in;
use crate::assessment::{Membership, Reading};
use crate::data::Contributions;
use crate::disclose::threshold::Verdict;
use crate::national::is_one_or_two;
use std::collections::{BTreeMap, BTreeSet};

impl OfItem<'_> {
    /// Withholds the council's own figure wherever it would stand one or two people apart from that
    /// of another formula. `before` tells of which items the figures go first: what is told already,
    /// and else what the script names first.
    pub(super) fn keep_apart(&self, before: impl Fn(usize) -> bool, verdicts: &mut [Verdict]) {
        if self.item.own_formula().is_none() {
            return;
        }
        let own = &self.assessment.findings[self.range.start].local;
        let others = self.other_readings(before);
        for membership in &self.assessment.memberships {
            let of_table = |reading: &Reading| -> Vec<Taken> {
                let parts = reading.contributions.iter();
                let parts = parts.filter(|part| part.table == membership.table.id);
                parts
                    .map(|part| Taken::of(part, membership.table.len))
                    .collect()
            };
            let own = of_table(own);
            let mut seen: Vec<Vec<u64>> = Vec::new();
            for other in others.iter().flat_map(|other| of_table(other)) {
                let complement = other.complement();
                for (own, other) in own
                    .iter()
                    .flat_map(|own| [Some(&other), complement.as_ref()].map(|other| (own, other)))
                {
                    let people = other.and_then(|other| own.differing(other, membership));
                    seen.extend(people.filter(|people| !seen.contains(people)));
                }
            }
            for people in seen {
                self.withhold_few(&Differing::new(self, membership, people), verdicts);
            }
        }
    }

    /// What other formulas give for the whole: the nation's, and the council's own that go first.
    fn other_readings(&self, before: impl Fn(usize) -> bool) -> Vec<&Reading> {
        let findings = self.assessment.findings.iter();
        findings
            .filter(|finding| finding.group == 0)
            .flat_map(|finding| {
                let local = before(finding.item).then_some(&finding.local);
                finding.national.iter().chain(local)
            })
            .collect()
    }

    /// Withholds the council's own figure group by group, until nothing that is told of it differs
    /// by one or two people.
    fn withhold_few(&self, differing: &Differing<'_>, verdicts: &mut [Verdict]) {
        let mut withheld: Vec<usize> = Vec::new();
        loop {
            let is_told = |group: &usize| {
                let mut range = self.range.clone();
                let at = range.find(|at| self.assessment.findings[*at].group == *group);
                at.filter(|at| self.assessment.findings[*at].local.people.is_some())
                    .is_some_and(|at| !verdicts[at].local)
            };
            let groups = differing.members.keys().copied();
            let told: Vec<usize> = groups.filter(is_told).collect();
            let further = (differing.itself_few(&told))
                .or_else(|| differing.leaving_few(&told))
                .or_else(|| differing.beside_the_only(&withheld, &told));
            let Some(group) = further else {
                return;
            };
            let mut range = self.range.clone();
            let at = range.find(|at| self.assessment.findings[*at].group == group);
            at.iter().for_each(|at| verdicts[*at].local = true);
            withheld.push(group);
        }
    }
}

/// Those by whom two figures differ, in every group.
struct Differing<'a> {
    of: &'a OfItem<'a>,
    membership: &'a Membership,
    /// The kinds of people in each group.
    members: BTreeMap<usize, Vec<usize>>,
    /// How many of each kind.
    people: Vec<u64>,
}

impl<'a> Differing<'a> {
    fn new(of: &'a OfItem<'a>, membership: &'a Membership, people: Vec<u64>) -> Self {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (kind, groups) in membership.kinds.iter().enumerate() {
            for group in groups {
                members.entry(*group).or_default().push(kind);
            }
        }
        Self {
            of,
            membership,
            members,
            people,
        }
    }

    fn are_few(&self, kinds: impl IntoIterator<Item = usize>) -> bool {
        let people = kinds.into_iter().map(|kind| self.people[kind]);
        is_one_or_two(people.sum::<u64>())
    }

    fn breakdown(&self, group: usize) -> &str {
        &self.of.assessment.groups[group].breakdown
    }

    /// The smallest of some groups that a reader does not know already.
    fn smallest(&self, groups: impl IntoIterator<Item = usize>) -> Option<usize> {
        let size = |group: usize| -> u64 {
            let kinds = self.members[&group].iter();
            kinds.map(|kind| self.membership.people[*kind]).sum()
        };
        let may_go = groups.into_iter().filter(|group| !self.of.known[*group]);
        may_go.min_by_key(|group| (size(*group), *group))
    }

    /// A group in which they are one or two.
    fn itself_few(&self, told: &[usize]) -> Option<usize> {
        let few = |group: &usize| self.are_few(self.members[group].iter().copied());
        self.smallest(told.iter().copied().filter(few))
    }

    /// Where the groups of a breakdown leave one or two of those of another that hold them: one of
    /// these groups.
    fn leaving_few(&self, told: &[usize]) -> Option<usize> {
        let mut by_breakdown: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for group in told {
            let own = by_breakdown.entry(self.breakdown(*group)).or_default();
            own.insert(*group);
        }
        let pairs = by_breakdown.iter().flat_map(|(own, groups)| {
            let others = by_breakdown.iter().filter(move |(other, _)| *other != own);
            others.map(move |(_, holders)| (groups, holders))
        });
        for (groups, holders) in pairs {
            let holders_of = |group: &usize| -> BTreeSet<usize> {
                let kinds = self.members[group].iter();
                let lies_in = kinds.flat_map(|kind| &self.membership.kinds[*kind]);
                lies_in
                    .copied()
                    .filter(|one| holders.contains(one))
                    .collect()
            };
            let covers: BTreeSet<BTreeSet<usize>> = groups.iter().map(holders_of).collect();
            for cover in covers {
                let mut left: BTreeSet<usize> = cover
                    .iter()
                    .flat_map(|holder| self.members[holder].iter().copied())
                    .collect();
                let is_inside = |group: &&usize| {
                    let mut kinds = self.members[*group].iter();
                    kinds.all(|kind| left.contains(kind))
                };
                let inside: Vec<usize> = groups.iter().filter(is_inside).copied().collect();
                for kind in inside.iter().flat_map(|group| &self.members[group]) {
                    left.remove(kind);
                }
                if inside.is_empty() || !self.are_few(left) {
                    continue;
                }
                let further = self.smallest(inside).or_else(|| self.smallest(cover));
                if further.is_some() {
                    return further;
                }
            }
        }
        None
    }

    /// Another group, where one alone would tell by being withheld that it has one or two.
    fn beside_the_only(&self, withheld: &[usize], told: &[usize]) -> Option<usize> {
        let [only] = withheld else {
            return None;
        };
        let beside = |group: &&usize| self.breakdown(**group) == self.breakdown(*only);
        let in_all = self.members.keys().filter(beside).count();
        let in_told: Vec<usize> = told.iter().filter(beside).copied().collect();
        // It is the only one of its breakdown of which nothing is told.
        let is_alone = in_told.len() + 1 == in_all;
        is_alone.then(|| self.smallest(in_told)).flatten()
    }
}

/// What a formula takes of each row; nothing of those that it passes over.
struct Taken {
    of_row: Vec<Option<f64>>,
    /// Whether it is 1 or 0 of each.
    counts: bool,
}

impl Taken {
    fn of(part: &Contributions, rows: usize) -> Self {
        let mut of_row = vec![None; rows];
        for (row, value) in part.rows.iter().zip(part.values.iter()) {
            of_row[*row as usize] = Some(*value);
        }
        let counts = part
            .values
            .iter()
            .all(|value| *value == 0.0 || *value == 1.0);
        Self { of_row, counts }
    }

    /// Those who are not counted, where it counts.
    fn complement(&self) -> Option<Self> {
        self.counts.then(|| Self {
            of_row: self
                .of_row
                .iter()
                .map(|one| one.map(|one| 1.0 - one))
                .collect(),
            counts: true,
        })
    }

    /// How many people of each kind it takes otherwise than another, if the two are about the same: one
    /// passes over rows that the other takes, or counts some that the other does not and none the
    /// other way round, or most is the same.
    fn differing(&self, other: &Self, membership: &Membership) -> Option<Vec<u64>> {
        let mut of_kind = vec![0; membership.kinds.len()];
        let (mut same, mut up, mut down, mut one_alone) = (0_u64, 0_u64, 0_u64, 0_u64);
        for (row, (own, other)) in self.of_row.iter().zip(&other.of_row).enumerate() {
            let Some(kind) = membership.kind_of.get(row) else {
                continue;
            };
            match (own, other) {
                (None, None) => continue,
                (Some(own), Some(other)) if own == other => {
                    same += 1;
                    continue;
                }
                (Some(own), Some(other)) if own > other => up += 1,
                (Some(_), Some(_)) => down += 1,
                _ => one_alone += 1,
            }
            of_kind[kind as usize] += people_in(&membership.table, row);
        }
        let is_nested = self.counts && other.counts && up.min(down) == 0;
        let is_about_the_same = up + down == 0 || is_nested || up + down + one_alone <= same;
        (same > 0 && is_about_the_same && up + down + one_alone > 0).then_some(of_kind)
    }
}
