//! Questions: how many answered in a withheld group, what they said, and their score points.

use super::cells::{Cells, Kind};
use super::figures::{Range, is_withheld, number, tenths, whole};
use super::groups::Groups;
use super::measures::want;
use super::openings::Findings;
use crate::national::{EXPERIENCE, FEWEST_ANSWERS};
use crate::publication::{Answers, Item, Publication, Reading};

/// A question as it stands in one release.
#[derive(Clone, Copy)]
pub(super) struct Asked<'p> {
    pub item: &'p Item,
    pub release: &'p Publication,
}

/// The scored answers of a question.
struct Scale {
    /// How many there are.
    answers: usize,
    /// Whether the last answer printed scores nought.
    reversed: bool,
}

/// Attacks a question; `asked` are its forms in releases of the same sheets.
pub(super) fn attack(findings: &mut Findings, groups: &Groups, asked: &[Asked]) {
    let readings: Vec<(usize, &Reading, Asked)> = asked
        .iter()
        .flat_map(|one| one.item.findings.iter().map(move |finding| (*one, finding)))
        .filter_map(|(one, finding)| {
            let cell = groups.find(&finding.breakdown, &finding.group)?;
            Some((cell, best(one.item, finding), one))
        })
        .collect();
    let Some(first) = asked.first() else {
        return;
    };
    let hides = |reading: &Reading| {
        is_withheld(&reading.n) || is_withheld(&reading.value) || whole(&reading.n).is_some()
    };
    if !readings
        .iter()
        .any(|(_, reading, _)| hides(reading) && is_partly_hidden(reading))
    {
        return;
    }
    let table = Table {
        scale: scale(first.item, &readings),
        splits: readings
            .iter()
            .any(|(_, reading, _)| reading.answers.is_some()),
    };
    let mut cells = Cells::new(groups, table.levels(), table.scale.is_some());
    for (cell, reading, one) in &readings {
        table.facts(&mut cells, *cell, reading, weighted(one.release));
        table.wanted(&mut cells, *cell, reading);
    }
    for one in asked {
        table.facts_of_scopes(&mut cells, groups, one);
    }
    for (cell, mean) in means_by_weight(asked, groups, &readings) {
        table.mean(&mut cells, cell, None, mean);
        mean_of_service(findings, groups, first, cell, mean);
    }
    findings.table(&first.item.id, groups, &cells);
    unscored(findings, groups, first.item, &readings);
}

/// The reading that says most: the council's, or the nation's where only that is printed.
fn best<'f>(item: &Item, finding: &'f crate::publication::Finding) -> &'f Reading {
    let comparable = matches!(item.comparability.as_str(), "identical" | "complies");
    match &finding.national {
        Some(national)
            if comparable && is_withheld(&finding.local.value) && !is_withheld(&national.value) =>
        {
            national
        }
        _ => &finding.local,
    }
}

fn is_partly_hidden(reading: &Reading) -> bool {
    let part = |answers: &Answers| answers.counts.len() == 3 || is_withheld(&answers.unscored);
    is_withheld(&reading.n)
        || is_withheld(&reading.value)
        || reading.answers.as_ref().is_none_or(part)
}

/// The text between the first pair of quotation marks of a rule, and the second.
fn ends(rule: &str) -> Option<(&str, &str)> {
    let mut quoted = rule
        .split('“')
        .skip(1)
        .filter_map(|rest| rest.split('”').next());
    Some((quoted.next()?, quoted.next()?))
}

fn scale(item: &Item, readings: &[(usize, &Reading, Asked)]) -> Option<Scale> {
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
        more if more > 3 => more,
        _ if label(0).contains(" to ") => return None,
        parts if label(0) == nought || label(last) == nought => parts,
        3 => 5,
        2 => 4,
        _ => return None,
    };
    (answers <= 12).then_some(Scale { answers, reversed })
}

/// Whether the whole's mean is that of services' means, weighted by how many each asked.
fn weighted(release: &Publication) -> bool {
    let pooled = |line: &String| line.contains("taken together");
    let asks = |scope: &&String| {
        release
            .response
            .iter()
            .any(|part| part.scope == **scope && number(&part.asked).is_some_and(|n| n > 0.0))
    };
    release.council.services.len() > 1
        && release.council.services.iter().all(|scope| asks(&scope))
        && !release.data_quality.iter().any(pooled)
}

/// What the whole's mean and the other service's tell of a withheld service's mean.
fn means_by_weight(
    asked: &[Asked],
    groups: &Groups,
    readings: &[(usize, &Reading, Asked)],
) -> Vec<(usize, Range)> {
    let mut found = Vec::new();
    let Some(one) = asked.iter().find(|one| weighted(one.release)) else {
        return found;
    };
    let value = |cell: usize| {
        readings
            .iter()
            .filter(|(at, ..)| *at == cell)
            .find_map(|(_, reading, _)| tenths(&reading.value))
    };
    let services: Vec<(usize, f64)> = one
        .release
        .response
        .iter()
        .filter(|part| part.scope != "whole")
        .filter_map(|part| Some((groups.find("service", &part.scope)?, number(&part.asked)?)))
        .collect();
    let (Some(whole), [a, b]) = (value(0), services.as_slice()) else {
        return found;
    };
    for ((cell, own), (other, weight)) in [(a, b), (b, a)] {
        if let (None, Some(mean)) = (value(*cell), value(*other)) {
            let all = own + weight;
            found.push((
                *cell,
                Range {
                    low: (all * whole.low - weight * mean.high) / own,
                    high: (all * whole.high - weight * mean.low) / own,
                },
            ));
        }
    }
    found
}

/// A service's mean may be had though nobody knows how many answered.
fn mean_of_service(
    findings: &mut Findings,
    groups: &Groups,
    asked: &Asked,
    cell: usize,
    mean: Range,
) {
    let name = &groups.names[cell];
    let most = asked
        .release
        .response
        .iter()
        .find(|part| part.scope == name.1)
        .and_then(|part| whole(&part.answered).or_else(|| whole(&part.asked)))
        .unwrap_or(super::FEWEST_POINTS);
    let mean = mean.and(Range {
        low: 0.0,
        high: 100.0,
    });
    findings.tried("mean of a service", mean.width() * most, "points");
    if mean.width() * most < super::FEWEST_POINTS {
        let how = "The whole's mean is that of the two services', weighted by how many each \
                   asked, and the whole's and the other service's are printed."
            .to_owned();
        let at = (asked.item.id.as_str(), (name.0.as_str(), name.1.as_str()));
        findings.open(at, "mean", Some(mean), how);
    }
}

/// The form of a question's table.
struct Table {
    scale: Option<Scale>,
    splits: bool,
}

impl Table {
    fn levels(&self) -> usize {
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

    fn facts(&self, cells: &mut Cells, cell: usize, reading: &Reading, weighted: bool) {
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
            let terms = self.part(index, answers.counts.len());
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
    fn mean(&self, cells: &mut Cells, cell: usize, n: Option<f64>, mean: Range) {
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
                cells.facts[cell].push(super::cells::Fact {
                    terms: high,
                    range: below,
                });
                cells.facts[cell].push(super::cells::Fact {
                    terms: low,
                    range: above,
                });
            }
        }
    }

    /// The levels of a printed part: all of them, or the lower half, the middle and the
    /// upper half.
    fn part(&self, index: usize, of: usize) -> Option<Vec<f64>> {
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
        let level = |at: usize| if scale.reversed { k - 1 - at } else { at };
        let mut terms = vec![0.0; k];
        range.for_each(|at| terms[level(at)] = 1.0);
        Some(terms)
    }

    fn wanted(&self, cells: &mut Cells, cell: usize, reading: &Reading) {
        if is_withheld(&reading.n) {
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
                    if let Some(terms) = self.part(index, coarse) {
                        let what = format!("answers: {name}");
                        want(cells, cell, &what, Kind::Count, &terms);
                    }
                }
            }
            Some(answers) if answers.counts.len() == 3 && scale.answers == 5 => {
                for (level, name) in [(0, "lowest"), (4, "highest")] {
                    let mut terms = vec![0.0; 5];
                    terms[level] = 1.0;
                    let what = format!("single answers: {name}");
                    want(cells, cell, &what, Kind::Fine, &terms);
                }
            }
            _ => {}
        }
    }

    /// What is printed elsewhere of the whole and the services: how many answered anything,
    /// and the share agreeing beside a claim.
    fn facts_of_scopes(&self, cells: &mut Cells, groups: &Groups, asked: &Asked) {
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
            if let (Some(share), Some(cell)) = (share, cell) {
                let against = |share: f64| -> Vec<f64> {
                    agreeing.iter().map(|c| 100.0 * c - share).collect()
                };
                for (share, low, high) in [
                    (share.high, f64::NEG_INFINITY, 1e-6),
                    (share.low, -1e-6, f64::INFINITY),
                ] {
                    cells.present[cell] = true;
                    cells.facts[cell].push(super::cells::Fact {
                        terms: against(share),
                        range: Range { low, high },
                    });
                }
            }
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

/// Answers that are counted and not scored: one or two of them are withheld by themselves.
fn unscored(
    findings: &mut Findings,
    groups: &Groups,
    item: &Item,
    readings: &[(usize, &Reading, Asked)],
) {
    let mut cells = Cells::new(groups, 1, true);
    for (cell, reading, _) in readings {
        match &reading.answers {
            Some(answers) if is_withheld(&answers.unscored) => {
                let one_or_two = Range {
                    low: 1.0,
                    high: 2.0,
                };
                cells.fact(*cell, &[1.0], one_or_two);
                want(&mut cells, *cell, "unscored answers", Kind::Few, &[1.0]);
            }
            Some(answers) => {
                if let Some(count) = whole(&answers.unscored) {
                    cells.fact(*cell, &[1.0], Range::exactly(count));
                }
            }
            None if is_withheld(&reading.value) || whole(&reading.n).is_some() => {
                cells.present[*cell] = true;
                want(&mut cells, *cell, "unscored answers", Kind::Few, &[1.0]);
            }
            None => {}
        }
    }
    findings.table(&item.id, groups, &cells);
}
