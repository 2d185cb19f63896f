//! Whether single answers stay hidden behind a split that lumps them: counts of answers and the
//! parts that are printed in, whether each may still be any of five numbers out.
//!
//! Beside the parts stand how many answered and their mean. If somebody in one part had
//! answered a step higher, and somebody a step lower, all three would be as they are. Each such
//! exchange is another set of whole numbers that a reader cannot rule out.

use crate::disclose::threshold::VALUES;
use std::collections::BTreeSet;
use std::ops::Range;

/// Numbers that each single answer must be able to be.
const FEWEST: usize = VALUES as usize;
/// Sets of counts tried at the most where exchanges of one sort do not suffice.
const PATIENCE: usize = 600;

/// Whether every answer behind a part of several may be any of five numbers. What is printed as
/// nought hides nothing.
pub(super) fn hides_single_answers(counts: &[u32], parts: &[Range<usize>]) -> bool {
    let mut seen: Vec<BTreeSet<u32>> = counts.iter().map(|count| [*count].into()).collect();
    let wanted: Vec<usize> = parts
        .iter()
        .filter(|part| part.len() > 1 && counts[(*part).clone()].iter().any(|count| *count > 0))
        .flat_map(Clone::clone)
        .collect();
    let enough = |seen: &[BTreeSet<u32>]| wanted.iter().all(|answer| seen[*answer].len() >= FEWEST);
    // Neighbours that one printed part holds: from the first to the second is a step up.
    let steps: Vec<usize> = parts
        .iter()
        .flat_map(|part| part.start..part.end.saturating_sub(1))
        .collect();
    // The same exchange again and again, while somebody is left to move.
    for up in &steps {
        for down in steps.iter().filter(|down| *down != up) {
            let mut now = counts.to_vec();
            for _ in 1..FEWEST {
                match exchanged(&now, *up, *down) {
                    Some(next) => now = next,
                    None => break,
                }
                see(&mut seen, &now);
            }
        }
    }
    let mut known: BTreeSet<Vec<u32>> = [counts.to_vec()].into();
    let mut next = vec![counts.to_vec()];
    while !enough(&seen) && !next.is_empty() && known.len() < PATIENCE {
        let mut further = Vec::new();
        for now in &next {
            for up in &steps {
                for down in steps.iter().filter(|down| *down != up) {
                    let Some(other) = exchanged(now, *up, *down) else {
                        continue;
                    };
                    if known.insert(other.clone()) {
                        see(&mut seen, &other);
                        further.push(other);
                    }
                }
            }
        }
        next = further;
    }
    enough(&seen)
}

/// One person a step up from the first answer, and one a step down to the second.
fn exchanged(counts: &[u32], up: usize, down: usize) -> Option<Vec<u32>> {
    let mut counts = counts.to_vec();
    for (from, to) in [(up, up + 1), (down + 1, down)] {
        counts[from] = counts[from].checked_sub(1)?;
        counts[to] += 1;
    }
    Some(counts)
}

fn see(seen: &mut [BTreeSet<u32>], counts: &[u32]) {
    for (seen, count) in seen.iter_mut().zip(counts) {
        seen.insert(*count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::SplitMix64;

    const THIRDS: [Range<usize>; 3] = [0..2, 2..3, 3..5];

    /// The numbers that each answer may be, by going through all counts with the same parts and
    /// total.
    fn possible(counts: &[u32; 5], parts: &[Range<usize>]) -> Vec<BTreeSet<u32>> {
        let sums = |of: &[u32; 5]| -> Vec<u32> {
            let total = (0..5).map(|answer| answer as u32 * of[answer]).sum();
            let parts = parts.iter().map(|part| of[part.clone()].iter().sum());
            parts.chain([total]).collect()
        };
        let (n, wanted) = (counts.iter().sum::<u32>(), sums(counts));
        let mut seen = vec![BTreeSet::new(); 5];
        for a in 0..=n {
            for b in 0..=n - a {
                for c in 0..=n - a - b {
                    for d in 0..=n - a - b - c {
                        let other = [a, b, c, d, n - a - b - c - d];
                        if sums(&other) == wanted {
                            see(&mut seen, &other);
                        }
                    }
                }
            }
        }
        seen
    }

    #[test]
    fn what_is_said_to_be_hidden_may_be_five_numbers_and_what_is_not_may_be_fewer() {
        let mut dice = SplitMix64::seeded(5);
        let forms: [&[Range<usize>]; 3] = [&THIRDS, &[0..3, 3..5], &[0..2, 2..5]];
        let mut hidden = 0;
        for _ in 0..120 {
            let counts = [0; 5].map(|_| dice.below(6) as u32);
            for parts in forms {
                let lumped = |answer: &usize| {
                    let part = parts.iter().find(|part| part.contains(answer));
                    part.is_some_and(|part| {
                        part.len() > 1 && counts[part.clone()].iter().any(|count| *count > 0)
                    })
                };
                let possible = possible(&counts, parts);
                let truly = (0..5).filter(lumped).all(|at| possible[at].len() >= 5);
                assert_eq!(
                    hides_single_answers(&counts, parts),
                    truly,
                    "{counts:?} {parts:?}"
                );
                hidden += u32::from(truly);
            }
        }
        assert!((40..320).contains(&hidden), "{hidden}");
    }

    #[test]
    fn a_mean_at_the_end_of_what_the_split_allows_tells_every_single_answer() {
        assert!(!hides_single_answers(&[0, 5, 5, 0, 5], &THIRDS));
        assert!(hides_single_answers(&[4, 4, 5, 4, 4], &THIRDS));
        assert!(!hides_single_answers(&[1, 2, 5, 6, 6], &THIRDS));
    }

    #[test]
    fn answers_that_are_printed_one_by_one_and_a_part_of_nobody_hide_nothing() {
        assert!(hides_single_answers(&[1, 2, 3], &[0..1, 1..2, 2..3]));
        assert!(hides_single_answers(&[0, 0, 20, 0, 0], &THIRDS));
    }

    #[test]
    fn long_scales_are_judged_as_well() {
        let seven = [0..3, 3..4, 4..7];
        assert!(hides_single_answers(&[4, 4, 4, 4, 4, 4, 4], &seven));
        assert!(!hides_single_answers(&[0, 0, 0, 4, 0, 0, 9], &seven));
    }
}
