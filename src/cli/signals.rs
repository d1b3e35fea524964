//! Signals that would end the program before it can say what happened.
//!
//! Output: a process in which a write beyond a limit of the system returns an error. Not here: Ctrl-C, which ends the
//! program.

/// Lets a write beyond the size limit of files (`ulimit -f`) return an error like a full disk.
///
/// By default, Unix ends the process with SIGXFSZ, without a word.
#[cfg(unix)]
pub fn report_file_size_limit() {
    #[expect(unsafe_code, reason = "the standard library has no way to ignore a signal")]
    // SAFETY: no handler is installed, so that no code runs when the signal arrives.
    unsafe {
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
    }
}

/// Does nothing: other systems have no such signal.
#[cfg(not(unix))]
pub fn report_file_size_limit() {}
