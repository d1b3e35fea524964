//! `tonghop watch`: runs the project again whenever a file is saved and prints what changed.
//!
//! It ends when the process is killed or the output stream is closed. It polls the files instead of subscribing to
//! system events, which network drives do not send. Not here: comparing runs.

use super::diff::{Format, error_label, print_difference, print_json_line};
use super::environment::{reader, threads};
use super::{Console, Exit, WatchArguments};
use crate::authoring::diff::Difference;
use crate::authoring::watch::{PollResult, WatchEvent, Watcher};
use crate::pipeline::{NoEarlierFiles, OutputOptions, Run};
use serde::Serialize;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;
use tonghop_core::diag::{Language, Message, Severity};
use tonghop_core::message::pluralise;
use tonghop_core::msg;

/// The pause per file while nothing happens, with its lower and upper bound: checking many files takes time.
const PAUSE_PER_FILE: Duration = Duration::from_micros(100);
const MIN_PAUSE: Duration = Duration::from_millis(20);
const MAX_PAUSE: Duration = Duration::from_millis(500);
/// How long the files must stay unchanged before the project is run.
const QUIET_PAUSE: Duration = Duration::from_millis(10);

/// Watches a project until the process ends or the output stream is closed.
pub(super) fn watch(args: &WatchArguments, language: Language, console: &mut Console<'_>) -> Exit {
    if !args.project.is_dir() {
        let message = msg!("không có thư mục {path}", "there is no folder {path}", path = args.project.display());
        let _ = writeln!(console.err, "{}: {}", error_label().in_language(language), message.in_language(language));
        return Exit::Failure;
    }
    let mut watch = Watcher::new(&args.project, reader(console), threads(console), language);
    let mut printer = EventPrinter { args, language, out: console.out };
    loop {
        let pause = match watch.poll() {
            PollResult::Unchanged => idle_pause(watch.file_count()),
            PollResult::Changing => QUIET_PAUSE,
            PollResult::Ran(event) => match printer.print(event) {
                Ok(()) => QUIET_PAUSE,
                // The output stream is closed.
                Err(_) => return Exit::Done,
            },
        };
        sleep(pause);
    }
}

/// Returns the pause before `files` files are checked again.
fn idle_pause(files: usize) -> Duration {
    PAUSE_PER_FILE.saturating_mul(u32::try_from(files).unwrap_or(u32::MAX)).clamp(MIN_PAUSE, MAX_PAUSE)
}

/// An event in the JSON format.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum WatchLine<'e> {
    /// Watching has begun; with the counts of the problems.
    Watching {
        errors: usize,
        warnings: usize,
    },
    Changed(&'e Difference),
    /// Something was lost; the figures are compared again when it is repaired.
    Lost(&'e Difference),
    /// A rule shows a value to its author.
    Printed {
        place: &'e str,
        message: &'e str,
    },
    /// There are no results.
    Failed {
        message: &'e str,
    },
    /// The outputs were written, or an error occurred.
    Written {
        folder: Option<PathBuf>,
        message: Option<String>,
    },
}

struct EventPrinter<'t> {
    args: &'t WatchArguments,
    language: Language,
    out: &'t mut dyn Write,
}

impl EventPrinter<'_> {
    /// Prints an event, and writes the outputs of a good run if `--write` is given.
    fn print(&mut self, event: WatchEvent) -> io::Result<()> {
        match self.args.format {
            Format::Human => self.print_text(&event)?,
            Format::Json => print_json_line(&self.json_line(&event), self.out)?,
        }
        if let WatchEvent::First(run) | WatchEvent::Changed(run, _) = &event {
            self.print_values(run)?;
        }
        self.out.flush()?;
        if let WatchEvent::First(run) | WatchEvent::Changed(run, _) = event
            && self.args.write
        {
            self.write(*run)?;
        }
        self.out.flush()
    }

    fn json_line<'e>(&self, event: &'e WatchEvent) -> WatchLine<'e> {
        match event {
            WatchEvent::First(run) => {
                WatchLine::Watching { errors: run.count(Severity::Error), warnings: run.count(Severity::Warning) }
            }
            WatchEvent::Changed(_, difference) => WatchLine::Changed(difference),
            WatchEvent::Lost(difference) => WatchLine::Lost(difference),
            WatchEvent::Failed(words) => WatchLine::Failed { message: words.in_language(self.language) },
        }
    }

    fn print_text(&mut self, event: &WatchEvent) -> io::Result<()> {
        match event {
            WatchEvent::First(run) => self.print_message(&watching_message(&self.args.project, run)),
            WatchEvent::Changed(_, difference) => {
                writeln!(self.out)?;
                print_difference(difference, self.language, self.out)
            }
            WatchEvent::Lost(difference) => {
                writeln!(self.out)?;
                write!(self.out, "{}", difference.to_page().render(self.language))?;
                self.print_message(&Message::new(
                    "Giữ kết quả của lần chạy tốt gần nhất; sửa xong sẽ so sánh với kết quả đó.",
                    "The last good results are kept; the next ones will be compared with them.",
                ))
            }
            WatchEvent::Failed(words) => {
                writeln!(self.out)?;
                self.print_message(&msg!(
                    "Chưa chạy được: {words}. Vẫn tiếp tục theo dõi.",
                    "No results: {words}. Still watching.",
                    words = *words
                ))
            }
        }
    }

    /// Prints what the rules show their authors.
    fn print_values(&mut self, run: &Run) -> io::Result<()> {
        for shown in run.printed_values() {
            let place = shown.places.first().map(ToString::to_string).unwrap_or_default();
            let message = shown.message.in_language(self.language);
            match self.args.format {
                Format::Human => writeln!(self.out, "{place}: {message}")?,
                Format::Json => print_json_line(&WatchLine::Printed { place: &place, message }, self.out)?,
            }
        }
        Ok(())
    }

    fn write(&mut self, mut run: Run) -> io::Result<()> {
        let out = self.args.out.clone().unwrap_or_else(|| self.args.project.join("out"));
        let written = run.render(OutputOptions::default(), &NoEarlierFiles).and_then(|()| run.write(&out));
        if self.args.format == Format::Json {
            let (folder, message) = match written {
                Ok((folder, _)) => (Some(folder), None),
                Err(error) => (None, Some(error.message().in_language(self.language).to_owned())),
            };
            return print_json_line(&WatchLine::Written { folder, message }, self.out);
        }
        self.print_message(&match written {
            Ok((folder, _)) => msg!("Đã ghi vào {folder}.", "Written to {folder}.", folder = folder.display()),
            Err(error) => {
                msg!("Chưa ghi được kết quả: {error}", "The results were not written: {error}", error = error.message())
            }
        })
    }

    fn print_message(&mut self, message: &Message) -> io::Result<()> {
        writeln!(self.out, "{}", message.in_language(self.language))
    }
}

fn watching_message(project: &Path, run: &Run) -> Message {
    let (errors, warnings) = (run.count(Severity::Error), run.count(Severity::Warning));
    msg!(
        "Đang theo dõi {project}: {errors} lỗi, {warnings} cảnh báo (tonghop check cho biết rõ). Ctrl-C để dừng.",
        "Watching {project}: {errors}, {warnings} (run tonghop check for details). Press Ctrl-C to stop.",
        project = project.display(),
        errors = Message::new(errors.to_string(), pluralise(errors, "error")),
        warnings = Message::new(warnings.to_string(), pluralise(warnings, "warning"))
    )
}
