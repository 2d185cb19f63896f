//! Tables, and groups of their rows.

use super::packed::{BLANK, UNSCORED};
use super::{Account, AnswerCounts, Cell, Column, Policy};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All tables that a council brought.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// By id.
    pub tables: BTreeMap<String, Arc<Table>>,
    /// The files read, for the manifest and for `watch`.
    pub inputs: Vec<Input>,
    /// The council's logo, as its file holds it; `None` if it names none.
    pub logo: Option<Vec<u8>>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path, relative to the council's folder.
    pub path: String,
    /// The table that it holds; `None` of a script.
    pub table: Option<String>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Rows of data in it (0 for a script).
    pub rows: u64,
    /// How the rows that stand in it add up.
    pub account: Account,
}

/// One table: typed columns of equal length.
#[derive(Debug, Clone)]
pub struct Table {
    /// `workers`, `workforce`, `survey`, or the council's own.
    pub id: String,
    /// How far rows with gaps count.
    pub policy: Policy,
    /// How many rows.
    pub len: usize,
    /// The columns that the file has, by name.
    pub columns: BTreeMap<String, Column>,
    /// Every column that the script or the nation knows, whether the file has it or not.
    pub known: Vec<String>,
    /// Whether a file was brought for it.
    pub brought: bool,
    /// Whether its rows are here: a file was brought, and it tells which rows are meant.
    pub here: bool,
}

impl Table {
    /// A table that a formula names and for which there is no file: no rows, no columns.
    pub fn not_brought(id: &str, policy: Policy) -> Self {
        Self {
            id: id.to_owned(),
            policy,
            len: 0,
            columns: BTreeMap::new(),
            known: Vec::new(),
            brought: false,
            here: false,
        }
    }

    /// A column, if the file has it.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.get(name)
    }

    /// Whether formulas may name this column: the script or the nation knows it.
    pub fn knows(&self, name: &str) -> bool {
        self.known.iter().any(|known| known == name)
    }

    /// A cell; a column that the file does not have is not available throughout.
    pub fn cell(&self, name: &str, row: usize) -> Cell {
        self.column(name).map_or(
            Cell::Missing(crate::missing::Missing::NotAvailable),
            |column| column.cell(row),
        )
    }
}

/// Some rows of a table: a service, a team, the whole. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The table.
    pub table: Arc<Table>,
    /// Row numbers, ascending.
    pub rows: Arc<[u32]>,
}

/// The rows that one figure in a formula rests on, and what each of them brought to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Contributions {
    /// The table.
    pub table: String,
    /// Row numbers.
    pub rows: Arc<[u32]>,
    /// One number a row: an amount, or 1 and 0 for true and false.
    pub values: Arc<[f64]>,
    /// Whether it is a share or a count of rows, so that the numbers are 1 and 0.
    pub counted: bool,
}

/// Tables with their columns of which quantiles were taken; no column where the quantile is one of
/// a formula of each row.
pub type Ranked = BTreeSet<(String, Option<String>)>;

impl Rows {
    /// Every row.
    pub fn all(table: &Arc<Table>) -> Self {
        let len =
            u32::try_from(table.len).expect("a table holds fewer than four thousand million rows");
        Self {
            table: table.clone(),
            rows: (0..len).collect(),
        }
    }

    /// The rows for which `keep` is true.
    pub fn keep(&self, mut keep: impl FnMut(usize) -> bool) -> Self {
        Self {
            table: self.table.clone(),
            rows: self
                .rows
                .iter()
                .copied()
                .filter(|row| keep(*row as usize))
                .collect(),
        }
    }

    /// The rows whose words in `column` are `value`.
    pub fn whose(&self, column: &str, value: &str) -> Self {
        if let Some(Column::Words { words, rows }) = self.table.column(column) {
            // Words may stand twice in a list that was made by hand.
            let is_it: Vec<bool> = words.iter().map(|word| **word == *value).collect();
            let is_it = |row: usize| rows.get(row).is_ok_and(|word| is_it[word as usize]);
            // Counted first: a list that grows would be held twice.
            let mut own = Vec::with_capacity(self.iter().filter(|row| is_it(*row)).count());
            own.extend(self.rows.iter().filter(|row| is_it(**row as usize)));
            return Self {
                table: self.table.clone(),
                rows: own.into(),
            };
        }
        self.keep(
            |row| matches!(self.table.cell(column, row), Cell::Words(words) if *words == *value),
        )
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Row numbers.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows.iter().map(|row| *row as usize)
    }

    /// The scored labels of a question, lowest first; none if it is not one.
    pub fn labels(&self, question: &str) -> Vec<Arc<str>> {
        match self.table.column(question) {
            Some(Column::Answers { labels, .. }) => labels.clone(),
            _ => Vec::new(),
        }
    }

    /// How these rows answered a question; `None` if the table has no such answers.
    pub fn answers(&self, question: &str) -> Option<AnswerCounts> {
        let Some(Column::Answers { labels, rows }) = self.table.column(question) else {
            return None;
        };
        let mut counts = AnswerCounts {
            scored: vec![0; labels.len()],
            ..AnswerCounts::default()
        };
        let mut by_mark = [0_u32; 256];
        let marks = rows.slice();
        for row in self.iter() {
            by_mark[usize::from(marks[row])] += 1;
        }
        counts.scored.copy_from_slice(&by_mark[..labels.len()]);
        counts.unscored = by_mark[usize::from(UNSCORED)];
        counts.blank = by_mark[usize::from(BLANK)];
        Some(counts)
    }
}
