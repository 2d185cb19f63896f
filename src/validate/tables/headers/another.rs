//! A file that is most likely another than its card means, or has no row of headers: its headers
//! beside the columns that are looked for in, what is told of it out.

use super::MOST_TYPED;
use crate::data::{ColumnSpec, From, Headers, TableSpec};
use crate::diagnostic::{Code, Diagnostic};

/// A file that has not one of the columns that are looked for: another file, most likely, that was
/// saved under this name.
pub(super) fn none_found(
    spec: &TableSpec,
    absent: &[&str],
    unread: &[&str],
    (file, headers): (&str, &Headers),
    found: Option<Diagnostic>,
) -> Diagnostic {
    let fault = found.unwrap_or_else(|| {
        let names: Vec<&str> = absent.iter().take(MOST_TYPED).copied().collect();
        let message = format!("{file} has no column headed {}", names.join(", "));
        Diagnostic::new(Code::MissingHeader, spec.file.place.clone(), message)
            .label("are they there under other names?")
            .note(headers.listed("headers that nothing reads", unread))
            .help("name the headers in `columns`, or put the right file in its place")
    });
    Diagnostic {
        code: Code::MissingHeader,
        ..fault
    }
    .note("not one of the columns that are looked for is in it: is it the right file?")
}

/// A file that begins with a row of data, where headers belong.
pub(super) fn no_headers(
    spec: &TableSpec,
    file: &str,
    headers: &Headers,
    row: usize,
) -> Diagnostic {
    let has = |column: &&ColumnSpec| headers.columns.contains_key(&column.name);
    let is_named = |column: &&ColumnSpec| matches!(column.from, From::Header(_));
    let wanted = spec.columns.iter().filter(|column| !has(column));
    let (named, others): (Vec<_>, Vec<_>) = wanted.partition(is_named);
    let (code, wanted) = match (named.is_empty(), headers.columns.is_empty()) {
        (true, true) => (Code::MissingHeader, others),
        (true, false) => (Code::ColumnsNotFound, others),
        (false, _) => (Code::MissingHeader, named),
    };
    let mut names: Vec<&str> = wanted.iter().filter_map(|one| one.header()).collect();
    let more = match names.len().saturating_sub(MOST_TYPED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    names.truncate(MOST_TYPED);
    let message = format!("{file} has no column headed {}{more}", names.join(", "));
    Diagnostic::new(code, spec.file.place.clone(), message)
        .label("has it a row of headers?")
        .note(headers.all_listed("its headers"))
        .help(format!(
            "put a row above row {row} of the file that heads each of its columns: {}, and so on",
            names.join(",")
        ))
}
