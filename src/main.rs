//! The executable: passes arguments and streams to [`tonghop::cli`] and exits with its exit code.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use tonghop::cli::memory::CappedAllocator;

#[global_allocator]
static MEMORY: CappedAllocator = CappedAllocator;

fn main() -> ExitCode {
    tonghop::cli::signals::report_file_size_limit();
    let console = tonghop::cli::Console {
        out: &mut io::stdout().lock(),
        err: &mut io::stderr(),
        is_terminal: io::stderr().is_terminal(),
        is_out_terminal: io::stdout().is_terminal(),
        program: std::env::current_exe().ok(),
        threads: None,
    };
    ExitCode::from(tonghop::cli::run(std::env::args_os(), console))
}
