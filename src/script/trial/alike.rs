//! Ids that have words in common.

use crate::diagnostic::nearest;
use std::collections::BTreeSet;

/// The one id that has at least half of its words in common with this one, where spelling
/// alone brings up none.
pub(super) fn alike<'a>(id: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    if nearest(id, known.clone()).is_some() {
        return None;
    }
    let words: BTreeSet<&str> = id.split('-').collect();
    let shared = |other: &str| {
        let others: BTreeSet<&str> = other.split('-').collect();
        (
            words.intersection(&others).count(),
            words.len().max(others.len()),
        )
    };
    let mut all: Vec<(usize, &str)> = known
        .map(|other| (shared(other), other))
        .filter(|((common, most), _)| *common > 0 && 2 * common >= *most)
        .map(|((common, _), other)| (common, other))
        .collect();
    all.sort_by_key(|(common, _)| std::cmp::Reverse(*common));
    match all[..] {
        [(first, meant), (second, _), ..] if first > second => Some(meant),
        [(_, meant)] => Some(meant),
        _ => None,
    }
}
