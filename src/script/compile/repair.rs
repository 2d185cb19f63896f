//! What a statement that cannot be read lacks, found out by trying. A change is told as the
//! mend only where the statement reads with it.

mod brackets;
mod quotes;
mod signs;

use super::{Job, Undefined};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::script::slips::{self, Slips};
use crate::script::tokens::{self, Token};
use crate::script::{chunks, names, sandbox, wording};
use crate::source::{Source, Span};
use rhai::{Dynamic, ParseError, ParseErrorType, Scope};
use std::cell::Cell;

/// Most changes that are tried on one statement.
const MOST: usize = 150;

impl Job<'_> {
    /// What is wrong with a statement that cannot be read: its slips, or what else it lacks.
    pub(super) fn explained(
        &self,
        slips: Slips,
        span: Span,
        error: &ParseError,
        names: &Scope<'static>,
    ) -> Diagnostics {
        let bench = Bench {
            job: self,
            names,
            tries: Cell::new(0),
        };
        let Slips { told, brackets, .. } = slips;
        if told.iter().any(|fault| fault.code == Code::UnclosedText) {
            return bench.with_quotes(told, self.source, span);
        }
        let patched = Patched::new(self.source, span, &told);
        let stopped = match bench.attempt(&patched.text) {
            // With all of its slips mended it reads.
            Attempt::Reads(_) => return told,
            Attempt::Stops(error) => error,
        };
        let unmended = told
            .iter()
            .any(|fault| is_error(fault) && fault.replacement().is_none());
        let found = match unmended {
            true => None,
            false if chunks::matches(&tokens::scan(&patched.text)) => {
                bench.sign(&patched, &stopped)
            }
            false => bench.bracket(&patched),
        };
        let sure = found.is_some();
        let mut all: Diagnostics = told
            .into_iter()
            .map(|fault| match sure {
                true => fault,
                // The statement does not read with it: a person decides.
                false => fault.offered(),
            })
            .collect();
        match found {
            Some(fault) => all.push(fault),
            // After the first that does not match, none can be trusted to.
            None => all.extend(brackets.into_iter().take(1).collect()),
        }
        if !all.has_errors() {
            all.push(wording::of_parse(
                &error.0,
                error.1,
                self.source,
                self.tokens,
                &self.workshop.limits,
            ));
        }
        all
    }
}

fn is_error(fault: &Diagnostic) -> bool {
    fault.severity() == Severity::Error
}

/// A statement with the mends of its slips made.
struct Patched<'a> {
    source: &'a Source,
    begins: usize,
    /// What was changed, in the source, in order.
    edits: Vec<(Span, String)>,
    text: String,
}

impl<'a> Patched<'a> {
    fn new(source: &'a Source, span: Span, told: &Diagnostics) -> Self {
        let mut edits: Vec<(Span, String)> = told
            .iter()
            .filter(|fault| is_error(fault))
            .filter_map(Diagnostic::replacement)
            .filter(|typed| span.holds(typed.place.span))
            .map(|typed| (typed.place.span, typed.text.clone()))
            .collect();
        edits.sort_by_key(|(span, _)| *span);
        let mut text = String::new();
        let mut at = span.start;
        for (changed, typed) in &edits {
            text.push_str(source.slice(Span::new(at, changed.start.max(at))));
            text.push_str(typed);
            at = changed.end.max(at);
        }
        text.push_str(source.slice(Span::new(at, span.end)));
        Self {
            source,
            begins: span.start,
            edits,
            text,
        }
    }

    /// Where a point of the changed text stands in the source.
    fn in_source(&self, at: usize) -> usize {
        let (mut here, mut there) = (0, self.begins);
        for (changed, typed) in &self.edits {
            let before = changed.start - there;
            if at <= here + before {
                break;
            }
            here += before + typed.len();
            there = changed.end;
            if at < here {
                return there;
            }
        }
        there + at - here
    }

    /// A range of the changed text in the source.
    fn span_in_source(&self, span: Span) -> Span {
        Span::new(self.in_source(span.start), self.in_source(span.end))
    }

    /// A fault at a range of the changed text.
    fn fault(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        let place = self.source.place(self.span_in_source(span));
        Diagnostic::new(code, place, message)
    }

    /// The number of the line on which a point of the changed text stands in the source.
    fn line(&self, at: usize) -> usize {
        self.source.line_and_column(self.in_source(at)).0
    }

    /// What stands on the line of a point of the changed text, from there on.
    fn line_from(&self, at: usize) -> &str {
        self.text[at..].lines().next().unwrap_or("").trim_end()
    }

    /// What stands on the line of a point of the changed text, up to it.
    fn line_to(&self, at: usize) -> &str {
        let before = &self.text[..at];
        before.rsplit('\n').next().unwrap_or(before).trim_start()
    }
}

/// A change of a text that may mend it.
#[derive(Debug, Clone)]
struct Change {
    span: Span,
    text: String,
    /// The less, the likelier.
    rank: usize,
}

impl Change {
    fn made(&self, text: &str) -> String {
        format!(
            "{}{}{}",
            &text[..self.span.start],
            self.text,
            &text[self.span.end..]
        )
    }
}

/// What came of an attempt.
enum Attempt {
    /// It reads, with so many names and calls that cannot be right.
    Reads(usize),
    /// It stops.
    Stops(ParseError),
}

/// Where changes are tried.
struct Bench<'j, 'a> {
    job: &'j Job<'a>,
    names: &'j Scope<'static>,
    tries: Cell<usize>,
}

impl Bench<'_, '_> {
    fn attempt(&self, text: &str) -> Attempt {
        let mut scope = self.names.clone();
        let mut wrong = 0;
        loop {
            match self.job.engine.compile_with_scope(&scope, text) {
                Ok(ast) => {
                    let source = Source::new("", text);
                    let calls = names::check(&ast, &self.job.known, &source);
                    let own =
                        |fault: &&Diagnostic| !self.job.functions.contains_key(fault.place.text());
                    return Attempt::Reads(wrong + calls.iter().filter(own).count());
                }
                Err(error) => {
                    let ParseErrorType::VariableUndefined(name) = &*error.0 else {
                        return Attempt::Stops(error);
                    };
                    wrong += 1;
                    if wrong > 10 {
                        return Attempt::Stops(error);
                    }
                    scope.push_constant_dynamic(name.clone(), Dynamic::from(Undefined));
                }
            }
        }
    }

    /// The change with which the text reads best, and whether no other does as well.
    fn best(&self, text: &str, mut changes: Vec<Change>) -> Option<(Change, bool)> {
        changes.sort_by_key(|change| change.rank);
        let mut best: Option<(usize, Change)> = None;
        let mut alone = true;
        for change in changes {
            self.tries.set(self.tries.get() + 1);
            if self.tries.get() > MOST || sandbox::stopped().is_some() {
                break;
            }
            let changed = change.made(text);
            let Attempt::Reads(wrong) = self.attempt(&changed) else {
                continue;
            };
            let source = Source::new("", &changed);
            let slips = slips::all(&slips::find(&source, &tokens::scan(source.text())));
            if slips.has_errors() {
                continue;
            }
            match &best {
                Some((least, _)) if wrong > *least => {}
                Some((least, _)) if wrong == *least => alone = false,
                _ => {
                    alone = true;
                    best = Some((wrong, change));
                }
            }
        }
        best.map(|(_, change)| (change, alone))
    }
}

/// The last character before a point.
fn before(text: &str, at: usize) -> Span {
    let start = text[..at]
        .char_indices()
        .next_back()
        .map_or(0, |(start, _)| start);
    Span::new(start, at)
}

/// Whether a word is the last of its line.
fn ends_line(text: &str, tokens: &[Token<'_>], index: usize) -> bool {
    match tokens.get(index + 1) {
        Some(next) => text[tokens[index].span.end..next.span.start].contains('\n'),
        None => true,
    }
}

/// The spaces with which a line begins.
fn indent(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = &text[start..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}
