//! What sheets add up to: counts and sums in, means and covariances out.

use super::{ABREAST, STEP, Tally, pair};
use crate::national::ANSWERS;

impl Tally {
    /// Of no sheet.
    pub(in crate::assess) fn nothing(questions: usize) -> Self {
        let pairs = questions * (questions + 1) / 2;
        Self {
            questions,
            sheets: 0,
            lanes: vec![0; (pairs + 2 * questions).max(1).next_multiple_of(ABREAST)],
            lost: vec![0; questions * questions],
            neither: vec![0; questions * questions],
        }
    }

    /// Back to no sheet.
    pub(in crate::assess) fn clear(&mut self) {
        self.sheets = 0;
        self.lanes.fill(0);
        self.lost.fill(0);
        self.neither.fill(0);
    }

    /// Takes small sums over, and begins them anew.
    pub(super) fn take(&mut self, few: &mut [u8]) {
        for (sum, lane) in self.lanes.iter_mut().zip(few) {
            *sum += u32::from(*lane);
            *lane = 0;
        }
    }

    /// Back to no sheet, as far as means, answers and agreement go.
    pub(in crate::assess) fn clear_means(&mut self) {
        let pairs = self.pairs();
        self.sheets = 0;
        self.lanes[pairs..].fill(0);
        for j in 0..self.questions {
            self.neither[j * self.questions + j] = 0;
        }
    }

    /// Adds the sheets of another, as far as means, answers and agreement go.
    pub(in crate::assess) fn merge_means(&mut self, other: &Self) {
        let pairs = self.pairs();
        self.sheets += other.sheets;
        for (sum, more) in self.lanes[pairs..].iter_mut().zip(&other.lanes[pairs..]) {
            *sum += more;
        }
        for j in 0..self.questions {
            self.neither[j * self.questions + j] += other.neither[j * self.questions + j];
        }
    }

    /// Adds the sheets of another.
    pub(in crate::assess) fn merge(&mut self, other: &Self) {
        self.sheets += other.sheets;
        let sums = [
            (&mut self.lanes, &other.lanes),
            (&mut self.lost, &other.lost),
            (&mut self.neither, &other.neither),
        ];
        for (own, others) in sums {
            for (sum, more) in own.iter_mut().zip(others) {
                *sum += more;
            }
        }
    }

    /// How many questions.
    pub(in crate::assess) fn questions(&self) -> usize {
        self.questions
    }

    /// Sheets that answered a question.
    pub(in crate::assess) fn answered(&self, j: usize) -> u32 {
        self.sheets - self.neither[j * self.questions + j]
    }

    /// Sheets that answered it with one of the upper two answers.
    pub(in crate::assess) fn agreeing(&self, j: usize) -> u32 {
        self.lanes[self.pairs() + self.questions + j]
    }

    /// The mean of a question, 0 to 100; `None` where nobody answered it.
    pub(in crate::assess) fn mean(&self, j: usize) -> Option<f64> {
        let (steps, answered) = (self.lanes[self.pairs() + j], self.answered(j));
        let most = (ANSWERS.len() - 1) as f64;
        (answered > 0).then(|| 100.0 * f64::from(steps) / (most * f64::from(answered)))
    }

    /// The sample covariance of two questions over the sheets that answered both, in squared
    /// points, and how many they are; 0 where they are fewer than two.
    pub(in crate::assess) fn covariance(&self, j: usize, k: usize) -> (f64, f64) {
        let at = |sums: &[u32], k: usize, j: usize| sums[k * self.questions + j];
        let both = self.answered(j) + self.answered(k) + at(&self.neither, j, k);
        let both = both - self.sheets;
        if both < 2 {
            return (0.0, f64::from(both));
        }
        let steps =
            |j: usize, k: usize| i64::from(self.lanes[self.pairs() + j] - at(&self.lost, k, j));
        let products = i64::from(self.lanes[pair(j, k)]);
        let n = f64::from(both);
        // Whole numbers as far as possible: sheets that are all alike vary by exactly 0.
        let sum = i64::from(both) * products - steps(j, k) * steps(k, j);
        (STEP * STEP * sum as f64 / (n * (n - 1.0)), n)
    }

    pub(super) fn pairs(&self) -> usize {
        self.questions * (self.questions + 1) / 2
    }
}
