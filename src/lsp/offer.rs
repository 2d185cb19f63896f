//! A choice that completion offers: what it is called, what it says and what it types, in;
//! the editor's item out.

use super::positions;
use super::spot::{Spot, Word};
use crate::source::Span;
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, InsertTextFormat,
    MarkupContent, MarkupKind, TextEdit,
};

/// One choice.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    pub label: String,
    pub kind: CompletionItemKind,
    /// What it is, on the line of the choice.
    pub detail: String,
    /// What there is to know of it, in Markdown.
    pub says: String,
    /// What is typed: a snippet, in which `$1` is a place to fill in; `None`: the label.
    pub snippet: Option<String>,
    /// Whether it is text: in quotes, unless it is being written in some.
    pub quoted: bool,
    /// Choices of a lower rank come first.
    pub rank: usize,
    /// What is replaced, if it is not the word being written.
    pub span: Option<Span>,
    /// What is typed elsewhere.
    pub also: Option<(Span, String)>,
}

impl Offer {
    /// A word.
    pub(super) fn word(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self {
            label: label.into(),
            kind,
            detail: String::new(),
            says: String::new(),
            snippet: None,
            quoted: false,
            rank: 1,
            span: None,
            also: None,
        }
    }

    /// A text.
    pub(super) fn text(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self {
            quoted: true,
            ..Self::word(label, kind)
        }
    }

    pub(super) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    pub(super) fn says(mut self, says: impl Into<String>) -> Self {
        self.says = says.into();
        self
    }

    pub(super) fn types(mut self, snippet: impl Into<String>) -> Self {
        self.snippet = Some(snippet.into());
        self
    }

    pub(super) fn rank(mut self, rank: usize) -> Self {
        self.rank = rank;
        self
    }

    /// The editor's item. `at` is the choice's place among those of its rank.
    pub(super) fn item(self, spot: &Spot<'_, '_>, at: usize, snippets: bool) -> CompletionItem {
        let in_text = matches!(spot.word, Word::Text(..));
        let typed = match (&self.snippet, self.quoted) {
            (Some(snippet), false) => snippet.clone(),
            (_, true) if in_text => {
                let close = matches!(spot.word, Word::Text(_, false));
                let label = escaped(&text(&self.label));
                if close { format!("{label}\"") } else { label }
            }
            (None, true) => format!("\"{}\"", escaped(&text(&self.label))),
            (Some(snippet), true) => snippet.clone(),
            (None, false) => escaped(&self.label),
        };
        let is_snippet = snippets && typed != plain(&typed);
        let edit = TextEdit {
            range: positions::range(spot.outline.source, self.span.unwrap_or(spot.span())),
            new_text: match is_snippet {
                true => typed,
                // An editor without snippets may not know what to do with several lines.
                false => one_line(&plain(&typed)),
            },
        };
        CompletionItem {
            filter_text: Some(self.label.clone()),
            sort_text: Some(format!("{:02}{at:04}", self.rank)),
            label: self.label,
            kind: Some(self.kind),
            detail: (!self.detail.is_empty()).then_some(self.detail),
            documentation: documentation(self.says),
            insert_text_format: Some(match is_snippet {
                true => InsertTextFormat::SNIPPET,
                false => InsertTextFormat::PLAIN_TEXT,
            }),
            text_edit: Some(CompletionTextEdit::Edit(edit)),
            additional_text_edits: self.also.map(|(span, new_text)| {
                let range = positions::range(spot.outline.source, span);
                vec![TextEdit { range, new_text }]
            }),
            ..CompletionItem::default()
        }
    }
}

/// What there is to know of a choice, if there is anything.
pub(super) fn documentation(says: String) -> Option<Documentation> {
    if says.is_empty() {
        return None;
    }
    Some(Documentation::MarkupContent(MarkupContent {
        kind: MarkupKind::Markdown,
        value: says,
    }))
}

/// Letters as a script writes them between quotes.
fn text(label: &str) -> String {
    label.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Letters that mean themselves in a snippet.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('$', "\\$")
        .replace('}', "\\}")
}

/// A snippet as plain text: each place to fill in as what stands in it, or the first of its
/// choices.
pub(super) fn plain(snippet: &str) -> String {
    let mut out = String::with_capacity(snippet.len());
    let mut letters = snippet.chars().peekable();
    // In how many `${…}` it is, and whether a choice was taken from the innermost.
    let mut open: Vec<bool> = Vec::new();
    while let Some(letter) = letters.next() {
        let passing = open.last().copied().unwrap_or(false);
        match letter {
            '\\' => {
                let next = letters.next().unwrap_or('\\');
                if !passing {
                    out.push(next);
                }
            }
            '$' => {
                let braces = letters.next_if_eq(&'{').is_some();
                while letters.next_if(char::is_ascii_digit).is_some() {}
                if braces && letters.next_if(|c| matches!(c, ':' | '|')).is_some() {
                    open.push(false);
                } else if braces {
                    letters.next_if_eq(&'}');
                }
            }
            ',' | '|' if !open.is_empty() && is_choice(&letters, letter) => {
                if let Some(taken) = open.last_mut() {
                    *taken = true;
                }
            }
            '}' if !open.is_empty() => {
                open.pop();
            }
            letter if !passing => out.push(letter),
            _ => {}
        }
    }
    out
}

/// Several lines as one.
fn one_line(text: &str) -> String {
    // Nothing is to be lined up in one line.
    let close = |line: &str| match line.trim().split_once(": ") {
        Some((key, value)) => format!("{key}: {}", value.trim_start()),
        None => line.trim().to_owned(),
    };
    let lines: Vec<String> = text.lines().map(close).collect();
    match lines.as_slice() {
        [first, middle @ .., last] => {
            let middle = middle.join(" ");
            let last = last.trim_start();
            format!("{first} {} {last}", middle.trim_end_matches(','))
        }
        _ => text.to_owned(),
    }
}

/// Whether a sign parts or ends the choices of a place: only these have `|}` after them.
fn is_choice(rest: &std::iter::Peekable<std::str::Chars<'_>>, sign: char) -> bool {
    let rest: String = rest.clone().collect();
    match sign {
        '|' => rest.starts_with('}'),
        _ => {
            let end = rest.find('}');
            end.is_some_and(|end| rest[..end].ends_with('|'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_has_a_plain_form() {
        for (snippet, text) in [
            ("weight: ${1:3},", "weight: 3,"),
            (
                "says: \"${1|yes,partly,no|}\", on: \"$2\"",
                "says: \"yes\", on: \"\"",
            ),
            ("${1:a, b} \\$5 \\} \\\\", "a, b $5 } \\"),
            ("|${1:w}| ${2:w.}$0", "|w| w."),
            ("#{ a: ${1} }", "#{ a:  }"),
            ("#{\n}", "#{\n}"),
        ] {
            assert_eq!(plain(snippet), text, "{snippet}");
        }
        let card = "omit(\"a\", #{\n    reason: \"\",\n    on:     \"\",\n});";
        assert_eq!(one_line(card), "omit(\"a\", #{ reason: \"\", on: \"\" });");
        assert_eq!(one_line(" a, "), " a, ");
        let odd = "a$b}c\\";
        assert_eq!(plain(&escaped(odd)), odd);
    }
}
