//! Where in a script somebody is writing: a script and a byte of it in; the brackets that
//! are open there, the card, the keys that lead to it, and the word begun, out.

mod place;
#[cfg(test)]
mod tests;

use super::outline::{Card, Outline, Piece, What};
use crate::script::tokens::{Kind, Token};
use crate::source::Span;
pub(super) use place::Place;

/// A place in a script.
pub(super) struct Spot<'o, 'a> {
    pub outline: &'o Outline<'a>,
    /// The byte.
    pub at: usize,
    /// What is being written.
    pub word: Word,
    /// The token in which it is, or the first after it.
    pub index: usize,
    /// The brackets that are open, outermost first.
    pub frames: Vec<Frame>,
    /// Where the names of a formula begin, if it is between their bars.
    pub bars: Option<usize>,
    /// The piece of the script.
    pub piece: Option<&'o Piece>,
}

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// Nothing yet.
    None,
    /// A bare word.
    Bare(Span),
    /// A text: what is between its quotes, and whether both are there.
    Text(Span, bool),
    /// A note, or a number: not ours to complete.
    Closed,
}

/// An open bracket.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// The bracket.
    pub open: usize,
    /// What it holds.
    pub holds: Holds,
    /// In a map: the key whose value is being written.
    pub key: Option<usize>,
    /// How many commas since.
    pub commas: usize,
}

/// What a bracket holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// What a function is given.
    Call,
    /// A part of a sum.
    Part,
    /// A map.
    Map,
    /// A list.
    List,
    /// What is asked of the word before it: `w["cases"]`.
    Index,
    /// Code.
    Block,
}

impl<'o, 'a> Spot<'o, 'a> {
    /// The place of a byte.
    pub(super) fn at(outline: &'o Outline<'a>, at: usize) -> Self {
        let (word, index) = word(outline, at);
        let mut pieces = outline.pieces.iter().rev();
        let piece = pieces.find(|piece| {
            let begins = outline.tokens[piece.tokens.start].span.start;
            begins < at || begins == at && piece.tokens.start == index
        });
        let mut spot = Self {
            outline,
            at,
            word,
            index,
            frames: Vec::new(),
            bars: None,
            piece,
        };
        if let Some(piece) = piece {
            spot.open(piece.tokens.start);
        }
        spot
    }

    /// Goes over the tokens from `from` to the spot and keeps what is open.
    fn open(&mut self, from: usize) {
        let outline = self.outline;
        let mut at = from;
        while at < self.index {
            let token = &outline.tokens[at];
            if token.opens() {
                self.frames.push(Frame {
                    open: at,
                    holds: holds(outline, at),
                    key: None,
                    commas: 0,
                });
            } else if token.closes() {
                self.close(token);
            } else if is_bar(outline, at) {
                let mut end = at + 1;
                while end < self.index && !outline.is(end, "|") {
                    end += 1;
                }
                if end >= self.index {
                    self.bars = Some(at);
                    return;
                }
                at = end;
            } else if let Some(frame) = self.frames.last_mut() {
                if token.is(",") {
                    frame.commas += 1;
                    frame.key = None;
                } else if frame.holds == Holds::Map
                    && matches!(token.kind, Kind::Word | Kind::Text)
                    && outline.is(at + 1, ":")
                    && at + 1 < self.index
                {
                    frame.key = Some(at);
                }
            }
            at += 1;
        }
    }

    /// Closes the bracket that fits, and those in it that were forgotten.
    fn close(&mut self, token: &Token<'_>) {
        let fits = |frame: &Frame| {
            let open = self.outline.tokens[frame.open].text;
            matches!(
                (open, token.text),
                ("(", ")") | ("[", "]") | ("{" | "#{", "}")
            )
        };
        if let Some(found) = self.frames.iter().rposition(fits) {
            self.frames.truncate(found);
        }
    }

    /// The card that it is in.
    pub(super) fn card(&self) -> Option<&'o Card> {
        match &self.piece?.what {
            What::Card(card) => Some(card),
            _ => None,
        }
    }

    /// The verb of that card.
    pub(super) fn verb(&self) -> &'a str {
        let card = self.card();
        card.map_or("", |card| self.outline.tokens[card.verb].text)
    }

    /// The id of that card.
    pub(super) fn id(&self) -> String {
        let id = self.card().and_then(|card| card.id);
        id.map(|id| self.outline.word(id)).unwrap_or_default()
    }

    /// The token before what is being written.
    pub(super) fn before(&self) -> Option<&Token<'a>> {
        self.outline.token(self.index.checked_sub(1)?)
    }

    /// What is to be replaced by a word that is chosen.
    pub(super) fn span(&self) -> Span {
        match self.word {
            Word::Bare(span) => span,
            Word::Text(span, true) => span,
            // Of a text that is not closed, the rest of the line may be something else.
            Word::Text(span, false) => Span::new(span.start, self.at),
            Word::None | Word::Closed => Span::new(self.at, self.at),
        }
    }

    /// The innermost function being called, and which of its values is being written.
    pub(super) fn call(&self) -> Option<(usize, usize)> {
        let frame = self
            .frames
            .iter()
            .rev()
            .find(|frame| frame.holds == Holds::Call)?;
        Some((frame.open - 1, frame.commas))
    }

    /// The keys that stand in the innermost map, before the spot and after it.
    pub(super) fn keys_beside(&self) -> Vec<String> {
        let Some(frame) = self
            .frames
            .iter()
            .rev()
            .find(|frame| frame.holds == Holds::Map)
        else {
            return Vec::new();
        };
        let end = self.piece.map_or(0, |piece| piece.tokens.end);
        let own = matches!(self.word, Word::Bare(_) | Word::Text(..)).then_some(self.index);
        let mut keys = Vec::new();
        let mut depth = 0usize;
        for at in frame.open + 1..end {
            let token = &self.outline.tokens[at];
            if token.opens() {
                depth += 1;
            } else if token.closes() {
                if depth == 0 {
                    break;
                }
                depth -= 1;
            } else if depth == 0
                && Some(at) != own
                && matches!(token.kind, Kind::Word | Kind::Text)
                && self.outline.is(at + 1, ":")
            {
                keys.push(self.outline.word(at));
            }
        }
        keys
    }
}

/// What is being written at a byte, and its token or the first after it.
fn word(outline: &Outline<'_>, at: usize) -> (Word, usize) {
    let index = outline.tokens.partition_point(|token| {
        let span = token.span;
        span.end < at || span.end == at && !matches!(token.kind, Kind::Word | Kind::OpenText)
    });
    let text = outline.source.text();
    let on_line = |note: &Span| text[note.start..].starts_with("//") && note.end == at;
    let in_note = |note: &Span| note.start < at && at < note.end || on_line(note);
    if outline.notes.iter().any(in_note) {
        return (Word::Closed, index);
    }
    let Some(token) = outline.token(index).filter(|token| token.span.start < at) else {
        let before = index
            .checked_sub(1)
            .and_then(|before| outline.token(before));
        let number = before.is_some_and(|it| it.kind == Kind::Number && it.span.end == at);
        return (if number { Word::Closed } else { Word::None }, index);
    };
    let span = token.span;
    let word = match token.kind {
        Kind::Word => Word::Bare(span),
        Kind::Text if token.text.starts_with('"') => {
            Word::Text(Span::new(span.start + 1, span.end - 1), true)
        }
        Kind::OpenText => Word::Text(Span::new(span.start + 1, span.end), false),
        Kind::Sign => Word::None,
        _ => Word::Closed,
    };
    (word, index)
}

fn holds(outline: &Outline<'_>, at: usize) -> Holds {
    let before = at.checked_sub(1).and_then(|before| outline.token(before));
    let named = before.is_some_and(|token| {
        token.is_word()
            && !matches!(
                token.text,
                "if" | "while" | "in" | "return" | "and" | "or" | "not"
            )
            || token.is(")")
            || token.is("]")
    });
    match outline.tokens[at].text {
        "#{" => Holds::Map,
        "{" => Holds::Block,
        "[" if named => Holds::Index,
        "[" => Holds::List,
        _ if named => Holds::Call,
        _ => Holds::Part,
    }
}

/// Whether a bar begins the names of a formula.
pub(super) fn is_bar(outline: &Outline<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| outline.token(before));
    outline.is(at, "|")
        && before.is_some_and(|token| {
            token.kind == Kind::Sign && !token.closes() || matches!(token.text, "return")
        })
}
