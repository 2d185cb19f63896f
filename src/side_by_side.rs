//! Work on many things at once: things and what to do with each in, results in their order out.

use crate::restore::AtEnd;
use crate::script::{on_deep_stack, on_deep_thread};
use crate::stop::{self, cores, stoppable};
use std::cell::Cell;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

/// The same work on each, on as many threads as there are cores; results in order.
pub(crate) fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    on_threads(1, items, work)
}

/// Rows beyond which work on a table is worth a thread of its own.
const WORTH_A_THREAD: usize = 100_000;

/// The same where the most rows that it takes are so many.
pub(crate) fn where_rows_are_many<T: Sync, R: Send>(
    rows: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    match rows < WORTH_A_THREAD {
        true => items.iter().map(work).collect(),
        false => side_by_side(items, work),
    }
}

/// Threads a core for work that waits for the disk now and then: its core is another's then.
pub(crate) const OF_A_CORE: usize = 2;

thread_local! {
    /// Whether this thread is one of several that share work out: what they do is not shared
    /// out again, since the cores have enough to do.
    static SHARES: Cell<bool> = const { Cell::new(false) };
}

/// Work that goes on beside other work: nothing of it is shared out.
pub(crate) fn alone<T>(work: impl FnOnce() -> T) -> T {
    let before = SHARES.replace(true);
    let _restored = AtEnd::of(|| SHARES.set(before));
    work()
}

/// How many threads may share this thread's work, itself among them: so many a core.
pub(crate) fn hands(of_a_core: usize) -> usize {
    match SHARES.get() {
        true => 1,
        false => of_a_core * cores(),
    }
}

/// The same on so many threads a core, this one among them.
pub(crate) fn on_threads<T: Sync, R: Send>(
    of_a_core: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = hands(of_a_core).min(items.len());
    if threads <= 1 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let stop = stop::flag();
    let all_of_mine = || {
        let mut mine = Vec::new();
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(index)
        {
            mine.push((index, work(item)));
        }
        mine
    };
    let hand = || alone(|| stoppable(&stop, all_of_mine));
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        // One deep stack for all that a thread works on.
        let hands = (1..threads).map(|_| on_deep_thread(scope, hand));
        let hands: Vec<_> = hands.filter_map(Result::ok).collect();
        let mine = on_deep_stack(hand);
        let theirs = hands.into_iter().map(ScopedJoinHandle::join);
        let theirs = theirs.flat_map(|theirs| theirs.unwrap_or_else(|panic| resume_unwind(panic)));
        mine.into_iter().chain(theirs).collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stop::is_stopped;
    use std::collections::HashSet;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::thread::ThreadId;
    use std::time::Duration;

    #[test]
    fn work_that_panics_leaves_the_next_as_many_hands() {
        let before = hands(1);
        let panics = || alone(|| -> () { panic!("a bug of ours") });
        assert!(std::panic::catch_unwind(panics).is_err());
        assert_eq!(hands(1), before);
    }

    #[test]
    fn results_come_in_the_order_of_the_work_however_long_each_takes() {
        let items: Vec<u64> = (0..40).collect();
        let done = side_by_side(&items, |item| {
            thread::sleep(Duration::from_millis(item % 3));
            item * 2
        });
        assert_eq!(done, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert!(side_by_side(&Vec::<u64>::new(), |item| *item).is_empty());
    }

    #[test]
    fn what_is_shared_out_is_not_shared_out_again() {
        let threads = |_: &u64| -> HashSet<ThreadId> {
            let inner = side_by_side(&[1, 2, 3], |_: &u64| thread::current().id());
            inner.into_iter().collect()
        };
        for inner in side_by_side(&[1, 2, 3, 4], threads) {
            assert_eq!(inner.len(), 1, "one thread does all of one piece of work");
        }
    }

    #[test]
    fn work_that_nobody_wants_any_more_is_unwanted_on_each_thread() {
        let stop = Arc::new(AtomicBool::new(true));
        let found = stoppable(&stop, || {
            side_by_side(&[1, 2, 3, 4], |_: &u64| is_stopped())
        });
        assert_eq!(found, [true; 4]);
    }
}
