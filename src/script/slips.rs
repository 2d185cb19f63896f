//! Slips of the pen that can be told from the words alone, before rhai reads them: what
//! rhai would report late, far off, in its own terms, or not at all.

mod asked;
mod brackets;
mod cards;
mod choices;
mod days;
mod expects;
mod headers;
mod joined;
mod keys;
mod listed;
mod notes;
mod numbers;
mod sheets;
mod signs;
mod strays;
mod unquoted;
mod vocabulary;
mod words;

pub(super) use sheets::is_of_a_spreadsheet;

use super::chunks;
use super::tokens::Token;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Source, Span};
use std::ops::Range;

/// Most slips that are told at once: nobody mends more before trying again.
pub(super) const MOST: usize = 200;

/// What was found in one statement of a script.
pub(super) struct Slips {
    /// The statement, as a range of the script's words.
    pub chunk: Range<usize>,
    /// Everything but its brackets.
    pub told: Diagnostics,
    /// What is wrong with its brackets, as far as words alone tell.
    pub brackets: Diagnostics,
}

/// Every slip found, statement by statement.
pub(super) fn find(source: &Source, tokens: &[Token<'_>]) -> Vec<Slips> {
    let lines: Vec<usize> = std::iter::once(0)
        .chain(source.text().match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let chunks = chunks::split(source, tokens);
    let count = chunks.len();
    let mut told = 0;
    chunks
        .into_iter()
        .enumerate()
        .map(|(index, chunk)| {
            let mut desk = Desk {
                source,
                tokens: &tokens[chunk.clone()],
                found: Diagnostics::new(),
                told,
                lines: &lines,
                is_last: index + 1 == count,
            };
            let slips = desk.look();
            told = desk.told;
            Slips { chunk, ..slips }
        })
        .collect()
}

/// All of them together.
pub(super) fn all(slips: &[Slips]) -> Diagnostics {
    let both = |one: &Slips| {
        one.told
            .iter()
            .chain(one.brackets.iter())
            .cloned()
            .collect()
    };
    slips
        .iter()
        .flat_map(|one| -> Vec<Diagnostic> { both(one) })
        .collect()
}

/// Where a quote has no partner, what is text on its line and what is not is turned about,
/// and where a note lacks its signs its words are no script: nothing else that was found
/// there can be trusted.
fn without_echoes(found: Diagnostics) -> Diagnostics {
    let is_note = |fault: &Diagnostic| {
        fault.code == Code::Syntax && (fault.place.text() == "#" || fault.message == notes::IS_IT)
    };
    let begins_anew = |fault: &Diagnostic| fault.code == Code::UnclosedText || is_note(fault);
    let open: Vec<usize> = found
        .iter()
        .filter(|fault| begins_anew(fault))
        .map(|fault| fault.place.line())
        .collect();
    let cells: Vec<Span> = found
        .iter()
        .filter(|fault| fault.message == sheets::OF_CELLS)
        .map(|fault| fault.place.span)
        .collect();
    if open.is_empty() && cells.is_empty() {
        return found;
    }
    found
        .into_iter()
        .filter(|fault| begins_anew(fault) || !open.contains(&fault.place.line()))
        .filter(|fault| !sheets::is_within_cells(fault.place.span, &cells))
        .collect()
}

/// What the lookers share: the words, and where faults are put.
struct Desk<'a> {
    source: &'a Source,
    tokens: &'a [Token<'a>],
    found: Diagnostics,
    told: usize,
    /// Where each line begins.
    lines: &'a [usize],
    /// Whether no statement follows.
    is_last: bool,
}

impl<'a> Desk<'a> {
    fn look(&mut self) -> Slips {
        notes::look(self);
        sheets::look(self);
        headers::look(self);
        expects::look(self);
        unquoted::look(self);
        words::look(self);
        numbers::look(self);
        signs::look(self);
        let told = std::mem::take(&mut self.found);
        let whole = brackets::look(self);
        let brackets = std::mem::replace(&mut self.found, told);
        cards::look(self, whole);
        days::look(self);
        listed::look(self);
        Slips {
            chunk: 0..0,
            told: without_echoes(std::mem::take(&mut self.found)),
            brackets,
        }
    }

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

    /// Whether a token is the first of its line.
    fn begins_line(&self, index: usize) -> bool {
        index == 0 || self.line(index - 1) < self.line(index)
    }

    /// What stands on a line up to a point, to be typed again with something after it.
    fn line_to(&self, end: usize) -> String {
        let before = &self.source.text()[..end];
        let line = before.rsplit('\n').next().unwrap_or(before);
        line.trim_start().to_owned()
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

    fn typed(self, text: impl Into<String>) -> Self {
        self.with(|diagnostic| diagnostic.typed(text))
    }

    fn typed_at(self, span: Span, text: impl Into<String>) -> Self {
        self.with(|diagnostic| diagnostic.typed_at(span, text))
    }

    fn offered(self) -> Self {
        self.with(Diagnostic::offered)
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        let Some(diagnostic) = self.diagnostic.take() else {
            return;
        };
        // Two mends of the same words cannot both be typed, and what stands within words
        // that were told says nothing new.
        let mine = diagnostic.replacement().map(|typed| typed.place.span);
        let here = diagnostic.place.span;
        let taken = self
            .found
            .iter()
            .filter_map(Diagnostic::replacement)
            .any(|other| {
                let told = other.place.span;
                mine.is_some_and(|mine| overlap(mine, told))
                    || told.start < told.end && told.holds(here)
            });
        if !taken {
            self.found.push(diagnostic);
        }
    }
}

/// Whether two changes of a text touch the same words.
fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end || one == other
}
