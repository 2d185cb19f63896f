//! How much memory this thread holds: an allocator, counting.
//!
//! A council's script runs whole on a thread of its own, so the count of that thread is
//! the count of that script. Here is all that is `unsafe` in the house.

use mimalloc::MiMalloc;
use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;

thread_local! {
    /// Bytes taken less bytes given back. What one thread takes and another gives back
    /// can bring it below nothing. A constant beginning means that reaching it allocates
    /// nothing, which an allocator must not do.
    static HELD: Cell<isize> = const { Cell::new(0) };
}

/// Bytes that this thread holds.
pub fn bytes() -> usize {
    HELD.try_with(Cell::get)
        .map_or(0, |held| usize::try_from(held).unwrap_or(0))
}

fn count(change: isize) {
    // A thread that is ending has no count any more, and needs none.
    let _ = HELD.try_with(|held| held.set(held.get().wrapping_add(change)));
}

fn signed(size: usize) -> isize {
    isize::try_from(size).unwrap_or(isize::MAX)
}

/// `mi_option_purge_delay` of mimalloc 2, which its Rust bindings do not name: milliseconds until
/// memory that is free goes back to the system, or -1 for never.
const PURGE_DELAY: i32 = 15;

/// A program that ends soon gives its memory back by ending, all at once: page by page it takes
/// a tenth of what a small council takes.
pub fn give_nothing_back() {
    set_purge_delay(-1);
}

/// A program that goes on for days gives back what it has had no use for in ten seconds: while
/// somebody saves again and again, giving it back and asking for it anew takes a tenth of each save.
pub fn give_back() {
    set_purge_delay(10_000);
}

#[allow(unsafe_code)]
fn set_purge_delay(millis: std::ffi::c_long) {
    // SAFETY: options may be set at any time, and this one takes any number.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, millis) }
}

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: every call is handed to mimalloc as it came, and its answer is
// handed back as it came; counting touches no memory but a plain number of this thread.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        // SAFETY: the caller keeps the allocator's promises, and they are mimalloc's.
        unsafe { MiMalloc.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        // SAFETY: as above.
        unsafe { MiMalloc.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-signed(layout.size()));
        // SAFETY: as above; the pointer came from mimalloc.
        unsafe { MiMalloc.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(signed(size) - signed(layout.size()));
        // SAFETY: as above; the pointer came from mimalloc.
        unsafe { MiMalloc.realloc(pointer, layout, size) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: usize = 1 << 19;

    fn a_million_bytes() -> Vec<u8> {
        std::hint::black_box(vec![0; 1 << 20])
    }

    /// Of the options beside it none begins at ten.
    #[test]
    #[allow(unsafe_code)]
    fn the_option_that_is_set_is_the_one_that_begins_at_ten_milliseconds() {
        // SAFETY: options may be read at any time.
        assert_eq!(unsafe { libmimalloc_sys::mi_option_get(PURGE_DELAY) }, 10);
    }

    #[test]
    fn what_a_thread_takes_and_gives_back_is_counted_on_that_thread() {
        let before = bytes();
        let held = a_million_bytes();
        assert!(bytes() > before + HALF);
        let other = std::thread::spawn(|| {
            let mine = a_million_bytes();
            let held = bytes();
            drop(mine);
            (held, bytes())
        });
        let (with, without) = other.join().unwrap();
        assert!(with > HALF && without < HALF, "{with} {without}");
        drop(held);
        assert!(bytes() < before + HALF);
    }
}
