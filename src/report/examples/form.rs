//! Surveys of Exampleshire: one with everything that a survey can have, one with the least.

use super::wording::ITEMS;
use crate::national::{ANSWERS, AWARENESS, EDITION, StandardId, UNSCORED_ANSWERS};
use crate::report::questionnaire::{Ask, Choice, Council, Form, Part};

/// Each example with its name.
pub fn forms() -> impl Iterator<Item = (&'static str, Form)> {
    [
        ("full questionnaire", form()),
        ("shortest questionnaire", shortest()),
    ]
    .into_iter()
}

/// A survey that fills in every name.
pub fn form() -> Form {
    let about = vec![
        ask(
            "team",
            "Which team do you work in?",
            &["East", "North"],
            &[],
        ),
        ask("role", "What is your role?", &[], &[]),
    ];
    let standards = StandardId::ALL.map(|standard| Part {
        id: standard.id().to_owned(),
        anchor: String::new(),
        title: standard.title().to_owned(),
        questions: ITEMS
            .iter()
            .filter(|row| row.1 == standard.id() && row.2 == "question")
            .map(|row| ask(row.0, row.3, &ANSWERS, &UNSCORED_ANSWERS))
            .collect(),
    });
    let awareness = AWARENESS
        .iter()
        .map(|(id, words)| ask(id, words, &["yes", "no", "not sure"], &[]));
    let mut form = Form {
        council: Council {
            name: "Exampleshire County Council".to_owned(),
            code: "E10000099".to_owned(),
            covers: "children's and adults' services".to_owned(),
            as_of: "2026-09-30".to_owned(),
            as_of_words: "30 September 2026".to_owned(),
            fielded: Some("7 September 2026 to 30 September 2026".to_owned()),
        },
        edition: EDITION.to_owned(),
        colour: None,
        introduction: vec!["This is for every social work practitioner.".to_owned()],
        threshold: 10,
        count: 0,
        about,
        standards: standards.into(),
        awareness: awareness.collect(),
    };
    form.standards[0].questions[0].hint = Some("Think of the last three months".to_owned());
    form.number();
    form
}

/// One question of the council's own, and nothing about who answers.
fn shortest() -> Form {
    let mut form = form();
    form.about.clear();
    form.awareness.clear();
    form.council.fielded = None;
    form.standards.truncate(1);
    form.standards[0].questions = vec![ask("peer-support", "I can talk", &["no", "yes"], &[])];
    form.number();
    form
}

fn ask(column: &str, words: &str, answers: &[&str], unscored: &[&str]) -> Ask {
    let choice = |word: &&str| Choice {
        label: (*word).to_owned(),
        value: (*word).to_owned(),
        meaning: (*word).to_owned(),
        anchor: String::new(),
    };
    Ask {
        number: 0,
        anchor: String::new(),
        column: column.to_owned(),
        name: column.to_owned(),
        ask: words.to_owned(),
        hint: None,
        answers: answers.iter().map(choice).collect(),
        unscored: unscored.iter().map(choice).collect(),
    }
}
