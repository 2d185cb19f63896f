//! Answers about one text: a question of an editor in, what is sent back out.

use super::capabilities::Client;
use super::desk::{Desk, Role};
use super::documents::{Document, Sort};
use super::outline::Outline;
use super::spot::Word;
use super::told::Told;
use super::{
    complete, definition, hover, positions, referent, rename, signature, symbols, templates,
};
use crate::host::{Glimpses, Host, ReadingCopies};
use crate::source::{Source, Span};
use lsp_types::{
    CodeActionOrCommand, CompletionItem, DocumentSymbol, Hover, HoverContents, Location,
    MarkupContent, MarkupKind, Position, Range, SymbolInformation, TextEdit, Uri,
};
use serde::Serialize;
use serde_json::Value;

/// The longest text that is thought about while it is being typed, in bytes.
const LARGEST: usize = 1 << 20;

/// What is at hand for an answer.
pub(super) struct Asked<'q> {
    /// It knows every text that is open.
    pub host: &'q Host,
    pub glimpses: &'q Glimpses,
    pub copies: &'q mut ReadingCopies,
    pub client: &'q Client,
    pub uri: &'q Uri,
    pub document: &'q Document,
    pub told: Told,
}

impl Asked<'_> {
    fn is_too_large(&self) -> bool {
        self.document.text.len() > LARGEST
    }

    fn offset(&self, position: Position) -> usize {
        positions::offset(self.document.source.text(), position)
    }
}

fn value(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap_or(Value::Null)
}

/// The choices at a position. `typed` is the sign that made the editor ask.
pub(super) fn completion(asked: &mut Asked<'_>, position: Position, typed: Option<&str>) -> Value {
    if asked.is_too_large() {
        return Value::Null;
    }
    let at = asked.offset(position);
    let items: Vec<CompletionItem> = match asked.document.sort {
        Sort::Template => {
            templates::complete(asked.host, asked.document, at, asked.client.snippets)
        }
        Sort::Script => {
            let outline = Outline::of(&asked.document.source);
            let desk = Desk::new(asked.host, asked.glimpses, asked.document, &outline, at);
            let is_idle = match typed {
                // A quote that closes, a colon after a key, a bar that ends the names.
                Some("\"") => !matches!(desk.spot.word, Word::Text(..)),
                Some(":") => !desk.spot.before().is_some_and(|token| token.is("::")),
                Some("|") => desk.spot.bars.is_none(),
                _ => false,
            };
            match is_idle {
                true => Vec::new(),
                false => complete::complete(&desk, asked.client.snippets),
            }
        }
    };
    value(items)
}

/// A place where a word is spoken of: its end, or within a text.
fn place_of_word(outline: &Outline<'_>, at: usize) -> usize {
    let tokens = &outline.tokens;
    let index = tokens.partition_point(|token| token.span.end <= at);
    match tokens.get(index) {
        Some(token) if token.span.start <= at && token.is_word() => token.span.end,
        Some(token) if token.span.start == at => at + 1,
        _ => at,
    }
}

/// What there is to know of the word at a position.
pub(super) fn hover(asked: &mut Asked<'_>, position: Position) -> Value {
    if asked.is_too_large() {
        return Value::Null;
    }
    let at = asked.offset(position);
    let source = &asked.document.source;
    let found: Option<(String, Span)> = match asked.document.sort {
        Sort::Template => templates::hover(asked.host, asked.document, at),
        Sort::Script => {
            let outline = Outline::of(source);
            let at = place_of_word(&outline, at);
            let desk = Desk::new(asked.host, asked.glimpses, asked.document, &outline, at);
            referent::referent(&desk)
                .and_then(|(referent, span)| Some((hover::hover(&desk, &referent)?, span)))
        }
    };
    let explained = asked.told.explained(asked.document, at);
    let (text, span) = match (found, explained) {
        (Some((text, span)), Some((why, _))) => (format!("{text}\n\n---\n\n{why}"), span),
        (Some(found), None) => found,
        (None, Some(why)) => why,
        (None, None) => return Value::Null,
    };
    value(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: text,
        }),
        range: Some(positions::range(source, span)),
    })
}

/// Where the thing at a position is defined.
pub(super) fn definition(asked: &mut Asked<'_>, position: Position) -> Value {
    if asked.is_too_large() {
        return Value::Null;
    }
    let at = asked.offset(position);
    let there: Option<Location> = match asked.document.sort {
        Sort::Template => templates::definition(asked.host, asked.document, at, asked.copies),
        Sort::Script => {
            let outline = Outline::of(&asked.document.source);
            let at = place_of_word(&outline, at);
            let desk = Desk::new(asked.host, asked.glimpses, asked.document, &outline, at);
            referent::referent(&desk).and_then(|(referent, _)| {
                definition::definition(&desk, &referent, asked.uri, asked.copies)
            })
        }
    };
    value(there)
}

/// What the function takes that is being called at a position.
pub(super) fn signature(asked: &mut Asked<'_>, position: Position) -> Value {
    if asked.is_too_large() || asked.document.sort == Sort::Template {
        return Value::Null;
    }
    let at = asked.offset(position);
    let outline = Outline::of(&asked.document.source);
    let desk = Desk::new(asked.host, asked.glimpses, asked.document, &outline, at);
    value(signature::signature(&desk))
}

/// The word at a position, if it can have another name.
pub(super) fn prepared(asked: &mut Asked<'_>, position: Position) -> Result<Value, String> {
    if asked.is_too_large() || asked.document.sort == Sort::Template {
        return Ok(Value::Null);
    }
    let at = asked.offset(position);
    let source = &asked.document.source;
    let outline = Outline::of(source);
    let at = place_of_word(&outline, at);
    let mut desk = Desk::new(asked.host, asked.glimpses, asked.document, &outline, at);
    let span = rename::prepared(&mut desk)?;
    Ok(value(positions::range(source, span)))
}

/// Every edit that gives the thing at a position another name.
pub(super) fn renamed(
    asked: &mut Asked<'_>,
    position: Position,
    name: &str,
) -> Result<Value, String> {
    if asked.is_too_large() || asked.document.sort == Sort::Template {
        return Ok(Value::Null);
    }
    let at = asked.offset(position);
    let outline = Outline::of(&asked.document.source);
    let at = place_of_word(&outline, at);
    let mut desk = Desk::new(asked.host, asked.glimpses, asked.document, &outline, at);
    // The script has its tests beside it, and they have it.
    let beside = match desk.role {
        Role::Check => Some("tests.rhai"),
        Role::Tests => Some("check.rhai"),
        Role::Library => None,
    };
    let path = beside.and_then(|name| Some(asked.document.path.as_deref()?.with_file_name(name)));
    let source = path.as_deref().and_then(|path| asked.host.text_at(path));
    let source = source.unwrap_or(Source::unread(""));
    let outline = Outline::of(&source);
    let mut there = path
        .as_deref()
        .map(|path| Desk::of(asked.host, asked.glimpses, Some(path), &outline, 0));
    rename::renamed(&mut desk, asked.uri, there.as_mut(), name).map(value)
}

/// What is in the text.
pub(super) fn symbols(asked: &mut Asked<'_>) -> Value {
    if asked.is_too_large() {
        return Value::Null;
    }
    let all = match asked.document.sort {
        Sort::Template => templates::symbols(asked.document),
        Sort::Script => symbols::symbols(&Outline::of(&asked.document.source)),
    };
    match asked.client.nested_symbols {
        true => value(all),
        false => value(
            all.into_iter()
                .map(|one| flat(one, asked.uri))
                .collect::<Vec<_>>(),
        ),
    }
}

#[allow(
    deprecated,
    reason = "a field that editors no longer read must still be filled"
)]
fn flat(symbol: DocumentSymbol, uri: &Uri) -> SymbolInformation {
    SymbolInformation {
        name: symbol.name,
        kind: symbol.kind,
        tags: None,
        deprecated: None,
        location: Location::new(uri.clone(), symbol.range),
        container_name: None,
    }
}

/// The edits that lay a script out: the lines that change, and no others.
pub(super) fn formatting(asked: &mut Asked<'_>) -> Value {
    let text = &asked.document.text;
    if asked.document.sort == Sort::Template || asked.is_too_large() {
        return Value::Null;
    }
    let Some(laid) = asked.host.layout_of_text(text) else {
        return Value::Null;
    };
    let edits: Vec<TextEdit> = change(text, &laid).into_iter().collect();
    value(edits)
}

/// The one edit that makes one text of another, from the first line that differs to the last.
fn change(before: &str, after: &str) -> Option<TextEdit> {
    if before == after {
        return None;
    }
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest);
    let tail = tail.take_while(|(a, b)| a == b).count();
    let start: usize = old[..head].iter().map(|line| line.len()).sum();
    let end: usize = before.len()
        - old[old.len() - tail..]
            .iter()
            .map(|line| line.len())
            .sum::<usize>();
    let range = Range::new(
        positions::position(before, start),
        positions::position(before, end),
    );
    Some(TextEdit {
        range,
        new_text: new[head..new.len() - tail].concat(),
    })
}

/// What mends the faults in a range.
pub(super) fn actions(asked: &mut Asked<'_>, range: Range) -> Value {
    if !asked.client.actions {
        return value(Vec::<CodeActionOrCommand>::new());
    }
    let actions = asked.told.actions(asked.document, asked.uri, range);
    value(
        actions
            .into_iter()
            .map(CodeActionOrCommand::CodeAction)
            .collect::<Vec<_>>(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lines_that_change_are_laid_out() {
        let edit = change("a\nb\nc\n", "a\nB\nB\nc\n").unwrap();
        assert_eq!(
            edit.range,
            Range::new(Position::new(1, 0), Position::new(2, 0))
        );
        assert_eq!(edit.new_text, "B\nB\n");
        assert_eq!(change("a\n", "a\n"), None);
        let edit = change("a", "a\n").unwrap();
        assert_eq!(
            edit.range,
            Range::new(Position::new(0, 0), Position::new(0, 1))
        );
        let edit = change("a\na\n", "a\n").unwrap();
        assert_eq!(edit.new_text, "");
    }
}
