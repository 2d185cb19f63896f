//! Groups that are withheld for how many they are, whatever is asked of them: the people behind
//! an item in, groups out.
//!
//! Items of the same sheets or rows tell of one another. Were a small group hidden in one
//! question beside the first team and in the next beside the second, both questions together
//! would tell how many it has. So sizes alone decide first, and alike for all items of the same
//! rows; what an item withholds further, it withholds from among groups whose size another item
//! may print.

use super::people::{Behind, Decided, of_sheets};
use super::plan::plan;
use super::threshold::Threshold;
use crate::assessment::Assessment;
use std::collections::BTreeMap;

/// Measures that rest on the same rows of `workers`, or of `workforce`.
const SAME_ROWS: [&str; 5] = [
    "caseload-per-fte",
    "high-caseloads",
    "turnover-rate",
    "agency-rate",
    "sickness-absence",
];

/// Looks at kinds of people for each plan: as many for every item, which must decide alike.
const LOOKS: u64 = 20_000_000;

/// Whether other items rest on the same people, row by row.
pub(super) fn are_shared(item: &str) -> bool {
    SAME_ROWS.contains(&item)
}

/// What sizes withhold, once for all questions that speak of the same groups.
#[derive(Default)]
pub(super) struct Sizes(BTreeMap<[Vec<bool>; 2], Vec<bool>>);

impl Sizes {
    /// The groups that the number of their sheets withholds.
    pub(super) fn of_sheets(
        &mut self,
        assessment: &Assessment,
        threshold: Threshold,
        decided: &Decided<'_>,
    ) -> Vec<bool> {
        let key = [decided.present.to_vec(), decided.known.to_vec()];
        let new = || {
            let sheets = of_sheets(assessment, threshold, decided);
            withheld(sheets.as_ref(), threshold, decided.present.len())
        };
        self.0.entry(key).or_insert_with(new).clone()
    }
}

/// The groups that the number of their rows withholds.
pub(super) fn of_rows(behind: &[Behind], threshold: Threshold, groups: usize) -> Vec<bool> {
    let of_one = |behind: &Behind| {
        let bare = Behind {
            crowd: behind.crowd.without_figures(),
            groups: behind.groups.clone(),
        };
        withheld(Some(&bare), threshold, groups)
    };
    let mut all = vec![false; groups];
    for own in behind.iter().map(of_one) {
        all.iter_mut().zip(own).for_each(|(all, own)| *all |= own);
    }
    all
}

/// The small ones, and those that hide them; none where nothing hides them.
fn withheld(behind: Option<&Behind>, threshold: Threshold, groups: usize) -> Vec<bool> {
    let mut all = vec![false; groups];
    let Some(behind) = behind else {
        return all;
    };
    let people = behind.crowd.people();
    let small = |(at, group): (usize, &Option<usize>)| {
        let place = &behind.crowd.places()[at];
        let is_few = threshold.hides(people[at]);
        group.is_none() || place.rolled || (is_few && !place.known)
    };
    let mut hidden: Vec<bool> = behind.groups.iter().enumerate().map(small).collect();
    if !plan(&behind.crowd, &mut hidden, LOOKS) {
        return all;
    }
    for (at, group) in behind.groups.iter().enumerate() {
        if let Some(group) = group.filter(|_| !behind.crowd.places()[at].rolled) {
            all[group] = hidden[at];
        }
    }
    all
}
