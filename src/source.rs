//! A file's text and ranges in it.
//!
//! In: the bytes of a file a person wrote. Out: [`Source`], its text as everything
//! downstream reads it (no byte-order mark, plain spaces), and [`Span`], a byte range in
//! that text. A [`Place`] is the two together: where a fault is.

use std::borrow::Cow;
use std::sync::Arc;

/// The text of one file, cheap to clone.
#[derive(Debug, Clone, Eq)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    first_line: usize,
    excerpt: bool,
}

/// Places are compared by the thousand, and most are of one file: its text is read only
/// where it was loaded twice.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Arc<str>, b: &Arc<str>| Arc::ptr_eq(a, b) || a == b;
        self.first_line == other.first_line
            && same(&self.name, &other.name)
            && same(&self.text, &other.text)
    }
}

impl Source {
    /// A file's text. A byte-order mark at the start is dropped, lines end as they may, and each
    /// no-break space becomes one plain space, so that columns hold and pasted text works.
    pub fn new(name: impl Into<Arc<str>>, text: &str) -> Self {
        Self {
            name: name.into(),
            text: tidy(text).into(),
            first_line: 1,
            excerpt: false,
        }
    }

    /// Part of a file: `text` begins at line `first_line` (counted from 1) of `name`.
    /// Used for data files, of which only the row at fault is kept.
    pub fn excerpt(name: impl Into<Arc<str>>, first_line: usize, text: &str) -> Self {
        Self {
            first_line: first_line.max(1),
            excerpt: true,
            ..Self::new(name, text)
        }
    }

    /// A file whose text could not be read at all.
    pub fn unread(name: impl Into<Arc<str>>) -> Self {
        Self::new(name, "")
    }

    /// The file's path as the reader should see it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The tidied text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number of the first line of [`Source::text`], counted from 1.
    pub fn first_line(&self) -> usize {
        self.first_line
    }

    /// Whether this is a picture of part of a file: its lines are those of the file, its
    /// columns and bytes need not be.
    pub fn is_excerpt(&self) -> bool {
        self.excerpt
    }

    /// Line and column (both from 1, columns in characters) of a byte offset.
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let offset = floor_boundary(&self.text, offset);
        let before = &self.text[..offset];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        (self.first_line + line, before[start..].chars().count() + 1)
    }

    /// Byte offset of a line and column (both from 1, columns in characters), the end of
    /// the line if the column lies past it.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let mut start = 0;
        for _ in self.first_line..line {
            match self.text[start..].find('\n') {
                Some(newline) => start += newline + 1,
                None => return self.text.len(),
            }
        }
        let rest = &self.text[start..];
        let end = rest.find('\n').unwrap_or(rest.len());
        rest[..end]
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(start + end, |(at, _)| start + at)
    }

    /// The text of a range.
    pub fn slice(&self, span: Span) -> &str {
        let start = floor_boundary(&self.text, span.start);
        let end = floor_boundary(&self.text, span.end.max(span.start));
        &self.text[start..end]
    }

    /// The place of a range in this file. Whoever parts a character, or points past the end,
    /// means the whole character, or the end.
    pub fn place(&self, span: Span) -> Place {
        let start = floor_boundary(&self.text, span.start);
        let mut end = span.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Place {
            source: self.clone(),
            span: Span::new(start, end),
        }
    }

    /// The file as a whole: its first character.
    pub fn whole(&self) -> Place {
        self.place(Span::new(0, 0))
    }
}

/// Where a byte of the tidied text of a file stands in its text as it is on disk.
pub fn on_disk(written: &str, offset: usize) -> usize {
    let mut tidied = 0;
    let mut chars = written.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let width = match c {
            '\u{feff}' if at == 0 => 0,
            '\r' if chars.peek().is_some_and(|(_, next)| *next == '\n') => 0,
            '\u{a0}' | '\u{202f}' | '\u{2007}' => 1,
            c => c.len_utf8(),
        };
        if width > 0 && tidied >= offset {
            return at;
        }
        // A line end of two signs is one: what comes before it stands before both.
        if width == 0 && at > 0 && tidied >= offset {
            return at;
        }
        tidied += width;
    }
    written.len()
}

/// A text in which a lone carriage return, which ends a line too, is a line feed.
pub fn without_lone_returns(text: &str) -> Cow<'_, str> {
    let mut parts = text.split('\r');
    let mut out = Cow::Borrowed(parts.next().unwrap_or_default());
    for part in parts {
        let out = out.to_mut();
        out.push(if part.starts_with('\n') { '\r' } else { '\n' });
        out.push_str(part);
    }
    out
}

fn tidy(text: &str) -> String {
    text.strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace(['\u{a0}', '\u{202f}', '\u{2007}'], " ")
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A range of bytes in a [`Source`], end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// From `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The smallest range that holds both.
    pub fn to(self, other: Span) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies within this range.
    pub fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Where something stands: a file and a range in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Source,
    /// The range.
    pub span: Span,
}

impl Place {
    /// `scripts/northshire/check.rhai:28:5`.
    pub fn name(&self) -> String {
        let (line, column) = self.source.line_and_column(self.span.start);
        format!("{}:{line}:{column}", self.source.name())
    }

    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.source.line_and_column(self.span.start).0
    }

    /// The text underlined.
    pub fn text(&self) -> &str {
        self.source.slice(self.span)
    }
}

/// A value and where its author wrote it.
#[derive(Debug, Clone)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub place: Place,
}

impl<T> Spanned<T> {
    /// The same place, another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned {
            value: change(self.value),
            place: self.place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_and_no_break_spaces_are_accepted_and_columns_hold() {
        let source = Source::new("a.rhai", "\u{feff}let\u{a0}x = 1;\r\nabc");
        assert_eq!(source.text(), "let x = 1;\nabc");
        assert_eq!(source.line_and_column(4), (1, 5));
        assert_eq!(source.line_and_column(11), (2, 1));
        assert_eq!(source.offset(2, 1), 11);
        assert_eq!(source.offset(2, 99), 14);
    }

    #[test]
    fn a_lone_carriage_return_ends_a_line_as_editors_have_it() {
        let written = "a;\rb;\r\nc;\r\rd";
        let source = Source::new("a.rhai", written);
        assert_eq!(source.text(), "a;\nb;\nc;\n\nd");
        for (sign, at) in [("b", 3), ("c", 7), ("d", 11)] {
            let offset = source.text().find(sign).unwrap();
            assert_eq!(on_disk(written, offset), at, "{sign}");
        }
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = Source::new("a", "\"é\" x");
        assert_eq!(source.offset(1, 5), 5);
        assert_eq!(source.line_and_column(5), (1, 5));
    }

    #[test]
    fn a_place_is_found_again_in_the_file_as_it_is_on_disk() {
        let written = "\u{feff}a:\u{a0}1\r\nb";
        let source = Source::new("a", written);
        assert_eq!(source.text(), "a: 1\nb");
        for (sign, at) in [("a", 3), (":", 4), ("1", 7), ("\n", 8), ("b", 10)] {
            let offset = source.text().find(sign).unwrap();
            assert_eq!(on_disk(written, offset), at, "{sign:?}");
        }
        assert_eq!(on_disk(written, source.text().len()), written.len());
    }

    #[test]
    fn a_place_holds_whole_characters_and_lies_in_its_file() {
        let source = Source::new("a", "xé€");
        for (asked, given) in [
            ((1, 2), (1, 3)),
            ((2, 2), (1, 3)),
            ((2, 4), (1, 6)),
            ((0, 99), (0, 6)),
            ((99, 100), (6, 6)),
            ((3, 1), (3, 3)),
        ] {
            let place = source.place(Span::new(asked.0, asked.1));
            assert_eq!((place.span.start, place.span.end), given, "{asked:?}");
        }
    }

    #[test]
    fn an_excerpt_keeps_the_line_numbers_of_its_file() {
        let source = Source::excerpt("survey.csv", 14, "a\nb");
        assert_eq!(source.whole().name(), "survey.csv:14:1");
        assert_eq!(source.offset(15, 1), 2);
    }
}
