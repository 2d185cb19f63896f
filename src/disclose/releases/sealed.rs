//! Tables and files in; the digests of them out that nobody can search.
//!
//! Of a table of few columns there are so few that fit the printed figures that a reader could
//! try them all until the digest fits, and would have found what is withheld. So the digest of
//! such a table is sealed: it is made together with the rows of a table of which there are too
//! many. Where there is none, no digest is told.

use super::digests::{WORTH_A_THREAD, columns, summed_up};
use crate::assessment::{Assessment, KindOf, Membership};
use crate::data::{self, Column, Policy, code_of};
use crate::digest::sha256_hex;
use crate::missing::Missing;
use crate::publication::{Input, RowsDigest};
use crate::stop::both;
use std::collections::{BTreeMap, HashMap};

/// What is told of the rows that a publication rests on.
pub(in crate::disclose) struct Sealed {
    /// Of each table that was brought.
    pub rows: Vec<RowsDigest>,
    seal: Option<Seal>,
}

/// The rows of a table that nobody can guess.
struct Seal {
    table: String,
    /// Not to be had from the table's own digest.
    key: String,
}

impl Seal {
    /// A digest that only those can try who have the rows.
    fn over(&self, sha256: &str) -> String {
        sha256_hex(format!("{sha256}\n{}\n", self.key).as_bytes())
    }
}

/// A table before its digest is told.
struct Summed {
    table: String,
    whole: Vec<u8>,
    is_beyond_guessing: bool,
}

impl Sealed {
    pub(in crate::disclose) fn of(assessment: &Assessment) -> Self {
        let brought = assessment
            .memberships
            .iter()
            .filter(|one| one.table.brought);
        let tables: Vec<Summed> = brought
            .map(|membership| Summed {
                table: membership.table.id.clone(),
                whole: summed_up(membership),
                is_beyond_guessing: is_beyond_guessing(assessment, membership),
            })
            .collect();
        // Records stand before a survey has come, and are the same afterwards.
        let mut strong: Vec<&Summed> = tables.iter().filter(|one| one.is_beyond_guessing).collect();
        strong.sort_by_key(|one| (one.table == "survey", one.table.clone()));
        let seal = strong.first().map(|one| Seal {
            table: one.table.clone(),
            key: sha256_hex(&[b"seal\n", &one.whole[..]].concat()),
        });
        let mut sealed = Self {
            rows: Vec::new(),
            seal,
        };
        for one in &tables {
            let (sha256, sealed_with) = sealed.told(sha256_hex(&one.whole), one.is_beyond_guessing);
            sealed.rows.push(RowsDigest {
                table: one.table.clone(),
                sha256,
                sealed_with,
            });
        }
        sealed
    }

    /// The same, beside some other work on the council if its rows are many.
    pub(in crate::disclose) fn beside<T>(
        assessment: &Assessment,
        work: impl FnOnce() -> T,
    ) -> (Self, T) {
        let mut brought = assessment.memberships.iter();
        if brought.all(|one| one.table.len < WORTH_A_THREAD) {
            return (Self::of(assessment), work());
        }
        both(|| Self::of(assessment), work)
    }

    /// What is told of a file. A file holds what its rows hold and more, so it is guessed no
    /// more than they are.
    pub(in crate::disclose) fn input(&self, input: &data::Input) -> Input {
        let is_plain = |table: &String| {
            let mut rows = self.rows.iter();
            rows.any(|of| of.table == *table && of.sha256.is_some() && of.sealed_with.is_none())
        };
        let is_open = input.table.as_ref().is_none_or(is_plain);
        let (sha256, sealed_with) = self.told(input.sha256.clone(), is_open);
        Input {
            path: input.path.clone(),
            sha256,
            sealed_with,
        }
    }

    /// A digest as it is told, and the table that it is sealed with.
    fn told(&self, sha256: String, is_plain: bool) -> (Option<String>, Option<String>) {
        match &self.seal {
            _ if is_plain => (Some(sha256), None),
            Some(seal) => (Some(seal.over(&sha256)), Some(seal.table.clone())),
            None => (None, None),
        }
    }
}

/// Bits that nobody tries out: half of them would do.
const BEYOND_GUESSING: f64 = 192.0;

/// Rows that are looked at: were all others known, these alone would do.
const ENOUGH_ROWS: usize = 2_000;

/// Whether the rows that the check covers are one of so many that nobody can try them, if it is
/// known who lies in which group, and of each group of any one breakdown how often each answer
/// and number stands in it: as many as there are orders of each column's cells within a group,
/// over the orders of its rows, which the digest does not tell apart.
///
/// Words count for nothing, since by them people are grouped, and neither does a column that
/// follows from another.
fn is_beyond_guessing(assessment: &Assessment, membership: &Membership) -> bool {
    // Sheets that were laid out from totals are no more than these.
    if membership.table.policy == Policy::Totals {
        return false;
    }
    let kept = membership.kind_of.kept().iter();
    let covered: Vec<(usize, u32)> = (kept.enumerate())
        .filter_map(|(row, kind)| Some((row, KindOf::read(*kind)?)))
        .take(ENOUGH_ROWS)
        .collect();
    let rows: Vec<usize> = covered.iter().map(|(row, _)| *row).collect();
    let mut free: Vec<Vec<usize>> = Vec::new();
    for (_, column) in columns(membership) {
        let Some(own) = numbered(column, &rows) else {
            continue;
        };
        if !free.iter().any(|other| follows_from(&own, other)) {
            free.retain(|other| !follows_from(other, &own));
            free.push(own);
        }
    }
    let breakdown_of = |group: usize| assessment.groups[group].breakdown.as_str();
    let mut breakdowns: Vec<&str> = (membership.groups.iter())
        .map(|group| breakdown_of(*group))
        .collect();
    breakdowns.sort_unstable();
    breakdowns.dedup();
    breakdowns.into_iter().all(|breakdown| {
        let group = |kind: u32| {
            let mut groups = membership.kinds[kind as usize].iter();
            groups.find(|group| breakdown_of(**group) == breakdown)
        };
        let mut parts: BTreeMap<Option<&usize>, Vec<usize>> = BTreeMap::new();
        for (at, (_, kind)) in covered.iter().enumerate() {
            parts.entry(group(*kind)).or_default().push(at);
        }
        let bits = |part: &Vec<usize>| {
            let ways = free.iter().map(|column| ways(column, part)).sum::<f64>();
            (ways - log2_factorial(part.len() as u64)).max(0.0)
        };
        parts.values().map(bits).sum::<f64>() >= BEYOND_GUESSING
    })
}

/// A column's different cells, numbered, row for row; `None` of words, and where all cells are
/// different: such may number the rows, and who knows them knows nothing more.
fn numbered(column: &Column, rows: &[usize]) -> Option<Vec<usize>> {
    let cells: Vec<(u8, u64)> = match column {
        Column::Answers { rows: marks, .. } => {
            let marks = marks.slice();
            rows.iter().map(|row| (0, marks[*row].into())).collect()
        }
        Column::Number(numbers) => {
            let missing = |missing: Missing| (1, code_of(missing).into());
            let cell = |row: &usize| {
                (numbers.get(*row)).map_or_else(missing, |number| (0, number.to_bits()))
            };
            rows.iter().map(cell).collect()
        }
        Column::Words { .. } => return None,
    };
    let mut numbers = HashMap::new();
    let mut numbered = Vec::with_capacity(cells.len());
    for cell in &cells {
        let next = numbers.len();
        numbered.push(*numbers.entry(*cell).or_insert(next));
    }
    (numbers.len() < cells.len()).then_some(numbered)
}

/// Whether whoever knows the other column knows this one, but for a tenth of the rows.
fn follows_from(own: &[usize], other: &[usize]) -> bool {
    let mut pairs: Vec<(usize, usize)> = other.iter().copied().zip(own.iter().copied()).collect();
    pairs.sort_unstable();
    let guessed: usize = pairs
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|beside| beside.chunk_by(|a, b| a == b).map(<[_]>::len).max())
        .sum();
    (own.len() - guessed) * 10 <= own.len()
}

/// Bits that tell in which order some cells stand, if it is known how often each does.
fn ways(cells: &[usize], rows: &[usize]) -> f64 {
    let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
    for row in rows {
        *counts.entry(cells[*row]).or_default() += 1;
    }
    let within: f64 = counts.values().map(|count| log2_factorial(*count)).sum();
    log2_factorial(rows.len() as u64) - within
}

/// log₂ n!, of many by Stirling's series.
fn log2_factorial(n: u64) -> f64 {
    if n < 256 {
        return (2..=n).map(|k| (k as f64).log2()).sum();
    }
    let n = n as f64;
    let ln = n * n.ln() - n + (std::f64::consts::TAU * n).ln() / 2.0 + 1.0 / (12.0 * n);
    ln * std::f64::consts::LOG2_E
}

#[cfg(test)]
mod tests {
    use super::{log2_factorial, ways};
    use std::collections::BTreeSet;

    #[test]
    fn there_are_at_least_as_many_tables_as_are_counted() {
        // Every table of four rows and three columns of 0, 1 or 2, by how often each stands in
        // which column.
        let columns: Vec<[u8; 4]> = (0..81_u8)
            .map(|n| [n / 27, n / 9 % 3, n / 3 % 3, n % 3])
            .collect();
        let sorted = |mut cells: [u8; 4]| {
            cells.sort_unstable();
            cells
        };
        let ways = |cells: [u8; 4]| ways(&cells.map(usize::from), &[0, 1, 2, 3]);
        let mut most = 0.0_f64;
        let margins: BTreeSet<[u8; 4]> = columns.iter().map(|column| sorted(*column)).collect();
        for a in &margins {
            for b in &margins {
                for c in &margins {
                    let orders = |of: &[u8; 4]| {
                        let all = columns.iter().filter(|column| sorted(**column) == *of);
                        all.copied().collect::<Vec<_>>()
                    };
                    let mut tables = BTreeSet::new();
                    // The order of the rows is not told apart, so the first column stays.
                    for second in orders(b) {
                        for third in orders(c) {
                            let mut rows: Vec<[u8; 3]> = (0..4)
                                .map(|row| [a[row], second[row], third[row]])
                                .collect();
                            rows.sort_unstable();
                            tables.insert(rows);
                        }
                    }
                    let counted: f64 = [a, b, c].iter().map(|of| ways(**of)).sum();
                    let bits = counted - log2_factorial(4);
                    assert!(
                        bits <= (tables.len() as f64).log2() + 1e-9,
                        "{a:?} {b:?} {c:?}"
                    );
                    most = most.max(bits);
                }
            }
        }
        assert!(most > 5.0, "{most}: it counts hardly anything");
    }

    #[test]
    fn the_series_goes_on_where_the_sum_ends() {
        for n in [256, 257, 1_000] {
            let sum: f64 = (2..=n).map(|k| (k as f64).log2()).sum();
            assert!((log2_factorial(n) - sum).abs() < 1e-6, "{n}");
        }
    }
}
