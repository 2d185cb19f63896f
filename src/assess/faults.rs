//! Faults found while assessing: each once a place, however many groups meet it.

use crate::check::HealthCheck;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::script::{Formula, Outcome, Trouble};
use crate::source::Place;
use std::collections::BTreeSet;

/// Where a table's card maps a column, or else where the card stands.
pub(super) fn column_place(check: &HealthCheck, table: &str, column: &str) -> Place {
    let spec = check.tables().iter().find(|spec| spec.id == table);
    let column = spec.and_then(|spec| spec.columns.iter().find(|own| own.name == column));
    let place = column.and_then(|column| column.place.clone());
    place.unwrap_or_else(|| place_of(check, table))
}

/// Where a table's card stands.
pub(super) fn place_of(check: &HealthCheck, table: &str) -> Place {
    let card = check.tables().iter().find(|spec| spec.id == table);
    card.map_or(&check.council().place, |spec| &spec.place)
        .clone()
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Faults {
    list: Diagnostics,
    seen: BTreeSet<(String, usize, usize, &'static str)>,
}

impl Faults {
    /// Adds a fault, unless one of its code stands at its place already.
    pub(super) fn push(&mut self, fault: Diagnostic) {
        let place = &fault.place;
        let key = (
            place.source.name().to_owned(),
            place.source.first_line(),
            place.span.start,
            fault.code.name(),
        );
        if self.seen.insert(key) {
            self.list.push(fault);
        }
    }

    /// Adds a fault beside others of its code at the same place: they speak of different
    /// things.
    pub(super) fn push_each(&mut self, fault: Diagnostic) {
        self.list.push(fault);
    }

    /// Adds those that were found meanwhile.
    pub(super) fn extend(&mut self, others: Faults) {
        others.list.into_iter().for_each(|fault| self.push(fault));
    }

    /// All, by place.
    pub(super) fn into_diagnostics(self) -> Diagnostics {
        self.list.sorted()
    }

    /// The score that a formula gave: a finite number from 0 to 100, or words that say
    /// what became of it.
    pub(super) fn score(&mut self, formula: &Formula, outcome: Outcome) -> Result<f64, String> {
        match outcome.value {
            Ok(score) if !(0.0..=100.0).contains(&score) => {
                self.push(
                    Diagnostic::new(
                        Code::ScoreOutOfRange,
                        formula.place().clone(),
                        "this score is not between 0 and 100",
                    )
                    .label(format!("gave {}", (score * 1000.0).round() / 1000.0))
                    .help("hold it with `clamp(score, 0, 100)`"),
                );
                Err(format!(
                    "its own formula gives a score outside 0 to 100 ({})",
                    whereabouts(formula.place())
                ))
            }
            Ok(score) => Ok(score),
            Err(Trouble::Missing(_)) => Err(format!(
                "its own formula gives no score ({})",
                whereabouts(formula.place())
            )),
            Err(Trouble::Unsettled {
                what,
                reason,
                diagnostic,
            }) => {
                self.push(*diagnostic);
                Err(format!(
                    "its own formula compares with a value that is missing (`{what}`: {})",
                    reason.meaning()
                ))
            }
            Err(Trouble::Failed(fault)) => Err(self.failed(*fault)),
        }
    }

    /// A formula that stopped. The script's own words go to its author, not to the page:
    /// they might hold a figure.
    pub(super) fn failed(&mut self, fault: Diagnostic) -> String {
        let words = format!("its formula failed ({})", whereabouts(&fault.place));
        self.push(fault);
        words
    }
}

/// `check.rhai, line 28`: without the folder, which differs from desk to desk.
fn whereabouts(place: &Place) -> String {
    let name = place.source.name();
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    format!("{file}, line {}", place.line())
}
