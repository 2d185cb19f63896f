//! The bytes of a workbook and the card that names it in; the sheet that is meant out.

use super::caps::{MOST_CELLS, MOST_TABS};
use super::file::{File, Form, empty, not_read};
use super::sheet::SheetRow;
use super::workbook::{self, Beyond, NotRead, Workbook};
use super::{lead, meaning::fold};
use crate::data::TableSpec;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;

/// The names of a workbook's sheets, in its order; none of a file in another form or at fault.
pub fn sheets(name: &str, bytes: &[u8]) -> Vec<String> {
    let extension = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let book = workbook::Form::of(&extension).and_then(|form| Workbook::open(form, bytes).ok());
    book.map_or_else(Vec::new, |book| book.names)
}

/// The sheet that the card names; or the only one that holds anything; or the only one in
/// which a wanted header stands.
///
/// # Errors
/// A workbook that is not read ([`Code::FileFormat`]) or is too large
/// ([`Code::WorkbookTooLarge`]), a sheet that it does not have ([`Code::UnknownSheet`]), and
/// several of which each may be meant ([`Code::WhichSheet`]).
pub(super) fn sheet<'b>(
    spec: &TableSpec,
    name: &str,
    form: workbook::Form,
    bytes: &'b [u8],
) -> Result<File<'b>, Box<Diagnostic>> {
    let fault = |why| refused(spec, name, &why);
    if bytes.is_empty() {
        return Err(empty(&spec.file.place, name));
    }
    let mut book = Workbook::open(form, bytes).map_err(fault)?;
    if let Some(wanted) = &spec.sheet {
        let named = book
            .names
            .iter()
            .find(|sheet| **sheet == wanted.value)
            .or_else(|| {
                let folded = fold(&wanted.value);
                book.names.iter().find(|sheet| fold(sheet) == folded)
            });
        let Some(named) = named.cloned() else {
            return Err(unknown(&book.names, wanted, name));
        };
        let rows = book.rows(&named).map_err(fault)?;
        return opened(spec, name, rows, Vec::new());
    }
    let mut sheets: Vec<(String, Vec<SheetRow>)> = Vec::new();
    for sheet in book.names.clone() {
        let rows = book.rows(&sheet).map_err(fault)?;
        if !rows.is_empty() {
            sheets.push((sheet, rows));
        }
    }
    if sheets.len() > 1 {
        let fits: Vec<bool> = sheets
            .iter()
            .map(|(_, rows)| finds(rows, spec) > 0)
            .collect();
        if fits.iter().filter(|fits| **fits).count() != 1 {
            return Err(which(&sheets, &fits, spec, name));
        }
        let of = sheets.len();
        let mut fits = fits.into_iter();
        sheets.retain(|_| fits.next() == Some(true));
        let told = sheets.iter().map(|(sheet, _)| {
            format!("of its {of} sheets only \"{sheet}\" has headers that are wanted, and is read")
        });
        let told = told.collect();
        let rows = sheets.pop().map(|(_, rows)| rows).unwrap_or_default();
        return opened(spec, name, rows, told);
    }
    let rows = sheets.pop().map(|(_, rows)| rows).unwrap_or_default();
    opened(spec, name, rows, Vec::new())
}

fn opened<'b>(
    spec: &TableSpec,
    name: &str,
    rows: Vec<SheetRow>,
    told: Vec<String>,
) -> Result<File<'b>, Box<Diagnostic>> {
    if rows.is_empty() {
        return Err(empty(&spec.file.place, name));
    }
    Ok(File {
        form: Form::Sheet(rows),
        told,
    })
}

/// How many wanted columns the header of a sheet names.
fn finds(rows: &[SheetRow], spec: &TableSpec) -> usize {
    let first: Vec<(usize, Vec<String>)> = rows
        .iter()
        .take(lead::MOST_FIRST_ROWS)
        .map(|row| (row.number, row.trimmed()))
        .collect();
    lead::find(&first, spec).map_or(0, |lead| lead.finds)
}

fn refused(spec: &TableSpec, name: &str, why: &NotRead) -> Box<Diagnostic> {
    let place = &spec.file.place;
    let message = match why {
        NotRead::OtherForm => {
            format!("`{name}` is not the kind of workbook that its name says")
        }
        NotRead::Locked => format!("`{name}` is locked with a password"),
        NotRead::Damaged => format!("`{name}` is damaged, or locked with a password"),
        NotRead::Contradicts(what) => format!("`{name}` {what}, which no spreadsheet writes"),
        NotRead::TooLarge(beyond) => return Box::new(too_large(place, name, *beyond)),
    };
    not_read(place, message)
}

fn too_large(place: &Place, name: &str, beyond: Beyond) -> Diagnostic {
    let far =
        "delete what stands far below or far to the right of the table, or save the sheet as CSV";
    let (most, help) = match beyond {
        Beyond::Parts | Beyond::Cells => (
            format!(
                "{} cells, blank ones between others counted",
                millions(MOST_CELLS)
            ),
            far,
        ),
        Beyond::Text(most) => (
            format!(
                "{} MB of text, each counted in every cell where it stands",
                most >> 20
            ),
            "delete columns of long texts that the check does not need, or save the sheet as CSV",
        ),
        Beyond::Sheets => (
            format!("{MOST_TABS} sheets"),
            "move the sheet with the table to a workbook of its own, or save it as CSV",
        ),
    };
    let message = format!("`{name}` unfolds to more than a workbook of a survey or of staff holds");
    Diagnostic::new(Code::WorkbookTooLarge, place.clone(), message)
        .label("not unfolded")
        .note(format!("read are at most {most}"))
        .help(help)
}

fn millions(count: usize) -> String {
    format!("{} million", count / 1_000_000)
}

fn unknown(
    names: &[String],
    wanted: &crate::source::Spanned<String>,
    name: &str,
) -> Box<Diagnostic> {
    let fault = Diagnostic::new(
        Code::UnknownSheet,
        wanted.place.clone(),
        format!("`{name}` has no sheet \"{}\"", wanted.value),
    );
    let all = format!("its sheets: {}", listed(names.iter().map(String::as_str)));
    Box::new(fault.did_you_mean(&wanted.value, names.iter().map(String::as_str), all))
}

fn which(
    sheets: &[(String, Vec<SheetRow>)],
    fits: &[bool],
    spec: &TableSpec,
    name: &str,
) -> Box<Diagnostic> {
    let fitting: Vec<&str> = sheets
        .iter()
        .zip(fits)
        .filter(|(_, fits)| **fits)
        .map(|((sheet, _), _)| sheet.as_str())
        .collect();
    let names: Vec<&str> = sheets.iter().map(|(sheet, _)| sheet.as_str()).collect();
    let said = if fitting.is_empty() {
        format!("`{name}` has several sheets, and none has a header that is wanted")
    } else {
        format!("`{name}` has several sheets with headers that are wanted")
    };
    let offered = if fitting.is_empty() { &names } else { &fitting };
    Box::new(
        Diagnostic::new(Code::WhichSheet, spec.file.place.clone(), said)
            .label("which sheet is meant?")
            .note(format!("its sheets: {}", listed(names.iter().copied())))
            .help(format!("sheet: \"{}\",", offered[0])),
    )
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names
        .map(|name| format!("\"{}\"", super::faults::shown(name)))
        .collect();
    quoted.join(", ")
}
