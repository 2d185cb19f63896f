//! Faults in, SARIF 2.1.0 out, for code scanning and editors.
//!
//! The form is that of "Static Analysis Results Interchange Format (SARIF) Version 2.1.0",
//! OASIS Standard, 27 March 2020. Rules are the codes that occur, with their explanations.

use super::region::Region;
use super::{severity, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Replacement, Severity};
use crate::source::Place;
use serde_json::{Map, Value, json};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// Faults as a SARIF 2.1.0 log of one run, each once, in the order of their places. A fault
/// that a program can mend brings the text to type as a fix.
pub fn sarif(diagnostics: &Diagnostics) -> String {
    let sorted = diagnostics.clone().sorted();
    let codes: Vec<Code> = Code::ALL
        .iter()
        .copied()
        .filter(|code| sorted.iter().any(|one| one.code == *code))
        .collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code)).collect();
    let results: Vec<Value> = sorted.iter().map(|one| result(one, &codes)).collect();
    crate::report::json(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "healthcheck",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            // A character outside the basic plane is one column, as everywhere here.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(code: Code) -> Value {
    let explanation = code.explanation();
    let level = match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    json!({
        "id": code.name(),
        "shortDescription": { "text": explanation.means },
        "fullDescription": { "text": explanation.why },
        "help": { "text": explanation.mend },
        "defaultConfiguration": { "level": level },
    })
}

fn result(diagnostic: &Diagnostic, codes: &[Code]) -> Value {
    let mut result = Map::new();
    result.insert("ruleId".into(), diagnostic.code.name().into());
    let index = codes.iter().position(|code| *code == diagnostic.code);
    result.insert("ruleIndex".into(), json!(index));
    result.insert("level".into(), severity(diagnostic).into());
    result.insert("message".into(), json!({ "text": words(diagnostic) }));
    result.insert(
        "locations".into(),
        json!([{ "physicalLocation": physical(&diagnostic.place) }]),
    );
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|(place, words)| {
            json!({
                "physicalLocation": physical(place),
                "message": { "text": words },
            })
        })
        .collect();
    if !related.is_empty() {
        result.insert("relatedLocations".into(), related.into());
    }
    if let Some(fix) = diagnostic.replacement().and_then(fix) {
        result.insert("fixes".into(), json!([fix]));
    }
    result.into()
}

/// What is to be typed. The form has no word for who decides about it: that is a property of
/// our own.
fn fix(typed: &Replacement) -> Option<Value> {
    let description = match typed.text.is_empty() {
        true => "take it out".to_owned(),
        false => format!("write {}", typed.text),
    };
    Some(json!({
        "description": { "text": description },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(typed.place.source.name()) },
            "replacements": [{
                "deletedRegion": region(&typed.place)?,
                "insertedContent": { "text": typed.text },
            }],
        }],
        "properties": { "safe": typed.is_safe() },
    }))
}

fn physical(place: &Place) -> Value {
    let artifact = json!({ "uri": uri(place.source.name()) });
    match region(place) {
        Some(region) => json!({ "artifactLocation": artifact, "region": region }),
        None => json!({ "artifactLocation": artifact }),
    }
}

/// Lines and columns. Bytes are left out: those of the form are the bytes on disk, and ours
/// are those of the text as it is read.
fn region(place: &Place) -> Option<Value> {
    let Region { start, end } = Region::of(place)?;
    Some(match (start.column_and_byte, end.column_and_byte) {
        (Some((from, _)), Some((to, _))) => json!({
            "startLine": start.line,
            "startColumn": from,
            "endLine": end.line,
            "endColumn": to,
        }),
        _ => json!({ "startLine": start.line, "endLine": end.line }),
    })
}

/// A path as a URI reference: from the root `file:///…`, else relative as it stands.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let has_drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes().get(2) == Some(&b'/');
    let mut uri = match (has_drive, path.starts_with('/')) {
        (true, _) => "file:///".to_owned(),
        (false, true) => "file://".to_owned(),
        (false, false) => String::new(),
    };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
