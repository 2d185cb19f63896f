//! Measures: a number from the employer's records, and its score between two anchors.

use super::faults::Faults;
use super::groups::Selection;
use crate::assessment::{Reading, WhyNot};
use crate::check::{ComparabilityKind, Item, Kind, Measure};
use crate::data::{Cell, Rows};
use crate::missing::Missing;
use crate::national::{Base, SHARES};
use crate::script::{Footprint, Formula, Outcome, Trouble};
use std::sync::Arc;

/// An item's readings in one group: the nation's, if it is a national item, and the
/// council's.
pub(super) fn readings(
    item: &Item,
    own: &Measure,
    group: &Selection,
    asking: &mut Asking,
) -> (Option<Reading>, Reading) {
    let nations = item.national.as_ref().and_then(|definition| {
        let Kind::Measure(measure) = &definition.kind else {
            return None;
        };
        let reading = value(&measure.value, group, asking);
        let base = base(&item.id, &reading, group);
        Some((measure, Reading { base, ..reading }))
    });
    let local = match (&item.omission, &nations) {
        (Some(omission), _) => Reading::omitted(omission),
        (None, Some((measure, reading))) if Arc::ptr_eq(&measure.value, &own.value) => {
            scored(own, reading.clone(), &mut asking.faults)
        }
        (None, _) => {
            let reading = value(&own.value, group, asking);
            scored(own, reading, &mut asking.faults)
        }
    };
    let national = nations.map(|(measure, reading)| {
        // Columns that are not what they are called give no national figure.
        if item.comparability.kind == ComparabilityKind::NotComparable {
            let reasons = item.comparability.reasons.join("; ");
            return Reading::without(Missing::NotAvailable, WhyNot::NotComparable(reasons));
        }
        // An omission leaves out what was not brought; what was brought is scored.
        match &item.omission {
            Some(omission) if reading.why_not == Some(WhyNot::NotBrought) => {
                Reading::omitted(omission)
            }
            _ => scored(measure, reading, &mut asking.faults),
        }
    });
    (national, local)
}

/// What a share is a share of, where it has a value.
fn base(item: &str, reading: &Reading, group: &Selection) -> Option<f64> {
    reading.value.ok()?;
    let (_, base) = SHARES.iter().find(|(id, _)| *id == item)?;
    match base {
        Base::People => reading.rows.map(|(used, _)| used as f64),
        Base::Posts(beside, columns) => {
            let rows = group.rows("workforce")?;
            let marked = |column: &&str, row: usize| {
                rows.table.cell(column, row) == Cell::Missing(Missing::NotApplicable)
            };
            let mut all = beside.iter().chain(*columns);
            let counted = rows.keep(|row| !all.clone().any(|column| marked(column, row)));
            all.all(|column| rows.table.column(column).is_some())
                .then(|| columns.iter().map(|column| total(&counted, column)).sum())?
        }
    }
}

/// Whether it is noted what each row brings to a figure of the whole, of which disclosure
/// control takes account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EachRow {
    Noted,
    /// Nobody is told the figures.
    Unsaid,
}

/// An item's formulas on their way from group to group.
pub(super) struct Asking {
    each_row: EachRow,
    /// What they gave in groups of which none of their tables has rows: the same in each, and
    /// most breakdowns are of a table or two. By the formula's address, and by which of its tables were
    /// brought and cannot be told apart.
    absent: Vec<(usize, Vec<bool>, Outcome)>,
    /// What went wrong.
    pub(super) faults: Faults,
    /// Whether rhai ran one of them row by row.
    pub(super) row_by_row: bool,
}

impl Asking {
    pub(super) fn new(each_row: EachRow) -> Self {
        Self {
            each_row,
            absent: Vec::new(),
            faults: Faults::default(),
            row_by_row: false,
        }
    }

    fn outcome(&mut self, formula: &Formula, group: &Selection) -> Outcome {
        let has_rows = |table: &String| group.rows(table).is_some();
        if group.is_whole() || formula.parameters().iter().any(has_rows) {
            return self.asked(formula, group);
        }
        let address = std::ptr::from_ref(formula).addr();
        let tables = formula.parameters().iter();
        let untold: Vec<bool> = tables.map(|table| group.is_untold(table)).collect();
        let mut known = self.absent.iter();
        let known = known.find(|(of, told, _)| *of == address && *told == untold);
        if let Some((_, _, outcome)) = known {
            return outcome.clone();
        }
        let outcome = self.asked(formula, group);
        self.absent.push((address, untold, outcome.clone()));
        outcome
    }

    fn asked(&self, formula: &Formula, group: &Selection) -> Outcome {
        let tables: Vec<Rows> = formula
            .parameters()
            .iter()
            .map(|table| group.rows_for_formula(table))
            .collect();
        // Everybody's rows: those of a group are found among them.
        match group.is_whole() && self.each_row == EachRow::Noted {
            true => formula.value_with_contributions(&tables),
            false => formula.value(&tables),
        }
    }
}

/// What a formula gives in one group, not yet scored.
fn value(formula: &Formula, group: &Selection, asking: &mut Asking) -> Reading {
    let outcome = asking.outcome(formula, group);
    asking.row_by_row |= outcome.footprint.row_by_row;
    let faults = &mut asking.faults;
    let footprint = outcome.footprint;
    let people = people(formula.parameters(), group, &footprint);
    let (value, why_not) = match outcome.value {
        Ok(value) => (Ok(value), None),
        Err(trouble) => {
            let (reason, why_not) = why_no_value(trouble, formula, &footprint, faults);
            (Err(reason), Some(why_not))
        }
    };
    // Nothing was brought: there is nobody whose figure it could be.
    let not_brought = why_not == Some(WhyNot::NotBrought) && footprint.not_brought;
    Reading {
        value,
        score: value,
        why_not,
        people: people.filter(|_| !not_brought),
        nobody: people == Some(0) && formula.parameters().iter().all(|t| is_empty(t, group)),
        rows: footprint.rows,
        base: None,
        answers: None,
        bands: None,
        claim: None,
        yes: None,
        written: None,
        experience: None,
        reveals: footprint.reveals,
        ranked: footprint.ranked,
        contributions: footprint.contributions,
    }
}

fn why_no_value(
    trouble: Trouble,
    formula: &Formula,
    footprint: &Footprint,
    faults: &mut Faults,
) -> (Missing, WhyNot) {
    // Of totals every row is needed: one that is marked unreliable says so itself.
    let rows_may_lack =
        footprint.rows.is_some() && formula.parameters().iter().any(|of| of != "workforce");
    match trouble {
        // First, since a table that is not there counts 0 out of 0.
        Trouble::Missing(_) if footprint.not_brought => (Missing::NotAvailable, WhyNot::NotBrought),
        Trouble::Missing(Missing::NotApplicable) => {
            (Missing::NotApplicable, WhyNot::NothingToCount)
        }
        Trouble::Missing(Missing::NotAvailable) => (Missing::NotAvailable, WhyNot::NotBrought),
        Trouble::Missing(Missing::Unreliable) if rows_may_lack => {
            let (used, about) = footprint.rows.unwrap_or_default();
            (Missing::Unreliable, WhyNot::Incomplete { used, about })
        }
        Trouble::Missing(reason) => (reason, WhyNot::Marked(reason)),
        Trouble::Unsettled {
            what,
            reason,
            diagnostic,
        } => {
            faults.push(*diagnostic);
            (reason, WhyNot::MissingValue { what, reason })
        }
        Trouble::Failed(fault) => (Missing::NotAvailable, WhyNot::Failed(faults.failed(*fault))),
    }
}

/// The score of a value: by the council's own formula where it has one, else straight
/// between the anchors.
fn scored(measure: &Measure, reading: Reading, faults: &mut Faults) -> Reading {
    let Ok(value) = reading.value else {
        return reading;
    };
    let score = match &measure.score {
        Some(formula) => faults.score(formula, formula.score(value)),
        None => Ok(between(value, measure.best, measure.worst)),
    };
    match score {
        Ok(score) => Reading {
            score: Ok(score),
            ..reading
        },
        Err(words) => Reading {
            score: Err(Missing::NotAvailable),
            why_not: Some(WhyNot::Failed(words)),
            ..reading
        },
    }
}

/// 100 at `best`, 0 at `worst`, straight between, clamped.
fn between(value: f64, best: f64, worst: f64) -> f64 {
    // Halved, so that no difference of two finite numbers is infinite.
    let (value, best, worst) = (value / 2.0, best / 2.0, worst / 2.0);
    (100.0 * ((value - worst) / (best - worst))).clamp(0.0, 100.0)
}

/// How many people a measure's figure is about: rows used where a table has a row for each
/// person, else the head count of `workforce`.
fn people(parameters: &[String], group: &Selection, footprint: &Footprint) -> Option<u64> {
    let rows = |table: &String| group.rows(table).filter(|_| table != "workforce");
    match parameters.iter().filter_map(rows).map(Rows::len).min() {
        Some(rows) => Some(footprint.rows.map_or(rows as u64, |(used, _)| used)),
        None if parameters.iter().any(|table| table == "workforce") => {
            head_count(group.rows("workforce")?)
        }
        None => None,
    }
}

/// People in post by the totals: their head count, or their full-time equivalent where
/// there is no head count, rounded down.
pub(super) fn head_count(rows: &Rows) -> Option<u64> {
    let people = total(rows, "in_post_headcount").or_else(|| total(rows, "in_post_fte"))?;
    // A count of people fits; a negative one is nobody.
    Some(people.max(0.0).floor() as u64)
}

/// The sum of a column over rows that all have it, those not applicable left out.
pub(super) fn total(rows: &Rows, column: &str) -> Option<f64> {
    let column = rows.table.column(column)?;
    rows.iter()
        .map(|row| match column.missing(row) {
            None => column.number(row),
            Some(Missing::NotApplicable) => Some(0.0),
            Some(_) => None,
        })
        .sum()
}

/// Whether nobody of the group is in a table: no person's row, or a head count of nil.
fn is_empty(table: &str, group: &Selection) -> bool {
    group
        .rows(table)
        .is_none_or(|rows| rows.is_empty() || (table == "workforce" && head_count(rows) == Some(0)))
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn a_value_scores_100_at_best_0_at_worst_straight_between_and_never_beyond() {
        for (value, best, worst, score) in [
            (11.9, 12.0, 22.0, 100.0),
            (12.0, 12.0, 22.0, 100.0),
            (17.0, 12.0, 22.0, 50.0),
            (22.0, 12.0, 22.0, 0.0),
            (22.1, 12.0, 22.0, 0.0),
            (60.0, 100.0, 60.0, 0.0),
            (90.0, 100.0, 60.0, 75.0),
            (100.1, 100.0, 60.0, 100.0),
            (1e308, 1e308, -1e308, 100.0),
            (1e308, -1e308, 1e308, 0.0),
            (-1e308, 1e308, 0.0, 0.0),
        ] {
            assert_eq!(between(value, best, worst), score, "{value}");
        }
    }
}
