//! Laws of reading, for any file.

use super::*;
use proptest::prelude::*;

fn columns() -> Vec<ColumnSpec> {
    vec![
        same("team", ColumnKind::Words),
        same("cases", ColumnKind::Number),
        same("agency", ColumnKind::YesNo),
        question("cover"),
        column("own", From::SameName, Kind::Local),
    ]
}

const HEADER: &str = "team,cases,agency,cover,own\n";

fn row() -> impl Strategy<Value = Vec<String>> {
    (
        "[A-C]?",
        prop_oneof![
            Just(String::new()),
            "[0-9]{1,2}",
            "[0-9]\\.[0-9]",
            Just("z".to_owned())
        ],
        "(yes|NO|not due|)",
        "(agree|Strongly Disagree|[1-5]|not applicable|)",
        "([0-9]|)",
    )
        .prop_map(|(team, cases, agency, cover, own)| vec![team, cases, agency, cover, own])
}

/// A row at the end that is not blank, so that rows before it all count.
fn file(rows: &[Vec<String>]) -> String {
    let lines: String = rows.iter().map(|row| row.join(",") + "\n").collect();
    format!("{HEADER}{lines}Z,1,yes,agree,1\n")
}

fn multiset(table: &Table, name: &str) -> Vec<String> {
    let mut all: Vec<String> = cells(table, name)
        .iter()
        .map(|cell| format!("{cell:?}"))
        .collect();
    all.sort();
    all
}

proptest! {
    #[test]
    fn row_order_never_changes_what_a_column_holds(
        (rows, shuffled) in prop::collection::vec(row(), 0..20)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        let one = sound(columns(), "a.csv", file(&rows));
        let other = sound(columns(), "a.csv", file(&shuffled));
        prop_assert_eq!(one.len, rows.len() + 1);
        for column in columns() {
            prop_assert_eq!(multiset(&one, &column.name), multiset(&other, &column.name));
        }
    }

    #[test]
    fn emptying_a_cell_makes_it_missing_and_changes_no_other(
        rows in prop::collection::vec(row(), 1..20),
        at in any::<prop::sample::Index>(),
        column in 0..5_usize,
    ) {
        let at = at.index(rows.len());
        let mut emptied = rows.clone();
        emptied[at][column].clear();
        let before = sound(columns(), "a.csv", file(&rows));
        let after = sound(columns(), "a.csv", file(&emptied));
        prop_assert_eq!(before.len, after.len);
        for (index, spec) in columns().iter().enumerate() {
            for row in 0..before.len {
                let cell = after.cell(&spec.name, row);
                if (index, row) == (column, at) {
                    prop_assert_eq!(cell, NONE);
                } else {
                    prop_assert_eq!(cell, before.cell(&spec.name, row));
                }
            }
        }
    }

    #[test]
    fn no_file_makes_the_reader_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..200), json in any::<bool>()) {
        let name = if json { "a.json" } else { "a.csv" };
        let (table, faults) = read(&table(columns()), name, &bytes);
        check_lengths(&table);
        let _ = faults.to_string();
        let _ = headers(name, &bytes).map_err(|faults| faults.to_string());
    }

    #[test]
    fn no_text_of_cells_and_quotes_makes_the_reader_fall_over(
        text in "(team|cover|cases|[a-c1-3]|,|;|\"|\n|\r\n|\r|é|\u{a0}| |\\[|\\{|\\}|:){0,60}",
        json in any::<bool>(),
    ) {
        let name = if json { "a.json" } else { "a.csv" };
        let (table, faults) = read(&table(columns()), name, text.as_bytes());
        check_lengths(&table);
        let _ = faults.to_string();
    }
}
