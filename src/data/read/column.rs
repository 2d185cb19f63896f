//! The cells of one column in, one by one; a typed column and its faults out.

mod days;
mod quick;

use super::caps::LONGEST_CELL;
use super::faults::{At, Faults, Said, Told};
use super::meaning::{Meaning, Rules, Wrong, not_a_number, number};
use crate::data::cells::Answer;
use crate::data::{Codes, Column, ColumnSpec, Kind, Marks, Numbers};
use crate::missing::{Amount, Missing};
use crate::national::ColumnKind;
use quick::{Bits, Key, Quick};
use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::ops::Range;
use std::sync::Arc;

/// One cell as the file has it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Raw<'t> {
    /// Text, of a file that is sound UTF-8; empty if there is nothing.
    Text(&'t [u8]),
    /// A list or an object, where one value belongs.
    Nested,
}

/// An odd number whose bits are spread, to mix sums with.
const MIXER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Builds one column.
pub(super) struct Builder<'s> {
    spec: &'s ColumnSpec,
    header: String,
    rules: Rules,
    numbers_stand: bool,
    seen: Seen,
    quick: Quick,
    /// What the cells in hand become; kept, so that its room is used again.
    met: Vec<Bits>,
    cells: Cells,
    faults: Faults,
}

/// The cells so far.
enum Cells {
    Number(Numbers),
    Words {
        index: HashMap<Arc<str>, u32>,
        words: Vec<Arc<str>>,
        rows: Codes,
    },
    Answers(Marks),
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
            quick: Quick::new(match &spec.kind {
                Kind::National(ColumnKind::Number) => quick::MANY,
                _ => quick::SOME,
            }),
            met: Vec::new(),
            cells: match &spec.kind {
                Kind::National(ColumnKind::Number) => Cells::Number(Numbers::default()),
                Kind::Answers { .. } => Cells::Answers(Marks::default()),
                _ => Cells::Words {
                    index: HashMap::new(),
                    words: Vec::new(),
                    rows: Codes::default(),
                },
            },
            faults: Faults::default(),
        }
    }

    /// Mixes what each row says into a sum of the row, where cells that are the same but for
    /// their case, numbers and days that are, and cells without a value say the same.
    pub(super) fn mix_into(&self, sums: &mut [u64]) {
        const GONE: u64 = u64::MAX;
        if !self.rules.tell_nothing_alike_apart() {
            return;
        }
        let mix = |(sum, bits): (&mut u64, u64)| {
            *sum = (*sum ^ bits).wrapping_mul(MIXER).rotate_left(23);
        };
        match &self.cells {
            Cells::Number(rows) => {
                let bits = |one: Amount| one.map_or(GONE, f64::to_bits);
                sums.iter_mut().zip(rows.iter().map(bits)).for_each(mix);
            }
            Cells::Answers(rows) => {
                let bits = rows.slice().iter().map(|mark| u64::from(*mark));
                sums.iter_mut().zip(bits).for_each(mix);
            }
            Cells::Words { words, rows, .. } => {
                let hasher = BuildHasherDefault::<DefaultHasher>::default();
                let of_word = |word: &Arc<str>| match number(word.as_bytes()) {
                    Some(number) => number.to_bits(),
                    None => hasher.hash_one(match days::day(word) {
                        Some(day) => day.to_string(),
                        None => word.to_lowercase(),
                    }),
                };
                let of_words: Vec<u64> = words.iter().map(of_word).collect();
                let bits =
                    |one: Result<u32, Missing>| one.map_or(GONE, |word| of_words[word as usize]);
                sums.iter_mut().zip(rows.iter().map(bits)).for_each(mix);
            }
        }
    }

    /// The rows so far, if they are numbers.
    pub(super) fn numbers(&self) -> Option<&Numbers> {
        match &self.cells {
            Cells::Number(rows) => Some(rows),
            Cells::Words { .. } | Cells::Answers(_) => None,
        }
    }

    /// One more cell.
    pub(super) fn add(&mut self, at: At, cell: Raw) {
        let Raw::Text(text) = cell else {
            self.faults.add(Wrong::Nested, "[…]", &self.header, at);
            return self.put(Entry::Missing(Missing::NotAvailable));
        };
        let (entry, wrong) = self.entry(text.trim_ascii());
        if let Some(wrong) = wrong {
            let text = std::str::from_utf8(text).unwrap_or_default();
            self.faults.add(wrong, text.trim(), &self.header, at);
        }
        self.put(entry);
    }

    /// More cells of a file without faults, each some bytes of a text; false if any is at
    /// fault.
    pub(super) fn add_plain(
        &mut self,
        text: &[u8],
        cells: impl Iterator<Item = Range<usize>>,
    ) -> bool {
        let mut met = std::mem::take(&mut self.met);
        met.clear();
        for cell in cells {
            let key = Key::of(text, &cell);
            let known = key.as_ref().and_then(|key| self.quick.find(key));
            match known.or_else(|| self.meet(&text[cell], key)) {
                Some(bits) => met.push(bits),
                None => return false,
            }
        }
        match &mut self.cells {
            Cells::Number(rows) => rows.extend(met.iter().map(|bits| bits.number())),
            Cells::Words { rows, .. } => met.iter().for_each(|bits| rows.push(bits.word())),
            Cells::Answers(rows) => rows.extend(met.iter().map(|bits| bits.mark())),
        }
        self.met = met;
        true
    }

    /// What a cell becomes that is not among those met of late; `None` if it is at fault.
    #[cold]
    fn meet(&mut self, cell: &[u8], key: Option<Key>) -> Option<Bits> {
        if cell.len() > LONGEST_CELL {
            return None;
        }
        match self.entry(cell.trim_ascii()) {
            (entry, None) => {
                let bits = Bits::of(entry);
                if let Some(key) = key {
                    self.quick.keep(key, bits);
                }
                Some(bits)
            }
            (_, Some(_)) => None,
        }
    }

    /// Makes room for so many rows altogether.
    pub(super) fn reserve(&mut self, rows: usize) {
        match &mut self.cells {
            Cells::Number(numbers) => numbers.reserve(rows),
            Cells::Answers(marks) => marks.reserve(rows),
            Cells::Words { rows: codes, .. } => codes.reserve(rows),
        }
    }

    /// What a trimmed text becomes, and what is wrong with it.
    fn entry(&mut self, text: &[u8]) -> (Entry, Option<Wrong>) {
        if text.is_empty() {
            return (Entry::Missing(Missing::NotAvailable), None);
        }
        if self.numbers_stand
            && let Some(number) = number(text)
            && number >= 0.0
        {
            return (Entry::Number(number), None);
        }
        if let Some(entry) = self.seen.find(text) {
            return (entry, None);
        }
        let text = std::str::from_utf8(text).expect("the file's text was decoded as a whole");
        let entry = match self.rules.meaning(text) {
            Meaning::Number(number) => Entry::Number(number),
            Meaning::Word(word) => Entry::Word(self.word(word)),
            Meaning::Answer(answer) => Entry::Answer(answer),
            Meaning::Missing(reason) => Entry::Missing(reason),
            Meaning::Wrong(wrong) => return (Entry::Missing(Missing::NotAvailable), Some(wrong)),
        };
        if self.spec.kind == Kind::Local && number(text.as_bytes()).is_none() {
            // Only a fault if the rest turn out to be numbers: settled at the end.
            match not_a_number(text) {
                Wrong::NotANumber => {}
                wrong => return (entry, Some(wrong)),
            }
        }
        self.seen.keep(text.as_bytes(), entry);
        (entry, None)
    }

    /// The same column without any row.
    pub(super) fn fresh(&self) -> Self {
        Self::new(self.spec, &self.header, self.rules.clone())
    }

    /// Puts the rows of another after these; neither has a fault.
    pub(super) fn append(&mut self, other: Self) {
        match other.cells {
            Cells::Number(more) => {
                if let Cells::Number(rows) = &mut self.cells {
                    rows.append(more);
                }
            }
            Cells::Answers(more) => {
                if let Cells::Answers(rows) = &mut self.cells {
                    rows.append(more);
                }
            }
            Cells::Words {
                words, rows: more, ..
            } => {
                let here: Vec<u32> = words.into_iter().map(|word| self.word(word)).collect();
                if let Cells::Words { rows, .. } = &mut self.cells {
                    rows.append(more, &here);
                }
            }
        }
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

    #[inline]
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
    pub(super) fn finish(self, file: &str, said: &Said<'_>) -> (Column, Vec<Told>) {
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
        let told = faults.told(file, &self.header, self.spec, &self.rules, said);
        (column, told)
    }
}

/// A local column: numbers if all its values are, the Department's symbols beside them
/// missing; days with the year first if all are days; else words. A number in a dress among
/// numbers is a fault (`true`), and no reason to read the others as words.
fn local(words: Vec<Arc<str>>, rows: Codes) -> (Column, bool) {
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
        return (
            days::read(&words, &rows).unwrap_or(Column::Words { words, rows }),
            false,
        );
    }
    let rows = rows
        .iter()
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
