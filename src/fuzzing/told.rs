//! What every fault promises, whatever it is about: faults in, a panic where one breaks a
//! promise.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::diagnostics::{github, json, sarif};
use crate::source::Place;

/// What rhai says where our own words are missing.
const WORDS_OF_RHAI: [&str; 24] = [
    "Arithmetic error",
    "Cannot modify",
    "Data race",
    "Data type incorrect",
    "Expecting ",
    "Expression exceeds",
    "Function not found",
    "Invalid expression",
    "Invalid symbol",
    "Output type incorrect",
    "Property not found",
    "Runtime error",
    "Script is incomplete",
    "Script terminated",
    "Stack overflow",
    "Syntax error",
    "Too many operations",
    "Undefined variable",
    "Unknown operator",
    "Variable not found",
    "alloc::",
    "i64",
    "reserved keyword",
    "rhai::",
];

/// Every fault can be shown, to people and to programs, and shows no control characters; it
/// stands at whole characters of its file.
pub(super) fn painted(faults: &Diagnostics) -> String {
    let shown = faults.to_string();
    let raw = shown.chars().find(|c| c.is_control() && *c != '\n');
    assert!(raw.is_none(), "{raw:?} reaches the terminal");
    for fault in faults.iter() {
        assert!(!fault.message.is_empty(), "a fault without words");
        stands(&fault.place);
        fault.related.iter().for_each(|(place, _)| stands(place));
        if let Some(typed) = fault.replacement() {
            stands(&typed.place);
        }
    }
    // All forms are made of the same words, so that one of many is enough.
    if !faults.is_empty() && shown.len().is_multiple_of(8) {
        for form in [json(faults), sarif(faults)] {
            let read: Result<serde_json::Value, _> = serde_json::from_str(&form);
            assert!(read.is_ok(), "faults in a form that is no JSON: {form}");
        }
        assert_eq!(
            github(faults).lines().count(),
            faults.clone().sorted().iter().count(),
            "a workflow command for each fault"
        );
    }
    shown
}

/// The same of a script's faults, which are told in our own words.
pub(super) fn in_our_words(faults: &Diagnostics, script: &str) {
    painted(faults);
    for fault in faults.iter() {
        for text in texts(fault) {
            let foreign = WORDS_OF_RHAI
                .iter()
                .find(|words| text.contains(**words) && !script.contains(**words));
            assert!(foreign.is_none(), "rhai's own words are shown: {text}");
        }
    }
}

/// Everything that is said of a fault, but where it is.
fn texts(fault: &Diagnostic) -> impl Iterator<Item = &str> {
    let related = fault.related.iter().map(|(_, words)| words);
    [&fault.message, &fault.label]
        .into_iter()
        .chain(related)
        .chain(&fault.notes)
        .chain(&fault.help)
        .map(String::as_str)
}

fn stands(place: &Place) {
    let (text, span) = (place.source.text(), place.span);
    assert!(
        span.start <= span.end && span.end <= text.len(),
        "{span:?} is not in {}",
        place.source.name()
    );
    assert!(
        text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
        "{span:?} parts a character of {}",
        place.source.name()
    );
}
