//! What a questionnaire promises: it asks what the check asks, in the council's words; what
//! is answered on paper, in Kobo and in SurveyJS reads back alike; and no text of a script
//! becomes more than text.

#[path = "questionnaire/forms.rs"]
mod forms;

use forms::{Made, Question};
use healthcheck::publication::Publication;
use healthcheck::{Checked, Dataset, Earlier, Host};
use html5gum::{Token, Tokenizer};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const COUNCIL: &str = r#"
council("Northshire County Council", #{
    code: "E10999901", as_of: "2026-09-30", services: ["children", "adults"],
    asked: #{ children: 90, adults: 90 }, fielded: ["2026-09-07", "2026-09-30"],
    lead: #{ post: "Principal Social Worker", social_work_qualified: true },
});
consulted("UNISON", #{ on: "2026-09-04", how: "workload group", agreed: true });
"#;

/// Everything that a script may do to its questions.
const TAILORED: &str = r#"
omit("it-help", #{ reason: "Asked in another survey", review_by: "2027-09-30" });
question("equipment", #{ ask: "My laptop and telephone work", hint: "In the office and out" });
question("peer-support", #{ standard: "supervision", ask: "I can talk a hard case over" });
question("night-calls", #{ standard: "equality", ask: "I am called at night", column: "Q23",
    answers: #{ scored: ["never", "sometimes", "always"], unscored: ["don't know"] }, reverse: true });
local_standard("equality", #{ title: "Equality of experience", weight: 1 });
breakdown("locality", #{ tables: ["survey"], by: "team", groups: #{ A: ["North", "East"], B: ["South"] } });
breakdown("role", #{ tables: ["survey"], by: "role" });
breakdown("sex", #{ tables: ["survey"], by: "sex" });
breakdown("shift", #{ tables: ["survey"], by: "shift" });
"#;

const SURVEY: &str = r#"
table("survey", #{
    file: "data/survey.csv",
    columns: #{ team: "Team name", service: "Directorate", shift: "Shift pattern", "caseload-manageable": "Q1" },
    codes: #{ service: #{ "CSC": "children", "ASC": "adults" }, role: #{ "SW": "Social worker", "AP": "Advanced practitioner" } },
    missing: ["agree"],
});
"#;

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new(script: &str) -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::create_dir_all(place.council().join("data")).unwrap();
        place.script(script);
        place
    }

    fn council(&self) -> PathBuf {
        self.folder.path().join("scripts/northshire")
    }

    fn script(&self, text: &str) {
        fs::write(self.council().join("check.rhai"), text).unwrap();
    }

    fn host(&self) -> Host {
        Host::builder()
            .scripts(self.folder.path().join("scripts"))
            .templates(self.folder.path().join("templates"))
            .build()
    }

    fn check(&self) -> Checked<healthcheck::HealthCheck> {
        let loaded = self.host().load(self.council());
        loaded.unwrap_or_else(|faults| panic!("{faults}"))
    }

    fn made(&self) -> Made {
        let files = self.host().questionnaire(&self.check());
        Made::of(files.unwrap_or_else(|faults| panic!("{faults}")))
    }

    /// What comes of a file of answers under the card that came with the questionnaire.
    fn assessed(&self, rest: &str, card: &str, file: &str, answers: &str) -> Publication {
        self.script(&format!("{rest}\n{}", card.replace("survey.csv", file)));
        fs::write(self.council().join("data").join(file), answers).unwrap();
        let check = self.check();
        let data: Checked<Dataset> = self
            .host()
            .read(&check)
            .unwrap_or_else(|faults| panic!("{file}: {faults}"));
        assert!(data.warnings.is_empty(), "{file}: {}", data.warnings);
        let found = self.host().assess(&check, &data, &Earlier::none());
        let mut found = found
            .unwrap_or_else(|faults| panic!("{faults}"))
            .into_inner();
        found.inputs.clear();
        found
    }
}

/// Sheets that are filled in.
const SHEETS: usize = 60;

/// Which answer a sheet gives: now and then none.
fn choice(sheet: usize, number: usize, of: usize) -> Option<usize> {
    let drawn = (sheet * 31 + number * 17 + sheet * sheet * number) % 101;
    (!drawn.is_multiple_of(13)).then_some(drawn % of)
}

/// The value of each question on a sheet, by the place of the answer in the form.
fn filled_in(questions: &[Question], sheet: usize) -> Vec<Option<String>> {
    questions
        .iter()
        .enumerate()
        .map(|(number, question)| match question.answers.len() {
            0 => Some(["early", "late"][sheet % 2].to_owned()),
            of => choice(sheet, number, of).map(|at| question.answers[at].0.clone()),
        })
        .collect()
}

fn quoted(cells: impl IntoIterator<Item = String>, between: &str) -> String {
    let cells = cells.into_iter();
    let cells: Vec<String> = cells
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
        .collect();
    cells.join(between) + "\n"
}

/// As Kobo exports: its own columns around, headings as empty columns, semicolons.
fn kobo(questions: &[Question]) -> String {
    let names = questions.iter().map(|question| question.name.clone());
    let around = |cells: Vec<String>, nth: &str| {
        let mut row = vec![format!("2026-09-08T10:{nth}")];
        row.extend(cells);
        row.extend(["".to_owned(), nth.to_owned(), format!("uuid:{nth}")]);
        row
    };
    let mut header = vec!["start".to_owned()];
    header.extend(names);
    header.extend(["note_1", "_id", "_uuid"].map(str::to_owned));
    let mut text = quoted(header, ";");
    for sheet in 0..SHEETS {
        let cells = filled_in(questions, sheet)
            .into_iter()
            .map(Option::unwrap_or_default);
        text += &quoted(around(cells.collect(), &format!("{sheet:02}")), ";");
    }
    text
}

/// As SurveyJS gives its results: a question without an answer is not there.
fn surveyjs(questions: &[Question]) -> String {
    let sheets: Vec<serde_json::Value> = (0..SHEETS)
        .map(|sheet| {
            let answers = questions.iter().zip(filled_in(questions, sheet));
            answers
                .filter_map(|(question, answer)| Some((question.name.clone(), answer?)))
                .collect()
        })
        .collect();
    serde_json::to_string(&sheets).unwrap()
}

/// As somebody types it in from paper, under the headers of `answers.csv`.
fn typed_in(header: &str, questions: &[Question]) -> String {
    let mut text = header.to_owned();
    for sheet in 0..SHEETS {
        let cells = filled_in(questions, sheet)
            .into_iter()
            .map(Option::unwrap_or_default);
        text += &quoted(cells, ",");
    }
    text
}

#[test]
fn answers_on_paper_in_kobo_and_in_surveyjs_read_back_and_score_the_same() {
    let rest = format!("{COUNCIL}{TAILORED}");
    for before in [
        SURVEY,
        "table(\"survey\", #{ file: \"data/survey.csv\", columns: #{ shift: \"shift\" } });",
    ] {
        let place = Place::new(&format!("{rest}{before}"));
        let made = place.made();
        let card = made.text("survey-card.rhai");
        let header = made.text("answers.csv");
        let (sheet, model) = (made.sheet(), made.model());
        let paper = place.assessed(&rest, &card, "survey.csv", &typed_in(&header, &sheet));
        let web = place.assessed(&rest, &card, "survey.json", &surveyjs(&model));
        assert!(web == paper);
        if let Some(form) = made.xlsform() {
            let phone = place.assessed(&rest, &card, "survey.csv", &kobo(&form));
            assert!(phone == paper);
        }
        // By hand: five answers are worth 0 to 100, and the last two nothing.
        for (id, worth) in [
            ("caseload-manageable", &[0.0, 25.0, 50.0, 75.0, 100.0][..]),
            ("night-calls", &[100.0, 50.0, 0.0]),
        ] {
            let names = header.trim().split(',');
            let (number, _) = names.enumerate().find(|(_, name)| *name == id).unwrap();
            let of = sheet[number].answers.len();
            let scored: Vec<f64> = (0..SHEETS)
                .filter_map(|nth| worth.get(choice(nth, number, of)?).copied())
                .collect();
            let mean = scored.iter().sum::<f64>() / scored.len() as f64;
            let item = paper.items.iter().find(|item| item.id == id).unwrap();
            let found = &item.findings[0].local.score;
            let value = found
                .value
                .unwrap_or_else(|| panic!("{id}: {}", found.text));
            assert!(
                (value - mean).abs() < 0.051,
                "{id}: {value}, by hand {mean}"
            );
        }
    }
}

#[test]
fn a_plain_card_reads_the_answers_as_it_stands() {
    let place = Place::new(&format!(
        "{COUNCIL}table(\"survey\", #{{ file: \"data/survey.csv\" }});"
    ));
    let card = place.made().text("survey-card.rhai");
    assert!(
        card.contains("Your script reads them as it stands"),
        "{card}"
    );
    assert!(
        card.contains("table(\"survey\", #{\n    file:    \"data/survey.csv\",\n});"),
        "{card}"
    );
    let place = Place::new(&format!("{COUNCIL}{TAILORED}{SURVEY}"));
    let card = place.made().text("survey-card.rhai");
    assert!(card.contains("Leave it as it is"), "{card}");
    assert!(
        !card.contains("in the place of the `survey` card"),
        "{card}"
    );
}

#[test]
fn it_asks_what_the_check_asks_in_the_councils_words() {
    let made = Place::new(&format!("{COUNCIL}{TAILORED}{SURVEY}")).made();
    let model = made.model();
    let names: Vec<&str> = model
        .iter()
        .map(|question| question.name.as_str())
        .collect();
    let about = ["team", "service", "role", "sex", "shift"];
    assert_eq!(names[..5], about);
    assert_eq!(names.last(), Some(&"saw-change"));
    // 5 about the person, 20 national questions less one, 2 of the council's own, 2 last.
    assert_eq!(names.len(), 5 + 19 + 2 + 2);
    assert!(!names.contains(&"it-help"), "left out, so not asked");
    let find = |name: &str| model.iter().find(|question| question.name == name).unwrap();
    assert_eq!(find("equipment").ask, "My laptop and telephone work");
    assert_eq!(
        find("equipment").part,
        "IT systems and administrative support"
    );
    assert_eq!(find("night-calls").part, "Equality of experience");
    assert_eq!(find("peer-support").part, "Supervision");
    let values = |name: &str| -> Vec<String> {
        find(name)
            .answers
            .iter()
            .map(|(value, _)| value.clone())
            .collect()
    };
    let night = [
        "never",
        "sometimes",
        "always",
        "not applicable",
        "prefer not to say",
        "don't know",
    ];
    assert_eq!(
        values("night-calls"),
        night,
        "a reversed question is asked as it is worded"
    );
    assert_eq!(values("team"), ["North", "East", "South"]);
    assert_eq!(values("role"), ["Social worker", "Advanced practitioner"]);
    assert_eq!(values("service"), ["children", "adults"]);
    assert_eq!(values("saw-change"), ["yes", "no", "not sure"]);
    assert!(values("shift").is_empty());

    let asked = |list: &[Question]| -> Vec<(String, Vec<(String, String)>)> {
        list.iter()
            .map(|one| (one.ask.clone(), one.answers.clone()))
            .collect()
    };
    assert_eq!(
        asked(&made.sheet()),
        asked(&model),
        "the sheet asks the same"
    );
    if let Some(form) = made.xlsform() {
        let kinds = |list: &[Question]| -> Vec<String> {
            list.iter().map(|one| one.name.clone()).collect()
        };
        assert_eq!(kinds(&form), kinds(&model));
        assert_eq!(asked(&form), asked(&model), "and so does the workbook");
    }
    let page = made.text("questionnaire.html");
    for said in [
        "agency practitioners included",
        "one by one",
        "10 people or more together",
        "free text",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(page.contains("In the office and out"), "the hint");
}

#[test]
fn nobody_is_asked_what_the_script_says_for_everybody() {
    let council = COUNCIL
        .replace("[\"children\", \"adults\"]", "[\"children\"]")
        .replace(", adults: 90", "");
    let table = "table(\"survey\", #{ file: \"data/survey.csv\", columns: #{ service: always(\"children\"), team: always(\"One\") } });";
    let made = Place::new(&format!("{council}{table}")).made();
    assert_eq!(made.model()[0].name, "caseload-manageable");
    assert!(
        made.text("survey-card.rhai")
            .contains("\"team\": always(\"One\")")
    );
}

#[test]
fn the_same_check_gives_the_same_bytes() {
    let place = Place::new(&format!("{COUNCIL}{TAILORED}{SURVEY}"));
    let files = || place.host().questionnaire(&place.check()).unwrap();
    let first = files();
    // A second is what the date in a workbook would tell apart.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert!(first == files());
}

#[test]
fn every_mark_on_the_sheet_has_its_label_and_every_question_its_legend() {
    let made = Place::new(&format!("{COUNCIL}{TAILORED}{SURVEY}")).made();
    let page = made.text("questionnaire.html");
    let (mut ids, mut labelled, mut inputs) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let (mut fieldsets, mut open) = (0, false);
    for Ok(token) in Tokenizer::new(&page) {
        match token {
            Token::Error(error) => panic!("{:?}", error.value),
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let get = |key: &str| {
                    let value = tag.attributes.get(key.as_bytes());
                    value.map(|value| String::from_utf8_lossy(value).into_owned())
                };
                assert!(
                    !open || name == "legend",
                    "a fieldset begins with its legend"
                );
                open = name == "fieldset";
                fieldsets += usize::from(open);
                if let Some(id) = get("id") {
                    assert!(ids.insert(id.clone()), "{id} stands twice");
                }
                match name.as_str() {
                    "label" => {
                        labelled.insert(get("for").unwrap());
                    }
                    "input" => inputs.push(get("id").unwrap()),
                    "script" | "form" | "img" => panic!("{name}"),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    assert_eq!(fieldsets, 27, "one question is answered in words");
    assert!(inputs.len() > 150 && inputs.iter().all(|id| labelled.contains(id)));
}

#[test]
fn no_text_of_a_script_becomes_more_than_text_in_any_form() {
    let plain = hostile("X", 0);
    for (nth, payload) in PAYLOADS.iter().enumerate() {
        let made = hostile(payload, nth + 1);
        let page = made.text("questionnaire.html");
        assert_eq!(
            tags(&page),
            tags(&plain.text("questionnaire.html")),
            "{payload:?}"
        );
        assert!(!page.contains(['\u{0}', '\u{1b}', '\u{202e}']));
        let model: serde_json::Value =
            serde_json::from_str(&made.text("questionnaire.json")).unwrap();
        each_shown(&model, &mut |shown| {
            assert!(
                !shown.contains(['{', '}', '\u{1b}', '\u{202e}', '\n']),
                "{shown:?}"
            );
            assert!(
                !shown.contains("<script") && !shown.contains("]("),
                "{shown:?}"
            );
        });
        let header = made.text("answers.csv");
        let safe = |c: char| c.is_ascii_alphanumeric() || "-_,\n".contains(c);
        assert!(header.chars().all(safe), "{header:?}");
        for (path, part) in made.parts() {
            assert!(
                !part.contains("<f>") && !part.contains("<hyperlink"),
                "{path}"
            );
            assert!(!path.contains("external"), "{path}");
            let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
            assert!(
                !part.contains(control) && !part.contains("${"),
                "{path}: {payload:?}"
            );
        }
    }
}

const PAYLOADS: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "=HYPERLINK(\"http://x.example\")",
    "+1+1|cmd",
    "@SUM(A1)",
    "${team} {team} {= iif(true, 1, 2)}",
    "[x](javascript:alert(1)) ![x](http://x.example)",
    "</style></title><base href=//x>",
    "{{ council.name }}{% if %}{#",
    "a\u{0}\u{8}\u{1b}[31m\u{202e}\u{2066}",
    "line\r\nnext\tcell _x0041_ ]]> &lt;b&gt;",
];

/// A council of which every text is a payload; its answers read back all the same.
fn hostile(payload: &str, nth: usize) -> Made {
    let text = |tail: &str| {
        let mut out = String::from("\"");
        for letter in format!("{payload}{tail}").chars() {
            match letter {
                '"' | '\\' => out.extend(['\\', letter]),
                plain if !plain.is_control() && plain.is_ascii() => out.push(plain),
                other => out.push_str(&format!("\\u{:04x}", u32::from(other))),
            }
        }
        out + "\""
    };
    let rest = format!(
        "council({name}, #{{ code: {name}, as_of: \"2026-09-30\", services: [\"children\"], asked: #{{ children: 90 }} }});\n\
         local_standard(\"own\", #{{ title: {name}, weight: 1 }});\n\
         question(\"mine\", #{{ standard: \"own\", ask: {name}, hint: {name}, answers: #{{ scored: [{a}, {b}, {c}], unscored: [{d}] }} }});\n\
         question(\"meta\", #{{ standard: \"own\", ask: {name} }});\n\
         breakdown(\"shift\", #{{ tables: [\"survey\"], by: \"shift\", groups: #{{ A: [{a}], B: [{b}, {c}] }} }});\n",
        name = text(""),
        a = text(" a"),
        b = text(" b"),
        c = text(" c"),
        d = text(" d"),
    );
    let table = format!(
        "table(\"survey\", #{{ file: \"data/survey.csv\", columns: #{{ shift: {} }} }});",
        text("")
    );
    let place = Place::new(&format!("{rest}{table}"));
    let made = place.made();
    if nth < 12 {
        let card = made.text("survey-card.rhai");
        let paper = place.assessed(
            &rest,
            &card,
            "survey.csv",
            &typed_in(&made.text("answers.csv"), &made.sheet()),
        );
        let web = place.assessed(&rest, &card, "survey.json", &surveyjs(&made.model()));
        assert!(web == paper, "{payload:?}");
        let mine = paper.items.iter().find(|item| item.id == "mine").unwrap();
        assert!(mine.findings[0].local.score.value.is_some(), "{payload:?}");
    }
    made
}

/// Tags and the names of their attributes, without any text.
fn tags(html: &str) -> Vec<String> {
    let mut list = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        if let Token::StartTag(tag) = token {
            let names: Vec<_> = tag.attributes.keys().map(|key| key.to_vec()).collect();
            list.push(format!("{:?} {names:?}", tag.name.to_vec()));
        }
    }
    list
}

/// Every text of a model that a reader is shown; values and names are not.
fn each_shown(json: &serde_json::Value, with: &mut impl FnMut(&str)) {
    match json {
        serde_json::Value::Array(list) => list.iter().for_each(|one| each_shown(one, with)),
        serde_json::Value::Object(map) => map.iter().for_each(|(key, one)| match one.as_str() {
            Some(text) if matches!(key.as_str(), "title" | "description" | "text") => with(text),
            _ => each_shown(one, with),
        }),
        _ => {}
    }
}

#[test]
fn a_lead_can_reword_the_sheet_and_is_told_of_a_misspelt_name_or_a_form_that_sends() {
    let place = Place::new(COUNCIL);
    assert!(place.host().begin_templates().is_ok());
    let path = place.folder.path().join("templates/questionnaire.html.j2");
    let own = fs::read_to_string(&path).unwrap();
    let with = |from: &str, to: &str| {
        assert!(own.contains(from), "{from}");
        fs::write(&path, own.replace(from, to)).unwrap();
        place.host().inspect_templates().to_string()
    };
    assert_eq!(with("Before you begin", "Please read this first"), "");
    assert!(
        place
            .made()
            .text("questionnaire.html")
            .contains("Please read this first")
    );
    let faults = with("{{ threshold }}", "{{ treshold }}");
    assert!(faults.contains("did you mean `threshold`?"), "{faults}");
    for sends in [
        "<form action=\"https://x.example\"></form>",
        "<input type=\"submit\">",
        "<input type=\"image\" src=\"https://x.example/a.png\">",
        "<input>",
    ] {
        let faults = with("</main>", &format!("{sends}</main>"));
        assert!(faults.contains("template-unsafe"), "{sends}: {faults}");
    }
}

#[test]
fn the_command_writes_the_files_and_says_what_to_do_next() {
    let place = Place::new(&format!("{COUNCIL}{SURVEY}"));
    let said = |words: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("healthcheck").unwrap();
        let output = command
            .current_dir(place.folder.path())
            .args(words)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let (code, out, err) = said(&["questionnaire", "northshire"]);
    assert_eq!(code, Some(0), "{err}");
    for path in out.lines() {
        assert!(
            Path::new(path).starts_with("questionnaire/northshire"),
            "{path}"
        );
        assert!(place.folder.path().join(path).is_file(), "{path}");
    }
    assert!(err.contains("survey-card.rhai says how"), "{err}");
    let (code, out, _) = said(&["questionnaire", "northshire", "--out", "forms"]);
    assert!(code == Some(0) && out.starts_with("forms/northshire/questionnaire.html"));
    assert_eq!(said(&["questionnaire"]).0, Some(2));
    assert_eq!(said(&["questionnaire", "southshire"]).0, Some(2));
    place.script("council(");
    assert_eq!(said(&["questionnaire", "northshire"]).0, Some(1));
}
