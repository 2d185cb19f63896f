//! Formulas, functions and tests: what may be asked of a table, a row or a result, and the
//! words that are known.

use super::Desk;
use super::cards;
use super::functions::{methods, of_function, of_library};
use super::keys;
use super::texts;
use crate::lsp::offer::{Offer, escaped};
use crate::lsp::scope::{self, Stands};
use crate::lsp::spot::{Holds, Word};
use crate::reference::{self, Shelf};
use crate::source::Span;
use lsp_types::CompletionItemKind;

/// Words of the language, each with what it types.
const LANGUAGE: [(&str, &str, &str); 6] = [
    (
        "if",
        "one thing or another",
        "if ${1:condition} { $2 } else { $3 }",
    ),
    ("let", "a name for a value", "let ${1:name} = $2;"),
    ("and", "both are true", "and "),
    ("or", "one of them is true", "or "),
    ("true", "", "true"),
    ("false", "", "false"),
];

pub(super) fn code(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let spot = &desk.spot;
    if spot.bars.is_some() {
        return bars(desk);
    }
    if matches!(spot.word, Word::Text(..)) {
        return in_text(desk);
    }
    let before = spot.index.checked_sub(1);
    if let Some(dot) = before.filter(|at| desk.outline.is(*at, ".")) {
        return after_dot(desk, dot);
    }
    if let Some(colons) = before.filter(|at| desk.outline.is(*at, "::")) {
        return of_library(desk, colons);
    }
    let mut offers = compared(desk);
    if let Some(columns) = given_keys(desk) {
        offers.extend(columns);
        return offers;
    }
    if let Some(Stands::Results(_) | Stands::Standards | Stands::Row(_)) = indexed(desk) {
        offers.extend(in_text(desk));
        return offers;
    }
    if let Some((callee, _)) = spot.call()
        && desk.outline.is(callee.saturating_sub(1), ".")
    {
        offers.extend(in_text(desk).into_iter().map(|offer| offer.rank(2)));
    }
    offers.extend(free(desk));
    offers
}

/// The names between the bars of a formula.
fn bars(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let spot = &desk.spot;
    let bar = spot.bars.unwrap_or(spot.index);
    let names: Vec<String> = match spot.frames.last().map(|frame| frame.holds) {
        // A formula of each row: by habit the first letter of a row's own name.
        Some(Holds::Call) => vec!["w".to_owned(), "s".to_owned(), "row".to_owned()],
        _ => {
            let key = bar.checked_sub(2).map(|key| desk.outline.word(key));
            match (key.as_deref(), spot.verb()) {
                (Some("score"), "measure") => vec!["value".to_owned()],
                (Some("score"), "overall") => vec!["standards".to_owned()],
                (Some("score"), _) => vec!["results".to_owned()],
                _ => desk.council.all_tables(),
            }
        }
    };
    let there: Vec<String> = (bar + 1..spot.index)
        .map(|at| desk.outline.word(at))
        .collect();
    names
        .into_iter()
        .filter(|name| !there.contains(name))
        .map(|name| Offer::word(name, CompletionItemKind::VARIABLE))
        .collect()
}

/// What stands before the innermost index that is open: `results["…`.
fn indexed(desk: &Desk<'_, '_>) -> Option<Stands> {
    let frame = desk.spot.frames.last()?;
    let names = desk.names();
    (frame.holds == Holds::Index).then(|| scope::before_dot(desk.outline, frame.open, &names))
}

/// Texts that fit: ids, columns, answers.
fn in_text(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let spot = &desk.spot;
    match indexed(desk) {
        Some(Stands::Results(standard)) => {
            return texts::items(desk, |item| {
                item.standard == standard || standard.is_empty()
            });
        }
        Some(Stands::Standards) => return texts::standards(desk),
        Some(Stands::Row(table)) => return texts::columns(desk, &table),
        _ => {}
    }
    let compared = compared(desk);
    if !compared.is_empty() {
        return compared;
    }
    let Some((callee, argument)) = spot.call() else {
        return Vec::new();
    };
    let function = desk.outline.word(callee);
    let asked = || {
        let dot = callee.checked_sub(1)?;
        match scope::before_dot(desk.outline, dot, &desk.names()) {
            Stands::Table(table) => Some(table),
            _ => None,
        }
    };
    let given = desk.outline.word(callee + 2);
    match (function.as_str(), argument) {
        ("item", 0) => texts::items(desk, |_| true),
        ("standard_score", 0) => texts::standards(desk),
        ("given", 0) => texts::tables(desk),
        ("given", 1) => {
            let key = spot.frames.last().and_then(|frame| frame.key);
            let column = key.map(|key| desk.outline.word(key)).unwrap_or_default();
            texts::values(desk, &given, &column)
        }
        ("share_answering", 1) => texts::values(desk, "survey", &given),
        ("share_answering", 0) => asked().map_or_else(Vec::new, |table| {
            let columns = texts::columns(desk, &table).into_iter();
            columns
                .filter(|offer| offer.detail.starts_with("answers"))
                .collect()
        }),
        ("sum" | "mean" | "median" | "quantile" | "min" | "max" | "answered", 0) => {
            asked().map_or_else(Vec::new, |table| texts::columns(desk, &table))
        }
        _ => Vec::new(),
    }
}

/// The values of the column that is compared just before: `w.agency == `.
fn compared(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let outline = desk.outline;
    let Some(sign) = desk.spot.index.checked_sub(1) else {
        return Vec::new();
    };
    if !outline.is(sign, "==") && !outline.is(sign, "!=") {
        return Vec::new();
    }
    let names = desk.names();
    let column = if sign >= 3 && outline.is(sign - 2, ".") {
        Some((sign - 1, sign - 2))
    } else if sign >= 4 && outline.is(sign - 1, "]") && outline.is(sign - 3, "[") {
        Some((sign - 2, sign - 3))
    } else {
        None
    };
    let found =
        column.and_then(
            |(column, before)| match scope::before_dot(outline, before, &names) {
                Stands::Row(table) => Some((table, outline.word(column))),
                _ => None,
            },
        );
    found.map_or_else(Vec::new, |(table, column)| {
        let values = texts::values(desk, &table, &column).into_iter();
        values.map(|offer| offer.rank(0)).collect()
    })
}

/// In a test: the columns of a row that is given.
fn given_keys(desk: &Desk<'_, '_>) -> Option<Vec<Offer>> {
    let spot = &desk.spot;
    let frame = spot.frames.last()?;
    if frame.holds != Holds::Map || frame.key.is_some() {
        return None;
    }
    let (callee, _) = spot.call()?;
    if desk.outline.word(callee) != "given" {
        return None;
    }
    let beside = spot.keys_beside();
    let table = desk.outline.word(callee + 2);
    let columns = desk.council.columns(&table).into_iter();
    let fresh = columns.filter(|column| !beside.contains(&column.name));
    let offers = fresh.map(|column| {
        let value = match column.values.as_slice() {
            [] => "$1".to_owned(),
            values => format!("\"${{1|{}|}}\"", values.join(",")),
        };
        let typed = format!("{}: {value}", keys::key(&column.name));
        let offer = Offer::word(&column.name, CompletionItemKind::FIELD).types(typed);
        texts::described(offer, &column)
    });
    Some(offers.collect())
}

/// What may be asked of what stands before a dot.
fn after_dot(desk: &Desk<'_, '_>, dot: usize) -> Vec<Offer> {
    match scope::before_dot(desk.outline, dot, &desk.names()) {
        Stands::Table(_) => methods(desk),
        Stands::Row(table) => row(desk, &table, dot),
        Stands::One => [
            ("value", "what it comes to"),
            ("score", "its score, 0 to 100"),
            ("weight", "its weight"),
        ]
        .map(|(name, says)| Offer::word(name, CompletionItemKind::FIELD).detail(says))
        .into(),
        Stands::Unknown => {
            let columns = desk.council.columns("workers").into_iter();
            let columns = columns.map(|column| {
                let offer = Offer::word(&column.name, CompletionItemKind::FIELD).rank(2);
                texts::described(offer, &column)
            });
            methods(desk).into_iter().chain(columns).collect()
        }
        Stands::Results(_) | Stands::Standards | Stands::Value => Vec::new(),
    }
}

/// The columns of a row; one with a hyphen is asked for in square brackets.
fn row(desk: &Desk<'_, '_>, table: &str, dot: usize) -> Vec<Offer> {
    let dot = desk.outline.tokens[dot].span;
    let columns = desk.council.columns(table).into_iter();
    columns
        .map(|column| {
            let mut offer = Offer::word(&column.name, CompletionItemKind::FIELD);
            if column.name.contains('-') {
                offer = offer.types(format!("[\"{}\"]", escaped(&column.name)));
                offer.span = Some(Span::new(dot.start, desk.spot.span().end));
            }
            texts::described(offer, &column)
        })
        .collect()
}

/// All that may stand on its own.
fn free(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let named = desk.names().into_iter().rev();
    let names = named.map(|named| {
        let says = match &named.stands {
            Stands::Table(table) => format!("rows of `{table}`"),
            Stands::Row(table) => format!("a row of `{table}`"),
            Stands::Results(_) => "results of the standard's items".to_owned(),
            Stands::Standards => "results of all standards".to_owned(),
            Stands::One => "a result".to_owned(),
            Stands::Value | Stands::Unknown => String::new(),
        };
        Offer::word(named.name, CompletionItemKind::VARIABLE)
            .detail(says)
            .rank(0)
    });
    let functions = reference::functions().iter().filter(|function| {
        let on_its_own = !function.form.contains('.');
        on_its_own && (function.shelf != Shelf::Tests || desk.is_tests())
    });
    let functions = functions
        .filter(|function| function.name != "test")
        .map(|function| of_function(desk, function).rank(1));
    let libraries = desk.libraries().into_iter().map(|(name, _)| {
        Offer::word(&name, CompletionItemKind::MODULE)
            .detail("a shared library")
            .types(format!("{}::", escaped(&name)))
            .rank(2)
    });
    let language = LANGUAGE.iter().map(|(word, says, typed)| {
        Offer::word(*word, CompletionItemKind::KEYWORD)
            .detail(*says)
            .types(*typed)
            .rank(3)
    });
    let mut offers: Vec<Offer> = Vec::new();
    for offer in names
        .chain(cards::own(desk).into_iter().map(|own| own.rank(0)))
        .chain(functions)
        .chain(libraries)
        .chain(language)
    {
        let same = |known: &Offer| known.label == offer.label && known.detail == offer.detail;
        if !offers.iter().any(same) {
            offers.push(offer);
        }
    }
    offers
}
