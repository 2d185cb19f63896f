//! Many councils' publications in, one [`Comparison`] out: comparable figures side by side,
//! and the national summary.
//!
//! Only what is published enters, so that nothing withheld can come out. No council is put
//! before another unless their intervals lie apart: see [`Row`].

mod editions;
mod figures;
mod side_by_side;
mod summary;
#[cfg(test)]
mod tests;

use crate::publication::{Figure, NOT_A_RATING, Publication};
pub(crate) use editions::code;
use jiff::civil::Date;
use serde::Serialize;
pub use summary::{Awareness, Counted, Feedback, Grades, NotImproved, StandardSummary, Summary};

/// The version of the comparison's form.
pub const SCHEMA: &str = "healthcheck-comparison/1";

/// Councils from which on a spread is given; below it there are only the values.
pub const FEWEST_FOR_SPREAD: usize = 5;

/// Several councils' checks, compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The version of this form: `healthcheck-comparison/1`.
    pub schema: String,
    /// The day of the comparison: nothing after it is looked at, and a grade that ran out
    /// before it is called expired.
    pub as_of: String,
    /// The edition of the national core in which councils are set side by side.
    pub edition: String,
    /// The councils, by name, each with its latest edition.
    pub councils: Vec<Member>,
    /// What was given and not used, and why.
    pub left_out: Vec<String>,
    /// How the nation stands.
    pub summary: Summary,
    /// Side by side: children's services, adults' services, then councils that run both.
    pub services: Vec<SideBySide>,
    /// Said beside every band.
    pub not_a_rating: String,
}

/// One council of the comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Member {
    /// The folder it is published under.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// The services it covers.
    pub covers: String,
    /// The as-of date of the edition used.
    pub as_of: String,
    /// How many earlier editions were given besides.
    pub earlier: usize,
    /// "in full", "tailored", "in part" or "without figures".
    pub carried_out: String,
    /// "37 of 39" national items compare.
    pub comparable: String,
}

/// Councils that cover the same services, side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SideBySide {
    /// `children`, `adults` or `both`.
    pub services: String,
    /// The title: "Children's services".
    pub title: String,
    /// The overall score, then the six standards.
    pub scores: Vec<Row>,
    /// The national items that compare in at least two of the councils.
    pub items: Vec<Row>,
}

/// One figure over councils.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// `overall`, a standard's or an item's id.
    pub id: String,
    /// Its title or wording.
    pub title: String,
    /// Its unit; `score` for scores from 0 to 100.
    pub unit: String,
    /// Over how many councils.
    pub councils: usize,
    /// How many of the others have no figure that compares: withheld, not rated, changed.
    pub without: usize,
    /// The spread over them; `null` below [`FEWEST_FOR_SPREAD`].
    pub spread: Option<Spread>,
    /// Each council's figure, by name of the council and never by value.
    pub values: Vec<Value>,
}

/// A spread over councils: percentiles by linear interpolation between ranks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spread {
    /// Over how many councils.
    pub councils: usize,
    /// The lower quarter's upper end.
    pub p25: Figure,
    /// The middle.
    pub p50: Figure,
    /// The upper quarter's lower end.
    pub p75: Figure,
}

/// One council's figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Value {
    /// The council's id.
    pub council: String,
    /// Its figure as published.
    pub value: Figure,
    /// Lower end of the interval for comparison; `null` if there is none.
    pub low: Option<Figure>,
    /// Upper end of it.
    pub high: Option<Figure>,
    /// How it stands to the others; `null` where it has no interval and is never ranked.
    pub standing: Option<Standing>,
}

/// How one council's figure stands to the others that have an interval, each pair by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Councils that it is clearly above: its interval lies above theirs.
    pub clearly_above: usize,
    /// Councils that it is clearly below.
    pub clearly_below: usize,
    /// Councils from which it cannot be told apart: the intervals overlap.
    pub not_distinguishable: usize,
}

/// A date that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADay(pub String);

/// Compares publications as of a day (`2026-12-31`), or of the latest as-of date among them.
/// Of two publications of one council and day that differ, neither is counted: hand them in
/// without such pairs (the host tells them as a fault).
///
/// # Errors
/// `as_of` is no day.
pub fn compare(publications: &[Publication], as_of: Option<&str>) -> Result<Comparison, NotADay> {
    let as_of: Option<Date> = match as_of {
        Some(text) => Some(text.parse().map_err(|_| NotADay(text.to_owned()))?),
        None => publications.iter().filter_map(editions::day).max(),
    };
    let (councils, left_out) = editions::councils(publications, as_of);
    let edition = editions::common(&councils);
    let (same, other): (Vec<_>, Vec<_>) = councils
        .iter()
        .map(editions::Council::latest)
        .partition(|latest| latest.edition == edition && latest.council.kind == "council");
    let left_out = left_out
        .into_iter()
        .chain(other.into_iter().map(|one| {
            let why = if one.edition == edition {
                "it is no council"
            } else {
                "it used another edition of the national core"
            };
            format!("{} is not set side by side: {why}", one.council.name)
        }))
        .collect();
    Ok(Comparison {
        schema: SCHEMA.into(),
        as_of: as_of.map_or_else(String::new, |day| day.to_string()),
        edition,
        councils: councils.iter().map(member).collect(),
        left_out,
        summary: summary::of(&councils, as_of),
        services: side_by_side::of(&same),
        not_a_rating: NOT_A_RATING.into(),
    })
}

fn member(council: &editions::Council<'_>) -> Member {
    let latest = council.latest();
    Member {
        id: latest.id.clone(),
        name: latest.council.name.clone(),
        code: latest.council.code.clone(),
        covers: latest.council.covers.clone(),
        as_of: latest.council.as_of.clone(),
        earlier: council.earlier().len(),
        carried_out: latest.tailoring.word.clone(),
        comparable: latest.tailoring.text.clone(),
    }
}
