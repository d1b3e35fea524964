//! `tonghop check`: the main job without its last step, for whoever wants to know before anything is written.
//!
//! In come the arguments, out goes what there is to tell. Never here: a file.

use super::progress::Bar;
use super::summary::Summary;
use super::worker::reader;
use super::{Console, Exit, InputArguments};
use crate::diag::Severity;
use crate::pipeline::{self, Options};

/// Runs a project and writes nothing.
pub fn check(asked: &InputArguments, console: &mut Console<'_>) -> Exit {
    match pipeline::run(&asked.project, &mut *reader(console), &Bar::new(console.watched), Options::default()) {
        Ok(run) => {
            // Whoever closed a stream does not want the words; the exit code says the rest.
            let _ = asked.message_format.tell(&run, &Summary::new(&run, None), console);
            if run.count(Severity::Error) > 0 { Exit::Loss } else { Exit::Done }
        }
        Err(error) => {
            let _ = asked.message_format.tell_failure(&error, "Không kiểm tra được dự án.", console);
            Exit::Nothing
        }
    }
}
