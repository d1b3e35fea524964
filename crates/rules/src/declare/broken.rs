//! Reads from the text of a rule file that cannot be loaded what the report loses with it.
//!
//! Input: the text of the file and the outline. Output: a [`RuleFailure`], as far as the text says. Not here: why the
//! file cannot be loaded.

use super::source::key_at;
use crate::lua::script::Script;
use crate::lua::tokens::{LuaToken, tokenize};
use tonghop_core::config::Config;
use tonghop_core::model::gap::{FailedPart, RuleFailure};
use tonghop_core::model::id::{DepartmentId, FilePath, SectionPath, SectorId};
use tonghop_core::model::provenance::RuleLine;

/// Returns what is lost with a file that cannot be loaded because of the line `rule`.
pub(super) fn describe(script: &Script, config: &Config, rule: RuleLine) -> RuleFailure {
    let tokens = tokenize(&script.text);
    let keys = Keys::read(&tokens);
    let calls = |name: &str| tokens.windows(2).any(|two| is_call(two, name));
    let is_for_all = calls("report") || calls("checks");
    let sector = keys.text("id").unwrap_or_else(|| script.stem().to_owned());
    let own = keys.text("section").into_iter().map(SectionPath::new);
    let sections = own.chain(keys.names().map(SectionPath::new));
    let mut known: Vec<SectionPath> = Vec::new();
    let mut has_unknown = false;
    for section in sections {
        let is_known = config.outline.heading(&section).is_some();
        has_unknown |= !is_known && is_for_all && is_section_path(&section);
        if is_known && !known.contains(&section) {
            known.push(section);
        }
    }
    if has_unknown {
        // Any heading may be the one that is meant.
        known.clear();
    }
    RuleFailure {
        part: if calls("checks") { FailedPart::Checks } else { FailedPart::File },
        sector: (!is_for_all).then(|| SectorId::new(sector)),
        title: keys.text("title").unwrap_or_default(),
        sections: known,
        departments: if is_for_all { Some(Vec::new()) } else { keys.departments(config) },
        has_shortfalls: !is_for_all && keys.names().any(|name| name == "shortfalls"),
        rule,
    }
}

/// Returns what is lost with a file whose text cannot be read: only its name says anything.
pub(super) fn describe_unreadable(file: &FilePath) -> RuleFailure {
    let name = file.as_str().rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let (is_report, is_checks) = (stem == "report", stem == "checks");
    RuleFailure {
        part: if is_checks { FailedPart::Checks } else { FailedPart::File },
        sector: (!is_report && !is_checks).then(|| SectorId::new(stem)),
        title: String::new(),
        sections: Vec::new(),
        departments: (is_report || is_checks).then(Vec::new),
        has_shortfalls: false,
        rule: RuleLine { file: file.clone(), line: 1 },
    }
}

/// Returns what is lost with a sector of the outline that no file declares.
pub(super) fn describe_absent(sector: SectorId, section: SectionPath) -> RuleFailure {
    RuleFailure {
        part: FailedPart::Absent,
        sector: Some(sector),
        title: String::new(),
        sections: vec![section],
        departments: None,
        has_shortfalls: false,
        rule: RuleLine { file: FilePath::new("tonghop.toml"), line: 1 },
    }
}

/// Returns whether a key is meant as a heading: `II.III.2`, `I`.
fn is_section_path(path: &SectionPath) -> bool {
    path.as_str().starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
}

/// Returns whether two tokens call a function with a table or in brackets.
fn is_call(two: &[LuaToken], name: &str) -> bool {
    two[0].name() == Some(name) && (two[1].is_sign('{') || two[1].is_sign('('))
}

/// The keys of a file, each with the tokens after its `=`.
struct Keys<'t>(Vec<(String, &'t [LuaToken])>);

impl<'t> Keys<'t> {
    fn read(tokens: &'t [LuaToken]) -> Self {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let (width, key) = key_at(&tokens[at..]);
            found.extend(key.map(|name| (name, tokens.get(at + width..).unwrap_or_default())));
            at += width;
        }
        Self(found)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    fn value(&self, name: &str) -> Option<&'t [LuaToken]> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| *value)
    }

    /// Returns the string that is the value of a key.
    fn text(&self, name: &str) -> Option<String> {
        self.value(name)?.first()?.text().map(str::to_owned)
    }

    /// Returns the departments of the file; `None` if it names all of them, an unknown one, or none in plain words.
    fn departments(&self, config: &Config) -> Option<Vec<DepartmentId>> {
        let value = self.value("departments")?;
        let inner = value.first().filter(|token| token.is_sign('{')).map(|_| &value[1..])?;
        let end = inner.iter().position(|token| token.is_sign('}')).unwrap_or(inner.len());
        let names = inner[..end].iter().filter_map(LuaToken::text).map(DepartmentId::new);
        let are_known = |names: &Vec<DepartmentId>| names.iter().all(|id| config.department(id.as_str()).is_some());
        Some(names.collect::<Vec<_>>()).filter(|names| !names.is_empty() && are_known(names))
    }
}
