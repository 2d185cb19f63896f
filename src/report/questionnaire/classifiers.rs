//! What tells groups apart: only what the check makes use of is asked, for each further
//! question about a person makes that person easier to recognise.

use super::form::{Wording, is_constant};
use super::words::capital;
use crate::check::{HealthCheck, Kind};
use crate::data::{self, ColumnSpec, From, TableSpec};
use crate::national::{ASKED, COLUMNS};

/// Wording, and the answers where neither the nation nor the script lists them. The lists
/// follow the shape of the harmonised questions of the Office for National Statistics.
const NATIONAL: [(&str, &str, &[&str]); 9] = [
    (ASKED[0].0, ASKED[0].1, &[]),
    (ASKED[1].0, ASKED[1].1, &[]),
    (ASKED[2].0, ASKED[2].1, &[]),
    ("sex", "What is your sex?", &["Female", "Male"]),
    (
        "ethnicity",
        "What is your ethnic group?",
        &[
            "Asian or Asian British",
            "Black, Black British, Caribbean or African",
            "Mixed or multiple ethnic groups",
            "White",
            "Other ethnic group",
        ],
    ),
    (
        "disability",
        "Do you consider yourself disabled?",
        &["Yes", "No"],
    ),
    (
        "age_band",
        "How old are you?",
        &[
            "Under 30",
            "30 to 39",
            "40 to 49",
            "50 to 59",
            "60 and over",
        ],
    ),
    (
        "employment",
        "How are you employed?",
        &["Permanent", "Fixed term", "Agency"],
    ),
    (
        "years_in_post",
        "How long have you been in your post?",
        &[
            "Under 1 year",
            "1 to 2 years",
            "3 to 5 years",
            "6 to 10 years",
            "Over 10 years",
        ],
    ),
];

/// The classifiers to ask: team always, service where there are two, the others where the
/// survey's card, a breakdown or a formula names them; national ones first.
pub fn of(check: &HealthCheck, survey: Option<&TableSpec>) -> Vec<Wording> {
    let columns = survey.map_or(&[][..], |spec| &spec.columns);
    let known = |name: &str| columns.iter().find(|column| column.name == name);
    let national = COLUMNS
        .iter()
        .filter(|(table, _)| *table == "survey")
        .flat_map(|(_, columns)| columns.iter().map(|(name, _)| *name))
        .filter(|name| match *name {
            "team" => true,
            "service" => check.council().services.len() > 1,
            name => {
                let named = known(name).is_some_and(|c| matches!(c.from, From::Header(_)));
                named || is_used(check, name)
            }
        });
    let own = columns
        .iter()
        .filter(|column| column.kind == data::Kind::Local && is_used(check, &column.name))
        .map(|column| column.name.as_str());
    national
        .chain(own)
        .filter(|name| !is_constant(survey, name))
        .map(|name| wording(check, name, known(name)))
        .collect()
}

/// Whether a breakdown or a formula makes use of a column of the survey.
fn is_used(check: &HealthCheck, column: &str) -> bool {
    let breaks_down = check
        .breakdowns()
        .iter()
        .any(|by| by.by == column && by.tables.iter().any(|table| table == "survey"));
    breaks_down
        || check
            .items()
            .iter()
            .filter(|item| item.omission.is_none())
            .any(|item| match &item.local.kind {
                Kind::Measure(measure) => {
                    let reads = measure.value.reads().of("survey");
                    reads.iter().any(|read| read == column)
                }
                _ => false,
            })
}

fn wording(check: &HealthCheck, name: &str, column: Option<&ColumnSpec>) -> Wording {
    let national = NATIONAL.iter().find(|(known, _, _)| *known == name);
    let same = |word: &str| (word.to_owned(), word.to_owned());
    let mut answers: Vec<(String, String)> = match name {
        "service" => check
            .council()
            .services
            .iter()
            .map(|service| (service.title().to_owned(), service.id().to_owned()))
            .collect(),
        _ => listed(check, name, column)
            .iter()
            .map(|word| same(word))
            .collect(),
    };
    if answers.is_empty() {
        answers.extend(
            national
                .iter()
                .flat_map(|(_, _, words)| words.iter().map(|w| same(w))),
        );
    }
    let asked = national.map_or_else(
        || match column.map(|column| &column.from) {
            Some(From::Header(header)) => header.clone(),
            _ => capital(&name.replace(['_', '-'], " ")),
        },
        |(_, ask, _)| (*ask).to_owned(),
    );
    let written = answers.is_empty();
    Wording {
        column: name.to_owned(),
        ask: asked,
        hint: written.then(|| "In the words that the staff list uses".to_owned()),
        answers,
        unscored: Vec::new(),
    }
}

/// The words that the script lists for a column: what its codes stand for, and what its
/// groups are made of.
fn listed(check: &HealthCheck, name: &str, column: Option<&ColumnSpec>) -> Vec<String> {
    let codes = column.into_iter().flat_map(|column| &column.codes);
    let groups = check
        .breakdowns()
        .iter()
        .filter(|by| by.by == name)
        .flat_map(|by| by.groups.iter().flat_map(|(_, values)| values))
        .map(|value| &value.value);
    let mut words: Vec<String> = Vec::new();
    for word in codes.map(|(_, meaning)| &meaning.value).chain(groups) {
        if !words
            .iter()
            .any(|known| known.to_lowercase() == word.to_lowercase())
        {
            words.push(word.clone());
        }
    }
    words
}
