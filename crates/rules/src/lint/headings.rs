//! Checks the headings of the outline against the rules that write under them.
//!
//! Input: the declarations. Output: diagnostics for headings with several sectors in no declared order, and for
//! headings without any writer. Not here: the content.

use super::{LintFile, sector_file};
use crate::declare::plugin::{Rules, SectorPlugin};
use crate::declare::source::{SourceKey, keys_in_tokens};
use tonghop_core::config::{Config, OutlineHeading};
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::id::{SectionPath, SectorId};
use tonghop_core::msg;

/// Reports headings that several sectors share without a declared order, at the sectors that the outline omits.
pub(super) fn shared_headings(rules: &Rules, files: &[LintFile<'_>], config: &Config) -> Vec<Diagnostic> {
    config.outline.headings.iter().filter_map(|heading| shared_heading(heading, rules, files)).collect()
}

fn shared_heading(heading: &OutlineHeading, rules: &Rules, files: &[LintFile<'_>]) -> Option<Diagnostic> {
    let writers: Vec<&SectorPlugin> =
        rules.sectors.iter().filter(|plugin| writes_under(plugin, &heading.path)).collect();
    let unplaced = writers.iter().filter(|plugin| !heading.sectors.contains(&plugin.decl.id));
    let places: Vec<Place> = unplaced.filter_map(|plugin| place(plugin, &heading.path, files)).collect();
    let first = places.first().filter(|_| writers.len() > 1)?;
    let names: Vec<String> = writers.iter().map(|plugin| format!("\"{}\"", plugin.decl.id)).collect();
    let names = names.join(", ");
    let message = msg!(
        "nhiều ngành cùng viết vào đề mục {path}: {names}; outline không nói thứ tự của các ngành này",
        "several sectors write under the heading {path}: {names}; the outline does not say in which order",
        path = heading.path
    );
    let hint = msg!(
        "ghi sectors = [{names}] cho đề mục {path} trong tonghop.toml, theo thứ tự cần in",
        "write sectors = [{names}] for the heading {path} in tonghop.toml, in printing order",
        path = heading.path
    );
    let diagnostic = Diagnostic::new(Code::HeadingShared, first.clone(), message).with_hint(hint);
    Some(Diagnostic { places, ..diagnostic })
}

fn writes_under(plugin: &SectorPlugin, path: &SectionPath) -> bool {
    plugin.functions.text.iter().any(|(section, _)| section == path)
}

/// Returns the line at which a sector declares that it writes under a heading.
fn place(plugin: &SectorPlugin, path: &SectionPath, files: &[LintFile<'_>]) -> Option<Place> {
    let file = sector_file(plugin, files)?;
    let keys = keys_in_tokens(&file.tokens);
    let line = |wanted: &[&str]| keys.iter().find(|SourceKey { path, .. }| path == wanted).map(|key| key.line);
    Some(file.place(line(&["text", path.as_str()]).or_else(|| line(&["section"])).unwrap_or(1)))
}

/// Reports headings without any writer under or below them; a missing sector is reported separately.
pub(super) fn empty_headings(rules: &Rules, config: &Config) -> Vec<Diagnostic> {
    let of_report = rules.report.iter().flat_map(|(_, sections)| sections).map(|(section, _)| section);
    let of_sectors = rules.sectors.iter().flat_map(|plugin| &plugin.functions.text).map(|(section, _)| section);
    let written: Vec<&SectionPath> = of_report.chain(of_sectors).collect();
    let below = |path: &SectionPath, heading: &SectionPath| {
        path == heading || path.as_str().strip_prefix(heading.as_str()).is_some_and(|rest| rest.starts_with('.'))
    };
    let is_lost = |id: &SectorId| rules.sectors.iter().all(|plugin| plugin.decl.id != *id);
    let is_expected = |path: &SectionPath| {
        let mut within = config.outline.headings.iter().filter(|heading| below(&heading.path, path));
        within.any(|heading| heading.sectors.iter().any(is_lost))
    };
    let is_empty = |path: &SectionPath| !written.iter().any(|section| below(section, path)) && !is_expected(path);
    config.outline.headings.iter().filter(|heading| is_empty(&heading.path)).map(empty_heading_diagnostic).collect()
}

fn empty_heading_diagnostic(heading: &OutlineHeading) -> Diagnostic {
    let message = msg!(
        "outline: không quy tắc nào viết vào đề mục {path} ({title}); báo cáo sẽ không in đề mục này",
        "outline: no rule writes under the heading {path} ({title}); the report will not print it",
        path = heading.path,
        title = heading.title
    );
    Diagnostic::new(Code::HeadingEmpty, Place::Project, message).with_hint(Message::new(
        "sửa section trong quy tắc hoặc khóa trong report.lua cho đúng đề mục; nếu không cần thì bỏ đề mục",
        "correct the section in the rule or the key in report.lua; if the heading is not needed, remove it",
    ))
}
