//! All that a script may say, as tables to read. `explain`, the pages under `docs/`, the
//! definitions for editors and the language server have it from here, and it has it from
//! the places where each thing is made: a function's doc comment, a key's row, a code's
//! entry, a national card.
//!
//! ```
//! use healthcheck::reference;
//!
//! let share = reference::functions().iter().find(|one| one.name == "share").unwrap();
//! assert_eq!(share.form, "table.share(condition)");
//! assert_eq!(share.examples[0].gives, "20");
//! ```

mod explain;
mod pages;
mod topic;

pub use explain::{Answer, explain, explain_own};
pub use pages::{WRITTEN, pages};
pub use topic::{Sort, Topic, topics};

use crate::check::Item;
use crate::diagnostic::Code;
use crate::national::{COLUMNS, ColumnKind, column_meaning};
use crate::report::{self, Vocabulary};
use crate::script;
use crate::validate;

pub use crate::script::{Example, Function, Parameter, SAMPLE, Shelf};
pub use crate::validate::{Key, Verb, Wants};

/// Every function that a check and its tests may call, shelf by shelf.
pub fn functions() -> &'static [Function] {
    script::functions()
}

/// Every kind of card.
pub fn verbs() -> &'static [Verb] {
    &validate::VERBS
}

/// Every key of every card, card by card.
pub fn keys() -> &'static [Key] {
    validate::KEYS
}

/// The nation's items, in national order.
pub fn items() -> &'static [Item] {
    validate::national()
}

/// Every code of a diagnostic.
pub fn codes() -> &'static [Code] {
    Code::ALL
}

/// A column of a national table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// The table: `workers`.
    pub table: &'static str,
    /// Its name in formulas: `cases`.
    pub name: &'static str,
    /// What its cells are.
    pub kind: ColumnKind,
    /// What a row holds in it.
    pub says: &'static str,
}

/// Every national column, table by table; of `survey` without those of its questions.
pub fn columns() -> Vec<Column> {
    let mut all = Vec::new();
    for (table, columns) in COLUMNS {
        for (name, kind) in columns {
            all.push(Column {
                table,
                name,
                kind: *kind,
                says: column_meaning(table, name).unwrap_or_default(),
            });
        }
    }
    all
}

/// Every name that a template may use.
pub fn template_names() -> Vec<Vocabulary> {
    report::vocabulary()
}
