//! The band that a grade would be, conditions that withhold it set aside.
//!
//! *Good* and *outstanding* need the lower end of the interval of the assured overall score
//! to reach the band; *inadequate* needs the assured score itself to be in it; everything
//! else is *requires improvement*. It is at most one band above that of the weakest
//! standard's assured score, and the whole's at most one above the lower service's.
//!
//! In: what was found for a scope's items, and a sample of answer sheets. Out: a [`Judged`].
//! The sheets as brought and every resample of them are judged by this one rule.

use super::interval::{Sample, Spread, Stratum, spread, wilson};
use super::national::assured_score;
use super::sheets::Survey;
use crate::assessment::{Finding, Support, Yes};
use crate::check::HealthCheck;
use crate::national::{Band, FEWEST_ANSWERS, Service, StandardId};
use std::hash::{Hash, Hasher};

/// What an item brings to its standard.
enum Part {
    /// From records, or the employer's word: its assured score, and whether it is scored.
    Fixed(f64, bool),
    /// What practitioners answered, by its place among the questions.
    Question(usize),
    /// A *yes*, its score, and the question that practitioners would notice it by.
    Claim(Yes, f64, Option<usize>),
}

// A number that is not whole is known by its bits.
impl Hash for Part {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Part::Fixed(assured, scored) => (0_u8, assured.to_bits(), scored).hash(state),
            Part::Question(question) => (1_u8, question).hash(state),
            Part::Claim(Yes { of, halved }, score, beside) => {
                (2_u8, of, halved.to_bits(), score.to_bits(), beside).hash(state);
            }
        }
    }
}

impl Hash for Rule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Rule {
            standards,
            questions,
            services,
            asked,
            t,
        } = self;
        (standards, questions, services, asked, t.map(f64::to_bits)).hash(state);
    }
}

/// The items of one scope, ready for any sample of its sheets.
pub(super) struct Rule {
    /// Each standard's items that count, in national order.
    standards: Vec<Vec<Part>>,
    questions: usize,
    /// The services, in the check's order.
    services: Vec<Service>,
    /// Practitioners asked in the scope.
    asked: Option<u32>,
    /// t(0.975, n − 1).
    t: Option<f64>,
}

/// What a sample comes to.
pub(super) struct Judged {
    /// The assured overall score.
    pub(super) assured: f64,
    /// The lower end of its interval; `None` where it has none.
    pub(super) lower_end: Option<f64>,
    /// The scope's band by its own figures.
    pub(super) band: Option<Band>,
}

impl Rule {
    /// Of the findings of one scope, in which so many were asked; `t` is that of its sheets.
    pub(super) fn of(
        check: &HealthCheck,
        findings: &[&Finding],
        survey: &Survey,
        asked: Option<u32>,
        t: Option<f64>,
    ) -> Self {
        let part = |finding: &Finding| {
            let reading = finding.national.as_ref()?;
            if reading.is_not_applicable() {
                return None;
            }
            let by_item = |item| survey.questions.iter().position(|q| q.item == item);
            if let Some(question) = by_item(finding.item) {
                return Some(Part::Question(question));
            }
            Some(match reading.experience.zip(reading.yes) {
                Some((said, yes)) => Part::Claim(
                    yes,
                    reading.score.unwrap_or(0.0),
                    survey.questions.iter().position(|q| q.id == said.question),
                ),
                None => Part::Fixed(assured_score(reading), reading.score.is_ok()),
            })
        };
        let standards = StandardId::ALL.map(|standard| {
            findings
                .iter()
                .filter(|finding| check.items()[finding.item].standard == standard.id())
                .filter_map(|finding| part(finding))
                .collect()
        });
        Self {
            standards: standards.into(),
            questions: survey.questions.len(),
            services: check.council().services.clone(),
            asked,
            t,
        }
    }

    /// How sure one of the six is, by its place in national order.
    pub(super) fn spread_of(&self, standard: usize, sample: &Sample) -> Option<Spread> {
        let mut weights = vec![0.0; self.questions];
        self.weigh(standard, sample, 1.0, &mut weights);
        spread(sample, &weights, self.t)
    }

    /// How sure the overall score is.
    pub(super) fn spread(&self, sample: &Sample) -> Option<Spread> {
        spread(sample, &self.weights(sample), self.t)
    }

    /// The weight of each question's mean in the overall score.
    fn weights(&self, sample: &Sample) -> Vec<f64> {
        let mut weights = vec![0.0; self.questions];
        for standard in 0..self.standards.len() {
            let each = 1.0 / self.standards.len() as f64;
            self.weigh(standard, sample, each, &mut weights);
        }
        weights
    }

    fn weigh(&self, standard: usize, sample: &Sample, of: f64, weights: &mut [f64]) {
        let parts = &self.standards[standard];
        let scored = |part: &&Part| match part {
            Part::Fixed(_, scored) => *scored,
            Part::Question(j) => is_scored(sample, *j),
            Part::Claim(..) => true,
        };
        let items = parts.iter().filter(scored).count();
        for part in parts {
            if let Part::Question(j) = part
                && is_scored(sample, *j)
            {
                weights[*j] = of / items as f64;
            }
        }
    }

    /// What an item is sure to bring.
    fn assured(&self, part: &Part, sample: &Sample, services: &[Stratum]) -> f64 {
        match part {
            Part::Fixed(assured, _) => *assured,
            Part::Question(j) if is_scored(sample, *j) => sample.mean(*j).unwrap_or(0.0),
            Part::Question(_) => 0.0,
            Part::Claim(yes, score, beside) => {
                let own = yes.of.map(|service| self.sheets_of(service, services));
                let support = match (beside, own) {
                    (Some(j), Some(Some(own))) => own.support(*j),
                    (Some(j), None) => {
                        support(sample.agreeing(*j), sample.answered(*j), self.asked)
                    }
                    (None, _) | (_, Some(None)) => Support::CannotTell,
                };
                borne_out(*score, *yes, support)
            }
        }
    }

    /// A service's own sheets.
    fn sheets_of<'s>(&self, service: Service, services: &'s [Stratum]) -> Option<&'s Stratum> {
        let at = self.services.iter().position(|known| *known == service)?;
        services.get(at)
    }

    /// The whole rule, but for the cap by the services, of which each has its own sheets.
    pub(super) fn judge(&self, sample: &Sample, services: &[Stratum]) -> Judged {
        let (assured, cap) = self.means(sample, services);
        let weights = self.weights(sample);
        let half = |t: f64| t * sample.variance(&weights, true).sqrt();
        let lower_end = self
            .t
            .filter(|_| rests_on_sheets(&weights))
            .map(|t| (assured - half(t)).max(0.0));
        Judged {
            assured,
            lower_end,
            band: lower_end.map(|lower_end| band(lower_end, assured).min(cap)),
        }
    }

    /// The same band as far as means, answers and agreement tell it; `None` where it would be
    /// another with a wide interval than with a narrow one.
    pub(super) fn band_by_means(
        &self,
        sample: &Sample,
        services: &[Stratum],
    ) -> Option<Option<Band>> {
        if self.t.is_none() || !rests_on_sheets(&self.weights(sample)) {
            return Some(None);
        }
        let (assured, cap) = self.means(sample, services);
        let [lowest, highest] = [0.0, assured].map(|lower_end| band(lower_end, assured).min(cap));
        (lowest == highest).then_some(Some(highest))
    }

    /// The assured overall score, and the band that the weakest standard allows.
    fn means(&self, sample: &Sample, services: &[Stratum]) -> (f64, Band) {
        let of_standard = |parts: &Vec<Part>| {
            let each = parts
                .iter()
                .map(|part| self.assured(part, sample, services));
            match parts.len() {
                0 => 0.0,
                count => each.sum::<f64>() / count as f64,
            }
        };
        let standards: Vec<f64> = self.standards.iter().map(of_standard).collect();
        let assured = standards.iter().sum::<f64>() / standards.len() as f64;
        let weakest = standards.iter().map(|score| Band::of(*score)).min();
        (assured, above(weakest.unwrap_or(Band::Inadequate)))
    }
}

/// Whether a score has an interval.
fn rests_on_sheets(weights: &[f64]) -> bool {
    weights.iter().any(|weight| *weight != 0.0)
}

/// The bands of the whole and each service: the whole is at most one band above the lower
/// service, and has none while one of them has none.
pub(super) fn with_cap(mut bands: Vec<Option<Band>>) -> Vec<Option<Band>> {
    if let [whole, services @ ..] = bands.as_mut_slice()
        && !services.is_empty()
    {
        // `None` is below every band.
        let lower = services.iter().copied().min().flatten();
        *whole = whole.zip(lower).map(|(band, lower)| band.min(above(lower)));
    }
    bands
}

/// What practitioners' answers say of a *yes*: of so many answering, so many agree.
pub(super) fn support(agreeing: u32, answered: u32, asked: Option<u32>) -> Support {
    if answered < FEWEST_ANSWERS {
        return Support::CannotTell;
    }
    let (_, upper) = wilson(agreeing, answered, asked);
    if upper < 50.0 {
        Support::NotSupported
    } else if 2 * agreeing < answered {
        Support::NotContradicted
    } else {
        Support::Supported
    }
}

/// The assured score of a claim that holds a *yes*: that *yes* brings as much as of a *partly* where practitioners' answers do
/// not bear it out, or where too few answered to tell. (Were the latter worth more, leaving
/// a question out could pay.)
pub(super) fn borne_out(score: f64, yes: Yes, support: Support) -> f64 {
    match support {
        Support::NotSupported | Support::CannotTell => yes.halved,
        Support::Supported | Support::NotContradicted => score,
    }
}

fn is_scored(sample: &Sample, question: usize) -> bool {
    sample.answered(question) >= FEWEST_ANSWERS
}

/// The band by the lower end of the interval and the assured score.
fn band(lower_end: f64, assured: f64) -> Band {
    match Band::of(lower_end) {
        reached @ (Band::Good | Band::Outstanding) => reached,
        _ if Band::of(assured) == Band::Inadequate => Band::Inadequate,
        _ => Band::RequiresImprovement,
    }
}

/// One band higher; the highest stays.
fn above(band: Band) -> Band {
    Band::ALL
        .into_iter()
        .find(|higher| *higher > band)
        .unwrap_or(band)
}

#[cfg(test)]
mod tests {
    use super::{above, band, with_cap};
    use crate::national::Band;

    #[test]
    fn good_needs_the_lower_end_and_inadequate_the_score_itself() {
        for (lower_end, assured, word) in [
            (62.5, 68.0, Band::Good),
            (62.49, 68.0, Band::RequiresImprovement),
            (87.5, 92.0, Band::Outstanding),
            (87.49, 92.0, Band::Good),
            (30.0, 38.5, Band::RequiresImprovement),
            (30.0, 38.49, Band::Inadequate),
        ] {
            assert_eq!(band(lower_end, assured), word, "{lower_end} {assured}");
        }
    }

    #[test]
    fn a_grade_is_at_most_one_band_above_the_weakest_standard() {
        assert_eq!(
            Band::Outstanding.min(above(Band::RequiresImprovement)),
            Band::Good
        );
        assert_eq!(
            Band::Good.min(above(Band::Inadequate)),
            Band::RequiresImprovement
        );
        assert_eq!(above(Band::Outstanding), Band::Outstanding);
    }

    #[test]
    fn the_whole_is_at_most_one_band_above_the_lower_service() {
        let some = |bands: &[Band]| bands.iter().copied().map(Some).collect::<Vec<_>>();
        let (low, good, best) = (Band::RequiresImprovement, Band::Good, Band::Outstanding);
        let capped = with_cap(some(&[best, low, best]));
        assert_eq!(capped, some(&[good, low, best]));
        assert_eq!(
            with_cap(some(&[best, good, best])),
            some(&[best, good, best])
        );
        assert_eq!(with_cap(some(&[best])), some(&[best]));
        let one_without = with_cap(vec![Some(best), None, Some(best)]);
        assert_eq!(one_without, [None, None, Some(best)]);
    }
}
