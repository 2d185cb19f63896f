//! Which withheld groups follow exactly from printed ones: a table of figures in, how each follows,
//! in words, out.

use super::super::cells::{Cells, Wanted};
use super::super::groups::{Groups, Sum};
use super::super::recovery::{Recovered, recovered};

/// Groups that follow exactly from printed ones, by what is asked of them.
pub(super) struct Recovery<'g> {
    groups: &'g Groups,
    sums: Vec<&'g Sum>,
    /// What follows, by the factors of what is asked.
    known: Vec<(Vec<f64>, Vec<Recovered>)>,
}

impl<'g> Recovery<'g> {
    pub(super) fn of(groups: &'g Groups, sums: Vec<&'g Sum>) -> Self {
        Self {
            groups,
            sums,
            known: Vec::new(),
        }
    }

    /// How the wanted figure follows from others exactly, if it does.
    pub(super) fn of_group(&mut self, cells: &Cells, wanted: &Wanted) -> Option<String> {
        if !self.known.iter().any(|(terms, _)| *terms == wanted.terms) {
            let printed: Vec<bool> = (0..cells.present.len())
                .map(|group| cells.is_known(group, &wanted.terms))
                .collect();
            // The plainest way first: one sum in which nothing else is missing.
            let mut found: Vec<Recovered> = self
                .sums
                .iter()
                .filter_map(|sum| within_one(sum, &printed))
                .collect();
            found.extend(recovered(&self.sums, &printed));
            self.known.push((wanted.terms.clone(), found));
        }
        let (_, found) = self
            .known
            .iter()
            .find(|(terms, _)| *terms == wanted.terms)?;
        let one = found.iter().find(|one| one.group == wanted.cell)?;
        Some(self.words(one))
    }

    fn words(&self, found: &Recovered) -> String {
        let side = |added: bool| -> Vec<usize> {
            found
                .from
                .iter()
                .filter(|(_, is_added)| *is_added == added)
                .map(|(group, _)| *group)
                .collect()
        };
        let (added, taken) = (side(true), side(false));
        match (added.is_empty(), taken.is_empty()) {
            (true, true) => {
                "It follows from how groups lie within one another: there is nobody in it."
                    .to_owned()
            }
            (_, true) => format!(
                "It follows exactly from what is printed of {}.",
                self.groups.listed(&added)
            ),
            _ => format!(
                "It is exactly what is printed of {} less what is printed of {}.",
                self.groups.listed(&added),
                self.groups.listed(&taken)
            ),
        }
    }
}

/// The one group of a sum that is not printed, as the others give it.
fn within_one(sum: &Sum, printed: &[bool]) -> Option<Recovered> {
    let mut hidden = sum
        .parts
        .iter()
        .chain([&sum.parent])
        .filter(|g| !printed[**g]);
    let (Some(group), None, true) = (hidden.next(), hidden.next(), sum.is_exact()) else {
        return None;
    };
    let others = sum.parts.iter().filter(|part| *part != group);
    let is_parent = *group == sum.parent;
    let mut from: Vec<(usize, bool)> = others.map(|part| (*part, is_parent)).collect();
    if !is_parent {
        from.insert(0, (sum.parent, true));
    }
    Some(Recovered {
        group: *group,
        from,
    })
}
