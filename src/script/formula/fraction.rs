//! A formula's text in; where it works out a share as a part of one, as a cell of a
//! spreadsheet does that is formatted as a percentage, or a number of rows, out.

use super::Formula;
use crate::script::tokens::{Kind, Token, scan};
use crate::source::{Place, Span};

/// A share as a part of one: 0.2 where a fifth is meant.
#[derive(Debug, Clone)]
pub struct Fraction {
    /// What gives it.
    pub place: Place,
    /// What gives so many of every hundred, to be typed there; `None` if it takes more than
    /// that.
    pub percent: Option<String>,
    /// Whether it is a number of rows, and no part of one.
    pub is_count: bool,
}

/// What gives so many of every hundred, or brings a figure from elsewhere.
const PERCENT: [&str; 3] = ["percent", "share", "share_answering"];

/// Functions that leave a part of one a part of one.
const HARMLESS: [&str; 7] = [
    "rate",
    "round",
    "min",
    "max",
    "clamp",
    "or_else",
    "is_missing",
];

impl Formula {
    /// Where it divides, outside conditions on rows, and nothing in it makes hundredths of
    /// what comes of that.
    pub fn fraction(&self) -> Option<Fraction> {
        let tokens = scan(&self.text);
        let closes = tokens.iter().skip(1).position(|token| token.is("|"))?;
        if !tokens.first()?.is("|") {
            return None;
        }
        let body = &tokens[closes + 2..];
        if let Some(of_rows) = self.of_rows(body) {
            return Some(of_rows);
        }
        let outside = outside_rows(body);
        let hundred = |token: &Token<'_>| {
            token.kind == Kind::Number && token.text.parse::<f64>() == Ok(100.0)
        };
        let makes_hundredths = outside.iter().any(|at| {
            let token = &body[*at];
            let calls = token.is_word() && body.get(at + 1).is_some_and(|next| next.is("("));
            let of_table = at.checked_sub(1).is_some_and(|before| body[before].is("."));
            hundred(token)
                || PERCENT.contains(&token.text)
                || calls && !of_table && !HARMLESS.contains(&token.text)
        });
        if makes_hundredths {
            return None;
        }
        // A written number over another is a figure, and no share.
        let of_number = |at: usize| {
            at.checked_sub(1)
                .is_some_and(|before| body[before].kind == Kind::Number)
        };
        let divides = |at: &&usize| body[**at].is("/") && !of_number(**at) || body[**at].is("rate");
        let first = *outside.iter().find(divides)?;
        let (span, percent) = self
            .whole(body, &outside)
            .unwrap_or((body[first].span, None));
        let start = self.place.span.start;
        Some(Fraction {
            place: self
                .place
                .source
                .place(Span::new(start + span.start, start + span.end)),
            percent,
            is_count: false,
        })
    }

    /// `workers.count(|w| …)`, and `workers.mean(|w| if … { 1 } else { 0 })`, if that is all of it.
    fn of_rows(&self, body: &[Token<'_>]) -> Option<Fraction> {
        let [table, dot, call, opens, bar, row, closes, condition @ ..] = body else {
            return None;
        };
        let is_call = table.is_word() && dot.is(".") && opens.is("(");
        let of_each_row = bar.is("|") && row.is_word() && closes.is("|");
        let (last, condition) = condition.split_last()?;
        if !is_call || !of_each_row || !last.is(")") || !is_one(condition) {
            return None;
        }
        let text = |of: &[Token<'_>]| -> Option<&str> {
            Some(&self.text[of.first()?.span.start..of.last()?.span.end])
        };
        let (condition, is_count) = match call.text {
            "count" => (text(condition)?, true),
            "mean" => (text(counted_as_one(condition)?)?, false),
            _ => return None,
        };
        let share = format!("{}.share(|{}| {condition})", table.text, row.text);
        let start = self.place.span.start;
        Some(Fraction {
            place: self
                .place
                .source
                .place(Span::new(start + table.span.start, start + last.span.end)),
            percent: Some(share),
            is_count,
        })
    }

    /// The whole body, if it is one quotient, and the percentage that it should be.
    fn whole(&self, body: &[Token<'_>], outside: &[usize]) -> Option<(Span, Option<String>)> {
        let (first, last) = (body.first()?, body.last()?);
        if first.is("rate") {
            return Some((first.span, Some("percent".to_owned())));
        }
        let mut depth = 0usize;
        let mut signs = Vec::new();
        for at in outside {
            let token = &body[*at];
            if token.opens() {
                depth += 1;
            } else if token.closes() {
                depth = depth.checked_sub(1)?;
            } else if depth == 0 && token.kind == Kind::Sign && !token.is(".") {
                signs.push(*at);
            }
        }
        let [quotient] = signs.as_slice() else {
            return None;
        };
        if !body[*quotient].is("/") || body.iter().any(|token| token.is("let") || token.is("if")) {
            return None;
        }
        let text = |from: usize, to: usize| self.text[from..to].trim();
        let part = text(first.span.start, body[*quotient].span.start);
        let whole = text(body[*quotient].span.end, last.span.end);
        Some((
            first.span.to(last.span),
            Some(format!("percent({part}, {whole})")),
        ))
    }
}

/// Whether brackets that open among some words close among them.
fn is_one(words: &[Token<'_>]) -> bool {
    let mut depth = 0usize;
    words.iter().all(|word| {
        if word.opens() {
            depth += 1;
        } else if word.closes() {
            let Some(less) = depth.checked_sub(1) else {
                return false;
            };
            depth = less;
        }
        true
    })
}

/// What is asked in `if … { 1 } else { 0 }`.
fn counted_as_one<'b, 't>(words: &'b [Token<'t>]) -> Option<&'b [Token<'t>]> {
    let (first, rest) = words.split_first()?;
    let at = rest.len().checked_sub(7)?;
    let (condition, [opens, one, closes, or, opens_again, nought, closes_again]) =
        rest.split_at(at)
    else {
        return None;
    };
    let is = |word: &Token<'_>, number: f64| word.text.parse::<f64>() == Ok(number);
    let braces = [
        (opens, "{"),
        (closes, "}"),
        (or, "else"),
        (opens_again, "{"),
        (closes_again, "}"),
    ];
    let stands = first.is("if") && braces.iter().all(|(word, sign)| word.is(sign));
    (stands && is(one, 1.0) && is(nought, 0.0)).then_some(condition)
}

/// The words that stand in no closure of one row.
fn outside_rows(body: &[Token<'_>]) -> Vec<usize> {
    let mut depth = 0usize;
    // The depth of the bracket that a closure stands in.
    let mut within: Option<usize> = None;
    let mut found = Vec::new();
    for (at, token) in body.iter().enumerate() {
        if token.closes() {
            depth = depth.saturating_sub(1);
            if within.is_some_and(|opened| depth < opened) {
                within = None;
            }
        }
        if within.is_none() {
            match token.is("|") {
                true => within = Some(depth),
                false => found.push(at),
            }
        }
        if token.opens() {
            depth += 1;
        }
    }
    found
}
