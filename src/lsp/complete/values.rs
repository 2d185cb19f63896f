//! Values of keys: texts that the key allows, headers and words of the council's own files.

use super::Desk;
use super::keys::is_like;
use super::texts;
use crate::host::Holds;
use crate::lsp::council::From;
use crate::lsp::offer::Offer;
use crate::lsp::spot::Word;
use crate::national::{ANSWERS, Service, UNSCORED_ANSWERS};
use crate::reference::{Key, Wants};
use crate::validate;
use lsp_types::CompletionItemKind;

/// The values that fit the last of the keys that lead to a place.
pub(super) fn values(desk: &Desk<'_, '_>, path: &[String]) -> Vec<Offer> {
    let verb = desk.spot.verb();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let in_text = matches!(desk.spot.word, Word::Text(..));
    let texts = match (verb, path.as_slice()) {
        (_, ["standard"]) | ("feedback", ["hardest"]) => texts::standards(desk),
        ("action", ["item" | "measure"]) => texts::items(desk, |_| true),
        ("council", ["services"]) => words(&Service::ALL.map(Service::id)),
        ("table", ["file"]) => files(desk),
        ("table", ["sheet"]) => sheets(desk),
        ("table", ["columns", column]) => headers(desk, column),
        ("table", ["codes", column, _]) => allowed(desk, column),
        ("table", ["missing"]) => words(&["n/k", "-", "No reply"]),
        ("question", ["column"]) => headers_of_survey(desk),
        ("breakdown", ["tables"]) => texts::tables(desk),
        ("breakdown", ["by"]) => grouping(desk),
        ("breakdown", ["groups", _]) => groups(desk),
        ("action", ["agreed_with"]) => consulted(desk),
        ("council", ["as_of" | "fielded"]) => Vec::new(),
        (_, [key]) => of_key(desk, verb, key),
        _ => Vec::new(),
    };
    let code = match (in_text, path.as_slice()) {
        (false, [key]) => code(desk, verb, key),
        (false, ["columns", _]) if verb == "table" => {
            [Offer::word("always", CompletionItemKind::FUNCTION)
                .detail("the same text for everybody")
                .types("always(\"$1\")")
                .rank(3)]
            .into()
        }
        (false, ["lead", "social_work_qualified"]) => truths(),
        _ => Vec::new(),
    };
    texts.into_iter().chain(code).collect()
}

fn words(words: &[&str]) -> Vec<Offer> {
    words
        .iter()
        .map(|word| Offer::text(*word, CompletionItemKind::VALUE))
        .collect()
}

fn truths() -> Vec<Offer> {
    ["true", "false"]
        .map(|word| Offer::word(word, CompletionItemKind::KEYWORD))
        .into()
}

fn key(verb: &str, name: &str) -> Option<&'static Key> {
    validate::KEYS
        .iter()
        .find(|key| key.verb == verb && key.name == name)
}

/// Texts that a key's row allows.
fn of_key(desk: &Desk<'_, '_>, verb: &str, name: &str) -> Vec<Offer> {
    match key(verb, name).map(|key| key.wants) {
        Some(Wants::OneOf(allowed)) => words(allowed),
        Some(Wants::Date) => desk
            .council
            .as_of
            .iter()
            .map(|day| Offer::text(day, CompletionItemKind::VALUE).detail("the as-of date"))
            .collect(),
        _ => Vec::new(),
    }
}

/// What is no text.
fn code(desk: &Desk<'_, '_>, verb: &str, name: &str) -> Vec<Offer> {
    let formula = |names: &str, says: &str| {
        Offer::word(format!("|{names}| …"), CompletionItemKind::SNIPPET)
            .detail(says)
            .types(format!("|{names}| $0"))
    };
    match key(verb, name).map(|key| key.wants) {
        Some(Wants::Truth) => truths(),
        Some(Wants::Threshold) => {
            let one = |word: &str, says: &str, takes: &str| {
                Offer::word(word, CompletionItemKind::FUNCTION)
                    .detail(says)
                    .types(format!("{word}({takes})"))
            };
            [
                one("at_most", "no more than this", "${1:16}"),
                one("at_least", "no less than this", "${1:90}"),
                one("between", "from this to that", "${1:2}, ${2:4}"),
            ]
            .into()
        }
        Some(Wants::Formula) => match (verb, name) {
            ("measure", "score") => [formula("value", "the score of a value")].into(),
            ("overall", _) => [formula("standards", "a score of all standards")].into(),
            (_, "score") => [formula("results", "a score of the standard's items")].into(),
            _ => desk
                .council
                .all_tables()
                .iter()
                .map(|table| formula(table, "a formula over the rows of this table"))
                .collect(),
        },
        _ => Vec::new(),
    }
}

fn files(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let script = desk.council.script.as_deref();
    let files = script.map(|script| desk.host.data_files(script).1);
    let is_table = |file: &String| {
        [".csv", ".tsv", ".txt", ".json", ".xlsx", ".ods"]
            .iter()
            .any(|end| file.to_lowercase().ends_with(end))
    };
    let files = files.unwrap_or_default().into_iter().filter(is_table);
    let table = desk.spot.id();
    files
        .map(|file| {
            let named = !table.is_empty() && file.to_lowercase().contains(&table);
            Offer::text(file, CompletionItemKind::FILE).rank(if named { 0 } else { 1 })
        })
        .collect()
}

/// The sheets of the workbook that the card names.
fn sheets(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let table = desk.council.table(&desk.spot.id());
    let file = table.and_then(|table| table.file.as_deref());
    let (Some(script), Some(file)) = (desk.council.script.as_deref(), file) else {
        return Vec::new();
    };
    let sheets = desk.host.sheets(script, file).into_iter();
    sheets
        .map(|sheet| {
            Offer::text(sheet, CompletionItemKind::VALUE).detail(format!("a sheet of {file}"))
        })
        .collect()
}

/// The headers of a table's file, the one that a column is probably under first, those that
/// another column is read from last.
fn headers(desk: &Desk<'_, '_>, column: &str) -> Vec<Offer> {
    let table = desk.spot.id();
    let Some(glimpse) = desk.council.glimpse(&table, desk.host, desk.glimpses) else {
        return Vec::new();
    };
    let sought = desk.council.column(&table, column);
    let card = desk.council.table(&table);
    let taken = |header: &str| {
        let mut columns = card.map_or(&[][..], |card| &card.columns).iter();
        columns.find(|(name, from)| {
            name != column && matches!(from, From::Header(own) if own.eq_ignore_ascii_case(header))
        })
    };
    let columns = glimpse.columns.iter();
    columns
        .map(|found| {
            let header = &found.header;
            let like = sought.as_ref().is_some_and(|one| is_like(one, header));
            let taken = taken(header).map(|(name, _)| name);
            let offer = Offer::text(header, CompletionItemKind::FIELD)
                .detail(match taken {
                    Some(name) => format!("read as `{name}` already"),
                    None => format!("a header of {}", glimpse.file),
                })
                .says(held(&found.holds, found.gaps, glimpse.rows));
            offer.rank(match (like, taken) {
                (true, None) => 0,
                (false, None) => 1,
                _ => 2,
            })
        })
        .collect()
}

/// What a column holds, in words.
pub(in crate::lsp) fn held(holds: &Holds, gaps: usize, rows: usize) -> String {
    let what = match holds {
        Holds::Nothing => "No values.".to_owned(),
        Holds::Numbers(None) => "Numbers.".to_owned(),
        Holds::Numbers(Some((low, high))) => {
            format!("Numbers; the middle half lies from {low} to {high}.")
        }
        Holds::Words { different, listed } if listed.is_empty() => {
            format!("{different} different texts.")
        }
        Holds::Words { different, listed } => {
            let listed: Vec<String> = listed.iter().map(|word| format!("\"{word}\"")).collect();
            match different {
                1 => format!("One text: {}.", listed.join(", ")),
                many => format!("{many} different texts: {}.", listed.join(", ")),
            }
        }
    };
    let of = match rows {
        1 => "1 row".to_owned(),
        many => format!("{many} rows"),
    };
    match gaps {
        0 => format!("{what} {of}, none without a value."),
        some => format!("{what} {some} of {of} without a value."),
    }
}

fn headers_of_survey(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let Some(glimpse) = desk.council.glimpse("survey", desk.host, desk.glimpses) else {
        return Vec::new();
    };
    let columns = glimpse.columns.iter();
    columns
        .map(|column| {
            Offer::text(&column.header, CompletionItemKind::FIELD)
                .detail(format!("a header of {}", glimpse.file))
        })
        .collect()
}

/// Whether codes of this name speak for every question at once.
pub(super) fn is_of_all_questions(table: &str, column: &str) -> bool {
    table == "survey" && column == "answers"
}

/// The words that a coded column may be given.
fn allowed(desk: &Desk<'_, '_>, column: &str) -> Vec<Offer> {
    let table = desk.spot.id();
    if is_of_all_questions(&table, column) {
        return words(&[&ANSWERS[..], &UNSCORED_ANSWERS].concat());
    }
    let Some(column) = desk.council.column(&table, column) else {
        return Vec::new();
    };
    let none: &[&str] = match column.is {
        "yes or no" => &["not due", "not applicable"],
        "answers to a question" => &["not applicable", "prefer not to say"],
        _ => &[],
    };
    let values = column.values.iter().map(String::as_str);
    words(&values.chain(none.iter().copied()).collect::<Vec<_>>())
}

/// The tables of a breakdown; all that there are if it does not say.
fn tables_of(desk: &Desk<'_, '_>) -> Vec<String> {
    let card = desk.spot.card();
    let said = card.map(|card| desk.outline.texts_of(&card.entries, "tables"));
    match said {
        Some(said) if !said.is_empty() => said,
        _ => desk.council.all_tables(),
    }
}

/// Columns by which rows can be told apart: those of words that all its tables have.
fn grouping(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let tables = tables_of(desk);
    let Some((first, others)) = tables.split_first() else {
        return Vec::new();
    };
    let columns = desk.council.columns(first).into_iter();
    columns
        .filter(|column| column.is != "a number" && column.is != "answers to a question")
        .filter(|column| {
            let has = |table: &String| desk.council.column(table, &column.name).is_some();
            others.iter().all(has)
        })
        .map(|column| {
            texts::described(
                Offer::text(&column.name, CompletionItemKind::FIELD),
                &column,
            )
        })
        .collect()
}

/// The values of the column that tells groups apart.
fn groups(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let card = desk.spot.card();
    let Some(by) = card.and_then(|card| desk.outline.text_of(&card.entries, "by")) else {
        return Vec::new();
    };
    let mut values: Vec<String> = Vec::new();
    for table in tables_of(desk) {
        for value in desk.values(&table, &by) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    let there = card.map(|card| desk.outline.entry(&card.entries, "groups"));
    let there: Vec<String> = there.flatten().map_or_else(Vec::new, |entry| {
        let range = entry.value.clone();
        range.map(|at| desk.outline.word(at)).collect()
    });
    values
        .into_iter()
        .map(|value| {
            let rank = if there.contains(&value) { 2 } else { 1 };
            Offer::text(value, CompletionItemKind::VALUE).rank(rank)
        })
        .collect()
}

fn consulted(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let bodies = desk.outline.ids(&["consulted"]);
    words(&bodies.iter().map(String::as_str).collect::<Vec<_>>())
}
