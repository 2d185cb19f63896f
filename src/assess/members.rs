//! Who lies in which groups: the rows of each table, told apart by every group at once.
//!
//! Disclosure control needs nothing more of people than this: those who lie in the same
//! groups are interchangeable to a reader.

use super::groups::Selection;
use crate::assessment::Membership;
use crate::data::Rows;

/// One for each table; the whole is the first selection.
pub(super) fn memberships(selections: &[Selection]) -> Vec<Membership> {
    let Some((whole, _)) = selections.split_first() else {
        return Vec::new();
    };
    whole
        .tables()
        .map(|(id, rows)| membership(id, rows, selections))
        .collect()
}

/// Splits the rows of the whole by one group after another.
fn membership(id: &str, whole: &Rows, selections: &[Selection]) -> Membership {
    let mut kind_of = vec![None; whole.table.len];
    for row in whole.iter() {
        kind_of[row] = Some(0);
    }
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
            let Some(before) = kind_of[row] else {
                continue;
            };
            let now = *within[before as usize].get_or_insert_with(|| {
                let mut lies_in = kinds[before as usize].clone();
                lies_in.push(group);
                kinds.push(lies_in);
                u32::try_from(kinds.len() - 1).expect("there are no more kinds than rows")
            });
            kind_of[row] = Some(now);
        }
    }
    let (kinds, kind_of) = occurring(kinds, kind_of);
    Membership {
        table: whole.table.clone(),
        groups,
        kinds,
        kind_of,
    }
}

/// Without the kinds in which nobody is left.
fn occurring(
    kinds: Vec<Vec<usize>>,
    kind_of: Vec<Option<u32>>,
) -> (Vec<Vec<usize>>, Vec<Option<u32>>) {
    let mut occurs = vec![false; kinds.len()];
    for kind in kind_of.iter().flatten() {
        occurs[*kind as usize] = true;
    }
    let mut new: Vec<u32> = Vec::with_capacity(kinds.len());
    let mut next = 0;
    for occurs in &occurs {
        new.push(next);
        next += u32::from(*occurs);
    }
    let kinds = kinds
        .into_iter()
        .zip(&occurs)
        .filter_map(|(kind, occurs)| occurs.then_some(kind))
        .collect();
    let kind_of = kind_of
        .into_iter()
        .map(|kind| kind.map(|kind| new[kind as usize]))
        .collect();
    (kinds, kind_of)
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
                    survey.kind_of.iter().filter(|own| **own == of).count(),
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
