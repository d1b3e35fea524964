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
const PAUSE: Duration = Duration::from_millis(2);

/// How a command ended.
pub enum Ended {
    Well,
    Badly(String),
}

/// The time that a command took.
#[derive(Clone, Copy)]
pub struct Cost {
    pub wall: Duration,
    /// CPU time of the processes, in user and in system mode.
    pub processors: Duration,
}

/// Runs a command and measures its time.
#[expect(clippy::disallowed_methods, reason = "a clock is what this is for")]
pub fn time(command: &mut Command) -> Result<(Ended, Cost), Failure> {
    let start = Instant::now();
    let child = command.spawn()?;
    let (status, processors) = system::wait(child.id())?;
    Ok((ended(status), Cost { wall: start.elapsed(), processors }))
}

/// Runs a command and measures its peak memory in bytes; `None` if the system does not report it.
pub fn watch(command: &mut Command) -> Result<(Ended, Option<u64>), Failure> {
    let mut child = system::in_own_group(command).spawn()?;
    let mut most = None;
    loop {
        most = most.max(group_memory(child.id()));
        if let Some(status) = child.try_wait()? {
            return Ok((ended(status), most));
        }
        thread::sleep(PAUSE);
    }
}

fn ended(status: ExitStatus) -> Ended {
    if status.success() { Ended::Well } else { Ended::Badly(format!("ended with {status}")) }
}

/// Returns the memory in use by the processes of a group, in bytes.
fn group_memory(group: u32) -> Option<u64> {
    let processes = fs::read_dir("/proc").ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let of_group = processes.filter(|process| group_of(process) == Some(group));
    of_group.filter_map(|process| memory(&process)).reduce(|sum, more| sum + more)
}

/// Returns the group of a process; `None` if it has ended or `process` is not a process id.
fn group_of(process: &str) -> Option<u32> {
    process.parse::<u32>().ok()?;
    let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The fields after the name, which may contain anything: state, parent, group.
    line.rsplit_once(')')?.1.split_whitespace().nth(2)?.parse().ok()
}

fn memory(process: &str) -> Option<u64> {
    let sizes = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = sizes.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}
