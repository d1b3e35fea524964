//! Takes over the feedback that an earlier run rendered from the same data, instead of rendering it again.
//!
//! Input: the feedback to a department before it is rendered, the hashes of the files of the project. Output: the files,
//! recalled or rendered. Not here: the version of the program, which the store of earlier results knows.

use super::department_feedback::DepartmentFeedback;
use crate::write::rendering::{RenderedFile, rendered};
use crate::write::{EarlierFiles, OutputFile, Product, WriteError};
use std::collections::BTreeMap;
use tonghop_core::model::hash::ContentHash;
use tonghop_core::model::id::FilePath;

/// The files of earlier runs, and what decides whether they hold.
pub(super) struct EarlierFeedback<'a> {
    files: &'a dyn EarlierFiles,
    /// The name of the folder of the period.
    period: String,
    /// The hash of the settings and the rules, which decide names, labels and what a department is asked.
    project: ContentHash,
    workbooks: BTreeMap<&'a FilePath, &'a ContentHash>,
}

impl<'a> EarlierFeedback<'a> {
    pub(super) fn new(product: &Product<'a>) -> Self {
        let inputs = product.inputs;
        let project = format!("{}\n{:?}\n{:?}", inputs.settings, inputs.plugins, inputs.aliases);
        Self {
            files: product.earlier,
            period: product.config.period.folder_name(),
            project: ContentHash::compute(project.as_bytes()),
            workbooks: inputs.workbooks.iter().map(|(_, file, hash)| (file, hash)).collect(),
        }
    }

    /// Returns the hash of all that the feedback to a department is made from; `None` if a workbook has no hash.
    ///
    /// The lines and outstanding cells follow from the rest.
    pub(super) fn hash(&self, feedback: &DepartmentFeedback<'_>) -> Option<ContentHash> {
        let sheet_data = feedback.sheets.iter().map(|sheet| Some((self.workbooks.get(sheet.file)?, sheet.summary)));
        let sheet_data: Vec<_> = sheet_data.collect::<Option<_>>()?;
        let flags = (feedback.has_requesting_sector, feedback.waits_for_rules);
        let submission = format!("{:?}", feedback.submission);
        let files: Vec<&FilePath> = feedback.sheets.iter().map(|sheet| sheet.file).collect();
        let data = (&self.project, files, sheet_data, &feedback.diagnostics, &feedback.answer_forms, flags, submission);
        postcard::to_allocvec(&data).ok().map(|bytes| ContentHash::compute(&bytes))
    }

    /// Returns a file as an earlier run rendered it from the same data, or renders it.
    pub(super) fn recall_or_render(
        &self,
        name: String,
        made_from: Option<&ContentHash>,
        render: impl FnOnce() -> Result<Vec<u8>, WriteError>,
    ) -> RenderedFile {
        let path = format!("{}/{name}", self.period);
        if let Some(bytes) = made_from.and_then(|made_from| self.files.recall(&path, made_from)) {
            return Ok(OutputFile { name, bytes });
        }
        let file = rendered(name, render);
        if let (Some(made_from), Ok(file)) = (made_from, &file) {
            self.files.record(&path, made_from, &file.bytes);
        }
        file
    }
}
