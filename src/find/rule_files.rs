//! Finds the rule files of a project and the tests of rules.
//!
//! Input: the source of the project. Output: the texts of rules, the paths of tests, and diagnostics for files that
//! cannot be used. Not here: what a rule says.

use super::{
    ALIASES, PLUGINS, TEMPLATE, depth_below, extension, irregular_entry_diagnostic, is_fixed_file, list_user_entries,
    listing_diagnostic, project_path,
};
use crate::source::{EntryType, FileError, ProjectSource, SourceEntry};
use std::io;
use std::path::{Path, PathBuf};
use tonghop_core::diag::render::escape_invisible;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::{Language, Message};
use tonghop_core::model::id::FilePath;
use tonghop_core::msg;

/// The folder of the tests of rules, inside that of the rules.
const TESTS: &str = "tests";
/// The folder of the shared rule libraries, inside that of the rules.
const LIBRARIES: &str = "lib";

/// The text of a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFile {
    /// Its path in the project.
    pub file: FilePath,
    /// The text as read, including a byte order mark.
    pub text: String,
}

/// Reads the rule files `plugins/*.lua` and `plugins/lib/*.lua`, sorted by name. Links and pipes anywhere in the folder
/// are reported, including those among the tests.
///
/// # Errors
/// Returns an error if the project has no folder `plugins/`, or if it cannot be listed.
pub fn rules(source: &dyn ProjectSource) -> io::Result<(Vec<RuleFile>, Diagnostics)> {
    let mut found = Vec::new();
    let mut diagnostics = Vec::new();
    for entry in list_user_entries(source, Path::new(PLUGINS))? {
        match entry {
            Ok(entry) if is_rule(&entry) => {
                let file = project_path(&entry.path);
                match read_rule(source, &entry.path) {
                    Ok(text) => found.push(RuleFile { file, text }),
                    Err(diagnostic) => diagnostics.push(diagnostic.at(file)),
                }
            }
            Ok(entry) if is_fixed_file(&entry, PLUGINS, &[ALIASES, TEMPLATE]) => {}
            Ok(entry) if is_library(&entry.path) => {
                // The rules that use the libraries cannot be loaded either.
                diagnostics.extend(irregular_entry_diagnostic(&entry, Code::PluginBroken));
            }
            Ok(entry) => {
                let problem = irregular_entry_diagnostic(&entry, Code::FileKind);
                diagnostics.extend(problem.or_else(|| renamed_rule_diagnostic(source, &entry)));
            }
            Err(error) => diagnostics.push(listing_diagnostic(&error)),
        }
    }
    Ok((found, diagnostics))
}

/// Reports a rule file to whose name something was added, as programs do when they hide or add extensions: `x.lua.txt`.
/// A copy next to the rule file itself is not reported.
fn renamed_rule_diagnostic(source: &dyn ProjectSource, entry: &SourceEntry) -> Option<Diagnostic> {
    let name = entry.name();
    let end = name.to_lowercase().find(".lua.")? + ".lua".len();
    let rule = entry.path.with_file_name(name.get(..end)?);
    if !is_in_rule_folder(entry) || entry.is_folder() || source.entry_type(&rule).is_some() {
        return None;
    }
    let message = Message::new(
        "tên tệp không kết thúc bằng .lua nên quy tắc trong đó không chạy",
        "the name does not end with .lua, so the rule in it does not run",
    );
    let name = rule.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let hint = msg!(
        "đổi tên thành {name} (trong Windows: bật hiện phần mở rộng của tên tệp), hoặc chuyển ra ngoài thư mục plugins",
        "rename it to {name} (in Windows: show file name extensions), or move it out of the folder plugins",
        name = escape_invisible(&name)
    );
    Some(Diagnostic::new(Code::PluginBroken, Place::File(project_path(&entry.path)), message).with_hint(hint))
}

/// The path of a rule test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestFile {
    /// What it tests: the name of its folder.
    pub subject: String,
    /// Its path in the project.
    pub file: FilePath,
    /// The path to open it with.
    pub path: PathBuf,
}

/// Lists the rule tests `plugins/tests/<sector>/*.md`, sorted by name; none if the folder is missing.
///
/// # Errors
/// Returns an error if a folder cannot be listed.
pub fn rule_tests(source: &dyn ProjectSource) -> io::Result<Vec<TestFile>> {
    let root = Path::new(PLUGINS).join(TESTS);
    // `rules` reports a link in its place.
    if source.entry_type(&root) != Some(EntryType::Folder) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in list_user_entries(source, &root)? {
        let entry =
            entry.map_err(|error| io::Error::other(error.reason.in_language(Language::Vietnamese).to_owned()))?;
        let folder = entry.path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        let is_test =
            depth_below(&root, &entry) == 2 && entry.entry_type == EntryType::File && extension(&entry.path) == "md";
        if let Some(subject) = folder.filter(|_| is_test) {
            found.push(TestFile { subject: subject.to_owned(), file: project_path(&entry.path), path: entry.path });
        }
    }
    Ok(found)
}

/// The reason why a rule file cannot be used; `at` adds the file.
enum RuleFault {
    Unreadable(FileError),
    NotUtf8(usize),
}

impl RuleFault {
    fn at(self, file: FilePath) -> Diagnostic {
        let place = Place::File(file);
        match self {
            Self::Unreadable(error) => {
                let message = msg!(
                    "không đọc được tệp quy tắc: {error}",
                    "the rule file cannot be read: {error}",
                    error = error.message()
                );
                Diagnostic::new(Code::PluginBroken, place, message).with_hint(error.hint())
            }
            Self::NotUtf8(line) => Diagnostic::new(
                Code::PluginBroken,
                place,
                msg!(
                    "tệp quy tắc không phải là văn bản UTF-8 (dòng {line})",
                    "the rule file is not UTF-8 text (line {line})"
                ),
            )
            .with_hint(FileError::NotUtf8.hint()),
        }
    }
}

fn read_rule(source: &dyn ProjectSource, path: &Path) -> Result<String, RuleFault> {
    let content = source.read(path).map_err(RuleFault::Unreadable)?;
    String::from_utf8(content).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        RuleFault::NotUtf8(memchr::memchr_iter(b'\n', valid).count() + 1)
    })
}

/// Returns whether an entry has the name and the place of a rule file.
fn is_rule(entry: &SourceEntry) -> bool {
    is_in_rule_folder(entry) && !entry.is_folder() && extension(&entry.path) == "lua"
}

fn is_in_rule_folder(entry: &SourceEntry) -> bool {
    entry.path.parent().is_some_and(|folder| folder == Path::new(PLUGINS) || is_library(folder))
}

fn is_library(path: &Path) -> bool {
    path == Path::new(PLUGINS).join(LIBRARIES)
}
