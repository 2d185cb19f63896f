//! Faults that only follow from others: of a script of which some statements could not be
//! read, and of names that are told where they are misspelt.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::script::{Card, Draft};
use crate::source::Place;

/// The faults that do not follow from what was lost.
pub(super) fn sure(found: Diagnostics, lost: &[Place]) -> Diagnostics {
    if lost.is_empty() {
        return found;
    }
    found
        .into_iter()
        .filter(|fault| holds(fault, lost))
        .collect()
}

fn holds(fault: &Diagnostic, lost: &[Place]) -> bool {
    // Warnings weigh a check as a whole, and there is none.
    if fault.severity() == Severity::Warning || fault.code == Code::NoCouncil {
        return false;
    }
    let may_stand_elsewhere = matches!(
        fault.code,
        Code::UnknownStandard
            | Code::UnknownItem
            | Code::UnknownTable
            | Code::UnknownColumn
            | Code::UnknownAnswer
            | Code::UnknownWord
            | Code::UnknownField
            | Code::ItemElsewhere
            | Code::WrongKind
            | Code::MissingKey
    );
    let name = fault.place.text().trim_matches('"');
    !may_stand_elsewhere || !lost.iter().any(|lost| lost.text().contains(name))
}

/// The faults without those that another one brings about.
pub(super) fn without_follow_ons(found: Diagnostics, draft: &Draft) -> Diagnostics {
    // `|wrokers| workers.count()`: told where the table is misspelt.
    let misspelt: Vec<(Place, String)> = found
        .iter()
        .filter(|fault| fault.code == Code::UnknownTable)
        .filter_map(|fault| Some((card_of(fault, draft)?, fault.replacement()?.text.clone())))
        .collect();
    // A card that defines an item under the id of another: what it was to define is sought
    // in vain elsewhere.
    let hidden = found.iter().any(|fault| {
        let card = draft
            .cards
            .iter()
            .find(|card| card.verb.place == fault.place);
        fault.code == Code::ItemElsewhere && card.is_some_and(|card| card.get("ask").is_some())
    });
    // Cards with a fault of their own: of whom they speak, and what they define, is not known.
    let unsure: Vec<&Card> = draft
        .cards
        .iter()
        .filter(|card| {
            let mut own = found.iter().filter(|fault| is_of_a_key(fault.code));
            own.any(|fault| card.place.span.holds(fault.place.span))
        })
        .collect();
    let is_unsure = |place: &Place| unsure.iter().any(|card| card.place.span.holds(place.span));
    // Two cards of one id go into one, which lacks nothing that either of them has.
    let twice: Vec<Place> = found
        .iter()
        .filter(|fault| fault.code == Code::DuplicateCard)
        .flat_map(|fault| {
            fault
                .related
                .iter()
                .map(|(place, _)| place)
                .chain([&fault.place])
        })
        .cloned()
        .collect();
    let is_one_of_two = |place: &Place| {
        let mut cards = draft.cards.iter();
        let card = cards.find(|card| card.place.span.holds(place.span));
        card.is_some_and(|card| twice.iter().any(|id| card.place.span.holds(id.span)))
    };
    let follows = |fault: &Diagnostic| match fault.code {
        Code::MissingKey => is_one_of_two(&fault.place),
        Code::DuplicateCard => {
            let of_service = fault.message.contains("for one service");
            let mut others = fault.related.iter();
            of_service && (is_unsure(&fault.place) || others.any(|(place, _)| is_unsure(place)))
        }
        Code::UnknownItem
            if unsure
                .iter()
                .any(|card| card.id_place().text() == fault.place.text()) =>
        {
            !is_unsure(&fault.place)
        }
        Code::UnknownName => misspelt.iter().any(|(card, meant)| {
            card.source == fault.place.source
                && card.span.holds(fault.place.span)
                && fault.place.text() == meant
        }),
        Code::UnknownItem => hidden,
        _ => false,
    };
    found.into_iter().filter(|fault| !follows(fault)).collect()
}

/// Whether a fault keeps a key of a card from being read.
fn is_of_a_key(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownKey
            | Code::WrongKind
            | Code::MissingKey
            | Code::NotFilledIn
            | Code::UnknownWord
            | Code::UnknownService
    )
}

/// Where the card stands in which a fault was found.
fn card_of(fault: &Diagnostic, draft: &Draft) -> Option<Place> {
    draft
        .cards
        .iter()
        .find(|card| card.place.span.holds(fault.place.span))
        .map(|card| card.place.clone())
}
