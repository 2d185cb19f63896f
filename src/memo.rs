//! What was worked out before: a key over all that goes into a piece of work in, what came of it
//! out, from memory where the key is one of the last. A [`Memo`] is of one piece of work, [`Pieces`] of
//! many that are asked for together.
//!
//! A watch keeps such memories for each council; elsewhere a memory holds nothing. A key is a
//! SHA-256 over everything that the work reads, so no memory can make a result another: where
//! anything differs, the work is done.

use crate::stop::is_stopped;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// A SHA-256 over all that goes into a piece of work.
pub(crate) type Key = [u8; 32];

/// So many results are kept if nothing else is said: an edit is often taken back.
const KEPT: usize = 4;

/// What one piece of work gave the last times.
pub(crate) struct Memo<V> {
    /// The newest last; `None` where nothing is kept.
    known: Option<Mutex<Vec<(Key, V)>>>,
    /// How many are kept.
    most: usize,
    /// How often the work was done.
    done: Done,
}

impl<V: Clone> Default for Memo<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: Clone> Memo<V> {
    /// A memory that holds nothing: the work is always done.
    pub(crate) const fn none() -> Self {
        Self {
            known: None,
            most: 0,
            done: Done::new(),
        }
    }

    /// A memory that holds what was worked out last.
    pub(crate) const fn new() -> Self {
        Self::keeping(KEPT)
    }

    /// A memory that holds so many of the last results, at least one: as many as one run asks
    /// for, or it never finds any again.
    pub(crate) const fn keeping(most: usize) -> Self {
        Self {
            known: Some(Mutex::new(Vec::new())),
            most,
            done: Done::new(),
        }
    }

    /// What work gives whose input has this key. What comes of work that nobody wants any more
    /// is not kept.
    pub(crate) fn of(&self, key: impl FnOnce() -> Key, work: impl FnOnce() -> V) -> V {
        let Some(known) = &self.known else {
            return self.done.one(work);
        };
        let key = key();
        // What is behind the lock is whole between any two steps.
        let held = || known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = {
            let mut known = held();
            let at = known.iter().position(|(of, _)| *of == key);
            at.map(|at| {
                let newest = known.remove(at);
                let value = newest.1.clone();
                known.push(newest);
                value
            })
        };
        found.unwrap_or_else(|| {
            let value = self.done.one(work);
            if !is_stopped() {
                let mut known = held();
                if known.len() >= self.most {
                    known.remove(0);
                }
                known.push((key, value.clone()));
            }
            value
        })
    }

    /// How often the work was done.
    #[cfg(test)]
    pub(crate) fn times(&self) -> usize {
        self.done.times()
    }
}

/// How often work was done.
struct Done(AtomicUsize);

impl Done {
    const fn new() -> Self {
        Self(AtomicUsize::new(0))
    }

    fn one<V>(&self, work: impl FnOnce() -> V) -> V {
        self.0.fetch_add(1, Ordering::Relaxed);
        work()
    }

    #[cfg(test)]
    fn times(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// So many rounds a piece of work may not be asked for before it is let go: an edit is often taken
/// back, and a round of the planner is one.
const ROUNDS: u64 = 8;

/// What many small pieces of work gave that are asked for together, round after round.
pub(crate) struct Pieces<V> {
    /// `None` where nothing is kept.
    held: Option<Mutex<Held<V>>>,
    /// How often a piece was worked out.
    done: Done,
}

struct Held<V> {
    round: u64,
    /// Each with the last round in which it was asked for.
    known: BTreeMap<Key, (u64, V)>,
}

impl<V: Clone> Pieces<V> {
    /// A memory that holds nothing: the work is always done.
    pub(crate) const fn none() -> Self {
        Self {
            held: None,
            done: Done::new(),
        }
    }

    /// A memory of the last rounds.
    pub(crate) const fn new() -> Self {
        Self {
            held: Some(Mutex::new(Held {
                round: 0,
                known: BTreeMap::new(),
            })),
            done: Done::new(),
        }
    }

    /// A round begins: what was not asked for in the last of them is let go.
    pub(crate) fn begin(&self) {
        self.with(|held| {
            held.round += 1;
            let oldest = held.round.saturating_sub(ROUNDS);
            held.known.retain(|_, (asked, _)| *asked >= oldest);
        });
    }

    /// What a piece of work gives whose input has this key. What comes of work that nobody wants
    /// any more is not kept.
    pub(crate) fn of(&self, key: impl FnOnce() -> Key, work: impl FnOnce() -> V) -> V {
        if self.held.is_none() {
            return self.done.one(work);
        }
        let key = key();
        let found = self.with(|held| {
            let (asked, value) = held.known.get_mut(&key)?;
            *asked = held.round;
            Some(value.clone())
        });
        found.flatten().unwrap_or_else(|| {
            let value = self.done.one(work);
            if !is_stopped() {
                self.with(|held| held.known.insert(key, (held.round, value.clone())));
            }
            value
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut Held<V>) -> T) -> Option<T> {
        // What is behind the lock is whole between any two steps.
        let held = self.held.as_ref()?.lock();
        Some(act(&mut held.unwrap_or_else(PoisonError::into_inner)))
    }

    /// How often a piece was worked out.
    #[cfg(test)]
    pub(crate) fn times(&self) -> usize {
        self.done.times()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stop::stoppable;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    fn key(of: u8) -> Key {
        [of; 32]
    }

    #[test]
    fn work_is_done_once_for_each_of_the_last_keys() {
        let memo = Memo::new();
        for (of, times) in [(1, 1), (1, 1), (2, 2), (1, 2), (3, 3), (4, 4), (5, 5)] {
            assert_eq!(memo.of(|| key(of), || of), of);
            assert_eq!(memo.times(), times, "{of}");
        }
        // 2 was asked for longest ago.
        memo.of(|| key(1), || 1);
        assert_eq!(memo.times(), 5);
        memo.of(|| key(2), || 2);
        assert_eq!(memo.times(), 6);
    }

    #[test]
    fn a_run_of_several_steps_is_found_again_where_as_many_are_kept() {
        for (most, times) in [(5, 12), (6, 6)] {
            let memo = Memo::keeping(most);
            for of in [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6] {
                memo.of(|| key(of), || of);
            }
            assert_eq!(memo.times(), times, "{most}");
        }
    }

    #[test]
    fn without_a_memory_the_work_is_always_done_and_no_key_is_made() {
        let memo = Memo::none();
        for _ in 0..2 {
            assert_eq!(memo.of(|| unreachable!("no key is asked for"), || 7), 7);
        }
        assert_eq!(memo.times(), 2);
    }

    #[test]
    fn what_comes_of_stopped_work_is_not_kept() {
        let (memo, stop) = (Memo::new(), Arc::<AtomicBool>::default());
        let half = stoppable(&stop, || {
            memo.of(
                || key(1),
                || {
                    stop.store(true, Ordering::Relaxed);
                    "half"
                },
            )
        });
        assert_eq!(half, "half");
        assert_eq!(memo.of(|| key(1), || "whole"), "whole");
    }
    #[test]
    fn a_piece_is_worked_out_once_as_long_as_it_is_asked_for() {
        let pieces = Pieces::new();
        let asked = |of| pieces.of(|| key(of), || of);
        for round in 0..3 * ROUNDS {
            pieces.begin();
            assert_eq!((asked(1), asked(2)), (1, 2));
            assert_eq!(pieces.times(), 2, "{round}");
        }
        for _ in 0..=ROUNDS {
            pieces.begin();
            asked(1);
        }
        assert_eq!((asked(1), pieces.times()), (1, 2));
        assert_eq!((asked(2), pieces.times()), (2, 3), "it was let go");
    }

    #[test]
    fn pieces_without_a_memory_are_always_worked_out_and_those_of_stopped_work_are_not_kept() {
        let none = Pieces::none();
        for _ in 0..2 {
            none.begin();
            assert_eq!(none.of(|| unreachable!("no key is asked for"), || 7), 7);
        }
        assert_eq!(none.times(), 2);
        let (pieces, stop) = (Pieces::new(), Arc::new(AtomicBool::new(true)));
        let half = stoppable(&stop, || pieces.of(|| key(1), || "half"));
        assert_eq!(half, "half");
        assert_eq!(pieces.of(|| key(1), || "whole"), "whole");
    }
}
