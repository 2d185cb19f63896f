//! The latest editions in; each figure over the councils that cover the same services out.

use super::figures::{Ends, of_score, printed, spread, wilson};
use super::{Row, SideBySide, Standing, Value};
use crate::national::StandardId;
use crate::publication::{Figure, Finding, Item, Publication, Scope};

/// The measures that are a share of posts or people: Wilson's interval holds for them.
pub(super) const SHARES: [&str; 5] = [
    "vacancy-rate",
    "agency-rate",
    "turnover-rate",
    "appraisal-current",
    "high-caseloads",
];

/// Like with like: a service with the same service, the whole only among councils that run
/// both.
pub(super) fn of(councils: &[&Publication]) -> Vec<SideBySide> {
    [
        ("children", "Children's services"),
        ("adults", "Adults' services"),
        ("both", "Councils that run both services, as a whole"),
    ]
    .into_iter()
    .filter_map(|(services, title)| {
        let with: Vec<(&Publication, &str)> = councils
            .iter()
            .filter_map(|council| Some((*council, scope_id(council, services)?)))
            .collect();
        (with.len() > 1).then(|| SideBySide {
            services: services.into(),
            title: title.into(),
            scores: scores(&with),
            items: items(&with),
        })
    })
    .collect()
}

/// Under which scope a council's figures for these services stand, if it has them.
fn scope_id(council: &Publication, services: &str) -> Option<&'static str> {
    let runs = |service: &str| council.council.services.iter().any(|one| one == service);
    match services {
        "both" => (runs("children") && runs("adults")).then_some("whole"),
        service if !runs(service) => None,
        _ if council.council.services.len() == 1 => Some("whole"),
        "children" => Some("children"),
        _ => Some("adults"),
    }
}

fn scores(councils: &[(&Publication, &str)]) -> Vec<Row> {
    let overall = score_row("overall", "Overall", councils, |scope| Some(&scope.overall));
    let standards = StandardId::ALL.into_iter().map(|standard| {
        score_row(standard.id(), standard.title(), councils, |scope| {
            let found = scope.standards.iter().find(|one| one.id == standard.id())?;
            Some(&found.result)
        })
    });
    std::iter::once(overall).chain(standards).collect()
}

fn score_row(
    id: &str,
    title: &str,
    councils: &[(&Publication, &str)],
    score: impl Fn(&Scope) -> Option<&crate::publication::Score>,
) -> Row {
    let found = councils.iter().filter_map(|(council, scope)| {
        let scope = council.scopes.iter().find(|one| one.id == *scope)?;
        let score = score(scope).filter(|score| score.rated && score.score.value.is_some())?;
        Some((*council, score.score.clone(), of_score(score)))
    });
    row((id, title, "score"), found.collect(), councils.len())
}

fn items(councils: &[(&Publication, &str)]) -> Vec<Row> {
    let Some((first, _)) = councils.first() else {
        return Vec::new();
    };
    // Every edition lists all its national items, in national order.
    let national = first.items.iter().filter(|item| item.national);
    national
        .filter_map(|item| {
            let found: Vec<_> = councils
                .iter()
                .filter_map(|(council, scope)| {
                    let (value, ends) = comparable(council, &item.id, scope)?;
                    Some((*council, value, ends))
                })
                .collect();
            // A wording that is changed does not compare; that of one that does is the
            // nation's, whichever council is read.
            let wording = |council: &Publication| {
                let found = council.items.iter().find(|one| one.id == item.id)?;
                Some((found.ask.clone(), found.unit.clone()))
            };
            let (ask, unit) = found.first().and_then(|(council, ..)| wording(council))?;
            let unit = match item.kind.as_str() {
                "measure" => unit,
                _ => "score".to_owned(),
            };
            (found.len() > 1).then(|| row((&item.id, &ask, &unit), found, councils.len()))
        })
        .collect()
}

/// A council's national figure of an item, if the item compares and the figure is there.
fn comparable(council: &Publication, item: &str, scope: &str) -> Option<(Figure, Option<Ends>)> {
    let item: &Item = council.items.iter().find(|one| one.id == item)?;
    if !matches!(item.comparability.as_str(), "identical" | "complies") {
        return None;
    }
    let here = |finding: &&Finding| match scope {
        "whole" => finding.breakdown == "whole",
        service => finding.breakdown == "service" && finding.group == service,
    };
    let reading = item.findings.iter().find(here)?.national.as_ref()?;
    let value = reading.value.value?;
    let n = reading.base.as_ref().and_then(|base| base.value);
    let ends = n
        .filter(|_| SHARES.contains(&item.id.as_str()))
        .and_then(|n| wilson(value, n));
    Some((reading.value.clone(), ends))
}

fn row(
    (id, title, unit): (&str, &str, &str),
    found: Vec<(&Publication, Figure, Option<Ends>)>,
    of: usize,
) -> Row {
    let intervals: Vec<(usize, Ends)> = found
        .iter()
        .enumerate()
        .filter_map(|(at, (.., ends))| Some((at, (*ends)?)))
        .collect();
    Row {
        id: id.into(),
        title: title.into(),
        unit: unit.into(),
        councils: found.len(),
        without: of - found.len(),
        spread: spread(found.iter().filter_map(|(_, figure, _)| figure.value)),
        values: found
            .iter()
            .enumerate()
            .map(|(at, (council, value, ends))| Value {
                council: council.id.clone(),
                value: value.clone(),
                low: ends.map(|(low, _)| printed(low)),
                high: ends.map(|(_, high)| printed(high)),
                standing: ends.map(|own| standing(at, own, &intervals)),
            })
            .collect(),
    }
}

/// Pair by pair: above or below only where the intervals do not touch.
fn standing(at: usize, (low, high): Ends, all: &[(usize, Ends)]) -> Standing {
    let others = || all.iter().filter(|(other, _)| *other != at);
    let clearly_above = others().filter(|(_, other)| low > other.1).count();
    let clearly_below = others().filter(|(_, other)| high < other.0).count();
    Standing {
        clearly_above,
        clearly_below,
        not_distinguishable: others().count() - clearly_above - clearly_below,
    }
}
