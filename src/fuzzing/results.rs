//! `results.json` that anybody may have written: read back, and given to everything that reads
//! publications.
//!
//! Text that begins with `{` is read as it is. Any other bytes are changes to a published
//! example, one after the other: which value, and what takes its place. So a fuzzer comes past
//! the form, to what is done with the figures. The examples are cut down to one standard: what
//! is done with one is done with six, and takes six times as long.

use super::bytes::Bytes;
use super::told::painted;
use crate::publication::Publication;
use crate::source::Source;
use crate::verify::{FilesOf, Manifest, Unverified};
use crate::{attack, change, compare, report, verify};
use serde_json::Value;
use std::collections::BTreeMap;

/// The most changes of one input.
const MOST: usize = 24;

thread_local! {
    static EXAMPLES: Vec<(Publication, Value)> = report::examples()
        .into_iter()
        .map(|example| {
            let example = cut_down(example);
            let value = serde_json::to_value(&example).expect("what is published is plain");
            (example, value)
        })
        .collect();
    static TEMPLATES: report::Templates = templates();
}

/// The program's own templates without their style, which each page holds.
fn templates() -> report::Templates {
    let style = ("style.css".to_owned(), Source::new("style.css", ""));
    report::Templates::new(vec![style]).expect("a page needs no style")
}

/// The standard with the fewest items and what belongs to it, with all its groups.
fn cut_down(mut example: Publication) -> Publication {
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for item in &example.items {
        *sizes.entry(item.standard.clone()).or_default() += 1;
    }
    let fewest = sizes.into_iter().min_by_key(|(_, items)| *items);
    let (standard, _) = fewest.expect("an example has items");
    example.items.retain(|item| item.standard == standard);
    let is_here = |id: &str| example.items.iter().any(|item| item.id == id);
    example.plan.retain(|action| action.standard == standard);
    for scope in &mut example.scopes {
        scope.standards.retain(|one| one.id == standard);
        scope.local.retain(|one| one.id == standard);
    }
    if let Some(changes) = &mut example.changes {
        changes.items.retain(|item| is_here(&item.id));
    }
    example
}

pub(super) fn results(bytes: &[u8]) {
    if bytes.first() == Some(&b'{') {
        if let Ok(read) = Unverified::read(bytes) {
            let read = read.as_it_is();
            EXAMPLES.with(|examples| looked_at(&read, &examples[0].0, 0));
        }
        if let Ok(manifest) = Manifest::read(bytes) {
            let again = Manifest::read(manifest.text().as_bytes());
            assert_eq!(again.as_ref(), Ok(&manifest), "a manifest read back");
            let none = manifest.check(&FilesOf::new());
            assert_eq!(none.differences.len(), manifest.outputs.len());
        }
        return;
    }
    let mut bytes = Bytes(bytes);
    EXAMPLES.with(|examples| {
        let (example, value) = &examples[bytes.below(examples.len())];
        let reader = bytes.one();
        let mut value = value.clone();
        for _ in 0..MOST {
            if bytes.is_empty() {
                break;
            }
            change(&mut value, &mut bytes);
        }
        // What no longer has the form is refused before anybody looks at it.
        if let Ok(changed) = serde_json::from_value::<Publication>(value) {
            looked_at(&changed, example, reader);
        }
    });
}

/// Everything that takes a publication takes this one; the readers only in turn.
fn looked_at(read: &Publication, other: &Publication, reader: u8) {
    match reader % 8 {
        0 => {
            drop(verify::arithmetic(read));
            printed(read);
        }
        1 => drop(compare::compare(&[read.clone(), other.clone()], None)),
        2 => drop(change::changes(other, read)),
        3 => drop(change::changes(read, other)),
        4 => {
            let attempt = attack::attempt(&[read, other]);
            let is_odd = |low: Option<f64>, high: Option<f64>| low > high && high.is_some();
            let odd = attempt
                .openings
                .iter()
                .find(|one| is_odd(one.low, one.high));
            assert!(odd.is_none(), "more at least than at most: {odd:?}");
        }
        5 => open_data(read),
        6 => drop(report::index_row(read)),
        _ => TEMPLATES.with(|templates| match report::pages(read, templates) {
            Err(faults) => drop(painted(&faults)),
            Ok(pages) => {
                let mut paths: Vec<&str> = pages.iter().map(|page| page.path.as_str()).collect();
                paths.sort_unstable();
                let all = paths.len();
                paths.dedup();
                assert_eq!(paths.len(), all, "two pages under one path");
                let manifest = report::manifest(read, templates, &pages);
                let listed = Manifest::read(&manifest.bytes).expect("a manifest of ours");
                let files = pages.into_iter().map(|page| (page.path, page.bytes));
                let found = listed.check(&files.collect());
                assert!(found.holds(), "files are not those of their manifest");
            }
        }),
    }
}

/// What was read is printed, and read again as it was.
fn printed(read: &Publication) {
    let text = report::json(read);
    let again: Publication = serde_json::from_str(&text).expect("what is printed can be read");
    assert_eq!(report::json(&again), text, "printed again it differs");
}

/// Every table has a row of as many cells as its header, and no cell that a spreadsheet would
/// take for a formula; every description is JSON.
fn open_data(read: &Publication) {
    for file in report::data(read) {
        if file.path.ends_with(".json") {
            let json: Result<Value, _> = serde_json::from_slice(&file.bytes);
            assert!(json.is_ok(), "{} is no JSON", file.path);
        }
        if file.path.ends_with(".csv") {
            let text = String::from_utf8(file.bytes).expect("our tables are UTF-8");
            let width = text.lines().next().map_or(0, |header| cells(header).len());
            for row in text.lines().map(cells) {
                assert_eq!(row.len(), width, "cells of a row of {}", file.path);
                for cell in row {
                    let formula = cell.starts_with(['=', '@', '+', '-']);
                    assert!(
                        !formula || cell.parse::<f64>().is_ok(),
                        "a formula in {}: {cell}",
                        file.path
                    );
                }
            }
        }
    }
}

/// The cells of a line, without their quotes: no cell of ours goes over two lines.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().expect("one was there").push(other),
        }
    }
    assert!(!quoted, "a cell over two lines: {line}");
    cells
}

/// Puts something else in the place of one value, or takes it away, or doubles it.
fn change(value: &mut Value, bytes: &mut Bytes<'_>) {
    const NUMBERS: [f64; 12] = [
        0.0, -0.0, 1.0, -1.0, 0.5, 1e-300, 9.0, 10.0, 100.0, 1e15, 1e300, -1e300,
    ];
    const WORDS: [&str; 12] = [
        "",
        "c",
        "z",
        "low",
        "children",
        "whole",
        "2026-02-30",
        "9999-12-31",
        "-9999-01-01",
        "<script>",
        "\u{202e}\u{0}=1+1",
        "../../x",
    ];
    // Down the tree, a step at a time, as far as the bytes say.
    let goes_on = bytes.below(16) != 0;
    match value {
        Value::Array(list) if !list.is_empty() && goes_on => {
            let index = bytes.below(list.len());
            return change(&mut list[index], bytes);
        }
        Value::Object(map) if !map.is_empty() && goes_on => {
            let index = bytes.below(map.len());
            let inner = map.iter_mut().nth(index);
            return inner.map_or((), |(_, inner)| change(inner, bytes));
        }
        _ => {}
    }
    match value {
        Value::Array(list) => match bytes.below(4) {
            0 => list.clear(),
            1 => drop(list.pop()),
            2 => list.reverse(),
            _ => {
                if let Some(first) = list.first().cloned() {
                    list.extend(std::iter::repeat_n(first, 1 + bytes.below(8)));
                }
            }
        },
        Value::Object(map) => {
            let key = map.keys().nth(bytes.below(map.len())).cloned();
            if let Some(key) = key {
                map.shift_remove(&key);
            }
        }
        Value::Number(number) => {
            let is_whole = number.is_u64() || number.is_i64();
            *value = match bytes.below(3) {
                0 => u64::from(bytes.two()).into(),
                1 if is_whole => [u64::MAX, u64::from(u32::MAX), 1 << 53, 0][bytes.below(4)].into(),
                _ => NUMBERS[bytes.below(NUMBERS.len())].into(),
            };
        }
        Value::String(text) => *text = WORDS[bytes.below(WORDS.len())].to_owned(),
        Value::Bool(truth) => *truth = !*truth,
        Value::Null => *value = NUMBERS[bytes.below(NUMBERS.len())].into(),
    }
}
