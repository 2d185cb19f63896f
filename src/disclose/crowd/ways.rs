//! How a withheld group may be hidden better: which groups are withheld in, the ways to bring people
//! outside of the group into one class with people inside of it out.

use super::{Crowd, Place};
use std::collections::BTreeSet;

/// Further groups to withhold: how many, how many rows they have, and which they are.
pub(in crate::disclose) type Way = (usize, u64, Vec<usize>);

impl Crowd {
    /// So many ways at the most, those of the fewest groups and rows first; of such as may be
    /// withheld.
    pub(in crate::disclose) fn ways(
        &self,
        hidden: &[bool],
        group: usize,
        may: impl Fn(&Place) -> bool,
        most: usize,
    ) -> Vec<Way> {
        let classes = self.classes(hidden);
        let found = self.seen_from(group, &classes);
        let (mut inside, mut only_inside) = (Vec::new(), vec![false; classes.count()]);
        for class in &found {
            inside.push(class.at);
            only_inside[class.at] = !class.mixes();
        }
        let outside: Vec<usize> = (0..classes.count())
            .filter(|at| !only_inside[*at])
            .collect();
        // What a reader knows anyhow is in every signature, withheld or not: a way of such
        // groups leads nowhere, and would be gone again and again.
        let mut nowhere = vec![0_u64; self.words];
        for (at, place) in self.places.iter().enumerate() {
            if !may(place) || place.known {
                nowhere[at / 64] |= 1 << (at % 64);
            }
        }
        let mut ways: BTreeSet<Way> = BTreeSet::new();
        for a in &inside {
            self.look_at(outside.len());
            for b in &outside {
                let (a, b) = (classes.signature(*a), classes.signature(*b));
                let words = || a.iter().zip(b).map(|(a, b)| a ^ b);
                let len: u32 = words().map(u64::count_ones).sum();
                let len = len as usize;
                let is_full = ways.len() == most;
                if len == 0
                    || words()
                        .zip(&nowhere)
                        .any(|(way, nowhere)| way & nowhere != 0)
                    || is_full && ways.last().is_some_and(|last| last.0 < len)
                {
                    continue;
                }
                let way: Vec<usize> = groups_of(words()).collect();
                let size = way.iter().map(|group| self.places[*group].size).sum();
                ways.insert((len, size, way));
                if ways.len() > most {
                    ways.pop_last();
                }
            }
        }
        ways.into_iter().collect()
    }
}

/// The groups whose bits are set, in order.
pub(super) fn groups_of(words: impl Iterator<Item = u64>) -> impl Iterator<Item = usize> {
    let of_word = |word: u64| (0..64).filter(move |bit| word & (1 << bit) != 0);
    words
        .enumerate()
        .flat_map(move |(at, word)| of_word(word).map(move |bit| 64 * at + bit))
}
