//! Publications in any order in; each council with its editions, oldest first, out.

use crate::publication::Publication;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A council and what it published, one edition a day, oldest first; at least one.
pub(super) struct Council<'p> {
    first: &'p Publication,
    later: Vec<&'p Publication>,
}

impl<'p> Council<'p> {
    /// The edition that is compared.
    pub fn latest(&self) -> &'p Publication {
        self.later.last().copied().unwrap_or(self.first)
    }

    /// The editions before the latest, oldest first.
    pub fn earlier(&self) -> Vec<&'p Publication> {
        let mut all: Vec<&Publication> = std::iter::once(self.first)
            .chain(self.later.iter().copied())
            .collect();
        all.pop();
        all
    }
}

/// The day on which a publication's records were counted.
pub(super) fn day(publication: &Publication) -> Option<Date> {
    publication.council.as_of.parse().ok()
}

/// Who a publication is about: the council's code, or without one its folder.
pub(crate) fn code(publication: &Publication) -> String {
    let code = publication.council.code.trim();
    if code.is_empty() {
        publication.id.clone()
    } else {
        code.to_uppercase()
    }
}

/// The councils by name, and what was left out in words.
pub(super) fn councils(
    publications: &[Publication],
    as_of: Option<Date>,
) -> (Vec<Council<'_>>, Vec<String>) {
    let mut left_out = Vec::new();
    let mut found: BTreeMap<String, BTreeMap<Date, Vec<&Publication>>> = BTreeMap::new();
    for publication in publications {
        let council = &publication.council;
        match day(publication) {
            None => left_out.push(format!(
                "{} is left out: its as-of date is not a day",
                council.name
            )),
            Some(day) if as_of.is_some_and(|as_of| day > as_of) => left_out.push(format!(
                "{}, {}, is left out: it is after the day of the comparison",
                council.name, council.as_of_words
            )),
            Some(day) => {
                let days = found.entry(code(publication)).or_default();
                let same = days.entry(day).or_default();
                // The same results named twice count once.
                if !same.contains(&publication) {
                    same.push(publication);
                }
            }
        }
    }
    let mut councils = Vec::new();
    for days in found.into_values() {
        let mut editions = Vec::new();
        for same in days.into_values() {
            match same.as_slice() {
                [one] => editions.push(*one),
                several => left_out.push(format!(
                    "{}, {}, is left out: it was given {} times, and they differ",
                    several[0].council.name,
                    several[0].council.as_of_words,
                    several.len()
                )),
            }
        }
        let mut editions = editions.into_iter();
        if let Some(first) = editions.next() {
            councils.push(Council {
                first,
                later: editions.collect(),
            });
        }
    }
    councils.sort_by_key(|council| {
        let latest = council.latest();
        (latest.council.name.to_lowercase(), latest.id.clone())
    });
    (councils, left_out)
}

/// The edition of the national core that most councils used last; of two, the later.
pub(super) fn common(councils: &[Council<'_>]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for council in councils {
        *counts.entry(&council.latest().edition).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(edition, count)| (*count, *edition))
        .map(|(edition, _)| edition.to_owned())
        .unwrap_or_default()
}
