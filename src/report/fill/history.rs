//! Scores edition by edition: a Publication and the results kept beside it in, a table a
//! scope with its chart out.
//!
//! Whether two editions compare is said by the later of the two, as it was published.

use crate::publication::{Change, Figure, Publication, SCHEMA, Scope, ScopeChange, Score};
use crate::report::Kept;
use crate::report::charts::{self, Point, Series};
use crate::report::context::{Broken, History, HistoryCell, HistoryRow};
use std::collections::BTreeMap;

/// Editions in one table at the most: the latest.
const MOST: usize = 5;

/// One table a scope: the whole first; none where nothing was published before.
pub(super) fn tables(publication: &Publication, kept: &[Kept]) -> Vec<History> {
    let Some(changes) = &publication.changes else {
        return Vec::new();
    };
    let earlier = editions(publication, kept);
    let mut all: Vec<Edition<'_>> = earlier.values().map(Edition::Read).collect();
    if !earlier.contains_key(&changes.since) {
        // The file is not at hand: what this edition repeats of it is.
        all = vec![Edition::Repeated(publication)];
    }
    all.push(Edition::Read(publication));
    let all = &all[all.len().saturating_sub(MOST)..];
    changes
        .scopes
        .iter()
        .map(|scope| table(all, scope))
        .collect()
}

/// What was published before of earlier days up to the last one that is compared with, by
/// day; of several releases of a day the latest.
fn editions(publication: &Publication, kept: &[Kept]) -> BTreeMap<String, Publication> {
    let since = publication.changes.as_ref().map(|changes| &changes.since);
    kept.iter()
        .filter_map(|one| serde_json::from_slice::<Publication>(&one.bytes).ok())
        .filter(|one| one.schema == SCHEMA && one.council.code == publication.council.code)
        .filter(|one| since.is_some_and(|since| one.council.as_of <= *since))
        .map(|one| (one.council.as_of.clone(), one))
        .collect()
}

/// Where the figures of an edition are had from.
#[derive(Clone, Copy)]
enum Edition<'a> {
    /// Its own results.
    Read(&'a Publication),
    /// What the next edition repeats of it, without intervals.
    Repeated(&'a Publication),
}

impl<'a> Edition<'a> {
    /// Its as-of date.
    fn day(self) -> &'a str {
        match self {
            Edition::Read(own) => &own.council.as_of,
            Edition::Repeated(next) => next.changes.as_ref().map_or("", |changes| &changes.since),
        }
    }

    /// The same in short words: "Sep 2025".
    fn words(self) -> String {
        let words = match self {
            Edition::Read(own) => own.council.as_of_words.as_str(),
            Edition::Repeated(next) => next.changes.as_ref().map_or("", |c| &c.since_words),
        };
        match words.split(' ').collect::<Vec<_>>().as_slice() {
            [_, month, year] => {
                let short: String = month.chars().take(3).collect();
                format!("{short} {year}")
            }
            _ => self.day().to_owned(),
        }
    }

    /// One score of one scope: figure, interval as printed and as numbers.
    fn score(self, scope: &str, id: &str) -> Option<Told> {
        match self {
            Edition::Read(own) => {
                let scope = own.scopes.iter().find(|one| one.id == scope)?;
                Some(Told::of(find(scope, id)?))
            }
            Edition::Repeated(next) => Some(Told {
                figure: within(&change(next, scope, id)?.then),
                interval: None,
                words: String::new(),
            }),
        }
    }
}

struct Told {
    figure: Figure,
    interval: Option<(f64, f64)>,
    words: String,
}

impl Told {
    fn of(score: &Score) -> Self {
        let end = |figure: &Option<Figure>| figure.as_ref().and_then(|end| within(end).value);
        Self {
            figure: within(&score.score),
            interval: end(&score.low).zip(end(&score.high)),
            words: score.interval.clone(),
        }
    }
}

/// A figure as published. An earlier file may hold anything: a number that is no score is
/// printed as it stands there, and not drawn.
fn within(figure: &Figure) -> Figure {
    Figure {
        value: figure.value.filter(|value| (0.0..=100.0).contains(value)),
        ..figure.clone()
    }
}

fn find<'a>(scope: &'a Scope, id: &str) -> Option<&'a Score> {
    if id == "overall" {
        return Some(&scope.overall);
    }
    let mut standards = scope.standards.iter();
    let standard = standards.find(|standard| standard.id == id)?;
    Some(&standard.result)
}

/// What an edition says of a score and the one before.
fn change<'a>(of: &'a Publication, scope: &str, id: &str) -> Option<&'a Change> {
    let changes = of.changes.as_ref()?;
    let scope = changes.scopes.iter().find(|one| one.id == scope)?;
    let mut scores = scope.standards.iter().chain([&scope.overall]);
    scores.find(|one| one.id == id).map(|one| &one.change)
}

/// Why two editions' scores do not compare; `None` if they do.
fn parted(before: Edition<'_>, after: Edition<'_>, scope: &str, id: &str) -> Option<String> {
    let Edition::Read(own) = after else {
        return None;
    };
    let since = own.changes.as_ref().map(|changes| changes.since.as_str());
    match change(own, scope, id) {
        Some(change) if since == Some(before.day()) => {
            change.difference.is_none().then(|| change.words.clone())
        }
        _ => Some("not compared, because no comparison of the two was published".to_owned()),
    }
}

fn table(all: &[Edition<'_>], scope: &ScopeChange) -> History {
    let mut broken: Vec<Broken> = Vec::new();
    let mut rows = Vec::new();
    let mut drawn = Vec::new();
    for score in scope.standards.iter().chain([&scope.overall]) {
        let mut cells = Vec::new();
        let mut intervals = Vec::new();
        for (index, edition) in all.iter().enumerate() {
            let told = edition.score(&scope.id, &score.id).unwrap_or_else(|| Told {
                figure: super::unavailable(),
                interval: None,
                words: String::new(),
            });
            let before = index.checked_sub(1).map(|before| all[before]);
            let why = before.and_then(|one| parted(one, *edition, &scope.id, &score.id));
            if let (Some(why), Some(before)) = (&why, before) {
                let between = format!("{} and {}", before.words(), edition.words());
                note(&mut broken, between, &score.title, why);
            }
            intervals.push(told.interval);
            cells.push(HistoryCell {
                score: told.figure,
                interval: told.words,
                joined: index > 0 && why.is_none(),
            });
        }
        drawn.push(intervals);
        rows.push(HistoryRow {
            title: score.title.clone(),
            cells,
        });
    }
    let editions: Vec<String> = all.iter().map(|edition| edition.words()).collect();
    let series: Vec<Series<'_>> = rows
        .iter()
        .zip(&drawn)
        .map(|(row, intervals)| Series {
            title: &row.title,
            points: row
                .cells
                .iter()
                .zip(intervals)
                .map(|(cell, interval)| Point {
                    score: &cell.score,
                    interval: *interval,
                    joined: cell.joined,
                })
                .collect(),
        })
        .collect();
    let id = format!("chart-history-{}", super::slug(&scope.id));
    let chart = charts::history(&scope.title, &editions, &series, &id);
    History {
        id: scope.id.clone(),
        title: scope.title.clone(),
        chart: chart.map(minijinja::Value::from_safe_string),
        editions,
        rows,
        broken,
    }
}

/// Notes why two editions do not compare, once for all the scores of which it holds.
fn note(broken: &mut Vec<Broken>, between: String, title: &str, why: &str) {
    let known = broken
        .iter_mut()
        .find(|one| one.between == between && one.why == why);
    match known {
        Some(known) => known.titles.push(title.to_owned()),
        None => broken.push(Broken {
            between,
            titles: vec![title.to_owned()],
            why: why.to_owned(),
        }),
    }
}
