//! Values that mean nothing in their columns in, one fault for all that are told together
//! out: the first one underlined, each with its rows, and the codes of all to type at once.

use super::said::Said;
use super::wording::{form_of, quoted};
use super::{Where, cell_place, fold, shown};
use crate::diagnostic::{Code, Diagnostic};
use crate::national::THRESHOLD;

/// Columns that are listed where a value stands in several.
const MOST_COLUMNS: usize = 6;

/// Options up to which they are named as what to choose from.
const FEW_OPTIONS: usize = 3;

/// One value of one column.
pub(in super::super) struct Odd {
    pub(super) file: String,
    pub(super) column: String,
    pub(super) header: String,
    pub(super) value: String,
    pub(super) line: usize,
    pub(super) rows: Where,
    /// The values that the column knows.
    pub(super) options: Vec<String>,
    /// Which of them was probably meant.
    pub(super) near: Option<String>,
    /// The line of the first code that the card has for the column.
    pub(super) coded: Option<usize>,
    /// Whether it answers a question.
    pub(super) is_answer: bool,
    /// Whether it tells of nobody, however few rows have it.
    pub(super) of_nobody: bool,
    /// Further facts.
    pub(super) more: Vec<String>,
}

impl Odd {
    /// Whether both are told in one fault: of one column, or answers of one scale.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        let alike = self.column == other.column || self.is_answer && other.is_answer;
        alike && self.options == other.options
    }
}

/// A value with all columns that it stands in.
struct Value<'o> {
    first: &'o Odd,
    columns: Vec<&'o str>,
    cells: usize,
    /// Whether it may be shown: it tells of nobody, or as many rows of one column share it.
    is_open: bool,
}

/// The fault; where a value is of few people, with its form in its place.
pub(super) fn diagnostic(group: &[Odd], said: &Said<'_>) -> Diagnostic {
    let mut values: Vec<Value<'_>> = Vec::new();
    for odd in group {
        let is_open = odd.of_nobody || odd.rows.count >= THRESHOLD as usize;
        let same = |known: &&mut Value<'_>| fold(&known.first.value) == fold(&odd.value);
        match values.iter_mut().find(same) {
            Some(known) => {
                known.columns.push(&odd.column);
                known.cells += odd.rows.count;
                known.is_open |= is_open;
            }
            None => values.push(Value {
                first: odd,
                columns: vec![&odd.column],
                cells: odd.rows.count,
                is_open,
            }),
        }
    }
    let plain = picture(group, &values, said, true);
    match values.iter().all(|value| value.is_open) {
        true => plain,
        false => picture(group, &values, said, false).masking(plain),
    }
}

fn picture(group: &[Odd], values: &[Value<'_>], said: &Said<'_>, all: bool) -> Diagnostic {
    let Odd {
        file,
        header,
        line,
        options,
        rows,
        ..
    } = &group[0];
    let first = &values[0];
    let is_shown = |value: &Value<'_>| all || value.is_open;
    let told = |value: &Value<'_>| match is_shown(value) {
        true => shown(&value.first.value),
        false => form_of(&value.first.value),
    };
    let text = told(first);
    let place = cell_place(file, *line, header, &text);
    let mut fault = Diagnostic::new(
        Code::UnknownValue,
        place,
        message(values, is_shown(first), &text),
    );
    fault = fault.label(match (&first.first.near, is_shown(first)) {
        (Some(near), true) => format!("did you mean `{near}`?"),
        _ => "not known".to_owned(),
    });
    if let [value] = values {
        fault = fault.note(match rows.count {
            1 => format!("1 row has this value: {}", rows.words()),
            n => format!("{n} rows have this value: {}", rows.words()),
        });
        if let [_, others @ ..] = value.columns.as_slice()
            && !others.is_empty()
        {
            fault = fault.note(format!(
                "the same in {} of {} more column{}: {}",
                cells(value.cells - rows.count),
                others.len(),
                if others.len() == 1 { "" } else { "s" },
                listed(others)
            ));
        }
    } else {
        let mut forms: Vec<(String, usize, usize)> = Vec::new();
        for value in values {
            let text = told(value);
            if is_shown(value) {
                let rows = match value.columns.as_slice() {
                    [_] => value.first.rows.words(),
                    several => format!("{} of {}", cells(value.cells), listed(several)),
                };
                fault = fault.note(format!("`{text}`: {rows}"));
                continue;
            }
            match forms.iter_mut().find(|(form, ..)| *form == text) {
                Some((_, many, all)) => (*many, *all) = (*many + 1, *all + value.cells),
                None => forms.push((text, 1, value.cells)),
            }
        }
        for (form, many, all) in forms {
            let values = if many == 1 {
                "1 value"
            } else {
                &format!("{many} values")
            };
            fault = fault.note(format!("{values} of the form `{form}`: {}", cells(all)));
        }
    }
    fault = fault.note(format!("known here: {}", options.join(", ")));
    for note in group.iter().flat_map(|odd| &odd.more) {
        fault = fault.note(note.as_str());
    }
    match values {
        [value] if is_shown(value) => {
            let text = said.missing(&value.first.value);
            fault = fault.note(format!("if it means that there is no answer: {text}"));
        }
        [_] => {}
        _ => {
            fault = fault.note(
                "one that means that there is no answer goes into `missing` of the card instead",
            );
        }
    }
    if !values.iter().all(is_shown) {
        fault = fault.note(super::wording::MASKED);
    }
    fault.help(help(group, values, said, is_shown))
}

fn message(values: &[Value<'_>], is_shown: bool, text: &str) -> String {
    let first = values[0].first;
    let mut columns: Vec<&str> = values
        .iter()
        .flat_map(|value| value.columns.clone())
        .collect();
    columns.sort_unstable();
    columns.dedup();
    match (values.len(), columns.len()) {
        (1, _) => format!(
            "{}`{text}` is none of the values known for `{}`",
            if is_shown { "" } else { "a value of the form " },
            first.column
        ),
        (many, 1) => format!(
            "{many} values are none of those known for `{}`",
            first.column
        ),
        (many, columns) => {
            format!("{many} answers to {columns} questions are none of those known for them")
        }
    }
}

/// `codes: #{ "caseload-manageable": #{ "Agre": "agree" } }`, ready to type: each value once.
/// What it cannot be guessed to mean is left to the reader.
fn help(
    group: &[Odd],
    values: &[Value<'_>],
    said: &Said<'_>,
    is_shown: impl Fn(&Value<'_>) -> bool,
) -> String {
    let mut pairs: Vec<String> = values
        .iter()
        .map(|value| match is_shown(value) {
            true => {
                let meant = value.first.near.as_deref().unwrap_or("…");
                format!("{}: {}", quoted(&value.first.value), quoted(meant))
            }
            false => "\"…\": \"…\"".to_owned(),
        })
        .collect();
    pairs.dedup();
    let pairs = pairs.join(", ");
    let several = group.iter().any(|odd| odd.column != group[0].column);
    let key = match several {
        true => "answers".to_owned(),
        false => quoted(&group[0].column),
    };
    let line = match group[0].coded {
        Some(line) if group.iter().all(|odd| odd.coded == Some(line)) => {
            format!("beside the code of line {line}: {pairs}")
        }
        _ => said.codes(&format!("{key}: #{{ {pairs} }}")),
    };
    let options = &group[0].options;
    let choice = if !values.iter().all(&is_shown) || !pairs.contains(": \"…\"") {
        String::new()
    } else if options.len() <= FEW_OPTIONS {
        let few: Vec<String> = options.iter().map(|option| quoted(option)).collect();
        format!(", with {} in place of …", few.join(" or "))
    } else {
        ", with a known value in place of …".to_owned()
    };
    let what = match values.len() {
        1 => "it stands",
        _ => "they stand",
    };
    format!("say in the table's card what {what} for: {line}{choice}")
}

/// `1 cell`, `3 cells`.
fn cells(count: usize) -> String {
    format!("{count} cell{}", if count == 1 { "" } else { "s" })
}

fn listed(columns: &[&str]) -> String {
    let named: Vec<String> = columns
        .iter()
        .take(MOST_COLUMNS)
        .map(|column| format!("`{column}`"))
        .collect();
    match columns.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
