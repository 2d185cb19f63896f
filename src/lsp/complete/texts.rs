//! Ids: of items, standards, tables and columns, as texts to choose from.

use super::Desk;
use crate::lsp::council::{Column, Item};
use crate::lsp::offer::Offer;
use crate::national;
use lsp_types::CompletionItemKind;

/// What may stand in a card's quotes.
pub(super) fn ids(desk: &Desk<'_, '_>, verb: &str) -> Vec<Offer> {
    let own = desk.spot.id();
    let there = |verbs: &[&str]| {
        let mut ids = desk.outline.ids(verbs);
        // The card that is being written does not count against itself.
        if let Some(at) = ids.iter().position(|id| *id == own) {
            ids.remove(at);
        }
        ids
    };
    let items = |verbs: &[&str], is: fn(&Item) -> bool| {
        let there = there(verbs);
        let all = desk.council.all_items().into_iter();
        let free = all.filter(|item| is(item) && !there.contains(&item.id));
        free.map(|item| of_item(&item)).collect()
    };
    match verb {
        "measure" => items(&["measure"], |item| {
            item.is_national && item.verb == "measure"
        }),
        "question" => items(&["question"], |item| {
            item.is_national && item.verb == "question"
        }),
        "statement" => Vec::new(),
        // One statement may be answered once for each service.
        "answer" => items(&[], |item| item.verb == "statement"),
        "omit" => items(&["omit"], |item| item.is_national),
        "standard" => {
            let there = there(&["standard"]);
            let all = national::StandardId::ALL.into_iter();
            all.filter(|one| !there.contains(&one.id().to_owned()))
                .map(|one| of_standard(one.id(), one.title()))
                .collect()
        }
        "table" => {
            let there = there(&["table"]);
            let all = national::COLUMNS.iter().map(|(id, _)| *id);
            all.filter(|id| !there.contains(&(*id).to_owned()))
                .map(of_table)
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Items of some verbs, or of one standard.
pub(super) fn items(desk: &Desk<'_, '_>, is: impl Fn(&Item) -> bool) -> Vec<Offer> {
    let all = desk.council.all_items().into_iter();
    all.filter(|item| is(item))
        .map(|item| of_item(&item).rank(if item.is_national { 1 } else { 0 }))
        .collect()
}

pub(super) fn standards(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let all = desk.council.all_standards().into_iter();
    all.map(|(id, title)| of_standard(&id, &title)).collect()
}

pub(super) fn tables(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let all = desk.council.all_tables().into_iter();
    all.map(|id| of_table(&id)).collect()
}

/// The columns of a table, by name.
pub(super) fn columns(desk: &Desk<'_, '_>, table: &str) -> Vec<Offer> {
    let all = desk.council.columns(table).into_iter();
    all.map(|column| {
        described(
            Offer::text(&column.name, CompletionItemKind::FIELD),
            &column,
        )
    })
    .collect()
}

/// The values of a column.
pub(super) fn values(desk: &Desk<'_, '_>, table: &str, column: &str) -> Vec<Offer> {
    let all = desk.values(table, column).into_iter();
    all.map(|value| Offer::text(value, CompletionItemKind::VALUE))
        .collect()
}

pub(super) fn described(offer: Offer, column: &Column) -> Offer {
    offer.detail(column.is).says(column.says.clone())
}

fn of_item(item: &Item) -> Offer {
    let whose = if item.is_national { "" } else { "your own, " };
    Offer::text(&item.id, CompletionItemKind::CONSTANT)
        .detail(format!("{}, {whose}{}", item.verb, item.standard))
        .says(item.ask.clone())
}

fn of_standard(id: &str, title: &str) -> Offer {
    Offer::text(id, CompletionItemKind::MODULE).detail(title)
}

fn of_table(id: &str) -> Offer {
    let says = match id {
        "workers" => "one row for each practitioner",
        "workforce" => "totals, one row for each team",
        "survey" => "one row for each answer sheet",
        _ => "a table of your own",
    };
    Offer::text(id, CompletionItemKind::STRUCT).detail(says)
}
