//! Values that a breakdown's groups name beside what rows say: a warning for each that no row has. A group of
//! such values alone is empty, and whoever was meant is in none.

use super::Said;
use crate::check::Breakdown;
use crate::data::Rows;
use crate::diagnostic::{Code, Diagnostic};
use crate::national::THRESHOLD;
use std::collections::BTreeMap;

/// Values that are listed.
const MOST_VALUES: usize = 12;

pub(super) fn named(breakdown: &Breakdown, said: &[(&Rows, Said)]) -> Vec<Diagnostic> {
    let mut rows_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (value, rows) in said.iter().flat_map(|(_, said)| said) {
        if let Some(value) = value {
            *rows_of.entry(value).or_default() += rows.len();
        }
    }
    if rows_of.is_empty() {
        return Vec::new();
    }
    let named = || breakdown.groups.iter().flat_map(|(_, values)| values);
    let left: Vec<(&str, usize)> = rows_of
        .iter()
        .filter(|(value, _)| named().all(|one| one.value != **value))
        .map(|(value, rows)| (*value, *rows))
        .collect();
    let missing = named().filter(|value| !rows_of.contains_key(value.value.as_str()));
    missing
        .map(|value| {
            let told = |fewest: usize| {
                let shown = left.iter().filter(|(_, rows)| *rows >= fewest);
                let shown: Vec<&str> = shown.map(|(value, _)| *value).collect();
                let message = format!(
                    "no row has \"{}\" in `{}`, so nobody is in this group by it",
                    value.value, breakdown.by
                );
                let listed: Vec<&str> = shown.iter().copied().take(MOST_VALUES).collect();
                let others = match listed.as_slice() {
                    [] => "every other value is in a group".to_owned(),
                    some => format!("in no group: \"{}\"", some.join("\", \"")),
                };
                Diagnostic::new(Code::ValueNotThere, value.place.clone(), message)
                    .did_you_mean(&value.value, shown, others)
                    .offered()
            };
            told(THRESHOLD as usize).masking(told(1))
        })
        .collect()
}
