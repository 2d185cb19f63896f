//! A quote without its partner: where the partner was meant to stand.

use super::{Attempt, Bench, Change, Patched};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::script::tokens::{self, Kind};
use crate::source::{Source, Span};

impl Bench<'_, '_> {
    /// The slips of a statement in which a text does not end, with the place of the quote
    /// that it lacks where one mends the statement.
    pub(super) fn with_quotes(
        &self,
        told: Diagnostics,
        source: &Source,
        span: Span,
    ) -> Diagnostics {
        let (open, others): (Vec<Diagnostic>, Vec<Diagnostic>) = told
            .into_iter()
            .partition(|fault| fault.code == Code::UnclosedText);
        let others: Diagnostics = others.into_iter().collect();
        let patched = Patched::new(source, span, &others);
        let mended = match &open[..] {
            [open] => self.quote(&patched, open),
            _ => None,
        };
        let mut all = others;
        match mended {
            Some(fault) => all.push(fault),
            None => {
                let as_told: Diagnostics = open.iter().chain(all.iter()).cloned().collect();
                let mended = Patched::new(source, span, &as_told);
                let reads = matches!(self.attempt(&mended.text), Attempt::Reads(_));
                for fault in open {
                    all.push(if reads { fault } else { fault.offered() });
                }
            }
        }
        all
    }

    fn quote(&self, patched: &Patched<'_>, open: &Diagnostic) -> Option<Diagnostic> {
        let text = &patched.text;
        let tokens = tokens::scan(text);
        let token = tokens.iter().find(|token| token.kind == Kind::OpenText)?;
        let start = text[..token.span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = token.span.end;
        let (change, alone) = self.best(text, places(text, start..end))?;
        let at = change.span.start;
        let closes = text[start..at].matches('"').count() % 2 == 1;
        // The text that lacks its quote, which need not be the one that never ends.
        let (span, message, label) = match closes {
            true => (
                Span::new(start + text[start..at].rfind('"')?, at),
                "this text has no closing quote",
                "`\"` after this",
            ),
            false => (
                Span::new(
                    at,
                    text[at..end].find('"').map_or(end, |ends| at + ends + 1),
                ),
                "this text has no opening quote",
                "`\"` before this",
            ),
        };
        let line = change.made(text);
        let shown = line[start..].lines().next().unwrap_or("").trim().to_owned();
        let fault = patched
            .fault(open.code, span, message)
            .label(label)
            .help(shown)
            .typed_at(patched.span_in_source(change.span), "\"");
        Some(if alone { fault } else { fault.offered() })
    }
}

/// Where a quote may be put in on a line: before and after each word, likeliest first.
fn places(text: &str, line: std::ops::Range<usize>) -> Vec<Change> {
    let at_word = |c: char| c.is_alphanumeric();
    let mut changes = Vec::new();
    let ends = text[line.clone()]
        .char_indices()
        .map(|(at, _)| line.start + at)
        .chain([line.end]);
    for at in ends {
        let (before, after) = (&text[line.start..at], &text[at..line.end]);
        let begins = after.starts_with(at_word) && !before.ends_with(at_word);
        let closes =
            !before.ends_with([' ', '"']) && !before.is_empty() && !after.starts_with(at_word);
        let ahead = before.trim_end();
        let rank = if begins && ahead.ends_with([':', '(', '[', ',', '{']) {
            0
        } else if closes && goes_on(after) {
            1
        } else if closes
            && after
                .trim_matches([',', ';', ')', '}', ']', ' '])
                .is_empty()
        {
            // The longest text that leaves what closes the line outside.
            3 + after.trim_start_matches([',', ')', '}', ']', ' ']).len() + before.len().min(1)
        } else if begins || closes {
            20
        } else {
            continue;
        };
        changes.push(Change {
            span: Span::new(at, at),
            text: "\"".to_owned(),
            rank,
        });
    }
    changes
}

/// Whether a comma and then a key, a card or another text follows, or the colon of a key.
fn goes_on(after: &str) -> bool {
    if let Some(value) = after.strip_prefix(':') {
        return value.starts_with(' ');
    }
    let Some(rest) = after.strip_prefix(',') else {
        return after.starts_with("](") || after.starts_with("].");
    };
    let rest = rest.trim_start();
    let word =
        rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '"' || c == '-');
    rest.starts_with("#{")
        || rest.starts_with('"')
        || word.len() < rest.len() && word.starts_with(':')
}
