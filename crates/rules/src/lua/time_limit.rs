//! Limits the processor time of rules.
//!
//! Input: a limit and the work. Output: whether the work has had its time. Not here: stopping it, which is up to the
//! interrupt of its Lua state.
//!
//! Processor time is limited, not time on the clock: whether a rule ends within its limit must not depend on what else
//! the machine does. It cannot wait for anything without using the processor. On systems that do not give the processor
//! time of a thread, the clock decides.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;
use tonghop_core::parallel::lock;

/// The time limit of work in one thread.
#[derive(Clone, Default)]
pub(crate) struct TimeLimit(Arc<State>);

#[derive(Default)]
struct State {
    /// Whether the limit has passed on the clock: only then is the processor time worth a look.
    may_be_over: AtomicBool,
    /// Once the limit is reached, it stays reached.
    is_over: AtomicBool,
    /// The processor time of the thread, in nanoseconds, at which the limit is reached.
    end: AtomicU64,
}

/// Whether the work is done, and the signal that it is.
type DoneSignal = (Mutex<bool>, Condvar);

/// Ends the clock when it is dropped, also by a panic of the work.
struct EndOfWork<'s>(&'s DoneSignal);

impl Drop for EndOfWork<'_> {
    fn drop(&mut self) {
        *lock(&self.0.0) = true;
        self.0.1.notify_all();
    }
}

impl TimeLimit {
    /// Runs `work`, which may ask in this thread whether its time is over.
    pub(crate) fn run<T>(&self, limit: Duration, work: impl FnOnce() -> T) -> T {
        let end = processor_time().unwrap_or_default().saturating_add(limit);
        self.0.end.store(nanoseconds(end), Ordering::Relaxed);
        let done = (Mutex::new(false), Condvar::new());
        std::thread::scope(|scope| {
            let _end = EndOfWork(&done);
            scope.spawn(|| self.wait(&done, limit));
            work()
        })
    }

    /// Returns whether the work in this thread has had its time.
    pub(crate) fn is_over(&self) -> bool {
        if !self.0.may_be_over.load(Ordering::Relaxed) {
            return false;
        }
        let has_ended = || processor_time().is_none_or(|now| nanoseconds(now) >= self.0.end.load(Ordering::Relaxed));
        if !self.0.is_over.load(Ordering::Relaxed) && has_ended() {
            self.0.is_over.store(true, Ordering::Relaxed);
        }
        self.0.is_over.load(Ordering::Relaxed)
    }

    /// Waits for the work to end or the limit to pass on the clock.
    fn wait(&self, (done, signal): &DoneSignal, limit: Duration) {
        let done = lock(done);
        let (done, _) = signal.wait_timeout_while(done, limit, |done| !*done).unwrap_or_else(PoisonError::into_inner);
        if !*done {
            self.0.may_be_over.store(true, Ordering::Relaxed);
        }
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// Returns the processor time of this thread, if the system gives it.
#[cfg(unix)]
fn processor_time() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

#[cfg(not(unix))]
fn processor_time() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_millis(20);

    #[test]
    #[cfg(unix)]
    fn time_without_the_processor_does_not_count() {
        let limit = TimeLimit::default();
        limit.run(LIMIT, || {
            std::thread::sleep(LIMIT * 4);
            assert!(!limit.is_over());
        });
    }

    #[test]
    fn work_is_over_after_its_time_and_stays_over() {
        let limit = TimeLimit::default();
        let start = processor_time();
        limit.run(LIMIT, || {
            while !limit.is_over() {
                std::hint::spin_loop();
            }
            let used = start.zip(processor_time()).map(|(start, end)| end.saturating_sub(start));
            assert!(used.is_none_or(|used| used >= LIMIT), "{used:?}");
        });
        limit.run(LIMIT, || assert!(limit.is_over()));
    }
}
