//! The files that a script names: a path as written in; a fault where it could lead out of the
//! council's folder, on whatever system.

use crate::diagnostic::{Code, Diagnostic};
use crate::inside;
use crate::source::Spanned;

/// The fault of a path that does not stay inside; `what` is what the file is, `example` how it
/// would be written.
pub(super) fn outside(file: &Spanned<String>, what: &str, example: &str) -> Option<Diagnostic> {
    let why = inside::refused(&file.value)?;
    Some(
        Diagnostic::new(
            Code::TableOutsideFolder,
            file.place.clone(),
            format!("{what} lies in the council's own folder"),
        )
        .label(format!("this path {why}"))
        .note(format!("write a path such as {example}, with `/`")),
    )
}
