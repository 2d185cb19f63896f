//! The council's answer sheets as strata, and how each scope's means are formed from them.

use super::interval::{Sample, Stratum};
use super::response::Weighting;
use super::sheets::{Part, Survey, Tally};
use crate::check::HealthCheck;

/// The strata of a council: one for each part of its survey.
#[derive(Clone, Hash)]
pub(super) struct Strata {
    parts: Vec<Stratum>,
    /// How many of the parts are services: all but the sheets that name none.
    services: usize,
    /// All parts together, where their means cannot be weighted by how many each asked.
    pooled: Option<Stratum>,
}

impl Strata {
    /// The sheets as they were brought.
    pub(super) fn of(check: &HealthCheck, survey: &Survey, weighting: &Weighting) -> Self {
        let parts: Vec<Stratum> = survey
            .parts
            .iter()
            .map(|part| Stratum::of(part.tally(), part.asked, survey.joint))
            .collect();
        let services = check.council().services.len();
        let weighted = services < 2 || matches!(weighting, Weighting::ByAsked(_));
        let pooled = (!weighted).then(|| {
            let nothing = Tally::nothing(survey.questions.len());
            Stratum::of(nothing, check.council().asked_in_all(), survey.joint)
        });
        let mut strata = Self {
            parts,
            services,
            pooled,
        };
        strata.pool();
        strata
    }

    /// Puts other sheets in the place of these, as far as means, answers and agreement go:
    /// `times` says how often each lot of each part counts.
    pub(super) fn refill_means(&mut self, survey: &Survey, times: &[Vec<u32>]) {
        let parts = self.parts.iter_mut().zip(&survey.parts).zip(times);
        for ((stratum, part), times) in parts {
            part.resample_means(times, stratum);
        }
        self.pool_means();
    }

    /// The same with their covariances, where sheets are drawn that have some.
    pub(super) fn refill(&mut self, survey: &Survey, times: &[Vec<u32>]) {
        if survey.parts.iter().all(Part::gives_means_alone) {
            return self.refill_means(survey, times);
        }
        let parts = self.parts.iter_mut().zip(&survey.parts).zip(times);
        for ((stratum, part), times) in parts {
            part.resample(times, stratum);
        }
        self.pool();
    }

    fn pool(&mut self) {
        let parts = &self.parts;
        if let Some(pooled) = &mut self.pooled {
            pooled.refill(|tally| {
                tally.clear();
                parts.iter().for_each(|part| tally.merge(part.tally()));
            });
        }
    }

    fn pool_means(&mut self) {
        let parts = &self.parts;
        if let Some(pooled) = &mut self.pooled {
            pooled.refill_means(|tally| {
                tally.clear_means();
                parts
                    .iter()
                    .for_each(|part| tally.merge_means(part.tally()));
            });
        }
    }

    /// One for each service, in the check's order.
    pub(super) fn services(&self) -> &[Stratum] {
        &self.parts[..self.services]
    }

    /// The sample of a scope: 0 is the whole, then each service if there are two.
    pub(super) fn sample(&self, scope: usize) -> Sample<'_> {
        match (scope, &self.pooled) {
            (0, Some(pooled)) => Sample::Alike(pooled),
            (0, None) if self.services > 1 => Sample::ByAsked(self.services()),
            (scope, _) => Sample::Alike(&self.parts[scope.saturating_sub(1)]),
        }
    }
}
