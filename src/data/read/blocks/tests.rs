//! A file read block by block against the same file read whole: whatever its bytes, they come to
//! the same table, faults and account, or it is left to be read whole; every byte is read once.

use super::{InBlocks, Incoming, read_in_blocks, source};
use crate::chance::SplitMix64;
use crate::data::read::caps::LONGEST_LINE;
use crate::data::read::read;
use crate::data::{ColumnSpec, From, Kind, Policy, TableSpec};
use crate::diagnostic::Code;
use crate::digest::sha256_hex;
use crate::national::ColumnKind;
use crate::source::{Source, Spanned};
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const BLOCKS: [usize; 5] = [1, 7, 64, 300, 1 << 20];

fn spec(id: &str) -> TableSpec {
    let place = Source::new("check.rhai", "table(\"survey\", #{ file: \"a.csv\" });").whole();
    let answers = Kind::Answers {
        scored: ["strongly disagree", "disagree", "agree"]
            .map(str::to_owned)
            .to_vec(),
        unscored: vec!["not applicable".to_owned()],
    };
    let column = |(name, kind): (&str, Kind)| ColumnSpec {
        name: name.to_owned(),
        from: From::SameName,
        kind,
        codes: Vec::new(),
        wording: None,
        place: Some(place.clone()),
    };
    let columns = [
        ("cases", Kind::National(ColumnKind::Number)),
        ("team", Kind::National(ColumnKind::Words)),
        ("cover", answers),
        ("own", Kind::Local),
    ];
    TableSpec {
        id: id.to_owned(),
        file: Spanned {
            value: "a.csv".to_owned(),
            place: place.clone(),
        },
        sheet: None,
        columns: columns.into_iter().map(column).collect(),
        missing: Vec::new(),
        policy: match id {
            "survey" => Policy::Sheets,
            _ => Policy::MostRows,
        },
        place,
    }
}

/// A file as it comes, of which it is known how often each byte was read.
struct Counted<'t> {
    left: &'t [u8],
    read: usize,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.left.read(into)?;
        self.read += read;
        Ok(read)
    }
}

/// What comes of it in blocks of so many bytes, how many rows were told of, and how many blocks.
fn in_blocks(spec: &TableSpec, bytes: &[u8], block: usize) -> (InBlocks, (usize, usize)) {
    let mut from = Counted {
        left: bytes,
        read: 0,
    };
    let (told, blocks) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let incoming = Incoming {
        from: &mut from,
        length: bytes.len() as u64,
        block,
        told: &|rows| {
            told.fetch_add(rows, Ordering::Relaxed);
            blocks.fetch_add(1, Ordering::Relaxed);
        },
    };
    let found = read_in_blocks(spec, "a.csv", incoming).unwrap();
    if let InBlocks::Read {
        bytes: passed,
        sha256,
        ..
    } = &found
    {
        assert_eq!((from.read, *passed), (bytes.len(), bytes.len() as u64));
        assert_eq!(*sha256, sha256_hex(bytes));
    }
    (found, (told.into_inner(), blocks.into_inner()))
}

/// A file that is mostly plain: `odd` cells in a thousand are not, and sometimes its top, its
/// foot or its encoding.
fn file(chance: &mut SplitMix64, odd: u64) -> Vec<u8> {
    const CELLS: [&[&str]; 5] = [
        &["12", "0", "3.5", "", " 7 ", "\"4\"", "250"],
        &[
            "East",
            "West",
            "Zoë",
            "No\u{a0}break",
            "",
            "\"N, E\"",
            "\"\"",
        ],
        &[
            "agree",
            "Strongly disagree",
            "",
            "not applicable",
            "\"disagree\"",
        ],
        &["1", "2.5", "", "17"],
        &["whatever", "", "\"it, too\"", "5\" wide"],
    ];
    const ODD: [&str; 8] = [
        "a,b",
        "\"two\nlines\"",
        "\"a \"\"b\"\"\"",
        "£5",
        "nonsense",
        "\"open",
        "\r",
        "\n",
    ];
    let long = [
        "\n".repeat(17),
        ",,,,\n".repeat(13),
        ",,,,\n".repeat(14),
        format!("Total,40,,,\n{}", "a note,,,,\n".repeat(12)),
        format!("Total,40,,,\n\n{}", "a note,,,,\n\n".repeat(11)),
    ];
    const FEET: [&str; 7] = [
        "",
        "Total,40,,,\n",
        ",,,,\nSource: HR,,,,\n",
        "\n\nTotal,\"1,234\",,,\n\nCounted in May\n",
        "\n\n\n",
        ",,,,\n,,,,\n",
        "Mean,\"two\nlines\",,,\n",
    ];
    let mut pick = |of: u64| chance.below(of) as usize;
    let end = ["\n", "\n", "\r\n"][pick(3)];
    let mut text = String::new();
    if pick(4) == 0 {
        text += [
            "\u{feff}",
            "A title\n",
            "\n\nA title\n,,,,\n",
            "sep=,\n",
            "\u{feff}sep=,\n",
        ][pick(5)];
    }
    text += [
        "cases,team,cover,own,rest",
        "\"cases\",\"team\",cover,own,\"a\nb\"",
    ][pick(2)];
    text += end;
    for _ in 0..pick(90) {
        let cells: Vec<&str> = CELLS
            .iter()
            .map(|good| match (pick(1_000) as u64) < odd {
                true => ODD[pick(ODD.len() as u64)],
                false => good[pick(good.len() as u64)],
            })
            .collect();
        text += &cells.join(",");
        text += end;
    }
    match pick(9) {
        0..3 => text += FEET[pick(FEET.len() as u64)],
        3 => text += &long[pick(long.len() as u64)],
        _ => {}
    }
    if pick(3) == 0 {
        text.truncate(text.trim_end().len());
    }
    if pick(6) == 0 {
        text = text.replace(',', [";", "\t"][pick(2)]);
    }
    match pick(30) {
        0 => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        1 => text.replace("East", "E\0st").into_bytes(),
        _ => text.into_bytes(),
    }
}

#[test]
fn in_blocks_of_any_size_a_file_comes_to_what_it_comes_to_as_a_whole_or_is_left_to_that() {
    let specs = [spec("survey"), spec("workers")];
    let mut chance = SplitMix64::seeded(6);
    let (mut plain, mut faulty, mut split) = (0, 0, 0);
    for round in 0..400_usize {
        let bytes = file(&mut chance, [0, 0, 2, 40][round % 4]);
        let spec = &specs[round / 4 % 2];
        let whole = read(spec, "a.csv", &bytes);
        for block in BLOCKS {
            let (found, (told, blocks)) = in_blocks(spec, &bytes, block);
            match found {
                InBlocks::Read { reading, .. } => {
                    let text = String::from_utf8_lossy(&bytes);
                    assert_eq!(
                        format!("{reading:?}"),
                        format!("{whole:?}"),
                        "in blocks of {block}: {text:?}"
                    );
                    assert!(told <= reading.table.len);
                    plain += 1;
                    faulty += usize::from(!reading.faults.is_empty());
                    split += usize::from(blocks > 1);
                }
                InBlocks::NotPlain(faults) => assert!(faults.has_errors()),
            }
        }
    }
    // Else the test would say nothing.
    assert!(plain > 1_000, "{plain}");
    assert!(faulty > 150, "{faulty}");
    assert!(split > 250, "{split}");
}

/// So many plain rows, then some text.
fn rows(count: usize, then: &str) -> String {
    let rows: String = (0..count)
        .map(|row| format!("{},East,agree,{row},\n", row % 30))
        .collect();
    format!("cases,team,cover,own,rest\n{rows}{then}")
}

#[test]
fn each_block_is_read_once_and_none_is_read_twice() {
    let text = rows(20_000, "");
    let (found, (told, blocks)) = in_blocks(&spec("survey"), text.as_bytes(), 1 << 12);
    let InBlocks::Read { reading, .. } = found else {
        panic!("it is plain");
    };
    assert_eq!(reading.table.len, 20_000);
    // The first rows and the last are read apart.
    assert!(blocks.abs_diff(text.len() >> 12) <= 1, "{blocks}");
    assert!(20_000 - told <= 14, "{told}");
}

#[test]
fn where_a_file_stops_being_plain_is_told_with_what_is_wrong_there() {
    let spec = spec("survey");
    for (row, code, said) in [
        ("7,East,agree\n", Some(Code::RaggedRow), "3 cells"),
        ("7,East,perhaps,1,\n", Some(Code::UnknownValue), "perhaps"),
        ("7,\"East\nWest\",agree,1,\n", None, ""),
    ] {
        let text = rows(3_000, row) + &rows(3_000, "")[26..];
        for block in [64, 1 << 16] {
            let (found, _) = in_blocks(&spec, text.as_bytes(), block);
            let InBlocks::NotPlain(faults) = found else {
                panic!("{row:?} is not plain");
            };
            let codes: Vec<Code> = faults.iter().map(|fault| fault.code).collect();
            let expected = code.into_iter().chain([Code::DataTooLarge]);
            assert_eq!(codes, expected.collect::<Vec<_>>(), "{faults}");
            for fault in faults.iter() {
                assert_eq!(fault.place.line(), 3_002, "{faults}");
            }
            let picture = faults.with_values().to_string();
            assert!(picture.contains("row 3002"), "{picture}");
            assert!(picture.contains(said), "{picture}");
        }
    }
}

#[test]
fn as_many_blank_rows_at_the_end_as_are_held_back_leave_the_last_row_its_number() {
    let spec = spec("workers");
    let sum = format!("22,,,,\n{}", ",,,,\n".repeat(source::HELD_BACK));
    let text = rows(7, &sum).replace("\n0,", "\n1,");
    let whole = read(&spec, "a.csv", text.as_bytes());
    let codes: Vec<Code> = whole.faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [Code::TotalsRow]);
    for block in BLOCKS {
        let (found, _) = in_blocks(&spec, text.as_bytes(), block);
        let InBlocks::Read { reading, .. } = found else {
            panic!("it is plain, in blocks of {block}");
        };
        assert_eq!(format!("{reading:?}"), format!("{whole:?}"), "{block}");
    }
}

#[test]
fn a_line_that_is_too_long_for_a_whole_file_is_so_in_blocks_and_told_by_its_row() {
    let spec = spec("survey");
    let long = "x".repeat(LONGEST_LINE + 1);
    let above = format!("{long}\n{}", rows(100, ""));
    let below = rows(100, &format!("1,East,agree,1,{long}\n")) + &rows(100, "")[26..];
    for (text, row) in [(above, None), (below, Some("row 102 of"))] {
        let whole = read(&spec, "a.csv", text.as_bytes());
        assert!(whole.faults.has_errors());
        let (found, _) = in_blocks(&spec, text.as_bytes(), 1 << 19);
        let InBlocks::NotPlain(faults) = found else {
            panic!("no table has such a line");
        };
        let picture = faults.to_string();
        assert!(
            picture.contains(row.unwrap_or("`a.csv` is not as plain")),
            "{picture}"
        );
    }
}

#[test]
fn a_file_that_is_no_plain_text_from_its_beginning_is_left_to_be_read_whole() {
    let text = rows(100, "");
    let utf16: Vec<u8> = [0xfeff_u16]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [
        utf16.as_slice(),
        b"",
        b"PK\x03\x04 and more\n",
        b"  \n \n",
        b"cases\n1\n2\n",
        rows(100, "").replace('\n', "\r").as_bytes(),
    ] {
        for block in BLOCKS {
            let (found, _) = in_blocks(&spec("survey"), bytes, block);
            assert!(matches!(found, InBlocks::NotPlain(_)), "{bytes:?}");
        }
    }
}

#[test]
fn work_that_nobody_wants_any_more_ends_at_the_next_block() {
    let text = rows(20_000, "");
    let stop = Arc::<AtomicBool>::default();
    stop.store(true, Ordering::Relaxed);
    let mut from = Counted {
        left: text.as_bytes(),
        read: 0,
    };
    let found = crate::stop::stoppable(&stop, || {
        let incoming = Incoming {
            from: &mut from,
            length: 1,
            block: 1 << 12,
            told: &|_| {},
        };
        read_in_blocks(&spec("survey"), "a.csv", incoming)
    });
    let fault = found.unwrap_err();
    assert_eq!(fault.kind(), std::io::ErrorKind::Interrupted);
    assert!(from.read < text.len() / 4);
}
