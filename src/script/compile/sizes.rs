//! A script's text in; out, before it is parsed, whether it is longer than is read.

use crate::diagnostic::{Code, Diagnostic};
use crate::script::sandbox::Limits;
use crate::script::tokens::Token;
use crate::source::Source;

/// More bytes than are read.
pub(super) fn too_large(source: &Source, limits: &Limits) -> Option<Diagnostic> {
    let bytes = source.text().len();
    (bytes > limits.source_bytes).then(|| {
        Diagnostic::new(
            Code::SourceTooLarge,
            source.whole(),
            format!(
                "this script is {} KB long, and {} KB is the most",
                bytes / 1024,
                limits.source_bytes / 1024
            ),
        )
        .label("split it, or move data into a data file")
    })
}

/// More words, functions or values of a function than are read: rhai's parser cannot be
/// stopped, and takes a time that grows with their square.
pub(super) fn too_much(
    source: &Source,
    tokens: &[Token<'_>],
    limits: &Limits,
) -> Option<Diagnostic> {
    let too_many = |code, span, message: String| {
        Diagnostic::new(code, source.place(span), message).label("the limit was reached here")
    };
    if let Some(token) = tokens.get(limits.words) {
        return Some(too_many(
            Code::SourceTooLarge,
            token.span,
            format!(
                "this script has more than {} words and signs, the most that it may have",
                limits.words
            ),
        ));
    }
    for (keyword, what) in [("fn", "functions"), ("const", "constants")] {
        let mut written = tokens.iter().filter(|token| token.is(keyword));
        if let Some(token) = written.nth(limits.functions) {
            return Some(too_many(
                Code::TooManyFunctions,
                token.span,
                format!(
                    "there are more {what} than the {} that a script may have",
                    limits.functions
                ),
            ));
        }
    }
    // What stands between commas: the values of a call or function in round brackets, the
    // names of a formula anywhere, the entries of a list or map.
    let mut open = vec![("{", 0)];
    for token in tokens {
        if token.opens() {
            open.push((token.text, 0));
        } else if token.closes() && open.len() > 1 {
            open.pop();
        } else if token.is(",")
            && let Some((bracket, commas)) = open.last_mut()
        {
            *commas += 1;
            let (most, what) = match *bracket {
                "(" | "{" => (limits.parameters, "values that a function may take"),
                _ => (limits.list_items, "entries that a list or card may have"),
            };
            if *commas >= most {
                return Some(too_many(
                    Code::ValueTooLarge,
                    token.span,
                    format!("these are more than the {most} {what}"),
                ));
            }
        }
    }
    None
}
