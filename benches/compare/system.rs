//! Unix process functions: process groups, and the CPU time of a process including the children it waited for.
//!
//! Systems other than Unix do not report the CPU time; there, [`wait`] returns an error.

#![cfg_attr(
    unix,
    expect(unsafe_code, reason = "only the system tells the processor time of a process with its children")
)]

use std::io;
use std::process::{Command, ExitStatus};
use std::time::Duration;

/// Makes a command start in a new process group.
pub fn in_own_group(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command
}

/// Waits for a child; returns its exit status and its CPU time, including the processes it waited for.
#[cfg(unix)]
pub fn wait(child: u32) -> io::Result<(ExitStatus, Duration)> {
    let mut status = 0;
    // SAFETY: all zeros are a valid `rusage`, a struct of numbers.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both pointers are to live variables of the types that the call fills.
    let waited = unsafe { libc::wait4(child.cast_signed(), &mut status, 0, &mut usage) };
    if waited < 0 {
        return Err(io::Error::last_os_error());
    }
    let status = std::os::unix::process::ExitStatusExt::from_raw(status);
    Ok((status, duration(usage.ru_utime) + duration(usage.ru_stime)))
}

#[cfg(not(unix))]
pub fn wait(_: u32) -> io::Result<(ExitStatus, Duration)> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn duration(time: libc::timeval) -> Duration {
    Duration::from_secs_f64(time.tv_sec as f64 + time.tv_usec as f64 / 1e6)
}
