//! What may be written at a spot: the brackets that are open there in; an id, a key after the
//! keys that lead to it, a value or code, out.

use super::{Frame, Holds, Spot, Word};
use crate::lsp::outline::{What, is_verb};
use crate::script::tokens::Kind;

/// What may be written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lsp) enum Place {
    /// A card, a function, a constant.
    Top,
    /// A card's id.
    Id,
    /// What follows a card's id.
    Body,
    /// A key, after the keys that lead to its map: none for the card itself.
    Key(Vec<String>),
    /// The value of the last of these keys.
    Value(Vec<String>),
    /// A formula, a function, a test.
    Code,
}

impl Spot<'_, '_> {
    /// What may be written there.
    pub(in crate::lsp) fn place(&self) -> Place {
        let is_card = self
            .card()
            .is_some_and(|card| is_verb(self.outline.tokens[card.verb].text));
        let mut frames = self.frames.iter();
        let Some(first) = frames.next() else {
            return match self.piece.map(|piece| &piece.what) {
                Some(What::Constant { .. }) if !self.is_ended() => Place::Code,
                _ => Place::Top,
            };
        };
        if !is_card || first.holds != Holds::Call {
            return Place::Code;
        }
        let Some(second) = frames.next() else {
            let has_id = !matches!(self.verb(), "overall" | "feedback");
            return match first.commas == 0 && has_id {
                true => Place::Id,
                false => Place::Body,
            };
        };
        if second.holds != Holds::Map {
            return Place::Code;
        }
        let mut keys = Vec::new();
        for frame in &self.frames[1..] {
            match (frame.holds, frame.key) {
                (Holds::Map, Some(key)) => keys.push(self.outline.word(key)),
                (Holds::Map | Holds::List, _) => {}
                _ => return Place::Code,
            }
        }
        let last = &self.frames[self.frames.len() - 1];
        if last.holds == Holds::Map && (last.key.is_none() || self.is_next_key()) {
            if last.key.is_some() {
                keys.pop();
            }
            return Place::Key(keys);
        }
        match self.bars.is_some() || self.is_past_bars(last) {
            true => Place::Code,
            false => Place::Value(keys),
        }
    }

    /// Whether the statement before it has ended.
    fn is_ended(&self) -> bool {
        self.index > 0 && self.outline.is(self.index - 1, ";")
    }

    /// Whether it is on a line of its own after a whole value that no comma ended.
    fn is_next_key(&self) -> bool {
        let Some(before) = self.before() else {
            return false;
        };
        let ends = before.closes()
            || matches!(
                before.kind,
                Kind::Number | Kind::Text | Kind::OpenText | Kind::Letter
            )
            || before.is_word();
        let begins = match self.word {
            Word::Bare(span) => span.start,
            Word::Text(span, _) => span.start,
            _ => self.at,
        };
        let text = self.outline.source.text();
        ends && text[before.span.end.min(begins)..begins].contains('\n')
    }

    /// Whether the names of a formula stand before it.
    fn is_past_bars(&self, frame: &Frame) -> bool {
        let from = frame.key.unwrap_or(frame.open);
        let mut between = self.outline.tokens[from..self.index].iter();
        between.any(|token| token.is("|") || token.is("||"))
    }
}
