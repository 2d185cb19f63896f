//! A sign too few or too many near where reading stopped.

use super::{Bench, Change, Patched, before};
use crate::diagnostic::{Code, Diagnostic};
use crate::script::tokens::{self, Kind, Token};
use crate::source::{Source, Span};
use rhai::{LexError, ParseError, ParseErrorType};

/// How many words before and after the point are looked at.
const AROUND: usize = 3;

impl Bench<'_, '_> {
    /// The one sign with which the statement reads, near where reading stopped.
    pub(super) fn sign(&self, patched: &Patched<'_>, error: &ParseError) -> Option<Diagnostic> {
        if !is_open(&error.0) {
            return None;
        }
        let text = &patched.text;
        let tokens = tokens::scan(text);
        let stopped = match (error.1.line(), error.1.position()) {
            (Some(line), column) => Source::new("", text).offset(line, column.unwrap_or(1)),
            _ => text.len(),
        };
        let at = tokens.partition_point(|token| token.span.start < stopped);
        let near = &tokens[at.saturating_sub(AROUND)..tokens.len().min(at + AROUND)];
        let is_bar = |token: &&Token<'_>| token.is("|");
        let lacks_a_bar = tokens.iter().filter(is_bar).count() % 2 == 1;
        let (change, alone) = self.best(text, changes(near, lacks_a_bar))?;
        let fault = told(patched, &change);
        // What ends with a comma was to go on.
        let is_last = tokens
            .last()
            .is_some_and(|last| last.is(",") && last.span == change.span);
        let sure = alone
            && !is_last
            && match change.text.as_str() {
                "=" => is_begun(&tokens, &change),
                "." => !is_before_an_operand(&tokens, &change),
                _ => true,
            };
        Some(if sure { fault } else { fault.offered() })
    }
}

/// Whether a sign follows the name that a statement begins: elsewhere, a colon may be that of a card
/// whose begin cannot be read.
fn is_begun(tokens: &[Token<'_>], change: &Change) -> bool {
    let at = tokens.partition_point(|token| token.span.start < change.span.start);
    let word = at.checked_sub(2).and_then(|at| tokens.get(at));
    word.is_some_and(|word| word.is("let") || word.is("const"))
}

/// Whether what follows a sign has a field of its own, `LIMIT w.fte`: then any sign may join
/// the two.
fn is_before_an_operand(tokens: &[Token<'_>], change: &Change) -> bool {
    let at = tokens.partition_point(|token| token.span.start < change.span.end);
    tokens.get(at + 1).is_some_and(|next| next.is("."))
}

/// Whether the fault says no more than that something else was expected.
fn is_open(kind: &ParseErrorType) -> bool {
    matches!(
        kind,
        ParseErrorType::MissingToken(..)
            | ParseErrorType::MissingSymbol(_)
            | ParseErrorType::PropertyExpected
            | ParseErrorType::VariableExpected
            | ParseErrorType::ExprExpected(_)
            | ParseErrorType::UnexpectedEOF
            | ParseErrorType::UnknownOperator(_)
            | ParseErrorType::BadInput(LexError::UnexpectedInput(_))
    )
}

/// `lacks_a_bar` says whether a bar has no partner.
fn changes(near: &[Token<'_>], lacks_a_bar: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, token) in near.iter().enumerate() {
        let end = Span::new(token.span.end, token.span.end);
        let start = Span::new(token.span.start, token.span.start);
        let mut put_in = |span, text: &str, rank| {
            changes.push(Change {
                span,
                text: text.to_owned(),
                rank,
            });
        };
        put_in(end, ",", 0);
        put_in(end, ":", 1);
        put_in(end, ";", 2);
        if lacks_a_bar {
            put_in(start, "|", 2);
            put_in(end, "|", 2);
        }
        // Nobody leaves out the sign between two lines, or before a text.
        let joins = |next: &Token<'_>| {
            let is_near = next.span.start - token.span.end <= 1;
            // A number has no fields.
            is_near && next.is_word() && token.kind != Kind::Number
        };
        if near.get(at + 1).is_some_and(joins) {
            put_in(end, ".", 4);
        }
        // One sign for another, or one too many.
        let instead: &[&str] = match token.text {
            "=" => &[":", "=="],
            ";" => &[",", ":"],
            "." => &[",", ""],
            ":" => &["=", ""],
            "," => &[".", ""],
            _ if token.kind == Kind::Sign && !token.opens() && !token.closes() => &[""],
            _ => &[],
        };
        for (nth, text) in instead.iter().enumerate() {
            put_in(token.span, text, 3 + 3 * nth);
        }
    }
    changes
}

fn told(patched: &Patched<'_>, change: &Change) -> Diagnostic {
    let text = &patched.text;
    let (at, sign) = (change.span.start, change.text.as_str());
    let there = &text[change.span.start..change.span.end];
    let span = patched.span_in_source(change.span);
    if !there.is_empty() {
        let fault = match sign {
            "" => patched
                .fault(
                    Code::Syntax,
                    change.span,
                    format!("`{there}` is not expected here"),
                )
                .label("take it out"),
            sign => patched
                .fault(
                    Code::Syntax,
                    change.span,
                    format!("`{there}` stands where `{sign}` is wanted"),
                )
                .label(format!("write `{sign}`"))
                .help(sign),
        };
        return fault.typed_at(span, sign);
    }
    let code = match sign {
        "," => Code::MissingComma,
        ";" => Code::MissingSemicolon,
        _ => Code::Syntax,
    };
    let what = match sign {
        "," => "a comma is missing here".to_owned(),
        ";" => "a semicolon is missing here".to_owned(),
        ":" => "a colon is missing here".to_owned(),
        "|" => "the names of a formula stand between two bars, `|workers|`".to_owned(),
        sign => format!("`{sign}` is missing here"),
    };
    let begins = text[at..].starts_with(|c: char| c.is_alphanumeric());
    let (underlined, label) = match begins {
        true => {
            let word = tokens::first(&text[at..]).map_or(0, |token| token.span.end);
            (Span::new(at, at + word), format!("`{sign}` before this"))
        }
        false => (before(text, at), format!("`{sign}` after this")),
    };
    patched
        .fault(code, underlined, what)
        .label(label)
        .help(format!(
            "{}{sign}{}",
            patched.line_to(at),
            patched.line_from(at)
        ))
        .typed_at(span, sign)
}
