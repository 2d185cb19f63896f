//! What may be seen: the one way out. Every page, file, table and test reads a
//! [`Publication`], and only `disclose` makes one from an assessment.

mod bands;
mod brand;
mod changes;
mod day;
mod head;
mod held;
mod rows;
mod told;
mod words;

pub use bands::{BandQuantile, Bands};
pub use brand::{Brand, Logo};
pub use changes::{
    ActionChange, Change, Changes, ItemChange, ItemScopeChange, Part, ScopeChange, ScoreChange,
    Split,
};
pub(crate) use day::day;
pub(crate) use head::{Head, HeadCouncil};
pub(crate) use held::HeldDown;
pub(crate) use rows::{Behind, behind, of_table};
pub(crate) use words::{covers, listed};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of `results.json`.
pub const SCHEMA: &str = "healthcheck-results/1";

/// Said on every page that shows a band.
pub const NOT_A_RATING: &str =
    "Scored by the council's own check. Not a rating by the Care Quality Commission or Ofsted.";

/// A published figure: rounded, or a symbol that says why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// The rounded number; `null` where a symbol stands.
    pub value: Option<f64>,
    /// `z` `x` `c` `low` `u`; `null` where a number stands.
    pub symbol: Option<String>,
    /// The number or the symbol as printed.
    pub text: String,
}

/// One council's published check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Publication {
    /// The version of this form: `healthcheck-results/1`.
    pub schema: String,
    /// The edition of the national core: `2026.1`.
    pub edition: String,
    /// The version of the program that made it.
    pub program: String,
    /// The folder it is published under: `northshire`.
    pub id: String,
    /// Who, when, whom it covers.
    pub council: Council,
    /// Of a council of which neither scores nor answers may be published: why, in plain words.
    /// Its pages are short: name, date, this reason, and what stands all the same. `null`
    /// everywhere else.
    #[serde(default)]
    pub only: Option<String>,
    /// How many were asked and answered: the whole first, then each service.
    pub response: Vec<Response>,
    /// Scores: the whole first, then each service if the council runs both.
    pub scopes: Vec<Scope>,
    /// Every item with its findings, in the check's order.
    pub items: Vec<Item>,
    /// The groups that findings speak of: the whole first.
    pub groups: Vec<Group>,
    /// Did practitioners know?
    pub awareness: Vec<Awareness>,
    /// The improvement plan.
    pub plan: Vec<Action>,
    /// What changed since the last edition; `null` if there is none at hand.
    pub changes: Option<Changes>,
    /// How the check was tailored, in plain English, generated.
    pub tailoring: Tailoring,
    /// Who was consulted.
    pub consulted: Vec<Consulted>,
    /// The employer's word on doing the check; `null` if it gave none.
    pub feedback: Option<Feedback>,
    /// Figures published before with the same as-of date that were withdrawn, in order of the
    /// script.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// What a reader should know of the data.
    pub data_quality: Vec<String>,
    /// The files it rests on, with the SHA-256 of each where nobody could guess the file by it.
    pub inputs: Vec<Input>,
    /// The rows about people that it rests on, each table's in whatever order: a later
    /// release of the same survey must rest on the same.
    pub rows: Vec<RowsDigest>,
    /// The threshold in force.
    pub threshold: u32,
    /// What each symbol means: symbol, meaning.
    pub symbols: Vec<(String, String)>,
    /// Said beside every band.
    pub not_a_rating: String,
    /// How the council's pages look; `null` if it says nothing of it.
    #[serde(default)]
    pub brand: Option<Brand>,
}

/// What was published before by the same council, as far as it is at hand.
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    /// The last edition: the latest publication with an earlier as-of date.
    pub edition: Option<Publication>,
    /// What was published before of the same as-of date, oldest first; before that what was told
    /// of the same survey at other dates, that of the survey alone.
    pub releases: Vec<Publication>,
}

impl Earlier {
    /// Nothing was published before.
    pub fn none() -> Self {
        Self::default()
    }
}

/// Who, when, whom it covers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Council {
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// `council` or `voluntary`.
    pub kind: String,
    /// The services it covers, in words: "children's and adults' services".
    pub covers: String,
    /// The services' ids.
    pub services: Vec<String>,
    /// The day on which records were counted: `2026-09-30`.
    pub as_of: String,
    /// The same in words: `30 September 2026`.
    pub as_of_words: String,
    /// First and last day of the survey, in words; `null` if not said.
    pub fielded: Option<String>,
    /// The accountable post; `null` if none is named.
    pub lead: Option<String>,
    /// Whether its holder has a social work qualification.
    pub lead_qualified: bool,
    /// Where readers may ask; `null` if it is not said.
    #[serde(default)]
    pub contact: Option<String>,
    /// The council's note.
    pub note: Option<String>,
    /// Its own caseload ceiling, in cases for a full-time equivalent, where its script sets one
    /// for everybody; `null` if it sets none.
    #[serde(default)]
    pub ceiling: Option<f64>,
}

/// How many were asked and answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Response {
    /// `whole`, `children` or `adults`.
    pub scope: String,
    /// The title: "Whole council".
    pub title: String,
    /// Practitioners invited.
    pub asked: Figure,
    /// Practitioners who answered at least one national question.
    pub answered: Figure,
    /// Percent.
    pub rate: Figure,
    /// The Health and Safety Executive's rule of thumb: `adequate`, …; empty if unknown.
    pub words: String,
}

/// Scores in one scope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scope {
    /// `whole`, `children` or `adults`.
    pub id: String,
    /// The title.
    pub title: String,
    /// The six under national rules, in national order.
    pub standards: Vec<Standard>,
    /// The national overall score.
    pub overall: Score,
    /// The overall score that a grade rests on: the mean of the six assured ones.
    pub assured: Figure,
    /// What holds that down in all six: "held down by 3 items not brought"; empty where
    /// nothing does and where it is withheld.
    #[serde(default)]
    pub held_down: String,
    /// The council's own standards under its own rules.
    pub local: Vec<LocalStandard>,
    /// The council's own overall score.
    pub local_overall: Score,
    /// The grade.
    pub grade: Grade,
}

/// A score, its band, or why not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Score {
    /// 0–100, one decimal.
    pub score: Figure,
    /// The band word; empty if not rated.
    pub band: String,
    /// Whether it is rated.
    pub rated: bool,
    /// Why it is not rated; empty if it is.
    pub why_not: String,
    /// Lower end of its 95% interval; `null` if it has none.
    pub low: Option<Figure>,
    /// Upper end of its 95% interval; `null` if it has none.
    pub high: Option<Figure>,
    /// "60.1 to 67.5"; empty if it has none.
    pub interval: String,
    /// Its standard error in points, without finite correction, two decimals: what a
    /// difference from another year or council is judged by; `null` if it has no interval.
    pub error: Option<Figure>,
}

/// One of the six.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Standard {
    /// `caseload`.
    pub id: String,
    /// "Caseload management".
    pub title: String,
    /// Score and band.
    pub result: Score,
    /// The score that a grade rests on: every item that counts and is not scored is 0.
    pub assured: Figure,
    /// What holds that down: "held down by 3 items not brought"; empty where nothing does
    /// and where it is withheld.
    #[serde(default)]
    pub held_down: String,
    /// Items scored.
    pub scored: Figure,
    /// Items that count.
    pub counted: Figure,
    /// "7 of 8 items", or `c`.
    pub coverage: String,
    /// What practitioners' answers say of the employer's claims: the worst of what stands
    /// beside its statements. `supported`, `not contradicted`, `cannot tell`, `not supported by
    /// practitioners`; empty where no claim is a yes.
    pub claims: String,
}

/// A standard under the council's own rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LocalStandard {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it is one of the six.
    pub national: bool,
    /// Its weight in the local overall score.
    pub weight: f64,
    /// Score and band.
    pub result: Score,
    /// Items scored.
    pub scored: Figure,
    /// Items that count.
    pub counted: Figure,
    /// "7 of 8 items", or `c`.
    pub coverage: String,
    /// The text of the council's formula; empty if it has none.
    pub formula: String,
    /// The council's note.
    pub note: Option<String>,
}

/// The grade: a band word, or withheld with every reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Grade {
    /// A band word, or `withheld`.
    pub word: String,
    /// Why it is withheld; empty if it is not.
    pub reasons: Vec<String>,
    /// The lower end of the interval of the assured overall score, on which it rests;
    /// `null` where it is not known or may not be seen.
    pub lower_end: Option<Figure>,
    /// The day until which it holds, in words; empty if it is withheld.
    pub valid_to: String,
    /// The same day for a program, `2027-09-30`; empty if it is withheld.
    #[serde(default)]
    pub valid_to_on: String,
    /// What must be said beside it; mostly empty.
    pub caution: String,
    /// How firm it is: percent of 1,000 resamples of the answer sheets that give the same
    /// band; `null` where it is withheld or rests on no sheets.
    pub firmness: Option<Figure>,
}

/// A group that findings speak of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// `whole`, `service`, `team`, or the council's own breakdown.
    pub breakdown: String,
    /// Its name in that breakdown.
    pub name: String,
    /// The title on the page.
    pub title: String,
    /// Whether the groups of its breakdown hold everybody exactly once, so that their
    /// figures add up to the whole's.
    pub adds_up: bool,
    /// The groups of other breakdowns that hold everybody who is in this one, as a council is made:
    /// breakdown and name (`service`, `children`). What holds a few people by chance is not told.
    pub within: Vec<(String, String)>,
    /// The names of the small groups of its breakdown that it rolls together, of which each
    /// by itself is withheld; empty for any other group. It holds exactly these, and stands
    /// beside its breakdown, whose other groups add up without it. An item of which it has no
    /// finding is not rolled up.
    #[serde(default)]
    pub rolls: Vec<String>,
}

/// An item and what was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Kebab-case id.
    pub id: String,
    /// Its standard's id.
    pub standard: String,
    /// `measure`, `question` or `statement`.
    pub kind: String,
    /// Whether it is one of the 39.
    pub national: bool,
    /// The wording in use: of a question what practitioners were asked.
    pub ask: String,
    /// The nation's wording where that is another; else empty.
    #[serde(default)]
    pub nation_asks: String,
    /// A measure's unit; empty for the others.
    pub unit: String,
    /// Which way a measure gets better: `lower` or `higher`; empty for the others.
    #[serde(default)]
    pub better: String,
    /// A question's answers that are scored, as worded, lowest first; empty for the others.
    #[serde(default)]
    pub scale: Vec<String>,
    /// `identical`, `complies`, `extends`, `omitted`, `not comparable`.
    pub comparability: String,
    /// Why, in plain English.
    pub comparability_reasons: Vec<String>,
    /// The text of the nation's formula; empty if it has none.
    pub national_formula: String,
    /// The text of the council's formula, if it differs; else empty.
    pub local_formula: String,
    /// The rule applied, in words: "100 at 12, 0 at 22".
    pub rule: String,
    /// Its weight in the local score.
    pub weight: f64,
    /// The council's target in words; empty if none.
    pub target: String,
    /// Whether the printed figure of the whole, by the council's definition, meets it: `reached`
    /// or `not reached`; empty without a target or without a figure.
    #[serde(default)]
    pub target_reached: String,
    /// What to do about it.
    pub advice: Option<String>,
    /// The council's note.
    pub note: Option<String>,
    /// Where the council's children's service stands among English councils; `null` where
    /// there is no benchmark or no figure to set against it.
    pub benchmark: Option<Benchmark>,
    /// What was found, the whole first.
    pub findings: Vec<Finding>,
}

/// Where a figure stands in the spread over English councils: never a rank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Benchmark {
    /// Figures are for the year to 30 September of this year.
    pub year: i16,
    /// Who publishes them: "Department for Education, …".
    pub source: String,
    /// How many councils the spread is over: those with 10 or more practitioners.
    pub councils: u32,
    /// The group of this council that is set against them: "Children's services".
    pub title: String,
    /// Its figure, as printed with the item.
    pub value: Figure,
    /// The spread, lowest percentile first.
    pub quantiles: Vec<Quantile>,
    /// The figure for England as a whole.
    pub england: Figure,
    /// In plain English: "between the 25th and the 50th percentile of 153 councils …".
    pub words: String,
}

/// One point of a spread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantile {
    /// 10, 20, 25, 50, 75, 80 or 90: the percent of councils at or below the value.
    pub percentile: u8,
    /// The value there, in the item's unit.
    pub value: Figure,
}

/// What was found for one item in one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The group's breakdown.
    pub breakdown: String,
    /// The group's name.
    pub group: String,
    /// By the nation's definition; `null` for a local item.
    pub national: Option<Reading>,
    /// By the council's.
    pub local: Reading,
}

/// One definition's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// A measure's figure in its unit, a question's mean, a statement's score.
    pub value: Figure,
    /// 0–100, one decimal.
    pub score: Figure,
    /// How many people (answers, rows, head count) it rests on.
    pub n: Figure,
    /// Whether it is rated.
    pub rated: bool,
    /// "not rated, because …"; empty if rated.
    pub why_not: String,
    /// Share of rows used, in words; empty where it rests on none.
    pub rows_used: String,
    /// How a question was answered; `null` for the others and where it is withheld.
    pub answers: Option<Answers>,
    /// Of the nation's measure of high caseloads: how many of its case holders hold how many
    /// cases; `null` for the others and where it is withheld.
    #[serde(default)]
    pub bands: Option<Bands>,
    /// A statement's claim: `yes`, `partly`, `no`; empty for the others.
    pub claim: String,
    /// A statement's evidence; empty for the others.
    pub evidence: String,
    /// The date of a statement's claim, in words; empty for the others.
    pub claimed_on: String,
    /// What practitioners say of a claim: `supported` where half or more agree, `not
    /// contradicted` where fewer do and half could, `not supported by practitioners`, `cannot
    /// tell`; empty where the claim is no yes.
    pub experience: String,
    /// The wording of the question that they would notice it by; empty for the others.
    pub experience_of: String,
    /// Percent of them who agree; `null` for the others.
    pub experience_agree: Option<Figure>,
    /// Of a share of posts or people by the nation's formula: how many full-time equivalents
    /// or people it is a share of, whole. For the whole and the services alone, which are
    /// set against another year or council: a team's rate beside it would give the number of
    /// people behind the rate. `null` for the others and where the reading is withheld; `c`
    /// where so few are in post that it would tell how few.
    pub base: Option<Figure>,
}

/// How a question was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answers {
    /// Label and how many: agree / neither / disagree below 50 answers, five from there up.
    pub counts: Vec<AnswerCount>,
    /// Counted, not scored; left out of the mean.
    pub unscored: Figure,
}

/// One answer and how many gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerCount {
    /// The label.
    pub label: String,
    /// How many.
    pub count: Figure,
    /// Percent of scored answers.
    pub share: Figure,
}

/// A question asked and never scored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Awareness {
    /// `aware-of-check` or `saw-change`.
    pub id: String,
    /// What practitioners were asked.
    pub ask: String,
    /// The nation's wording where that is another, so that the answers cannot stand beside
    /// other councils'; else empty.
    #[serde(default)]
    pub nation_asks: String,
    /// Percent answering yes.
    pub yes: Figure,
    /// How many answered.
    pub n: Figure,
}

/// A line of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Action {
    /// Its id.
    pub id: String,
    /// The standard's id.
    pub standard: String,
    /// The standard's title.
    pub standard_title: String,
    /// What will be done.
    pub what: String,
    /// The post that answers for it.
    pub owner: String,
    /// First day, in words.
    pub start: String,
    /// First day: `2026-11-01`; `null` if none is named.
    #[serde(default)]
    pub start_on: Option<String>,
    /// Last day, in words.
    pub due: String,
    /// Last day: `2026-12-31`; `null` if none is named.
    pub due_on: Option<String>,
    /// The item it is measured by, its wording.
    pub measure: String,
    /// That item's id; `null` if none is named.
    pub measure_id: Option<String>,
    /// Where it stood.
    pub baseline: String,
    /// The same as a number; `null` if none is named.
    pub baseline_value: Option<f64>,
    /// Where it should stand.
    pub target: String,
    /// The same as a number; `null` if none is named.
    pub target_value: Option<f64>,
    /// What both are counted in: a measure's unit, or "out of 100"; empty if no measure is
    /// named.
    #[serde(default)]
    pub unit: String,
    /// Of an action that begins after the as-of date: what this check found of its measure,
    /// where the baseline says something else; else empty.
    #[serde(default)]
    pub found: String,
    /// planned, under way, done, dropped.
    pub status: String,
    /// Why it was dropped.
    pub because: String,
    /// Who agreed.
    pub agreed_with: Vec<String>,
    /// Whether it is overdue on the as-of date.
    pub overdue: bool,
}

/// The code of a council whose figures are made up, as `healthcheck new` writes it: what is
/// published of it says so, and its survey never closes, since it is nobody's.
pub const MADE_UP: &str = "made-up";
/// The check was carried out with all national items as they are.
pub const IN_FULL: &str = "in full";
/// Items are left out or changed, and every standard can still be rated.
pub const TAILORED: &str = "tailored";
/// Nothing was brought for some items, or so few are left of a standard that it cannot be rated.
pub const IN_PART: &str = "in part";
/// Nothing was brought for any national item.
pub const WITHOUT_FIGURES: &str = "without figures";

/// How the check was tailored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tailoring {
    /// "in full", "tailored", "in part" or "without figures".
    pub word: String,
    /// In plain English, generated.
    pub sentences: Vec<String>,
    /// How many national items compare (identical or complies) and have something brought.
    pub comparable: usize,
    /// Of how many: 39.
    pub of: usize,
    /// "37 of 39".
    pub text: String,
}

/// A body that was consulted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Consulted {
    /// Who.
    pub body: String,
    /// When, in words.
    pub on: String,
    /// How.
    pub how: String,
    /// Whether it agreed.
    pub agreed: bool,
}

/// The employer's word on doing the check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Feedback {
    /// yes, partly, no; empty if not said.
    pub helpful: String,
    /// The titles of the standards hardest to check.
    pub hardest: Vec<String>,
}

/// Why figures published before with the same as-of date were withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// Its name.
    pub id: String,
    /// When they were withdrawn, in words.
    pub on: String,
    /// What was wrong with them.
    pub because: String,
}

/// The rows of a table as the script maps them: neither the order of rows nor the spelling of
/// the file matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowsDigest {
    /// `survey`, `workers`, …; of `workforce` the totals about people.
    pub table: String,
    /// SHA-256, hexadecimal; `null` where somebody could try all that the table might hold
    /// until it fits.
    pub sha256: Option<String>,
    /// The table whose rows it is made together with, so that nobody can try it without them;
    /// `null` where it is of these rows alone.
    #[serde(default)]
    pub sealed_with: Option<String>,
}

/// A file it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Its path, relative to the council's folder.
    pub path: String,
    /// SHA-256, hexadecimal; `null` where somebody could try all that the file might hold
    /// until it fits.
    pub sha256: Option<String>,
    /// The table whose rows it is made together with, so that nobody can try it without them;
    /// `null` where it is of the file alone.
    #[serde(default)]
    pub sealed_with: Option<String>,
}
