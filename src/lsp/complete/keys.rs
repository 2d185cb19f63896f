//! Keys: of a card those that it may still have, of a map in it those that fit there.

use super::Desk;
use super::cards;
use super::values::is_of_all_questions;
use crate::host::Holds;
use crate::lsp::council::{Column, From, is_national};
use crate::lsp::offer::{Offer, escaped};
use crate::lsp::spot::Word;
use crate::national::{ANSWERS, Service, UNSCORED_ANSWERS, same_answer};
use crate::reference::{Key, Wants};
use crate::source::Span;
use crate::validate;
use lsp_types::CompletionItemKind;

/// Keys that tell what a national item is, which a council seldom changes.
const NATIONS: [&str; 6] = ["standard", "ask", "unit", "value", "best", "worst"];

/// The keys that fit after the keys that lead to a map.
pub(super) fn keys(desk: &Desk<'_, '_>, path: &[String]) -> Vec<Offer> {
    let spot = &desk.spot;
    let verb = spot.verb();
    let beside = spot.keys_beside();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let offers = match (verb, path.as_slice()) {
        (_, []) => of_card(desk, verb, &beside),
        ("council", ["asked"]) => words(&Service::ALL.map(Service::id), "$1"),
        ("council", ["lead"]) => [
            plain("post", "\"${1:Principal Social Worker}\""),
            plain("social_work_qualified", "${1|true,false|}"),
        ]
        .into(),
        ("council", ["brand"]) => [
            plain("colour", "\"${1:#1d4f73}\""),
            plain("logo", "\"${1:logo.svg}\""),
        ]
        .into(),
        ("question", ["answers"]) => {
            [plain("scored", "[\"$1\"]"), plain("unscored", "[\"$1\"]")].into()
        }
        ("table", ["columns"]) => columns(desk, &beside),
        ("table", ["codes"]) => coded(desk),
        ("table", ["codes", column]) => codes(desk, column),
        ("overall", ["bands"]) => [
            plain("\"needs work\"", "0"),
            plain("\"sound\"", "50"),
            plain("\"strong\"", "75"),
        ]
        .into(),
        _ => Vec::new(),
    };
    let fresh = offers
        .into_iter()
        .filter(|offer| !beside.contains(&offer.label));
    let comma = missing_comma(desk);
    let followed = desk.outline.is(after(desk), ":");
    let own_line = on_own_line(desk);
    fresh
        .map(|mut offer| {
            if followed {
                // The value is there already.
                offer.snippet = None;
            } else if let Some(snippet) = &mut offer.snippet {
                let next = desk.outline.token(after(desk));
                // A key in line with the bracket that closes after it needs none.
                let is_last = next.is_some_and(|next| next.closes()) && !own_line;
                if !is_last && !next.is_some_and(|next| next.is(",")) {
                    snippet.push(',');
                }
            }
            offer.also = comma.map(|at| (Span::new(at, at), ",".to_owned()));
            offer
        })
        .collect()
}

/// The token after the word that is being written.
fn after(desk: &Desk<'_, '_>) -> usize {
    match desk.spot.word {
        Word::Bare(_) | Word::Text(..) => desk.spot.index + 1,
        Word::None | Word::Closed => desk.spot.index,
    }
}

/// Where a comma is missing before a key that begins here.
fn missing_comma(desk: &Desk<'_, '_>) -> Option<usize> {
    let before = desk.spot.before()?;
    let opens = before.opens() || before.is(",");
    (!opens).then_some(before.span.end)
}

/// Whether the key is the first word of its line.
fn on_own_line(desk: &Desk<'_, '_>) -> bool {
    let before = &desk.outline.source.text()[..desk.spot.span().start];
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim().is_empty()
}

fn plain(name: &str, value: &str) -> Offer {
    Offer::word(name.trim_matches('"'), CompletionItemKind::FIELD).types(format!("{name}: {value}"))
}

fn words(names: &[&str], value: &str) -> Vec<Offer> {
    names.iter().map(|name| plain(name, value)).collect()
}

fn of_card(desk: &Desk<'_, '_>, verb: &str, beside: &[String]) -> Vec<Offer> {
    let own: Vec<&Key> = validate::KEYS
        .iter()
        .filter(|key| key.verb == verb)
        .collect();
    // In line with what stands there already, if it stands on lines of its own.
    let width = match on_own_line(desk) {
        true => beside.iter().map(|key| key.len() + 1).max().unwrap_or(0),
        false => 0,
    };
    let national = is_national(&desk.spot.id());
    own.into_iter()
        .map(|key| {
            let rank = match (key.needed, national && NATIONS.contains(&key.name)) {
                (true, _) => 0,
                (_, true) => 2,
                _ => 1,
            };
            Offer::word(key.name, CompletionItemKind::FIELD)
                .detail(match key.needed {
                    true => format!("needed: {}", key.says),
                    false => key.says.to_owned(),
                })
                .says(format!("Wants {}.", key.wanted()))
                .types(match key.wants {
                    Wants::Columns | Wants::Codes => {
                        format!("{:width$} #{{\n    $1\n}}", format!("{}:", key.name))
                    }
                    _ => cards::line(key, desk.council.as_of.as_deref(), width),
                })
                .rank(rank)
        })
        .collect()
}

/// The columns of a table, each with the header that is probably its own.
fn columns(desk: &Desk<'_, '_>, beside: &[String]) -> Vec<Offer> {
    let table = desk.spot.id();
    let glimpse = desk.council.glimpse(&table, desk.host, desk.glimpses);
    let headers: Vec<&str> = glimpse.as_ref().map_or_else(Vec::new, |glimpse| {
        let columns = glimpse.columns.iter();
        columns.map(|column| column.header.as_str()).collect()
    });
    let named: Vec<String> = desk.council.table(&table).map_or_else(Vec::new, |card| {
        let columns = card.columns.iter().filter_map(|(_, from)| match from {
            From::Header(header) => Some(header.to_lowercase()),
            From::Fixed(_) => None,
        });
        columns.collect()
    });
    let free: Vec<&str> = headers
        .iter()
        .filter(|header| !named.contains(&header.to_lowercase()))
        .copied()
        .collect();
    let all = desk.council.columns(&table).into_iter();
    all.filter(|column| !beside.contains(&column.name))
        .map(|column| {
            let has = headers
                .iter()
                .any(|header| header.eq_ignore_ascii_case(&column.name));
            let guess = free.iter().find(|header| is_like(&column, header));
            let value = match guess {
                Some(header) => format!("\"${{1:{}}}\"", escaped(header)),
                None => "\"$1\"".to_owned(),
            };
            let offer = Offer::word(&column.name, CompletionItemKind::FIELD)
                .detail(column.is)
                .says(column.says.clone())
                .types(format!("{}: {value}", key(&column.name)));
            // A column whose header is its name needs no line here.
            offer.rank(match (guess.is_some(), has) {
                (true, false) => 0,
                (false, false) => 1,
                _ => 2,
            })
        })
        .collect()
}

/// A name as a key: in quotes if it is no single word.
pub(super) fn key(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.starts_with(|c: char| c.is_ascii_alphabetic());
    if plain {
        name.to_owned()
    } else {
        format!("\"{}\"", escaped(name))
    }
}

/// Whether a header holds all the words of a column's name, or it those of the header.
pub(super) fn is_like(column: &Column, header: &str) -> bool {
    let header = header.to_lowercase();
    let said: Vec<&str> = header
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let name = column.name.to_lowercase();
    let mut own = name.split(['_', '-']);
    let all_own = own.clone().all(|word| said.contains(&word));
    all_own || (!said.is_empty() && said.iter().all(|word| own.any(|own| own == *word)))
}

/// The columns whose values a file may code: of few words.
fn coded(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let table = desk.spot.id();
    let of_all = is_of_all_questions(&table, "answers").then(|| {
        Offer::word("answers", CompletionItemKind::FIELD)
            .detail("answers to all questions")
            .says("What the file says for the nation's answers, once for every question.")
            .types("answers: #{ $1 }")
    });
    let columns = desk.council.columns(&table).into_iter();
    columns
        .filter(|column| !column.values.is_empty())
        .map(|column| {
            Offer::word(&column.name, CompletionItemKind::FIELD)
                .detail(column.is)
                .says(column.says.clone())
                .types(format!("{}: #{{ $1 }}", key(&column.name)))
        })
        .chain(of_all)
        .collect()
}

/// The answers that a survey's file has and the nation has not, whatever question they are to.
fn codes_of_answers(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let table = desk.spot.id();
    let glimpse = desk.council.glimpse(&table, desk.host, desk.glimpses);
    let columns = glimpse.iter().flat_map(|glimpse| &glimpse.columns);
    let all = [&ANSWERS[..], &UNSCORED_ANSWERS].concat();
    let is_known = |word: &String| {
        let folded = word.trim().to_lowercase();
        all.contains(&folded.as_str()) || same_answer(&folded).is_some()
    };
    let mut found: Vec<&String> = Vec::new();
    for column in columns {
        if let Holds::Words { listed, .. } = &column.holds
            && listed.iter().any(is_known)
        {
            let others = listed.iter().filter(|word| !is_known(word));
            found.extend(others);
        }
    }
    found.sort();
    found.dedup();
    let choice = all.join(",");
    found
        .into_iter()
        .map(|word| {
            let offer =
                Offer::text(word, CompletionItemKind::VALUE).detail("an answer of the file");
            match desk.spot.word {
                Word::Text(..) => offer,
                _ => offer.types(format!(
                    "\"{}\": \"${{1|{choice}|}}\"",
                    escaped(&word.replace('"', "\\\""))
                )),
            }
        })
        .collect()
}

/// The words that a file has in a column.
fn codes(desk: &Desk<'_, '_>, column: &str) -> Vec<Offer> {
    let table = desk.spot.id();
    if is_of_all_questions(&table, column) {
        return codes_of_answers(desk);
    }
    let Some(found) = desk.council.column(&table, column) else {
        return Vec::new();
    };
    let header = match &found.from {
        Some(From::Header(header)) => header.clone(),
        _ => column.to_owned(),
    };
    let glimpse = desk.council.glimpse(&table, desk.host, desk.glimpses);
    let held = glimpse.as_ref().and_then(|glimpse| glimpse.column(&header));
    let Some(Holds::Words { listed, .. }) = held.map(|column| &column.holds) else {
        return Vec::new();
    };
    let known = |word: &str| {
        found
            .values
            .iter()
            .any(|value| value.eq_ignore_ascii_case(word))
    };
    listed
        .iter()
        .map(|word| {
            let nation = match found.values.as_slice() {
                [] => "\"$1\"".to_owned(),
                values => format!("\"${{1|{}|}}\"", values.join(",")),
            };
            // In a text that is begun only the word itself is typed.
            let typed = format!("\"{}\": {nation}", escaped(&word.replace('"', "\\\"")));
            let offer = Offer::text(word, CompletionItemKind::VALUE)
                .detail(format!("a value of \"{header}\""))
                .rank(if known(word) { 2 } else { 1 });
            match desk.spot.word {
                Word::Text(..) => offer,
                _ => offer.types(typed),
            }
        })
        .collect()
}
