//! Questions: how many answered in a withheld group, what they said, and their score points.

mod table;
mod unscored;

use super::cells::Cells;
use super::figures::{Range, is_withheld, number, tenths, whole};
use super::groups::Groups;
use super::openings::Findings;
use super::sheets::Sheets;
use crate::publication::{Answers, Item, Publication, Reading};
use table::{Table, scale};

/// A question as it stands in one release.
#[derive(Clone, Copy)]
pub(super) struct Asked<'p> {
    pub item: &'p Item,
    pub release: &'p Publication,
}

/// Attacks a question; `asked` are its forms in releases of the same sheets, and `sheets` what
/// the survey's other questions say of how many there are.
pub(super) fn attack(
    findings: &mut Findings,
    groups: &Groups,
    asked: &[Asked],
    sheets: Option<&Sheets>,
) {
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
        // What another release of these sheets prints is not worked out.
        let printed = readings.iter().any(|(at, twin, other)| {
            at == cell
                && !std::ptr::eq(one.release, other.release)
                && whole(&twin.n).is_some()
                && number(&twin.value).is_some()
        });
        if !(is_withheld(&reading.value) && printed) {
            // Where another question prints how many answered, it is no secret how many
            // answered this one.
            let is_told = sheets.is_some_and(|sheets| sheets.is_told(*cell));
            table.wanted(&mut cells, *cell, reading, !is_told);
        }
    }
    if let Some(sheets) = sheets {
        for one in asked {
            for (cell, range) in sheets.answering(groups, one.release, one.item) {
                if cells.present[cell] {
                    table.number(&mut cells, cell, range);
                }
            }
        }
    }
    for one in asked {
        table.facts_of_scopes(&mut cells, groups, one);
    }
    for (cell, mean) in means_by_weight(asked, groups, &readings) {
        table.mean(&mut cells, cell, None, mean);
        mean_of_service(findings, groups, first, cell, mean);
    }
    findings.table(&first.item.id, groups, &cells);
    unscored::attack(findings, groups, first.item, &readings);
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
    let (Some(whole_mean), [a, b]) = (value(0), services.as_slice()) else {
        return found;
    };
    // Of a service of which nobody answered there is no mean, and the whole's is the other's.
    let is_nobody = |cell: usize| {
        let mut own = readings.iter().filter(|(at, ..)| *at == cell);
        own.any(|(_, reading, _)| whole(&reading.n) == Some(0.0))
    };
    if is_nobody(a.0) || is_nobody(b.0) {
        return found;
    }
    for ((cell, own), (other, weight)) in [(a, b), (b, a)] {
        if let (None, Some(mean)) = (value(*cell), value(*other)) {
            let all = own + weight;
            found.push((
                *cell,
                Range {
                    low: (all * whole_mean.low - weight * mean.high) / own,
                    high: (all * whole_mean.high - weight * mean.low) / own,
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
    if mean.low > mean.high {
        findings.contradiction(&asked.item.id);
        return;
    }
    findings.tried("mean of a service", mean.width() * most, "points");
    if mean.width() * most < super::FEWEST_POINTS {
        let how = "The whole's mean is that of the two services', weighted by how many each \
                   asked, and the whole's and the other service's are printed."
            .to_owned();
        let at = (asked.item.id.as_str(), (name.0.as_str(), name.1.as_str()));
        findings.open(at, "mean", Some(mean), how);
    }
}
