//! A few people of another service in a team: what is published of both must not tell of them.

use super::random::Dice;
use crate::assess::test_council::TestCouncil;
use crate::disclose::{self, Held};
use crate::national::Service::{self, Adults, Children};
use crate::publication::Publication;
use std::collections::BTreeMap;

const TEAMS: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
const COUNCILS: u64 = if cfg!(debug_assertions) { 150 } else { 3_000 };

/// How many sheets there are of each service in each team.
type Combinations = BTreeMap<(Service, usize), usize>;

fn published(combinations: &Combinations, dice: &mut Dice) -> Publication {
    let mut council = TestCouncil::new(&[Children, Adults])
        .questions("welfare", 2)
        .by_team();
    for ((service, team), sheets) in combinations {
        for _ in 0..*sheets {
            let answers = [(); 2].map(|()| Some(dice.up_to(4) as u8));
            council = council.sheets(1, Some(*service), Some(TEAMS[*team]), &answers);
        }
    }
    let check = council.check();
    disclose::publication(
        "northshire",
        &check,
        &council.assess(),
        &[],
        &[],
        &Held::new(),
    )
    .expect("nothing was published before")
}

/// Each team of one service, but for one or two people in some.
fn with_strays(dice: &mut Dice) -> Combinations {
    let mut combinations = Combinations::new();
    for team in 0..3 + dice.up_to(3) {
        let (own, other) = match team % 2 {
            0 => (Children, Adults),
            _ => (Adults, Children),
        };
        combinations.insert((own, team), 8 + dice.up_to(12));
        if dice.once_in(2) {
            combinations.insert((other, team), 1 + dice.up_to(2));
        }
    }
    combinations
}

/// Whether the number of one combination follows from those of the groups that are told of an item,
/// each given by the combinations that it holds.
fn is_told(groups: &[Vec<f64>], combination: usize) -> bool {
    let mut basis: Vec<(usize, Vec<f64>)> = Vec::new();
    let reduced = |basis: &[(usize, Vec<f64>)], mut row: Vec<f64>| {
        for (at, other) in basis {
            let times = row[*at] / other[*at];
            row.iter_mut()
                .zip(other)
                .for_each(|(own, other)| *own -= times * other);
        }
        row
    };
    for group in groups {
        let row = reduced(&basis, group.clone());
        if let Some(at) = row.iter().position(|value| value.abs() > 1e-9) {
            basis.push((at, row));
        }
    }
    let mut one = vec![0.0; groups.first().map_or(0, Vec::len)];
    one[combination] = 1.0;
    reduced(&basis, one).iter().all(|value| value.abs() < 1e-9)
}

/// The combinations of fewer than ten that what is told of an item tells of.
fn told(publication: &Publication, combinations: &Combinations) -> Vec<(Service, usize)> {
    let holds = |finding: &crate::publication::Finding, (service, team): &(Service, usize)| {
        let group = publication
            .groups
            .iter()
            .find(|group| group.breakdown == finding.breakdown && group.name == finding.group);
        let rolls = group.map_or(&[][..], |group| &group.rolls);
        match finding.breakdown.as_str() {
            "whole" => true,
            "service" => finding.group == service.id(),
            _ => finding.group == TEAMS[*team] || rolls.iter().any(|one| one == TEAMS[*team]),
        }
    };
    let mut found = Vec::new();
    for item in &publication.items {
        let printed = item
            .findings
            .iter()
            .filter(|one| one.local.n.value.is_some());
        let groups: Vec<Vec<f64>> = printed
            .map(|finding| {
                let held = combinations
                    .keys()
                    .map(|one| f64::from(u8::from(holds(finding, one))));
                held.collect()
            })
            .collect();
        for (at, (combination, sheets)) in combinations.iter().enumerate() {
            if *sheets < 10 && !groups.is_empty() && is_told(&groups, at) {
                found.push(*combination);
            }
        }
    }
    found
}

#[test]
fn of_one_practitioner_of_the_other_service_in_a_team_nothing_is_told() {
    let mut dice = Dice::seeded(1);
    // Fifteen of adults, fourteen of them in one team: what is left is one.
    let combinations = Combinations::from([
        ((Children, 0), 30),
        ((Children, 1), 30),
        ((Adults, 2), 14),
        ((Adults, 3), 1),
        ((Children, 3), 11),
    ]);
    let publication = published(&combinations, &mut dice);
    assert_eq!(told(&publication, &combinations), []);
    let figures = publication.items.iter().flat_map(|item| &item.findings);
    let below = figures.filter(|one| one.breakdown == "team" && one.local.n.value.is_some());
    assert!(
        below.count() > 0,
        "the teams of children's alone may be told"
    );
}

#[test]
fn whoever_is_in_a_team_of_another_service_is_told_of_by_no_sum_and_no_difference() {
    let (mut printed, mut strays) = (0, 0);
    for seed in 0..COUNCILS {
        let mut dice = Dice::seeded(seed);
        let combinations = with_strays(&mut dice);
        strays += combinations.values().filter(|sheets| **sheets < 4).count();
        let publication = published(&combinations, &mut dice);
        assert_eq!(
            told(&publication, &combinations),
            [],
            "{seed}: {combinations:?}"
        );
        let figures = publication.items.iter().flat_map(|item| &item.findings);
        printed += figures.filter(|one| one.local.n.value.is_some()).count();
    }
    println!("{printed} figures of {COUNCILS} councils with {strays} strays");
    assert!(strays as u64 > COUNCILS && printed as u64 > 3 * COUNCILS);
}
