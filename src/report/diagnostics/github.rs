//! Faults in, GitHub's workflow commands out: each becomes an annotation at its line.

use super::region::Region;
use super::{severity, words};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Faults as GitHub's workflow commands, one a line, each once, in the order of their
/// places; nothing if there is nothing to say.
pub fn github(diagnostics: &Diagnostics) -> String {
    let sorted = diagnostics.clone().sorted();
    sorted.iter().map(command).collect()
}

fn command(diagnostic: &Diagnostic) -> String {
    let place = &diagnostic.place;
    let mut properties = vec![("file", place.source.name().to_owned())];
    if let Some(Region { start, end }) = Region::of(place) {
        properties.push(("line", start.line.to_string()));
        properties.push(("endLine", end.line.to_string()));
        // Columns are refused where the range has several lines.
        if let (Some((from, _)), Some((to, _))) = (start.column_and_byte, end.column_and_byte)
            && start.line == end.line
        {
            properties.push(("col", from.to_string()));
            properties.push(("endColumn", to.to_string()));
        }
    }
    properties.push(("title", diagnostic.code.name().to_owned()));
    let properties: Vec<String> = properties
        .iter()
        .map(|(name, value)| format!("{name}={}", property(value)))
        .collect();
    format!(
        "::{} {}::{}\n",
        severity(diagnostic),
        properties.join(","),
        data(&words(diagnostic))
    )
}

/// A message: what would end the line is written as `%` and its number, and no other control
/// character reaches the log.
fn data(text: &str) -> String {
    let text = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    text.chars()
        .map(|c| if c.is_control() { '?' } else { c })
        .collect()
}

/// A property: the signs that part properties are written as numbers as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
