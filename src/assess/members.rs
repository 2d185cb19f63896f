//! Who lies in which groups: the rows of each table, told apart by every group at once.
//!
//! Disclosure control needs nothing more of people than this: those who lie in the same
//! groups are interchangeable to a reader.

use super::groups::Selection;
use super::roll_up::people_in;
use crate::assessment::{KindOf, Membership};
use crate::data::{AnswerCounts, BLANK, Column, Marks, Rows, UNSCORED};
use crate::side_by_side::where_rows_are_many;
use crate::stop::cores;
use std::collections::BTreeMap;

/// One for each table; the whole is the first selection.
pub(super) fn memberships(selections: &[Selection]) -> Vec<Membership> {
    let Some((whole, _)) = selections.split_first() else {
        return Vec::new();
    };
    let tables: Vec<(&str, &Rows)> = whole.tables().collect();
    where_rows_are_many(whole.most_rows(), &tables, |(id, rows)| {
        membership(id, rows, selections)
    })
}

/// Splits the rows of the whole by one group after another.
fn membership(id: &str, whole: &Rows, selections: &[Selection]) -> Membership {
    let mut kind_of = KindOf::covering(whole.table.len, whole.iter());
    let mut kinds: Vec<Vec<usize>> = vec![vec![0]];
    let mut groups = vec![0];
    for (group, selection) in selections.iter().enumerate().skip(1) {
        let Some(rows) = selection.rows(id) else {
            continue;
        };
        groups.push(group);
        // Kind before → kind of those of them who lie in this group.
        let mut within: Vec<Option<u32>> = vec![None; kinds.len()];
        for row in rows.iter() {
            let Some(before) = kind_of.get(row) else {
                continue;
            };
            let now = *within[before as usize].get_or_insert_with(|| {
                let mut lies_in = kinds[before as usize].clone();
                lies_in.push(group);
                kinds.push(lies_in);
                u32::try_from(kinds.len() - 1).expect("there are no more kinds than rows")
            });
            kind_of.set(row, now);
        }
    }
    let kinds = occurring(kinds, &mut kind_of);
    let mut people = vec![0; kinds.len()];
    for (row, kind) in kind_of.iter().enumerate() {
        if let Some(kind) = kind {
            people[kind as usize] += people_in(&whole.table, row);
        }
    }
    Membership {
        table: whole.table.clone(),
        groups,
        kinds,
        kind_of,
        people,
        answers: BTreeMap::new(),
    }
}

/// How each combination of groups answered each question, every row gone over once a question
/// however many groups there are.
pub(super) fn count_answers(memberships: &mut [Membership]) {
    for membership in memberships {
        let kind_of = membership.kind_of.kept();
        let kinds = membership.kinds.len();
        let questions: Vec<(&String, usize, &Marks)> = membership
            .table
            .columns
            .iter()
            .filter_map(|(name, column)| match column {
                Column::Answers { labels, rows } => Some((name, labels.len(), rows)),
                _ => None,
            })
            .collect();
        let cores = cores();
        let some = questions.chunks(questions.len().div_ceil(cores).max(1));
        let some: Vec<_> = some.collect();
        let counted = where_rows_are_many(kind_of.len(), &some, |some| {
            let of_one = |(name, scored, rows): &(&String, usize, &Marks)| {
                ((*name).clone(), counts(*scored, rows, kind_of, kinds))
            };
            some.iter().map(of_one).collect::<Vec<_>>()
        });
        membership.answers = counted.into_iter().flatten().collect();
    }
}

fn counts(scored: usize, rows: &Marks, kind_of: &[u32], kinds: usize) -> Vec<AnswerCounts> {
    let width = scored + 2;
    let mut place = [0; 256];
    (0..scored).for_each(|mark| place[mark] = mark);
    place[usize::from(UNSCORED)] = scored;
    place[usize::from(BLANK)] = scored + 1;
    let mut counts = vec![0_u32; width * (kinds + 1)];
    for (kind, mark) in kind_of.iter().zip(rows.slice()) {
        // Those whom the check does not cover are counted last, and left out.
        counts[(*kind as usize).min(kinds) * width + place[usize::from(*mark)]] += 1;
    }
    let of_kind = |counts: &[u32]| AnswerCounts {
        scored: counts[..scored].to_vec(),
        unscored: counts[scored],
        blank: counts[scored + 1],
    };
    counts
        .chunks_exact(width)
        .take(kinds)
        .map(of_kind)
        .collect()
}

/// How each group answered each question of the survey.
pub(super) struct Answers {
    by_column: BTreeMap<String, Vec<Option<AnswerCounts>>>,
}

impl Answers {
    /// Of so many groups.
    pub(super) fn of(memberships: &[Membership], groups: usize) -> Self {
        let mut by_column = BTreeMap::new();
        let survey = memberships.iter().find(|one| one.table.id == "survey");
        if let Some(membership) = survey {
            for (column, of_kinds) in &membership.answers {
                let mut of_groups: Vec<Option<AnswerCounts>> = vec![None; groups];
                let scored = match membership.table.column(column) {
                    Some(Column::Answers { labels, .. }) => labels.len(),
                    _ => 0,
                };
                for group in &membership.groups {
                    of_groups[*group] = Some(AnswerCounts {
                        scored: vec![0; scored],
                        ..AnswerCounts::default()
                    });
                }
                for (kind, counts) in membership.kinds.iter().zip(of_kinds) {
                    for group in kind {
                        if let Some(all) = &mut of_groups[*group] {
                            all.add(counts);
                        }
                    }
                }
                by_column.insert(column.clone(), of_groups);
            }
        }
        Self { by_column }
    }

    /// `None` if the survey has no such question, or cannot be told apart by this group.
    pub(super) fn get(&self, column: &str, group: usize) -> Option<&AnswerCounts> {
        self.by_column.get(column)?.get(group)?.as_ref()
    }
}

/// Without the kinds in which nobody is left.
fn occurring(kinds: Vec<Vec<usize>>, kind_of: &mut KindOf) -> Vec<Vec<usize>> {
    let mut occurs = vec![false; kinds.len()];
    for kind in kind_of.iter().flatten() {
        occurs[kind as usize] = true;
    }
    let mut new: Vec<u32> = Vec::with_capacity(kinds.len());
    let mut next = 0;
    for occurs in &occurs {
        new.push(next);
        next += u32::from(*occurs);
    }
    kind_of.renumber(&new);
    let kinds = kinds.into_iter().zip(&occurs);
    kinds
        .filter_map(|(kind, occurs)| occurs.then_some(kind))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::assess::test_council::TestCouncil;
    use crate::national::Service::{Adults, Children};

    #[test]
    fn people_who_lie_in_the_same_groups_are_of_one_kind() {
        let council = TestCouncil::new(&[Children, Adults])
            .questions("welfare", 1)
            .by_team()
            .sheets(3, Some(Children), Some("East"), &[Some(1)])
            .sheets(4, Some(Adults), Some("East"), &[Some(1)])
            .sheets(5, Some(Adults), None, &[Some(1)]);
        let found = council.assess();
        let survey = &found.memberships[0];
        let name = |group: &usize| found.groups[*group].name.as_str();
        let mut kinds: Vec<(Vec<&str>, usize)> = (0..survey.kinds.len())
            .map(|kind| {
                let of = Some(u32::try_from(kind).unwrap());
                (
                    survey.kinds[kind].iter().map(name).collect(),
                    survey.kind_of.iter().filter(|own| *own == of).count(),
                )
            })
            .collect();
        kinds.sort();
        assert_eq!(
            kinds,
            [
                (vec!["whole", "adults", "East"], 4),
                (vec!["whole", "adults", "not stated"], 5),
                (vec!["whole", "children", "East"], 3),
            ]
        );
    }
}
