//! Renders files so that one that cannot be made costs only itself.
//!
//! Input: jobs that render files. Output: the files that could be made, and why the others could not. Not here: the
//! content of a file.

use super::{OutputFile, WriteError};
use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::message::Message;
use tonghop_core::model::id::FilePath;
use tonghop_core::panic_text::panic_text;
use tonghop_core::parallel::parallel_map;

/// The files that could be made.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The files, in the order of their jobs.
    pub files: Vec<OutputFile>,
    /// The files that could not be made.
    pub lost: Vec<LostOutput>,
}

/// A file that could not be made.
#[derive(Debug)]
pub struct LostOutput {
    /// Its path in the output folder; a folder if none of its files could be made.
    pub name: String,
    /// Why it could not be made.
    pub reason: WriteError,
}

impl LostOutput {
    /// Returns the problem at the path of the file.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(Code::OutputLost, Place::File(FilePath::new(self.name.as_str())), self.reason.message())
            .with_hint(Message::new(
                "dùng các tệp còn lại, và gửi thông báo này cho người quản trị chương trình",
                "use the other files, and send this message to the administrator of the program",
            ))
    }
}

/// A file, or why it could not be made.
pub(super) type RenderedFile = Result<OutputFile, LostOutput>;

/// Renders files that no other job renders.
pub(super) struct RenderJob<'a> {
    /// The path of its file, or what its files have in common.
    pub name: String,
    pub render: Box<dyn Fn() -> Vec<RenderedFile> + Send + 'a>,
}

/// Makes a file; a panic, which is a bug, costs only this file.
pub(super) fn rendered(name: String, make: impl FnOnce() -> Result<Vec<u8>, WriteError>) -> RenderedFile {
    match catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|panic| Err(bug(panic.as_ref()))) {
        Ok(bytes) => Ok(OutputFile { name, bytes }),
        Err(reason) => Err(LostOutput { name, reason }),
    }
}

/// Runs the jobs on several threads and returns their files in the order of the jobs.
pub(super) fn render_all<'a>(jobs: Vec<RenderJob<'a>>, threads: NonZeroUsize) -> Rendered {
    let run = |RenderJob { name, render }: RenderJob<'a>| {
        catch_unwind(AssertUnwindSafe(&render))
            .unwrap_or_else(|panic| vec![Err(LostOutput { name, reason: bug(panic.as_ref()) })])
    };
    let mut done = Rendered::default();
    for file in parallel_map(jobs, threads, &run).into_iter().flatten() {
        match file {
            Ok(file) => done.files.push(file),
            Err(lost) => done.lost.push(lost),
        }
    }
    done
}

/// Returns the jobs of a folder; if they cannot be made, one that says so.
pub(super) fn folder_jobs<'a>(name: &str, jobs: impl FnOnce() -> Vec<RenderJob<'a>>) -> Vec<RenderJob<'a>> {
    catch_unwind(AssertUnwindSafe(jobs)).unwrap_or_else(|panic| {
        let (name, text) = (name.to_owned(), panic_text(panic.as_ref()).to_owned());
        let lost = move || vec![Err(LostOutput { name: name.clone(), reason: WriteError::Bug(text.clone()) })];
        vec![RenderJob { name: String::new(), render: Box::new(lost) }]
    })
}

fn bug(panic: &(dyn Any + Send)) -> WriteError {
    WriteError::Bug(panic_text(panic).to_owned())
}
