//! What a command costs, with all processes that it starts.
//!
//! In comes a command, out go the time on the wall and on the processors ([`time`]), or the most memory that its
//! processes held together ([`watch`]); never both, because watching takes time itself. Memory is the sum of the
//! proportional set sizes, so that pages which processes share count once. Never here: what the command does.

use crate::{Failure, system};
use std::fs;
use std::process::{Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// How often memory is looked at.
const PAUSE: Duration = Duration::from_millis(2);

/// How a command ended.
pub enum Ended {
    Well,
    Badly(String),
}

/// What a command took.
#[derive(Clone, Copy)]
pub struct Cost {
    pub wall: Duration,
    /// In the program and in the system for it.
    pub processors: Duration,
}

/// Runs a command and takes its time.
#[expect(clippy::disallowed_methods, reason = "a clock is what this is for")]
pub fn time(command: &mut Command) -> Result<(Ended, Cost), Failure> {
    let start = Instant::now();
    let child = command.spawn()?;
    let (status, processors) = system::wait(child.id())?;
    Ok((ended(status), Cost { wall: start.elapsed(), processors }))
}

/// Runs a command and watches its memory; none where the system does not tell it.
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

/// Returns the bytes that the processes of a group hold now.
fn group_memory(group: u32) -> Option<u64> {
    let processes = fs::read_dir("/proc").ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let of_group = processes.filter(|process| group_of(process) == Some(group));
    of_group.filter_map(|process| memory(&process)).reduce(|sum, more| sum + more)
}

/// Returns the group of a process; none if it is gone, or no process.
fn group_of(process: &str) -> Option<u32> {
    process.parse::<u32>().ok()?;
    let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // Behind the name, which may hold anything: state, parent, group.
    line.rsplit_once(')')?.1.split_whitespace().nth(2)?.parse().ok()
}

fn memory(process: &str) -> Option<u64> {
    let sizes = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = sizes.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}
