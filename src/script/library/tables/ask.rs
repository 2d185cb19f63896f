//! Going over the rows: conditions, values, and the summaries of values.

use super::super::missing::{Gone, Unsettled, taken_as_text};
use super::super::numbers::{give, kind};
use super::super::rows::{Reads, Row};
use super::super::{ChangedByARow, Fallible, fault};
use super::counted::{Counted, Kept, Tally};
use super::distinct::Distinct;
use super::outside::Outside;
use super::{Asked, Table, Usage};
use crate::data::{Column, code_of, reason_of};
use crate::missing::Missing;
use crate::script::operations::{self, Bools, Operations};
use crate::script::sandbox;
use rhai::{Dynamic, EvalAltResult, FnPtr, NativeCallContext, Position};
use std::sync::Arc;

impl Table {
    fn row(&self, row: usize, reads: &Arc<Reads>) -> Row {
        Row {
            table: self.rows.table.clone(),
            row,
            reads: reads.clone(),
        }
    }

    /// What a closure of one row gives for each row, asking now and then whether time is up. It
    /// is called once for rows that are alike in what it reads.
    fn each(
        &self,
        context: &NativeCallContext<'_>,
        closure: &FnPtr,
        mut take: impl FnMut(u32, Result<Dynamic, Gone>) -> Fallible<()>,
    ) -> Fallible<()> {
        self.recorder.row_by_row();
        let before = taken_as_text();
        let reads = Arc::new(Reads::default());
        let mut distinct = Distinct::of(&self.rows.table);
        let outside = Outside::of(closure);
        #[cfg(test)]
        crate::script::operations::note_left_to_rhai();
        for (turn, row) in self.rows.iter().enumerate() {
            if turn.is_multiple_of(64)
                && let Some(stopped) = sandbox::stopped()
            {
                return Err(sandbox::stop_error(stopped));
            }
            if let Some(result) = distinct.result(row) {
                take(row as u32, result)?;
                continue;
            }
            #[cfg(test)]
            crate::script::operations::note_call();
            reads.take();
            let own = self.row(row, &reads);
            let result = outside
                .closure()
                .call_within_context::<Dynamic>(context, (own,));
            if let Some(changed) = outside.changed() {
                return self.changed_by_a_row(closure, changed);
            }
            let result = match result {
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
            distinct.keep(row, &reads, &result);
            take(row as u32, result)?;
        }
        if let Some(gone) = before {
            gone.note_as_text();
        }
        Ok(())
    }

    /// A closure of one row has changed something that it captured.
    fn changed_by_a_row<T>(&self, closure: &FnPtr, changed: usize) -> Fallible<T> {
        let body = self.unit.bodies.get(closure.fn_name());
        let name = body.and_then(|body| body.parameters.get(changed));
        let what = name.map_or_else(|| "something".to_owned(), |name| format!("`{name}`"));
        let changed = Dynamic::from(ChangedByARow(what));
        Err(EvalAltResult::ErrorRuntime(changed, Position::NONE).into())
    }

    /// A closure of one row as operations on columns; `None` if rhai must run it.
    fn operations(&self, closure: &FnPtr) -> Option<Operations<'_>> {
        let constants = self.unit.constants.get()?;
        Operations::of(closure, &self.unit.bodies, constants, &self.rows.table)
    }

    /// Goes over the rows in blocks, asking now and then whether time is up.
    fn in_blocks(&self, mut take: impl FnMut(&[u32]) -> Fallible<()>) -> Fallible<()> {
        for (turn, block) in operations::in_blocks(&self.rows.rows).enumerate() {
            if turn.is_multiple_of(8)
                && let Some(stopped) = sandbox::stopped()
            {
                return Err(sandbox::stop_error(stopped));
            }
            take(block)?;
        }
        Ok(())
    }

    /// What a condition says of each row, called row by row in rhai.
    fn judge(
        &self,
        context: &NativeCallContext<'_>,
        condition: &FnPtr,
        mut take: impl FnMut(u32, Result<bool, Missing>),
    ) -> Fallible<()> {
        self.each(context, condition, |row, result| {
            let verdict = match result {
                Ok(value) => match value.as_bool() {
                    Ok(settled) => Ok(settled),
                    Err(_) => {
                        return fault(format!(
                            "a condition on rows is true or false, and this one gave {}",
                            kind(&value)
                        ));
                    }
                },
                Err(gone) => Err(gone.reason),
            };
            take(row, verdict);
            Ok(())
        })
    }

    /// What a condition says of the rows, block by block; `None` if rhai must run it.
    fn verdicts(
        &self,
        condition: &FnPtr,
        mut take: impl FnMut(&[u32], &Bools),
    ) -> Option<Fallible<()>> {
        let operations = self.operations(condition)?;
        operations.are_a_condition().then(|| {
            self.in_blocks(|rows| {
                take(rows, &operations.verdicts(rows));
                Ok(())
            })
        })
    }

    /// How many rows the condition is true of, and how many it could be told of.
    fn tally(
        &self,
        context: &NativeCallContext<'_>,
        condition: &FnPtr,
        what: &str,
    ) -> Fallible<Result<(u64, u64), Gone>> {
        let mut tally = Tally::of(self);
        let by_column = self.verdicts(condition, |rows, verdicts| tally.take_all(rows, verdicts));
        match by_column {
            Some(done) => done?,
            None => self.judge(context, condition, |row, verdict| tally.take(row, verdict))?,
        }
        let usage = Usage {
            used: tally.told,
            about: tally.told + tally.unsure,
        };
        let (part, told) = (tally.part, tally.told);
        self.recorder
            .saw(self.id(), tally.rows, &tally.values, true);
        Ok(self.enough(usage, tally.gravest, what).map(|()| {
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
        if self.recorder.wants_each_row() {
            let rows = self.rows.rows.to_vec();
            let values = vec![1.0; rows.len()];
            self.recorder.saw(self.id(), rows, &values, false);
        }
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
        let mut kept = Kept::of(self);
        match self.verdicts(condition, |rows, verdicts| kept.take_all(rows, verdicts)) {
            Some(done) => done?,
            None => self.judge(context, condition, |row, verdict| kept.take(row, verdict))?,
        }
        let mut table = self.clone();
        table.rows.rows = kept.rows.into();
        table.unsure = kept.unsure;
        table.gravest = kept.gravest;
        Ok(table)
    }

    /// The numbers asked for, of the rows that count.
    pub(super) fn values(
        &self,
        context: &NativeCallContext<'_>,
        asked: &Asked,
        function: &str,
    ) -> Fallible<Result<Vec<f64>, Gone>> {
        let mut counted = Counted::of(self);
        match asked {
            Asked::Column(name) => {
                self.check_column(name)?;
                self.of_a_column(name, function, &mut counted)?;
            }
            Asked::Formula(formula) => match self.operations(formula) {
                Some(operations) if !operations.are_a_condition() => self.in_blocks(|rows| {
                    let (numbers, gaps) = (operations.numbers(rows), self.gaps(rows));
                    match numbers.all() {
                        Some(values) if gaps.iter().all(|gap| *gap == 0) => {
                            counted.take_all(rows, values);
                        }
                        _ => {
                            for ((row, gap), number) in rows.iter().zip(gaps).zip(numbers.iter()) {
                                counted.take(*row, reason_of(gap).map_or(number, Err));
                            }
                        }
                    }
                    Ok(())
                })?,
                _ => self.each(context, formula, |row, result| {
                    let [gap] = self.gaps(&[row])[..] else {
                        unreachable!("one row has one gap")
                    };
                    let number = match (reason_of(gap), result) {
                        (Some(reason), _) => Err(reason),
                        (None, Err(gone)) => Err(gone.reason),
                        (None, Ok(value)) => match (value.as_float(), value.as_int()) {
                            (Ok(number), _) => Ok(number),
                            (_, Ok(number)) => Ok(number as f64),
                            _ => {
                                return fault(format!(
                                    "`{function}` wants a number for each row, and was given {}",
                                    kind(&value)
                                ));
                            }
                        },
                    };
                    counted.take(row, number);
                    Ok(())
                })?,
            },
        }
        let used = counted.values.len() as u64;
        let usage = Usage {
            used,
            about: used + counted.left_out,
        };
        let rows = std::mem::take(&mut counted.rows);
        self.recorder.saw(self.id(), rows, &counted.values, false);
        let enough = self.enough(usage, counted.gravest, asked.name());
        Ok(enough.map(|()| counted.values))
    }

    /// The numbers of a column.
    fn of_a_column(&self, name: &str, function: &str, counted: &mut Counted) -> Fallible<()> {
        let column = self.rows.table.column(name);
        self.in_blocks(|rows| {
            let mut gaps = self.gaps(rows);
            match column {
                Some(column) => {
                    // The grounds on which a row is left out come before its own gap.
                    let left_out = gaps.clone();
                    column.raise_gaps(rows, &mut gaps);
                    for (gap, before) in gaps.iter_mut().zip(left_out) {
                        *gap = if before > 0 { before } else { *gap };
                    }
                }
                None => gaps.iter_mut().filter(|gap| **gap == 0).for_each(|gap| {
                    *gap = code_of(Missing::NotAvailable);
                }),
            }
            if let Some(Column::Number(numbers)) = column
                && gaps.iter().all(|gap| *gap == 0)
            {
                let (all, _) = numbers.slices();
                let values: Vec<f64> = rows.iter().map(|row| all[*row as usize]).collect();
                counted.take_all(rows, &values);
                return Ok(());
            }
            for (row, gap) in rows.iter().zip(gaps) {
                let number = match (reason_of(gap), column) {
                    (Some(reason), _) => Err(reason),
                    (None, Some(Column::Number(numbers))) => numbers.get(*row as usize),
                    (None, _) => {
                        return fault(format!(
                            "`{name}` holds words, and `{function}` wants numbers"
                        ));
                    }
                };
                counted.take(*row, number);
            }
            Ok(())
        })
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
