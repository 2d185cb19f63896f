//! The names a template may use.
//!
//! Plain structs with everything already joined and worded, so that a template needs loops,
//! ifs and ready words only. The Publication's own keys are all there; those listed in
//! [`Page`] stand beside them. `fill` fills them in.

use crate::publication::{Action, Change, Figure, Grade, Item, Publication, Reading, Score};
use serde::Serialize;

/// What `council.html.j2` and `council.md.j2` see.
#[derive(Debug, Serialize)]
pub struct Page<'a> {
    /// Every key of the Publication, under its own name.
    #[serde(flatten)]
    pub publication: &'a Publication,
    /// What stands at the top of the page.
    pub headline: Headline,
    /// One table of scores a scope: the whole first.
    pub overview: Vec<Overview>,
    /// The employer's claims beside what practitioners say, one row a statement.
    pub claims: Vec<ClaimRow>,
    /// The same drawn; `null` if there is none.
    pub claims_chart: Option<minijinja::Value>,
    /// Each standard with its items: the six, then the council's own.
    pub chapters: Vec<Chapter<'a>>,
    /// The tables by service, team and the council's own groups.
    pub breakdowns: Vec<Breakdown>,
    /// What changed item by item, one table a scope: the whole first; empty where there is
    /// no earlier edition.
    pub change_tables: Vec<ChangeTable>,
    /// Results of earlier days that stand beside this page, oldest first.
    pub kept: Vec<KeptRow>,
    /// How many actions of the plan are overdue.
    pub overdue: usize,
    /// Whether there is a workbook beside the page.
    pub workbook: bool,
    /// The text of `style.css`.
    pub style: minijinja::Value,
}

/// Results of an earlier day, beside this page.
#[derive(Debug, Serialize)]
pub struct KeptRow {
    /// Relative to this page: `earlier/2025-09-30.json`.
    pub link: String,
    /// The day in words.
    pub words: String,
}

/// What changed item by item in one scope.
#[derive(Debug, Serialize)]
pub struct ChangeTable {
    /// `whole`, `children` or `adults`.
    pub id: String,
    /// The title.
    pub title: String,
    /// Standards with their rows.
    pub parts: Vec<ChangePart>,
}

/// The rows of one standard in a table of changes.
#[derive(Debug, Serialize)]
pub struct ChangePart {
    /// The standard's title.
    pub title: String,
    /// Its items.
    pub rows: Vec<ChangeRow>,
}

/// One item in a table of changes.
#[derive(Debug, Serialize)]
pub struct ChangeRow {
    /// The wording.
    pub ask: String,
    /// The unit of a measure; "score" or "claim" for the others.
    pub unit: String,
    /// Whether the two years may stand side by side.
    pub told: bool,
    /// Why not; empty if they may.
    pub why: String,
    /// The figures; `null` where the item is refused as a whole.
    pub change: Option<Change>,
}

/// What stands at the top of the page: the whole's figures.
#[derive(Debug, Serialize)]
pub struct Headline {
    /// Practitioners invited.
    pub asked: Figure,
    /// Practitioners who answered.
    pub answered: Figure,
    /// The response rate, with its percent sign where it is a number.
    pub rate: String,
    /// The rule of thumb for it: `adequate`, …; empty if unknown.
    pub rate_words: String,
    /// The national overall score.
    pub overall: Score,
    /// The council's own overall score.
    pub local_overall: Score,
    /// The grade.
    pub grade: Grade,
}

/// A statement by the employer and what practitioners say, of the whole.
#[derive(Debug, Serialize)]
pub struct ClaimRow {
    /// The statement's place on the page.
    pub anchor: String,
    /// The statement's wording.
    pub ask: String,
    /// `yes`, `partly`, `no`.
    pub claim: String,
    /// The wording of the question that practitioners would notice it by.
    pub experience_of: String,
    /// Percent of them who agree; a symbol where it cannot be told.
    pub agree: String,
    /// `supported`, `not supported by practitioners`, `cannot tell`; empty where the claim
    /// is no yes.
    pub experience: String,
}

/// The scores of one scope.
#[derive(Debug, Serialize)]
pub struct Overview {
    /// `whole`, `children` or `adults`.
    pub id: String,
    /// The title: "Whole council".
    pub title: String,
    /// The six and the overall score, drawn.
    pub chart: minijinja::Value,
    /// How many were asked and answered, and what that is worth, in a sentence.
    pub response: String,
    /// The six, in national order.
    pub rows: Vec<OverviewRow>,
    /// The council's own standards.
    pub own: Vec<OverviewRow>,
    /// The national overall score.
    pub overall: Score,
    /// The council's own overall score.
    pub local_overall: Score,
    /// The grade.
    pub grade: Grade,
}

/// One standard in one scope.
#[derive(Debug, Clone, Serialize)]
pub struct OverviewRow {
    /// The standard's id.
    pub id: String,
    /// Its place on the page.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// The scope's title.
    pub scope: String,
    /// By national rules; for the council's own standards, which have none, by its own.
    pub result: Score,
    /// "7 of 8 items", for the same rules.
    pub coverage: String,
    /// What practitioners say of the employer's claims: `supported`, `cannot tell`, `not
    /// supported by practitioners`; empty where no claim is a yes.
    pub claims: String,
    /// By the council's own rules.
    pub local: Score,
    /// "7 of 8 items", for the council's own rules.
    pub local_coverage: String,
}

/// A standard with its items.
#[derive(Debug, Serialize)]
pub struct Chapter<'a> {
    /// The standard's id.
    pub id: String,
    /// Its place on the page.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// Whether it is one of the six.
    pub national: bool,
    /// The council's note; `null` if none.
    pub note: Option<String>,
    /// The text of the council's formula; empty if none.
    pub formula: String,
    /// Its scores, one row a scope.
    pub scores: Vec<OverviewRow>,
    /// What practitioners answered to its questions, drawn; `null` if nothing can be.
    pub answers_chart: Option<minijinja::Value>,
    /// Its items, in the check's order.
    pub items: Vec<ItemPart<'a>>,
    /// The actions of the plan that belong to it.
    pub actions: Vec<&'a Action>,
}

/// An item, ready to print. Every key of the Publication's item is there too.
#[derive(Debug, Serialize)]
pub struct ItemPart<'a> {
    /// Every key of the item, under its own name.
    #[serde(flatten)]
    pub item: &'a Item,
    /// Its place on the page.
    pub anchor: String,
    /// "Measure, from records", "Question to practitioners", "Statement by the employer".
    pub kind_words: String,
    /// Whether any finding says anything about it.
    pub found: bool,
    /// The finding for the whole, by the nation's definition, or by the council's where
    /// the nation has none.
    pub whole: ReadingRow,
    /// Every reading to print: the whole, then each service, by each definition.
    pub readings: Vec<ReadingRow>,
    /// Whether `readings` holds two definitions.
    pub two_definitions: bool,
}

/// One reading, ready to print.
#[derive(Debug, Clone, Serialize)]
pub struct ReadingRow {
    /// The group's title.
    pub title: String,
    /// "national" or "our own".
    pub definition: String,
    /// The value with its unit, or the symbol alone.
    pub value_words: String,
    /// Every key of the reading, under its own name.
    #[serde(flatten)]
    pub reading: Reading,
}

/// One breakdown: items down the side, groups along the top.
#[derive(Debug, Serialize)]
pub struct Breakdown {
    /// `service`, `team`, or the council's own.
    pub id: String,
    /// The same as a title: "By service".
    pub title: String,
    /// The groups' titles, in order.
    pub groups: Vec<String>,
    /// A line for each group that rolls small ones together, with their names: "Other teams (2
    /// teams rolled together): Fostering, Leaving Care."
    pub rolled: Vec<String>,
    /// How many columns the table has: item, unit and one a group.
    pub columns: usize,
    /// Standards with their rows.
    pub parts: Vec<BreakdownPart>,
}

/// The rows of one standard in a breakdown.
#[derive(Debug, Serialize)]
pub struct BreakdownPart {
    /// The standard's title.
    pub title: String,
    /// Its items.
    pub rows: Vec<BreakdownRow>,
}

/// One item in a breakdown.
#[derive(Debug, Serialize)]
pub struct BreakdownRow {
    /// The wording.
    pub ask: String,
    /// The unit of a measure; "score" for the others.
    pub unit: String,
    /// One value a group, in the order of `groups`.
    pub cells: Vec<Figure>,
}

/// What `index.html.j2` sees.
#[derive(Debug, Serialize)]
pub struct Index {
    /// One row a council, by name.
    pub councils: Vec<IndexRow>,
    /// Said beside every band.
    pub not_a_rating: String,
    /// The edition of the national core.
    pub edition: String,
    /// What each symbol means: symbol, meaning.
    pub symbols: Vec<(String, String)>,
    /// The text of `style.css`.
    pub style: minijinja::Value,
}

/// One council on the index page.
#[derive(Debug, Serialize)]
pub struct IndexRow {
    /// Its name.
    pub name: String,
    /// The folder it is published under.
    pub id: String,
    /// Its page, relative to the index: `northshire/index.html`.
    pub link: String,
    /// The day on which records were counted, in words.
    pub as_of: String,
    /// The services covered, in words.
    pub covers: String,
    /// Practitioners who answered.
    pub answered: Figure,
    /// Practitioners invited.
    pub asked: Figure,
    /// The national overall score.
    pub overall: Score,
    /// The grade.
    pub grade: Grade,
    /// How many national items compare: "37 of 39".
    pub comparable: String,
}
