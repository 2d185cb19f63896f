//! How an item compares with the nation's, worked out from all that the script changes: the
//! item's own card, and how its columns are read from the files. A script cannot declare
//! itself comparable.
//!
//! In: a [`Case`]. Out: the word and the reasons. Each condition is one row of [`RULES`];
//! the tests turn every row round and must notice.

mod columns;
mod settle;
#[cfg(test)]
mod tests;
mod values;

use crate::check::{Comparability, ComparabilityKind, Definition, Kind, Measure, Question};
use crate::data::{ColumnSpec, TableSpec};
use crate::national::Service;

/// What is judged: the nation's definition, the council's, and the council's tables.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub id: &'a str,
    pub national: &'a Definition,
    pub local: &'a Definition,
    /// The columns that the nation's definition reads, with their tables.
    pub read: &'a [Read<'a>],
    /// The services that the council runs.
    pub services: &'a [Service],
}

/// A column, and its table.
pub(super) type Read<'a> = (&'a TableSpec, &'a ColumnSpec);

/// What it means that a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// The item no longer compares.
    Breaks,
    /// It still does, and the page says what is different.
    Keeps,
}

/// One condition.
struct Rule {
    /// What it looks at: the tests call it by this name.
    #[cfg_attr(not(test), allow(dead_code))]
    name: &'static str,
    effect: Effect,
    /// The reason, where the condition holds.
    reason: fn(&Case<'_>) -> Option<String>,
}

impl Rule {
    const fn breaks(name: &'static str, reason: fn(&Case<'_>) -> Option<String>) -> Self {
        Rule {
            name,
            effect: Effect::Breaks,
            reason,
        }
    }

    const fn keeps(name: &'static str, reason: fn(&Case<'_>) -> Option<String>) -> Self {
        Rule {
            name,
            effect: Effect::Keeps,
            reason,
        }
    }
}

/// Every condition. Reasons stand on the page in this order, breaking ones first.
const RULES: [Rule; 25] = [
    Rule::breaks("wording", |case| {
        let asked = !matches!(case.local.kind, Kind::Measure(_));
        says(asked && wording_differs(case), "its wording is changed")
    }),
    Rule::breaks("direction", |case| {
        let (theirs, ours) = questions(case)?;
        says(
            theirs.reverse != ours.reverse,
            "its answers are turned round",
        )
    }),
    Rule::breaks("number of answers", |case| {
        let (theirs, ours) = questions(case)?;
        let (has, not) = (ours.answers.len(), theirs.answers.len());
        (has != not).then(|| format!("it has {has} scored answers, not {not}"))
    }),
    Rule::breaks("order of answers", |case| {
        let (theirs, ours) = questions(case)?;
        let moved = ours.answers.iter().enumerate().any(|(at, label)| {
            theirs
                .answers
                .iter()
                .position(|known| columns::alike(known, label))
                .is_some_and(|known| known != at)
        });
        says(
            moved && ours.answers.len() == theirs.answers.len(),
            "the nation's answers stand in another order",
        )
    }),
    Rule::breaks("a share that is none", |case| {
        let (theirs, ours) = measures(case)?;
        let differs = ours.is_of_hundred() && !theirs.is_of_hundred();
        differs.then(|| {
            format!(
                "its unit is “{}”, and the nation's “{}”",
                ours.unit, theirs.unit
            )
        })
    }),
    Rule::breaks("a scored answer not scored", |case| {
        let (theirs, ours) = questions(case)?;
        let word = ours.unscored.iter().find(|word| {
            let mut scored = theirs.answers.iter();
            scored.any(|label| columns::alike(label, word))
        })?;
        Some(format!("its answer “{word}” is not scored"))
    }),
    Rule::breaks("the same in every row", columns::constant),
    Rule::breaks("another item's column", columns::borrowed),
    Rule::breaks("a value read as another", values::turned),
    Rule::breaks(
        "numbered answers out of order",
        values::numbers_out_of_order,
    ),
    Rule::breaks("answers merged", values::merged),
    Rule::breaks("an answer counted as missing", values::hidden),
    Rule::breaks("numbers recoded", values::recoded),
    Rule::keeps("description", |case| {
        let measure = matches!(case.local.kind, Kind::Measure(_));
        says(
            measure && wording_differs(case),
            "it is described in the council's own words",
        )
    }),
    Rule::keeps("labels", |case| {
        let (theirs, ours) = questions(case)?;
        says(
            ours.answers.len() == theirs.answers.len() && ours.answers != theirs.answers,
            "its five answers are worded locally, one for one",
        )
    }),
    Rule::keeps("more answers", |case| {
        let (theirs, ours) = questions(case)?;
        says(
            theirs.unscored != ours.unscored,
            "answers that are not scored are added",
        )
    }),
    Rule::keeps("hint", |case| {
        let (theirs, ours) = questions(case)?;
        says(
            ours.hint.is_some() && ours.hint != theirs.hint,
            "a hint is shown with it",
        )
    }),
    Rule::keeps("formula", |case| {
        let (theirs, ours) = measures(case)?;
        says(
            formula_differs(theirs, ours),
            "its local figure has the council's own formula; the national score keeps the nation's",
        )
    }),
    Rule::keeps("unit", |case| {
        let (theirs, ours) = measures(case)?;
        says(theirs.unit != ours.unit, "its unit is worded locally")
    }),
    Rule::keeps("stricter anchors", |case| {
        let (theirs, ours) = measures(case)?;
        says(
            anchors(theirs, ours) == Anchors::Stricter,
            "its local anchors are stricter than the nation's",
        )
    }),
    Rule::keeps("looser anchors", |case| {
        let (theirs, ours) = measures(case)?;
        says(
            anchors(theirs, ours) == Anchors::Looser,
            "its local anchors are looser than the nation's; the national score keeps the nation's",
        )
    }),
    Rule::keeps("way to a score", |case| {
        let (_, ours) = measures(case)?;
        says(
            ours.score.is_some(),
            "it has a local way from value to score; the national score keeps the nation's",
        )
    }),
    Rule::keeps("a heading in other words", columns::only_a_heading),
    Rule::keeps("words read as values", values::worded),
    Rule::keeps("one service for every row", columns::one_service),
];

/// A question that is asked and never scored: nothing of it can be changed but how its
/// column is read.
fn asked(ask: &str) -> Definition {
    Definition {
        ask: ask.to_owned(),
        kind: Kind::Statement,
    }
}

/// The word and the reasons.
pub(super) fn of(case: &Case<'_>) -> Comparability {
    verdict(
        RULES
            .iter()
            .filter_map(|rule| Some((rule.effect, (rule.reason)(case)?))),
    )
}

fn verdict(found: impl Iterator<Item = (Effect, String)>) -> Comparability {
    let (mut breaking, mut keeping) = (Vec::new(), Vec::new());
    for (effect, reason) in found {
        match effect {
            Effect::Breaks => breaking.push(reason),
            Effect::Keeps => keeping.push(reason),
        }
    }
    let kind = match (breaking.is_empty(), keeping.is_empty()) {
        (false, _) => ComparabilityKind::NotComparable,
        (true, false) => ComparabilityKind::Complies,
        (true, true) => ComparabilityKind::Identical,
    };
    breaking.extend(keeping);
    said_once(&mut breaking);
    Comparability {
        kind,
        reasons: breaking,
    }
}

/// The end that several reasons share, at the last of them alone.
fn said_once(reasons: &mut [String]) {
    const KEPT: &str = "; the national score keeps the nation's";
    let last = reasons.iter().rposition(|reason| reason.ends_with(KEPT));
    for reason in reasons.iter_mut().take(last.unwrap_or(0)) {
        if let Some(alone) = reason.strip_suffix(KEPT) {
            *reason = alone.to_owned();
        }
    }
}

fn says(holds: bool, reason: &str) -> Option<String> {
    holds.then(|| reason.to_owned())
}

/// Whether two texts are other words, without regard to spaces at the ends and between them.
fn differ(one: &str, other: &str) -> bool {
    one != other && one.split_whitespace().ne(other.split_whitespace())
}

fn wording_differs(case: &Case<'_>) -> bool {
    differ(&case.national.ask, &case.local.ask)
}

/// Whether a measure is counted by another formula than the nation's.
pub(super) fn formula_differs(theirs: &Measure, ours: &Measure) -> bool {
    differ(theirs.value.text(), ours.value.text())
}

fn questions<'a>(case: &Case<'a>) -> Option<(&'a Question, &'a Question)> {
    match (&case.national.kind, &case.local.kind) {
        (Kind::Question(theirs), Kind::Question(ours)) => Some((theirs, ours)),
        _ => None,
    }
}

fn measures<'a>(case: &Case<'a>) -> Option<(&'a Measure, &'a Measure)> {
    match (&case.national.kind, &case.local.kind) {
        (Kind::Measure(theirs), Kind::Measure(ours)) => Some((theirs, ours)),
        _ => None,
    }
}

/// How a council's anchors stand to the nation's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchors {
    Same,
    Stricter,
    Looser,
}

/// Looser if any value would score more than with the nation's anchors.
pub(super) fn anchors(theirs: &Measure, ours: &Measure) -> Anchors {
    let sign = if theirs.best < theirs.worst {
        1.0
    } else {
        -1.0
    };
    let best = sign * (ours.best - theirs.best);
    let worst = sign * (ours.worst - theirs.worst);
    if best == 0.0 && worst == 0.0 {
        Anchors::Same
    } else if best <= 0.0 && worst <= 0.0 {
        Anchors::Stricter
    } else {
        Anchors::Looser
    }
}
