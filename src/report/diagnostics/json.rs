//! Faults in, JSON out: the project's own form, `healthcheck-diagnostics/1`. It is written
//! down in `docs/diagnostics.md`; fields may be added to it, and none changes its meaning.

use super::region::{Point, Region};
use super::severity;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Place;
use serde::Serialize;

/// The form's name, with its version.
const SCHEMA: &str = "healthcheck-diagnostics/1";

#[derive(Serialize)]
struct Log<'d> {
    schema: &'static str,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Entry<'d>>,
}

#[derive(Serialize)]
struct Entry<'d> {
    code: &'static str,
    severity: &'static str,
    message: &'d str,
    #[serde(flatten)]
    at: Location<'d>,
    label: Option<&'d str>,
    notes: &'d [String],
    help: Option<&'d str>,
    replacement: Option<Typed<'d>>,
    related: Vec<Related<'d>>,
}

#[derive(Serialize)]
struct Typed<'d> {
    text: &'d str,
    safe: bool,
    #[serde(flatten)]
    at: Location<'d>,
}

#[derive(Serialize)]
struct Related<'d> {
    message: &'d str,
    #[serde(flatten)]
    at: Location<'d>,
}

#[derive(Serialize)]
struct Location<'d> {
    file: &'d str,
    start: Option<Position>,
    end: Option<Position>,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: Option<usize>,
    byte: Option<usize>,
}

/// Faults as JSON of the form `healthcheck-diagnostics/1`, each once, in the order of their
/// places. Lines and columns count from 1, columns in characters; an end is one past the
/// last character.
pub fn json(diagnostics: &Diagnostics) -> String {
    let sorted = diagnostics.clone().sorted();
    crate::report::json(&Log {
        schema: SCHEMA,
        errors: sorted.errors(),
        warnings: sorted.warnings(),
        diagnostics: sorted.iter().map(entry).collect(),
    })
}

fn entry(diagnostic: &Diagnostic) -> Entry<'_> {
    Entry {
        code: diagnostic.code.name(),
        severity: severity(diagnostic),
        message: &diagnostic.message,
        at: location(&diagnostic.place),
        label: Some(diagnostic.label.as_str()).filter(|label| !label.is_empty()),
        notes: &diagnostic.notes,
        help: diagnostic.help.as_deref(),
        replacement: diagnostic.replacement().map(|typed| Typed {
            text: &typed.text,
            safe: typed.is_safe(),
            at: location(&typed.place),
        }),
        related: diagnostic
            .related
            .iter()
            .map(|(place, message)| Related {
                message,
                at: location(place),
            })
            .collect(),
    }
}

fn location(place: &Place) -> Location<'_> {
    let (start, end) = match Region::of(place) {
        Some(region) => (Some(position(&region.start)), Some(position(&region.end))),
        None => (None, None),
    };
    Location {
        file: place.source.name(),
        start,
        end,
    }
}

fn position(point: &Point) -> Position {
    Position {
        line: point.line,
        column: point.column_and_byte.map(|(column, _)| column),
        byte: point.column_and_byte.map(|(_, byte)| byte),
    }
}
