//! Completion in scripts: a place in, the choices for it out.

mod cards;
mod code;
mod functions;
mod keys;
mod texts;
mod values;

pub(super) use functions::said;
pub(super) use values::held;

use super::desk::{Desk, Role};
use super::offer::Offer;
use super::spot::{Place, Word};
use lsp_types::CompletionItem;

/// The choices at a place, the likeliest first.
pub(super) fn complete(desk: &Desk<'_, '_>, snippets: bool) -> Vec<CompletionItem> {
    let mut offers = offers(desk);
    offers.sort_by_key(|offer| offer.rank);
    let items = offers.into_iter().enumerate();
    items
        .map(|(at, offer)| offer.item(&desk.spot, at, snippets))
        .collect()
}

fn offers(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let spot = &desk.spot;
    if spot.word == Word::Closed {
        return Vec::new();
    }
    let in_text = matches!(spot.word, Word::Text(..));
    match spot.place() {
        Place::Top if in_text => Vec::new(),
        Place::Top => cards::cards(desk),
        Place::Id => texts::ids(desk, spot.verb()),
        Place::Body if in_text => Vec::new(),
        Place::Body => cards::body(spot.verb()).into_iter().collect(),
        Place::Key(path) => {
            let mut offers = keys::keys(desk, &path);
            // A card above may have lost its end.
            if spot.outline.is_at_margin(spot.index) && matches!(spot.word, Word::Bare(_)) {
                offers.extend(cards::cards(desk).into_iter().map(|card| card.rank(5)));
            }
            offers
        }
        Place::Value(path) => values::values(desk, &path),
        Place::Code => code::code(desk),
    }
}

impl Desk<'_, '_> {
    fn is_tests(&self) -> bool {
        self.role == Role::Tests
    }
}
