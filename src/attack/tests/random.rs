//! Councils drawn at random under a threshold alone: most are opened, so that a planner is
//! needed and the attack is not toothless.

use super::dice::Dice;
use super::page::*;
use crate::attack::{Opening, attack};
use crate::publication::{Finding, Group, Publication, Reading};

/// A practitioner: a group in each breakdown, and an answer.
#[derive(Clone)]
struct Person {
    groups: Vec<usize>,
    answer: usize,
}

/// One to six breakdowns, each nested in the one before or across it.
fn council(dice: &mut Dice) -> Vec<Person> {
    let breakdowns = 1 + dice.up_to(5);
    let people = 24 + dice.up_to(40);
    let plan: Vec<(usize, bool)> = (0..breakdowns)
        .map(|_| (2 + dice.up_to(2), dice.once_in(2)))
        .collect();
    (0..people)
        .map(|_| {
            let mut groups: Vec<usize> = Vec::new();
            for (at, (size, is_nested)) in plan.iter().enumerate() {
                // Squared, so that some groups are large and some small.
                let drawn = dice.up_to(size * size - 1);
                let own = (drawn as f64).sqrt() as usize;
                groups.push(match groups.get(at.wrapping_sub(1)) {
                    Some(above) if *is_nested && *above < 4 => above * 2 + own % 2,
                    _ => own,
                });
            }
            Person {
                groups,
                answer: dice.up_to(4),
            }
        })
        .collect()
}

fn counts<'a>(people: impl Iterator<Item = &'a Person>) -> [u32; 5] {
    let mut counts = [0; 5];
    people.for_each(|person| counts[person.answer] += 1);
    counts
}

fn under_the_threshold(counts: [u32; 5]) -> Reading {
    if counts.iter().sum::<u32>() < 10 {
        withheld()
    } else {
        answered(counts)
    }
}

fn threshold_only(people: &[Person]) -> Publication {
    let breakdowns = people[0].groups.len();
    let mut findings: Vec<Finding> = vec![finding(
        "whole",
        "whole",
        under_the_threshold(counts(people.iter())),
    )];
    let mut groups: Vec<Group> = Vec::new();
    for breakdown in 0..breakdowns {
        let mut names: Vec<usize> = people.iter().map(|p| p.groups[breakdown]).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let members: Vec<&Person> = people
                .iter()
                .filter(|p| p.groups[breakdown] == name)
                .collect();
            let held = |other: &usize| {
                members
                    .iter()
                    .all(|p| p.groups[*other] == members[0].groups[*other])
            };
            let mut group = group(&format!("b{breakdown}"), &name.to_string(), &[]);
            group.within = (0..breakdowns)
                .filter(|other| *other != breakdown && held(other))
                .map(|other| (format!("b{other}"), members[0].groups[other].to_string()))
                .collect();
            let reading = under_the_threshold(counts(members.iter().copied()));
            findings.push(finding(&group.breakdown, &group.name, reading));
            groups.push(group);
        }
    }
    published(
        groups,
        vec![item("cover", "staffing", "question", findings)],
    )
}

/// The true number of people and score points of a group.
fn truth(people: &[Person], opening: &Opening) -> Option<f64> {
    let breakdown = opening
        .breakdown
        .strip_prefix('b')
        .map(|at| at.parse::<usize>());
    let name = opening.group.parse::<usize>();
    let is_member = |person: &&Person| match (&breakdown, &name) {
        (Some(Ok(breakdown)), Ok(name)) => person.groups[*breakdown] == *name,
        _ => true,
    };
    let [a, b, c, d, e] = counts(people.iter().filter(is_member)).map(f64::from);
    match opening.what.as_str() {
        "number of people" => Some(a + b + c + d + e),
        "score points" => Some(25.0 * b + 50.0 * c + 75.0 * d + 100.0 * e),
        "answers: lower half" => Some(a + b),
        "answers: middle" => Some(c),
        "answers: upper half" => Some(d + e),
        "single answers: step 1 of 5" => Some(a),
        "single answers: step 2 of 5" => Some(b),
        "single answers: step 4 of 5" => Some(d),
        "single answers: step 5 of 5" => Some(e),
        "unscored answers" => Some(0.0),
        _ => None,
    }
}

#[test]
fn a_threshold_alone_is_opened_in_most_councils_and_every_range_holds_the_truth() {
    let mut dice = Dice::new(20_260_930);
    let (councils, mut opened, mut with_withheld, mut checked) = (300, 0, 0, 0);
    for _ in 0..councils {
        let people = council(&mut dice);
        let page = threshold_only(&people);
        let hides = page.items[0]
            .findings
            .iter()
            .any(|f| f.local.n.value.is_none());
        with_withheld += usize::from(hides);
        let openings = attack(&[&page]);
        opened += usize::from(!openings.is_empty());
        for opening in &openings {
            let truth = truth(&people, opening)
                .unwrap_or_else(|| panic!("the test knows what it made: {opening:?}"));
            let (low, high) = (opening.low.unwrap(), opening.high.unwrap());
            checked += 1;
            assert!(
                low <= truth + 0.01 && truth <= high + 0.01,
                "{opening:?} but it is {truth}"
            );
        }
    }
    println!("{opened} of {councils} opened ({with_withheld} withheld a number); {checked} ranges");
    assert!(opened * 2 > with_withheld, "{opened} of {with_withheld}");
}

#[test]
fn a_joiner_or_leaver_in_the_second_of_three_releases_is_always_found() {
    let mut dice = Dice::new(7);
    for _ in 0..20 {
        let people = council(&mut dice);
        let mut changed = people.clone();
        if dice.once_in(2) {
            changed.pop();
        } else {
            changed.push(people[0].clone());
        }
        let first = resting_on(threshold_only(&people), "a");
        let second = resting_on(threshold_only(&changed), "b");
        let third = resting_on(threshold_only(&changed), "c");
        let openings = attack(&[&first, &second, &third]);
        assert!(
            openings
                .iter()
                .any(|one| one.what == "difference between releases"),
            "{openings:?}"
        );
    }
}
