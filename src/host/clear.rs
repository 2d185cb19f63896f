//! From an assessment to a publication that our own attacker cannot open: an assessment and
//! the releases that count in, a publication out, or the fault that stops it.
//!
//! `disclose` withholds by its rules, which are meant to suffice. The attacker knows nothing
//! of how it came to them. Where it opens an item all the same, that item is held back a step
//! further and everything is made and attacked again: first, where only parts and single answers
//! open, the answers of groups are no longer split; then small groups are no longer rolled together
//! for it, then no answers of groups are split, then none at all, then nothing of it is told below the
//! whole, then nothing at all. Where even that does
//! not help, only name, date and reason are published, and what is no person's data; unless a
//! release of the same date stands that says more: then that stays.

use crate::assess;
use crate::assessment::Assessment;
use crate::attack::{self, Opening, Sight, Solved};
use crate::check::{HealthCheck, Item, Kind};
use crate::data::Input;
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::of_value;
use crate::disclose::{self, Decided, Ground, Held, Hold, Why};
use crate::memo::{Key, Memo};
use crate::national::BANDED;
use crate::publication::Publication;
use crate::stop::is_stopped;
use std::sync::Arc;

#[cfg(test)]
mod apart;
#[cfg(test)]
mod bands;
#[cfg(test)]
mod corrections;
#[cfg(test)]
mod random;
#[cfg(test)]
mod rolled;
#[cfg(test)]
mod strays;
#[cfg(test)]
mod tests;

/// No council may have more groups than the attack takes on, with the whole, two services and the
/// groups that are rolled together, of two or more each.
const _: () = assert!(attack::MOST_GROUPS >= assess::MOST_GROUPS * 3 / 2 + 3);

/// What the attacker found before.
pub(super) struct Verdicts {
    /// What was opened of publications that print the same.
    openings: Memo<Vec<Opening>>,
    /// The tables that it solved.
    tables: Arc<Solved>,
}

impl Verdicts {
    /// Of a host that remembers nothing. Within one clearing the planner's rounds have most tables
    /// in common.
    pub(super) fn none() -> Self {
        Self {
            openings: Memo::none(),
            tables: Arc::new(Solved::new()),
        }
    }

    /// Of a council that is worked on for the first time: so many attacks are remembered.
    pub(super) fn keeping(attacks: usize) -> Self {
        Self {
            openings: Memo::keeping(attacks),
            ..Self::none()
        }
    }

    fn of(&self, publications: &[&Publication]) -> Vec<Opening> {
        let attack = || attack::attack_since(publications, &self.tables);
        self.openings.of(|| key(publications), attack)
    }

    /// How often it attacked, and how many tables it solved.
    #[cfg(test)]
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.openings.times(), self.tables.times())
    }
}

/// What may be seen of a council's check, under the folder `id`; and what opens whatever is
/// held back, so that no figure is in it.
pub(super) fn cleared(
    id: &str,
    check: &HealthCheck,
    assessment: &Assessment,
    inputs: &[Input],
    releases: &[Publication],
    before: &Verdicts,
) -> Result<(Publication, Option<Diagnostic>), Box<Diagnostic>> {
    let already = open_already(check, releases, before);
    let is_new = |opening: &Opening| {
        let of =
            |one: &Opening| [&one.item, &one.breakdown, &one.group, &one.what].map(String::clone);
        already.iter().all(|known| of(known) != of(opening))
    };
    let mut ground = Ground::of(id, check, assessment, inputs, releases)?;
    // What stands is told again where nothing has changed: beside itself it opens nothing.
    let stands = releases.last();
    let stands = stands.filter(|last| check.has_date_of(last) && !ground.is_corrected());
    if let Some(stands) = stands {
        let (again, fault) = cleared(id, check, assessment, inputs, &[], before)?;
        if fault.is_none() && tells_the_same(stands, &again) {
            return Ok((again, None));
        }
    }
    let nothing = |ground: &mut Ground, why: Why| {
        let held = Held::everything(check);
        let decided = ground.decided(&held)?;
        Ok::<_, Box<Diagnostic>>(disclose::without_figures(
            ground.publication(&decided, &held),
            why,
        ))
    };
    let mut held = Held::new();
    let mut last: Option<(Decided, Vec<Opening>)> = None;
    loop {
        let decided = ground.decided(&held)?;
        // A decision that was stopped has withheld anything.
        if is_stopped() {
            return Err(unwanted(check).into());
        }
        // A step further that changes nothing for what opens opens it again.
        let again = last.take().filter(|(before, _)| *before == decided);
        let openings = match again {
            Some((_, openings)) => openings,
            None => {
                let publication = ground.publication(&decided, &held);
                let together: Vec<&Publication> = releases.iter().chain([&publication]).collect();
                let mut openings = before.of(&together);
                openings.retain(is_new);
                // An attack that was stopped has shown nothing.
                if is_stopped() {
                    return Err(unwanted(check).into());
                }
                if openings.is_empty() {
                    // So few people that even what is about posts could tell of one.
                    let too_few = disclose::answered_is_withheld(&publication);
                    return match publication.only {
                        Some(_) if too_few => Ok((nothing(&mut ground, Why::People)?, None)),
                        _ => Ok((publication, None)),
                    };
                }
                openings
            }
        };
        let first = &openings[0];
        if !hold_back(check, &openings, &mut held) {
            let what = opens(first, openings.len());
            let stands = releases.last().filter(|last| !check.withdraws(last));
            return if let Some(stands) = stands {
                Err(release_opens(stands, check, first, &what).into())
            } else {
                let opens = publication_opens(check, first, &what);
                let why = match is_unfinished(first) {
                    true => Why::Groups,
                    false => Why::People,
                };
                Ok((nothing(&mut ground, why)?, Some(opens)))
            };
        }
        last = Some((decided, openings));
    }
}

/// Whether two publications tell the same figures.
fn tells_the_same(one: &Publication, other: &Publication) -> bool {
    let (own, others) = (one.items.iter(), other.items.iter());
    let figures = own.map(|item| (&item.id, &item.findings));
    figures.eq(others.map(|item| (&item.id, &item.findings)))
        && one.scopes == other.scopes
        && one.response == other.response
        && one.awareness == other.awareness
        && one.data_quality == other.data_quality
}

/// What follows from what was told of the survey at other as-of dates alone: nothing that is
/// withheld now would prevent that.
fn open_already(check: &HealthCheck, releases: &[Publication], before: &Verdicts) -> Vec<Opening> {
    let others = releases.iter().filter(|one| !check.has_date_of(one));
    let others: Vec<&Publication> = others.collect();
    match others.is_empty() {
        true => Vec::new(),
        false => before.of(&others),
    }
}

/// Of all that the attacker sees.
fn key(publications: &[&Publication]) -> Key {
    let seen: Vec<Sight> = publications.iter().map(|one| Sight::of(one)).collect();
    of_value(&seen)
}

/// Holds each item that opens back a step further; false if that can be done of none.
fn hold_back(check: &HealthCheck, openings: &[Opening], held: &mut Held) -> bool {
    // A figure that so few people made another goes by itself.
    let mut any = false;
    let (figures, others): (Vec<&Opening>, Vec<&Opening>) = openings
        .iter()
        .partition(|one| one.what == attack::DIFFERENCE);
    let mut others = others;
    for one in figures {
        if held.insert_figure(&one.item, &one.breakdown, &one.group) {
            any = true;
        } else {
            others.push(one);
        }
    }
    // The items whose figures open another one go with it.
    let mut ids: Vec<&str> = others
        .iter()
        .flat_map(|one| one.by.iter().chain([&one.item]))
        .map(String::as_str)
        .filter(|id| check.item(id).is_some())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        let mut own = others.iter().filter(|one| one.item == id).peekable();
        if own.peek().is_some() && own.all(|one| is_of_a_split(one)) && held.insert_unsplit(id) {
            any = true;
            continue;
        }
        let is_split =
            |item: &Item| item.id == BANDED || matches!(item.local.kind, Kind::Question(_));
        let has_answers = check.item(id).is_some_and(is_split);
        if let Some(more) = Hold::more(held.get(id).copied(), has_answers) {
            held.insert(id.to_owned(), more);
            any = true;
        }
    }
    any
}

/// Whether what opens is how many gave some answer, or hold so many cases: then to split less may
/// be enough.
fn is_of_a_split(one: &Opening) -> bool {
    ["answers", "single answers", "bands", "single bands"]
        .iter()
        .any(|what| one.what.starts_with(what))
}

/// Nobody is told: who stopped the work throws it away.
fn unwanted(check: &HealthCheck) -> Diagnostic {
    let place = check.council().place.clone();
    Diagnostic::new(Code::TookTooLong, place, "nobody wants this run any more")
}

/// What can be worked out, in words.
fn opens(first: &Opening, openings: usize) -> String {
    let more = match openings - 1 {
        0 => String::new(),
        others => format!(", and {others} more"),
    };
    let what = match (first.item.as_str(), first.breakdown.as_str()) {
        ("", "") => "this publication".to_owned(),
        ("", breakdown) => format!("{breakdown} {}", first.group),
        (item, "") => format!("`{item}`"),
        (item, "whole") => format!("`{item}` of the whole"),
        (item, breakdown) => format!("`{item}` of {breakdown} {}", first.group),
    };
    match is_unfinished(first) {
        true => format!("what is withheld of {what} might be worked out{more}"),
        false => format!(
            "what is withheld of {what} ({}) can be worked out{more}",
            first.what
        ),
    }
}

/// Whether nothing was opened, but the attack not tried to its end.
fn is_unfinished(first: &Opening) -> bool {
    first.what == attack::UNFINISHED
}

fn publication_opens(check: &HealthCheck, first: &Opening, what: &str) -> Diagnostic {
    let fault = Diagnostic::new(Code::PublicationOpens, check.council().place.clone(), what)
        .label("only name, date and reason are published of this council")
        .note(first.how.clone());
    match is_unfinished(first) {
        true => fault.help("publish fewer breakdowns, or fewer groups in each"),
        false => fault,
    }
}

fn release_opens(
    stands: &Publication,
    check: &HealthCheck,
    first: &Opening,
    what: &str,
) -> Diagnostic {
    let told = |of: &str, label: &str| {
        let message = format!("with what was published before of the same {of}, {what}");
        Diagnostic::new(Code::ReleaseOpens, check.council().place.clone(), message)
            .label(label)
            .note(first.how.clone())
            .note("if readers have seen it: take out the breakdown that is new since then")
    };
    match check.has_date_of(stands) {
        true => told(
            "date",
            "what was published before with this as-of date stays",
        )
        .note(disclose::IF_UNSEEN)
        .help(disclose::unseen(&stands.id)),
        false => told("survey", "what was published before of this survey stays"),
    }
}
