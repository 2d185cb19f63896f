//! Bands of caseload: how many case holders of a group lie in a band, where that is withheld.
//! What is printed of the bands, of the share of high caseloads, of the mean caseload and of the
//! council's own shares of the same people in; what follows out.
//!
//! A band is between how many cases for a full-time equivalent its people hold, so that the
//! mean caseload of a group bounds how many of them lie where.

use super::cells::{Cells, Fact, Kind, Outcome};
use super::figures::{Range, is_withheld, tenths, whole};
use super::groups::{Groups, tight};
use super::measures::{By, is_of_one_formula, told_by_nation, value, want};
use super::openings::Findings;
use super::questions::Asked;
use crate::national::{BAND_ENDS, BANDED, BANDS, band_words};
use crate::publication::{Bands, Finding, Item, Publication, Reading};
use std::ops;

/// The measure of the mean of the same people.
const MEAN: &str = "caseload-per-fte";

/// The least that a reader takes anybody's full-time equivalent to be of anybody else's.
const LEAST_SHARE: f64 = 0.2;

/// The bands that are never told apart: those of the coarse form.
const COARSE: [ops::Range<usize>; 3] = [0..2, 2..3, 3..BANDS];

/// Levels above the line that the share of high caseloads draws.
const HIGH: ops::Range<usize> = 3..BANDS;

/// Attacks the bands; `asked` are the forms of the measure in releases of the same rows.
pub(super) fn attack(findings: &mut Findings, groups: &Groups, asked: &[Asked]) {
    let Some(first) = asked.first().filter(|one| one.item.id == BANDED) else {
        return;
    };
    let readings: Vec<(usize, &Reading, &Asked)> = asked
        .iter()
        .flat_map(|one| one.item.findings.iter().map(move |finding| (one, finding)))
        .filter_map(|(one, finding)| {
            let cell = groups.find(&finding.breakdown, &finding.group)?;
            Some((cell, finding.national.as_ref()?, one))
        })
        .collect();
    if readings
        .iter()
        .all(|(_, reading, _)| reading.bands.is_none())
    {
        return;
    }
    let mut cells = Cells::new(groups, BANDS, true);
    let items: Vec<&Item> = asked.iter().map(|one| one.item).collect();
    for (cell, n) in told_by_nation(groups, asked, &items) {
        cells.fact(cell, &[1.0; BANDS], Range::exactly(n));
    }
    for (cell, reading, one) in &readings {
        facts(&mut cells, *cell, one.item, reading);
        let elsewhere = |twin: &(usize, &Reading, &Asked)| {
            twin.0 == *cell && twin.1.bands.is_some() && reading.bands.is_none()
        };
        if !readings.iter().any(elsewhere) {
            wanted(&mut cells, *cell, reading);
        }
    }
    // Full-time equivalents are a supposition: where it cannot be, it is dropped.
    let mut supposed = cells.clone();
    for one in asked {
        means(&mut supposed, groups, one.release);
    }
    let sums: Vec<_> = groups
        .sums
        .iter()
        .filter(|sum| cells.speaks_of(sum))
        .collect();
    let contradicted = !groups.too_many
        && matches!(
            supposed.ranges(&tight(&sums, groups.names.len())),
            Outcome::Contradiction
        );
    let cells = if contradicted { cells } else { supposed };
    findings.table(&first.item.id, groups, &cells);
    for (_, reading, one) in &readings {
        if let Some(bands) = &reading.bands {
            beside_own(findings, one, reading, bands);
        }
    }
}

/// The sum of neighbouring levels.
fn levels(of: ops::Range<usize>) -> Vec<f64> {
    let is_in = |level| if of.contains(&level) { 1.0 } else { 0.0 };
    (0..BANDS).map(is_in).collect()
}

/// The levels that a printed band stands for, by its words.
fn levels_of(label: &str) -> Option<ops::Range<usize>> {
    let ranges = (0..BANDS).flat_map(|from| (from + 1..=BANDS).map(move |to| from..to));
    ranges
        .into_iter()
        .find(|range| band_words(range.clone()) == label)
}

fn facts(cells: &mut Cells, cell: usize, item: &Item, reading: &Reading) {
    cells.present[cell] |= is_withheld(&reading.n) || is_withheld(&reading.value);
    let Some(n) = whole(&reading.n) else {
        return;
    };
    cells.fact(cell, &[1.0; BANDS], Range::exactly(n));
    if let Some(share) = value(item, By::Nation, reading) {
        let range = Range {
            low: n * share.low.max(0.0) / 100.0,
            high: n * share.high / 100.0,
        };
        cells.fact(cell, &levels(HIGH), range);
    }
    for part in reading.bands.iter().flat_map(|bands| &bands.counts) {
        let by_share = || {
            let share = tenths(&part.share)?;
            Some(Range {
                low: n * share.low / 100.0,
                high: n * share.high / 100.0,
            })
        };
        let range = whole(&part.count).map(Range::exactly).or_else(by_share);
        if let (Some(own), Some(range)) = (levels_of(&part.label), range) {
            cells.fact(cell, &levels(own), range);
        }
    }
}

/// What of a reading must stay uncertain.
fn wanted(cells: &mut Cells, cell: usize, reading: &Reading) {
    let Some(bands) = &reading.bands else {
        let told = whole(&reading.n).is_some() && tenths(&reading.value).is_some();
        for part in COARSE {
            // How many lie above the line is what the share itself says.
            if cells.present[cell] && !(told && part == HIGH) {
                let what = format!("bands: {}", band_words(part.clone()));
                want(cells, cell, &what, Kind::Count, &levels(part));
            }
        }
        return;
    };
    for part in &bands.counts {
        let own = levels_of(&part.label).unwrap_or(0..0);
        if own.len() > 1 && whole(&part.count) != Some(0.0) {
            for level in own {
                let single = level..level + 1;
                let what = format!("single bands: {}", band_words(single.clone()));
                want(cells, cell, &what, Kind::Single, &levels(single));
            }
        }
    }
}

/// The mean caseload of the same people as bounds on how many lie in which band.
fn means(cells: &mut Cells, groups: &Groups, release: &Publication) {
    let mut items = release.items.iter();
    let Some(item) = items.find(|item| item.id == MEAN && is_of_one_formula(item)) else {
        return;
    };
    for finding in &item.findings {
        let cell = groups.find(&finding.breakdown, &finding.group);
        let mean = finding.national.as_ref();
        let mean = mean.and_then(|reading| value(item, By::Nation, reading));
        let (Some(cell), Some(mean)) = (cell.filter(|at| cells.present[*at]), mean) else {
            continue;
        };
        // A person weighs as much as their full-time equivalent: as little as can be against
        // the bound, as much as can be for it.
        let lowest = |level: usize| level.checked_sub(1).map_or(0.0, |end| BAND_ENDS[end]);
        let below = |level: usize| match lowest(level) - mean.high {
            away if away > 0.0 => away * LEAST_SHARE,
            towards => towards,
        };
        let above = |level: usize| match BAND_ENDS.get(level) {
            // The highest band has no end.
            None => FAR,
            Some(end) if end - mean.low < 0.0 => (end - mean.low) * LEAST_SHARE,
            Some(end) => end - mean.low,
        };
        let bounds = [
            ((0..BANDS).map(below).collect(), f64::NEG_INFINITY, 1e-6),
            ((0..BANDS).map(above).collect(), -1e-6, f64::INFINITY),
        ];
        for (terms, low, high) in bounds {
            let range = Range { low, high };
            cells.elsewhere.push((cell, Fact { terms, range }));
        }
    }
}

/// More cases for a full-time equivalent than anybody is taken to hold.
const FAR: f64 = 1_000.0;

/// What the bands and a share of the council's own, of the same people above another line, tell of
/// those between the two lines; or of the share where it is withheld.
fn beside_own(findings: &mut Findings, asked: &Asked, reading: &Reading, bands: &Bands) {
    let is_here = |finding: &&Finding| {
        finding
            .national
            .as_ref()
            .is_some_and(|own| std::ptr::eq(own, reading))
    };
    let Some(here) = asked.item.findings.iter().find(is_here) else {
        return;
    };
    let Some(n) = whole(&reading.n) else {
        return;
    };
    let high = value(asked.item, By::Nation, reading).map(|share| n * share.low / 100.0);
    for item in &asked.release.items {
        let ceiling = asked.release.council.ceiling;
        let Some(line) = line(&item.local_formula, ceiling).filter(|_| item.unit == "%") else {
            continue;
        };
        let twin = |own: &&Finding| (&own.breakdown, &own.group) == (&here.breakdown, &here.group);
        let Some(own) = item.findings.iter().find(twin).map(|own| &own.local) else {
            continue;
        };
        // People above each printed line, those that bands alone draw first told apart.
        let mut most: Option<f64> = None;
        let mut least: Option<f64> = None;
        let ends = bands
            .counts
            .iter()
            .filter_map(|part| levels_of(&part.label));
        for end in ends.filter(|own| own.end < BANDS).map(|own| own.end - 1) {
            let over: f64 = over(bands, end);
            let drawn = BAND_ENDS[HIGH.start - 1];
            // Nearer than the line that the share of high caseloads draws anyhow.
            let is_new = BAND_ENDS[end] != drawn;
            if BAND_ENDS[end] <= line.cases
                && (line.cases < drawn || BAND_ENDS[end] > drawn)
                && is_new
            {
                most = Some(most.map_or(over, |most: f64| most.min(over)));
            }
            if line.all
                && BAND_ENDS[end] >= line.cases
                && (line.cases > drawn || BAND_ENDS[end] < drawn)
                && is_new
            {
                least = Some(least.map_or(over, |least: f64| least.max(over)));
            }
        }
        let what = format!("bands beside `{}`", item.id);
        let at = (
            asked.item.id.as_str(),
            (here.breakdown.as_str(), here.group.as_str()),
        );
        let counted = whole(&own.n).filter(|own| *own == n).and_then(|n| {
            let share = value(item, By::Council, own)?;
            Some((n * (share.low + share.high) / 200.0).round())
        });
        if let Some(counted) = counted {
            for other in most.into_iter().chain(least) {
                let between = (other - counted).abs();
                if (1.0..=2.0).contains(&between) {
                    let how = "Two printed numbers of the same people, above lines close to each \
                               other, tell how many there are between them."
                        .to_owned();
                    findings.open(at, &what, Some(Range::exactly(between)), how);
                }
            }
        } else if is_withheld(&own.value) && (most.is_some() || least.is_some()) {
            let high_below = high.filter(|_| line.cases >= BAND_ENDS[HIGH.start - 1]);
            let high_above = high.filter(|_| line.all && line.cases <= BAND_ENDS[HIGH.start - 1]);
            let range = Range {
                low: least.unwrap_or(0.0).max(high_above.unwrap_or(0.0)),
                high: most.unwrap_or(n).min(high_below.map_or(n, f64::ceil)),
            };
            findings.tried(
                "bands beside a share",
                range.whole_numbers(),
                "whole numbers",
            );
            if range.whole_numbers() < super::FEWEST_NUMBERS {
                let how = "Those whom it counts are among those above a lower line, and all above \
                           a higher one, and how many these are is printed."
                    .to_owned();
                findings.open(at, &what, Some(range), how);
            }
        }
    }
}

/// How many hold more than the end of a band.
fn over(bands: &Bands, end: usize) -> f64 {
    let above = bands
        .counts
        .iter()
        .filter(|part| levels_of(&part.label).is_some_and(|own| own.start > end));
    above.filter_map(|part| whole(&part.count)).sum()
}

/// The line above which a formula counts people.
struct Line {
    /// Cases for a full-time equivalent.
    cases: f64,
    /// Whether all above it are counted, and not some of them alone.
    all: bool,
}

/// Reads "w.cases > 18 * w.fte" out of a formula, the council's own ceiling for `w.ceiling`.
fn line(formula: &str, ceiling: Option<f64>) -> Option<Line> {
    let mut rest = formula;
    while let Some(at) = rest.find(".cases >") {
        rest = rest[at + ".cases >".len()..].trim_start_matches('=');
        let end = rest
            .find([')', '}', ',', '&', '|', '\n'])
            .unwrap_or(rest.len());
        let condition = rest[..end].split(" and ").next().unwrap_or_default();
        let (mut cases, mut of_fte) = (1.0, false);
        let known = condition.split('*').all(|factor| {
            let factor = factor.trim();
            let number = match factor.split_once('.') {
                Some((_, "fte")) => {
                    of_fte = true;
                    Some(1.0)
                }
                Some((_, "ceiling")) => ceiling,
                _ => factor.parse().ok(),
            };
            cases *= number.unwrap_or(1.0);
            number.is_some()
        });
        if known && of_fte {
            let all = !formula.contains(" and ") && !formula.contains("&&");
            return Some(Line { cases, all });
        }
    }
    None
}
