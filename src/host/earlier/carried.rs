//! Actions of the last edition that were open, and a plan that says nothing of them: a warning
//! for each, with the card that says what became of it.

use crate::change;
use crate::check::HealthCheck;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::publication::{Action, Publication};
use crate::script::room;

/// The card that says what became of an action, for its author to fill in.
fn dropped(action: &Action) -> String {
    let (standard, what) = (room::quoted(&action.standard), room::quoted(&action.what));
    let keys = [
        ("standard", standard.as_str()),
        ("what", what.as_str()),
        ("status", room::BLANK),
        ("because", room::BLANK),
    ];
    room::card("action", Some(&action.id), &keys)
}

/// A warning for each action of the last edition that was open and of which this plan says
/// nothing.
pub(in crate::host) fn not_carried_over(
    check: &HealthCheck,
    edition: &Publication,
    publication: &Publication,
) -> Diagnostics {
    let card =
        |id: &str| format!("action(\"{id}\", #{{ …, status: \"dropped\", because: \"…\" }});");
    change::forgotten(edition, publication)
        .into_iter()
        .map(|action| {
            Diagnostic::new(
                Code::ActionNotCarriedOver,
                check.council().place.clone(),
                format!(
                    "`{}` was in the plan of {} and is not in this one: “{}”",
                    action.id, edition.council.as_of_words, action.what
                ),
            )
            .label("the page will say so, and that no reason is given")
            .help(card(&action.id))
            .offering(Some(room::for_card(
                &check.council().place.source,
                "action",
                &dropped(action),
            )))
        })
        .collect()
}
