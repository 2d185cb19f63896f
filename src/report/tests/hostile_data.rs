//! Values that try to become formulas, in tables and in the workbook.

use super::hostile::{PAYLOADS, each_text};
use super::open_data::{files, read_csv};
use super::*;

const FORMULAS: [&str; 17] = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    "=HYPERLINK(\"http://x.example\",\"x\")",
    "=WEBSERVICE(\"http://x.example\")",
    "=IMPORTXML(\"http://x.example\",\"//a\")",
    "+1+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "{=1+1}",
    "\"=1+1",
    "'=1+1",
    "x;=1+1;y",
    "x\r\n=1+1\r\n\"=2",
];

/// What a payload may hide behind.
const FRONTS: [&str; 10] = [
    "", " ", "\t", "\r", "\n", "\u{0}", "\u{feff}", "\u{202e}", "\";", ",",
];

fn payloads() -> Vec<String> {
    let all = FORMULAS.iter().chain(&PAYLOADS);
    all.flat_map(|payload| FRONTS.iter().map(move |front| format!("{front}{payload}")))
        .collect()
}

fn begins_a_formula(text: &str) -> bool {
    text.trim_start_matches([' ', '"'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Every kind of text, in as few items, groups and scopes as have it.
fn small() -> Publication {
    let mut example = examples::full();
    let mut seen = std::collections::BTreeSet::new();
    example.items.retain(|item| {
        let kind = (item.kind.clone(), item.national, item.note.is_some());
        seen.insert((kind, item.local_formula.is_empty(), item.advice.is_some()))
    });
    for item in &mut example.items {
        item.findings.truncate(2);
    }
    example.scopes.truncate(1);
    example
}

/// Texts that a payload stands in front of, behind, or in the place of.
fn spoiled(example: &Publication, payload: &str, way: usize) -> Publication {
    let mut json = serde_json::to_value(example).unwrap();
    each_text(&mut json, &mut |text| {
        *text = match way {
            0 => format!("{payload}{text}"),
            1 => format!("{text}{payload}"),
            _ => payload.to_owned(),
        };
    });
    serde_json::from_value(json).unwrap()
}

#[test]
fn there_are_300_payloads() {
    let mut all = payloads();
    all.sort();
    all.dedup();
    assert!(all.len() >= 295, "{}", all.len());
    assert_eq!(payloads().len(), 300);
}

#[test]
fn no_text_of_a_publication_can_become_a_formula_in_a_table() {
    let example = small();
    for (at, payload) in payloads().iter().enumerate() {
        let files = files(&spoiled(&example, payload, at % 3));
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".csv")) {
            let text = std::str::from_utf8(bytes).unwrap();
            let odd = |c: char| c.is_control() && c != '\r' && c != '\n';
            assert!(
                !text.contains(odd),
                "{path}: a control character of {payload:?}"
            );
            // One line a row: nothing in a text breaks a line.
            let (header, rows) = read_csv(bytes);
            assert_eq!(text.lines().count(), rows.len() + 1, "{path}: {payload:?}");
            for row in &rows {
                for name in &header {
                    let cell = row[name].as_str();
                    let number = cell.parse::<f64>().is_ok();
                    // In whatever way a program splits it.
                    for part in cell.split([';', '\t']) {
                        let bad = begins_a_formula(part) && !number;
                        assert!(!bad, "{path}, {name}: {cell:?} of {payload:?}");
                    }
                }
            }
        }
    }
}

#[cfg(feature = "xlsx")]
#[test]
fn no_text_of_a_publication_can_become_a_formula_or_a_link_in_the_workbook() {
    use super::open_data::unzipped;
    let example = small();
    for (at, payload) in payloads().iter().enumerate() {
        let files = files(&spoiled(&example, payload, at % 3));
        let parts = unzipped(&files["results.xlsx"]);
        for (name, part) in &parts {
            let link = name.contains("externalLink") || part.contains("<hyperlink");
            assert!(!link, "{name}: a link of {payload:?}");
            assert!(
                !part.contains("TargetMode=\"External\""),
                "{name}: {payload:?}"
            );
            assert!(
                !part.contains("<f>") && !part.contains("<f "),
                "{name}: {payload:?}"
            );
            let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r');
            assert!(
                !part.contains(odd),
                "{name}: a control character of {payload:?}"
            );
            let escaped = part.contains("_x00") || part.contains("calcChain");
            assert!(!escaped, "{name}: {payload:?}");
        }
        for text in parts["xl/sharedStrings.xml"].split("<t").skip(1) {
            let text = text.split_once('>').unwrap().1;
            let text = text.replace("&quot;", "\"");
            assert!(!begins_a_formula(&text), "{text:.60} of {payload:?}");
        }
    }
}
