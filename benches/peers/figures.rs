//! Sums by group in, the published figures as JSON out.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The columns that tell groups apart.
pub const BREAKDOWNS: [&str; 3] = ["service", "team", "role"];

pub const QUESTIONS: [&str; 20] = [
    "caseload-manageable",
    "caseload-fits-experience",
    "supervision-quality",
    "supervision-protected",
    "manager-access",
    "team-supervision",
    "case-system",
    "equipment",
    "it-help",
    "admin-support",
    "confidential-space",
    "cover",
    "intend-to-stay",
    "research-access",
    "research-time",
    "development",
    "specialist-advice",
    "safe-at-work",
    "raise-concerns",
    "wellbeing-support",
];

/// The columns of `workers` that are read, in the order in which [`Sums::worker`] has them.
pub const WORKERS: [&str; 7] = [
    "cases",
    "fte",
    "hours_worked",
    "hours_contracted",
    "supervision_held",
    "supervision_due",
    "appraisal_current",
];

/// What a group adds up to.
#[derive(Clone)]
pub struct Sums {
    pub sheets: u64,
    pub answers: [[u32; 5]; 20],
    pub measures: [f64; 10],
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            sheets: 0,
            answers: [[0; 5]; 20],
            measures: [0.0; 10],
        }
    }
}

impl Sums {
    /// One practitioner: numbers, NaN where there is none; 1 for yes, 0 for no at the end.
    pub fn worker(&mut self, row: &[f64; 7]) {
        let [cases, fte, worked, contracted, held, due, current] = *row;
        let m = &mut self.measures;
        if cases >= 1.0 && !fte.is_nan() {
            m[0] += cases;
            m[1] += fte;
            m[2] += 1.0;
            m[3] += f64::from(u8::from(cases > 20.0 * fte));
        }
        let over = worked - contracted;
        if !over.is_nan() {
            m[4] += over.max(0.0);
            m[5] += 1.0;
        }
        if due >= 1.0 && !held.is_nan() {
            m[6] += held.min(due);
            m[7] += due;
        }
        if !current.is_nan() {
            m[8] += current;
            m[9] += 1.0;
        }
    }

    pub fn add(&mut self, other: &Self) {
        self.sheets += other.sheets;
        for (own, more) in self
            .answers
            .as_flattened_mut()
            .iter_mut()
            .zip(other.answers.as_flattened())
        {
            *own += more;
        }
        for (own, more) in self.measures.iter_mut().zip(other.measures) {
            *own += more;
        }
    }

    fn score(&self, question: usize) -> f64 {
        let counts = &self.answers[question];
        let points = counts
            .iter()
            .enumerate()
            .map(|(step, count)| 25.0 * step as f64 * f64::from(*count));
        points.sum::<f64>() / f64::from(counts.iter().sum::<u32>())
    }
}

/// Group (`team/Assessment`) → its sums.
pub type Groups = BTreeMap<String, Sums>;

/// The figures of one council.
pub fn told(folder: &str, groups: &Groups, out: &mut String) {
    let _ = write!(
        out,
        "{}{folder:?}: {{",
        if out.len() > 1 { ", " } else { "" }
    );
    let services: Vec<&Sums> = groups
        .iter()
        .filter_map(|(group, sums)| group.starts_with("service/").then_some(sums))
        .collect();
    for (nth, (group, sums)) in groups.iter().enumerate() {
        let _ = write!(out, "{}{group:?}: {{", if nth > 0 { ", " } else { "" });
        for (question, name) in QUESTIONS.iter().enumerate() {
            let mut score = sums.score(question);
            if group == "whole/whole" {
                let weighed = services
                    .iter()
                    .map(|of| of.score(question) * of.sheets as f64);
                let all: u64 = services.iter().map(|of| of.sheets).sum();
                score = weighed.sum::<f64>() / all as f64;
            }
            let _ = write!(out, "{name:?}: [{score}, {:?}], ", sums.answers[question]);
        }
        let m = &sums.measures;
        let _ = write!(
            out,
            "\"caseload-per-fte\": {}, \"high-caseloads\": {}, \"hours-over-contract\": {}, \"supervision-held\": {}, \"appraisal-current\": {}}}",
            m[0] / m[1],
            100.0 * m[3] / m[2],
            m[4] / m[5],
            100.0 * m[6] / m[7],
            100.0 * m[8] / m[9]
        );
    }
    out.push('}');
}
