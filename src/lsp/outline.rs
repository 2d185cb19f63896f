//! A script taken apart as far as it goes: its text in; its cards, functions and constants
//! out, with every key that can be told from the words, however broken the rest is.
//!
//! Cards begin at the margin, so that one that lost its end hides nothing of the next; after
//! an end they may begin anywhere.

use crate::script::tokens::{Kind, Token, inner, scan_all};
use crate::source::{Source, Span};
use crate::validate::KEYS;
use std::ops::Range;

/// How many maps in one another are taken apart.
const DEEPEST: usize = 8;

/// What a script is made of.
pub(super) struct Outline<'a> {
    /// The script.
    pub source: &'a Source,
    /// Its words and signs, notes left out.
    pub tokens: Vec<Token<'a>>,
    /// Where notes stand.
    pub notes: Vec<Span>,
    /// Its pieces, in order; each goes on to where the next begins.
    pub pieces: Vec<Piece>,
}

/// A card, a function, a constant, or whatever else begins at the margin.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its words and signs.
    pub tokens: Range<usize>,
    /// What it is.
    pub what: What,
}

/// What a piece is; each number is that of a token.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// `verb("id", #{ … })`.
    Card(Card),
    /// `fn name(…) { … }`.
    Function {
        /// Its name.
        name: usize,
        /// The names of what it takes.
        parameters: Vec<usize>,
    },
    /// `const NAME = …`.
    Constant {
        /// Its name.
        name: usize,
    },
    /// Something else.
    Other,
}

/// A card.
#[derive(Debug, Clone)]
pub(super) struct Card {
    /// Its verb, or a word of tests.
    pub verb: usize,
    /// Its id.
    pub id: Option<usize>,
    /// Its keys.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The key.
    pub key: usize,
    /// The value; empty if there is none yet.
    pub value: Range<usize>,
    /// The keys in it, if it is a map.
    pub entries: Vec<Entry>,
}

impl<'a> Outline<'a> {
    /// Takes a script apart.
    pub(super) fn of(source: &'a Source) -> Self {
        let (tokens, notes): (Vec<_>, Vec<_>) = scan_all(source.text())
            .into_iter()
            .partition(|token| !is_note(token.kind));
        let mut outline = Self {
            source,
            tokens,
            notes: notes.iter().map(|note| note.span).collect(),
            pieces: Vec::new(),
        };
        let begins = outline.begins();
        let ends = begins.iter().skip(1).copied().chain([outline.tokens.len()]);
        outline.pieces = begins
            .iter()
            .zip(ends)
            .map(|(begin, end)| outline.piece(*begin..end))
            .collect();
        outline
    }

    /// A token, if there is one of that number.
    pub(super) fn token(&self, at: usize) -> Option<&Token<'a>> {
        self.tokens.get(at)
    }

    /// Whether a token is this word or sign.
    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(text))
    }

    /// A token's own text: of a text what is between its quotes.
    pub(super) fn word(&self, at: usize) -> String {
        match self.tokens.get(at) {
            Some(token) if matches!(token.kind, Kind::Text | Kind::OpenText) => inner(token),
            Some(token) => token.text.to_owned(),
            None => String::new(),
        }
    }

    /// Whether a token is the first on its line, without a space before it.
    pub(super) fn is_at_margin(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            let start = token.span.start;
            start == 0 || self.source.text().as_bytes()[start - 1] == b'\n'
        })
    }

    /// Its cards, each with its piece.
    pub(super) fn cards(&self) -> impl Iterator<Item = (&Piece, &Card)> {
        self.pieces.iter().filter_map(|piece| match &piece.what {
            What::Card(card) => Some((piece, card)),
            _ => None,
        })
    }

    /// The ids of the cards of some verbs, in order.
    pub(super) fn ids(&self, verbs: &[&str]) -> Vec<String> {
        let cards = self
            .cards()
            .filter(|(_, card)| verbs.contains(&self.tokens[card.verb].text));
        cards
            .filter_map(|(_, card)| Some(self.word(card.id?)))
            .filter(|id| !id.is_empty())
            .collect()
    }

    /// The card of a verb and an id.
    pub(super) fn card(&self, verb: &str, id: &str) -> Option<&Card> {
        let mut cards = self.cards().map(|(_, card)| card);
        cards.find(|card| {
            self.tokens[card.verb].text == verb && card.id.is_some_and(|own| self.word(own) == id)
        })
    }

    /// The text of a key of a card, if it is text.
    pub(super) fn text_of(&self, entries: &[Entry], key: &str) -> Option<String> {
        let entry = self.entry(entries, key)?;
        let first = self.tokens.get(entry.value.start)?;
        (first.kind == Kind::Text && !entry.value.is_empty()).then(|| inner(first))
    }

    /// The texts of a list that is a key's value.
    pub(super) fn texts_of(&self, entries: &[Entry], key: &str) -> Vec<String> {
        let entry = self.entry(entries, key);
        let range = entry.map_or(0..0, |entry| entry.value.clone());
        self.tokens[range]
            .iter()
            .filter(|token| token.kind == Kind::Text)
            .map(inner)
            .collect()
    }

    /// The entry of a key.
    pub(super) fn entry<'e>(&self, entries: &'e [Entry], key: &str) -> Option<&'e Entry> {
        entries.iter().find(|entry| self.word(entry.key) == key)
    }

    /// The extent of a piece.
    pub(super) fn span(&self, piece: &Piece) -> Span {
        let last = piece.tokens.end.max(piece.tokens.start + 1) - 1;
        self.tokens[piece.tokens.start]
            .span
            .to(self.tokens[last].span)
    }

    /// Where pieces begin.
    fn begins(&self) -> Vec<usize> {
        let mut begins = Vec::new();
        let mut depth = 0usize;
        for (at, token) in self.tokens.iter().enumerate() {
            let margin = token.is_word() && self.is_at_margin(at);
            let ended = depth == 0 && at > 0 && self.is(at - 1, ";");
            if begins.is_empty() || ended || margin && (depth == 0 || self.begins_anew(at)) {
                begins.push(at);
                depth = 0;
            }
            if token.opens() {
                depth += 1;
            } else if token.closes() {
                depth = depth.saturating_sub(1);
            }
        }
        begins
    }

    /// Whether a word at the margin begins something new though a bracket is still open.
    fn begins_anew(&self, at: usize) -> bool {
        let word = self.tokens[at].text;
        match word {
            "fn" | "const" => self.token(at + 1).is_some_and(Token::is_word),
            "test" => self.is(at + 1, "("),
            word => self.is(at + 1, "(") && is_verb(word),
        }
    }

    fn piece(&self, tokens: Range<usize>) -> Piece {
        let start = tokens.start;
        let what = if self.is(start, "fn") {
            let rest = self.tokens[start..tokens.end].iter();
            let inside = rest
                .enumerate()
                .skip(2)
                .take_while(|(_, token)| !token.is(")"));
            What::Function {
                name: start + 1,
                parameters: inside
                    .filter(|(_, token)| token.is_word())
                    .map(|(at, _)| start + at)
                    .collect(),
            }
        } else if self.is(start, "const") {
            What::Constant { name: start + 1 }
        } else if self.tokens[start].is_word() && self.is(start + 1, "(") {
            What::Card(self.read_card(&tokens))
        } else {
            What::Other
        };
        Piece { tokens, what }
    }

    fn read_card(&self, tokens: &Range<usize>) -> Card {
        let id = tokens.start + 2;
        let is_id = id < tokens.end && matches!(self.tokens[id].kind, Kind::Text | Kind::OpenText);
        let open = (id..tokens.end.min(id + 3)).find(|at| self.is(*at, "#{"));
        let mut entries = Vec::new();
        if let Some(open) = open {
            self.map(open + 1, tokens.end, &mut entries, DEEPEST);
        }
        Card {
            verb: tokens.start,
            id: is_id.then_some(id),
            entries,
        }
    }

    /// The entries of a map from its first token on; gives the token after its bracket.
    fn map(&self, from: usize, end: usize, entries: &mut Vec<Entry>, deep: usize) -> usize {
        let mut at = from;
        while at < end {
            let token = &self.tokens[at];
            if token.is("}") {
                return at + 1;
            }
            if token.closes() {
                return at;
            }
            let is_key = matches!(token.kind, Kind::Word | Kind::Text | Kind::OpenText);
            if !is_key {
                at += 1;
                continue;
            }
            let mut entry = Entry {
                key: at,
                value: at + 1..at + 1,
                entries: Vec::new(),
            };
            at += 1;
            if self.is(at, ":") && at < end {
                entry.value = at + 1..at + 1;
                at = self.value(at + 1, end, &mut entry.entries, deep);
                entry.value.end = at;
            }
            entries.push(entry);
        }
        at
    }

    /// A value from its first token on; gives the token after it.
    fn value(&self, from: usize, end: usize, entries: &mut Vec<Entry>, deep: usize) -> usize {
        let mut at = from;
        if deep > 0 && self.is(at, "#{") {
            at = self.map(at + 1, end, entries, deep - 1);
        } else if self.is(at, "|") {
            // The names of a formula may be parted by commas.
            let names =
                (at + 1..end).take_while(|at| self.tokens[*at].is_word() || self.is(*at, ","));
            at = names.last().unwrap_or(at) + 1;
        }
        let mut depth = 0usize;
        while at < end {
            let token = &self.tokens[at];
            if depth == 0 && (token.is(",") || token.closes() || self.is_next_key(at, from)) {
                break;
            }
            if token.opens() {
                depth += 1;
            } else if token.closes() {
                depth -= 1;
            }
            at += 1;
        }
        at
    }

    /// Whether a key begins here, on a line of its own, though no comma ended the value.
    fn is_next_key(&self, at: usize, value: usize) -> bool {
        at > value
            && self.is(at + 1, ":")
            && matches!(self.tokens[at].kind, Kind::Word | Kind::Text)
            && self.is_on_a_later_line(at)
    }

    /// Whether a token stands on a later line than the one before it.
    pub(super) fn is_on_a_later_line(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.tokens[before].span.end);
        let text = self.source.text();
        before.is_none_or(|before| text[before..self.tokens[at].span.start].contains('\n'))
    }
}

/// Whether a word is the verb of a card.
pub(super) fn is_verb(word: &str) -> bool {
    KEYS.iter().any(|key| key.verb == word)
}

fn is_note(kind: Kind) -> bool {
    matches!(kind, Kind::Comment | Kind::DocComment | Kind::OpenComment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(script: &str) -> Vec<String> {
        let source = Source::new("t", script);
        let outline = Outline::of(&source);
        outline
            .pieces
            .iter()
            .map(|piece| match &piece.what {
                What::Card(card) => {
                    let keys: Vec<String> = card
                        .entries
                        .iter()
                        .map(|entry| {
                            let value = &outline.tokens[entry.value.clone()];
                            let value: Vec<&str> = value.iter().map(|token| token.text).collect();
                            format!("{}={}", outline.word(entry.key), value.join(""))
                        })
                        .collect();
                    let id = card.id.map(|id| outline.word(id)).unwrap_or_default();
                    format!("{} {id}: {}", outline.word(card.verb), keys.join(" "))
                }
                What::Function { name, parameters } => {
                    format!("fn {} {}", outline.word(*name), parameters.len())
                }
                What::Constant { name } => format!("const {}", outline.word(*name)),
                What::Other => "other".to_owned(),
            })
            .collect()
    }

    #[test]
    fn cards_are_told_apart_with_their_keys() {
        assert_eq!(
            told(
                "// A note.\nconst A = 1;\nfn f(x, y) { x }\nmeasure(\"a\", #{\n    value: |survey, workers| f(1, 2),\n    best: 0,\n});\n\noverall(#{ score: |s| 1 });"
            ),
            [
                "const A",
                "fn f 2",
                "measure a: value=|survey,workers|f(1,2) best=0",
                "overall : score=|s|1"
            ]
        );
    }

    #[test]
    fn what_is_broken_hides_nothing_of_what_stands_beside_it() {
        assert_eq!(
            told(
                "omit(\"x\", #{});  omit(\"y\", #{});\nmeasure(\"a\", #{\n    best: 0\n    worst: (1,\n    wei\nquestion(\"b\", #{\nask: \"x\",\n    re\n});\ntable(\"w"
            ),
            [
                "omit x: ",
                "omit y: ",
                "measure a: best=0 worst=(1,wei",
                "question b: ask=\"x\" re=",
                "table w: "
            ]
        );
    }
}
