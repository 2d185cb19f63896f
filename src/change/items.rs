//! Item by item: both editions in, each item's change out, or what of its wording,
//! formula or population changed.

use super::figures::{self, is_withheld, nobody, tenths};
use super::interval::{self, Share};
use super::{Better, Years, judged, moved, plain, refused, withheld};
use crate::publication::{
    Answers, Change, Figure, Item, ItemChange, ItemScopeChange, Publication, Reading,
};

/// The kinds of comparability by which an item enters a national score.
const COMPARABLE: [&str; 2] = ["identical", "complies"];

/// How many answers an edition needs for them to be published five ways.
const FIVE_WAYS: f64 = 50.0;

/// One item in both editions.
pub(super) struct Pair<'a> {
    pub then: &'a Item,
    pub now: &'a Item,
    /// What of it changed, so that its figures do not compare.
    pub why_not: Vec<String>,
}

impl Pair<'_> {
    /// Whether it is scored by the nation's definition and comparable both times, in this
    /// scope: one of the items over which S* is taken.
    pub(super) fn is_common(&self, scope: &str) -> bool {
        let scored = |item: &Item| {
            COMPARABLE.contains(&item.comparability.as_str())
                && national(item, scope).is_some_and(|reading| reading.rated)
        };
        self.now.national
            && self.then.national
            && self.then.standard == self.now.standard
            && self.why_not.is_empty()
            && scored(self.then)
            && scored(self.now)
    }
}

/// The items that both editions hold, in this one's order.
pub(super) fn pairs<'a>(then: &'a Publication, now: &'a Publication) -> Vec<Pair<'a>> {
    now.items
        .iter()
        .filter_map(|item| {
            let before = then.items.iter().find(|known| known.id == item.id)?;
            Some(Pair {
                then: before,
                now: item,
                why_not: what_changed(before, item),
            })
        })
        .collect()
}

/// Every item of either edition.
pub(super) fn changes(then: &Publication, now: &Publication, pairs: &[Pair]) -> Vec<ItemChange> {
    let years = Years { then, now };
    let day = &then.council.as_of_words;
    let of_now =
        now.items.iter().map(
            |item| match pairs.iter().find(|pair| pair.now.id == item.id) {
                Some(pair) if pair.why_not.is_empty() => ItemChange {
                    compared: true,
                    scopes: scopes(years, pair),
                    ..without(item, Vec::new())
                },
                Some(pair) => without(item, pair.why_not.clone()),
                None => without(item, vec![format!("it is new since {day}")]),
            },
        );
    let gone = then
        .items
        .iter()
        .filter(|item| now.items.iter().all(|known| known.id != item.id))
        .map(|item| {
            without(
                item,
                vec![format!("it is in the check no more since {day}")],
            )
        });
    of_now.chain(gone).collect()
}

fn without(item: &Item, why_not: Vec<String>) -> ItemChange {
    ItemChange {
        id: item.id.clone(),
        standard: item.standard.clone(),
        kind: item.kind.clone(),
        ask: item.ask.clone(),
        unit: item.unit.clone(),
        compared: false,
        why_not,
        scopes: Vec::new(),
    }
}

/// What of an item's wording, answers, formula or unit is not as it was.
fn what_changed(then: &Item, now: &Item) -> Vec<String> {
    let mut found = Vec::new();
    let mut differs = |same: bool, words: String| {
        if !same {
            found.push(words);
        }
    };
    differs(
        then.kind == now.kind,
        format!("it was a {} and is a {}", then.kind, now.kind),
    );
    differs(
        then.ask == now.ask,
        format!("its wording changed: it was “{}”", then.ask),
    );
    differs(
        then.unit == now.unit,
        format!("its unit changed: it was “{}”", then.unit),
    );
    if now.kind == "question" && then.kind == "question" {
        differs(
            then.scale == now.scale && then.rule == now.rule,
            "its answers changed".into(),
        );
    }
    let formula = |item: &Item| {
        if by_nation(then, now) {
            item.national_formula.clone()
        } else {
            item.local_formula.clone()
        }
    };
    differs(formula(then) == formula(now), "its formula changed".into());
    // A changed wording says enough of why one year compares and the other does not.
    let compares = |item: &Item| item.comparability != "not comparable";
    if found.is_empty() && then.national && now.national && compares(then) != compares(now) {
        found.push(if compares(now) {
            "it did not compare nationally then, and does now".into()
        } else {
            "it compared nationally then, and does not now".into()
        });
    }
    found
}

/// Whether both editions answer it by the nation's definition.
fn by_nation(then: &Item, now: &Item) -> bool {
    [then, now]
        .iter()
        .all(|item| item.national && item.comparability != "not comparable")
}

/// The nation's reading of an item in a scope.
pub(super) fn national<'a>(item: &'a Item, scope: &str) -> Option<&'a Reading> {
    in_scope(item, scope)?.national.as_ref()
}

fn in_scope<'a>(item: &'a Item, scope: &str) -> Option<&'a crate::publication::Finding> {
    let breakdown = if scope == "whole" { "whole" } else { "service" };
    item.findings
        .iter()
        .find(|finding| finding.breakdown == breakdown && finding.group == scope)
}

/// The two readings that compare: the nation's if both editions have it, else the council's.
pub(super) fn readings<'a>(
    then: &'a Item,
    now: &'a Item,
    scope: &str,
) -> Option<(&'a Reading, &'a Reading)> {
    let (a, b) = (in_scope(then, scope)?, in_scope(now, scope)?);
    match (&a.national, &b.national) {
        (Some(a), Some(b)) if by_nation(then, now) => Some((a, b)),
        _ => Some((&a.local, &b.local)),
    }
}

fn scopes(years: Years, pair: &Pair) -> Vec<ItemScopeChange> {
    years
        .now
        .scopes
        .iter()
        .filter_map(|scope| {
            let both = readings(pair.then, pair.now, &scope.id);
            let change = match (years.other_people(&scope.id), both) {
                (None, Some((then, now))) => change(pair.now, then, now),
                (Some(why), Some((then, now))) => refused(bare(then, now), &why),
                (_, None) => return None,
            };
            Some(ItemScopeChange {
                id: scope.id.clone(),
                title: scope.title.clone(),
                change,
            })
        })
        .collect()
}

fn bare(then: &Reading, now: &Reading) -> Change {
    let n = |reading: &Reading| {
        let of_share = reading.base.clone();
        of_share.unwrap_or_else(|| reading.n.clone())
    };
    plain(&then.value, &now.value, (n(then), n(now)))
}

/// What can be said of one item's two readings.
pub(super) fn change(item: &Item, then: &Reading, now: &Reading) -> Change {
    let change = bare(then, now);
    if is_withheld(&then.value) || is_withheld(&now.value) {
        return withheld(change);
    }
    if let Some(why) = no_figure(&then.value, &now.value) {
        return refused(change, &why);
    }
    match item.kind.as_str() {
        "statement" => {
            let change = Change {
                n_then: nobody(),
                n_now: nobody(),
                ..change
            };
            let (then, now) = (claim(then).to_owned(), claim(now).to_owned());
            let mut change = moved(change, &then, &now);
            // A claim is a word: it is printed as one, and has no difference.
            (change.then.text, change.now.text, change.difference) = (then, now, None);
            change
        }
        "question" => question(change, then, now),
        _ => measure(item, change, then, now),
    }
}

/// Why there is no change where a year has no figure.
pub(super) fn no_figure(then: &Figure, now: &Figure) -> Option<String> {
    let none = |figure: &Figure| figure.value.is_none() && figure.symbol.as_deref() != Some("low");
    match (none(then), none(now)) {
        (false, false) => None,
        (true, false) => Some("there was no figure then".into()),
        (false, true) => Some("there is no figure now".into()),
        (true, true) => Some("there is no figure in either year".into()),
    }
}

fn claim(reading: &Reading) -> &str {
    if reading.claim.is_empty() {
        &reading.value.text
    } else {
        &reading.claim
    }
}

fn said(change: Change) -> Change {
    let (then, now) = (change.then.text.clone(), change.now.text.clone());
    moved(change, &then, &now)
}

fn question(change: Change, then: &Reading, now: &Reading) -> Change {
    let error = |reading: &Reading| interval::squared_error(five_ways(reading.answers.as_ref()?)?);
    match (
        figures::difference(&change.then, &change.now),
        error(then),
        error(now),
    ) {
        (Some(difference), Some(then), Some(now)) => {
            let ends = interval::of_scores(difference as f64 / 10.0, then.sqrt(), now.sqrt());
            judged(change, ends, Better::Higher, "two means of answers")
        }
        _ => said(change),
    }
}

/// How many gave each of the five answers, where they are published five ways.
fn five_ways(answers: &Answers) -> Option<[f64; 5]> {
    let counts: Option<Vec<f64>> = answers.counts.iter().map(|part| part.count.value).collect();
    let counts: [f64; 5] = counts?.try_into().ok()?;
    let sound = counts.iter().all(|count| *count >= 0.0);
    (sound && counts.iter().sum::<f64>() >= FIVE_WAYS).then_some(counts)
}

fn measure(item: &Item, change: Change, then: &Reading, now: &Reading) -> Change {
    let share = |reading: &Reading| {
        let base = reading.base.as_ref().and_then(|base| base.value)?;
        Share::of_percent(reading.value.value?, base)
    };
    match (share(then), share(now), better(item, then, now)) {
        (Some(then), Some(now), Some(better)) => {
            let (low, high) = interval::of_shares(then, now);
            let ends = (100.0 * low, 100.0 * high);
            judged(change, ends, better, "two shares, Newcombe's interval")
        }
        _ => said(change),
    }
}

/// Which way a measure gets better: by its anchors, or, where an edition does not say, by
/// where its score went.
pub(super) fn better(item: &Item, then: &Reading, now: &Reading) -> Option<Better> {
    match item.better.as_str() {
        "lower" => Some(Better::Lower),
        "higher" => Some(Better::Higher),
        _ => {
            let value = figures::difference(&then.value, &now.value)?;
            let score = tenths(&now.score)? - tenths(&then.score)?;
            match value * score {
                0 => None,
                product if product > 0 => Some(Better::Higher),
                _ => Some(Better::Lower),
            }
        }
    }
}
