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
use crate::disclose::people::{Decided, of_differing, of_measure};
use crate::disclose::threshold::{By, Verdict};
use crate::national::is_one_or_two;

impl OfItem<'_> {
    /// Withholds the council's own figure wherever it would stand one or two people apart from that
    /// of another formula. `before` tells of which items the figures go first: what is told already,
    /// and else what the script names first.
    pub(super) fn keep_apart(&self, before: impl Fn(usize) -> bool, verdicts: &mut [Verdict]) {
        let differing = match self.item.own_formula() {
            Some(_) => self.differing(before),
            None => return,
        };
        let few = |group: usize| {
            let mut all = differing.iter();
            all.any(|one| is_one_or_two(one.of_group(group)))
        };
        // Of those withheld already the difference may follow too: of what others leave of the whole.
        let has_figure = |at: &usize| self.assessment.findings[*at].local.people.is_some();
        let mut present = self.range.clone().filter(has_figure);
        if !present.any(|at| few(self.assessment.findings[at].group)) {
            return;
        }
        let told: Vec<usize> = self.told_of(verdicts).collect();
        // What is rolled together is told where that does no harm.
        let mut withheld = self.apart(&differing, &told, few, |_| true);
        if withheld.is_none() && told.iter().any(|group| self.is_rolled(*group)) {
            withheld = self.apart(&differing, &told, few, |group| !self.is_rolled(group));
        }
        // Else every group in which anybody differs, but for the whole, which by itself tells of none.
        let any = |group: usize| differing.iter().any(|one| one.of_group(group) > 0);
        for group in told.iter().copied() {
            let goes = match &withheld {
                Some(withheld) => withheld[group],
                None if group == 0 => few(0),
                None => any(group),
            };
            if let Some(at) = self.finding(group).filter(|_| goes) {
                verdicts[at].local = true;
            }
        }
    }

    /// Which groups are withheld, so that nobody can tell what differs by one or two; `None` if that
    /// cannot be while anything is told of groups. `may_tell` says of which groups anything may be.
    fn apart(
        &self,
        differing: &[Differing<'_>],
        told: &[usize],
        few: impl Fn(usize) -> bool,
        may_tell: impl Fn(usize) -> bool,
    ) -> Option<Vec<bool>> {
        let groups = self.assessment.groups.len();
        let mut present = vec![false; groups];
        for at in self.range.clone() {
            let finding = &self.assessment.findings[at];
            present[finding.group] = finding.local.people.is_some();
        }
        let was_hidden: Vec<bool> = (0..groups).map(|group| !told.contains(&group)).collect();
        let hidden = (0..groups).map(|group| was_hidden[group] || few(group) || !may_tell(group));
        let exempt = vec![false; groups];
        let decided = Decided {
            present: &present,
            known: &self.known,
            exempt: &exempt,
        };
        let whole = &self.assessment.findings[self.range.start].local;
        let mut behind = of_measure(self.assessment, whole, self.threshold, &decided);
        behind.extend(differing.iter().map(|one| {
            // That nobody differs tells of nobody; and of three or more it may be told.
            let is_known = |group: usize, people: u64| {
                people == 0 || was_hidden[group] && !is_one_or_two(people)
            };
            of_differing(
                self.assessment,
                one.membership,
                &one.people,
                &decided,
                is_known,
            )
        }));
        let mut apart = OfItem {
            behind,
            banded: None,
            hidden: hidden.collect(),
            known: self.known.clone(),
            range: self.range.clone(),
            ..*self
        };
        let holds = apart.settle() && !apart.hidden[0];
        holds.then_some(apart.hidden)
    }

    /// Groups of which the council's own figure is told.
    fn told_of(&self, verdicts: &[Verdict]) -> impl Iterator<Item = usize> {
        let findings = self.range.clone().filter(|at| {
            let own = &self.assessment.findings[*at].local;
            own.people.is_some() && !Self::is_withheld(verdicts[*at], By::Council)
        });
        findings.map(|at| self.assessment.findings[at].group)
    }

    fn finding(&self, group: usize) -> Option<usize> {
        let mut range = self.range.clone();
        range.find(|at| self.assessment.findings[*at].group == group)
    }

    /// By whom the council's own figure differs from each of the others, if it is about the same.
    fn differing(&self, before: impl Fn(usize) -> bool) -> Vec<Differing<'_>> {
        let own = &self.assessment.findings[self.range.start].local;
        let others = self.other_readings(before);
        let mut found = Vec::new();
        for membership in &self.assessment.memberships {
            let table = membership.table.id.as_str();
            let own: Vec<&Contributions> = parts(own, table).collect();
            let mut seen: Vec<Vec<u64>> = Vec::new();
            for other in others.iter().flat_map(|other| parts(other, table)) {
                for own in &own {
                    let turned = other.counted.then_some(As::Turned);
                    for form in [As::Itself].into_iter().chain(turned) {
                        let people = differing(own, other, form, membership);
                        seen.extend(people.filter(|people| !seen.contains(people)));
                    }
                }
            }
            found.extend(
                seen.into_iter()
                    .map(|people| Differing { membership, people }),
            );
        }
        found
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
}

/// Those by whom two figures differ, by their kind.
struct Differing<'a> {
    membership: &'a Membership,
    people: Vec<u64>,
}

impl Differing<'_> {
    fn of_group(&self, group: usize) -> u64 {
        let kinds = self.membership.kinds.iter().zip(&self.people);
        let own = kinds.filter(|(groups, _)| groups.binary_search(&group).is_ok());
        own.map(|(_, people)| people).sum()
    }
}

/// What a formula takes of the rows of a table.
fn parts<'r>(reading: &'r Reading, table: &str) -> impl Iterator<Item = &'r Contributions> {
    let parts = reading.contributions.iter();
    parts.filter(move |part| part.table == table)
}

/// What is set beside one another of two formulas.
#[derive(Clone, Copy)]
enum As {
    /// What the other takes of each row.
    Itself,
    /// Of one that counts those whom it does not count.
    Turned,
}

/// How many people of each kind a formula takes otherwise than another, if the two are about the same:
/// one passes over rows that the other takes, or counts some that the other does not and none the other
/// way round, or most is the same.
fn differing(
    own: &Contributions,
    other: &Contributions,
    turned: As,
    membership: &Membership,
) -> Option<Vec<u64>> {
    // Full-time equivalents that are all 1 are no count of anybody.
    if own.counted != other.counted {
        return None;
    }
    let nobody = || vec![0_u64; membership.kinds.len()];
    let (mut differ, mut pass_over) = (nobody(), nobody());
    let (mut same, mut up, mut down, mut with_something) = (0_u64, 0_u64, 0_u64, 0_u64);
    let counts = own.counted;
    each_row(own, other, |row, own, other| {
        let Some(kind) = membership.kind_of.get(row) else {
            return;
        };
        let other = other.map(|other| match turned {
            As::Itself => other,
            As::Turned => 1.0 - other,
        });
        let of_kind = match (own, other) {
            (Some(one), Some(other)) if one == other => {
                // Two columns that are mostly 0 have nothing in common by that.
                same += u64::from(counts || one != 0.0);
                return;
            }
            (Some(own), Some(other)) => {
                match own > other {
                    true => up += 1,
                    false => down += 1,
                }
                &mut differ
            }
            (Some(one), None) | (None, Some(one)) => {
                with_something += u64::from(one != 0.0);
                &mut pass_over
            }
            (None, None) => return,
        };
        of_kind[kind as usize] += people_in(&membership.table, row);
    });
    // Where only those are passed over who bring nothing, as of cases those who hold none, that is
    // what they are passed over for.
    if with_something > 0 {
        let all = differ.iter_mut().zip(&pass_over);
        all.for_each(|(all, own)| *all += own);
    }
    let is_nested = own.counted && up.min(down) == 0;
    let other = up + down + with_something;
    let is_about_the_same = up + down == 0 || is_nested || other <= same;
    (same > 0 && is_about_the_same && other > 0).then_some(differ)
}

/// Each row that one of two formulas takes, and what each takes of it. Both have their rows in order.
fn each_row(
    one: &Contributions,
    other: &Contributions,
    mut look: impl FnMut(usize, Option<f64>, Option<f64>),
) {
    let (mut a, mut b) = (0, 0);
    loop {
        let (first, second) = (one.rows.get(a), other.rows.get(b));
        let Some(row) = first.into_iter().chain(second).min().copied() else {
            return;
        };
        let (own, others) = (first == Some(&row), second == Some(&row));
        look(
            row as usize,
            own.then(|| one.values[a]),
            others.then(|| other.values[b]),
        );
        a += usize::from(own);
        b += usize::from(others);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_that_either_takes_is_looked_at_once_and_in_order() {
        let of = |rows: &[u32]| Contributions {
            table: "workers".into(),
            rows: rows.into(),
            values: rows.iter().map(|row| f64::from(*row) + 0.5).collect(),
            counted: false,
        };
        let mut seen = Vec::new();
        each_row(&of(&[0, 2, 5]), &of(&[2, 3]), |row, own, other| {
            seen.push((row, own, other));
        });
        assert_eq!(
            seen,
            [
                (0, Some(0.5), None),
                (2, Some(2.5), Some(2.5)),
                (3, None, Some(3.5)),
                (5, Some(5.5), None),
            ]
        );
    }
}
