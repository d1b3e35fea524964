//! Workbooks that hang, use too much memory or crash the worker: each is reported, the others are read.

use crate::project::{Outcome, Project, clean};
use std::ffi::OsString;
use std::io::{Cursor, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};
use tonghop::cli::{self, Console};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TABLE: &str = r#"<office:document-content><table:table table:name="a">"#;

/// Packs an `.ods` whose table has these rows and no closing tags.
fn ods(rows: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &format!("{TABLE}{rows}")),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A table on which the reading library looped forever.
fn endless() -> Vec<u8> {
    ods(r#"<table:table-row><table:table-cell office:value="1"/></table:table-row>"#)
}

/// A table of 82 million numbers in a few bytes.
fn huge() -> Vec<u8> {
    ods(r#"<table:table-row table:number-rows-repeated="5000"><table:table-cell office:value="1"
        table:number-columns-repeated="16384"/></table:table-row></table:table></office:document-content>"#)
}

fn with_tight_limits(project: &Project) {
    let limits = "plugin_memory_mib = 64\nread_seconds = 2\nread_memory_mib = 96";
    project.change_file("tonghop.toml", "plugin_memory_mib = 64", limits);
}

/// Runs the project with the executable of the program.
fn run(project: &Project) -> Outcome {
    let output = Command::new(env!("CARGO_BIN_EXE_tonghop")).arg(project.folder()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let exit = u8::try_from(output.status.code().unwrap()).unwrap();
    Outcome { exit, stdout: text(output.stdout), stderr: text(output.stderr), files: project.output() }
}

/// Runs the project with another program as worker and this number of threads.
fn run_reading_with(project: &Project, program: PathBuf, threads: usize) -> Outcome {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = [OsString::from("tonghop"), project.folder().into()];
    let console = Console {
        out: &mut out,
        err: &mut err,
        is_terminal: false,
        is_out_terminal: false,
        program: Some(program),
        threads: NonZeroUsize::new(threads),
    };
    let exit = cli::run(words, console);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Outcome { exit, stdout: text(out), stderr: text(err), files: project.output() }
}

#[test]
fn a_worker_reads_what_this_process_reads() {
    let outcome = run(&Project::new());
    assert_eq!((outcome.exit, outcome.markdown()), (clean().exit, clean().markdown()));
    assert_eq!(outcome.text("traces.json"), clean().text("traces.json"));
}

#[test]
fn the_number_of_threads_leaves_no_trace() {
    let project = Project::new();
    for (name, bytes) in [("!.xlsx", &b"PK"[..]), ("a.ods", b"<html>"), ("z.xls", b"")] {
        fs::write(project.path("workbooks/van-phong").join(name), bytes).unwrap();
    }
    let program = || PathBuf::from(env!("CARGO_BIN_EXE_tonghop"));
    let alone = run_reading_with(&project, program(), 1);
    assert_eq!(alone.problems("workbook-unreadable").len(), 3);
    for threads in [2, 5] {
        let together = run_reading_with(&project, program(), threads);
        assert!(together.files == alone.files, "{threads} threads");
        assert_eq!((together.stdout, together.stderr), (alone.stdout.clone(), alone.stderr.clone()));
    }
}

#[test]
fn workbooks_that_would_hang_or_eat_memory_are_named_and_the_others_are_read() {
    let project = Project::new();
    with_tight_limits(&project);
    for (name, bytes) in [("a.ods", endless()), ("b.xlsx", huge()), ("c.ods", endless())] {
        fs::write(project.path("workbooks/van-phong").join(name), bytes).unwrap();
    }
    let outcome = run(&project);
    assert_eq!(outcome.exit, 1, "{}", outcome.stderr);
    let lost = outcome.problems("workbook-unreadable");
    let messages: Vec<String> = lost.iter().map(ToString::to_string).collect();
    assert_eq!(messages.len(), 3, "{messages:#?}");
    for (message, (name, reason)) in messages.iter().zip([
        ("van-phong/a.ods", "không phải là XML hợp lệ"),
        ("van-phong/b.xlsx", "quá bộ nhớ"),
        ("van-phong/c.ods", "không phải là XML hợp lệ"),
    ]) {
        assert!(message.contains(name) && message.contains(reason), "{name}, {reason}: {message}");
    }
    assert_eq!(outcome.markdown(), clean().markdown());
}

/// Writes a script that hangs on its first start and runs this program from then on.
#[cfg(unix)]
fn hanging_once(folder: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let (script, started) = (folder.join("worker.sh"), folder.join("started"));
    let program = env!("CARGO_BIN_EXE_tonghop");
    let lines =
        format!("#!/bin/sh\n[ -e '{0}' ] && exec '{program}' \"$@\"\ntouch '{0}'\nexec sleep 60\n", started.display());
    fs::write(&script, lines).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    script
}

#[cfg(unix)]
#[test]
fn a_workbook_that_hangs_is_named_and_the_others_are_read() {
    let project = Project::new();
    with_tight_limits(&project);
    let mut departments: Vec<_> = fs::read_dir(project.path("workbooks")).unwrap().map(|e| e.unwrap().path()).collect();
    departments.sort();
    fs::write(departments[0].join("!.xlsx"), "PK").unwrap();
    let outcome = run_reading_with(&project, hanging_once(project.folder()), 1);
    assert_eq!(outcome.exit, 1, "{}", outcome.stderr);
    let lost = outcome.problems("workbook-unreadable");
    assert_eq!(lost.len(), 1, "{lost:#?}");
    assert!(lost[0].to_string().contains("quá thời gian đọc"), "{lost:#?}");
    assert_eq!(outcome.markdown(), clean().markdown());
}

#[test]
fn a_worker_ends_with_its_parent() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tonghop"));
    let worker = command.args(["--read-worker", "64"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut worker = worker.unwrap();
    // An incomplete request: its length without the data.
    worker.stdin.as_mut().unwrap().write_all(&9_u64.to_le_bytes()).unwrap();
    drop(worker.stdin.take());
    assert!(worker.wait().unwrap().success());
}

#[test]
fn a_worker_that_ends_or_cannot_start_costs_no_more_than_its_workbooks() {
    // A test executable does not know the worker argument and exits.
    for (program, reason) in
        [(env::current_exe().unwrap(), "phải dừng"), (PathBuf::from("/khong-co/tonghop"), "không khởi động được")]
    {
        let outcome = run_reading_with(&Project::new(), program, 2);
        assert_eq!(outcome.exit, 1, "{}", outcome.stderr);
        let lost = outcome.problems("workbook-unreadable");
        assert!(lost.len() > 40 && lost.iter().all(|problem| problem.to_string().contains(reason)), "{lost:#?}");
    }
}
