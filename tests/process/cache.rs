//! The cache of a project: results are the same with it and without it, even if it is damaged.

use crate::case::{Case, herd};
use crate::project::files_below;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the program as a user does; returns the files it wrote, by name.
fn run(project: &Path, arguments: &[&str]) -> Vec<(PathBuf, Vec<u8>)> {
    let done = Command::new(env!("CARGO_BIN_EXE_tonghop")).args(arguments).arg("run").arg(project).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let out = project.join("out");
    let files = files_below(&out).into_iter().filter(|file| !file.ends_with(".tonghop.lock"));
    files.map(|file| (file.strip_prefix(&out).unwrap().to_owned(), fs::read(&file).unwrap())).collect()
}

/// Runs the program without a cache and without earlier outputs.
fn run_without_cache(project: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let _ = fs::remove_dir_all(project.join(".tonghop"));
    let _ = fs::remove_dir_all(project.join("out"));
    run(project, &[])
}

fn cache_files(project: &Path) -> Vec<PathBuf> {
    files_below(&project.join(".tonghop")).into_iter().filter(|file| !file.ends_with(".gitignore")).collect()
}

fn assert_same(one: &[(PathBuf, Vec<u8>)], other: &[(PathBuf, Vec<u8>)], why: &str) {
    let names = |files: &[(PathBuf, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "{why}");
    for ((name, left), (_, right)) in one.iter().zip(other) {
        assert!(left == right, "{why}: {} differs", name.display());
    }
}

#[test]
fn results_are_those_of_a_first_run() {
    let project = Case::base().project();
    let folder = project.path();
    let workbook = folder.join("workbooks/phong-a/bieu.xlsx");
    let (settings, rule) = (folder.join("tonghop.toml"), folder.join("plugins/herd.lua"));
    let replaced = |path: &Path, old: &str, new: &str| {
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains(old));
        fs::write(path, text.replace(old, new)).unwrap();
    };
    let changes: [(&str, &dyn Fn()); 5] = [
        ("nothing", &|| {}),
        ("a cell", &|| fs::write(&workbook, herd("167", "47")).unwrap()),
        ("a label of a rule", &|| replaced(&rule, "Đàn trâu\"", "Đàn trâu\", aliases = { \"Trâu\" }")),
        ("a heading of the settings", &|| replaced(&settings, "\"Kế hoạch năm\"]", "\"Kế hoạch năm\", \"KH\"]")),
        ("the name of the file", &|| fs::rename(&workbook, folder.join("workbooks/phong-a/khac.xlsx")).unwrap()),
    ];
    for (what, change) in changes {
        run(folder, &[]);
        change();
        let again = run(folder, &[]);
        assert_eq!(cache_files(folder).len(), 1, "{what}: one workbook, one file");
        assert_same(&again, &run_without_cache(folder), what);
        assert_same(&again, &run(folder, &["--threads", "2"]), what);
    }
}

#[test]
fn an_unchanged_run_is_recalled() {
    let project = Case::base().project();
    let folder = project.path();
    let timings = folder.join("timings.json");
    let run_again = |made: bool, why: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tonghop"));
        let done = command.arg("run").arg(folder).arg("--timings").arg(&timings).output().unwrap();
        assert_eq!(fs::read_to_string(&timings).unwrap().contains("recognise"), made, "{why}");
        (done.status, done.stdout, done.stderr)
    };
    let out = folder.join("out");
    let first = run_again(true, "the first run");
    let files =
        || files_below(&out).into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect::<Vec<_>>();
    let written = files();
    assert_eq!(run_again(false, "nothing changed"), first);
    assert_eq!(files(), written);
    let report = files_below(&out).into_iter().find(|file| file.ends_with("bao-cao.md")).unwrap();
    let reported = fs::read(&report).unwrap();
    fs::remove_file(&report).unwrap();
    assert_eq!(run_again(true, "an output is gone"), first);
    assert_eq!(files(), written);
    fs::write(&report, "changed by hand").unwrap();
    run_again(true, "an output was changed");
    assert_eq!(run_again(false, "nothing changed since"), first);
    fs::write(folder.join("workbooks/phong-a/bieu.xlsx"), herd("167", "47")).unwrap();
    run_again(true, "a workbook was changed");
    assert_ne!(fs::read(&report).unwrap(), reported);
    fs::write(folder.join("plugins/herd.lua"), "hỏng").unwrap();
    run_again(true, "a rule is broken");
}

#[test]
fn the_cache_may_be_damaged_or_deleted() {
    let project = Case::base().project();
    let folder = project.path();
    let first = run_without_cache(folder);
    let [file] = &cache_files(folder)[..] else { panic!("one workbook, one file") };
    let whole = fs::read(file).unwrap();
    for damaged in [&whole[..whole.len() / 2], &[whole.as_slice(), b"x"].concat(), b"", &[b'0'; 4_096]] {
        fs::write(file, damaged).unwrap();
        assert_same(&first, &run(folder, &[]), "damaged");
        assert!(fs::read(file).unwrap().starts_with(&whole), "made anew");
    }
    fs::remove_dir_all(folder.join(".tonghop")).unwrap();
    assert_same(&first, &run(folder, &[]), "deleted");
    fs::remove_dir_all(folder.join(".tonghop")).unwrap();
    fs::write(folder.join(".tonghop"), "not a folder").unwrap();
    assert_same(&first, &run(folder, &[]), "impossible");
}
