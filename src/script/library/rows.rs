//! One row of a table, as conditions see it: `w.cases`, `s["caseload-manageable"]`.

use super::missing::Gone;
use super::{Fallible, Operators, fault};
use crate::data::{self, Cell};
use rhai::{Dynamic, ImmutableString};
use std::sync::{Arc, Mutex, PoisonError};

/// A row.
#[derive(Debug, Clone)]
pub(in crate::script) struct Row {
    pub table: Arc<data::Table>,
    pub row: usize,
    /// Where it is noted which columns are asked for.
    pub reads: Arc<Reads>,
}

/// The columns that were asked of a row, in order and once each.
#[derive(Debug, Default)]
pub(in crate::script) struct Reads(Mutex<Vec<ImmutableString>>);

impl Reads {
    fn note(&self, column: &ImmutableString) {
        let mut columns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !columns.contains(column) {
            columns.push(column.clone());
        }
    }

    /// What was noted, which is then forgotten.
    pub(super) fn take(&self) -> Vec<ImmutableString> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

pub(super) fn fill(shelf: &mut Operators<'_>) {
    // A field that has no getter of its own is asked of the indexer, so this serves both
    // `w.cases` and `w["cases"]`.
    rhai::FuncRegistration::new_index_getter()
        .in_global_namespace()
        .set_into_module(shelf.module, |row: &mut Row, column: ImmutableString| {
            row.reads.note(&column);
            row.cell(&column)
        });
}

impl Row {
    fn cell(&self, column: &str) -> Fallible<Dynamic> {
        if !self.table.knows(column) {
            return fault(format!(
                "the table `{}` has no column `{column}`",
                self.table.id
            ));
        }
        Ok(match self.table.cell(column, self.row) {
            Cell::Number(number) => Dynamic::from_float(number),
            Cell::Words(words) => Dynamic::from(ImmutableString::from(&*words)),
            Cell::Missing(reason) => Dynamic::from(Gone::new(reason, column)),
        })
    }
}
