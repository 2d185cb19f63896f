//! A spreadsheet's call in, the same in the language of checks out; `None` where that is not
//! sure to mean the same.

use super::columns::Column;
use super::is_of_a_spreadsheet;
use crate::script::tokens::{self, Kind, Token};
use crate::source::{Source, Span};
use std::ops::Range;

/// Writes the calls of one statement anew.
pub(super) struct Rewriter<'a> {
    pub(super) source: &'a Source,
    pub(super) tokens: &'a [Token<'a>],
    /// What single rows are called in this statement.
    pub(super) rows: Vec<&'a str>,
    /// Whether cells stand for columns of which nobody knows the name.
    pub(super) of_cells: bool,
}

impl<'a> Rewriter<'a> {
    pub(super) fn new(source: &'a Source, tokens: &'a [Token<'a>]) -> Self {
        let of_rows = tokens.windows(4).filter(|four| {
            (four[0].is("(") || four[0].is(",")) && four[1].is("|") && four[3].is("|")
        });
        Self {
            source,
            tokens,
            rows: of_rows.map(|four| four[2].text).collect(),
            of_cells: false,
        }
    }

    pub(super) fn with_columns_for_cells(&self) -> Self {
        Self {
            rows: self.rows.clone(),
            of_cells: true,
            ..*self
        }
    }

    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(text))
    }

    /// The bracket that closes the one at `open`.
    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        tokens::closing(self.tokens, open)
    }

    /// Whether cells of a sheet are named: `I2`, `I2:I57`, `$I$2`, `Staff!I2`, `Table1[Cases]`.
    pub(super) fn has_cells(&self, range: Range<usize>) -> bool {
        range.clone().any(|at| {
            let named = self.is(at + 1, "[")
                && at + 2 < range.end
                && self.tokens[at].is_word()
                && self.tokens[at + 2].kind != Kind::Text
                && self.tokens[at + 2].kind != Kind::Number;
            named
                || self.tokens[at].text == "$"
                || is_cell(&self.tokens[at])
                    && (at == 0 || !self.is(at - 1, "."))
                    && !self.is(at + 1, ".")
        })
    }

    /// The values of a call whose bracket opens at `open`.
    fn arguments(&self, open: usize) -> Option<Vec<Range<usize>>> {
        let end = self.closing(open)?;
        let mut found = Vec::new();
        let (mut depth, mut from) = (0usize, open + 1);
        for at in open + 1..end {
            let token = self.tokens[at];
            if token.opens() {
                depth += 1;
            } else if token.closes() {
                depth -= 1;
            } else if depth == 0 && (token.is(",") || token.is(";")) {
                found.push(from..at);
                from = at + 1;
            }
        }
        if from < end {
            found.push(from..end);
        }
        found.iter().all(|range| !range.is_empty()).then_some(found)
    }

    /// The call that begins at a word, in the language of checks.
    pub(super) fn call(&self, at: usize) -> Option<String> {
        let name = self.tokens.get(at)?.text;
        let lower = name.to_lowercase();
        let given = self.arguments(at + 1)?;
        let one = || given.first().filter(|_| given.len() == 1).cloned();
        let column = |at: usize| self.column(given.get(at)?.clone());
        let text = |at: usize| self.text(given.get(at)?.clone());
        let of_column = |ours: &str| {
            let column = self.column(one()?)?;
            Some(format!("{}.{ours}(\"{}\")", column.table, column.name))
        };
        let only = |summed: Column, table: &str, condition: String, ours: &str| {
            let row = &summed.row;
            Some(format!(
                "{table}.only(|{row}| {condition}).{ours}(\"{}\")",
                summed.name
            ))
        };
        match lower.as_str() {
            "countif" | "countifs" => {
                let (first, condition) = self.conditions(&given)?;
                Some(format!(
                    "{}.count(|{}| {condition})",
                    first.table, first.row
                ))
            }
            "sumif" | "averageif" => {
                let (first, condition) = self.conditions(given.get(..2)?)?;
                let summed = match given.len() {
                    2 => column(0)?,
                    _ => column(2)?,
                };
                let ours = if lower == "sumif" { "sum" } else { "mean" };
                (summed.table == first.table && given.len() <= 3)
                    .then(|| only(summed, &first.table, condition, ours))?
            }
            "sumifs" | "averageifs" => {
                let summed = column(0)?;
                let (first, condition) = self.conditions(given.get(1..)?)?;
                let ours = if lower == "sumifs" { "sum" } else { "mean" };
                (summed.table == first.table)
                    .then(|| only(summed, &first.table, condition, ours))?
            }
            "count" | "counta" | "rows" | "nrow" | "len" => of_column("answered").or_else(|| {
                let table = self.table(one()?).filter(|_| name != "count")?;
                Some(format!("{table}.count()"))
            }),
            "countblank" => {
                let column = self.column(one()?)?;
                let (table, row) = (&column.table, &column.row);
                Some(format!(
                    "{table}.count(|{row}| is_missing({}))",
                    column.cell()
                ))
            }
            "average" | "avg" | "mean" => of_column("mean"),
            "sum" | "median" => of_column(&lower),
            "min" | "max" => of_column(&lower).or_else(|| {
                (given.len() == 2 && name != lower)
                    .then(|| Some(format!("{lower}({}, {})", text(0)?, text(1)?)))?
            }),
            "percentile" | "quartile" => {
                let column = column(0)?;
                let part: f64 = text(1).filter(|_| given.len() == 2)?.parse().ok()?;
                let part = match (lower.as_str(), part > 1.0) {
                    ("quartile", _) => part / 4.0,
                    (_, true) => part / 100.0,
                    _ => part,
                };
                Some(format!(
                    "{}.quantile(\"{}\", {part})",
                    column.table, column.name
                ))
            }
            "round" if name != lower && given.len() == 2 => {
                let places = text(1)?;
                Some(match places.as_str() {
                    "0" => format!("round({})", text(0)?),
                    _ => format!("round({}, {places})", text(0)?),
                })
            }
            "abs" if name != lower => Some(format!("abs({})", self.text(one()?)?)),
            "iferror" | "ifna" if given.len() == 2 => {
                Some(format!("or_else({}, {})", text(0)?, text(1)?))
            }
            "isblank" => Some(format!("is_missing({})", self.text(one()?)?)),
            "if" | "iif" | "ifelse" | "if_else" if name != "if" => self.if_else(at, &given),
            "and" | "or" if name != lower && given.len() > 1 => {
                let parts: Option<Vec<String>> =
                    given.iter().map(|part| self.text(part.clone())).collect();
                let joined = parts?.join(&format!(" {lower} "));
                let alone = at.checked_sub(1).is_some_and(|before| {
                    ["|", ","].iter().any(|sign| self.is(before, sign))
                        || self.is(before, "(") && !self.is(at, "NOT")
                });
                Some(if alone { joined } else { format!("({joined})") })
            }
            "not" if name != "not" => Some(format!("not ({})", self.text(one()?)?)),
            _ => None,
        }
    }

    /// `IF(a > 4, 1, 0)`; where a condition is wanted, it is one by itself.
    fn if_else(&self, at: usize, given: &[Range<usize>]) -> Option<String> {
        let condition = self.text(given.first()?.clone())?;
        let then = self.text(given.get(1)?.clone())?;
        let otherwise = match given.get(2) {
            Some(range) => self.text(range.clone())?,
            None => "0".to_owned(),
        };
        let says = |text: &str, words: [&str; 2]| words.contains(&text.to_lowercase().as_str());
        let of_rows = ["share", "count", "only"];
        let is_wanted = at >= 5
            && self.is(at - 1, "|")
            && self.is(at - 3, "|")
            && self.is(at - 4, "(")
            && of_rows.iter().any(|name| self.is(at - 5, name))
            && self
                .closing(at + 1)
                .is_some_and(|end| self.is(end + 1, ")"));
        if is_wanted && says(&then, ["1", "true"]) && says(&otherwise, ["0", "false"]) {
            return Some(condition);
        }
        if is_wanted && says(&then, ["0", "false"]) && says(&otherwise, ["1", "true"]) {
            return Some(format!("not ({condition})"));
        }
        Some(format!(
            "if {condition} {{ {then} }} else {{ {otherwise} }}"
        ))
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        let span = self.tokens[range.start]
            .span
            .to(self.tokens[range.end - 1].span);
        self.source.slice(span)
    }

    /// Words as they stand, but for what is a spreadsheet's in them.
    pub(super) fn text(&self, range: Range<usize>) -> Option<String> {
        let mut out = String::new();
        let mut at = range.start;
        let mut behind = self.tokens.get(at)?.span.start;
        while at < range.end {
            let token = self.tokens[at];
            let after_dot = at > 0 && self.is(at - 1, ".");
            out.push_str(self.source.slice(Span::new(behind, token.span.start)));
            let is_call = token.is_word()
                && self.is(at + 1, "(")
                && !after_dot
                && is_of_a_spreadsheet(token.text);
            if is_call {
                out.push_str(&self.call(at)?);
                at = self.closing(at + 1)?;
            } else if token.is("=") {
                out.push_str("==");
            } else if token.is("<") && self.is(at + 1, ">") {
                out.push_str("!=");
                at += 1;
            } else {
                out.push_str(match token.text {
                    "TRUE" => "true",
                    "FALSE" => "false",
                    text => text,
                });
            }
            behind = self.tokens[at].span.end;
            at += 1;
        }
        Some(out)
    }
}

/// `I2`, `AB1200`.
fn is_cell(token: &Token<'_>) -> bool {
    let letters = token
        .text
        .bytes()
        .take_while(u8::is_ascii_uppercase)
        .count();
    let rest = &token.text[letters..];
    token.is_word()
        && (1..=3).contains(&letters)
        && (1..=7).contains(&rest.len())
        && rest.bytes().all(|byte| byte.is_ascii_digit())
}
