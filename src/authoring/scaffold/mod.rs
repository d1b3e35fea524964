//! Creates new sectors and projects that pass `check` and `test` immediately.
//!
//! Input: a name and optionally an example workbook. Output: new files: the rule, a test of it, lines of
//! `tonghop.toml`; for a project everything it needs. Existing files are never replaced.

mod error;
mod files;
mod lua;
mod names;
mod open_table;
mod places;
mod project;
mod proposal;
mod settings;

pub use error::ScaffoldError;
pub use project::create_project;

use super::case::{self, Case, format_table};
use super::case_run::CaseRun;
use super::outcome::{CODE_HEADING, LABEL_HEADING, UNIT_HEADING};
use crate::find::{self, RuleFile};
use crate::pipeline::{self, Prepared, RunError, WorkbookReader};
use crate::source::{FolderSource, read_file_following_links};
use error::{read_error, write_error};
use files::NewFiles;
use lua::SectorHead;
use open_table::ProposedTable;
use proposal::{ProposedIndicator, SectorProposal};
use settings::{NewDepartment, NewHeading};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tonghop_core::config::Config;
use tonghop_core::message::Message;
use tonghop_core::model::id::{DepartmentId, FilePath, SectionPath, is_file_name};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::raw_workbook::RawWorkbook;
use tonghop_core::msg;
use tonghop_core::vi::format;
use tonghop_core::vi::label::fold_label;
use tonghop_recognise::Recogniser;
use tonghop_recognise::reading::SheetReading;
use tonghop_report::write::Rendered;
use tonghop_report::write::forms::{self, InputCell, InputValue};
use tonghop_rules::Rules;

/// The name of the first test of a new sector.
const FIRST_TEST: &str = "vi-du.md";

/// The description of a new sector.
#[derive(Clone, Debug, Default)]
pub struct NewSector {
    /// The id: a name of a file ([`is_file_name`]), not used by another rule file.
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
pub struct CreatedFiles {
    /// The department that reports the new sector.
    pub department: Option<String>,
    /// The paths of the new files, relative to the project.
    pub files: Vec<String>,
    /// The lines added to `tonghop.toml`.
    pub settings: Vec<String>,
    /// The contents of the example that the rule does not use.
    pub left_out: Vec<Message>,
}

/// Creates a new sector in a project.
///
/// # Errors
/// Returns an error if the id is invalid or taken, the settings cannot be extended or a workbook cannot be read; then
/// no file was written.
pub fn create_sector(
    project: &Path,
    spec: &NewSector,
    reader: &dyn WorkbookReader,
) -> Result<CreatedFiles, ScaffoldError> {
    let source = FolderSource::new(project);
    let prepared = pipeline::prepare(&source)?;
    check_id(&spec.id, &prepared.rules)?;
    let old_settings = pipeline::settings(&source)?;
    let place = SectorPlacement::find(project, spec, &prepared.config, &old_settings)?;
    let config = Config::parse(&place.settings).map_err(RunError::Config)?;
    let proposal = create_proposal(spec, &prepared, &place, reader)?;
    let head = SectorHead { id: &spec.id, title: &place.title, section: &place.section, department: &place.department };
    let rule = RuleFile {
        file: FilePath::new(format!("plugins/{}.lua", spec.id)),
        text: lua::render_sector(&head, &proposal, config.period),
    };
    let mut rules: Vec<RuleFile> =
        prepared.scripts.iter().map(|s| RuleFile { file: s.file.clone(), text: s.text.clone() }).collect();
    rules.push(rule.clone());
    let extended = pipeline::prepare_from(&place.settings, config, rules, Vec::new());
    let mut files = NewFiles::default();
    files.add(rule.file.as_str(), rule.text);
    let test = format!("plugins/tests/{}/{FIRST_TEST}", spec.id);
    files.add(&test, first_test(&spec.id, &place.title, &proposal, &extended, &test)?);
    let folder = format!("workbooks/{}", place.department);
    if !find::has_user_files(&project.join(&folder)) {
        let (name, bytes) = first_workbook(spec, &place.department, &proposal, &extended)?;
        files.add(&format!("{folder}/{name}"), bytes);
    }
    let written = files.write(project)?;
    if place.settings != old_settings {
        let settings_path = project.join(pipeline::SETTINGS_FILE);
        std::fs::write(&settings_path, &place.settings).map_err(write_error(&settings_path))?;
    }
    Ok(CreatedFiles {
        department: Some(place.department),
        files: written,
        settings: place.added,
        left_out: proposal.left_out,
    })
}

fn check_id(id: &str, rules: &Rules) -> Result<(), ScaffoldError> {
    if !is_file_name(id) {
        return Err(ScaffoldError::BadId(id.to_owned()));
    }
    match rules.sectors.iter().find(|sector| sector.decl.id.as_str() == id) {
        Some(taken) => Err(ScaffoldError::TakenId(id.to_owned(), taken.decl.file.to_string())),
        None => Ok(()),
    }
}

/// The department and the heading of a new sector, with the extended settings.
struct SectorPlacement {
    title: String,
    department: String,
    section: String,
    settings: String,
    added: Vec<String>,
}

impl SectorPlacement {
    fn find(project: &Path, spec: &NewSector, config: &Config, settings: &str) -> Result<Self, ScaffoldError> {
        let title = spec.title.clone().unwrap_or_else(|| format!("Ngành {}", spec.id));
        let department = find_department(project, spec, config)?;
        let next = config.outline.insertion_point();
        let mut place = Self {
            section: spec.section.clone().unwrap_or_else(|| next.1.to_string()),
            settings: settings.to_owned(),
            added: Vec::new(),
            title,
            department,
        };
        if config.department(&place.department).is_none() {
            place.add_department(spec, config)?;
        }
        match &spec.section {
            Some(path) if config.outline.heading(&SectionPath::new(path.as_str())).is_none() => {
                return Err(ScaffoldError::UnknownSection(path.clone()));
            }
            Some(_) => {}
            None => place.add_heading(spec, next.0)?,
        }
        Ok(place)
    }

    fn add_department(&mut self, spec: &NewSector, config: &Config) -> Result<(), ScaffoldError> {
        let Some(name) = &spec.department_name else {
            return Err(ScaffoldError::UnknownDepartment(self.department.clone(), department_list(config)));
        };
        let new = NewDepartment { id: &self.department, name };
        let rerun_option = format!("--department {}", self.department);
        self.settings = new.add_to(&self.settings).ok_or_else(|| ScaffoldError::Settings(new.lines(), rerun_option))?;
        self.added.push(new.lines());
        Ok(())
    }

    fn add_heading(&mut self, spec: &NewSector, before: usize) -> Result<(), ScaffoldError> {
        let title = self.title.to_uppercase();
        let new = NewHeading { position: before, path: &self.section, title: &title, sector: &spec.id };
        let rerun_option = format!("--section {}", self.section);
        self.settings = new.add_to(&self.settings).ok_or_else(|| ScaffoldError::Settings(new.line(), rerun_option))?;
        self.added.push(new.line());
        Ok(())
    }
}

fn department_list(config: &Config) -> String {
    config.departments.iter().map(|d| d.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// Returns the id of the given department, of the one whose folder has the example, or of the only one.
fn find_department(project: &Path, spec: &NewSector, config: &Config) -> Result<String, ScaffoldError> {
    let of_example = || {
        let folder = spec.from.as_ref()?.parent()?;
        let name = folder.file_name()?.to_str()?;
        let own = project.join("workbooks").join(name);
        let same = std::fs::canonicalize(folder).ok() == std::fs::canonicalize(own).ok();
        config.department_of_folder(name).filter(|_| same).map(|department| department.id.to_string())
    };
    let only = || match &*config.departments {
        [only] => Some(only.id.to_string()),
        _ => None,
    };
    let found = spec.department.clone().or_else(of_example).or_else(only);
    found.ok_or_else(|| ScaffoldError::WhichDepartment(department_list(config)))
}

/// Returns a proposal from the example workbook, or a sample.
fn create_proposal(
    spec: &NewSector,
    prepared: &Prepared,
    SectorPlacement { department, title, .. }: &SectorPlacement,
    reader: &dyn WorkbookReader,
) -> Result<SectorProposal, ScaffoldError> {
    let declared = |text: &str| find_declared(&prepared.rules, department, text);
    let Some(path) = &spec.from else { return Ok(SectorProposal::sample(&prepared.config, title, &declared)) };
    let bytes = read_file_following_links(path).map_err(read_error(path))?;
    let book = reader.read(&bytes, &prepared.config.limits);
    let book = book.map_err(|source| ScaffoldError::Workbook { path: path.clone(), source })?;
    let tables = tonghop_recognise::list_tables(&book, &prepared.config);
    let reasons = || failed_tests(book.clone(), path, prepared);
    let proposal = SectorProposal::from_tables(&tables, &prepared.config, &declared);
    let is_empty = proposal.indicators.is_empty() && proposal.topics.is_empty() && proposal.tables.is_empty();
    if is_empty { Err(ScaffoldError::NoTable(path.clone(), reasons())) } else { Ok(proposal) }
}

/// Returns the test that each sheet of an example failed, as `tonghop read` names it.
fn failed_tests(book: RawWorkbook, path: &Path, prepared: &Prepared) -> Vec<Message> {
    let name = FilePath::new(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let sectors = prepared.rules.declarations();
    let reading = Recogniser::new(&sectors, &prepared.config).read_workbook(&name, None, book);
    let of_sheet = |sheet: SheetReading| {
        let reason = sheet.reason?;
        Some(msg!(
            "trang \"{sheet}\": {reason}; {hint}",
            "sheet \"{sheet}\": {reason}; {hint}",
            sheet = sheet.name,
            reason = reason.message(),
            hint = reason.hint()
        ))
    };
    reading.sheets.into_iter().filter_map(of_sheet).collect()
}

/// Returns the indicator or topic of the department that already has a label.
fn find_declared(rules: &Rules, department: &str, text: &str) -> Option<String> {
    let wanted = fold_label(text);
    let own = rules.sectors.iter().filter(|s| s.decl.departments.contains(&DepartmentId::new(department)));
    let is_wanted = |text: &String| fold_label(text) == wanted;
    own.into_iter().find_map(|sector| {
        let decl = &sector.decl;
        let mut indicators = decl.indicators.iter().filter(|i| i.source_indicator.is_none());
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
    proposal: &SectorProposal,
    trial: &Prepared,
    file: &str,
) -> Result<String, ScaffoldError> {
    let text = case::format_head(
        &format!("{title}: ví dụ đầu tiên"),
        trial.config.period,
        &given_tables(proposal, &trial.config),
    );
    let (case, _) = Case::parse(&text);
    let case_run = CaseRun::run(trial, &case, id, &FilePath::new(file), false).map_err(|failures| {
        let messages: Vec<Message> = failures.into_iter().map(|failure| failure.message).collect();
        ScaffoldError::Broken(Message::join(&messages, "; "))
    })?;
    Ok(case_run.updated_text(&case))
}

/// Formats the proposed figures and texts as given tables.
fn given_tables(proposal: &SectorProposal, config: &Config) -> Vec<String> {
    let measures: BTreeSet<&Measure> = proposal.indicators.iter().flat_map(|one| one.figures.keys()).collect();
    let titles = measures.iter().map(|measure| column_heading(measure, config));
    let mut figures = vec![
        [CODE_HEADING, LABEL_HEADING, UNIT_HEADING].map(str::to_owned).into_iter().chain(titles).collect::<Vec<_>>(),
    ];
    figures.extend(proposal.indicators.iter().filter(|one| !one.figures.is_empty()).map(|one| {
        let number = |measure: &&Measure| one.figures.get(measure).map(|value| format::number(*value, None));
        let cells = measures.iter().map(|measure| number(measure).unwrap_or_default());
        [one.id.clone(), one.label.clone(), one.unit.to_string()].into_iter().chain(cells).collect()
    }));
    let mut words = vec![["Nội dung", "Phần lời"].map(str::to_owned).to_vec()];
    words.extend(proposal.topics.iter().map(|topic| vec![topic.label.clone(), topic.words.clone()]));
    let tables = proposal.tables.iter().map(|table| given_records(table, config));
    [figures, given_places(proposal), words]
        .into_iter()
        .chain(tables)
        .collect::<Vec<_>>()
        .iter()
        .filter(|rows| rows.len() > 1)
        .map(|rows| format_table(rows).join("\n"))
        .collect()
}

/// Formats the indicators of places as a given table with a column for each place.
fn given_places(proposal: &SectorProposal) -> Vec<Vec<String>> {
    let of_places: Vec<&ProposedIndicator> = proposal.indicators.iter().filter(|one| !one.places.is_empty()).collect();
    let mut labels: Vec<&str> = Vec::new();
    for (place, _) in of_places.iter().flat_map(|one| &one.places) {
        if !labels.contains(&place.label.as_str()) {
            labels.push(&place.label);
        }
    }
    let head = [CODE_HEADING, LABEL_HEADING, UNIT_HEADING].into_iter().chain(labels.iter().copied());
    let mut rows = vec![head.map(str::to_owned).collect::<Vec<_>>()];
    rows.extend(of_places.iter().map(|one| {
        let cell = |label: &&str| {
            let number = one.places.iter().find(|(place, _)| place.label == **label).and_then(|(_, number)| *number);
            number.map(|value| format::number(value, None)).unwrap_or_default()
        };
        let own = [one.id.clone(), one.label.clone(), one.unit.to_string()];
        own.into_iter().chain(labels.iter().map(cell)).collect()
    }));
    rows
}

/// The most rows of an open table in the first test.
const GIVEN_ROWS: usize = 5;

/// Formats the first rows of an open table as a given table.
fn given_records(table: &ProposedTable, config: &Config) -> Vec<Vec<String>> {
    let measures: BTreeSet<&Measure> = table.rows.iter().flat_map(|row| row.figures.keys()).collect();
    let fields = table.fields.iter().map(|(_, heading)| heading.clone());
    let head = std::iter::once(LABEL_HEADING.to_owned()).chain(fields).chain([UNIT_HEADING.to_owned()]);
    let mut rows = vec![head.chain(measures.iter().map(|measure| column_heading(measure, config))).collect::<Vec<_>>()];
    rows.extend(table.rows.iter().take(GIVEN_ROWS).map(|row| {
        let number = |measure: &&Measure| row.figures.get(measure).map(|value| format::number(*value, None));
        let cells = measures.iter().map(|measure| number(measure).unwrap_or_default());
        let words = std::iter::once(row.label.clone()).chain(row.words.iter().cloned());
        words.chain([table.unit.to_string()]).chain(cells).collect()
    }));
    rows
}

/// Returns the heading of a column in a workbook.
fn column_heading(measure: &Measure, config: &Config) -> String {
    let declared = config.measure_headings().find(|(declared, ..)| declared == measure);
    let heading = declared.and_then(|(_, headings, _)| headings.first().cloned());
    heading.unwrap_or_else(|| config.measure_title(measure))
}

/// Returns the first workbook of a department: the example, or the form filled with the sample.
fn first_workbook(
    spec: &NewSector,
    department: &str,
    proposal: &SectorProposal,
    trial: &Prepared,
) -> Result<(String, Vec<u8>), ScaffoldError> {
    if let Some(path) = &spec.from {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok((name, read_file_following_links(path).map_err(read_error(path))?));
    }
    let form = render_form(department, trial, &|slot| sample_entry(slot, &spec.id, proposal))?;
    Ok(("so-lieu-mau.xlsx".to_owned(), form))
}

/// Renders the form of one department.
fn render_form(department: &str, trial: &Prepared, fill: forms::InputLookup<'_>) -> Result<Vec<u8>, ScaffoldError> {
    let name = format!("{department}.xlsx");
    let Rendered { files, lost } = forms::render(&trial.rules.declarations(), &trial.config, fill)?;
    if let Some(lost) = lost.into_iter().find(|lost| lost.name == name) {
        return Err(lost.reason.into());
    }
    let form = files.into_iter().find(|file| file.name == name);
    form.map(|file| file.bytes).ok_or_else(|| ScaffoldError::UnknownDepartment(name, department_list(&trial.config)))
}

/// Returns the sample value for a cell of the form.
fn sample_entry(slot: &InputCell<'_>, id: &str, proposal: &SectorProposal) -> Option<InputValue> {
    match slot {
        InputCell::Number(sector, indicator, measure) if sector.id.as_str() == id => {
            let one = proposal.indicators.iter().find(|one| one.id == indicator.id.as_str())?;
            one.figures.get(*measure).copied().map(InputValue::Number)
        }
        InputCell::Topic(sector, topic) if sector.id.as_str() == id => {
            let one = proposal.topics.iter().find(|one| one.key == topic.key)?;
            Some(InputValue::Text(one.words.clone()))
        }
        _ => None,
    }
}
