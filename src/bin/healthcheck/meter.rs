//! How much memory this thread holds: the system's allocator, counting.
//!
//! A council's script runs whole on a thread of its own, so the count of that thread is
//! the count of that script. Here is the one `unsafe` of the house.

use std::alloc::{GlobalAlloc, Layout, System};
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

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: every call is handed to the system's allocator as it came, and its answer is
// handed back as it came; counting touches no memory but a plain number of this thread.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        // SAFETY: the caller keeps the allocator's promises, and they are the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-signed(layout.size()));
        // SAFETY: as above; the pointer came from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(signed(size) - signed(layout.size()));
        // SAFETY: as above; the pointer came from the system's allocator.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: usize = 1 << 19;

    fn a_million_bytes() -> Vec<u8> {
        std::hint::black_box(vec![0; 1 << 20])
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
