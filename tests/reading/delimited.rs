//! Delimited text and JSON: in every encoding and with every delimiter, with titles above and
//! totals below.

use super::cases::{Expect, Read, Refused, judge, script};

/// Two rows, as most cases have them.
const PLAIN: &[&str] = &["team | fte | cases", "Duty | 1 | 17", "Hospital | 0.6 | 9"];
const TWO: &str = "2 rows read, 2 used";
const OURS: &str = "file: \"data/workers.csv\"";

fn workers(cases: &[(&str, &str, &[u8], Expect)]) {
    let check = script("workers", OURS);
    for (what, name, bytes, expect) in cases {
        judge(what, &check, name, bytes, expect);
    }
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(unit)
        .collect()
}

#[test]
fn every_encoding_delimiter_and_line_end_gives_the_same_rows() {
    let plain = "Team,FTE,Cases\nDuty,1,17\nHospital,0.6,9\n";
    let with = |delimiter: &str| plain.replace(',', delimiter);
    let files: [(&str, &str, Vec<u8>); 17] = [
        ("UTF-8", "a.csv", plain.into()),
        ("UTF-8 with its mark", "a.csv", format!("\u{feff}{plain}").into()),
        ("UTF-16, low byte first", "a.csv", utf16(plain, u16::to_le_bytes)),
        ("UTF-16, high byte first", "a.csv", utf16(plain, u16::to_be_bytes)),
        ("UTF-16 with tabs, Excel's Unicode text", "a.txt", utf16(&with("\t"), u16::to_le_bytes)),
        ("semicolons", "a.csv", with(";").into()),
        ("tabs", "a.tsv", with("\t").into()),
        ("bars", "a.csv", with("|").into()),
        ("Excel's sep= line", "a.csv", format!("sep=;\r\n{}", with(";")).into()),
        ("a delimiter that only sep= tells", "a.csv", format!("\"sep=~\"\n{}", with("~")).into()),
        ("carriage returns and line feeds", "a.csv", plain.replace('\n', "\r\n").into()),
        ("carriage returns alone", "a.csv", plain.replace('\n', "\r").into()),
        ("no line end at the end", "a.csv", plain.trim_end().into()),
        ("quotes everywhere", "a.csv", "\"Team\",\"FTE\",\"Cases\"\n\"Duty\",\"1\",\"17\"\n\"Hospital\",\"0.6\",\"9\"\n".into()),
        ("trailing blank columns", "a.csv", "Team,FTE,Cases,,\nDuty,1,17,,\nHospital,0.6,9,,\n".into()),
        ("lines with nothing", "a.csv", "\n\nTeam,FTE,Cases\n\nDuty,1,17\n\nHospital,0.6,9\n\n".into()),
        ("JSON", "a.json", br#"[{"Team": "Duty", "FTE": 1, "Cases": 17}, {"Team": "Hospital", "FTE": 0.6, "Cases": "9"}]"#.to_vec()),
    ];
    let check = script("workers", OURS);
    for (what, name, bytes) in files {
        judge(what, &check, name, &bytes, &Read(PLAIN, TWO, &[]));
    }
}

#[test]
fn letters_of_windows_are_letters() {
    workers(&[(
        "Windows-1252",
        "a.csv",
        b"Team,FTE,Cases\nZo\xeb\x92s \x96 caf\xe9,1,17\n",
        Read(
            &["team | fte | cases", "Zoë’s – café | 1 | 17"],
            "1 row read, 1 used",
            &[],
        ),
    )]);
}

#[test]
fn titles_above_and_totals_below_are_told_and_not_counted() {
    let left = &["rows-left-out"][..];
    workers(&[
        ("a title and a blank line above", "a.csv", b"Staff list\n\nTeam,FTE,Cases\nDuty,1,17\nHospital,0.6,9\n", Read(PLAIN, TWO, &[])),
        ("titles padded by a spreadsheet", "a.csv", b"\"Staff list, September 2026\",,\nPrinted,01/10/2026,\n,,\nTeam,FTE,Cases\nDuty,1,17\nHospital,0.6,9\n", Read(PLAIN, TWO, &[])),
        ("a title with commas above semicolons", "a.csv", b"Staff, all teams, September\nTeam;FTE;Cases\nDuty;1;17\nHospital;0.6;9\n", Read(PLAIN, TWO, &[])),
        ("headings of groups of columns above", "a.csv", b"Staff,,Cases\nTeam,FTE,Cases\nDuty,1,17\nHospital,0.6,9\n", Read(PLAIN, TWO, &[])),
        ("a total below", "a.csv", b"Team,FTE,Cases\nDuty,1,17\nHospital,0.6,9\nTotal,1.6,26\n", Read(PLAIN, "3 rows read, 2 used, 1 left out: a row of totals", left)),
        ("a total in quotes, and blank rows", "a.csv", b"Team,FTE,Cases\nDuty,1,17\nHospital,0.6,9\n,,\n\"Grand total:\",\"1.6\",\"26\"\n,,\n,,\n", Read(PLAIN, "6 rows read, 2 used, 4 left out: blank rows at the end, a row of totals", left)),
        ("a mean and a total", "a.csv", b"Team,FTE,Cases\nDuty,1,17\nHospital,0.6,9\nAverage,0.8,13\nTotal,1.6,26\n", Read(PLAIN, "4 rows read, 2 used, 2 left out: rows of totals", left)),
        ("notes below a blank row", "a.csv", b"Team,FTE,Cases\nDuty,1,17\nHospital,0.6,9\n,,\nSource: case system,,\nCounted by hand,,\n", Read(PLAIN, "5 rows read, 2 used, 3 left out: a blank row at the end, notes below the table", left)),
        ("blank rows at the end", "a.csv", b"Team,FTE,Cases\nDuty,1,17\nHospital,0.6,9\n,,\n , ,\n", Read(PLAIN, "4 rows read, 2 used, 2 left out: blank rows at the end", &[])),
        ("a blank row between rows is a row of which nothing is known", "a.csv", b"Team,FTE,Cases\nDuty,1,17\n,,\nHospital,0.6,9\n", Read(&["team | fte | cases", "Duty | 1 | 17", "x | x | x", "Hospital | 0.6 | 9"], "3 rows read, 3 used", &[])),
        ("the last line of a cell is no row", "a.csv", b"Team,FTE,Cases,Note\nDuty,1,17,a\nHospital,0.6,9,\"see\nTotal,1,2,3\n\"\n", Read(PLAIN, TWO, &["columns-not-found"])),
        ("a total among the rows", "a.csv", b"Team,FTE,Cases\nDuty,1,17\nTotal,1,17\nHospital,0.6,9\n", Refused("totals-row", &["row 3", "delete that row"])),
        ("a sum without a name", "a.csv", b"Team,FTE,Cases\nDuty,1,17\nHospital,0.6,9\nCourt,0.8,12\n,2.4,38\n", Refused("totals-row", &["row 5", "delete the last row"])),
    ]);
}

#[test]
fn cells_are_read_rightly_or_refused_with_their_row_and_what_to_do() {
    let check = script(
        "workers",
        "file: \"data/workers.csv\", columns: #{ started: \"Started\" }, missing: [\"-\", \"n/k\", \"Prefer not to say\"]",
    );
    let number = |cell: &str| format!("Team,FTE,Cases,Started\nDuty,1,17,\nHospital,1,{cell},\n");
    let read = |cases: &'static str| {
        let rows: &'static [&'static str] = match cases {
            "9" => &["cases", "17", "9"],
            "x" => &["cases", "17", "x"],
            _ => &["cases", "17", "z"],
        };
        Read(rows, TWO, &[])
    };
    for (cell, expect) in [
        ("9", read("9")),
        (" 9.0 ", read("9")),
        ("", read("x")),
        ("-", read("x")),
        ("N/K", read("x")),
        ("prefer not to say", read("x")),
        ("z", read("z")),
        (
            "N/A",
            Refused("cell-not-a-number", &["row 3", "missing: [", "\"N/A\"]"]),
        ),
        (
            "#REF!",
            Refused("cell-not-a-number", &["row 3", "leave the cell empty"]),
        ),
        (
            "#DIV/0!",
            Refused("cell-not-a-number", &["row 3", "leave the cell empty"]),
        ),
        (
            "\"1,234\"",
            Refused("cell-not-a-number", &["row 3", "without £, % or commas"]),
        ),
        (
            "£5",
            Refused("cell-not-a-number", &["row 3", "without £, % or commas"]),
        ),
        (
            "45%",
            Refused("cell-not-a-number", &["row 3", "without £, % or commas"]),
        ),
        (
            "(5)",
            Refused("cell-not-a-number", &["row 3", "not a number"]),
        ),
        (
            "1e3",
            Refused("cell-not-a-number", &["row 3", "not a number"]),
        ),
        (
            "09/07/2026",
            Refused("cell-not-a-number", &["row 3", "not a number"]),
        ),
        (
            "-1",
            Refused("number-out-of-range", &["row 3", "below zero"]),
        ),
    ] {
        judge(cell, &check, "a.csv", number(cell).as_bytes(), &expect);
    }
    let text = "Team,FTE,Cases,Started\n7,1,17,01/09/2025\n007,1,9,2025-09-01\n";
    let kept = &["team | started", "7 | 2025-09-01", "007 | 2025-09-01"];
    judge(
        "names of teams stay as they are written, and days have the year first",
        &check,
        "a.csv",
        text.as_bytes(),
        &Read(kept, TWO, &[]),
    );
    let text = "Team,FTE,Cases,Started\n#N/A,1,17,x\nDuty,1,9,y\n";
    judge(
        "an error where words belong",
        &check,
        "a.csv",
        text.as_bytes(),
        &Refused("unknown-value", &["#N/A", "row 2", "formula"]),
    );
    let text = "Team,FTE,Cases,Started\nDuty,1,17,soon\nDuty,1,9,#REF!\n";
    judge(
        "an error in a column of the council's own",
        &check,
        "a.csv",
        text.as_bytes(),
        &Refused("unknown-value", &["#REF!", "row 3"]),
    );
}

#[test]
fn a_file_that_has_slipped_is_refused() {
    workers(&[
        (
            "a row with a cell too many",
            "a.csv",
            b"Team,FTE,Cases\nDuty, North,1,17\n",
            Refused("ragged-row", &["4 cells", "3", "row 2"]),
        ),
        (
            "a row with a cell too few",
            "a.csv",
            b"Team,FTE,Cases\nDuty,1\n",
            Refused("ragged-row", &["too few", "row 2"]),
        ),
        (
            "a quote that swallows the file",
            "a.csv",
            b"Team,FTE,Cases\n\"Duty,1,17\nHospital,0.6,9\n",
            Refused("unclosed-quote", &[":2:", "row 2"]),
        ),
        (
            "a quote that swallows a title's rows",
            "a.csv",
            b"\"Staff list\nTeam,FTE,Cases\nDuty,1,17\n",
            Refused("unclosed-quote", &[":1:"]),
        ),
        (
            "the same header twice",
            "a.csv",
            b"Team,Cases,Cases\nDuty,1,17\n",
            Refused("duplicate-header", &["columns B and C"]),
        ),
        (
            "nothing",
            "a.csv",
            b"",
            Refused("file-format", &["is empty"]),
        ),
        (
            "bytes of no text",
            "a.csv",
            b"Team\0\0,FTE\0",
            Refused("file-format", &["not a text file"]),
        ),
        (
            "a workbook under another name",
            "a.csv",
            b"PK\x03\x04..",
            Refused("file-format", &["workbook"]),
        ),
        (
            "a form that is not read",
            "a.pdf",
            b"%PDF-1.7",
            Refused("file-format", &[".xlsx, .xls, .ods, .csv"]),
        ),
        (
            "JSON that is no list",
            "a.json",
            b"{\"Team\": \"Duty\"}",
            Refused("file-format", &["line 1"]),
        ),
        (
            "several values in one entry",
            "a.json",
            b"[{\"Team\": [\"a\", \"b\"]}]",
            Refused("unknown-value", &["several values"]),
        ),
    ]);
}

#[test]
fn headers_are_known_with_the_spaces_and_breaks_that_a_spreadsheet_gives_them() {
    let check = script(
        "workers",
        "file: \"data/workers.csv\", columns: #{ cases: \"Open cases\", team: \"Team name\" }",
    );
    let rows = &["team | cases", "Duty | 17"];
    for text in [
        "Team name,Open cases\nDuty,17\n",
        "TEAM NAME ,\" Open\ncases\"\nDuty,17\n",
        "Team\u{a0}name,Open  cases:\nDuty,17\n",
    ] {
        judge(
            text,
            &check,
            "a.csv",
            text.as_bytes(),
            &Read(rows, "1 row read, 1 used", &[]),
        );
    }
    judge(
        "a header misspelt in the card",
        &check,
        "a.csv",
        b"Team name,Open case\nDuty,17\n",
        &Refused("missing-header", &["no column headed `Open cases`"]),
    );
}
