//! Creates a new project: settings, one sector with its test, the form of its department blank and filled, and stubs
//! of the rule API for editors.
//!
//! Input: a folder that is empty or missing. Output: a project that runs immediately. Existing files are not replaced.

use super::files::NewFiles;
use super::lua::{self, SectorHead};
use super::proposal::SectorProposal;
use super::{CreatedFiles, FIRST_TEST, ScaffoldError, first_test, render_form, sample_entry};
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
const EDITOR_CONFIG: &str = include_str!("luarc.json");

/// The sector of a new project, as in its settings.
const HEAD: SectorHead<'static> =
    SectorHead {
        id: "ho-tro", title: "Hỗ trợ hộ nghèo, hộ cận nghèo", section: "I", department: "phong-mau"
    };

/// Creates a new project in a folder.
///
/// # Errors
/// Returns an error if the folder is not empty or cannot be written.
pub fn create_project(folder: &Path) -> Result<CreatedFiles, ScaffoldError> {
    if find::has_user_files(folder) {
        return Err(ScaffoldError::Exists(folder.display().to_string()));
    }
    let config = Config::parse(SETTINGS).map_err(RunError::Config)?;
    let proposal = SectorProposal::sample(&config, "", &|_| None);
    let rules = [(HEAD.id, lua::render_sector(&HEAD, &proposal, config.period)), ("report", REPORT.to_owned())];
    let rules = rules.map(|(name, text)| RuleFile { file: FilePath::new(format!("plugins/{name}.lua")), text });
    let prepared = pipeline::prepare_from(SETTINGS, config, rules.to_vec(), Vec::new());
    let test = format!("plugins/tests/{}/{FIRST_TEST}", HEAD.id);
    let mut files = NewFiles::default();
    files.add(pipeline::SETTINGS_FILE, SETTINGS);
    files.add("README.md", README);
    files.add(".luarc.json", EDITOR_CONFIG);
    // Outside plugins/, where it would be a rule.
    files.add("editor/tonghop.lua", stubs::lua());
    files.add(&test, first_test(HEAD.id, HEAD.title, &proposal, &prepared, &test)?);
    rules.into_iter().for_each(|rule| files.add(rule.file.as_str(), rule.text));
    files.add(&format!("bieu-mau/{}.xlsx", HEAD.department), render_form(HEAD.department, &prepared, &forms::blank)?);
    let sample = render_form(HEAD.department, &prepared, &|slot| sample_entry(slot, HEAD.id, &proposal))?;
    files.add(&format!("workbooks/{}/so-lieu-mau.xlsx", HEAD.department), sample);
    let written = files.write(folder)?;
    Ok(CreatedFiles { files: written, ..CreatedFiles::default() })
}
