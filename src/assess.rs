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
mod gaps;
mod grade;
mod groups;
mod interval;
mod local;
mod measure;
mod members;
mod national;
mod nesting;
mod quality;
mod question;
mod response;
pub(crate) mod roll_up;
mod sheets;
mod statement;
mod strata;
#[cfg(test)]
pub(crate) mod test_council;
#[cfg(test)]
mod tests;

use crate::assessment::{
    Assessment, Finding, LocalScore, Membership, Reading, Remark, Response, Scores,
};
use crate::check::{HealthCheck, Kind};
use crate::data::{Dataset, Rows};
use crate::diagnostic::Diagnostics;
use crate::national::Service;
use crate::publication::Publication;
use crate::script::Purses;
use crate::side_by_side::where_rows_are_many;
use crate::stop::both;
use faults::Faults;
pub(crate) use firmness::Firmness;
use grade::{Judged, Rule};
pub(crate) use groups::MOST_GROUPS;
use groups::Selection;
use interval::{Sample, t_of};
use local::Rated;
use measure::{Asking, EachRow};
use members::Answers;
use response::Weighting;
use sheets::Survey;
use strata::Strata;

/// Assesses one council. Groups that earlier releases of the same date rolled together are
/// rolled together again. `before` is what was found of the same council's firmness.
pub(crate) fn assess(
    check: &HealthCheck,
    data: &Dataset,
    releases: &[Publication],
    before: &Firmness,
) -> Assessment {
    crate::script::assessing(|| assess_here(check, data, releases, before))
}

fn assess_here(
    check: &HealthCheck,
    data: &Dataset,
    releases: &[Publication],
    before: &Firmness,
) -> Assessment {
    let mut faults = Faults::default();
    let laid = Laid::out(check, data, releases, &mut faults);
    let add_up = || Survey::of(check, &laid.selections[0]);
    let are_many = |rows: &Rows| sheets::are_many(rows);
    let (survey, mut findings) = if laid.selections[0].rows("survey").is_some_and(are_many) {
        both(add_up, || laid.findings(check, EachRow::Noted, &mut faults))
    } else {
        let findings = laid.findings(check, EachRow::Noted, &mut faults);
        (add_up(), findings)
    };
    experience::set_beside(check, &laid.selections, &laid.response, &mut findings);
    bands::set_beside(check, &laid.memberships, &mut findings);
    let strata = Strata::of(check, &survey, &laid.weighting);
    let (mut scopes, mut rules): (Vec<Scores>, Vec<Rule>) = (Vec::new(), Vec::new());
    for (selection, here) in laid.scopes(&findings) {
        let service = selection.group.service;
        let response = laid.response.iter().find(|part| part.service == service);
        let answered = response.and_then(|part| part.answered).unwrap_or(0);
        let asked = response.and_then(|part| part.asked);
        let rule = Rule::of(check, &here, &survey, asked, t_of(answered));
        let sample = strata.sample(scopes.len());
        let judged = rule.judge(&sample, strata.services());
        let of = (service, &rule, &sample, judged);
        scopes.push(scores(check, &here, of, &mut faults));
        rules.push(rule);
    }
    set_grades(check, &survey, (strata, &rules, before), &mut scopes);
    let data_quality = laid.remarks(check, &findings, &mut faults);
    let awareness = response::awareness(check, &laid.selections[0]);
    let groups = laid.selections.into_iter().map(|own| own.group);
    let groups: Vec<_> = groups.collect();
    let threshold = check.council().fewest_people().into();
    Assessment {
        awareness,
        within: nesting::within(&groups, &laid.memberships, threshold),
        adds_up: nesting::adding_up(&groups, &laid.memberships),
        memberships: laid.memberships,
        groups,
        findings,
        scopes,
        response: laid.response,
        data_quality,
        faults: faults.into_diagnostics(),
    }
}

/// What working every figure out and showing none of them tells.
pub(crate) struct Rehearsal {
    /// How many figures there are, each of an item in a group.
    pub figures: usize,
    /// The items whose formulas rhai ran row by row, by their place in the check.
    pub row_by_row: Vec<usize>,
    /// Every fault that [`assess`] would find.
    pub faults: Diagnostics,
}

/// Works out every figure and both sets of scores, and gives none of them.
pub(crate) fn rehearsed(check: &HealthCheck, data: &Dataset) -> Rehearsal {
    crate::script::assessing(|| {
        let mut faults = Faults::default();
        let laid = Laid::out(check, data, &[], &mut faults);
        let (mut findings, mut row_by_row) = (Vec::new(), Vec::new());
        let found = laid.findings_by_item(check, EachRow::Unsaid);
        for (index, (of_item, asking)) in found.into_iter().enumerate() {
            findings.extend(of_item);
            faults.extend(asking.faults);
            row_by_row.extend(asking.row_by_row.then_some(index));
        }
        for (_, here) in laid.scopes(&findings) {
            // For their faults alone: nobody is told the scores.
            let _ = national::overall(&national::standards(check, &here));
            let _ = local::standards(check, &here, Rated::WithEnough, &mut faults);
        }
        laid.remarks(check, &findings, &mut faults);
        Rehearsal {
            figures: findings.iter().filter(|finding| finding.is_rated()).count(),
            row_by_row,
            faults: faults.into_diagnostics(),
        }
    })
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
        let memberships = members::memberships(&selections);
        let laid = Laid::of(check, selections, memberships);
        let mut findings = laid.findings(check, EachRow::Unsaid, &mut faults);
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

/// The rows of each group and what they weigh: what findings are worked out from.
struct Laid {
    selections: Vec<Selection>,
    memberships: Vec<Membership>,
    response: Vec<Response>,
    weighting: Weighting,
    answers: Answers,
}

impl Laid {
    /// The council's groups; those that earlier releases rolled together are rolled together.
    fn out(
        check: &HealthCheck,
        data: &Dataset,
        releases: &[Publication],
        faults: &mut Faults,
    ) -> Self {
        let mut selections = groups::selections(check, data, faults);
        let memberships = roll_up::rolled(check, &mut selections, releases);
        Self::of(check, selections, memberships)
    }

    fn of(
        check: &HealthCheck,
        selections: Vec<Selection>,
        mut memberships: Vec<Membership>,
    ) -> Self {
        let response = response::response(check, &selections);
        let weighting = response::weighting(check, &response);
        members::count_answers(&mut memberships);
        let answers = Answers::of(&memberships, selections.len());
        Self {
            selections,
            memberships,
            response,
            weighting,
            answers,
        }
    }

    /// What each item says in each group, and where it is to be published what each row brings
    /// to it: items side by side where rows are many.
    fn findings(
        &self,
        check: &HealthCheck,
        each_row: EachRow,
        faults: &mut Faults,
    ) -> Vec<Finding> {
        let found = self.findings_by_item(check, each_row);
        let mut findings = Vec::new();
        for (of_item, asking) in found {
            findings.extend(of_item);
            faults.extend(asking.faults);
        }
        findings
    }

    /// The same, item by item, with how its formulas were run and what is wrong with them.
    fn findings_by_item(
        &self,
        check: &HealthCheck,
        each_row: EachRow,
    ) -> Vec<(Vec<Finding>, Asking)> {
        let items: Vec<usize> = (0..check.items().len()).collect();
        let purses = Purses::here();
        let of_item = |index: &usize| {
            Purses::spend(purses.clone(), || self.findings_of(check, *index, each_row))
        };
        where_rows_are_many(self.selections[0].most_rows(), &items, of_item)
    }

    /// What an item says in each group.
    fn findings_of(
        &self,
        check: &HealthCheck,
        index: usize,
        each_row: EachRow,
    ) -> (Vec<Finding>, Asking) {
        let (selections, weighting) = (&self.selections, &self.weighting);
        let services: Vec<usize> = (0..selections.len())
            .filter(|group| selections[*group].group.service.is_some())
            .collect();
        let council = check.council();
        let item = &check.items()[index];
        let mut asking = Asking::new(each_row);
        let mut findings = Vec::new();
        for (group, selection) in selections.iter().enumerate() {
            let (national, local) = match &item.local.kind {
                Kind::Measure(own) => measure::readings(item, own, selection, &mut asking),
                Kind::Question(own) => {
                    let of = (group, selection);
                    question::readings(item, own, of, &services, weighting, &self.answers)
                }
                Kind::Statement if selection.is_scope() => {
                    let (service, as_of) = (selection.group.service, council.as_of);
                    statement::readings(item, service, &council.services, weighting, as_of)
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
        (findings, asking)
    }

    /// What a reader should know of the data; figures that cannot be right are faults.
    fn remarks(
        &self,
        check: &HealthCheck,
        findings: &[Finding],
        faults: &mut Faults,
    ) -> Vec<Remark> {
        quality::more_answers_than_asked(check, &self.response, faults);
        let whole = &self.selections[0];
        gaps::told(check, whole, findings, faults);
        quality::remarks(check, whole, &self.weighting, findings, faults)
    }

    /// Each scope with what was found in it.
    fn scopes<'a>(
        &'a self,
        findings: &'a [Finding],
    ) -> impl Iterator<Item = (&'a Selection, Vec<&'a Finding>)> {
        let selected = self.selections.iter().enumerate();
        let scopes = selected.filter(|(_, selection)| selection.is_scope());
        scopes.map(|(group, selection)| {
            let here = findings.iter().filter(|finding| finding.group == group);
            (selection, here.collect())
        })
    }
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
    (strata, rules, before): (Strata, &[Rule], &Firmness),
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
    let firmness = firmness::firmness(check.council(), survey, strata, rules, before);
    for (scores, firmness) in scopes.iter_mut().zip(firmness) {
        scores.firmness = firmness.filter(|_| scores.overall.is_ok());
    }
}
