//! Kinds that do not fit: what is asked of a table, a row or a number that has no such thing,
//! as far as words alone tell what stands there.

use super::functions::bracket;
use super::{OF_A_COLUMN, OF_CONDITIONS, OF_ROWS, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::script::names;
use crate::script::slips::is_of_a_spreadsheet;
use crate::script::tokens::{Kind, Token, inner};
use crate::source::Span;
use std::collections::BTreeMap;

/// Functions of numbers, which can do nothing with a table.
const OF_NUMBERS: [&str; 11] = [
    "round", "rate", "percent", "clamp", "abs", "floor", "ceiling", "sqrt", "or_else", "at_most",
    "at_least",
];

/// Functions of tables that two numbers have as well: `workers.mean("cases").min(20)`.
const OF_NUMBERS_TOO: [&str; 2] = ["min", "max"];

/// What stands between two numbers.
pub(super) const OPERATORS: [&str; 12] = [
    "+", "-", "*", "/", "%", "**", "<", ">", "<=", ">=", "==", "!=",
];

/// What a chain of calls gives.
#[derive(Clone, Copy, PartialEq)]
enum Gives {
    Table,
    Number,
}

/// Whether a table has a function of this name.
pub(super) fn is_of_tables(name: &str) -> bool {
    OF_A_COLUMN.contains(&name) || OF_ROWS.contains(&name) || name == "is_brought"
}

impl Reader<'_, '_> {
    /// Whether the name at a word is that of a function which a number has not; `min` and `max`
    /// of another number it has.
    pub(super) fn is_of_tables_alone(&self, at: usize) -> bool {
        let name = self.tokens[at].text;
        let first = self.tokens.get(at + 2);
        let of_numbers = OF_NUMBERS_TOO.contains(&name)
            && self.is(at + 1, "(")
            && first
                .is_some_and(|first| first.kind != Kind::Text && !first.is("|") && !first.is(")"));
        is_of_tables(name) && !of_numbers
    }

    pub(super) fn misused(
        &mut self,
        span: Span,
        message: String,
        change: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let fault = Diagnostic::new(Code::WrongArguments, self.source.place(span), message);
        self.reads.misused.push(change(fault));
    }

    pub(super) fn is_one(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    /// The word after the bracket that opens at `open`.
    fn after_bracket(&self, open: usize) -> usize {
        let span = bracket(self.tokens, open);
        self.tokens
            .partition_point(|token| token.span.start < span.end)
    }

    /// The chain of calls that begins with a table's name at `at`, in a body that ends before
    /// the word at `end`.
    pub(super) fn chain_of_table(&mut self, at: usize, end: usize) {
        if self.is(at + 1, "[") {
            let within = at
                .checked_sub(1)
                .and_then(|before| self.called_at(before))
                .is_some_and(|call| {
                    let name = self.tokens[call].text;
                    is_of_a_spreadsheet(name) || is_of_tables(name) && !self.is_after_dot(call)
                });
            if !within {
                self.by_brackets(at);
            }
            return;
        }
        let Some((gives, after)) = self.chain(at, true) else {
            return;
        };
        if gives == Gives::Table {
            self.table_for_a_number(at, after, end);
        }
    }

    /// What a chain gives and the word after it; what does not fit in it is told if wanted.
    fn chain(&mut self, at: usize, is_told: bool) -> Option<(Gives, usize)> {
        let (mut gives, mut next) = (Gives::Table, at + 1);
        while self.is(next, ".") {
            let name = *self.tokens.get(next + 1).filter(|name| name.is_word())?;
            if !self.is(next + 2, "(") || self.functions.contains_key(name.text) {
                return None;
            }
            let fits = match gives {
                Gives::Table => is_of_tables(name.text),
                Gives::Number => !self.is_of_tables_alone(next + 1),
            };
            if !fits {
                // What nothing has was told where names are looked at.
                if is_told && names::is_known(name.text) {
                    match gives {
                        Gives::Table => self.not_of_tables(&name),
                        Gives::Number => self.not_of_numbers(&name, next),
                    }
                }
                return None;
            }
            if gives == Gives::Number {
                return None;
            }
            if is_told {
                self.asked_of_table(at, next + 1);
            }
            gives = match name.text {
                "only" => Gives::Table,
                _ => Gives::Number,
            };
            next = self.after_bracket(next + 2);
        }
        Some((gives, next))
    }

    fn not_of_tables(&mut self, name: &Token<'_>) {
        let message = format!("a table has no function `{}`", name.text);
        let all = OF_A_COLUMN.iter().chain(&OF_ROWS).copied();
        let known: std::collections::BTreeSet<&str> = all.collect();
        let word = name.text.to_owned();
        self.misused(name.span, message, |fault| match names::meant(&word) {
            Some(ours) if known.contains(ours) => fault
                .label(format!("here it is called `{ours}`"))
                .typed(ours)
                .offered(),
            _ => {
                let known: Vec<&str> = known.into_iter().collect();
                fault.label(format!("a table has: {}", known.join(", ")))
            }
        });
    }

    fn not_of_numbers(&mut self, name: &Token<'_>, dot: usize) {
        let message = format!(
            "a number has no function `{}`: it is asked of a table",
            name.text
        );
        let whole = self.tokens[dot].span.to(name.span);
        self.misused(whole, message, |fault| {
            fault.label("what stands before this is a number")
        });
    }

    /// The values that a table's function is given.
    fn asked_of_table(&mut self, table: usize, at: usize) {
        let name = self.tokens[at].text;
        let Some(first) = self.tokens.get(at + 2).copied() else {
            return;
        };
        let alone = self.is(at + 3, ")") || self.is(at + 3, ",");
        let told = |kind: &str| format!("`{name}` wants {kind}");
        if OF_CONDITIONS.contains(&name) && alone && matches!(first.kind, Kind::Text | Kind::Number)
        {
            let column = inner(&first);
            let plain = column.chars().all(|c| c == '_' || c.is_alphanumeric());
            self.misused(first.span, told("a condition on rows"), |fault| {
                let is_column = first.kind == Kind::Text && plain;
                let example = if is_column { column.as_str() } else { "cases" };
                let fault = fault.label(format!("such as `|w| w.{example} > 4`"));
                match name == "count" && first.kind == Kind::Text {
                    true => fault.help(format!("answered(\"{column}\")")),
                    false => fault,
                }
            });
        } else if OF_A_COLUMN.contains(&name) && alone && first.kind == Kind::Number {
            self.misused(first.span, told("a column's name in quotes"), |fault| {
                fault.label("this is a number")
            });
        } else if matches!(name, "answered" | "share_answering") && first.is("|") {
            self.misused(first.span, told("a column's name in quotes"), |fault| {
                fault.label("this begins a condition: `count` and `share` take one")
            });
        } else if OF_A_COLUMN.contains(&name) && alone && first.is_word() {
            self.other_column(table, &first);
        }
        self.quantile(at);
    }

    /// `sum(workers)` has no column; `workers.sum(workers)` none either.
    fn other_column(&mut self, table: usize, first: &Token<'_>) {
        if first.text == self.tokens[table].text {
            self.misused(
                first.span,
                "a column's name in quotes is wanted here".to_owned(),
                |fault| fault.label("this is the whole table"),
            );
        }
    }

    /// `quantile("cases", 90)`.
    fn quantile(&mut self, at: usize) {
        let Some(part) = self.tokens.get(at + 4).copied() else {
            return;
        };
        let is_part = self.tokens[at].text == "quantile" && self.is(at + 3, ",");
        let number = part.text.parse::<f64>().ok();
        let number = number.filter(|number| is_part && *number > 1.0 && *number <= 100.0);
        if let (Some(number), true) = (number, self.is(at + 5, ")")) {
            let typed = format!("{}", number / 100.0);
            let message = "a quantile is asked for by a part of one, from 0 to 1".to_owned();
            self.misused(part.span, message, |fault| {
                fault.label(format!("write `{typed}`")).typed(typed)
            });
        }
    }

    /// A table where only a number makes sense: beside an operator, in `round(…)`, as the whole
    /// of a formula.
    fn table_for_a_number(&mut self, at: usize, after: usize, end: usize) {
        let Some(before) = at.checked_sub(1) else {
            return;
        };
        let beside = self.is_one(before, &OPERATORS) || self.is_one(after, &OPERATORS);
        let within = self.is_one(before, &["(", ","])
            && self.called_at(before).is_some_and(|call| {
                OF_NUMBERS.contains(&self.tokens[call].text) && !self.is_after_dot(call)
            });
        let alone = after >= end && self.is(before, "|") && end > at + 1;
        let last = after + 1 >= end && self.is(after, "}") && self.is(before, ";");
        let is_result = alone || last;
        if !(beside || within || is_result) {
            return;
        }
        let span = self.tokens[at].span.to(self.tokens[after - 1].span);
        let written = self.source.slice(span).to_owned();
        let message = match after == at + 1 {
            true => format!("`{written}` is a whole table, and a number is wanted here"),
            false => "this is a table, and a number is wanted here".to_owned(),
        };
        self.misused(span, message, |fault| {
            fault
                .label("count its rows, or ask for a `sum`, a `mean` …")
                .typed(format!("{written}.count()"))
                .offered()
        });
    }

    /// `workers["cases"]`: a column that stands by itself.
    fn by_brackets(&mut self, at: usize) {
        let column = self.tokens.get(at + 2).copied();
        let Some(column) = column.filter(|column| column.kind == Kind::Text) else {
            return;
        };
        let summary = ["sum", "mean", "median", "min", "max"]
            .into_iter()
            .find(|name| self.is(at + 4, ".") && self.is(at + 5, name) && self.is(at + 7, ")"));
        let last = if summary.is_some() { at + 7 } else { at + 3 };
        let last = last.min(self.tokens.len() - 1);
        let name = self.tokens[at];
        let span = name.span.to(self.tokens[last].span);
        let typed = format!(
            "{}.{}({})",
            name.text,
            summary.unwrap_or("sum"),
            column.text
        );
        let message = format!("a table has no {} by itself", column.text);
        self.misused(span, message, |fault| {
            fault
                .label("say what is done with the column: `sum`, `mean`, `max` …")
                .typed(typed)
                .offered()
        });
    }

    /// The name before the innermost bracket that is open at a word.
    pub(super) fn called_at(&self, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        for index in (0..=at).rev().take(500) {
            let token = self.tokens[index];
            if token.closes() {
                depth += 1;
            } else if token.opens() {
                if depth == 0 {
                    return index
                        .checked_sub(1)
                        .filter(|name| self.tokens[*name].is_word());
                }
                depth -= 1;
            }
        }
        None
    }

    /// `count(workers.sum("cases"))`: what is asked of tables, asked of a number.
    pub(super) fn asked_of_number(&mut self, at: usize, names: &BTreeMap<String, String>) {
        let name = self.tokens[at];
        let only_of_tables =
            is_of_tables(name.text) && !matches!(name.text, "min" | "max" | "mean");
        if !only_of_tables || !self.is(at + 1, "(") {
            return;
        }
        let Some(first) = self.tokens.get(at + 2).copied() else {
            return;
        };
        let is_table = first.is_word() && names.contains_key(first.text);
        let is_number = match is_table {
            true => self
                .chain(at + 2, false)
                .is_some_and(|(gives, _)| gives == Gives::Number),
            false => first.kind == Kind::Number,
        };
        if is_number {
            let message = format!("`{}` is asked of a table, and this is a number", name.text);
            let end = self.next_argument(at + 2);
            let span = first.span.to(self.tokens[end.max(at + 3) - 1].span);
            self.misused(span, message, |fault| {
                fault.label(format!("write the table first: `workers.{}(…)`", name.text))
            });
        }
    }
}

#[cfg(test)]
mod tests;
