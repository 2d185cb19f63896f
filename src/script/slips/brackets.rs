//! Brackets that are never closed, or closed by the wrong one. A card begins at the margin,
//! so a card that begins inside another tells which one was left open.

use super::Desk;
use crate::diagnostic::Code;
use crate::script::library::VERBS;
use crate::script::tokens::{Kind, Token};
use crate::source::Span;

/// Reports what is not closed; says whether all brackets match.
pub(super) fn look(desk: &mut Desk<'_>) -> bool {
    // A text that never ends may hold the bracket that is missed.
    let broken = |token: &Token<'_>| matches!(token.kind, Kind::OpenText | Kind::OpenComment);
    if desk.tokens.iter().any(broken) {
        return false;
    }
    let mut open: Vec<usize> = Vec::new();
    let mut sound = true;
    for index in 0..desk.tokens.len() {
        let token = desk.tokens[index];
        if token.opens() {
            open.push(index);
        } else if token.closes() {
            match open.pop() {
                Some(opener) if closes(desk.tokens[opener].text, token.text) => {}
                Some(opener) => {
                    sound = false;
                    mismatch(desk, opener, index);
                    // The bracket that this one closes, if it stands further out.
                    let outer = open
                        .iter()
                        .rposition(|outer| closes(desk.tokens[*outer].text, token.text));
                    open.truncate(outer.unwrap_or(0));
                }
                None => {
                    sound = false;
                    let message = format!("`{}` closes nothing", token.text);
                    desk.report(Code::Syntax, token.span, message)
                        .label("no bracket is open here: take it out");
                }
            }
        } else if token.is_word()
            && VERBS.contains(&token.text)
            && desk.is(index + 1, "(")
            && desk.at_margin(index)
            && !open.is_empty()
        {
            sound = false;
            unclosed(desk, &open, Some(token.span));
            open.clear();
        }
    }
    if !open.is_empty() {
        sound = false;
        unclosed(desk, &open, None);
    }
    sound
}

fn closes(opener: &str, closer: &str) -> bool {
    matches!(
        (opener, closer),
        ("(", ")") | ("[", "]") | ("{" | "#{", "}")
    )
}

fn mismatch(desk: &mut Desk<'_>, opener: usize, closer: usize) {
    let opened = desk.tokens[opener];
    let closed = desk.tokens[closer];
    let wanted = match opened.text {
        "(" => ")",
        "[" => "]",
        _ => "}",
    };
    let place = desk.source.place(opened.span);
    desk.report(
        Code::UnclosedCard,
        closed.span,
        format!("`{}` stands where `{wanted}` is wanted", closed.text),
    )
    .label(format!("`{wanted}` first"))
    .with(|diagnostic| diagnostic.related(place, format!("this `{}` is still open", opened.text)))
    .help(wanted);
}

/// `next` is the card that begins while brackets are open.
fn unclosed(desk: &mut Desk<'_>, open: &[usize], next: Option<Span>) {
    let first = open[0];
    let begins = match desk.before(first) {
        Some(verb) if verb.is_word() => first - 1,
        _ => first,
    };
    let line = desk.line(begins);
    let token = desk.tokens[begins];
    let closing: String = open
        .iter()
        .rev()
        .map(|opener| match desk.tokens[*opener].text {
            "(" => ')',
            "[" => ']',
            _ => '}',
        })
        .collect();
    let is_card = token.is_word() && VERBS.contains(&token.text);
    let what = if is_card { "card" } else { "bracket" };
    let wanted = if is_card {
        format!("{closing};")
    } else {
        closing
    };
    let next = next.map(|span| (desk.source.place(span), format!("`{wanted}` before this")));
    desk.report(
        Code::UnclosedCard,
        token.span,
        format!("the {what} that begins at line {line} is not closed with `{wanted}`"),
    )
    .label("begins here")
    .with(|diagnostic| match next {
        Some((place, words)) => diagnostic.related(place, words),
        None => diagnostic,
    })
    .help(wanted);
}
