//! The constants of a script, worked out before its cards are read, so that formulas and
//! functions see them everywhere. Numbers become decimal.

use super::chunks;
use super::foreign::Foreign;
use super::nesting;
use super::sandbox::{self, Limits};
use super::tokens::Token;
use crate::source::{Source, Span};
use rhai::{AST, Dynamic, Engine, Scope};
use std::collections::BTreeMap;

/// Where a script defines its constants: name, and from `const` to `;`. A statement that is
/// not closed hides none of those after it.
pub(super) fn find(source: &Source, tokens: &[Token<'_>]) -> Vec<(String, Span, Span)> {
    chunks::split(source, tokens)
        .into_iter()
        .flat_map(|chunk| find_in(&tokens[chunk]))
        .collect()
}

fn find_in(tokens: &[Token<'_>]) -> Vec<(String, Span, Span)> {
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

/// The values of the constants, one after the other, so that each sees those before it as
/// the decimal numbers that they are. One that cannot be worked out is left to the run of
/// the whole script, which says why at its place.
pub(super) fn evaluate(
    engine: &Engine,
    foreign: &Foreign,
    limits: &Limits,
    source: &Source,
    constants: &[(String, Span, Span)],
    functions: &[Span],
) -> BTreeMap<String, Dynamic> {
    if constants.is_empty() {
        return BTreeMap::new();
    }
    let text = source.text();
    // A `fn` may name any constant, and names are strict: they are known, if without value.
    let mut names = Scope::new();
    for (name, ..) in constants {
        names.push_constant_dynamic(name.clone(), Dynamic::UNIT);
    }
    let functions = match functions {
        [] => AST::empty(),
        _ => engine
            .compile_with_scope(&names, blank_all_but(text, functions))
            .unwrap_or_else(|_| AST::empty()),
    };
    let mut known = Scope::new();
    let work_out = || {
        for (name, _, whole) in constants {
            let Ok(ast) = engine.compile_with_scope(&known, &text[whole.start..whole.end]) else {
                continue;
            };
            let before = known.len();
            let all = functions.merge(&ast);
            let run = foreign.guarding(|| engine.run_ast_with_scope(&mut known, &all));
            let value = run.ok().and_then(|()| known.get(name).cloned());
            known.rewind(before);
            // An overgrown one is told where it is read.
            if let Some(value) = value.filter(|value| !nesting::overgrown(value)) {
                known.push_constant_dynamic(name.clone(), decimal(nesting::cut_loose(value)));
            }
        }
    };
    // Time that is up stops each of the rest as soon as it begins.
    sandbox::allowing(limits, limits.steps, limits.time, work_out);
    known
        .iter()
        .map(|(name, _, value)| (name.to_owned(), value))
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
