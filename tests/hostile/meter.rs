//! Memory that the process holds, and the most it held; and what each thread holds, for
//! the limit on scripts.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicIsize, Ordering};

static HELD: AtomicIsize = AtomicIsize::new(0);
static MOST: AtomicIsize = AtomicIsize::new(0);

thread_local! {
    static MINE: Cell<isize> = const { Cell::new(0) };
}

/// Bytes that this thread holds.
pub fn bytes() -> usize {
    MINE.try_with(Cell::get)
        .map_or(0, |held| usize::try_from(held).unwrap_or(0))
}

/// Bytes that the process holds.
pub fn held() -> isize {
    HELD.load(Ordering::Relaxed)
}

/// Begins to look for the most.
#[allow(dead_code, reason = "not every test that includes this asks")]
pub fn begin() -> isize {
    let held = HELD.load(Ordering::Relaxed);
    MOST.store(held, Ordering::Relaxed);
    held
}

/// The most that was held beyond what was held then.
#[allow(dead_code, reason = "not every test that includes this asks")]
pub fn most_since(before: isize) -> usize {
    usize::try_from(MOST.load(Ordering::Relaxed) - before).unwrap_or(0)
}

fn count(change: isize) {
    let _ = MINE.try_with(|held| held.set(held.get().wrapping_add(change)));
    let held = HELD.fetch_add(change, Ordering::Relaxed) + change;
    if change > 0 {
        MOST.fetch_max(held, Ordering::Relaxed);
    }
}

fn signed(size: usize) -> isize {
    isize::try_from(size).unwrap_or(isize::MAX)
}

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: every call goes to the system's allocator as it came; counting touches plain
// numbers only.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        // SAFETY: the caller's promises are those the system asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-signed(layout.size()));
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(signed(size) - signed(layout.size()));
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }
}
