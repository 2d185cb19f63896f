//! How groups hold one another: groups of releases in, sums out.
//!
//! A breakdown that adds up holds everybody exactly once, so that its groups sum to the
//! whole; and those of its groups that lie within a group of another breakdown sum to no
//! more than that group, and to exactly that group where none of the others reaches into it.

use super::solved::Solved;
use crate::publication::{Group, Publication};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Groups beyond which a council is not attacked to the end: those that it may have, and those
/// that are rolled together of them.
pub(crate) const MOST_GROUPS: usize = 800;

/// The parent holds every one of the parts; parts and others together hold all of it.
#[derive(Clone, PartialEq, Debug, Hash)]
pub(super) struct Sum {
    pub parent: usize,
    /// Disjoint groups within the parent.
    pub parts: Vec<usize>,
    /// Groups of the same breakdown that may reach into it.
    pub others: Vec<usize>,
    /// Whether parts and others hold all of it; else it may hold more.
    pub all: bool,
}

impl Sum {
    /// Whether the parts sum to the parent.
    pub(super) fn is_exact(&self) -> bool {
        self.all && self.others.is_empty()
    }
}

/// The groups of one or several releases, and how they sum.
pub(super) struct Groups {
    /// Breakdown and name, the whole first.
    pub names: Vec<(String, String)>,
    /// The title of each.
    pub titles: Vec<String>,
    pub sums: Vec<Sum>,
    /// Whether there are more than the attack takes on.
    pub too_many: bool,
    /// Tables of groups that were solved before.
    pub solved: Arc<Solved>,
}

impl Groups {
    /// The groups of all releases together.
    pub(super) fn of(releases: &[&Publication], solved: &Arc<Solved>) -> Self {
        let mut groups = Self {
            names: vec![("whole".into(), "whole".into())],
            titles: vec!["the whole".into()],
            sums: Vec::new(),
            too_many: false,
            solved: solved.clone(),
        };
        for release in releases {
            for group in &release.groups {
                groups.add(group);
            }
        }
        groups.too_many = groups.names.len() > MOST_GROUPS;
        if !groups.too_many {
            for release in releases {
                groups.add_sums(&release.groups);
            }
        }
        groups
    }

    fn add(&mut self, group: &Group) {
        if self.find(&group.breakdown, &group.name).is_none() && self.names.len() <= MOST_GROUPS {
            self.names
                .push((group.breakdown.clone(), group.name.clone()));
            self.titles.push(match group.breakdown.as_str() {
                "service" => group.title.clone(),
                breakdown => format!("{breakdown} {}", group.name),
            });
        }
    }

    /// The index of a group.
    pub(super) fn find(&self, breakdown: &str, name: &str) -> Option<usize> {
        self.names
            .iter()
            .position(|(own, of)| own == breakdown && of == name)
    }

    fn add_sums(&mut self, groups: &[Group]) {
        let mut breakdowns: BTreeMap<&str, Vec<&Group>> = BTreeMap::new();
        let (rolled, own): (Vec<&Group>, Vec<&Group>) = groups
            .iter()
            .filter(|group| group.breakdown != "whole")
            .partition(|group| !group.rolls.is_empty());
        for group in own {
            breakdowns.entry(&group.breakdown).or_default().push(group);
        }
        // What is rolled together is exactly its parts.
        for group in rolled {
            let parts = group.rolls.iter();
            let parts: Vec<usize> = parts
                .filter_map(|name| self.find(&group.breakdown, name))
                .collect();
            if let Some(all) = self.index(group) {
                let known = parts.len() == group.rolls.len();
                self.push(all, parts, Vec::new(), known);
                self.push(0, vec![all], Vec::new(), false);
            }
        }
        let adds_up = |breakdown: &str| {
            breakdowns
                .get(breakdown)
                .is_some_and(|members| members.iter().all(|group| group.adds_up))
        };
        for (breakdown, members) in &breakdowns {
            let indices: Vec<usize> = members.iter().filter_map(|g| self.index(g)).collect();
            if adds_up(breakdown) {
                self.push(0, indices.clone(), Vec::new(), true);
            } else {
                // They may overlap: each alone is no more than the whole.
                for index in &indices {
                    self.push(0, vec![*index], Vec::new(), false);
                }
            }
            let parents: BTreeSet<&(String, String)> =
                members.iter().flat_map(|group| &group.within).collect();
            for parent in parents {
                let Some(of) = self.find(&parent.0, &parent.1) else {
                    continue;
                };
                let inside = |group: &&&Group| group.within.contains(parent);
                let parts: Vec<usize> = members
                    .iter()
                    .filter(inside)
                    .filter_map(|g| self.index(g))
                    .filter(|index| *index != of)
                    .collect();
                if !adds_up(breakdown) {
                    for part in parts {
                        self.push(of, vec![part], Vec::new(), false);
                    }
                    continue;
                }
                // A group within another group of a breakdown that holds everybody exactly
                // once does not reach into this one.
                let elsewhere = |group: &Group| {
                    adds_up(&parent.0)
                        && group
                            .within
                            .iter()
                            .any(|(other, name)| *other == parent.0 && *name != parent.1)
                };
                let others: Vec<usize> = members
                    .iter()
                    .filter(|group| !group.within.contains(parent) && !elsewhere(group))
                    .filter_map(|g| self.index(g))
                    .collect();
                self.push(of, parts, others, true);
            }
        }
    }

    fn index(&self, group: &Group) -> Option<usize> {
        self.find(&group.breakdown, &group.name)
    }

    fn push(&mut self, parent: usize, parts: Vec<usize>, others: Vec<usize>, all: bool) {
        let sum = Sum {
            parent,
            parts,
            others,
            all,
        };
        let says_nothing = sum.parts.is_empty() && sum.others.is_empty();
        if !says_nothing && !self.sums.contains(&sum) {
            self.sums.push(sum);
        }
    }

    /// Every group that certainly holds all of this one, nearest sums first.
    pub(super) fn holders(&self, group: usize) -> Vec<usize> {
        let mut holders = Vec::new();
        let mut look = vec![group];
        while let Some(next) = look.pop() {
            for sum in self.sums.iter().filter(|sum| sum.parts.contains(&next)) {
                if sum.parent != group && !holders.contains(&sum.parent) {
                    holders.push(sum.parent);
                    look.push(sum.parent);
                }
            }
        }
        holders
    }

    /// The title of each, at most six, joined.
    pub(super) fn listed(&self, groups: &[usize]) -> String {
        let titles: Vec<&str> = groups
            .iter()
            .take(6)
            .map(|group| self.titles[*group].as_str())
            .collect();
        match (titles.as_slice(), groups.len()) {
            ([], _) => String::new(),
            ([only], _) => (*only).to_owned(),
            (some, all) if all > some.len() => {
                format!("{} and {} more", some.join(", "), all - some.len())
            }
            ([before @ .., last], _) => format!("{} and {last}", before.join(", ")),
        }
    }
}

/// As few sums as say the same: exact ones that do not follow from one another, and others
/// that say more than these.
pub(super) fn tight(sums: &[&Sum], groups: usize) -> Vec<Sum> {
    let mut kept: Vec<Sum> = Vec::new();
    // Rows in which each has a leading group that no other has.
    let mut rows: Vec<(usize, Vec<f64>)> = Vec::new();
    // Short sums first: they keep the table sparse.
    let mut exact: Vec<&Sum> = sums.iter().filter(|sum| sum.is_exact()).copied().collect();
    exact.sort_by_key(|sum| sum.parts.len());
    for sum in exact {
        let mut row = vec![0.0; groups];
        row[sum.parent] -= 1.0;
        sum.parts.iter().for_each(|part| row[*part] += 1.0);
        for (lead, other) in &rows {
            let factor = row[*lead];
            if factor != 0.0 {
                row.iter_mut()
                    .zip(other)
                    .for_each(|(entry, o)| *entry -= factor * o);
            }
        }
        let size = |at: &usize| row[*at].abs();
        let lead = (0..groups).max_by(|a, b| size(a).total_cmp(&size(b)));
        if let Some(lead) = lead.filter(|at| size(at) > 1e-6) {
            let by = row[lead];
            row.iter_mut().for_each(|entry| *entry /= by);
            rows.push((lead, row));
            kept.push(sum.clone());
        }
    }
    let implied = |sum: &Sum| {
        !sum.all
            && sums.iter().any(|other| {
                other.all
                    && other.parent == sum.parent
                    && sum.parts.iter().all(|part| other.parts.contains(part))
            })
    };
    let loose = sums.iter().filter(|sum| !sum.is_exact() && !implied(sum));
    kept.extend(loose.map(|sum| (*sum).clone()));
    kept
}
