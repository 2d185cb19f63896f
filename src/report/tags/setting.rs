//! `{% set title = "…" %}` without its quotes, its `=`, its `set` or its sign.

use super::{TAGS, word};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

/// Words that may stand between two values.
const JOINING: [&str; 7] = ["if", "else", "and", "or", "not", "in", "is"];

/// `{{ set title = "…" }}`: a tag in the braces of a value.
pub(super) fn in_braces_of_a_value(
    source: &Source,
    start: usize,
    end: usize,
) -> Option<Diagnostic> {
    let text = source.text();
    let name = word(text, start + 2);
    let after = text[name.end..end].trim_start();
    let stands_alone = text[name.end..].starts_with([' ', '\n']);
    let begins_a_value = after.starts_with(|sign: char| sign.is_alphabetic() || sign == '"');
    let joins = JOINING.contains(&source.slice(word(text, name.end)));
    let tag = source.slice(name);
    if !TAGS.contains(&tag) || !stands_alone || !begins_a_value || joins {
        return None;
    }
    let right = format!("{{% {} %}}", text[name.start..end].trim_end());
    let place = source.place(Span::new(start, end + 2));
    let message = format!("`{tag}` is a tag, and `{{{{ … }}}}` is for a value");
    let fault = Diagnostic::new(Code::TemplateSyntax, place, message);
    Some(fault.label(format!("write `{right}`")).typed(right))
}

/// `{% title = "…" %}`, which lacks its `set`.
pub(super) fn without_set(source: &Source, name: Span) -> Option<Diagnostic> {
    let rest = source.text()[name.end..].trim_start();
    if !rest.starts_with('=') || rest.starts_with("==") {
        return None;
    }
    let right = format!("set {}", source.slice(name));
    let message = "a name is given its value with `set`";
    let fault = Diagnostic::new(Code::TemplateSyntax, source.place(name), message);
    Some(fault.label(format!("write `{right}`")).typed(right))
}

/// What a `set`, whose first word ends there, lacks before the end of its tag.
pub(super) fn lacks(source: &Source, set: Span, end: usize) -> Option<Diagnostic> {
    let text = source.text();
    let inside = &text[set.end..end];
    let name = inside.trim_start();
    let length = name
        .find(|sign: char| !sign.is_alphanumeric() && sign != '_')
        .filter(|length| *length > 0)?;
    let at = set.end + inside.len() - name.len();
    let value = name[length..].trim_start();
    let of_value = |value: &str| {
        let start = end - value.len();
        Span::new(
            start,
            start + value.trim_end_matches([' ', '\n', '-']).len(),
        )
    };
    if value.starts_with('"') {
        let name = Span::new(at, at + length);
        let right = format!("{} =", source.slice(name));
        let message = format!("`=` is missing after `{}`", source.slice(name));
        let fault = Diagnostic::new(Code::TemplateSyntax, source.place(name), message);
        return Some(fault.label(format!("write `{right}`")).typed(right));
    }
    let value = of_value(value.strip_prefix('=')?.trim_start());
    let words = source.slice(value);
    if !is_prose(words) {
        return None;
    }
    let right = format!("\"{words}\"");
    let message = "text goes in double quotes";
    let fault = Diagnostic::new(Code::TemplateSyntax, source.place(value), message);
    Some(fault.label(format!("write `{right}`")).typed(right))
}

/// Words one after the other, as no value has them.
fn is_prose(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_word = |word: &str| {
        let word = word.trim_end_matches([',', '.', '?', '!', ':']);
        word.starts_with(char::is_alphabetic)
            && word
                .chars()
                .all(|sign| sign.is_alphanumeric() || "'’-".contains(sign))
            && !JOINING.contains(&word)
    };
    words.clone().nth(1).is_some() && words.all(is_word)
}
