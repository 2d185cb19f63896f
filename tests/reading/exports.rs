//! Exports of survey tools as they are: questions as headers, matrices, and what a tool adds.

use super::cases::{Expect, Read, Refused, judge, read, script};

const MANAGE: &str = "I can do my work well within my contracted hours";
const FITS: &str = "The complexity of my cases suits my experience";
const ROWS: &[&str] = &[
    "team | caseload-manageable | caseload-fits-experience",
    "Duty | agree | x",
    "Hospital | strongly disagree | z",
];
const TWO: &str = "2 rows read, 2 used";

fn survey(cases: &[(&str, &str, String, Expect)]) {
    let check = script("survey", "file: \"data/survey.csv\"");
    for (what, name, text, expect) in cases {
        judge(what, &check, name, text.as_bytes(), expect);
    }
}

/// Two answer sheets under headers; cells before and after those that are asked.
fn sheets(team: &str, before: &str, frame: impl Fn(&str) -> String) -> String {
    let cells = before.matches(',').count();
    let filler = |id: usize| format!("{id},").repeat(cells);
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    format!(
        "{before}{},{},{}\n{}Duty,Agree,\n{}Hospital,Strongly disagree,Prefer not to say\n",
        quoted(team),
        quoted(&frame(MANAGE)),
        quoted(&frame(FITS)),
        filler(7),
        filler(8),
    )
}

#[test]
fn the_exports_of_survey_tools_are_read_as_they_are() {
    // Other questions of the core are not in these files: that is told, and nothing else.
    let told = &["columns-not-found"][..];
    let plain = || Read(ROWS, TWO, &[]);
    survey(&[
        ("Microsoft Forms", "a.csv", sheets("Which team do you work in?", "ID,Start time,Completion time,Email,Name,", str::to_owned), plain()),
        ("Microsoft Forms with numbers", "a.csv", sheets("1. Which team do you work in?", "ID,Start time,Completion time,Email,Name,", |ask| format!("2. {ask}.")), plain()),
        ("LimeSurvey, full question text", "a.csv", sheets("Which team do you work in?", "Response ID,Date submitted,Last page,Start language,Seed,", |ask| format!("How far do you agree? [{ask}]")), plain()),
        ("LimeSurvey, code and text", "a.csv", sheets("G01Q01. Which team do you work in?", "id. Response ID,", |ask| format!("G01Q02[SQ001]. How far do you agree? [{ask}]")), Read(ROWS, TWO, told)),
        ("SmartSurvey", "a.csv", sheets("Q1. Which team do you work in?", "UserNo,Name,Email,IP Address,Started,Ended,", |ask| format!("Q2. How far do you agree? - {ask}")), plain()),
        ("Kobo, labels in groups", "a.csv", sheets("survey/Which team do you work in?", "start,end,_id,_uuid,", |ask| format!("survey/{ask}")).replace(',', ";"), plain()),
        ("Kobo, names", "a.csv", "start,end,_id,survey/team,survey/caseload_manageable,survey/caseload_fits_experience\n1,2,3,Duty,agree,\n2,3,4,Hospital,1,prefer not to say\n".to_owned(), plain()),
        ("SurveyJS", "a.json", format!(r#"[{{"HappenedAt": "2026-09-10", "id": 1, "team": "Duty", "{MANAGE}": "Agree"}}, {{"id": 2, "team": "Hospital", "{MANAGE}": 1, "{FITS}": "Prefer not to say"}}]"#), plain()),
    ]);
}

#[test]
fn a_matrix_within_the_sheet_is_read_row_by_row() {
    let told = &["columns-not-found"][..];
    let matrix = |first: &str, second: &str| {
        format!(
            r#"[{{"id": 1, "team": "Duty", "agree": {first}}}, {{"id": 2, "team": "Hospital", "agree": {second}}}]"#
        )
    };
    let by_wording = matrix(
        &format!(r#"{{"{MANAGE}": "Agree"}}"#),
        &format!(r#"{{"{MANAGE}": 1, "{FITS}": "Prefer not to say"}}"#),
    );
    let by_name = matrix(
        r#"{"caseload-manageable": "agree"}"#,
        r#"{"caseload_manageable": "1", "caseload-fits-experience": "prefer not to say"}"#,
    )
    .replace("caseload_manageable", "caseload-manageable");
    let of_columns = matrix(
        &format!(r#"{{"{MANAGE}": {{"How far": "Agree"}}}}"#),
        &format!(
            r#"{{"{MANAGE}": {{"How far": 1}}, "{FITS}": {{"How far": "Prefer not to say"}}}}"#
        ),
    );
    let of_two = matrix(
        &format!(r#"{{"{MANAGE}": {{"Now": "Agree", "Then": "Disagree"}}}}"#),
        "{}",
    );
    survey(&[
        (
            "rows by their wording",
            "a.json",
            by_wording,
            Read(ROWS, TWO, told),
        ),
        (
            "rows by their names",
            "a.json",
            by_name,
            Read(ROWS, TWO, told),
        ),
        (
            "rows with a column of answers",
            "a.json",
            of_columns,
            Read(ROWS, TWO, told),
        ),
        (
            "rows with two columns of answers",
            "a.json",
            of_two,
            Refused("duplicate-header", &["agree: Now", "agree: Then"]),
        ),
        (
            "a list of ticks",
            "a.json",
            format!(r#"[{{"team": "Duty", "{MANAGE}": ["Agree"]}}]"#),
            Refused("unknown-value", &["several values"]),
        ),
        (
            "an object where one answer belongs",
            "a.json",
            format!(r#"[{{"team": "Duty", "{MANAGE}": {{"a": "Agree"}}}}]"#),
            Refused("unknown-value", &["several values"]),
        ),
    ]);
}

#[test]
fn a_second_row_of_headers_belongs_to_the_first() {
    let head = "Respondent ID,Collector ID,Start Date,IP Address,Which team do you work in?,How far do you agree?,";
    survey(&[
        ("SurveyMonkey", "a.csv", format!("{head}\n,,,,Response,{MANAGE},{FITS}\n1,1,1,1,Duty,Agree,\n2,1,1,1,Hospital,Strongly disagree,Prefer not to say\n").replace(&format!("{head}\n"), &format!("{head}\n")), Read(ROWS, TWO, &[])),
        ("SmartSurvey with a row of Response", "a.csv", format!("UserNo,Started,Ended,Which team do you work in?,{MANAGE},{FITS}\n,,,Response,Response,Response\n1,1,1,Duty,Agree,\n2,1,1,Hospital,Strongly disagree,Prefer not to say\n"), Read(ROWS, TWO, &[])),
    ]);
}

#[test]
fn what_cannot_be_known_is_asked_for() {
    survey(&[
        (
            "a question asked twice",
            "a.csv",
            format!("{MANAGE},3. {MANAGE}\nagree,agree\n"),
            Refused("duplicate-header", &["columns A and B"]),
        ),
        (
            "coded answers",
            "a.csv",
            format!("team,{MANAGE}\nDuty,A4\n"),
            Refused("unknown-value", &["A9", "row 2", "codes:"]),
        ),
        (
            "coded headers",
            "a.csv",
            "team,G01Q02[SQ001],G01Q02[SQ002]\nDuty,agree,agree\n".to_owned(),
            Read(
                &["team", "Duty"],
                "1 row read, 1 used",
                &["columns-not-found"],
            ),
        ),
    ]);
    let check = script("survey", "file: \"data/survey.csv\"");
    let reading = read(
        &check,
        "a.csv",
        b"team,G01Q02[SQ001],G01Q02[SQ002]\nDuty,agree,agree\n",
    );
    let picture = reading.faults.to_string();
    assert!(picture.contains("full text for headers"), "{picture}");
}

#[test]
fn codes_of_answers_may_be_given_for_all_questions_at_once() {
    let check = script(
        "survey",
        "file: \"data/survey.csv\", codes: #{ answers: #{ \"A1\": \"strongly disagree\", \"A4\": \"agree\", \"A9\": \"prefer not to say\" } }",
    );
    let text = format!("team,{MANAGE},{FITS}\nDuty,A4,\nHospital,A1,A9\n");
    judge(
        "codes for all",
        &check,
        "a.csv",
        text.as_bytes(),
        &Read(ROWS, TWO, &[]),
    );
}

#[test]
fn the_tool_is_named_and_nothing_of_who_answered_is_kept() {
    let check = script("survey", "file: \"data/survey.csv\"");
    let text = sheets(
        "team",
        "ID,Start time,Completion time,Email,Name,",
        str::to_owned,
    );
    let text = text.replace("7,7,7,7,7", "7,7,7,ann@northshire.example,Ann Other");
    let reading = read(&check, "a.csv", text.as_bytes());
    let told = reading.headers.as_ref().expect("read").told.join("; ");
    for part in [
        "2 columns are known by the wording that was asked",
        "it is an export of Microsoft Forms",
        "what that adds is not read: ID, Start time, Completion time",
        "who answered is not read, and nothing of it kept: Email, Name",
    ] {
        assert!(told.contains(part), "`{part}` is not in `{told}`");
    }
    let all = format!(
        "{:?} {:?} {}",
        reading.table, reading.headers, reading.faults
    );
    assert!(!all.contains("Ann") && !all.contains("ann@"), "{all}");
}
