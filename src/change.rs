//! What changed since the last edition: two Publications in, [`Changes`] out.
//!
//! Everything is worked out from published figures, rounded as they stand on the page, so
//! that a reader with both files can do it again, and nothing that disclosure control
//! withheld can come out. A change compares the conditions of two years, not two lists of
//! staff: what rests on the survey has a doubt of its own, without finite correction.

mod claims;
mod figures;
mod interval;
mod items;
mod moves;
mod plan;
mod scores;
mod split;
#[cfg(test)]
mod tests;

pub use moves::{Move, Moved, moves};

use crate::publication::{Action, Change, Changes, Figure, Publication};

/// What changed from one edition to the next of the same council.
pub(crate) fn changes(then: &Publication, now: &Publication) -> Changes {
    let pairs = items::pairs(then, now);
    Changes {
        since: then.council.as_of.clone(),
        since_words: then.council.as_of_words.clone(),
        edition: then.edition.clone(),
        scopes: scores::scopes(then, now, &pairs),
        items: items::changes(then, now, &pairs),
        plan: plan::carried_over(then, now, &pairs),
    }
}

/// The last edition's actions that were open then and of which this plan says nothing.
pub(crate) fn forgotten<'a>(then: &'a Publication, now: &Publication) -> Vec<&'a Action> {
    then.plan
        .iter()
        .filter(|action| plan::is_open(action))
        .filter(|action| now.plan.iter().all(|known| known.id != action.id))
        .collect()
}

/// Two editions of one thing, and the words for when they were.
#[derive(Clone, Copy)]
struct Years<'a> {
    then: &'a Publication,
    now: &'a Publication,
}

impl Years<'_> {
    /// Why the people of a scope are not those of last time; `None` if they are.
    fn other_people(&self, scope: &str) -> Option<String> {
        let (then, now) = (&self.then.council, &self.now.council);
        if scope == "whole" {
            let same = then.services == now.services && then.kind == now.kind;
            (!same).then(|| {
                format!(
                    "the check covered {} then and covers {} now",
                    then.covers, now.covers
                )
            })
        } else {
            let covered = then.services.iter().any(|service| service == scope)
                && self.then.scopes.iter().any(|known| known.id == scope);
            (!covered).then(|| "it was not scored by itself then".to_owned())
        }
    }

    /// Why scores do not compare: they are by two editions of the national core.
    fn other_core(&self) -> Option<String> {
        let (then, now) = (&self.then.edition, &self.now.edition);
        (then != now).then(|| {
            format!(
                "scored by edition {then} of the national core then and by {now} now: what the \
                 edition changed is not separable"
            )
        })
    }
}

/// Two figures of which nothing is said but what they are.
fn plain(then: &Figure, now: &Figure, n: (Figure, Figure)) -> Change {
    Change {
        then: then.clone(),
        now: now.clone(),
        n_then: n.0,
        n_now: n.1,
        difference: None,
        low: None,
        high: None,
        interval: String::new(),
        verdict: String::new(),
        caution: String::new(),
        rule: String::new(),
        words: String::new(),
    }
}

/// Two figures that are not compared, and why.
fn refused(change: Change, why: &str) -> Change {
    Change {
        verdict: "not compared".into(),
        words: format!("not compared, because {why}"),
        ..change
    }
}

/// Two figures of which one is withheld: no change is told.
fn withheld(change: Change) -> Change {
    Change {
        verdict: "withheld".into(),
        words: "not told, because a figure is withheld".into(),
        ..change
    }
}

/// Two figures without a doubt that could be measured: what they are, and no more. The
/// words are for a claim, which is a word and not a number.
fn moved(change: Change, then: &str, now: &str) -> Change {
    let difference = figures::difference(&change.then, &change.now);
    let same = then == now && change.then.value == change.now.value;
    // One word for a claim that two services answer differently; what moved is its score.
    let (then, now) = if then == now && !same {
        (change.then.text.clone(), change.now.text.clone())
    } else {
        (then.to_owned(), now.to_owned())
    };
    Change {
        verdict: if same { "unchanged" } else { "moved" }.into(),
        words: if same {
            format!("stayed at {now}")
        } else {
            format!("moved from {then} to {now}")
        },
        difference: difference.map(figures::signed),
        ..change
    }
}

/// Two figures whose difference has an interval, in the same unit: a change where it
/// excludes nil.
fn judged(change: Change, ends: (f64, f64), better: Better, rule: &str) -> Change {
    let (low, high) = ends;
    let Some(difference) = figures::difference(&change.then, &change.now) else {
        return change;
    };
    let (verdict, words) = if low <= 0.0 && high >= 0.0 {
        ("no clear change", "no clear change")
    } else if (difference > 0) == (better == Better::Higher) {
        ("improved", "a change: improved")
    } else {
        ("worsened", "a change: worsened")
    };
    let (low, high) = (figures::end(low), figures::end(high));
    Change {
        difference: Some(figures::signed(difference)),
        interval: format!("{} to {}", low.text, high.text),
        low: Some(low),
        high: Some(high),
        verdict: verdict.into(),
        rule: rule.into(),
        words: words.into(),
        ..change
    }
}

/// Which way a figure gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Better {
    Lower,
    Higher,
}
