//! How many spaces stand between two tokens of one line.

use super::shape::{Holds, Piece, Shape};
use crate::script::tokens::{Kind, Token};

const WORDS: [&str; 24] = [
    "if", "else", "while", "for", "in", "return", "let", "const", "and", "or", "not", "switch",
    "loop", "do", "until", "throw", "try", "catch", "fn", "private", "import", "export", "as",
    "case",
];

/// Words after which a value begins, so that a sign is no operator between two.
const BEFORE_A_VALUE: [&str; 13] = [
    "if", "else", "while", "in", "return", "and", "or", "not", "switch", "until", "throw", "do",
    "loop",
];

/// Whether a token can be the end of a value: a name, a number, a text, a closing bracket.
pub(super) fn ends_a_value(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Word => !WORDS.contains(&token.text),
        Kind::Number | Kind::Text | Kind::Letter => true,
        Kind::Sign => token.closes(),
        _ => false,
    }
}

/// Whether a sign has a value on its right only: `-5`, `!done`, the first `|` of a formula.
fn stands_before_a_value(shape: &Shape<'_>, at: usize) -> bool {
    if shape.pieces[at].begins {
        return true;
    }
    let Some(before) = shape.before(at) else {
        return true;
    };
    let token = &shape.pieces[before].token;
    match token.kind {
        Kind::Word => BEFORE_A_VALUE.contains(&token.text),
        Kind::Sign => {
            if token.is("|") || token.is("||") {
                // The end of a formula's names, or an operator: a value follows either.
                return true;
            }
            !token.closes()
        }
        _ => false,
    }
}

/// Whether a `|` begins the names of a formula.
fn opens_parameters(shape: &Shape<'_>, at: usize) -> bool {
    shape.pieces[at].token.is("|")
        && opener_of(shape, at).is_none()
        && stands_before_a_value(shape, at)
}

/// The `|` that a `|` answers, if it ends the names of a formula.
fn opener_of(shape: &Shape<'_>, at: usize) -> Option<usize> {
    let mut back = at;
    while let Some(before) = shape.before(back) {
        let token = &shape.pieces[before].token;
        if token.is("|") {
            let first = shape.pieces[before].begins || stands_before_a_value(shape, before);
            return first.then_some(before);
        }
        // Names and commas are all that stands between the two.
        if !is_of_parameters(token) {
            return None;
        }
        back = before;
    }
    None
}

/// Whether a comma stands between the names of a formula: `|workers, survey|`.
pub(super) fn parts_parameters(shape: &Shape<'_>, at: usize) -> bool {
    let closes = |piece: &Piece<'_>| piece.token.is("|");
    opener_of(shape, at).is_some()
        && shape.pieces[at..]
            .iter()
            .find(|piece| closes(piece) || !is_of_parameters(&piece.token))
            .is_some_and(closes)
}

fn is_of_parameters(token: &Token<'_>) -> bool {
    token.is(",") || (token.kind == Kind::Word && !WORDS.contains(&token.text))
}

/// Whether the piece ends the names of a formula: `|w|` or `||`.
pub(super) fn closes_parameters(shape: &Shape<'_>, at: usize) -> bool {
    let token = &shape.pieces[at].token;
    (token.is("|") && opener_of(shape, at).is_some())
        || (token.is("||") && stands_before_a_value(shape, at))
}

/// Spaces before a piece, if no line ends there.
pub(super) fn before(shape: &Shape<'_>, at: usize) -> usize {
    let piece = &shape.pieces[at];
    let Some(previous) = at.checked_sub(1) else {
        return 0;
    };
    usize::from(spaced(shape, previous, at, piece.spaces > 0))
}

fn spaced(shape: &Shape<'_>, previous: usize, at: usize, as_written: bool) -> bool {
    let (left, right) = (&shape.pieces[previous], &shape.pieces[at]);
    let (l, r) = (&left.token, &right.token);
    if left.is_note() || right.is_note() {
        return !matches!(r.text, "," | ";");
    }
    if l.opens() || r.closes() {
        // `#{ a }`, `{ a }`; `(a)`, `[a]`; nothing in what is empty.
        let empty = left.bracket.is_some() && left.bracket == right.bracket;
        let group = if l.opens() {
            left.bracket
        } else {
            right.bracket
        };
        let wide = group.is_some_and(|group| {
            matches!(shape.groups[group].holds, Holds::Keys | Holds::Statements)
        });
        return wide && !empty;
    }
    if matches!(r.text, "," | ";" | ":") && r.kind == Kind::Sign {
        return false;
    }
    let sign =
        |token: &Token<'_>, texts: &[&str]| token.kind == Kind::Sign && texts.contains(&token.text);
    if sign(l, &["..", "..="]) || sign(r, &["..", "..="]) {
        // As the author has them: closed up, some would become other signs.
        return as_written;
    }
    if sign(l, &[".", "?.", "::"]) || sign(r, &[".", "?.", "::"]) {
        return false;
    }
    if sign(l, &["-", "+", "!"]) && stands_before_a_value(shape, previous) {
        // Two signs that would become another keep apart.
        return r.kind == Kind::Sign && !r.opens() && as_written;
    }
    if l.is("!") || r.is("!") && ends_a_value(l) {
        return as_written;
    }
    let operator = |token: &Token<'_>| token.kind == Kind::Sign && !ends_a_value(token);
    let before_a_value = sign(r, &["-", "+", "!", "|", "||"]);
    if operator(l) && operator(r) && !r.opens() && !before_a_value {
        // Two operators in a row mean nothing here; they stay as the fault they are.
        return as_written;
    }
    if r.is("|") && closes_parameters(shape, at) {
        return false;
    }
    if l.is("|") && opens_parameters(shape, previous) {
        return false;
    }
    if sign(r, &["(", "[", "?["]) {
        // A call and an index touch the name that they belong to.
        return !ends_a_value(l) || right.begins;
    }
    true
}
