//! From what was found to what may be seen: the only room that makes a [`Publication`].
//!
//! In: a [`HealthCheck`], its `Assessment` and the files that it rests on. Out: the
//! publication, in which a withheld figure is `c` in every form: no value, no score, no
//! number of people, no answers, and no words that tell why.

mod about;
mod answers;
mod benchmark;
mod closed;
mod crowd;
#[cfg(any(test, feature = "fuzzing"))]
mod drawn;
mod figures;
mod grade;
mod held;
mod items;
mod only;
mod people;
mod plan;
mod releases;
mod scopes;
mod sizes;
mod tailoring;
#[cfg(test)]
mod tests;
mod threshold;
mod unscored;
mod withhold;

use crate::assessment::{Assessment, Awareness, Response};
use crate::check::HealthCheck;
use crate::data::Input;
use crate::diagnostic::Diagnostic;
use crate::missing::Missing;
use crate::national::{AWARENESS, EDITION, Service};
use crate::publication::{self as page, NOT_A_RATING, Publication, SCHEMA, covers, listed};
pub(crate) use about::fielded;
pub(crate) use closed::{IF_UNSEEN, unseen};
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use drawn::planned;
use figures::{count, figure, withheld, without};
pub(crate) use held::{Held, Hold};
pub(crate) use only::{Why, answered_is_withheld, without_figures};
use releases::{Sealed, Told};
use std::collections::BTreeSet;
pub(crate) use tailoring::tailoring;
use threshold::{Threshold, Verdict};
use withhold::Deciding;

/// One council's check, to be published under the folder `id`, before anything is decided on: what
/// stays the same however much is held back.
pub(crate) struct Ground<'a> {
    id: &'a str,
    check: &'a HealthCheck,
    assessment: &'a Assessment,
    inputs: &'a [Input],
    releases: &'a [Publication],
    sealed: Sealed,
    told: Told,
    deciding: Deciding<'a>,
}

/// What was decided on: where it is the same, so is the publication.
#[derive(PartialEq)]
pub(crate) struct Decided {
    decisions: withhold::Decisions,
    /// Figures that are held back by themselves.
    figures: BTreeSet<[String; 3]>,
}

impl<'a> Ground<'a> {
    /// # Errors
    /// Rows or groups that are not those of the releases.
    pub(crate) fn of(
        id: &'a str,
        check: &'a HealthCheck,
        assessment: &'a Assessment,
        inputs: &'a [Input],
        releases: &'a [Publication],
    ) -> Result<Self, Box<Diagnostic>> {
        let mut deciding = Deciding::of(Threshold::of(check), check, assessment);
        let (sealed, told) = if releases.is_empty() {
            // What is decided first is decided beside the digests, and known from then on.
            let first = || deciding.decide(&|_, _| false, &Held::new());
            let (sealed, _) = Sealed::beside(assessment, first);
            (sealed, Told::default())
        } else {
            let sealed = Sealed::of(assessment);
            let told = releases::told(check, assessment, &sealed.rows, releases)?;
            (sealed, told)
        };
        Ok(Self {
            id,
            check,
            assessment,
            inputs,
            releases,
            sealed,
            told,
            deciding,
        })
    }

    /// Whether an earlier release rests on other rows, or was withdrawn.
    pub(crate) fn is_corrected(&self) -> bool {
        let mut releases = self.releases.iter();
        self.told.corrected() || releases.any(|release| self.check.withdraws(release))
    }

    /// Decides on everything.
    ///
    /// # Errors
    /// A group that cannot be hidden any more, because of what was published before.
    pub(crate) fn decided(&mut self, held: &Held) -> Result<Decided, Box<Diagnostic>> {
        let told = &self.told;
        let known = |item, group| told.figure(item, group);
        let decisions = self.deciding.decide(&known, held);
        // After a correction what was told and is right still is held back, not refused.
        if decisions.stuck.is_some()
            && !told.corrected()
            && let Some(last) = self.releases.last()
        {
            return Err(closed::stuck(self.check, last));
        }
        Ok(Decided {
            decisions,
            figures: held.figures().clone(),
        })
    }

    /// What may be seen, as it was decided on while so much was held back.
    pub(crate) fn publication(&self, decided: &Decided, held: &Held) -> Publication {
        let (check, assessment) = (self.check, self.assessment);
        let (sealed, decisions) = (&self.sealed, &decided.decisions);
        let mut publication = seen(self.id, check, assessment, self.inputs, sealed, decisions);
        releases::hold_back_beside(&mut publication, &self.told, self.releases, held);
        publication.only = only::reason(&publication);
        publication
    }
}

/// What may be seen of one council's check, published under the folder `id`.
#[cfg(test)]
pub(crate) fn publication(
    id: &str,
    check: &HealthCheck,
    assessment: &Assessment,
    inputs: &[Input],
    releases: &[Publication],
    held: &Held,
) -> Result<Publication, Box<Diagnostic>> {
    let mut ground = Ground::of(id, check, assessment, inputs, releases)?;
    let decided = ground.decided(held)?;
    Ok(ground.publication(&decided, held))
}

/// A publication as it was decided on.
fn seen(
    id: &str,
    check: &HealthCheck,
    assessment: &Assessment,
    inputs: &[Input],
    sealed: &Sealed,
    decisions: &withhold::Decisions,
) -> Publication {
    let threshold = Threshold::of(check);
    let verdicts = &decisions.verdicts;
    let shows = |verdicts: &[Verdict], group: usize| {
        let mut own = assessment.findings.iter().zip(verdicts);
        own.any(|(finding, verdict)| finding.group == group && !verdict.local)
    };
    let whole = about::whole(check);
    let items = items::items(check, assessment, threshold, decisions);
    // By what is published: so anybody can count again.
    let tailored = tailoring(check, &|at| items[at].is_brought());
    // One service's number of sheets is the whole's less the other's; and those that name no
    // service are the whole's less both.
    let answered = |of_whole: bool| -> u64 {
        let parts = assessment.response.iter();
        parts
            .filter(|part| part.service.is_none() == of_whole)
            .map(|part| u64::from(part.answered.unwrap_or(0)))
            .sum()
    };
    let unnamed = answered(true).saturating_sub(answered(false));
    let few_in_a_service = threshold.hides(unnamed)
        || assessment.response.iter().any(|part| {
            part.service.is_some() && part.answered.is_some_and(|n| threshold.hides(n.into()))
        });
    Publication {
        schema: SCHEMA.into(),
        edition: EDITION.into(),
        program: concat!("healthcheck ", env!("CARGO_PKG_VERSION")).into(),
        id: id.into(),
        council: about::council(check),
        only: None,
        response: assessment
            .response
            .iter()
            .map(|part| response(part, threshold, few_in_a_service, &whole))
            .collect(),
        scopes: scopes::scopes(check, assessment, threshold, verdicts, &items),
        plan: about::plan(check, &items),
        items,
        groups: assessment
            .groups
            .iter()
            .enumerate()
            // What is rolled together is there only where something is published of it.
            .filter(|(index, group)| !group.is_rolled() || shows(verdicts, *index))
            .map(|(index, _)| group(assessment, index, &whole))
            .collect(),
        awareness: assessment
            .awareness
            .iter()
            .map(|question| awareness(question, threshold))
            .collect(),
        // Worked out from two Publications, so not here.
        changes: None,
        tailoring: tailored,
        consulted: about::consulted(check),
        feedback: about::feedback(check),
        corrections: about::corrections(check),
        data_quality: assessment
            .data_quality
            .iter()
            .filter(|remark| remark.people.is_none_or(|people| threshold.allows(people)))
            .map(|remark| remark.words.clone())
            .collect(),
        inputs: inputs.iter().map(|input| sealed.input(input)).collect(),
        rows: sealed.rows.clone(),
        threshold: threshold.people(),
        symbols: Missing::ALL
            .iter()
            .map(|missing| (missing.symbol().into(), missing.meaning().into()))
            .collect(),
        not_a_rating: NOT_A_RATING.into(),
        brand: about::brand(check),
    }
}

/// What would be seen if each figure were judged by itself and no answers were split.
#[cfg(test)]
pub(crate) fn under_thresholds_alone(
    id: &str,
    check: &HealthCheck,
    assessment: &Assessment,
) -> Publication {
    let alone = withhold::Decisions {
        verdicts: Threshold::of(check).verdicts(check, assessment),
        forms: vec![answers::Forms::default(); check.items().len()],
        stuck: None,
    };
    seen(id, check, assessment, &[], &Sealed::of(assessment), &alone)
}

/// The grades of the scopes, as if no figure were withheld from a reader.
#[cfg(test)]
pub(crate) fn grades(check: &HealthCheck, assessment: &Assessment) -> Vec<page::Grade> {
    let nothing = withhold::Decisions {
        verdicts: vec![threshold::Verdict::default(); assessment.findings.len()],
        forms: vec![answers::Forms::default(); check.items().len()],
        stuck: None,
    };
    let threshold = Threshold::of(check);
    let items = items::items(check, assessment, threshold, &nothing);
    scopes::scopes(check, assessment, threshold, &nothing.verdicts, &items)
        .into_iter()
        .map(|scope| scope.grade)
        .collect()
}

/// `whole`, `children` or `adults`.
fn scope_id(service: Option<Service>) -> &'static str {
    service.map_or("whole", Service::id)
}

/// The title of a scope on the page.
fn scope_title(service: Option<Service>, whole: &str) -> String {
    service.map_or_else(|| whole.to_owned(), |service| service.title().to_owned())
}

fn group(assessment: &Assessment, index: usize, whole: &str) -> page::Group {
    let group = &assessment.groups[index];
    let named = |index: usize| {
        let group = &assessment.groups[index];
        (group.breakdown.clone(), group.name.clone())
    };
    let title = match group.breakdown.as_str() {
        _ if group.is_rolled() => rolled_title(assessment, index),
        "whole" | "service" => scope_title(group.service, whole),
        _ => group.name.clone(),
    };
    let holders = assessment.within[index].iter();
    page::Group {
        breakdown: group.breakdown.clone(),
        name: group.name.clone(),
        title,
        adds_up: assessment.adds_up[index],
        within: holders.map(|holder| named(*holder)).collect(),
        rolls: group.rolls.iter().map(|own| named(*own).1).collect(),
    }
}

/// "Other teams in children's services (3 teams rolled together)"; by their names where other
/// groups would be called the same.
fn rolled_title(assessment: &Assessment, index: usize) -> String {
    let group = &assessment.groups[index];
    let holders = |index: usize| assessment.within[index].as_slice();
    let alike = (0..assessment.groups.len()).any(|at| {
        let other = &assessment.groups[at];
        at != index
            && other.breakdown == group.breakdown
            && other.rolls.len() == group.rolls.len()
            && holders(at) == holders(index)
    });
    if alike {
        let names = group.rolls.iter().map(|own| &assessment.groups[*own].name);
        return format!(
            "{} rolled together",
            listed(&names.cloned().collect::<Vec<_>>())
        );
    }
    let holders: Vec<String> = holders(index)
        .iter()
        .map(|holder| &assessment.groups[*holder])
        .map(|holder| match holder.service {
            Some(service) => covers(&[service]),
            None => holder.name.clone(),
        })
        .collect();
    let inside = match holders.as_slice() {
        [] => String::new(),
        holders => format!(" in {}", listed(holders)),
    };
    let (count, what) = match group.breakdown.as_str() {
        "team" => (group.rolls.len(), "teams"),
        "role" => (group.rolls.len(), "roles"),
        _ => (group.rolls.len(), "groups"),
    };
    format!("Other {what}{inside} ({count} {what} rolled together)")
}

fn response(
    response: &Response,
    threshold: Threshold,
    few_in_a_service: bool,
    whole: &str,
) -> page::Response {
    let asked = response.asked;
    let (answered, rate, words) = match response.answered {
        None => (
            without(Missing::NotAvailable),
            without(Missing::NotAvailable),
            "",
        ),
        Some(answered)
            if threshold.hides(answered.into())
                || (few_in_a_service && response.service.is_some()) =>
        {
            (withheld(), withheld(), "")
        }
        Some(answered) => {
            let rate = asked
                .filter(|asked| *asked > 0)
                .map(|asked| 100.0 * f64::from(answered) / f64::from(asked));
            (
                count(answered.into()),
                rate.map_or_else(|| without(Missing::NotAvailable), figure),
                rate.map_or("", rule_of_thumb),
            )
        }
    };
    page::Response {
        scope: scope_id(response.service).into(),
        title: scope_title(response.service, whole),
        asked: asked.map_or_else(
            || without(Missing::NotAvailable),
            |asked| count(asked.into()),
        ),
        answered,
        rate,
        words: words.into(),
    }
}

/// The Health and Safety Executive's rule of thumb for a response, in percent.
fn rule_of_thumb(rate: f64) -> &'static str {
    match rate {
        rate if rate > 80.0 => "very good",
        rate if rate > 70.0 => "good",
        rate if rate > 60.0 => "desirable",
        rate if rate > 50.0 => "adequate",
        _ => "below adequate",
    }
}

fn awareness(question: &Awareness, threshold: Threshold) -> page::Awareness {
    let (yes, n) = match &question.counts {
        None => (
            without(Missing::NotAvailable),
            without(Missing::NotAvailable),
        ),
        Some(counts) if threshold.withholds_share_of_yes(counts) => (withheld(), withheld()),
        Some(counts) => {
            let n: u32 = counts.iter().sum();
            (
                figure(100.0 * f64::from(counts[0]) / f64::from(n)),
                count(n.into()),
            )
        }
    };
    page::Awareness {
        id: question.id.into(),
        nation_asks: AWARENESS
            .iter()
            .find(|(id, ask)| *id == question.id && *ask != question.ask)
            .map_or_else(String::new, |(_, ask)| (*ask).into()),
        ask: question.ask.clone(),
        yes,
        n,
    }
}
