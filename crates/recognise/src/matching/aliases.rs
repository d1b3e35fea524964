//! Applies `plugins/aliases.toml`: labels that the project accepts in addition to the declared ones.
//!
//! Input: the text of the file and the declarations. Output: the declarations with the accepted labels, and a
//! diagnostic for each entry that is not used. Not here: labels that have not been reviewed.

use serde::Deserialize;
use std::sync::Arc;
use toml::Spanned;
use tonghop_core::config::{Config, toml_message};
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::indicator::{AcceptedLabel, IndicatorDecl, SectorDecl};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::msg;
use tonghop_core::vi::label::fold_label;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasToml {
    #[serde(default)]
    alias: Vec<AliasEntry>,
}

/// One `[[alias]]` entry.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasEntry {
    /// `sector.indicator`.
    indicator: Spanned<String>,
    label: Spanned<String>,
    #[serde(default)]
    department: Option<Spanned<String>>,
    /// Who accepted it; informational.
    #[serde(default, rename = "accepted_by")]
    _accepted_by: Option<String>,
    /// Why it was accepted; informational.
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

/// Adds the accepted labels to the declarations.
///
/// If `text` is not valid TOML, no alias is used; an entry that cannot be used is skipped with a diagnostic.
pub fn apply_aliases(
    text: &str,
    file: &FilePath,
    sectors: &[Arc<SectorDecl>],
    config: &Config,
) -> (Vec<Arc<SectorDecl>>, Diagnostics) {
    let mut sectors = sectors.to_vec();
    // Blanks in place of the byte order mark keep the byte offsets.
    let text = text.replacen('\u{feff}', "   ", 1);
    let source = AliasSource { file, text: &text };
    let parsed: AliasToml = match toml::from_str(&text) {
        Ok(written) => written,
        Err(error) => return (sectors, vec![source.unreadable_file(&error)]),
    };
    let diagnostics =
        parsed.alias.iter().filter_map(|entry| source.add_label(entry, &mut sectors, config).err()).collect();
    (sectors, diagnostics)
}

/// The alias file, for the positions of its entries.
struct AliasSource<'a> {
    file: &'a FilePath,
    text: &'a str,
}

impl AliasSource<'_> {
    /// Adds the label of an entry, or returns why it cannot be used.
    fn add_label(
        &self,
        entry: &AliasEntry,
        sectors: &mut [Arc<SectorDecl>],
        config: &Config,
    ) -> Result<(), Diagnostic> {
        let department = self.resolve_department(entry, config)?;
        let (sector, indicator) = self.resolve_indicator(entry, sectors)?;
        let words = entry.label.get_ref().clone();
        let accepted = AcceptedLabel { text: words, department };
        if let Some(problem) = find_conflict(sectors, (sector, indicator), &accepted) {
            return Err(self.unusable_alias(
                &entry.label,
                problem,
                &msg!(
                    "xóa mục này, hoặc sửa label cho đúng tên dòng trong biểu",
                    "remove this entry, or change its label to the name of the row in the workbook"
                ),
            ));
        }
        Arc::make_mut(&mut sectors[sector]).indicators[indicator].accepted_labels.push(accepted);
        Ok(())
    }

    fn resolve_department(&self, entry: &AliasEntry, config: &Config) -> Result<Option<DepartmentId>, Diagnostic> {
        let Some(written) = &entry.department else { return Ok(None) };
        let known = config.department(written.get_ref()).map(|department| Some(department.id.clone()));
        known.ok_or_else(|| {
            let name = written.get_ref();
            let problem = msg!("không có đơn vị \"{name}\"", "there is no department \"{name}\"");
            let hint = msg!(
                "sửa mã đơn vị cho đúng tonghop.toml, hoặc bỏ dòng department để dùng cho mọi đơn vị",
                "use the department code from tonghop.toml, or remove the department line to apply the alias to every department"
            );
            self.unusable_alias(written, problem, &hint)
        })
    }

    /// Returns the index of the sector and of the indicator in it.
    fn resolve_indicator(&self, entry: &AliasEntry, sectors: &[Arc<SectorDecl>]) -> Result<(usize, usize), Diagnostic> {
        let written = entry.indicator.get_ref();
        let found = written.split_once('.').and_then(|(sector, indicator)| {
            let at = sectors.iter().position(|s| s.id.as_str() == sector)?;
            Some((at, sectors[at].position(indicator)?))
        });
        found.ok_or_else(|| {
            let problem = msg!("không có chỉ tiêu \"{written}\"", "there is no indicator \"{written}\"");
            let hint = msg!(
                "ghi mã chỉ tiêu dạng ngành.chỉ_tiêu như trong tệp quy tắc",
                "write the indicator as sector.indicator, as in the rule files"
            );
            self.unusable_alias(&entry.indicator, problem, &hint)
        })
    }

    fn unusable_alias(&self, value: &Spanned<String>, problem: Message, hint: &Message) -> Diagnostic {
        let message = msg!(
            "tên gọi này không được dùng: {why}",
            "this alias is not used: {english}",
            why = problem.vietnamese(),
            english = problem.in_language(tonghop_core::diag::Language::English)
        );
        Diagnostic::new(Code::AliasUnusable, self.place(value.span().start), message).with_hint(hint.clone())
    }

    fn unreadable_file(&self, error: &toml::de::Error) -> Diagnostic {
        let message = msg!(
            "không đọc được tệp tên gọi; mọi tên gọi trong tệp không được dùng: {why}",
            "the alias file cannot be read; none of its aliases are used: {why}",
            why = toml_message(error, self.text)
        );
        let hint = msg!(
            "sửa dòng được nêu; mỗi tên gọi là ba dòng: [[alias]], indicator = \"ngành.chỉ_tiêu\", label = \"tên dòng\"",
            "correct the line; an alias is three lines: [[alias]], indicator = \"sector.indicator\", label = \"row label\""
        );
        let place = self.place(error.span().map_or(0, |span| span.start));
        Diagnostic::new(Code::AliasesUnreadable, place, message).with_hint(hint)
    }

    /// Returns the line that contains a byte offset of the text.
    fn place(&self, byte: usize) -> Place {
        let before = self.text.bytes().take(byte).filter(|byte| *byte == b'\n').count();
        let line = u32::try_from(before).unwrap_or(u32::MAX - 1) + 1;
        Place::Rule(RuleLine { file: self.file.clone(), line })
    }
}

/// Returns why a label cannot be added to the indicator at `home`: it has the label already, or another one has it.
fn find_conflict(sectors: &[Arc<SectorDecl>], target: (usize, usize), accepted: &AcceptedLabel) -> Option<Message> {
    let folded = fold_label(&accepted.text);
    if folded.is_empty() {
        return Some(msg!("label để trống", "its label is empty"));
    }
    let own = &sectors[target.0].indicators[target.1];
    let reporters = sectors[target.0].departments.iter().filter(|department| accepted.applies_to(Some(*department)));
    for department in reporters {
        let reported = sectors.iter().filter(|sector| sector.departments.contains(department));
        for (sector, decl) in reported.flat_map(|sector| sector.indicators.iter().map(move |decl| (sector, decl))) {
            if !decl.spellings(Some(department)).any(|text| fold_label(text) == folded) {
                continue;
            }
            if std::ptr::eq(decl, own) {
                return Some(msg!("chỉ tiêu đã có tên gọi này", "the indicator already has this label"));
            }
            if is_confusable(own, decl) {
                let other = format!("{}.{}", sector.id, decl.id);
                return Some(msg!("đó đã là tên của chỉ tiêu {other}", "it is already a label of {other}"));
            }
        }
    }
    None
}

/// Returns whether neither parents nor units distinguish rows of two indicators.
fn is_confusable(one: &IndicatorDecl, other: &IndicatorDecl) -> bool {
    other.source_indicator.is_none() && one.parent == other.parent && one.unit.has_same_base(&other.unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{config, sector};
    use tonghop_core::model::id::DepartmentId;

    fn accepted(text: &str) -> (Vec<String>, Vec<(String, String)>) {
        let herd = sector("herd", &[], "all|Tổng đàn|con\nbuffalo|Đàn trâu|con\narea|Diện tích|ha");
        let (sectors, problems) = apply_aliases(text, &FilePath::new("plugins/aliases.toml"), &[herd], &config());
        let spelt =
            |decl: &IndicatorDecl| decl.spellings(Some(&DepartmentId::new("a"))).skip(1).collect::<Vec<_>>().join("+");
        let problems = problems.iter().map(|d| (d.places[0].to_string(), d.message.vietnamese().to_owned()));
        (sectors[0].indicators.iter().map(spelt).collect(), problems.collect())
    }

    fn entry(indicator: &str, label: &str, more: &str) -> String {
        format!("[[alias]]\nindicator = \"{indicator}\"\nlabel = \"{label}\"\n{more}\n")
    }

    #[test]
    fn accepted_labels_join_the_declared_ones() {
        let text = [
            entry("herd.buffalo", "Trâu", "accepted_by = \"Lan\""),
            entry("herd.all", "Gia súc", "department = \"a\""),
            entry("herd.area", "Đàn trâu", ""),
            entry("herd.area", "S", "department = \"b\""),
        ];
        let (labels, problems) = accepted(&format!("\u{feff}{}", text.concat()));
        assert_eq!(labels, ["Gia súc", "Trâu", "Đàn trâu"]);
        assert_eq!(problems, []);
    }

    #[test]
    fn unusable_entries_are_reported_with_their_line() {
        for (text, line, words) in [
            (entry("herd.goats", "Dê", ""), 2, "không có chỉ tiêu \"herd.goats\""),
            (entry("goats", "Dê", ""), 2, "không có chỉ tiêu \"goats\""),
            (entry("herd.all", "Đàn trâu", ""), 3, "đã là tên của chỉ tiêu herd.buffalo"),
            (entry("herd.all", "TỔNG  ĐÀN:", ""), 3, "đã có tên gọi này"),
            (entry("herd.all", "Dê", "department = \"z\""), 4, "không có đơn vị \"z\""),
            (entry("herd.all", " ", ""), 3, "label để trống"),
            ([entry("herd.all", "Dê", ""), entry("herd.all", "dê", "")].concat(), 7, "đã có tên gọi này"),
            (entry("herd.all", "Dê", "lable = 1"), 4, "không có khóa \"lable\""),
            ("[[alias]\n".into(), 1, "không được dùng"),
        ] {
            let (_, problems) = accepted(&text);
            let [(place, message)] = problems.as_slice() else { panic!("{text}: {problems:?}") };
            assert_eq!(*place, format!("plugins/aliases.toml:{line}"), "{message}");
            assert!(message.contains(words), "{message}");
        }
    }
}
