//! Reads declarations from the tables that rule files return.
//!
//! Input: the table of a file. Output: a checked declaration with its functions, or the first error with its line. Not
//! here: running the functions.
//!
//! Tables are read raw, so that no metamethod runs.

mod bounds;
mod broken;
mod doubles;
mod indicators;
mod over;
pub(crate) mod plugin;
mod reader;
mod records;
pub(crate) mod source;

pub(crate) use reader::DeclarationReader;

use crate::api::schemas;
use crate::host;
use crate::suggest::did_you_mean;
use indicators::Inherited;
use mlua::{Function, Table, Value as LuaValue};
use std::collections::BTreeSet;
use tonghop_core::message::Message;
use tonghop_core::model::id::{
    DepartmentId, IndicatorId, MAX_ID_CHARS, MeasureId, SectionPath, SectorId, TargetId, file_name_rule, is_file_name,
};
use tonghop_core::model::indexed_list::IndexedList;
use tonghop_core::model::indicator::{IndicatorDecl, NarrativeDecl, SectorDecl};
use tonghop_core::model::quantity::Unit;
use tonghop_core::msg;

/// The value of `departments` that means all departments.
const ALL_DEPARTMENTS: &str = "all";

/// The functions of a sector's rule file.
#[derive(Default)]
pub struct SectorFunctions {
    /// One function per heading.
    pub text: Vec<(SectionPath, Function)>,
    pub shortfalls: Option<Function>,
    /// Functions that return the figure compared with the plan, by indicator.
    pub attained: Vec<(IndicatorId, Function)>,
    /// Functions that derive actuals, in the order of the declaration.
    pub derive: Vec<(IndicatorId, Function)>,
}

impl DeclarationReader<'_> {
    /// Reads the declaration of a sector.
    pub(crate) fn sector(&self, table: &Table) -> mlua::Result<(SectorDecl, SectorFunctions)> {
        self.check_schema(table, &schemas::SECTOR, &[])?;
        self.check_version(table)?;
        let targets =
            self.known_names(table, "targets", |n| self.config.target(n).is_some(), || self.target_names())?;
        let measures =
            self.known_names(table, "measures", |n| !self.measures_called(n).is_empty(), || self.measure_names())?;
        let mut functions =
            SectorFunctions { shortfalls: self.get(table, "shortfalls", &[])?, ..SectorFunctions::default() };
        let mut decl = SectorDecl {
            id: self.sector_id(table)?,
            title: self.get_required(table, "title", &[])?,
            section: self.known_section(self.get_required(table, "section", &[])?, &["section"])?,
            departments: self.departments(table)?,
            targets: targets.into_iter().map(TargetId::new).collect(),
            measures: measures.iter().flat_map(|name| self.measures_called(name)).collect(),
            indicators: IndexedList::default(),
            narrative: self.narrative(table)?,
            records: self.records(table)?,
            file: self.file.clone(),
        };
        let inherited = Inherited {
            unit: self.unit(table, &[])?.unwrap_or_else(Unit::none),
            decimals: self.decimals(table, &decl.targets, &[])?.unwrap_or_default(),
            parent: None,
            depth: 0,
            has_members: self.get(table, "members", &[])?.unwrap_or(false),
        };
        functions.text = self.text(table, &decl.section)?;
        if let Some(indicators) = self.get::<Table>(table, "indicators", &[])? {
            self.indicators(&indicators, &["indicators"], &inherited, &mut decl, &mut functions)?;
        }
        self.check_names(&decl)?;
        self.check_over(&decl)?;
        Ok((decl, functions))
    }

    /// Reads `report.lua`.
    pub(crate) fn report(&self, table: &Table) -> mlua::Result<Vec<(SectionPath, Function)>> {
        self.check_schema(table, &schemas::REPORT, &[])?;
        self.check_version(table)?;
        self.sections(&self.get_required(table, "sections", &[])?, "sections")
    }

    /// Reads `checks.lua`.
    pub(crate) fn checks(&self, table: &Table) -> mlua::Result<Function> {
        self.check_schema(table, &schemas::CHECKS, &[])?;
        self.check_version(table)?;
        self.get_required(table, "run", &[])
    }

    /// Reads `text`: one function for the sector's own heading, or one function per heading.
    fn text(&self, table: &Table, own: &SectionPath) -> mlua::Result<Vec<(SectionPath, Function)>> {
        match table.raw_get::<LuaValue>("text")? {
            LuaValue::Nil => Ok(Vec::new()),
            LuaValue::Function(function) => Ok(vec![(own.clone(), function)]),
            LuaValue::Table(sections) => self.sections(&sections, "text"),
            _ => Err(self.error_at_key(
                Message::new(
                    "text cần một hàm, hoặc một bảng [\"II.IV.1\"] = function(d, out)",
                    "text needs a function, or a table [\"II.IV.1\"] = function(d, out)",
                ),
                &["text"],
            )),
        }
    }

    /// Reads one function per heading, in the order of the outline.
    fn sections(&self, sections: &Table, key: &str) -> mlua::Result<Vec<(SectionPath, Function)>> {
        let mut functions = Vec::new();
        for pair in sections.pairs::<String, Function>() {
            let form = || {
                msg!(
                    "{key} cần dạng [\"II.III.1\"] = function(…, out)",
                    "{key} must be written [\"II.III.1\"] = function(…, out)"
                )
            };
            let (path, function) = pair.map_err(|_| self.error_at_key(form(), &[key]))?;
            functions.push((self.known_section(path, &[key])?, function));
        }
        let order = |path: &SectionPath| self.config.outline.headings.iter().position(|h| h.path == *path);
        functions.sort_by_key(|(path, _)| order(path));
        Ok(functions)
    }

    fn check_version(&self, table: &Table) -> mlua::Result<()> {
        match self.get_required::<u32>(table, "api", &[])? {
            1..=host::API_VERSION => Ok(()),
            other => {
                let message = msg!(
                    "api = {other}: chương trình này hiểu đến api = {known}",
                    "api = {other}: this program supports up to api = {known}",
                    known = host::API_VERSION
                );
                Err(self.error_at_key(message, &["api"]))
            }
        }
    }

    fn sector_id(&self, table: &Table) -> mlua::Result<SectorId> {
        let id: String = self.get_required(table, "id", &[])?;
        if !is_file_name(&id) {
            let message = msg!("không dùng được id \"{id}\"", "the id \"{id}\" cannot be used");
            return Err(self.error_at_key_with_hint(message, &["id"], Some(file_name_rule())));
        }
        Ok(SectorId::new(id))
    }

    fn known_section(&self, path: String, at: &[&str]) -> mlua::Result<SectionPath> {
        let path = SectionPath::new(path);
        if self.config.outline.heading(&path).is_some() {
            return Ok(path);
        }
        let known: Vec<String> = self.config.outline.headings.iter().map(|h| h.path.to_string()).collect();
        let message = msg!(
            "đề mục \"{path}\" không có trong outline của tonghop.toml",
            "the outline of tonghop.toml has no heading \"{path}\""
        );
        Err(self.error_at_key_with_hint(message, at, Some(did_you_mean(path.as_str(), &known))))
    }

    fn departments(&self, table: &Table) -> mlua::Result<Vec<DepartmentId>> {
        if table.raw_get::<LuaValue>("departments")?.as_string().is_some_and(|word| word == ALL_DEPARTMENTS) {
            return Ok(self.config.departments.iter().map(|department| department.id.clone()).collect());
        }
        let known = || self.config.departments.iter().map(|d| d.id.to_string()).collect();
        let names = self.known_names(table, "departments", |n| self.config.department(n).is_some(), known)?;
        Ok(names.into_iter().map(DepartmentId::new).collect())
    }

    fn target_names(&self) -> Vec<String> {
        self.config.targets.iter().map(|t| t.id.to_string()).collect()
    }

    /// Returns the measure called `name`, or the members of the series called so.
    fn measures_called(&self, name: &str) -> Vec<MeasureId> {
        let measure = self.config.measure(name).map(|measure| vec![measure.id.clone()]);
        measure.or_else(|| Some(self.config.series(name)?.members.clone())).unwrap_or_default()
    }

    fn measure_names(&self) -> Vec<String> {
        let series = self.config.all_series().iter().map(|series| series.id.clone());
        self.config.measures.iter().map(|m| m.id.to_string()).chain(series).collect()
    }

    /// Reads a list of names that `tonghop.toml` must define.
    fn known_names(
        &self,
        table: &Table,
        key: &str,
        is_known: impl Fn(&str) -> bool,
        known: impl Fn() -> Vec<String>,
    ) -> mlua::Result<Vec<String>> {
        let names = self.string_list(table, key, &[])?;
        match names.iter().find(|n| !is_known(n)) {
            Some(unknown) => {
                let message =
                    msg!("{key}: tonghop.toml không có \"{unknown}\"", "{key}: tonghop.toml has no \"{unknown}\"");
                Err(self.error_at_key_with_hint(message, &[key], Some(did_you_mean(unknown, &known()))))
            }
            None => Ok(names),
        }
    }

    /// Reads `narrative`: topics with the labels of their rows, or a list of topics that are also the labels.
    fn narrative(&self, table: &Table) -> mlua::Result<Vec<NarrativeDecl>> {
        let Some(topics) = self.get::<Table>(table, "narrative", &[])? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for topic in topics.sequence_values::<String>() {
            let message = || Message::new("narrative: tên mục phải là chuỗi", "narrative: a topic must be a string");
            let key = topic.map_err(|_| self.error_at_key(message(), &["narrative"]))?;
            found.push(NarrativeDecl { labels: vec![key.clone()], key, line: self.key_line(&["narrative"]) });
        }
        if !found.is_empty() {
            return Ok(found);
        }
        for (key, labels) in self.entries_in_file_order(&topics, &["narrative"])? {
            let labels = match labels {
                LuaValue::String(label) => vec![label.to_str()?.to_owned()],
                LuaValue::Table(labels) => labels.sequence_values().collect::<mlua::Result<Vec<_>>>()?,
                _ => {
                    let message = msg!(
                        "narrative: {key} cần tên dòng trong biểu",
                        "narrative: {key} needs the label of its row in workbooks"
                    );
                    return Err(self.error_at_key(message, &["narrative", &key]));
                }
            };
            let labels = labels
                .iter()
                .map(|l: &String| self.expand_label(l, &["narrative", &key]))
                .collect::<mlua::Result<_>>()?;
            let line = self.key_line(&["narrative", &key]);
            found.push(NarrativeDecl { key, labels, line });
        }
        Ok(found)
    }

    /// Returns an error if a name is invalid, declared twice or reserved by the host, or if `of` has an unknown name.
    fn check_names(&self, decl: &SectorDecl) -> mlua::Result<()> {
        let reserved = crate::reserved_names();
        if let Some((name, line)) = self.duplicate_indicator() {
            return Err(self.error_at_line(
                duplicate_name_message(name),
                line,
                Some(Message::new("đặt một tên khác", "choose another name")),
            ));
        }
        let mut seen = BTreeSet::new();
        let indicators = decl.indicators.iter().map(|i| (i.id.as_str(), i.line));
        let topics = decl.narrative.iter().map(|topic| (topic.key.as_str(), topic.line));
        let records = decl.records.iter().map(|records| (records.name.as_str(), records.line));
        for (name, line) in indicators.chain(topics).chain(records) {
            let problem = if reserved.contains(name) {
                msg!("tên \"{name}\" đã được chương trình dùng", "the name \"{name}\" is reserved by the program")
            } else if !is_valid_name(name) {
                msg!(
                    "tên \"{name}\" chỉ được gồm chữ thường không dấu, chữ số và \"_\"",
                    "the name \"{name}\" may contain only lower-case letters without accents, digits and \"_\""
                )
            } else if !seen.insert(name) {
                duplicate_name_message(name)
            } else {
                continue;
            };
            return Err(self.error_at_line(
                problem,
                line,
                Some(Message::new("đặt một tên khác", "choose another name")),
            ));
        }
        if let Some(own) = decl.indicators.iter().find(|i| i.ratio_base.as_ref() == Some(&i.id)) {
            let message = msg!(
                "of = \"{id}\": tỷ lệ của một chỉ tiêu so với chính nó luôn là 100%",
                "of = \"{id}\": the ratio of an indicator to itself is always 100%",
                id = own.id
            );
            let hint = Message::new("ghi chỉ tiêu làm mẫu số", "name the indicator that is the denominator");
            return Err(self.error_at_line(message, own.line, Some(hint)));
        }
        let known: Vec<String> = decl.indicators.iter().map(|i| i.id.to_string()).collect();
        let unknown =
            |i: &&IndicatorDecl| i.ratio_base.as_ref().is_some_and(|of| decl.indicator(of.as_str()).is_none());
        match decl.indicators.iter().find(unknown).and_then(|i| Some((i.ratio_base.as_ref()?, i.line))) {
            Some((of, line)) => {
                let hint = did_you_mean(of.as_str(), &known);
                let message = msg!("of: ngành không có chỉ tiêu \"{of}\"", "of: the sector has no indicator \"{of}\"");
                Err(self.error_at_line(message, line, Some(hint)))
            }
            None => Ok(()),
        }
    }
}

fn duplicate_name_message(name: &str) -> Message {
    msg!("tên \"{name}\" được khai báo hai lần trong ngành", "the name \"{name}\" is declared twice in the sector")
}

/// Returns whether a text is a valid name: lowercase letters, digits and `_`.
fn is_valid_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !text.is_empty() && text.len() <= MAX_ID_CHARS && text.chars().all(fits)
}
