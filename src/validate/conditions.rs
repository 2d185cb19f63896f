//! Conditions of the council's own formulas beside its data: a table in, a warning for each
//! value out that a column is compared with and no row has. Such a condition is false, or
//! true, of everybody, and the figure looks like a finding.

use super::formulas::compared::{as_coded, coded, for_empty, is_empty};
use super::read_card::dates::british;
use super::tables;
use crate::check::{HealthCheck, Kind};
use crate::data::{Codes, Column, ColumnSpec, Table, TableSpec, form_of};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::national::THRESHOLD;
use crate::script::Compared;
use crate::script::room;
use std::sync::Arc;

/// Different words of a column that are listed.
const MOST_WORDS: usize = 12;

/// What the conditions of a check ask of a table that none of its rows has.
pub fn conditions(check: &HealthCheck, table: &Table) -> Diagnostics {
    let mut found = Diagnostics::new();
    let Some(spec) = check.tables().iter().find(|spec| spec.id == table.id) else {
        return found;
    };
    let own = check.sources().first();
    for item in check.items() {
        let Kind::Measure(measure) = &item.local.kind else {
            continue;
        };
        if Some(&measure.value.place().source) != own {
            continue;
        }
        for compared in &measure.value.reads().compared {
            let known = spec.columns.iter().find(|one| one.name == compared.column);
            // What the nation's words are is known without any data.
            let settled = known.is_some_and(|one| tables::values(&one.kind).is_some());
            if compared.table != table.id || settled {
                continue;
            }
            if let Some(column) = table.columns.get(&compared.column) {
                found.extend(beside(spec, known, compared, column).into_iter().collect());
            }
        }
    }
    found
}

fn beside(
    spec: &TableSpec,
    known: Option<&ColumnSpec>,
    compared: &Compared,
    column: &Column,
) -> Option<Diagnostic> {
    let written = compared.value.place.text();
    let is_text = compared.is_text;
    let name = &compared.column;
    let fault = |message: String| {
        Diagnostic::new(Code::ValueNotThere, compared.value.place.clone(), message)
    };
    match column {
        Column::Number(numbers) if is_text && !numbers.is_empty() => {
            let fault = fault(format!("`{name}` holds numbers in this file")).label("this is text");
            Some(match compared.value.value.trim().parse::<f64>() {
                Ok(_) => fault.typed(compared.value.value.trim()).offered(),
                Err(_) => fault,
            })
        }
        Column::Words { words, .. } if words.is_empty() => None,
        Column::Words { words, .. }
            if written.parse::<f64>().is_ok() && words.iter().any(|word| is_number(word)) =>
        {
            Some(
                Diagnostic::new(
                    Code::CellNotANumber,
                    compared.value.place.clone(),
                    format!("`{name}` has cells that are no number, and is compared with a number"),
                )
                .label("nothing can be compared with this while the column holds text")
                .note("`healthcheck explain cell-not-a-number` says how to tell that a text means nothing")
                .help(format!("look through `{name}` in the file for what is no number: put the number there, or leave the cell empty")),
            )
        }
        Column::Words { .. } if written.parse::<f64>().is_ok() => Some(
            fault(format!("`{name}` holds text in this file"))
                .label("this is a number")
                .typed(format!("\"{written}\""))
                .offered(),
        ),
        Column::Words { words, .. }
            if is_text
                && words.iter().all(|word| is_day(word))
                && let Some((day, _)) = british(&compared.value.value)
                && !is_day(&compared.value.value) =>
        {
            Some(
                fault(format!(
                    "`{name}` holds days in this file, which stand with the year first"
                ))
                .label(format!("write \"{day}\""))
                .typed(format!("\"{day}\""))
                .offered(),
            )
        }
        Column::Words { words, rows }
            if compared.is_of_order()
                && is_day(&compared.value.value)
                && are_meant_as_days(words)
                && !words.iter().all(|word| is_day(word)) =>
        {
            Some(no_day(compared, words, rows))
        }
        Column::Words { words, .. } if is_text && compared.is_of_order() => {
            let days = words.iter().all(|word| is_day(word)) && is_day(&compared.value.value);
            (!days).then(|| {
                fault(format!("`{name}` holds text, which `{}` compares letter by letter", compared.operator))
                    .label("not as a day and not as a number")
                    .note("days compare rightly where every cell is one, 30/09/2026 or 2026-09-30, and the formula writes \"2026-09-30\"; numbers where every cell is one")
            })
        }
        Column::Words { words, .. } if is_text => {
            if compared.is_met_by(words.iter().map(|word| &**word)) {
                return None;
            }
            let national = known.and_then(|known| coded(known, &compared.value.value));
            Some(match national {
                _ if is_empty(compared) => for_empty(
                    fault(format!(
                        "no row of `{}` has an empty text in `{name}`",
                        spec.id
                    )),
                    compared,
                ),
                Some(national) => as_coded(
                    fault(format!("no row of `{}` has {written} in `{name}`", spec.id)),
                    &compared.value.value,
                    national,
                ),
                None => never(spec, compared, column),
            })
        }
        _ => None,
    }
}

fn is_number(word: &str) -> bool {
    word.trim().parse::<f64>().is_ok()
}

/// Whether most words of a column have the form of a day, there in the calendar or not.
fn are_meant_as_days(words: &[Arc<str>]) -> bool {
    let has_the_form = |word: &&Arc<str>| {
        let parts: Vec<&str> = word.trim().split(['/', '.', '-']).collect();
        parts.len() == 3
            && parts.iter().all(|part| {
                (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
            })
    };
    2 * words.iter().filter(has_the_form).count() > words.len()
}

/// Whether a cell of a file is read as a day: its year has four digits.
fn reads_as_day(word: &str) -> bool {
    let mut parts = word.trim().split(['/', '.', '-']);
    is_day(word) || (parts.any(|part| part.len() == 4) && british(word).is_some())
}

/// Cells that are no day, where a day is compared with them: one of them makes all of the
/// column text, and letters have another order.
fn no_day(compared: &Compared, words: &[Arc<str>], rows: &Codes) -> Diagnostic {
    let name = &compared.column;
    let is_no_day: Vec<bool> = words.iter().map(|word| !reads_as_day(word)).collect();
    let cells = rows.iter().enumerate();
    let wrong: Vec<(usize, u32)> = cells
        .filter_map(|(row, word)| Some((row + 1, word.ok()?)))
        .filter(|(_, word)| is_no_day[*word as usize])
        .collect();
    let count = match wrong.len() {
        1 => "a cell that is no day".to_owned(),
        many => format!("{many} cells that are no day"),
    };
    let told = |value: &dyn Fn(u32) -> String| {
        let fault = Diagnostic::new(
            Code::CellNotADay,
            compared.value.place.clone(),
            format!("`{name}` has {count}, and is compared with one"),
        )
        .label("with text among them, days are compared letter by letter");
        let fault = match wrong.first() {
            Some((row, word)) => fault.note(format!(
                "the first of them is in row {row} below the headers, blank rows not counted{}",
                value(*word)
            )),
            None => fault,
        };
        let has_form = |(_, word): &(usize, u32)| {
            let parts: Vec<&str> = words[*word as usize]
                .trim()
                .split(['/', '.', '-'])
                .collect();
            let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
            let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
            matches!(lengths[..], [1..=2, 1..=2, 4] | [4, 1..=2, 1..=2]) && parts.iter().all(digits)
        };
        match wrong.iter().all(has_form) {
            true => fault.help("no calendar has such a day, as 31/06/2026: look up which was meant, or leave the cell empty"),
            false => fault.help("write each as 30/09/2026, the year with four digits, or leave the cell empty"),
        }
    };
    told(&|word| format!(": `{}`", form_of(&words[word as usize])))
        .masking(told(&|word| format!(": `{}`", words[word as usize])))
}

/// A text that stands in no row.
fn never(spec: &TableSpec, compared: &Compared, column: &Column) -> Diagnostic {
    let (name, written) = (&compared.column, &compared.value.value);
    let so = match compared.operator.as_str() {
        "!=" => "so this is true of every row",
        _ => "so this is true of no row",
    };
    let told = |shown: Vec<&str>, hidden: bool| {
        let fault = Diagnostic::new(
            Code::ValueNotThere,
            compared.value.place.clone(),
            format!(
                "no row of `{}` has \"{written}\" in `{name}`, {so}",
                spec.id
            ),
        );
        let quoted: Vec<String> = shown
            .iter()
            .take(MOST_WORDS)
            .map(|word| format!("\"{word}\""))
            .collect();
        let more = if hidden || shown.len() > MOST_WORDS {
            ", and others"
        } else {
            ""
        };
        let values = match quoted.as_slice() {
            [] => "no value that it has is shared by 10 rows; `healthcheck check --show-values` shows them".to_owned(),
            some => format!("its values are: {}{more}", some.join(", ")),
        };
        let fault = fault.note(values);
        let codes = codes_for(written, &shown);
        if codes.is_empty() {
            return fault
                .did_you_mean(written, shown, "not among its values")
                .offered();
        }
        let line = format!("{}: #{{ {} }}", room::key(name), codes.join(", "));
        fault
            .label("the file says it in other words")
            .help(match room::line_of_map(&spec.place, "codes") {
                Some(at) => format!("among the `codes` of line {at}: {line},"),
                None => format!("codes: #{{ {line} }},"),
            })
            .offering(room::for_lines_of(&spec.place, "codes", &[line]))
    };
    let all: Vec<&str> = words_of(column, 1);
    let common: Vec<&str> = words_of(column, THRESHOLD as usize);
    let hidden = common.len() < all.len();
    told(common, hidden).masking(told(all, false))
}

/// The words of a column that at least so many rows have.
fn words_of(column: &Column, least: usize) -> Vec<&str> {
    let Column::Words { words, rows } = column else {
        return Vec::new();
    };
    let mut counts = vec![0usize; words.len()];
    for word in rows.iter().flatten() {
        counts[word as usize] += 1;
    }
    let counted = words.iter().zip(counts);
    counted
        .filter(|(_, count)| *count >= least)
        .map(|(word, _)| &**word)
        .collect()
}

/// What a file says for yes and no, where the formula asks for one of the two.
fn codes_for(written: &str, words: &[&str]) -> Vec<String> {
    if !["yes", "no"].contains(&written) {
        return Vec::new();
    }
    let meant = |word: &&&str| match word.trim().to_lowercase().as_str() {
        "y" | "yes" | "true" | "t" => Some("yes"),
        "n" | "no" | "false" | "f" => Some("no"),
        _ => None,
    };
    words
        .iter()
        .filter_map(|word| Some(format!("{}: \"{}\"", room::quoted(word), meant(&word)?)))
        .collect()
}

/// Whether a text is a day with its year first, which order of letters puts in order of time.
fn is_day(text: &str) -> bool {
    let text = text.trim();
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}
