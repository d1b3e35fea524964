//! Measures the time or the memory of a command, including all processes that it starts.
//!
//! Input: a command. Output: its wall and CPU time ([`measure_time`]), or the peak memory of its processes together
//! ([`measure_memory`]); never both, because sampling takes time itself. Memory is the sum of the proportional set
//! sizes, so that pages shared by several processes count once.

use crate::{Failure, system};
use std::fs;
use std::process::{Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// The interval between two samples of the memory.
const SAMPLE_INTERVAL: Duration = Duration::from_millis(2);

/// How a command ended.
pub enum RunStatus {
    Succeeded,
    Failed(String),
}

/// The time that a command took.
#[derive(Clone, Copy)]
pub struct Cost {
    pub wall: Duration,
    /// CPU time of the processes, in user and in system mode.
    pub cpu: Duration,
}

/// Runs a command and measures its time.
#[expect(clippy::disallowed_methods, reason = "a clock is what this is for")]
pub fn measure_time(command: &mut Command) -> Result<(RunStatus, Cost), Failure> {
    let start = Instant::now();
    let child = command.spawn()?;
    let (status, processors) = system::wait(child.id())?;
    Ok((run_status(status), Cost { wall: start.elapsed(), cpu: processors }))
}

/// Runs a command and measures its peak memory in bytes; `None` if the system does not report it.
pub fn measure_memory(command: &mut Command) -> Result<(RunStatus, Option<u64>), Failure> {
    let mut child = system::in_own_group(command).spawn()?;
    let mut peak = None;
    loop {
        peak = peak.max(group_memory(child.id()));
        if let Some(status) = child.try_wait()? {
            return Ok((run_status(status), peak));
        }
        thread::sleep(SAMPLE_INTERVAL);
    }
}

fn run_status(status: ExitStatus) -> RunStatus {
    if status.success() { RunStatus::Succeeded } else { RunStatus::Failed(format!("ended with {status}")) }
}

/// Returns the memory in use by the processes of a group, in bytes.
fn group_memory(group: u32) -> Option<u64> {
    let processes = fs::read_dir("/proc").ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let of_group = processes.filter(|process| process_group(process) == Some(group));
    of_group.filter_map(|process| process_memory(&process)).reduce(|sum, more| sum + more)
}

/// Returns the group of a process; `None` if it has ended or `process` is not a process id.
fn process_group(process: &str) -> Option<u32> {
    process.parse::<u32>().ok()?;
    let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The fields after the name, which may contain anything: state, parent, group.
    line.rsplit_once(')')?.1.split_whitespace().nth(2)?.parse().ok()
}

fn process_memory(process: &str) -> Option<u64> {
    let sizes = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = sizes.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}
