//! What changed, as tables: a Publication's changes in, a table a scope out.

use crate::publication::{Change, Changes, ItemChange, Publication};
use crate::report::context::{ChangePart, ChangeRow, ChangeTable};

/// One table of items a scope: the whole first; none where there is no earlier edition.
pub(super) fn tables(publication: &Publication) -> Vec<ChangeTable> {
    let Some(changes) = &publication.changes else {
        return Vec::new();
    };
    changes
        .scopes
        .iter()
        .map(|scope| ChangeTable {
            id: scope.id.clone(),
            title: scope.title.clone(),
            parts: parts(publication, changes, &scope.id),
        })
        .filter(|table| !table.parts.is_empty())
        .collect()
}

fn parts(publication: &Publication, changes: &Changes, scope: &str) -> Vec<ChangePart> {
    let standards = publication.scopes.first().map_or(&[][..], |s| &s.local[..]);
    let known = |id: &str| standards.iter().any(|standard| standard.id == id);
    let part = |title: &str, items: Vec<&ItemChange>| ChangePart {
        title: title.to_owned(),
        rows: items.into_iter().filter_map(|i| row(i, scope)).collect(),
    };
    let mut parts: Vec<ChangePart> = standards
        .iter()
        .map(|standard| {
            let of = changes.items.iter().filter(|i| i.standard == standard.id);
            part(&standard.title, of.collect())
        })
        .collect();
    // Items of a standard that the check holds no more.
    let gone = changes.items.iter().filter(|i| !known(&i.standard));
    parts.push(part("No longer in the check", gone.collect()));
    parts.retain(|part| !part.rows.is_empty());
    parts
}

/// A row; what is refused as an item stands in the table of the whole alone.
fn row(item: &ItemChange, scope: &str) -> Option<ChangeRow> {
    let change = item.scopes.iter().find(|one| one.id == scope);
    let change = change.map(|one| one.change.clone());
    if change.is_none() && scope != "whole" {
        return None;
    }
    let told = change.as_ref().is_some_and(is_told);
    let why = match &change {
        Some(change) => change.words.clone(),
        None if item.why_not.is_empty() => "not compared".to_owned(),
        None => format!("not compared, because {}", item.why_not.join("; ")),
    };
    Some(ChangeRow {
        ask: item.ask.clone(),
        unit: match item.kind.as_str() {
            "measure" => item.unit.clone(),
            "question" => "score".to_owned(),
            _ => "claim".to_owned(),
        },
        told,
        why: if told { String::new() } else { why },
        change,
    })
}

/// Whether two figures may stand side by side.
fn is_told(change: &Change) -> bool {
    !matches!(change.verdict.as_str(), "not compared" | "withheld")
}
