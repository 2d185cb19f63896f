//! Faults as an editor is told of them, and what mends them: diagnostics in, the editor's
//! diagnostics and edits out.

use super::documents::Document;
use super::{positions, uris};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::source::{Place, Span};
use lsp_types::{
    CodeAction, CodeActionKind, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    NumberOrString, Range, TextEdit, Uri, WorkspaceEdit,
};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Places of another file's faults that are listed.
const MOST_ELSEWHERE: usize = 5;

/// What a check found in a text, as it stood in one version.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    /// The version.
    pub version: i32,
    /// The faults in the text itself.
    pub own: Vec<Diagnostic>,
    /// Faults elsewhere that stand in its way.
    elsewhere: Vec<Diagnostic>,
    /// A bug of ours that kept it from being checked.
    bug: Option<String>,
}

impl Told {
    /// Sorts faults by where they are. Of other files only errors are told.
    pub(super) fn new(document: &Document, faults: Diagnostics, bug: Option<String>) -> Self {
        let mut told = Told {
            version: document.version,
            bug,
            ..Told::default()
        };
        let path = document.path.as_deref().and_then(absolute);
        for fault in faults {
            let source = &fault.place.source;
            let is_own = !source.is_excerpt() && absolute(Path::new(source.name())) == path;
            if is_own {
                told.own.push(fault);
            } else if fault.severity() == Severity::Error {
                told.elsewhere.push(fault);
            }
        }
        told
    }

    /// The editor's diagnostics.
    pub(super) fn diagnostics(&self, document: &Document) -> Vec<lsp_types::Diagnostic> {
        let own = self.own.iter().map(|fault| lsp_types::Diagnostic {
            range: shown(&fault.place),
            severity: Some(match fault.severity() {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
            }),
            code: Some(NumberOrString::String(fault.code.name().to_owned())),
            source: Some("healthcheck".to_owned()),
            message: words(fault),
            related_information: related(&fault.related),
            ..lsp_types::Diagnostic::default()
        });
        let bug = self.bug.iter().map(|bug| lsp_types::Diagnostic {
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some("healthcheck".to_owned()),
            message: format!("this is a bug in healthcheck, not a mistake of yours: {bug}"),
            ..lsp_types::Diagnostic::default()
        });
        own.chain(self.of_others(document)).chain(bug).collect()
    }

    /// One diagnostic for each other file with faults, where the text first names it.
    fn of_others(&self, document: &Document) -> Vec<lsp_types::Diagnostic> {
        let mut files: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for fault in &self.elsewhere {
            files
                .entry(fault.place.source.name())
                .or_default()
                .push(fault);
        }
        let told = files.into_iter().map(|(file, faults)| {
            let places: Vec<(Place, String)> = faults
                .iter()
                .take(MOST_ELSEWHERE)
                .map(|fault| (fault.place.clone(), fault.message.clone()))
                .collect();
            let (first, more) = (faults[0], faults.len() - 1);
            let more = match more {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            lsp_types::Diagnostic {
                range: named(document, file),
                severity: Some(DiagnosticSeverity::ERROR),
                code: Some(NumberOrString::String(first.code.name().to_owned())),
                source: Some("healthcheck".to_owned()),
                message: format!("{}: {}{more}", first.place.name(), first.message),
                related_information: related(&places),
                ..lsp_types::Diagnostic::default()
            }
        });
        told.collect()
    }

    /// What the fault at a byte means, as its code is explained, and where it is.
    pub(super) fn explained(&self, document: &Document, at: usize) -> Option<(String, Span)> {
        if document.version != self.version {
            return None;
        }
        let is_there = |fault: &&Diagnostic| {
            let span = fault.place.span;
            span.start <= at && at < span.end.max(span.start + 1)
        };
        let fault = self.own.iter().find(is_there)?;
        let said = fault.code.explanation();
        let text = format!(
            "**{}**: {}\n\n{}\n\n{}",
            fault.code.name(),
            said.means,
            said.why,
            said.mend
        );
        Some((text, fault.place.span))
    }

    /// What mends the faults that touch a range: each by itself, and all that are safe.
    pub(super) fn actions(&self, document: &Document, uri: &Uri, range: Range) -> Vec<CodeAction> {
        if document.version != self.version {
            return Vec::new();
        }
        let asked = positions::span(&document.source, range);
        let touches = |fault: &&Diagnostic| {
            let span = fault.place.span;
            span.start <= asked.end && asked.start <= span.end.max(span.start + 1)
        };
        let mut actions: Vec<CodeAction> = self
            .own
            .iter()
            .filter(touches)
            .filter_map(|fault| self.action(fault, document, uri))
            .collect();
        let safe = self.safe(document);
        if safe.len() > 1 {
            let title = format!("Mend all {} that have one right answer", safe.len());
            actions.push(CodeAction {
                title,
                kind: Some(CodeActionKind::SOURCE_FIX_ALL),
                edit: Some(edit(uri.clone(), safe)),
                ..CodeAction::default()
            });
        }
        actions
    }

    fn action(&self, fault: &Diagnostic, document: &Document, uri: &Uri) -> Option<CodeAction> {
        let replacement = fault.replacement()?;
        let place = &replacement.place;
        let uri = match is_in(place, document) {
            true => uri.clone(),
            false => uris::uri(Path::new(place.source.name()))?,
        };
        let (old, new) = (place.text(), replacement.text.as_str());
        let title = match (brief(old), brief(new)) {
            (old, _) if new.is_empty() => format!("Take out {old}"),
            (_, new) if old.is_empty() => format!("Put in {new}"),
            (old, new) => format!("Write {new} for {old}"),
        };
        let (code, range) = (fault.code.name(), shown(&fault.place));
        let diagnostics = self.diagnostics(document).into_iter().filter(|one| {
            one.code == Some(NumberOrString::String(code.to_owned())) && one.range == range
        });
        Some(CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(diagnostics.collect()),
            is_preferred: Some(replacement.is_safe()),
            edit: Some(edit(uri, vec![typed(place, new)])),
            ..CodeAction::default()
        })
    }

    /// The edits that a program may make unasked, none in the way of another.
    fn safe(&self, document: &Document) -> Vec<TextEdit> {
        // The same as `check --fix` makes, of the text as the editor has it.
        let faults: Diagnostics = self.own.iter().cloned().collect();
        let Some(name) = self.own.first().map(|fault| fault.place.source.name()) else {
            return Vec::new();
        };
        let safe = faults.safe_in(name).into_iter();
        let here = safe.filter(|one| is_in(&one.place, document));
        here.map(|one| typed(&one.place, &one.text)).collect()
    }
}

fn absolute(path: &Path) -> Option<std::path::PathBuf> {
    std::path::absolute(path).ok()
}

fn is_in(place: &Place, document: &Document) -> bool {
    let path = document.path.as_deref();
    path.is_none() || absolute(Path::new(place.source.name())) == path.and_then(absolute)
}

fn edit(uri: Uri, edits: Vec<TextEdit>) -> WorkspaceEdit {
    #[allow(
        clippy::mutable_key_type,
        reason = "the editor's own form; an address is never changed"
    )]
    let changes = HashMap::from([(uri, edits)]);
    WorkspaceEdit {
        changes: Some(changes),
        ..WorkspaceEdit::default()
    }
}

fn typed(place: &Place, text: &str) -> TextEdit {
    TextEdit {
        range: positions::range(&place.source, place.span),
        new_text: text.to_owned(),
    }
}

/// A text in a title: one line, not too long of it.
fn brief(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let short: String = line.chars().take(40).collect();
    let cut = short.len() < text.trim().len();
    format!("`{short}{}`", if cut { "…" } else { "" })
}

/// What is underlined: of a mere point the letter that it is at, or the one before.
fn shown(place: &Place) -> Range {
    let text = place.source.text();
    let mut span = place.span;
    if span.start >= span.end {
        let at = span.start.min(text.len());
        let next = text.get(at..).and_then(|rest| rest.chars().next());
        match next.filter(|letter| *letter != '\n') {
            Some(letter) => span.end = at + letter.len_utf8(),
            None => {
                let before = text.get(..at).and_then(|before| before.chars().next_back());
                let before = before.filter(|letter| *letter != '\n');
                span.start = at - before.map_or(0, char::len_utf8);
                span.end = at;
            }
        }
    }
    positions::range(&place.source, span)
}

/// What is wrong, and what to do about it.
fn words(fault: &Diagnostic) -> String {
    let mut lines = vec![fault.message.clone()];
    lines.extend((!fault.label.is_empty()).then(|| fault.label.clone()));
    lines.extend(fault.notes.iter().cloned());
    let said = |help: &&String| !fault.label.contains(help.as_str());
    lines.extend(
        fault
            .help
            .as_ref()
            .filter(said)
            .map(|help| format!("help: {help}")),
    );
    let text = lines.join("\n");
    // What a file holds may be shown and not obeyed.
    text.replace(|c: char| c.is_control() && c != '\n', "?")
}

fn related(places: &[(Place, String)]) -> Option<Vec<DiagnosticRelatedInformation>> {
    let all: Vec<DiagnosticRelatedInformation> = places
        .iter()
        .filter(|(place, _)| !place.source.is_excerpt())
        .filter_map(|(place, words)| {
            let uri = uris::uri(Path::new(place.source.name()))?;
            Some(DiagnosticRelatedInformation {
                location: Location::new(uri, shown(place)),
                message: words.clone(),
            })
        })
        .collect();
    (!all.is_empty()).then_some(all)
}

/// Where a text first names another file: a library before `::`, else its first line.
fn named(document: &Document, file: &str) -> Range {
    let stem = Path::new(file)
        .file_stem()
        .map(|stem| stem.to_string_lossy());
    let library = format!("{}::", stem.unwrap_or_default());
    let text = document.source.text();
    let span = match text.find(&library) {
        Some(at) => Span::new(at, at + library.len() - 2),
        None => Span::new(0, text.find('\n').unwrap_or(text.len())),
    };
    positions::range(&document.source, span)
}
