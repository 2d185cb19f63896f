//! What the figures of one formula rested on, noted as it runs, for the page's "share of
//! rows used" and for disclosure control.

use crate::data::Contributions;
use crate::national::is_one_or_two;
use crate::script::formula::Footprint;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// A note pad shared by the tables of one call.
#[derive(Debug, Default)]
pub(in crate::script) struct Recorder {
    footprint: Mutex<Footprint>,
    each_row: bool,
    /// Whether the rows noted are those of a table with a row for each person.
    of_people: AtomicBool,
}

impl Recorder {
    /// A pad on which it is noted, or not, what each row brings.
    pub(in crate::script) fn noting(each_row: bool) -> Self {
        Self {
            each_row,
            ..Self::default()
        }
    }

    /// Whether it is noted what each row brings.
    pub(super) fn wants_each_row(&self) -> bool {
        self.each_row
    }

    fn note(&self, change: impl FnOnce(&mut Footprint)) {
        let mut footprint = self
            .footprint
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        change(&mut footprint);
    }

    /// Rows used and rows it was about; the smallest use is kept. Of a table of totals a row is no
    /// person: beside people's rows it does not count.
    pub(super) fn rows(&self, table: &str, used: u64, about: u64) {
        let of_people = table != "workforce";
        let before = self.of_people.fetch_or(of_people, Ordering::Relaxed);
        self.note(|footprint| {
            footprint.rows = Some(match footprint.rows {
                Some(kept) if before && !of_people => kept,
                Some(kept) if before == of_people && kept.0 <= used => kept,
                _ => (used, about),
            });
        });
    }

    /// The rows that a figure rests on and what each brings, for disclosure control.
    pub(super) fn saw(&self, table: &str, rows: Vec<u32>, values: &[f64], counted: bool) {
        if !self.each_row {
            return;
        }
        self.note(|footprint| {
            footprint.contributions.push(Contributions {
                table: table.to_owned(),
                rows: rows.into(),
                values: values.into(),
                counted,
            });
        });
    }

    /// The numbers of a table's column, or of a formula of its rows, were put in order for the one
    /// at some rank.
    pub(super) fn ranked(&self, table: &str, column: Option<&str>) {
        self.note(|footprint| {
            let ranked = (table.to_owned(), column.map(str::to_owned));
            footprint.ranked.insert(ranked);
        });
    }

    /// A table or column that was needed is not there.
    pub(super) fn not_brought(&self) {
        self.note(|footprint| footprint.not_brought = true);
    }

    /// A closure is run by rhai.
    pub(super) fn row_by_row(&self) {
        self.note(|footprint| footprint.row_by_row = true);
    }

    /// The figure could give one person away.
    pub(super) fn reveals(&self, reveals: bool) {
        if reveals {
            self.note(|footprint| footprint.reveals = true);
        }
    }

    /// A share or count of people: one or two on either side give them away.
    pub(super) fn parts(&self, part: u64, whole: u64) {
        self.reveals(is_one_or_two(part) || is_one_or_two(whole - part));
    }

    /// Forgets all: what was asked is asked again.
    pub(in crate::script) fn forget(&self) {
        self.of_people.store(false, Ordering::Relaxed);
        self.note(|footprint| *footprint = Footprint::default());
    }

    /// What was noted.
    pub(in crate::script) fn footprint(&self) -> Footprint {
        self.footprint
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_totals_are_no_people_beside_rows_of_people() {
        let rows = |asked: &[(&str, u64)]| {
            let recorder = Recorder::default();
            for (table, used) in asked {
                recorder.rows(table, *used, 250);
            }
            recorder.footprint().rows.map(|(used, _)| used)
        };
        assert_eq!(rows(&[("workforce", 10)]), Some(10));
        assert_eq!(rows(&[("workers", 210), ("workforce", 10)]), Some(210));
        assert_eq!(rows(&[("workforce", 10), ("workers", 210)]), Some(210));
        assert_eq!(
            rows(&[("workers", 210), ("duty", 40), ("workers", 90)]),
            Some(40)
        );
        assert_eq!(rows(&[]), None);
    }
}
