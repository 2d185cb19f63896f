//! Releases of one date that are no longer what stands: what must be kept of them, and which
//! a correction speaks of that are not at hand.

use crate::check::HealthCheck;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::national::ABOUT_THINGS;
use crate::publication::{Finding, Publication, Reading};

/// A warning for each correction that speaks of figures which are not at hand: nothing is
/// attacked together with them.
pub(in crate::host) fn not_at_hand(check: &HealthCheck, releases: &[Publication]) -> Diagnostics {
    let is_at_hand = |id: &str| {
        let lacks = |one: &Publication| one.corrections.iter().all(|known| known.id != id);
        releases.iter().any(lacks)
    };
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
