//! Pieces of work on rows in, what comes of each out: on threads of their own where rows are many.

use std::thread;

/// Rows beyond which work on a table is worth a thread of its own.
const WORTH_A_THREAD: usize = 100_000;

/// Does some work on each of some things, each with the rows that it takes; what comes of it, in
/// their order.
pub(super) fn side_by_side<I: Send, T: Send>(
    all: Vec<(usize, I)>,
    work: impl Fn(I) -> T + Sync,
) -> Vec<T> {
    if all.iter().all(|(rows, _)| *rows < WORTH_A_THREAD) {
        return all.into_iter().map(|(_, one)| work(one)).collect();
    }
    thread::scope(|scope| {
        let work = &work;
        let hands: Vec<_> = all
            .into_iter()
            .map(|(_, one)| scope.spawn(move || work(one)))
            .collect();
        hands
            .into_iter()
            .map(|hand| hand.join().expect("counting rows does not fail"))
            .collect()
    })
}
