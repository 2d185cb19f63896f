//! What each table and column means, for machines: the tables in, `csv-metadata.json` (the
//! W3C's "Metadata Vocabulary for Tabular Data") and `datapackage.json` (Frictionless) out.

use super::csv::symbol_of;
use super::{Column, Head, Kind, Table};
use crate::digest::Running;
use crate::memo::Key;
use crate::missing::Missing;
use serde_json::{Value, json};
use std::hash::Hash;

/// How texts are kept from acting as formulas.
pub(super) const INERT: &str = "In texts, line breaks are spaces, and a sign that a spreadsheet could take for the beginning of a formula (= + - @) has an apostrophe before it. Numbers are numbers.";

/// How a figure stands in CSV.
const SYMBOLS: &str = "A figure is two columns: the number, and beside it the symbol that stands where there is no number. symbols.csv has the meanings. An empty number is never 0.";

/// A column as it stands in the file.
struct Field {
    name: String,
    says: String,
    /// By the Metadata Vocabulary, and by Frictionless.
    datatype: (&'static str, &'static str),
    key: bool,
    symbol: bool,
}

/// Of all that both say: no row is in it.
pub(super) fn key(head: &Head, tables: &[Table]) -> Key {
    let mut all = Running::default();
    head.hash(&mut all);
    for table in tables {
        let Table {
            name,
            title,
            columns,
            rows: _,
        } = table;
        (name, title, columns).hash(&mut all);
    }
    all.sha256()
}

fn fields(table: &Table) -> Vec<Field> {
    table.columns.iter().flat_map(of_column).collect()
}

fn of_column(column: &Column) -> Vec<Field> {
    let datatype = match column.kind {
        Kind::Text => ("string", "string"),
        Kind::Date => ("date", "date"),
        Kind::Number | Kind::Figure => ("decimal", "number"),
        Kind::Flag => ("boolean", "boolean"),
    };
    let mut fields = vec![Field {
        name: column.name.to_owned(),
        says: column.says.to_owned(),
        datatype,
        key: column.key,
        symbol: false,
    }];
    if column.kind == Kind::Figure {
        fields.push(Field {
            name: symbol_of(column.name),
            says: format!("The symbol in the place of {}", column.name),
            datatype: ("string", "string"),
            key: false,
            symbol: true,
        });
    }
    fields
}

fn symbols() -> Vec<&'static str> {
    Missing::ALL
        .iter()
        .map(|missing| missing.symbol())
        .collect()
}

fn title(head: &Head) -> String {
    format!(
        "Social work health check: {}, as of {}",
        head.name, head.as_of
    )
}

fn description(head: &Head) -> String {
    format!("{SYMBOLS} {INERT} {}", head.not_a_rating)
}

/// The text of `csv-metadata.json`, under the name at which the W3C's vocabulary looks for
/// it beside any of the tables.
pub(super) fn csv_on_the_web(head: &Head, tables: &[Table]) -> String {
    let tables: Vec<Value> = tables
        .iter()
        .map(|table| {
            let fields = fields(table);
            let columns: Vec<Value> = fields.iter().map(csvw_column).collect();
            json!({
                "url": table.file(),
                "dc:title": table.title,
                "tableSchema": { "columns": columns, "primaryKey": keys(&fields) },
            })
        })
        .collect();
    pretty(&json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "dc:title": title(head),
        "dc:description": description(head),
        "dc:publisher": head.name,
        "tables": tables,
    }))
}

fn csvw_column(field: &Field) -> Value {
    let datatype = if field.symbol {
        json!({ "base": "string", "format": symbols().join("|") })
    } else {
        json!(field.datatype.0)
    };
    let mut column = json!({
        "name": field.name,
        "titles": field.name,
        "dc:description": field.says,
        "datatype": datatype,
    });
    if field.datatype.0 == "boolean" {
        column["datatype"] = json!({ "base": "boolean", "format": "true|false" });
    }
    column
}

/// The text of `datapackage.json`.
pub(super) fn data_package(head: &Head, tables: &[Table]) -> String {
    let resources: Vec<Value> = tables
        .iter()
        .map(|table| {
            let fields = fields(table);
            let described: Vec<Value> = fields.iter().map(frictionless_field).collect();
            json!({
                "name": table.name,
                "path": table.file(),
                "title": table.title,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": { "lineTerminator": "\r\n" },
                "schema": {
                    "fields": described,
                    "missingValues": [""],
                    "primaryKey": keys(&fields),
                },
            })
        })
        .collect();
    pretty(&json!({
        "profile": "tabular-data-package",
        "name": "social-work-health-check",
        "title": title(head),
        "description": description(head),
        "resources": resources,
    }))
}

fn frictionless_field(field: &Field) -> Value {
    let mut described = json!({
        "name": field.name,
        "type": field.datatype.1,
        "description": field.says,
    });
    if field.symbol {
        described["constraints"] = json!({ "enum": symbols() });
    }
    if field.datatype.1 == "boolean" {
        described["trueValues"] = json!(["true"]);
        described["falseValues"] = json!(["false"]);
    }
    described
}

/// The columns by which a row is known. A key may not be empty, so that the table of all
/// figures, whose rows are known by different ones, has none.
fn keys(fields: &[Field]) -> Vec<&str> {
    if fields.iter().any(|field| field.name == "statistic") {
        return Vec::new();
    }
    fields
        .iter()
        .filter(|field| field.key)
        .map(|field| field.name.as_str())
        .collect()
}

fn pretty(value: &Value) -> String {
    let mut text =
        serde_json::to_string_pretty(value).expect("a JSON value always has a JSON form");
    text.push('\n');
    text
}

/// Where the tables are, for a reader of the workbook.
#[cfg(feature = "xlsx")]
pub(super) fn beside() -> String {
    let folder = super::FOLDER;
    format!(
        "The same tables as CSV, and one more with a row for each figure, are in the folder {folder}."
    )
}
