//! The plan beside what was found: a check and its publication in, warnings out. It reads what
//! is published and nothing else.

use crate::check::HealthCheck;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::national::{Band, StandardId};
use crate::publication::{Publication, Scope};
use crate::script::room::{self, BLANK};

/// Standards below *good*, in the whole or in a service, for which nothing is planned.
pub(super) fn without_action(check: &HealthCheck, publication: &Publication) -> Diagnostics {
    let planned = |standard: StandardId| {
        let mut actions = check.actions().iter();
        actions.any(|action| action.standard == standard.id() && action.is_complete())
    };
    StandardId::ALL
        .into_iter()
        .filter(|standard| !planned(*standard))
        .filter_map(|standard| unplanned(check, publication, standard))
        .collect()
}

/// The warning for a standard of which no action speaks, if one is needed: of the whole, or
/// else of the services in which it is below.
fn unplanned(
    check: &HealthCheck,
    publication: &Publication,
    standard: StandardId,
) -> Option<Diagnostic> {
    let below = [Band::Inadequate, Band::RequiresImprovement].map(Band::words);
    let result = |scope: &Scope| {
        let mut own = scope.standards.iter();
        own.find(|one| one.id == standard.id())
            .map(|one| one.result.clone())
    };
    let is_below = |scope: &Scope| {
        result(scope).is_some_and(|one| one.rated && below.contains(&one.band.as_str()))
    };
    let score = |scope: &Scope| result(scope).map_or_else(String::new, |one| one.score.text);
    let (whole, services) = publication.scopes.split_first()?;
    let id = standard.id();
    let (message, label) = if is_below(whole) {
        (
            format!("`{id}` scores below good ({})", score(whole)),
            "the grade will be withheld".to_owned(),
        )
    } else {
        let low: Vec<&Scope> = services.iter().filter(|scope| is_below(scope)).collect();
        let titles: Vec<String> = low.iter().map(|one| one.title.to_lowercase()).collect();
        let scores: Vec<String> = low
            .iter()
            .zip(&titles)
            .map(|(scope, title)| format!("in {title} ({})", score(scope)))
            .collect();
        if low.is_empty() {
            return None;
        }
        let as_whole = match result(whole) {
            Some(one) if one.rated => format!(", though not in the whole ({})", one.score.text),
            _ => String::new(),
        };
        (
            format!(
                "`{id}` scores below good {}{as_whole}",
                scores.join(" and ")
            ),
            format!(
                "the grade of {} will be withheld, and with it that of the whole",
                titles.join(" and of ")
            ),
        )
    };
    let card = planned_for(standard);
    Some(
        Diagnostic::new(
            Code::StandardWithoutAction,
            check.council().place.clone(),
            format!("{message}, and no action in the plan answers it"),
        )
        .label(label)
        .help(in_one_line(&card))
        .offering(Some(room::for_card(
            &check.council().place.source,
            "action",
            &card,
        ))),
    )
}

/// A card as it is typed in one line.
fn in_one_line(card: &str) -> String {
    let words: Vec<&str> = card.split_whitespace().collect();
    words.join(" ").replace(", });", " });")
}

/// The card of an action for a standard, for its author to fill in.
fn planned_for(standard: StandardId) -> String {
    let own = room::quoted(standard.id());
    let blanks = [
        "what", "owner", "start", "due", "measure", "baseline", "target",
    ];
    let keys: Vec<(&str, &str)> = std::iter::once(("standard", own.as_str()))
        .chain(blanks.map(|key| (key, BLANK)))
        .chain([("status", "\"planned\"")])
        .collect();
    room::card("action", Some("…"), &keys)
}

/// Actions that are still to begin and whose baseline is not what this check found.
pub(super) fn baselines(check: &HealthCheck, publication: &Publication) -> Diagnostics {
    let differs = |one: &&crate::publication::Action| {
        !one.found.is_empty() && matches!(one.status.as_str(), "planned" | "under way")
    };
    publication
        .plan
        .iter()
        .filter(differs)
        .filter_map(|line| {
            let mut actions = check.actions().iter();
            let action = actions.find(|action| action.id == line.id)?;
            Some(
                Diagnostic::new(
                    Code::BaselineDiffers,
                    action.place.clone(),
                    format!(
                        "`{}` begins at {}, and this check found {} for “{}”",
                        line.id, line.baseline, line.found, line.measure
                    ),
                )
                .label("the pages show both")
                .help(format!("baseline: {},", line.found)),
            )
        })
        .collect()
}
