//! How sure a score is: the chance of who answered, and nothing else.
//!
//! A score is a constant plus Σⱼ wⱼȳⱼ over its questions. Its variance is the linearised one
//! for overlapping groups of sheets, with finite population correction:
//! V = Σⱼₖ wⱼwₖ sⱼₖ (nⱼₖ/(nⱼnₖ) − 1/N), where sⱼₖ is the covariance over the nⱼₖ sheets that
//! answered both (Särndal, Swensson and Wretman, *Model Assisted Survey Sampling*, 1992,
//! sections 5.5 and 5.6). Where services' means are weighted by how many each asked, each
//! service is a stratum with its own N. The interval is the score ± t(0.975, n − 1)·√V. The
//! standard error without correction, √V with 1/N = 0, is what a difference from another
//! year or council is judged by.
//!
//! In: tallies of answer sheets. Out: a [`Sample`] that gives means and variances.

use super::grade::support;
use super::sheets::Tally;
pub(super) use crate::assessment::Spread;
use crate::assessment::Support;
use std::hash::{Hash, Hasher};

/// What the sheets of one list of practitioners asked say, ready for any weights.
#[derive(Clone)]
pub(super) struct Stratum {
    tally: Tally,
    /// For each pair of questions, the second no later than the first, row by row: their covariance.
    covariance: Vec<f64>,
    /// The share nⱼₖ/(nⱼnₖ) of each that is chance.
    chance: Vec<f64>,
    /// Practitioners asked, where known.
    asked: Option<u32>,
    /// Whether the covariances are those of the sheets. If not, each is taken to be the
    /// largest that there can be.
    joint: bool,
}

// All but the covariances, which follow from it.
impl Hash for Stratum {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Stratum {
            tally,
            covariance: _,
            chance: _,
            asked,
            joint,
        } = self;
        (tally, asked, joint).hash(state);
    }
}

impl Stratum {
    /// The sheets behind a tally, drawn from so many asked; `joint` says whether two answers
    /// on one sheet are one person's.
    pub(super) fn of(tally: Tally, asked: Option<u32>, joint: bool) -> Self {
        let mut stratum = Self {
            joint,
            covariance: Vec::new(),
            chance: Vec::new(),
            tally,
            asked,
        };
        stratum.work_out();
        stratum
    }

    /// Puts other sheets in the place of these.
    pub(super) fn refill(&mut self, fill: impl FnOnce(&mut Tally)) {
        fill(&mut self.tally);
        self.work_out();
    }

    /// The same for means, answers and agreement alone: covariances stay as they are.
    pub(super) fn refill_means(&mut self, fill: impl FnOnce(&mut Tally)) {
        fill(&mut self.tally);
    }

    /// The tally.
    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What its answers say of a *yes*, by a question that practitioners would notice it by.
    pub(super) fn support(&self, question: usize) -> Support {
        let tally = &self.tally;
        let (agreeing, answered) = (tally.agreeing(question), tally.answered(question));
        support(agreeing, answered, self.asked)
    }

    fn work_out(&mut self) {
        self.tally
            .covariances(&mut self.covariance, &mut self.chance);
    }

    /// The variance of a weighted sum of the means. Over sheets that answer different
    /// questions it can come out below nothing; it is then 0, and takes nothing from another
    /// stratum's.
    fn variance(&self, weights: &[f64], corrected: bool) -> f64 {
        let per_asked = match self.asked {
            Some(asked) if corrected => 1.0 / f64::from(asked),
            _ => 0.0,
        };
        if !self.joint {
            return self.largest_variance(weights, per_asked);
        }
        let mut variance = 0.0;
        let mut row = 0;
        for (j, weight) in weights.iter().enumerate() {
            if *weight != 0.0 {
                let covariance = self.covariance[row..=row + j].iter();
                let pairs = covariance.zip(&self.chance[row..=row + j]);
                for (k, (covariance, chance)) in pairs.enumerate() {
                    let twice = if k == j { 1.0 } else { 2.0 };
                    let of_chance = chance - per_asked;
                    variance += twice * weight * weights[k] * covariance * of_chance;
                }
            }
            row += j + 1;
        }
        variance.max(0.0)
    }
}

impl Stratum {
    /// The largest variance that a weighted sum of the means can have, whoever answered two
    /// questions how: the standard error of a sum is at most the sum of the standard errors
    /// (the inequality of Cauchy and Schwarz), and is that where the means move as one.
    fn largest_variance(&self, weights: &[f64], per_asked: f64) -> f64 {
        let mut error = 0.0;
        let mut row = 0;
        for (j, weight) in weights.iter().enumerate() {
            let (variance, chance) = (self.covariance[row + j], self.chance[row + j]);
            error += weight.abs() * (variance * (chance - per_asked)).max(0.0).sqrt();
            row += j + 1;
        }
        error * error
    }
}

/// How a scope's means are formed from its strata.
pub(super) enum Sample<'a> {
    /// All sheets alike.
    Alike(&'a Stratum),
    /// The strata's means, weighted by how many each asked, among the strata in which
    /// anybody answered the question.
    ByAsked(&'a [Stratum]),
}

impl Sample<'_> {
    fn strata(&self) -> &[Stratum] {
        match self {
            Sample::Alike(stratum) => std::slice::from_ref(*stratum),
            Sample::ByAsked(strata) => strata,
        }
    }

    /// The weight of a stratum in the mean of a question, before division by all of them.
    fn weight(&self, stratum: &Stratum, j: usize) -> f64 {
        match self {
            Sample::Alike(_) => 1.0,
            Sample::ByAsked(_) if stratum.tally.answered(j) == 0 => 0.0,
            Sample::ByAsked(_) => f64::from(stratum.asked.unwrap_or(0)),
        }
    }

    /// Answers to a question.
    pub(super) fn answered(&self, j: usize) -> u32 {
        let answered = |stratum: &Stratum| stratum.tally.answered(j);
        self.strata().iter().map(answered).sum()
    }

    /// Those of them that agree or strongly agree.
    pub(super) fn agreeing(&self, j: usize) -> u32 {
        let agreeing = |stratum: &Stratum| stratum.tally.agreeing(j);
        self.strata().iter().map(agreeing).sum()
    }

    /// The mean of a question, 0 to 100; `None` where nobody answered it.
    pub(super) fn mean(&self, j: usize) -> Option<f64> {
        if let Sample::Alike(stratum) = self {
            return stratum.tally.mean(j);
        }
        let (mut points, mut weights) = (0.0, 0.0);
        for stratum in self.strata() {
            if let Some(mean) = stratum.tally.mean(j) {
                points += mean * self.weight(stratum, j);
                weights += self.weight(stratum, j);
            }
        }
        (weights > 0.0).then(|| points / weights)
    }

    /// The variance of a weighted sum of the questions' means, in squared points; with or
    /// without finite population correction. A negative one is 0.
    pub(super) fn variance(&self, weights: &[f64], corrected: bool) -> f64 {
        if let Sample::Alike(stratum) = self {
            return stratum.variance(weights, corrected).max(0.0);
        }
        let all: Vec<f64> = (0..weights.len())
            .map(|j| self.strata().iter().map(|of| self.weight(of, j)).sum())
            .collect();
        let of_stratum = |stratum: &Stratum| {
            let share = |(j, weight): (usize, &f64)| match all[j] {
                0.0 => 0.0,
                all => weight * self.weight(stratum, j) / all,
            };
            let own: Vec<f64> = weights.iter().enumerate().map(share).collect();
            stratum.variance(&own, corrected)
        };
        self.strata().iter().map(of_stratum).sum::<f64>().max(0.0)
    }
}

/// Half the width of an interval, and the standard error without finite correction.
pub(super) fn spread(sample: &Sample, weights: &[f64], t: Option<f64>) -> Option<Spread> {
    if weights.iter().all(|weight| *weight == 0.0) {
        return None;
    }
    Some(Spread {
        half_width: t? * sample.variance(weights, true).sqrt(),
        error: sample.variance(weights, false).sqrt(),
    })
}

/// t(0.975, n − 1) for so many sheets; `None` where fewer than two.
pub(super) fn t_of(answered: u32) -> Option<f64> {
    (answered >= 2).then(|| t_975(answered - 1))
}

/// Degrees of freedom from which on the expansion of t is exact to the last digits.
const MANY: u32 = 10_000;

/// The 97.5% point of Student's t, by bisection on the exact distribution function for a
/// whole number of degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4). That is a sum
/// of half as many terms: of very many the expansion serves (26.7.5), which differs by less.
pub(super) fn t_975(degrees: u32) -> f64 {
    if degrees >= MANY {
        return expanded(f64::from(degrees));
    }
    let (mut low, mut high) = (1.9, 13.0);
    loop {
        let middle = (low + high) / 2.0;
        // No number lies between the two any more.
        if middle <= low || middle >= high {
            return middle;
        }
        if within(middle, degrees) < 0.95 {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The point of t by that of the normal distribution and powers of 1/ν.
fn expanded(nu: f64) -> f64 {
    let (z, square) = (Z, Z * Z);
    let terms = [
        z * (square + 1.0) / 4.0,
        z * ((5.0 * square + 16.0) * square + 3.0) / 96.0,
        z * (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0,
    ];
    terms.iter().rev().fold(0.0, |sum, term| (sum + term) / nu) + z
}

/// The chance that Student's t with so many degrees of freedom lies within ± `t`.
fn within(t: f64, degrees: u32) -> f64 {
    let nu = f64::from(degrees);
    let angle = (t / nu.sqrt()).atan();
    let (sine, cosine) = angle.sin_cos();
    let square = cosine * cosine;
    let mut sum = 0.0;
    if degrees.is_multiple_of(2) {
        let (mut term, mut at) = (1.0, 0u32);
        while at < degrees / 2 {
            sum += term;
            term *= square * f64::from(2 * at + 1) / f64::from(2 * at + 2);
            at += 1;
        }
        sine * sum
    } else {
        let (mut term, mut at) = (cosine, 0u32);
        while at < (degrees - 1) / 2 {
            sum += term;
            term *= square * f64::from(2 * at + 2) / f64::from(2 * at + 3);
            at += 1;
        }
        std::f64::consts::FRAC_2_PI * (angle + sine * sum)
    }
}

/// The 97.5% point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's interval of a share, in percent, with finite population correction: as if
/// m = n(N − 1)/(N − n) had answered of a boundless number. All of them: the share itself.
pub(super) fn wilson(part: u32, answered: u32, asked: Option<u32>) -> (f64, f64) {
    let (n, share) = (f64::from(answered), f64::from(part) / f64::from(answered));
    let m = match asked.map(f64::from) {
        Some(asked) if n >= asked => return (100.0 * share, 100.0 * share),
        Some(asked) => n * (asked - 1.0) / (asked - n),
        None => n,
    };
    let centre = (share + Z * Z / (2.0 * m)) / (1.0 + Z * Z / m);
    let half = Z / (1.0 + Z * Z / m) * (share * (1.0 - share) / m + Z * Z / (4.0 * m * m)).sqrt();
    (
        100.0 * (centre - half).max(0.0),
        100.0 * (centre + half).min(1.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::sheets::Sheets;

    #[test]
    fn of_very_many_degrees_the_expansion_of_t_is_what_the_sum_gives() {
        for degrees in [2_000, 9_999] {
            let (sum, expanded) = (t_975(degrees), expanded(f64::from(degrees)));
            assert!(
                (sum - expanded).abs() < 1e-11,
                "{degrees}: {sum} {expanded}"
            );
        }
        assert!((within(t_975(MANY), MANY) - 0.95).abs() < 1e-12);
        assert!(t_975(MANY) < t_975(MANY - 1) && t_975(u32::MAX) > Z);
    }

    #[test]
    fn students_t_is_that_of_the_tables() {
        for (degrees, t) in [
            (1, 12.706_204_736_2),
            (2, 4.302_652_729_7),
            (5, 2.570_581_835_6),
            (9, 2.262_157_162_7),
            (30, 2.042_272_456_3),
            (100, 1.983_971_518_5),
            (1000, 1.962_339_081_0),
        ] {
            assert!(
                (t_975(degrees) - t).abs() < 1e-9,
                "{degrees}: {}",
                t_975(degrees)
            );
        }
    }

    #[test]
    fn wilsons_interval_is_that_of_the_textbook_and_nil_when_all_answered() {
        let (low, high) = wilson(8, 10, None);
        assert!(
            (low - 49.016_247).abs() < 1e-5 && (high - 94.331_784).abs() < 1e-5,
            "{low} {high}"
        );
        assert_eq!(wilson(8, 10, Some(10)), (80.0, 80.0));
        let (closer, _) = wilson(8, 10, Some(12));
        assert!(closer > low);
    }

    /// One question, ten sheets.
    const SHEETS: [u8; 10] = [1, 2, 3, 4, 5, 3, 2, 4, 5, 1];

    fn ten(asked: Option<u32>) -> Stratum {
        let marked = SHEETS.iter().map(|code| vec![*code]).collect();
        Stratum::of(Sheets::of(marked, &[false]).tally(), asked, true)
    }

    /// The variance of a sheet's answer, on paper.
    fn of_one() -> f64 {
        let points = SHEETS.map(|code| 25.0 * f64::from(code - 1));
        let mean = points.iter().sum::<f64>() / 10.0;
        points.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / 9.0
    }

    #[test]
    fn with_nothing_missing_the_variance_is_that_of_a_mean_with_correction() {
        let (forty, all) = (ten(Some(40)), ten(Some(10)));
        let sample = Sample::Alike(&forty);
        let on_paper = of_one() / 10.0 * (1.0 - 10.0 / 40.0);
        assert!((sample.variance(&[1.0], true) - on_paper).abs() < 1e-9);
        let nothing_left = Sample::Alike(&all).variance(&[1.0], true);
        assert!(nothing_left.abs() < 1e-9, "all answered: {nothing_left}");
    }

    #[test]
    fn the_error_has_no_correction_and_outlives_an_interval_of_nil() {
        for asked in [None, Some(40), Some(10)] {
            let stratum = ten(asked);
            let spread = spread(&Sample::Alike(&stratum), &[0.5], t_of(10)).expect("a question");
            assert!((spread.error - 0.5 * (of_one() / 10.0).sqrt()).abs() < 1e-9);
            let corrected = spread.half_width / t_975(9);
            match asked {
                None => assert!((corrected - spread.error).abs() < 1e-9),
                Some(_) => assert!(corrected < spread.error),
            }
        }
        let stratum = ten(None);
        assert!(spread(&Sample::Alike(&stratum), &[0.0], t_of(10)).is_none());
        assert!(spread(&Sample::Alike(&stratum), &[1.0], t_of(1)).is_none());
    }

    #[test]
    fn services_are_strata_weighted_by_how_many_each_asked() {
        let strata = [ten(Some(30)), ten(Some(10))];
        let sample = Sample::ByAsked(&strata);
        let on_paper = (0.75_f64.powi(2) * (1.0 / 10.0 - 1.0 / 30.0)) * of_one();
        assert!((sample.variance(&[1.0], true) - on_paper).abs() < 1e-9);
        assert_eq!((sample.answered(0), sample.agreeing(0)), (20, 8));
        assert_eq!(sample.mean(0), strata[0].tally().mean(0));
    }

    #[test]
    fn from_totals_the_variance_is_the_largest_that_any_sheets_with_these_totals_have() {
        let of = |columns: &[Vec<u8>], joint| {
            let sheets =
                (0..columns[0].len()).map(|row| columns.iter().map(|of| of[row]).collect());
            let none_reversed = vec![false; columns.len()];
            let tally = Sheets::of(sheets.collect(), &none_reversed).tally();
            Stratum::of(tally, Some(40), joint)
        };
        let weights = [0.5, 0.3, 0.2];
        let own = SHEETS.to_vec();
        let laid_out = |turn: usize| {
            let mut turned = own.clone();
            turned.rotate_left(turn);
            turned
        };
        let alike = of(&[own.clone(), own.clone(), own.clone()], true);
        let largest = of(&[own.clone(), own.clone(), own.clone()], false);
        let highest = largest.variance(&weights, true);
        assert!(
            (alike.variance(&weights, true) - highest).abs() < 1e-9,
            "where all move as one"
        );
        for (one, other) in (0..10).flat_map(|one| (0..10).map(move |other| (one, other))) {
            let columns = [own.clone(), laid_out(one), laid_out(other)];
            let found = of(&columns, true).variance(&weights, true);
            assert!(found <= highest + 1e-9, "{one} {other}");
            let bound = of(&columns, false).variance(&weights, true);
            assert!(
                (bound - highest).abs() < 1e-9,
                "the order of sheets says nothing"
            );
        }
        let single = [0.0, 1.0, 0.0];
        assert!((alike.variance(&single, true) - largest.variance(&single, true)).abs() < 1e-9);
    }

    #[test]
    fn a_variance_below_nothing_is_nothing() {
        let first = [3, 3, 3, 3, 1, 5, 0, 0, 0, 0];
        let second = [0, 0, 0, 0, 1, 5, 3, 3, 3, 3];
        let marked = first.iter().zip(second).map(|(a, b)| vec![*a, b]).collect();
        let stratum = Stratum::of(Sheets::of(marked, &[false, false]).tally(), Some(10), true);
        assert!(stratum.variance(&[0.5, 0.0], true) > 0.0);
        assert_eq!(stratum.variance(&[0.5, 0.5], true), 0.0);
    }
}
