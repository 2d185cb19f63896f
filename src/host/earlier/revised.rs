//! What was put right since a release of the same date without a correction: figures about
//! posts and things, and the employer's claims. They are no person's data, so they may change;
//! but what readers have seen stays beside them, and it is said.

use crate::check::HealthCheck;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::national::ABOUT_THINGS;
use crate::publication::{Item, Publication, Reading};

/// So many figures are named.
const MOST_NAMED: usize = 2;

/// A warning where figures that the last release printed are others now.
pub(in crate::host) fn put_right(
    check: &HealthCheck,
    releases: &[Publication],
    next: &Publication,
) -> Diagnostics {
    let last = releases.last().filter(|last| !check.withdraws(last));
    let told = last.and_then(|last| {
        let others = others(last, next);
        let named: Vec<String> = others.iter().take(MOST_NAMED).cloned().collect();
        let more = match others.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            1 => "; one more figure differs".to_owned(),
            many => format!("; {many} more figures differ"),
        };
        let day = &next.council.as_of_words;
        let message = format!("of what was published for {day} {}{more}", named.join(", "));
        let fault = Diagnostic::new(
            Code::FiguresRevised,
            check.council().place.clone(),
            message,
        );
        (!others.is_empty()).then(|| {
            fault
                .label("figures of posts and things, and claims, may change without a correction")
                .note("scores that rest on them move with them; what was published first stays beside it, in `earlier`")
        })
    });
    told.into_iter().collect()
}

/// Whether a reader of the one would find another figure of posts and things, or another claim,
/// in the next.
pub(super) fn is_revised(next: &Publication, earlier: &Publication) -> bool {
    !others(earlier, next).is_empty()
}

/// Each figure that both print, and not alike, in words.
fn others(before: &Publication, next: &Publication) -> Vec<String> {
    let of_no_person =
        |item: &&Item| item.kind == "statement" || ABOUT_THINGS.contains(&item.id.as_str());
    let mut others = Vec::new();
    for item in before.items.iter().filter(of_no_person) {
        let Some(twin) = next.items.iter().find(|twin| twin.id == item.id) else {
            continue;
        };
        for then in &item.findings {
            let group = (&then.breakdown, &then.group);
            let mut findings = twin.findings.iter();
            let now = findings.find(|now| (&now.breakdown, &now.group) == group);
            let Some(now) = now.filter(|now| is_another(&then.local, &now.local)) else {
                continue;
            };
            let of = match then.breakdown.as_str() {
                "whole" => "the whole".to_owned(),
                breakdown => format!("{breakdown} {}", then.group),
            };
            let (then, now) = (&then.local.value.text, &now.local.value.text);
            others.push(format!("`{}` of {of} was {then} and is {now}", item.id));
        }
    }
    others
}

fn is_another(then: &Reading, now: &Reading) -> bool {
    then.value.value.is_some() && then.value.text != now.value.text
}
