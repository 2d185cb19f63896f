//! The charts of a page, and the rows that stand beside them.

use super::{slug, standard_page, unavailable, with_unit};
use crate::publication::{Item, Publication, Scope};
use crate::report::charts::{self, Holders};
use crate::report::context::{BandRow, BenchmarkRow, ClaimRow, OverviewRow};
use minijinja::Value;

/// The chart of what practitioners answered to a standard's questions.
pub(super) fn of_answers(publication: &Publication, head: &OverviewRow) -> Option<Value> {
    let items: Vec<&Item> = publication
        .items
        .iter()
        .filter(|item| item.standard == head.id)
        .collect();
    charts::answers(&head.title, &items, &format!("{}-answers", head.anchor)).map(drawn)
}

/// How many hold how many cases, drawn; `None` where nothing is told.
pub(super) fn of_bands(
    breakdown: &str,
    title: &str,
    labels: &[String],
    rows: &[BandRow],
) -> Option<Value> {
    let groups: Vec<Holders> = rows
        .iter()
        .map(|row| Holders {
            title: &row.title,
            n: &row.n,
            counts: &row.counts,
        })
        .collect();
    let id = format!("chart-bands-{}", slug(breakdown));
    charts::bands(title, labels, &groups, &id).map(drawn)
}

/// The scores of one scope, drawn.
pub(super) fn of_standards(scope: &Scope) -> Value {
    drawn(charts::standards(
        scope,
        &format!("chart-{}", slug(&scope.id)),
    ))
}

/// The employer's claims beside what practitioners say, drawn; `None` if there are none.
pub(super) fn of_claims(publication: &Publication) -> Option<Value> {
    charts::claims(&publication.items, "chart-claims").map(drawn)
}

/// One item in the spread over English councils, drawn; `None` if it has no benchmark.
pub(super) fn of_benchmark(item: &Item) -> Option<Value> {
    let id = format!("item-{}-benchmark", slug(&item.id));
    charts::benchmarks("Benchmark", &[item], &id).map(drawn)
}

/// Every measure that has a benchmark, drawn; `None` if there is none.
pub(super) fn of_benchmarks(publication: &Publication) -> Option<Value> {
    let items: Vec<&Item> = publication.items.iter().collect();
    charts::benchmarks("Benchmarks", &items, "chart-benchmarks").map(drawn)
}

/// Every measure that has a benchmark, as a row of the table beside their picture.
pub(super) fn benchmarks(publication: &Publication) -> Vec<BenchmarkRow> {
    let standards = publication.scopes.first().map_or(&[][..], |s| &s.standards);
    let row = |item: &Item| {
        let benchmark = item.benchmark.clone()?;
        let mut points = benchmark.quantiles.iter();
        let median = points.find(|point| point.percentile == 50);
        let standard = standards.iter().find(|known| known.id == item.standard);
        Some(BenchmarkRow {
            href: format!("{}#item-{}", standard_page(&item.standard), slug(&item.id)),
            ask: item.ask.clone(),
            standard: standard.map_or_else(|| item.standard.clone(), |s| s.title.clone()),
            value_words: with_unit(&benchmark.value, &item.unit),
            median_words: median.map_or_else(
                || unavailable().text,
                |point| with_unit(&point.value, &item.unit),
            ),
            england_words: with_unit(&benchmark.england, &item.unit),
            better: item.better.clone(),
            benchmark,
        })
    };
    publication.items.iter().filter_map(row).collect()
}

/// A chart is markup of our own, its words escaped.
fn drawn(chart: String) -> Value {
    Value::from_safe_string(chart)
}

/// A claim as a row of the table beside its picture; `None` where nothing stands beside it.
pub(super) fn claim(item: &Item) -> Option<ClaimRow> {
    let whole = item.findings.iter().find(|f| f.breakdown == "whole")?;
    let reading = &whole.local;
    if reading.claim.is_empty() || reading.experience_of.is_empty() {
        return None;
    }
    Some(ClaimRow {
        href: format!("{}#item-{}", standard_page(&item.standard), slug(&item.id)),
        ask: item.ask.clone(),
        claim: reading.claim.clone(),
        experience_of: reading.experience_of.clone(),
        agree: reading
            .experience_agree
            .as_ref()
            .map_or_else(|| unavailable().text, |figure| with_unit(figure, "%")),
        experience: reading.experience.clone(),
    })
}
