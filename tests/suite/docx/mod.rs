//! The Word report: its form, its footnotes, its bookmarks, and the check of its numbers.

mod back_check;
mod decree;
mod hostile;
mod marks;
mod order;
mod package;
mod sample;
mod sources;
mod template;
mod tree;

use crate::project::{Project, clean_run};
use package::Package;
use std::sync::OnceLock;
use tonghop::pipeline::{self, Environment, NoProgress, OutputOptions, Run};
use tonghop::source::FolderSource;

/// The name of the Word report.
const WORD: &str = "bao-cao.docx";

fn clean_package() -> Package {
    Package::open(bytes(clean_run()))
}

/// Returns the run of a project whose rules add a table to the text and two appendices.
fn run_with_tables() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| run(&project_with_tables()))
}

fn project_with_tables() -> Project {
    let project = Project::new();
    let last =
        "{ so_far = \"Lũy kế nguồn vốn ngân sách thành phố đã ủy thác là {entrusted_so_far|short}.[ {borrowers}]\" })";
    project.change_file("plugins/budget.lua", last, &format!("{last}\n{TABLES}"));
    project
}

fn with_tables() -> Package {
    Package::open(bytes(run_with_tables()))
}

/// Rules for a table in the text, a small appendix, and one that is too wide for portrait paper.
const TABLES: &str = r#"
    local columns, cells = { "Khoản thu", "Thực hiện" }, { "{it.label}", "{it|bare}[{^note}]" }
    local note = "Tức {it|short}."
    out:table { title = "Các khoản thu", columns = columns, rows = d.rev_total.parts, cells = cells, note = note }
    out:table { title = "Thu theo khoản", columns = columns, rows = d.rev_total.parts, cells = cells, note = note,
      appendix = true }
    for i = 1, 5 do
      table.insert(columns, "Cột thêm")
      table.insert(cells, "{it}")
    end
    out:table { title = "Bảng rộng", columns = columns, rows = d.rev_total.parts, cells = cells, note = note,
      appendix = true }
"#;

fn run(project: &Project) -> Run {
    run_with(project, OutputOptions::default())
}

fn run_with(project: &Project, options: OutputOptions) -> Run {
    pipeline::run(&Environment::in_process(&FolderSource::new(project.folder())), &NoProgress, options).unwrap()
}

/// Returns the bytes of the Word report.
fn bytes(run: &Run) -> &[u8] {
    &run.files.iter().find(|file| file.name == WORD).expect("a Word report").bytes
}
