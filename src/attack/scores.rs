//! Scores: a standard is the mean of its items, the overall score the mean of six, local
//! scores their weighted means. Printed means in, withheld scores out.

use super::figures::{Range, is_withheld, tenths, whole};
use super::measures::anchors;
use super::openings::Findings;
use super::simplex::{Extreme, Program, Search, Terms};
use crate::national::Band;
use crate::publication::{Figure, Item, Publication, Reading, Scope, Score};

/// How much work one scope may take, in multiplications.
const WORK: u64 = 100_000_000;

const ANY: Range = Range {
    low: 0.0,
    high: 100.0,
};

/// What stands behind a variable that is withheld.
enum Behind<'p> {
    Item(&'p Item),
    /// A score of a standard, or overall: its id and which.
    Score(&'p str, &'static str),
}

/// The scores of one scope as variables.
struct Scores<'p> {
    program: Program,
    withheld: Vec<(usize, Behind<'p>)>,
}

impl<'p> Scores<'p> {
    fn new() -> Self {
        Self {
            program: Program::default(),
            withheld: Vec::new(),
        }
    }

    fn variable(&mut self, range: Range) -> usize {
        let range = range.and(ANY);
        self.program
            .bounds
            .push((range.low, range.high.max(range.low)));
        self.program.bounds.len() - 1
    }

    /// A printed figure, a withheld one, or `None` for one that is not there.
    fn figure(&mut self, figure: &Figure, behind: Behind<'p>) -> Option<usize> {
        if let Some(range) = tenths(figure) {
            return Some(self.variable(range));
        }
        if !is_withheld(figure) {
            return None;
        }
        let variable = self.variable(ANY);
        self.withheld.push((variable, behind));
        Some(variable)
    }

    /// A score of the nation's, which its band word narrows where it lies at the edge of a band.
    fn banded(&mut self, score: &Score, behind: Behind<'p>) -> Option<usize> {
        match (tenths(&score.score), of_band(&score.band)) {
            (Some(range), Some(band)) if range.low < band.high && band.low < range.high => {
                Some(self.variable(range.and(band)))
            }
            _ => self.figure(&score.score, behind),
        }
    }

    /// A mean by weights: Σ weight × part = mean × Σ weight.
    fn mean(&mut self, mean: usize, parts: &[(usize, f64)]) {
        let weights: f64 = parts.iter().map(|(_, weight)| weight).sum();
        let mut terms: Terms = parts.to_vec();
        terms.push((mean, -weights));
        self.program.rows.push((terms, -1e-6, 1e-6));
    }
}

/// The scores that are in a band: rounded half up they are at least where it begins.
fn of_band(words: &str) -> Option<Range> {
    let band = Band::ALL.iter().position(|band| band.words() == words)?;
    let begins = |band: &Band| f64::from(band.from()) - 0.5;
    Some(Range {
        low: begins(&Band::ALL[band]),
        high: Band::ALL.get(band + 1).map_or(100.0, begins),
    })
}

/// Tries every withheld score.
pub(super) fn attack(findings: &mut Findings, release: &Publication) {
    for scope in &release.scopes {
        one(findings, release, scope);
    }
}

fn one(findings: &mut Findings, release: &Publication, scope: &Scope) {
    let mut scores = Scores::new();
    let items: Vec<(&Item, Option<usize>, Option<usize>)> = release
        .items
        .iter()
        .map(|item| {
            let finding = item
                .findings
                .iter()
                .find(|finding| finding.group == scope.id);
            let national = finding
                .and_then(|finding| finding.national.as_ref())
                .and_then(|reading| scores.figure(&reading.score, Behind::Item(item)));
            // A question that was not changed has one score.
            let same = item.kind != "measure" && item.national;
            let local = finding.and_then(|finding| match national {
                Some(national) if same => Some(national),
                _ => scores.figure(&finding.local.score, Behind::Item(item)),
            });
            (item, national, local)
        })
        .collect();
    let mut six = Vec::new();
    let mut six_assured = Vec::new();
    for standard in &scope.standards {
        let result = scores.banded(
            &standard.result,
            Behind::Score(&standard.id, "score of a standard"),
        );
        let assured = scores.figure(
            &standard.assured,
            Behind::Score(&standard.id, "assured score of a standard"),
        );
        let parts: Vec<(usize, f64)> = items
            .iter()
            .filter(|(item, ..)| item.standard == standard.id)
            .filter_map(|(_, national, _)| Some(((*national)?, 1.0)))
            .collect();
        // Of withheld items nobody says which are scored: only where all are.
        let all_scored = whole(&standard.scored) == Some(parts.len() as f64);
        if let (Some(result), true) = (result, all_scored && !parts.is_empty()) {
            scores.mean(result, &parts);
        }
        let counted = whole(&standard.counted);
        if let (Some(assured), Some(counted), true) = (assured, counted, all_scored) {
            assured_mean(
                &mut scores,
                release,
                scope,
                (assured, counted),
                &standard.id,
                &items,
            );
        }
        six.extend(result.map(|variable| (variable, 1.0)));
        six_assured.extend(assured.map(|variable| (variable, 1.0)));
    }
    let overall = scores.banded(&scope.overall, Behind::Score("", "overall score"));
    if let (Some(overall), 6) = (overall, six.len()) {
        scores.mean(overall, &six);
    }
    if let (Some(assured), 6) = (assured_overall(&mut scores, scope), six_assured.len()) {
        scores.mean(assured, &six_assured);
    }
    local(&mut scores, release, scope, &items);
    judged(findings, release, scope, scores);
}

/// The assured score: the same sum, a claim that practitioners do not support at half.
fn assured_mean<'p>(
    scores: &mut Scores<'p>,
    release: &'p Publication,
    scope: &Scope,
    (assured, counted): (usize, f64),
    standard: &str,
    items: &[(&'p Item, Option<usize>, Option<usize>)],
) {
    let mut terms: Terms = Vec::new();
    for (item, national, _) in items.iter().filter(|(item, ..)| item.standard == standard) {
        let Some(variable) = national else {
            continue;
        };
        let doubted = |reading: &Reading| {
            matches!(
                reading.experience.as_str(),
                "cannot tell" | "not supported by practitioners"
            )
        };
        let finding = release
            .items
            .iter()
            .find(|other| other.id == item.id)
            .and_then(|item| item.findings.iter().find(|f| f.group == scope.id));
        let reading = finding.and_then(|finding| finding.national.as_ref());
        // A yes that one of the whole's services says alone.
        let alone = item.kind == "statement"
            && scope.id == "whole"
            && reading.is_some_and(|reading| reading.claim == "partly")
            && item.findings.iter().any(|finding| {
                let own = finding.national.as_ref();
                finding.breakdown == "service" && own.is_some_and(doubted)
            });
        let held = reading.filter(|reading| doubted(reading) || alone);
        match held {
            // Beside a withheld question "cannot tell" may stand for any of the three.
            Some(reading) => {
                let score = tenths(&reading.score).unwrap_or(ANY);
                let low = score.low / 2.0;
                let range = Range {
                    low,
                    high: score.high,
                };
                let free = scores.variable(range);
                terms.push((free, 1.0));
            }
            None => terms.push((*variable, 1.0)),
        }
    }
    terms.push((assured, -counted));
    scores.program.rows.push((terms, -1e-6, 1e-6));
}

/// The overall assured score as printed, or as the grade's lower end and the interval give
/// it.
fn assured_overall<'p>(scores: &mut Scores<'p>, scope: &'p Scope) -> Option<usize> {
    let variable = scores.figure(&scope.assured, Behind::Score("", "assured overall score"))?;
    let end = scope.grade.lower_end.as_ref().and_then(tenths);
    if let (Some(end), Some(half)) = (end, half_width(&scope.overall))
        && end.low > 0.0
    {
        let range = Range {
            low: end.low + half.low,
            high: end.high + half.high,
        };
        let row = (vec![(variable, 1.0)], range.low, range.high);
        scores.program.rows.push(row);
    }
    Some(variable)
}

fn half_width(score: &Score) -> Option<Range> {
    let low = score.low.as_ref().and_then(tenths)?;
    let high = score.high.as_ref().and_then(tenths)?;
    let free = low.low > 0.0 && high.high < 100.0;
    free.then_some(Range {
        low: (high.low - low.high) / 2.0,
        high: (high.high - low.low) / 2.0,
    })
}

/// Local standards and the local overall score, where no formula stands between.
fn local<'p>(
    scores: &mut Scores<'p>,
    release: &'p Publication,
    scope: &'p Scope,
    items: &[(&'p Item, Option<usize>, Option<usize>)],
) {
    let mut all = Vec::new();
    for standard in &scope.local {
        let result = scores.figure(
            &standard.result.score,
            Behind::Score(&standard.id, "local score of a standard"),
        );
        let parts: Vec<(usize, f64)> = items
            .iter()
            .filter(|(item, ..)| item.standard == standard.id && item.weight > 0.0)
            .filter_map(|(item, _, local)| Some(((*local)?, item.weight)))
            .collect();
        let all_scored = whole(&standard.scored) == Some(parts.len() as f64);
        if let Some(result) = result {
            if all_scored && standard.formula.is_empty() && !parts.is_empty() {
                scores.mean(result, &parts);
            }
            all.push((result, standard.weight));
        }
    }
    let own_rule = |line: &String| line.starts_with("The local overall score is by a rule");
    let by_formula = release.tailoring.sentences.iter().any(own_rule);
    let overall = scores.figure(
        &scope.local_overall.score,
        Behind::Score("", "local overall score"),
    );
    if let (Some(overall), false, false) = (overall, by_formula, all.is_empty()) {
        scores.mean(overall, &all);
    }
}

fn judged(findings: &mut Findings, release: &Publication, scope: &Scope, scores: Scores) {
    if scores.withheld.is_empty() || scores.program.rows.is_empty() {
        return;
    }
    let tied = |variable: usize| {
        let rows = scores.program.rows.iter();
        rows.flat_map(|(terms, ..)| terms)
            .any(|(at, _)| *at == variable)
    };
    let mut work = WORK;
    let mut region = match scores.program.search(&mut work) {
        Search::Found(region) => region,
        Search::Empty => {
            findings.contradiction(&format!("scores of {}", scope.id));
            return;
        }
        Search::Unfinished => {
            findings.unfinished("", "there are too many scores");
            return;
        }
    };
    let breakdown = if scope.id == "whole" {
        "whole"
    } else {
        "service"
    };
    let group = (breakdown, scope.id.as_str());
    for (variable, behind) in &scores.withheld {
        if !tied(*variable) {
            continue;
        }
        let terms = [(*variable, 1.0)];
        let ends = [false, true].map(|most| region.extreme(&terms, most, &mut work));
        let [Extreme::At(low), Extreme::At(high)] = ends else {
            findings.unfinished("", "there are too many scores");
            return;
        };
        let range = Range { low, high };
        let (item, what, is_open) = match behind {
            Behind::Item(item) => {
                findings.tried("score of an item", range.width(), "points");
                let open = is_open(release, scope, item, range);
                (item.id.as_str(), "score", open)
            }
            Behind::Score(id, what) => {
                findings.tried(what, range.width(), "points");
                (*id, *what, range.width() < super::SCORE_POINTS)
            }
        };
        if is_open {
            let how = "The printed mean of scores, and the other scores in it, leave no more room."
                .to_owned();
            findings.open((item, group), what, Some(range), how);
        }
    }
}

/// Whether a withheld item's score is known too closely.
fn is_open(release: &Publication, scope: &Scope, item: &Item, range: Range) -> bool {
    if item.kind == "question" {
        let part = release.response.iter().find(|part| part.scope == scope.id);
        let most = part
            .and_then(|part| whole(&part.answered).or_else(|| whole(&part.asked)))
            .unwrap_or(super::FEWEST_POINTS);
        return range.width() * most < super::FEWEST_POINTS;
    }
    // At either end of the scale any value beyond the anchor scores the same.
    if range.low < 0.1 || range.high > 99.9 {
        return false;
    }
    match anchors(&item.rule) {
        Some((best, worst)) => {
            let value = |score: f64| worst + score / 100.0 * (best - worst);
            let (a, b) = (value(range.low), value(range.high));
            (a - b).abs() < super::AMOUNT_SHARE * (a + b).abs()
        }
        None => range.width() < super::SCORE_POINTS,
    }
}
