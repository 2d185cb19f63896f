//! Bands of caseload as tables: a Publication in; how many case holders of each group lie in
//! which band, a table for each breakdown that is told of, out.

use super::group_title;
use super::pictures::of_bands;
use crate::national::BANDED;
use crate::publication::{AnswerCount, Bands, Finding, Publication};
use crate::report::context::{BandRow, BandTable};

/// The tables, the whole first.
pub(super) fn tables(publication: &Publication) -> Vec<BandTable> {
    let Some(item) = publication.items.iter().find(|item| item.id == BANDED) else {
        return Vec::new();
    };
    let mut breakdowns: Vec<&str> = Vec::new();
    for finding in &item.findings {
        if !breakdowns.contains(&finding.breakdown.as_str()) {
            breakdowns.push(&finding.breakdown);
        }
    }
    breakdowns
        .into_iter()
        .filter_map(|breakdown| {
            let own = item.findings.iter();
            let own: Vec<&Finding> = own.filter(|one| one.breakdown == breakdown).collect();
            table(publication, breakdown, &own)
        })
        .collect()
}

fn bands(finding: &Finding) -> Option<&Bands> {
    finding.national.as_ref()?.bands.as_ref()
}

fn table(publication: &Publication, breakdown: &str, own: &[&Finding]) -> Option<BandTable> {
    let told = own.iter().find_map(|finding| bands(finding))?;
    let labels: Vec<String> = told.counts.iter().map(|part| part.label.clone()).collect();
    let row = |finding: &&Finding| {
        let reading = finding.national.as_ref()?;
        let bands = bands(finding);
        let at = |percentile: u8| {
            let mut quantiles = bands.iter().flat_map(|bands| &bands.quantiles);
            let found = quantiles.find(|one| one.percentile == percentile);
            found.map_or_else(String::new, |one| one.band.clone())
        };
        // Where there are none, the reading's own symbol says why.
        let none = |label: &String| AnswerCount {
            label: label.clone(),
            count: reading.value.clone(),
            share: reading.value.clone(),
        };
        let has_none = bands.is_none() && reading.value.value.is_some();
        (!has_none).then(|| BandRow {
            title: group_title(publication, &finding.breakdown, &finding.group),
            n: reading.n.clone(),
            counts: match bands {
                Some(bands) => bands.counts.clone(),
                None => labels.iter().map(none).collect(),
            },
            middle: at(50),
            tenth: at(90),
        })
    };
    let title = match breakdown {
        "whole" => "The whole".to_owned(),
        other => format!("By {}", other.replace(['-', '_'], " ")),
    };
    let rows: Vec<BandRow> = own.iter().filter_map(row).collect();
    Some(BandTable {
        breakdown: breakdown.to_owned(),
        chart: of_bands(breakdown, &title, &labels, &rows),
        title,
        rows,
        bands: labels,
    })
}
