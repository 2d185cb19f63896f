//! What given rows come to, as a test may ask for it, and what became of the test.

use crate::diagnostic::Diagnostics;
use crate::script::library::Named;
use crate::source::{Place, Spanned};
use std::collections::BTreeSet;

/// What the rows of a test come to.
#[derive(Debug, Clone)]
pub struct Scored {
    /// Every item of the check.
    pub items: Vec<ScoredItem>,
    /// Every standard.
    pub standards: Vec<ScoredStandard>,
    /// The council's overall score, or why there is none.
    pub overall: Result<f64, String>,
    /// Formulas that failed on these rows.
    pub faults: Diagnostics,
}

/// An item's result.
#[derive(Debug, Clone)]
pub struct ScoredItem {
    /// Its value and score.
    pub named: Named,
    /// The standard that it belongs to.
    pub standard: String,
    /// Why it has no score.
    pub why_not: Option<String>,
    /// Columns that its formula reads and that no row was given with, as `workers.fte`.
    pub lacks: Vec<String>,
    /// Where its formula stands.
    pub formula: Option<Place>,
}

/// A standard's result.
#[derive(Debug, Clone)]
pub struct ScoredStandard {
    /// Its id.
    pub id: String,
    /// 0 to 100, or why it is not rated.
    pub score: Result<f64, String>,
    /// Where the council's own formula for it stands, if it has one.
    pub formula: Option<Place>,
}

/// One test, after it ran.
#[derive(Debug, Clone)]
pub struct Trial {
    /// Its name, and where that stands.
    pub name: Spanned<String>,
    /// What did not hold, or stopped it; none if it passed.
    pub faults: Diagnostics,
    /// The results that it asked for, and those on which these rest, that came out as
    /// numbers.
    pub asked: BTreeSet<Asked>,
}

impl Trial {
    /// Whether everything expected was found.
    pub fn passed(&self) -> bool {
        !self.faults.has_errors()
    }
}

/// A result that a test asks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// An item, by its id.
    Item(String),
    /// A standard, by its id.
    Standard(String),
    /// The overall score.
    Overall,
}
