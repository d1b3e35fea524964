//! Makes the blank forms of a project.
//!
//! Input: the rules of a project and its earlier runs. Output: the forms as files, and how to write them. Not here: the
//! look of a form.

use super::{Environment, OutputFile, Prepared, Preserved, RunError, past, prepare};
use std::path::Path;
use tonghop_core::diag::Diagnostics;
use tonghop_core::model::id::DepartmentId;
use tonghop_recognise::history;
use tonghop_report::write::{self, LostOutput, Rendered};

/// The blank forms of a project, not written yet.
pub struct Forms {
    /// One workbook per department, then the manifest.
    pub files: Vec<OutputFile>,
    /// The names of the departments that no sector collects data from.
    pub departments_without_form: Vec<String>,
    /// Problems of the rules and of earlier runs.
    pub diagnostics: Diagnostics,
}

impl Forms {
    /// Returns the number of workbooks.
    pub fn workbooks(&self) -> usize {
        self.files.iter().filter(|file| file.name != write::MANIFEST).count()
    }

    /// Writes the files to `folder`; returns the user-edited files kept there.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be written.
    pub fn write(&self, folder: &Path) -> Result<Vec<Preserved>, RunError> {
        Ok(write::commit(&self.files, folder)?)
    }
}

/// Renders the blank forms of a project.
///
/// # Errors
/// Returns an error if the settings cannot be used or the rule files cannot be read. Problems in a single rule file are
/// in the diagnostics; the sectors of the other rule files still get their forms.
pub fn forms(&Environment { source, reader, .. }: &Environment<'_>) -> Result<Forms, RunError> {
    let Prepared { config, rules, mut inputs, mut diagnostics, .. } = prepare(source)?;
    let sectors = rules.declarations();
    let read = |bytes: &[u8]| reader.read(bytes, &config.limits);
    let runs = past::read_past_runs(source, &config, &read, &mut inputs, &mut diagnostics);
    let (known, problems) = history::last_year_figures(&runs, &sectors, config.period);
    diagnostics.extend(problems);
    let collects_data =
        |department: &DepartmentId| sectors.iter().any(|sector| sector.departments.contains(department));
    let without_form = config.departments.iter().filter(|d| !collects_data(&d.id)).map(|d| d.name.clone()).collect();
    let fill = |slot: &write::forms::InputCell<'_>| past::last_year_entry(slot, &known);
    let Rendered { files, lost } = write::forms::render(&sectors, &config, &fill)?;
    diagnostics.extend(lost.iter().map(LostOutput::diagnostic));
    config.apply_severities(&mut diagnostics);
    Ok(Forms { files, departments_without_form: without_form, diagnostics })
}
