//! `tonghop read`: shows how a workbook was understood: its tables, headings, rows and cells.
//!
//! Input: a workbook in or outside the project. Output: text or JSON. Not here: the text ([`super::read_text`]).

use super::diff::{Format, error_label, print_json_line};
use super::environment::ProjectEnvironment;
use super::read_text;
use super::reporter::print_diagnostics;
use super::{Console, Exit, ReadArguments};
use crate::find;
use crate::pipeline::{self, WorkbookToShow};
use crate::source::read_file_following_links;
use std::path::{Path, PathBuf};
use tonghop_core::diag::{Language, Message, Severity};
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::msg;

/// Reads the workbook and prints how it was understood.
pub(super) fn read(args: &ReadArguments, language: Language, console: &mut Console<'_>) -> Exit {
    match read_workbook(args, console) {
        Ok((reading, problems)) => {
            let is_whole = problems.iter().all(|problem| problem.severity() != Severity::Error);
            // A closed stream is not an error.
            let _ = print_diagnostics(&problems, language, console.err);
            let _ = match args.format {
                Format::Human => read_text::print(&reading, language, console.is_out_terminal, console.out),
                Format::Json => print_json_line(&reading, console.out),
            };
            if is_whole { Exit::Done } else { Exit::PartialFailure }
        }
        Err(why) => {
            let _ = writeln!(console.err, "{}: {}", error_label().in_language(language), why.in_language(language));
            Exit::Failure
        }
    }
}

fn read_workbook(args: &ReadArguments, console: &Console<'_>) -> Result<pipeline::ShownWorkbook, Message> {
    let path = find_file(&args.file, &args.project);
    let bytes = read_file_following_links(&path).map_err(|error| {
        msg!(
            "không đọc được {path}: {error}",
            "{path} cannot be read: {error}",
            path = path.display(),
            error = error.message()
        )
    })?;
    let inside = path_in_project(&path, &args.project);
    let name = || FilePath::new(path.file_name().unwrap_or_default().to_string_lossy());
    let workbook = WorkbookToShow {
        bytes,
        file: inside.clone().unwrap_or_else(name),
        department: args.department.as_ref().map(|id| DepartmentId::new(id.as_str())),
    };
    let environment = ProjectEnvironment::new(&args.project, console);
    pipeline::show_workbook(&environment.borrow(), workbook).map_err(|error| error.message())
}

/// Returns the path of the file, which may also be given from the root of the project.
fn find_file(file: &Path, project: &Path) -> PathBuf {
    let in_project = project.join(file);
    if !file.exists() && in_project.exists() { in_project } else { file.to_owned() }
}

/// Returns the path of a file below `workbooks/` of the project, from the root of the project.
fn path_in_project(file: &Path, project: &Path) -> Option<FilePath> {
    let root = project.canonicalize().ok()?;
    let inside = file.canonicalize().ok()?;
    let inside = inside.strip_prefix(root).ok()?;
    Some(find::project_path(inside)).filter(|path| path.split_department().is_some())
}
