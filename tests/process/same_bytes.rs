//! The same input gives the same bytes, independent of place, time and language of the machine.

use crate::project::{OUTPUTS, Outcome, Project, book};
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn place_time_zone_and_language_leave_no_trace() {
    let (here, there) = (Project::new(), Project::new());
    let near =
        run(&here, program().current_dir(here.folder()).env("TZ", "Asia/Ho_Chi_Minh").env("LC_ALL", "vi_VN.UTF-8"));
    let far =
        run(&there, program().arg("run").arg(there.folder()).current_dir("/").env("TZ", "UTC+12").env("LANG", "tr_TR"));
    assert!(near.is_whole(), "{}", near.stderr);
    assert!(near.files.keys().eq(far.files.keys()));
    for (name, bytes) in &near.files {
        assert!(far.files[name] == *bytes, "{name} differs");
    }
    assert_eq!(without_place(&near.stdout), without_place(&far.stdout));
    assert_eq!(near.stderr, far.stderr);
    for project in [&here, &there] {
        assert_does_not_mention(project.folder(), &near);
        assert_does_not_mention(project.folder(), &far);
    }
}

#[test]
fn a_second_run_changes_nothing() {
    let project = Project::new();
    let (first, second) = (project.run(), project.run());
    assert!(first.files == second.files);
}

#[test]
fn it_does_not_show_how_many_threads_worked() {
    let (alone, together) = (Project::new(), Project::new());
    let one = run(&alone, program().args(["run", "--threads", "1"]).arg(alone.folder()));
    let four = run(&together, program().args(["run", "--threads", "4"]).arg(together.folder()));
    assert!(one.is_whole(), "{}", one.stderr);
    assert!(one.files == four.files);
}

#[test]
fn closed_streams_are_not_errors() {
    let project = Project::new();
    let mut child = program().arg(project.folder()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let files = project.output();
    assert!(OUTPUTS.iter().all(|name| files.contains_key(*name)));
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tonghop"));
    command.env_clear();
    command
}

fn run(project: &Project, command: &mut Command) -> Outcome {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let exit = u8::try_from(output.status.code().unwrap()).unwrap();
    Outcome { exit, stdout: text(output.stdout), stderr: text(output.stderr), files: project.output() }
}

/// Removes the line with the path of the outputs.
fn without_place(stdout: &str) -> Vec<&str> {
    stdout.lines().filter(|line| !line.starts_with("Kết quả ở:")).collect()
}

fn assert_does_not_mention(folder: &Path, outcome: &Outcome) {
    let folder = folder.to_str().unwrap();
    let spoken = [without_place(&outcome.stdout).join("\n"), outcome.stderr.clone()];
    assert!(spoken.iter().all(|text| !text.contains(folder)), "{spoken:?}");
    for (name, bytes) in &outcome.files {
        assert!(texts(bytes).iter().all(|text| !text.contains(folder)), "{name} names {folder}");
    }
}

/// Returns the text of a file, or the text of each part of a zipped one.
fn texts(bytes: &[u8]) -> Vec<String> {
    let parts =
        if bytes.starts_with(b"PK") { book::parts(bytes).into_values().collect() } else { vec![bytes.to_vec()] };
    parts.iter().map(|part| String::from_utf8_lossy(part).into_owned()).collect()
}
