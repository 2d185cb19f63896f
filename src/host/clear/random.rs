//! Councils drawn at random, assessed, cleared for publication and attacked: nothing opens.

mod drawn;
mod tiny;

use crate::attack::{Attempt, attempt};
use crate::publication::{Publication, RowsDigest};
pub(super) use drawn::Dice;
use drawn::{Drawn, Other};
use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

/// As many as `COUNCILS` in the environment says; ten thousand where the code is optimised;
/// else so few that nobody waits.
fn councils() -> u64 {
    let few = if cfg!(debug_assertions) { 120 } else { 10_000 };
    environment("COUNCILS").unwrap_or(few)
}

/// The first of them: `FROM` in the environment, so that a long round can be gone through in
/// parts and gone on with.
fn first() -> u64 {
    environment("FROM").unwrap_or(0)
}

fn environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Councils after which it is told how far it has come.
const PART: u64 = 500;

const HANDS: u64 = 2;

/// What became of some councils.
#[derive(Default)]
struct Tally {
    councils: usize,
    releases: usize,
    /// Figures printed, over all releases.
    printed: usize,
    /// Councils of which nothing could be published, by why.
    refused: BTreeMap<String, usize>,
    /// Councils in which something is withheld.
    withholding: usize,
    /// Those of them that the thresholds alone would leave open.
    open_under_thresholds: usize,
    /// By what: how many figures were tried, the narrowest range, its unit.
    narrowest: BTreeMap<String, (usize, f64, String)>,
    /// Seeds that open, with the first opening of each.
    opened: Vec<(u64, String)>,
    /// Seeds of councils that give something else when they are run again, and what.
    changed: Vec<(u64, String)>,
    /// The slowest.
    slowest: (Duration, u64),
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.councils += other.councils;
        self.releases += other.releases;
        self.printed += other.printed;
        for (why, times) in other.refused {
            *self.refused.entry(why).or_default() += times;
        }
        self.withholding += other.withholding;
        self.open_under_thresholds += other.open_under_thresholds;
        for (what, (tried, range, unit)) in other.narrowest {
            self.note(&what, tried, range, &unit);
        }
        self.opened.extend(other.opened);
        self.changed.extend(other.changed);
        self.slowest = self.slowest.max(other.slowest);
    }

    fn note(&mut self, what: &str, tried: usize, range: f64, unit: &str) {
        let new = || (0, f64::INFINITY, unit.to_owned());
        let known = self.narrowest.entry(what.to_owned()).or_insert_with(new);
        known.0 += tried;
        known.1 = known.1.min(range);
    }

    /// One council with up to three releases: the second with one who joined, left or brought
    /// something else, which is refused, or told as a correction; the third with another
    /// grouping. Of some the survey is published once more with another as-of date, as it was or not.
    fn council(&mut self, seed: u64) {
        let began = Instant::now();
        let mut dice = Dice::seeded(seed);
        let mut drawn = Drawn::new(&mut dice);
        self.councils += 1;
        let mut releases: Vec<Publication> = Vec::new();
        self.publish(&drawn, &mut releases);
        if let [first] = &releases[..] {
            let again = drawn.published(&releases);
            let why = match again {
                Ok(again) if again.items == first.items => None,
                Ok(again) => Some(differing_items(first, &again)),
                Err(fault) => Some(fault.message),
            };
            self.changed.extend(why.map(|why| (seed, why)));
        }
        let alone = attempt(&[&drawn.under_thresholds_alone()]);
        self.withholding += usize::from(alone.withheld > 0);
        self.open_under_thresholds += usize::from(!alone.openings.is_empty());
        // Most leaks show in one release; three are dearer.
        if dice.once_in(3) {
            let mut other = drawn.clone();
            let who = [Other::Joined, Other::Left, Other::Answered][dice.up_to(2)];
            other.change(who);
            if other.has_rows() && !releases.is_empty() {
                let corrects = dice.once_in(2);
                if let Ok(second) = other.published(&releases) {
                    // Nothing shows that the rows differ, if no digest does.
                    let is_told = |rows: &RowsDigest| rows.sha256.is_some();
                    assert!(
                        !second.rows.iter().any(is_told),
                        "{who:?} under the same date is refused: {seed}"
                    );
                    self.releases += 1;
                    releases.push(second);
                    drawn = other;
                } else if corrects {
                    other.correct();
                    self.publish(&other, &mut releases);
                    drawn = other;
                }
            }
            // Groupings that are added later must not open what was withheld before.
            drawn.group(&mut dice);
            self.publish(&drawn, &mut releases);
            if dice.once_in(2) && !releases.is_empty() {
                drawn.at_another_date();
                if dice.once_in(2) {
                    drawn.change([Other::Joined, Other::Left, Other::Answered][dice.up_to(2)]);
                }
                self.publish(&drawn, &mut releases);
            }
        }
        // One that prints no figure tells nothing; that it names a group may be had from another's name.
        let telling: Vec<&Publication> = releases.iter().filter(|one| tells(one)).collect();
        self.attack(seed, attempt(&telling));
        self.slowest = self.slowest.max((began.elapsed(), seed));
    }

    fn publish(&mut self, drawn: &Drawn, releases: &mut Vec<Publication>) {
        let of_survey: Vec<Publication> = releases.iter().map(|one| one.survey_alone()).collect();
        let known = match drawn.is_of_another_date() {
            true => &of_survey,
            false => &*releases,
        };
        match drawn.published(known) {
            Ok(publication) => {
                self.releases += 1;
                releases.push(publication);
            }
            Err(fault) => {
                let after = match releases.len() {
                    0 => "nothing before",
                    _ if drawn.is_of_another_date() => "at another date",
                    _ if drawn.is_corrected() => "after a correction",
                    _ => "a classification more",
                };
                let what = opened_kind(&fault.message);
                let why = format!("{} ({after}; {what})", fault.code.name());
                *self.refused.entry(why).or_default() += 1;
            }
        }
    }

    /// How far it has come.
    fn told(&self, from: u64, began: Instant) {
        println!(
            "{} councils from {from}, {} releases, {} figures, {} s; withheld in {}, of which \
             thresholds alone leave {} open; not published: {:?}; slowest {:?}; open: {}",
            self.councils,
            self.releases,
            self.printed,
            began.elapsed().as_secs(),
            self.withholding,
            self.open_under_thresholds,
            self.refused,
            self.slowest,
            self.opened.len()
        );
    }

    fn attack(&mut self, seed: u64, attempt: Attempt) {
        // An attacker who takes a printed figure for something else would be blind.
        assert!(
            attempt.contradictions.is_empty(),
            "{seed}: {:?}",
            attempt.contradictions
        );
        self.printed += attempt.published;
        for one in &attempt.narrowest {
            self.note(&one.what, one.tried, one.range, &one.unit);
        }
        let first = attempt.openings.first();
        self.opened
            .extend(first.map(|opening| (seed, format!("{opening:?}"))));
    }
}

/// Whether a publication prints any figure about people.
fn tells(publication: &Publication) -> bool {
    let mut items = publication.items.iter();
    items.any(|item| {
        let mut findings = item.findings.iter();
        item.kind != "statement"
            && findings.any(|finding| {
                let mut readings = finding.national.iter().chain([&finding.local]);
                readings.any(|reading| reading.value.value.is_some() || reading.n.value.is_some())
            })
    })
}

/// Items of which two publications print something else.
fn differing_items(one: &Publication, other: &Publication) -> String {
    let pairs = one.items.iter().zip(&other.items);
    let ids: Vec<&str> = pairs
        .filter(|(one, other)| one != other)
        .map(|(one, _)| one.id.as_str())
        .collect();
    ids.join(", ")
}

/// "number of people" of "what is withheld of `cover` of team A (number of people) can be …".
fn opened_kind(message: &str) -> &str {
    let inside = message.split_once('(').map(|(_, rest)| rest);
    let what = inside.and_then(|rest| rest.split_once(')'));
    what.map_or("", |(what, _)| what)
}

/// The councils from one number to another, on two hands.
fn tallied(from: u64, to: u64) -> Tally {
    let mut all = Tally::default();
    thread::scope(|scope| {
        let hands: Vec<_> = (0..HANDS)
            .map(|hand| {
                scope.spawn(move || {
                    let mut own = Tally::default();
                    (from..to)
                        .filter(|seed| seed % HANDS == hand)
                        .for_each(|seed| own.council(seed));
                    own
                })
            })
            .collect();
        for hand in hands {
            all.add(hand.join().expect("a council that fails tells so"));
        }
    });
    all
}

#[test]
fn nothing_opens_in_random_councils_cleared_for_publication() {
    let began = Instant::now();
    let (from, to) = (first(), first() + councils());
    let mut all = Tally::default();
    for part in (from..to).step_by(PART as usize) {
        all.add(tallied(part, to.min(part + PART)));
        all.told(from, began);
    }
    for (what, (tried, range, unit)) in &all.narrowest {
        println!("{what}: {tried} tried, the narrowest {range:.1} {unit}");
    }
    assert!(
        all.opened.is_empty(),
        "{} of {} councils open: {:#?}",
        all.opened.len(),
        all.councils,
        &all.opened[..all.opened.len().min(8)]
    );
    assert!(
        all.changed.is_empty(),
        "{} of {} councils give something else when they are run again: {:#?}",
        all.changed.len(),
        all.councils,
        &all.changed[..all.changed.len().min(8)]
    );
    assert!(
        all.open_under_thresholds * 2 > all.withholding,
        "{} of {}",
        all.open_under_thresholds,
        all.withholding
    );
}
