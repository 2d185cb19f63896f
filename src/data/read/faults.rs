//! Cells that mean nothing in, one diagnostic for each distinct value out.
//!
//! The picture shows the header and the one value only, never the rest of the row: rows
//! are about people. Of a value of few rows it shows the form alone, unless it is asked for.

mod odd;
mod said;
mod told;
mod wording;

use super::foot::is_total_alone;
use super::meaning::{Rules, Wrong, fold, is_usual_answer, tells_of_nobody};
use super::totals;
use crate::data::{ColumnSpec, Kind};
use crate::diagnostic::{Diagnostic, beginning, nearest};
use crate::national::THRESHOLD;
use crate::source::{Place, Source, Span};
use odd::Odd;
pub(super) use said::Said;
use std::collections::HashMap;
use std::mem::discriminant;
pub(super) use told::{Told, folded};
use wording::Wording;
pub(crate) use wording::form_of;

/// Distinct values of one column that are shown; the rest is counted.
const MOST_VALUES: usize = 20;

/// Values of one column written alike, in a way that a column is written in as a whole, that are
/// shown; the rest is counted.
const MOST_ALIKE: usize = 3;

/// Rows that are named; the rest is counted.
const MOST_NAMED: usize = 3;

/// Characters of a header or value that are shown.
const MOST_CHARACTERS: usize = 60;

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'t> {
    /// The line of the file on which it begins, from 1.
    pub line: usize,
    /// Its number as a spreadsheet shows it, the header being row 1; in JSON the number
    /// of the object, from 1.
    pub row: usize,
    /// The text of the object in JSON, in which keys may stand on lines of their own.
    pub object: &'t str,
}

impl At<'_> {
    /// The line on which the cell of that header stands, as far as is known.
    fn line_of(&self, header: &str) -> usize {
        let key = format!("\"{header}\"");
        let before = self.object.find(&key).map_or("", |at| &self.object[..at]);
        self.line + before.matches('\n').count()
    }
}

/// Which rows share a fault: how many, and the first few.
#[derive(Debug, Clone, Default)]
pub(super) struct Where {
    pub count: usize,
    first: Vec<usize>,
}

impl Where {
    /// One more.
    pub(super) fn add(&mut self, row: usize) {
        self.count += 1;
        if self.first.len() < MOST_NAMED {
            self.first.push(row);
        }
    }

    /// `rows 14, 29, 77 and 12 more`.
    pub(super) fn words(&self) -> String {
        let rows: Vec<String> = self.first.iter().map(usize::to_string).collect();
        let more = self.count - rows.len();
        match (rows.as_slice(), more) {
            ([row], 0) => format!("row {row}"),
            ([rows @ .., last], 0) => format!("rows {} and {last}", rows.join(", ")),
            (rows, more) => format!("rows {} and {more} more", rows.join(", ")),
        }
    }
}

/// One distinct value at fault.
struct Fault {
    wrong: Wrong,
    value: String,
    line: usize,
    rows: Where,
}

/// The faults of one column.
#[derive(Default)]
pub(super) struct Faults {
    by_value: HashMap<String, usize>,
    shown: Vec<Fault>,
    rows_beyond: usize,
}

impl Faults {
    /// One more cell at fault.
    pub(super) fn add(&mut self, wrong: Wrong, value: &str, header: &str, at: At) {
        let next = self.by_value.len();
        let index = *self.by_value.entry(fold(value)).or_insert(next);
        if index == self.shown.len() && index < MOST_VALUES {
            self.shown.push(Fault {
                wrong,
                value: value.trim().to_owned(),
                line: at.line_of(header),
                rows: Where::default(),
            });
        }
        match self.shown.get_mut(index) {
            Some(fault) => fault.rows.add(at.row),
            None => self.rows_beyond += 1,
        }
    }

    /// Keeps only the errors of a spreadsheet: in a column of words a number in a dress is
    /// a word.
    pub(super) fn of_words(mut self) -> Self {
        self.shown.retain(|fault| fault.wrong == Wrong::Failed);
        self.by_value = (0..self.shown.len())
            .map(|index| (fold(&self.shown[index].value), index))
            .collect();
        self.rows_beyond = 0;
        self
    }

    /// What is told of the column.
    pub(super) fn told(
        &self,
        file: &str,
        header: &str,
        spec: &ColumnSpec,
        rules: &Rules,
        said: &Said<'_>,
    ) -> Vec<Told> {
        let beyond = self.by_value.len() - self.shown.len();
        let told: Vec<(&Fault, Vec<&Fault>)> = self.alike();
        let last = told.len().saturating_sub(1);
        let told = told.iter().enumerate().map(|(nth, (fault, alike))| {
            let mut told = fault.told(file, header, spec, rules, said);
            if !alike.is_empty() {
                let all: usize = alike.iter().map(|one| one.rows.count).sum();
                let (values, are) = values(alike.len());
                told = told.note(&format!(
                    "and {} more {values} of this column {are} written like it, in {}",
                    alike.len(),
                    rows(all)
                ));
            }
            if nth == last && beyond > 0 {
                let (values, _) = values(beyond);
                told = told.note(&format!(
                    "and {beyond} more {values} of this column at fault, in {}",
                    rows(self.rows_beyond)
                ));
            }
            told
        });
        told.collect()
    }

    /// The values that are shown, each with those written alike that are not.
    fn alike(&self) -> Vec<(&Fault, Vec<&Fault>)> {
        let mut told: Vec<(&Fault, Vec<&Fault>)> = Vec::new();
        for fault in &self.shown {
            let is_alike = |other: &&mut (&Fault, Vec<&Fault>)| {
                fault.wrong.is_of_a_column()
                    && discriminant(&other.0.wrong) == discriminant(&fault.wrong)
            };
            match told.iter_mut().filter(is_alike).nth(MOST_ALIKE - 1) {
                Some((_, more)) => more.push(fault),
                None => told.push((fault, Vec::new())),
            }
        }
        told
    }
}

impl Fault {
    fn told(
        &self,
        file: &str,
        header: &str,
        spec: &ColumnSpec,
        rules: &Rules,
        said: &Said<'_>,
    ) -> Told {
        // What so many rows say tells of nobody, and the error of a formula, the word for a sum
        // and the word for no value of no person.
        let of_nobody = matches!(self.wrong, Wrong::Failed | Wrong::Nested)
            || is_total_alone(&self.value)
            || tells_of_nobody(&self.value)
            || totals::is_label(spec);
        if self.wrong == Wrong::Unknown {
            return Told::Odd(Box::new(self.odd(file, header, spec, rules, of_nobody)));
        }
        let picture = |value: &str, wording: Wording| {
            let diagnostic = Diagnostic::new(
                wording.code,
                cell_place(file, self.line, header, value),
                wording.message,
            )
            .label(wording.label)
            .note(match self.rows.count {
                1 => format!("1 row has this value: {}", self.rows.words()),
                n => format!("{n} rows have this value: {}", self.rows.words()),
            });
            let notes = wording.notes.into_iter();
            let diagnostic = notes.fold(diagnostic, |told, note| told.note(note));
            Box::new(diagnostic.help(wording.help))
        };
        let value = shown(&self.value);
        let plain = picture(&value, Wording::of(self, &value, spec, said));
        let masked = (!of_nobody && self.rows.count < THRESHOLD as usize).then(|| {
            let form = form_of(&self.value);
            picture(&form, Wording::masked(self, &form, spec, said))
        });
        Told::Alone(plain, masked)
    }

    fn odd(
        &self,
        file: &str,
        header: &str,
        spec: &ColumnSpec,
        rules: &Rules,
        of_nobody: bool,
    ) -> Odd {
        let options = rules.options();
        // What everybody may say tells of nobody.
        let usual = rules.probably(&self.value);
        let of_nobody = of_nobody || usual.is_some() || is_usual_answer(&self.value);
        let near = usual.or_else(|| nearest(&self.value, options.iter().copied()));
        Odd {
            file: file.to_owned(),
            column: spec.name.clone(),
            header: header.to_owned(),
            value: self.value.clone(),
            line: self.line,
            rows: self.rows.clone(),
            near: near.map(str::to_owned),
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            coded: spec.codes.first().map(|(local, _)| local.place.line()),
            is_answer: matches!(spec.kind, Kind::Answers { .. }),
            of_nobody,
            more: Vec::new(),
        }
    }
}

/// `value is` of one, `values are` of several.
fn values(count: usize) -> (&'static str, &'static str) {
    match count {
        1 => ("value", "is"),
        _ => ("values", "are"),
    }
}

/// `1 row`, `3 rows`.
pub(super) fn rows(count: usize) -> String {
    format!("{count} row{}", if count == 1 { "" } else { "s" })
}

/// A place that shows `HEADER = VALUE` with the value underlined, and nothing else of the
/// row.
pub(super) fn cell_place(file: &str, line: usize, header: &str, value: &str) -> Place {
    let before = format!("{} = ", shown(header));
    let value = shown(value);
    let span = Span::new(before.len(), before.len() + value.len());
    Source::excerpt(file, line, &format!("{before}{value}")).place(span)
}

/// A header or value on one line: without control characters, cut if long.
pub(super) fn shown(text: &str) -> String {
    let line: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            '\u{feff}' => '?',
            c if c.is_control() => '?',
            c => c,
        })
        .collect();
    beginning(&super::decode::spaces(&line), MOST_CHARACTERS)
}
