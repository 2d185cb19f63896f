//! The names a template may use.
//!
//! Plain structs with everything already joined and worded, so that a template needs loops,
//! ifs and ready words only. The Publication's own keys are all there; those listed in
//! [`Page`] stand beside them. `fill` fills them in.

use crate::publication::{
    Action, AnswerCount, Benchmark, Change, Figure, Grade, Item, Publication, Reading, Score,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// By what a page knows its place among the others: there for every template in `pages` and
/// `papers`, beside the names of [`Page`].
#[derive(Debug, Serialize, JsonSchema)]
pub struct Surroundings {
    /// The page itself.
    pub page: PageName,
    /// What stands before a link from this page: empty, or `../` in a paper.
    pub root: String,
    /// The pages, in order. Those of the standards are in `standard_pages`.
    pub navigation: Vec<Link>,
    /// The pages of the standards, in order: the six, then the council's own. What stands on them
    /// is in `chapters`; a page that reads only this is not made again where a figure changes.
    pub standard_pages: Vec<Link>,
    /// The papers, in order.
    pub papers: Vec<Paper>,
    /// On the page of a standard the one before it; `null` on other pages.
    pub previous: Option<Link>,
    /// On the page of a standard the one after it; `null` on other pages.
    pub next: Option<Link>,
}

/// The page that is being made.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageName {
    /// The name of its template: `groups`; of a standard its place: `standard-caseload`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is published: `groups.html`.
    pub path: String,
}

/// A link to a page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Link {
    /// The name of its template: `groups`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is published: `groups.html`.
    pub href: String,
    /// Whether it is the page that is being made.
    pub here: bool,
}

/// A paper made of the same figures.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Paper {
    /// The name of its template: `committee`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is published: `papers/committee.html`.
    pub href: String,
    /// `html` or `md`.
    pub format: String,
}

/// What every template in `pages` and `papers` sees. That of a standard's page sees its
/// [`Chapter`] besides, as `standard`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Page<'a> {
    /// Every key of the Publication, under its own name.
    #[serde(flatten)]
    pub publication: &'a Publication,
    /// What stands first: the whole's figures.
    pub headline: Headline,
    /// One table of scores a scope: the whole first.
    pub overview: Vec<Overview>,
    /// The employer's claims beside what practitioners say, one row a statement.
    pub claims: Vec<ClaimRow>,
    /// The same drawn; `null` if there is none.
    #[schemars(with = "Option<Picture>")]
    pub claims_chart: Option<minijinja::Value>,
    /// Each standard with its items: the six, then the council's own.
    pub chapters: Vec<Chapter<'a>>,
    /// The tables by service, team and the council's own groups.
    pub breakdowns: Vec<Breakdown>,
    /// What changed item by item, one table a scope: the whole first; empty where there is
    /// no earlier edition.
    pub change_tables: Vec<ChangeTable>,
    /// Results of earlier days that stand beside the pages, oldest first.
    pub kept: Vec<KeptRow>,
    /// Scores edition by edition, one table a scope: the whole first; empty where there is
    /// no earlier edition.
    pub history: Vec<History>,
    /// The items that the council added to the nation's, in the check's order.
    pub own_items: Vec<OwnItem>,
    /// The measures for which the council has set a target, in the check's order.
    pub targets: Vec<TargetRow>,
    /// The measures that have a benchmark, in the check's order.
    pub benchmarks: Vec<BenchmarkRow>,
    /// The same drawn: where the council stands in the spread over English councils; `null`
    /// if there is none.
    #[schemars(with = "Option<Picture>")]
    pub benchmarks_chart: Option<minijinja::Value>,
    /// Caseloads, the whole first: the mean and who holds far more. Empty where the check
    /// has no such figures.
    pub caseloads: Vec<Caseload>,
    /// The same drawn, beside the council's own ceiling; `null` if there is nothing to draw.
    #[schemars(with = "Option<Picture>")]
    pub caseloads_chart: Option<minijinja::Value>,
    /// How many case holders hold how many cases, a table for each breakdown of which it is told,
    /// the whole first.
    pub caseload_bands: Vec<BandTable>,
    /// How many actions of the plan are overdue.
    pub overdue: usize,
    /// How many items are not exactly as the nation has them: changed, left out or added.
    pub tailored: usize,
    /// Whether there is a workbook beside the page.
    pub workbook: bool,
    /// The file of the council's logo: `logo.svg`; `null` if it has none.
    pub logo: Option<String>,
    /// The text of `style.css`, and the council's own colour.
    #[schemars(with = "Markup")]
    pub style: minijinja::Value,
}

/// Results of an earlier day, beside the pages.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KeptRow {
    /// Where it is published: `earlier/2025-09-30.json`.
    pub link: String,
    /// The day in words.
    pub words: String,
}

/// Scores edition by edition in one scope.
#[derive(Debug, Serialize, JsonSchema)]
pub struct History {
    /// `whole`, `children` or `adults`.
    pub id: String,
    /// The title.
    pub title: String,
    /// The same drawn, a small panel a score; `null` if there is nothing to draw.
    #[schemars(with = "Option<Picture>")]
    pub chart: Option<minijinja::Value>,
    /// The editions, oldest first: "Sep 2025". Five at the most.
    pub editions: Vec<String>,
    /// The six in national order, then the overall score.
    pub rows: Vec<HistoryRow>,
    /// Where two editions do not compare, and why.
    pub broken: Vec<Broken>,
}

/// One score over the editions.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HistoryRow {
    /// The standard's title, or "Overall".
    pub title: String,
    /// One an edition, in the order of `editions`.
    pub cells: Vec<HistoryCell>,
}

/// A score in one edition.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HistoryCell {
    /// As published then.
    pub score: Figure,
    /// Its 95% interval as published then, "60.1 to 67.5"; empty if it has none, or if the
    /// results of that day are not at hand.
    pub interval: String,
    /// Whether it compares with the edition before; no for the first.
    pub joined: bool,
}

/// Why some scores of two editions do not compare.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Broken {
    /// "Sep 2024 and Sep 2025".
    pub between: String,
    /// The titles of the scores of which it holds.
    pub titles: Vec<String>,
    /// Why, in words.
    pub why: String,
}

/// An item of the council's own, with what was found for the whole.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OwnItem {
    /// Where the item is published: `standard-caseload.html#item-time-owed`.
    pub href: String,
    /// The item's wording.
    pub ask: String,
    /// Its standard's title.
    pub standard: String,
    /// What was found, in words: `5.6%`, `66.0 out of 100`, `yes`, `withheld`.
    pub value_words: String,
    /// 0 to 100.
    pub score: Figure,
    /// How many people it rests on.
    pub n: Figure,
}

/// A measure for which the council has set a target, with what was found for the whole.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TargetRow {
    /// Where the item is published: `standard-caseload.html#item-caseload-per-fte`.
    pub href: String,
    /// The item's wording.
    pub ask: String,
    /// What was found, in words: `20.4 cases per FTE`, `withheld`.
    pub value_words: String,
    /// The target in words: `at most 16`.
    pub target: String,
    /// `reached` or `not reached`; empty where there is no figure.
    pub reached: String,
}

/// A measure in the spread over English councils. The figures are the item's benchmark's.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BenchmarkRow {
    /// Where the item is published: `standard-staffing.html#item-vacancy-rate`.
    pub href: String,
    /// The item's wording.
    pub ask: String,
    /// Its standard's title.
    pub standard: String,
    /// The council's figure with its unit.
    pub value_words: String,
    /// The median of the councils with its unit.
    pub median_words: String,
    /// The figure for England as a whole with its unit.
    pub england_words: String,
    /// Which way it gets better: `lower` or `higher`.
    pub better: String,
    /// The benchmark itself: year, source, councils, quantiles, words.
    pub benchmark: Benchmark,
}

/// The caseloads of the whole or of a service. The figures are those of the items.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Caseload {
    /// The title.
    pub title: String,
    /// Cases for a full-time equivalent who holds cases.
    pub mean: Figure,
    /// Shares of those who hold more: the nation's and the council's own.
    pub shares: Vec<CaseloadShare>,
}

/// A share of those who hold more than some number of cases.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CaseloadShare {
    /// The item's wording.
    pub ask: String,
    /// Where the item is published: `standard-caseload.html#item-high-caseloads`.
    pub href: String,
    /// Percent.
    pub share: Figure,
}

/// How many case holders of each group of a breakdown hold how many cases.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BandTable {
    /// `whole`, `service`, `team` or the council's own.
    pub breakdown: String,
    /// The title: "By team".
    pub title: String,
    /// The bands, lowest first, in cases for a full-time equivalent: "over 16 to 20".
    pub bands: Vec<String>,
    /// The groups.
    pub rows: Vec<BandRow>,
    /// The same drawn; `null` where nothing is told, or where there are more than five bands.
    #[schemars(with = "Option<Picture>")]
    pub chart: Option<minijinja::Value>,
}

/// How many case holders of a group hold how many cases.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BandRow {
    /// The group's title.
    pub title: String,
    /// How many hold cases.
    pub n: Figure,
    /// How many lie in each band, and their share in percent; a symbol where it is withheld.
    pub counts: Vec<AnswerCount>,
    /// The band in which the middle one of them lies; empty where it is withheld.
    pub middle: String,
    /// The band in which the tenth with the highest caseloads begins; empty where it is withheld.
    pub tenth: String,
}

/// What changed item by item in one scope.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangeTable {
    /// `whole`, `children` or `adults`.
    pub id: String,
    /// The title.
    pub title: String,
    /// Standards with their rows.
    pub parts: Vec<ChangePart>,
}

/// The rows of one standard in a table of changes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangePart {
    /// The standard's title.
    pub title: String,
    /// Its items.
    pub rows: Vec<ChangeRow>,
}

/// One item in a table of changes.
#[derive(Debug, Serialize, JsonSchema)]
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

/// What stands first: the whole's figures.
#[derive(Debug, Serialize, JsonSchema)]
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
    /// The overall score that the grade rests on.
    pub assured: Figure,
    /// What holds that down: "held down by 3 items not brought"; empty if nothing does.
    pub held_down: String,
    /// The grade.
    pub grade: Grade,
}

/// A statement by the employer and what practitioners say, of the whole.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ClaimRow {
    /// Where it is published: `standard-caseload.html#item-ceiling-reviewed`.
    pub href: String,
    /// The statement's wording.
    pub ask: String,
    /// `yes`, `partly`, `no`.
    pub claim: String,
    /// The wording of the question that practitioners would notice it by.
    pub experience_of: String,
    /// Percent of them who agree; a symbol where it cannot be told.
    pub agree: String,
    /// `supported`, `not contradicted`, `not supported by practitioners`, `cannot tell`; empty where the claim
    /// is no yes.
    pub experience: String,
}

/// The scores of one scope.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Overview {
    /// `whole`, `children` or `adults`.
    pub id: String,
    /// The title: "Whole council".
    pub title: String,
    /// The six and the overall score, drawn.
    #[schemars(with = "Picture")]
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
    /// The overall score that the grade rests on.
    pub assured: Figure,
    /// What holds that down: "held down by 3 items not brought"; empty if nothing does.
    pub held_down: String,
    /// The grade.
    pub grade: Grade,
}

/// One standard in one scope.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OverviewRow {
    /// The standard's id.
    pub id: String,
    /// The name of its page: `standard-caseload`.
    pub anchor: String,
    /// Its page: `standard-caseload.html`.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The scope's title.
    pub scope: String,
    /// By national rules; for the council's own standards, which have none, by its own.
    pub result: Score,
    /// "7 of 8 items", for the same rules.
    pub coverage: String,
    /// The score that the grade rests on; for the council's own standards the same as
    /// `result`'s.
    pub assured: Figure,
    /// What holds that down: "held down by 3 items not brought"; empty if nothing does.
    pub held_down: String,
    /// What practitioners say of the employer's claims: `supported`, `not contradicted`,
    /// `cannot tell`, `not supported by practitioners`; empty where no claim is a yes.
    pub claims: String,
    /// The items that hold the assured score down, a sentence each; empty where none does or
    /// where it is withheld.
    pub held_down_by: Vec<String>,
    /// By the council's own rules.
    pub local: Score,
    /// "7 of 8 items", for the council's own rules.
    pub local_coverage: String,
}

/// A standard with its items.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Chapter<'a> {
    /// The standard's id.
    pub id: String,
    /// The name of its page: `standard-caseload`.
    pub anchor: String,
    /// Its page: `standard-caseload.html`.
    pub href: String,
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
    #[schemars(with = "Option<Picture>")]
    pub answers_chart: Option<minijinja::Value>,
    /// Its items, in the check's order.
    pub items: Vec<ItemPart<'a>>,
    /// The actions of the plan that belong to it.
    pub actions: Vec<&'a Action>,
}

/// An item, ready to print. Every key of the Publication's item is there too.
#[derive(Debug, Serialize, JsonSchema)]
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
    /// Where the council stands in the spread over English councils, drawn; `null` where the
    /// item has no benchmark.
    #[schemars(with = "Option<Picture>")]
    pub benchmark_chart: Option<minijinja::Value>,
    /// Every reading to print: the whole, then each service, by each definition.
    pub readings: Vec<ReadingRow>,
    /// Whether `readings` holds two definitions.
    pub two_definitions: bool,
}

/// One reading, ready to print.
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
#[derive(Debug, Serialize, JsonSchema)]
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
    /// How many items have no row here, since what they rest on was not brought or does not say
    /// who is in which group: "21 items have no row here: nothing of them is available by these
    /// groups." Empty where all have one.
    pub without: String,
    /// How many columns the table has: item, unit and one a group.
    pub columns: usize,
    /// Standards with their rows.
    pub parts: Vec<BreakdownPart>,
}

/// The rows of one standard in a breakdown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BreakdownPart {
    /// The standard's title.
    pub title: String,
    /// Its items.
    pub rows: Vec<BreakdownRow>,
}

/// One item in a breakdown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BreakdownRow {
    /// The wording.
    pub ask: String,
    /// The unit of a measure; "score" for the others.
    pub unit: String,
    /// One value a group, in the order of `groups`.
    pub cells: Vec<Figure>,
}

/// What `index.html.j2` sees.
#[derive(Debug, Serialize, JsonSchema)]
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
    #[schemars(with = "Markup")]
    pub style: minijinja::Value,
}

/// One council on the index page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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

/// A chart: print it as it is, in a `figure`.
#[derive(JsonSchema)]
pub struct Picture(#[allow(dead_code, reason = "it only describes")] String);

/// Text of a file of the templates: print it as it is.
#[derive(JsonSchema)]
pub struct Markup(#[allow(dead_code, reason = "it only describes")] String);
