//! `tonghop new`: creates a sector or a project and prints the new files and the next steps.

use super::tell::{MessageFormat, Telling, nothing_written};
use super::worker::reader;
use super::{Console, Exit, NewCommand, NewSectorArguments};
use crate::authoring::scaffold::{self, Made, NewSector, ScaffoldError};
use std::io::{self, Write};
use std::path::Path;
use tonghop_core::diag::{Language, Words};
use tonghop_core::say;

/// Creates the sector or the project.
pub(super) fn run(asked: &NewCommand, language: Language, console: &mut Console<'_>) -> Exit {
    let (folder, made) = match asked {
        NewCommand::Sector(asked) => (&asked.project, sector(asked, console)),
        NewCommand::Project(asked) => (&asked.folder, scaffold::project(&asked.folder)),
    };
    match made {
        Ok(made) => {
            // A closed output stream is not an error; the files are already written.
            let _ = tell(&made, folder, language, console.out);
            Exit::Done
        }
        Err(error) => {
            let telling = Telling { format: MessageFormat::Human, language };
            let _ = telling.tell_reason(&error.words(), &nothing_written(), console);
            Exit::Nothing
        }
    }
}

fn sector(asked: &NewSectorArguments, console: &mut Console<'_>) -> Result<Made, ScaffoldError> {
    let new = NewSector {
        id: asked.id.clone(),
        title: asked.title.clone(),
        department: asked.department.clone(),
        department_name: asked.department_name.clone(),
        section: asked.section.clone(),
        from: asked.from.clone(),
    };
    scaffold::sector(&asked.project, &new, &*reader(console))
}

fn tell(made: &Made, folder: &Path, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let department = made.department.iter().map(|id| {
        say!(
            "đơn vị báo cáo: {id}; nếu là đơn vị khác, hãy sửa departments trong tệp quy tắc",
            "reported by: {id}; if it is another one, change departments in the rule file"
        )
    });
    let created = made.files.iter().map(|file| say!("đã tạo {file}", "created {file}"));
    let added = made.settings.iter().map(|lines| {
        let lines = lines.lines().map(|line| format!("\n  {line}")).collect::<String>();
        say!("đã thêm vào tonghop.toml:{lines}", "added to tonghop.toml:{lines}")
    });
    let left_out = made.left_out.iter().map(|what| say!("chưa đưa vào: {what}", "left out: {what}", what = *what));
    let next = say!(
        "Tiếp theo: sửa các tệp trên, rồi chạy tonghop check {folder} và tonghop test {folder}",
        "Next: edit these files, then run tonghop check {folder} and tonghop test {folder}",
        folder = folder.display()
    );
    let mut told = department.chain(created).chain(added).chain(left_out).chain([next]);
    told.try_for_each(|words: Words| writeln!(out, "{}", words.in_language(language)))
}
