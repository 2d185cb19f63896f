//! The national scores of each scope: both editions in, their changes out.

use super::claims;
use super::figures::{is_withheld, nobody};
use super::interval;
use super::items::{Pair, national};
use super::split::split;
use super::{Better, Years, figures, judged, moved, plain, refused, withheld};
use crate::publication::{
    Change, Figure, Publication, Scope, ScopeChange, Score, ScoreChange, Standard,
};

/// The rule, in words.
const RULE: &str = "two scores of a survey";

/// The scopes of this edition.
pub(super) fn scopes(then: &Publication, now: &Publication, pairs: &[Pair]) -> Vec<ScopeChange> {
    let years = Years { then, now };
    now.scopes
        .iter()
        .map(|scope| one(years, scope, pairs))
        .collect()
}

fn one(years: Years, now: &Scope, pairs: &[Pair]) -> ScopeChange {
    let then = years.then.scopes.iter().find(|known| known.id == now.id);
    let other = years.other_people(&now.id).or_else(|| years.other_core());
    let n = (answered(years.then, &now.id), answered(years.now, &now.id));
    let common = |standard: &str| {
        pairs
            .iter()
            .filter(|pair| pair.now.standard == standard && pair.is_common(&now.id))
            .count()
    };
    let standards: Vec<ScoreChange> = now
        .standards
        .iter()
        .map(|standard| {
            let before = then.and_then(|scope| find(scope, &standard.id));
            let common = common(&standard.id);
            let why = other.clone().or_else(|| {
                (common == 0).then(|| "no item was scored and comparable both times".to_owned())
            });
            ScoreChange {
                id: standard.id.clone(),
                title: standard.title.clone(),
                common,
                rests_on: rests_on(years, &now.id, Some(&standard.id), common),
                change: claims::beside(
                    score(before.map(|s| &s.result), &standard.result, n.clone(), why),
                    claims::points(years.now, now, Some(&standard.id), pairs),
                ),
            }
        })
        .collect();
    let empty = || {
        let none = standards.iter().filter(|standard| standard.common == 0);
        let titles: Vec<&str> = none.map(|standard| standard.title.as_str()).collect();
        (!titles.is_empty()).then(|| {
            format!(
                "no item was scored and comparable both times in: {}",
                titles.join(", ")
            )
        })
    };
    let why = other.or_else(empty);
    let in_all = standards.iter().map(|standard| standard.common).sum();
    ScopeChange {
        id: now.id.clone(),
        title: now.title.clone(),
        split: split(years, then, now, pairs, why.clone()),
        overall: ScoreChange {
            id: "overall".into(),
            title: "Overall".into(),
            common: in_all,
            rests_on: rests_on(years, &now.id, None, in_all),
            change: claims::beside(
                score(then.map(|scope| &scope.overall), &now.overall, n, why),
                claims::points(years.now, now, None, pairs),
            ),
        },
        standards,
    }
}

fn find<'a>(scope: &'a Scope, id: &str) -> Option<&'a Standard> {
    scope.standards.iter().find(|known| known.id == id)
}

fn answered(publication: &Publication, scope: &str) -> Figure {
    publication
        .response
        .iter()
        .find(|part| part.scope == scope)
        .map_or_else(nobody, |part| part.answered.clone())
}

/// "7 items, the same both times"; where the items are not the same, how many there were.
fn rests_on(years: Years, scope: &str, standard: Option<&str>, common: usize) -> String {
    let scored = |publication: &Publication| {
        publication
            .items
            .iter()
            .filter(|item| standard.is_none_or(|id| item.standard == id))
            .filter(|item| item.national && national(item, scope).is_some_and(|r| r.rated))
            .count()
    };
    let (then, now) = (scored(years.then), scored(years.now));
    let items = if common == 1 { "item" } else { "items" };
    if then == common && now == common {
        format!("{common} {items}, the same both times")
    } else {
        format!("{common} {items} both times, of {then} then and {now} now")
    }
}

/// What can be said of a score's two years. `why` it is not compared, if it is not.
fn score(then: Option<&Score>, now: &Score, n: (Figure, Figure), why: Option<String>) -> Change {
    let Some(then) = then else {
        let change = plain(&nobody(), &now.score, n);
        return refused(change, "it was not scored by itself then");
    };
    let change = plain(&then.score, &now.score, n);
    if is_withheld(&then.score) || is_withheld(&now.score) {
        return withheld(change);
    }
    let unrated = || match (then.rated, now.rated) {
        (true, true) => None,
        (false, true) => Some("it was not rated then".to_owned()),
        (true, false) => Some("it is not rated now".to_owned()),
        (false, false) => Some("it was not rated then and is not rated now".to_owned()),
    };
    if let Some(why) = unrated().or(why) {
        return refused(change, &why);
    }
    let error = |score: &Score| score.error.as_ref().and_then(|error| error.value);
    match (
        figures::difference(&then.score, &now.score),
        error(then),
        error(now),
    ) {
        (Some(difference), Some(then), Some(now)) => {
            let ends = interval::of_scores(difference as f64 / 10.0, then, now);
            judged(change, ends, Better::Higher, RULE)
        }
        _ => {
            let (a, b) = (change.then.text.clone(), change.now.text.clone());
            moved(change, &a, &b)
        }
    }
}
