//! What sheets add up to: counts and sums in, means and covariances out.

use super::{STEP, Tally, all_lanes, front};
use crate::national::ANSWERS;

impl Tally {
    /// Of no sheet.
    pub(in crate::assess) fn nothing(questions: usize) -> Self {
        Self {
            questions,
            sheets: 0,
            lanes: vec![0; all_lanes(questions)],
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

    /// Of the sheets of another alone.
    pub(super) fn set(&mut self, other: &Self) {
        self.sheets = other.sheets;
        self.lanes.copy_from_slice(&other.lanes);
        self.lost.copy_from_slice(&other.lost);
        self.neither.copy_from_slice(&other.neither);
    }

    /// Back to no sheet, as far as means, answers and agreement go.
    pub(in crate::assess) fn clear_means(&mut self) {
        self.sheets = 0;
        self.lanes[..front(self.questions)].fill(0);
        for j in 0..self.questions {
            self.neither[j * self.questions + j] = 0;
        }
    }

    /// Adds the sheets of another, as far as means, answers and agreement go.
    pub(in crate::assess) fn merge_means(&mut self, other: &Self) {
        let front = front(self.questions);
        self.sheets += other.sheets;
        for (sum, more) in self.lanes[..front].iter_mut().zip(&other.lanes[..front]) {
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

    /// Sheets that answered a question.
    pub(in crate::assess) fn answered(&self, j: usize) -> u32 {
        self.sheets - self.neither[j * self.questions + j]
    }

    /// Sheets that answered it with one of the upper two answers.
    pub(in crate::assess) fn agreeing(&self, j: usize) -> u32 {
        self.lanes[self.questions + j]
    }

    /// The mean of a question, 0 to 100; `None` where nobody answered it.
    pub(in crate::assess) fn mean(&self, j: usize) -> Option<f64> {
        let (steps, answered) = (self.lanes[j], self.answered(j));
        let most = (ANSWERS.len() - 1) as f64;
        (answered > 0).then(|| 100.0 * f64::from(steps) / (most * f64::from(answered)))
    }

    /// For each question and each no later one, row by row: the sample covariance over the sheets
    /// that answered both, in squared points (0 where they are fewer than two), and the share
    /// nⱼₖ/(nⱼnₖ) of it that is chance (0 where nobody answered both).
    pub(in crate::assess) fn covariances(&self, covariance: &mut Vec<f64>, chance: &mut Vec<f64>) {
        let questions = self.questions;
        let pairs = questions * (questions + 1) / 2;
        covariance.resize(pairs, 0.0);
        chance.resize(pairs, 0.0);
        let sheets = f64::from(self.sheets);
        let answered: Vec<f64> = (0..questions).map(|j| self.answered(j).into()).collect();
        let (steps, products) = (&self.lanes[..questions], &self.lanes[front(questions)..]);
        let mut lost_of_j = vec![0; questions];
        let mut row = 0;
        for j in 0..questions {
            let len = j + 1;
            for (k, lost) in lost_of_j[..len].iter_mut().enumerate() {
                *lost = self.lost[k * questions + j];
            }
            // All of one length, so that several are worked out at a time.
            let (covariance, chance) = (&mut covariance[row..][..len], &mut chance[row..][..len]);
            let (products, steps) = (&products[row..][..len], &steps[..len]);
            let (neither, lost) = (&self.neither[j * questions..], &self.lost[j * questions..]);
            let (neither, lost, lost_of_j) = (&neither[..len], &lost[..len], &lost_of_j[..len]);
            let (answered, of_j, steps_of_j) = (&answered[..len], answered[j], steps[j]);
            for k in 0..len {
                let both = of_j + answered[k] + f64::from(neither[k]) - sheets;
                // The steps of each on sheets that answer the other.
                let first = f64::from(steps_of_j - lost_of_j[k]);
                let second = f64::from(steps[k] - lost[k]);
                // Whole numbers, each exact up to twenty million sheets and rounded alike beyond: sheets
                // that are all alike vary by exactly 0.
                let sum = both * f64::from(products[k]) - first * second;
                let (of_two, of_one) = (both >= 2.0, both >= 1.0);
                let varies = STEP * STEP * sum / (both * (both - 1.0));
                covariance[k] = if of_two { varies } else { 0.0 };
                let share = both / (of_j * answered[k]);
                chance[k] = if of_one { share } else { 0.0 };
            }
            row += len;
        }
    }
}
