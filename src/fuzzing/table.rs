//! Data files: any bytes under any name in, columns of equal length or faults out.

use super::bytes::Bytes;
use super::told::painted;
use crate::data::{self, ColumnSpec, From, InBlocks, Incoming, Kind, Policy, Reading, TableSpec};
use crate::national::{ANSWERS, ColumnKind, UNSCORED_ANSWERS};
use crate::source::{Place, Source, Spanned};

/// The first byte says under which name the rest is read.
const NAMES: [&str; 7] = [
    "a.csv", "a.tsv", "a.txt", "a.json", "a.xlsx", "a.xls", "a.ods",
];

/// Any bytes are a file: it is read, or every fault has words.
pub(super) fn table(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    read_as(NAMES[bytes.below(NAMES.len())], bytes.0);
}

/// Somebody's words, in a seed: of fewer than [`MANY`] rows nobody is told them.
const SECRET: &str = "Qyzzva";

/// Rows that share a value before it is shown.
const MANY: u64 = 10;

/// Bytes that are read at a time where a file is read in blocks.
const BLOCK: usize = 48;

/// A file of that name is read, or every fault has words. Its rows add up, nobody's words are
/// told, and block by block it says what it says as a whole.
pub(super) fn read_as(name: &str, bytes: &[u8]) {
    SPEC.with(|spec| {
        let headers = data::headers(spec, name, bytes);
        if let Err(faults) = &headers {
            assert!(faults.has_errors(), "refused without an error");
            painted(faults);
        }
        let read = data::read(spec, name, bytes);
        let shown = painted(&read.faults);
        for (name, column) in &read.table.columns {
            assert_eq!(column.len(), read.table.len, "rows of `{name}`");
        }
        assert!(
            headers.is_ok() || read.faults.has_errors(),
            "a file without a header was read as a table"
        );
        let account = &read.account;
        let left: u64 = account.left_out.values().sum();
        assert_eq!(account.read, account.used + left, "rows are lost");
        if !read.faults.has_errors() {
            assert_eq!(account.used, read.table.len as u64, "rows that are used");
        }
        if let Some(headers) = &read.headers {
            let is_header = |name: &String| name.contains(SECRET);
            let is_told = account.read >= MANY || headers.names.iter().any(is_header);
            assert!(is_told || !shown.contains(SECRET), "told:\n{shown}");
        }
        in_blocks(spec, name, bytes, (&read, &shown));
    });
}

/// What can be read block by block says the same.
fn in_blocks(spec: &TableSpec, name: &str, bytes: &[u8], (whole, shown): (&Reading, &str)) {
    let mut from = bytes;
    let incoming = Incoming {
        from: &mut from,
        length: bytes.len() as u64,
        block: BLOCK,
        told: &|_| (),
    };
    let read = data::read_in_blocks(spec, name, incoming).expect("bytes can be read");
    let InBlocks::Read { reading, .. } = read else {
        return;
    };
    assert_eq!(painted(&reading.faults), shown, "faults in blocks");
    assert_eq!(reading.headers, whole.headers, "headers in blocks");
    assert_eq!(reading.account, whole.account, "rows in blocks");
    let names = |read: &Reading| read.table.columns.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&reading), names(whole), "columns in blocks");
    for name in names(whole) {
        for row in 0..whole.table.len {
            let cells = [&reading, whole].map(|read| read.table.cell(&name, row));
            assert_eq!(cells[0], cells[1], "`{name}` of row {row} in blocks");
        }
    }
}

thread_local! {
    static SPEC: TableSpec = spec();
}

/// A column of every kind, some under names of the file's own.
fn spec() -> TableSpec {
    let script = Source::new("check.rhai", "table(\"survey\", #{ file: \"a.csv\" });");
    let place = script.whole();
    let answers = Kind::Answers {
        scored: ANSWERS.map(str::to_owned).to_vec(),
        unscored: UNSCORED_ANSWERS.map(str::to_owned).to_vec(),
    };
    let same = |name: &str, kind: Kind| column(&place, name, From::SameName, kind);
    let mut coded = column(
        &place,
        "service",
        From::Header("Q2".to_owned()),
        Kind::National(ColumnKind::Service),
    );
    coded.codes = vec![(spanned(&place, "kids"), spanned(&place, "children"))];
    let words = Kind::OneOf(vec!["yes".to_owned(), "no".to_owned()]);
    TableSpec {
        id: "survey".to_owned(),
        file: spanned(&place, "a.csv"),
        sheet: None,
        columns: vec![
            same("team", Kind::National(ColumnKind::Words)),
            coded,
            same("fte", Kind::National(ColumnKind::Number)),
            same("agency", Kind::National(ColumnKind::YesNo)),
            same("aware", words),
            same("cover", answers),
            same("ours", Kind::Local),
            column(&place, "year", From::Number(2026.0), Kind::Local),
        ],
        missing: vec!["Don't know".to_owned()],
        policy: Policy::Sheets,
        place,
    }
}

fn column(place: &Place, name: &str, from: From, kind: Kind) -> ColumnSpec {
    ColumnSpec {
        name: name.to_owned(),
        from,
        kind,
        codes: Vec::new(),
        wording: None,
        place: Some(place.clone()),
    }
}

fn spanned(place: &Place, text: &str) -> Spanned<String> {
    Spanned {
        value: text.to_owned(),
        place: place.clone(),
    }
}
