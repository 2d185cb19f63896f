//! Formulas of the council's own over rows that were published: what was told by one in, the
//! measure that tells otherwise by another out.
//!
//! A mean of all and a mean of all but one are two figures of the same people, whether they stand
//! beside one another or one after the other. Beside one another they are kept apart
//! (`withhold::apart`). Of one that is no longer in the script nobody can count any more by whom
//! it differed.

use super::people;
use crate::assessment::Assessment;
use crate::check::HealthCheck;
use crate::disclose::figures::amount;
use crate::publication::{Behind, Item, Publication};

/// The measure that tells of the same people by another formula than a release did, by its place in the
/// check: the same measure, where the rows are known to be the same; or a new one in the place of one
/// that is gone.
pub(super) fn changed(
    check: &HealthCheck,
    assessment: &Assessment,
    release: &Publication,
    behind: Behind,
) -> Option<usize> {
    let told = |item: &&Item| {
        let mut findings = item.findings.iter();
        !item.local_formula.is_empty()
            && findings.any(|one| one.local.value.value.is_some() && people(&one.local).is_some())
    };
    let mut is_gone = false;
    for published in release.items.iter().filter(told) {
        let mut items = check.items().iter();
        let own = items.position(|item| item.id == published.id && item.own_formula().is_some());
        match own {
            Some(item) if behind == Behind::Same && differs(assessment, item, published) => {
                return Some(item);
            }
            own => is_gone |= own.is_none(),
        }
    }
    if !is_gone {
        return None;
    }
    let is_new = |id: &str| {
        let mut before = release.items.iter();
        !before.any(|item| item.id == id && !item.local_formula.is_empty())
    };
    let counts_people = |item: usize| {
        let mut findings = assessment.findings.iter();
        findings.any(|one| one.item == item && one.local.people.is_some_and(|people| people > 0))
    };
    let mut items = check.items().iter().enumerate();
    let new = items.find(|(index, item)| {
        item.own_formula().is_some() && is_new(&item.id) && counts_people(*index)
    });
    new.map(|(item, _)| item)
}

/// Whether the council's own figure of any group is another now.
fn differs(assessment: &Assessment, item: usize, published: &Item) -> bool {
    let now = assessment.findings.iter().filter(|one| one.item == item);
    now.into_iter().any(|now| {
        let group = &assessment.groups[now.group];
        let mut before = published.findings.iter();
        let before = before.find(|one| one.breakdown == group.breakdown && one.group == group.name);
        before.is_some_and(|before| {
            let then = &before.local.value;
            then.value.is_some()
                && people(&before.local).is_some()
                && then.text != amount(now.local.value).text
        })
    })
}
