//! The tables by service, team and the council's own groups: a Publication in, one table a
//! breakdown out.

use super::unavailable;
use crate::publication::{Figure, Item, Publication};
use crate::report::context::{Breakdown, BreakdownPart, BreakdownRow};

/// One table a breakdown that has figures.
pub(super) fn tables(publication: &Publication) -> Vec<Breakdown> {
    let mut ids: Vec<&str> = Vec::new();
    for group in &publication.groups {
        if group.breakdown != "whole" && !ids.contains(&group.breakdown.as_str()) {
            ids.push(&group.breakdown);
        }
    }
    ids.into_iter()
        .map(|id| breakdown(publication, id))
        .filter(|breakdown| !breakdown.parts.is_empty())
        .collect()
}

fn breakdown(publication: &Publication, id: &str) -> Breakdown {
    let groups: Vec<_> = publication
        .groups
        .iter()
        .filter(|group| group.breakdown == id)
        .collect();
    let standards = publication.scopes.first().map_or(&[][..], |s| &s.local[..]);
    let parts = standards.iter().map(|standard| BreakdownPart {
        title: standard.title.clone(),
        rows: publication
            .items
            .iter()
            .filter(|item| item.standard == standard.id)
            .filter(|item| item.findings.iter().any(|f| f.breakdown == id))
            .map(|item| BreakdownRow {
                ask: item.ask.clone(),
                unit: if item.kind == "measure" {
                    item.unit.clone()
                } else {
                    "score".to_owned()
                },
                cells: groups.iter().map(|g| cell(item, id, &g.name)).collect(),
            })
            .collect(),
    });
    Breakdown {
        id: id.to_owned(),
        title: format!("By {}", id.replace(['-', '_'], " ")),
        parts: parts.filter(|part| !part.rows.is_empty()).collect(),
        columns: groups.len() + 2,
        groups: groups.iter().map(|group| group.title.clone()).collect(),
    }
}

fn cell(item: &Item, breakdown: &str, group: &str) -> Figure {
    item.findings
        .iter()
        .find(|finding| finding.breakdown == breakdown && finding.group == group)
        .map_or_else(unavailable, |finding| {
            let reading = finding.national.as_ref().unwrap_or(&finding.local);
            reading.value.clone()
        })
}
