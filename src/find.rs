//! Finds the files of a project: workbooks of departments, rule files and files of the office.
//!
//! Input: the source of the project. Output: paths in a fixed order, the texts of rules, and diagnostics for files that
//! cannot be used. Not here: the content of a workbook or a rule.

mod byproducts;
mod entries;
pub mod file_states;
mod rule_names;

pub use entries::project_entries;

use crate::source::{EntryType, FileError, ListError, ProjectSource, SourceEntry};
use byproducts::is_byproduct;
use std::path::{Path, PathBuf};
use std::{fs, io};
use tonghop_core::config::Config;
use tonghop_core::diag::render::escape_invisible;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::Message;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::msg;

const WORKBOOKS: &str = FilePath::WORKBOOKS;
/// The folder of the rules.
const PLUGINS: &str = "plugins";
/// The folder of the tests of rules, inside that of the rules.
const TESTS: &str = "tests";
/// The folder of the shared rule libraries, inside that of the rules.
const LIBRARIES: &str = "lib";
/// The office's file of corrections.
const CORRECTIONS: &str = "dieu-chinh.csv";
/// The office's file of explanations by departments.
const EXPLANATIONS: &str = "giai-trinh.csv";
/// The office's register of submissions.
const REGISTER: &str = "tiep-nhan.csv";
/// The office's Word template for the report.
const TEMPLATE: &str = "mau-bao-cao.docx";
/// The file extensions of workbooks.
const EXTENSIONS: [&str; 5] = ["xlsx", "xlsm", "xls", "xlsb", "ods"];
/// The accepted labels, in addition to the declared ones.
const ALIASES: &str = "aliases.toml";
/// The folder of earlier consolidated workbooks.
pub const HISTORY: &str = "history";

/// The path of a department's workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkbookFile {
    /// The department whose folder it is in.
    pub department: DepartmentId,
    /// Its path in the project.
    pub file: FilePath,
    /// The path to open it with.
    pub path: PathBuf,
}

/// The text of a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFile {
    /// Its path in the project.
    pub file: FilePath,
    /// The text as read, including a byte order mark.
    pub text: String,
}

/// Lists the workbooks of all departments, sorted by name at every level.
///
/// # Errors
/// Returns an error if the project has no folder `workbooks/`, or if it cannot be listed.
pub fn workbooks(source: &dyn ProjectSource, config: &Config) -> io::Result<(Vec<WorkbookFile>, Diagnostics)> {
    let root = Path::new(WORKBOOKS);
    let (mut found, mut diagnostics) = (Vec::new(), Vec::new());
    // The department whose folder is being listed, and the folder whose content is not read.
    let (mut department, mut unread_folder): (_, Option<PathBuf>) = (None, None);
    for entry in list_user_entries(source, root)? {
        let path = match &entry {
            Ok(entry) => Some(&entry.path),
            Err(error) => error.path.as_ref(),
        };
        if unread_folder.as_ref().zip(path).is_some_and(|(folder, path)| path.starts_with(folder)) {
            continue;
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.push(listing_diagnostic(&error));
                continue;
            }
        };
        if depth_below(root, &entry) == 1 {
            department = config.department_of_folder(&entry.name()).filter(|_| entry.is_folder());
        }
        if entry.is_folder() {
            let problem = match department {
                None => Some(unknown_department_diagnostic(&entry)),
                Some(_) => workbook_folder_diagnostic(&entry),
            };
            if problem.is_some() {
                unread_folder = Some(entry.path);
            }
            diagnostics.extend(problem);
        } else {
            match classify(entry, department.map(|department| &department.id)) {
                Ok(Some(book)) => found.push(book),
                Ok(None) => {}
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
    }
    Ok((found, diagnostics))
}

/// Returns the office's file of corrections, if there is one.
pub fn corrections_file(source: &dyn ProjectSource) -> Option<(FilePath, PathBuf)> {
    office_file(source, CORRECTIONS)
}

/// Returns the office's file of explanations, if there is one.
pub fn explanations_file(source: &dyn ProjectSource) -> Option<(FilePath, PathBuf)> {
    office_file(source, EXPLANATIONS)
}

/// Returns the office's register of submissions, if there is one.
pub fn register_file(source: &dyn ProjectSource) -> Option<(FilePath, PathBuf)> {
    office_file(source, REGISTER)
}

fn office_file(source: &dyn ProjectSource, name: &str) -> Option<(FilePath, PathBuf)> {
    fixed_file(source, WORKBOOKS, name)
}

/// Returns the office's Word template, if there is one.
pub fn template_file(source: &dyn ProjectSource) -> Option<(FilePath, PathBuf)> {
    fixed_file(source, PLUGINS, TEMPLATE)
}

/// Returns the file of accepted labels, if there is one.
pub fn aliases_file(source: &dyn ProjectSource) -> Option<(FilePath, PathBuf)> {
    fixed_file(source, PLUGINS, ALIASES)
}

/// Returns a file with a fixed name. Also returns a link or a pipe in its place, which the reader then reports.
fn fixed_file(source: &dyn ProjectSource, folder: &str, name: &str) -> Option<(FilePath, PathBuf)> {
    let path = Path::new(folder).join(name);
    let is_there = source.entry_type(&path).is_some_and(|entry_type| entry_type != EntryType::Folder);
    is_there.then(|| (FilePath::new(format!("{folder}/{name}")), path))
}

/// Lists the consolidated workbooks of earlier runs, sorted by name; none if the folder is missing. Links are listed
/// too; the reader reports them.
pub fn past_workbooks(source: &dyn ProjectSource) -> (Vec<(FilePath, PathBuf)>, Diagnostics) {
    let root = Path::new(HISTORY);
    let Ok(entries) = list_user_entries(source, root) else {
        let other = source.entry_type(root).map(|_| history_diagnostic());
        return (Vec::new(), other.into_iter().collect());
    };
    let (mut found, mut diagnostics) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry {
            Ok(entry) if is_past_workbook(&entry) => found.push((project_path(&entry.path), entry.path)),
            Ok(entry) => diagnostics.extend(irregular_entry_diagnostic(&entry, Code::FileKind)),
            Err(error) => diagnostics.push(listing_diagnostic(&error)),
        }
    }
    (found, diagnostics)
}

fn is_past_workbook(entry: &SourceEntry) -> bool {
    depth_below(Path::new(HISTORY), entry) == 1
        && !entry.is_folder()
        && EXTENSIONS.contains(&extension(&entry.path).as_str())
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
                let file = project_path(&entry.path);
                let is_file = |path: &Path| source.entry_type(path) == Some(EntryType::File);
                let is_beside_rules = entry.path.parent() == Some(Path::new(PLUGINS)) && is_file(&entry.path);
                let misnamed = is_beside_rules.then(|| rule_names::misnamed_rule(&entry.path, &file, is_file));
                diagnostics.extend(misnamed.flatten());
                diagnostics.extend(irregular_entry_diagnostic(&entry, Code::FileKind));
            }
            Err(error) => diagnostics.push(listing_diagnostic(&error)),
        }
    }
    Ok((found, diagnostics))
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
        let entry = entry.map_err(|error| io::Error::other(error.reason))?;
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
    let is_in_rule_folder =
        entry.path.parent().is_some_and(|folder| folder == Path::new(PLUGINS) || is_library(folder));
    is_in_rule_folder && !entry.is_folder() && extension(&entry.path) == "lua"
}

fn is_library(path: &Path) -> bool {
    path == Path::new(PLUGINS).join(LIBRARIES)
}

/// Classifies an entry: a workbook, a file to ignore (`None`), or a problem to report.
fn classify(entry: SourceEntry, department: Option<&DepartmentId>) -> Result<Option<WorkbookFile>, Diagnostic> {
    if is_fixed_file(&entry, WORKBOOKS, &[CORRECTIONS, EXPLANATIONS, REGISTER]) {
        return Ok(None);
    }
    if let Some(problem) = irregular_entry_diagnostic(&entry, Code::FileKind) {
        return Err(problem);
    }
    let file = project_path(&entry.path);
    let extension = extension(&entry.path);
    let fault = |message: Message, hint: Message| {
        Err(Diagnostic::new(Code::FileKind, Place::File(file.clone()), message).with_hint(hint))
    };
    let Some(department) = department else {
        return match extension.as_str() {
            "csv" | "txt" | "md" => Ok(None),
            _ if entry.name().eq_ignore_ascii_case("readme") => Ok(None),
            _ => fault(
                Message::new(
                    "tệp nằm ngoài thư mục của đơn vị nên không được đọc",
                    "the file is outside the folders of the departments and was not read",
                ),
                Message::new(
                    "chuyển tệp vào thư mục của đơn vị gửi",
                    "move the file into the folder of the department that sent it",
                ),
            ),
        };
    };
    match extension.as_str() {
        extension if EXTENSIONS.contains(&extension) => {
            Ok(Some(WorkbookFile { department: department.clone(), file, path: entry.path }))
        }
        _ => fault(
            Message::new("tệp này không phải là bảng tính", "this file is not a workbook"),
            Message::new(
                "chỉ để tệp .xlsx, .xlsm, .xls, .xlsb hoặc .ods trong thư mục của đơn vị",
                "keep only .xlsx, .xlsm, .xls, .xlsb or .ods files in the folder of a department",
            ),
        ),
    }
}

/// Returns whether this is a file with a fixed name in `folder`, which is read separately.
fn is_fixed_file(entry: &SourceEntry, folder: &str, names: &[&str]) -> bool {
    !entry.is_folder() && names.iter().any(|name| entry.path == Path::new(folder).join(name))
}

/// Reports an entry that is neither a file nor a folder, such as a link or a pipe; it is never opened.
fn irregular_entry_diagnostic(entry: &SourceEntry, code: Code) -> Option<Diagnostic> {
    let why = FileError::for_entry_type(entry.entry_type).filter(|_| !entry.is_folder())?;
    let message = msg!("{why} nên không được đọc", "{why}, and was not read", why = why.message());
    Some(Diagnostic::new(code, Place::File(project_path(&entry.path)), message).with_hint(why.hint()))
}

/// Reports that `history` is not a folder.
fn history_diagnostic() -> Diagnostic {
    let message = Message::new("đây không phải là thư mục nên không được đọc", "this is not a folder and was not read");
    let hint = Message::new(
        "xóa nó và tạo thư mục history để các tệp tong-hop.xlsx kỳ trước",
        "remove it and create a folder history for the tong-hop.xlsx files of earlier periods",
    );
    Diagnostic::new(Code::HistoryUnusable, Place::File(FilePath::new(HISTORY)), message).with_hint(hint)
}

fn unknown_department_diagnostic(entry: &SourceEntry) -> Diagnostic {
    let name = escape_invisible(&entry.name());
    Diagnostic::new(
        Code::DepartmentUnknown,
        Place::Department(DepartmentId::new(name.as_str())),
        msg!(
            "thư mục \"{name}\" không phải là đơn vị nào trong tonghop.toml; các tệp trong đó không được đọc",
            "the folder \"{name}\" is not a department in tonghop.toml; the files in it were not read"
        ),
    )
    .with_hint(Message::new(
        "đổi tên thư mục cho đúng mã đơn vị, hoặc khai báo đơn vị trong tonghop.toml",
        "rename the folder to the id of its department, or declare the department in tonghop.toml",
    ))
}

/// Reports a folder whose name looks like a workbook; its content is not read.
fn workbook_folder_diagnostic(entry: &SourceEntry) -> Option<Diagnostic> {
    let has_workbook_extension = EXTENSIONS.contains(&extension(&entry.path).as_str());
    let place = || Place::File(project_path(&entry.path));
    has_workbook_extension.then(|| {
        Diagnostic::new(
            Code::FileKind,
            place(),
            msg!(
                "đây là một thư mục mang tên bảng tính; các tệp trong đó không được đọc",
                "this is a folder that is named like a workbook; the files in it are not read"
            ),
        )
        .with_hint(msg!(
            "chép chính tệp bảng tính vào thư mục của đơn vị",
            "copy the workbook itself into the folder of the department"
        ))
    })
}

fn listing_diagnostic(error: &ListError) -> Diagnostic {
    let place = error.path.as_ref().map_or(Place::Project, |path| Place::File(project_path(path)));
    let message = msg!(
        "không xem được thư mục hoặc tệp: {reason}",
        "the folder or file cannot be listed: {reason}",
        reason = error.reason
    );
    Diagnostic::new(Code::WorkbookUnreadable, place, message)
        .with_hint(Message::new("kiểm tra quyền đọc thư mục", "check the permission to read the folder"))
}

/// Returns whether a folder contains a user's file or an entry that cannot be read.
pub fn has_user_files(folder: &Path) -> bool {
    let is_user_entry = |entry: io::Result<fs::DirEntry>| {
        let Ok(entry) = entry else { return true };
        let is_file = entry.file_type().is_ok_and(|found| found.is_file());
        !is_byproduct(&entry.file_name().to_string_lossy(), is_file)
    };
    fs::read_dir(folder).is_ok_and(|mut entries| entries.any(is_user_entry))
}

/// Lists a folder, sorted by name at every level, without the by-products of systems and applications.
fn list_user_entries(source: &dyn ProjectSource, folder: &Path) -> io::Result<Vec<Result<SourceEntry, ListError>>> {
    source.list(folder, &|path, entry_type| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !is_byproduct(&name, entry_type == EntryType::File)
    })
}

/// Returns how many levels below a folder an entry is; 1 for its direct content.
fn depth_below(folder: &Path, entry: &SourceEntry) -> usize {
    entry.path.components().count().saturating_sub(folder.components().count())
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Returns a path of the project with `/` as separator and invisible characters escaped.
pub fn project_path(path: &Path) -> FilePath {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    FilePath::new(escape_invisible(&parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FolderSource;
    use tonghop_testing::minimal_settings;
    use unicode_normalization::UnicodeNormalization;

    fn settings() -> Config {
        let departments = r#"departments = [{ id = "phong-a", name = "A" }, { id = "phong-b", name = "B" }]"#;
        Config::parse(&minimal_settings(departments, "[outline]\nletters = [\"a\"]\nheadings = []")).unwrap()
    }

    fn project(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        folder
    }

    fn source(folder: &tempfile::TempDir) -> FolderSource {
        FolderSource::new(folder.path())
    }

    fn problems(diagnostics: &Diagnostics) -> Vec<String> {
        diagnostics.iter().map(|d| format!("{} {}", d.code.as_str(), d.places[0])).collect()
    }

    #[test]
    fn workbooks_are_sorted_rest_reported() {
        let folder = project(&[
            "workbooks/phong-b/Biểu 2.XLSX",
            "workbooks/phong-b/sâu/hơn/a.xlsm",
            "workbooks/phong-a/a.xlsx",
            "workbooks/phong-a/~$a.xlsx",
            "workbooks/phong-a/.a.xlsx",
            "workbooks/phong-a/cũ.xls",
            "workbooks/phong-a/ghi chú.docx",
            "workbooks/phong-c/a.xlsx",
            "workbooks/phong-c/b.xlsx",
            "workbooks/.git/a.xlsx",
            "workbooks/dieu-chinh.csv",
            "workbooks/README.md",
            "workbooks/lạc.xlsx",
        ]);
        let (found, diagnostics) = workbooks(&source(&folder), &settings()).unwrap();
        let files: Vec<_> = found.iter().map(|book| (book.department.as_str(), book.file.as_str())).collect();
        assert_eq!(
            files,
            [
                ("phong-a", "workbooks/phong-a/a.xlsx"),
                ("phong-a", "workbooks/phong-a/cũ.xls"),
                ("phong-b", "workbooks/phong-b/Biểu 2.XLSX"),
                ("phong-b", "workbooks/phong-b/sâu/hơn/a.xlsm"),
            ]
        );
        assert_eq!(
            problems(&diagnostics),
            [
                "file-kind workbooks/lạc.xlsx",
                "file-kind workbooks/phong-a/ghi chú.docx",
                "department-unknown workbooks/phong-c",
            ]
        );
        assert_eq!(source(&folder).read(&found[0].path).unwrap(), b"workbooks/phong-a/a.xlsx");
    }

    #[test]
    fn by_products_are_ignored_everywhere() {
        let left =
            ["Thumbs.db", "desktop.ini", "~$a.xlsx", "A1B2C3D4", "b.xlsx.part", "a.lnk", ".~lock.a.xlsx#", "a.tmp"];
        let folders =
            ["workbooks", "workbooks/phong-a", "workbooks/phong-a/quý 3", "history", "plugins", "plugins/lib"];
        let bins = ["$RECYCLE.BIN/S-1-5-21/$R1.xlsx", "System Volume Information/WPSettings.dat", ".git/a.xlsx"];
        let names = left.iter().chain(&bins);
        let files: Vec<String> =
            names.flat_map(|name| folders.iter().map(move |folder| format!("{folder}/{name}"))).collect();
        let own =
            ["workbooks/phong-a/quý 3/a.xlsx", "history/2023-09-thang.xlsx", "plugins/a.lua", "plugins/lib/b.lua"];
        let folder = project(&files.iter().map(String::as_str).chain(own).collect::<Vec<_>>());
        let (books, problems) = workbooks(&source(&folder), &settings()).unwrap();
        assert_eq!((books.len(), books[0].file.as_str(), problems), (1, own[0], vec![]));
        let (runs, problems) = past_workbooks(&source(&folder));
        assert_eq!((runs.len(), runs[0].0.as_str(), problems), (1, own[1], vec![]));
        let (rules, problems) = rules(&source(&folder)).unwrap();
        let rules: Vec<_> = rules.iter().map(|rule| rule.file.as_str()).collect();
        assert_eq!((rules, problems), (own[2..].to_vec(), vec![]));
        let contents = project_entries(&source(&folder), "tonghop.toml").unwrap();
        assert_eq!(contents.iter().filter(|content| !content.is_folder()).count(), own.len());
    }

    #[test]
    fn rules_are_in_two_folders() {
        let folder = project(&["plugins/b.lua", "plugins/lib/a.lua", "plugins/tests/lib/c.lua", "plugins/readme.md"]);
        fs::write(folder.path().join("plugins/a.lua"), b"x\n\xff").unwrap();
        let (found, diagnostics) = rules(&source(&folder)).unwrap();
        let files: Vec<_> = found.iter().map(|rule| rule.file.as_str()).collect();
        assert_eq!(files, ["plugins/b.lua", "plugins/lib/a.lua"]);
        assert_eq!(problems(&diagnostics), ["plugin-broken plugins/a.lua"]);
        assert!(diagnostics[0].message.vietnamese().contains("dòng 2"), "{:?}", diagnostics[0].message);
    }

    #[test]
    fn past_workbooks_are_in_one_folder() {
        let folder = project(&["history/2024-08.xlsx", "history/2023.ods", "history/~$a.xlsx", "history/x/a.xlsx"]);
        fs::write(folder.path().join("history/ghi chép.txt"), "").unwrap();
        let (found, diagnostics) = past_workbooks(&source(&folder));
        let files: Vec<_> = found.iter().map(|(file, _)| file.as_str()).collect();
        assert_eq!((files, diagnostics), (vec!["history/2023.ods", "history/2024-08.xlsx"], vec![]));
        assert_eq!(past_workbooks(&FolderSource::new(folder.path().join("x"))), (vec![], vec![]));
    }

    #[test]
    fn missing_folders_are_errors() {
        let folder = project(&["tonghop.toml"]);
        let config = settings();
        assert_eq!(workbooks(&source(&folder), &config).unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(rules(&source(&folder)).unwrap_err().kind(), io::ErrorKind::NotFound);
        assert!(matches!(source(&folder).read(Path::new("")), Err(FileError::NotRegular)));
    }

    #[test]
    fn invisible_characters_in_names_are_shown() {
        let folder = project(&["workbooks/phong-a/a\u{202e}slx\n.xlsx"]);
        let (found, _) = workbooks(&source(&folder), &settings()).unwrap();
        assert_eq!(found[0].file.as_str(), r"workbooks/phong-a/a\u{202e}slx\n.xlsx");
        assert!(source(&folder).read(&found[0].path).is_ok());
    }

    fn config_with_accented_id() -> Config {
        let departments = r#"departments = [{ id = "phòng-đ", name = "Đ" }]"#;
        Config::parse(&minimal_settings(departments, "[outline]\nletters = [\"a\"]\nheadings = []")).unwrap()
    }

    #[test]
    fn departments_are_known_in_every_spelling_and_files_keep_theirs() {
        for name in ["phòng-đ", "PHÒNG-Đ", "Phòng-đ", &"phòng-đ".nfd().collect::<String>()] {
            let file = format!("workbooks/{name}/Biểu.xlsx");
            let folder = project(&[&file, "workbooks/phong-đ/d.xlsx"]);
            let (found, diagnostics) = workbooks(&source(&folder), &config_with_accented_id()).unwrap();
            assert_eq!((found[0].department.as_str(), found[0].file.as_str()), ("phòng-đ", file.as_str()));
            assert_eq!(
                (found.len(), problems(&diagnostics)),
                (1, vec!["department-unknown workbooks/phong-đ".to_owned()])
            );
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn folders_that_differ_in_spelling_only_are_all_read() {
        let decomposed = "workbooks/phòng-đ/c.xlsx".nfd().collect::<String>();
        let files = [decomposed.as_str(), "workbooks/phòng-đ/b.xlsx", "workbooks/PHÒNG-Đ/a.xlsx"];
        let folder = project(&files);
        let (found, diagnostics) = workbooks(&source(&folder), &config_with_accented_id()).unwrap();
        let mut by_name = files;
        by_name.sort_unstable();
        assert_eq!(found.iter().map(|book| book.file.as_str()).collect::<Vec<_>>(), by_name);
        assert!(found.iter().all(|book| book.department.as_str() == "phòng-đ"), "{found:?}");
        assert_eq!(diagnostics, []);
    }

    /// Makes a named pipe. Running `mkfifo` instead would start a process that, until its exec, holds the file locks of
    /// tests running in parallel.
    #[cfg(unix)]
    #[expect(unsafe_code, reason = "the standard library cannot create a named pipe")]
    fn make_pipe(path: &Path) {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::CString::new(path.as_os_str().as_bytes()).unwrap();
        // SAFETY: the name ends with a zero and lives longer than the call.
        assert_eq!(unsafe { libc::mkfifo(name.as_ptr(), 0o600) }, 0);
    }

    #[cfg(unix)]
    #[test]
    fn fake_workbooks_are_reported() {
        let folder = project(&["workbooks/phong-a/thu muc.xlsx/b.xlsx", "workbooks/phong-a/z.xlsx"]);
        let in_department = |name: &str| folder.path().join("workbooks/phong-a").join(name);
        let pipe = in_department("ong.xlsx");
        make_pipe(&pipe);
        std::os::unix::fs::symlink("..", in_department("vong")).unwrap();
        std::os::unix::fs::symlink("z.xlsx", in_department("lien ket.xlsx")).unwrap();
        let (found, diagnostics) = workbooks(&source(&folder), &settings()).unwrap();
        assert_eq!(found.iter().map(|book| book.file.as_str()).collect::<Vec<_>>(), ["workbooks/phong-a/z.xlsx"]);
        let named = ["lien ket.xlsx", "ong.xlsx", "thu muc.xlsx", "vong"];
        assert_eq!(problems(&diagnostics), named.map(|name| format!("file-kind workbooks/phong-a/{name}")));
        assert!(matches!(source(&folder).read(Path::new("workbooks/phong-a/ong.xlsx")), Err(FileError::NotRegular)));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_named_wherever_they_are_and_never_opened() {
        let folder = project(&["rules/a.lua", "rules/run.xlsx", "plugins/tests/herd/a.md", "history/2022.xlsx"]);
        let at = |name: &str| folder.path().join(name);
        let link = |name: &str, to: &str| std::os::unix::fs::symlink(at(to), at(name)).unwrap();
        let pipe = |name: &str| make_pipe(&at(name));
        fs::create_dir_all(at("workbooks/phong-a")).unwrap();
        link("plugins/a.lua", "rules/a.lua");
        link("plugins/gone.lua", "rules/nowhere.lua");
        link("plugins/lib", "rules");
        link("plugins/readme", "rules/a.lua");
        link("plugins/tests/herd/b.md", "rules/a.lua");
        link("plugins/tests/sector", "plugins/tests/herd");
        pipe("plugins/pipe.lua");
        link("history/2023.xlsx", "rules/run.xlsx");
        link("history/old", "rules");
        link("history/old.part", "rules");
        pipe("history/pipe");
        link("plugins/.#a.lua", "rules/nowhere.lua");
        let (rules, diagnostics) = rules(&source(&folder)).unwrap();
        assert_eq!(rules, []);
        assert_eq!(
            problems(&diagnostics),
            [
                "plugin-broken plugins/a.lua",
                "plugin-broken plugins/gone.lua",
                "plugin-broken plugins/lib",
                "plugin-broken plugins/pipe.lua",
                "file-kind plugins/readme",
                "file-kind plugins/tests/herd/b.md",
                "file-kind plugins/tests/sector",
            ]
        );
        let tests = rule_tests(&source(&folder)).unwrap();
        assert_eq!(tests.iter().map(|test| test.file.as_str()).collect::<Vec<_>>(), ["plugins/tests/herd/a.md"]);
        let (runs, diagnostics) = past_workbooks(&source(&folder));
        assert_eq!(
            problems(&diagnostics),
            ["file-kind history/old", "file-kind history/old.part", "file-kind history/pipe"]
        );
        let opened: Vec<_> =
            runs.iter().map(|(file, path)| (file.as_str(), source(&folder).read(path).is_ok())).collect();
        assert_eq!(opened, [("history/2022.xlsx", true), ("history/2023.xlsx", false)], "its reader names it");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_a_file_of_the_office_is_left_to_its_reader() {
        let folder = project(&["x", "workbooks/phong-a/a.xlsx"]);
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("plugins")).unwrap();
        let names = [
            "workbooks/dieu-chinh.csv",
            "workbooks/giai-trinh.csv",
            "workbooks/tiep-nhan.csv",
            "plugins/aliases.toml",
            "plugins/mau-bao-cao.docx",
        ];
        let finders = [corrections_file, explanations_file, register_file, aliases_file, template_file];
        for (name, find) in names.into_iter().zip(finders) {
            assert_eq!(find(&source(&folder)), None, "{name}");
            std::os::unix::fs::symlink(at("x"), at(name)).unwrap();
            let (file, path) = find(&source(&folder)).unwrap();
            assert_eq!(file.as_str(), name);
            assert!(matches!(source(&folder).read(&path), Err(FileError::Symlink)), "{name}");
        }
        assert_eq!(problems(&workbooks(&source(&folder), &settings()).unwrap().1), Vec::<String>::new());
        assert_eq!(problems(&rules(&source(&folder)).unwrap().1), Vec::<String>::new());
        std::os::unix::fs::symlink(at("nowhere"), at("history")).unwrap();
        assert_eq!(problems(&past_workbooks(&source(&folder)).1), ["history-unusable history"]);
    }

    #[test]
    fn by_products_are_not_user_files() {
        let folder = project(&["a/Thumbs.db", "b/desktop.ini", "b/x.txt"]);
        let holds = |name: &str| has_user_files(&folder.path().join(name));
        assert_eq!((holds("a"), holds("b"), holds("c")), (false, true, false));
    }
}
