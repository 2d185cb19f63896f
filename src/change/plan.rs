//! The last edition's plan, carried over: both editions in, what became of each action and
//! what its measure did out. Never that the one did the other.

use super::Years;
use super::figures::is_withheld;
use super::figures::tenths;
use super::items::{Pair, no_figure, readings};
use crate::publication::{Action, ActionChange, Figure, Publication};

/// Whether something is still to be done.
pub(super) fn is_open(action: &Action) -> bool {
    !matches!(action.status.as_str(), "done" | "dropped")
}

/// Every action of the last edition, in its order.
pub(super) fn carried_over(
    then: &Publication,
    now: &Publication,
    pairs: &[Pair],
) -> Vec<ActionChange> {
    then.plan
        .iter()
        .map(|action| {
            let kept = now.plan.iter().find(|known| known.id == action.id);
            let fate = Fate::of(action, kept, &now.council.as_of);
            let measured = Measured::of(action, Years { then, now }, pairs);
            let moved = kept.filter(|kept| kept.due != action.due);
            ActionChange {
                id: action.id.clone(),
                standard_title: action.standard_title.clone(),
                what: action.what.clone(),
                owner: action.owner.clone(),
                due: action.due.clone(),
                due_now: moved.map(|kept| kept.due.clone()).unwrap_or_default(),
                outcome: fate.outcome.into(),
                because: fate.because,
                words: fate.words,
                measure: action.measure.clone(),
                then: measured.then,
                now: measured.now,
                baseline: action.baseline.clone(),
                target: action.target.clone(),
                reached: measured.reached,
                why_not: measured.why_not,
            }
        })
        .collect()
}

/// What became of an action.
struct Fate {
    outcome: &'static str,
    because: String,
    words: String,
}

impl Fate {
    fn of(action: &Action, kept: Option<&Action>, as_of: &str) -> Self {
        let plain = |outcome, words: String| Fate {
            outcome,
            because: String::new(),
            words,
        };
        // What was settled last time stays settled, in this plan or not.
        let latest = kept.unwrap_or(action);
        match latest.status.as_str() {
            "done" => plain("delivered", "delivered".into()),
            "dropped" => Fate {
                outcome: "dropped",
                because: latest.because.clone(),
                words: if latest.because.is_empty() {
                    "dropped; no reason is given".into()
                } else {
                    format!("dropped: {}", latest.because)
                },
            },
            _ if kept.is_none() => plain(
                "no longer in the plan",
                "no longer in the plan, and no reason is given".into(),
            ),
            status => {
                // Late by the day that was promised then, whatever is promised now.
                let due = action.due_on.as_deref();
                if due.is_some_and(|due| due <= as_of) {
                    plain("late", format!("late: due {} and {status}", action.due))
                } else {
                    plain("still to come", format!("still to come: {status}"))
                }
            }
        }
    }
}

/// What an action's measure did.
#[derive(Default)]
struct Measured {
    then: Option<Figure>,
    now: Option<Figure>,
    reached: String,
    why_not: String,
}

impl Measured {
    fn of(action: &Action, years: Years, pairs: &[Pair]) -> Self {
        let Some(id) = &action.measure_id else {
            return Self::default();
        };
        let wanted = action.target_value.is_some();
        let unknown = |why: &str| Measured {
            reached: if wanted { "cannot tell" } else { "" }.into(),
            why_not: why.into(),
            ..Measured::default()
        };
        let Some(pair) = pairs.iter().find(|pair| pair.now.id == *id) else {
            return unknown("its measure is not in both editions");
        };
        let Some((then, now)) = readings(pair.then, pair.now, "whole") else {
            return unknown("its measure has no figure for the whole");
        };
        let figures = Measured {
            then: Some(then.value.clone()),
            now: Some(now.value.clone()),
            ..Measured::default()
        };
        if is_withheld(&then.value) || is_withheld(&now.value) {
            return Measured {
                reached: unknown("").reached,
                why_not: "a figure is withheld".into(),
                ..figures
            };
        }
        let why = if pair.why_not.is_empty() {
            let other = years.other_people("whole");
            other.or_else(|| no_figure(&then.value, &now.value))
        } else {
            Some(pair.why_not.join("; "))
        };
        if let Some(why_not) = why {
            return Measured {
                reached: unknown("").reached,
                why_not,
                ..figures
            };
        }
        Measured {
            reached: reached(action, &now.value, &pair.now.better),
            ..figures
        }
    }
}

/// Whether the target stands reached: by the side of the target on which the baseline lay,
/// or, where the plan named none, by the way in which the measure gets better.
fn reached(action: &Action, now: &Figure, better: &str) -> String {
    let Some(target) = action.target_value else {
        return String::new();
    };
    let Some(now) = tenths(now).map(|tenths| tenths as f64 / 10.0) else {
        return "cannot tell".into();
    };
    let lower = match action.baseline_value {
        Some(baseline) if baseline > target => true,
        Some(baseline) if baseline < target => false,
        _ => better == "lower",
    };
    let reached = if lower { now <= target } else { now >= target };
    if reached { "reached" } else { "not reached" }.into()
}
