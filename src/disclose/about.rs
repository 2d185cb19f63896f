//! What the council itself wrote: who it is, whom it consulted, what it plans.

use super::figures::date;
use super::tailoring;
use crate::check::{Action, HealthCheck};
use crate::publication::{self as page, covers};

/// The title of the whole: a check of one service only says so wherever it is named.
pub(super) fn whole(check: &HealthCheck) -> String {
    let council = check.council();
    match council.services.as_slice() {
        [only] => only.title().into(),
        _ if council.kind == "voluntary" => "Whole organisation".into(),
        _ => "Whole council".into(),
    }
}

/// Who, when, whom it covers.
pub(super) fn council(check: &HealthCheck) -> page::Council {
    let council = check.council();
    page::Council {
        name: council.name.clone(),
        code: council.code.clone(),
        kind: council.kind.clone(),
        covers: covers(&council.services),
        services: council.services.iter().map(|s| s.id().into()).collect(),
        as_of: council.as_of.to_string(),
        as_of_words: date(council.as_of),
        fielded: fielded(check),
        lead: council.lead.as_ref().map(|lead| lead.post.clone()),
        lead_qualified: council
            .lead
            .as_ref()
            .is_some_and(|lead| lead.social_work_qualified),
        contact: council.contact.clone(),
        note: council.note.clone(),
        ceiling: tailoring::ceiling(check),
    }
}

/// The first and the last day of the survey, in words.
pub(crate) fn fielded(check: &HealthCheck) -> Option<String> {
    let days = check.council().fielded;
    days.map(|(first, last)| format!("{} to {}", date(first), date(last)))
}

/// How its pages look. The logo is a file, which whoever reads files puts in.
pub(super) fn brand(check: &HealthCheck) -> Option<page::Brand> {
    let colour = check.council().brand.colour?;
    Some(page::Brand {
        colour: Some(colour.to_string()),
        logo: None,
    })
}

/// Who was consulted.
pub(super) fn consulted(check: &HealthCheck) -> Vec<page::Consulted> {
    check
        .consulted()
        .iter()
        .map(|body| page::Consulted {
            body: body.body.clone(),
            on: date(body.on),
            how: body.how.clone(),
            agreed: body.agreed,
        })
        .collect()
}

/// Which figures were withdrawn, and why.
pub(super) fn corrections(check: &HealthCheck) -> Vec<page::Correction> {
    check
        .corrections()
        .iter()
        .map(|correction| page::Correction {
            id: correction.id.clone(),
            on: date(correction.on),
            because: correction.because.clone(),
        })
        .collect()
}

/// The employer's word on doing the check.
pub(super) fn feedback(check: &HealthCheck) -> Option<page::Feedback> {
    check.feedback().map(|feedback| page::Feedback {
        helpful: feedback.helpful.clone().unwrap_or_default(),
        hardest: feedback
            .hardest
            .iter()
            .map(|id| standard_title(check, id))
            .collect(),
    })
}

/// The improvement plan, beside what was found.
pub(super) fn plan(check: &HealthCheck, items: &[page::Item]) -> Vec<page::Action> {
    let line = |action| {
        let mut line = line(check, action);
        let mut known = items.iter();
        if let Some(item) = known.find(|item| Some(&item.id) == line.measure_id.as_ref()) {
            line.unit = match item.unit.as_str() {
                "" => "out of 100".into(),
                unit => unit.into(),
            };
            line.found = found(check, action, item);
        }
        line
    };
    check.actions().iter().map(line).collect()
}

/// What was found of the measure of an action that is still to begin, where its baseline is
/// not that: one that has begun may stand on an earlier figure.
fn found(check: &HealthCheck, action: &Action, item: &page::Item) -> String {
    let to_come = action
        .start
        .is_some_and(|start| start > check.council().as_of);
    let mut findings = item.findings.iter();
    let whole = findings.find(|finding| finding.breakdown == "whole");
    let reading = whole.map(|finding| finding.national.as_ref().unwrap_or(&finding.local));
    let figure = reading.map(|reading| &reading.value);
    match (figure.and_then(|figure| figure.value), action.baseline) {
        (Some(value), Some(baseline)) if to_come => {
            // As near as a printed figure is.
            let same = (value - baseline).abs() < 0.05 + f64::EPSILON * value.abs();
            let text = figure.map_or("", |figure| figure.text.as_str());
            if same { String::new() } else { text.into() }
        }
        _ => String::new(),
    }
}

fn line(check: &HealthCheck, action: &Action) -> page::Action {
    let wording = |id: &String| {
        check
            .item(id)
            .map_or_else(|| id.clone(), |item| item.local.ask.clone())
    };
    let number = |number: Option<f64>| number.map(|n| n.to_string()).unwrap_or_default();
    page::Action {
        id: action.id.clone(),
        standard: action.standard.clone(),
        standard_title: standard_title(check, &action.standard),
        what: action.what.clone(),
        owner: action.owner.clone().unwrap_or_default(),
        start: action.start.map(date).unwrap_or_default(),
        start_on: action.start.map(|day| day.to_string()),
        due: action.due.map(date).unwrap_or_default(),
        due_on: action.due.map(|day| day.to_string()),
        measure: action.measure.as_ref().map(wording).unwrap_or_default(),
        measure_id: action.measure.clone(),
        baseline: number(action.baseline),
        baseline_value: action.baseline,
        target: number(action.target),
        target_value: action.target,
        unit: String::new(),
        found: String::new(),
        status: action.status.clone(),
        because: action.because.clone().unwrap_or_default(),
        agreed_with: action.agreed_with.clone(),
        overdue: action.is_overdue(check.council().as_of),
    }
}

fn standard_title(check: &HealthCheck, id: &str) -> String {
    check
        .standards()
        .iter()
        .find(|standard| standard.id == id)
        .map_or_else(|| id.to_owned(), |standard| standard.title.clone())
}
