//! Releases of one date that are no longer what stands: what must be kept of them, and which
//! a correction speaks of that are not at hand.

use crate::check::HealthCheck;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::disclose;
use crate::national::ABOUT_THINGS;
use crate::publication::{Finding, Item, Publication, Reading};

/// A warning for each correction that speaks of figures which are not at hand: nothing is
/// attacked together with them.
pub(in crate::host) fn not_at_hand(check: &HealthCheck, releases: &[Publication]) -> Diagnostics {
    let is_at_hand = |id: &str| releases.iter().any(|one| !one.knows_of(id));
    check
        .corrections()
        .iter()
        .filter(|correction| !is_at_hand(&correction.id))
        .map(|correction| {
            Diagnostic::new(
                Code::WithdrawnNotAtHand,
                correction.place.clone(),
                format!(
                    "the figures of {} that `{}` withdraws are not at hand",
                    check.council().as_of,
                    correction.id
                ),
            )
            .label("the new figures are not held against them")
            .help("earlier/withdrawn.json")
        })
        .collect()
}

/// A warning where a correction costs readers figures of the whole that stood before.
pub(in crate::host) fn withdrawn_for_good(
    check: &HealthCheck,
    releases: &[Publication],
    next: &Publication,
) -> Diagnostics {
    let cost = |id: &str| {
        let before = releases.iter().rev().find(|one| !one.knows_of(id))?;
        Some(lost(before, next)).filter(|lost| !lost.is_empty())
    };
    let corrections = check.corrections().iter();
    corrections
        .filter_map(|correction| {
            let lost = cost(&correction.id)?;
            let (named, others) = lost.split_at(lost.len().min(MOST_NAMED));
            let others = match others.len() {
                0 => String::new(),
                1 => " and one more figure of the whole".to_owned(),
                many => format!(" and {many} more figures of the whole"),
            };
            let fault = Diagnostic::new(
                Code::CorrectionWithholds,
                correction.place.clone(),
                format!(
                    "after `{}` nothing can be told of {}{others}",
                    correction.id,
                    named.join(", ")
                ),
            );
            Some(
                fault
                    .label("what a few people's change would give away is not printed again")
                    .note("if nobody outside has seen the first publication, take this card out and run again as below")
                    .note("if readers have seen it, the error may do less harm than this: put it right at the next as-of date, and say so in a note")
                    .help(disclose::unseen(&next.id)),
            )
        })
        .collect()
}

/// So many lost figures are named.
const MOST_NAMED: usize = 3;

/// The scores and items of the whole that one publication told and another does not.
fn lost(before: &Publication, next: &Publication) -> Vec<String> {
    let mut lost = Vec::new();
    let gone = |then: Option<f64>, now: Option<f64>| then.is_some() && now.is_none();
    if let (Some(then), Some(now)) = (before.scopes.first(), next.scopes.first()) {
        if gone(then.overall.score.value, now.overall.score.value) {
            lost.push("the overall score".to_owned());
        }
        for (then, now) in then.standards.iter().zip(&now.standards) {
            if gone(then.result.score.value, now.result.score.value) {
                lost.push(format!("“{}”", then.title));
            }
        }
    }
    for item in &before.items {
        let of = |item: &Item| item.findings.first().and_then(|one| one.local.value.value);
        let now = next.items.iter().find(|twin| twin.id == item.id);
        if gone(of(item), now.and_then(of)) {
            lost.push(format!("`{}`", item.id));
        }
    }
    lost
}

/// Whether a release tells every figure about people that an earlier one told, as it did.
pub(super) fn tells_all(next: &Publication, earlier: &Publication) -> bool {
    let again = |now: &Reading, then: &Reading| {
        (&now.value, &now.n) == (&then.value, &then.n)
            && (then.answers.is_none() || now.answers == then.answers)
            && (then.bands.is_none() || now.bands == then.bands)
    };
    let is_number = |reading: &&Reading| reading.value.value.is_some();
    earlier.items.iter().all(|item| {
        let twin = next.items.iter().find(|twin| twin.id == item.id);
        item.kind == "statement"
            || ABOUT_THINGS.contains(&item.id.as_str())
            || item.findings.iter().all(|finding| {
                let twin = twin.and_then(|twin| {
                    let same = |twin: &&Finding| {
                        (&twin.breakdown, &twin.group) == (&finding.breakdown, &finding.group)
                    };
                    twin.findings.iter().find(same)
                });
                let holds = |now: Option<&Reading>, then: Option<&Reading>| {
                    then.filter(is_number)
                        .is_none_or(|then| now.is_some_and(|now| again(now, then)))
                };
                holds(twin.map(|twin| &twin.local), Some(&finding.local))
                    && holds(
                        twin.and_then(|twin| twin.national.as_ref()),
                        finding.national.as_ref(),
                    )
            })
    })
}
