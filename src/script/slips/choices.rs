//! A choice between two values as other languages write it: `a ? b : c`, `b if a else c`,
//! `if (a) b else c`.

use super::{Desk, joined};
use crate::diagnostic::Code;
use crate::script::tokens::Kind;
use std::ops::Range;

/// How many words a choice may have on either side of its sign.
const LONGEST: usize = 200;

/// Words that end a value, whatever stands before them.
const PARTING: [&str; 8] = [",", ";", ":", "|", "=", "return", "?", "else"];

/// What is asked, what it then is, and what it is otherwise, as ranges of words.
struct Choice {
    condition: Range<usize>,
    then: Range<usize>,
    otherwise: Option<Range<usize>>,
}

impl Choice {
    fn of(condition: Range<usize>, then: Range<usize>, otherwise: Option<Range<usize>>) -> Self {
        Self {
            condition,
            then,
            otherwise,
        }
    }
}

/// Tells a `?` or an `if` that belongs to another language, and what to type for all of it.
pub(super) fn look(desk: &mut Desk<'_>, index: usize) {
    let is_mark = desk.is(index, "?");
    let (found, form) = if is_mark {
        let found = around(desk, index, ":");
        let found = found.map(|[condition, then, last]| Choice::of(condition, then, Some(last)));
        (found, "… ? … : …")
    } else if joined::follows_a_value(desk, index) && !desk.begins_line(index) {
        let found = around(desk, index, "else");
        let found = found.map(|[then, condition, last]| Choice::of(condition, then, Some(last)));
        (found, "… if … else …")
    } else {
        (without_braces(desk, index), "if (…) … else …")
    };
    let Some(choice) = found else {
        return;
    };
    let text = |of: &Range<usize>| -> Option<String> {
        let last = of.end.checked_sub(1).filter(|last| of.start <= *last)?;
        let span = desk.get(of.start)?.span.to(desk.get(last)?.span);
        Some(desk.source.slice(span).to_owned())
    };
    let (Some(condition), Some(then)) = (text(&choice.condition), text(&choice.then)) else {
        return;
    };
    let mut typed = format!("if {condition} {{ {then} }}");
    let mut parts = vec![index..index + 1, choice.condition, choice.then];
    if let Some(otherwise) = choice.otherwise {
        let Some(text) = text(&otherwise) else {
            return;
        };
        typed += &format!(" else {{ {text} }}");
        parts.push(otherwise);
    }
    let first = parts.iter().map(|part| part.start).min().unwrap_or(index);
    let after = parts.iter().map(|part| part.end).max().unwrap_or(index + 1);
    let whole = desk.tokens[first].span.to(desk.tokens[after - 1].span);
    desk.report(
        Code::OtherLanguage,
        whole,
        format!("`{form}` belongs to another language"),
    )
    .label("choose with `if … { … } else { … }`")
    .help(typed.as_str())
    .typed(typed);
}

/// The value before a word, the one after it, and the one after the word that parts these.
fn around(desk: &Desk<'_>, index: usize, parts: &str) -> Option<[Range<usize>; 3]> {
    let before = value_before(desk, index)?;
    let after = value_after(desk, index + 1)?;
    desk.is(after.end, parts).then_some(())?;
    let last = value_after(desk, after.end + 1)?;
    Some([before, after, last])
}

/// `if (a) b else c`, `if (a) b`
fn without_braces(desk: &Desk<'_>, index: usize) -> Option<Choice> {
    desk.is(index + 1, "(").then_some(())?;
    let condition = index + 2..closing(desk, index + 1)?;
    let next = desk.get(condition.end + 1)?;
    let begins_a_value = match next.kind {
        Kind::Number | Kind::Text => true,
        _ => next.is_word() && !matches!(next.text, "and" | "or" | "in" | "is" | "then"),
    };
    begins_a_value.then_some(())?;
    let begins = condition.end + 1;
    let value = begins + usize::from(desk.is(begins, "return"));
    let then = begins..value_after(desk, value)?.end;
    let otherwise = match desk.is(then.end, "else") {
        true => Some(value_after(desk, then.end + 1)?),
        false => None,
    };
    Some(Choice::of(condition, then, otherwise))
}

/// The bracket that closes one.
fn closing(desk: &Desk<'_>, opens: usize) -> Option<usize> {
    let inside = value_with(desk, opens + 1, |_| false)?;
    desk.is(inside.end, ")").then_some(inside.end)
}

/// The words of the value that ends before a word: back to whatever opens or parts values.
fn value_before(desk: &Desk<'_>, end: usize) -> Option<Range<usize>> {
    let mut depth = 0;
    for at in (end.saturating_sub(LONGEST)..end).rev() {
        let token = desk.get(at)?;
        if token.closes() {
            depth += 1;
        } else if token.opens() {
            if depth == 0 {
                return Some(at + 1..end);
            }
            depth -= 1;
        } else if depth == 0 && PARTING.contains(&token.text) {
            return Some(at + 1..end);
        }
    }
    None
}

/// The words of the value that begins at a word.
fn value_after(desk: &Desk<'_>, from: usize) -> Option<Range<usize>> {
    value_with(desk, from, |text| PARTING.contains(&text))
}

/// The words from one on, up to a bracket that closes what was open before or to a word that ends
/// them. One choice within another is left to be told by itself.
fn value_with(desk: &Desk<'_>, from: usize, ends: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let mut depth = 0;
    for at in from..(from + LONGEST).min(desk.tokens.len()) {
        let token = desk.get(at)?;
        if depth == 0 && (token.closes() || ends(token.text)) {
            return (at > from && !token.is("?")).then_some(from..at);
        }
        if token.is("if") {
            return None;
        }
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth -= 1;
        }
    }
    None
}
