//! Where words go: data to stdout, messages to stderr, colour on a terminal only.

use crate::Ending;
use healthcheck::diagnostic::Diagnostics;
use std::cell::Cell;
use std::io::{self, ErrorKind, IsTerminal, Write};
use unicode_width::UnicodeWidthStr;

/// The two streams.
pub struct Screen {
    colour: bool,
    colour_of_data: bool,
    show_values: bool,
    failed: Cell<bool>,
}

/// The colours of a difference, as a terminal numbers them.
#[derive(Debug, Clone, Copy)]
pub enum Colour {
    Red = 31,
    Green = 32,
    Bold = 1,
}

impl Screen {
    /// Colour if the stream is a terminal, unless `NO_COLOR` or a plain terminal says no.
    pub fn new() -> Self {
        let said_no = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            colour: !said_no && io::stderr().is_terminal(),
            colour_of_data: !said_no && io::stdout().is_terminal(),
            show_values: false,
            failed: Cell::new(false),
        }
    }

    /// The same, on which cells at fault are shown as they are.
    pub fn showing_values(self, show_values: bool) -> Self {
        Self {
            show_values,
            ..self
        }
    }

    /// Faults as they may be shown here.
    pub fn as_may_be_seen(&self, faults: Diagnostics) -> Diagnostics {
        match self.show_values {
            true => faults.with_values(),
            false => faults,
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

    /// What was asked for, to the byte.
    pub fn data_as_it_is(&self, text: &str) {
        let mut out = io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
            self.failed.set(true);
        }
    }

    /// Text in a colour, where what was asked for goes to a terminal.
    pub fn painted(&self, colour: Colour, text: &str) -> String {
        if self.colour_of_data {
            format!("\u{1b}[{}m{text}\u{1b}[0m", colour as u8)
        } else {
            text.to_owned()
        }
    }

    /// What is said beside it. If nobody can hear it, nobody can be told so.
    pub fn message(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", text.trim_end_matches('\n'));
    }

    /// All of standard input; without it, why is said.
    pub fn handed_over(&self) -> Option<String> {
        match io::read_to_string(io::stdin().lock()) {
            Ok(text) => Some(text),
            Err(error) => {
                self.message(&format!("error: what was handed over is no text: {error}"));
                None
            }
        }
    }

    /// Faults and warnings, each once, in the order of their places.
    pub fn faults(&self, faults: &Diagnostics) {
        if !faults.is_empty() {
            let faults = self.as_may_be_seen(faults.clone());
            self.message(&faults.sorted().paint(self.colour));
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

/// Columns at which text is broken.
pub const WIDTH: usize = 80;

/// Text broken between words at [`WIDTH`]; lines after the first begin with `indent`
/// spaces.
pub fn wrapped(text: &str, indent: usize) -> String {
    let words = text.trim_start_matches(' ');
    let mut lines = Vec::new();
    let mut line = " ".repeat(text.len() - words.len());
    for word in words.split(' ') {
        if !line.trim().is_empty() && line.width() + 1 + word.width() > WIDTH {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
        } else if !line.trim().is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_between_words_and_short_ones_stay() {
        assert_eq!(wrapped("  a short line", 4), "  a short line");
        let long = wrapped(&"word ".repeat(30), 4);
        assert!(long.lines().all(|line| line.width() <= 80), "{long}");
        assert!(
            long.lines()
                .skip(1)
                .all(|line| line.starts_with("    word"))
        );
    }
}
