//! Kinds that do not fit in what is said of one row, and a formula that ends without a result.

use super::kinds::{OPERATORS, is_of_tables};
use super::{Reader, Row};
use crate::script::tokens::Token;
use crate::source::Span;

impl Reader<'_, '_> {
    /// A formula whose last line ends with `;`, or only names a figure: it gives nothing.
    pub(super) fn gives_nothing(&mut self, span: Span) {
        let end = self
            .tokens
            .partition_point(|token| token.span.start < span.end);
        let Some(sign) = end.checked_sub(2) else {
            return;
        };
        if !(self.is(end - 1, "}") && self.is(sign, ";")) {
            return;
        }
        let mut depth = 0usize;
        let mut first = sign;
        while let Some(before) = first.checked_sub(1) {
            let token = self.tokens[before];
            if token.closes() {
                depth += 1;
            } else if token.opens() {
                if depth == 0 {
                    break;
                }
                depth -= 1;
            } else if depth == 0 && token.is(";") {
                break;
            }
            first = before;
        }
        let begins = self.tokens[first];
        if first == sign || begins.is("return") || begins.is("if") || begins.is("throw") {
            return;
        }
        let of_block = first.checked_sub(2).is_some_and(|bar| {
            self.is(first - 1, "{") && self.is(bar, "|") || self.is(first - 1, ";")
        });
        let semicolon = self.tokens[sign].span;
        if begins.is("let") {
            let whole = begins.span.to(semicolon);
            let name = self
                .tokens
                .get(first + 1)
                .map_or("", |name| name.text)
                .to_owned();
            self.misused(whole, "this formula gives nothing".to_owned(), |fault| {
                fault.label(format!(
                    "its last line is its result: write `{name}` after this"
                ))
            });
        } else if of_block {
            let line = self
                .source
                .slice(Span::new(begins.span.start, semicolon.start));
            let line = line.lines().next_back().unwrap_or(line).trim().to_owned();
            self.misused(
                semicolon,
                "this formula gives nothing".to_owned(),
                |fault| {
                    fault
                        .label("the last line is the result, and has no `;`")
                        .help(line)
                        .typed_at(semicolon, "")
                },
            );
        }
    }

    /// `workers.cases` in a condition on the rows of `workers`; whether it was one.
    pub(super) fn cell_of_table(&mut self, at: usize, row: &str) -> bool {
        let field = self.tokens.get(at + 2).is_some_and(Token::is_word);
        if !(self.is(at + 1, ".") && field && !self.is(at + 3, "(")) {
            return false;
        }
        let name = self.tokens[at];
        let message = format!(
            "`{}` is the whole table; one row of it is `{row}` here",
            name.text
        );
        let typed = row.to_owned();
        self.misused(name.span, message, |fault| {
            fault.label(format!("write `{typed}`")).typed(typed)
        });
        true
    }

    /// What is asked of one row, or of one of its cells.
    pub(super) fn of_row(&mut self, at: usize, row: &Row) {
        let name = self.tokens[at];
        let dotted = self.is(at + 1, ".") && self.tokens.get(at + 2).is_some_and(Token::is_word);
        if dotted && self.is(at + 3, "(") {
            let asked = self.tokens[at + 2];
            if is_of_tables(asked.text) {
                let message = format!(
                    "a row has no function `{}`: it is asked of a table",
                    asked.text
                );
                let table = row.table.clone();
                self.misused(asked.span, message, |fault| {
                    fault.label(format!(
                        "`{}` is one row of `{table}`: name a column",
                        name.text
                    ))
                });
            }
            return;
        }
        let quoted = self.is(at + 1, "[") && self.is(at + 3, "]");
        let after = at + if quoted { 4 } else { 3 };
        if dotted || quoted {
            let field = self.tokens.get(after + 1).copied();
            if let (true, Some(field)) = (self.is(after, "."), field)
                && field.is_word()
                && (!self.is(after + 2, "(") || self.is_of_tables_alone(after + 1))
            {
                let cell = name.span.to(self.tokens[after - 1].span);
                let cell = self.source.slice(cell).to_owned();
                let span = self.tokens[after].span.to(field.span);
                let message = format!("`{cell}` is one value, and has no `{}`", field.text);
                self.misused(span, message, |fault| {
                    fault.label("a column stands by itself")
                });
            }
            return;
        }
        let beside = at > 0 && self.is_one(at - 1, &OPERATORS) || self.is_one(at + 1, &OPERATORS);
        if beside {
            let message = format!(
                "`{}` is a whole row, and one value is wanted here",
                name.text
            );
            self.misused(name.span, message, |fault| {
                fault.label(format!("name a column of it: `{}.cases`", name.text))
            });
        }
    }
}
