//! Councils drawn at random, assessed, cleared for publication and attacked: nothing opens.

use super::cleared;
use crate::assess::test_council::TestCouncil;
use crate::attack::{Opening, attempt};
use crate::chance::SplitMix64;
use crate::check::Breakdown;
use crate::national::Service;
use crate::publication::Publication;
use std::collections::BTreeMap;
use std::thread;

/// Those who share every group: breakdowns are groupings of these.
const ATOMS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];
/// Ten thousand where the code is optimised; else so few that nobody waits.
const COUNCILS: u64 = if cfg!(debug_assertions) { 300 } else { 10_000 };
const HANDS: u64 = 4;

/// Whole numbers that are the same on every run.
pub(super) struct Dice(pub(super) SplitMix64);

impl Dice {
    /// From 0 to `most`.
    pub(super) fn up_to(&mut self, most: usize) -> usize {
        self.0.below(most as u64 + 1) as usize
    }

    /// True once in so many throws.
    pub(super) fn once_in(&mut self, throws: usize) -> bool {
        self.up_to(throws - 1) == 0
    }
}

/// How sheets are grouped, and the sheets: atom and an answer to each of two questions.
struct Drawn {
    breakdowns: Vec<Vec<usize>>,
    sheets: Vec<(usize, [Option<u8>; 2])>,
}

impl Drawn {
    /// One to six breakdowns, each nested in the one before or across it.
    fn new(dice: &mut Dice) -> Self {
        let atoms = 3 + dice.up_to(ATOMS.len() - 3);
        let mut breakdowns: Vec<Vec<usize>> = Vec::new();
        for _ in 0..1 + dice.up_to(5) {
            let size = 1 + dice.up_to(2);
            let drawn: Vec<usize> = (0..atoms).map(|_| dice.up_to(size)).collect();
            let nested = breakdowns.last().filter(|_| dice.once_in(2));
            breakdowns.push(match nested {
                Some(above) => drawn
                    .iter()
                    .zip(above)
                    .map(|(own, up)| up * 3 + own)
                    .collect(),
                None => drawn,
            });
        }
        let sheets = (0..18 + dice.up_to(60))
            .map(|_| Self::sheet(dice, atoms))
            .collect();
        Self { breakdowns, sheets }
    }

    fn sheet(dice: &mut Dice, atoms: usize) -> (usize, [Option<u8>; 2]) {
        // The lower of two throws: some atoms are large and some small.
        let atom = dice.up_to(atoms - 1).min(dice.up_to(atoms - 1));
        let answers = [0, 1].map(|_| {
            let blank = dice.once_in(12);
            (!blank).then_some(dice.up_to(4) as u8)
        });
        (atom, answers)
    }

    fn council(&self) -> TestCouncil {
        let mut council = TestCouncil::new(&[Service::Adults]).questions("welfare", 2);
        for (at, groups) in self.breakdowns.iter().enumerate() {
            let mut named: BTreeMap<usize, Vec<String>> = BTreeMap::new();
            for (atom, group) in groups.iter().enumerate() {
                named.entry(*group).or_default().push(ATOMS[atom].into());
            }
            council.parts.breakdowns.push(Breakdown {
                id: format!("b{at}"),
                tables: vec!["survey".into()],
                by: "team".into(),
                groups: named
                    .into_iter()
                    .map(|(group, atoms)| (format!("g{group}"), atoms))
                    .collect(),
            });
        }
        for (atom, answers) in &self.sheets {
            council = council.sheets(1, None, Some(ATOMS[*atom]), answers);
        }
        council
    }

    /// What may be seen of it after some releases; `None` if it is refused.
    fn published(&self, releases: &[Publication]) -> Option<Publication> {
        let council = self.council();
        let (check, found) = (council.check(), council.assess_after(releases));
        let cleared = cleared("northshire", &check, &found, &[], releases);
        cleared.ok().map(|(publication, _)| publication)
    }
}

/// What opens in up to three releases: the second with one who joined, left or answered
/// otherwise, which is refused; the third of the first rows with fewer groupings.
fn attacked(seed: u64) -> Vec<Opening> {
    let mut dice = Dice(SplitMix64::seeded(seed));
    let mut drawn = Drawn::new(&mut dice);
    let first = drawn.published(&[]);
    let mut releases: Vec<Publication> = first.into_iter().collect();
    // Most leaks show in one release; three are dearer.
    if dice.once_in(4) {
        let as_first = drawn.sheets.clone();
        let last = as_first.len() - 1;
        match dice.up_to(2) {
            0 => drawn.sheets.truncate(last),
            1 => drawn.sheets.push(drawn.sheets[0]),
            _ => drawn.sheets[last].1[0] = other_than(drawn.sheets[last].1[0]),
        }
        let second = drawn.published(&releases);
        assert!(
            second.is_none(),
            "other rows under the same date are refused"
        );
        drawn.sheets = as_first;
        // Groupings that are added later must not open what was withheld before.
        let extra = (0..ATOMS.len()).map(|_| dice.up_to(2)).collect();
        drawn.breakdowns.push(extra);
        releases.extend(drawn.published(&releases));
    }
    let attempt = attempt(&releases.iter().collect::<Vec<_>>());
    // An attacker who takes a printed figure for something else would be blind.
    assert!(
        attempt.contradictions.is_empty(),
        "{:?}",
        attempt.contradictions
    );
    attempt.openings
}

fn other_than(answer: Option<u8>) -> Option<u8> {
    Some(answer.map_or(0, |answer| (answer + 1) % 5))
}

#[test]
fn nothing_opens_in_random_councils_cleared_for_publication() {
    let opened: Vec<(u64, Opening)> = thread::scope(|scope| {
        let hands: Vec<_> = (0..HANDS)
            .map(|hand| {
                scope.spawn(move || {
                    let seeds = (0..COUNCILS).filter(|seed| seed % HANDS == hand);
                    seeds
                        .filter_map(|seed| Some((seed, attacked(seed).into_iter().next()?)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        hands
            .into_iter()
            .flat_map(|hand| hand.join().expect("an attack does not panic"))
            .collect()
    });
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, opening) in &opened {
        *kinds.entry(opening.what.as_str()).or_default() += 1;
    }
    assert!(
        opened.is_empty(),
        "{} of {COUNCILS} councils open; the first of each by kind: {kinds:?}; for one: {:?}",
        opened.len(),
        opened[0]
    );
}
