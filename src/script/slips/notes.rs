//! A note without its two slashes: plain words where a statement or a key begins.

use super::Desk;
use crate::diagnostic::{Code, Diagnostic};
use crate::script::tokens::{Kind, Token};
use crate::source::Span;

/// What is said of one.
pub(super) const IS_IT: &str = "is this a note?";

/// Words that join or begin what a formula says.
const OF_FORMULAS: [&str; 15] = [
    "and", "or", "not", "if", "else", "in", "return", "let", "for", "while", "const", "fn", "loop",
    "break", "lambda",
];

/// No statement, key or formula has three plain words in a row.
pub(super) fn look(desk: &mut Desk<'_>) {
    // Where a text is open its words are no statement.
    if desk.tokens.iter().any(|token| token.kind == Kind::OpenText) {
        return;
    }
    let is_plain = |token: &Token<'_>| token.is_word() && !OF_FORMULAS.contains(&token.text);
    for index in 0..desk.tokens.len() {
        let line = desk.line(index);
        let in_a_row = (index..index + 3)
            .all(|at| desk.get(at).is_some_and(is_plain) && desk.line(at) == line);
        if !desk.begins_line(index) || !in_a_row {
            continue;
        }
        let last = (index..desk.tokens.len())
            .take_while(|at| desk.line(*at) == line)
            .last()
            .unwrap_or(index);
        // `Review by date: "…"` is a key of several words.
        if (index..=last).any(|at| desk.is(at, ":")) {
            continue;
        }
        let first = desk.tokens[index].span;
        let span = first.to(desk.tokens[last].span);
        let text = desk.source.slice(span).to_owned();
        desk.report(Code::Syntax, span, IS_IT)
            .label("a note begins with `//`")
            .help(format!("// {text}"))
            .typed_at(Span::new(first.start, first.start), "// ")
            .with(Diagnostic::offered);
    }
}
