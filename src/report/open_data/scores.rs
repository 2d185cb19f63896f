//! Scores and grades of each scope: a publication in, two tables out.

use super::cells::Cell;
use super::{Kind, Table, column, figure, key, of, text};
use crate::publication::{Figure, Publication, Scope, Score};

/// One row a standard and one for the overall score, in each scope, by each definition.
pub(super) fn scores(publication: &Publication) -> Table<'_> {
    Table {
        name: "scores",
        title: "Scores of each standard and overall, by the nation's rules and the council's",
        columns: vec![
            key("scope", "whole, children or adults"),
            key("definition", "national or local: whose rules"),
            key(
                "standard",
                "The standard's id; overall for the overall score",
            ),
            text("title", "Its title"),
            column(
                "weight",
                Kind::Number,
                "Its weight in the council's own overall score",
            ),
            figure("score", "0 to 100"),
            text("band", "The band word"),
            column("rated", Kind::Flag, "Whether it is rated"),
            text("why_not", "Why it is not rated"),
            figure("low", "Lower end of its 95% interval"),
            figure("high", "Upper end of its 95% interval"),
            figure(
                "standard_error",
                "In points, without finite correction: for differences from another year or council",
            ),
            figure(
                "assured",
                "The score that a grade rests on: what was not brought counts 0",
            ),
            text("held_down", "What holds the assured score down"),
            figure("items_scored", "Items scored"),
            figure("items_counted", "Items that count"),
            text("formula", "The council's formula, in one line"),
            text("note", "The council's note"),
        ],
        rows: publication.scopes.iter().flat_map(of_scope).collect(),
    }
}

/// The name of the row of the overall score.
pub(super) const OVERALL: &str = "overall";

/// What is known of a score besides the score.
#[derive(Default)]
struct Beside<'a> {
    weight: Option<f64>,
    assured: Option<&'a Figure>,
    held_down: &'a str,
    coverage: Option<(&'a Figure, &'a Figure)>,
    formula: &'a str,
    note: Option<&'a String>,
}

fn of_scope(scope: &Scope) -> Vec<Vec<Cell<'_>>> {
    let national = scope.standards.iter().map(|standard| {
        let beside = Beside {
            assured: Some(&standard.assured),
            held_down: &standard.held_down,
            coverage: Some((&standard.scored, &standard.counted)),
            ..Beside::default()
        };
        row(
            [&scope.id, "national", &standard.id, &standard.title],
            &standard.result,
            &beside,
        )
    });
    let overall = row(
        [&scope.id, "national", OVERALL, "Overall"],
        &scope.overall,
        &Beside {
            assured: Some(&scope.assured),
            held_down: &scope.held_down,
            ..Beside::default()
        },
    );
    let local = scope.local.iter().map(|standard| {
        let beside = Beside {
            weight: Some(standard.weight),
            coverage: Some((&standard.scored, &standard.counted)),
            formula: &standard.formula,
            note: standard.note.as_ref(),
            ..Beside::default()
        };
        row(
            [&scope.id, "local", &standard.id, &standard.title],
            &standard.result,
            &beside,
        )
    });
    let own = row(
        [&scope.id, "local", OVERALL, "Overall"],
        &scope.local_overall,
        &Beside::default(),
    );
    national
        .chain([overall])
        .chain(local)
        .chain([own])
        .collect()
}

fn row<'p>(known: [&'p str; 4], score: &'p Score, beside: &Beside<'p>) -> Vec<Cell<'p>> {
    let mut cells: Vec<Cell> = known.into_iter().map(Cell::text).collect();
    cells.extend([
        beside.weight.map_or(Cell::Empty, Cell::number),
        Cell::figure(&score.score),
        Cell::text(&score.band),
        Cell::Flag(score.rated),
        Cell::text(&score.why_not),
        of(score.low.as_ref()),
        of(score.high.as_ref()),
        of(score.error.as_ref()),
        of(beside.assured),
        Cell::text(beside.held_down),
        of(beside.coverage.map(|(scored, _)| scored)),
        of(beside.coverage.map(|(_, counted)| counted)),
        Cell::text(beside.formula),
        Cell::optional(beside.note),
    ]);
    cells
}

/// The grade of each scope.
pub(super) fn grades(publication: &Publication) -> Table<'_> {
    Table {
        name: "grades",
        title: "The grade of each scope, or every reason why it is withheld",
        columns: vec![
            key("scope", "whole, children or adults"),
            text("title", "The scope's title"),
            text("grade", "A band word, or withheld"),
            text("reasons", "Why it is withheld"),
            figure(
                "lower_end",
                "Lower end of the interval of the assured overall score",
            ),
            text("valid_to", "The day until which it holds, in words"),
            text("caution", "What must be said beside it"),
            figure("firmness", "Percent of resamples that give the same band"),
            text("not_a_rating", "Said beside every band"),
        ],
        rows: publication
            .scopes
            .iter()
            .map(|scope| {
                let grade = &scope.grade;
                vec![
                    Cell::text(&scope.id),
                    Cell::text(&scope.title),
                    Cell::text(&grade.word),
                    Cell::list(&grade.reasons),
                    of(grade.lower_end.as_ref()),
                    Cell::text(&grade.valid_to),
                    Cell::text(&grade.caution),
                    of(grade.firmness.as_ref()),
                    Cell::text(&publication.not_a_rating),
                ]
            })
            .collect(),
    }
}
