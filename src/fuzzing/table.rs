//! Data files: any bytes under any name in, columns of equal length or faults out.

use super::bytes::Bytes;
use super::script::painted;
use crate::data::{self, ColumnSpec, From, Kind, Policy, TableSpec};
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

/// A file of that name is read, or every fault has words.
pub(super) fn read_as(name: &str, bytes: &[u8]) {
    let spec = spec();
    let headers = data::headers(&spec, name, bytes);
    if let Err(faults) = &headers {
        assert!(faults.has_errors(), "refused without an error");
        painted(faults);
    }
    let read = data::read(&spec, name, bytes);
    painted(&read.faults);
    for (name, column) in &read.table.columns {
        assert_eq!(column.len(), read.table.len, "rows of `{name}`");
    }
    assert!(
        headers.is_ok() || read.faults.has_errors(),
        "a file without a header was read as a table"
    );
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
