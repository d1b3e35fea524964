//! `tonghop new`: creates a sector or a project and prints the new files and the next steps.

use super::environment::reader;
use super::reporter::{MessageFormat, Reporter, nothing_written};
use super::{Console, Exit, NewCommand, NewSectorArguments};
use crate::authoring::scaffold::{self, CreatedFiles, NewSector, ScaffoldError};
use std::io::{self, Write};
use std::path::Path;
use tonghop_core::diag::{Language, Message};
use tonghop_core::msg;

/// Creates the sector or the project.
pub(super) fn run(args: &NewCommand, language: Language, console: &mut Console<'_>) -> Exit {
    let (folder, created) = match args {
        NewCommand::Sector(args) => (&args.project, create_sector(args, console)),
        NewCommand::Project(args) => (&args.folder, scaffold::create_project(&args.folder)),
    };
    match created {
        Ok(created) => {
            // A closed output stream is not an error; the files are already written.
            let _ = print_created(&created, folder, language, console.out);
            Exit::Done
        }
        Err(error) => {
            let reporter = Reporter { format: MessageFormat::Human, language };
            let _ = reporter.report_reason(&error.message(), &nothing_written(), console);
            Exit::Failure
        }
    }
}

fn create_sector(args: &NewSectorArguments, console: &mut Console<'_>) -> Result<CreatedFiles, ScaffoldError> {
    let new = NewSector {
        id: args.id.clone(),
        title: args.title.clone(),
        department: args.department.clone(),
        department_name: args.department_name.clone(),
        section: args.section.clone(),
        from: args.from.clone(),
    };
    scaffold::create_sector(&args.project, &new, &*reader(console))
}

fn print_created(created: &CreatedFiles, folder: &Path, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let department = created.department.iter().map(|id| {
        msg!(
            "đơn vị báo cáo: {id}; nếu là đơn vị khác, hãy sửa departments trong tệp quy tắc",
            "reported by: {id}; if it is another department, change departments in the rule file"
        )
    });
    let written = created.files.iter().map(|file| msg!("đã tạo {file}", "created {file}"));
    let added = created.settings.iter().map(|lines| {
        let lines = lines.lines().map(|line| format!("\n  {line}")).collect::<String>();
        msg!("đã thêm vào tonghop.toml:{lines}", "added to tonghop.toml:{lines}")
    });
    let left_out = created.left_out.iter().map(|what| msg!("chưa đưa vào: {what}", "left out: {what}", what = *what));
    let next = msg!(
        "Tiếp theo: sửa các tệp trên, rồi chạy tonghop check {folder} và tonghop test {folder}",
        "Next: edit these files, then run tonghop check {folder} and tonghop test {folder}",
        folder = folder.display()
    );
    let mut messages = department.chain(written).chain(added).chain(left_out).chain([next]);
    messages.try_for_each(|message: Message| writeln!(out, "{}", message.in_language(language)))
}
