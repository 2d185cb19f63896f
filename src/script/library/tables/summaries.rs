//! The numbers of some rows in, one number for all of them out, and a note where it could give
//! one person away.

use super::super::missing::Gone;
use super::{Asked, Table};
use crate::data::Policy;
use crate::missing::Missing;

impl Table {
    /// Whether the table's rows are people whose single values must not show.
    fn of_people(&self) -> bool {
        self.policy() == Policy::MostRows
    }

    /// Notes where one person could be over half of an amount, or the top two over 85%.
    fn dominated(&self, values: &[f64]) {
        let (mut total, mut first) = (0.0, 0.0_f64);
        for size in values.iter().map(|value| value.abs()) {
            total += size;
            first = if size > first { size } else { first };
        }
        let top_two = || {
            let mut sizes = values.iter().map(|value| value.abs());
            let largest = sizes.position(|size| size == first);
            let others = values
                .iter()
                .enumerate()
                .filter(|(at, _)| Some(*at) != largest);
            first + others.map(|(_, value)| value.abs()).fold(0.0, f64::max)
        };
        // Where the largest is not nearly half of 85%, no two together are that.
        let reveals =
            total > 0.0 && (first > 0.5 * total || first > 0.4 * total && top_two() > 0.85 * total);
        self.recorder.reveals(self.of_people() && reveals);
    }
}

fn none(what: &str) -> Gone {
    Gone::new(Missing::NotApplicable, format!("the {what} of no rows"))
}

pub(super) fn sum(table: &Table, _: &Asked, values: Vec<f64>) -> Result<f64, Gone> {
    table.dominated(&values);
    Ok(values.iter().sum())
}

pub(super) fn mean(table: &Table, _: &Asked, values: Vec<f64>) -> Result<f64, Gone> {
    table.dominated(&values);
    if values.is_empty() {
        return Err(none("mean"));
    }
    Ok(values.iter().sum::<f64>() / values.len() as f64)
}

pub(super) fn median(table: &Table, asked: &Asked, values: Vec<f64>) -> Result<f64, Gone> {
    quantile(table, asked, values, 0.5)
}

pub(super) fn smallest(table: &Table, _: &Asked, values: Vec<f64>) -> Result<f64, Gone> {
    table.recorder.reveals(true);
    values
        .into_iter()
        .reduce(f64::min)
        .ok_or_else(|| none("smallest"))
}

pub(super) fn largest(table: &Table, _: &Asked, values: Vec<f64>) -> Result<f64, Gone> {
    table.recorder.reveals(true);
    values
        .into_iter()
        .reduce(f64::max)
        .ok_or_else(|| none("largest"))
}

/// Linear interpolation between ranks (Hyndman and Fan's type 7).
pub(super) fn quantile(
    table: &Table,
    asked: &Asked,
    mut values: Vec<f64>,
    p: f64,
) -> Result<f64, Gone> {
    table.recorder.ranked(table.id(), asked.column());
    if values.is_empty() {
        return Err(none("quantile"));
    }
    let beyond = p.min(1.0 - p) * values.len() as f64;
    table.recorder.reveals(beyond < 10.0);
    let rank = p * (values.len() - 1) as f64;
    let (_, low, larger) = values.select_nth_unstable_by(rank.floor() as usize, f64::total_cmp);
    let low = *low;
    let high = match rank.fract() {
        0.0 => low,
        _ => larger.iter().copied().min_by(f64::total_cmp).unwrap_or(low),
    };
    Ok(low + (high - low) * rank.fract())
}
