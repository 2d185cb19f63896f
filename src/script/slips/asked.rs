//! Conditions asked in words, as people say them or as another language does: `is not`,
//! `not "yes"`, `not in`, `between 1 and 2`, `contains "Duty"`, and lists in round brackets.

use super::joined::follows_a_value;
use super::{Desk, listed};
use crate::diagnostic::Code;
use crate::script::tokens::{Kind, Token};
use crate::source::Span;

/// Says whether something was told of a word.
pub(super) fn told(desk: &mut Desk<'_>, index: usize) -> bool {
    if !follows_a_value(desk, index) || desk.begins_line(index) {
        return false;
    }
    match desk.tokens[index].text.to_lowercase().as_str() {
        "is" if desk.is(index + 1, "not") && begins_a_value(desk, index + 2) => {
            instead(desk, index, index + 1, "!=");
        }
        "not" if desk.is(index + 1, "in") && desk.is(index + 2, "[") => {
            instead(desk, index, index + 1, "!in");
        }
        // What `is` goes before was told with it.
        "not" if begins_a_value(desk, index + 1) && !is_before(desk, index, "is") => {
            instead(desk, index, index, "!=");
        }
        "between" => between(desk, index),
        "contains" | "like" if is_text(desk, index + 1) => contains(desk, index),
        "in" if desk.is(index + 1, "(") => return in_round_brackets(desk, index),
        "in" if desk
            .get(index + 2)
            .is_some_and(|sign| matches!(sign.text, ".." | "..=")) =>
        {
            return in_a_range(desk, index);
        }
        _ => return false,
    }
    true
}

fn is_before(desk: &Desk<'_>, index: usize, word: &str) -> bool {
    desk.before(index).is_some_and(|before| before.is(word))
}

fn is_text(desk: &Desk<'_>, index: usize) -> bool {
    desk.get(index)
        .is_some_and(|token| token.kind == Kind::Text)
}

/// Whether a word, a number or a text is there.
fn begins_a_value(desk: &Desk<'_>, index: usize) -> bool {
    desk.get(index).is_some_and(|token| {
        matches!(token.kind, Kind::Number | Kind::Text)
            || token.is_word() && !matches!(token.text, "in" | "and" | "or" | "not" | "is")
    })
}

fn instead(desk: &mut Desk<'_>, first: usize, last: usize, ours: &str) {
    let span = desk.tokens[first].span.to(desk.tokens[last].span);
    let message = format!("`{}` belongs to another language", desk.source.slice(span));
    desk.report(Code::OtherLanguage, span, message)
        .label(format!("write `{ours}`"))
        .typed(ours);
}

/// `w.fte between 0.5 and 1`, and `between(0.5, 1)`.
fn between(desk: &mut Desk<'_>, index: usize) {
    let span = desk.tokens[index].span;
    let ends = match desk.is(index + 1, "(") {
        true => (index + 2, index + 4, index + 5),
        false => (index + 1, index + 3, index + 3),
    };
    let is_whole = begins_a_value(desk, ends.0)
        && begins_a_value(desk, ends.1)
        && [",", "and"].iter().any(|joins| desk.is(ends.0 + 1, joins))
        && (ends.2 == ends.1 || desk.is(ends.2, ")"))
        && !desk.get(ends.2 + 1).is_some_and(|next| next.is("."));
    let operand = operand(desk, index).filter(|_| is_whole);
    let typed = operand.map(|first| {
        let left = desk.tokens[first].span.to(desk.tokens[index - 1].span);
        let (left, low, high) = (
            desk.source.slice(left),
            desk.tokens[ends.0].text,
            desk.tokens[ends.1].text,
        );
        let whole = desk.tokens[first].span.to(desk.tokens[ends.2].span);
        (whole, format!("{left} >= {low} and {left} <= {high}"))
    });
    desk.report(
        Code::OtherLanguage,
        span,
        "`between` belongs to another language",
    )
    .with(|fault| match typed {
        Some((whole, typed)) => fault
            .label(format!("write `{typed}`"))
            .help(typed.as_str())
            .typed_at(whole, typed),
        None => fault.label("write `x >= 1 and x <= 2`"),
    });
}

/// `w.cases in 10..20`
fn in_a_range(desk: &mut Desk<'_>, index: usize) -> bool {
    let is_number = |at: usize| desk.get(at).is_some_and(|token| token.kind == Kind::Number);
    let is_whole = is_number(index + 1) && is_number(index + 3);
    let is_loop = |first: &usize| is_before(desk, *first, "for");
    let first = operand(desk, index).filter(|first| is_whole && !is_loop(first));
    let Some(first) = first else {
        return false;
    };
    let left = desk.tokens[first].span.to(desk.tokens[index - 1].span);
    let left = desk.source.slice(left);
    let sign = match desk.is(index + 2, "..=") {
        true => "<=",
        false => "<",
    };
    let (low, high) = (desk.tokens[index + 1].text, desk.tokens[index + 3].text);
    let typed = format!("{left} >= {low} and {left} {sign} {high}");
    let whole = desk.tokens[first].span.to(desk.tokens[index + 3].span);
    desk.report(Code::OtherLanguage, whole, "a range is no list of values")
        .label(format!("write `{typed}`"))
        .typed(typed);
    true
}

/// `w.fte == ()`, which is true of no row: a value that is not there has a reason, and equals nothing.
pub(super) fn nothing(desk: &mut Desk<'_>, index: usize) {
    let span = desk.tokens[index].span.to(desk.tokens[index + 2].span);
    let typed = operand(desk, index).map(|first| {
        let left = desk.tokens[first].span.to(desk.tokens[index - 1].span);
        let asked = format!("is_missing({})", desk.source.slice(left));
        let asked = match desk.is(index, "==") {
            true => asked,
            false => format!("not ({asked})"),
        };
        (desk.tokens[first].span.to(span), asked)
    });
    desk.report(Code::OtherLanguage, span, "a missing value equals nothing")
        .with(|fault| match typed {
            Some((whole, typed)) => fault
                .label(format!("write `{typed}`"))
                .help(typed.as_str())
                .typed_at(whole, typed),
            None => fault.label("ask with `is_missing(…)`"),
        });
}

/// Where `w.fte` begins that ends before a word.
fn operand(desk: &Desk<'_>, index: usize) -> Option<usize> {
    let mut first = index.checked_sub(1)?;
    let is_name = |at: usize| desk.get(at).is_some_and(Token::is_word);
    while is_name(first) && first >= 2 && desk.is(first - 1, ".") {
        first -= 2;
    }
    is_name(first).then_some(first)
}

/// `w.team contains "Duty"`.
fn contains(desk: &mut Desk<'_>, index: usize) {
    let (word, text) = (desk.tokens[index], desk.tokens[index + 1]);
    let typed = format!(".contains({})", text.text);
    let before = desk.tokens[index - 1].span.end;
    let is_plain = word.text.eq_ignore_ascii_case("contains") && !text.text.contains('%');
    desk.report(
        Code::OtherLanguage,
        word.span,
        format!("`{}` does not stand between two values", word.text),
    )
    .label("write `w.team.contains(\"…\")`")
    .with(|fault| match is_plain {
        true => fault
            .help(typed.as_str())
            .typed_at(Span::new(before, text.span.end), typed),
        false => fault,
    });
}

/// `w.team in ("A", "B")`.
fn in_round_brackets(desk: &mut Desk<'_>, index: usize) -> bool {
    let mut last = index + 2;
    while desk
        .get(last)
        .is_some_and(|token| matches!(token.kind, Kind::Number | Kind::Text) || token.is(","))
    {
        last += 1;
    }
    if last == index + 2 || !desk.is(last, ")") {
        return false;
    }
    let whole = desk.tokens[index + 1].span.to(desk.tokens[last].span);
    listed::told(desk, whole, Span::new(whole.start + 1, whole.end - 1));
    true
}

/// A formula as another language writes it: `lambda w: …`, `function(w) …`, `w -> …`; says
/// whether something was told.
pub(super) fn formula(desk: &mut Desk<'_>, index: usize) -> bool {
    let named = |at: usize| desk.get(at).is_some_and(Token::is_word);
    let (first, name, last) = match desk.tokens[index].text {
        "lambda" if named(index + 1) && desk.is(index + 2, ":") => (index, index + 1, index + 2),
        "function"
            if desk.is(index + 1, "(")
                && named(index + 2)
                && desk.is(index + 3, ")")
                && !desk.is(index + 4, "{") =>
        {
            (index, index + 2, index + 3)
        }
        "->" if index > 0 && named(index - 1) && !desk.begins_line(index) => {
            (index - 1, index - 1, index)
        }
        _ => return false,
    };
    begins_formula(desk, first, name, last);
    true
}

/// Words of another language that begin a formula, and the name among them.
pub(super) fn begins_formula(desk: &mut Desk<'_>, first: usize, name: usize, last: usize) {
    let span = desk.tokens[first].span.to(desk.tokens[last].span);
    let ours = format!("|{}|", desk.tokens[name].text);
    desk.report(
        Code::OtherLanguage,
        span,
        "this is another language's way to write a formula",
    )
    .label(format!("here it is `{ours}`"))
    .typed(ours);
}
