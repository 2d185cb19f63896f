//! The headers of a data file beside what a table's card says of them.

use crate::check::{HealthCheck, Item, Kind};
use crate::data::{ColumnSpec, From, Headers, TableSpec};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};

/// What the headers of a data file say of a table's columns: every header that the script
/// names and the file does not have, and every header that nothing reads and that looks
/// like a national column.
pub fn columns(check: &HealthCheck, table: &str, file: &str, headers: &Headers) -> Diagnostics {
    let Some(spec) = check.tables().iter().find(|spec| spec.id == table) else {
        return Diagnostics::new();
    };
    let has = |name: &str| headers.iter().any(|known| tidy(known) == tidy(name));
    let mut faults: Diagnostics = spec
        .columns
        .iter()
        .filter_map(|column| match &column.from {
            From::Header(header) if !has(header) => {
                Some(missing_header(spec, column, header, file, headers))
            }
            _ => None,
        })
        .collect();
    let absent: Vec<&str> = spec
        .columns
        .iter()
        .filter(|column| column.from == From::SameName && !has(&column.name))
        .map(|column| column.name.as_str())
        .collect();
    // A header that was named as the one meant is spoken of already.
    let meant: Vec<&str> = spec
        .columns
        .iter()
        .filter_map(|column| match &column.from {
            From::Header(header) if !has(header) => {
                nearest(header, headers.iter().map(String::as_str))
            }
            _ => None,
        })
        .collect();
    let unread = |header: &&String| is_unread(spec, header) && !meant.contains(&header.as_str());
    let mut told = Vec::new();
    for header in headers.iter().filter(unread) {
        // Nearly as long: "Team" is not short for `team-supervision`.
        let alike = absent
            .iter()
            .copied()
            .filter(|name| name.len().abs_diff(header.trim().len()) <= 2);
        if let Some(meant) = nearest(header, alike) {
            told.push(meant);
            faults.push(almost(spec, header, meant, file));
        }
    }
    // A header that the script names wrongly explains what is not found.
    if !faults.has_errors() {
        let lacking: Vec<&str> = absent
            .into_iter()
            .filter(|name| !told.contains(name))
            .collect();
        let unread: Vec<&str> = headers
            .iter()
            .filter(|header| !header.trim().is_empty() && is_unread(spec, header))
            .map(String::as_str)
            .collect();
        faults.extend(
            not_found(check, spec, &lacking, &unread, file)
                .into_iter()
                .collect(),
        );
    }
    faults
}

/// National columns that a national item needs, in a file with headers that nothing reads:
/// probably they are the same under another name.
fn not_found(
    check: &HealthCheck,
    spec: &TableSpec,
    lacking: &[&str],
    unread: &[&str],
    file: &str,
) -> Option<Diagnostic> {
    let needs = |item: &&Item| -> Vec<String> {
        match item.national.as_ref().map(|definition| &definition.kind) {
            Some(Kind::Question(_)) if spec.id == "survey" => vec![item.id.clone()],
            Some(Kind::Measure(measure))
                if measure.value.parameters().first() == Some(&spec.id) =>
            {
                measure.value.reads().of(&spec.id)
            }
            _ => Vec::new(),
        }
    };
    let items = || check.items().iter().filter(|item| item.omission.is_none());
    let wanted: Vec<&str> = lacking
        .iter()
        .copied()
        .filter(|name| items().any(|item| needs(&item).iter().any(|need| need == name)))
        .collect();
    let unrated = items()
        .filter(|item| {
            needs(item)
                .iter()
                .any(|need| wanted.contains(&need.as_str()))
        })
        .count();
    let (first, header) = (*wanted.first()?, *unread.first()?);
    Some(
        Diagnostic::new(
            Code::ColumnsNotFound,
            spec.file.place.clone(),
            format!(
                "{file} has no column headed {}: {unrated} national {} not rated for it",
                wanted.join(", "),
                if unrated == 1 { "item is" } else { "items are" }
            ),
        )
        .label("are they there under other names?")
        .note(format!("headers that nothing reads: {}", unread.join(", ")))
        .help(format!("columns: #{{ {}: \"{header}\" }},", key(first))),
    )
}

/// A column's name as a key.
fn key(column: &str) -> String {
    if column.contains('-') {
        format!("\"{column}\"")
    } else {
        column.to_owned()
    }
}

/// Headers compare without spaces at their ends and without regard to case.
fn tidy(header: &str) -> String {
    header.trim().replace('\u{a0}', " ").to_lowercase()
}

fn is_unread(spec: &TableSpec, header: &str) -> bool {
    spec.columns.iter().all(|column| match &column.from {
        From::Header(named) => tidy(named) != tidy(header),
        From::SameName => tidy(&column.name) != tidy(header),
        From::Number(_) | From::Words(_) => true,
    })
}

fn missing_header(
    spec: &TableSpec,
    column: &ColumnSpec,
    header: &str,
    file: &str,
    headers: &Headers,
) -> Diagnostic {
    let place = column
        .place
        .clone()
        .unwrap_or_else(|| spec.file.place.clone());
    let fault = Diagnostic::new(
        Code::MissingHeader,
        place,
        format!("the file has no column headed \"{header}\""),
    )
    .note(format!("the headers of {file}: {}", headers.join(", ")));
    match nearest(header, headers.iter().map(String::as_str)) {
        Some(meant) => fault
            .label(format!("did you mean \"{meant}\"?"))
            .help(format!("\"{meant}\"")),
        None => fault.label("no such header"),
    }
}

/// A header that nothing reads, and that is a letter or a space away from a national one.
fn almost(spec: &TableSpec, header: &str, meant: &str, file: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnusedColumn,
        spec.file.place.clone(),
        format!("nothing reads the column headed \"{header}\" in {file}"),
    )
    .label(format!("is it `{meant}`? Then say so in this card"))
    .help(format!("columns: #{{ {}: \"{header}\" }},", key(meant)))
}
