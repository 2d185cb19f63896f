//! The picture of each fault: the file, the line, the value, the count, and what to type.

use super::*;

fn shows(picture: &str, parts: &[&str]) {
    for part in parts {
        assert!(picture.contains(part), "`{part}` is not in:\n{picture}");
    }
}

#[test]
fn an_unknown_answer_is_told_once_with_its_rows_and_the_codes_to_type() {
    let mut text = "team,caseload-manageable\n".to_owned();
    for row in 2..=100 {
        let answer = if row % 14 == 0 { "Agre" } else { "agree" };
        text += &format!("Ann Other,{answer}\n");
    }
    let (table, codes, picture) = faulty(
        vec![
            same("team", ColumnKind::Words),
            question("caseload-manageable"),
        ],
        &text,
    );
    assert_eq!((codes, table.len), (vec![Code::UnknownValue], 99));
    shows(
        &picture,
        &[
            "data/survey.csv:14:23",
            "14 │ caseload-manageable = Agre",
            "^^^^ did you mean `agree`?",
            "7 rows have this value: rows 14, 28, 42 and 4 more",
            r#"codes: #{ "caseload-manageable": #{ "Agre": "agree" } }"#,
            r#"missing: ["Don't know", "Agre"]"#,
        ],
    );
    assert!(
        !picture.contains("Ann"),
        "rows are about people:\n{picture}"
    );
}

#[test]
fn what_few_rows_say_is_shown_by_its_form_and_what_many_say_as_it_is() {
    let mut text = "team,caseload-manageable\n".to_owned();
    for row in 2..=40 {
        let answer = match row {
            7 => "Not since Ann Other left 12 May",
            row if row % 3 == 0 => "Somewhat",
            _ => "agree",
        };
        text += &format!("North,{answer}\n");
    }
    let columns = vec![
        same("team", ColumnKind::Words),
        question("caseload-manageable"),
    ];
    let (_, faults) = read(&table(columns), "data/survey.csv", text.as_bytes());
    let picture = faults.to_string();
    shows(
        &picture,
        &[
            "2 values are none of those known for `caseload-manageable`",
            "caseload-manageable = Somewhat",
            "`Somewhat`: rows 3, 6, 9 and 10 more",
            "1 value of the form `Aaa aaaa Aaa Aaaaa aaaa…`: 1 cell",
            "known here: strongly disagree",
            r#"#{ "Somewhat": "…", "…": "…" }"#,
            "--show-values",
        ],
    );
    assert!(!picture.contains("Ann"), "{picture}");
    let whole = faults.with_values().to_string();
    shows(&whole, &["`Not since Ann Other left 12 May`: row 7"]);
    assert!(!whole.contains("--show-values"), "{whole}");
}

#[test]
fn a_row_of_totals_is_told_by_its_form_where_it_says_whose_they_are() {
    for (heading, told) in [
        ("Total", "`Total` in `team` heads a row that sums up others"),
        (
            "Ann Other Total",
            "a value of the form `Aaa Aaaaa Aaaaa` in `team` heads a row that sums up others",
        ),
    ] {
        let text = format!("team,caseload-manageable\nNorth,agree\n{heading},3\nSouth,agree\n");
        let columns = vec![same("team", ColumnKind::Words)];
        let (_, faults) = read(&table(columns), "data/survey.csv", text.as_bytes());
        let picture = faults.to_string();
        shows(&picture, &[told, "row 3", "delete that row from the file"]);
        assert!(!picture.contains("Ann"), "{picture}");
        let whole = faults.with_values().to_string();
        shows(
            &whole,
            &[&format!("codes: #{{ team: #{{ \"{heading}\": \"…\" }} }}")],
        );
    }
}

#[test]
fn one_odd_answer_to_many_questions_is_one_fault() {
    let questions = ["caseload-manageable", "cover", "wellbeing-support"];
    let mut text = questions.join(",") + "\n";
    for _ in 0..12 {
        text += "Agre,Agre,Agre\n";
    }
    let (_, codes, picture) = faulty(questions.map(question).to_vec(), &text);
    assert_eq!(codes, [Code::UnknownValue]);
    shows(
        &picture,
        &[
            "caseload-manageable = Agre",
            "12 rows have this value: rows 2, 3, 4 and 9 more",
            "the same in 24 cells of 2 more columns: `cover`, `wellbeing-support`",
            r#"codes: #{ answers: #{ "Agre": "agree" } }"#,
        ],
    );
}

#[test]
fn a_code_goes_where_the_card_has_codes_already_and_nobody_is_guessed_to_have_said_yes() {
    let known = || ["yes", "no", "not sure"].map(str::to_owned).to_vec();
    let aware = |name: &str| column(name, From::SameName, Kind::OneOf(known()));
    let text = "a,b\nYes,Perhaps\nDon't know?,Perhaps\n";
    let (_, codes, picture) = faulty(vec![coded(aware("a"), &[("Oui", "yes")]), aware("b")], text);
    assert_eq!(codes, [Code::UnknownValue; 2]);
    shows(
        &picture,
        &[
            r#"beside the code of line 1: "Don't know?": "…""#,
            r#"among the `codes` that the card has (line 1): "b": #{ "Perhaps": "…" }, with "yes" or "no" or "not sure" in place of …"#,
        ],
    );
    let told = |value: &str| faulty(vec![aware("a")], &format!("a,b\n{value},1\n")).2;
    shows(
        &told("Unsure"),
        &["did you mean `not sure`?", r#""Unsure": "not sure""#],
    );
}

#[test]
fn a_value_that_is_no_number_says_what_to_write() {
    for (cell, code, parts) in [
        (
            "\"1,234\"",
            Code::CellNotANumber,
            ["cases = 1,234", "write `1234`"],
        ),
        ("£5", Code::CellNotANumber, ["cases = £5", "write `5`"]),
        (
            "14.2%",
            Code::CellNotANumber,
            ["cases = 14.2%", "write `14.2`"],
        ),
        (
            "TBC",
            Code::CellNotANumber,
            ["cases = TBC", "missing: [\"Don't know\", \"TBC\"]"],
        ),
        (
            "inf",
            Code::CellNotANumber,
            ["cases = inf", "leave the cell empty"],
        ),
        (
            "NaN",
            Code::CellNotANumber,
            ["cases = NaN", "leave the cell empty"],
        ),
        (
            "\"0,5\"",
            Code::CellNotANumber,
            ["cases = 0,5", "write `0.5` in the file, with a point"],
        ),
        (
            "12 (about)",
            Code::CellNotANumber,
            ["cases = 12 (about)", "put the number alone in the file"],
        ),
        (
            "twelve",
            Code::CellNotANumber,
            ["cases = twelve", "or leave the cell empty if there is none"],
        ),
        ("-1", Code::NumberOutOfRange, ["cases = -1", "below zero"]),
    ] {
        let (table, codes, picture) = faulty(
            vec![same("cases", ColumnKind::Number)],
            &format!("team,cases\nA,1\nB,{cell}\n"),
        );
        assert_eq!(codes, [code], "{picture}");
        shows(
            &picture,
            &["data/survey.csv:3:9", "1 row has this value: row 3"],
        );
        shows(&picture, &parts);
        assert_eq!(cells(&table, "cases")[1], NONE, "missing, never 0");
    }
}

#[test]
fn the_same_value_in_another_case_is_one_fault() {
    let (_, codes, picture) = faulty(
        vec![same("service", ColumnKind::Service)],
        "service,b\nCSC,\ncsc ,\nCsc,\n",
    );
    assert_eq!(codes, [Code::UnknownValue]);
    shows(
        &picture,
        &[
            "3 rows have this value: rows 2, 3 and 4",
            r#"codes: #{ "service": #{ "CSC": "…" } }, with "children" or "adults" in place of …"#,
            "known here: children, adults",
        ],
    );
}

#[test]
fn twenty_values_of_a_column_are_shown_and_the_rest_is_counted() {
    for (values, shown, note) in [
        (20, 20, None),
        (
            21,
            20,
            Some("and 1 more value of this column at fault, in 1 row"),
        ),
        (
            35,
            20,
            Some("and 15 more values of this column at fault, in 15 rows"),
        ),
    ] {
        let text: String = (0..values).map(|n| format!("word{n}\n")).collect();
        let (_, codes, picture) = faulty(
            vec![same("cases", ColumnKind::Number)],
            &format!("cases\n{text}"),
        );
        assert_eq!(codes.len(), shown);
        match note {
            Some(note) => shows(&picture, &[note]),
            None => assert!(!picture.contains(" more value")),
        }
    }
}

#[test]
fn control_characters_and_long_texts_do_not_break_the_picture() {
    let long = "x".repeat(500);
    let (_, codes, picture) = faulty(
        vec![question("cover")],
        &format!("cover,b\n\"a\nb\u{1b}[31m\u{feff}\",\n{long},\n"),
    );
    assert_eq!(codes.len(), 1);
    shows(&picture, &["cover = a b?[31m?", "xxx…`: row "]);
    assert!(!picture.contains('\u{1b}'));
    assert!(
        picture
            .lines()
            .filter(|line| line.contains("│ cover = "))
            .count()
            == 1
    );
}

#[test]
fn a_missing_header_is_placed_in_the_script_and_no_other_of_the_file_is_told() {
    let (table, codes, picture) = faulty(
        vec![named("team", "Taem", Kind::National(ColumnKind::Words))],
        "Team,cases\nA,1\n",
    );
    assert_eq!(codes, [Code::MissingHeader]);
    shows(
        &picture,
        &[
            "check.rhai:2:19",
            "`data/survey.csv` has no column headed `Taem`",
            "no such header in the file",
        ],
    );
    assert!(!picture.contains("cases"), "{picture}");
    assert!(table.column("team").is_none() && table.knows("team"));
}

#[test]
fn a_header_that_stands_twice_is_a_fault_only_if_it_is_wanted() {
    let columns = || vec![same("team", ColumnKind::Words)];
    let (_, codes, picture) = faulty(columns(), "cases,Team,Team\n1,A,B\n");
    assert_eq!(codes, [Code::DuplicateHeader]);
    shows(
        &picture,
        &["data/survey.csv:1:10", "header = Team", "columns B and C"],
    );
    let (_, codes, _) = faulty(columns(), "team,notes,notes\nA,,\n");
    assert_eq!(codes, []);
    let json = br#"[{"team": "A", "team": "B"}]"#;
    let (_, faults) = read(&table(columns()), "a.json", json);
    assert_eq!(super::codes(&faults), [Code::DuplicateHeader]);
}

#[test]
fn ragged_rows_are_counted_and_never_shown() {
    let (_, codes, picture) = faulty(
        vec![same("cases", ColumnKind::Number)],
        "team,cases\nAnn,x1,2\nB,1\nC\nD,4\n",
    );
    assert_eq!(codes, [Code::RaggedRow]);
    shows(
        &picture,
        &[
            "data/survey.csv:2:1",
            "a row has 3 cells where the header has 2",
            "2 rows have more or fewer cells than the header: rows 2 and 4",
        ],
    );
    assert!(!picture.contains("Ann"));
}

#[test]
fn a_quote_that_is_never_closed_is_shown_where_it_opens() {
    let columns = || vec![same("cases", ColumnKind::Number)];
    for (text, line) in [
        // to the end of the file
        ("team,cases\nA,1\n\"Ann,2\nC,3\n", 3),
        // up to the next quoted cell
        ("team,cases\nA,1\n\"Ann,2\n\"C\",3\nD,4\n", 3),
        // after a cell of two lines in the same row
        ("team,cases\nA,1\n\"A\nB\",\"2\nC,3\n", 4),
        // in the last cell
        ("team,cases\nA,1\nB,\"2", 3),
        ("team,\"cases\nA,1\n", 1),
    ] {
        let (_, codes, picture) = faulty(columns(), text);
        assert_eq!(codes, [Code::UnclosedQuote], "{text}\n{picture}");
        shows(
            &picture,
            &[&format!("data/survey.csv:{line}:"), "opens here"],
        );
        assert!(!picture.contains("Ann"));
    }
    let (_, codes, picture) = faulty(columns(), "team,cases\n\"A\n\"\"B\"\"\",1\n\"C\",\"2\"");
    assert_eq!(codes, [], "{picture}");
}

#[test]
fn the_line_is_the_files_and_the_row_the_spreadsheets() {
    let text = "sep=,\r\nteam,cases\r\n\"A\r\nwith a second line\",1\r\nB,two\r\n";
    let (_, codes, picture) = faulty(vec![same("cases", ColumnKind::Number)], text);
    assert_eq!(codes, [Code::CellNotANumber]);
    shows(&picture, &["data/survey.csv:5:9", "row 3"]);
}

#[test]
fn a_fault_in_json_stands_on_the_line_of_its_key() {
    let text =
        "[\n  {\n    \"cases\": 1\n  },\n  {\n    \"team\": \"A\",\n    \"cases\": [2]\n  }\n]";
    let (_, faults) = read(
        &table(vec![same("cases", ColumnKind::Number)]),
        "data/w.json",
        text.as_bytes(),
    );
    assert_eq!(codes(&faults), [Code::UnknownValue]);
    shows(
        &faults.to_string(),
        &["data/w.json:7:9", "several values", "row 2"],
    );
}

#[test]
fn a_value_of_the_script_that_its_column_cannot_hold_is_placed_there() {
    for (from, kind) in [
        (From::Words("childrn".into()), ColumnKind::Service),
        (From::Number(-1.0), ColumnKind::Number),
        (From::Number(f64::NAN), ColumnKind::Number),
    ] {
        let (_, codes, picture) = faulty(vec![column("own", from, Kind::National(kind))], "b\n1\n");
        assert_eq!(codes.len(), 1, "{picture}");
        shows(&picture, &["check.rhai:2:19"]);
    }
}

#[test]
fn where_nothing_can_be_guessed_the_choice_is_left_to_the_reader() {
    let (_, _, picture) = faulty(vec![question("cover")], "cover\n6\n");
    shows(
        &picture,
        &[
            r#""cover": #{ "6": "…" }"#,
            "known here: strongly disagree, disagree",
        ],
    );
}

#[test]
fn a_row_that_repeats_another_in_other_capitals_and_other_zeros_is_told() {
    let rows = |last: &str| {
        let mut text = "team,cases,grade,note\n".to_owned();
        for row in 1..=6 {
            text += &format!("North,{row},{row},note {row}\n");
        }
        text + last
    };
    let columns = || {
        vec![
            same("team", ColumnKind::Words),
            same("cases", ColumnKind::Number),
            column("grade", From::SameName, Kind::Local),
        ]
    };
    let (_, codes, _) = faulty(columns(), &rows("NORTH,3.0,3.0,Note 3\n"));
    assert_eq!(codes, [Code::RowsTwice]);
    let (_, codes, _) = faulty(columns(), &rows("NORTH,3.0,3.0,Note 7\n"));
    assert_eq!(codes, []);
}

#[test]
fn a_row_that_repeats_another_is_told_however_its_days_and_its_gaps_are_written() {
    let mut text = "team,cases,began,note\n".to_owned();
    for row in 1..=6 {
        text += &format!("North,{row},0{row}/09/2026,note {row}\n");
    }
    let columns = || {
        vec![
            same("team", ColumnKind::Words),
            same("cases", ColumnKind::Number),
            column("began", From::SameName, Kind::Local),
        ]
    };
    let with = |rows: &str| faulty(columns(), &format!("{text}{rows}")).1;
    assert_eq!(with("North,3,2026-09-03,note 3\n"), [Code::RowsTwice]);
    let gaps = "South,z,08/09/2026,note 8\nSouth,,08/09/2026,note 8\n";
    assert_eq!(with(gaps), [Code::RowsTwice]);
    assert_eq!(with("North,3,2026-09-04,note 3\n"), []);
}

#[test]
fn hours_and_minutes_are_told_as_hours_with_a_point_three_times_and_then_counted() {
    let text: String = (0..9).map(|n| format!("3{n}:30\n")).collect();
    let (_, codes, picture) = faulty(
        vec![same("hours_contracted", ColumnKind::Number)],
        &format!("hours_contracted\n{text}"),
    );
    assert_eq!(codes.len(), 3, "{picture}");
    for expected in [
        "write `30.5` in the file: hours with a point",
        "in a spreadsheet: the column of times multiplied by 24, shown as a number",
        "and 6 more values of this column are written like it, in 6 rows",
    ] {
        assert!(picture.contains(expected), "{expected}\n{picture}");
    }
}
