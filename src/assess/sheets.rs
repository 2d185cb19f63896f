//! Answer sheets as small whole numbers, and what they add up to.
//!
//! In: the rows of `survey` that a check covers. Out: [`Sheets`] in each [`Part`] of the
//! council, and the [`Tally`] of some of them: counts, sums, and sums of products, from
//! which every mean and covariance follows exactly. Sheets without an answer to any national
//! question are no answer to the survey and are left out.

mod bundles;
mod each;
mod tally;

use super::groups::{Selection, ServiceOfRow};
use super::interval::Stratum;
use super::response::{answering, national_columns};
use crate::check::{HealthCheck, Item, Kind};
use crate::data::{Answer, Column, Marks, Policy, Rows};
use crate::national::{ANSWERS, Service};
use crate::stop::{Hand, begun};
use bundles::Bundles;
pub(super) use each::Sheets;
use std::thread;

/// Points from one of the five answers to the next.
const STEP: f64 = 100.0 / (ANSWERS.len() - 1) as f64;

/// Of more sheets than this a council's are drawn in bundles.
const LARGE: usize = 10_000;

/// Of more sheets than this the parts are added up one after another, so that the numbers of
/// one part's sheets alone are held.
const HUGE: usize = 4_000_000;

/// Whether there may be so many sheets that adding them up is worth a thread of its own.
pub(super) fn are_many(rows: &Rows) -> bool {
    rows.len() > LARGE
}

/// A sheet's lanes are padded to a multiple of this, so that they are added many at a time.
const ABREAST: usize = 16;

/// A national question that compares.
#[derive(Hash)]
pub(super) struct Question {
    /// Index into the check's items.
    pub(super) item: usize,
    pub(super) id: String,
}

/// The sheets of a council.
#[derive(Hash)]
pub(super) struct Survey {
    /// The national questions that compare and have a column, in national order.
    pub(super) questions: Vec<Question>,
    /// One for each service that the council runs, in the check's order; where it runs two,
    /// the sheets that name neither come last. Sheets of a council with one service are all
    /// that service's.
    pub(super) parts: Vec<Part>,
    /// Whether two answers on one sheet are one person's: not so where sheets were laid out
    /// from totals.
    pub(super) joint: bool,
}

/// The sheets that were drawn from one list of practitioners asked.
#[derive(Hash)]
pub(super) struct Part {
    /// Practitioners asked, where known; sheets that name no service have no such list.
    pub(super) asked: Option<u32>,
    kept: Kept,
}

/// How sheets are kept for resampling.
#[derive(Hash)]
enum Kept {
    Each(Sheets),
    /// So many that they are drawn in bundles.
    Bundled(Bundles),
}

/// What some sheets add up to.
#[derive(Clone, Hash)]
#[cfg_attr(test, derive(Debug, PartialEq))]
pub(super) struct Tally {
    questions: usize,
    sheets: u32,
    lanes: Vec<u32>,
    /// For each question k and each j: the sum of j's steps on sheets without an answer to k.
    lost: Vec<u32>,
    /// For each question k and each j: sheets without an answer to either.
    neither: Vec<u32>,
}

impl Survey {
    /// The sheets that the check covers, `whole` being the whole council's rows.
    pub(super) fn of(check: &HealthCheck, whole: &Selection) -> Self {
        // A survey that was not brought has no sheet and no question.
        let rows = &whole.rows_for_formula("survey");
        let columns: Vec<(Question, bool, &Marks)> = check
            .items()
            .iter()
            .enumerate()
            .filter_map(|(index, item)| question(index, item, rows))
            .collect();
        let services = &check.council().services;
        let of_rows = ServiceOfRow::of(&rows.table);
        let mut parts: Vec<(Option<Service>, Vec<u32>)> = services
            .iter()
            .map(|service| (Some(*service), Vec::new()))
            .collect();
        if services.len() > 1 {
            parts.push((None, Vec::new()));
        }
        let last = parts.len().saturating_sub(1);
        let place = |service: Option<Service>| {
            let own = parts
                .iter()
                .position(|(of, _)| service.is_some() && *of == service);
            own.unwrap_or(last)
        };
        let places = [
            place(None),
            place(Some(Service::Children)),
            place(Some(Service::Adults)),
        ];
        let part_of = |row: usize| match of_rows.get(row) {
            None => places[0],
            Some(Service::Children) => places[1],
            Some(Service::Adults) => places[2],
        };
        let columns_asked = national_columns(check);
        let answered = || answering(rows, &columns_asked).map(|row| (part_of(row), row));
        // Counted first: a list that grows would be held twice.
        let mut counts = vec![0; parts.len()];
        for (at, _) in answered() {
            if let Some(count) = counts.get_mut(at) {
                *count += 1;
            }
        }
        for ((_, part), count) in parts.iter_mut().zip(counts) {
            part.reserve_exact(count);
        }
        for (at, row) in answered() {
            if let Some((_, part)) = parts.get_mut(at) {
                part.push(u32::try_from(row).expect("a table holds fewer than 2³² rows"));
            }
        }
        let sheets: usize = parts.iter().map(|(_, rows)| rows.len()).sum();
        let reversed: Vec<bool> = columns.iter().map(|(_, reverse, _)| *reverse).collect();
        let marks: Vec<&Marks> = columns.iter().map(|(_, _, marks)| *marks).collect();
        let seed = crate::assess::firmness::seed(check.council());
        let kept = |rows: &[u32]| {
            if sheets > LARGE
                && let Some(bundles) = Bundles::of(&marks, rows, &reversed, seed)
            {
                return Kept::Bundled(bundles);
            }
            let code = |row: &u32, marks: &&Marks| match marks.get(*row as usize) {
                Answer::Scored(index) => index + 1,
                Answer::Unscored | Answer::Blank => 0,
            };
            let sheet = |row| marks.iter().map(|marks| code(row, marks)).collect();
            Kept::Each(Sheets::of(rows.iter().map(sheet).collect(), &reversed))
        };
        let part = |(service, rows): &(Option<Service>, Vec<u32>)| Part {
            asked: service.and_then(|of| check.council().asked.get(&of).copied()),
            kept: kept(rows),
        };
        let parts = match sheets > LARGE && sheets <= HUGE {
            // Each list is let go of when its part is added up.
            false => parts.into_iter().map(|rows| part(&rows)).collect(),
            // Each part on a thread of its own.
            true => thread::scope(|scope| {
                let part = &part;
                let hands: Vec<_> = parts
                    .iter()
                    .map(|rows| begun(scope, move || part(rows)))
                    .collect();
                hands.into_iter().map(Hand::join).collect()
            }),
        };
        Self {
            questions: columns
                .into_iter()
                .map(|(question, _, _)| question)
                .collect(),
            parts,
            joint: rows.table.policy != Policy::Totals,
        }
    }
}

impl Part {
    /// What all its sheets add up to.
    pub(super) fn tally(&self) -> Tally {
        match &self.kept {
            Kept::Each(sheets) => sheets.tally(),
            Kept::Bundled(bundles) => bundles.tally().clone(),
        }
    }

    /// How many lots a resample draws, and of how many: sheets and practitioners asked, or
    /// bundles of them.
    pub(super) fn lots(&self) -> (usize, Option<u32>) {
        match &self.kept {
            Kept::Each(sheets) => (sheets.len(), self.asked),
            Kept::Bundled(bundles) => (bundles.len(), self.asked.map(|asked| bundles.asked(asked))),
        }
    }

    /// Puts a resample, in which each lot is as many `times` as it says, in a stratum's place.
    pub(super) fn resample(&self, times: &[u32], stratum: &mut Stratum) {
        match &self.kept {
            Kept::Each(sheets) => stratum.refill(|tally| sheets.resample(times, tally)),
            Kept::Bundled(_) => self.resample_means(times, stratum),
        }
    }

    /// The same as far as means, answers and agreement go.
    pub(super) fn resample_means(&self, times: &[u32], stratum: &mut Stratum) {
        stratum.refill_means(|tally| match &self.kept {
            Kept::Each(sheets) => sheets.resample_means(times, tally),
            Kept::Bundled(bundles) => bundles.resample(times, tally),
        });
    }

    /// Whether a resample gives means alone.
    pub(super) fn gives_means_alone(&self) -> bool {
        matches!(self.kept, Kept::Bundled(_))
    }
}

/// A national question that compares, whether it is reversed, and its answers.
fn question<'a>(index: usize, item: &Item, rows: &'a Rows) -> Option<(Question, bool, &'a Marks)> {
    let Kind::Question(question) = &item.local.kind else {
        return None;
    };
    let column = rows.table.column(&question.column)?;
    // A scale of other than five answers does not compare.
    match column {
        Column::Answers { labels, rows }
            if item.counts_nationally() && labels.len() == ANSWERS.len() =>
        {
            let id = item.id.clone();
            Some((Question { item: index, id }, question.reverse, rows))
        }
        _ => None,
    }
}

/// Lanes of so many questions that give means and agreement.
fn front(questions: usize) -> usize {
    (2 * questions).max(1).next_multiple_of(ABREAST)
}

/// All lanes of so many questions.
fn all_lanes(questions: usize) -> usize {
    front(questions) + (questions * (questions + 1) / 2).next_multiple_of(ABREAST)
}

/// Where the product of two questions' steps stands behind the front of a sheet's lanes.
fn pair(j: usize, k: usize) -> usize {
    let (low, high) = (j.min(k), j.max(k));
    high * (high + 1) / 2 + low
}
