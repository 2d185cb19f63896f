//! One value at fault in, the words for it out: with the value, or with its form alone.

use super::{Fault, shown};
use crate::data::ColumnSpec;
use crate::data::read::meaning::Wrong;
use crate::diagnostic::Code;

/// What is said of one value.
pub(super) struct Wording {
    pub code: Code,
    pub message: String,
    pub label: String,
    pub notes: Vec<String>,
    pub help: String,
}

impl Wording {
    pub(super) fn of(
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

impl Wording {
    /// The same where the value is not told.
    pub(super) fn masked(fault: &Fault, form: &str, spec: &ColumnSpec, options: &[&str]) -> Self {
        let column = &spec.name;
        let value = format!("a value of the form `{form}`");
        let plain = Self::of(fault, form, spec, options, None);
        let (message, label) = match &fault.wrong {
            Wrong::Negative => (format!("`{column}` is {form}, below zero"), plain.label),
            Wrong::Unknown => (
                format!("{value} is none of the values known for `{column}`"),
                "not known".to_owned(),
            ),
            _ => (
                format!("{value} is not a number, and `{column}` holds numbers"),
                plain.label,
            ),
        };
        let help = match &fault.wrong {
            Wrong::Dressed(_) => {
                "write the number alone in the file, without £, % or commas".to_owned()
            }
            Wrong::NotANumber => {
                "put a plain number in the file; or, if this text means that there is none, say so \
                 in the table's card: missing: [\"…\"]"
                    .to_owned()
            }
            Wrong::Unknown => format!(
                "say in the table's card what it stands for: {}",
                format_args!("codes: #{{ {}: #{{ \"…\": \"…\" }} }}", quoted(column))
            ),
            _ => plain.help,
        };
        let mut notes = match &fault.wrong {
            Wrong::Unknown => vec![format!("known here: {}", options.join(", "))],
            _ => Vec::new(),
        };
        notes.push(
            "what fewer than 10 rows say is shown by its form; `healthcheck run --show-values` \
             shows it, where nobody reads along"
                .to_owned(),
        );
        Self {
            code: plain.code,
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

/// The form of a value: `Aaaa 99` for `Long-term 12`; letters and digits tell nothing but
/// that they are some, and long runs are cut.
pub(super) fn form_of(value: &str) -> String {
    const LONGEST_RUN: usize = 4;
    const MOST: usize = 24;
    let mut form = String::new();
    let mut run = 0;
    for c in shown(value).chars() {
        let sign = match c {
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'a',
            c if c.is_numeric() => '9',
            c => c,
        };
        run = if form.ends_with(sign) { run + 1 } else { 1 };
        if run <= LONGEST_RUN {
            form.push(sign);
        }
    }
    match form.chars().count() > MOST {
        true => form.chars().take(MOST - 1).chain(['…']).collect(),
        false => form,
    }
}
