//! The shelf of tables: what a formula asks of the rows of one group.
//!
//! The rules on gaps live here, once: on `survey` each question stands on the sheets that
//! answered it; on `workers` and local tables only rows with every column that the formula
//! needs count, and they must be at least 90% of the rows it is about; on `workforce` every
//! row must have them. A row that is not applicable is left out.

mod answers;
mod ask;
mod recorder;

pub(in crate::script) use recorder::Recorder;

use super::missing::Gone;
use super::numbers::{give, number};
use super::{Fallible, Shelf, fault};
use crate::data::{Policy, Rows, code_of};
use crate::missing::Missing;
use crate::script::formula::Unit;
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
        if self.policy() != Policy::Sheets {
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
        self.recorder.rows(usage.used, usage.about);
        if !self.rows.table.here || self.lacks_a_column() {
            self.recorder.not_brought();
            return Err(Gone::new(Missing::NotAvailable, what));
        }
        let (used, about) = (usage.used as f64, usage.about as f64);
        match self.policy() {
            Policy::Sheets => Ok(()),
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
}

/// A function of a table's numbers.
type Summary = fn(&Table, Vec<f64>) -> Result<f64, Gone>;

pub(super) fn fill(shelf: &mut Shelf<'_>) {
    shelf.add(
        "is_brought",
        "Whether the council brought this table at all.\nExample: `if workers.is_brought() { … } else { … }`",
        |table: &mut Table| table.rows.table.brought,
    );
    shelf.add("count", "How many rows.", |table: &mut Table| {
        table.count_all()
    });
    shelf.add(
        "count",
        "How many rows of which the condition is true.\nExample: `workers.count(|w| w.cases > 20)`",
        |context: NativeCallContext, table: &mut Table, condition: FnPtr| {
            table.count_where(&context, &condition)
        },
    );
    shelf.add(
        "share",
        "Percent of rows of which the condition is true, of those of which it can be told.\nExample: `workers.share(|w| w.agency == \"yes\")`",
        |context: NativeCallContext, table: &mut Table, condition: FnPtr| {
            table.share(&context, &condition)
        },
    );
    shelf.add(
        "only",
        "The rows of which the condition is true, as a table.\nExample: `workers.only(|w| w.cases >= 1)`",
        |context: NativeCallContext, table: &mut Table, condition: FnPtr| {
            table.only(&context, &condition)
        },
    );
    shelf.add(
        "share_answering",
        "Percent of those answering a question who gave one of these answers.\nExample: `survey.share_answering(\"cover\", [\"agree\", \"strongly agree\"])`",
        |table: &mut Table, column: ImmutableString, answers: Array| {
            table.share_answering(&column, &answers)
        },
    );
    shelf.add(
        "answered",
        "How many rows have a value in this column; for a question, how many gave a scored answer.",
        |table: &mut Table, column: ImmutableString| table.answered(&column),
    );
    let summaries: [(&str, &str, Summary); 5] = [
        (
            "sum",
            "The sum of a column, or of a formula of each row.\nExample: `workers.sum(\"cases\")`",
            ask::sum,
        ),
        (
            "mean",
            "The mean of a column, or of a formula of each row.\nExample: `workers.mean(|w| max(0, w.hours_worked - w.hours_contracted))`",
            ask::mean,
        ),
        (
            "median",
            "The middle value of a column, or of a formula of each row.",
            ask::median,
        ),
        (
            "min",
            "The smallest value; never printed, since it may be one person's.",
            ask::smallest,
        ),
        (
            "max",
            "The largest value; never printed, since it may be one person's.",
            ask::largest,
        ),
    ];
    for (name, documentation, summary) in summaries {
        shelf.add(
            name,
            documentation,
            move |context: NativeCallContext,
                  table: &mut Table,
                  asked: Dynamic|
                  -> Fallible<Dynamic> {
                let asked = Asked::of(asked, name)?;
                let values = table.values(&context, &asked, name)?;
                Ok(give(values.and_then(|values| summary(table, values))))
            },
        );
    }
    shelf.add(
        "quantile",
        "The value below which the share `p` (from 0 to 1) of rows lies.\nExample: `workers.quantile(\"cases\", 0.9)`",
        |context: NativeCallContext, table: &mut Table, asked: Dynamic, p: Dynamic| -> Fallible<Dynamic> {
            let asked = Asked::of(asked, "quantile")?;
            let p = match number(&p, "quantile")? {
                Ok(p) if (0.0..=1.0).contains(&p) => p,
                _ => return fault("`quantile` wants a share from 0 to 1"),
            };
            let values = table.values(&context, &asked, "quantile")?;
            Ok(give(values.and_then(|values| ask::quantile(table, values, p))))
        },
    );
}
