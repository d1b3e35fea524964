//! Writes `aliases-de-xuat.toml`: the aliases that unknown rows would need, ready to be copied into
//! `plugins/aliases.toml`.
//!
//! Input: alias suggestions. Output: the file, or nothing if there are no suggestions. Not here: accepting a
//! suggestion.

use super::OutputFile;
use std::fmt::Write;
use tonghop_core::model::row_changes::{AliasSuggestion, RowChanges};

pub(super) const FILE: &str = "aliases-de-xuat.toml";
const FILE_HEADER: &str = "\
# Tên gọi mà chương trình đề xuất cho các dòng chưa nhận ra.
# Kiểm tra từng mục; mục nào đúng thì chép cả ba dòng vào plugins/aliases.toml rồi chạy lại.
";

/// Renders the file, or returns `None` if there are no suggestions.
pub(super) fn render(row_changes: &RowChanges) -> Option<OutputFile> {
    if row_changes.suggestions.is_empty() {
        return None;
    }
    let mut text = FILE_HEADER.to_owned();
    for proposal in &row_changes.suggestions {
        let AliasSuggestion { row, indicator } = proposal;
        let place = row.to_string().replace(char::is_control, " ");
        let label = indicator.label.replace(char::is_control, " ");
        let _ = write!(text, "\n# {place}: có lẽ là \"{label}\"\n{proposal}\n");
    }
    Some(OutputFile { name: FILE.to_owned(), bytes: text.into_bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tonghop_core::model::cell::CellRef;
    use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
    use tonghop_core::model::row::RowPlace;
    use tonghop_core::model::row_changes::LabelledIndicator;

    fn proposal(label: &str) -> AliasSuggestion {
        let row = RowPlace {
            department: DepartmentId::new("a"),
            file: FilePath::new("workbooks/a/a.xlsx"),
            sheet: SheetName::new("Biểu\n1"),
            cell: CellRef::new(4, 1),
            label: label.into(),
        };
        let (sector, indicator) = (SectorId::new("herd"), IndicatorId::new("buffalo"));
        AliasSuggestion { row, indicator: LabelledIndicator { sector, indicator, label: "Đàn trâu".into() } }
    }

    #[test]
    fn no_proposal_makes_no_file() {
        assert_eq!(render(&RowChanges::default()), None);
    }

    proptest! {
        #[test]
        fn every_label_reads_back(label in "\\PC{1,40}|[\\x00-\\x7f]{0,20}") {
            let file = render(&RowChanges { suggestions: vec![proposal(&label)], ..RowChanges::default() }).unwrap();
            let read: toml::Table = toml::from_str(std::str::from_utf8(&file.bytes).unwrap()).unwrap();
            prop_assert_eq!(read["alias"][0]["label"].as_str(), Some(label.as_str()));
            prop_assert_eq!(read["alias"][0]["indicator"].as_str(), Some("herd.buffalo"));
        }
    }
}
