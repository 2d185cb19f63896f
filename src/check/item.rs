//! What a check asks: each item by the nation's definition and by the council's, and how the two
//! compare.

use crate::national::Service;
use crate::script::Formula;
use crate::source::Place;
use jiff::civil::Date;
use std::sync::Arc;

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

    /// Of a measure whose figure the council works out by a formula of its own: that.
    pub fn own_formula(&self) -> Option<&Arc<Formula>> {
        let Kind::Measure(local) = &self.local.kind else {
            return None;
        };
        let national = self.national.as_ref().map(|national| &national.kind);
        let is_nations = matches!(
            national, Some(Kind::Measure(national)) if Arc::ptr_eq(&national.value, &local.value)
        );
        (!is_nations).then_some(&local.value)
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

impl Measure {
    /// Whether its unit is so many of every hundred, however it is written.
    pub fn is_of_hundred(&self) -> bool {
        let unit = self.unit.trim().to_lowercase();
        let words = ["percent", "per cent", "pct"];
        unit.starts_with('%') || words.iter().any(|word| unit.starts_with(word))
    }
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
