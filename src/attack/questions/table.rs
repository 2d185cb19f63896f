//! The table of one question: what is printed of a group as sums of how many gave each
//! answer, and what of it is withheld.

use super::super::cells::{Cells, Fact, Kind};
use super::super::figures::{Range, is_withheld, tenths, whole};
use super::super::groups::Groups;
use super::super::measures::want;
use super::Asked;
use crate::national::{EXPERIENCE, FEWEST_ANSWERS};
use crate::publication::{Answers, Finding, Item, Reading};

/// The upper end of Wilson's interval of a share, in percent, as the published rule has it.
fn wilson_upper(part: f64, n: f64, population: Option<f64>) -> f64 {
    let share = part / n;
    let m = match population {
        Some(all) if n >= all => return 100.0 * share,
        Some(all) => n * (all - 1.0) / (all - n),
        None => n,
    };
    let z = 1.959_964;
    let centre = share + z * z / (2.0 * m);
    let half = z * (share * (1.0 - share) / m + z * z / (4.0 * m * m)).sqrt();
    100.0 * (centre + half) / (1.0 + z * z / m)
}

/// The scored answers of a question.
pub(super) struct Scale {
    /// How many there are.
    answers: usize,
    /// Whether the last answer printed scores nought.
    reversed: bool,
    /// The label of the middle answer of an odd number; empty if it is not known.
    middle: String,
}

/// The text between the first pair of quotation marks of a rule, and the second.
fn ends(rule: &str) -> Option<(&str, &str)> {
    let mut quoted = rule
        .split('“')
        .skip(1)
        .filter_map(|rest| rest.split('”').next());
    Some((quoted.next()?, quoted.next()?))
}

/// How a question is scored, as far as its rule and printed labels tell.
pub(super) fn scale(item: &Item, readings: &[(usize, &Reading, Asked)]) -> Option<Scale> {
    let printed = readings
        .iter()
        .filter_map(|(_, reading, _)| reading.answers.as_ref())
        .max_by_key(|answers| answers.counts.len());
    let (nought, _) = ends(&item.rule)?;
    let comparable = matches!(item.comparability.as_str(), "identical" | "complies");
    let Some(printed) = printed else {
        return (item.national && comparable).then_some(Scale {
            answers: 5,
            reversed: false,
            middle: String::new(),
        });
    };
    let label = |at: usize| printed.counts[at].label.as_str();
    let last = printed.counts.len().checked_sub(1)?;
    let names = |label: &str| {
        label == nought
            || nought == format!("strongly {label}")
            || label.starts_with(&format!("{nought} or "))
            || label.ends_with(&format!(" or {nought}"))
    };
    let reversed = !names(label(0)) && names(label(last));
    let answers = match printed.counts.len() {
        _ if item.scale.len() > 1 => item.scale.len(),
        more if more > 3 => more,
        _ if label(0).contains(" to ") => return None,
        parts if label(0) == nought || label(last) == nought => parts,
        3 => 5,
        2 => 4,
        _ => return None,
    };
    let middle = item.scale.get(answers / 2).cloned().unwrap_or_default();
    (answers <= 12).then_some(Scale {
        answers,
        reversed,
        middle,
    })
}

/// The form of a question's table.
pub(super) struct Table {
    pub(super) scale: Option<Scale>,
    /// Whether any split is printed.
    pub(super) splits: bool,
}

impl Table {
    pub(super) fn levels(&self) -> usize {
        self.scale.as_ref().map_or(2, |scale| scale.answers)
    }

    fn everybody(&self) -> Vec<f64> {
        vec![1.0; self.levels()]
    }

    /// The points of each level in steps from one answer to the next.
    fn steps(&self) -> Vec<f64> {
        (0..self.levels()).map(|level| level as f64).collect()
    }

    /// Points in a step.
    fn step(&self) -> f64 {
        100.0 / (self.levels() - 1) as f64
    }

    pub(super) fn facts(&self, cells: &mut Cells, cell: usize, reading: &Reading, weighted: bool) {
        let n = whole(&reading.n);
        let brought = n.is_some() || is_withheld(&reading.n) || is_withheld(&reading.value);
        cells.present[cell] |= brought;
        if let Some(n) = n {
            cells.fact(cell, &self.everybody(), Range::exactly(n));
        } else if reading.value.symbol.as_deref() == Some("u") {
            let few = Range {
                low: 0.0,
                high: f64::from(FEWEST_ANSWERS) - 1.0,
            };
            cells.fact(cell, &self.everybody(), few);
        }
        if let Some(mean) = tenths(&reading.value)
            && !(weighted && cell == 0)
        {
            self.mean(cells, cell, n, mean);
        }
        let Some(answers) = &reading.answers else {
            return;
        };
        for (index, part) in answers.counts.iter().enumerate() {
            let terms = self.part(index, answers.counts.len(), self.is_low(answers));
            let by_share = || {
                let share = tenths(&part.share)?;
                n.map(|n| Range {
                    low: n * share.low / 100.0,
                    high: n * share.high / 100.0,
                })
            };
            let range = whole(&part.count).map(Range::exactly).or_else(by_share);
            if let (Some(terms), Some(range)) = (terms, range) {
                cells.fact(cell, &terms, range);
            }
        }
    }

    /// A mean between bounds, of so many answers or of nobody knows how many.
    pub(super) fn mean(&self, cells: &mut Cells, cell: usize, n: Option<f64>, mean: Range) {
        let steps = self.steps();
        match n {
            Some(n) => {
                let range = Range {
                    low: n * mean.low.max(0.0) / self.step(),
                    high: n * mean.high.min(100.0) / self.step(),
                };
                cells.fact(cell, &steps, range);
            }
            None => {
                let against = |mean: f64| -> Vec<f64> {
                    steps.iter().map(|s| s * self.step() - mean).collect()
                };
                let below = Range {
                    low: f64::NEG_INFINITY,
                    high: 1e-6,
                };
                let above = Range {
                    low: -1e-6,
                    high: f64::INFINITY,
                };
                let (low, high) = (against(mean.low), against(mean.high));
                cells.facts[cell].push(Fact {
                    terms: high,
                    range: below,
                });
                cells.facts[cell].push(Fact {
                    terms: low,
                    range: above,
                });
            }
        }
    }

    /// The levels of one of so many printed parts: all of them, or the lower half, the middle
    /// and the upper half. Of two parts of an odd number, the middle is with the `low` ones or
    /// with the high ones.
    fn part(&self, index: usize, of: usize, low: bool) -> Option<Vec<f64>> {
        let scale = self.scale.as_ref()?;
        let (k, half) = (scale.answers, scale.answers / 2);
        let range = match (of, index) {
            (of, index) if of == k => index..index + 1,
            (3, 0) | (2, 0) => 0..half,
            (3, 1) => half..half + 1,
            (3, 2) => half + 1..k,
            (2, 1) => half..k,
            _ => return None,
        };
        let range = match (of, index) {
            (2, 0) if k % 2 == 1 && low => 0..half + 1,
            (2, 1) if k % 2 == 1 && low => half + 1..k,
            _ => range,
        };
        let level = |at: usize| if scale.reversed { k - 1 - at } else { at };
        let mut terms = vec![0.0; k];
        range.for_each(|at| terms[level(at)] = 1.0);
        Some(terms)
    }

    /// How many may have answered, by what is printed elsewhere.
    pub(super) fn number(&self, cells: &mut Cells, cell: usize, range: Range) {
        cells.fact_from_elsewhere(cell, &self.everybody(), range);
    }

    /// What of a reading must stay uncertain; with `number` how many answered.
    pub(super) fn wanted(&self, cells: &mut Cells, cell: usize, reading: &Reading, number: bool) {
        if is_withheld(&reading.n) && number {
            let all = self.everybody();
            want(cells, cell, "number of people", Kind::Count, &all);
        }
        if is_withheld(&reading.value) {
            let points: Vec<f64> = self.steps().iter().map(|s| s * self.step()).collect();
            want(cells, cell, "score points", Kind::Points, &points);
        }
        let Some(scale) = &self.scale else {
            return;
        };
        let coarse = if scale.answers % 2 == 1 { 3 } else { 2 };
        match &reading.answers {
            None if self.splits && cells.present[cell] => {
                let names = match (coarse, scale.reversed) {
                    (3, false) => ["lower half", "middle", "upper half"],
                    (3, true) => ["upper half", "middle", "lower half"],
                    _ => ["lower half", "upper half", ""],
                };
                for (index, name) in names.iter().take(coarse.min(scale.answers)).enumerate() {
                    if let Some(terms) = self.part(index, coarse, false) {
                        let what = format!("answers: {name}");
                        want(cells, cell, &what, Kind::Count, &terms);
                    }
                }
            }
            Some(answers) => self.wanted_singly(cells, cell, answers),
            None => {}
        }
    }

    /// Each single answer behind a part that lumps several; of a part of nobody there is none.
    fn wanted_singly(&self, cells: &mut Cells, cell: usize, answers: &Answers) {
        for (index, part) in answers.counts.iter().enumerate() {
            let Some(terms) = self.part(index, answers.counts.len(), self.is_low(answers)) else {
                continue;
            };
            let own: Vec<usize> = (0..terms.len()).filter(|at| terms[*at] > 0.0).collect();
            if own.len() < 2 || whole(&part.count) == Some(0.0) {
                continue;
            }
            for level in own {
                let mut terms = vec![0.0; terms.len()];
                terms[level] = 1.0;
                let what = format!("single answers: step {} of {}", level + 1, terms.len());
                want(cells, cell, &what, Kind::Single, &terms);
            }
        }
    }

    /// Whether the middle answer is printed together with the lower half.
    fn is_low(&self, answers: &Answers) -> bool {
        let first = answers.counts.first().map_or("", |part| &part.label);
        self.scale.as_ref().is_some_and(|scale| {
            !scale.middle.is_empty() && first.ends_with(&format!(" or {}", scale.middle))
        })
    }

    /// What is printed elsewhere of the whole and the services: how many answered anything,
    /// and the share agreeing beside a claim.
    pub(super) fn facts_of_scopes(&self, cells: &mut Cells, groups: &Groups, asked: &Asked) {
        for part in &asked.release.response {
            let cell = if part.scope == "whole" {
                Some(0)
            } else {
                groups.find("service", &part.scope)
            };
            if let (Some(cell), Some(answered)) = (cell, whole(&part.answered))
                && asked.item.national
                && cells.present[cell]
            {
                let range = Range {
                    low: 0.0,
                    high: answered,
                };
                cells.fact(cell, &self.everybody(), range);
            }
        }
        let Some(agreeing) = self.agreeing() else {
            return;
        };
        let claims = EXPERIENCE
            .iter()
            .filter(|(_, question)| *question == asked.item.id)
            .filter_map(|(claim, _)| asked.release.items.iter().find(|item| item.id == *claim));
        for finding in claims.flat_map(|item| &item.findings) {
            let share = finding.local.experience_agree.as_ref().and_then(tenths);
            let cell = groups.find(&finding.breakdown, &finding.group);
            if share.is_none() {
                self.word(cells, groups, asked, finding, &agreeing);
            }
            if let (Some(share), Some(cell)) = (share, cell) {
                let against = |share: f64| -> Vec<f64> {
                    agreeing.iter().map(|c| 100.0 * c - share).collect()
                };
                for (share, low, high) in [
                    (share.high, f64::NEG_INFINITY, 1e-6),
                    (share.low, -1e-6, f64::INFINITY),
                ] {
                    cells.present[cell] = true;
                    cells.facts[cell].push(Fact {
                        terms: against(share),
                        range: Range { low, high },
                    });
                }
            }
        }
    }

    /// What the word beside a claim says of how many agree, where how many answered is printed.
    fn word(
        &self,
        cells: &mut Cells,
        groups: &Groups,
        asked: &Asked,
        claim: &Finding,
        agreeing: &[f64],
    ) {
        let mut own = asked.item.findings.iter();
        let here = own.find(|own| own.breakdown == claim.breakdown && own.group == claim.group);
        let n = here.and_then(|own| whole(&own.local.n));
        let cell = groups.find(&claim.breakdown, &claim.group);
        let (Some(n), Some(cell)) = (n.filter(|n| *n >= 1.0), cell) else {
            return;
        };
        let mut parts = asked.release.response.iter();
        let of_scope = parts.find(|part| part.scope == claim.group);
        let population = of_scope.and_then(|part| whole(&part.asked));
        let doubted = |agree: f64| wilson_upper(agree, n, population) < 50.0;
        // The most who agree and do not support the claim.
        let mut most_doubted = -1.0;
        while most_doubted < n && doubted(most_doubted + 1.0) {
            most_doubted += 1.0;
        }
        let half = (n / 2.0).ceil();
        let range = match claim.local.experience.as_str() {
            "not supported by practitioners" => (0.0, most_doubted),
            "not contradicted" => (most_doubted + 1.0, half - 1.0),
            "supported" => (half, n),
            _ => return,
        };
        if range.0 <= range.1 {
            let (low, high) = range;
            cells.fact_from_elsewhere(cell, agreeing, Range { low, high });
        }
    }

    /// Those who agree, of five answers.
    fn agreeing(&self) -> Option<Vec<f64>> {
        let scale = self.scale.as_ref().filter(|scale| scale.answers == 5)?;
        Some(if scale.reversed {
            vec![1.0, 1.0, 0.0, 0.0, 0.0]
        } else {
            vec![0.0, 0.0, 0.0, 1.0, 1.0]
        })
    }
}
