//! Configures the developer log of the program.
//!
//! Input: the level, from `-v` or the environment. Output: lines on the error stream, including those of the worker
//! processes. Not here: messages for users.

use std::io;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// The environment variable that filters by crate or module: `debug`, `warn,tonghop_read=trace`. It overrides `-v`.
pub(super) const ENV_VARIABLE: &str = "RUST_LOG";

/// Starts the log of this process; a second call changes nothing.
pub(super) fn start(verbosity: u8) {
    let wanted = environment_filter().and_then(|filter| filter.parse().ok());
    let filter: Targets = wanted.unwrap_or_else(|| Targets::new().with_default(level(verbosity)));
    // Without times and colours the same run logs the same lines, up to their order between threads.
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).without_time().with_ansi(false);
    // A program that uses this crate as a library may already have a logger.
    let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
}

/// Returns the log filter for child processes, in the syntax of [`ENV_VARIABLE`].
pub(super) fn child_filter() -> String {
    environment_filter().unwrap_or_else(|| LevelFilter::current().to_string().to_lowercase())
}

#[expect(clippy::disallowed_methods, reason = "only the command line reads the environment")]
fn environment_filter() -> Option<String> {
    std::env::var(ENV_VARIABLE).ok().filter(|filter| !filter.is_empty())
}

fn level(verbosity: u8) -> LevelFilter {
    match verbosity {
        0 => LevelFilter::WARN,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    }
}
