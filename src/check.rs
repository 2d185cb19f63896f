//! The health check of one council: the national check with the council's tailoring laid
//! over it. Only `validate` makes one; it is sound or it does not exist.

use crate::colour::Colour;
use crate::data::TableSpec;
use crate::national::{Band, Service, StandardId, THRESHOLD};
use crate::publication::Publication;
use crate::script::Formula;
use crate::source::{Place, Source, Spanned};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A sound check. Its fields can be read by anybody and made by `validate` alone.
#[derive(Debug, Clone)]
pub struct HealthCheck {
    pub(crate) parts: Parts,
}

impl HealthCheck {
    /// The council.
    pub fn council(&self) -> &Council {
        &self.parts.council
    }
    /// Who was consulted, in order of the script.
    pub fn consulted(&self) -> &[Consulted] {
        &self.parts.consulted
    }
    /// The six standards in national order, then the local ones in order of the script.
    pub fn standards(&self) -> &[Standard] {
        &self.parts.standards
    }
    /// The 39 national items in national order, then the local ones in order of the script.
    pub fn items(&self) -> &[Item] {
        &self.parts.items
    }
    /// An item by its id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.parts.items.iter().find(|item| item.id == id)
    }
    /// How the two questions that are asked and never scored compare, in the nation's order.
    pub fn awareness(&self) -> &[Awareness] {
        &self.parts.awareness
    }
    /// The tables to read.
    pub fn tables(&self) -> &[TableSpec] {
        &self.parts.tables
    }
    /// The groups to break down by; `service` and `team` come first where they exist.
    pub fn breakdowns(&self) -> &[Breakdown] {
        &self.parts.breakdowns
    }
    /// The improvement plan, in order of the script.
    pub fn actions(&self) -> &[Action] {
        &self.parts.actions
    }
    /// The council's own way to an overall score.
    pub fn overall(&self) -> &LocalOverall {
        &self.parts.overall
    }
    /// The employer's word on doing the check.
    pub fn feedback(&self) -> Option<&Feedback> {
        self.parts.feedback.as_ref()
    }
    /// Corrections of figures that were published with this as-of date, in order of the
    /// script.
    pub fn corrections(&self) -> &[Correction] {
        &self.parts.corrections
    }
    /// Whether what was published is of the same as-of date.
    pub(crate) fn has_date_of(&self, release: &Publication) -> bool {
        release.council.as_of == self.council().as_of.to_string()
    }
    /// Whether a correction is told that a release did not know of: its figures are withdrawn.
    pub(crate) fn withdraws(&self, release: &Publication) -> bool {
        let mut corrections = self.corrections().iter();
        corrections.any(|one| !release.knows_of(&one.id))
    }
    /// The files that the check is made of: the script, then the libraries it used.
    pub fn sources(&self) -> &[Source] {
        &self.parts.sources
    }
}

/// What a check is made of; a plain struct, so that `validate` can fill it.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
    pub council: Council,
    pub consulted: Vec<Consulted>,
    pub standards: Vec<Standard>,
    pub items: Vec<Item>,
    pub awareness: Vec<Awareness>,
    pub tables: Vec<TableSpec>,
    pub breakdowns: Vec<Breakdown>,
    pub actions: Vec<Action>,
    pub overall: LocalOverall,
    pub feedback: Option<Feedback>,
    pub corrections: Vec<Correction>,
    pub sources: Vec<Source>,
}

/// A question that is asked and never scored.
#[derive(Debug, Clone)]
pub struct Awareness {
    /// `aware-of-check` or `saw-change`.
    pub id: &'static str,
    /// The wording: the nation's, or what the file's header asks in its place.
    pub ask: String,
    /// How its wording and its answers, as they are read, compare with the nation's.
    pub comparability: Comparability,
    /// Whether its answers are read as what they say, in whatever words it was asked.
    pub counted: bool,
}

/// The council and its round of the check.
#[derive(Debug, Clone)]
pub struct Council {
    /// Its name.
    pub name: String,
    /// Its code (`E10000099`), or as the council has it.
    pub code: String,
    /// `council` or `voluntary`.
    pub kind: String,
    /// The day on which records were counted.
    pub as_of: Date,
    /// The services that it runs and checks, in the nation's order.
    pub services: Vec<Service>,
    /// Practitioners invited when the survey opened, by service.
    pub asked: BTreeMap<Service, u32>,
    /// Where that is said; the card, if it is not.
    pub asked_place: Place,
    /// First and last day of the survey.
    pub fielded: Option<(Date, Date)>,
    /// Where the card says it.
    pub fielded_place: Place,
    /// The accountable manager.
    pub lead: Option<Lead>,
    /// People below which no figure about them is published: at least the nation's.
    pub threshold: u32,
    /// Where readers may ask.
    pub contact: Option<String>,
    /// How its pages look.
    pub brand: Brand,
    /// A note for the page.
    pub note: Option<String>,
    /// The card.
    pub place: Place,
}

/// How a council's pages look.
#[derive(Debug, Clone, Default)]
pub struct Brand {
    /// Its colour.
    pub(crate) colour: Option<Colour>,
    /// The file of its logo, beside the script.
    pub logo: Option<Spanned<String>>,
}

impl Council {
    /// Practitioners invited in all, if every service says.
    pub fn asked_in_all(&self) -> Option<u32> {
        self.services
            .iter()
            .map(|service| self.asked.get(service).copied())
            .sum()
    }

    /// The fewest people that a figure may be about: the council's threshold, never under the
    /// nation's.
    pub fn fewest_people(&self) -> u32 {
        self.threshold.max(THRESHOLD)
    }
}

/// The accountable senior manager.
#[derive(Debug, Clone)]
pub struct Lead {
    /// The post, not the person.
    pub post: String,
    /// Whether the post's holder has a social work qualification.
    pub social_work_qualified: bool,
}

/// A body that was consulted.
#[derive(Debug, Clone)]
pub struct Consulted {
    /// Who.
    pub body: String,
    /// When.
    pub on: Date,
    /// How.
    pub how: String,
    /// Whether it agreed.
    pub agreed: bool,
}

/// A correction: figures published before with the same as-of date are withdrawn.
#[derive(Debug, Clone)]
pub struct Correction {
    /// Its own name: a release that tells of it is made after it.
    pub id: String,
    /// The day on which they were withdrawn.
    pub on: Date,
    /// What was wrong with them.
    pub because: String,
    /// The card.
    pub place: Place,
}

/// A standard: one of the six or a local one.
#[derive(Debug, Clone)]
pub struct Standard {
    /// `caseload`, or the local id.
    pub id: String,
    /// The title on the page.
    pub title: String,
    /// Which of the six, if it is one.
    pub national: Option<StandardId>,
    /// Its weight in the local overall score.
    pub weight: f64,
    /// The council's own way to its score.
    pub score: Option<Arc<Formula>>,
    /// A note for the page.
    pub note: Option<String>,
}

/// An item: what the nation says of it, if it is a national one, and what the council says.
#[derive(Debug, Clone)]
pub struct Item {
    /// Kebab-case id.
    pub id: String,
    /// Which standard it belongs to, by id.
    pub standard: String,
    /// The nation's own definition; `None` for a local item.
    pub national: Option<Definition>,
    /// The council's definition: for an untouched national item the same as the nation's.
    pub local: Definition,
    /// Its weight within its standard in the local score.
    pub weight: f64,
    /// How it compares with the nation's.
    pub comparability: Comparability,
    /// Why it is left out, if it is.
    pub omission: Option<Omission>,
    /// What to do about it, for the page.
    pub advice: Option<String>,
    /// A note for the page.
    pub note: Option<String>,
    /// The council's target for a measure.
    pub target: Option<Target>,
    /// The employer's claims to a statement: for one service, or for all.
    pub claims: Vec<Claim>,
    /// The card, the council's if it wrote one.
    pub place: Place,
}

impl Item {
    /// Whether it counts in the national score.
    pub fn counts_nationally(&self) -> bool {
        self.national.is_some()
            && matches!(
                self.comparability.kind,
                ComparabilityKind::Identical | ComparabilityKind::Complies
            )
    }
}

/// What an item asks and how it is scored.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The wording.
    pub ask: String,
    /// Measure, question or statement.
    pub kind: Kind,
}

/// The three kinds of item.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Kind {
    /// A number from the employer's own records.
    Measure(Measure),
    /// Asked of practitioners.
    Question(Question),
    /// The employer's own claim.
    Statement,
}

impl Kind {
    /// `measure`, `question` or `statement`.
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Measure(_) => "measure",
            Kind::Question(_) => "question",
            Kind::Statement => "statement",
        }
    }
}

/// A number from the employer's own records.
#[derive(Debug, Clone)]
pub struct Measure {
    /// `%`, `cases per FTE`, …
    pub unit: String,
    /// The formula; its parameters name tables.
    pub value: Arc<Formula>,
    /// The value that scores 100.
    pub best: f64,
    /// The value that scores 0.
    pub worst: f64,
    /// The council's own way from value to score.
    pub score: Option<Arc<Formula>>,
}

/// Asked of practitioners.
#[derive(Debug, Clone)]
pub struct Question {
    /// Scored answers, lowest first; the nation has five.
    pub answers: Vec<String>,
    /// Counted, not scored.
    pub unscored: Vec<String>,
    /// Whether agreeing is bad: turned round before anything else.
    pub reverse: bool,
    /// Its column in the `survey` table: the item's id.
    pub column: String,
    /// The header of that column in the survey's file, where the card says.
    pub header: Option<String>,
    /// Where the card says it.
    pub header_place: Option<Place>,
    /// A hint shown with the question.
    pub hint: Option<String>,
}

/// How an item compares with the nation's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparability {
    /// The word.
    pub kind: ComparabilityKind,
    /// Why, in plain English; empty when identical.
    pub reasons: Vec<String>,
}

/// The words of comparability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparabilityKind {
    /// As the nation has it.
    Identical,
    /// Stricter or more detailed; still compares.
    Complies,
    /// Local only.
    Extends,
    /// Left out, with a reason.
    Omitted,
    /// Changed so that it no longer compares.
    NotComparable,
}

impl ComparabilityKind {
    /// The words on the page.
    pub fn words(self) -> &'static str {
        match self {
            ComparabilityKind::Identical => "identical",
            ComparabilityKind::Complies => "complies",
            ComparabilityKind::Extends => "extends",
            ComparabilityKind::Omitted => "omitted",
            ComparabilityKind::NotComparable => "not comparable",
        }
    }
}

/// An item left out.
#[derive(Debug, Clone)]
pub struct Omission {
    /// Why.
    pub reason: String,
    /// When the council thinks again.
    pub review_by: Date,
}

/// A council's target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
    /// From this to that.
    Between(f64, f64),
}

impl Target {
    /// Whether a value meets it.
    pub fn met(self, value: f64) -> bool {
        match self {
            Target::AtMost(most) => value <= most,
            Target::AtLeast(least) => value >= least,
            Target::Between(least, most) => (least..=most).contains(&value),
        }
    }

    /// `at most 16`.
    pub fn words(self) -> String {
        match self {
            Target::AtMost(most) => format!("at most {most}"),
            Target::AtLeast(least) => format!("at least {least}"),
            Target::Between(least, most) => format!("between {least} and {most}"),
        }
    }
}

/// The employer's claim to a statement.
#[derive(Debug, Clone)]
pub struct Claim {
    /// What it says, as written.
    pub says: Says,
    /// When it was true.
    pub on: Option<Date>,
    /// What shows it.
    pub evidence: Option<String>,
    /// For one service only.
    pub service: Option<Service>,
}

/// Yes, partly or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    /// None of it is true: 0.
    No,
    /// Some of it is true: 50.
    Partly,
    /// All of it is true: 100.
    Yes,
}

impl Says {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Says::No => "no",
            Says::Partly => "partly",
            Says::Yes => "yes",
        }
    }

    /// Its score.
    pub fn score(self) -> f64 {
        match self {
            Says::No => 0.0,
            Says::Partly => 50.0,
            Says::Yes => 100.0,
        }
    }
}

/// Groups to break results down by.
#[derive(Debug, Clone)]
pub struct Breakdown {
    /// `service`, `team`, or the council's own.
    pub id: String,
    /// The tables it applies to.
    pub tables: Vec<String>,
    /// The column that tells rows apart.
    pub by: String,
    /// Group → the column's values, in order of the script; empty: each value is a group.
    pub groups: Vec<(String, Vec<String>)>,
}

/// A line of the improvement plan.
#[derive(Debug, Clone)]
pub struct Action {
    /// Kebab-case id.
    pub id: String,
    /// The standard it serves.
    pub standard: String,
    /// The item it serves, if it names one.
    pub item: Option<String>,
    /// What will be done.
    pub what: String,
    /// The post that answers for it.
    pub owner: Option<String>,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub due: Option<Date>,
    /// The item by which it is measured.
    pub measure: Option<String>,
    /// Where that measure stood.
    pub baseline: Option<f64>,
    /// Where it should stand.
    pub target: Option<f64>,
    /// planned, under way, done, dropped.
    pub status: String,
    /// Why it was dropped.
    pub because: Option<String>,
    /// Who agreed to it.
    pub agreed_with: Vec<String>,
    /// The card.
    pub place: Place,
}

impl Action {
    /// Whether it has all that a standard below *good* asks of an action: owner, start,
    /// due, measure, baseline and target, and is not dropped.
    pub fn is_complete(&self) -> bool {
        self.status != "dropped"
            && self.owner.is_some()
            && self.start.is_some()
            && self.due.is_some()
            && self.measure.is_some()
            && self.baseline.is_some()
            && self.target.is_some()
    }

    /// Whether it should have been done by `as_of` and was not.
    pub fn is_overdue(&self, as_of: Date) -> bool {
        self.due.is_some_and(|due| due < as_of)
            && !matches!(self.status.as_str(), "done" | "dropped")
    }
}

/// The council's own overall score.
#[derive(Debug, Clone, Default)]
pub struct LocalOverall {
    /// Its formula, over the standards' local scores.
    pub score: Option<Arc<Formula>>,
    /// Its band words and where each begins, lowest first; empty: the nation's.
    pub bands: Vec<(String, f64)>,
}

impl LocalOverall {
    /// The band word of a local score, rounded half up to a whole number.
    pub fn band(&self, score: f64) -> String {
        let whole = (score + 0.5).floor();
        self.bands
            .iter()
            .rev()
            .find(|(_, from)| whole >= *from)
            .map_or_else(
                || Band::of(score).words().to_owned(),
                |(words, _)| words.clone(),
            )
    }
}

/// The employer's word on doing the check.
#[derive(Debug, Clone)]
pub struct Feedback {
    /// yes, partly or no.
    pub helpful: Option<String>,
    /// The standards hardest to check.
    pub hardest: Vec<String>,
}
