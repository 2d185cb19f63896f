//! Kinds by what a reader knows of them: which groups are withheld in, the classes that remain
//! out, and what each holds of one group.

use super::Crowd;

/// The classes that remain when some groups are withheld.
pub(super) struct Classes {
    /// The class of each kind.
    pub of: Vec<usize>,
    /// All kinds, class by class, and where each class begins among them.
    kinds: Vec<usize>,
    starts: Vec<usize>,
    /// The class of those of whom nothing is known.
    pub unknown: Option<usize>,
    /// The groups of each class that a reader knows of, as bits, so many words a class.
    signatures: Vec<u64>,
    words: usize,
    /// How many people each class holds.
    people: Vec<u64>,
    /// Each tally of each class, one class after the other, and how long one is.
    tallies: Vec<(usize, Vec<u64>)>,
}

impl Classes {
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The kinds of one class.
    pub fn kinds(&self, class: usize) -> &[usize] {
        let end = self.starts.get(class + 1).copied();
        &self.kinds[self.starts[class]..end.unwrap_or(self.kinds.len())]
    }

    pub fn people(&self, class: usize) -> u64 {
        self.people[class]
    }

    /// How many answers there are, and how many of each class gave each of them, one class after the
    /// other; where nothing is known of people but how many they are, that.
    pub fn each_answer(&self) -> (usize, Vec<u64>) {
        let (len, counts) = self
            .tallies
            .first()
            .map_or((1, &self.people), |(len, counts)| (*len, counts));
        (len, counts.clone())
    }

    /// The groups of a class that a reader knows of, as bits.
    pub fn signature(&self, class: usize) -> &[u64] {
        &self.signatures[class * self.words..(class + 1) * self.words]
    }

    /// One tally of everybody in each of these classes.
    pub fn counts(&self, tally: usize, of: &[&Class]) -> Vec<&[u64]> {
        let (len, counts) = &self.tallies[tally];
        of.iter()
            .map(|class| &counts[class.at * len..(class.at + 1) * len])
            .collect()
    }
}

/// What one class holds, seen from a group that holds some of its kinds.
pub(super) struct Class {
    pub at: usize,
    pub people: u64,
    /// How many of them the group holds.
    pub inside: u64,
    /// How many kinds it has inside the group, and outside of it.
    pub kinds: [usize; 2],
    /// Each amount inside of the group, and outside of it.
    pub amounts: Vec<(f64, f64)>,
}

impl Class {
    /// Whether it holds kinds both inside and outside. One outside of whom the item rests on
    /// nobody will do: that somebody lies there a reader may know, how many of them the item rests
    /// on is told nowhere, and so any of the class may be there.
    pub fn mixes(&self) -> bool {
        self.kinds[1] > 0
    }
}

impl Crowd {
    /// Kinds by signature.
    pub(super) fn classes(&self, hidden: &[bool]) -> Classes {
        self.look_at(self.kinds.len());
        let mut open = vec![0_u64; self.words];
        for (group, place) in self.places.iter().enumerate() {
            if !hidden[group] || place.known {
                open[group / 64] |= 1 << (group % 64);
            }
        }
        let mut seen = self.bits.clone();
        for chunk in seen.chunks_mut(self.words) {
            for (word, open) in chunk.iter_mut().zip(&open) {
                *word &= open;
            }
        }
        let signature = |kind: usize| &seen[kind * self.words..(kind + 1) * self.words];
        let mut kinds: Vec<usize> = (0..self.kinds.len()).collect();
        kinds.sort_unstable_by(|a, b| signature(*a).cmp(signature(*b)).then(a.cmp(b)));
        let (mut of, mut starts, mut unknown) = (vec![0; kinds.len()], Vec::new(), None);
        let mut signatures = Vec::new();
        for (at, kind) in kinds.iter().enumerate() {
            if at == 0 || signature(kinds[at - 1]) != signature(*kind) {
                if signature(*kind).iter().all(|word| *word == 0) {
                    unknown = Some(starts.len());
                }
                starts.push(at);
                signatures.extend_from_slice(signature(*kind));
            }
            of[*kind] = starts.len() - 1;
        }
        let mut people = vec![0; starts.len()];
        for (kind, class) in self.kinds.iter().zip(&of) {
            people[*class] += kind.people;
        }
        let tallies = self.kinds.first().map_or(0, |kind| kind.tallies.len());
        let tallies = (0..tallies)
            .map(|tally| self.tallies_of(tally, &of, starts.len()))
            .collect();
        Classes {
            of,
            kinds,
            starts,
            unknown,
            signatures,
            words: self.words,
            people,
            tallies,
        }
    }

    fn tallies_of(&self, tally: usize, of: &[usize], classes: usize) -> (usize, Vec<u64>) {
        let len = self.kinds[0].tallies[tally].len();
        let mut counts = vec![0; len * classes];
        for (kind, class) in self.kinds.iter().zip(of) {
            let all = &mut counts[class * len..(class + 1) * len];
            let own = all.iter_mut().zip(&kind.tallies[tally]);
            own.for_each(|(all, own)| *all += own);
        }
        (len, counts)
    }

    /// The classes that have kinds inside a group, in order.
    pub(super) fn seen_from(&self, group: usize, classes: &Classes) -> Vec<Class> {
        let members = &self.members[group];
        self.look_at(members.len());
        let mut inside: Vec<(usize, u64)> = members
            .iter()
            .map(|kind| (classes.of[*kind], self.kinds[*kind].people))
            .collect();
        inside.sort_unstable();
        inside
            .chunk_by(|(one, _), (other, _)| one == other)
            .map(|own| {
                let (at, kinds) = (own[0].0, classes.kinds(own[0].0));
                Class {
                    at,
                    people: classes.people(at),
                    inside: own.iter().map(|(_, people)| people).sum(),
                    kinds: [own.len(), kinds.len() - own.len()],
                    amounts: self.amounts_from(group, kinds),
                }
            })
            .collect()
    }

    fn amounts_from(&self, group: usize, kinds: &[usize]) -> Vec<(f64, f64)> {
        let mut amounts = vec![(0.0, 0.0); self.kinds[kinds[0]].amounts.len()];
        if amounts.is_empty() {
            return amounts;
        }
        self.look_at(kinds.len());
        for kind in kinds {
            let inside = self.holds(group, *kind);
            for (all, own) in amounts.iter_mut().zip(&self.kinds[*kind].amounts) {
                *(if inside { &mut all.0 } else { &mut all.1 }) += own;
            }
        }
        amounts
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Crowd, Kind, Place};

    #[test]
    fn beside_a_combination_of_whom_nobody_answered_a_group_is_hidden_as_beside_others() {
        let kind = |group: usize, people: u64| Kind {
            groups: vec![0, group],
            people,
            ..Kind::default()
        };
        let place = Place {
            size: 12,
            may_hide: true,
            scope: false,
            known: false,
            rolled: false,
            sized: false,
        };
        let crowd = Crowd::new(vec![kind(1, 12), kind(2, 0)], vec![place; 3], 10, vec![]);
        assert!(crowd.hides_all(&[false, true, true]));
        assert!(!crowd.hides_all(&[false, true, false]), "nobody is beside");
    }
}
