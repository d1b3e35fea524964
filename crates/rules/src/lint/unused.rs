//! Reports indicators and topics that departments must fill but no rule reads.
//!
//! Input: declarations and the names that rule files mention. Output: diagnostics for names that are never mentioned.
//! Not here: the reads of a run, which depend on its data.
//!
//! A name counts as read if it occurs anywhere in code or a string, in a branch that runs or not; in doubt it is read.

use super::{DeclaredProject, LintFile, sector_file};
use crate::declare::plugin::{Rules, SectorPlugin};
use crate::lua::tokens::{LuaToken, TokenKind};
use std::collections::BTreeSet;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::msg;

/// The names that rule files mention.
struct MentionedNames<'t> {
    names: BTreeSet<&'t str>,
    /// Whether a value is read by a computed name.
    has_computed_access: bool,
}

impl<'t> MentionedNames<'t> {
    /// Collects the names after dots, and all names inside strings.
    fn from_files<'r: 't>(files: impl IntoIterator<Item = &'t LintFile<'r>>) -> Self {
        let mut mentioned = Self { names: BTreeSet::new(), has_computed_access: false };
        files.into_iter().for_each(|file| mentioned.add(&file.tokens));
        mentioned
    }

    fn add(&mut self, tokens: &'t [LuaToken]) {
        for (at, token) in tokens.iter().enumerate() {
            let before = |back: usize| at.checked_sub(back).map(|at| &tokens[at]);
            match &token.kind {
                TokenKind::Text(words) | TokenKind::Other(words) => {
                    self.names.extend(words.split(|c| !is_name_char(c)))
                }
                TokenKind::Name(name) if before(1).is_some_and(|sign| sign.is_sign('.')) => {
                    self.names.insert(name);
                }
                // A computed name in brackets: `d[name]`, but not `d.causes[name]`, which reads text.
                TokenKind::Sign('[') => {
                    let is_root = before(1).is_some_and(|token| token.name().is_some());
                    let is_field = before(2).is_some_and(|sign| sign.is_sign('.'));
                    let is_written = tokens.get(at + 1).is_some_and(|token| token.text().is_some());
                    self.has_computed_access |= is_root && !is_field && !is_written;
                }
                _ => {}
            }
        }
    }

    fn contains(&self, name: &str) -> bool {
        self.has_computed_access || self.names.contains(name)
    }
}

fn is_name_char(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_' || sign == '-'
}

/// Reports the indicators and topics of all sectors that no rule reads.
pub(super) fn unused_declarations(
    rules: &Rules,
    files: &[LintFile<'_>],
    project: &DeclaredProject,
    config: &Config,
) -> Vec<Diagnostic> {
    let shared = MentionedNames::from_files(files.iter().filter(|file| !project.sectors.contains_key(file.path)));
    let of_sector = |plugin: &SectorPlugin| {
        let file = sector_file(plugin, files)?;
        let own = MentionedNames::from_files([file]);
        Some(unread_names(plugin, file, |name| shared.contains(name) || own.contains(name), project, config))
    };
    rules.sectors.iter().filter_map(of_sector).flatten().collect()
}

fn unread_names(
    plugin: &SectorPlugin,
    file: &LintFile<'_>,
    is_read: impl Fn(&str) -> bool,
    project: &DeclaredProject,
    config: &Config,
) -> Vec<Diagnostic> {
    let decl = &plugin.decl;
    let is_derived = |indicator: &IndicatorDecl| plugin.functions.derive.iter().any(|(id, _)| *id == indicator.id);
    let calls_behind = file.tokens.iter().any(|token| token.name() == Some("behind"));
    let is_used = |indicator: &&IndicatorDecl| {
        let is_judged = calls_behind && indicator.depth == 0;
        is_judged || is_derived(indicator) || is_declared_use(indicator, decl, project, config)
    };
    let indicators = decl
        .indicators
        .iter()
        .filter(|indicator| !is_used(indicator))
        .map(|i| (i.id.as_str(), i.label.as_str(), i.line));
    // A topic whose key is its label is read by that label, not by a name, and is not checked.
    let topics = decl.narrative.iter().filter(|topic| topic.key.chars().all(is_name_char));
    let topics = topics.map(|topic| (topic.key.as_str(), topic.labels.first().map_or("", String::as_str), topic.line));
    let all = indicators.chain(topics);
    all.filter(|(name, ..)| !is_read(name))
        .map(|(name, label, line)| unused_diagnostic(file, name, label, line))
        .collect()
}

/// Returns whether the declaration itself, another sector or a chart uses an indicator, or no department fills it.
fn is_declared_use(indicator: &IndicatorDecl, decl: &SectorDecl, project: &DeclaredProject, config: &Config) -> bool {
    let is_this = |sector: &str, id: &str| sector == decl.id.as_str() && id == indicator.id.as_str();
    let is_summed = indicator.parent.is_some() || decl.children(&indicator.id).next().is_some();
    let is_compared = !indicator.relations.is_empty() || indicator.counts_names;
    let is_drawn = config
        .charts
        .iter()
        .flat_map(|chart| &chart.indicators)
        .any(|name| is_this(name.sector.as_str(), name.indicator.as_str()));
    let uses = |other: &IndicatorDecl, of: &SectorDecl| {
        let taken = other.source_indicator.as_ref().is_some_and(|(sector, id)| is_this(sector.as_str(), id.as_str()));
        let divides = other.ratio_base.as_ref().is_some_and(|id| is_this(of.id.as_str(), id.as_str()));
        taken || divides || other.relations.iter().any(|r| is_this(r.sector.as_str(), r.indicator.as_str()))
    };
    let is_called =
        project.sectors.values().any(|data| data.decl.indicators.iter().any(|other| uses(other, &data.decl)));
    indicator.source_indicator.is_some() || is_summed || is_compared || is_drawn || is_called
}

fn unused_diagnostic(file: &LintFile<'_>, name: &str, label: &str, line: u32) -> Diagnostic {
    let message = msg!(
        "đơn vị phải điền \"{label}\" ({name}), nhưng không quy tắc nào dùng tới",
        "departments must fill \"{label}\" ({name}), but no rule reads it"
    );
    let hint = Message::new(
        "đưa vào câu, bảng hoặc phép đối chiếu; nếu không cần nữa thì xóa khỏi khai báo",
        "use it in a sentence, a table or a check; if it is not needed, remove it from the declaration",
    );
    Diagnostic::new(Code::IndicatorUnused, file.place(line), message).with_hint(hint)
}
