//! Limits the memory of a worker process with a counting allocator.
//!
//! Requests go to the system allocator. After [`cap`] was called they are counted, and the process exits when the
//! total exceeds the cap.

#![expect(unsafe_code, reason = "an allocator cannot be written without unsafe code")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::process;
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};

/// The exit code of a process that exceeded its cap.
pub const OVERRUN: u8 = 71;

const NO_CAP: isize = isize::MAX;

static CAP: AtomicIsize = AtomicIsize::new(NO_CAP);
/// The bytes allocated since the cap was set minus the bytes freed; negative if older allocations were freed.
static ALLOCATED: AtomicIsize = AtomicIsize::new(0);

/// Makes this process exit with [`OVERRUN`] when it allocates `bytes` more than it holds now.
pub fn cap(bytes: usize) {
    ALLOCATED.store(0, Relaxed);
    CAP.store(isize::try_from(bytes).unwrap_or(NO_CAP), Relaxed);
}

/// The system allocator, which counts once there is a cap.
///
/// A library aborts without a message if an allocation fails; the exit code shows the parent the reason.
pub struct CappedAllocator;

/// Counts a change of `grown` bytes before it happens.
fn record_change(grown: isize) {
    let cap = CAP.load(Relaxed);
    if cap != NO_CAP && ALLOCATED.fetch_add(grown, Relaxed).saturating_add(grown) > cap && grown > 0 {
        // Exiting may allocate memory.
        CAP.store(NO_CAP, Relaxed);
        #[expect(clippy::exit, reason = "an allocator may not unwind, and has no memory left to return an error")]
        process::exit(OVERRUN.into());
    }
}

fn to_isize(bytes: usize) -> isize {
    isize::try_from(bytes).unwrap_or(isize::MAX)
}

// SAFETY: every request is passed unchanged to the system allocator; counting only changes two atomic numbers.
unsafe impl GlobalAlloc for CappedAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        record_change(to_isize(layout.size()));
        // SAFETY: the caller fulfils the contract of `alloc`, which is the same for the system allocator.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        record_change(to_isize(layout.size()));
        // SAFETY: as for `alloc`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        record_change(-to_isize(layout.size()));
        // SAFETY: `memory` was allocated by the system allocator with this layout.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        record_change(to_isize(new_size) - to_isize(layout.size()));
        // SAFETY: `memory` was allocated by the system allocator with this layout; the caller guarantees `new_size`.
        unsafe { System.realloc(memory, layout, new_size) }
    }
}
