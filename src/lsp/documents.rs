//! The texts that are open in an editor: what it opens, changes and closes in, each text
//! as it stands now out.

use super::{positions, uris};
use crate::source::Source;
use lsp_types::TextDocumentContentChangeEvent;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a text is, by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A script: cards, a library, or a council's tests.
    Script,
    /// A template of pages.
    Template,
}

/// One text that is open.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// Where its file is; `None` if it was never saved.
    pub path: Option<PathBuf>,
    /// What it is.
    pub sort: Sort,
    /// The editor's number of this state of it.
    pub version: i32,
    /// Its letters as the editor has them, each line ended by `\n`.
    pub text: String,
    /// The same as everything downstream reads it.
    pub source: Source,
}

impl Document {
    fn new(uri: &str, language: &str, version: i32, text: &str) -> Self {
        let path = uris::path(uri);
        let ends = |end: &str| uri.ends_with(end);
        let sort = match ends(".j2") || (!ends(".rhai") && language.contains("jinja")) {
            true => Sort::Template,
            false => Sort::Script,
        };
        let mut document = Self {
            path,
            sort,
            version,
            text: String::new(),
            source: Source::unread(""),
        };
        document.put(lines(text));
        document
    }

    fn put(&mut self, text: String) {
        let name = self.path.as_deref().map(|path| path.to_string_lossy());
        let name = name.unwrap_or_default().into_owned();
        self.source = Source::new(name, &text);
        self.text = text;
    }

    fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let mut text = std::mem::take(&mut self.text);
        for change in changes {
            let new = lines(&change.text);
            match change.range {
                None => text = new,
                Some(range) => {
                    let start = positions::offset(&text, range.start);
                    let end = positions::offset(&text, range.end).max(start);
                    text.replace_range(start..end, &new);
                }
            }
        }
        self.version = version;
        self.put(text);
    }
}

/// However an editor ends its lines, here it is `\n`.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// All texts that are open, by their address.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: BTreeMap<String, Document>,
}

impl Documents {
    /// A text is opened.
    pub(super) fn open(&mut self, uri: &str, language: &str, version: i32, text: &str) {
        let document = Document::new(uri, language, version, text);
        self.open.insert(uri.to_owned(), document);
    }

    /// A text changes.
    pub(super) fn change(
        &mut self,
        uri: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) {
        if let Some(document) = self.open.get_mut(uri) {
            document.change(version, changes);
        }
    }

    /// A text is closed.
    pub(super) fn close(&mut self, uri: &str) {
        self.open.remove(uri);
    }

    /// A text by its address.
    pub(super) fn get(&self, uri: &str) -> Option<&Document> {
        self.open.get(uri)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Document)> {
        self.open
            .iter()
            .map(|(uri, document)| (uri.as_str(), document))
    }

    /// The texts that stand for files.
    pub(super) fn unsaved(&self) -> Vec<(PathBuf, String)> {
        let files = self.open.values().filter_map(|document| {
            let path = document.path.clone()?;
            Some((path, document.text.clone()))
        });
        files.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_types::{Position, Range};

    fn change(from: (u32, u32), to: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let at = |(line, character)| Position::new(line, character);
        TextDocumentContentChangeEvent {
            range: Some(Range::new(at(from), at(to))),
            range_length: None,
            text: text.to_owned(),
        }
    }

    #[test]
    fn parts_are_changed_one_after_the_other_whatever_ends_the_lines() {
        let mut open = Documents::default();
        open.open("file:///a/check.rhai", "rhai", 1, "a\r\n\u{1f600}b\r\nc");
        let changes = vec![
            change((1, 2), (1, 3), "xy"),
            change((0, 1), (1, 0), "\r\n\r\n"),
        ];
        open.change("file:///a/check.rhai", 2, changes);
        let document = open.get("file:///a/check.rhai").unwrap();
        assert_eq!(document.text, "a\n\n\u{1f600}xy\nc");
        assert_eq!(document.version, 2);
    }

    #[test]
    fn a_range_that_ends_before_it_begins_takes_nothing_away() {
        let mut open = Documents::default();
        open.open("untitled:1", "rhai", 1, "abc");
        open.change("untitled:1", 2, vec![change((0, 2), (0, 1), "x")]);
        assert_eq!(open.get("untitled:1").unwrap().text, "abxc");
    }

    #[test]
    fn templates_are_told_by_the_end_of_their_name() {
        let mut open = Documents::default();
        open.open("file:///t/pages/a.html.j2", "html", 1, "");
        open.open("untitled:2", "jinja-html", 1, "");
        open.open("file:///a/check.rhai", "jinja", 1, "");
        let sort = |uri: &str| open.get(uri).unwrap().sort;
        assert_eq!(sort("file:///t/pages/a.html.j2"), Sort::Template);
        assert_eq!(sort("untitled:2"), Sort::Template);
        assert_eq!(sort("file:///a/check.rhai"), Sort::Script);
    }
}
