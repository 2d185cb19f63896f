//! Files of every form that is read.

use super::*;

fn team_and_cases() -> Vec<ColumnSpec> {
    vec![
        same("team", ColumnKind::Words),
        same("cases", ColumnKind::Number),
    ]
}

#[test]
fn every_delimiter_line_end_and_encoding_gives_the_same_table() {
    let plain = "Team,Cases\nZoë,1\nB,2.5\n";
    let mark = format!("\u{feff}{plain}");
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a.csv", plain.into()),
        ("a.CSV", mark.into()),
        ("a.csv", plain.replace('\n', "\r\n").into()),
        ("a.csv", plain.replace('\n', "\r").into()),
        ("a.csv", plain.trim_end().into()),
        ("a.txt", plain.replace(',', ";").into()),
        ("a.tsv", plain.replace(',', "\t").into()),
        (
            "a.csv",
            format!("sep=;\r\n{}", plain.replace(',', ";")).into(),
        ),
        (
            "a.csv",
            format!("\"sep=|\"\n{}", plain.replace(',', "|")).into(),
        ),
        ("a.csv", format!("{plain},\n\n,\n").into()),
        (
            "a.csv",
            "\"Team\",\"Cases\"\n\"Zoë\",\"1\"\n\"B\",\"2.5\"".into(),
        ),
        ("a.csv", b"Team,Cases\nZo\xeb,1\nB,2.5\n".to_vec()),
        ("a.csv", plain.replace("Team", " Team\u{a0}").into()),
        ("a.csv", plain.replace("B,", "\u{a0}B ,").into()),
        (
            "a.csv",
            [0xff, 0xfe]
                .into_iter()
                .chain(plain.encode_utf16().flat_map(u16::to_le_bytes))
                .collect(),
        ),
        (
            "a.json",
            r#"[{"Team": "Zoë", "Cases": 1}, {"Cases": "2.5", "Team": "B", "other": [1]}, {}]"#
                .into(),
        ),
    ];
    for (name, bytes) in files {
        let table = sound(team_and_cases(), name, &bytes);
        assert_eq!(
            cells(&table, "team"),
            [words("Zoë"), words("B")],
            "{bytes:?}"
        );
        assert_eq!(
            cells(&table, "cases"),
            [Cell::Number(1.0), Cell::Number(2.5)]
        );
    }
}

#[test]
fn a_delimiter_inside_quotes_does_not_count() {
    let table = sound(
        team_and_cases(),
        "a.csv",
        "\"a,b,c\nd\";team;cases\n\"x;\"\"y\"\"\nz\";A;3\n",
    );
    assert_eq!(cells(&table, "cases"), [Cell::Number(3.0)]);
}

#[test]
fn headers_are_told_as_the_file_spells_them() {
    let told = |name: &str, text: &str| headers(name, text.as_bytes()).expect("sound");
    assert_eq!(
        told("a.csv", "Team , Open cases,,\nA,1,,"),
        ["Team", "Open cases"]
    );
    assert_eq!(told("a.json", r#"[{"a":1},{"b":2,"a":3}]"#), ["a", "b"]);
    assert_eq!(told("a.json", "[]"), Vec::<String>::new());
}

#[test]
fn a_form_that_is_not_read_says_what_to_save_instead() {
    for (name, bytes) in [
        ("data/workers.xlsx", &b"PK\x03\x04"[..]),
        ("data/workers.xlsx", &b"Team,Cases\nA,1\n"[..]),
        ("data/workers.xls", &b"PK\x03\x04"[..]),
        ("data/workers.ods", &b""[..]),
        ("data/workers.pdf", &b"%PDF"[..]),
        ("data/workers.csv", &b"PK\x03\x04"[..]),
        ("data/workers", &b"a,b"[..]),
        ("data/workers.csv", &b"a\0b"[..]),
        ("data/workers.csv", &b" \n"[..]),
        ("data/workers.json", &b"{\"a\": 1}"[..]),
        ("data/workers.json", &b"[{\"a\": 1}\n, 7]"[..]),
        ("data/workers.json", &b"[{\"a\": 1} {\"a\": 2}]"[..]),
        ("data/workers.json", &b"[{\"a\": 1}] x"[..]),
        ("data/workers.json", &b"[{\"a\": 1},\n{\"a\": tru}]"[..]),
        ("data/workers.json", &b"[{\"a\": 1},"[..]),
    ] {
        let fault = headers(name, bytes).expect_err(name);
        assert_eq!(codes(&fault), [Code::FileFormat], "{fault}");
        let (_, faults) = read(&table(team_and_cases()), name, bytes);
        assert_eq!(codes(&faults), [Code::FileFormat]);
        let picture = faults.to_string();
        assert!(
            picture.contains("CSV") && picture.contains(name),
            "{picture}"
        );
    }
}

#[test]
fn broken_json_is_placed_on_its_line_and_shows_none_of_it() {
    let fault = headers("data/w.json", b"[{\"a\": \"Ann\"},\n  {\"a\": tru}]").expect_err("broken");
    let picture = fault.to_string();
    assert!(picture.contains("data/w.json:2:1"), "{picture}");
    assert!(
        !picture.contains("Ann") && !picture.contains("tru}"),
        "{picture}"
    );
}

#[test]
fn a_header_without_rows_is_a_warning() {
    for (name, text) in [
        ("a.csv", "team,cases\n"),
        ("a.csv", "team,cases\n,\n\n"),
        ("a.json", "[]"),
    ] {
        let (table, faults) = read(&table(team_and_cases()), name, text.as_bytes());
        assert_eq!((codes(&faults), table.len), (vec![Code::NoRows], 0));
        assert!(!faults.has_errors());
    }
}

#[test]
fn a_blank_row_between_others_is_a_row_of_which_nothing_is_known() {
    let table = sound(team_and_cases(), "a.csv", "team,cases\nA,1\n,\nB,2\n,\n");
    assert_eq!(
        cells(&table, "cases"),
        [Cell::Number(1.0), NONE, Cell::Number(2.0)]
    );
    let single = sound(
        vec![same("cases", ColumnKind::Number)],
        "a.csv",
        "cases\r\n1\r\n\r\n2\r\n\r\n",
    );
    assert_eq!(
        cells(&single, "cases"),
        [Cell::Number(1.0), NONE, Cell::Number(2.0)]
    );
}

#[test]
fn columns_come_by_header_by_the_same_name_or_from_the_script() {
    let table = sound(
        vec![
            named("cases", "open cases", Kind::National(ColumnKind::Number)),
            same("fte", ColumnKind::Number),
            column(
                "service",
                From::Words("Children".into()),
                Kind::National(ColumnKind::Service),
            ),
            column(
                "ceiling",
                From::Number(18.0),
                Kind::National(ColumnKind::Number),
            ),
            column("grade", From::Words("12".into()), Kind::Local),
            column("cover", From::Number(4.0), question("cover").kind),
            column("offset", From::Number(-2.0), Kind::Local),
        ],
        "a.csv",
        "Open Cases\n4\n5\n",
    );
    assert_eq!(
        cells(&table, "cases"),
        [Cell::Number(4.0), Cell::Number(5.0)]
    );
    assert!(table.column("fte").is_none() && table.knows("fte"));
    assert_eq!(cells(&table, "service"), vec![words("children"); 2]);
    assert_eq!(cells(&table, "ceiling"), vec![Cell::Number(18.0); 2]);
    assert_eq!(cells(&table, "grade"), vec![words("12"); 2]);
    assert_eq!(cells(&table, "cover"), vec![words("agree"); 2]);
    assert_eq!(cells(&table, "offset"), vec![Cell::Number(-2.0); 2]);
}

#[test]
fn exact_spelling_comes_before_any_case() {
    let table = sound(team_and_cases(), "a.csv", "TEAM,team,cases\nA,b,1\n");
    assert_eq!(cells(&table, "team"), [words("b")]);
}

#[test]
fn codes_and_missing_texts_are_read_in_any_case_and_first() {
    let table = sound(
        vec![
            coded(same("service", ColumnKind::Service), &[("CSC", "children"), (" asc ", "Adults")]),
            coded(same("cases", ColumnKind::Number), &[("None", "0"), ("99", "x"), ("w/d", "z")]),
            coded(question("cover"), &[("Tend to agree", "agree"), ("No idea", "not applicable")]),
        ],
        "a.csv",
        "service,cases,cover\ncsc,none,tend to  agree\nAsc,99,NO IDEA\nadults,W/D,5\n,don't know,DON'T KNOW\n"
            .replace("  ", " "),
    );
    assert_eq!(
        cells(&table, "service"),
        [words("children"), words("adults"), words("adults"), NONE]
    );
    assert_eq!(
        cells(&table, "cases"),
        [
            Cell::Number(0.0),
            NONE,
            Cell::Missing(Missing::NotApplicable),
            NONE
        ]
    );
    let Some(Column::Answers { rows, labels }) = table.column("cover") else {
        panic!("cover holds answers");
    };
    assert_eq!(labels.len(), 5);
    assert_eq!(
        rows.iter().collect::<Vec<_>>(),
        [
            Answer::Scored(3),
            Answer::Unscored,
            Answer::Scored(4),
            Answer::Blank
        ]
    );
}

#[test]
fn a_local_column_is_numbers_if_all_its_values_are() {
    let local = || vec![named("own", "own", Kind::Local)];
    for (text, expected) in [
        (
            "own,b\n1,\n,y\n-2.5,\nz,\n",
            vec![
                Cell::Number(1.0),
                NONE,
                Cell::Number(-2.5),
                Cell::Missing(Missing::NotApplicable),
            ],
        ),
        (
            "own,b\n1,\nNorth,\n10%,\n",
            vec![words("1"), words("North"), words("10%")],
        ),
        ("own,b\nz,\nx,\n", vec![words("z"), words("x")]),
        ("own,b\n10%,\n20%,\n", vec![words("10%"), words("20%")]),
        ("own,b\n,q\n", vec![NONE]),
    ] {
        assert_eq!(
            cells(&sound(local(), "a.csv", text), "own"),
            expected,
            "{text}"
        );
    }
    let (_, codes, _) = faulty(local(), "own,b\n1,\n\"1,234\",\nNaN,\n");
    assert_eq!(codes, [Code::CellNotANumber, Code::CellNotANumber]);
}

#[test]
fn json_values_are_cells() {
    let table = sound(
        vec![
            same("agency", ColumnKind::YesNo),
            same("cases", ColumnKind::Number),
            same("team", ColumnKind::Words),
            question("cover"),
        ],
        "a.json",
        r#"[{"agency": true, "cases": 1.5, "team": 7, "cover": 2},
            {"agency": false, "cases": null, "team": "A\u00a0B", "cover": null},
            {"agency": null, "cases": 1e3}]"#,
    );
    assert_eq!(cells(&table, "agency"), [words("yes"), words("no"), NONE]);
    assert_eq!(
        cells(&table, "cases"),
        [Cell::Number(1.5), NONE, Cell::Number(1000.0)]
    );
    assert_eq!(cells(&table, "team"), [words("7"), words("A B"), NONE]);
    assert_eq!(cells(&table, "cover"), [words("disagree"), NONE, NONE]);
}

#[test]
fn a_column_of_ones_own_that_is_all_days_has_them_with_the_year_first() {
    let own = || vec![named("last", "Last seen", Kind::Local)];
    let table = sound(own(), "a.csv", "Last seen,b\n23/08/2026,\n,\n3.9.2026,\n");
    assert_eq!(
        cells(&table, "last"),
        [words("2026-08-23"), NONE, words("2026-09-03")]
    );
    // One that is none leaves them all as they are written.
    let table = sound(own(), "a.csv", "Last seen,b\n23/08/2026,\nsoon,\n");
    assert_eq!(cells(&table, "last"), [words("23/08/2026"), words("soon")]);
    let team = vec![same("team", ColumnKind::Words)];
    let table = sound(team, "a.csv", "team,b\n23/08/2026,\n");
    assert_eq!(
        cells(&table, "team"),
        [words("23/08/2026")],
        "a team is no day"
    );
}

#[test]
fn rows_that_stand_twice_are_told_only_where_a_column_tells_people_apart() {
    let found = |header: &str, rows: &str| {
        let mut spec = table(vec![
            same("team", ColumnKind::Words),
            same("cases", ColumnKind::Number),
        ]);
        spec.id = "workers".to_owned();
        let text = format!("{header}\n{rows}");
        let (_, faults) = read(&spec, "a.csv", text.as_bytes());
        faults
            .iter()
            .map(|fault| fault.message.clone())
            .collect::<Vec<_>>()
            .join("|")
    };
    let alike = "A,1,x\nA,1,x\nA,2,x\nB,1,x\nB,2,x\nB,3,x\n";
    assert_eq!(
        found("team,cases,grade", alike),
        "",
        "two people may be alike"
    );
    let pasted = "A,1,11\nA,1,12\nA,2,13\n\nB,1,14\nB,2,15\nB,3,16\nA,1,12\nB,3,16\n";
    let told = found("team,cases,payroll", pasted);
    assert!(
        told.starts_with("rows 9 and 10 of `a.csv` repeat others, cell by cell: rows 3 and 8"),
        "{told}"
    );
    let twice = "A,1,E11\nA,9,E12\nA,2,E13\nB,1,E14\nB,2,none\nB,3,none\nA,1,E12\n";
    let told = found("team,cases,Employee no", twice);
    assert_eq!(
        told,
        "row 8 of `a.csv` has the same `Employee no` as another: row 3"
    );
    assert_eq!(found("team,cases,Grade", twice), "");
}

/// A workbook of one sheet with these rows; `(row, cells from column A on)`.
#[cfg(feature = "workbooks")]
fn workbook(rows: &[(usize, &[&str])]) -> Vec<u8> {
    const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let lead = |id: &str, kind: &str, target: &str| {
        format!(
            r#"<Relationships><Relationship Id="{id}" Type="{TYPE}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let rows: String = rows
        .iter()
        .map(|(row, cells)| {
            let cells: String = cells
                .iter()
                .map(|cell| format!(r#"<c t="str"><v>{cell}</v></c>"#))
                .collect();
            format!(r#"<row r="{row}">{cells}</row>"#)
        })
        .collect();
    let parts = [
        (
            "_rels/.rels",
            lead("r", "officeDocument", "xl/workbook.xml"),
        ),
        (
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#
                .to_owned(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            lead("r1", "worksheet", "sheet.xml"),
        ),
        (
            "xl/sheet.xml",
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let parts: Vec<(String, &[u8])> = parts
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes()))
        .collect();
    crate::data::packed(&parts)
}

#[cfg(feature = "workbooks")]
#[test]
fn a_cell_far_below_the_table_is_told_by_its_name_with_what_to_delete() {
    let file = |last| {
        let header: &[&str] = &["Team", "Cases"];
        workbook(&[(1, header), (2, &["A", "1"]), (last, &["", "7"])])
    };
    let (read_table, faults) = read(&table(team_and_cases()), "a.xlsx", &file(1_000_003));
    assert!(faults.is_empty(), "{faults}");
    assert_eq!(read_table.len, 1_000_002);
    let (_, faults) = read(&table(team_and_cases()), "a.xlsx", &file(1_048_576));
    assert_eq!(codes(&faults), [Code::DataTooLarge]);
    let told = faults.to_string();
    for part in [
        "cell B1048576 of `a.xlsx` stands far below the table",
        "a.xlsx:1048576:1",
        "delete all rows from 3 on",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}
