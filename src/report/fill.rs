//! Filling in the names a template may use.
//!
//! In: Publications and the style sheet. Out: a [`Page`] or an [`Index`].

mod absent;
mod assured;
mod bands;
mod breakdowns;
mod caseloads;
mod changes;
mod history;
mod own;
mod pictures;

use super::context::{
    Chapter, Headline, Index, IndexRow, ItemPart, KeptRow, Overview, OverviewRow, Page, ReadingRow,
};
use super::{Kept, brand};
use crate::missing::Missing;
use crate::publication::{Figure, Item, LocalStandard, Publication, Reading};
use absent::{no_grade, no_score, nothing_found, unavailable};
use std::collections::BTreeSet;

/// The names for one council's pages.
pub fn page<'a>(publication: &'a Publication, kept: &[Kept], style: &str) -> Page<'a> {
    let short = publication.only.is_some();
    let mut overview: Vec<Overview> = publication
        .scopes
        .iter()
        .map(|scope| overview(publication, scope))
        .collect();
    let mut chapters = chapters(publication, &overview);
    if short {
        overview.clear();
        chapters.iter_mut().for_each(what_stands);
        chapters.retain(|chapter| !chapter.items.is_empty());
    }
    let caseloads = match short {
        true => Vec::new(),
        false => caseloads::rows(publication),
    };
    Page {
        headline: headline(publication),
        chapters,
        overview,
        claims: publication
            .items
            .iter()
            .filter(|_| !short)
            .filter_map(pictures::claim)
            .collect(),
        claims_chart: pictures::of_claims(publication).filter(|_| !short),
        breakdowns: if short {
            Vec::new()
        } else {
            breakdowns::all(publication)
        },
        change_tables: changes::tables(publication),
        history: history::tables(publication, kept),
        caseloads_chart: caseloads::drawn(publication, &caseloads),
        caseloads,
        own_items: own::items(publication),
        targets: own::targets(publication),
        caseload_bands: if short {
            Vec::new()
        } else {
            bands::tables(publication)
        },
        benchmarks: pictures::benchmarks(publication),
        benchmarks_chart: pictures::of_benchmarks(publication),
        kept: kept
            .iter()
            .map(|kept| KeptRow {
                link: kept.path.clone(),
                words: kept_words(&kept.words, publication),
            })
            .collect(),
        workbook: cfg!(feature = "xlsx"),
        overdue: publication.plan.iter().filter(|a| a.overdue).count(),
        tailored: publication
            .items
            .iter()
            .filter(|item| item.comparability != "identical")
            .count(),
        logo: brand::logo(publication).map(|(path, _)| path.to_owned()),
        style: minijinja::Value::from_safe_string(brand::style(style, brand::colour(publication))),
        publication,
    }
}

/// The day of earlier figures; of the same day, that they are not those of now.
fn kept_words(day: &str, now: &Publication) -> String {
    match (day == now.council.as_of_words, now.corrections.is_empty()) {
        (false, _) => day.to_owned(),
        (true, true) => format!("{day}, an earlier release"),
        (true, false) => format!("{day}, an earlier release, withdrawn since"),
    }
}

/// The names for the index page: alphabetical, never a league table.
pub fn index(mut councils: Vec<IndexRow>, style: &str) -> Index {
    councils.sort_by_key(|row| (row.name.to_lowercase(), row.id.clone()));
    Index {
        councils,
        not_a_rating: crate::publication::NOT_A_RATING.to_owned(),
        edition: crate::national::EDITION.to_owned(),
        symbols: Missing::ALL
            .iter()
            .map(|missing| (missing.symbol().to_owned(), missing.meaning().to_owned()))
            .collect(),
        style: minijinja::Value::from_safe_string(style.to_owned()),
    }
}

/// One council on the index page.
pub fn index_row(publication: &Publication) -> IndexRow {
    let headline = headline(publication);
    IndexRow {
        name: publication.council.name.clone(),
        id: publication.id.clone(),
        link: format!("{}/index.html", slug(&publication.id)),
        as_of: publication.council.as_of_words.clone(),
        covers: publication.council.covers.clone(),
        answered: headline.answered,
        asked: headline.asked,
        overall: headline.overall,
        grade: headline.grade,
        comparable: publication.tailoring.text.clone(),
    }
}

fn headline(publication: &Publication) -> Headline {
    let response = publication.response.first();
    let scope = publication.scopes.first();
    let figure = |of: Option<&Figure>| of.cloned().unwrap_or_else(unavailable);
    Headline {
        asked: figure(response.map(|r| &r.asked)),
        answered: figure(response.map(|r| &r.answered)),
        rate: with_unit(&figure(response.map(|r| &r.rate)), "%"),
        rate_words: response.map(|r| r.words.clone()).unwrap_or_default(),
        overall: scope.map_or_else(no_score, |s| s.overall.clone()),
        local_overall: scope.map_or_else(no_score, |s| s.local_overall.clone()),
        assured: figure(scope.map(|s| &s.assured)),
        held_down: scope.map(|s| s.held_down.clone()).unwrap_or_default(),
        grade: scope.map_or_else(no_grade, |s| s.grade.clone()),
    }
}

/// How sure the scores of a scope can be: n, N, the rate and the rule of thumb.
fn response_words(publication: &Publication, scope: &str) -> String {
    let Some(response) = publication.response.iter().find(|r| r.scope == scope) else {
        return String::new();
    };
    if response.answered.symbol.is_some() {
        return format!("Practitioners who answered: {}.", response.answered.text);
    }
    if response.asked.symbol.is_some() {
        return format!(
            "{} practitioners answered; how many were asked is not known, so there is no response rate, and the intervals are as wide as of a sample from a boundless number.",
            response.answered.text
        );
    }
    format!(
        "{} of {} practitioners answered ({}), which the Health and Safety Executive's rule of thumb calls “{}”.",
        response.answered.text,
        response.asked.text,
        with_unit(&response.rate, "%"),
        response.words
    )
}

fn overview(publication: &Publication, scope: &crate::publication::Scope) -> Overview {
    let rows = scope.standards.iter().map(|standard| {
        let local = scope.local.iter().find(|local| local.id == standard.id);
        OverviewRow {
            id: standard.id.clone(),
            anchor: anchor(&standard.id),
            href: standard_page(&standard.id),
            title: standard.title.clone(),
            scope: scope.title.clone(),
            result: standard.result.clone(),
            coverage: standard.coverage.clone(),
            assured: standard.assured.clone(),
            held_down: standard.held_down.clone(),
            claims: standard.claims.clone(),
            held_down_by: match standard.assured.value {
                Some(_) => assured::held_down_by(publication, &standard.id, &scope.id),
                None => Vec::new(),
            },
            local: local.map_or_else(no_score, |local| local.result.clone()),
            local_coverage: local.map_or_else(String::new, |local| local.coverage.clone()),
        }
    });
    let own = scope.local.iter().filter(|local| !local.national);
    Overview {
        id: scope.id.clone(),
        title: scope.title.clone(),
        chart: pictures::of_standards(scope),
        response: response_words(publication, &scope.id),
        rows: rows.collect(),
        own: own.map(|local| own_row(local, &scope.title)).collect(),
        overall: scope.overall.clone(),
        local_overall: scope.local_overall.clone(),
        assured: scope.assured.clone(),
        held_down: scope.held_down.clone(),
        grade: scope.grade.clone(),
    }
}

fn own_row(local: &LocalStandard, scope: &str) -> OverviewRow {
    OverviewRow {
        id: local.id.clone(),
        anchor: anchor(&local.id),
        href: standard_page(&local.id),
        title: local.title.clone(),
        scope: scope.to_owned(),
        result: local.result.clone(),
        coverage: local.coverage.clone(),
        assured: local.result.score.clone(),
        held_down: String::new(),
        claims: String::new(),
        held_down_by: Vec::new(),
        local: local.result.clone(),
        local_coverage: local.coverage.clone(),
    }
}

fn chapters<'a>(publication: &'a Publication, overview: &[Overview]) -> Vec<Chapter<'a>> {
    let Some(first) = overview.first() else {
        return Vec::new();
    };
    let scope = publication.scopes.first();
    let heads = first.rows.iter().map(|row| (row, true));
    // No run names a standard twice; whoever else does has one page for it.
    let mut paged = BTreeSet::new();
    heads
        .chain(first.own.iter().map(|row| (row, false)))
        .filter(|(head, _)| paged.insert(&head.anchor))
        .map(|(head, national)| {
            let local = scope.and_then(|s| s.local.iter().find(|local| local.id == head.id));
            let rows = overview
                .iter()
                .flat_map(|one| one.rows.iter().chain(&one.own));
            Chapter {
                id: head.id.clone(),
                anchor: head.anchor.clone(),
                href: head.href.clone(),
                title: head.title.clone(),
                national,
                note: local.and_then(|local| local.note.clone()),
                formula: local.map_or_else(String::new, |local| local.formula.clone()),
                scores: rows.filter(|row| row.id == head.id).cloned().collect(),
                answers_chart: pictures::of_answers(publication, head),
                items: items(publication, &head.id),
                actions: publication
                    .plan
                    .iter()
                    .filter(|action| action.standard == head.id)
                    .collect(),
            }
        })
        .collect()
}

/// Of a chapter of a short page: the items that say something.
fn what_stands(chapter: &mut Chapter<'_>) {
    let says = |row: &ReadingRow| row.reading.value.value.is_some();
    chapter.items.retain(|item| item.readings.iter().any(says));
    chapter.scores.clear();
    chapter.answers_chart = None;
}

fn items<'a>(publication: &'a Publication, standard: &str) -> Vec<ItemPart<'a>> {
    publication
        .items
        .iter()
        .filter(|item| item.standard == standard)
        .map(|item| item_part(publication, item))
        .collect()
}

fn item_part<'a>(publication: &'a Publication, item: &'a Item) -> ItemPart<'a> {
    let mut readings = Vec::new();
    for finding in &item.findings {
        if finding.breakdown != "whole" && finding.breakdown != "service" {
            continue;
        }
        let title = group_title(publication, &finding.breakdown, &finding.group);
        if let Some(national) = &finding.national {
            readings.push(reading_row(item, &title, "national", national));
        }
        if finding.national.as_ref() != Some(&finding.local) {
            readings.push(reading_row(item, &title, "our own", &finding.local));
        }
    }
    let two = |word: &str| readings.iter().any(|row| row.definition == word);
    ItemPart {
        anchor: format!("item-{}", slug(&item.id)),
        kind_words: match item.kind.as_str() {
            "measure" => "Measure, from records",
            "question" => "Question to practitioners",
            _ => "Statement by the employer",
        }
        .to_owned(),
        found: !readings.is_empty(),
        benchmark_chart: pictures::of_benchmark(item),
        two_definitions: two("national") && two("our own"),
        whole: whole(item, &readings).unwrap_or_else(nothing_found),
        readings,
        item,
    }
}

/// The first reading; of an item that does not compare the council's own, since by the
/// nation's definition it has none.
fn whole(item: &Item, readings: &[ReadingRow]) -> Option<ReadingRow> {
    let first = readings.first()?;
    let own = readings.get(1).filter(|own| {
        item.comparability == "not comparable"
            && own.title == first.title
            && first.reading.score.symbol.is_some()
    });
    Some(own.unwrap_or(first).clone())
}

fn reading_row(item: &Item, title: &str, definition: &str, reading: &Reading) -> ReadingRow {
    ReadingRow {
        title: title.to_owned(),
        definition: definition.to_owned(),
        value_words: with_unit(&reading.value, &item.unit),
        reading: reading.clone(),
    }
}

fn group_title(publication: &Publication, breakdown: &str, name: &str) -> String {
    publication
        .groups
        .iter()
        .find(|group| group.breakdown == breakdown && group.name == name)
        .map_or_else(|| name.to_owned(), |group| group.title.clone())
}

/// A figure with its unit; a symbol stands alone.
fn with_unit(figure: &Figure, unit: &str) -> String {
    match (&figure.symbol, unit) {
        (Some(symbol), _) => symbol.clone(),
        (None, "") => figure.text.clone(),
        (None, "%") => format!("{}%", figure.text),
        (None, unit) => format!("{} {unit}", figure.text),
    }
}

/// The name of a standard's page.
fn anchor(standard: &str) -> String {
    format!("standard-{}", slug(standard))
}

/// The page of a standard.
fn standard_page(standard: &str) -> String {
    format!("{}.html", anchor(standard))
}

/// Letters, digits and hyphens only, so that an id can stand in a link and an anchor.
fn slug(id: &str) -> String {
    id.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c
            } else {
                '-'
            }
        })
        .collect()
}
