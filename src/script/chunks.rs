//! A script's words in, its statements out: cards, constants and functions, which begin at
//! the margin. A slip in one of them then says nothing about the others.

use super::library::VERBS;
use super::tokens::{Kind, Token};
use crate::source::{Source, Span};
use std::ops::Range;

/// Words at the margin that carry a statement on.
const CARRY_ON: [&str; 7] = ["and", "or", "not", "in", "is", "else", "AND"];

/// The statements of a script, each as a range of its words; together they hold every word.
/// Where brackets do not match, a card that begins within another ends that one.
pub(super) fn split(source: &Source, tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let sound = matches(tokens);
    let text = source.text().as_bytes();
    let mut chunks = Vec::new();
    let (mut begins, mut depth) = (0, 0usize);
    for (index, token) in tokens.iter().enumerate() {
        let at_margin = token.span.start == 0 || text[token.span.start - 1] == b'\n';
        // Notes with three slashes belong to what follows them.
        let only_notes = tokens[begins..index]
            .iter()
            .all(|token| token.kind == Kind::DocComment);
        if at_margin && !only_notes {
            let of_its_own = match token.kind {
                Kind::Word => !CARRY_ON.contains(&token.text),
                Kind::DocComment => true,
                _ => false,
            };
            let of_its_own = of_its_own && !asks_for_more(&tokens[index - 1]);
            let begins_anew = || begins_statement(tokens, index);
            if depth == 0 && (of_its_own || begins_anew()) || !sound && begins_anew() {
                chunks.push(begins..index);
                (begins, depth) = (index, 0);
            }
        }
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth = depth.saturating_sub(1);
        }
    }
    if begins < tokens.len() {
        chunks.push(begins..tokens.len());
    }
    chunks
}

/// From the first to the last word of a chunk.
pub(super) fn span(tokens: &[Token<'_>], chunk: &Range<usize>) -> Span {
    match (tokens.get(chunk.start), chunk.end.checked_sub(1)) {
        (Some(first), Some(last)) => first.span.to(tokens[last].span),
        _ => Span::default(),
    }
}

/// Whether every bracket is closed by its own kind, and every text and note ends.
pub(super) fn matches(tokens: &[Token<'_>]) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for token in tokens {
        if matches!(token.kind, Kind::OpenText | Kind::OpenComment) {
            return false;
        }
        if token.opens() {
            open.push(token.text);
        } else if token.closes() && open.pop().is_none_or(|opener| !closes(opener, token.text)) {
            return false;
        }
    }
    open.is_empty()
}

/// Whether one bracket closes another.
pub(super) fn closes(opener: &str, closer: &str) -> bool {
    closer_of(opener) == closer
}

/// What closes a bracket.
pub(super) fn closer_of(opener: &str) -> &'static str {
    match opener {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}

/// Whether a statement cannot end with a word or sign: an author broke the line after it.
fn asks_for_more(token: &Token<'_>) -> bool {
    let signs = ["=", "+", "-", "*", "/", "%", ".", ",", ":", "::", "|", "!"];
    let words = ["const", "fn", "let", "and", "or", "not", "AND"];
    signs.contains(&token.text) || token.is_word() && words.contains(&token.text)
}

/// What can only begin a statement, within whatever brackets it stands.
fn begins_statement(tokens: &[Token<'_>], index: usize) -> bool {
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.is(text));
    let is_word = |at: usize| tokens.get(at).is_some_and(Token::is_word);
    let (word, next) = (tokens[index], index + 1);
    match word.text {
        _ if !word.is_word() => false,
        "const" => is_word(next) && is(index + 2, "="),
        "fn" => is_word(next) && is(index + 2, "("),
        verb if VERBS.contains(&verb) || verb == "test" => is(next, "("),
        // A card whose verb is misspelt.
        _ => {
            let text = tokens.get(index + 2);
            let named = text.is_some_and(|text| text.kind == Kind::Text);
            is(next, "(") && named && is(index + 3, ",") && is(index + 4, "#{")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::scan;
    use super::*;

    fn parts(script: &str) -> Vec<String> {
        let source = Source::new("check.rhai", script);
        let tokens = scan(source.text());
        split(&source, &tokens)
            .iter()
            .map(|chunk| source.slice(span(&tokens, chunk)).to_owned())
            .collect()
    }

    #[test]
    fn statements_begin_at_the_margin_and_hold_what_stands_further_in() {
        assert_eq!(
            parts(
                "const A = 1;\nfn f(x) {\nx\n}\n/// Ours.\nfn g() { }\nomit(\"a\", #{\nreason: \"b\" });\n"
            ),
            [
                "const A = 1;",
                "fn f(x) {\nx\n}",
                "/// Ours.\nfn g() { }",
                "omit(\"a\", #{\nreason: \"b\" });"
            ]
        );
    }

    #[test]
    fn a_statement_goes_on_after_a_line_that_cannot_be_its_last() {
        assert_eq!(
            parts("const\nA\n=\nB +\nC\n;\nconst D =\nfn f(x) { x }"),
            ["const\nA\n=\nB +\nC\n;", "const D =", "fn f(x) { x }"]
        );
    }

    #[test]
    fn a_card_within_one_that_is_not_closed_ends_it() {
        assert_eq!(
            parts("omit(\"a\", #{\n  reason: \"b\",\n\nommit(\"c\", #{ });\nconst B = 2;"),
            [
                "omit(\"a\", #{\n  reason: \"b\",",
                "ommit(\"c\", #{ });",
                "const B = 2;"
            ]
        );
    }
}
