//! Reads one workbook to show how it was understood.
//!
//! Input: an [`Environment`] and the bytes of a workbook. Output: how its sheets were understood, with the problems of
//! the rules. Not here: the other workbooks, rules over figures, outputs.

use super::{Environment, Prepared, RunError, past, prepare};
use thiserror::Error;
use tonghop_core::diag::Diagnostics;
use tonghop_core::message::Message;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::{display_as_message, msg};
use tonghop_read::ReadError;
use tonghop_recognise::Recogniser;
use tonghop_recognise::reading::WorkbookReading;
use tonghop_report::write::InputHashes;

/// A workbook to be shown.
pub struct WorkbookToShow {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its path from the root of the project, or its name if it is elsewhere.
    pub file: FilePath,
    /// The department that sent it [default: that of its folder; none if it is elsewhere].
    pub department: Option<DepartmentId>,
}

/// How a workbook was understood, and the problems of the rules that it was compared with.
pub type ShownWorkbook = (WorkbookReading, Diagnostics);

/// Why a workbook cannot be shown.
#[derive(Debug, Error)]
pub enum ShowError {
    /// The project cannot be used.
    Project(#[from] RunError),
    /// The chosen department is not declared.
    UnknownDepartment {
        /// The department.
        department: DepartmentId,
        /// The declared ones, joined.
        declared: String,
    },
    /// The workbook cannot be read.
    Workbook {
        /// The workbook.
        file: FilePath,
        /// Why not.
        source: ReadError,
    },
}

impl ShowError {
    /// Returns the message for the user.
    pub fn message(&self) -> Message {
        match self {
            Self::Project(error) => error.message(),
            Self::UnknownDepartment { department, declared } => msg!(
                "không có đơn vị \"{department}\" trong tonghop.toml; có: {declared}",
                "tonghop.toml declares no department \"{department}\"; it declares: {declared}"
            ),
            Self::Workbook { file, source } => msg!(
                "không đọc được {file}: {source}; {hint}",
                "{file} cannot be read: {source}; {hint}",
                file = file,
                source = source.message(),
                hint = source.hint()
            ),
        }
    }
}

display_as_message!(ShowError);

/// Reads a workbook as a run does and returns how it was understood.
///
/// # Errors
/// Returns an error if the project or the workbook cannot be used. Problems in a single rule file are among the
/// returned problems.
pub fn show_workbook(
    &Environment { source, reader, .. }: &Environment<'_>,
    WorkbookToShow { bytes, file, department }: WorkbookToShow,
) -> Result<ShownWorkbook, ShowError> {
    let Prepared { config, rules, mut diagnostics, .. } = prepare(source)?;
    let department = match department {
        Some(chosen) => {
            let known = config.department_of_folder(chosen.as_str()).map(|known| known.id.clone());
            let declared = || config.departments.iter().map(|d| d.id.as_str()).collect::<Vec<_>>().join(", ");
            Some(known.ok_or_else(|| ShowError::UnknownDepartment { department: chosen, declared: declared() })?)
        }
        None => {
            let folder = file.split_department().map(|(folder, _)| folder);
            folder.and_then(|folder| config.department_of_folder(folder)).map(|known| known.id.clone())
        }
    };
    let book =
        reader.read(&bytes, &config.limits).map_err(|source| ShowError::Workbook { file: file.clone(), source })?;
    let (sectors, problems) = past::with_aliases(source, &rules.declarations(), &config, &mut InputHashes::default());
    diagnostics.extend(problems);
    let reading = Recogniser::new(&sectors, &config).read_workbook(&file, department.as_ref(), book);
    Ok((reading, diagnostics))
}
