//! A script's words in; out, before it is parsed, whether two versions of it still stand side
//! by side, as git leaves them where both changed the same lines.

use crate::diagnostic::{Code, Diagnostic};
use crate::script::tokens::{Kind, Token};
use crate::source::{Place, Source, Span};

/// Signs that a version begins or ends with, alone on a line or before the version's name.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// The marks of a merge that was not finished; of any other fault nothing can be said then.
pub(super) fn unfinished(source: &Source, tokens: &[Token<'_>]) -> Option<Diagnostic> {
    let signs = tokens.iter().filter(|token| token.kind == Kind::Sign);
    let mut marks = signs.filter_map(|token| mark(source, token.span.start));
    let first = marks.next()?;
    let fault = Diagnostic::new(
        Code::Syntax,
        first,
        "two versions of this script were merged, and not to the end",
    )
    .label("keep what is right of the two, and delete this line and the others with such marks");
    Some(marks.fold(fault, |fault, place| fault.related(place, "here too")))
}

/// The mark that begins a line at a point, if one does.
fn mark(source: &Source, at: usize) -> Option<Place> {
    let (before, rest) = source.text().split_at(at);
    let mark = MARKS.iter().find(|mark| rest.starts_with(**mark))?;
    let after = rest[mark.len()..].chars().next();
    let begins = before.is_empty() || before.ends_with('\n');
    let is_alone = after.is_none_or(char::is_whitespace);
    let span = Span::new(at, at + mark.len());
    (begins && is_alone).then(|| source.place(span))
}
