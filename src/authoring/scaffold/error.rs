//! The errors of creating a sector or a project.

use crate::pipeline::{ReadError, RunError};
use crate::source::FileError;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;
use tonghop_core::message::Message;
use tonghop_core::model::id::file_name_rule;
use tonghop_core::{display_as_message, msg};
use tonghop_report::write::WriteError;

/// Why a sector or a project could not be created.
#[derive(Debug, Error)]
pub enum ScaffoldError {
    /// The settings, the rules or a file cannot be used, as in a run.
    Run(#[from] RunError),
    /// A file or folder to be created exists.
    Exists(String),
    /// The id of the sector is empty, too long or has invalid characters.
    BadId(String),
    /// Another rule file has this id: the id and the file.
    TakenId(String, String),
    /// The department is ambiguous; with the declared ones.
    WhichDepartment(String),
    /// No department has this id: the id and the declared ones.
    UnknownDepartment(String, String),
    /// The outline has no heading with this path.
    UnknownSection(String),
    /// The settings cannot be extended: the lines to add and the option to run again with.
    Settings(String, String),
    /// A new file cannot be written.
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The example cannot be read as a workbook.
    Workbook {
        /// The path of the example, as given.
        path: PathBuf,
        /// The read error.
        source: ReadError,
    },
    /// The example at this path has no table with indicators or texts; with the test that each sheet failed.
    NoTable(PathBuf, Vec<Message>),
    /// The new rule does not run.
    Broken(Message),
}

impl From<WriteError> for ScaffoldError {
    fn from(error: WriteError) -> Self {
        Self::Run(error.into())
    }
}

impl ScaffoldError {
    /// Returns the message for the user.
    pub fn message(&self) -> Message {
        match self {
            Self::Run(error) => error.message(),
            Self::Exists(name) => {
                msg!("đã có {name}; không tệp nào bị ghi đè", "{name} already exists; no file was replaced")
            }
            Self::Settings(lines, again) => msg!(
                "không tự thêm được vào tonghop.toml; hãy thêm các dòng sau rồi chạy lại với {again}:\n{lines}",
                "tonghop.toml cannot be extended safely; add these lines and run again with {again}:\n{lines}"
            ),
            Self::Write { path, source } => msg!(
                "không ghi được {path}: {source}",
                "{path} cannot be written: {source}",
                path = path.display(),
                source = source
            ),
            Self::Workbook { path, source } => msg!(
                "không đọc được {path}: {source}",
                "{path} cannot be read: {source}",
                path = path.display(),
                source = source.message()
            ),
            Self::NoTable(path, reasons) => msg!(
                "không nhận ra bảng số liệu nào trong {path}; tệp cần dòng tiêu đề như \"Chỉ tiêu\", \"Thực hiện\"{reasons}",
                "no table was found in {path}; it needs headings such as \"Chỉ tiêu\", \"Thực hiện\"{reasons}",
                path = path.display(),
                reasons = listed(reasons)
            ),
            Self::Broken(why) => {
                msg!("quy tắc mới không chạy được: {why}", "the new rule does not run: {why}", why = *why)
            }
            Self::BadId(id) => msg!(
                "không dùng được mã ngành \"{id}\"; {rule}",
                "the id \"{id}\" cannot be used; {rule}",
                id = id,
                rule = file_name_rule()
            ),
            Self::TakenId(id, file) => {
                msg!("mã ngành \"{id}\" đã có trong {file}", "the id \"{id}\" is already used in {file}")
            }
            Self::WhichDepartment(known) => msg!(
                "ghi rõ đơn vị báo cáo: --department MÃ; tonghop.toml có: {known}",
                "name the department that reports: --department ID; tonghop.toml has: {known}"
            ),
            Self::UnknownDepartment(id, known) => msg!(
                "tonghop.toml không có đơn vị \"{id}\"; đơn vị mới thì thêm --department-name \"Tên đơn vị\", đang có: {known}",
                "tonghop.toml has no department \"{id}\"; for a new one add --department-name \"NAME\"; it has: {known}"
            ),
            Self::UnknownSection(path) => msg!(
                "outline của tonghop.toml không có đề mục \"{path}\"",
                "the outline of tonghop.toml has no heading \"{path}\""
            ),
        }
    }
}

/// Returns each reason on a line of its own.
fn listed(reasons: &[Message]) -> Message {
    let lines: Vec<Message> =
        reasons.iter().map(|reason| msg!("\n  {reason}", "\n  {reason}", reason = *reason)).collect();
    Message::join(&lines, "")
}

display_as_message!(ScaffoldError);

/// Creates the error of a file that cannot be read.
pub(super) fn read_error(path: &Path) -> impl FnOnce(FileError) -> ScaffoldError + use<> {
    let path = path.to_owned();
    move |why| RunError::Unreadable { path, reason: why }.into()
}

/// Creates the error of a file that cannot be written.
pub(super) fn write_error(path: &Path) -> impl FnOnce(io::Error) -> ScaffoldError + use<> {
    let path = path.to_owned();
    move |source| ScaffoldError::Write { path, source }
}
