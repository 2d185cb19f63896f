//! Cells that mean nothing in, one diagnostic for each distinct value out.
//!
//! The picture shows the header and the one value only, never the rest of the row: rows
//! are about people.

use super::meaning::{Rules, Wrong, fold};
use crate::data::ColumnSpec;
use crate::diagnostic::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Place, Source, Span};
use std::collections::HashMap;

/// Distinct values of one column that are shown; the rest is counted.
const MOST_VALUES: usize = 20;

/// Rows that are named; the rest is counted.
const MOST_ROWS: usize = 3;

/// Characters of a header or value that are shown.
const MOST_CHARACTERS: usize = 60;

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'t> {
    /// The line of the file on which it begins, from 1.
    pub line: usize,
    /// Its number as a spreadsheet shows it, the header being row 1; in JSON the number
    /// of the object, from 1.
    pub row: usize,
    /// The text of the object in JSON, in which keys may stand on lines of their own.
    pub object: &'t str,
}

impl At<'_> {
    /// The line on which the cell of that header stands, as far as is known.
    fn line_of(&self, header: &str) -> usize {
        let key = format!("\"{header}\"");
        let before = self.object.find(&key).map_or("", |at| &self.object[..at]);
        self.line + before.matches('\n').count()
    }
}

/// Which rows share a fault: how many, and the first few.
#[derive(Debug, Clone, Default)]
pub(super) struct Where {
    pub count: usize,
    first: Vec<usize>,
}

impl Where {
    /// One more.
    pub(super) fn add(&mut self, row: usize) {
        self.count += 1;
        if self.first.len() < MOST_ROWS {
            self.first.push(row);
        }
    }

    /// `rows 14, 29, 77 and 12 more`.
    pub(super) fn words(&self) -> String {
        let rows: Vec<String> = self.first.iter().map(usize::to_string).collect();
        let more = self.count - rows.len();
        match (rows.as_slice(), more) {
            ([row], 0) => format!("row {row}"),
            ([rows @ .., last], 0) => format!("rows {} and {last}", rows.join(", ")),
            (rows, more) => format!("rows {} and {more} more", rows.join(", ")),
        }
    }
}

/// One distinct value at fault.
struct Fault {
    wrong: Wrong,
    value: String,
    line: usize,
    rows: Where,
}

/// The faults of one column.
#[derive(Default)]
pub(super) struct Faults {
    by_value: HashMap<String, usize>,
    shown: Vec<Fault>,
    rows_beyond: usize,
}

impl Faults {
    /// One more cell at fault.
    pub(super) fn add(&mut self, wrong: Wrong, value: &str, header: &str, at: At) {
        let next = self.by_value.len();
        let index = *self.by_value.entry(fold(value)).or_insert(next);
        if index == self.shown.len() && index < MOST_VALUES {
            self.shown.push(Fault {
                wrong,
                value: value.trim().to_owned(),
                line: at.line_of(header),
                rows: Where::default(),
            });
        }
        match self.shown.get_mut(index) {
            Some(fault) => fault.rows.add(at.row),
            None => self.rows_beyond += 1,
        }
    }

    /// Keeps only the errors of a spreadsheet: in a column of words a number in a dress is
    /// a word.
    pub(super) fn of_words(mut self) -> Self {
        self.shown.retain(|fault| fault.wrong == Wrong::Failed);
        self.by_value = (0..self.shown.len())
            .map(|index| (fold(&self.shown[index].value), index))
            .collect();
        self.rows_beyond = 0;
        self
    }

    /// The diagnostics of the column.
    pub(super) fn diagnostics(
        &self,
        file: &str,
        header: &str,
        spec: &ColumnSpec,
        rules: &Rules,
    ) -> Diagnostics {
        let beyond = self.by_value.len() - self.shown.len();
        let last = self.shown.len().saturating_sub(1);
        self.shown
            .iter()
            .enumerate()
            .map(|(nth, fault)| {
                let diagnostic = fault.diagnostic(file, header, spec, rules);
                if nth == last && beyond > 0 {
                    let values = if beyond == 1 { "value" } else { "values" };
                    diagnostic.note(format!(
                        "and {beyond} more {values} of this column at fault, in {}",
                        rows(self.rows_beyond)
                    ))
                } else {
                    diagnostic
                }
            })
            .collect()
    }
}

impl Fault {
    fn diagnostic(&self, file: &str, header: &str, spec: &ColumnSpec, rules: &Rules) -> Diagnostic {
        let value = shown(&self.value);
        let options = rules.options();
        let near = nearest(&self.value, options.iter().copied());
        let wording = Wording::of(self, &value, spec, &options, near);
        let mut diagnostic = Diagnostic::new(
            wording.code,
            cell_place(file, self.line, header, &value),
            wording.message,
        )
        .label(wording.label)
        .note(match self.rows.count {
            1 => format!("1 row has this value: {}", self.rows.words()),
            n => format!("{n} rows have this value: {}", self.rows.words()),
        });
        for note in wording.notes {
            diagnostic = diagnostic.note(note);
        }
        diagnostic.help(wording.help)
    }
}

/// What is said of one value.
struct Wording {
    code: Code,
    message: String,
    label: String,
    notes: Vec<String>,
    help: String,
}

impl Wording {
    fn of(
        fault: &Fault,
        value: &str,
        spec: &ColumnSpec,
        options: &[&str],
        near: Option<&str>,
    ) -> Self {
        let column = &spec.name;
        let no_number = format!("`{value}` is not a number, and `{column}` holds numbers");
        let (code, message, label, help) = match &fault.wrong {
            Wrong::Dressed(bare) => (
                Code::CellNotANumber,
                no_number,
                "not a plain number".to_owned(),
                format!("write `{bare}` in the file: the number alone, without £, % or commas"),
            ),
            Wrong::NotFinite => (
                Code::CellNotANumber,
                no_number,
                "not a number that can be counted with".to_owned(),
                "put the right number in the file, or leave the cell empty if there is none"
                    .to_owned(),
            ),
            Wrong::NotANumber => (
                Code::CellNotANumber,
                no_number,
                "not a number".to_owned(),
                format!(
                    "put a plain number in the file; or, if this text means that there is none, \
                     say so in the table's card: {}",
                    missing_text(&fault.value)
                ),
            ),
            Wrong::Negative => (
                Code::NumberOutOfRange,
                format!("`{column}` is {value}, below zero"),
                "cannot be below zero".to_owned(),
                "put the right number in the file, or leave the cell empty if it is not known"
                    .to_owned(),
            ),
            Wrong::Nested => (
                Code::UnknownValue,
                format!("`{column}` holds several values in one cell"),
                "a list or an object".to_owned(),
                "write one number or one text for each name in the file".to_owned(),
            ),
            Wrong::Failed => (
                Code::UnknownValue,
                format!("`{value}` in `{column}` is the error of a formula in the spreadsheet"),
                "a formula that failed".to_owned(),
                "put the right text in the file, or leave the cell empty if there is none"
                    .to_owned(),
            ),
            Wrong::Total => (
                Code::TotalsRow,
                format!("`{value}` in `{column}` heads a row that sums up others"),
                "a row of totals".to_owned(),
                format!(
                    "delete that row from the file; or, if it is truly called so, say in the \
                     table's card: codes: #{{ {}: #{{ {}: \"…\" }} }}, with another name in place of …",
                    column,
                    quoted(&fault.value)
                ),
            ),
            Wrong::Unknown => (
                Code::UnknownValue,
                format!("`{value}` is none of the values known for `{column}`"),
                near.map_or("not known".to_owned(), |near| {
                    format!("did you mean `{near}`?")
                }),
                format!(
                    "say in the table's card what it stands for: {}",
                    code_help(column, &fault.value, near, options)
                ),
            ),
        };
        let notes = if fault.wrong == Wrong::Unknown {
            vec![
                format!("known here: {}", options.join(", ")),
                format!(
                    "if it means that there is no answer: {}",
                    missing_text(&fault.value)
                ),
            ]
        } else {
            Vec::new()
        };
        Self {
            code,
            message,
            label,
            notes,
            help,
        }
    }
}

/// `codes: #{ "caseload-manageable": #{ "Agre": "agree" } }`, ready to type. Where it
/// cannot be guessed what the value stands for, the choice is left to the reader.
fn code_help(column: &str, local: &str, near: Option<&str>, options: &[&str]) -> String {
    let codes = |national: &str| {
        format!(
            "codes: #{{ {}: #{{ {}: {} }} }}",
            quoted(column),
            quoted(local),
            quoted(national)
        )
    };
    match (near, options) {
        (Some(near), _) => codes(near),
        (None, [first, others @ ..]) if others.len() < 3 => {
            others.iter().fold(codes(first), |help, other| {
                help + ", or " + quoted(other).as_str()
            })
        }
        (None, _) => codes("…") + ", with a known value in place of …",
    }
}

/// `missing: ["TBC"]`, ready to type.
fn missing_text(local: &str) -> String {
    format!("missing: [{}]", quoted(local))
}

/// A text as a script writes it.
fn quoted(text: &str) -> String {
    let inner: String = text
        .chars()
        .flat_map(|c| match c {
            '"' | '\\' => vec!['\\', c],
            '\n' => vec!['\\', 'n'],
            '\t' => vec!['\\', 't'],
            _ => vec![c],
        })
        .collect();
    format!("\"{inner}\"")
}

/// `1 row`, `3 rows`.
pub(super) fn rows(count: usize) -> String {
    format!("{count} row{}", if count == 1 { "" } else { "s" })
}

/// A place that shows `HEADER = VALUE` with the value underlined, and nothing else of the
/// row.
pub(super) fn cell_place(file: &str, line: usize, header: &str, value: &str) -> Place {
    let before = format!("{} = ", shown(header));
    let value = shown(value);
    let span = Span::new(before.len(), before.len() + value.len());
    Source::excerpt(file, line, &format!("{before}{value}")).place(span)
}

/// A header or value on one line: without control characters, cut if long.
pub(super) fn shown(text: &str) -> String {
    let line: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            '\u{feff}' => '?',
            c if c.is_control() => '?',
            c => c,
        })
        .collect();
    let line = super::decode::spaces(&line).into_owned();
    if line.chars().count() > MOST_CHARACTERS {
        line.chars()
            .take(MOST_CHARACTERS - 1)
            .chain(['…'])
            .collect()
    } else {
        line
    }
}
