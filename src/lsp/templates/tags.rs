//! The tags of a template and the words in them: its text in, each tag with its extent out,
//! closed or not.

use crate::script::tokens::{Kind, scan};
use crate::source::Span;

/// What a tag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// `{{ … }}`.
    Value,
    /// `{% … %}`.
    Statement,
    /// `{# … #}`.
    Note,
}

/// One tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag {
    pub sort: Sort,
    /// With its braces.
    pub whole: Span,
    /// Between its braces.
    pub inner: Span,
}

/// One word or sign of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'t> {
    kind: Kind,
    pub text: &'t str,
    pub span: Span,
}

impl Word<'_> {
    pub(super) fn is_name(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::OpenText)
    }
}

impl Tag {
    /// Its words and signs.
    pub(super) fn words<'t>(&self, text: &'t str) -> Vec<Word<'t>> {
        let inner = &text[self.inner.start..self.inner.end];
        let tokens = scan(inner).into_iter();
        tokens
            .map(|token| Word {
                kind: token.kind,
                text: token.text,
                span: Span::new(
                    self.inner.start + token.span.start,
                    self.inner.start + token.span.end,
                ),
            })
            .skip_while(|word| word.text == "-" || word.text == "+")
            .collect()
    }
}

/// Every tag, in order. One that is not closed ends with its line.
pub(super) fn tags(text: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('{') {
        let start = from + at;
        let (sort, close) = match text[start..].get(..2) {
            Some("{{") => (Sort::Value, "}}"),
            Some("{%") => (Sort::Statement, "%}"),
            Some("{#") => (Sort::Note, "#}"),
            _ => {
                from = start + 1;
                continue;
            }
        };
        let rest = &text[start + 2..];
        let line = rest.find('\n').unwrap_or(rest.len());
        // An open tag does not swallow the next one.
        let next = ["{{", "{%", "{#"]
            .iter()
            .filter_map(|open| rest.find(open))
            .min();
        let end = rest
            .find(close)
            .filter(|end| next.is_none_or(|next| *end < next) || sort == Sort::Note);
        let (inner, whole) = match end {
            Some(end) => (end, end + 2),
            None => (
                line.min(next.unwrap_or(line)),
                line.min(next.unwrap_or(line)),
            ),
        };
        let start_inner = start + 2;
        found.push(Tag {
            sort,
            whole: Span::new(start, start_inner + whole),
            inner: Span::new(start_inner, start_inner + inner),
        });
        from = (start_inner + whole).max(start + 2);
    }
    found
}

/// The tag that a byte is in; none in a note.
pub(super) fn at(text: &str, at: usize) -> Option<Tag> {
    let tags = tags(text).into_iter();
    let mut here = tags.filter(|tag| tag.inner.start <= at && at <= tag.inner.end);
    here.next().filter(|tag| tag.sort != Sort::Note)
}

/// The names that are joined by dots before the dot at an index: `item.national` before the
/// last dot of `item.national.value`.
pub(super) fn chain<'t>(words: &[Word<'t>], dot: usize) -> Vec<&'t str> {
    let mut names = Vec::new();
    let mut at = dot;
    while let Some(name) = at.checked_sub(1).map(|before| &words[before]) {
        if !name.is_name() {
            return Vec::new();
        }
        names.push(name.text);
        match at.checked_sub(2) {
            Some(before) if words[before].text == "." => at = before,
            _ => break,
        }
    }
    names.reverse();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_that_is_not_closed_swallows_nothing() {
        let text = "a {{ b.c }} {% if d\n<p>{{ e }} {# f #}";
        let shown: Vec<&str> = tags(text)
            .iter()
            .map(|tag| text[tag.inner.start..tag.inner.end].trim())
            .collect();
        assert_eq!(shown, ["b.c", "if d", "e", "f"]);
        assert!(at(text, 8).is_some() && at(text, 0).is_none());
        assert!(at(text, text.len() - 4).is_none(), "a note");
    }

    #[test]
    fn names_are_joined_by_dots() {
        let text = "{{ a.b.c }}";
        let tag = tags(text)[0];
        let words = tag.words(text);
        assert_eq!(chain(&words, 3), ["a", "b"]);
        assert_eq!(chain(&words, 1), ["a"]);
    }
}
