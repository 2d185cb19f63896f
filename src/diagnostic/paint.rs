//! Diagnostics in, the picture a person sees out.

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::Source;
use codespan_reporting::diagnostic::{Diagnostic as Picture, Label};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, termcolor};
use std::ops::Range;

pub(super) fn paint(diagnostics: &Diagnostics, colour: bool) -> String {
    let shelf = Shelf::of(diagnostics);
    let config = term::Config {
        tab_width: 4,
        ..term::Config::default()
    };
    let mut buffer = if colour {
        termcolor::Buffer::ansi()
    } else {
        termcolor::Buffer::no_color()
    };
    for diagnostic in diagnostics.iter() {
        term::emit_to_write_style(&mut buffer, &config, &shelf, &picture(diagnostic, &shelf))
            .expect("writing to memory cannot fail, and every place is in the shelf");
    }
    String::from_utf8_lossy(buffer.as_slice())
        .lines()
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

fn picture(diagnostic: &Diagnostic, shelf: &Shelf) -> Picture<usize> {
    let severity = match diagnostic.severity() {
        Severity::Error => codespan_reporting::diagnostic::Severity::Error,
        Severity::Warning => codespan_reporting::diagnostic::Severity::Warning,
    };
    // Of a file that holds nothing, or was never read, there is no line to show.
    let nothing_to_show = diagnostic.place.source.text().is_empty() && diagnostic.label.is_empty();
    let mut labels = Vec::new();
    if !nothing_to_show {
        labels.push(
            Label::primary(
                shelf.find(&diagnostic.place.source),
                diagnostic.place.span.start..diagnostic.place.span.end,
            )
            .with_message(clean(&diagnostic.label)),
        );
    }
    for (place, words) in &diagnostic.related {
        labels.push(
            Label::secondary(shelf.find(&place.source), place.span.start..place.span.end)
                .with_message(clean(words)),
        );
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
    Picture::new(severity)
        .with_code(diagnostic.code.name())
        .with_message(clean(&diagnostic.message))
        .with_labels(labels)
        .with_notes(notes)
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

/// The files that the diagnostics speak of, as the painter wants them.
struct Shelf {
    files: Vec<(Source, String, Vec<usize>)>,
}

impl Shelf {
    fn of(diagnostics: &Diagnostics) -> Self {
        let mut shelf = Shelf { files: Vec::new() };
        for diagnostic in diagnostics.iter() {
            shelf.add(&diagnostic.place.source);
            for (place, _) in &diagnostic.related {
                shelf.add(&place.source);
            }
        }
        shelf
    }

    fn add(&mut self, source: &Source) {
        if self.files.iter().any(|(known, ..)| known == source) {
            return;
        }
        // Byte for byte as long as the original, so that ranges hold.
        let text: String = source
            .text()
            .chars()
            .map(|c| match c {
                '\n' | '\t' => c.to_string(),
                _ if safe(c) != c => "?".repeat(c.len_utf8()),
                _ => c.to_string(),
            })
            .collect();
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        self.files.push((source.clone(), text, starts));
    }

    fn find(&self, source: &Source) -> usize {
        self.files
            .iter()
            .position(|(known, ..)| known == source)
            .expect("every source was added before painting")
    }
}

impl<'a> Files<'a> for Shelf {
    type FileId = usize;
    type Name = String;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<String, Error> {
        Ok(clean(self.files[id].0.name()))
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.files[id].1)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        Ok(self.files[id]
            .2
            .partition_point(|start| *start <= byte)
            .saturating_sub(1))
    }

    fn line_number(&'a self, id: usize, index: usize) -> Result<usize, Error> {
        Ok(self.files[id].0.first_line() + index)
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        let (_, text, starts) = &self.files[id];
        let start = starts.get(index).copied().unwrap_or(text.len());
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        Ok(start..end)
    }
}
