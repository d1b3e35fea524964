//! A project gives the same results wherever its files come from.

use crate::case::Case;
use crate::project::{Project, files_below};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use tonghop::pipeline::{self, Environment, NoProgress, OutputOptions, Run};
use tonghop::source::{FolderSource, MemorySource, ProjectSource};

fn run(source: &dyn ProjectSource) -> Run {
    pipeline::run(&Environment::in_process(source), &NoProgress, OutputOptions::default()).unwrap()
}

fn in_memory(folder: &Path) -> MemorySource {
    let relative = |path: &Path| {
        let parts = path.strip_prefix(folder).unwrap().components();
        parts.map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/")
    };
    files_below(folder).iter().map(|path| (relative(path), fs::read(path).unwrap())).collect()
}

#[test]
fn a_project_in_memory_gives_the_same_files() {
    let project = Project::new();
    let (from_folder, from_memory) = (run(&FolderSource::new(project.folder())), run(&in_memory(project.folder())));
    assert_eq!(from_folder.diagnostics, from_memory.diagnostics);
    assert!(from_folder.files.len() > 10);
    for (one, other) in from_folder.files.iter().zip(&from_memory.files) {
        assert!(one.name == other.name && one.bytes == other.bytes, "{}", one.name);
    }
}

#[test]
fn what_is_missing_or_wrong_is_reported_alike() {
    let folder = Case::base().project();
    fs::create_dir(folder.path().join("workbooks/phong-la")).unwrap();
    fs::write(folder.path().join("workbooks/phong-la/a.xlsx"), "x").unwrap();
    fs::write(folder.path().join("workbooks/phong-a/hong.xlsx"), "x").unwrap();
    let (one, other) = (run(&FolderSource::new(folder.path())), run(&in_memory(folder.path())));
    assert!(one.diagnostics.len() > 1);
    assert_eq!(one.diagnostics, other.diagnostics);
    let empty = MemorySource::new();
    assert!(pipeline::run_without_rendering(&Environment::in_process(&empty), &NoProgress).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sources_list_alike(paths in proptest::collection::btree_set("[ab.~-]{1,2}(/[ab.~-]{1,2}){0,2}", 1..8), hidden in "[ab]") {
        let folder = TempDir::new().unwrap();
        let mut memory = MemorySource::new();
        for path in paths.iter().filter(|path| path.split('/').all(|part| part != "." && part != "..")) {
            let at = folder.path().join("workbooks").join(path);
            // A path may be a folder of another one.
            if fs::create_dir_all(at.parent().unwrap()).is_ok() && fs::write(&at, path).is_ok() {
                memory.insert(&format!("workbooks/{path}"), path.as_str());
            }
        }
        let on_disk = FolderSource::new(folder.path());
        let list = |source: &dyn ProjectSource| {
            let shown = |path: &Path, _| path.file_name().is_some_and(|name| *name != *hidden);
            source.list(Path::new("workbooks"), &shown).map(|all| all.into_iter().map(Result::unwrap).collect::<Vec<_>>())
        };
        let (one, other) = (list(&on_disk), list(&memory));
        prop_assert_eq!(one.is_ok(), other.is_ok());
        if let (Ok(one), Ok(other)) = (one, other) {
            for entry in &one {
                prop_assert_eq!(on_disk.entry_type(&entry.path), memory.entry_type(&entry.path));
                prop_assert_eq!(on_disk.read(&entry.path).ok(), memory.read(&entry.path).ok());
            }
            prop_assert_eq!(one, other);
        }
    }
}
