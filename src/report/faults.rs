//! What the template engine found, in our own words.
//!
//! In: the engine's error. Out: a [`Diagnostic`] with the exact place. The engine's words
//! are never shown.

use super::Templates;
use super::escape::visible;
use super::tags::{no_such_tag, unpaired};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};
use minijinja::{Error, ErrorKind};

/// Marks a joined text that is too long.
pub const TOO_LONG: &str = "too long";
/// Marks a printed value that is not there.
pub const NOTHING: &str = "nothing";
/// Marks a printed list or group of names.
pub const MANY: &str = "many";

/// A template that is too large to be one.
pub fn too_large(source: &Source) -> Diagnostic {
    let message = "a template holds at most 1 MB";
    Diagnostic::new(Code::TemplateSyntax, source.whole(), message)
}

/// The first character of a template or style that nobody sees: on a page it would be a fault of
/// the page, or turn the direction of what follows.
pub fn unseen(source: &Source) -> Option<Diagnostic> {
    let is_plain = |c: char| matches!(c, '\n' | '\r' | '\t') || visible(c) == c;
    let (at, character) = source.text().char_indices().find(|(_, c)| !is_plain(*c))?;
    let place = source.place(Span::new(at, at + character.len_utf8()));
    let message = format!(
        "a character that nobody sees stands here (U+{:04X})",
        u32::from(character)
    );
    let fault = Diagnostic::new(Code::TemplateSyntax, place, message);
    Some(fault.help("delete it; what stands on both sides of it may have to be typed again"))
}

/// A title or an order that is not written out at the head of a page.
pub fn head_not_written(place: Place, name: &str) -> Diagnostic {
    let word = place.text();
    let is_word = !word.is_empty() && word.chars().all(char::is_alphabetic);
    let (message, right) = match name {
        "order" => (
            "the order of a page is a whole number from 0",
            "50".to_owned(),
        ),
        _ => (
            "the title of a page is written out, in double quotes",
            format!("\"{}\"", if is_word { word } else { "Groups" }),
        ),
    };
    let help = format!("write `{{% set {name} = {right} %}}`");
    Diagnostic::new(Code::TemplateSyntax, place, message).help(help)
}

/// A template that cannot be read.
pub fn unreadable(source: &Source, error: &Error) -> Diagnostic {
    let at = place(source, error);
    if let Some(fault) = unpaired(source) {
        return fault;
    }
    let detail = error.detail().unwrap_or_default();
    let fault = |message: String| Diagnostic::new(Code::TemplateSyntax, at.clone(), message);
    if let Some(tag) = detail.strip_prefix("unknown statement ") {
        return no_such_tag(at, tag);
    }
    if error.kind() == ErrorKind::BadEscape {
        return fault("a backslash in a text starts a sign that does not exist".to_owned())
            .help("write `\\\\` for a backslash");
    }
    let word = at.text();
    let message = match word {
        "" => "the template ends or breaks off before this tag is complete".to_owned(),
        word => format!("`{word}` cannot stand here"),
    };
    fault(message).help("a value is written `{{ name }}`, a tag `{% if name %}`, a note `{# … #}`")
}

/// A page that stopped while it was made.
pub fn stopped(templates: &Templates, name: &str, error: &Error) -> Diagnostic {
    let error = innermost(error);
    let source = error.name().and_then(|name| templates.source(name));
    let source = source.or_else(|| templates.source(name));
    let at = source.map_or_else(
        || Source::unread(name).whole(),
        |source| place(source, error),
    );
    let word = at.text().to_owned();
    let failed = |message: &str| Diagnostic::new(Code::TemplateFailed, at.clone(), message);
    match (error.kind(), error.detail()) {
        (ErrorKind::UndefinedError, _) | (ErrorKind::NonPrimitive, Some(NOTHING)) => {
            let message = format!("`{word}` is not there for every council");
            let gone = match error.kind() {
                ErrorKind::UndefinedError => word.rsplit_once('.').map_or(&*word, |(gone, _)| gone),
                _ => &word,
            };
            let help = format!("put it between `{{% if {gone} %}}` and `{{% endif %}}`");
            Diagnostic::new(Code::TemplateUnknownName, at, message).help(help)
        }
        (ErrorKind::NonPrimitive, Some(MANY)) => failed(&format!(
            "`{word}` holds several things and cannot be printed as one"
        ))
        .help("loop over it, or print one of its names"),
        (ErrorKind::OutOfFuel, Some(TOO_LONG)) => failed("a joined text grew beyond 64 KB"),
        (ErrorKind::OutOfFuel, _) => failed("the page took too many steps")
            .help("a loop inside a loop inside a loop is the usual cause"),
        (ErrorKind::WriteFailure, _) => failed("the page grew beyond 16 MB"),
        (ErrorKind::InvalidOperation, Some(detail)) if detail.contains("recursion") => {
            failed("loops, ifs and included parts stand too deep in one another")
        }
        _ => failed(&format!("`{word}` cannot be worked out")),
    }
}

/// A page for which those before it left nothing.
pub fn all_spent(templates: &Templates, name: &str, steps: u64, bytes: usize) -> Diagnostic {
    let place = templates
        .source(name)
        .map_or_else(|| Source::unread(name).whole(), Source::whole);
    let message = format!(
        "the pages of one council take more than {} million steps, or hold more than {} MB, together",
        steps / 1_000_000,
        bytes >> 20
    );
    Diagnostic::new(Code::TemplateFailed, place, message).note("this page is the first beyond")
}

/// The fault itself, not the include that led to it.
fn innermost(error: &Error) -> &Error {
    let mut inner = error;
    while let Some(next) = std::error::Error::source(inner).and_then(|e| e.downcast_ref::<Error>())
    {
        inner = next;
    }
    inner
}

fn place(source: &Source, error: &Error) -> Place {
    if let Some(range) = error.range() {
        // The engine's range of `a.b.c` begins at the last dot.
        let text = source.text();
        let before = text.get(..range.start).unwrap_or_default();
        let name = |c: char| c.is_ascii_alphanumeric() || "_.[]".contains(c);
        let start = match text.as_bytes().get(range.start) {
            Some(b'.' | b'[') => before.trim_end_matches(name).len(),
            _ => range.start,
        };
        return source.place(Span::new(start, range.end));
    }
    let line = error.line().unwrap_or(1);
    let start = source.offset(line, 1);
    source.place(Span::new(start, start))
}
