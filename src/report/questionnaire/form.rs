//! What is asked, in which order, under which names: a check in, a [`Form`] out.
//!
//! The form is what every output is made from. What a template may use is serialised.

use super::classifiers;
use super::fields::Fields;
use super::words::capital;
use crate::check::{HealthCheck, Item, Kind, Question};
use crate::colour::Colour;
use crate::data::{From, TableSpec};
use crate::national::{AWARENESS, EDITION};
use crate::publication::{covers, day};
use schemars::JsonSchema;
use serde::Serialize;

/// The survey of one council.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Form {
    /// Who asks, and about what.
    pub council: Council,
    /// The edition of the national core.
    pub edition: String,
    /// Who answers, what becomes of the answers, what is not asked: a sentence each.
    pub introduction: Vec<String>,
    /// People below which no figure about them is published.
    pub threshold: u32,
    /// How many questions there are in all.
    pub count: usize,
    /// What tells groups apart: team, service, role. None may be asked.
    pub about: Vec<Ask>,
    /// The standards that have a question, each with its questions.
    pub standards: Vec<Part>,
    /// About the check itself: yes, no, not sure. Never scored.
    pub awareness: Vec<Ask>,
    /// The council's own colour.
    #[serde(skip)]
    pub(crate) colour: Option<Colour>,
}

/// Who asks, and about what.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Council {
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// The services covered, in words.
    pub covers: String,
    /// The day on which records are counted, `2026-09-30`.
    pub as_of: String,
    /// The same in words.
    pub as_of_words: String,
    /// First and last day of the survey in words; `null` if not said.
    pub fielded: Option<String>,
}

/// A standard with its questions.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Part {
    /// The standard's id.
    pub id: String,
    /// Its place on the sheet.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// Its questions, in the check's order.
    pub questions: Vec<Ask>,
}

/// One question.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Ask {
    /// Its number on the sheet, from 1.
    pub number: usize,
    /// Its place on the sheet.
    pub anchor: String,
    /// Its column in the `survey` table.
    pub column: String,
    /// What a survey tool calls it: the column's own name wherever a tool can take it.
    pub name: String,
    /// The wording.
    pub ask: String,
    /// A hint shown with it; `null` if none.
    pub hint: Option<String>,
    /// The answers to choose from, lowest first; none where a word is written.
    pub answers: Vec<Choice>,
    /// Answers that are counted and not scored.
    pub unscored: Vec<Choice>,
}

impl Ask {
    /// Every answer, in the order in which they are shown.
    pub fn choices(&self) -> impl Iterator<Item = &Choice> {
        self.answers.iter().chain(&self.unscored)
    }
}

/// One answer to choose.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Choice {
    /// What a reader sees.
    pub label: String,
    /// What the file of answers holds: the check's own word wherever a tool can take it.
    pub value: String,
    /// The check's own word.
    #[serde(skip)]
    pub meaning: String,
    /// Its place on the sheet.
    pub anchor: String,
}

impl Form {
    /// The survey that a check defines: no question that is left out, none that the
    /// survey's card answers for everybody.
    pub fn of(check: &HealthCheck) -> Self {
        let survey = check.tables().iter().find(|table| table.id == "survey");
        let mut fields = Fields::default();
        let about = classifiers::of(check, survey)
            .into_iter()
            .map(|classifier| fields.ask(classifier))
            .collect();
        let standards = check
            .standards()
            .iter()
            .filter_map(|standard| {
                let asked: Vec<Ask> = check
                    .items()
                    .iter()
                    .filter(|item| item.standard == standard.id && item.omission.is_none())
                    .filter(|item| !is_constant(survey, &item.id))
                    .filter_map(|item| Some((item, question(item)?)))
                    .map(|(item, question)| fields.ask(wording(item, question)))
                    .collect();
                (!asked.is_empty()).then(|| Part {
                    id: standard.id.clone(),
                    anchor: String::new(),
                    title: standard.title.clone(),
                    questions: asked,
                })
            })
            .collect();
        let awareness = AWARENESS
            .iter()
            .filter(|(id, _)| !is_constant(survey, id))
            .map(|(id, ask)| fields.ask(aware(id, ask)))
            .collect();
        let council = council(check);
        let mut form = Self {
            introduction: introduction(&council, check.council().fewest_people()),
            council,
            edition: EDITION.to_owned(),
            threshold: check.council().fewest_people(),
            count: 0,
            about,
            standards,
            awareness,
            colour: check.council().brand.colour,
        };
        form.number();
        form
    }

    /// Every question, in the order of the sheet.
    pub fn asks(&self) -> impl Iterator<Item = &Ask> {
        let questions = self.standards.iter().flat_map(|part| &part.questions);
        self.about.iter().chain(questions).chain(&self.awareness)
    }

    /// Numbers questions from 1 and gives each part, question and answer a place on the
    /// sheet that is ours alone: no text of a script becomes one.
    pub(in crate::report) fn number(&mut self) {
        for (at, part) in self.standards.iter_mut().enumerate() {
            part.anchor = format!("standard-{}", at + 1);
        }
        let questions = self.standards.iter_mut().flat_map(|p| &mut p.questions);
        let all = self.about.iter_mut().chain(questions);
        for (at, ask) in all.chain(&mut self.awareness).enumerate() {
            ask.number = at + 1;
            ask.anchor = format!("q{}", at + 1);
            let choices = ask.answers.iter_mut().chain(&mut ask.unscored);
            for (nth, choice) in choices.enumerate() {
                choice.anchor = format!("{}-{}", ask.anchor, nth + 1);
            }
            self.count = at + 1;
        }
    }
}

/// Whether the survey's card gives everybody the same value, so that nobody is asked.
pub(super) fn is_constant(survey: Option<&TableSpec>, column: &str) -> bool {
    survey
        .and_then(|spec| spec.columns.iter().find(|known| known.name == column))
        .is_some_and(|known| matches!(known.from, From::Number(_) | From::Words(_)))
}

fn question(item: &Item) -> Option<&Question> {
    match &item.local.kind {
        Kind::Question(question) => Some(question),
        _ => None,
    }
}

/// A question before it has its names.
pub(super) struct Wording {
    pub column: String,
    pub ask: String,
    pub hint: Option<String>,
    /// What a reader sees, and the check's own word.
    pub answers: Vec<(String, String)>,
    pub unscored: Vec<(String, String)>,
}

/// A reversed question is asked as it is worded: it is turned round when it is scored.
fn wording(item: &Item, question: &Question) -> Wording {
    Wording {
        column: item.id.clone(),
        ask: item.local.ask.clone(),
        hint: question.hint.clone(),
        answers: shown(&question.answers),
        unscored: shown(&question.unscored),
    }
}

fn aware(id: &str, ask: &str) -> Wording {
    Wording {
        column: id.to_owned(),
        ask: ask.to_owned(),
        hint: None,
        answers: shown(&["yes", "no", "not sure"].map(str::to_owned)),
        unscored: Vec::new(),
    }
}

fn shown(words: &[String]) -> Vec<(String, String)> {
    words
        .iter()
        .map(|word| (capital(word), word.clone()))
        .collect()
}

fn council(check: &HealthCheck) -> Council {
    let council = check.council();
    Council {
        name: council.name.clone(),
        code: council.code.clone(),
        covers: covers(&council.services),
        as_of: council.as_of.to_string(),
        as_of_words: day(&council.as_of.to_string()),
        fielded: council.fielded.map(|(first, last)| {
            let [first, last] = [first, last].map(|date| day(&date.to_string()));
            format!("{first} to {last}")
        }),
    }
}

fn introduction(council: &Council, threshold: u32) -> Vec<String> {
    let mut sentences = vec![
        format!(
            "This is for every social work practitioner in the {} of {}, agency practitioners \
             included.",
            council.covers, council.name
        ),
        "No answer is looked at one by one: answers are only ever added up.".to_owned(),
        format!(
            "Answers are only ever shown of {threshold} people or more together. Fewer of these may \
             have given one of the answers, but it is never told that one or two did."
        ),
        "There is no place for comments: free text is not asked for.".to_owned(),
        "Leave out whatever you would rather not answer. It counts as no answer, not as a bad \
         one."
            .to_owned(),
    ];
    if let Some(fielded) = &council.fielded {
        sentences.push(format!("The survey is open from {fielded}."));
    }
    sentences
}
