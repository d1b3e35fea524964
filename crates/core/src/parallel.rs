//! A parallel map over items, and locks.
//!
//! Input: items and the number of threads. Output: the results in the order of the items, independent of which thread
//! was first.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// Applies a function to every item on several threads; returns the results in the order of the items.
pub fn parallel_map<I: Send, T: Send>(
    items: impl IntoIterator<Item = I, IntoIter: Send>,
    threads: NonZeroUsize,
    function: &(dyn Fn(I) -> T + Sync),
) -> Vec<T> {
    let items = items.into_iter();
    let max_items = items.size_hint().1.unwrap_or(usize::MAX);
    let items = Mutex::new(items.enumerate());
    let next = || lock(&items).next();
    let run_worker = || std::iter::from_fn(next).map(|(at, item)| (at, function(item))).collect::<Vec<_>>();
    let mut done = thread::scope(|scope| {
        let helpers = threads.get().min(max_items).saturating_sub(1);
        let handles: Vec<_> = (0..helpers).map(|_| scope.spawn(run_worker)).collect();
        let mut done = run_worker();
        for helper in handles {
            done.extend(helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Acquires a lock, ignoring poisoning: the guarded data is never left inconsistent.
pub fn lock<T>(guarded: &Mutex<T>) -> MutexGuard<'_, T> {
    guarded.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::sync::Barrier;

    #[test]
    fn results_are_in_order() {
        let items: Vec<usize> = (0..100).collect();
        for threads in [1, 2, 3, 200] {
            let threads = NonZeroUsize::new(threads).unwrap();
            let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(parallel_map(&items, threads, &|item| item * 2), doubled);
            assert!(parallel_map([], threads, &|item: u8| item).is_empty());
        }
    }

    #[test]
    fn as_many_threads_work_as_are_asked_for() {
        let (together, names) = (Barrier::new(2), Mutex::new(BTreeSet::new()));
        parallel_map([1, 2], NonZeroUsize::new(2).unwrap(), &|_| {
            // Blocks until both threads have arrived.
            together.wait();
            names.lock().unwrap().insert(format!("{:?}", thread::current().id()));
        });
        assert_eq!(names.lock().unwrap().len(), 2);
    }
}
