//! How firm a grade is: the share of 1,000 resamples of the answer sheets that give the same
//! band by the whole rule, conditions that withhold a grade set aside.
//!
//! A bootstrap for finite populations (Booth, Butler and Hall, *Bootstrap methods for finite
//! populations*, Journal of the American Statistical Association 89, 1994). In each part of
//! the council, with n sheets and N asked, a resample makes a population of N: the sheets
//! ⌊N/n⌋ times over, and N mod n of them drawn without replacement. Of these N it draws n
//! without replacement. Where N is not known it draws n sheets with replacement. Everything
//! that rests on the sheets is worked out anew: means, which questions have enough answers,
//! claims borne out or not, the width of the interval, and every cap. One draw serves a
//! service and the whole.
//!
//! Exactly, so that anybody can do it again:
//!
//! - The seed is the first 8 bytes, the highest first, of the SHA-256 of the council's code,
//!   the as-of date and the edition, in UTF-8 with a line feed (byte 10) after the first and
//!   the second and nothing after the third: `E10000099⏎2026-09-30⏎2026.1`. One stream of
//!   SplitMix64 serves the whole council.
//! - The parts are the services in the order children, adults; then, in a council with both,
//!   the sheets that name neither, whose N is not known. In a council with one service all
//!   sheets are that service's. Sheets without an answer to a national question are left out.
//! - The sheets of a part stand in order of their answers to the national questions that
//!   compare, question by question in national order: no scored answer first, then the five
//!   from *strongly disagree*, as marked. Number them from 0.
//! - To draw k of a list: for each place i from 0 to k − 1, let m be the number of members
//!   from place i on; take the next numbers of the stream until one is below the largest
//!   multiple of m that is no more than 2⁶⁴; let r be its remainder by m; swap the members
//!   at i and i + r. The first k are drawn.
//! - For each resample in turn, for each part with a sheet in turn: list the n sheets and
//!   draw N mod n of them; list the n sheets in order ⌊N/n⌋ times over and those drawn after
//!   them, in the order in which they were drawn; draw n of this list. N unknown: n times,
//!   take r for m = n as above; sheet r is drawn.
//!
//! - Where more than 10,000 sheets answered, the sheets of each part are put into 1,000
//!   bundles: a stream of the same seed is begun anew for each part, and each sheet in turn
//!   takes r for m = 1,000 as above and goes into bundle r. Bundles are then drawn in the
//!   sheets' place: n is 1,000 and N is 1,000 times those asked by the sheets, rounded half
//!   up. Means, answers and agreement are those of the bundles drawn; covariances stay those
//!   of all sheets.
//!
//! It is worked out where all six standards of a scope are rated; elsewhere the grade is
//! withheld anyway.

use super::grade::{Rule, with_cap};
use super::sheets::Survey;
use super::strata::Strata;
use crate::chance::SplitMix64;
use crate::check::Council;
use crate::digest::{Running, sha256};
use crate::memo::{Key, Memo};
use crate::national::{Band, EDITION};
use crate::stop::{both, is_stopped};
use std::hash::Hash;

/// What was found of the same sheets, rules and council before. Resampling reads nothing else.
pub(crate) type Firmness = Memo<Vec<Option<f64>>>;

/// How many resamples.
const RESAMPLES: u32 = 1_000;

/// For the whole and each service, the percent of resamples that give the same band as the
/// sheets themselves; `None` where these give none.
pub(super) fn firmness(
    council: &Council,
    survey: &Survey,
    strata: Strata,
    rules: &[Rule],
    before: &Firmness,
) -> Vec<Option<f64>> {
    before.of(
        || key(council, survey, &strata, rules),
        || resampled(council, survey, strata.clone(), rules),
    )
}

/// Of all that resampling reads.
fn key(council: &Council, survey: &Survey, strata: &Strata, rules: &[Rule]) -> Key {
    let mut all = Running::default();
    (seed(council), survey, strata, rules).hash(&mut all);
    all.sha256()
}

fn resampled(
    council: &Council,
    survey: &Survey,
    strata: Strata,
    rules: &[Rule],
) -> Vec<Option<f64>> {
    let bands = bands(rules, &strata);
    let share = |odd: u32, strata: Strata| {
        let of = (survey, rules, bands.as_slice());
        alike(of, SplitMix64::seeded(seed(council)), strata, odd)
    };
    // One stream serves all resamples: each half draws all of them, and works out its own.
    let other = strata.clone();
    let (odd, even) = both(|| share(1, other), || share(0, strata));
    let (Some(odd), Some(even)) = (odd, even) else {
        return vec![None; bands.len()];
    };
    let percent = |same: u32| 100.0 * f64::from(same) / f64::from(RESAMPLES);
    bands
        .iter()
        .zip(even.into_iter().zip(odd))
        .map(|(band, (even, odd))| band.map(|_| percent(even + odd)))
        .collect()
}

/// For the whole and each service, how many of the resamples with an odd number, or with an
/// even one, give the same band; `None` if nobody wants to know any more.
fn alike(
    (survey, rules, bands): (&Survey, &[Rule], &[Option<Band>]),
    mut chance: SplitMix64,
    mut strata: Strata,
    odd: u32,
) -> Option<Vec<u32>> {
    let mut same = vec![0_u32; bands.len()];
    let mut lots: Vec<Lot> = survey
        .parts
        .iter()
        .map(|part| {
            let (lots, asked) = part.lots();
            Lot::of(lots, asked)
        })
        .collect();
    let mut times: Vec<Vec<u32>> = survey
        .parts
        .iter()
        .map(|part| vec![0; part.lots().0])
        .collect();
    // Covariances are most of the work. Where they do not matter for the sheets themselves, they
    // matter for few resamples.
    let means_may_tell = bands_by_means(rules, &strata).is_some();
    for number in 0..RESAMPLES {
        if is_stopped() {
            return None;
        }
        for (lot, times) in lots.iter_mut().zip(&mut times) {
            lot.draw(&mut chance, times);
        }
        if number % 2 != odd {
            continue;
        }
        let by_means = means_may_tell.then(|| {
            strata.refill_means(survey, &times);
            bands_by_means(rules, &strata)
        });
        let resampled = by_means.flatten().unwrap_or_else(|| {
            strata.refill(survey, &times);
            self::bands(rules, &strata)
        });
        for ((same, band), resampled) in same.iter_mut().zip(bands).zip(resampled) {
            *same += u32::from(*band == resampled);
        }
    }
    Some(same)
}

/// The bands of the whole and each service.
fn bands(rules: &[Rule], strata: &Strata) -> Vec<Option<Band>> {
    let own =
        |(scope, rule): (usize, &Rule)| rule.judge(&strata.sample(scope), strata.services()).band;
    with_cap(rules.iter().enumerate().map(own).collect())
}

/// The same by means alone; `None` where the width of an interval may tell.
fn bands_by_means(rules: &[Rule], strata: &Strata) -> Option<Vec<Option<Band>>> {
    let own = |(scope, rule): (usize, &Rule)| {
        rule.band_by_means(&strata.sample(scope), strata.services())
    };
    let bands: Option<Vec<Option<Band>>> = rules.iter().enumerate().map(own).collect();
    bands.map(with_cap)
}

pub(super) fn seed(council: &Council) -> u64 {
    let text = format!("{}\n{}\n{EDITION}", council.code, council.as_of);
    let [a, b, c, d, e, f, g, h, ..] = sha256(text.as_bytes());
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// The lots of one part: its sheets and how many they were drawn from.
pub(super) struct Lot {
    sheets: u32,
    asked: Option<u32>,
    /// The population that is made for a resample; kept, so that its room is used again.
    population: Vec<u32>,
    further: Vec<u32>,
}

impl Lot {
    pub(super) fn of(sheets: usize, asked: Option<u32>) -> Self {
        let sheets = u32::try_from(sheets).expect("a table holds fewer than 2³² rows");
        Self {
            sheets,
            // More sheets than asked is a fault, told elsewhere.
            asked: asked.map(|asked| asked.max(sheets)),
            population: Vec::new(),
            further: Vec::new(),
        }
    }

    /// One resample: how often each sheet is in it.
    pub(super) fn draw(&mut self, chance: &mut SplitMix64, times: &mut [u32]) {
        times.fill(0);
        if self.sheets == 0 {
            return;
        }
        let Some(asked) = self.asked else {
            for _ in 0..self.sheets {
                times[chance.below(self.sheets.into()) as usize] += 1;
            }
            return;
        };
        self.populate(asked, chance);
        let drawn = self.sheets as usize;
        chance.draw(&mut self.population, drawn);
        for sheet in &self.population[..drawn] {
            times[*sheet as usize] += 1;
        }
    }

    /// A population of as many as were asked.
    fn populate(&mut self, asked: u32, chance: &mut SplitMix64) {
        let further = (asked % self.sheets) as usize;
        self.further.clear();
        self.further.extend(0..self.sheets);
        chance.draw(&mut self.further, further);
        self.population.clear();
        for _ in 0..asked / self.sheets {
            self.population.extend(0..self.sheets);
        }
        self.population.extend(&self.further[..further]);
    }
}

#[cfg(test)]
mod tests;
