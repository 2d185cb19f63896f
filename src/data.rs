//! A council's files as typed columns.
//!
//! In: a [`TableSpec`] (which `validate` fills from the `table` card) and the bytes of a
//! file. Out: a [`Table`] of typed [`Column`]s, and every fault with row, column and count.
//! An empty cell is missing, never 0.

mod cells;
mod packed;
mod read;
mod table;
mod wording;

pub use cells::{Answer, AnswerCounts, Cell, Column};
pub(crate) use packed::{BLANK, CodeSlice, UNSCORED, code_of, reason_of};
pub use packed::{Codes, Marks, Numbers};
#[cfg(test)]
pub(crate) use read::caps;
#[cfg(all(feature = "workbooks", any(test, feature = "fuzzing")))]
pub(crate) use read::packed;
pub use read::{
    Account, Headers, InBlocks, Incoming, LeftOut, Likeness, Reading, headers, is_delimited, read,
    read_in_blocks, refused, sheets, whole,
};
pub(crate) use read::{fold_cell, form_of, is_a_persons_number, is_utf16};
pub use table::{Contributions, Dataset, Input, Ranked, Rows, Table};
pub(crate) use wording::asks_otherwise;
pub use wording::says;

use crate::national::ColumnKind;
use crate::source::{Place, Spanned};

/// What a `table` card asks for: where the file is and what its columns mean.
#[derive(Debug, Clone)]
pub struct TableSpec {
    /// `workers`, `workforce`, `survey`, or a table of the council's own.
    pub id: String,
    /// The file, beside the script.
    pub file: Spanned<String>,
    /// The sheet of a workbook; `None` if the card names none.
    pub sheet: Option<Spanned<String>>,
    /// The columns that are wanted, national ones first, then local ones.
    pub columns: Vec<ColumnSpec>,
    /// Texts that mean no answer, in any case.
    pub missing: Vec<String>,
    /// How far rows with gaps count.
    pub policy: Policy,
    /// The card.
    pub place: Place,
}

/// One column that is wanted.
#[derive(Debug, Clone)]
pub struct ColumnSpec {
    /// Its name in formulas: a national column, a question id or a local name.
    pub name: String,
    /// Where its values come from.
    pub from: From,
    /// How it was asked, if it was: a header that says the same is this column's.
    pub wording: Option<String>,
    /// What its values are.
    pub kind: Kind,
    /// Local value → national value, the local one as the file spells it.
    pub codes: Vec<(Spanned<String>, Spanned<String>)>,
    /// Where the script speaks of it, if it does.
    pub place: Option<Place>,
}

impl ColumnSpec {
    /// The header under which the file has it; `None` if the script fills it.
    pub fn header(&self) -> Option<&str> {
        match &self.from {
            From::Header(header) => Some(header),
            From::SameName => Some(&self.name),
            From::Number(_) | From::Words(_) => None,
        }
    }
}

/// Where a column's values come from.
#[derive(Debug, Clone, PartialEq)]
pub enum From {
    /// The column of that header; a fault if the file has none.
    Header(String),
    /// The column of the same name, if the file has one.
    SameName,
    /// The same number in every row.
    Number(f64),
    /// The same words in every row.
    Words(String),
}

/// What a column's values are.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// One of the nation's kinds.
    National(ColumnKind),
    /// Answers to a question: its scored labels, lowest first, then those that are counted
    /// and not scored. Known as the labels in any case, or 1 to as many as are scored.
    Answers {
        /// Scored answers, lowest first.
        scored: Vec<String>,
        /// Counted, not scored.
        unscored: Vec<String>,
    },
    /// One of a few words (`yes`, `no`, `not sure`), asked and never scored.
    OneOf(Vec<String>),
    /// A local column: numbers if all its values are, else words.
    Local,
}

impl Policy {
    /// Whether rows are answer sheets.
    pub fn is_sheets(self) -> bool {
        matches!(self, Policy::Sheets | Policy::Totals)
    }
}

/// How far rows with gaps count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// `survey`: each question stands on the sheets that answered it.
    Sheets,
    /// `survey` brought as totals: the same, and the sheets were laid out from the totals of
    /// each question, so that two answers on one sheet say nothing of each other.
    Totals,
    /// `workers` and local tables: rows complete in every column that the formula needs,
    /// at least 90% of those it is about.
    MostRows,
    /// `workforce`: every row of the group must have both columns; a row that is not
    /// applicable is left out.
    AllRows,
}
