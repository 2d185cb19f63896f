//! The health check of one council: the national check with the council's tailoring laid
//! over it. Only `validate` makes one; it is sound or it does not exist.

mod item;

use crate::colour::Colour;
use crate::data::TableSpec;
use crate::diagnostic::{Code, Diagnostic};
use crate::national::{Band, Service, StandardId, THRESHOLD};
use crate::publication::Publication;
use crate::rounding::half_up;
use crate::script::Formula;
use crate::source::{Place, Source, Spanned};
pub use item::{
    Claim, Comparability, ComparabilityKind, Definition, Item, Kind, Measure, Omission, Question,
    Says, Target,
};
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
    pub groups: Vec<(String, Vec<Spanned<String>>)>,
}

/// The fault of a breakdown by a column of numbers whose groups nobody named: each number would be one, and the
/// highest be on the page.
pub(crate) fn groups_of_numbers(table: &str, column: &str, place: Place) -> Diagnostic {
    let message =
        format!("`{column}` of `{table}` holds numbers, and each of them would be a group");
    Diagnostic::new(Code::GroupsOfOne, place, message)
        .label("the highest and the lowest would be published as names of groups")
        .note("of an amount bring a column of words that says between which numbers it lies")
        .note("where the numbers are names, as of areas, name the groups in the breakdown's card, as below")
        .help("groups: #{ \"Area 1\": [\"1\"], \"Area 2\": [\"2\"] },")
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
        let whole = half_up(score, 0);
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
