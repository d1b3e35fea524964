//! Decides when a worker has had its time for a workbook.
//!
//! Input: the limit, and the processor time of the worker while its answer is awaited. Output: whether to go on waiting.
//! Not here: ending the worker.
//!
//! The limit counts processor time, so that a busy machine loses no workbook. A worker that sleeps uses none, so waiting
//! is limited too, and extended by what the worker did. Where a system does not tell the processor time of another
//! process, waiting alone is limited, more generously.

use std::time::Duration;

/// How long one wait is: a look at the processor time between two waits costs little, and most workbooks need none.
const PAUSE: Duration = Duration::from_millis(200);
/// How many times the limit a worker may take without using a processor.
const IDLE_FACTOR: u32 = 6;
/// How much longer to wait for each second of processor time: a hundred processes may share the processor.
const SHARED_FACTOR: u32 = 100;

/// The time that a worker takes for one workbook.
pub(super) struct ReadingTime {
    limit: Duration,
    waited: Duration,
    /// The processor time of the worker at the first look.
    used_before: Option<Duration>,
}

impl ReadingTime {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, waited: Duration::ZERO, used_before: None }
    }

    /// Returns how long to wait for the answer before the next look.
    pub(super) fn pause(&self) -> Duration {
        PAUSE.min(self.limit)
    }

    /// Returns whether the worker has had its time, after a pause without an answer; `used` is all its processor time.
    pub(super) fn is_over(&mut self, used: Option<Duration>) -> bool {
        self.waited += self.pause();
        let Some(used) = used else { return self.waited >= self.limit * IDLE_FACTOR };
        let used = used.saturating_sub(*self.used_before.get_or_insert(used));
        used >= self.limit || self.waited >= self.limit * IDLE_FACTOR + used * SHARED_FACTOR
    }
}

/// Returns the processor time that a process has used, if the system tells it.
pub(super) fn processor_time(process: u32) -> Option<Duration> {
    /// The unit of `/proc`, the same on every Linux: a hundredth of a second.
    const TICK: Duration = Duration::from_millis(10);
    /// The places of user and system time after the name of the program, which may contain blanks (`man 5 proc`).
    const USER_AND_SYSTEM: [usize; 2] = [11, 12];
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = USER_AND_SYSTEM.map(|at| fields.get(at).and_then(|field| field.parse::<u32>().ok()));
    Some(TICK * ticks[0]?.saturating_add(ticks[1]?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the pauses until the time is over for a worker that uses this share of a processor.
    fn seconds_until_over(limit: u64, share: Option<f64>) -> u64 {
        let mut time = ReadingTime::new(Duration::from_secs(limit));
        let mut waited = Duration::ZERO;
        loop {
            waited += time.pause();
            // What a worker did for earlier workbooks does not count.
            let used = share.map(|share| Duration::from_secs(100) + waited.mul_f64(share));
            if time.is_over(used) || waited > Duration::from_secs(100_000) {
                return waited.as_secs();
            }
        }
    }

    #[test]
    fn processor_time_is_limited_and_sleep_too() {
        for (share, expected) in [
            (Some(1.0), 10..=11),
            (Some(0.5), 20..=21),
            // A busy machine.
            (Some(0.02), 500..=501),
            (Some(0.0), 60..=60),
            // Hardly any progress.
            (Some(0.001), 60..=80),
            // An unknown system.
            (None, 60..=60),
        ] {
            let seconds = seconds_until_over(10, share);
            assert!(expected.contains(&seconds), "{share:?}: {seconds}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_working_process_uses_its_processor() {
        let own = || processor_time(std::process::id()).unwrap();
        let before = own();
        let mut sum = 0_u64;
        while own() < before + Duration::from_millis(30) {
            sum = (0..100_000_u64).fold(sum, |sum, number| sum.wrapping_mul(31).wrapping_add(number));
        }
        assert!(own() > before, "{sum}");
    }
}
