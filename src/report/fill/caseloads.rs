//! Caseloads, as a table and its picture: a Publication in; the mean and who holds far more,
//! for the whole and each service, out.

use super::{group_title, slug, standard_page, unavailable};
use crate::publication::{Figure, Item, Publication};
use crate::report::charts::{self, Load};
use crate::report::context::{Caseload, CaseloadShare};
use minijinja::Value;

/// The measure of the mean, and that of the share far above the usual load.
const MEAN: &str = "caseload-per-fte";
const TAIL: &str = "high-caseloads";

/// Cases for a full-time equivalent above which a load is far above the usual one.
const REFERENCE: f64 = 20.0;

/// One row for the whole and each service that has a mean or a share, published or withheld.
pub(super) fn rows(publication: &Publication) -> Vec<Caseload> {
    let Some(mean) = publication.items.iter().find(|item| item.id == MEAN) else {
        return Vec::new();
    };
    // Of the council's own the shares of its caseloads that get better as they fall.
    let is_share = |item: &&Item| {
        let own = !item.national && item.unit == "%" && item.better == "lower";
        item.id == TAIL || (own && item.standard == mean.standard)
    };
    let tails: Vec<&Item> = publication.items.iter().filter(is_share).collect();
    let groups = publication.groups.iter();
    groups
        .filter(|group| matches!(group.breakdown.as_str(), "whole" | "service"))
        .map(|group| {
            let of = |item: &Item| figure(item, &group.breakdown, &group.name);
            Caseload {
                title: group_title(publication, &group.breakdown, &group.name),
                mean: of(mean).unwrap_or_else(unavailable),
                shares: tails
                    .iter()
                    .map(|item| CaseloadShare {
                        ask: item.ask.clone(),
                        href: format!("{}#item-{}", standard_page(&item.standard), slug(&item.id)),
                        share: of(item).unwrap_or_else(unavailable),
                    })
                    .collect(),
            }
        })
        .collect()
}

/// What an item tells of a group: by the nation's definition, where it has one.
fn figure(item: &Item, breakdown: &str, group: &str) -> Option<Figure> {
    let mut findings = item.findings.iter();
    let finding = findings.find(|one| one.breakdown == breakdown && one.group == group)?;
    let reading = finding.national.as_ref().unwrap_or(&finding.local);
    Some(reading.value.clone())
}

/// The rows, drawn; `None` if there is nothing to draw.
pub(super) fn drawn(publication: &Publication, rows: &[Caseload]) -> Option<Value> {
    let loads: Vec<Load<'_>> = rows
        .iter()
        .map(|row| Load {
            title: &row.title,
            mean: &row.mean,
            shares: row
                .shares
                .iter()
                .map(|share| (share.ask.as_str(), &share.share))
                .collect(),
        })
        .collect();
    let ceiling = publication.council.ceiling;
    charts::caseloads(&loads, ceiling, REFERENCE, "chart-caseloads").map(Value::from_safe_string)
}
