//! Text without its quotes, where words follow one another as they do in no formula.

use super::Desk;
use crate::diagnostic::Code;
use crate::script::library::{VERBS, functions};
use crate::script::tokens::{Kind, Token};

/// Words with which a value may begin that is no text, or that join two values.
const OF_FORMULAS: [&str; 15] = [
    "lambda", "if", "for", "while", "loop", "return", "let", "and", "or", "not", "in", "is",
    "else", "true", "false",
];

pub(super) fn look(desk: &mut Desk<'_>) {
    // What is open here.
    let mut open: Vec<&str> = Vec::new();
    let mut index = 0;
    while index < desk.tokens.len() {
        let token = desk.tokens[index];
        if token.opens() {
            open.push(token.text);
        } else if token.closes() {
            open.pop();
        }
        if let Some((last, name)) = called_at(desk, index) {
            let whole = token.span.to(desk.tokens[last].span);
            let message = format!("`{}` is written with `_`", desk.source.slice(whole));
            desk.report(Code::HyphenatedName, whole, message)
                .label(format!("write `{name}`"))
                .typed(name);
            index = last + 1;
            continue;
        }
        let last = match open.last() {
            Some(&"#{") if token.is(":") && called_at(desk, index + 1).is_none() => {
                text_of_a_key(desk, index + 1)
            }
            Some(&"[") if token.is("[") || token.is(",") => text_of_a_list(desk, index + 1),
            Some(&"(") if token.is("(") && open.len() == 1 => id_of_a_card(desk, index + 1),
            _ => None,
        };
        match last {
            Some(last) => {
                told(desk, index + 1, last);
                index = last + 1;
            }
            None => index += 1,
        }
    }
}

/// `at-most(16)`: the last word of the name of a function of ours, written with hyphens, and its name.
fn called_at(desk: &Desk<'_>, first: usize) -> Option<(usize, String)> {
    let is_hyphen = |at: usize| desk.is(at, "-") && desk.touches_next(at);
    let mut last = first;
    while desk.touches_next(last) && is_hyphen(last + 1) {
        last += 2;
    }
    let begins = desk.get(first)?.is_word() && last > first;
    if !begins || !desk.is(last + 1, "(") || !desk.touches_next(last) {
        return None;
    }
    let whole = desk.tokens[first].span.to(desk.tokens[last].span);
    let name = desk.source.slice(whole).replace('-', "_");
    let is_ours = functions().iter().any(|function| function.name == name);
    is_ours.then_some((last, name))
}

fn told(desk: &mut Desk<'_>, first: usize, last: usize) {
    let span = desk.tokens[first].span.to(desk.tokens[last].span);
    let text = desk.source.slice(span).to_owned();
    let typed = format!("\"{text}\"");
    let message = match first == last {
        true => format!("`{text}` is a word without quotes"),
        false => "text goes in double quotes".to_owned(),
    };
    desk.report(Code::UnquotedWord, span, message)
        .label(format!("write `{typed}`"))
        .typed(typed);
}

/// Whether words from here on are text: two of them follow one another, or are joined as the
/// words of an id, a path or an address are.
fn begins_text(desk: &Desk<'_>, first: usize) -> bool {
    let (Some(begin), Some(next)) = (desk.get(first), desk.get(first + 1)) else {
        return false;
    };
    if desk.line(first) != desk.line(first + 1) {
        return false;
    }
    let is_word = |token: &Token<'_>| token.is_word() && !OF_FORMULAS.contains(&token.text);
    let touches = desk.touches_next(first);
    // `#005a4e`
    if begin.kind == Kind::Stray && begin.text == "#" {
        return touches && (next.is_word() || next.kind == Kind::Number);
    }
    if !is_word(begin) {
        return false;
    }
    // A name of the script's own may be reckoned with.
    let defined = desk
        .source
        .text()
        .contains(&format!("const {}", begin.text));
    let lower = begin.text.chars().any(char::is_lowercase) && !defined;
    let after = desk.get(first + 2);
    let joined = touches
        && desk.touches_next(first + 1)
        && lower
        && matches!(next.text, "-" | "/" | "@")
        && after.is_some_and(is_word);
    let one_after_the_other = next.is_word() && !matches!(next.text, "and" | "or" | "in" | "is");
    one_after_the_other || joined || begins_with_two(desk, first)
}

/// `Recruit and retain`, `Children's`: a name of one's own, then `and` and a small word; or an
/// apostrophe.
fn begins_with_two(desk: &Desk<'_>, first: usize) -> bool {
    let is = |at: usize, texts: &[&str]| {
        desk.get(at)
            .is_some_and(|token| texts.contains(&token.text))
    };
    let apostrophe = is(first + 1, &["'", "’"]) && desk.touches_next(first);
    let small = |at: usize| {
        desk.get(at)
            .is_some_and(|token| token.is_word() && !OF_FORMULAS.contains(&token.text))
    };
    let third = small(first + 2) && small(first + 3);
    apostrophe || is(first + 1, &["and", "or", "in", "is"]) && third
}

/// The last word of the text under a key: what comes before the comma that ends the line or
/// goes before the next key, or before the bracket that closes the card.
fn text_of_a_key(desk: &Desk<'_>, first: usize) -> Option<usize> {
    if !begins_text(desk, first) {
        return None;
    }
    let line = desk.line(first);
    let mut depth = 0usize;
    let mut at = first;
    loop {
        let token = desk.get(at).filter(|_| desk.line(at) == line)?;
        if matches!(token.kind, Kind::OpenText | Kind::OpenComment) || token.is("#{") {
            return None;
        }
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth = depth.checked_sub(1)?;
        }
        let ends_line = desk.get(at + 1).is_none() || desk.line(at + 1) != line;
        let next_closes = depth == 0 && desk.get(at + 1).is_some_and(Token::closes);
        let next_ends = desk.is(at + 1, ",")
            && (desk.line(at + 2) != line || desk.is(at + 3, ":") || desk.get(at + 2).is_none());
        if ends_line || next_closes || depth == 0 && next_ends {
            return Some(at);
        }
        at += 1;
    }
}

/// The last word of an entry of a list of texts.
fn text_of_a_list(desk: &Desk<'_>, first: usize) -> Option<usize> {
    if !begins_text(desk, first) {
        return None;
    }
    let line = desk.line(first);
    let ends = |at: usize| {
        desk.get(at)
            .is_some_and(|token| token.is(",") || token.is("]"))
            || desk.line(at) != line
    };
    let plain = |at: usize| {
        let token = desk.get(at);
        token.is_some_and(|token| {
            token.is_word() || matches!(token.text, "-" | "'" | "&") || token.kind == Kind::Number
        })
    };
    let mut at = first;
    while plain(at) {
        if ends(at + 1) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// `answer(lone-working, #{`.
fn id_of_a_card(desk: &Desk<'_>, first: usize) -> Option<usize> {
    let of_card = first >= 2
        && VERBS.contains(&desk.tokens[first - 2].text)
        && desk.get(first).is_some_and(Token::is_word);
    if !of_card {
        return None;
    }
    let mut at = first;
    while let Some(next) = desk.get(at + 1).filter(|_| at < first + 20) {
        if next.is(",") {
            let card = desk.get(at + 2)?;
            return (card.is("#{") || card.is("{")).then_some(at);
        }
        if next.opens() || next.closes() || matches!(next.text, "." | "::") {
            return None;
        }
        at += 1;
    }
    None
}
