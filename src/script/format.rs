//! The one layout of a script: its text in, the same words in their places out.
//!
//! Whatever stands between two tokens may change (spaces, line ends, the comma before a
//! closing bracket), and nothing else. Where the author broke a line is mostly kept; what
//! a card's keys line up with, how far a line is indented and where blank lines stand is
//! decided here. A text that cannot be taken apart safely is left alone.

mod lines;
mod shape;
mod spaces;

use super::tokens::{Kind, Token, scan_all};
use crate::source::without_lone_returns;
use shape::Shape;

/// The widest that a line should be, in characters. A text is never split, so that a line
/// that holds a long one may be wider.
const WIDEST: usize = 100;

/// A script in its one layout; `None` if its texts, comments or brackets are not closed,
/// a character in it means nothing, or it is not finished, such as a key without a value, so
/// that it would be laid out otherwise the next time.
pub(crate) fn formatted(text: &str) -> Option<String> {
    let once = laid_out(text)?;
    (laid_out(&once).as_ref() == Some(&once)).then_some(once)
}

fn laid_out(text: &str) -> Option<String> {
    let text = without_lone_returns(text.strip_prefix('\u{feff}').unwrap_or(text));
    let text = &*text;
    let tokens = scan_all(text);
    let unsound =
        |token: &Token<'_>| matches!(token.kind, Kind::OpenText | Kind::OpenComment | Kind::Stray);
    if tokens.iter().any(unsound) {
        return None;
    }
    let end = match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    };
    let mut shape = Shape::of(text, &tokens)?;
    let laid = loop {
        let laid = lines::lay(&shape);
        match shape.too_wide(&laid) {
            Some(group) => shape.open_up(group),
            None => break laid,
        }
    };
    let out = laid.text(end);
    same_words(&tokens, &scan_all(&out)).then_some(out)
}

/// Whether two scripts say the same: every token but the comma before a closing bracket,
/// and every comment.
fn same_words(before: &[Token<'_>], after: &[Token<'_>]) -> bool {
    let spoken = |tokens: &[Token<'_>]| -> Vec<(Kind, String)> {
        let kept: Vec<&Token<'_>> = tokens
            .iter()
            .filter(|token| token.kind != Kind::Comment)
            .collect();
        kept.iter()
            .enumerate()
            .filter(|(at, token)| {
                let closes = kept.get(at + 1).is_some_and(|next| next.closes());
                !(token.is(",") && closes)
            })
            .map(|(_, token)| (token.kind, token.text.trim_end().to_owned()))
            .collect()
    };
    let notes = |tokens: &[Token<'_>]| -> Vec<String> {
        tokens
            .iter()
            .filter(|token| token.kind == Kind::Comment)
            .map(|token| token.text.trim_end().to_owned())
            .collect()
    };
    spoken(before) == spoken(after) && notes(before) == notes(after)
}

#[cfg(test)]
mod tests;
