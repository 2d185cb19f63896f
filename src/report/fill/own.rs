//! What a council adds to the nation's check, for papers: a publication in, a row for each
//! item of its own and for each target out.

use super::{slug, standard_page, unavailable, with_unit};
use crate::missing::Missing;
use crate::publication::{Item, Publication, Reading};
use crate::report::context::{OwnItem, TargetRow};

/// The items that the council added, in the check's order.
pub(super) fn items(publication: &Publication) -> Vec<OwnItem> {
    let scope = publication.scopes.first();
    let title = |id: &str| {
        let mut known = scope.into_iter().flat_map(|scope| &scope.local);
        let found = known.find(|standard| standard.id == id);
        found.map_or_else(|| id.to_owned(), |standard| standard.title.clone())
    };
    let own = publication.items.iter().filter(|item| !item.national);
    own.map(|item| {
        let whole = whole(item);
        let or_none = |figure: Option<_>| figure.unwrap_or_else(unavailable);
        OwnItem {
            href: href(item),
            ask: item.ask.clone(),
            standard: title(&item.standard),
            value_words: found(item, whole),
            score: or_none(whole.map(|reading| reading.score.clone())),
            n: or_none(whole.map(|reading| reading.n.clone())),
        }
    })
    .collect()
}

/// The measures with a target, in the check's order.
pub(super) fn targets(publication: &Publication) -> Vec<TargetRow> {
    let set = publication.items.iter().filter(|i| !i.target.is_empty());
    set.map(|item| TargetRow {
        href: href(item),
        ask: item.ask.clone(),
        value_words: found(item, whole(item)),
        target: item.target.clone(),
        reached: item.target_reached.clone(),
    })
    .collect()
}

fn href(item: &Item) -> String {
    format!("{}#item-{}", standard_page(&item.standard), slug(&item.id))
}

/// By the council's own definition: a target is set on that.
fn whole(item: &Item) -> Option<&Reading> {
    let mut findings = item.findings.iter();
    let whole = findings.find(|finding| finding.breakdown == "whole");
    whole.map(|finding| &finding.local)
}

/// What was found, for a reader who does not know the symbols.
fn found(item: &Item, reading: Option<&Reading>) -> String {
    let Some(reading) = reading else {
        return "no figure".to_owned();
    };
    match reading.value.symbol.as_deref() {
        _ if !reading.claim.is_empty() => reading.claim.clone(),
        Some(symbol) if symbol == Missing::Confidential.symbol() => "withheld".to_owned(),
        Some(symbol) if symbol == Missing::Low.symbol() => "nearly 0".to_owned(),
        Some(_) => "no figure".to_owned(),
        None if item.kind == "question" => format!("{} out of 100", reading.value.text),
        None => with_unit(&reading.value, &item.unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::examples;

    #[test]
    fn a_councils_own_items_and_targets_are_told_with_what_was_found_in_words() {
        let mut example = examples::full();
        let told: Vec<String> = items(&example)
            .into_iter()
            .map(|row| format!("{}: {}", row.standard, row.value_words))
            .collect();
        assert_eq!(
            told,
            [
                "Caseload management: 4.2%",
                "Equality of experience: 66.0 out of 100"
            ]
        );
        let target = targets(&example).remove(0);
        assert_eq!(target.target, "at most 16");
        assert_eq!(target.reached, "not reached");
        for item in &mut example.items {
            for finding in &mut item.findings {
                finding.local.value.symbol = Some("c".to_owned());
            }
        }
        assert!(
            items(&example)
                .iter()
                .all(|row| row.value_words == "withheld")
        );
    }
}
