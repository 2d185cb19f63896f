//! One value at fault in, the words for it out: with the value, or with its form alone.

use super::{Fault, Said, shown, tells_of_nobody};
use crate::data::ColumnSpec;
use crate::data::read::meaning::Wrong;
use crate::diagnostic::{Code, beginning};

/// What is said of one value.
pub(super) struct Wording {
    pub code: Code,
    pub message: String,
    pub label: String,
    pub notes: Vec<String>,
    pub help: String,
}

/// What is said where values are not.
pub(super) const MASKED: &str = "what fewer than 10 rows say is shown by its form; `healthcheck check --show-values` shows it, where nobody reads along";

impl Wording {
    pub(super) fn of(fault: &Fault, value: &str, spec: &ColumnSpec, said: &Said<'_>) -> Self {
        let column = &spec.name;
        let no_number = format!("`{value}` is not a number, and `{column}` holds numbers");
        let (code, message, label, help) = match &fault.wrong {
            Wrong::Dressed(bare) => (
                Code::CellNotANumber,
                no_number,
                "not a plain number",
                dressed(&fault.value, bare, spec),
            ),
            Wrong::Comma(bare) => (
                Code::CellNotANumber,
                no_number,
                "a comma where the point belongs",
                format!("write `{bare}` in the file, with a point"),
            ),
            Wrong::Clock(hours) => (
                Code::CellNotANumber,
                no_number,
                "hours and minutes",
                format!("write `{hours}` in the file: hours with a point; {FROM_CLOCK}"),
            ),
            Wrong::NotFinite => (
                Code::CellNotANumber,
                no_number,
                "not a number that can be counted with",
                RIGHT_OR_EMPTY.to_owned(),
            ),
            Wrong::NotANumber => (
                Code::CellNotANumber,
                no_number,
                "not a number",
                no_number_at_all(&fault.value, said),
            ),
            Wrong::Negative => (
                Code::NumberOutOfRange,
                format!("`{column}` is {value}, below zero"),
                "cannot be below zero",
                "put the right number in the file, or leave the cell empty if it is not known"
                    .to_owned(),
            ),
            Wrong::Nested => (
                Code::UnknownValue,
                format!("`{column}` holds several values in one cell"),
                "a list or an object",
                "write one number or one text for each name in the file".to_owned(),
            ),
            Wrong::Failed => (
                Code::UnknownValue,
                format!("`{value}` in `{column}` is the error of a formula in the spreadsheet"),
                "a formula that failed",
                "put the right text in the file, or leave the cell empty if there is none"
                    .to_owned(),
            ),
            Wrong::Total => (
                Code::TotalsRow,
                format!("`{value}` in `{column}` heads a row that sums up others"),
                "a row of totals",
                format!(
                    "delete that row from the file; or, if it is truly called so, say in the \
                     table's card: {}, with another name in place of …",
                    said.codes(&format!("{column}: #{{ {}: \"…\" }}", quoted(&fault.value)))
                ),
            ),
            Wrong::Unknown => unreachable!("odd values are told together"),
        };
        Self {
            code,
            message,
            label: label.to_owned(),
            notes: Vec::new(),
            help,
        }
    }

    /// The same where the value is not told.
    pub(super) fn masked(fault: &Fault, form: &str, spec: &ColumnSpec, said: &Said<'_>) -> Self {
        let column = &spec.name;
        let value = format!("a value of the form `{form}`");
        let plain = Self::of(fault, form, spec, said);
        let message = match &fault.wrong {
            Wrong::Negative => format!("{value} in `{column}` is below zero"),
            Wrong::Total => format!("{value} in `{column}` heads a row that sums up others"),
            _ => format!("{value} is not a number, and `{column}` holds numbers"),
        };
        let help = match &fault.wrong {
            Wrong::Dressed(_) if is_share(&fault.value, spec) => {
                "write it as a share of full time: 1 is full time, 0.5 half".to_owned()
            }
            Wrong::Dressed(_) => {
                "write the number alone in the file, without £, % or commas".to_owned()
            }
            Wrong::Comma(_) => {
                "write the number with a point in the file, not with a comma".to_owned()
            }
            Wrong::Clock(_) => {
                format!("write hours with a point in the file, 37.5 for 37:30; {FROM_CLOCK}")
            }
            Wrong::NotANumber => {
                "put a plain number in the file, or leave the cell empty if there is none"
                    .to_owned()
            }
            Wrong::Total => "delete that row from the file".to_owned(),
            _ => plain.help,
        };
        Self {
            message,
            help,
            notes: vec![MASKED.to_owned()],
            ..plain
        }
    }
}

/// How a whole column is put right.
const FROM_CLOCK: &str =
    "in a spreadsheet: the column of times multiplied by 24, shown as a number";

const RIGHT_OR_EMPTY: &str =
    "put the right number in the file, or leave the cell empty if there is none";

/// What to write for a number in a dress.
fn dressed(written: &str, bare: &str, spec: &ColumnSpec) -> String {
    match bare.parse::<f64>() {
        Ok(percent) if is_share(written, spec) => format!(
            "write `{}` in the file: a share of full time, of which 1 is the whole",
            percent / 100.0
        ),
        _ => format!("write `{bare}` in the file: the number alone, without £, % or commas"),
    }
}

/// Whether a percentage stands for a share: half a full-time equivalent is 0.5, and not 50.
fn is_share(written: &str, spec: &ColumnSpec) -> bool {
    spec.name == "fte" && written.trim_end().ends_with('%')
}

/// What to do about a text in a column of numbers. One with a figure in it hardly means that
/// there is none.
fn no_number_at_all(written: &str, said: &Said<'_>) -> String {
    if tells_of_nobody(written) {
        format!(
            "put a plain number in the file; or, if this text means that there is none, say so in \
             the table's card: {}",
            said.missing(written)
        )
    } else if written.contains(|c: char| c.is_ascii_digit()) {
        "put the number alone in the file, or leave the cell empty if it is not known".to_owned()
    } else {
        format!(
            "put a plain number in the file, or leave the cell empty if there is none; where many \
             cells say so, the table's card can: {}",
            said.missing(written)
        )
    }
}

/// A text as a script writes it.
pub(super) fn quoted(text: &str) -> String {
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
pub(crate) fn form_of(value: &str) -> String {
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
    beginning(&form, MOST)
}
