//! The hash of all that the feedback to a department is made from: if it is the same, so is the feedback.
//!
//! Input: the feedback before it is rendered, the hashes of the files of the project. Output: one hash. Not here: the
//! version of the program, which the store of earlier results knows.

use super::department_feedback::DepartmentFeedback;
use crate::write::InputHashes;
use std::collections::BTreeMap;
use tonghop_core::model::hash::ContentHash;
use tonghop_core::model::id::FilePath;

/// Returns the hash of the settings and the rules, which decide names, labels and what a department is asked.
pub(super) fn project_hash(inputs: &InputHashes) -> ContentHash {
    ContentHash::compute(format!("{}\n{:?}\n{:?}", inputs.settings, inputs.plugins, inputs.aliases).as_bytes())
}

/// Returns the hash of the feedback to one department; `None` if one of its workbooks has no hash.
///
/// The lines and outstanding cells follow from the rest.
pub(super) fn feedback_hash(
    feedback: &DepartmentFeedback<'_>,
    project: &ContentHash,
    workbooks: &BTreeMap<&FilePath, &ContentHash>,
) -> Option<ContentHash> {
    let sheets = feedback.sheets.iter().map(|sheet| Some((sheet.file, *workbooks.get(sheet.file)?, sheet.summary)));
    let sheets: Vec<_> = sheets.collect::<Option<_>>()?;
    let flags = (feedback.has_requesting_sector, feedback.has_intact_rules);
    let submission = format!("{:?}", feedback.submission);
    let data = (project, sheets, &feedback.diagnostics, &feedback.answer_forms, flags, submission);
    postcard::to_allocvec(&data).ok().map(|bytes| ContentHash::compute(&bytes))
}
