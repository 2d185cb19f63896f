//! Rows as a test gives them in, a dataset out. They are read as a data file is, under the
//! names that formulas use: the same kinds, the same words, the same missing values.

use crate::check::{HealthCheck, Kind};
use crate::data::{self, Dataset, From, Policy, TableSpec};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::national::ColumnKind;
use crate::script::{Compared, Formula, Given, GivenCell, GivenRow};
use std::collections::BTreeMap;

/// The tables that a test gives; those of the same name follow one another.
///
/// # Errors
/// A table or column that the check does not have, and a value that a column cannot hold,
/// each at its place in the test.
pub(super) fn dataset(check: &HealthCheck, given: &[Given]) -> Result<Dataset, Diagnostics> {
    let mut faults = Diagnostics::new();
    let mut tables: BTreeMap<&str, (&TableSpec, Vec<&GivenRow>)> = BTreeMap::new();
    for one in given {
        let id = one.table.value.as_str();
        let Some(spec) = check.tables().iter().find(|spec| spec.id == id) else {
            let names: Vec<&str> = check.tables().iter().map(|spec| spec.id.as_str()).collect();
            let fault = Diagnostic::new(
                Code::UnknownTable,
                one.table.place.clone(),
                format!("the check has no `table` card for `{id}`"),
            );
            let otherwise = format!("its tables: {}", names.join(", "));
            faults.push(fault.did_you_mean(id, names.iter().copied(), otherwise));
            continue;
        };
        let (_, rows) = tables.entry(id).or_insert((spec, Vec::new()));
        rows.extend(&*one.rows);
    }
    let mut dataset = Dataset::default();
    for (id, (spec, rows)) in tables {
        let unknown = unknown_columns(spec, &rows);
        if !unknown.is_empty() {
            faults.extend(unknown);
            continue;
        }
        let mistyped = mistyped(check, spec, &rows);
        if !mistyped.is_empty() {
            faults.extend(mistyped);
            continue;
        }
        let reading = data::read(&as_given(spec, &rows), "given.json", json(&rows).as_bytes());
        let found: Diagnostics = reading
            .faults
            // The rows are the test's own.
            .with_values()
            .into_iter()
            .filter(|fault| fault.severity() == Severity::Error)
            .map(|fault| placed(fault, &rows))
            .collect();
        faults.extend(found);
        dataset.tables.insert(id.to_owned(), reading.table);
    }
    if faults.has_errors() {
        return Err(faults.sorted());
    }
    Ok(dataset)
}

fn unknown_columns(spec: &TableSpec, rows: &[&GivenRow]) -> Diagnostics {
    let mut faults = Diagnostics::new();
    for (column, _) in rows.iter().flat_map(|row| &row.cells) {
        let name = column.value.as_str();
        let known = || spec.columns.iter().map(|column| column.name.as_str());
        if known().any(|known| known == name) {
            continue;
        }
        let fault = Diagnostic::new(
            Code::UnknownColumn,
            column.place.clone(),
            format!("the table `{}` has no column `{name}`", spec.id),
        );
        // A test speaks as formulas do, whatever the file calls its columns.
        let by_header = spec
            .columns
            .iter()
            .find(|column| column.from == From::Header(name.to_owned()));
        faults.push(match by_header {
            Some(meant) => fault
                .label(format!("formulas call it `{}`", meant.name))
                .typed(key(&meant.name)),
            None => fault.did_you_mean(name, known(), "no formula could read it"),
        });
    }
    faults.sorted()
}

/// Texts that no formula takes for what they were meant to be: a number in quotes, and a word
/// in another case than the one that a formula compares it with.
fn mistyped(check: &HealthCheck, spec: &TableSpec, rows: &[&GivenRow]) -> Diagnostics {
    let formulas = check
        .items()
        .iter()
        .filter_map(|item| match &item.local.kind {
            Kind::Measure(measure) => Some(&measure.value),
            _ => None,
        });
    let compared: Vec<&Compared> = formulas
        .flat_map(|formula| &formula.reads().compared)
        .filter(|compared| compared.table == spec.id)
        .collect();
    let mut faults = Diagnostics::new();
    for (column, cell) in rows.iter().flat_map(|row| &row.cells) {
        let known = spec.columns.iter().find(|known| known.name == column.value);
        let (Some(known), GivenCell::Text(text)) = (known, &cell.value) else {
            continue;
        };
        let mut asked = compared.iter().filter(|one| one.column == column.value);
        let is_number = match known.kind {
            data::Kind::National(ColumnKind::Number) => true,
            data::Kind::Local => asked.clone().any(|one| !one.is_text),
            _ => false,
        };
        if is_number && text.trim().parse::<f64>().is_ok() {
            faults.push(
                Diagnostic::new(
                    Code::WrongKind,
                    cell.place.clone(),
                    format!("`{}` holds numbers", column.value),
                )
                .label("a number stands without quotes")
                .typed(text.trim()),
            );
            continue;
        }
        let own = known.kind == data::Kind::Local && known.codes.is_empty();
        let meant = asked.find(|one| {
            let value = &one.value.value;
            one.is_text && value != text && value.trim().eq_ignore_ascii_case(text.trim())
        });
        let is_exact = compared
            .iter()
            .any(|one| one.column == column.value && one.is_met_by([text.as_str()]));
        if let (Some(meant), true, false) = (meant, own, is_exact) {
            faults.push(
                Diagnostic::new(
                    Code::UnknownWord,
                    cell.place.clone(),
                    format!("no formula asks `{}` for \"{text}\"", column.value),
                )
                .label("capitals count in a column of your own")
                .related(meant.value.place.clone(), "compared with this")
                .typed(format!("\"{}\"", meant.value.value)),
            );
        }
    }
    faults.sorted()
}

/// A column's name as it is typed before its colon.
fn key(column: &str) -> String {
    if column.contains('-') {
        format!("\"{column}\"")
    } else {
        column.to_owned()
    }
}

/// The table's card with every column under its own name; one that the script fills stays
/// so unless the rows have it.
fn as_given(spec: &TableSpec, rows: &[&GivenRow]) -> TableSpec {
    let is_given = |name: &str| {
        let mut cells = rows.iter().flat_map(|row| &row.cells);
        cells.any(|(column, _)| column.value == name)
    };
    let mut spec = spec.clone();
    if spec.policy == Policy::Totals {
        // A test gives sheets, however the council's own came.
        spec.policy = Policy::Sheets;
    }
    for column in &mut spec.columns {
        if matches!(column.from, From::Header(_)) || is_given(&column.name) {
            column.from = From::SameName;
        }
    }
    spec
}

/// One row a line, so that the line of a fault says which row.
fn json(rows: &[&GivenRow]) -> String {
    let row = |row: &&GivenRow| {
        let cells: serde_json::Map<String, serde_json::Value> = row
            .cells
            .iter()
            .map(|(column, cell)| {
                let value = match &cell.value {
                    GivenCell::Number(number) => number.to_string().into(),
                    GivenCell::Text(text) => text.as_str().into(),
                    GivenCell::Nothing => serde_json::Value::Null,
                };
                (column.value.clone(), value)
            })
            .collect();
        serde_json::Value::Object(cells).to_string()
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    format!("[{}]", rows.join(",\n"))
}

/// A fault of the rows, at its value in the test.
fn placed(fault: Diagnostic, rows: &[&GivenRow]) -> Diagnostic {
    let at = fault.place.source.first_line();
    let Some(row) = rows.get(at.saturating_sub(1)) else {
        return fault;
    };
    let shown = fault.place.text().trim_matches('"').to_owned();
    let is_it = |cell: &GivenCell| match cell {
        GivenCell::Number(number) => number.to_string() == shown,
        GivenCell::Text(text) => *text == shown,
        GivenCell::Nothing => false,
    };
    let of_column = |(column, _): &&(crate::source::Spanned<String>, _)| {
        fault.message.contains(&format!("`{}`", column.value))
    };
    let mut cells = row.cells.iter().filter(|(_, cell)| is_it(&cell.value));
    let cell = cells.clone().find(of_column).or_else(|| cells.next());
    // What to do in a file or a card is of no use here.
    let known = |note: &String| note.starts_with("known here");
    Diagnostic {
        place: cell.map_or(&row.place, |(_, cell)| &cell.place).clone(),
        related: Vec::new(),
        notes: fault
            .notes
            .iter()
            .filter(|note| known(note))
            .cloned()
            .collect(),
        help: (fault.code == Code::CellNotANumber)
            .then(|| "a number without quotes; `()` where there is none".to_owned()),
        ..fault
    }
}

/// The columns that a formula reads and that no row was given with.
pub(super) fn lacks(formula: &Formula, data: &Dataset) -> Vec<String> {
    let mut lacks: Vec<String> = Vec::new();
    for (table, column) in &formula.reads().columns {
        let there = data
            .tables
            .get(table)
            .is_some_and(|table| table.column(&column.value).is_some());
        let name = format!("`{}` of `{table}`", column.value);
        if !there && !lacks.contains(&name) {
            lacks.push(name);
        }
    }
    lacks
}
