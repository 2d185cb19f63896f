//! What holds a standard's assured score down: published readings in, a sentence an item out.

use crate::missing::Missing;
use crate::publication::{Item, Publication, Reading};

/// The items of a standard that count nothing, or half, in its assured score in that scope:
/// those that are not scored, and claims that practitioners do not bear out. What is withheld
/// is not told, and neither is whether it counts.
pub(super) fn held_down_by(publication: &Publication, standard: &str, scope: &str) -> Vec<String> {
    publication
        .items
        .iter()
        .filter(|item| item.national && item.standard == standard)
        .filter_map(|item| {
            let reading = national(item, scope)?;
            Some(format!("“{}”: {}", item.ask, why(item, reading)?))
        })
        .collect()
}

fn national<'a>(item: &'a Item, scope: &str) -> Option<&'a Reading> {
    let finding = item.findings.iter().find(|finding| match scope {
        "whole" => finding.breakdown == "whole",
        service => finding.breakdown == "service" && finding.group == service,
    });
    finding?.national.as_ref()
}

fn why(item: &Item, reading: &Reading) -> Option<String> {
    let symbol = reading.score.symbol.as_deref();
    match symbol.and_then(Missing::from_symbol) {
        Some(Missing::NotApplicable | Missing::Confidential) => None,
        Some(Missing::NotAvailable) if item.comparability == "omitted" => {
            Some("left out by the council; counts nothing".to_owned())
        }
        Some(_) if item.comparability == "not comparable" => {
            Some("changed so far that it does not compare; counts nothing".to_owned())
        }
        Some(missing) => Some(format!("not scored, {}; counts nothing", missing.meaning())),
        None if reading.score.value == Some(100.0) => {
            let not = match reading.experience.as_str() {
                "" | "supported" | "not contradicted" => return None,
                "cannot tell" => "nobody can tell whether practitioners support it",
                _ => "practitioners do not support it",
            };
            Some(format!("claimed in full, and {not}; counts half"))
        }
        None => None,
    }
}
