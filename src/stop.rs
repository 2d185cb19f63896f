//! Whether anybody still wants what a thread works on: a flag in, asked in the midst of work.
//! And work side by side, which that flag ends as well.
//!
//! Work of some length asks at its own grain (a formula each 128 steps, resampling at each
//! resample, the attacker at each exchange of its table) and comes to an end as soon as it
//! can, with anything: what comes of stopped work is thrown away by whoever stopped it.

use crate::restore::AtEnd;
use std::cell::RefCell;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread::{self, Scope, ScopedJoinHandle};

thread_local! {
    /// What tells this thread that nobody wants its work any more.
    static STOP: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
}

/// Runs `work`, which ends early once `stop` is true. For this thread alone.
pub(crate) fn stoppable<T>(stop: &Arc<AtomicBool>, work: impl FnOnce() -> T) -> T {
    let outer = STOP.replace(Some(stop.clone()));
    let _restored = AtEnd::of(|| STOP.set(outer));
    work()
}

/// Whether nobody wants this thread's work any more.
pub(crate) fn is_stopped() -> bool {
    #[cfg(test)]
    counted::one();
    STOP.with_borrow(|stop| {
        stop.as_ref()
            .is_some_and(|stop| stop.load(Ordering::Relaxed))
    })
}

/// What tells this thread that its work is not wanted any more, for threads that do a part of it.
pub(crate) fn flag() -> Arc<AtomicBool> {
    STOP.with_borrow(Clone::clone).unwrap_or_default()
}

/// How many cores this program may use, at least one: by so many work that goes side by side is
/// parted. Asked of the system once, which reads several files to say so.
pub(crate) fn cores() -> usize {
    static CORES: LazyLock<usize> =
        LazyLock::new(|| thread::available_parallelism().map_or(1, usize::from));
    *CORES
}

/// Two pieces of work side by side, the first on a thread of its own where there is another
/// core: both end early if this thread's work is no longer wanted, and a panic of either is
/// one of this thread.
pub(crate) fn both<A: Send, B>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if cores() == 1 {
        return (one(), other());
    }
    let stop = flag();
    thread::scope(|scope| {
        let one = begun(scope, move || stoppable(&stop, one));
        let other = other();
        (one.join(), other)
    })
}

/// Work that goes on beside this thread's, or that was done at once since the system has no thread left
/// for it.
pub(crate) enum Hand<'s, T> {
    Beside(ScopedJoinHandle<'s, T>),
    Done(T),
}

impl<T> Hand<'_, T> {
    /// What came of it; a panic of it is one of this thread.
    pub(crate) fn join(self) -> T {
        match self {
            Self::Beside(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Self::Done(result) => result,
        }
    }
}

/// Begins some work beside this thread's.
pub(crate) fn begun<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> Hand<'s, T> {
    let work = Arc::new(Mutex::new(Some(work)));
    let theirs = work.clone();
    let take = |work: &Mutex<Option<_>>| {
        let taken = work.lock().unwrap_or_else(PoisonError::into_inner).take();
        taken.expect("it is done by this thread only where no other began")
    };
    match thread::Builder::new().spawn_scoped(scope, move || take(&theirs)()) {
        Ok(thread) => Hand::Beside(thread),
        Err(_) => Hand::Done(take(&work)()),
    }
}

/// How often this thread asks, for tests of how soon work ends: counted, not timed.
#[cfg(test)]
pub(crate) mod counted {
    use std::cell::{Cell, RefCell};

    type Then = Box<dyn FnOnce()>;

    thread_local! {
        static ASKED: Cell<u64> = const { Cell::new(0) };
        static AT: RefCell<Option<(u64, Then)>> = const { RefCell::new(None) };
    }

    pub(super) fn one() {
        let asked = ASKED.get() + 1;
        ASKED.set(asked);
        let due = AT.with_borrow_mut(|at| at.take_if(|(number, _)| *number == asked));
        if let Some((_, then)) = due {
            then();
        }
    }

    /// Does some work; when it asks for the `number`th time, `then` happens before it is
    /// answered. Gives how often it asked in all.
    pub(crate) fn at<T>(
        number: u64,
        then: impl FnOnce() + 'static,
        work: impl FnOnce() -> T,
    ) -> (T, u64) {
        ASKED.set(0);
        AT.set(Some((number, Box::new(then))));
        let result = work();
        AT.set(None);
        (result, ASKED.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_panics_leaves_the_thread_unstopped() {
        let stop = Arc::new(AtomicBool::new(true));
        let panics = || stoppable(&stop, || -> () { panic!("a bug of ours") });
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics));
        assert!(caught.is_err());
        assert!(!is_stopped());
    }

    #[test]
    fn work_that_is_shared_out_is_stopped_with_the_work_it_is_part_of() {
        let stop = Arc::<AtomicBool>::default();
        assert_eq!(
            stoppable(&stop, || both(is_stopped, is_stopped)),
            (false, false)
        );
        stop.store(true, Ordering::Relaxed);
        assert_eq!(
            stoppable(&stop, || both(is_stopped, is_stopped)),
            (true, true)
        );
        assert_eq!(both(is_stopped, || 1), (false, 1));
    }

    #[test]
    fn a_panic_in_work_that_is_shared_out_is_one_of_the_work_it_is_part_of() {
        let caught = std::panic::catch_unwind(|| both(|| panic!("plain"), || 1));
        let panic = caught.expect_err("the work panicked");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"plain"));
    }

    #[test]
    fn work_is_wanted_until_its_own_flag_says_otherwise() {
        let (outer, inner) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        assert!(!is_stopped());
        stoppable(&outer, || {
            inner.store(true, Ordering::Relaxed);
            assert!(!is_stopped());
            stoppable(&inner, || assert!(is_stopped()));
            assert!(!is_stopped());
            outer.store(true, Ordering::Relaxed);
            assert!(is_stopped());
        });
        assert!(!is_stopped());
    }
}
