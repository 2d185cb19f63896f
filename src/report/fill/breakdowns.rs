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
    let groups: Vec<&Group> = publication
        .groups
        .iter()
        .filter(|group| group.breakdown == id)
        .filter(|group| !is_only_rolled(publication, group))
        .collect();
    let standards = publication.scopes.first().map_or(&[][..], |s| &s.local[..]);
    let mut without = 0;
    let mut parts = Vec::new();
    for standard in standards {
        let items = publication.items.iter().filter(|item| {
            item.standard == standard.id && item.findings.iter().any(|f| f.breakdown == id)
        });
        let rows = items.map(|item| row(item, &groups));
        let (rows, empty): (Vec<_>, Vec<_>) = rows.partition(|row| !is_nowhere(row));
        without += empty.len();
        if !rows.is_empty() {
            parts.push(BreakdownPart {
                title: standard.title.clone(),
                rows,
            });
        }
    }
    Breakdown {
        id: id.to_owned(),
        title: format!("By {}", id.replace(['-', '_'], " ")),
        parts,
        columns: groups.len() + 2,
        groups: groups.iter().map(|group| group.title.clone()).collect(),
        rolled: groups
            .iter()
            .filter(|group| !group.rolls.is_empty())
            .map(|group| format!("{}: {}.", group.title, group.rolls.join(", ")))
            .collect(),
        without: match without {
            0 => String::new(),
            1 => "1 item has no row here: nothing of it is available by these groups.".to_owned(),
            items => {
                format!(
                    "{items} items have no row here: nothing of them is available by these groups."
                )
            }
        },
    }
}

fn row(item: &Item, groups: &[&Group]) -> BreakdownRow {
    BreakdownRow {
        ask: item.ask.clone(),
        unit: match item.kind == "measure" {
            true => item.unit.clone(),
            false => "score".to_owned(),
        },
        cells: groups.iter().map(|group| cell(item, group)).collect(),
    }
}

/// Whether an item is available in no group at all.
fn is_nowhere(row: &BreakdownRow) -> bool {
    let none = symbol(Missing::NotAvailable).symbol;
    row.cells.iter().all(|cell| cell.symbol == none)
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
