//! Slips in the form of a card: commas, semicolons, lists; its keys are looked at in `keys`.

use super::Desk;
use super::keys::{key, last_of_spaced, spaced_key};
use super::numbers::comma_in_number;
use crate::diagnostic::Code;
use crate::script::library::VERBS;
use crate::script::tokens::{Kind, Token};
use crate::source::Span;

/// Looks at every map and at the margin. `whole` says that brackets match; where they do
/// not, only slips within a line are sure.
pub(super) fn look(desk: &mut Desk<'_>, whole: bool) {
    let mut open: Vec<usize> = Vec::new();
    // Whether the next token of the innermost bracket begins a key.
    let mut at_key = false;
    // The last word of a key that was written as several.
    let mut spaced = 0;
    for index in 0..desk.tokens.len() {
        let token = desk.tokens[index];
        let inside = open.last().map(|opener| desk.tokens[*opener].text);
        let in_card = inside == Some("#{");
        let begins_key = at_key || desk.begins_line(index);
        if in_card
            && begins_key
            && let Some(last) = last_of_spaced(desk, index)
        {
            if !at_key {
                missing_comma(desk, index);
            }
            spaced_key(desk, index, last);
            spaced = last;
        }
        let is_spaced = spaced > 0 && index <= spaced;
        if at_key && in_card && !token.closes() && !is_spaced {
            key(desk, index);
        }
        if in_card && !at_key && !is_spaced && begins_entry(desk, index) {
            missing_comma(desk, index);
        }
        if inside == Some("#{") && whole && token.is(";") {
            semicolon_in_card(desk, index);
        }
        if inside == Some("(") && whole {
            within_call(desk, index);
        }
        if open.is_empty() && token.is("const") && desk.is(index + 2, ":") {
            constant(desk, index);
        }
        if inside == Some("[") && whole {
            missing_comma_in_list(desk, index);
        }
        at_key =
            token.is("#{") || (token.is(",") && inside == Some("#{") && !thousands(desk, index));
        if token.opens() {
            if token.is("{") {
                without_hash(desk, index);
            }
            open.push(index);
        } else if token.closes() {
            open.pop();
            if open.is_empty() && whole {
                missing_semicolon(desk, index);
            }
        } else if open.is_empty() && token.is("let") {
            desk.report(
                Code::TopLevelLet,
                token.span,
                "`let` belongs inside a formula",
            )
            .label("for a figure that formulas share, write `const`")
            .typed("const");
        }
    }
    if whole {
        missing_semicolon_of_a_constant(desk);
    }
}

/// Whether a key and its colon begin at this token, on a line of their own, so that the
/// value before was not followed by a comma.
fn begins_entry(desk: &Desk<'_>, index: usize) -> bool {
    let token = desk.tokens[index];
    (token.is_word() || token.kind == Kind::Text)
        && desk.is(index + 1, ":")
        && desk.before(index).is_some_and(|before| {
            before.kind != Kind::OpenText
                && ![",", "#{", "-", ";", ":"]
                    .iter()
                    .any(|sign| before.is(sign))
        })
}

fn missing_comma(desk: &mut Desk<'_>, index: usize) {
    let last = desk.tokens[index - 1];
    let line = desk.line(index - 1);
    let typed = format!("{},", desk.line_to(last.span.end));
    let message = match line == desk.line(index) {
        true => "a comma is missing between two entries of a card".to_owned(),
        false => format!("a comma is missing at the end of line {line}"),
    };
    desk.report(Code::MissingComma, after(&last), message)
        .label("`,` here")
        .help(typed)
        .typed_at(behind(&last), ",");
}

/// `weight: 3;`
fn semicolon_in_card(desk: &mut Desk<'_>, index: usize) {
    let span = desk.tokens[index].span;
    let typed = format!("{},", desk.line_to(span.start));
    desk.report(
        Code::MissingComma,
        span,
        "the lines of a card end with a comma, the card with a semicolon",
    )
    .label("`,` in place of `;`")
    .help(typed)
    .typed_at(span, ",");
}

/// `standard("caseload" #{ … })` and `standard("caseload", weight: 3)`.
fn within_call(desk: &mut Desk<'_>, index: usize) {
    let token = desk.tokens[index];
    let Some(before) = desk.before(index).copied() else {
        return;
    };
    if token.is("#{") && before.kind == Kind::Text {
        desk.report(
            Code::MissingComma,
            after(&before),
            "a comma is missing between a card's id and its `#{`",
        )
        .label("`,` here")
        .help(format!("{}, #{{", before.text))
        .typed_at(behind(&before), ",");
    } else if token.is_word() && desk.is(index + 1, ":") {
        let begins = if before.is("(") {
            before.span.to(token.span)
        } else {
            token.span
        };
        // Told once, at the first key of the call.
        if !(before.is("(") || before.is(",") && desk.before(index - 1).is_some_and(is_text)) {
            return;
        }
        let end = closing(desk, index);
        let keys = desk.tokens[index]
            .span
            .to(desk.tokens[end.saturating_sub(1)].span);
        let typed = format!("#{{ {} }}", desk.source.slice(keys));
        desk.report(Code::CardWithoutHash, begins, "a card is written `#{ … }`")
            .label("`#{` is missing before this, and `}` after the last key")
            .help(format!("#{{ {}:", token.text))
            .typed_at(keys, typed);
    }
}

fn is_text(token: &Token<'_>) -> bool {
    token.kind == Kind::Text
}

/// The bracket that closes what is open at a word.
fn closing(desk: &Desk<'_>, index: usize) -> usize {
    let mut depth = 0usize;
    for (at, token) in desk.tokens.iter().enumerate().skip(index) {
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            if depth == 0 {
                return at;
            }
            depth -= 1;
        }
    }
    desk.tokens.len()
}

/// `const CEILING: 18;`
fn constant(desk: &mut Desk<'_>, index: usize) {
    let (name, colon) = (desk.tokens[index + 1], desk.tokens[index + 2]);
    let typed = format!("const {} =", name.text);
    desk.report(Code::Syntax, colon.span, "a constant is given with `=`")
        .label(format!("write `{typed}`"))
        .help(typed)
        .typed_at(Span::new(name.span.end, colon.span.end), " =");
}

fn missing_comma_in_list(desk: &mut Desk<'_>, index: usize) {
    let value = |token: &Token<'_>| matches!(token.kind, Kind::Text | Kind::Number);
    let token = desk.tokens[index];
    let Some(before) = desk.before(index) else {
        return;
    };
    if value(&token) && value(before) {
        desk.report(
            Code::MissingComma,
            after(before),
            "a comma is missing between two entries of a list",
        )
        .label("`,` here")
        .help(format!("{}, {}", before.text, token.text))
        .typed_at(behind(before), ",");
    }
}

/// `1,000`: in a card the comma after a number is followed by a key, never by a number.
fn thousands(desk: &mut Desk<'_>, index: usize) -> bool {
    let (Some(before), Some(next)) = (desk.before(index), desk.get(index + 1)) else {
        return false;
    };
    let span = before.span.to(next.span);
    if before.kind != Kind::Number || next.kind != Kind::Number {
        return false;
    }
    let source = desk.source;
    let parts: Vec<&str> = source.slice(span).split(',').map(str::trim).collect();
    comma_in_number(desk, span, &parts);
    true
}

/// `{ a: 1 }`: a card without its `#`.
fn without_hash(desk: &mut Desk<'_>, index: usize) {
    let key = desk
        .get(index + 1)
        .is_some_and(|key| key.is_word() || key.kind == Kind::Text)
        && desk.before(index).is_none_or(|before| before.text != "#");
    if key && desk.is(index + 2, ":") && !desk.is(index + 3, ":") {
        let span = desk.tokens[index].span;
        let typed = format!("{}#{{", desk.line_to(span.start));
        desk.report(Code::CardWithoutHash, span, "a card is written `#{ … }`")
            .label("`#` is missing before this bracket")
            .help(typed)
            .typed_at(Span::new(span.start, span.start), "#");
    }
}

/// A statement that ends with a bracket and is followed by another one.
fn missing_semicolon(desk: &mut Desk<'_>, index: usize) {
    let token = desk.tokens[index];
    if token.text != ")" {
        return;
    }
    let starts = match desk.get(index + 1) {
        Some(next) if next.kind == Kind::DocComment => !desk.is_last,
        Some(next) => {
            next.is_word() && (VERBS.contains(&next.text) || matches!(next.text, "const" | "fn"))
        }
        // rhai needs none at the end of a file, but the next card will.
        None => !desk.is_last,
    };
    if starts {
        let of_constant = desk.is(0, "const");
        let what = if of_constant { "constant" } else { "card" };
        semicolon_after(desk, index, what);
    }
}

/// `const CEILING = 18` before the next statement.
fn missing_semicolon_of_a_constant(desk: &mut Desk<'_>) {
    let last = (0..desk.tokens.len())
        .rev()
        .find(|at| desk.tokens[*at].kind != Kind::DocComment);
    let Some(last) = last.filter(|_| desk.is(0, "const") && !desk.is_last) else {
        return;
    };
    if !matches!(desk.tokens[last].text, ";" | ")") {
        semicolon_after(desk, last, "constant");
    }
}

fn semicolon_after(desk: &mut Desk<'_>, index: usize, what: &str) {
    let token = desk.tokens[index];
    let line = desk.line(index);
    let typed = format!("{};", desk.line_to(token.span.end));
    desk.report(
        Code::MissingSemicolon,
        after(&token),
        format!("the {what} that ends on line {line} needs `;`"),
    )
    .label("`;` here")
    .help(typed)
    .typed_at(behind(&token), ";");
}

/// The point just after a token, as wide as the token's last character.
fn after(token: &Token<'_>) -> Span {
    let last = token.text.chars().next_back().map_or(1, char::len_utf8);
    Span::new(token.span.end - last, token.span.end)
}

/// The point just after a token itself.
fn behind(token: &Token<'_>) -> Span {
    Span::new(token.span.end, token.span.end)
}
