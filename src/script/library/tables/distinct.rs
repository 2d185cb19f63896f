//! What a closure gave for rows that were like this one: rows in, an earlier result out.
//!
//! A closure of one row is a function of the values that it reads, and which column it reads
//! next follows from those read before. So what is kept is a tree: a node is a column, an edge a
//! value in it, a leaf a result. A row goes down the tree by its own values; where there is no
//! edge the engine runs the closure, and the columns that it asks for become the new path. It
//! takes nobody's word for which columns are read.
//!
//! That holds because nothing else is read that changes: what a closure captured is the same for
//! each row (see `outside`).

use crate::data::{self, Column, code_of};
use crate::script::library::missing::Gone;
use crate::script::library::rows::Reads;
use rhai::Dynamic;
use std::collections::HashMap;

/// Results kept at the most.
const MOST: usize = 65_536;
/// Results after which at least every second row must have been like one before.
const ENOUGH_TO_TELL: usize = 4_096;

/// What a closure gave, so far.
pub(super) struct Distinct<'a> {
    table: &'a data::Table,
    nodes: Vec<Node<'a>>,
    results: Vec<Result<Dynamic, Gone>>,
    /// Rows that were like one before.
    alike: usize,
    keeps: bool,
}

/// One column that is read, and where its values lead.
struct Node<'a> {
    column: &'a Column,
    next: HashMap<u64, Next>,
}

#[derive(Clone, Copy)]
enum Next {
    Node(usize),
    Result(usize),
}

impl<'a> Distinct<'a> {
    pub(super) fn of(table: &'a data::Table) -> Self {
        #[cfg(test)]
        let every_row = crate::script::operations::runs_every_row();
        #[cfg(not(test))]
        let every_row = false;
        Self {
            table,
            keeps: !every_row,
            nodes: Vec::new(),
            results: Vec::new(),
            alike: 0,
        }
    }

    /// What it gave for a row with the same values in the columns that it read.
    pub(super) fn result(&mut self, row: usize) -> Option<Result<Dynamic, Gone>> {
        if !self.keeps {
            return None;
        }
        let mut at = 0;
        let found = loop {
            let node = self.nodes.get(at)?;
            match node.next.get(&value(node.column, row))? {
                Next::Node(next) => at = *next,
                Next::Result(result) => break *result,
            }
        };
        self.alike += 1;
        self.results.get(found).cloned()
    }

    /// Keeps what it gave for a row, for which it read these columns.
    pub(super) fn keep(&mut self, row: usize, reads: &Reads, result: &Result<Dynamic, Gone>) {
        if !self.keeps {
            return;
        }
        let many = self.results.len() >= ENOUGH_TO_TELL;
        if (many && self.alike < self.results.len()) || self.results.len() >= MOST {
            self.keeps = false;
            self.nodes.clear();
            self.results.clear();
            return;
        }
        let read = reads.take();
        let columns: Vec<&Column> = read
            .iter()
            .filter_map(|name| self.table.column(name))
            .collect();
        // What reads nothing costs one run a row, and is no use.
        let Some((last, before)) = columns.split_last() else {
            self.keeps = false;
            return;
        };
        let mut at = self.node(0, columns[0]);
        for (place, column) in before.iter().enumerate() {
            let next = match self.nodes[at].next.get(&value(column, row)) {
                Some(Next::Node(next)) => *next,
                // The same values, read otherwise: it is no function of them.
                Some(Next::Result(_)) => return,
                None => {
                    let next = self.nodes.len();
                    self.nodes[at]
                        .next
                        .insert(value(column, row), Next::Node(next));
                    next
                }
            };
            at = self.node(next, columns[place + 1]);
        }
        self.results.push(result.clone());
        let kept = Next::Result(self.results.len() - 1);
        self.nodes[at].next.insert(value(last, row), kept);
    }

    /// The node at a place, made of a column if it is new.
    fn node(&mut self, at: usize, column: &'a Column) -> usize {
        if at == self.nodes.len() {
            self.nodes.push(Node {
                column,
                next: HashMap::new(),
            });
        }
        at
    }
}

/// A row's value in a column as a number, another for each other value or reason.
fn value(column: &Column, row: usize) -> u64 {
    // No number of a file has these bits: they are all finite.
    const GAP: u64 = 0x7ff8_0000_0000_0000;
    match column {
        Column::Number(numbers) => match numbers.get(row) {
            Ok(number) => number.to_bits(),
            Err(missing) => GAP | u64::from(code_of(missing)),
        },
        Column::Words { rows, .. } => match rows.get(row) {
            Ok(word) => u64::from(word),
            Err(missing) => GAP | u64::from(code_of(missing)),
        },
        Column::Answers { rows, .. } => u64::from(rows.slice()[row]),
    }
}
