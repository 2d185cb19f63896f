//! Who answered the survey, and how the whole's means are weighted.

use super::groups::Selection;
use super::measure;
use crate::assessment::{Awareness, Response};
use crate::check::{HealthCheck, Kind};
use crate::data::{Column, Rows, UNSCORED};
use crate::national::Service;

/// How the whole's mean of a question is formed.
pub(super) enum Weighting {
    /// One service, or no survey: the sheets are all there is.
    Plain,
    /// The services' means, weighted by how many each asked, in the check's order.
    ByAsked(Vec<u32>),
    /// All sheets together, though there are two services; why.
    Pooled(&'static str),
}

/// How many answered, for the whole and each service.
pub(super) fn response(check: &HealthCheck, selections: &[Selection]) -> Vec<Response> {
    let columns = national_columns(check);
    let council = check.council();
    selections
        .iter()
        .filter(|selection| selection.is_scope())
        .map(|selection| {
            let service = selection.group.service;
            let rows = selection.rows("survey");
            Response {
                service,
                asked: match service {
                    Some(service) => council.asked.get(&service).copied(),
                    None => council.asked_in_all(),
                },
                answered: rows.map(|rows| count(answering(rows, &columns).count())),
                head_count: selection
                    .rows("workforce")
                    .and_then(|rows| measure::total(rows, "in_post_headcount"))
                    .map(|people| people.max(0.0) as u64),
            }
        })
        .collect()
}

/// The columns of the national questions that the check has, compared or not.
pub(super) fn national_columns(check: &HealthCheck) -> Vec<&str> {
    check
        .items()
        .iter()
        .filter(|item| item.national.is_some())
        .filter_map(|item| match &item.local.kind {
            Kind::Question(question) => Some(question.column.as_str()),
            Kind::Measure(_) | Kind::Statement => None,
        })
        .collect()
}

/// Sheets with a scored answer to at least one of the questions.
pub(super) fn answering<'a>(rows: &'a Rows, columns: &[&str]) -> impl Iterator<Item = usize> + 'a {
    // Column by column, so that many rows are looked at together.
    let mut answered = vec![false; rows.table.len];
    for column in columns {
        if let Some(Column::Answers { rows: marks, .. }) = rows.table.column(column) {
            for (answered, mark) in answered.iter_mut().zip(marks.slice()) {
                *answered |= *mark < UNSCORED;
            }
        }
    }
    rows.iter().filter(move |row| answered[*row])
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).expect("a table holds fewer than four thousand million rows")
}

/// Whether the services' means can be weighted by how many each asked.
pub(super) fn weighting(check: &HealthCheck, response: &[Response]) -> Weighting {
    let services: &[Service] = &check.council().services;
    let whole = response.iter().find(|part| part.service.is_none());
    let Some(whole) = whole.and_then(|whole| whole.answered).filter(|n| *n > 0) else {
        return Weighting::Plain;
    };
    if services.len() < 2 {
        return Weighting::Plain;
    }
    let parts = response.iter().filter(|part| part.service.is_some());
    if parts.map(|part| part.answered).sum::<Option<u32>>() != Some(whole) {
        return Weighting::Pooled("some answer sheets do not name their service");
    }
    let asked: Option<Vec<u32>> = services
        .iter()
        .map(|service| check.council().asked.get(service).copied())
        .collect();
    match asked {
        Some(asked) if asked.iter().all(|asked| *asked > 0) => Weighting::ByAsked(asked),
        _ => Weighting::Pooled("the check does not say how many each service asked"),
    }
}

/// The awareness questions, over the whole. One whose answers are read as others says
/// nothing of what practitioners know.
pub(super) fn awareness(check: &HealthCheck, whole: &Selection) -> Vec<Awareness> {
    check
        .awareness()
        .iter()
        .map(|one| Awareness {
            id: one.id,
            ask: one.ask.clone(),
            counts: whole
                .rows("survey")
                .filter(|rows| one.counted && rows.table.column(one.id).is_some())
                .map(|rows| yes_no_not_sure(rows, one.id)),
        })
        .collect()
}

fn yes_no_not_sure(rows: &Rows, column: &str) -> [u32; 3] {
    const WORDS: [&str; 3] = ["yes", "no", "not sure"];
    let Some(Column::Words { words, rows: codes }) = rows.table.column(column) else {
        return WORDS.map(|word| count(rows.whose(column, word).len()));
    };
    let mut of_words = vec![0; words.len()];
    for row in rows.iter() {
        if let Ok(word) = codes.get(row) {
            of_words[word as usize] += 1;
        }
    }
    let same = |word: &str| {
        let of = words
            .iter()
            .zip(&of_words)
            .filter(|(own, _)| ***own == *word);
        of.map(|(_, rows)| rows).sum()
    };
    WORDS.map(same)
}
