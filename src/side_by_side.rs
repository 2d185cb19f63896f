//! Work on many things at once: things and what to do with each in, results in their order out.

use crate::script::on_deep_stack;
use crate::stop::cores;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The same work on each, on as many threads as there are cores; results in order.
pub(super) fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    on_threads(1, items, work)
}

/// Threads a core for work that waits for the disk now and then: its core is another's then.
pub(super) const OF_A_CORE: usize = 2;

/// The same on so many threads a core.
pub(super) fn on_threads<T: Sync, R: Send>(
    of_a_core: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    if let [item] = items {
        return vec![work(item)];
    }
    let cores = cores();
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let hands: Vec<_> = (0..(of_a_core * cores).min(items.len()))
            .map(|_| {
                let all_of_mine = || {
                    let mut mine = Vec::new();
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(item) = items.get(index) else {
                            return mine;
                        };
                        mine.push((index, work(item)));
                    }
                };
                // One deep stack for all that this thread works on.
                scope.spawn(move || on_deep_stack(all_of_mine))
            })
            .collect();
        hands
            .into_iter()
            .flat_map(|hand| hand.join().expect("the work catches its own panics"))
            .collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

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
}
