//! Answers as totals: the same scores as from the sheets, wider intervals, and nothing that
//! only sheets can tell.

use super::cases::{Expect, Read, Refused, judge, read, script};
use healthcheck::data::Cell;
use healthcheck::host::Host;
use healthcheck::publication::{Earlier, Publication, Score};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const CARD: &str = "file: \"data/totals.csv\", totals: true";

#[test]
fn counts_are_laid_out_as_sheets_one_question_at_a_time() {
    let check = script("survey", CARD);
    let expected = [
        "team | caseload-manageable | cover | aware-of-check",
        "Duty | disagree | agree | yes",
        "Duty | agree | z | no",
        "Duty | agree | x | x",
        "Court | x | strongly agree | x",
    ];
    let long = "Team,Question,Answer,Count\n\
        Duty,I can do my work well within my contracted hours,Agree,2\n\
        Duty,caseload-manageable,Disagree,1\n\
        Duty,caseload-manageable,Strongly agree,0\n\
        Duty,cover,agree,1\n\
        Duty,3. \"When a colleague is away, their work is covered\",Prefer not to say,1\n\
        Duty,cover,No answer,1\n\
        Duty,aware-of-check,yes,1\n\
        Duty,aware-of-check,no,1\n\
        Court,cover,Strongly agree,1\n";
    let long = long.replace(
        "3. \"When a colleague is away, their work is covered\"",
        "\"When a colleague is away, their work is covered\"",
    );
    for (name, text) in [
        ("a.csv", long.clone()),
        ("a.csv", format!("Summary of answers\n\n{long}")),
    ] {
        let reading = read(&check, name, text.as_bytes());
        assert!(reading.faults.is_empty(), "{}", reading.faults);
        assert_eq!(pictured(&reading.table, expected[0]), expected, "{text}");
        assert_eq!(reading.account.words(), "9 rows read, 9 used");
    }
    let wide = "Question,Strongly disagree,Disagree,Neither,Agree,Strongly agree,Prefer not to say,Mean\n\
        caseload-manageable,0,1,0,2,0,0,3.3\n\
        \"When a colleague is away, their work is covered\",0,0,0,1,0,1,4\n";
    let rows = &[
        "caseload-manageable | cover",
        "disagree | agree",
        "agree | z",
        "agree | x",
    ];
    let reading = read(&check, "a.csv", wide.as_bytes());
    assert!(!reading.faults.has_errors(), "{}", reading.faults);
    assert_eq!(pictured(&reading.table, rows[0]), rows);
}

fn pictured(table: &healthcheck::data::Table, columns: &str) -> Vec<String> {
    let names: Vec<&str> = columns.split(" | ").collect();
    let mut found = vec![columns.to_owned()];
    for row in 0..table.len {
        let cells = names.iter().map(|column| match table.cell(column, row) {
            Cell::Words(words) => words.to_string(),
            Cell::Number(number) => number.to_string(),
            Cell::Missing(reason) => reason.symbol().to_owned(),
        });
        found.push(cells.collect::<Vec<_>>().join(" | "));
    }
    found
}

#[test]
fn totals_that_do_not_count_what_they_should_are_refused() {
    let check = script("survey", CARD);
    let cases: [(&str, &str, Expect); 8] = [
        (
            "an answer counted twice",
            "question,answer,count\ncover,agree,1\ncover,Agree,2\n",
            Refused(
                "totals-not-usable",
                &["`agree` to `cover` is counted twice"],
            ),
        ),
        (
            "a count that is missing",
            "question,answer,count\ncover,agree,\n",
            Refused(
                "totals-not-usable",
                &[
                    "the count of `agree` to `cover` is missing",
                    "0 if nobody did",
                ],
            ),
        ),
        (
            "half a person",
            "question,answer,count\ncover,agree,1.5\n",
            Refused("totals-not-usable", &["no whole number of people"]),
        ),
        (
            "a count that was suppressed",
            "question,answer,count\ncover,agree,<5\n",
            Refused("cell-not-a-number", &["<9", "row 2"]),
        ),
        (
            "a question that nobody asks",
            "question,answer,count\ncovre,agree,5\n",
            Refused(
                "unknown-value",
                &["covre", "did you mean `cover`?", "row 2"],
            ),
        ),
        (
            "an answer that nobody offers",
            "question,answer,count\ncover,agre,5\n",
            Refused("unknown-value", &["agre", "did you mean `agree`?", "row 2"]),
        ),
        (
            "an answer to another question",
            "question,answer,count\ncover,not sure,5\n",
            Refused("totals-not-usable", &["`not sure` is no answer to `cover`"]),
        ),
        (
            "sheets",
            "team,cover\nDuty,agree\n",
            Refused(
                "totals-not-usable",
                &[
                    "no columns of questions, answers and counts",
                    "row 1 names hardly a column that is looked for",
                ],
            ),
        ),
    ];
    for (what, text, expect) in cases {
        judge(what, &check, "a.csv", text.as_bytes(), &expect);
    }
}

#[test]
fn counts_are_read_under_other_names_and_codes() {
    let check = script(
        "survey",
        "file: \"data/totals.csv\", totals: true, columns: #{ question: \"Item\", count: \"N\" }, codes: #{ answers: #{ \"A4\": \"agree\" } }",
    );
    let reading = read(&check, "a.csv", b"Item,Answer,N\ncover,A4,2\n");
    assert!(reading.faults.is_empty(), "{}", reading.faults);
    assert_eq!(
        pictured(&reading.table, "cover"),
        ["cover", "agree", "agree"]
    );
    let _: Expect = Read(&[], "", &[]);
}

/// What a copy of Eastmere comes to, its survey as the file says.
fn published(survey: &str, totals: bool) -> Publication {
    let sample = Path::new("scripts/eastmere");
    let folder = tempfile::tempdir().expect("a folder");
    let council = folder.path().join("eastmere");
    fs::create_dir_all(council.join("data")).expect("a folder");
    for file in ["workers.csv", "workforce.xlsx"] {
        fs::copy(
            sample.join("data").join(file),
            council.join("data").join(file),
        )
        .expect(file);
    }
    fs::write(council.join("data/survey.csv"), survey).expect("a file");
    let script = fs::read_to_string(sample.join("check.rhai")).expect("the sample");
    let script = if totals {
        script.replacen("data/survey.csv\",", "data/survey.csv\", totals: true,", 1)
    } else {
        script
    };
    fs::write(council.join("check.rhai"), script).expect("a file");
    if let Ok(logo) = fs::read(sample.join("logo.svg")) {
        fs::write(council.join("logo.svg"), logo).expect("a file");
    }
    let shared = folder.path().join("shared");
    fs::create_dir(&shared).expect("a folder");
    for library in fs::read_dir("scripts/shared").expect("libraries") {
        let library = library.expect("a library").path();
        let name = library.file_name().expect("a name").to_owned();
        fs::copy(&library, shared.join(name)).expect("a library");
    }
    let host = Host::new();
    let check = host
        .load(&council)
        .unwrap_or_else(|faults| panic!("{faults}"));
    let data = host
        .read(&check)
        .unwrap_or_else(|faults| panic!("{faults}"));
    host.assess(&check, &data, &Earlier::none())
        .unwrap_or_else(|faults| panic!("{faults}"))
        .into_inner()
}

/// The totals of a file of sheets, by team; a sheet without an answer counts as blank.
fn totals_of(sheets: &str) -> String {
    let mut lines = sheets
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let team = header
        .iter()
        .position(|name| *name == "team")
        .expect("teams");
    let mut counts: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for sheet in lines {
        for (question, answer) in header.iter().zip(&sheet).skip(3) {
            let answer = if answer.is_empty() {
                "no answer"
            } else {
                answer
            };
            let key = (sheet[team].into(), (*question).into(), answer.into());
            *counts.entry(key).or_default() += 1;
        }
    }
    let rows = counts
        .iter()
        .map(|((team, question, answer), count)| format!("{team},{question},{answer},{count}\n"));
    format!("team,question,answer,count\n{}", rows.collect::<String>())
}

#[test]
fn totals_give_the_scores_of_the_sheets_and_the_widest_intervals() {
    let sheets = fs::read_to_string("scripts/eastmere/data/survey.csv").expect("the sample");
    let by_sheets = published(&sheets, false);
    let by_totals = published(&totals_of(&sheets), true);
    let (one, other) = (&by_sheets.scopes[0], &by_totals.scopes[0]);
    let width = |score: &Score| {
        let value = |figure: &Option<healthcheck::publication::Figure>| {
            figure.as_ref().and_then(|figure| figure.value)
        };
        Some(value(&score.high)? - value(&score.low)?)
    };
    let mut wider = 0;
    let standards = one.standards.iter().zip(&other.standards);
    for (sheets, totals) in standards {
        assert_eq!(sheets.result.score, totals.result.score, "{}", sheets.id);
        assert_eq!(sheets.assured, totals.assured, "{}", sheets.id);
        let (narrow, wide) = (width(&sheets.result), width(&totals.result));
        assert!(wide >= narrow, "{}: {wide:?} < {narrow:?}", sheets.id);
        wider += usize::from(wide > narrow);
    }
    assert!(wider > 3, "{wider} of the standards have wider intervals");
    assert_eq!(one.overall.score, other.overall.score);
    assert!(width(&other.overall) >= width(&one.overall));
    assert!(other.grade.firmness.is_none());
    let said = by_totals
        .data_quality
        .iter()
        .any(|remark| remark.contains("brought as totals"));
    assert!(said, "{:?}", by_totals.data_quality);
    assert!(
        !by_sheets
            .data_quality
            .iter()
            .any(|remark| remark.contains("totals of each question"))
    );
    for (sheets, totals) in by_sheets.items.iter().zip(&by_totals.items) {
        assert_eq!(sheets.comparability, totals.comparability, "{}", sheets.id);
    }
}
