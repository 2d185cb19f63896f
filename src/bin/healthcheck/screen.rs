//! Where words go: data to stdout, messages to stderr, colour on a terminal only.

use crate::Ending;
use healthcheck::diagnostic::Diagnostics;
use std::cell::Cell;
use std::io::{self, ErrorKind, IsTerminal, Write};

/// The two streams.
pub struct Screen {
    colour: bool,
    failed: Cell<bool>,
}

impl Screen {
    /// Colour if stderr is a terminal, unless `NO_COLOR` or a plain terminal says no.
    pub fn new() -> Self {
        let said_no = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            colour: !said_no && io::stderr().is_terminal(),
            failed: Cell::new(false),
        }
    }

    /// What was asked for.
    pub fn data(&self, text: &str) {
        let mut out = io::stdout().lock();
        let written = writeln!(out, "{}", text.trim_end_matches('\n')).and_then(|()| out.flush());
        if let Err(error) = written {
            // A reader such as `head` that has seen enough is no fault.
            if error.kind() != ErrorKind::BrokenPipe {
                self.failed.set(true);
            }
        }
    }

    /// What is said beside it. If nobody can hear it, nobody can be told so.
    pub fn message(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", text.trim_end_matches('\n'));
    }

    /// Faults and warnings, each once, in the order of their places.
    pub fn faults(&self, faults: &Diagnostics) {
        if !faults.is_empty() {
            self.message(&faults.clone().sorted().paint(self.colour));
            self.message("");
        }
    }

    /// Whether what was asked for could be written.
    pub fn ending(&self) -> Ending {
        if self.failed.get() {
            Ending::NoAccess
        } else {
            Ending::Well
        }
    }
}

/// `1 error, 2 warnings`.
pub fn count(faults: &Diagnostics) -> String {
    let (errors, warnings) = (faults.errors(), faults.warnings());
    match (errors, warnings) {
        (0, 0) => "no faults".into(),
        (_, 0) => number(errors, "error"),
        (0, _) => number(warnings, "warning"),
        _ => format!(
            "{}, {}",
            number(errors, "error"),
            number(warnings, "warning")
        ),
    }
}

/// `1 error`, `2 errors`.
pub fn number(count: usize, of: &str) -> String {
    if count == 1 {
        format!("1 {of}")
    } else {
        format!("{count} {of}s")
    }
}

/// A name from a file system, with nothing in it that could steer a terminal.
pub fn plain(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_control() { '?' } else { c })
        .collect()
}
