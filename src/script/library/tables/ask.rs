//! Going over the rows: conditions, values, and the summaries of values.

use super::super::missing::{Gone, Unsettled, taken_as_text};
use super::super::numbers::{give, kind};
use super::super::rows::Row;
use super::super::{Fallible, fault};
use super::{Asked, Table, Usage};
use crate::data::Policy;
use crate::missing::Missing;
use crate::script::sandbox;
use rhai::{Dynamic, EvalAltResult, FnPtr, NativeCallContext};

/// What a condition says of a row.
enum Verdict {
    Settled(bool),
    CannotTell(Missing),
}

impl Table {
    fn row(&self, row: usize) -> Row {
        Row {
            table: self.rows.table.clone(),
            row,
        }
    }

    /// Calls a closure of one row for each row, asking now and then whether time is up.
    fn each(
        &self,
        context: &NativeCallContext<'_>,
        closure: &FnPtr,
        mut take: impl FnMut(usize, Result<Dynamic, Gone>) -> Fallible<()>,
    ) -> Fallible<()> {
        let before = taken_as_text();
        for (turn, row) in self.rows.iter().enumerate() {
            if turn.is_multiple_of(64)
                && let Some(stopped) = sandbox::stopped()
            {
                return Err(sandbox::stop_error(stopped));
            }
            let result = match closure.call_within_context::<Dynamic>(context, (self.row(row),)) {
                Ok(value) => match value.try_cast_result::<Gone>() {
                    Ok(gone) => Err(gone),
                    Err(value) => Ok(value),
                },
                Err(error) => Err(unsettled(error)?),
            };
            let result = match taken_as_text() {
                Some(gone) => Err(gone),
                None => result,
            };
            take(row, result)?;
        }
        if let Some(gone) = before {
            gone.note_as_text();
        }
        Ok(())
    }

    fn judge(
        &self,
        context: &NativeCallContext<'_>,
        condition: &FnPtr,
        mut take: impl FnMut(usize, Verdict),
    ) -> Fallible<()> {
        self.each(context, condition, |row, result| {
            take(
                row,
                match result {
                    Ok(value) => match value.as_bool() {
                        Ok(settled) => Verdict::Settled(settled),
                        Err(_) => {
                            return fault(format!(
                                "a condition on rows is true or false, and this one gave {}",
                                kind(&value)
                            ));
                        }
                    },
                    Err(gone) => Verdict::CannotTell(gone.reason),
                },
            );
            Ok(())
        })
    }

    /// How many rows the condition is true of, and how many it could be told of.
    fn tally(
        &self,
        context: &NativeCallContext<'_>,
        condition: &FnPtr,
        what: &str,
    ) -> Fallible<Result<(u64, u64), Gone>> {
        let (mut part, mut told, mut unsure, mut gravest) = (0, 0, self.unsure, self.gravest);
        let (mut rows, mut values) = (Vec::new(), Vec::new());
        self.judge(context, condition, |row, verdict| match verdict {
            Verdict::Settled(settled) => {
                told += 1;
                part += u64::from(settled);
                rows.push(row as u32);
                values.push(f64::from(u8::from(settled)));
            }
            Verdict::CannotTell(Missing::NotApplicable) => {}
            Verdict::CannotTell(reason) => {
                unsure += 1;
                gravest = gravest.max(Some(reason));
            }
        })?;
        let usage = Usage {
            used: told,
            about: told + unsure,
        };
        self.recorder.saw(self.id(), rows, &values, true);
        Ok(self.enough(usage, gravest, what).map(|()| {
            self.recorder.parts(part, told);
            (part, told)
        }))
    }

    pub(super) fn count_all(&self) -> Dynamic {
        let count = self.rows.len() as u64;
        if !self.rows.table.here {
            self.recorder.not_brought();
            return give(Err(Gone::new(Missing::NotAvailable, self.id())));
        }
        let usage = Usage {
            used: count,
            about: count + self.unsure,
        };
        let rows = self.rows.rows.to_vec();
        let values = vec![1.0; rows.len()];
        self.recorder.saw(self.id(), rows, &values, false);
        give(
            self.enough(usage, self.gravest, "the rows counted")
                .map(|()| count as f64),
        )
    }

    pub(super) fn count_where(
        &self,
        context: &NativeCallContext<'_>,
        condition: &FnPtr,
    ) -> Fallible<Dynamic> {
        let tally = self.tally(context, condition, "the rows counted")?;
        Ok(give(tally.map(|(part, _)| part as f64)))
    }

    pub(super) fn share_where(
        &self,
        context: &NativeCallContext<'_>,
        condition: &FnPtr,
    ) -> Fallible<Dynamic> {
        let tally = self.tally(context, condition, "the share of rows")?;
        Ok(give(tally.and_then(|(part, told)| {
            if told == 0 {
                Err(Gone::new(Missing::NotApplicable, "0 out of 0 rows"))
            } else {
                Ok(100.0 * part as f64 / told as f64)
            }
        })))
    }

    pub(super) fn only_where(
        &self,
        context: &NativeCallContext<'_>,
        condition: &FnPtr,
    ) -> Fallible<Table> {
        let mut kept = Vec::new();
        let (mut unsure, mut gravest) = (self.unsure, self.gravest);
        self.judge(context, condition, |row, verdict| match verdict {
            Verdict::Settled(true) => kept.push(row as u32),
            Verdict::Settled(false) | Verdict::CannotTell(Missing::NotApplicable) => {}
            Verdict::CannotTell(reason) => {
                unsure += 1;
                gravest = gravest.max(Some(reason));
            }
        })?;
        let mut table = self.clone();
        table.rows.rows = kept.into();
        table.unsure = unsure;
        table.gravest = gravest;
        Ok(table)
    }

    /// The numbers asked for, of the rows that count.
    pub(super) fn values(
        &self,
        context: &NativeCallContext<'_>,
        asked: &Asked,
        function: &str,
    ) -> Fallible<Result<Vec<f64>, Gone>> {
        let mut values = Vec::with_capacity(self.rows.len());
        let mut rows = Vec::with_capacity(self.rows.len());
        let (mut left_out, mut gravest) = (self.unsure, self.gravest);
        let mut leave = |reason: Missing| {
            if reason != Missing::NotApplicable {
                left_out += 1;
                gravest = gravest.max(Some(reason));
            }
        };
        match asked {
            Asked::Column(name) => {
                self.check_column(name)?;
                let column = self.rows.table.column(name);
                for row in self.rows.iter() {
                    let reason = self.gap(row).or(match column {
                        Some(column) => column.missing(row),
                        None => Some(Missing::NotAvailable),
                    });
                    match (reason, column.map(|column| column.number(row))) {
                        (None, Some(Some(value))) => {
                            values.push(value);
                            rows.push(row as u32);
                        }
                        (None, _) => {
                            return fault(format!(
                                "`{name}` holds words, and `{function}` wants numbers"
                            ));
                        }
                        (Some(reason), _) => leave(reason),
                    }
                }
            }
            Asked::Formula(formula) => self.each(context, formula, |row, result| {
                match (self.gap(row), result) {
                    (Some(reason), _) => leave(reason),
                    (None, Err(gone)) => leave(gone.reason),
                    (None, Ok(value)) => {
                        rows.push(row as u32);
                        match (value.as_float(), value.as_int()) {
                            (Ok(number), _) => values.push(number),
                            (_, Ok(number)) => values.push(number as f64),
                            _ => {
                                return fault(format!(
                                    "`{function}` wants a number for each row, and was given {}",
                                    kind(&value)
                                ));
                            }
                        }
                    }
                }
                Ok(())
            })?,
        }
        let used = values.len() as u64;
        let usage = Usage {
            used,
            about: used + left_out,
        };
        self.recorder.saw(self.id(), rows, &values, false);
        Ok(self.enough(usage, gravest, asked.name()).map(|()| values))
    }

    /// Whether the table's rows are people whose single values must not show.
    fn of_people(&self) -> bool {
        self.policy() == Policy::MostRows
    }

    /// Notes where one person could be over half of an amount, or the top two over 85%.
    fn dominated(&self, values: &[f64]) {
        let mut sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        let total: f64 = sizes.iter().sum();
        let first = sizes.first().copied().unwrap_or(0.0);
        let second = sizes.get(1).copied().unwrap_or(0.0);
        self.recorder.reveals(
            self.of_people()
                && total > 0.0
                && (first > 0.5 * total || first + second > 0.85 * total),
        );
    }
}

/// The missing value that a comparison met; any other error goes on its way.
fn unsettled(error: Box<EvalAltResult>) -> Fallible<Gone> {
    match error.unwrap_inner() {
        EvalAltResult::ErrorRuntime(value, _) => {
            if let Some(unsettled) = value.read_lock::<Unsettled>() {
                return Ok(unsettled.0.clone());
            }
        }
        // `if` and `&&` on a missing value: neither true nor false.
        EvalAltResult::ErrorMismatchDataType(_, actual, _)
            if actual.contains("missing value") || actual.contains("Gone") =>
        {
            return Ok(Gone::new(Missing::NotAvailable, "a condition"));
        }
        _ => {}
    }
    Err(error)
}

fn none(what: &str) -> Gone {
    Gone::new(Missing::NotApplicable, format!("the {what} of no rows"))
}

pub(super) fn sum(table: &Table, values: Vec<f64>) -> Result<f64, Gone> {
    table.dominated(&values);
    Ok(values.iter().sum())
}

pub(super) fn mean(table: &Table, values: Vec<f64>) -> Result<f64, Gone> {
    table.dominated(&values);
    if values.is_empty() {
        return Err(none("mean"));
    }
    Ok(values.iter().sum::<f64>() / values.len() as f64)
}

pub(super) fn median(table: &Table, values: Vec<f64>) -> Result<f64, Gone> {
    quantile(table, values, 0.5)
}

pub(super) fn smallest(table: &Table, values: Vec<f64>) -> Result<f64, Gone> {
    table.recorder.reveals(true);
    values
        .into_iter()
        .reduce(f64::min)
        .ok_or_else(|| none("smallest"))
}

pub(super) fn largest(table: &Table, values: Vec<f64>) -> Result<f64, Gone> {
    table.recorder.reveals(true);
    values
        .into_iter()
        .reduce(f64::max)
        .ok_or_else(|| none("largest"))
}

/// Linear interpolation between ranks (Hyndman and Fan's type 7).
pub(super) fn quantile(table: &Table, mut values: Vec<f64>, p: f64) -> Result<f64, Gone> {
    if values.is_empty() {
        return Err(none("quantile"));
    }
    values.sort_by(f64::total_cmp);
    let beyond = p.min(1.0 - p) * values.len() as f64;
    table.recorder.reveals(beyond < 10.0);
    let rank = p * (values.len() - 1) as f64;
    let (low, high) = (rank.floor() as usize, rank.ceil() as usize);
    Ok(values[low] + (values[high] - values[low]) * (rank - rank.floor()))
}
