//! A case in; whether the columns that the nation's definition reads are what they are
//! called: not set by the script, and not another column. Any header will do, as long as it says
//! the same in other words.

use super::{Case, Read};
use crate::check::{Definition, Kind};
use crate::data::{
    ColumnSpec, From, Kind as Values, TableSpec, asks_otherwise, fold_cell as fold, says,
};
use crate::national::{AWARENESS, COLUMNS, ColumnKind};
use crate::source::Place;

/// Two texts that a file's reader takes for the same.
pub(super) fn alike(a: &str, b: &str) -> bool {
    // Most begin otherwise, and need not be looked at to their ends.
    if let ([first, ..], [other, ..]) = (a.as_bytes(), b.as_bytes())
        && first.is_ascii_alphanumeric()
        && other.is_ascii_alphanumeric()
        && !first.eq_ignore_ascii_case(other)
    {
        return false;
    }
    if a.is_ascii() && b.is_ascii() {
        return a.trim().eq_ignore_ascii_case(b.trim());
    }
    fold(a) == fold(b)
}

/// The columns that the nation's definition reads, with their tables.
pub(super) fn read<'a>(id: &str, national: &Definition, tables: &'a [TableSpec]) -> Vec<Read<'a>> {
    let is_awareness = || AWARENESS.iter().any(|(known, _)| *known == id);
    let wanted = |table: &TableSpec| -> Vec<String> {
        let mut names = match &national.kind {
            Kind::Measure(measure) => measure.value.reads().of(&table.id),
            Kind::Question(_) if table.id == "survey" => vec![id.to_owned()],
            // Asked and never scored, and of the whole only.
            Kind::Statement if table.id == "survey" && is_awareness() => {
                return vec![id.to_owned()];
            }
            Kind::Question(_) | Kind::Statement => Vec::new(),
        };
        // The nation's rules count every item in each service.
        if !names.is_empty() {
            names.push(SERVICE.to_owned());
        }
        names
    };
    tables
        .iter()
        .flat_map(|table| {
            let names = wanted(table);
            let columns = table.columns.iter();
            columns
                .filter(move |column| names.contains(&column.name))
                .map(move |column| (table, column))
        })
        .collect()
}

/// The column that tells services apart.
const SERVICE: &str = "service";

/// The first column that the nation's definition reads for which there is a reason.
pub(super) fn first(
    case: &Case<'_>,
    reason: impl Fn(&TableSpec, &ColumnSpec) -> Option<String>,
) -> Option<String> {
    let mut columns = case.read.iter();
    columns.find_map(|(table, column)| reason(table, column))
}

/// Where the script speaks of the columns that the nation's definition of an item reads: of one that the
/// reasons name, if they name any.
pub(super) fn place(columns: &[Read<'_>], reasons: &[String]) -> Option<Place> {
    let is_named = |column: &ColumnSpec| {
        let name = format!("“{}”", column.name);
        reasons.iter().any(|reason| reason.contains(&name))
    };
    let named = columns.iter().filter(|(_, column)| is_named(column));
    // Of two that are read from one place, what was written last.
    let places = named.filter_map(|(_, column)| match column.codes.first() {
        Some((code, _)) => Some(code.place.clone()),
        None => column.place.clone(),
    });
    places
        .max_by_key(|place| place.span)
        .or_else(|| codes_or_headers(columns))
}

fn codes_or_headers(columns: &[Read<'_>]) -> Option<Place> {
    columns
        .iter()
        .find_map(|(_, column)| column.codes.first().map(|(code, _)| code.place.clone()))
        .or_else(|| columns.iter().find_map(|(_, column)| column.place.clone()))
        .or_else(|| columns.first().map(|(table, _)| table.place.clone()))
}

/// A column that the script fills itself. A table of one service may say so of all its rows:
/// see [`one_service`].
pub(super) fn constant(case: &Case<'_>) -> Option<String> {
    first(case, |_, column| match &column.from {
        _ if is_of_services(column) => None,
        From::Number(number) => Some(format!(
            "its column “{}” is {number} in every row, as the script sets it",
            column.name
        )),
        From::Words(words) => Some(format!(
            "its column “{}” is “{words}” in every row, as the script sets it",
            column.name
        )),
        From::Header(_) | From::SameName => None,
    })
}

fn is_of_services(column: &ColumnSpec) -> bool {
    column.kind == Values::National(ColumnKind::Service)
}

/// Every row of a table counted as one service's, in a check that covers two: allowed, and
/// said.
pub(super) fn one_service(case: &Case<'_>) -> Option<String> {
    first(case, |table, column| match &column.from {
        From::Words(words) if is_of_services(column) && case.services.len() > 1 => Some(format!(
            "every row of “{}” counts as {}, as the script sets it",
            table.id, words
        )),
        _ => None,
    })
}

/// What practitioners were asked in place of the nation's question, as the header tells
/// that its column is read from; and where the script names it.
pub(super) fn asked_instead(
    id: &str,
    national: &Definition,
    columns: &[Read<'_>],
) -> Option<(String, Place)> {
    let own = columns.iter().find(|(_, column)| column.name == id);
    let (table, column) = own.filter(|(table, _)| table.id == "survey")?;
    let From::Header(header) = &column.from else {
        return None;
    };
    let asked = asks_otherwise(header, &national.ask)?;
    let place = column.place.as_ref().unwrap_or(&table.place);
    Some((asked, place.clone()))
}

/// A header that asks something else than what the council says was asked: allowed, since
/// a header may be a name that somebody gave the column, and said.
pub(super) fn only_a_heading(case: &Case<'_>) -> Option<String> {
    let (asked, _) = asked_instead(case.id, case.national, case.read)?;
    (case.local.ask == case.national.ask).then(|| {
        format!("its column is headed “{asked}”, and the council says that the nation's wording was asked")
    })
}

/// Says that two columns are read from one place.
pub(super) const READ_FROM: &str = "is read from that of";

/// A column that is read from the place of another of the nation's.
pub(super) fn borrowed(case: &Case<'_>) -> Option<String> {
    first(case, |table, column| {
        let header = header(column)?;
        let other = table.columns.iter().find(|other| {
            other.name != column.name
                && (alike(&other.name, header)
                    || self::header(other).is_some_and(|own| alike(own, header))
                    || asks(other, header) && !asks(column, header))
                && has_values_of_its_own(&table.id, other)
        })?;
        Some(format!(
            "its column “{}” {READ_FROM} “{}”",
            column.name, other.name
        ))
    })
}

/// Whether a header is a question's own wording.
fn asks(column: &ColumnSpec, header: &str) -> bool {
    let wording = column.wording.as_deref();
    wording.is_some_and(|wording| says(header, wording))
}

fn header(column: &ColumnSpec) -> Option<&str> {
    match &column.from {
        From::Header(header) => Some(header),
        From::SameName => Some(&column.name),
        From::Number(_) | From::Words(_) => None,
    }
}

/// A national question, or a national column that is counted.
fn has_values_of_its_own(table: &str, column: &ColumnSpec) -> bool {
    match &column.kind {
        Values::Answers { .. } => crate::validate::national()
            .iter()
            .any(|item| item.id == column.name),
        Values::National(ColumnKind::Number | ColumnKind::YesNo) => COLUMNS
            .iter()
            .filter(|(name, _)| *name == table)
            .flat_map(|(_, columns)| columns.iter())
            .any(|(name, _)| *name == column.name),
        Values::OneOf(_) => true,
        Values::National(_) | Values::Local => false,
    }
}
