//! `tonghop watch`: runs the project again whenever a file is saved and prints what changed.
//!
//! It ends when the process is killed or the output stream is closed. It polls the files instead of subscribing to
//! system events, which network drives do not send. Not here: comparing runs.

use super::diff::{Format, failure, line, told};
use super::worker::reader;
use super::{Console, Exit, WatchArguments};
use crate::authoring::diff::Difference;
use crate::authoring::watch::{Event, Look, Watch};
use crate::pipeline::{Options, Run};
use serde::Serialize;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;
use tonghop_core::diag::{Language, Severity, Words};
use tonghop_core::message::counted;
use tonghop_core::say;

/// The pause per file while nothing happens, with its lower and upper bound: checking many files takes time.
const STILL: Duration = Duration::from_micros(100);
const LEAST: Duration = Duration::from_millis(20);
const MOST: Duration = Duration::from_millis(500);
/// How long the files must stay unchanged before the project is run.
const QUIET: Duration = Duration::from_millis(10);

/// Watches a project until the process ends or the output stream is closed.
pub(super) fn watch(asked: &WatchArguments, language: Language, console: &mut Console<'_>) -> Exit {
    if !asked.project.is_dir() {
        let words = say!("không có thư mục {path}", "there is no folder {path}", path = asked.project.display());
        let _ = writeln!(console.err, "{}: {}", failure().in_language(language), words.in_language(language));
        return Exit::Nothing;
    }
    let mut watch = Watch::new(asked.project.clone(), reader(console), language);
    let mut teller = Teller { asked, language, out: console.out };
    loop {
        let pause = match watch.look() {
            Look::Still => still(watch.files()),
            Look::Moving => QUIET,
            Look::Answered(event) => match teller.tell(event) {
                Ok(()) => QUIET,
                // The output stream is closed.
                Err(_) => return Exit::Done,
            },
        };
        sleep(pause);
    }
}

/// Returns the pause before `files` files are checked again.
fn still(files: usize) -> Duration {
    STILL.saturating_mul(u32::try_from(files).unwrap_or(u32::MAX)).clamp(LEAST, MOST)
}

/// An event in the JSON format.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Answer<'e> {
    /// Watching has begun; with the counts of the problems.
    Watching {
        errors: usize,
        warnings: usize,
    },
    Changed(&'e Difference),
    /// Something was lost; the figures are compared again when it is repaired.
    Lost(&'e Difference),
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

struct Teller<'t> {
    asked: &'t WatchArguments,
    language: Language,
    out: &'t mut dyn Write,
}

impl Teller<'_> {
    /// Prints an event, and writes the outputs of a good run if `--write` is given.
    fn tell(&mut self, event: Event) -> io::Result<()> {
        match self.asked.format {
            Format::Human => self.human(&event)?,
            Format::Json => line(&self.answer(&event), self.out)?,
        }
        self.out.flush()?;
        if let Event::First(run) | Event::Changed(run, _) = event
            && self.asked.write
        {
            self.write(*run)?;
        }
        self.out.flush()
    }

    fn answer<'e>(&self, event: &'e Event) -> Answer<'e> {
        match event {
            Event::First(run) => {
                Answer::Watching { errors: run.count(Severity::Error), warnings: run.count(Severity::Warning) }
            }
            Event::Changed(_, difference) => Answer::Changed(difference),
            Event::Lost(difference) => Answer::Lost(difference),
            Event::Failed(words) => Answer::Failed { message: words.in_language(self.language) },
        }
    }

    fn human(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::First(run) => self.say(&watching(&self.asked.project, run)),
            Event::Changed(_, difference) => {
                writeln!(self.out)?;
                told(difference, self.language, self.out)
            }
            Event::Lost(difference) => {
                writeln!(self.out)?;
                write!(self.out, "{}", difference.page().text(self.language))?;
                self.say(&Words::new(
                    "Giữ kết quả của lần chạy tốt gần nhất; sửa xong sẽ so sánh với kết quả đó.",
                    "The last good results are kept; what is mended will be compared with them.",
                ))
            }
            Event::Failed(words) => {
                writeln!(self.out)?;
                self.say(&say!(
                    "Chưa chạy được: {words}. Vẫn tiếp tục theo dõi.",
                    "No results: {words}. Still watching.",
                    words = *words
                ))
            }
        }
    }

    fn write(&mut self, mut run: Run) -> io::Result<()> {
        let out = self.asked.out.clone().unwrap_or_else(|| self.asked.project.join("out"));
        let written = run.render(Options::default()).and_then(|()| run.write(&out));
        if self.asked.format == Format::Json {
            let (folder, message) = match written {
                Ok((folder, _)) => (Some(folder), None),
                Err(error) => (None, Some(error.words().in_language(self.language).to_owned())),
            };
            return line(&Answer::Written { folder, message }, self.out);
        }
        self.say(&match written {
            Ok((folder, _)) => say!("Đã ghi vào {folder}.", "Written to {folder}.", folder = folder.display()),
            Err(error) => {
                say!("Chưa ghi được kết quả: {error}", "Nothing was written: {error}", error = error.words())
            }
        })
    }

    fn say(&mut self, words: &Words) -> io::Result<()> {
        writeln!(self.out, "{}", words.in_language(self.language))
    }
}

fn watching(project: &Path, run: &Run) -> Words {
    let (errors, warnings) = (run.count(Severity::Error), run.count(Severity::Warning));
    say!(
        "Đang theo dõi {project}: {errors} lỗi, {warnings} cảnh báo (tonghop check cho biết rõ). Ctrl-C để dừng.",
        "Watching {project}: {errors}, {warnings} (tonghop check tells them). Ctrl-C ends it.",
        project = project.display(),
        errors = Words::new(errors.to_string(), counted(errors, "error")),
        warnings = Words::new(warnings.to_string(), counted(warnings, "warning"))
    )
}
