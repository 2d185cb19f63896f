//! Answers to questions: how many there are, the share of each, the mean, and how many
//! practitioners agree with what a statement claims.

use super::span::{Span, mean, whole};
use super::tally::Tally;
use crate::national::EXPERIENCE;
use crate::publication::{Answers, Finding, Item, Publication, Reading, Response};

const PEOPLE: &str = "numbers of answers from the answers";
const SHARES: &str = "shares of answers from their counts";
const MEANS: &str = "means of questions from the answers";
const WHOLE: &str = "means of the whole from its services'";
const AGREE: &str = "shares who agree with a claim from the answers";
const BANDS: &str = "bands of caseload from their counts";
const YES: &str = "shares of yes that are whole numbers of people";

pub(super) fn check(publication: &Publication, tally: &mut Tally) {
    for item in publication.items.iter().filter(|i| i.kind == "question") {
        for finding in &item.findings {
            for (definition, reading) in definitions(finding) {
                let (breakdown, group) = (&finding.breakdown, &finding.group);
                let place = format!("items/{}/{breakdown}/{group}/{definition}", item.id);
                if let Some(answers) = &reading.answers {
                    let pooled = finding.breakdown != "whole" || publication.scopes.len() < 2;
                    one(item, reading, answers, pooled, &place, tally);
                }
            }
        }
        of_whole(publication, item, tally);
    }
    for item in publication.items.iter().filter(|i| i.kind == "statement") {
        agreeing(publication, item, tally);
    }
    for item in publication.items.iter().filter(|i| i.kind == "measure") {
        for finding in &item.findings {
            let (breakdown, group) = (&finding.breakdown, &finding.group);
            let place = format!("items/{}/{breakdown}/{group}/national", item.id);
            if let Some(reading) = finding.national.as_ref().filter(|one| one.bands.is_some()) {
                banded(reading, &place, tally);
            }
        }
    }
    for question in &publication.awareness {
        if let (Some(yes), Some(n)) = (Span::of(&question.yes), whole(&question.n)) {
            let people = (yes.low + yes.high) / 2.0 * n / 100.0;
            let again = Span::exactly(100.0 * people.round() / n);
            let at = || format!("awareness/{}/yes", question.id);
            tally.number(YES, at, &question.yes, Some(again));
        }
    }
}

fn definitions(finding: &Finding) -> impl Iterator<Item = (&'static str, &Reading)> {
    let national = finding.national.iter().map(|reading| ("national", reading));
    national.chain([("local", &finding.local)])
}

fn one(
    item: &Item,
    reading: &Reading,
    answers: &Answers,
    pooled: bool,
    place: &str,
    tally: &mut Tally,
) {
    let counts: Option<Vec<f64>> = answers
        .counts
        .iter()
        .map(|part| whole(&part.count))
        .collect();
    let Some(counts) = counts else {
        tally.cannot(SHARES);
        return;
    };
    let answered: f64 = counts.iter().sum();
    let at = || format!("{place}/n");
    tally.number(PEOPLE, at, &reading.n, Some(Span::exactly(answered)));
    for (part, count) in answers.counts.iter().zip(&counts) {
        let share = (answered > 0.0).then(|| Span::exactly(100.0 * count / answered));
        let at = || format!("{place}/answers/{}", part.label);
        tally.number(SHARES, at, &part.share, share);
    }
    // The whole's mean weighs its services by how many they asked.
    if pooled && Span::of(&reading.value).is_some() {
        let at = || format!("{place}/value");
        let again = of_answers(item, answers, &counts);
        tally.number(MEANS, at, &reading.value, again);
    }
}

/// Bands of caseload: how many there are, the share of each, and the share above the line that
/// the measure draws.
fn banded(reading: &Reading, place: &str, tally: &mut Tally) {
    let parts = || reading.bands.iter().flat_map(|bands| &bands.counts);
    let counts: Option<Vec<f64>> = parts().map(|part| whole(&part.count)).collect();
    let Some(counts) = counts else {
        tally.cannot(BANDS);
        return;
    };
    let holders: f64 = counts.iter().sum();
    let share = |people: f64| (holders > 0.0).then(|| Span::exactly(100.0 * people / holders));
    let at = || format!("{place}/n");
    tally.number(BANDS, at, &reading.n, Some(Span::exactly(holders)));
    for (part, count) in parts().zip(&counts) {
        let at = || format!("{place}/bands/{}", part.label);
        tally.number(BANDS, at, &part.share, share(*count));
    }
    // Of five the last two, of three the last.
    let high = counts.iter().skip(counts.len().div_ceil(2)).sum();
    let at = || format!("{place}/value");
    tally.number(BANDS, at, &reading.value, share(high));
}

/// The mean of the answers: of the five ways exactly, of merged ones as near as they tell.
fn of_answers(item: &Item, answers: &Answers, counts: &[f64]) -> Option<Span> {
    // "from 0 for “never” to 100 for “always”": turned round where 0 is for the last.
    let last = &answers.counts.last()?.label;
    let reverse = counts.len() > 3 && item.rule.contains(&format!("from 0 for “{last}”"));
    let points = points(counts.len())?;
    let ways = [false, true].into_iter().filter(|turned| {
        // Merged answers do not say which way round the question is, unless it is the
        // nation's, which are none of them turned.
        if counts.len() > 3 {
            *turned == reverse
        } else {
            !turned || !item.national
        }
    });
    let spans = ways.filter_map(|turned| {
        let weighted: Vec<(Span, f64)> = if turned {
            points
                .iter()
                .rev()
                .copied()
                .zip(counts.iter().copied())
                .collect()
        } else {
            points.iter().copied().zip(counts.iter().copied()).collect()
        };
        mean(&weighted)
    });
    spans.reduce(|one, other| Span::new(one.low.min(other.low), one.high.max(other.high)))
}

/// What each answer scores, or from what to what where several were merged into one.
fn points(parts: usize) -> Option<Vec<Span>> {
    match parts {
        0 | 1 => None,
        2 => Some(vec![
            Span::new(0.0, 100.0 / 3.0),
            Span::new(200.0 / 3.0, 100.0),
        ]),
        3 => Some(vec![
            Span::new(0.0, 25.0),
            Span::exactly(50.0),
            Span::new(75.0, 100.0),
        ]),
        _ => {
            let step = 100.0 / (parts - 1) as f64;
            Some(
                (0..parts)
                    .map(|at| Span::exactly(at as f64 * step))
                    .collect(),
            )
        }
    }
}

/// The whole's mean from its services', weighted by those asked; or, where a sheet names no
/// service, of all sheets together.
fn of_whole(publication: &Publication, item: &Item, tally: &mut Tally) {
    let Some(all) = item.findings.iter().find(|f| f.breakdown == "whole") else {
        return;
    };
    for (definition, reading) in definitions(all) {
        if publication.scopes.len() < 2 || Span::of(&reading.value).is_none() {
            continue;
        }
        let services = item.findings.iter().filter(|f| f.breakdown == "service");
        let weighted: Option<Vec<(Span, f64)>> = services
            .map(|finding| {
                let own = definitions(finding)
                    .find(|(name, _)| *name == definition)?
                    .1;
                let asked = asked(&publication.response, &finding.group)?;
                Some((Span::of(&own.value)?, asked))
            })
            .collect();
        let by_asked = weighted.as_deref().and_then(mean);
        let pooled = reading.answers.as_ref().and_then(|answers| {
            let counts: Option<Vec<f64>> = answers
                .counts
                .iter()
                .map(|part| whole(&part.count))
                .collect();
            of_answers(item, answers, &counts?)
        });
        let published = Span::of(&reading.value);
        let is_pooled = published
            .zip(pooled)
            .is_some_and(|(published, pooled)| published.meets(pooled));
        let at = || format!("items/{}/whole/whole/{definition}/value", item.id);
        let again = if is_pooled { pooled } else { by_asked };
        tally.number(WHOLE, at, &reading.value, again);
    }
}

fn asked(response: &[Response], service: &str) -> Option<f64> {
    let part = response.iter().find(|part| part.scope == service)?;
    whole(&part.asked)
}

/// The share who agree, beside a claim, from the answers to the question in the same group.
fn agreeing(publication: &Publication, item: &Item, tally: &mut Tally) {
    let question = EXPERIENCE
        .iter()
        .find(|(statement, _)| *statement == item.id)
        .and_then(|(_, question)| publication.items.iter().find(|i| i.id == *question));
    let Some(question) = question else {
        return;
    };
    for finding in &item.findings {
        let Some(agree) = &finding.local.experience_agree else {
            continue;
        };
        let answers = question
            .findings
            .iter()
            .find(|other| other.breakdown == finding.breakdown && other.group == finding.group)
            .and_then(|other| other.national.as_ref()?.answers.as_ref());
        let again = answers.and_then(|answers| {
            let counts: Option<Vec<f64>> = answers
                .counts
                .iter()
                .map(|part| whole(&part.count))
                .collect();
            let counts = counts?;
            let answered: f64 = counts.iter().sum();
            let agreeing: f64 = match counts.len() {
                5 => counts[3] + counts[4],
                3 => counts[2],
                _ => return None,
            };
            (answered > 0.0).then(|| Span::exactly(100.0 * agreeing / answered))
        });
        let (breakdown, group) = (&finding.breakdown, &finding.group);
        let at = || format!("items/{}/{breakdown}/{group}/experience_agree", item.id);
        tally.number(AGREE, at, agree, again);
    }
}
