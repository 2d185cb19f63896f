//! Items' scores from what they rest on: a measure's from its figure, a statement's from
//! its claim, a question's is its mean.

use super::span::{Span, mean, whole as whole_number};
use super::tally::Tally;
use crate::check::Kind;
use crate::national::EDITION;
use crate::publication::{Finding, Item, Publication, Reading};
use crate::validate;

const MEASURES: &str = "scores of measures from their figures";
const QUESTIONS: &str = "scores of questions from their means";
const STATEMENTS: &str = "scores of statements from their claims";
const WITHHELD: &str = "withheld readings that show nothing else";

pub(super) fn check(publication: &Publication, tally: &mut Tally) {
    for item in &publication.items {
        for finding in &item.findings {
            let place = |definition: &str| {
                let (breakdown, group) = (&finding.breakdown, &finding.group);
                format!("items/{}/{breakdown}/{group}/{definition}", item.id)
            };
            if let Some(reading) = &finding.national {
                let ends = national_ends(publication, item);
                let services =
                    of_services(publication, item, finding, |part| part.national.as_ref());
                let with = With { ends, services };
                reading_of(item, reading, &with, &place("national"), tally);
            }
            let with = With {
                ends: ends(&item.rule),
                services: of_services(publication, item, finding, |part| Some(&part.local)),
            };
            reading_of(item, &finding.local, &with, &place("local"), tally);
        }
    }
}

/// Whether an item counts in the nation's score.
pub(super) fn compares(item: &Item) -> bool {
    matches!(item.comparability.as_str(), "identical" | "complies")
}

/// What a score is worked out with.
struct With {
    /// A measure's best and worst.
    ends: Option<(f64, f64)>,
    /// For the whole, the mean of its services' scores.
    services: Option<Span>,
}

/// Where services claim different things, the whole's score is the mean of theirs, weighted
/// by how many each asked, or plain where sheets are taken together; where how many answered
/// is withheld, either.
fn of_services<'a>(
    publication: &Publication,
    item: &'a Item,
    whole: &Finding,
    reading: impl Fn(&'a Finding) -> Option<&'a Reading>,
) -> Option<Span> {
    if whole.breakdown != "whole" {
        return None;
    }
    let weighted = |weight: &dyn Fn(&str) -> Option<f64>| {
        let scores: Option<Vec<(Span, f64)>> = item
            .findings
            .iter()
            .filter(|finding| finding.breakdown == "service")
            .map(|finding| {
                let score = Span::of_score(&reading(finding)?.score)?;
                Some((score, weight(&finding.group)?))
            })
            .collect();
        mean(&scores?)
    };
    let response = &publication.response;
    let asked = |service: &str| {
        let part = response.iter().find(|part| part.scope == service)?;
        whole_number(&part.asked).filter(|asked| *asked > 0.0)
    };
    let plain = weighted(&|_| Some(1.0));
    let by_asked = weighted(&asked);
    let answered = |of_whole: bool| -> Option<f64> {
        let parts = response
            .iter()
            .filter(|part| (part.scope == "whole") == of_whole);
        parts.map(|part| whole_number(&part.answered)).sum()
    };
    match (plain, by_asked, answered(true), answered(false)) {
        (_, Some(by_asked), Some(all), Some(parts)) if all > 0.0 && all == parts => Some(by_asked),
        (Some(plain), Some(by_asked), all, parts) if all.is_none() || parts.is_none() => Some(
            Span::new(plain.low.min(by_asked.low), plain.high.max(by_asked.high)),
        ),
        (plain, ..) => plain,
    }
}

fn reading_of(item: &Item, reading: &Reading, with: &With, place: &str, tally: &mut Tally) {
    let at = || format!("{place}/score");
    if reading.value.symbol.as_deref() == Some("c") {
        let bare = Reading::without(&reading.value, &reading.why_not);
        let holds = *reading == bare;
        tally.check(WITHHELD, holds, || place.to_owned(), "more than `c`", "c");
        return;
    }
    if Span::of(&reading.score).is_none() {
        return;
    }
    match item.kind.as_str() {
        "measure" if with.ends.is_none() => {
            tally.beyond(
                MEASURES,
                "made by the council's own formula or another edition's",
            );
        }
        "measure" => {
            let again = with
                .ends
                .zip(Span::of(&reading.value))
                .map(|((best, worst), value)| {
                    let score = |value: f64| 100.0 * (value - worst) / (best - worst);
                    value.along(score).within(0.0, 100.0)
                });
            tally.number(MEASURES, at, &reading.score, again);
        }
        "question" => {
            let again = Span::of(&reading.value);
            tally.number(QUESTIONS, at, &reading.score, again);
        }
        _ => {
            let again = match reading.claim.as_str() {
                "yes" => Some(100.0),
                "partly" => Some(50.0),
                "no" => Some(0.0),
                _ => None,
            };
            let again = match with.services {
                Some(services) if reading.claim == "partly" => Some(services),
                _ => again.map(Span::exactly),
            };
            tally.number(STATEMENTS, at, &reading.score, again);
        }
    }
}

/// Best and worst by the nation's card, if the edition is the one in this program.
fn national_ends(publication: &Publication, item: &Item) -> Option<(f64, f64)> {
    if publication.edition != EDITION {
        return None;
    }
    let card = validate::national()
        .iter()
        .find(|card| card.id == item.id)?;
    match &card.local.kind {
        Kind::Measure(measure) => Some((measure.best, measure.worst)),
        Kind::Question(_) | Kind::Statement => None,
    }
}

/// Best and worst by the council's own rule, as it is printed last: "100 at 12, 0 at 22".
fn ends(rule: &str) -> Option<(f64, f64)> {
    if rule.contains("formula") {
        return None;
    }
    let (_, last) = rule.rsplit_once("100 at ")?;
    let (best, worst) = last.split_once(", 0 at ")?;
    Some((best.trim().parse().ok()?, worst.trim().parse().ok()?))
}
