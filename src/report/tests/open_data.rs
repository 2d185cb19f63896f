//! Open data read back: tables as CSV, their descriptions, the schema and the workbook.

use super::*;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::io::Read;

/// Files by path.
pub(super) fn files(example: &Publication) -> BTreeMap<String, Vec<u8>> {
    data(example)
        .into_iter()
        .map(|page| (page.path, page.bytes))
        .collect()
}

/// A CSV file: its header, and its rows by column.
pub(super) fn read_csv(bytes: &[u8]) -> (Vec<String>, Vec<BTreeMap<String, String>>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let header: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let rows = reader
        .records()
        .map(|row| {
            let row = row.expect("every row has as many cells as the header");
            header
                .iter()
                .cloned()
                .zip(row.iter().map(str::to_owned))
                .collect()
        })
        .collect();
    (header, rows)
}

/// The parts of a workbook by name.
pub(super) fn unzipped(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut part = zip.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn json(bytes: &[u8]) -> Json {
    serde_json::from_slice(bytes).unwrap()
}

/// Every figure of a publication: its number or its symbol.
fn figures_of(json: &Json, found: &mut Vec<String>) {
    match json {
        Json::Object(map) if map.contains_key("symbol") && map.contains_key("text") => {
            let number = map["value"].as_f64().map(|number| number.to_string());
            found.push(number.unwrap_or_else(|| map["symbol"].as_str().unwrap().to_owned()));
        }
        Json::Object(map) => map.values().for_each(|one| figures_of(one, found)),
        Json::Array(list) => list.iter().for_each(|one| figures_of(one, found)),
        _ => {}
    }
}

#[test]
fn every_figure_of_the_results_is_once_in_the_long_table_and_no_other_is() {
    for (name, example) in examples::all() {
        let files = files(&example);
        let mut expected = Vec::new();
        figures_of(&json(&files["results.json"]), &mut expected);
        let mut found = Vec::new();
        for row in read_csv(&files["data/figures.csv"]).1 {
            for column in ["value", "low", "high"] {
                let cells = [&row[column], &row[&format!("{column}_symbol")]];
                let filled: Vec<&String> = cells.into_iter().filter(|c| !c.is_empty()).collect();
                assert!(filled.len() < 2, "{name}: a number and a symbol at once");
                found.extend(filled.into_iter().cloned());
            }
        }
        expected.sort();
        found.sort();
        assert!(expected == found, "{name}");
    }
}

#[test]
fn a_row_of_the_long_table_is_known_by_its_keys() {
    let (_, rows) = read_csv(&files(&examples::full())["data/figures.csv"]);
    let keys = [
        "subject",
        "breakdown",
        "group",
        "definition",
        "standard",
        "item",
        "answer",
        "statistic",
    ];
    let mut known = std::collections::BTreeSet::new();
    for row in &rows {
        let key: Vec<&String> = keys.iter().map(|key| &row[*key]).collect();
        assert!(known.insert(key.clone()), "{key:?} twice");
    }
    assert!(rows.len() > 500);
}

#[test]
fn the_tables_are_as_their_descriptions_say() {
    for (name, example) in examples::all() {
        let files = files(&example);
        let web = json(&files["data/csv-metadata.json"]);
        let package = json(&files["data/datapackage.json"]);
        let tables = web["tables"].as_array().unwrap();
        let resources = package["resources"].as_array().unwrap();
        let csvs = files.keys().filter(|path| path.ends_with(".csv")).count();
        assert_eq!((tables.len(), resources.len()), (csvs, csvs), "{name}");
        for (table, resource) in tables.iter().zip(resources) {
            let path = table["url"].as_str().unwrap();
            assert_eq!(resource["path"], path);
            let (header, rows) = read_csv(&files[&format!("data/{path}")]);
            let columns = table["tableSchema"]["columns"].as_array().unwrap();
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names = |list: &[Json]| -> Vec<String> {
                list.iter()
                    .map(|one| one["name"].as_str().unwrap().to_owned())
                    .collect()
            };
            assert_eq!(names(columns), header, "{name}: {path}");
            assert_eq!(names(fields), header, "{name}: {path}");
            for (column, field) in columns.iter().zip(fields) {
                let cells = rows.iter().map(|row| &row[field["name"].as_str().unwrap()]);
                for cell in cells.filter(|cell| !cell.is_empty()) {
                    match field["type"].as_str().unwrap() {
                        "number" => assert!(cell.parse::<f64>().is_ok(), "{path}: {cell}"),
                        "boolean" => assert!(["true", "false"].contains(&cell.as_str())),
                        "date" => assert_eq!(cell.len(), 10),
                        _ => {}
                    }
                    if let Some(symbols) = field["constraints"]["enum"].as_array() {
                        assert!(symbols.iter().any(|s| s == cell), "{path}: {cell}");
                        let format = column["datatype"]["format"].as_str().unwrap();
                        assert!(format.split('|').any(|s| s == cell));
                    }
                }
            }
            for key in table["tableSchema"]["primaryKey"].as_array().unwrap() {
                let key = key.as_str().unwrap();
                assert!(rows.iter().all(|row| !row[key].is_empty()), "{path}: {key}");
            }
        }
    }
}

#[test]
fn a_table_is_rfc_4180_in_utf_8() {
    let text = String::from_utf8(files(&examples::full())["data/items.csv"].clone()).unwrap();
    assert!(!text.starts_with('\u{feff}'));
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.lines().count(), examples::full().items.len() + 1);
}

#[test]
fn every_example_has_the_form_that_the_schema_describes() {
    let schema: Json = serde_json::from_str(&schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, example) in examples::all() {
        let results = json(&files(&example)["results.json"]);
        let faults: Vec<String> = validator
            .iter_errors(&results)
            .map(|error| error.to_string())
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
}

#[test]
fn what_is_not_of_the_form_does_not_pass_the_schema() {
    let schema: Json = serde_json::from_str(&schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let spoil: [fn(&mut Json); 4] = [
        |json| json["schema"] = "healthcheck-results/2".into(),
        |json| json["threshold"] = "ten".into(),
        |json| json["items"][0]["findings"][0]["local"]["value"]["value"] = "12".into(),
        |json| {
            json.as_object_mut().unwrap().remove("scopes");
        },
    ];
    for (at, spoil) in spoil.into_iter().enumerate() {
        let mut results = json(&files(&examples::full())["results.json"]);
        spoil(&mut results);
        assert!(!validator.is_valid(&results), "{at}");
    }
}

#[test]
fn every_name_of_the_results_is_described_in_the_schema() {
    let schema: Json = serde_json::from_str(&schema()).unwrap();
    let undescribed = |of: &Json| -> Vec<String> {
        let properties = of["properties"].as_object().unwrap();
        properties
            .iter()
            .filter(|(_, property)| property["description"].is_null())
            .map(|(name, _)| name.clone())
            .collect()
    };
    assert_eq!(undescribed(&schema), Vec::<String>::new());
    for (name, of) in schema["$defs"].as_object().unwrap() {
        assert_eq!(undescribed(of), Vec::<String>::new(), "{name}");
    }
}

/// Cells of a sheet: reference, kind, what is in it.
#[cfg(feature = "xlsx")]
fn cells(sheet: &str) -> Vec<(String, String, String)> {
    let between = |text: &str, from: &str, to: &str| -> String {
        text.split_once(from)
            .and_then(|(_, rest)| rest.split_once(to))
            .map_or_else(String::new, |(inside, _)| inside.to_owned())
    };
    sheet
        .split("<c ")
        .skip(1)
        .map(|cell| {
            (
                between(cell, "r=\"", "\""),
                between(cell, "t=\"", "\""),
                between(cell, "<v>", "</v>"),
            )
        })
        .collect()
}

#[cfg(feature = "xlsx")]
#[test]
fn the_workbook_has_a_cover_and_a_table_a_sheet_with_real_numbers() {
    let example = examples::full();
    let parts = unzipped(&files(&example)["results.xlsx"]);
    let book = &parts["xl/workbook.xml"];
    let names: Vec<&str> = book
        .split("<sheet name=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "cover",
            "scores",
            "grades",
            "response",
            "items",
            "findings",
            "answers",
            "bands",
            "awareness",
            "groups",
            "plan",
            "symbols"
        ]
    );
    for (at, name) in names.iter().enumerate().skip(1) {
        let sheet = &parts[&format!("xl/worksheets/sheet{}.xml", at + 1)];
        assert!(sheet.contains("state=\"frozen\""), "{name}");
        assert!(!sheet.contains("mergeCell"), "{name}");
        assert!(
            sheet.contains("<cols>") && sheet.contains("tablePart"),
            "{name}"
        );
    }
    let response = cells(&parts["xl/worksheets/sheet4.xml"]);
    let asked = response.iter().find(|(at, _, _)| at == "F2").unwrap();
    assert_eq!((asked.1.as_str(), asked.2.as_str()), ("", "382"));
    let described = parts.iter().filter(|(name, _)| name.contains("/tables/"));
    for (name, table) in described {
        assert!(table.contains("altText"), "{name}");
    }
}

#[cfg(feature = "xlsx")]
#[test]
fn the_workbook_says_what_the_tables_say() {
    for (name, example) in examples::all() {
        let files = files(&example);
        let parts = unzipped(&files["results.xlsx"]);
        let shared = &parts["xl/sharedStrings.xml"];
        let strings: Vec<&str> = shared
            .split("<si>")
            .skip(1)
            .map(|part| {
                part.split_once('>')
                    .unwrap()
                    .1
                    .split("</t>")
                    .next()
                    .unwrap()
            })
            .collect();
        let scores = cells(&parts["xl/worksheets/sheet2.xml"]);
        let (header, rows) = read_csv(&files["data/scores.csv"]);
        // The sheet has one column for a figure, the file two.
        let columns: Vec<&String> = header.iter().filter(|h| !h.ends_with("_symbol")).collect();
        let at = columns
            .iter()
            .position(|column| *column == "score")
            .unwrap();
        let letter = char::from(b'A' + u8::try_from(at).unwrap());
        for (row, expected) in rows.iter().enumerate() {
            let place = format!("{letter}{}", row + 2);
            let (_, kind, value) = scores.iter().find(|(at, _, _)| *at == place).unwrap();
            if kind == "s" {
                let text = strings[value.parse::<usize>().unwrap()];
                assert_eq!(text, expected["score_symbol"], "{name} {place}");
            } else {
                assert_eq!(*value, expected["score"], "{name} {place}");
            }
        }
    }
}

#[test]
fn where_everything_is_withheld_no_file_holds_a_figure() {
    let mut example = examples::everything_withheld();
    for scope in &mut example.scopes {
        let six = scope.standards.iter_mut();
        six.for_each(|s| (s.assured, s.scored, s.counted) = (c(), c(), c()));
        let own = scope.local.iter_mut();
        own.for_each(|s| (s.scored, s.counted) = (c(), c()));
        scope.assured = c();
    }
    let files = files(&example);
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".csv")) {
        let (header, rows) = read_csv(bytes);
        let figures = header
            .iter()
            .filter(|h| header.contains(&format!("{h}_symbol")));
        for column in figures {
            for row in &rows {
                assert_eq!(row[column], "", "{path}: {column}");
                let symbol = &row[&format!("{column}_symbol")];
                assert!(
                    symbol.is_empty() || symbol == "c",
                    "{path}: {column} {symbol}"
                );
            }
        }
    }
    #[cfg(feature = "xlsx")]
    for (name, part) in unzipped(&files["results.xlsx"]) {
        if name.starts_with("xl/worksheets/sheet") && !name.ends_with("sheet5.xml") {
            let numbers = cells(&part)
                .into_iter()
                .filter(|(_, kind, _)| kind.is_empty());
            // What is left are the council's own weights.
            let others: Vec<String> = numbers
                .filter(|(at, _, value)| !value.is_empty() && !at.starts_with('H'))
                .map(|(at, _, value)| format!("{name} {at} {value}"))
                .collect();
            assert!(others.is_empty(), "{others:?}");
        }
    }
}

fn c() -> crate::publication::Figure {
    crate::publication::Figure {
        value: None,
        symbol: Some("c".to_owned()),
        text: "c".to_owned(),
    }
}

#[test]
fn the_manifest_lists_every_file_but_itself_with_its_sum_and_tells_no_size_of_an_input() {
    let example = examples::full();
    let templates = Templates::embedded();
    let made = pages(&example, &templates).unwrap();
    let page = manifest(&example, &templates, &made);
    let json = json(&page.bytes);
    let outputs = json["outputs"].as_array().unwrap();
    assert_eq!(outputs.len(), made.len());
    for file in &made {
        let listed = outputs
            .iter()
            .find(|one| one["path"] == *file.path)
            .unwrap();
        assert_eq!(listed["sha256"], crate::digest::sha256_hex(&file.bytes));
        assert_eq!(listed["bytes"], file.bytes.len());
    }
    for input in json["inputs"].as_array().unwrap() {
        let names: Vec<&String> = input.as_object().unwrap().keys().collect();
        assert_eq!(names, ["path", "sha256", "sealed_with"]);
    }
    assert_eq!(
        json["templates"].as_array().unwrap().len(),
        Templates::own().count()
    );
}
