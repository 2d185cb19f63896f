//! By how much the figures of a withheld group may move when people of its classes are
//! exchanged: score points, the parts of a split, the sides of a share.

use super::Crowd;
use super::moves::{Range, count_moves, pooled};
use crate::disclose::threshold::FURTHER_VALUES;

impl Crowd {
    /// By how many score points the group's total may move.
    pub(super) fn points_move(&self, counts: &[&[u64]], range: &Range) -> f64 {
        let highest = |counts: &[u64], mut people: u64, turned: bool| -> f64 {
            let mut sum = 0.0;
            let mut add = |answer: usize| {
                let taken = counts[answer].min(people);
                people -= taken;
                sum += taken as f64 * self.scale[answer].0;
            };
            if turned {
                (0..counts.len()).for_each(&mut add);
            } else {
                (0..counts.len()).rev().for_each(&mut add);
            }
            sum
        };
        match range {
            Range::Up(up) => highest(&pooled(counts), *up, false),
            Range::At(take) => counts
                .iter()
                .zip(take)
                .map(|(counts, take)| highest(counts, *take, false) - highest(counts, *take, true))
                .sum(),
        }
    }

    /// Whether each coarse part of the group's answers may have five values.
    pub(super) fn parts_move(&self, counts: &[&[u64]], range: &Range) -> bool {
        let parts = self.scale.iter().map(|(_, part)| part + 1).max();
        (0..parts.unwrap_or(0)).all(|part| {
            let of = |counts: &[u64]| -> u64 {
                let answers = counts.iter().zip(&self.scale);
                answers
                    .filter(|(_, (_, own))| *own == part)
                    .map(|(count, _)| count)
                    .sum()
            };
            count_moves(counts, range, of) >= FURTHER_VALUES
        })
    }

    /// Whether each side of a share may have five values, or as many as there are people on
    /// that side at all.
    pub(super) fn sides_move(&self, tally: usize, counts: &[&[u64]], range: &Range) -> bool {
        (0..2).all(|side| {
            let of = |counts: &[u64]| counts.get(side).copied().unwrap_or(0);
            let all: u64 = self.kinds.iter().map(|kind| of(&kind.tallies[tally])).sum();
            count_moves(counts, range, of) >= FURTHER_VALUES.min(all)
        })
    }
}
