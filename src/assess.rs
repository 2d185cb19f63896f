//! The check on the council's rows: what each item says in each group, and both sets of
//! scores.
//!
//! In: a [`HealthCheck`] and a [`Dataset`]. Out: an `Assessment`, full of small numbers,
//! which only `disclose` may turn into what is seen. A formula that fails leaves its
//! finding not rated and its fault, once a place, among the assessment's faults.

pub(crate) mod bands;
#[cfg(test)]
mod coverage;
mod experience;
mod faults;
mod firmness;
mod grade;
mod groups;
mod interval;
mod local;
mod measure;
mod members;
mod national;
pub(crate) mod nesting;
mod quality;
mod question;
mod response;
pub(crate) mod roll_up;
mod sheets;
mod side_by_side;
mod statement;
mod strata;
#[cfg(test)]
pub(crate) mod test_council;
#[cfg(test)]
mod tests;

use crate::assessment::{Assessment, Finding, LocalScore, Reading, Scores};
use crate::check::{HealthCheck, Kind};
use crate::data::Dataset;
use crate::diagnostic::Diagnostics;
use crate::national::Service;
use crate::publication::Publication;
use crate::stop::both;
use faults::Faults;
use grade::{Judged, Rule};
#[cfg(test)]
pub(crate) use groups::MOST_GROUPS;
use groups::Selection;
use interval::{Sample, t_of};
use local::Rated;
use members::Answers;
use response::Weighting;
use sheets::Survey;
use strata::Strata;

/// Assesses one council. Groups that earlier releases of the same date rolled together are
/// rolled together again.
pub(crate) fn assess(check: &HealthCheck, data: &Dataset, releases: &[Publication]) -> Assessment {
    crate::script::assessing(|| assess_here(check, data, releases))
}

fn assess_here(check: &HealthCheck, data: &Dataset, releases: &[Publication]) -> Assessment {
    let mut faults = Faults::default();
    let mut selections = groups::selections(check, data, &mut faults);
    let mut memberships = roll_up::rolled(check, &mut selections, releases);
    let response = response::response(check, &selections);
    let weighting = response::weighting(check, &response);
    members::count_answers(&mut memberships);
    let answers = Answers::of(&memberships, selections.len());
    let of_items = |faults: &mut Faults| findings(check, &selections, &weighting, &answers, faults);
    let add_up = || Survey::of(check, &selections[0]);
    let (survey, mut findings) = if sheets::are_many(&selections[0]) {
        both(add_up, || of_items(&mut faults))
    } else {
        let findings = of_items(&mut faults);
        (add_up(), findings)
    };
    experience::set_beside(check, &selections, &response, &mut findings);
    bands::set_beside(check, &memberships, &mut findings);
    let strata = Strata::of(check, &survey, &weighting);
    let (mut scopes, mut rules): (Vec<Scores>, Vec<Rule>) = (Vec::new(), Vec::new());
    let selected = selections.iter().enumerate();
    for (group, selection) in selected.filter(|(_, selection)| selection.is_scope()) {
        let of_group = |finding: &&Finding| finding.group == group;
        let here: Vec<&Finding> = findings.iter().filter(of_group).collect();
        let service = selection.group.service;
        let response = response.iter().find(|part| part.service == service);
        let answered = response.and_then(|part| part.answered).unwrap_or(0);
        let asked = response.and_then(|part| part.asked);
        let rule = Rule::of(check, &here, &survey, asked, t_of(answered));
        let sample = strata.sample(scopes.len());
        let judged = rule.judge(&sample, strata.services());
        let of = (service, &rule, &sample, judged);
        scopes.push(scores(check, &here, of, &mut faults));
        rules.push(rule);
    }
    set_grades(check, &survey, strata, &rules, &mut scopes);
    quality::more_answers_than_asked(check, &response, &mut faults);
    let data_quality = quality::remarks(check, &selections[0], &weighting, &findings, &mut faults);
    Assessment {
        awareness: response::awareness(check, &selections[0]),
        memberships,
        groups: selections
            .into_iter()
            .map(|selection| selection.group)
            .collect(),
        findings,
        scopes,
        response,
        data_quality,
        faults: faults.into_diagnostics(),
    }
}

/// What a council's own test asks about the rows that it gives: the council's readings of
/// every item, in the check's order, and its standards.
pub(crate) struct Tried {
    /// An item's index, and its reading.
    pub readings: Vec<(usize, Reading)>,
    /// The standards, in the check's order.
    pub standards: Vec<LocalScore>,
    /// The overall score, or why there is none.
    pub overall: Result<f64, String>,
    /// Formulas that failed.
    pub faults: Diagnostics,
}

/// Scores the rows that a test gives as a run scores a council's, by the same code. Where
/// `with_enough` is false, a standard with few scored items has a score too.
pub(crate) fn tried(check: &HealthCheck, data: &Dataset, with_enough: bool) -> Tried {
    crate::script::assessing(|| {
        let mut faults = Faults::default();
        let mut selections = groups::selections(check, data, &mut faults);
        selections.retain(Selection::is_scope);
        let response = response::response(check, &selections);
        let weighting = response::weighting(check, &response);
        let mut memberships = members::memberships(&selections);
        members::count_answers(&mut memberships);
        let answers = Answers::of(&memberships, selections.len());
        let mut findings = findings(check, &selections, &weighting, &answers, &mut faults);
        findings.retain(|finding| finding.group == 0);
        let whole: Vec<&Finding> = findings.iter().collect();
        let rated = if with_enough {
            Rated::WithEnough
        } else {
            Rated::WithAny
        };
        let (standards, overall) = local::standards(check, &whole, rated, &mut faults);
        Tried {
            readings: findings
                .into_iter()
                .map(|finding| (finding.item, finding.local))
                .collect(),
            standards,
            overall,
            faults: faults.into_diagnostics(),
        }
    })
}

fn findings(
    check: &HealthCheck,
    selections: &[Selection],
    weighting: &Weighting,
    answers: &Answers,
    faults: &mut Faults,
) -> Vec<Finding> {
    let services: Vec<usize> = (0..selections.len())
        .filter(|group| selections[*group].group.service.is_some())
        .collect();
    let as_of = check.council().as_of;
    let mut findings = Vec::new();
    for (index, item) in check.items().iter().enumerate() {
        for (group, selection) in selections.iter().enumerate() {
            let (national, local) = match &item.local.kind {
                Kind::Measure(own) => measure::readings(item, own, selection, faults),
                Kind::Question(own) => {
                    let of = (group, selection);
                    question::readings(item, own, of, &services, weighting, answers)
                }
                Kind::Statement if selection.is_scope() => {
                    let service = selection.group.service;
                    statement::readings(item, service, &check.council().services, weighting, as_of)
                }
                Kind::Statement => continue,
            };
            findings.push(Finding {
                item: index,
                group,
                national,
                local,
            });
        }
    }
    findings
}

/// Both sets of scores in one scope.
fn scores(
    check: &HealthCheck,
    findings: &[&Finding],
    (service, rule, sample, judged): (Option<Service>, &Rule, &Sample, Judged),
    faults: &mut Faults,
) -> Scores {
    let mut standards = national::standards(check, findings);
    for (place, standard) in standards.iter_mut().enumerate() {
        standard.spread = rule.spread_of(place, sample);
    }
    let (local, local_overall) = local::standards(check, findings, Rated::WithEnough, faults);
    Scores {
        service,
        overall: national::overall(&standards),
        assured: judged.assured,
        spread: rule.spread(sample),
        lower_end: judged.lower_end,
        band: judged.band,
        firmness: None,
        national: standards,
        local,
        local_overall,
    }
}

/// Caps the whole's band by its services', and says how firm each band is where there may
/// be a grade.
fn set_grades(
    check: &HealthCheck,
    survey: &Survey,
    strata: Strata,
    rules: &[Rule],
    scopes: &mut [Scores],
) {
    let bands = grade::with_cap(scopes.iter().map(|scores| scores.band).collect());
    for (scores, band) in scopes.iter_mut().zip(bands) {
        scores.band = band;
    }
    if scopes.iter().all(|scores| scores.overall.is_err()) {
        return;
    }
    // Sheets laid out from totals are nobody's: drawn again they would say nothing.
    if !survey.joint {
        return;
    }
    let firmness = firmness::firmness(check.council(), survey, strata, rules);
    for (scores, firmness) in scopes.iter_mut().zip(firmness) {
        scores.firmness = firmness.filter(|_| scores.overall.is_ok());
    }
}
