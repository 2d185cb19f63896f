//! The tables: a publication in, [`Table`]s out, rows in the publication's own order.

use super::cells::Cell;
use super::readings::{answers, bands, findings};
use super::{Column, Kind, Table, column, figure, figures, key, scores, text};
use crate::publication::{Item, Publication};

/// Every table, the long one with a row for each figure first.
pub(super) fn tables(publication: &Publication) -> Vec<Table<'_>> {
    let mut tables = vec![
        figures::figures(publication),
        scores::scores(publication),
        scores::grades(publication),
        response(publication),
        items(publication),
        findings(publication),
        answers(publication),
        bands(publication),
        awareness(publication),
        groups(publication),
        plan(publication),
        symbols(publication),
    ];
    for table in &mut tables {
        whose(publication, table);
    }
    tables
}

/// The columns in front of every table, so that those of several councils can be put
/// below each other.
fn whose<'p>(publication: &'p Publication, table: &mut Table<'p>) {
    let mut columns = vec![
        key("council", "The council's folder: northshire"),
        Column {
            key: true,
            ..column("as_of", Kind::Date, "The day on which records were counted")
        },
        key("edition", "The edition of the national core"),
    ];
    columns.append(&mut table.columns);
    table.columns = columns;
    let front = [
        Cell::text(&publication.id),
        Cell::text(&publication.council.as_of),
        Cell::text(&publication.edition),
    ];
    for row in &mut table.rows {
        row.splice(0..0, front.clone());
    }
}

fn response(publication: &Publication) -> Table<'_> {
    Table {
        name: "response",
        title: "How many practitioners were asked and answered",
        columns: vec![
            key("scope", "whole, children or adults"),
            text("title", "The scope's title"),
            figure("asked", "Practitioners invited"),
            figure(
                "answered",
                "Practitioners who answered at least one national question",
            ),
            figure("rate", "Percent of those asked who answered"),
            text(
                "words",
                "The Health and Safety Executive's rule of thumb for the rate",
            ),
        ],
        rows: publication
            .response
            .iter()
            .map(|part| {
                vec![
                    Cell::text(&part.scope),
                    Cell::text(&part.title),
                    Cell::figure(&part.asked),
                    Cell::figure(&part.answered),
                    Cell::figure(&part.rate),
                    Cell::text(&part.words),
                ]
            })
            .collect(),
    }
}

fn items(publication: &Publication) -> Table<'_> {
    Table {
        name: "items",
        title: "What was asked and counted, and how it was tailored",
        columns: vec![
            key("item", "The item's id"),
            text("standard", "Its standard's id"),
            text("kind", "measure, question or statement"),
            column(
                "national",
                Kind::Flag,
                "Whether it is one of the nation's items",
            ),
            text("ask", "The wording in use"),
            text("nation_asks", "The nation's wording, where that is another"),
            text("unit", "A measure's unit"),
            text(
                "comparability",
                "identical, complies, extends, omitted or not comparable",
            ),
            text("comparability_reasons", "Why"),
            text("rule", "The rule that gives the score"),
            column("weight", Kind::Number, "Its weight in the local score"),
            text("target", "The council's target"),
            text(
                "target_reached",
                "reached or not reached, by the figure of the whole",
            ),
            text(
                "national_formula",
                "The nation's formula, in one line; results.json has it with its lines",
            ),
            text(
                "local_formula",
                "The council's formula, if it differs, in one line",
            ),
            text("advice", "What to do about it"),
            text("note", "The council's note"),
        ],
        rows: publication.items.iter().map(item).collect(),
    }
}

fn item(item: &Item) -> Vec<Cell<'_>> {
    vec![
        Cell::text(&item.id),
        Cell::text(&item.standard),
        Cell::text(&item.kind),
        Cell::Flag(item.national),
        Cell::text(&item.ask),
        Cell::text(&item.nation_asks),
        Cell::text(&item.unit),
        Cell::text(&item.comparability),
        Cell::list(&item.comparability_reasons),
        Cell::text(&item.rule),
        Cell::number(item.weight),
        Cell::text(&item.target),
        Cell::text(&item.target_reached),
        Cell::text(&item.national_formula),
        Cell::text(&item.local_formula),
        Cell::optional(item.advice.as_ref()),
        Cell::optional(item.note.as_ref()),
    ]
}

fn awareness(publication: &Publication) -> Table<'_> {
    Table {
        name: "awareness",
        title: "Did practitioners know? Asked and never scored",
        columns: vec![
            key("question", "The question's id"),
            text("ask", "What practitioners were asked"),
            text("nation_asks", "The nation's wording, where that is another"),
            figure("yes", "Percent answering yes"),
            figure("n", "How many answered"),
        ],
        rows: publication
            .awareness
            .iter()
            .map(|question| {
                vec![
                    Cell::text(&question.id),
                    Cell::text(&question.ask),
                    Cell::text(&question.nation_asks),
                    Cell::figure(&question.yes),
                    Cell::figure(&question.n),
                ]
            })
            .collect(),
    }
}

fn groups(publication: &Publication) -> Table<'_> {
    Table {
        name: "groups",
        title: "The groups that findings speak of",
        columns: vec![
            key("breakdown", "whole, service, team or the council's own"),
            key("group", "Its name in that breakdown"),
            text("title", "Its title on the page"),
            text(
                "rolls",
                "The small groups that it rolls together, each withheld by itself",
            ),
        ],
        rows: publication
            .groups
            .iter()
            .map(|group| {
                vec![
                    Cell::text(&group.breakdown),
                    Cell::text(&group.name),
                    Cell::text(&group.title),
                    Cell::list(&group.rolls),
                ]
            })
            .collect(),
    }
}

fn plan(publication: &Publication) -> Table<'_> {
    Table {
        name: "plan",
        title: "The improvement plan",
        columns: vec![
            key("action", "The action's id"),
            text("standard", "Its standard's id"),
            text("what", "What will be done"),
            text("owner", "The post that answers for it"),
            column("start", Kind::Date, "First day"),
            column("due", Kind::Date, "Last day"),
            text(
                "measure",
                "The id of the item that it is measured by, as in `items`",
            ),
            text("measure_ask", "That item's wording"),
            text("unit", "What baseline and target are counted in"),
            text("baseline", "Where that stood"),
            text(
                "found",
                "What this check found, where the action is still to begin and the baseline is another",
            ),
            text("target", "Where it should stand"),
            text("status", "planned, under way, done or dropped"),
            text("because", "Why it was dropped"),
            text("agreed_with", "Who agreed"),
            column(
                "overdue",
                Kind::Flag,
                "Whether it is overdue on the as-of date",
            ),
        ],
        rows: publication
            .plan
            .iter()
            .map(|action| {
                vec![
                    Cell::text(&action.id),
                    Cell::text(&action.standard),
                    Cell::text(&action.what),
                    Cell::text(&action.owner),
                    Cell::text(action.start_on.as_deref().unwrap_or_default()),
                    Cell::text(action.due_on.as_deref().unwrap_or_default()),
                    Cell::text(action.measure_id.as_deref().unwrap_or_default()),
                    Cell::text(&action.measure),
                    Cell::text(&action.unit),
                    Cell::text(&action.baseline),
                    Cell::text(&action.found),
                    Cell::text(&action.target),
                    Cell::text(&action.status),
                    Cell::text(&action.because),
                    Cell::list(&action.agreed_with),
                    Cell::Flag(action.overdue),
                ]
            })
            .collect(),
    }
}

fn symbols(publication: &Publication) -> Table<'_> {
    Table {
        name: "symbols",
        title: "What stands in the place of a figure, and what it means",
        columns: vec![
            key("symbol", "The symbol"),
            text("meaning", "What it means"),
        ],
        rows: publication
            .symbols
            .iter()
            .map(|(symbol, meaning)| vec![Cell::text(symbol), Cell::text(meaning)])
            .collect(),
    }
}
