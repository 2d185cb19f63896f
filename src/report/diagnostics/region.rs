//! A place in, its lines and columns out, as far as they are known.

use crate::source::Place;

/// A range of a file, as other programs count: from 1, columns in characters, the end one
/// past the last character.
pub(super) struct Region {
    pub start: Point,
    pub end: Point,
}

/// A line, and what is known of the place in it.
pub(super) struct Point {
    pub line: usize,
    /// The column, and the byte in the text as it is read. Of a data file only a picture of
    /// the cell is kept, which says nothing of either.
    pub column_and_byte: Option<(usize, usize)>,
}

impl Region {
    /// The range of a place; `None` if the file has no text to point at.
    pub(super) fn of(place: &Place) -> Option<Self> {
        let source = &place.source;
        if source.text().is_empty() && !source.is_excerpt() {
            return None;
        }
        let point = |offset: usize| {
            let (line, column) = source.line_and_column(offset);
            Point {
                line,
                column_and_byte: (!source.is_excerpt())
                    .then(|| (column, offset.min(source.text().len()))),
            }
        };
        Some(Self {
            start: point(place.span.start),
            end: point(place.span.end.max(place.span.start)),
        })
    }
}
