//! Diagnostics for other programs: faults in; JSON, GitHub's workflow commands, SARIF and
//! JUnit out.
//!
//! Nothing leaves that the picture for people does not show: of a row of data the header
//! and the one value at fault, never the rest. The same faults give the same bytes.

mod github;
mod json;
mod junit;
mod region;
mod sarif;

pub use github::github;
pub use json::json;
pub use junit::{Part, junit};
pub use sarif::sarif;

use crate::diagnostic::{Diagnostic, Severity};
use std::fmt::Write;

/// `error` or `warning`: the word is the same in all forms.
fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// All words of a fault, one fact a line, for forms with a single text.
fn words(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.message.clone();
    if !diagnostic.label.is_empty() {
        let _ = write!(text, "\n{}", diagnostic.label);
    }
    for note in &diagnostic.notes {
        let _ = write!(text, "\n{note}");
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "\nhelp: {help}");
    }
    text
}
