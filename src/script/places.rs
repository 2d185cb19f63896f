//! Where each key and value of a card stands: structure by brackets, commas and colons,
//! joined to the call by the place of its verb.

use super::tokens::{Kind, Token, inner};
use crate::source::Span;

/// The extents of one card.
#[derive(Debug, Clone)]
pub(super) struct CardPlaces {
    /// From the verb to the closing bracket.
    pub whole: Span,
    /// The verb.
    pub verb: Span,
    /// The arguments.
    pub arguments: Vec<ValuePlaces>,
}

/// The extents of a value and of what it holds.
#[derive(Debug, Clone)]
pub(super) struct ValuePlaces {
    /// The value.
    pub span: Span,
    /// Its keys and values, if it is written as a map.
    pub entries: Vec<EntryPlaces>,
    /// Its entries, if it is written as a list.
    pub list: Vec<ValuePlaces>,
    /// Whether it is written here as a map.
    pub is_map: bool,
}

/// The extents of a key and its value.
#[derive(Debug, Clone)]
pub(super) struct EntryPlaces {
    pub key: String,
    pub key_span: Span,
    pub value: ValuePlaces,
}

/// The card whose verb begins at this byte.
pub(super) fn card_at(tokens: &[Token<'_>], start: usize) -> Option<CardPlaces> {
    let verb = tokens
        .binary_search_by_key(&start, |token| token.span.start)
        .ok()?;
    if !tokens.get(verb + 1)?.is("(") {
        return None;
    }
    let mut reader = Reader {
        tokens,
        at: verb + 2,
    };
    let mut arguments = Vec::new();
    while let Some(token) = reader.peek() {
        if token.is(")") {
            break;
        }
        if token.is(",") {
            reader.at += 1;
            continue;
        }
        arguments.push(reader.value()?);
    }
    let end = reader.peek()?;
    Some(CardPlaces {
        whole: tokens[verb].span.to(end.span),
        verb: tokens[verb].span,
        arguments,
    })
}

struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
    at: usize,
}

impl<'a> Reader<'_, 'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    /// A value: up to the comma or the closing bracket that ends it.
    fn value(&mut self) -> Option<ValuePlaces> {
        let first = self.peek()?;
        let start = self.at;
        let mut places = ValuePlaces {
            span: first.span,
            entries: Vec::new(),
            list: Vec::new(),
            is_map: false,
        };
        if first.is("#{") {
            self.at += 1;
            places.entries = self.entries()?;
            places.is_map = true;
        } else if first.is("[") {
            self.at += 1;
            places.list = self.list()?;
        } else if first.is("|") {
            // The names of a formula may be parted by commas.
            self.at += 1;
            while !self.peek()?.is("|") {
                self.at += 1;
            }
            self.at += 1;
        }
        let mut depth = 0usize;
        while let Some(token) = self.peek() {
            if token.opens() {
                depth += 1;
            } else if token.closes() {
                if depth == 0 {
                    break;
                }
                depth -= 1;
            } else if depth == 0 && token.is(",") {
                break;
            }
            // More follows the bracket, so it is not simply a map or a list.
            if self.at > start && depth == 0 && places.is_map && !token.closes() {
                places.is_map = false;
                places.entries.clear();
            }
            self.at += 1;
        }
        let last = self.tokens.get(self.at.checked_sub(1)?)?;
        places.span = first.span.to(last.span);
        Some(places)
    }

    fn entries(&mut self) -> Option<Vec<EntryPlaces>> {
        let mut entries = Vec::new();
        loop {
            let key = self.peek()?;
            if key.is("}") {
                self.at += 1;
                return Some(entries);
            }
            if key.is(",") {
                self.at += 1;
                continue;
            }
            if !self.tokens.get(self.at + 1)?.is(":") {
                return None;
            }
            self.at += 2;
            let value = self.value()?;
            entries.push(EntryPlaces {
                key: if key.kind == Kind::Text {
                    inner(&key)
                } else {
                    key.text.to_owned()
                },
                key_span: key.span,
                value,
            });
        }
    }

    fn list(&mut self) -> Option<Vec<ValuePlaces>> {
        let mut list = Vec::new();
        loop {
            let token = self.peek()?;
            if token.is("]") {
                self.at += 1;
                return Some(list);
            }
            if token.is(",") {
                self.at += 1;
                continue;
            }
            list.push(self.value()?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::scan;
    use super::*;

    #[test]
    fn every_key_and_value_has_its_extent_even_after_a_formula_of_two_tables() {
        let script = r#"measure("a", #{ value: |survey, workers| f(survey, 1), best: [1, #{x: 2}], worst: g(1) + 2 });"#;
        let tokens = scan(script);
        let card = card_at(&tokens, 0).unwrap();
        let text = |span: Span| &script[span.start..span.end];
        assert_eq!(text(card.whole), script.trim_end_matches(';'));
        assert_eq!(text(card.arguments[0].span), "\"a\"");
        let entries = &card.arguments[1].entries;
        let shown: Vec<(&str, &str)> = entries
            .iter()
            .map(|entry| (text(entry.key_span), text(entry.value.span)))
            .collect();
        assert_eq!(
            shown,
            [
                ("value", "|survey, workers| f(survey, 1)"),
                ("best", "[1, #{x: 2}]"),
                ("worst", "g(1) + 2")
            ]
        );
        assert_eq!(text(entries[1].value.list[1].entries[0].value.span), "2");
    }
}
