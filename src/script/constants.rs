//! The constants of a script, worked out before its cards are read, so that formulas and
//! functions see them everywhere. Numbers become decimal.

use super::nesting;
use super::sandbox::{self, Limits};
use super::tokens::Token;
use crate::source::{Source, Span};
use rhai::{Dynamic, Engine, Scope};
use std::collections::BTreeMap;

/// Where a script defines its constants: name, and from `const` to `;`.
pub(super) fn find(tokens: &[Token<'_>]) -> Vec<(String, Span, Span)> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens[at];
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth = depth.saturating_sub(1);
        } else if depth == 0
            && token.is("const")
            && let Some(name) = tokens.get(at + 1)
        {
            let mut inner = 0usize;
            let end = tokens[at..].iter().find(|token| {
                if token.opens() {
                    inner += 1;
                } else if token.closes() {
                    inner = inner.saturating_sub(1);
                }
                inner == 0 && token.is(";")
            });
            if let Some(end) = end {
                found.push((name.text.to_owned(), name.span, token.span.to(end.span)));
            }
        }
        at += 1;
    }
    found
}

/// The values of the constants. One that cannot be worked out is left to the run of the
/// whole script, which says why at its place.
pub(super) fn evaluate(
    engine: &Engine,
    limits: &Limits,
    source: &Source,
    constants: &[(String, Span, Span)],
    functions: &[Span],
) -> BTreeMap<String, Dynamic> {
    let keep: Vec<Span> = constants
        .iter()
        .map(|(_, _, whole)| *whole)
        .chain(functions.iter().copied())
        .collect();
    let mut scope = Scope::new();
    let text = blank_all_but(source.text(), &keep);
    // Within `fn` the constants are not known yet: without strict names it compiles.
    if let Ok(ast) = engine.compile(text) {
        let _ = sandbox::allowing(limits, limits.steps, limits.time, || {
            engine.run_ast_with_scope(&mut scope, &ast)
        });
    }
    scope
        .iter()
        // An overgrown one is told where it is read.
        .filter(|(_, _, value)| !nesting::overgrown(value))
        .map(|(name, _, value)| (name.to_owned(), decimal(value)))
        .collect()
}

/// Every whole number becomes a decimal one.
pub(super) fn decimal(value: Dynamic) -> Dynamic {
    match value.as_int() {
        Ok(number) => Dynamic::from_float(number as f64),
        Err(_) => value,
    }
}

/// The text with everything outside the spans turned into spaces, so that places hold.
fn blank_all_but(text: &str, keep: &[Span]) -> String {
    let mut kept = vec![false; text.len()];
    for span in keep {
        kept[span.start..span.end].fill(true);
    }
    text.char_indices()
        .map(|(at, c)| if c == '\n' || kept[at] { c } else { ' ' })
        .collect()
}
