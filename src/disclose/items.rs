//! Every item with its findings, as far as they may be seen.

use super::answers::Form;
use super::answers::{answers, bands};
use super::benchmark;
use super::figures::{self, amount, count, date, figure, withheld, withheld_words, without};
use super::threshold::Threshold;
use super::withhold::Decisions;
use crate::assessment::{Assessment, Experience, Finding, Reading, Support};
use crate::check::{Definition, HealthCheck, Item, Kind, Measure, Says};
use crate::missing::Missing;
use crate::national::ABOUT_THINGS;
use crate::publication as page;

/// The check's items, in its order; `decisions` stand beside the assessment's findings.
pub(super) fn items(
    check: &HealthCheck,
    assessment: &Assessment,
    threshold: Threshold,
    decisions: &Decisions,
) -> Vec<page::Item> {
    let verdicts = &decisions.verdicts;
    let findings = |index: usize, item: &Item| {
        assessment
            .findings
            .iter()
            .zip(verdicts)
            .filter(|(finding, _)| finding.item == index)
            // What is rolled together is there only where it is published.
            .filter(|(finding, verdict)| {
                !(assessment.groups[finding.group].is_rolled() && verdict.local)
            })
            .map(|(finding, verdict)| {
                let group = &assessment.groups[finding.group];
                let beside = Beside {
                    asked: question_beside(check, assessment, decisions, finding),
                    base: may_show_base(assessment, threshold, finding),
                    form: decisions.forms[index].of_group(group),
                };
                page::Finding {
                    breakdown: group.breakdown.clone(),
                    group: group.name.clone(),
                    national: finding.national.as_ref().map(|reading| {
                        published(item, reading, verdict.national, threshold, beside)
                    }),
                    local: published(item, &finding.local, verdict.local, threshold, beside),
                }
            })
            .collect()
    };
    check
        .items()
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let mut item = described(item, findings(index, item));
            item.benchmark = benchmark::of(check, &item);
            item
        })
        .collect()
}

/// What stands beside a reading.
#[derive(Clone, Copy)]
struct Beside<'c> {
    /// The question beside a claim.
    asked: Option<Asked<'c>>,
    /// Whether what a share is a share of may be seen.
    base: Base,
    /// How far its answers are split.
    form: (Form, bool),
}

/// Whether what a share is a share of is printed.
#[derive(Clone, Copy, PartialEq)]
enum Base {
    No,
    Withheld,
    Yes,
}

/// A share's denominator is printed for the whole and its services alone: only there are
/// two years or two councils set against each other, and a team's rate beside its base
/// would give the numerator, which may be one person. It tells how many people there are:
/// it is withheld where they are too few, and in both services where they are too few in
/// one, since one is the whole less the other.
fn may_show_base(assessment: &Assessment, threshold: Threshold, finding: &Finding) -> Base {
    let group = &assessment.groups[finding.group];
    let few = |finding: &Finding| {
        let reading = finding.national.as_ref();
        !reading.is_some_and(|reading| {
            let people = reading.people;
            reading.nobody || people.is_some_and(|people| threshold.allows(people))
        })
    };
    let is_service = |other: &&Finding| {
        other.item == finding.item && assessment.groups[other.group].service.is_some()
    };
    if group.breakdown == "whole" {
        if few(finding) {
            Base::Withheld
        } else {
            Base::Yes
        }
    } else if group.service.is_none() {
        Base::No
    } else if assessment.findings.iter().filter(is_service).any(few) {
        Base::Withheld
    } else {
        Base::Yes
    }
}

/// The question beside a statement's claim in a group.
#[derive(Clone, Copy)]
struct Asked<'c> {
    /// Its wording.
    ask: &'c str,
    /// Whether it is withheld.
    hidden: bool,
    /// Whether its answers tell how many agree.
    tells: bool,
}

fn question_beside<'c>(
    check: &'c HealthCheck,
    assessment: &Assessment,
    decisions: &Decisions,
    finding: &Finding,
) -> Option<Asked<'c>> {
    let experience = finding.local.experience?;
    let item = check
        .items()
        .iter()
        .position(|item| item.id == experience.question)?;
    let hidden = assessment
        .findings
        .iter()
        .zip(&decisions.verdicts)
        .any(|(other, verdict)| {
            other.group == finding.group && other.item == item && verdict.national
        });
    let (form, _) = decisions.forms[item].of_group(&assessment.groups[finding.group]);
    Some(Asked {
        ask: &check.items()[item].local.ask,
        hidden,
        tells: form.tells_upper(),
    })
}

fn described(item: &Item, findings: Vec<page::Finding>) -> page::Item {
    let national = item.national.as_ref().and_then(measure);
    let local = measure(&item.local);
    page::Item {
        id: item.id.clone(),
        standard: item.standard.clone(),
        kind: item.local.kind.word().into(),
        national: item.national.is_some(),
        ask: item.local.ask.clone(),
        nation_asks: item
            .national
            .as_ref()
            .filter(|national| national.ask != item.local.ask)
            .map_or_else(String::new, |national| national.ask.clone()),
        unit: local.map(|local| local.unit.clone()).unwrap_or_default(),
        better: national
            .or(local)
            .map_or_else(String::new, |m| better(m).into()),
        scale: match &item.local.kind {
            Kind::Question(question) => question.answers.clone(),
            Kind::Measure(_) | Kind::Statement => Vec::new(),
        },
        comparability: item.comparability.kind.words().into(),
        comparability_reasons: item.comparability.reasons.clone(),
        national_formula: national.map_or_else(String::new, |m| m.value.text().into()),
        local_formula: item
            .own_formula()
            .map_or_else(String::new, |formula| formula.text().into()),
        rule: rule(item),
        weight: item.weight,
        target: item.target.map(|target| target.words()).unwrap_or_default(),
        target_reached: target_reached(item, &findings).into(),
        advice: item.advice.clone(),
        note: item.note.clone(),
        benchmark: None,
        findings,
    }
}

/// Whether the printed figure of the whole meets the council's target: of what is withheld
/// nothing is said.
fn target_reached(item: &Item, findings: &[page::Finding]) -> &'static str {
    let mut findings = findings.iter();
    let whole = findings.find(|finding| finding.breakdown == "whole");
    let value = whole.and_then(|finding| finding.local.value.value);
    match item.target.zip(value) {
        Some((target, value)) if target.met(value) => "reached",
        Some(_) => "not reached",
        None => "",
    }
}

/// Which way a measure gets better, by its anchors.
fn better(measure: &Measure) -> &'static str {
    if measure.best < measure.worst {
        "lower"
    } else {
        "higher"
    }
}

/// The measure that a definition is, if it is one.
pub(super) fn measure(definition: &Definition) -> Option<&Measure> {
    match &definition.kind {
        Kind::Measure(measure) => Some(measure),
        Kind::Question(_) | Kind::Statement => None,
    }
}

/// The rule applied, in words.
fn rule(item: &Item) -> String {
    match &item.local.kind {
        Kind::Statement => "yes 100, partly 50, no 0".into(),
        Kind::Question(question) => {
            let (lowest, highest) = (question.answers.first(), question.answers.last());
            let ends = if question.reverse {
                (highest, lowest)
            } else {
                (lowest, highest)
            };
            let word = |label: Option<&String>| label.cloned().unwrap_or_default();
            format!(
                "the mean of the answers, from 0 for “{}” to 100 for “{}”",
                word(ends.0),
                word(ends.1)
            )
        }
        Kind::Measure(local) => {
            let anchors = |m: &Measure| format!("100 at {}, 0 at {}", m.best, m.worst);
            let own = match &local.score {
                Some(formula) => format!("by its own formula: {}", formula.text()),
                None => anchors(local),
            };
            match item.national.as_ref().and_then(measure) {
                Some(national) if own == anchors(national) => own,
                Some(national) => format!("{}; the council's own: {own}", anchors(national)),
                None => own,
            }
        }
    }
}

fn published(
    item: &Item,
    reading: &Reading,
    is_withheld: bool,
    threshold: Threshold,
    beside: Beside<'_>,
) -> page::Reading {
    if is_withheld {
        return page::Reading::without(&withheld(), &withheld_words());
    }
    let written = reading.written.as_ref();
    let question = beside.asked;
    let question_hidden = question.is_some_and(|question| question.hidden);
    // Where the question is withheld nobody can tell, and why is not said. A yes of one of
    // the whole's services alone stands with that service.
    let own = |_: &Support| reading.claim == Some(Says::Yes);
    let said = reading.experience.map(|said| Experience {
        support: said.support.filter(own).map(|support| {
            if question_hidden {
                Support::CannotTell
            } else {
                support
            }
        }),
        ..said
    });
    page::Reading {
        value: amount(reading.value),
        score: amount(reading.score),
        n: people(item, reading, threshold),
        rated: reading.score.is_ok(),
        why_not: match &reading.why_not {
            Some(why_not) if reading.score.is_err() => {
                format!("not rated, because {}", why_not.because())
            }
            _ => String::new(),
        },
        rows_used: rows_used(reading, threshold),
        answers: match (&item.local.kind, &reading.answers) {
            (Kind::Question(question), Some(counts)) => answers(question, counts, beside.form),
            _ => None,
        },
        bands: reading
            .bands
            .as_ref()
            .and_then(|counts| bands(counts, beside.form.0)),
        claim: reading
            .claim
            .map(|says| says.word().into())
            .unwrap_or_default(),
        evidence: written
            .and_then(|claim| claim.evidence.clone())
            .unwrap_or_default(),
        claimed_on: written
            .and_then(|claim| claim.on)
            .map(date)
            .unwrap_or_default(),
        experience: said.map(support_words).unwrap_or_default(),
        experience_of: question.map_or_else(String::new, |question| question.ask.into()),
        experience_agree: said.map(|said| match said.agree {
            _ if question_hidden => withheld(),
            Some(_) if !question.is_some_and(|question| question.tells) => withheld(),
            Some(agree) => figure(agree),
            None => without(Missing::Unreliable),
        }),
        base: reading
            .base
            .filter(|_| beside.base != Base::No)
            .map(|base| {
                if beside.base == Base::Withheld {
                    withheld()
                } else {
                    figures::whole(base)
                }
            }),
    }
}

fn support_words(said: Experience) -> String {
    match said.support {
        None => "",
        Some(Support::Supported) => "supported",
        Some(Support::NotContradicted) => "not contradicted",
        Some(Support::NotSupported) => "not supported by practitioners",
        Some(Support::CannotTell) => "cannot tell",
    }
    .into()
}

/// How many people a published reading rests on: none where it speaks of posts, things or
/// claims.
fn people(item: &Item, reading: &Reading, threshold: Threshold) -> page::Figure {
    if matches!(item.local.kind, Kind::Statement) || ABOUT_THINGS.contains(&item.id.as_str()) {
        return without(Missing::NotApplicable);
    }
    match reading.people {
        Some(people) if threshold.allows(people) || reading.nobody => count(people),
        // An official figure of the whole may stand; how few people it rests on may not.
        Some(_) => withheld(),
        None => without(Missing::NotAvailable),
    }
}

/// The share of rows used, rounded down: rows left out are never rounded away. Of few
/// people it would tell how few.
pub(super) fn rows_used(reading: &Reading, threshold: Threshold) -> String {
    if reading
        .people
        .is_some_and(|people| !threshold.allows(people))
    {
        return String::new();
    }
    match reading.rows {
        None | Some((_, 0)) => String::new(),
        Some((used, about)) if used == about => "all the rows it is about".into(),
        Some((used, about)) => format!("{}% of the rows it is about", 100 * used / about),
    }
}
