//! The cells of one column in, one by one; a typed column and its faults out.

use super::faults::{At, Faults};
use super::meaning::{Meaning, Rules, Wrong, not_a_number, number};
use crate::data::cells::Answer;
use crate::data::{Column, ColumnSpec, Kind};
use crate::diagnostic::Diagnostics;
use crate::missing::Missing;
use crate::national::ColumnKind;
use std::collections::HashMap;
use std::sync::Arc;

/// One cell as the file has it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Raw<'t> {
    /// Text, of a file that is sound UTF-8; empty if there is nothing.
    Text(&'t [u8]),
    /// A list or an object, where one value belongs.
    Nested,
}

/// Builds one column.
pub(super) struct Builder<'s> {
    spec: &'s ColumnSpec,
    header: String,
    rules: Rules,
    numbers_stand: bool,
    seen: Seen,
    cells: Cells,
    faults: Faults,
}

/// The cells so far.
enum Cells {
    Number(Vec<Result<f64, Missing>>),
    Words {
        index: HashMap<Arc<str>, u32>,
        words: Vec<Arc<str>>,
        rows: Vec<Result<u32, Missing>>,
    },
    Answers(Vec<Answer>),
}

/// What one cell becomes.
#[derive(Debug, Clone, Copy)]
enum Entry {
    Number(f64),
    Word(u32),
    Answer(Answer),
    Missing(Missing),
}

impl<'s> Builder<'s> {
    /// An empty column; `header` as the file spells it.
    pub(super) fn new(spec: &'s ColumnSpec, header: &str, rules: Rules) -> Self {
        Self {
            spec,
            header: header.to_owned(),
            numbers_stand: rules.numbers_stand(),
            rules,
            seen: Seen::default(),
            cells: match &spec.kind {
                Kind::National(ColumnKind::Number) => Cells::Number(Vec::new()),
                Kind::Answers { .. } => Cells::Answers(Vec::new()),
                _ => Cells::Words {
                    index: HashMap::new(),
                    words: Vec::new(),
                    rows: Vec::new(),
                },
            },
            faults: Faults::default(),
        }
    }

    /// One more cell.
    pub(super) fn add(&mut self, at: At, cell: Raw) {
        let Raw::Text(text) = cell else {
            self.faults.add(Wrong::Nested, "[…]", &self.header, at);
            return self.put(Entry::Missing(Missing::NotAvailable));
        };
        let text = text.trim_ascii();
        if text.is_empty() {
            return self.put(Entry::Missing(Missing::NotAvailable));
        }
        if self.numbers_stand
            && let Some(number) = number(text)
            && number >= 0.0
        {
            return self.put(Entry::Number(number));
        }
        if let Some(entry) = self.seen.find(text) {
            return self.put(entry);
        }
        let text = std::str::from_utf8(text).expect("the file's text was decoded as a whole");
        let entry = match self.rules.meaning(text) {
            Meaning::Number(number) => Entry::Number(number),
            Meaning::Word(word) => Entry::Word(self.word(word)),
            Meaning::Answer(answer) => Entry::Answer(answer),
            Meaning::Missing(reason) => Entry::Missing(reason),
            Meaning::Wrong(wrong) => {
                self.faults.add(wrong, text, &self.header, at);
                return self.put(Entry::Missing(Missing::NotAvailable));
            }
        };
        if self.spec.kind == Kind::Local && number(text.as_bytes()).is_none() {
            // Only a fault if the rest turn out to be numbers: settled at the end.
            match not_a_number(text) {
                Wrong::NotANumber => {}
                wrong => {
                    self.faults.add(wrong, text, &self.header, at);
                    return self.put(entry);
                }
            }
        }
        self.seen.keep(text.as_bytes(), entry);
        self.put(entry);
    }

    /// One more row with nothing in it.
    pub(super) fn add_nothing(&mut self) {
        self.put(Entry::Missing(Missing::NotAvailable));
    }

    fn word(&mut self, word: Arc<str>) -> u32 {
        let Cells::Words { index, words, .. } = &mut self.cells else {
            unreachable!("only columns of words have words");
        };
        *index.entry(word).or_insert_with_key(|word| {
            words.push(word.clone());
            u32::try_from(words.len() - 1).expect("fewer rows than four thousand million")
        })
    }

    fn put(&mut self, entry: Entry) {
        match (&mut self.cells, entry) {
            (Cells::Number(rows), Entry::Number(number)) => rows.push(Ok(number)),
            (Cells::Number(rows), Entry::Missing(reason)) => rows.push(Err(reason)),
            (Cells::Words { rows, .. }, Entry::Word(word)) => rows.push(Ok(word)),
            (Cells::Words { rows, .. }, Entry::Missing(reason)) => rows.push(Err(reason)),
            (Cells::Answers(rows), Entry::Answer(answer)) => rows.push(answer),
            (Cells::Answers(rows), Entry::Missing(_)) => rows.push(Answer::Blank),
            _ => unreachable!("a column's rules give its own kind of entry"),
        }
    }

    /// The column and its faults; `file` is the file's name.
    pub(super) fn finish(self, file: &str) -> (Column, Diagnostics) {
        let (column, settled) = match self.cells {
            Cells::Number(rows) => (Column::Number(rows), true),
            Cells::Answers(rows) => {
                let Kind::Answers { scored, .. } = &self.spec.kind else {
                    unreachable!("only questions have answers");
                };
                let labels = scored.iter().map(|label| label.as_str().into()).collect();
                (Column::Answers { labels, rows }, true)
            }
            Cells::Words { words, rows, .. } if self.spec.kind == Kind::Local => local(words, rows),
            Cells::Words { words, rows, .. } => (Column::Words { words, rows }, true),
        };
        let faults = if settled {
            self.faults
        } else {
            self.faults.of_words()
        };
        let faults = faults.diagnostics(file, &self.header, self.spec, &self.rules);
        (column, faults)
    }
}

/// A local column: numbers if all its values are, the Department's symbols beside them
/// missing; else words. A number in a dress among numbers is a fault (`true`), and no
/// reason to read the others as words.
fn local(words: Vec<Arc<str>>, rows: Vec<Result<u32, Missing>>) -> (Column, bool) {
    let readings: Vec<Option<Result<f64, Missing>>> = words
        .iter()
        .map(|word| {
            number(word.as_bytes()).map(Ok).or_else(|| {
                Missing::from_symbol(&word.to_lowercase())
                    .map(Err)
                    .or_else(|| {
                        (not_a_number(word) != Wrong::NotANumber)
                            .then_some(Err(Missing::NotAvailable))
                    })
            })
        })
        .collect();
    let any_number = readings
        .iter()
        .any(|reading| matches!(reading, Some(Ok(_))));
    let numeric = words.is_empty() || any_number && readings.iter().all(Option::is_some);
    if !numeric {
        return (Column::Words { words, rows }, false);
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            row.and_then(|word| readings[word as usize].unwrap_or(Err(Missing::NotAvailable)))
        })
        .collect();
    (Column::Number(rows), true)
}

/// Texts met before, so that each different one is read once. A column of answers has
/// half a dozen, which are found faster one after another than by their hash.
#[derive(Default)]
struct Seen {
    few: Vec<(Box<[u8]>, Entry)>,
    many: HashMap<Box<[u8]>, Entry>,
}

const FEW: usize = 12;

impl Seen {
    fn find(&self, text: &[u8]) -> Option<Entry> {
        self.few
            .iter()
            .find(|(known, _)| **known == *text)
            .map(|(_, entry)| *entry)
            .or_else(|| self.many.get(text).copied())
    }

    fn keep(&mut self, text: &[u8], entry: Entry) {
        if self.few.len() < FEW {
            self.few.push((text.into(), entry));
        } else {
            self.many.insert(text.into(), entry);
        }
    }
}
