//! Templates: a place in one in; the names, filters, tags and templates that fit there, what
//! is shown over a word, and where a template that is named stands, out.

mod names;
mod tags;
mod words;

use super::documents::Document;
use super::offer::documentation;
use super::{positions, uris};
use crate::host::{Host, ReadingCopies};
use crate::report::FILTERS;
use crate::source::{Source, Span};
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, DocumentSymbol, InsertTextFormat,
    Location, Range, SymbolKind, TextEdit,
};
use names::{Names, Shape};
use std::path::Path;
use tags::{Sort, Tag, Word};
use words::{LOOP, TAGS, filter_says};

/// A choice: its name, what it is, what it says, and a snippet.
struct Choice {
    name: String,
    kind: CompletionItemKind,
    is: String,
    says: String,
    types: Option<String>,
}

impl Choice {
    fn new(name: &str, kind: CompletionItemKind, is: &str, says: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            is: is.to_owned(),
            says: says.to_owned(),
            types: None,
        }
    }
}

fn name_of(host: &Host, document: &Document) -> String {
    let path = document.path.as_deref();
    let name = path.and_then(|path| host.template_name(path));
    name.unwrap_or_else(|| "pages/new.html.j2".to_owned())
}

/// The choices at a place.
pub(super) fn complete(
    host: &Host,
    document: &Document,
    at: usize,
    snippets: bool,
) -> Vec<CompletionItem> {
    let text = document.source.text();
    let Some(tag) = tags::at(text, at) else {
        return Vec::new();
    };
    let words = tag.words(text);
    let (span, choices) = choices(host, document, &tag, &words, at);
    let items = choices.into_iter().enumerate().map(|(place, choice)| {
        let typed = choice.types.as_deref().filter(|_| snippets);
        CompletionItem {
            filter_text: Some(choice.name.clone()),
            sort_text: Some(format!("{place:04}")),
            kind: Some(choice.kind),
            detail: (!choice.is.is_empty()).then_some(choice.is),
            documentation: documentation(choice.says),
            insert_text_format: Some(match typed {
                Some(_) => InsertTextFormat::SNIPPET,
                None => InsertTextFormat::PLAIN_TEXT,
            }),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                range: positions::range(&document.source, span),
                new_text: typed.map_or_else(|| choice.name.clone(), str::to_owned),
            })),
            label: choice.name,
            ..CompletionItem::default()
        }
    });
    items.collect()
}

fn choices(
    host: &Host,
    document: &Document,
    tag: &Tag,
    words: &[Word<'_>],
    at: usize,
) -> (Span, Vec<Choice>) {
    let text = document.source.text();
    let index = words.partition_point(|word| word.span.end < at);
    let current = words.get(index).filter(|word| word.span.start < at);
    let nothing = Span::new(at, at);
    if let Some(word) = current.filter(|word| word.is_text()) {
        let names_template = words
            .first()
            .is_some_and(|it| matches!(it.text, "include" | "extends"));
        let inside = Span::new(
            word.span.start + 1,
            (word.span.end - 1).max(word.span.start + 1),
        );
        return match names_template {
            true => (inside, templates(host, document)),
            false => (inside, Vec::new()),
        };
    }
    let is_word = current.is_some_and(|word| word.is_name());
    let (span, before) = match current.filter(|_| is_word) {
        Some(word) => (word.span, index),
        None => (nothing, words.partition_point(|word| word.span.end <= at)),
    };
    let sign = before
        .checked_sub(1)
        .map_or("", |before| words[before].text);
    if tag.sort == Sort::Statement && before == 0 {
        let closed = text[tag.inner.end.max(at)..].starts_with("%}");
        return (span, tag_words(closed));
    }
    if sign == "|" {
        let filters = FILTERS.iter();
        let filters = filters.map(|name| {
            Choice::new(
                name,
                CompletionItemKind::FUNCTION,
                "a filter",
                filter_says(name),
            )
        });
        return (span, filters.collect());
    }
    let name = name_of(host, document);
    let names = Names::at(host, document.path.as_deref(), &name, text, at);
    if sign == "." {
        let chain = tags::chain(words, before - 1);
        if chain == ["loop"] {
            let own = LOOP.iter();
            let own =
                own.map(|(name, says)| Choice::new(name, CompletionItemKind::FIELD, "", says));
            return (span, own.collect());
        }
        let of = names.follow(&chain);
        return (span, fields(&of));
    }
    if words
        .first()
        .is_some_and(|it| matches!(it.text, "include" | "extends" | "block"))
    {
        return (span, Vec::new());
    }
    let mut choices: Vec<Choice> = names
        .all()
        .map(|(name, is, says)| Choice::new(name, CompletionItemKind::VARIABLE, is, says))
        .collect();
    for word in ["and", "or", "not", "in", "if", "else"] {
        choices.push(Choice::new(word, CompletionItemKind::KEYWORD, "", ""));
    }
    (span, choices)
}

fn fields(of: &Shape) -> Vec<Choice> {
    let Some(sort) = of.sort() else {
        return Vec::new();
    };
    sort.names
        .iter()
        .map(|name| Choice::new(&name.name, CompletionItemKind::FIELD, &name.is, &name.says))
        .collect()
}

fn tag_words(closed: bool) -> Vec<Choice> {
    TAGS.iter()
        .map(|(name, says, typed)| {
            let mut choice = Choice::new(name, CompletionItemKind::KEYWORD, says, "");
            // Where the tag is closed already, its word alone is typed.
            choice.types = (!closed).then(|| (*typed).to_owned());
            choice
        })
        .collect()
}

fn templates(host: &Host, document: &Document) -> Vec<Choice> {
    let path = document
        .path
        .as_deref()
        .unwrap_or(Path::new("page.html.j2"));
    let own = host.template_name(path);
    let near = host.templates_near(path).into_iter();
    near.filter(|(name, _)| name.ends_with(".j2") && Some(name) != own.as_ref())
        .map(|(name, path)| {
            let whose = if path.is_some() {
                "yours"
            } else {
                "the program's own"
            };
            Choice::new(&name, CompletionItemKind::FILE, whose, "")
        })
        .collect()
}

/// What there is to know of the word at a place.
pub(super) fn hover(host: &Host, document: &Document, at: usize) -> Option<(String, Span)> {
    let text = document.source.text();
    let tag = tags::at(text, at)?;
    let words = tag.words(text);
    let index = words
        .iter()
        .position(|word| word.span.start <= at && at <= word.span.end && word.is_name())?;
    let word = &words[index];
    let sign = index.checked_sub(1).map_or("", |before| words[before].text);
    if sign == "|" && FILTERS.contains(&word.text) {
        return Some((
            format!("**{}**: {}", word.text, filter_says(word.text)),
            word.span,
        ));
    }
    if tag.sort == Sort::Statement && index == 0 {
        let known = TAGS.iter().find(|(name, ..)| *name == word.text)?;
        return Some((format!("**{}**: {}", known.0, known.1), word.span));
    }
    let name = name_of(host, document);
    let names = Names::at(host, document.path.as_deref(), &name, text, at);
    let told = match sign {
        "." => {
            let chain = tags::chain(&words, index - 1);
            let of = names.follow(&chain);
            let found = of
                .sort()?
                .names
                .iter()
                .find(|name| name.name == word.text)?;
            (found.is.clone(), found.says.clone())
        }
        _ => {
            let (_, is, says) = names.all().find(|(name, ..)| *name == word.text)?;
            (is.to_owned(), says.to_owned())
        }
    };
    Some((
        format!("**{}**: {}\n\n{}", word.text, told.0, told.1),
        word.span,
    ))
}

/// The file of the template that is named at a place.
pub(super) fn definition(
    host: &Host,
    document: &Document,
    at: usize,
    copies: &mut ReadingCopies,
) -> Option<Location> {
    let text = document.source.text();
    let tag = tags::at(text, at)?;
    let words = tag.words(text);
    let named = words
        .iter()
        .find(|word| word.is_text() && word.span.start <= at && at <= word.span.end)?;
    let wanted = named.text.trim_matches('"');
    let path = document
        .path
        .as_deref()
        .unwrap_or(Path::new("page.html.j2"));
    let (name, path) = host
        .templates_near(path)
        .into_iter()
        .find(|(name, _)| name == wanted)?;
    let path = match path {
        Some(path) => path,
        None => copies.path(&format!("templates/{name}")).ok()?,
    };
    Some(Location::new(uris::uri(&path)?, Range::default()))
}

/// The blocks of a template, and the templates that it names.
pub(super) fn symbols(document: &Document) -> Vec<DocumentSymbol> {
    let source = &document.source;
    let text = source.text();
    let tags = tags::tags(text)
        .into_iter()
        .filter(|tag| tag.sort == Sort::Statement);
    let symbols = tags.filter_map(|tag| {
        let words = tag.words(text);
        let (first, second) = (words.first()?, words.get(1)?);
        let kind = match first.text {
            "block" => SymbolKind::MODULE,
            "include" | "extends" => SymbolKind::FILE,
            "set" => SymbolKind::VARIABLE,
            _ => return None,
        };
        let name = format!("{} {}", first.text, second.text.trim_matches('"'));
        Some(symbol(source, name, kind, tag.whole, second.span))
    });
    symbols.collect()
}

#[allow(
    deprecated,
    reason = "a field that editors no longer read must still be filled"
)]
fn symbol(
    source: &Source,
    name: String,
    kind: SymbolKind,
    whole: Span,
    own: Span,
) -> DocumentSymbol {
    DocumentSymbol {
        name,
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range: positions::range(source, whole),
        selection_range: positions::range(source, own),
        children: None,
    }
}
