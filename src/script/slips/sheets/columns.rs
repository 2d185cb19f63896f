//! What a spreadsheet's function is given: the columns of tables, and criteria such as `">4"`.

use super::rewrite::Rewriter;
use crate::script::slips::headers;
use crate::script::tokens::{Kind, inner};
use std::ops::Range;

/// A column of a table, as it was written.
pub(super) struct Column {
    pub(super) table: String,
    /// What a row is called in a condition on its rows.
    pub(super) row: String,
    pub(super) name: String,
}

impl Column {
    /// The column of one row.
    pub(super) fn cell(&self) -> String {
        let plain = self.name == "…" || self.name.chars().all(|c| c == '_' || c.is_alphanumeric());
        match plain {
            true => format!("{}.{}", self.row, self.name),
            false => format!("{}[\"{}\"]", self.row, self.name),
        }
    }
}

impl Rewriter<'_> {
    /// Columns and criteria, one after the other: the first column and all conditions joined.
    pub(super) fn conditions(&self, given: &[Range<usize>]) -> Option<(Column, String)> {
        let mut parts = Vec::new();
        let first = self.column(given.first()?.clone())?;
        for pair in given.chunks(2) {
            let column = self.column(pair[0].clone())?;
            if column.table != first.table {
                return None;
            }
            parts.push(self.criterion(&column, pair.get(1)?.clone())?);
        }
        Some((first, parts.join(" and ")))
    }

    /// `">4"`, `"Y"`, `4`, `">" & CEILING` of a column.
    fn criterion(&self, column: &Column, range: Range<usize>) -> Option<String> {
        let cell = column.cell();
        let first = self.tokens.get(range.start)?;
        if first.kind != Kind::Text {
            return Some(format!("{cell} == {}", self.text(range)?));
        }
        let written = inner(first);
        let signs = [
            ("<>", "!="),
            (">=", ">="),
            ("<=", "<="),
            (">", ">"),
            ("<", "<"),
            ("=", "=="),
        ];
        let (sign, rest) = signs
            .iter()
            .find_map(|(theirs, ours)| Some((*ours, written.strip_prefix(theirs)?)))
            .unwrap_or(("==", &written));
        let rest = rest.trim();
        if self.is(range.start + 1, "&") && rest.is_empty() {
            return Some(format!(
                "{cell} {sign} {}",
                self.text(range.start + 2..range.end)?
            ));
        }
        if range.len() != 1 || rest.contains(['*', '?']) {
            return None;
        }
        if rest.is_empty() {
            let not = if sign == "!=" { "not " } else { "" };
            return Some(format!("{not}is_missing({cell})"));
        }
        Some(match rest.parse::<f64>() {
            Ok(_) => format!("{cell} {sign} {rest}"),
            Err(_) => format!(
                "{cell} {sign} \"{}\"",
                headers::meaning(self.source, &column.name, rest)
            ),
        })
    }

    /// `workers`, `workers.only(…)`: what may be a table.
    pub(super) fn table(&self, range: Range<usize>) -> Option<String> {
        let root = self.tokens.get(range.start)?;
        if !root.is_word() || self.rows.contains(&root.text) || range.is_empty() {
            return None;
        }
        let mut at = range.start + 1;
        while at < range.end {
            if !(self.is(at, ".") && self.is(at + 1, "only") && self.is(at + 2, "(")) {
                return None;
            }
            at = self.closing(at + 2)? + 1;
        }
        Some(self.slice(range).to_owned())
    }

    /// `workers.cases`, `workers["caseload-manageable"]`.
    pub(super) fn column(&self, range: Range<usize>) -> Option<Column> {
        if self.of_cells && self.has_cells(range.clone()) {
            return Some(Column {
                table: "workers".to_owned(),
                row: "w".to_owned(),
                name: "…".to_owned(),
            });
        }
        let end = range.end;
        let last = self.tokens.get(end.checked_sub(1)?)?;
        let quoted = last.is("]") && range.len() >= 4 && self.is(end - 3, "[");
        let (table, name) = if quoted && self.tokens[end - 2].kind == Kind::Text {
            let written = &self.tokens[end - 2];
            let ours = headers::named_by(self.source, written.text);
            (range.start..end - 3, ours.unwrap_or_else(|| inner(written)))
        } else if last.is_word() && range.len() >= 3 && self.is(end - 2, ".") {
            (range.start..end - 2, last.text.to_owned())
        } else {
            return None;
        };
        let table = self.table(table)?;
        let initial: String = table.chars().take(1).flat_map(char::to_lowercase).collect();
        let row = if initial == table {
            "row".to_owned()
        } else {
            initial
        };
        Some(Column { table, row, name })
    }
}
