//! What is told of the values of a table's columns, folded where it is the same.

use crate::diagnostic::{Diagnostic, Diagnostics};

/// What is told of one value of a column.
pub(in super::super) struct Told {
    /// What is the same where several columns have the same value at fault.
    pub(super) same: Option<(String, Vec<String>)>,
    pub(super) column: String,
    pub(super) rows: usize,
    pub(super) plain: Diagnostic,
    /// The same without the value.
    pub(super) masked: Option<Diagnostic>,
}

impl Told {
    pub(super) fn note(mut self, note: &str) -> Self {
        self.plain = self.plain.note(note);
        self.masked = self.masked.map(|masked| masked.note(note));
        self
    }
}

/// The faults of a table's columns: an odd answer to twenty questions is one fault.
pub(in super::super) fn folded(all: Vec<Told>) -> Diagnostics {
    let mut first: Vec<(Told, Vec<String>, usize)> = Vec::new();
    for told in all {
        let twin = first
            .iter_mut()
            .find(|(one, ..)| told.same.is_some() && one.same == told.same);
        match twin {
            Some((_, columns, rows)) => {
                columns.push(told.column);
                *rows += told.rows;
            }
            None => first.push((told, Vec::new(), 0)),
        }
    }
    first
        .into_iter()
        .map(|(told, columns, cells)| {
            let told = match columns.len() {
                0 => told,
                more => told.note(&format!(
                    "the same in {} of {more} more column{}, each with codes of its own: {}",
                    if cells == 1 {
                        "1 cell".to_owned()
                    } else {
                        format!("{cells} cells")
                    },
                    if more == 1 { "" } else { "s" },
                    columns
                        .iter()
                        .map(|column| format!("`{column}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                )),
            };
            match told.masked {
                Some(masked) => masked.masking(told.plain),
                None => told.plain,
            }
        })
        .collect()
}
