//! Applies `plugins/aliases.toml`: labels that the project accepts in addition to the declared ones.
//!
//! Input: the text of the file and the declarations. Output: the declarations with the accepted labels, and a
//! diagnostic for each entry that is not used. Not here: labels that have not been reviewed.

use serde::Deserialize;
use std::sync::Arc;
use toml::Spanned;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place, Words};
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::indicator::{AcceptedLabel, IndicatorDecl, SectorDecl};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::say;
use tonghop_core::vi::fold::label;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    alias: Vec<Entry>,
}

/// One `[[alias]]` entry.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
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
pub fn accept(
    text: &str,
    file: &FilePath,
    sectors: &[Arc<SectorDecl>],
    config: &Config,
) -> (Vec<Arc<SectorDecl>>, Diagnostics) {
    let mut sectors = sectors.to_vec();
    // Blanks in place of the byte order mark keep the byte offsets.
    let text = text.replacen('\u{feff}', "   ", 1);
    let page = Page { file, text: &text };
    let written: Written = match toml::from_str(&text) {
        Ok(written) => written,
        Err(error) => return (sectors, vec![page.unreadable(&error)]),
    };
    let refused = written.alias.iter().filter_map(|entry| page.add(entry, &mut sectors, config).err()).collect();
    (sectors, refused)
}

/// The alias file, for the positions of its entries.
struct Page<'a> {
    file: &'a FilePath,
    text: &'a str,
}

impl Page<'_> {
    /// Adds the label of an entry, or returns why it cannot be used.
    fn add(&self, entry: &Entry, sectors: &mut [Arc<SectorDecl>], config: &Config) -> Result<(), Diagnostic> {
        let department = self.department(entry, config)?;
        let (sector, indicator) = self.indicator(entry, sectors)?;
        let words = entry.label.get_ref().clone();
        let accepted = AcceptedLabel { words, department };
        if let Some(problem) = clash(sectors, (sector, indicator), &accepted) {
            return Err(self.unusable(
                &entry.label,
                problem,
                &say!(
                    "xóa mục này, hoặc sửa label cho đúng tên dòng trong biểu",
                    "remove this entry, or correct its label to what the row is called"
                ),
            ));
        }
        Arc::make_mut(&mut sectors[sector]).indicators[indicator].accepted.push(accepted);
        Ok(())
    }

    fn department(&self, entry: &Entry, config: &Config) -> Result<Option<DepartmentId>, Diagnostic> {
        let Some(written) = &entry.department else { return Ok(None) };
        let known = config.department(written.get_ref()).map(|department| Some(department.id.clone()));
        known.ok_or_else(|| {
            let name = written.get_ref();
            let problem = say!("không có đơn vị \"{name}\"", "there is no department \"{name}\"");
            let hint = say!(
                "sửa mã đơn vị cho đúng tonghop.toml, hoặc bỏ dòng department để dùng cho mọi đơn vị",
                "write the department as tonghop.toml does, or drop the line to accept the label of every department"
            );
            self.unusable(written, problem, &hint)
        })
    }

    /// Returns the index of the sector and of the indicator in it.
    fn indicator(&self, entry: &Entry, sectors: &[Arc<SectorDecl>]) -> Result<(usize, usize), Diagnostic> {
        let written = entry.indicator.get_ref();
        let found = written.split_once('.').and_then(|(sector, indicator)| {
            let at = sectors.iter().position(|s| s.id.as_str() == sector)?;
            Some((at, sectors[at].indicators.iter().position(|i| i.id.as_str() == indicator)?))
        });
        found.ok_or_else(|| {
            let problem = say!("không có chỉ tiêu \"{written}\"", "there is no indicator \"{written}\"");
            let hint = say!(
                "ghi mã chỉ tiêu dạng ngành.chỉ_tiêu như trong tệp quy tắc",
                "name the indicator as sector.indicator, as the rules do"
            );
            self.unusable(&entry.indicator, problem, &hint)
        })
    }

    fn unusable(&self, at: &Spanned<String>, problem: Words, hint: &Words) -> Diagnostic {
        let so = say!(
            "tên gọi này không được dùng: {why}",
            "this alias is not used: {english}",
            why = problem.vietnamese(),
            english = problem.in_language(tonghop_core::diag::Language::English)
        );
        Diagnostic::new(Code::AliasUnusable, self.place(at.span().start), so).hint(hint.clone())
    }

    fn unreadable(&self, error: &toml::de::Error) -> Diagnostic {
        let why = error.message();
        let message = say!(
            "không đọc được tệp tên gọi; mọi tên gọi trong tệp không được dùng: {why}",
            "the file of aliases cannot be read; none of them is used: {why}"
        );
        let hint = say!(
            "sửa dòng được nêu; mỗi tên gọi là ba dòng: [[alias]], indicator = \"ngành.chỉ_tiêu\", label = \"tên dòng\"",
            "mend the line; an alias is three lines: [[alias]], indicator = \"sector.indicator\", label = \"row label\""
        );
        let place = self.place(error.span().map_or(0, |span| span.start));
        Diagnostic::new(Code::AliasesUnreadable, place, message).hint(hint)
    }

    /// Returns the line that contains a byte offset of the text.
    fn place(&self, byte: usize) -> Place {
        let before = self.text.bytes().take(byte).filter(|byte| *byte == b'\n').count();
        let line = u32::try_from(before).unwrap_or(u32::MAX - 1) + 1;
        Place::Rule(RuleLine { file: self.file.clone(), line })
    }
}

/// Returns why a label cannot be added to the indicator at `home`: it has the label already, or another one has it.
fn clash(sectors: &[Arc<SectorDecl>], home: (usize, usize), accepted: &AcceptedLabel) -> Option<Words> {
    let folded = label(&accepted.words);
    if folded.is_empty() {
        return Some(say!("label để trống", "its label is empty"));
    }
    let own = &sectors[home.0].indicators[home.1];
    let reporters = sectors[home.0].departments.iter().filter(|department| accepted.holds_for(Some(*department)));
    for department in reporters {
        let reported = sectors.iter().filter(|sector| sector.departments.contains(department));
        for (sector, decl) in reported.flat_map(|sector| sector.indicators.iter().map(move |decl| (sector, decl))) {
            if !decl.spellings(Some(department)).any(|words| label(words) == folded) {
                continue;
            }
            if std::ptr::eq(decl, own) {
                return Some(say!("chỉ tiêu đã có tên gọi này", "the indicator has this label already"));
            }
            if is_confusable(own, decl) {
                let other = format!("{}.{}", sector.id, decl.id);
                return Some(say!("đó đã là tên của chỉ tiêu {other}", "it is a label of {other} already"));
            }
        }
    }
    None
}

/// Returns whether neither parents nor units distinguish rows of two indicators.
fn is_confusable(one: &IndicatorDecl, other: &IndicatorDecl) -> bool {
    other.from.is_none() && one.parent == other.parent && one.unit.same_base(&other.unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{config, sector};
    use tonghop_core::model::id::DepartmentId;

    fn accepted(text: &str) -> (Vec<String>, Vec<(String, String)>) {
        let herd = sector("herd", &[], "all|Tổng đàn|con\nbuffalo|Đàn trâu|con\narea|Diện tích|ha");
        let (sectors, problems) = accept(text, &FilePath::new("plugins/aliases.toml"), &[herd], &config());
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
    fn what_cannot_be_used_is_named_with_its_line() {
        for (text, line, words) in [
            (entry("herd.goats", "Dê", ""), 2, "không có chỉ tiêu \"herd.goats\""),
            (entry("goats", "Dê", ""), 2, "không có chỉ tiêu \"goats\""),
            (entry("herd.all", "Đàn trâu", ""), 3, "đã là tên của chỉ tiêu herd.buffalo"),
            (entry("herd.all", "TỔNG  ĐÀN:", ""), 3, "đã có tên gọi này"),
            (entry("herd.all", "Dê", "department = \"z\""), 4, "không có đơn vị \"z\""),
            (entry("herd.all", " ", ""), 3, "label để trống"),
            ([entry("herd.all", "Dê", ""), entry("herd.all", "dê", "")].concat(), 7, "đã có tên gọi này"),
            (entry("herd.all", "Dê", "lable = 1"), 4, "unknown field `lable`"),
            ("[[alias]\n".into(), 1, "không được dùng"),
        ] {
            let (_, problems) = accepted(&text);
            let [(place, message)] = problems.as_slice() else { panic!("{text}: {problems:?}") };
            assert_eq!(*place, format!("plugins/aliases.toml:{line}"), "{message}");
            assert!(message.contains(words), "{message}");
        }
    }
}
