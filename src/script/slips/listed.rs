//! Several texts under one key that are not between square brackets: `services: "children", "adults"`,
//! and `("children", "adults")`.

use super::Desk;
use crate::diagnostic::Code;
use crate::script::tokens::Kind;
use crate::source::Span;

pub(super) fn look(desk: &mut Desk<'_>) {
    for index in 0..desk.tokens.len() {
        if !desk.is(index, ":") || !super::words::in_card(desk, index) {
            continue;
        }
        let first = index + 1;
        let in_round = desk.is(first, "(");
        let Some(last) = last_of_list(desk, first + usize::from(in_round)) else {
            continue;
        };
        let whole = match in_round {
            true if !desk.is(last + 1, ")") => continue,
            true => desk.tokens[first].span.to(desk.tokens[last + 1].span),
            false => desk.tokens[first].span.to(desk.tokens[last].span),
        };
        let texts = desk.tokens[first + usize::from(in_round)]
            .span
            .to(desk.tokens[last].span);
        told(desk, whole, texts);
    }
}

/// A list whose entries are known, and what it is to be put in the place of.
pub(super) fn told(desk: &mut Desk<'_>, whole: Span, entries: Span) {
    let typed = format!("[{}]", desk.source.slice(entries));
    desk.report(
        Code::OtherLanguage,
        whole,
        "a list stands in square brackets",
    )
    .label(format!("write `{typed}`"))
    .typed(typed);
}

/// The last of two or more texts with commas between them; a text before a colon is the next key.
fn last_of_list(desk: &Desk<'_>, first: usize) -> Option<usize> {
    let is_text = |at: usize| {
        let is_of_text = desk.get(at).is_some_and(|token| token.kind == Kind::Text);
        is_of_text && !desk.is(at + 1, ":")
    };
    if !is_text(first) {
        return None;
    }
    let mut last = first;
    while desk.is(last + 1, ",") && is_text(last + 2) {
        last += 2;
    }
    (last > first).then_some(last)
}
