//! The shelf of tables: what a formula asks of the rows of one group.
//!
//! The rules on gaps live here, once: on `survey` each question stands on the sheets that
//! answered it; on `workers` and local tables only rows with every column that the formula
//! needs count, and they must be at least 90% of the rows it is about; on `workforce` every
//! row must have them. A row that is not applicable is left out.

mod answers;
mod ask;
mod asking;
mod counted;
mod distinct;
mod outside;
mod recorder;
mod summaries;

pub(in crate::script) use asking::{Asking, asking};
pub(in crate::script) use recorder::Recorder;

use super::missing::Gone;
use super::numbers::{give, number};
use super::{Fallible, fault};
use crate::data::{Policy, Rows, code_of};
use crate::missing::Missing;
use crate::script::formula::Unit;
use rhai::plugin::*;
use rhai::{Array, Dynamic, FnPtr, ImmutableString, NativeCallContext};
use std::sync::Arc;

/// A table as a formula holds it: some rows, and what they are asked for.
#[derive(Clone)]
pub(in crate::script) struct Table {
    pub rows: Rows,
    /// The columns that the formula needs of this table.
    pub needed: Arc<[String]>,
    pub recorder: Arc<Recorder>,
    /// The script whose formula asks.
    pub unit: Arc<Unit>,
    /// Rows that `only` left out because its condition could not be told.
    pub unsure: u64,
    /// The gravest reason why it could not.
    pub gravest: Option<Missing>,
}

/// How many rows a figure rests on: used, and those it is about.
#[derive(Debug, Clone, Copy)]
struct Usage {
    used: u64,
    about: u64,
}

impl Table {
    fn id(&self) -> &str {
        &self.rows.table.id
    }

    fn policy(&self) -> Policy {
        self.rows.table.policy
    }

    fn check_column(&self, column: &str) -> Fallible<()> {
        if self.rows.table.knows(column) || !self.rows.table.here {
            Ok(())
        } else {
            fault(format!(
                "the table `{}` has no column `{column}`",
                self.id()
            ))
        }
    }

    /// For each of some rows why it does not count, by the columns that the formula needs: the
    /// code of a reason, or 0.
    fn gaps(&self, rows: &[u32]) -> Vec<u8> {
        let mut gaps = vec![0; rows.len()];
        if !self.policy().is_sheets() {
            for column in self.needed.iter() {
                match self.rows.table.column(column) {
                    Some(column) => column.raise_gaps(rows, &mut gaps),
                    None => gaps
                        .iter_mut()
                        .for_each(|gap| *gap = (*gap).max(code_of(Missing::NotAvailable))),
                }
            }
        }
        gaps
    }

    /// Whether enough rows are used, and the record of it. `gravest` is the gravest reason
    /// among the rows left out.
    fn enough(&self, usage: Usage, gravest: Option<Missing>, what: &str) -> Result<(), Gone> {
        self.recorder.rows(self.id(), usage.used, usage.about);
        if !self.rows.table.here || self.lacks_a_column() {
            self.recorder.not_brought();
            return Err(Gone::new(Missing::NotAvailable, what));
        }
        let (used, about) = (usage.used as f64, usage.about as f64);
        match self.policy() {
            Policy::Sheets | Policy::Totals => Ok(()),
            Policy::AllRows => match gravest {
                Some(reason) => Err(Gone::new(reason, what)),
                None => Ok(()),
            },
            Policy::MostRows if usage.used == 0 && usage.about > 0 => {
                Err(Gone::new(Missing::NotAvailable, what))
            }
            Policy::MostRows if used < crate::national::COMPLETE_ENOUGH * about => {
                Err(Gone::new(Missing::Unreliable, what))
            }
            Policy::MostRows => Ok(()),
        }
    }

    /// Whether the file has none of a column that is needed.
    fn lacks_a_column(&self) -> bool {
        self.needed
            .iter()
            .any(|column| self.rows.table.column(column).is_none())
    }
}

/// What a figure is worked out from: a column's name, or a closure of one row.
#[derive(Clone)]
enum Asked {
    Column(String),
    Formula(FnPtr),
}

impl Asked {
    fn of(value: Dynamic, function: &str) -> Fallible<Self> {
        if value.is_string() {
            Ok(Asked::Column(value.into_string().unwrap_or_default()))
        } else if value.is_fnptr() {
            Ok(Asked::Formula(value.cast::<FnPtr>()))
        } else {
            fault(format!(
                "`{function}` wants a column's name in quotes or a formula of one row, and was given {}",
                super::numbers::kind(&value)
            ))
        }
    }

    fn name(&self) -> &str {
        match self {
            Asked::Column(name) => name,
            Asked::Formula(_) => "the formula of each row",
        }
    }

    fn column(&self) -> Option<&str> {
        match self {
            Asked::Column(name) => Some(name),
            Asked::Formula(_) => None,
        }
    }
}

/// A function of a table's numbers.
type Summary = fn(&Table, &Asked, Vec<f64>) -> Result<f64, Gone>;

fn summed_up(
    context: &NativeCallContext<'_>,
    table: &Table,
    asked: Dynamic,
    name: &str,
    summary: Summary,
) -> Fallible<Dynamic> {
    let asked = Asked::of(asked, name)?;
    let values = table.values(context, &asked, name)?;
    Ok(give(
        values.and_then(|values| summary(table, &asked, values)),
    ))
}

#[export_module]
pub(super) mod functions {
    /// Whether the council brought this table at all.
    ///
    /// ```rhai
    /// workers.is_brought() // true
    /// ```
    #[rhai_fn(pure)]
    pub fn is_brought(table: &mut Table) -> bool {
        table.rows.table.brought
    }

    /// How many rows.
    ///
    /// On `workers`, rows with a gap in a column that the formula reads are counted too.
    ///
    /// ```rhai
    /// workers.count() // 10
    /// ```
    #[rhai_fn(pure)]
    pub fn count(table: &mut Table) -> Dynamic {
        table.count_all()
    }

    /// How many rows of which the condition is true.
    ///
    /// A row of which it cannot be told, for a missing value, is not counted; if that is so of
    /// more than a tenth of the rows, the finding is not rated.
    ///
    /// - `condition`: of a row, `|w| …`
    ///
    /// ```rhai
    /// workers.count(|w| w.cases > 20) // 2
    /// ```
    #[rhai_fn(name = "count", pure, return_raw)]
    pub fn count_of(
        context: NativeCallContext,
        table: &mut Table,
        condition: FnPtr,
    ) -> Fallible<Dynamic> {
        table.count_where(&context, &condition)
    }

    /// Percent of rows of which the condition is true, of those of which it can be told.
    ///
    /// A row with a missing value in the condition is left out; if that is so of more than a
    /// tenth of the rows, the finding is not rated.
    ///
    /// - `condition`: of a row, `|w| …`
    ///
    /// ```rhai
    /// workers.share(|w| w.agency == "yes") // 20
    /// ```
    #[rhai_fn(pure, return_raw)]
    pub fn share(
        context: NativeCallContext,
        table: &mut Table,
        condition: FnPtr,
    ) -> Fallible<Dynamic> {
        table.share_where(&context, &condition)
    }

    /// The rows of which the condition is true, as a table that can be asked in turn.
    ///
    /// Rows of which it cannot be told are left out, and remembered: too many of them leave
    /// what rests on the rest not rated.
    ///
    /// - `condition`: of a row, `|w| …`
    ///
    /// ```rhai
    /// workers.only(|w| w.agency == "no").sum("fte") // 7
    /// ```
    #[rhai_fn(pure, return_raw)]
    pub fn only(
        context: NativeCallContext,
        table: &mut Table,
        condition: FnPtr,
    ) -> Fallible<Table> {
        table.only_where(&context, &condition)
    }

    /// Percent of those answering a question who gave one of these answers.
    ///
    /// Blank cells, and answers that are counted and not scored, are left out.
    ///
    /// - `question`: the question's id, in quotes
    /// - `answers`: a list of its answers, each in quotes
    ///
    /// ```rhai
    /// survey.share_answering("cover", ["agree", "strongly agree"]) // 75
    /// ```
    #[rhai_fn(pure, return_raw)]
    pub fn share_answering(
        table: &mut Table,
        question: ImmutableString,
        answers: Array,
    ) -> Fallible<Dynamic> {
        table.share_of_answers(&question, &answers)
    }

    /// How many rows have a value in this column; of a question, how many gave a scored answer.
    ///
    /// - `column`: its name in quotes
    ///
    /// ```rhai
    /// survey.answered("cover") // 8
    /// ```
    #[rhai_fn(pure, return_raw)]
    pub fn answered(table: &mut Table, column: ImmutableString) -> Fallible<Dynamic> {
        table.how_many_answered(&column)
    }

    /// The sum of a column, or of a formula of each row.
    ///
    /// On `workers`, rows with a gap are left out; if that is more than a tenth of them, the
    /// finding is not rated. On `workforce` every row must be there.
    ///
    /// - `asked`: a column's name in quotes, or `|w| …`
    ///
    /// ```rhai
    /// workers.sum("cases") // 140
    /// ```
    #[rhai_fn(pure, return_raw)]
    pub fn sum(context: NativeCallContext, table: &mut Table, asked: Dynamic) -> Fallible<Dynamic> {
        summed_up(&context, table, asked, "sum", summaries::sum)
    }

    /// The mean of a column, or of a formula of each row.
    ///
    /// Rows with a gap count as for `sum`. Of no rows there is no mean.
    ///
    /// - `asked`: a column's name in quotes, or `|w| …`
    ///
    /// ```rhai
    /// workers.mean("fte") // 0.9
    /// ```
    ///
    /// ```rhai
    /// workers.mean(|w| w.hours_worked - w.hours_contracted) // 1
    /// ```
    #[rhai_fn(pure, return_raw)]
    pub fn mean(
        context: NativeCallContext,
        table: &mut Table,
        asked: Dynamic,
    ) -> Fallible<Dynamic> {
        summed_up(&context, table, asked, "mean", summaries::mean)
    }

    /// The middle value of a column, or of a formula of each row.
    ///
    /// Rows with a gap count as for `sum`.
    ///
    /// - `asked`: a column's name in quotes, or `|w| …`
    ///
    /// ```rhai
    /// workers.median("cases") // 16
    /// ```
    #[rhai_fn(pure, return_raw)]
    pub fn median(
        context: NativeCallContext,
        table: &mut Table,
        asked: Dynamic,
    ) -> Fallible<Dynamic> {
        summed_up(&context, table, asked, "median", summaries::median)
    }

    /// The smallest value of a column, or of a formula of each row; never printed, since it
    /// may be one person's.
    ///
    /// Rows with a gap count as for `sum`.
    ///
    /// - `asked`: a column's name in quotes, or `|w| …`
    ///
    /// ```rhai
    /// workers.min("cases") // 0
    /// ```
    #[rhai_fn(pure, return_raw)]
    pub fn min(context: NativeCallContext, table: &mut Table, asked: Dynamic) -> Fallible<Dynamic> {
        summed_up(&context, table, asked, "min", summaries::smallest)
    }

    /// The largest value of a column, or of a formula of each row; never printed, since it
    /// may be one person's.
    ///
    /// Rows with a gap count as for `sum`.
    ///
    /// - `asked`: a column's name in quotes, or `|w| …`
    ///
    /// ```rhai
    /// workers.max("cases") // 26
    /// ```
    #[rhai_fn(pure, return_raw)]
    pub fn max(context: NativeCallContext, table: &mut Table, asked: Dynamic) -> Fallible<Dynamic> {
        summed_up(&context, table, asked, "max", summaries::largest)
    }

    /// The value below which a share of the rows lies.
    ///
    /// Between two rows it goes in a straight line. Rows with a gap count as for `sum`.
    ///
    /// - `asked`: a column's name in quotes, or `|w| …`
    /// - `share`: from 0 to 1; 0.9 is nine tenths
    ///
    /// ```rhai
    /// workers.quantile("cases", 0.9) // 22.8
    /// ```
    #[rhai_fn(pure, return_raw)]
    pub fn quantile(
        context: NativeCallContext,
        table: &mut Table,
        asked: Dynamic,
        share: Dynamic,
    ) -> Fallible<Dynamic> {
        let asked = Asked::of(asked, "quantile")?;
        let share = match number(&share, "quantile")? {
            Ok(share) if (0.0..=1.0).contains(&share) => share,
            _ => return fault("`quantile` wants a share from 0 to 1"),
        };
        let values = table.values(&context, &asked, "quantile")?;
        Ok(give(values.and_then(|values| {
            summaries::quantile(table, &asked, values, share)
        })))
    }
}
