//! Both sets of scores for the whole and each service, as far as they may be seen.
//!
//! A score is withheld with any of the figures that it rests on: from a mean and the
//! others, the withheld one could be worked out.

use super::figures::{count, figure, withheld, withheld_words, without};
use super::threshold::{Threshold, Verdict};
use super::{about, figures, grade, scope_id, scope_title};
use crate::assessment::{Assessment, Finding, LocalScore, Scores, Spread, StandardScore};
use crate::check::{HealthCheck, Item};
use crate::missing::Missing;
use crate::national::{Band, Service, StandardId};
use crate::publication::{self as page, HeldDown, listed};

/// The scopes in the assessment's order.
pub(super) fn scopes(
    check: &HealthCheck,
    assessment: &Assessment,
    threshold: Threshold,
    verdicts: &[Verdict],
    items: &[page::Item],
) -> Vec<page::Scope> {
    let hidden: Vec<Hidden> = assessment
        .scopes
        .iter()
        .map(|scores| Hidden::of(check, assessment, scores, verdicts))
        .collect();
    let owns: Vec<grade::Own> = assessment
        .scopes
        .iter()
        .zip(&hidden)
        .map(|(scores, hidden)| grade::own(check, assessment, scores, threshold, hidden))
        .collect();
    assessment
        .scopes
        .iter()
        .zip(&hidden)
        .enumerate()
        .map(|(index, (scores, hidden))| {
            let overall = match &scores.overall {
                _ if hidden.any_national() => None,
                Ok(score) => Some(Ok(*score)),
                Err(unrated) => Some(Err(unrated_words(unrated))),
            };
            let local_overall = (!hidden.any()).then(|| scores.local_overall.clone());
            let national_band = |score| Band::of(score).words().to_owned();
            page::Scope {
                id: scope_id(scores.service).into(),
                title: scope_title(scores.service, &about::whole(check)),
                standards: scores
                    .national
                    .iter()
                    .map(|standard| national(standard, hidden, scores.service, items))
                    .collect(),
                overall: score(overall, national_band, scores.spread),
                assured: unless(hidden.any_national(), scores.assured),
                held_down: if hidden.any_national() {
                    String::new()
                } else {
                    let each = StandardId::ALL.map(|id| held_down(id, scores.service, items));
                    each.into_iter()
                        .fold(HeldDown::default(), HeldDown::and)
                        .words()
                },
                local: scores
                    .local
                    .iter()
                    .map(|standard| local(check, standard, hidden))
                    .collect(),
                local_overall: score(local_overall, |score| check.overall().band(score), None),
                grade: grade::grade(check, assessment, &owns, index, hidden),
            }
        })
        .collect()
}

/// The standards of one scope whose scores rest on withheld figures.
pub(super) struct Hidden {
    national: Vec<String>,
    local: Vec<String>,
}

impl Hidden {
    fn of(
        check: &HealthCheck,
        assessment: &Assessment,
        scores: &Scores,
        verdicts: &[Verdict],
    ) -> Self {
        let here = |index: usize| {
            let group = &assessment.groups[index];
            group.service == scores.service
                && (group.service.is_some() || group.breakdown == "whole")
        };
        let (mut national, mut local) = (Vec::new(), Vec::new());
        for (finding, verdict) in assessment.findings.iter().zip(verdicts) {
            let item: &Item = &check.items()[finding.item];
            if !here(finding.group) {
                continue;
            }
            // Whether a withheld item was scored is itself withheld, so that unscored ones
            // count here too. And the whole's assured score tells what a service's
            // practitioners say of its yes, where the services differ.
            if verdict.national || rests_on_withheld(check, assessment, finding, verdicts) {
                national.push(item.standard.clone());
            }
            if verdict.national || verdict.local {
                local.push(item.standard.clone());
            }
        }
        Self { national, local }
    }

    /// Whether the nation's score of a standard is withheld.
    pub(super) fn national(&self, standard: StandardId) -> bool {
        self.national.iter().any(|id| id == standard.id())
    }

    /// Whether the nation's score of any standard is withheld.
    pub(super) fn any_national(&self) -> bool {
        !self.national.is_empty()
    }

    fn local(&self, standard: &str) -> bool {
        self.local.iter().any(|id| id == standard)
    }

    fn any(&self) -> bool {
        self.any_national() || !self.local.is_empty()
    }
}

/// Whether a statement's assured score rests on what the practitioners of one service say,
/// and what they say is withheld.
fn rests_on_withheld(
    check: &HealthCheck,
    assessment: &Assessment,
    finding: &Finding,
    verdicts: &[Verdict],
) -> bool {
    let Some(reading) = &finding.national else {
        return false;
    };
    let by = reading.yes.and_then(|yes| yes.of).zip(reading.experience);
    let Some((service, experience)) = by else {
        return false;
    };
    let beside = |other: &Finding| {
        check.items()[other.item].id == experience.question
            && assessment.groups[other.group].service == Some(service)
    };
    let mut others = assessment.findings.iter().zip(verdicts);
    others.any(|(other, verdict)| beside(other) && verdict.national)
}

fn unrated_words(unrated: &[StandardId]) -> String {
    let titles: Vec<String> = unrated.iter().map(|id| id.title().to_owned()).collect();
    let are = if titles.len() == 1 { "is" } else { "are" };
    format!("{} {are} not rated", listed(&titles))
}

/// A score, why it is not rated, or (`None`) withheld.
fn score(
    score: Option<Result<f64, String>>,
    band: impl Fn(f64) -> String,
    spread: Option<Spread>,
) -> page::Score {
    let (low, high, error) = match (&score, spread) {
        (Some(Ok(score)), Some(Spread { half_width, error })) => (
            Some(figure((score - half_width).max(0.0))),
            Some(figure((score + half_width).min(100.0))),
            Some(figures::error(error)),
        ),
        _ => (None, None, None),
    };
    let interval = match (&low, &high) {
        (Some(low), Some(high)) => format!("{} to {}", low.text, high.text),
        _ => String::new(),
    };
    let result = plain_score(score, band);
    page::Score {
        low,
        high,
        interval,
        error,
        ..result
    }
}

fn plain_score(score: Option<Result<f64, String>>, band: impl Fn(f64) -> String) -> page::Score {
    let none = |figure, why_not| page::Score {
        score: figure,
        band: String::new(),
        rated: false,
        why_not,
        low: None,
        high: None,
        interval: String::new(),
        error: None,
    };
    match score {
        None => none(withheld(), withheld_words()),
        Some(Ok(score)) => page::Score {
            band: band(score),
            rated: true,
            ..none(figure(score), String::new())
        },
        Some(Err(because)) => none(
            without(Missing::NotAvailable),
            format!("not rated, because {because}"),
        ),
    }
}

/// A score that is never missing, unless it is withheld.
fn unless(is_hidden: bool, score: f64) -> page::Figure {
    if is_hidden { withheld() } else { figure(score) }
}

/// Items scored, items that count, and both in words.
fn coverage(
    (scored, counted): (usize, usize),
    is_hidden: bool,
) -> (page::Figure, page::Figure, String) {
    if is_hidden {
        return (withheld(), withheld(), withheld().text);
    }
    let items = if counted == 1 { "item" } else { "items" };
    (
        count(scored as u64),
        count(counted as u64),
        format!("{scored} of {counted} {items}"),
    )
}

fn national(
    standard: &StandardScore,
    hidden: &Hidden,
    service: Option<Service>,
    items: &[page::Item],
) -> page::Standard {
    let is_hidden = hidden.national(standard.standard);
    let result = (!is_hidden).then(|| standard.score.clone());
    let (scored, counted, coverage) = coverage(standard.coverage, is_hidden);
    page::Standard {
        id: standard.standard.id().into(),
        title: standard.standard.title().into(),
        result: score(
            result,
            |score| Band::of(score).words().into(),
            standard
                .spread
                .filter(|_| !tells_answers(standard.standard, service, items)),
        ),
        assured: unless(is_hidden, standard.assured),
        held_down: if is_hidden {
            String::new()
        } else {
            held_down(standard.standard, service, items).words()
        },
        scored,
        counted,
        coverage,
        claims: worst_of_claims(standard.standard, service, items),
    }
}

/// Whether a finding is of the whole, or of a service.
fn is_of(service: Option<Service>, finding: &page::Finding) -> bool {
    match service {
        None => finding.breakdown == "whole",
        Some(service) => finding.breakdown == "service" && finding.group == service.id(),
    }
}

/// Whether an interval would tell how a single question was answered, answer by answer: from
/// a mean, a variance and a coarse split the five counts follow.
fn tells_answers(standard: StandardId, service: Option<Service>, items: &[page::Item]) -> bool {
    let asked: Vec<bool> = items
        .iter()
        .filter(|item| item.standard == standard.id() && item.kind == "question")
        .filter_map(|item| {
            let here = item
                .findings
                .iter()
                .find(|finding| is_of(service, finding))?;
            let reading = here.national.as_ref()?;
            let one_by_one = |own: &page::Answers| own.counts.len() == item.scale.len();
            let printed = reading.answers.as_ref().is_some_and(one_by_one);
            reading.rated.then_some(printed)
        })
        .collect();
    matches!(asked.as_slice(), [printed] if !printed)
}

/// What holds a standard's assured score down, by its items as they are published.
fn held_down(standard: StandardId, service: Option<Service>, items: &[page::Item]) -> HeldDown {
    let of_standard = items.iter().filter(|item| item.standard == standard.id());
    let readings = of_standard.flat_map(|item| {
        let here = item.findings.iter();
        here.filter(|finding| is_of(service, finding))
            .filter_map(move |finding| Some((item, finding.national.as_ref()?)))
    });
    HeldDown::of(readings, service.is_none())
}

/// What practitioners say of the employer's claims, from worst to best.
const CLAIMS: [&str; 4] = [
    "not supported by practitioners",
    "cannot tell",
    "not contradicted",
    "supported",
];

/// The worst of what stands beside a standard's statements, as they are published: so that
/// it gives nothing away that they do not.
fn worst_of_claims(standard: StandardId, service: Option<Service>, items: &[page::Item]) -> String {
    let said: Vec<&str> = items
        .iter()
        .filter(|item| item.standard == standard.id())
        .flat_map(|item| &item.findings)
        .filter(|finding| is_of(service, finding))
        .filter_map(|finding| finding.national.as_ref())
        .map(|reading| reading.experience.as_str())
        .collect();
    let worst = CLAIMS.into_iter().find(|words| said.contains(words));
    worst.unwrap_or_default().to_owned()
}

fn local(check: &HealthCheck, own: &LocalScore, hidden: &Hidden) -> page::LocalStandard {
    let standard = &check.standards()[own.standard];
    let is_hidden = hidden.local(&standard.id);
    let result = (!is_hidden).then(|| own.score.clone());
    let (scored, counted, coverage) = coverage(own.coverage, is_hidden);
    let formula = standard.score.as_ref();
    page::LocalStandard {
        id: standard.id.clone(),
        title: standard.title.clone(),
        national: standard.national.is_some(),
        weight: standard.weight,
        result: score(result, |score| check.overall().band(score), None),
        scored,
        counted,
        coverage,
        formula: formula.map_or_else(String::new, |formula| formula.text().into()),
        note: standard.note.clone(),
    }
}
