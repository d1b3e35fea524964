//! Creates new sectors and projects that pass `check` and `test` immediately.
//!
//! Input: a name and optionally an example workbook. Output: new files: the rule, a test of it, lines of
//! `tonghop.toml`; for a project everything it needs. Existing files are never replaced.

mod error;
mod files;
mod lua;
mod names;
mod project;
mod proposal;
mod settings;

pub use error::ScaffoldError;
pub use project::project;

use super::case::{self, Case, table};
use super::outcome::{CODE, LABEL, UNIT};
use super::trial::Trial;
use crate::find::{self, RuleFile};
use crate::pipeline::{self, Prepared, ReadBooks, RunError};
use error::{unread, unwritten};
use files::NewFiles;
use lua::Head;
use proposal::Proposal;
use settings::{NewDepartment, NewHeading};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tonghop_core::config::Config;
use tonghop_core::message::Words;
use tonghop_core::model::id::{DepartmentId, FilePath, SectionPath};
use tonghop_core::model::measure::Measure;
use tonghop_core::vi::fold::label;
use tonghop_core::vi::format;
use tonghop_report::write::forms::{self, Entry, Slot};
use tonghop_rules::Rules;

/// The name of the first test of a new sector.
const FIRST_TEST: &str = "vi-du.md";

/// The description of a new sector.
#[derive(Clone, Debug, Default)]
pub struct NewSector {
    /// The id: lowercase letters, digits, `-` and `_`, at most 64 characters, not used by another rule file.
    pub id: String,
    /// The title in the outputs; the default is `Ngành` and the id.
    pub title: Option<String>,
    /// The id of the reporting department; the default is that of the example, or the only one.
    pub department: Option<String>,
    /// The name of the department, if it is to be added to the settings.
    pub department_name: Option<String>,
    /// The heading of the outline; the default is a new one after all others.
    pub section: Option<String>,
    /// The path of an example workbook.
    pub from: Option<PathBuf>,
}

/// The created files and settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The department that reports the new sector.
    pub department: Option<String>,
    /// The paths of the new files, relative to the project.
    pub files: Vec<String>,
    /// The lines added to `tonghop.toml`.
    pub settings: Vec<String>,
    /// The contents of the example that the rule does not use.
    pub left_out: Vec<Words>,
}

/// Creates a new sector in a project.
///
/// # Errors
/// An invalid or taken id, settings that cannot be extended, a workbook that cannot be read; then no file was
/// written.
pub fn sector(project: &Path, asked: &NewSector, reader: &dyn ReadBooks) -> Result<Made, ScaffoldError> {
    let prepared = pipeline::prepare(project)?;
    check_id(&asked.id, &prepared.rules)?;
    let old = pipeline::settings(project)?;
    let place = Place::find(project, asked, &prepared.config, &old)?;
    let config = Config::parse(&place.settings).map_err(RunError::Config)?;
    let proposal = proposal(asked, &prepared, &place, reader)?;
    let head = Head { id: &asked.id, title: &place.title, section: &place.section, department: &place.department };
    let rule = RuleFile {
        file: FilePath::new(format!("plugins/{}.lua", asked.id)),
        text: lua::sector(&head, &proposal, config.period),
    };
    let mut rules: Vec<RuleFile> =
        prepared.scripts.iter().map(|s| RuleFile { file: s.file.clone(), text: s.text.clone() }).collect();
    rules.push(rule.clone());
    let trial = pipeline::loaded(&place.settings, config, rules, Vec::new());
    let mut files = NewFiles::default();
    files.add(rule.file.as_str(), rule.text);
    let test = format!("plugins/tests/{}/{FIRST_TEST}", asked.id);
    files.add(&test, first_test(&asked.id, &place.title, &proposal, &trial, &test)?);
    let folder = format!("workbooks/{}", place.department);
    if !find::holds_something(&project.join(&folder)) {
        let (name, bytes) = first_workbook(asked, &place.department, &proposal, &trial)?;
        files.add(&format!("{folder}/{name}"), bytes);
    }
    let written = files.write(project)?;
    if place.settings != old {
        let settings_path = project.join(pipeline::SETTINGS);
        std::fs::write(&settings_path, &place.settings).map_err(unwritten(&settings_path))?;
    }
    Ok(Made { department: Some(place.department), files: written, settings: place.added, left_out: proposal.left_out })
}

fn check_id(id: &str, rules: &Rules) -> Result<(), ScaffoldError> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if id.is_empty() || id.len() > 64 || !id.chars().all(fits) {
        return Err(ScaffoldError::BadId(id.to_owned()));
    }
    match rules.sectors.iter().find(|sector| sector.decl.id.as_str() == id) {
        Some(taken) => Err(ScaffoldError::TakenId(id.to_owned(), taken.decl.file.to_string())),
        None => Ok(()),
    }
}

/// The department and the heading of a new sector, with the extended settings.
struct Place {
    title: String,
    department: String,
    section: String,
    settings: String,
    added: Vec<String>,
}

impl Place {
    fn find(project: &Path, asked: &NewSector, config: &Config, settings: &str) -> Result<Self, ScaffoldError> {
        let title = asked.title.clone().unwrap_or_else(|| format!("Ngành {}", asked.id));
        let department = department(project, asked, config)?;
        let next = config.outline.next_place();
        let mut place = Self {
            section: asked.section.clone().unwrap_or_else(|| next.1.to_string()),
            settings: settings.to_owned(),
            added: Vec::new(),
            title,
            department,
        };
        if config.department(&place.department).is_none() {
            place.add_department(asked, config)?;
        }
        match &asked.section {
            Some(path) if config.outline.heading(&SectionPath::new(path.as_str())).is_none() => {
                return Err(ScaffoldError::UnknownSection(path.clone()));
            }
            Some(_) => {}
            None => place.add_heading(asked, next.0)?,
        }
        Ok(place)
    }

    fn add_department(&mut self, asked: &NewSector, config: &Config) -> Result<(), ScaffoldError> {
        let Some(name) = &asked.department_name else {
            return Err(ScaffoldError::UnknownDepartment(self.department.clone(), departments(config)));
        };
        let new = NewDepartment { id: &self.department, name };
        let again = format!("--department {}", self.department);
        self.settings = new.added(&self.settings).ok_or_else(|| ScaffoldError::Settings(new.lines(), again))?;
        self.added.push(new.lines());
        Ok(())
    }

    fn add_heading(&mut self, asked: &NewSector, before: usize) -> Result<(), ScaffoldError> {
        let title = self.title.to_uppercase();
        let new = NewHeading { before, path: &self.section, title: &title, sector: &asked.id };
        let again = format!("--section {}", self.section);
        self.settings = new.added(&self.settings).ok_or_else(|| ScaffoldError::Settings(new.line(), again))?;
        self.added.push(new.line());
        Ok(())
    }
}

fn departments(config: &Config) -> String {
    config.departments.iter().map(|d| d.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// Returns the id of the given department, of the one whose folder has the example, or of the only one.
fn department(project: &Path, asked: &NewSector, config: &Config) -> Result<String, ScaffoldError> {
    let of_example = || {
        let folder = asked.from.as_ref()?.parent()?;
        let name = folder.file_name()?.to_str()?;
        let own = project.join("workbooks").join(name);
        let same = std::fs::canonicalize(folder).ok() == std::fs::canonicalize(own).ok();
        config.department_of_folder(name).filter(|_| same).map(|department| department.id.to_string())
    };
    let only = || match config.departments.as_slice() {
        [only] => Some(only.id.to_string()),
        _ => None,
    };
    let found = asked.department.clone().or_else(of_example).or_else(only);
    found.ok_or_else(|| ScaffoldError::WhichDepartment(departments(config)))
}

/// Returns a proposal from the example workbook, or a sample.
fn proposal(
    asked: &NewSector,
    prepared: &Prepared,
    Place { department, title, .. }: &Place,
    reader: &dyn ReadBooks,
) -> Result<Proposal, ScaffoldError> {
    let declared = |words: &str| declared(&prepared.rules, department, words);
    let Some(path) = &asked.from else { return Ok(Proposal::sample(&prepared.config, title, &declared)) };
    let bytes = find::linked_bytes(path).map_err(unread(path))?;
    let book = reader.read(&bytes, &prepared.config.limits);
    let book = book.map_err(|source| ScaffoldError::Workbook { path: path.clone(), source })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let tables = tonghop_recognise::tables(&FilePath::new(&*name), &book, &prepared.config);
    let proposal = Proposal::from_tables(&tables, &prepared.config, &declared);
    let is_empty = proposal.indicators.is_empty() && proposal.topics.is_empty();
    if is_empty { Err(ScaffoldError::NoTable(path.clone())) } else { Ok(proposal) }
}

/// Returns the indicator or topic of the department that already has a label.
fn declared(rules: &Rules, department: &str, words: &str) -> Option<String> {
    let wanted = label(words);
    let own = rules.sectors.iter().filter(|s| s.decl.departments.contains(&DepartmentId::new(department)));
    let is_wanted = |words: &String| label(words) == wanted;
    own.into_iter().find_map(|sector| {
        let decl = &sector.decl;
        let mut indicators = decl.indicators.iter().filter(|i| i.from.is_none());
        let indicator = indicators.find(|i| is_wanted(&i.label) || i.aliases.iter().any(is_wanted));
        let topic = || decl.narrative.iter().find(|topic| topic.labels.iter().any(is_wanted));
        let name = indicator.map(|i| i.id.as_str()).or_else(|| topic().map(|topic| topic.key.as_str()))?;
        Some(format!("{}.{name}", decl.id))
    })
}

/// Creates the first test of a sector: the example as given tables, and the outcome of the rules.
fn first_test(
    id: &str,
    title: &str,
    proposal: &Proposal,
    trial: &Prepared,
    file: &str,
) -> Result<String, ScaffoldError> {
    let text = case::head(&format!("{title}: ví dụ đầu tiên"), trial.config.period, &tables(proposal, &trial.config));
    let (case, _) = Case::parse(&text);
    let ran = Trial::run(trial, &case, id, &FilePath::new(file), false).map_err(|failures| {
        let told: Vec<Words> = failures.into_iter().map(|failure| failure.message).collect();
        ScaffoldError::Broken(Words::joined(&told, "; "))
    })?;
    Ok(ran.updated(&case))
}

/// Formats the proposed figures and texts as given tables.
fn tables(proposal: &Proposal, config: &Config) -> Vec<String> {
    let measures: BTreeSet<&Measure> = proposal.indicators.iter().flat_map(|one| one.figures.keys()).collect();
    let titles = measures.iter().map(|measure| heading(measure, config));
    let mut figures = vec![[CODE, LABEL, UNIT].map(str::to_owned).into_iter().chain(titles).collect::<Vec<_>>()];
    figures.extend(proposal.indicators.iter().filter(|one| !one.figures.is_empty()).map(|one| {
        let number = |measure: &&Measure| one.figures.get(measure).map(|value| format::number(*value, None));
        let cells = measures.iter().map(|measure| number(measure).unwrap_or_default());
        [one.id.clone(), one.label.clone(), one.unit.to_string()].into_iter().chain(cells).collect()
    }));
    let mut words = vec![["Nội dung", "Phần lời"].map(str::to_owned).to_vec()];
    words.extend(proposal.topics.iter().map(|topic| vec![topic.label.clone(), topic.words.clone()]));
    [figures, words].iter().filter(|rows| rows.len() > 1).map(|rows| table(rows).join("\n")).collect()
}

/// Returns the heading of a column in a workbook.
fn heading(measure: &Measure, config: &Config) -> String {
    let declared = match measure {
        Measure::Target(id) => config.target(id.as_str()).and_then(|column| column.headings.first()),
        Measure::Other(id) => config.measure(id.as_str()).and_then(|column| column.headings.first()),
        _ => None,
    };
    declared.cloned().unwrap_or_else(|| tonghop_report::write::xlsx::measure_title(measure, config))
}

/// Returns the first workbook of a department: the example, or the form filled with the sample.
fn first_workbook(
    asked: &NewSector,
    department: &str,
    proposal: &Proposal,
    trial: &Prepared,
) -> Result<(String, Vec<u8>), ScaffoldError> {
    if let Some(path) = &asked.from {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok((name, find::linked_bytes(path).map_err(unread(path))?));
    }
    let form = form(department, trial, &|slot| filled(slot, &asked.id, proposal))?;
    Ok(("so-lieu-mau.xlsx".to_owned(), form))
}

/// Renders the form of one department.
fn form(department: &str, trial: &Prepared, fill: forms::Fill<'_>) -> Result<Vec<u8>, ScaffoldError> {
    let name = format!("{department}.xlsx");
    let files = forms::render(&trial.rules.declarations(), &trial.config, fill)?;
    let form = files.into_iter().find(|file| file.name == name);
    form.map(|file| file.bytes).ok_or_else(|| ScaffoldError::UnknownDepartment(name, departments(&trial.config)))
}

/// Returns the sample value for a cell of the form.
fn filled(slot: &Slot<'_>, id: &str, proposal: &Proposal) -> Option<Entry> {
    match slot {
        Slot::Number(sector, indicator, measure) if sector.id.as_str() == id => {
            let one = proposal.indicators.iter().find(|one| one.id == indicator.id.as_str())?;
            one.figures.get(*measure).copied().map(Entry::Number)
        }
        Slot::Topic(sector, topic) if sector.id.as_str() == id => {
            let one = proposal.topics.iter().find(|one| one.key == topic.key)?;
            Some(Entry::Words(one.words.clone()))
        }
        _ => None,
    }
}
