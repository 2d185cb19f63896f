//! Answers that are counted and not scored: told of the whole alone, and what follows of groups.
//!
//! How many sheets lack a scored answer is printed: those who answered anything, less those who
//! answered the question. Which of these sheets are blank is withheld. It may be any number
//! that these sheets allow, or any of five: what is printed of the whole must leave as much.

use super::super::cells::{Cells, Kind};
use super::super::figures::{Range, is_withheld, whole};
use super::super::groups::Groups;
use super::super::measures::want;
use super::super::openings::Findings;
use super::Asked;
use crate::publication::{Item, Reading};

pub(super) fn attack(
    findings: &mut Findings,
    groups: &Groups,
    item: &Item,
    readings: &[(usize, &Reading, Asked)],
) {
    // Of each group those not scored, and those left blank.
    let mut sheets = Cells::new(groups, 2, true);
    for (cell, reading, one) in readings {
        let (breakdown, name) = &groups.names[*cell];
        let is_scope = breakdown == "whole" || breakdown == "service";
        let mut parts = one.release.response.iter();
        let answered = parts
            .find(|part| is_scope && part.scope == *name)
            .and_then(|part| whole(&part.answered));
        if let (Some(answered), Some(n), true) = (answered, whole(&reading.n), item.national) {
            sheets.fact(*cell, &[1.0, 1.0], Range::exactly(answered - n));
        }
        let is_asked = match &reading.answers {
            Some(answers) => is_withheld(&answers.unscored),
            None => is_withheld(&reading.value) || whole(&reading.n).is_some(),
        };
        if is_asked {
            sheets.present[*cell] = true;
            want(&mut sheets, *cell, WHAT, Kind::Count, &[1.0, 0.0]);
        }
    }
    let mut told = sheets.clone();
    for (cell, reading, _) in readings {
        let unscored = reading.answers.as_ref().map(|answers| &answers.unscored);
        if let Some(count) = unscored.and_then(whole) {
            told.fact(*cell, &[1.0, 0.0], Range::exactly(count));
        }
    }
    if told.facts.iter().flatten().count() == sheets.facts.iter().flatten().count() {
        // None is told, so that nothing follows.
        return;
    }
    let Some(ranges) = findings.ranges(&item.id, groups, &told) else {
        return;
    };
    let Some(by_sheets) = findings.ranges(&item.id, groups, &sheets) else {
        return;
    };
    for ((wanted, range), by_sheets) in sheets.wanted.iter().zip(ranges).zip(by_sheets) {
        let numbers = range.whole_numbers();
        // Of few there are few in any group of them.
        let holders = groups.holders(wanted.cell).into_iter();
        let of_all = holders
            .filter_map(|holder| told.facts[holder].iter().find(|fact| fact.terms[1] == 0.0))
            .map(|fact| fact.range.high + 1.0)
            .fold(by_sheets.whole_numbers(), f64::min);
        let is_open = numbers < of_all.min(super::super::FEWEST_NUMBERS);
        let shown = if numbers < of_all {
            numbers
        } else {
            f64::INFINITY
        };
        findings.tried(WHAT, shown, "whole numbers");
        if is_open {
            let how = "What is printed of the whole's answers that are not scored, and of the \
                       sheets that lack a scored answer, leaves no more room."
                .to_owned();
            let (breakdown, name) = &groups.names[wanted.cell];
            findings.open((&item.id, (breakdown, name)), WHAT, Some(range), how);
        }
    }
}

const WHAT: &str = "unscored answers";
