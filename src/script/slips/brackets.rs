//! Brackets that are never closed, or closed by the wrong one, as far as words alone tell.
//! Where one was meant to stand is found out by trying: see `compile/repair.rs`.

use super::Desk;
use crate::diagnostic::Code;
use crate::script::chunks::{closer_of, closes};
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
                        .label("no bracket is open here: take it out")
                        .typed_at(token.span, "")
                        .offered();
                }
            }
        }
    }
    if !open.is_empty() {
        sound = false;
        unclosed(desk, &open);
    }
    sound
}

fn mismatch(desk: &mut Desk<'_>, opener: usize, closer: usize) {
    let opened = desk.tokens[opener];
    let closed = desk.tokens[closer];
    let wanted = closer_of(opened.text);
    let place = desk.source.place(opened.span);
    desk.report(
        Code::UnclosedCard,
        closed.span,
        format!("`{}` stands where `{wanted}` is wanted", closed.text),
    )
    .label(format!("`{wanted}` first"))
    .with(|diagnostic| diagnostic.related(place, format!("this `{}` is still open", opened.text)))
    .help(wanted)
    .typed_at(Span::new(closed.span.start, closed.span.start), wanted)
    .offered();
}

/// What the statement leaves open is wanted at its end.
fn unclosed(desk: &mut Desk<'_>, open: &[usize]) {
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
        .map(|opener| closer_of(desk.tokens[*opener].text))
        .collect();
    let is_card = token.is_word() && VERBS.contains(&token.text);
    let what = if is_card { "card" } else { "bracket" };
    // Notes of three slashes that follow belong to the next statement.
    let Some(last) = (0..desk.tokens.len())
        .rev()
        .find(|at| desk.tokens[*at].kind != Kind::DocComment)
    else {
        return;
    };
    let ends = desk.tokens[last].span.end;
    let (wanted, at) = match desk.tokens[last].is(";") {
        true => (closing, desk.tokens[last].span.start),
        false if is_card => (format!("{closing};"), ends),
        false => (closing, ends),
    };
    let on_its_own_line = at == ends && is_card && desk.line(last) > line;
    let typed = match on_its_own_line {
        true => format!("\n{wanted}"),
        false => wanted.clone(),
    };
    let begin = desk.source.place(token.span);
    let here = Span::new(
        desk.source.text()[..at]
            .char_indices()
            .next_back()
            .map_or(at, |(before, _)| before),
        at,
    );
    desk.report(
        Code::UnclosedCard,
        here,
        format!("the {what} that begins at line {line} is not closed with `{wanted}`"),
    )
    .label(format!("`{wanted}` after this"))
    .with(|diagnostic| diagnostic.related(begin, "begins here"))
    .help(wanted)
    .typed_at(Span::new(at, at), typed);
}
