//! Formulas as a spreadsheet has them.
//!
//! In: a call such as `COUNTIF(workers.court_cases, ">4")`. Out: the same in the language of
//! checks, of the author's own table, column and condition. Cells such as `I2:I57` are told
//! for what they are: nothing here has them.

mod columns;
mod rewrite;

use super::Desk;
use crate::diagnostic::Code;
use crate::script::tokens::Token;
use crate::source::Span;
use rewrite::Rewriter;

/// What is said of cells; nothing else is said of the words that it underlines.
pub(super) const OF_CELLS: &str = "cells are not known here: a formula names a column of a table";

/// Functions of spreadsheets that can be written in the language of checks. Some have our
/// names too, and are theirs only when written large.
const NAMES: [&str; 33] = [
    "countif",
    "countifs",
    "sumif",
    "sumifs",
    "averageif",
    "averageifs",
    "average",
    "avg",
    "counta",
    "countblank",
    "rows",
    "nrow",
    "len",
    "percentile",
    "quartile",
    "iferror",
    "isblank",
    "count",
    "sum",
    "mean",
    "median",
    "min",
    "max",
    "round",
    "abs",
    "if",
    "iif",
    "ifelse",
    "if_else",
    "and",
    "or",
    "not",
    "ifna",
];

/// Those of them that are ours when written small.
const OURS_TOO: [&str; 11] = [
    "count", "sum", "mean", "median", "min", "max", "round", "abs", "if", "and", "or",
];

/// Whether a function's name is a spreadsheet's and not ours.
pub(in crate::script) fn is_of_a_spreadsheet(name: &str) -> bool {
    let lower = name.to_lowercase();
    let small = name == lower;
    NAMES.contains(&lower.as_str()) && !(small && (OURS_TOO.contains(&name) || name == "not"))
}

/// Whether a call's name may be one that was meant as in a spreadsheet: `sum(workers.cases)`.
fn may_be(token: &Token<'_>) -> bool {
    let summary = ["count", "sum", "mean", "median", "min", "max"];
    token.is_word() && (is_of_a_spreadsheet(token.text) || summary.contains(&token.text))
}

pub(super) fn look(desk: &mut Desk<'_>) {
    let rewriter = Rewriter::new(desk.source, desk.tokens);
    let mut index = 0;
    while index < desk.tokens.len() {
        let token = desk.tokens[index];
        let is_call = may_be(&token)
            && desk.is(index + 1, "(")
            && !desk
                .before(index)
                .is_some_and(|before| [".", "::", "fn"].iter().any(|sign| before.is(sign)));
        let Some(closes) = is_call.then(|| rewriter.closing(index + 1)).flatten() else {
            index += 1;
            continue;
        };
        if is_of_a_spreadsheet(token.text) && rewriter.has_cells(index + 2..closes) {
            index = of_cells(desk, &rewriter, index);
            continue;
        }
        let Some(ours) = rewriter.call(index) else {
            index += 1;
            continue;
        };
        let whole = token.span.to(desk.tokens[closes].span);
        let name = token.text;
        desk.report(
            Code::OtherLanguage,
            whole,
            format!("`{name}(…)` is a spreadsheet's way to write this"),
        )
        .label(format!("write `{ours}`"))
        .typed(ours)
        .offered();
        index = closes + 1;
    }
}

/// A formula that was pasted from a cell. Gives the word after it.
fn of_cells(desk: &mut Desk<'_>, rewriter: &Rewriter<'_>, index: usize) -> usize {
    let first = match desk.before(index).is_some_and(|before| before.is("=")) {
        true => index - 1,
        false => index,
    };
    let mut after = index;
    let mut depth = 0usize;
    while let Some(token) = desk.get(after) {
        if token.opens() {
            depth += 1;
        } else if depth == 0 && (token.closes() || [",", ";", ":"].contains(&token.text)) {
            break;
        } else if token.closes() {
            depth -= 1;
        }
        after += 1;
    }
    let span = desk.tokens[first].span.to(desk.tokens[after - 1].span);
    let ours = rewriter.with_columns_for_cells().text(index..after);
    desk.report(Code::OtherLanguage, span, OF_CELLS)
        .label("name the table and the column that these cells are of")
        .with(|fault| match ours {
            Some(ours) => fault.note(format!(
                "with your column's name in place of `…`: |workers| {ours}"
            )),
            None => fault,
        });
    after
}

/// Whether a fault stands within one that was told of cells.
pub(super) fn is_within_cells(here: Span, cells: &[Span]) -> bool {
    cells
        .iter()
        .any(|whole| *whole != here && whole.holds(here))
}
