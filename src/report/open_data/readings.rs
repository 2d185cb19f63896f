//! What was found for each item in each group, and how questions were answered: a
//! publication in, two tables out.

use super::cells::Cell;
use super::{Column, Kind, Table, column, figure, key, of, text};
use crate::publication::{Answers, Finding, Item, Publication, Reading};

/// A reading with all that it is known by: item, standard, breakdown, group, definition.
pub(super) struct Known<'a> {
    pub(super) item: &'a Item,
    pub(super) breakdown: &'a str,
    pub(super) group: &'a str,
    pub(super) definition: &'static str,
    pub(super) reading: &'a Reading,
    finding: &'a Finding,
}

/// Every reading: item by item, group by group, the nation's definition before the
/// council's.
pub(super) fn readings(publication: &Publication) -> impl Iterator<Item = Known<'_>> {
    publication.items.iter().flat_map(|item| {
        item.findings.iter().flat_map(move |finding| {
            let national = finding
                .national
                .as_ref()
                .map(|reading| ("national", reading));
            national.into_iter().chain([("local", &finding.local)]).map(
                move |(definition, reading)| Known {
                    item,
                    breakdown: &finding.breakdown,
                    group: &finding.group,
                    definition,
                    reading,
                    finding,
                },
            )
        })
    })
}

impl<'p> Known<'p> {
    pub(super) fn columns() -> Vec<Column> {
        vec![
            key("item", "The item's id"),
            text("standard", "Its standard's id"),
            key("breakdown", "whole, service, team or the council's own"),
            key("group", "The group's name in its breakdown"),
            key(
                "definition",
                "national: by the nation's definition. local: by the council's, on a row of its own only where that gives something else, and for its own items",
            ),
        ]
    }

    pub(super) fn cells(&self) -> Vec<Cell<'p>> {
        vec![
            Cell::text(&self.item.id),
            Cell::text(&self.item.standard),
            Cell::text(self.breakdown),
            Cell::text(self.group),
            Cell::text(self.definition),
        ]
    }

    /// Whether it is the council's and the same as the nation's: a table for people would hold
    /// everything twice.
    fn repeats(&self) -> bool {
        self.definition == "local" && self.finding.national.as_ref() == Some(self.reading)
    }

    /// How a question was answered, if that may be seen.
    pub(super) fn answers(&self) -> Option<&'p Answers> {
        self.reading.answers.as_ref()
    }
}

/// What was found for each item in each group.
pub(super) fn findings(publication: &Publication) -> Table<'_> {
    let mut columns = Known::columns();
    columns.extend([
        figure(
            "value",
            "A measure's figure in its unit, a question's mean, a statement's score",
        ),
        figure("score", "0 to 100"),
        figure("n", "How many people it rests on"),
        column("rated", Kind::Flag, "Whether it is rated"),
        text("why_not", "Why it is not rated"),
        text("rows_used", "The share of rows used"),
        figure(
            "base",
            "How many full-time equivalents or people it is a share of",
        ),
        text("claim", "A statement's claim: yes, partly or no"),
        text("claimed_on", "The date of the claim, in words"),
        text("evidence", "The claim's evidence"),
        text("experience", "What practitioners say of the claim"),
        text("experience_of", "The question that they would notice it by"),
        figure("experience_agree", "Percent of them who agree"),
    ]);
    Table {
        name: "findings",
        title: "What was found for each item in each group",
        columns,
        rows: readings(publication)
            .filter(|known| !known.repeats())
            .map(|known| {
                let reading = known.reading;
                let mut cells = known.cells();
                cells.extend([
                    Cell::figure(&reading.value),
                    Cell::figure(&reading.score),
                    Cell::figure(&reading.n),
                    Cell::Flag(reading.rated),
                    Cell::text(&reading.why_not),
                    Cell::text(&reading.rows_used),
                    of(reading.base.as_ref()),
                    Cell::text(&reading.claim),
                    Cell::text(&reading.claimed_on),
                    Cell::text(&reading.evidence),
                    Cell::text(&reading.experience),
                    Cell::text(&reading.experience_of),
                    of(reading.experience_agree.as_ref()),
                ]);
                cells
            })
            .collect(),
    }
}

/// How questions were answered.
pub(super) fn answers(publication: &Publication) -> Table<'_> {
    let mut columns = Known::columns();
    columns.extend([
        key(
            "answer",
            "The answer, lowest first; (not scored) for those counted and not scored",
        ),
        figure("count", "How many gave it"),
        figure("share", "Percent of the scored answers"),
    ]);
    let mut rows = Vec::new();
    for known in readings(publication) {
        if let Some(answers) = known.answers().filter(|_| !known.repeats()) {
            let scored = answers.counts.iter().map(|part| {
                [
                    Cell::text(&part.label),
                    Cell::figure(&part.count),
                    Cell::figure(&part.share),
                ]
            });
            let unscored = [
                Cell::text("(not scored)"),
                Cell::figure(&answers.unscored),
                Cell::Empty,
            ];
            for part in scored.chain([unscored]) {
                let mut cells = known.cells();
                cells.extend(part);
                rows.push(cells);
            }
        }
    }
    Table {
        name: "answers",
        title: "How each question was answered, where that may be seen",
        columns,
        rows,
    }
}

/// How many case holders hold how many cases.
pub(super) fn bands(publication: &Publication) -> Table<'_> {
    let mut columns = Known::columns();
    columns.extend([
        key(
            "band",
            "Cases for a full-time equivalent, lowest band first",
        ),
        figure("count", "How many case holders are in it"),
        figure("share", "Percent of the case holders"),
        text(
            "quantiles",
            "The percentiles of the case holders that lie in it, of 25, 50, 75 and 90",
        ),
    ]);
    let mut rows = Vec::new();
    for known in readings(publication) {
        let Some(bands) = &known.reading.bands else {
            continue;
        };
        for part in &bands.counts {
            let here = bands.quantiles.iter().filter(|one| one.band == part.label);
            let quantiles: Vec<String> = here.map(|one| one.percentile.to_string()).collect();
            let mut cells = known.cells();
            cells.extend([
                Cell::text(&part.label),
                Cell::figure(&part.count),
                Cell::figure(&part.share),
                Cell::words(&quantiles.join(" ")),
            ]);
            rows.push(cells);
        }
    }
    Table {
        name: "bands",
        title: "How many case holders hold how many cases, where that may be seen",
        columns,
        rows,
    }
}
