//! How sure a score is: the chance of who answered, and nothing else.
//!
//! A score is a constant plus Σⱼ wⱼȳⱼ over its questions. Its variance is the linearised one
//! for overlapping groups of sheets, with finite population correction:
//! V = Σⱼₖ wⱼwₖ sⱼₖ (nⱼₖ/(nⱼnₖ) − 1/N), where sⱼₖ is the covariance over the nⱼₖ sheets that
//! answered both. Where services' means are weighted by how many each asked, each service
//! is a stratum with its own N. The interval is the score ± t(0.975, n − 1)·√V.

use super::groups::Selection;
use super::question;
use super::response::Weighting;
use crate::assessment::{Finding, Response};
use crate::check::{HealthCheck, Item, Kind, Question};
use crate::data::{Answer, Column, Rows};
use crate::national::StandardId;

/// One question's answers on the sheets of a stratum, turned round where it is reversed.
type Answers = Vec<Option<f64>>;

/// Sheets drawn from one list of practitioners asked.
struct Stratum {
    /// Answers to each question.
    counts: Vec<f64>,
    /// For each pair of questions, the second no later than the first: the covariance, and
    /// how many answered both.
    pairs: Vec<Vec<(f64, f64)>>,
    /// Practitioners asked, where known.
    asked: Option<f64>,
    /// The weight of this stratum's mean in each question's.
    shares: Vec<f64>,
}

/// The scored questions of a scope, ready for any weights.
pub(super) struct Survey {
    /// Standard of each question.
    standards: Vec<String>,
    strata: Vec<Stratum>,
    /// t(0.975, n − 1), where n − 1 is at least 1.
    t: Option<f64>,
}

impl Survey {
    /// The scored national questions of a scope; `findings` are those of this scope.
    pub(super) fn of(
        check: &HealthCheck,
        findings: &[&Finding],
        scope: &Selection,
        services: &[&Selection],
        weighting: &Weighting,
        response: Option<&Response>,
    ) -> Self {
        let scored: Vec<(&Item, &Question)> = findings
            .iter()
            .filter(|finding| {
                finding
                    .national
                    .as_ref()
                    .is_some_and(|reading| reading.score.is_ok())
            })
            .filter_map(|finding| {
                let item = &check.items()[finding.item];
                match &item.local.kind {
                    Kind::Question(question) => Some((item, question)),
                    Kind::Measure(_) | Kind::Statement => None,
                }
            })
            .collect();
        let answers = |selection: &Selection| -> Vec<Answers> {
            scored
                .iter()
                .map(|(_, question)| {
                    selection
                        .rows("survey")
                        .map_or_else(Vec::new, |rows| points(rows, question))
                })
                .collect()
        };
        let plain = || {
            let asked = response.and_then(|response| response.asked);
            let mut stratum = Stratum::of(&answers(scope), asked.map(f64::from));
            stratum.shares = vec![1.0; scored.len()];
            vec![stratum]
        };
        let strata = match weighting {
            Weighting::ByAsked(asked) if scope.is_whole() => services
                .iter()
                .zip(asked)
                .map(|(service, asked)| Stratum::of(&answers(service), Some(f64::from(*asked))))
                .collect(),
            _ => plain(),
        };
        let answered = response.and_then(|response| response.answered).unwrap_or(0);
        Self {
            standards: scored
                .iter()
                .map(|(item, _)| item.standard.clone())
                .collect(),
            strata: shared(strata),
            t: (answered >= 2).then(|| t_975(answered - 1)),
        }
    }

    /// Half the width of the interval of a standard whose `scored` items are weighed alike;
    /// `None` where it rests on no question.
    pub(super) fn of_standard(&self, standard: StandardId, scored: usize) -> Option<f64> {
        self.half(|of| {
            if of == standard.id() {
                1.0 / scored as f64
            } else {
                0.0
            }
        })
    }

    /// Half the width of the interval of the overall score; `scored` gives the number of
    /// scored items of each of the six.
    pub(super) fn of_overall(&self, scored: &[(StandardId, usize)]) -> Option<f64> {
        self.half(|of| {
            scored
                .iter()
                .find(|(standard, _)| standard.id() == of)
                .map_or(0.0, |(_, items)| {
                    1.0 / (*items as f64 * scored.len() as f64)
                })
        })
    }

    fn half(&self, weight: impl Fn(&str) -> f64) -> Option<f64> {
        let weights: Vec<f64> = self.standards.iter().map(|of| weight(of)).collect();
        if weights.iter().all(|weight| *weight == 0.0) {
            return None;
        }
        let variance: f64 = self
            .strata
            .iter()
            .map(|stratum| stratum.variance(&weights))
            .sum();
        Some(self.t? * variance.sqrt())
    }
}

/// Each stratum's weight in each question: by how many were asked, among the strata in
/// which anybody answered it.
fn shared(mut strata: Vec<Stratum>) -> Vec<Stratum> {
    if strata.iter().all(|stratum| !stratum.shares.is_empty()) {
        return strata;
    }
    let questions = strata.first().map_or(0, |stratum| stratum.counts.len());
    for question in 0..questions {
        let counts = |stratum: &Stratum| stratum.counts[question] > 0.0;
        let total: f64 = strata
            .iter()
            .filter(|stratum| counts(stratum))
            .filter_map(|stratum| stratum.asked)
            .sum();
        for stratum in &mut strata {
            let share = if counts(stratum) {
                stratum.asked.unwrap_or(0.0) / total
            } else {
                0.0
            };
            stratum.shares.push(share);
        }
    }
    strata
}

impl Stratum {
    fn of(answers: &[Answers], asked: Option<f64>) -> Self {
        let pairs = (0..answers.len())
            .map(|j| {
                (0..=j)
                    .map(|k| covariance(&answers[j], &answers[k]))
                    .collect()
            })
            .collect();
        Self {
            counts: answers
                .iter()
                .map(|answers| answers.iter().flatten().count() as f64)
                .collect(),
            pairs,
            asked,
            shares: Vec::new(),
        }
    }

    /// V of this stratum. Over sheets that answer different questions it can come out below
    /// nothing; it is then 0, and takes nothing from another stratum's.
    fn variance(&self, weights: &[f64]) -> f64 {
        let per_asked = self.asked.map_or(0.0, |asked| 1.0 / asked);
        let weight = |question: usize| weights[question] * self.shares[question];
        let used: Vec<usize> = (0..weights.len()).filter(|j| weight(*j) != 0.0).collect();
        let mut variance = 0.0;
        for &j in &used {
            for &k in &used {
                let (covariance, both) = self.pairs[j.max(k)][j.min(k)];
                let of_chance = both / (self.counts[j] * self.counts[k]) - per_asked;
                variance += weight(j) * weight(k) * covariance * of_chance;
            }
        }
        variance.max(0.0)
    }
}

/// The sample covariance over the sheets that answered both, and how many they are; 0 where
/// they are fewer than two.
fn covariance(a: &Answers, b: &Answers) -> (f64, f64) {
    let both = || a.iter().zip(b).filter_map(|(a, b)| a.zip(*b));
    let (n, sum_a, sum_b) = both().fold((0.0, 0.0, 0.0), |(n, sum_a, sum_b), (a, b)| {
        (n + 1.0, sum_a + a, sum_b + b)
    });
    if n < 2.0 {
        return (0.0, n);
    }
    let (mean_a, mean_b) = (sum_a / n, sum_b / n);
    let sum: f64 = both().map(|(a, b)| (a - mean_a) * (b - mean_b)).sum();
    (sum / (n - 1.0), n)
}

fn points(rows: &Rows, question: &Question) -> Answers {
    let Some(Column::Answers {
        labels,
        rows: answers,
    }) = rows.table.column(&question.column)
    else {
        return vec![None; rows.len()];
    };
    rows.iter()
        .map(|row| match answers[row] {
            Answer::Scored(index) => {
                let points = question::points(usize::from(index), labels.len());
                Some(if question.reverse {
                    100.0 - points
                } else {
                    points
                })
            }
            Answer::Unscored | Answer::Blank => None,
        })
        .collect()
}

/// The 97.5% point of Student's t, by bisection on the exact distribution function for a
/// whole number of degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4).
pub(super) fn t_975(degrees: u32) -> f64 {
    let (mut low, mut high) = (1.9, 13.0);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if within(middle, degrees) < 0.95 {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
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

    #[test]
    fn with_nothing_missing_the_variance_is_that_of_a_mean_with_correction() {
        let sheets = [0.0, 25.0, 50.0, 75.0, 100.0, 50.0, 25.0, 75.0, 100.0, 0.0];
        let answers = [sheets.iter().copied().map(Some).collect()];
        let mut stratum = Stratum::of(&answers, Some(40.0));
        stratum.shares = vec![1.0];
        let mean = sheets.iter().sum::<f64>() / 10.0;
        let s2 = sheets.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / 9.0;
        let on_paper = s2 / 10.0 * (1.0 - 10.0 / 40.0);
        assert!((stratum.variance(&[1.0]) - on_paper).abs() < 1e-9);
        let whole = Stratum {
            asked: Some(10.0),
            ..stratum
        };
        assert!(
            whole.variance(&[1.0]).abs() < 1e-9,
            "all answered: nothing is left to chance"
        );
    }

    #[test]
    fn a_variance_below_nothing_is_nothing() {
        let answers = |points: [i32; 10]| -> Answers {
            let given = |point: i32| (point >= 0).then(|| f64::from(point));
            points.into_iter().map(given).collect()
        };
        let first = answers([50, 50, 50, 50, 0, 100, -1, -1, -1, -1]);
        let second = answers([-1, -1, -1, -1, 0, 100, 50, 50, 50, 50]);
        let stratum = Stratum {
            shares: vec![1.0, 1.0],
            ..Stratum::of(&[first, second], Some(10.0))
        };
        assert!(stratum.variance(&[0.5, 0.0]) > 0.0);
        assert_eq!(stratum.variance(&[0.5, 0.5]), 0.0);
    }
}
