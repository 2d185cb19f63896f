//! An editor's positions and ours: lines and UTF-16 units on their side, bytes on ours.
//!
//! An editor's text and a [`Source`] made of it have the same lines and as many units in
//! each: a no-break space and the plain one that it becomes are both one unit.

use crate::source::{Source, Span};
use lsp_types::{Position, Range};

/// The byte of a position; the end of its line, or of the text, if it lies beyond.
pub(super) fn offset(text: &str, position: Position) -> usize {
    let mut start = 0;
    for _ in 0..position.line {
        match text[start..].find('\n') {
            Some(newline) => start += newline + 1,
            None => return text.len(),
        }
    }
    let line = text[start..].split('\n').next().unwrap_or_default();
    let mut units = 0;
    for (at, letter) in line.char_indices() {
        if units >= position.character as usize {
            return start + at;
        }
        units += letter.len_utf16();
    }
    start + line.len()
}

/// The position of a byte; of the character that it is in, if it does not begin one.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let units: usize = before[start..].chars().map(char::len_utf16).sum();
    Position::new(whole(before.matches('\n').count()), whole(units))
}

/// The range of a span.
pub(super) fn range(source: &Source, span: Span) -> Range {
    let text = source.text();
    Range::new(position(text, span.start), position(text, span.end))
}

/// The span of a range.
pub(super) fn span(source: &Source, range: Range) -> Span {
    let text = source.text();
    Span::new(offset(text, range.start), offset(text, range.end))
}

/// A number of lines or units: a text is never as long as the most that it can hold.
fn whole(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_those_of_utf_16() {
        let text = "a\u{e9}\u{1f600}b\nc";
        for (at, line, character) in [
            (0, 0, 0),
            (1, 0, 1),
            (3, 0, 2),
            (7, 0, 4),
            (8, 0, 5),
            (9, 1, 0),
            (10, 1, 1),
        ] {
            let there = Position::new(line, character);
            assert_eq!(position(text, at), there, "{at}");
            assert_eq!(offset(text, there), at, "{there:?}");
        }
    }

    #[test]
    fn a_position_beyond_its_line_or_the_text_is_the_end_of_it() {
        let text = "ab\nc";
        assert_eq!(offset(text, Position::new(0, 99)), 2);
        assert_eq!(offset(text, Position::new(9, 0)), 4);
        assert_eq!(position(text, 99), Position::new(1, 1));
        // Within the two units of one character: after it.
        assert_eq!(offset("\u{1f600}b", Position::new(0, 1)), 4);
    }
}
