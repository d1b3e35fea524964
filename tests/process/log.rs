//! The log: what the options and the environment show of a run and its worker processes, and nothing else.

use crate::project::{Project, clean};
use std::process::{Command, Output};

/// Runs a project with these options and this value of `RUST_LOG`.
fn run(project: &Project, options: &[&str], filter: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tonghop"));
    command.args(options).arg("run").arg(project.folder()).env("RUST_LOG", filter).output().unwrap()
}

/// Returns the lines of the log.
fn logged(output: &Output) -> Vec<String> {
    let levels = [" INFO ", "DEBUG ", "TRACE ", " WARN ", "ERROR "];
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    stderr.lines().filter(|line| levels.iter().any(|level| line.starts_with(level))).map(str::to_owned).collect()
}

#[test]
fn the_log_shows_what_is_asked_for_and_changes_no_output() {
    let project = Project::new();
    let read_by_worker = |line: &String| line.contains("tonghop_read: container is sound");
    let silent = run(&project, &[], "");
    assert_eq!(logged(&silent), Vec::<String>::new());
    assert!(project.output() == clean().files);
    for (options, filter, stages, workers) in [
        (&["-v"][..], "", true, false),
        (&["-vv"], "", true, true),
        (&["-vv"], "off", false, false),
        (&[], "warn,tonghop::pipeline=info", true, false),
    ] {
        // Cached workbooks are not read again.
        std::fs::remove_dir_all(project.path(".tonghop")).unwrap();
        let output = run(&project, options, filter);
        let lines = logged(&output);
        let is_stage = |line: &&String| line.starts_with(" INFO tonghop::pipeline: stage=");
        assert_eq!(lines.iter().any(|line| is_stage(&line)), stages, "{options:?} {filter}: {lines:#?}");
        assert_eq!(lines.iter().any(read_by_worker), workers, "{options:?} {filter}: {lines:#?}");
        assert!(project.output() == clean().files, "{options:?} {filter}");
        assert_eq!(output.stdout, silent.stdout);
    }
}
