//! The functions that a script defines with `fn`: where each stands and what it takes.

use crate::script::tokens::Token;
use crate::source::Span;
use std::collections::BTreeMap;

/// A function of the script: its parameters and its body.
#[derive(Debug, Clone)]
pub(in crate::script) struct Function {
    pub name: Span,
    /// From `fn` to the closing bracket.
    pub whole: Span,
    pub parameters: Vec<String>,
    pub body: Span,
}

/// The functions that a script defines with `fn`.
pub(in crate::script) fn functions(tokens: &[Token<'_>]) -> BTreeMap<String, Function> {
    let mut found = BTreeMap::new();
    for (index, token) in tokens.iter().enumerate() {
        let Some(name) = tokens.get(index + 1) else {
            break;
        };
        if !token.is("fn") || !name.is_word() {
            continue;
        }
        // What is longer than this is no beginning of a function.
        let header = &tokens[index..tokens.len().min(index + 200)];
        let parameters: Vec<String> = header
            .iter()
            .skip(2)
            .take_while(|token| !token.is(")"))
            .filter(|token| token.is_word())
            .map(|token| token.text.to_owned())
            .collect();
        let Some(open) = header.iter().position(|token| token.is("{")) else {
            continue;
        };
        let body = bracket(tokens, index + open);
        found.insert(
            name.text.to_owned(),
            Function {
                name: name.span,
                whole: token.span.to(body),
                parameters,
                body,
            },
        );
    }
    found
}

/// From the bracket at `index` to the one that closes it.
pub(super) fn bracket(tokens: &[Token<'_>], index: usize) -> Span {
    let mut depth = 0usize;
    for token in &tokens[index..] {
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth -= 1;
            if depth == 0 {
                return tokens[index].span.to(token.span);
            }
        }
    }
    tokens[index].span.to(tokens[tokens.len() - 1].span)
}
