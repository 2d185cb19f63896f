//! Lines from pieces: how far each is in, and what lines up.

use super::shape::{Comma, Holds, Shape};
use crate::script::tokens::Kind;
use std::ops::Range;

const STEP: usize = 4;
/// A key longer than this does not push the others' values to the right.
const LONGEST_KEY: usize = 32;

/// One line.
#[derive(Debug)]
pub(super) struct Line<'a> {
    indent: usize,
    words: Vec<(usize, &'a str)>,
    /// In characters, up to the first line end in a text that has some.
    pub width: usize,
    pub pieces: Range<usize>,
    blank_before: bool,
}

/// A script in lines.
#[derive(Debug)]
pub(super) struct Laid<'a> {
    pub lines: Vec<Line<'a>>,
}

impl Laid<'_> {
    pub(super) fn text(&self, end: &str) -> String {
        let mut out = String::new();
        for line in &self.lines {
            if line.blank_before && !out.is_empty() {
                out.push_str(end);
            }
            out.push_str(&" ".repeat(line.indent));
            for (spaces, words) in &line.words {
                out.push_str(&" ".repeat(*spaces));
                out.push_str(words);
            }
            out.push_str(end);
        }
        out
    }
}

/// Every line of a script.
pub(super) fn lay<'a>(shape: &Shape<'a>) -> Laid<'a> {
    let blanks = blank_lines(shape);
    let mut lines: Vec<Line<'a>> = Vec::new();
    // The indent of the line on which each open group began.
    let mut bases: Vec<usize> = Vec::new();
    for (at, piece) in shape.pieces.iter().enumerate() {
        let begins_line = at == 0 || piece.breaks > 0;
        if begins_line {
            lines.push(Line {
                indent: indent(shape, at, &bases),
                words: Vec::new(),
                width: 0,
                pieces: at..at,
                blank_before: blanks[at],
            });
        }
        if let Some(line) = lines.last_mut() {
            let spaces = if begins_line {
                0
            } else {
                piece.spaces + padding(shape, at)
            };
            if piece.comma != Comma::LeftOut {
                line.words.push((spaces, piece.token.text.trim_end()));
            }
            if piece.comma == Comma::Added {
                line.words.push((0, ","));
            }
            line.pieces.end = at + 1;
            if piece.token.closes() {
                bases.pop();
            }
            if piece.token.opens() {
                bases.push(line.indent);
            }
        }
    }
    for line in &mut lines {
        line.width = width(line);
    }
    Laid { lines }
}

fn width(line: &Line<'_>) -> usize {
    let words = line.words.iter().map(|(spaces, words)| {
        let first = words.lines().next().unwrap_or_default();
        spaces + first.chars().count()
    });
    line.indent + words.sum::<usize>()
}

/// How far in a line is that begins with a piece.
fn indent(shape: &Shape<'_>, at: usize, bases: &[usize]) -> usize {
    let piece = &shape.pieces[at];
    let base = bases.last().copied();
    if piece.token.closes() {
        return base.unwrap_or(0);
    }
    let inside = base.map_or(0, |base| base + STEP);
    if piece.begins || piece.is_note() {
        inside
    } else {
        inside + STEP
    }
}

/// Spaces that bring the values of a list of keys under one another.
fn padding(shape: &Shape<'_>, at: usize) -> usize {
    let Some(colon) = at.checked_sub(1) else {
        return 0;
    };
    let left = &shape.pieces[colon];
    let Some(group) = left.within.filter(|_| left.token.is(":")) else {
        return 0;
    };
    if !shape.groups[group].broken || shape.groups[group].holds != Holds::Keys {
        return 0;
    }
    let Some(longest) = longest_key(shape, group) else {
        return 0;
    };
    let own = shape.pieces[colon - 1].token.text.chars().count();
    longest.saturating_sub(own)
}

/// The width of the longest key; `None` if some keys share a line.
fn longest_key(shape: &Shape<'_>, group: usize) -> Option<usize> {
    let (open, close) = (shape.groups[group].open, shape.groups[group].close);
    let mut longest = 0;
    for at in open + 1..close {
        let piece = &shape.pieces[at];
        if piece.within != Some(group) || !piece.begins || piece.token.kind == Kind::Comment {
            continue;
        }
        if piece.breaks == 0 {
            return None;
        }
        let wide = piece.token.text.chars().count();
        if wide <= LONGEST_KEY {
            longest = longest.max(wide);
        }
    }
    Some(longest)
}

/// Before which pieces a blank line stands: where the author left one, and around each
/// card of several lines.
fn blank_lines(shape: &Shape<'_>) -> Vec<bool> {
    let pieces = &shape.pieces;
    let mut blanks: Vec<bool> = pieces.iter().map(|piece| piece.breaks > 1).collect();
    for (at, blank) in blanks.iter_mut().enumerate() {
        let after_open = at
            .checked_sub(1)
            .is_some_and(|before| pieces[before].token.opens());
        *blank &= !after_open && !pieces[at].token.closes();
    }
    let beginnings: Vec<usize> = (0..pieces.len())
        .filter(|at| {
            let piece = &pieces[*at];
            piece.within.is_none() && piece.begins && !piece.is_note()
        })
        .collect();
    let ends = |nth: usize| beginnings.get(nth + 1).copied().unwrap_or(pieces.len());
    let many_lines = |nth: usize| {
        let from = beginnings[nth] + 1;
        let end = last_of_its_own(shape, from, ends(nth));
        (from..end).any(|at| pieces[at].breaks > 0)
    };
    for nth in 1..beginnings.len() {
        let begin = beginnings[nth];
        let first = last_of_its_own(shape, beginnings[nth - 1] + 1, begin);
        let parted = (first..=begin).any(|at| blanks[at]);
        let on_a_new_line = pieces[first].breaks > 0;
        if !parted && on_a_new_line && (many_lines(nth - 1) || many_lines(nth)) {
            blanks[first] = true;
        }
    }
    blanks
}

/// Where a statement that runs to `end` gives way to the comments before the next: the
/// first comment on a line of its own after its last token.
fn last_of_its_own(shape: &Shape<'_>, from: usize, end: usize) -> usize {
    let mut first = end;
    while first > from && shape.pieces[first - 1].is_note() && shape.pieces[first - 1].breaks > 0 {
        first -= 1;
    }
    first
}
