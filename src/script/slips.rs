//! Slips of the pen that can be told from the words alone, before rhai reads them: what
//! rhai would report late, far off, in its own terms, or not at all.

mod brackets;
mod cards;
mod numbers;
mod signs;
mod vocabulary;
mod words;

use super::tokens::Token;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Source, Span};

/// Most slips that are told at once: nobody mends more before trying again.
pub(super) const MOST: usize = 200;

/// Every slip found, in one pass over the words.
pub(super) fn find(source: &Source, tokens: &[Token<'_>]) -> Diagnostics {
    let mut desk = Desk {
        source,
        tokens,
        found: Diagnostics::new(),
        told: 0,
        lines: std::iter::once(0)
            .chain(source.text().match_indices('\n').map(|(at, _)| at + 1))
            .collect(),
    };
    words::look(&mut desk);
    numbers::look(&mut desk);
    signs::look(&mut desk);
    let whole = brackets::look(&mut desk);
    cards::look(&mut desk, whole);
    without_echoes(desk.found)
}

/// Where a quote has no partner, what is text on its line and what is not is turned about:
/// nothing else that was found there can be trusted.
fn without_echoes(found: Diagnostics) -> Diagnostics {
    let open: Vec<usize> = found
        .iter()
        .filter(|fault| fault.code == Code::UnclosedText)
        .map(|fault| fault.place.line())
        .collect();
    if open.is_empty() {
        return found;
    }
    found
        .into_iter()
        .filter(|fault| fault.code == Code::UnclosedText || !open.contains(&fault.place.line()))
        .collect()
}

/// What the lookers share: the words, and where faults are put.
struct Desk<'a> {
    source: &'a Source,
    tokens: &'a [Token<'a>],
    found: Diagnostics,
    told: usize,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl<'a> Desk<'a> {
    fn get(&self, index: usize) -> Option<&'a Token<'a>> {
        self.tokens.get(index)
    }

    fn before(&self, index: usize) -> Option<&'a Token<'a>> {
        index
            .checked_sub(1)
            .and_then(|index| self.tokens.get(index))
    }

    fn is(&self, index: usize, text: &str) -> bool {
        self.get(index).is_some_and(|token| token.is(text))
    }

    /// Whether nothing stands between this token and the next.
    fn touches_next(&self, index: usize) -> bool {
        match (self.get(index), self.get(index + 1)) {
            (Some(here), Some(next)) => here.span.end == next.span.start,
            _ => false,
        }
    }

    fn line(&self, index: usize) -> usize {
        self.tokens.get(index).map_or(0, |token| {
            self.lines
                .partition_point(|start| *start <= token.span.start)
        })
    }

    /// Whether a token stands at the beginning of its line.
    fn at_margin(&self, index: usize) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|token| self.lines.binary_search(&token.span.start).is_ok())
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>) -> Report<'_> {
        self.told += 1;
        Report {
            diagnostic: (self.told <= MOST)
                .then(|| Diagnostic::new(code, self.source.place(span), message)),
            found: &mut self.found,
        }
    }
}

/// A fault being written; it is put down when this goes.
struct Report<'a> {
    diagnostic: Option<Diagnostic>,
    found: &'a mut Diagnostics,
}

impl Report<'_> {
    fn with(mut self, change: impl FnOnce(Diagnostic) -> Diagnostic) -> Self {
        self.diagnostic = self.diagnostic.take().map(change);
        self
    }

    fn label(self, label: impl Into<String>) -> Self {
        self.with(|diagnostic| diagnostic.label(label))
    }

    fn help(self, help: impl Into<String>) -> Self {
        self.with(|diagnostic| diagnostic.help(help))
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        self.found
            .extend(self.diagnostic.take().into_iter().collect());
    }
}
