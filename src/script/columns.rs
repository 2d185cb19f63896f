//! A formula's text in, what it reads out: the columns of each table that it names, and
//! the results that a score asks for. Found from the words before anything runs.

mod chains;
mod conditions;
mod functions;
mod kinds;
mod rows;

pub use conditions::{Alone, Compared};
pub(super) use functions::{Function, functions};

use functions::bracket;

use super::slips::is_of_a_spreadsheet;
use super::tokens::{Kind, Token, inner};
use crate::diagnostic::Diagnostics;
use crate::source::{Place, Source, Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// What a formula reads.
#[derive(Debug, Clone, Default)]
pub struct Reads {
    /// Table (a parameter of the formula) and column, once for each mention.
    pub columns: Vec<(String, Spanned<String>)>,
    /// Columns that a condition compares.
    pub compared: Vec<Compared>,
    /// Columns that stand where a condition belongs, without being compared.
    pub alone: Vec<Alone>,
    /// Results asked for by name: `results["far-over-ceiling"]`.
    pub results: Vec<Spanned<String>>,
    /// Fields of results: `.value`.
    pub fields: Vec<Spanned<String>>,
    /// Table and what is asked of it by name alone, without brackets: `workers.cases`.
    pub bare: Vec<(String, Spanned<String>)>,
    /// Closures of one row: the table whose rows they are asked of, and where each stands, its
    /// brackets included.
    pub of_rows: Vec<(String, Place)>,
    /// What is asked of a table, a row or a number that has no such thing; of a formula whose
    /// parameters are tables.
    pub misused: Diagnostics,
    /// Answers asked for: question and answer.
    pub answers: Vec<(String, Spanned<String>)>,
}

impl Reads {
    /// The columns of one table, once each.
    pub fn of(&self, table: &str) -> Vec<String> {
        let mut columns: Vec<String> = self
            .columns
            .iter()
            .filter(|(name, _)| name == table)
            .map(|(_, column)| column.value.clone())
            .collect();
        columns.sort();
        columns.dedup();
        columns
    }
}

/// Functions of a table whose first value is a column.
const OF_A_COLUMN: [&str; 8] = [
    "sum",
    "mean",
    "median",
    "quantile",
    "min",
    "max",
    "share_answering",
    "answered",
];

/// Functions of a table that take a closure of one row.
const OF_ROWS: [&str; 9] = [
    "count", "share", "only", "sum", "mean", "median", "quantile", "min", "max",
];

/// Those whose closure says of each row whether it counts.
const OF_CONDITIONS: [&str; 3] = ["count", "share", "only"];

/// A closure of one row, as long as it lasts.
#[derive(Clone)]
struct Row {
    /// What the row is called in it.
    name: String,
    /// The table whose rows they are.
    table: String,
    /// The first word beyond it.
    until: usize,
    /// Whether it says which rows count.
    is_condition: bool,
}

/// Reads the words of one formula. `functions` are the bodies of the script's own
/// functions, looked into where the formula hands them a table.
pub(super) fn reads(
    source: &Source,
    tokens: &[Token<'_>],
    span: Span,
    parameters: &[String],
    functions: &BTreeMap<String, Function>,
) -> Reads {
    let mut reader = Reader {
        source,
        tokens,
        functions,
        reads: Reads::default(),
        depth: 0,
        seen: BTreeSet::new(),
    };
    let names = parameters
        .iter()
        .map(|name| (name.clone(), name.clone()))
        .collect();
    reader.body(span, names);
    reader.gives_nothing(span);
    reader.reads
}

struct Reader<'r, 'a> {
    source: &'r Source,
    tokens: &'r [Token<'a>],
    functions: &'r BTreeMap<String, Function>,
    reads: Reads,
    depth: usize,
    /// Bodies read already, with what each name stood for.
    seen: BTreeSet<(Span, BTreeMap<String, String>)>,
}

impl Reader<'_, '_> {
    /// Reads a body in which each of `names` stands for a table (or for the results).
    fn body(&mut self, span: Span, mut names: BTreeMap<String, String>) {
        let first = self
            .tokens
            .partition_point(|token| token.span.start < span.start);
        let end = self
            .tokens
            .partition_point(|token| token.span.start < span.end);
        // Closures of one row: name → table, up to the end of their bracket.
        let mut rows: Vec<Row> = Vec::new();
        for at in first..end {
            rows.retain(|row| at < row.until);
            let token = self.tokens[at];
            if token.is("let")
                && self.is(at + 2, "=")
                && let Some(table) = self.root(at + 3, &names)
            {
                names.insert(self.tokens[at + 1].text.to_owned(), table);
            }
            if !token.is_word() || self.is_after_dot(at) && !self.is(at + 1, "(") {
                continue;
            }
            if let Some(row) = rows.iter().rev().find(|row| row.name == token.text) {
                let row = row.clone();
                self.of_row(at, &row);
                self.row_column(at, &row);
            } else if self.is_after_dot(at) {
                if let Some(table) = self.chain_root(at, &names) {
                    self.call(at, &table, &mut rows);
                }
            } else if let Some(table) = names.get(token.text) {
                let within = rows.iter().rev().find(|row| row.table == *table);
                if let Some(row) = within.map(|row| row.name.clone())
                    && self.cell_of_table(at, &row)
                {
                    continue;
                }
                self.bare(at, table);
                self.result(at);
                self.chain_of_table(at, end);
            } else if self.is(at + 1, "(") {
                self.asked_of_number(at, &names);
                self.hand_over(at, &names);
            }
        }
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(text))
    }

    fn is_after_dot(&self, at: usize) -> bool {
        at > 0 && self.is(at - 1, ".")
    }

    fn spanned(&self, at: usize) -> Spanned<String> {
        let token = self.tokens[at];
        Spanned {
            value: if token.kind == Kind::Text {
                inner(&token)
            } else {
                token.text.to_owned()
            },
            place: self.source.place(token.span),
        }
    }

    /// `w.cases` or `w["cases"]`.
    fn row_column(&mut self, at: usize, row: &Row) {
        let Some(column) = self.tokens.get(at + 2) else {
            return;
        };
        let dotted = self.is(at + 1, ".") && !self.is(at + 3, "(");
        let quoted = self.is(at + 1, "[") && column.kind == Kind::Text;
        if dotted || quoted {
            let column = self.spanned(at + 2);
            let after = at + if dotted { 3 } else { 4 };
            self.compare(at, after, &row.table, &column.value);
            if row.is_condition {
                self.stand_alone(at, after, &row.table, &column.value);
            }
            self.reads.columns.push((row.table.clone(), column));
        }
    }

    /// `.sum("cases")`, `.only(|w| …)` on a table.
    fn call(&mut self, at: usize, table: &str, rows: &mut Vec<Row>) {
        let name = self.tokens[at].text;
        let Some(first) = self.tokens.get(at + 2) else {
            return;
        };
        if OF_A_COLUMN.contains(&name) && first.kind == Kind::Text {
            let column = self.spanned(at + 2);
            if name == "share_answering" && self.is(at + 3, ",") && self.is(at + 4, "[") {
                for answer in at + 5..self.tokens.len() {
                    if self.is(answer, "]") {
                        break;
                    }
                    if self.tokens[answer].kind == Kind::Text {
                        let answer = self.spanned(answer);
                        self.reads.answers.push((column.value.clone(), answer));
                    }
                }
            }
            self.reads.columns.push((table.to_owned(), column));
        }
        if OF_ROWS.contains(&name) && first.is("|") && self.is(at + 4, "|") {
            let span = bracket(self.tokens, at + 1);
            let place = self.source.place(span);
            self.reads.of_rows.push((table.to_owned(), place));
            let until = self
                .tokens
                .partition_point(|token| token.span.start < span.end);
            rows.push(Row {
                name: self.tokens[at + 3].text.to_owned(),
                table: table.to_owned(),
                until,
                is_condition: OF_CONDITIONS.contains(&name),
            });
        }
    }

    /// `workers.cases`.
    fn bare(&mut self, at: usize, table: &str) {
        let field = self.tokens.get(at + 2).is_some_and(Token::is_word);
        // What a spreadsheet's function is given was told with it.
        let told = at
            .checked_sub(1)
            .and_then(|before| self.called_at(before))
            .is_some_and(|call| {
                let name = self.tokens[call].text;
                is_of_a_spreadsheet(name) || OF_A_COLUMN.contains(&name) && !self.is_after_dot(call)
            });
        if self.is(at + 1, ".") && field && !self.is(at + 3, "(") && !told {
            let field = self.spanned(at + 2);
            self.reads.bare.push((table.to_owned(), field));
        }
    }

    /// `results["id"].value`.
    fn result(&mut self, at: usize) {
        if self.is(at + 1, "[")
            && self
                .tokens
                .get(at + 2)
                .is_some_and(|key| key.kind == Kind::Text)
        {
            let id = self.spanned(at + 2);
            self.reads.results.push(id);
            if self.is(at + 3, "]") && self.is(at + 4, ".") && at + 5 < self.tokens.len() {
                let field = self.spanned(at + 5);
                self.reads.fields.push(field);
            }
        }
    }

    /// A table handed to a function of the script: look into it.
    fn hand_over(&mut self, at: usize, names: &BTreeMap<String, String>) {
        let Some(function) = self.functions.get(self.tokens[at].text).cloned() else {
            return;
        };
        if self.depth > 8 {
            return;
        }
        let mut handed = BTreeMap::new();
        let mut argument = at + 2;
        for parameter in &function.parameters {
            if let Some(table) = self.root(argument, names) {
                handed.insert(parameter.clone(), table);
            }
            argument = self.next_argument(argument);
        }
        if !handed.is_empty() && self.seen.insert((function.body, handed.clone())) {
            self.depth += 1;
            self.body(function.body, handed);
            self.depth -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::scan;
    use super::*;

    fn read(script: &str, parameters: &[&str]) -> Vec<String> {
        let source = Source::new("t", script);
        let tokens = scan(source.text());
        let parameters: Vec<String> = parameters.iter().map(|name| (*name).to_owned()).collect();
        let start = script.find('|').unwrap();
        let reads = reads(
            &source,
            &tokens,
            Span::new(start, script.len()),
            &parameters,
            &functions(&tokens),
        );
        reads
            .columns
            .iter()
            .map(|(table, column)| format!("{table}.{}", column.value))
            .collect()
    }

    #[test]
    fn columns_are_found_in_chains_conditions_and_named_parts() {
        assert_eq!(
            read(
                r#"|workers, survey| { let h = workers.only(|w| w.cases >= 1 and w["agency"] == "no"); rate(h.sum("cases"), h.sum(|x| x.fte)) + survey.answered("cover") }"#,
                &["workers", "survey"]
            ),
            [
                "workers.cases",
                "workers.agency",
                "workers.cases",
                "workers.fte",
                "survey.cover"
            ]
        );
    }

    #[test]
    fn what_a_condition_compares_is_found_on_either_side_and_behind_a_constant() {
        let script = r#"const OLD = "2026-09-01"; |workers| workers.share(|w| "no" == w.agency and 20 < w.cases and w.seen < OLD and w["own-flag"] and (w.fte * 2 > 1 or not w.nqsw))"#;
        let source = Source::new("t", script);
        let tokens = scan(source.text());
        let start = script.find('|').unwrap();
        let span = Span::new(start, script.len());
        let reads = reads(
            &source,
            &tokens,
            span,
            &["workers".to_owned()],
            &functions(&tokens),
        );
        let compared: Vec<String> = reads
            .compared
            .iter()
            .map(|one| {
                format!(
                    "{} {} {} {}",
                    one.cell, one.operator, one.value.value, one.is_text
                )
            })
            .collect();
        assert_eq!(
            compared,
            [
                "w.agency == no true",
                "w.cases > 20 false",
                "w.seen < 2026-09-01 true"
            ]
        );
        let alone: Vec<&str> = reads.alone.iter().map(|one| one.place.text()).collect();
        assert_eq!(alone, ["w[\"own-flag\"]", "not w.nqsw"]);
    }

    #[test]
    fn a_table_handed_to_a_function_of_the_script_is_followed() {
        assert_eq!(
            read(
                r#"fn load(people) { people.mean("cases") } measure("a", #{ value: |workers| load(workers) });"#,
                &["workers"]
            ),
            ["workers.cases"]
        );
    }
}
