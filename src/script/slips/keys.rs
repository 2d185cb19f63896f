//! Slips in a card's keys: signs in place of their colons, hyphens, several words, words of the
//! language.

use super::Desk;
use super::vocabulary::{JOINED, MEANT, RESERVED};
use crate::diagnostic::Code;
use crate::national::{CARDS, COLUMNS};
use crate::script::library::VERBS;
use crate::script::tokens::{Kind, Token};
use crate::source::Span;

/// A key: one word or text, then a colon.
pub(super) fn key(desk: &mut Desk<'_>, index: usize) {
    let token = desk.tokens[index];
    if !token.is_word() {
        return;
    }
    if desk.is(index + 1, "=") {
        let sign = desk.tokens[index + 1].span;
        let value = desk.get(index + 2).map_or("…", |value| value.text);
        let gap = Span::new(token.span.end, sign.end);
        desk.report(
            Code::EqualsInCard,
            sign,
            "a card has a colon between key and value",
        )
        .label(format!("write `{}: {value}`", token.text))
        .help(format!("{}: {value}", token.text))
        .typed_at(gap, ":");
        return;
    }
    let is_value = |value: &Token<'_>| {
        matches!(value.kind, Kind::Number | Kind::Text) || value.is("#{") || value.is("[")
    };
    if desk.get(index + 1).is_some_and(is_value) && !after_stray(desk, index) {
        let message = format!("a colon is missing after `{}`", token.text);
        let typed = format!("{}:", token.text);
        desk.report(Code::Syntax, token.span, message)
            .label(format!("write `{typed}`"))
            .typed(typed);
        return;
    }
    let mut last = index;
    while desk.is(last + 1, "-") && desk.get(last + 2).is_some_and(|part| part.is_word()) {
        last += 2;
    }
    if last > index && desk.is(last + 1, ":") {
        let span = token.span.to(desk.tokens[last].span);
        let text = desk.source.slice(span).to_owned();
        let joined = text.replace('-', "_");
        let report = desk.report(Code::HyphenInKey, span, "a key has no hyphen");
        if names_an_item(&text) {
            report
                .label(format!("write it in quotes: `\"{text}\":`"))
                .typed(format!("\"{text}\""));
        } else if is_known(&joined) {
            report.label(format!("write `{joined}:`")).typed(joined);
        } else {
            report
                .label(format!(
                    "write `{joined}:`, or in quotes `\"{text}\":` where it names an item"
                ))
                .typed(format!("\"{text}\""))
                .offered();
        }
        return;
    }
    if desk.is(index + 1, ":") && RESERVED.contains(&token.text) {
        let message = format!(
            "`{}` is a word of the language and cannot be a key",
            token.text
        );
        let meant = MEANT
            .iter()
            .find(|(word, _)| *word == token.text)
            .map(|(_, key)| *key);
        let report = desk.report(Code::ReservedWord, token.span, message);
        match meant {
            Some(key) => report
                .label(format!("the key here is `{key}`"))
                .typed(key)
                .offered(),
            None => report.label("put it in quotes, or use the key's own name"),
        };
    }
}

/// Whether a card has such a key, or a table of the nation's such a column.
fn is_known(joined: &str) -> bool {
    let mut columns = COLUMNS.iter().flat_map(|(_, columns)| *columns);
    JOINED.contains(&joined) || columns.any(|(name, _)| *name == joined)
}

/// Whether a national item has this id.
fn names_an_item(text: &str) -> bool {
    let begins = format!("(\"{text}\",");
    CARDS.iter().any(|(_, cards)| cards.contains(&begins))
}

/// The last word of a key that was written as several, `Review by:`, and begins here.
pub(super) fn last_of_spaced(desk: &Desk<'_>, index: usize) -> Option<usize> {
    let is_plain = |at: usize| {
        let word = desk.get(at);
        word.is_some_and(|word| word.is_word() && !VERBS.contains(&word.text))
            && desk.line(at) == desk.line(index)
    };
    let mut last = index;
    while is_plain(last) && is_plain(last + 1) {
        last += 1;
    }
    let is_key = last > index && desk.is(last + 1, ":") && !desk.is(last + 2, ":");
    (is_key && !after_stray(desk, index)).then_some(last)
}

pub(super) fn spaced_key(desk: &mut Desk<'_>, index: usize, last: usize) {
    let span = desk.tokens[index].span.to(desk.tokens[last].span);
    let words: Vec<String> = desk.tokens[index..=last]
        .iter()
        .map(|word| word.text.to_lowercase())
        .collect();
    let joined = words.join("_");
    let known = is_known(&joined);
    desk.report(Code::Syntax, span, "a key is one word")
        .label(format!("write `{joined}:`"))
        .typed(joined)
        .with(|fault| if known { fault } else { fault.offered() });
}

/// Whether this word may stand within text in curly quotes.
fn after_stray(desk: &Desk<'_>, index: usize) -> bool {
    let line = desk.line(index);
    (0..index)
        .rev()
        .take_while(|at| desk.line(*at) == line)
        .any(|at| desk.tokens[at].kind == Kind::Stray)
}
