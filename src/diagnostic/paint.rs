//! Diagnostics in, the picture a person sees out.

mod sheet;

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::Place;
use codespan_reporting::diagnostic::{Diagnostic as Picture, Label};
use codespan_reporting::term::{self, termcolor};
use sheet::{Sheets, Shelf};
use std::io::Write;

pub(crate) use sheet::quoted_lines;

/// So many faults of a file are painted in one go: whoever mends them looks again.
const MOST_PAINTED: usize = 100;

pub(super) fn paint(diagnostics: &Diagnostics, colour: bool) -> String {
    let files: Vec<File> = diagnostics
        .list
        .chunk_by(|one, next| one.place.source.name() == next.place.source.name())
        .map(File::of)
        .collect();
    let shelf = Shelf::of(files.iter().flat_map(|file| &file.painted).copied());
    let config = term::Config {
        tab_width: 4,
        ..term::Config::default()
    };
    let mut buffer = if colour {
        termcolor::Buffer::ansi()
    } else {
        termcolor::Buffer::no_color()
    };
    for file in &files {
        for diagnostic in &file.painted {
            let (picture, sheets) = picture(diagnostic, &shelf);
            term::emit_to_write_style(&mut buffer, &config, &sheets, &picture)
                .expect("writing to memory cannot fail, and every place is on a sheet");
        }
        if let Some(more) = file.more() {
            writeln!(buffer, "{more}\n").expect("writing to memory cannot fail");
        }
    }
    String::from_utf8_lossy(buffer.as_slice())
        .lines()
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

/// The faults of one file: those that are painted, and how many there are beside them.
struct File<'d> {
    painted: Vec<&'d Diagnostic>,
    beyond: usize,
}

impl<'d> File<'d> {
    /// The first faults of a file. No error is left out for a warning.
    fn of(faults: &'d [Diagnostic]) -> Self {
        let is_error = |fault: &Diagnostic| fault.severity() == Severity::Error;
        let errors = faults.iter().filter(|fault| is_error(fault)).count();
        let mut room_for_errors = MOST_PAINTED;
        let mut room_for_warnings = MOST_PAINTED.saturating_sub(errors);
        let has_room = |fault: &&Diagnostic| {
            let room = match is_error(fault) {
                true => &mut room_for_errors,
                false => &mut room_for_warnings,
            };
            let has_room = *room > 0;
            *room = room.saturating_sub(1);
            has_room
        };
        let painted: Vec<&Diagnostic> = faults.iter().filter(has_room).collect();
        Self {
            beyond: faults.len() - painted.len(),
            painted,
        }
    }

    fn more(&self) -> Option<String> {
        match self.beyond {
            0 => None,
            1 => Some("and 1 more fault in this file".to_owned()),
            more => Some(format!("and {more} more faults in this file")),
        }
    }
}

fn picture<'s>(diagnostic: &Diagnostic, shelf: &'s Shelf) -> (Picture<usize>, Sheets<'s>) {
    let severity = match diagnostic.severity() {
        Severity::Error => codespan_reporting::diagnostic::Severity::Error,
        Severity::Warning => codespan_reporting::diagnostic::Severity::Warning,
    };
    // Of a file that holds nothing, or was never read, there is no line to show.
    let nothing_to_show = diagnostic.place.source.text().is_empty() && diagnostic.label.is_empty();
    let first = (!nothing_to_show).then_some(&diagnostic.place);
    let places: Vec<&Place> = first
        .into_iter()
        .chain(diagnostic.related.iter().map(|(place, _)| place))
        .collect();
    let sheets = Sheets::of(&places, shelf);
    let mut labels = Vec::new();
    if let Some(place) = first {
        let (sheet, range) = sheets.find(place);
        labels.push(Label::primary(sheet, range).with_message(clean(&diagnostic.label)));
    }
    for (place, words) in &diagnostic.related {
        let (sheet, range) = sheets.find(place);
        labels.push(Label::secondary(sheet, range).with_message(clean(words)));
    }
    let mut notes: Vec<String> = diagnostic
        .notes
        .iter()
        .map(|note| clean_lines(note))
        .collect();
    let name = diagnostic.place.source.name();
    if nothing_to_show && !diagnostic.message.contains(name) {
        notes.insert(0, format!("in {}", clean(&diagnostic.place.name())));
    }
    if let Some(help) = &diagnostic.help {
        notes.push(format!("help: {}", clean_lines(help)));
    }
    let picture = Picture::new(severity)
        .with_code(diagnostic.code.name())
        .with_message(clean(&diagnostic.message))
        .with_labels(labels)
        .with_notes(notes);
    (picture, sheets)
}

/// No control character, and no character that turns the direction of the text, reaches
/// a terminal.
fn clean(text: &str) -> String {
    text.chars().map(safe).collect()
}

fn clean_lines(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' { c } else { safe(c) })
        .collect()
}

fn safe(c: char) -> char {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    if c.is_control() || turns { '?' } else { c }
}

#[cfg(test)]
mod tests;
