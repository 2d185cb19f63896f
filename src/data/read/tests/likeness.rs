//! Whether a row is one of headers, or somebody's.

use super::*;
use crate::data::{Headers, Likeness};

fn likeness(text: &str) -> Headers {
    let columns = vec![
        same("team", ColumnKind::Words),
        same("service", ColumnKind::Service),
        same("agency", ColumnKind::YesNo),
        same("fte", ColumnKind::Number),
        same("cases", ColumnKind::Number),
        question("cover"),
    ];
    super::super::headers(&table(columns), "workers.csv", text.as_bytes()).unwrap()
}

#[test]
fn a_row_of_values_is_somebodys_and_one_that_names_a_column_is_a_header() {
    for (text, expected) in [
        // Somebody's row: numbers, days, values of columns, and what stands below it too.
        (
            "Worker 1,Duty,1.0,18\nWorker 2,Duty,0.6,9\n",
            Likeness::Data(1),
        ),
        (
            "Worker 1,01/09/2026\nWorker 2,02/09/2026\n",
            Likeness::Data(1),
        ),
        ("Worker 1,children\nWorker 2,adults\n", Likeness::Data(1)),
        ("Worker 1,agree\n", Likeness::Data(1)),
        ("worker@northshire.example,Duty\n", Likeness::Data(1)),
        ("Worker 1,Duty\nWorker 2,Duty\n", Likeness::Data(1)),
        // A value that happens to be the name of a column.
        ("Worker 1,agency\nWorker 2,agency\n", Likeness::Data(1)),
        (
            "Worker 1,agency,17,0.5\nWorker 2,own,18,1\n",
            Likeness::Data(1),
        ),
        // Headers in other words, or somebody's row: nobody can tell.
        ("Who,Caseload\nWorker 1,18\n", Likeness::Unsure(1)),
        (
            "Worker one,Duty\nWorker two,Hospital\n",
            Likeness::Unsure(1),
        ),
        (
            "Worker 1,Duty,agency\nWorker 2,Duty one,own\n",
            Likeness::Unsure(1),
        ),
        // Words above numbers.
        (
            "Who,Caseload,Contract\nWorker 1,18,1\nWorker 2,9,0.6\n",
            Likeness::Headers,
        ),
        (
            "Worker one,vacant,0.8,Duty\nWorker two,9,0.6,Hospital\n",
            Likeness::Data(1),
        ),
        // A header that stands once more.
        (
            "Team,FTE,2025\nDuty,1,18\nTeam,FTE,2025\n",
            Likeness::Headers,
        ),
        (
            "Team,Cases,2021,2022,2023,2024\nDuty,1,1,1,1,1\n",
            Likeness::Headers,
        ),
        // Headers, with others that look like values.
        ("Team,FTE,Open cases\nDuty,1,18\n", Likeness::Headers),
        ("Team,FTE,2025,2026\nDuty,1,18,19\n", Likeness::Headers),
        (
            "A title\nTeam,FTE,Name\nDuty,1,Worker 1\n",
            Likeness::Headers,
        ),
    ] {
        let found = likeness(text);
        assert_eq!(found.likeness, expected, "{text}");
        let listed = found.all_listed("its headers");
        let shows = found
            .names
            .iter()
            .any(|name| listed.contains(name.as_str()));
        assert_eq!(shows, expected == Likeness::Headers, "{listed}");
    }
}

#[test]
fn what_is_told_of_rows_that_repeat_names_nobody_of_a_file_without_headers() {
    let rows: String = (1..=40)
        .map(|at| format!("Person {at},Duty {},1,{at}\n", at % 7))
        .collect();
    let text = format!("{rows}Person 9,Duty 2,1,9\n");
    let columns = vec![
        same("team", ColumnKind::Words),
        same("fte", ColumnKind::Number),
    ];
    let spec = TableSpec {
        id: "workers".into(),
        ..table(columns)
    };
    let told = super::super::read(&spec, "workers.csv", text.as_bytes())
        .faults
        .to_string();
    assert!(told.contains("rows-twice"), "{told}");
    assert!(!told.contains("Person"), "{told}");
}

#[test]
fn the_names_of_json_are_never_somebodys_row() {
    let json = br#"[{"Who": "Worker 1", "1": 18}]"#;
    let found = super::super::headers(&table(Vec::new()), "a.json", json).unwrap();
    assert_eq!(found.likeness, Likeness::Headers);
}

#[test]
fn of_many_headers_the_first_are_listed_and_long_ones_are_cut() {
    let long = "x".repeat(5_000);
    let more: Vec<String> = (0..20).map(|nth| format!("more{nth}")).collect();
    let found = likeness(&format!("team,fte,{long},{}\n", more.join(",")));
    let names: Vec<&str> = found.names[2..].iter().map(String::as_str).collect();
    let listed = found.listed("headers that nothing reads", &names);
    assert!(listed.chars().count() < 300, "{listed}");
    assert!(listed.contains("xx…, more0, more1") && listed.ends_with("more10, and 9 more"));
}
