//! A file as it is, before anything is known of it: bytes in, headers and the different
//! values under each out.

use super::words::HEADERS;
use crate::data::{self, Column, ColumnSpec, From, Kind, Likeness, Policy, TableSpec};
use crate::diagnostic::{Diagnostics, Severity};
use crate::national::{AWARENESS, COLUMNS};
use crate::source::{Source, Spanned};
use crate::validate;

/// What stands under a header.
#[derive(Debug, Clone, Default)]
pub(super) struct Values {
    /// Different texts, in the order of the file.
    pub texts: Vec<String>,
    /// Cells that are not empty.
    pub filled: usize,
    /// Whether any cell is a number.
    pub numbers: bool,
    /// Whether a number is below 0.
    pub below: bool,
    /// Whether all numbers are whole and from 1 to 5.
    pub one_to_five: bool,
}

/// A file's headers with their values, in the order of the file.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub headers: Vec<(String, Values)>,
    /// Why its first row is none of headers; none of it may then be written down.
    pub no_headers: Option<String>,
}

/// Looks at a file; of a workbook at that sheet, if one is named.
///
/// # Errors
/// A file that cannot be read as a table.
pub(super) fn look(name: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Look, Diagnostics> {
    let (headers, reading) = data::whole(&spec(name, sheet, wanted()), name, bytes)?;
    if let Likeness::Data(_) = headers.likeness {
        return Ok(Look {
            headers: Vec::new(),
            no_headers: headers.likeness.hidden(),
        });
    }
    let names = headers
        .names
        .into_iter()
        .filter(|name| !headers.extra.contains(name));
    let names: Vec<String> = names.collect();
    // Cells at fault are for the card that is made to tell; a file that is none is not.
    if reading.table.columns.is_empty() {
        let broken = reading
            .faults
            .into_iter()
            .filter(|one| one.severity() == Severity::Error);
        let broken: Diagnostics = broken.collect();
        if broken.has_errors() {
            return Err(broken);
        }
    }
    let values = |header: &String| {
        reading
            .table
            .column(header)
            .map_or_else(Values::default, values)
    };
    Ok(Look {
        headers: names
            .iter()
            .map(|header| (header.clone(), values(header)))
            .collect(),
        no_headers: None,
    })
}

fn values(column: &Column) -> Values {
    match column {
        Column::Number(rows) => {
            let numbers = || (0..rows.len()).filter_map(|row| rows.get(row).ok());
            Values {
                numbers: numbers().next().is_some(),
                below: numbers().any(|number| number < 0.0),
                one_to_five: numbers().all(|n| n.fract() == 0.0 && (1.0..=5.0).contains(&n)),
                texts: Vec::new(),
                filled: numbers().count(),
            }
        }
        Column::Words { words, rows } => {
            let parsed: Vec<Option<f64>> =
                words.iter().map(|word| word.trim().parse().ok()).collect();
            let numbers = || parsed.iter().flatten();
            Values {
                numbers: numbers().next().is_some(),
                below: numbers().any(|number| *number < 0.0),
                one_to_five: numbers().all(|n| n.fract() == 0.0 && (1.0..=5.0).contains(n)),
                texts: words
                    .iter()
                    .zip(&parsed)
                    .filter(|(_, number)| number.is_none())
                    .map(|(word, _)| word.to_string())
                    .collect(),
                filled: rows.iter().flatten().count(),
            }
        }
        Column::Answers { .. } => Values::default(),
    }
}

/// Everything that a file's header row may name.
fn wanted() -> Vec<ColumnSpec> {
    let column = |name: &str, header: &str| ColumnSpec {
        name: name.to_owned(),
        from: From::Header(header.to_owned()),
        kind: Kind::Local,
        codes: Vec::new(),
        wording: None,
        place: None,
    };
    let mut all: Vec<ColumnSpec> = Vec::new();
    for (_, columns) in COLUMNS {
        all.extend(columns.iter().map(|(name, _)| column(name, name)));
    }
    for (_, _, headers) in HEADERS {
        all.extend(headers.iter().map(|header| column(header, header)));
    }
    for item in validate::national() {
        // With a wording, a survey tool's export is known as one, and what it adds left out.
        all.push(ColumnSpec {
            wording: Some(item.local.ask.clone()),
            ..column(&item.id, &item.local.ask)
        });
    }
    all.extend(AWARENESS.iter().map(|(id, ask)| column(id, ask)));
    all
}

fn spec(name: &str, sheet: Option<&str>, columns: Vec<ColumnSpec>) -> TableSpec {
    let place = Source::unread(name).whole();
    let sheet = sheet.map(|sheet| Spanned {
        value: sheet.to_owned(),
        place: place.clone(),
    });
    TableSpec {
        id: "workers".to_owned(),
        file: Spanned {
            value: name.to_owned(),
            place: place.clone(),
        },
        sheet,
        columns,
        missing: Vec::new(),
        policy: Policy::MostRows,
        place,
    }
}
