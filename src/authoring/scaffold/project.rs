//! Creates a new project: settings, one sector with its test, the form of its department blank and filled, and stubs
//! of the rule API for editors.
//!
//! Input: a folder that is empty or missing. Output: a project that runs immediately. Existing files are not replaced.

use super::files::NewFiles;
use super::lua::{self, Head};
use super::proposal::Proposal;
use super::{FIRST_TEST, Made, ScaffoldError, filled, first_test, form};
use crate::find::{self, RuleFile};
use crate::pipeline::{self, RunError};
use std::path::Path;
use tonghop_core::config::Config;
use tonghop_core::model::id::FilePath;
use tonghop_report::write::forms;
use tonghop_rules::stubs;

const SETTINGS: &str = include_str!("project.toml");
const README: &str = include_str!("project.md");
const REPORT: &str = include_str!("report.lua");
/// The editor configuration that points to the stubs of the rule API.
const EDITOR: &str = include_str!("luarc.json");

/// The sector of a new project, as in its settings.
const HEAD: Head<'static> =
    Head { id: "ho-tro", title: "Hỗ trợ hộ nghèo, hộ cận nghèo", section: "I", department: "phong-mau" };

/// Creates a new project in a folder.
///
/// # Errors
/// A folder that is not empty or cannot be written.
pub fn project(folder: &Path) -> Result<Made, ScaffoldError> {
    if find::holds_something(folder) {
        return Err(ScaffoldError::Exists(folder.display().to_string()));
    }
    let config = Config::parse(SETTINGS).map_err(RunError::Config)?;
    let proposal = Proposal::sample(&config, "", &|_| None);
    let rules = [(HEAD.id, lua::sector(&HEAD, &proposal, config.period)), ("report", REPORT.to_owned())];
    let rules = rules.map(|(name, text)| RuleFile { file: FilePath::new(format!("plugins/{name}.lua")), text });
    let trial = pipeline::loaded(SETTINGS, config, rules.to_vec(), Vec::new());
    let test = format!("plugins/tests/{}/{FIRST_TEST}", HEAD.id);
    let mut files = NewFiles::default();
    files.add(pipeline::SETTINGS, SETTINGS);
    files.add("README.md", README);
    files.add(".luarc.json", EDITOR);
    // Outside plugins/, where it would be a rule.
    files.add("editor/tonghop.lua", stubs::lua());
    files.add(&test, first_test(HEAD.id, HEAD.title, &proposal, &trial, &test)?);
    rules.into_iter().for_each(|rule| files.add(rule.file.as_str(), rule.text));
    files.add(&format!("bieu-mau/{}.xlsx", HEAD.department), form(HEAD.department, &trial, &forms::blank)?);
    let sample = form(HEAD.department, &trial, &|slot| filled(slot, HEAD.id, &proposal))?;
    files.add(&format!("workbooks/{}/so-lieu-mau.xlsx", HEAD.department), sample);
    let written = files.write(folder)?;
    Ok(Made { files: written, ..Made::default() })
}
