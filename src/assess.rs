//! The check on the council's rows: what each item says in each group, and both sets of
//! scores.
//!
//! In: a [`HealthCheck`] and a [`Dataset`]. Out: an `Assessment`, full of small numbers,
//! which only `disclose` may turn into what is seen. A formula that fails leaves its
//! finding not rated and its fault, once a place, among the assessment's faults.

mod experience;
mod faults;
mod groups;
mod interval;
mod local;
mod measure;
mod members;
mod national;
mod quality;
mod question;
mod response;
mod statement;
#[cfg(test)]
pub(crate) mod test_council;
#[cfg(test)]
mod tests;

use crate::assessment::{Assessment, Finding, Scores};
use crate::check::{HealthCheck, Kind};
use crate::data::Dataset;
use faults::Faults;
use groups::Selection;
use interval::Survey;
use response::Weighting;

/// Assesses one council.
pub(crate) fn assess(check: &HealthCheck, data: &Dataset) -> Assessment {
    crate::script::assessing(|| assess_here(check, data))
}

fn assess_here(check: &HealthCheck, data: &Dataset) -> Assessment {
    let mut faults = Faults::default();
    let selections = groups::selections(check, data);
    let response = response::response(check, &selections);
    let weighting = response::weighting(check, &response);
    let mut findings = findings(check, &selections, &weighting, &mut faults);
    experience::set_beside(check, &selections, &response, &mut findings);
    let services: Vec<&Selection> = selections
        .iter()
        .filter(|selection| selection.group.service.is_some())
        .collect();
    let scopes: Vec<Scores> = selections
        .iter()
        .enumerate()
        .filter(|(_, selection)| selection.is_scope())
        .map(|(group, selection)| {
            let here: Vec<&Finding> = findings
                .iter()
                .filter(|finding| finding.group == group)
                .collect();
            let response = response
                .iter()
                .find(|part| part.service == selection.group.service);
            let survey = Survey::of(check, &here, selection, &services, &weighting, response);
            scores(check, selection, &here, &survey, &mut faults)
        })
        .collect();
    quality::more_answers_than_asked(check, &response, &mut faults);
    quality::standards_without_action(check, &scopes, &mut faults);
    let data_quality = quality::remarks(check, &selections[0], &weighting, &findings, &mut faults);
    Assessment {
        awareness: response::awareness(&selections[0]),
        memberships: members::memberships(&selections),
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

fn findings(
    check: &HealthCheck,
    selections: &[Selection],
    weighting: &Weighting,
    faults: &mut Faults,
) -> Vec<Finding> {
    let services: Vec<&Selection> = selections
        .iter()
        .filter(|selection| selection.group.service.is_some())
        .collect();
    let as_of = check.council().as_of;
    let mut findings = Vec::new();
    for (index, item) in check.items().iter().enumerate() {
        for (group, selection) in selections.iter().enumerate() {
            let (national, local) = match &item.local.kind {
                Kind::Measure(own) => measure::readings(item, own, selection, faults),
                Kind::Question(own) => {
                    question::readings(item, own, selection, &services, weighting)
                }
                Kind::Statement if selection.is_scope() => {
                    let service = selection.group.service;
                    statement::readings(item, service, &check.council().services, as_of)
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
    selection: &Selection,
    findings: &[&Finding],
    survey: &Survey,
    faults: &mut Faults,
) -> Scores {
    let mut standards = national::standards(check, findings);
    for standard in &mut standards {
        standard.half_width = survey.of_standard(standard.standard, standard.coverage.0);
    }
    let scored: Vec<_> = standards
        .iter()
        .map(|standard| (standard.standard, standard.coverage.0))
        .collect();
    let (local, local_overall) = local::standards(check, findings, faults);
    Scores {
        service: selection.group.service,
        overall: national::overall(&standards),
        assured: national::assured(&standards),
        half_width: survey.of_overall(&scored),
        national: standards,
        local,
        local_overall,
    }
}
