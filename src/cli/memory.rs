//! The memory of a process that reads workbooks: counted, and ended at a cap.
//!
//! In come requests for memory, out goes memory of the system, or the end of the process once the cap is passed; until
//! [`cap`] is called nothing is counted. Never here: who asks, and why.

#![expect(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::process;
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};

/// The exit code of a process that passed its cap.
pub const OVERRUN: u8 = 71;

const NO_CAP: isize = isize::MAX;

static CAP: AtomicIsize = AtomicIsize::new(NO_CAP);
/// Bytes that were given since the cap was set, less those that came back: below zero where older ones came back.
static GIVEN: AtomicIsize = AtomicIsize::new(0);

/// Ends this process with [`OVERRUN`] as soon as it holds `bytes` more than now.
pub fn cap(bytes: usize) {
    CAP.store(isize::try_from(bytes).unwrap_or(NO_CAP), Relaxed);
}

/// The allocator of the system, counted once there is a cap.
///
/// A library whose request is refused aborts without a word: the exit code says why the process had to end.
pub struct Capped;

/// Counts a change before it is made.
fn count(grown: isize) {
    let cap = CAP.load(Relaxed);
    if cap != NO_CAP && GIVEN.fetch_add(grown, Relaxed).saturating_add(grown) > cap && grown > 0 {
        // What ends a process may ask for memory itself.
        CAP.store(NO_CAP, Relaxed);
        #[expect(clippy::exit, reason = "an allocator may not unwind, and has no memory left to return an error")]
        process::exit(OVERRUN.into());
    }
}

fn size(bytes: usize) -> isize {
    isize::try_from(bytes).unwrap_or(isize::MAX)
}

// SAFETY: every request goes to the allocator of the system as it came; counting touches nothing but two numbers.
unsafe impl GlobalAlloc for Capped {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(size(layout.size()));
        // SAFETY: the caller keeps the contract of `alloc`, which is that of the system's allocator.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(size(layout.size()));
        // SAFETY: as for `alloc`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        count(-size(layout.size()));
        // SAFETY: `memory` came from the system's allocator with this layout.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count(size(new_size) - size(layout.size()));
        // SAFETY: `memory` came from the system's allocator with this layout; the caller bounds `new_size`.
        unsafe { System.realloc(memory, layout, new_size) }
    }
}
