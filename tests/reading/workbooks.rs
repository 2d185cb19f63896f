//! Workbooks of Excel and LibreOffice, sound, odd and hostile.

use super::cases::{Expect, Read, Refused, judge, script};
use std::fs;

const PLAIN: &[&str] = &["team | fte | cases", "Duty | 1 | 17", "Hospital | 0.6 | 9"];
const TWO: &str = "2 rows read, 2 used";

fn each(more: &str, cases: &[(&str, Expect)]) {
    let check = script("workers", &format!("file: \"data/workers.xlsx\"{more}"));
    for (name, expect) in cases {
        let bytes = fs::read(format!("tests/reading/files/{name}")).expect(name);
        judge(name, &check, name, &bytes, expect);
    }
}

#[test]
fn each_programs_workbook_gives_the_same_rows() {
    each(
        "",
        &[
            ("plain.xlsx", Read(PLAIN, TWO, &[])),
            ("plain.xls", Read(PLAIN, TWO, &[])),
            ("plain.ods", Read(PLAIN, TWO, &[])),
            ("hidden.xlsx", Read(PLAIN, TWO, &[])),
            (
                "report.xlsx",
                Read(
                    PLAIN,
                    "5 rows read, 2 used, 3 left out: a blank row at the end, a row of totals, a note below the table",
                    &["rows-left-out"],
                ),
            ),
            (
                "gaps.xlsx",
                Read(
                    &[
                        "team | fte | cases",
                        "Duty | 1 | 17",
                        "x | x | x",
                        "Hospital | 0.6 | 9",
                    ],
                    "3 rows read, 3 used",
                    &[],
                ),
            ),
            (
                "repeats.ods",
                Read(
                    &[
                        "team | fte | cases",
                        "Duty | 1 | 17",
                        "Hospital | 1 | 9",
                        "Hospital | 1 | 9",
                    ],
                    "3 rows read, 3 used",
                    &[],
                ),
            ),
            ("nothing.xlsx", Refused("file-format", &["is empty"])),
            (
                "errors.xlsx",
                Refused("unknown-value", &["#N/A", "row 3", "#REF!", "row 2"]),
            ),
        ],
    );
}

#[test]
fn a_cell_is_what_a_person_sees_in_it() {
    each(
        ", columns: #{ started: \"Started\", share: \"Share\" }",
        &[(
            "kinds.xlsx",
            Read(
                &[
                    "team | fte | cases | agency | started | share",
                    "7 | 0.3 | 17 | yes | 2025-09-01 | 45%",
                    "Hospital | 1 | 9 | no | 2025-09-01 12:00 | 100%",
                ],
                TWO,
                &["columns-not-found"],
            ),
        )],
    );
    each(
        ", columns: #{ started: \"Started\" }",
        &[
            (
                "days.xls",
                Read(
                    &[
                        "team | cases | started",
                        "Duty | 17 | 2025-09-01",
                        "7 | 9 | n/k",
                    ],
                    TWO,
                    &[],
                ),
            ),
            (
                "days.ods",
                Read(
                    &["team | cases | started", "Duty | 17 | 2025-09-01"],
                    "1 row read, 1 used",
                    &[],
                ),
            ),
        ],
    );
    each(
        ", columns: #{ hours_worked: \"Hours worked\" }",
        &[(
            "hours.xlsx",
            Refused("cell-not-a-number", &["99:99", "row 2"]),
        )],
    );
}

#[test]
fn the_sheet_is_the_one_named_or_the_only_one_that_fits() {
    each(
        "",
        &[
            ("sheets.xlsx", Read(PLAIN, TWO, &[])),
            (
                "twice.xlsx",
                Refused(
                    "which-sheet",
                    &["\"August\", \"September\"", "sheet: \"August\","],
                ),
            ),
        ],
    );
    each(
        ", sheet: \"september\"",
        &[
            ("twice.xlsx", Read(PLAIN, TWO, &[])),
            (
                "plain.xlsx",
                Refused(
                    "unknown-sheet",
                    &["no sheet \"september\"", "its sheets: \"Staff\""],
                ),
            ),
        ],
    );
    each(
        ", sheet: \"Secret\"",
        &[(
            "twice.xlsx",
            Refused("unknown-sheet", &["its sheets: \"August\", \"September\""]),
        )],
    );
    each(
        ", sheet: \"Septembre\"",
        &[(
            "twice.xlsx",
            Refused("unknown-sheet", &["did you mean \"September\"?"]),
        )],
    );
}

#[test]
fn a_workbook_that_unfolds_to_too_much_is_left_folded() {
    let large = || Refused("workbook-too-large", &["5 million cells"]);
    each(
        "",
        &[
            ("bomb.ods", large()),
            ("corner.ods", large()),
            ("corner.xlsx", large()),
            ("corner.xls", large()),
        ],
    );
}

#[test]
fn a_workbook_that_is_cut_or_bent_is_refused_and_ends_nothing() {
    let check = script("workers", "file: \"data/workers.xlsx\"");
    for name in ["plain.xlsx", "plain.xls", "plain.ods"] {
        let bytes = fs::read(format!("tests/reading/files/{name}")).expect(name);
        for part in 1..8 {
            let cut = &bytes[..bytes.len() * part / 8];
            judge(name, &check, name, cut, &Refused("file-format", &[name]));
        }
        // A bent byte may be none that matters; what is read then still adds up.
        for at in (0..bytes.len()).step_by(97) {
            let mut bent = bytes.clone();
            bent[at] ^= 0x55;
            let reading = super::cases::read(&check, name, &bent);
            let _ = reading.faults.to_string();
            assert_eq!(reading.account.used, reading.table.len as u64);
        }
    }
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_of_two_sheets_is_a_note_for_its_author_and_the_other_files_are_taken() {
    use healthcheck::host::{Host, Start};
    let keep = tempfile::tempdir().unwrap();
    let here = |name: &str| keep.path().join(name);
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, cases) in [("Staff \"A\"", 17), ("Staff B", 9)] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (column, (header, cell)) in (0..).zip([("Team", "Duty"), ("FTE", "1")]) {
            sheet.write(0, column, header).unwrap();
            sheet.write(1, column, cell).unwrap();
        }
        sheet.write(0, 2, "Open cases").unwrap();
        sheet.write(1, 2, cases).unwrap();
    }
    book.save(here("staff.xlsx")).unwrap();
    fs::write(
        here("totals.csv"),
        "Team,Posts filled,Vacancies FTE,In post FTE\nDuty,9,1,9\n",
    )
    .unwrap();
    let host = Host::builder().scripts(here("scripts")).build();
    let start = Start {
        from: vec![here("staff.xlsx"), here("totals.csv")],
        ..Start::default()
    };
    let begun = host.begin_with("northshire", &start).unwrap();
    let told = begun.told.join("\n");
    let line = "staff.xlsx: left out for now: several of its sheets may be meant: \"Staff \\\"A\\\"\", \"Staff B\"; name one in the line sheet: \"Staff \\\"A\\\"\", of its card, and take the slashes away";
    assert!(told.starts_with(line), "{told}");
    assert!(told.contains("totals.csv: the table `workforce`"), "{told}");
    let script = fs::read_to_string(&begun.made[0]).unwrap();
    for line in [
        "// table(\"workers\", #{",
        "//     sheet:   \"Staff \\\"A\\\"\",",
        "//         cases: \"Open cases\",",
    ] {
        assert!(script.lines().any(|one| one == line), "{line}\n{script}");
    }
    // As its author would, without the slashes.
    let from = script.find("// table(\"workers\"").unwrap();
    let (above, card) = script.split_at(from);
    let lines = card
        .lines()
        .map(|line| line.strip_prefix("// ").unwrap_or(line));
    let card: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    let typed = format!("{above}{}", card.join("\n"));
    fs::write(&begun.made[0], typed).unwrap();
    let check = host.load(&begun.made[0]).unwrap();
    let data = host.read(&check).unwrap();
    assert_eq!(data.tables["workers"].len, 1);
}
