//! Sheets that are each kept for resampling: what practitioners marked in, what a resample of them
//! adds up to out.

use super::{Tally, all_lanes, front, pair};
use crate::national::ANSWERS;

/// Sheets that may be added up in one byte: each lane of a sheet is 16 at most.
const IN_ONE_BYTE: u32 = 15;

/// Some sheets, in canonical order: by their answers to the questions in national order,
/// no scored answer first, then the five from the lowest, as marked. Nothing else about a
/// sheet matters, so that neither the order of rows nor the council's words for an answer do.
#[derive(Hash)]
pub(in crate::assess) struct Sheets {
    questions: usize,
    len: usize,
    /// Bytes of a sheet in `lanes`.
    width: usize,
    /// For each sheet what is summed: in [`front`] each question's step (0 to 4, reversed
    /// questions turned round) and whether it was answered by one of the upper two answers as
    /// marked, then the product of each two questions' steps.
    lanes: Vec<u8>,
    /// For each sheet the questions not answered: where they begin in `gaps`.
    gaps_from: Vec<usize>,
    gaps: Vec<u16>,
    /// What all of them add up to.
    all: Tally,
}

impl Sheets {
    /// Sheets as marked: for each question 0 for no scored answer, else 1 for the lowest
    /// answer to 5 for the highest. They are put into canonical order.
    pub(in crate::assess) fn of(mut marked: Vec<Vec<u8>>, reversed: &[bool]) -> Self {
        marked.sort_unstable();
        let questions = reversed.len();
        let (front, width) = (front(questions), all_lanes(questions));
        let mut lanes = vec![0; width * marked.len()];
        let (mut gaps, mut gaps_from) = (Vec::new(), vec![0]);
        for (sheet, row) in marked.iter().zip(lanes.chunks_mut(width)) {
            let highest = ANSWERS.len() as u8 - 1;
            let steps: Vec<u8> = sheet
                .iter()
                .zip(reversed)
                .map(|(code, reversed)| match code {
                    0 => 0,
                    code if *reversed => highest - (code - 1),
                    code => code - 1,
                })
                .collect();
            for (k, code) in sheet.iter().enumerate() {
                for j in 0..=k {
                    row[front + pair(j, k)] = steps[j] * steps[k];
                }
                row[k] = steps[k];
                row[questions + k] = u8::from(*code >= highest);
                if *code == 0 {
                    gaps.push(u16::try_from(k).expect("a check has fewer than 65,536 questions"));
                }
            }
            gaps_from.push(gaps.len());
        }
        let mut sheets = Self {
            questions,
            len: marked.len(),
            width,
            lanes,
            gaps_from,
            gaps,
            all: Tally::nothing(questions),
        };
        let mut all = Tally::nothing(questions);
        // Nothing is added up yet, so that each once more than once is each once.
        sheets.resample(&vec![2; sheets.len], &mut all);
        sheets.all = all;
        sheets
    }

    /// How many.
    pub(in crate::assess) fn len(&self) -> usize {
        self.len
    }

    /// What all of them add up to, once each.
    pub(in crate::assess) fn tally(&self) -> Tally {
        self.all.clone()
    }

    /// What they add up to, each as many `times` as it says.
    pub(in crate::assess) fn resample(&self, times: &[u32], tally: &mut Tally) {
        tally.set(&self.all);
        self.other_lanes(self.width, times, tally, |sheet, more, tally| {
            self.add_gaps(sheet, more, tally);
        });
    }

    /// The same as far as means, answers and agreement go.
    pub(in crate::assess) fn resample_means(&self, times: &[u32], tally: &mut Tally) {
        tally.clear_means();
        tally.merge_means(&self.all);
        let front = front(self.questions);
        self.other_lanes(front, times, tally, |sheet, more, tally| {
            for k in self.gaps_of(sheet) {
                let neither = &mut tally.neither[usize::from(*k) * (self.questions + 1)];
                *neither = neither.wrapping_add_signed(more);
            }
        });
    }

    /// Makes of each sheet once as many `times` as it says. Only sheets that are there more or less
    /// often than once are gone through, which are few where most of those asked answered: the first
    /// `lanes` of each, and its gaps by `add_gaps`.
    fn other_lanes(
        &self,
        lanes: usize,
        times: &[u32],
        tally: &mut Tally,
        add_gaps: impl Fn(usize, i32, &mut Tally),
    ) {
        let (mut more, mut less) = (Few::of(lanes), Few::of(lanes));
        for (sheet, times) in times.iter().enumerate().filter(|(_, times)| **times != 1) {
            let row = &self.lanes[sheet * self.width..][..lanes];
            if *times == 0 {
                less.add(row, tally, u32::wrapping_sub);
            }
            for _ in 1..*times {
                more.add(row, tally, u32::wrapping_add);
            }
            // As often as there are practitioners, which fits.
            let by = *times as i32 - 1;
            tally.sheets = tally.sheets.wrapping_add_signed(by);
            add_gaps(sheet, by, tally);
        }
        more.hand_over(tally, u32::wrapping_add);
        less.hand_over(tally, u32::wrapping_sub);
    }

    /// The questions that a sheet does not answer.
    fn gaps_of(&self, sheet: usize) -> &[u16] {
        &self.gaps[self.gaps_from[sheet]..self.gaps_from[sheet + 1]]
    }

    fn add_gaps(&self, sheet: usize, more: i32, tally: &mut Tally) {
        let gaps = self.gaps_of(sheet);
        let steps = &self.lanes[sheet * self.width..][..self.questions];
        for k in gaps {
            let at = usize::from(*k) * self.questions;
            let lost = &mut tally.lost[at..at + self.questions];
            for (sum, step) in lost.iter_mut().zip(steps) {
                *sum = sum.wrapping_add_signed(more * i32::from(*step));
            }
            for j in gaps {
                let neither = &mut tally.neither[at + usize::from(*j)];
                *neither = neither.wrapping_add_signed(more);
            }
        }
    }
}

/// Lanes of so few sheets that their sums fit a byte.
struct Few {
    sums: Vec<u8>,
    sheets: u32,
}

impl Few {
    fn of(lanes: usize) -> Self {
        Self {
            sums: vec![0; lanes],
            sheets: 0,
        }
    }

    /// Adds a sheet's; `step` takes them over into a tally's once they are many.
    fn add(&mut self, row: &[u8], tally: &mut Tally, step: impl Fn(u32, u32) -> u32) {
        for (sum, lane) in self.sums.iter_mut().zip(row) {
            *sum += lane;
        }
        self.sheets += 1;
        if self.sheets == IN_ONE_BYTE {
            self.hand_over(tally, step);
        }
    }

    /// Takes them over into a tally's lanes, and begins anew.
    fn hand_over(&mut self, tally: &mut Tally, step: impl Fn(u32, u32) -> u32) {
        for (sum, lane) in tally.lanes.iter_mut().zip(&mut self.sums) {
            *sum = step(*sum, u32::from(*lane));
            *lane = 0;
        }
        self.sheets = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every combination of answers to three questions, none included, some of them twice.
    fn marked() -> Vec<Vec<u8>> {
        let mut sheets = Vec::new();
        for number in 0..216_u32 {
            let code = |place: u32| (number / 6_u32.pow(place) % 6) as u8;
            sheets.push(vec![code(0), code(1), code(2)]);
            if number % 7 == 0 {
                sheets.push(vec![code(0), code(1), code(2)]);
            }
        }
        sheets
    }

    /// The same on paper: the points of those who answered both.
    fn on_paper(sheets: &[Vec<u8>], j: usize, k: usize) -> (f64, f64) {
        let both: Vec<(f64, f64)> = sheets
            .iter()
            .filter(|sheet| sheet[j] > 0 && sheet[k] > 0)
            .map(|sheet| {
                (
                    25.0 * f64::from(sheet[j] - 1),
                    25.0 * f64::from(sheet[k] - 1),
                )
            })
            .collect();
        let n = both.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| both.iter().map(of).sum::<f64>() / n;
        let (a, b) = (mean(|pair| pair.0), mean(|pair| pair.1));
        let sum: f64 = both.iter().map(|(x, y)| (x - a) * (y - b)).sum();
        (sum / (n - 1.0), n)
    }

    #[test]
    fn a_tally_gives_the_means_and_covariances_of_its_sheets() {
        let marked = marked();
        let tally = Sheets::of(marked.clone(), &[false; 3]).tally();
        let (mut covariances, mut chances) = (Vec::new(), Vec::new());
        tally.covariances(&mut covariances, &mut chances);
        for j in 0..3 {
            for k in 0..=j {
                let (covariance, chance) = (covariances[pair(j, k)], chances[pair(j, k)]);
                let (paper, people) = on_paper(&marked, j, k);
                assert!((covariance - paper).abs() < 1e-9, "{j} {k}");
                let each = f64::from(tally.answered(j)) * f64::from(tally.answered(k));
                assert_eq!(chance, people / each);
            }
            let answered: Vec<u8> = marked.iter().map(|s| s[j]).filter(|c| *c > 0).collect();
            assert_eq!(tally.answered(j) as usize, answered.len());
            let sum: f64 = answered.iter().map(|code| 25.0 * f64::from(code - 1)).sum();
            assert!((tally.mean(j).unwrap() - sum / answered.len() as f64).abs() < 1e-9);
            let agreeing = answered.iter().filter(|code| **code >= 4).count();
            assert_eq!(tally.agreeing(j) as usize, agreeing);
        }
    }

    #[test]
    fn a_reversed_question_is_turned_round_and_its_agreement_is_not() {
        let tally = Sheets::of(vec![vec![5], vec![4], vec![4], vec![0]], &[true]).tally();
        assert_eq!(tally.mean(0), Some(50.0 / 3.0));
        assert_eq!((tally.answered(0), tally.agreeing(0)), (3, 3));
    }

    #[test]
    fn a_resample_adds_up_to_what_its_sheets_add_up_to_one_by_one() {
        let mut chance = crate::chance::SplitMix64::seeded(12);
        for questions in [0, 1, 2, 7, 18] {
            for sheets in [0, 1, 15, 16, 90] {
                let mut mark = || chance.below(6) as u8;
                let sheet = |_| (0..questions).map(|_| mark()).collect();
                let mut marked: Vec<Vec<u8>> = (0..sheets).map(sheet).collect();
                marked.sort();
                let times: Vec<u32> = marked
                    .iter()
                    .map(|_| chance.below(40) as u32 % 19)
                    .collect();
                let each = marked.iter().zip(&times);
                let laid_out = each.flat_map(|(sheet, times)| vec![sheet.clone(); *times as usize]);
                let reversed: Vec<bool> = (0..questions).map(|j| j % 3 == 1).collect();
                let one_by_one = Sheets::of(laid_out.collect(), &reversed).tally();
                let sheets = Sheets::of(marked, &reversed);
                // Whatever was there before.
                let mut whole = sheets.tally();
                sheets.resample(&times, &mut whole);
                assert_eq!(whole, one_by_one);
                let mut means = sheets.tally();
                sheets.resample_means(&times, &mut means);
                for j in 0..questions {
                    let of = |tally: &Tally| (tally.answered(j), tally.agreeing(j), tally.mean(j));
                    assert_eq!(of(&means), of(&one_by_one));
                }
            }
        }
    }

    #[test]
    fn sheets_drawn_several_times_count_as_often_and_merge() {
        let marked = vec![vec![1, 5], vec![0, 3], vec![4, 4]];
        let sheets = Sheets::of(marked, &[false; 2]);
        let mut twenty = Tally::nothing(2);
        // In canonical order: (0, 3), (1, 5), (4, 4).
        sheets.resample(&[20, 0, 40], &mut twenty);
        let mut means = Tally::nothing(2);
        sheets.resample_means(&[20, 0, 40], &mut means);
        assert_eq!(means.mean(0), twenty.mean(0));
        assert_eq!((means.answered(0), means.agreeing(1)), (40, 40));
        assert_eq!((twenty.answered(0), twenty.answered(1)), (40, 60));
        assert_eq!(twenty.mean(0), Some(75.0));
        let mut merged = sheets.tally();
        merged.merge(&twenty);
        assert_eq!((merged.answered(0), merged.answered(1)), (42, 63));
        twenty.clear();
        assert_eq!((twenty.answered(0), twenty.mean(1)), (0, None));
    }
}
