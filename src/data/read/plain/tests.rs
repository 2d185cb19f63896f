//! The fast way against the slow one, which rests on the csv crate: random files, split
//! anywhere, give the same columns, or are left to the slow way.

use super::in_parts;
use crate::chance::SplitMix64;
use crate::data::read::account::Account;
use crate::data::read::column::{Builder, Raw};
use crate::data::read::delimited::Block;
use crate::data::read::faults::{At, Said};
use crate::data::read::meaning::Rules;
use crate::data::read::rows::Rows;
use crate::data::{ColumnSpec, From, Kind};
use crate::national::ColumnKind;

fn specs() -> Vec<ColumnSpec> {
    let answers = Kind::Answers {
        scored: ["strongly disagree", "disagree", "agree"]
            .map(str::to_owned)
            .to_vec(),
        unscored: vec!["not applicable".to_owned()],
    };
    let kinds = [
        Kind::National(ColumnKind::Number),
        Kind::National(ColumnKind::Words),
        answers,
        Kind::Local,
        Kind::National(ColumnKind::YesNo),
    ];
    let spec = |(nth, kind): (usize, Kind)| ColumnSpec {
        name: format!("c{nth}"),
        from: From::SameName,
        kind,
        codes: Vec::new(),
        place: None,
        wording: None,
    };
    kinds.into_iter().enumerate().map(spec).collect()
}

fn wanted(specs: &[ColumnSpec]) -> Rows<'_> {
    let mut rows = Rows::default();
    // The last column of the file is read by nobody, and the third of them twice.
    for (nth, spec) in specs.iter().enumerate().chain([(2, &specs[3])]) {
        rows.want(
            &spec.name,
            nth,
            Builder::new(spec, &spec.name, Rules::new(spec, &[])),
        );
    }
    rows
}

/// What became of a text: `None` if it is not ordinary, else the columns in words.
fn fast(specs: &[ColumnSpec], text: &str, blocks: (usize, usize)) -> Option<String> {
    let mut rows = wanted(specs);
    let block = Block {
        text,
        delimiter: b',',
        line: 2,
        row: 2,
    };
    in_parts(&block, specs.len() + 1, &mut rows, blocks).then(|| told(rows))
}

fn told(rows: Rows<'_>) -> String {
    let last = rows.last();
    let mut account = Account::default();
    let found = rows.finish("t.csv", &Said::default(), &mut account);
    format!("{last} {found:?} {account:?}")
}

/// The same by the csv crate; `None` where any row has another number of cells, or none.
fn slow(specs: &[ColumnSpec], text: &str) -> Option<String> {
    let mut rows = wanted(specs);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    for (nth, record) in reader.byte_records().enumerate() {
        let record = record.ok()?;
        if record.len() != specs.len() + 1 {
            return None;
        }
        let at = At {
            line: nth + 2,
            row: nth + 2,
            object: "",
        };
        rows.add(at, |column| Raw::Text(&record[column]));
    }
    Some(told(rows))
}

/// A file of which the cells are mostly as they should be; `odd` in a hundred are not.
fn file(chance: &mut SplitMix64, odd: u64) -> String {
    const GOOD: [&[&str]; 6] = [
        &[
            "12",
            "0",
            "3.5",
            "",
            " 7 ",
            "00.25",
            "123456789012345678",
            "x",
            "\"4\"",
        ],
        &[
            "East",
            "West",
            "Zoë",
            "a team with a very long name indeed",
            "",
            "\"N, E\"",
            "\"\"",
        ],
        &[
            "agree",
            "Strongly disagree",
            "3",
            "",
            "not applicable",
            "\"disagree\"",
        ],
        &["1", "2.5", "", "z", "17"],
        &["yes", "No", "n/a", "", "TRUE"],
        &["whatever", "", "\"it, too\"", "5\" wide"],
    ];
    const ODD: [&str; 9] = [
        "a,b",
        "\"two\nlines\"",
        "\"a \"\"b\"\"\"",
        "£5",
        "nonsense",
        "\"open",
        "\r",
        "\n",
        "\"a\" b",
    ];
    let end = ["\n", "\r\n"][chance.below(2) as usize];
    let mut text = String::new();
    for _ in 0..1 + chance.below(12) {
        let cells: Vec<&str> = GOOD
            .iter()
            .map(|good| match chance.below(100) < odd {
                true => ODD[chance.below(ODD.len() as u64) as usize],
                false => good[chance.below(good.len() as u64) as usize],
            })
            .collect();
        text.push_str(&cells.join(","));
        text.push_str(end);
    }
    if chance.below(3) == 0 {
        text.truncate(text.trim_end().len());
    }
    text
}

#[test]
fn the_fast_way_gives_what_the_csv_crate_gives_or_leaves_it_to_it() {
    let specs = specs();
    let mut chance = SplitMix64::seeded(2);
    let mut ordinary = 0;
    for round in 0..3_000_u64 {
        let text = file(&mut chance, [0, 0, 1, 10][round as usize % 4]);
        for blocks in [(1, 16 << 10), (2, 1), (5, 100)] {
            if let Some(found) = fast(&specs, &text, blocks) {
                ordinary += 1;
                assert_eq!(Some(found), slow(&specs, &text), "{text:?} in {blocks:?}");
            }
        }
    }
    // Else the test would say nothing.
    assert!(ordinary > 3_000, "{ordinary}");
}

#[test]
fn numbers_are_the_nearest_to_their_text() {
    let mut chance = SplitMix64::seeded(5);
    for _ in 0..20_000 {
        let digits = chance.next() % 10_u64.pow(1 + chance.below(17) as u32);
        let mut text = digits.to_string();
        text.insert(chance.below(text.len() as u64 + 1) as usize, '.');
        let read = crate::data::read::meaning::number(text.as_bytes());
        assert_eq!(
            read.map(f64::to_bits),
            text.parse().ok().map(f64::to_bits),
            "{text}"
        );
    }
}
