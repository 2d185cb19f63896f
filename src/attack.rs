//! The attacker that ships with the product: publications in, what can be worked out of
//! them and should not be, out.
//!
//! It knows what any reader knows: everything printed in one or more publications of a
//! council, how each figure is rounded, that people come whole and in no negative numbers,
//! and the published rule. It is never told which figures were withheld for being small and
//! which to protect those. It tries two things: exact recovery, by elimination in exact
//! arithmetic over the sums that tie groups together, and bounds, by the least and the most
//! that a withheld figure can be under everything printed: of its own item, of others that rest
//! on the same sheets, rows or totals, and of the scores made of them. `docs/method.md` states
//! both, and what counts as opened.

mod bands;
mod cells;
mod differences;
mod figures;
mod groups;
mod measures;
mod openings;
mod questions;
mod recovery;
mod releases;
mod response;
mod scores;
mod sheets;
mod sight;
mod simplex;
mod solved;
mod totals;
mod variance;

use crate::publication::Publication;
pub(crate) use groups::MOST_GROUPS;
use serde::Serialize;
pub(crate) use sight::Sight;
pub(crate) use solved::Solved;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Whole numbers that a withheld count must leave possible.
pub const FEWEST_NUMBERS: f64 = 5.0;

/// Score points over which a withheld question total must be able to range.
pub const FEWEST_POINTS: f64 = 100.0;

/// Share of itself by which a withheld amount must be uncertain, up and down.
pub const AMOUNT_SHARE: f64 = 0.1;

/// People who must differ between two releases of the same date.
pub const FEWEST_CHANGED: f64 = 10.0;

/// What is opened where two releases of one date print a figure differently and too few
/// people are certain to be behind it.
pub(crate) const DIFFERENCE: &str = "difference between releases";
/// What is opened where an attack did not come to its end.
pub(crate) const UNFINISHED: &str = "unfinished";

/// Points by which a withheld score must be uncertain.
pub const SCORE_POINTS: f64 = 2.0;

/// Something withheld that can be worked out, exactly or too closely.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Opening {
    /// The folder of the council: `northshire`.
    pub council: String,
    /// The item's id, or the standard's; empty where neither is spoken of.
    pub item: String,
    /// The group's breakdown: `team`.
    pub breakdown: String,
    /// The group's name in it.
    pub group: String,
    /// What is opened: "number of people", "score points", "answers: agree", "score", ….
    pub what: String,
    /// The least that it can be; `null` where the attack did not come to an end.
    pub low: Option<f64>,
    /// The most that it can be; `null` where the attack did not come to an end.
    pub high: Option<f64>,
    /// How, in plain English, naming the published figures used. It holds no withheld value.
    pub how: String,
    /// The other items whose printed figures it takes, by their ids; empty where the item's own
    /// suffice.
    pub by: Vec<String>,
}

/// How closely one kind of withheld figure could be had.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Narrowest {
    /// What was tried: "number of people".
    pub what: String,
    /// How many withheld figures of the kind were tried.
    pub tried: usize,
    /// The narrowest range found, in the unit of `unit`. A range found wide enough is not
    /// followed to its end, so that it is "at least".
    pub range: f64,
    /// `whole numbers`, `points`, `% of the middle`.
    pub unit: String,
}

/// All that one attack did.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
#[non_exhaustive]
pub struct Attempt {
    /// Figures with a number in them, over all publications.
    pub published: usize,
    /// Figures marked `c`.
    pub withheld: usize,
    /// Withheld figures that were attacked.
    pub tried: usize,
    /// By kind.
    pub narrowest: Vec<Narrowest>,
    /// What was opened.
    pub openings: Vec<Opening>,
    /// Figures that contradict one another, so that nothing can be had from them.
    pub contradictions: Vec<String>,
}

/// What can be opened of councils' publications; several of one council and as-of date are
/// its releases, attacked together, and with them what was told of the same survey at an earlier
/// date. Empty if nothing.
pub fn attack(publications: &[&Publication]) -> Vec<Opening> {
    attempt(publications).openings
}

/// The same of the as-of date of the last one; tables that were solved before are not solved again.
pub(crate) fn attack_since(publications: &[&Publication], before: &Arc<Solved>) -> Vec<Opening> {
    before.begin();
    let last = publications.last().map(|last| last.council.as_of.as_str());
    attempt_since(publications, last, before).openings
}

/// The same with what was tried.
pub fn attempt(publications: &[&Publication]) -> Attempt {
    attempt_since(publications, None, &Arc::new(Solved::none()))
}

/// Of all as-of dates, or of one, beside what others tell of its survey.
fn attempt_since(publications: &[&Publication], of: Option<&str>, before: &Arc<Solved>) -> Attempt {
    let mut councils: BTreeMap<(&str, &str, &str), Vec<&Publication>> = BTreeMap::new();
    for publication in publications {
        let key = (
            publication.id.as_str(),
            publication.council.code.as_str(),
            publication.council.as_of.as_str(),
        );
        let releases = councils.entry(key).or_default();
        // What prints the same tells nothing more.
        let seen = Sight::of(publication);
        if releases.iter().all(|known| Sight::of(known) != seen) {
            releases.push(publication);
        }
    }
    let mut attempt = Attempt::default();
    for publication in publications {
        let (published, withheld) = figures::counted(publication);
        attempt.published += published;
        attempt.withheld += withheld;
    }
    let mut kinds: BTreeMap<String, Narrowest> = BTreeMap::new();
    for ((id, code, as_of), releases) in &councils {
        if of.is_some_and(|of| of != *as_of) {
            continue;
        }
        let same_survey = |other: &&&Publication| {
            (other.id.as_str(), other.council.code.as_str()) == (*id, *code)
                && match of {
                    Some(_) => other.council.as_of.as_str() != *as_of,
                    None => other.council.as_of.as_str() < *as_of,
                }
                && (releases.iter()).any(|one| other.is_of_survey(one.council.fielded.as_deref()))
        };
        let others = publications.iter().filter(same_survey);
        let others: Vec<Publication> = others.map(|other| other.survey_alone()).collect();
        let together: Vec<&Publication> = others.iter().chain(releases.iter().copied()).collect();
        let found = releases::attacked(&together, before);
        found.add_to(&mut attempt, &mut kinds);
    }
    attempt.narrowest = kinds.into_values().collect();
    attempt
}

#[cfg(test)]
mod tests;
