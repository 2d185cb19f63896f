//! One row of a table, as conditions see it: `w.cases`, `s["caseload-manageable"]`.

use super::missing::Gone;
use super::{Fallible, Operators, fault};
use crate::data::{self, Cell};
use rhai::{Dynamic, ImmutableString};
use std::sync::Arc;

/// A row.
#[derive(Debug, Clone)]
pub(in crate::script) struct Row {
    pub table: Arc<data::Table>,
    pub row: usize,
}

pub(super) fn fill(shelf: &mut Operators<'_>) {
    // A field that has no getter of its own is asked of the indexer, so this serves both
    // `w.cases` and `w["cases"]`.
    rhai::FuncRegistration::new_index_getter()
        .in_global_namespace()
        .set_into_module(shelf.module, |row: &mut Row, column: ImmutableString| {
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
