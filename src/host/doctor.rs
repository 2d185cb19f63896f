//! What might go wrong before it does: scripts, data, templates and what is published in,
//! each thing to look at with what to do out. It reads what is there and changes nothing.

mod places;
mod published;
mod rehearsed;

use super::{Destination, Host};
use crate::diagnostic::Diagnostics;

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Symptom {
    /// How much it matters.
    pub weight: Weight,
    /// The file or folder it is about, as the reader should see it.
    pub place: String,
    /// What is seen, in a sentence without a full stop.
    pub what: String,
    /// What to do.
    pub advice: String,
}

/// How much a symptom matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Weight {
    /// Good to know.
    Note,
    /// Readers may be misled, or a run may fail.
    Warning,
    /// A fault in a script, data or template: a run does not publish.
    Faulty,
    /// A run cannot read or write.
    Stops,
    /// A run ends with a bug of this program.
    Bug,
}

/// What was seen so far.
#[derive(Default)]
struct Chart(Vec<Symptom>);

impl Chart {
    fn note(&mut self, weight: Weight, place: &str, what: impl Into<String>, advice: &str) {
        let symptom = Symptom {
            weight,
            place: place.to_owned(),
            what: what.into(),
            advice: advice.to_owned(),
        };
        if !self.0.contains(&symptom) {
            self.0.push(symptom);
        }
    }

    /// Whether anything is told of this place already.
    fn tells_of(&self, place: &str) -> bool {
        self.0.iter().any(|one| one.place == place)
    }
}

impl Host {
    /// Looks at the councils named (all if none is named), at the templates and at what is
    /// published of them, and goes all the way of a run but the last step. The gravest comes first.
    ///
    /// # Errors
    /// There is no council of that name, or none at all.
    pub fn doctor(&self, named: &[String], to: &Destination) -> Result<Vec<Symptom>, Diagnostics> {
        let councils = self.councils(named)?;
        let mut chart = Chart::default();
        let seen = rehearsed::look(self, &councils, to, &mut chart);
        places::look(self, &seen, to, &mut chart);
        published::look(self, &seen, to, &today(), &mut chart);
        let mut symptoms = chart.0;
        symptoms.sort_by_key(|one| std::cmp::Reverse(one.weight));
        Ok(symptoms)
    }
}

/// This day: `2026-09-30`.
fn today() -> String {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
    now.date().to_string()
}

#[cfg(test)]
mod tests;
