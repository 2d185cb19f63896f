//! Tables by service, team and the council's own groups: a publication in, items down the side
//! and groups along the top out. What is rolled together has one column; its groups have none.

use super::absent::symbol;
use crate::missing::Missing;
use crate::publication::{Figure, Group, Item, Publication};
use crate::report::context::{Breakdown, BreakdownPart, BreakdownRow};

/// The tables of a publication.
pub fn all(publication: &Publication) -> Vec<Breakdown> {
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
        .filter(|group| !is_only_rolled(publication, group))
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
                cells: groups.iter().map(|group| cell(item, group)).collect(),
            })
            .collect(),
    });
    Breakdown {
        id: id.to_owned(),
        title: format!("By {}", id.replace(['-', '_'], " ")),
        parts: parts.filter(|part| !part.rows.is_empty()).collect(),
        columns: groups.len() + 2,
        groups: groups.iter().map(|group| group.title.clone()).collect(),
        rolled: groups
            .iter()
            .filter(|group| !group.rolls.is_empty())
            .map(|group| format!("{}: {}.", group.title, group.rolls.join(", ")))
            .collect(),
    }
}

/// Whether nothing is published of a group but what it is rolled together with.
fn is_only_rolled(publication: &Publication, group: &Group) -> bool {
    let is_rolled =
        |other: &Group| other.breakdown == group.breakdown && other.rolls.contains(&group.name);
    publication.groups.iter().any(is_rolled)
        && publication
            .items
            .iter()
            .all(|item| cell(item, group).value.is_none())
}

fn cell(item: &Item, group: &Group) -> Figure {
    let none = if group.rolls.is_empty() {
        Missing::NotAvailable
    } else {
        // Its groups speak for themselves, or are not told of together either.
        Missing::NotApplicable
    };
    item.findings
        .iter()
        .find(|finding| finding.breakdown == group.breakdown && finding.group == group.name)
        .map_or_else(
            || symbol(none),
            |finding| {
                let reading = finding.national.as_ref().unwrap_or(&finding.local);
                reading.value.clone()
            },
        )
}
