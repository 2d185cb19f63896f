//! What rolling small groups together is worth: councils drawn at random, each published with
//! it and without it, and both attacked.

use super::random::Dice;
use crate::assess::test_council::TestCouncil;
use crate::attack::{Opening, attempt};
use crate::disclose::{self, Held, Hold};
use crate::national::Service::{Adults, Children};
use crate::publication::{Finding, Publication};

/// A thousand where the code is optimised; else so few that nobody waits.
const COUNCILS: u64 = if cfg!(debug_assertions) { 60 } else { 1_000 };
const QUESTIONS: usize = 3;
const TEAMS: [&str; 16] = [
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P",
];

/// Two services of three to eight teams each, of two to 26 who answered, who leave one answer
/// in twelve out.
fn council(dice: &mut Dice) -> TestCouncil {
    let mut council = TestCouncil::new(&[Children, Adults])
        .questions("welfare", QUESTIONS)
        .by_team();
    for (service, names) in [(Children, &TEAMS[..8]), (Adults, &TEAMS[8..])] {
        for team in &names[..3 + dice.up_to(5)] {
            for _ in 0..2 + dice.up_to(12) + dice.up_to(12) {
                let answers = answers(dice);
                council = council.sheets(1, Some(service), Some(team), &answers);
            }
        }
    }
    council
}

fn answers(dice: &mut Dice) -> [Option<u8>; QUESTIONS] {
    [(); QUESTIONS].map(|()| (!dice.once_in(12)).then_some(dice.up_to(4) as u8))
}

/// What may be seen of a council, small groups rolled together or not.
fn published(council: &TestCouncil, rolls: bool) -> Publication {
    let check = council.check();
    let mut held = Held::new();
    for item in check.items().iter().filter(|_| !rolls) {
        held.insert(item.id.clone(), Hold::RollUps);
    }
    disclose::publication("northshire", &check, &council.assess(), &[], &[], &held)
        .expect("nothing was published before")
}

/// What is published of groups below the services, of what could be.
#[derive(Default, Debug)]
struct Told {
    own: usize,
    rolled: usize,
    withheld: usize,
    /// People of whom nothing is told below their service.
    untold: usize,
}

fn count(publication: &Publication, told: &mut Told) {
    let is_rolled = |finding: &Finding| finding.group.contains(" + ");
    for item in &publication.items {
        for finding in item.findings.iter().filter(|f| f.breakdown == "team") {
            match finding.local.value.value {
                Some(_) if is_rolled(finding) => told.rolled += 1,
                Some(_) => told.own += 1,
                None => told.withheld += 1,
            }
        }
        let people = |breakdown: &str| -> f64 {
            let own = item.findings.iter().filter(|f| f.breakdown == breakdown);
            own.filter_map(|finding| finding.local.n.value).sum()
        };
        told.untold += (people("service") - people("team")).max(0.0) as usize;
    }
}

#[test]
fn rolling_up_tells_of_more_people_takes_no_figure_away_and_opens_nothing() {
    let (mut with, mut without) = (Told::default(), Told::default());
    let (mut opened, mut new) = ([0, 0], 0);
    for seed in 0..COUNCILS {
        let council = council(&mut Dice::seeded(seed));
        let (plain, rolled) = (published(&council, false), published(&council, true));
        for (item, before) in rolled.items.iter().zip(&plain.items) {
            let own = |finding: &&Finding| !finding.group.contains(" + ");
            let now: Vec<&Finding> = item.findings.iter().filter(own).collect();
            assert_eq!(now, before.findings.iter().collect::<Vec<_>>(), "{seed}");
        }
        count(&plain, &mut without);
        count(&rolled, &mut with);
        let [before, now] = [&plain, &rolled].map(|publication| {
            let attempt = attempt(&[publication]);
            assert!(attempt.contradictions.is_empty(), "{seed}");
            attempt.openings
        });
        for (opened, openings) in opened.iter_mut().zip([&before, &now]) {
            *opened += usize::from(!openings.is_empty());
        }
        let known = |one: &&Opening| {
            let same = |other: &Opening| {
                (&other.item, &other.group, &other.what) == (&one.item, &one.group, &one.what)
            };
            before.iter().any(same)
        };
        new += now.iter().filter(|one| !known(one)).count();
    }
    println!(
        "{COUNCILS} councils; without: {without:?}; with: {with:?}; opened before anything is held \
         back: {opened:?}, of which by rolling up {new}"
    );
    assert!(new == 0 && opened[1] <= opened[0], "{opened:?}, {new}");
    assert_eq!((with.own, with.withheld), (without.own, without.withheld));
    assert!(with.rolled * 10 > with.own, "{with:?}");
    assert!(with.untold * 2 < without.untold, "{with:?}");
}
