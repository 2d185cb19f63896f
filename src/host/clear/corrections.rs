//! Corrections: figures that were published with the same as-of date are withdrawn, and stay
//! known to whoever tries to open the new ones.

use super::{Verdicts, cleared};
use crate::assess::test_council::{TestCouncil, place};
use crate::attack::attempt;
use crate::check::Correction;
use crate::diagnostic::Code;
use crate::national::Service::Adults;
use crate::publication::{Publication, Reading};
use jiff::civil::date;

fn published(council: &TestCouncil, before: &[Publication]) -> Result<Publication, Code> {
    let (check, found) = (council.check(), council.assess_after(before));
    match cleared("northshire", &check, &found, &[], before, &Verdicts::none()) {
        Ok((publication, None)) => Ok(publication),
        // Without figures, since something opens.
        Ok((_, Some(opens))) => Err(opens.code),
        Err(fault) => Err(fault.code),
    }
}

fn correcting(mut council: TestCouncil, id: &str) -> TestCouncil {
    council.parts.corrections.push(Correction {
        id: id.into(),
        on: date(2026, 11, 2),
        because: "The sheets of one week had been read twice".into(),
        place: place(),
    });
    council
}

/// Teams of 24 each, who answer two questions; in North so many of them the other way round.
fn council(turned: usize) -> TestCouncil {
    let mut council = TestCouncil::new(&[Adults])
        .questions("welfare", 2)
        .by_team();
    for team in ["North", "South", "East"] {
        for number in 0..24 {
            let other = team == "North" && number < turned;
            let first = if other { 4 - number % 2 } else { number % 4 };
            let answers = [first, (number * 3) % 5].map(|answer| Some(answer as u8));
            council = council.sheets(1, None, Some(team), &answers);
        }
    }
    council
}

fn reading<'a>(page: &'a Publication, item: &str, group: &str) -> &'a Reading {
    let item = page.items.iter().find(|found| found.id == item).unwrap();
    let mut findings = item.findings.iter();
    &findings.find(|found| found.group == group).unwrap().local
}

fn text<'a>(page: &'a Publication, item: &str, group: &str) -> &'a str {
    &reading(page, item, group).value.text
}

#[test]
fn other_rows_are_refused_until_a_correction_is_told_and_then_published_with_it() {
    let first = published(&council(0), &[]).unwrap();
    let before = [first];
    assert_eq!(
        published(&council(20), &before).err(),
        Some(Code::SurveyClosed)
    );
    let second = published(&correcting(council(20), "turned"), &before).unwrap();
    assert_ne!(
        text(&second, "welfare-1", "North"),
        text(&before[0], "welfare-1", "North")
    );
    assert_ne!(text(&second, "welfare-1", "North"), "c");
    assert_eq!(second.corrections[0].on, "2 November 2026");
    assert!(attempt(&[&before[0], &second]).openings.is_empty());
}

#[test]
fn a_correction_is_told_once_and_the_next_change_of_rows_needs_another() {
    let first = published(&council(0), &[]).unwrap();
    let second = published(
        &correcting(council(20), "turned"),
        std::slice::from_ref(&first),
    )
    .unwrap();
    let before = [first, second];
    let again = published(&correcting(council(20), "turned"), &before).unwrap();
    assert_eq!(again, before[1]);
    let third = correcting(council(4), "turned");
    assert_eq!(published(&third, &before).err(), Some(Code::SurveyClosed));
    assert!(published(&correcting(third, "back"), &before).is_ok());
}

#[test]
fn a_correction_of_one_person_withholds_every_figure_that_would_tell_of_it() {
    let first = published(&council(0), &[]).unwrap();
    let one = correcting(council(1), "one-sheet");
    let second = published(&one, std::slice::from_ref(&first)).unwrap();
    for group in ["whole", "North"] {
        assert_ne!(text(&first, "welfare-1", group), "c");
        assert_eq!(text(&second, "welfare-1", group), "c");
    }
    // What it did not touch stands as it was.
    assert_eq!(
        reading(&second, "welfare-2", "whole"),
        reading(&first, "welfare-2", "whole")
    );
    assert_eq!(second.scopes[0].standards[5].result.score.text, "c");
    assert!(attempt(&[&first, &second]).openings.is_empty());
}

#[test]
fn one_sheet_less_takes_the_number_who_answered_with_it() {
    let first = published(&council(0), &[]).unwrap();
    let mut less = correcting(council(0), "one-sheet");
    less = less.sheets(1, None, Some("East"), &[Some(1), Some(2)]);
    let second = published(&less, std::slice::from_ref(&first)).unwrap();
    assert_eq!(first.response[0].answered.text, "72");
    assert_eq!(second.response[0].answered.text, "c");
    assert_eq!(second.response[0].rate.text, "c");
    assert_eq!(text(&second, "welfare-2", "East"), "c");
    assert!(attempt(&[&first, &second]).openings.is_empty());
}
