//! Writes `aliases-de-xuat.toml`: the aliases that unknown rows would need, ready to be copied into
//! `plugins/aliases.toml`.
//!
//! Input: alias suggestions. Output: the file, or nothing if there are no suggestions. Not here: accepting a
//! suggestion.

use super::OutputFile;
use std::fmt::Write;
use tonghop_core::model::drift::{Drift, Proposal};

const NAME: &str = "aliases-de-xuat.toml";
const HEAD: &str = "\
# Tên gọi mà chương trình đề xuất cho các dòng chưa nhận ra.
# Kiểm tra từng mục; mục nào đúng thì chép cả ba dòng vào plugins/aliases.toml rồi chạy lại.
";

/// Renders the file, or returns `None` if there are no suggestions.
pub(super) fn render(drift: &Drift) -> Option<OutputFile> {
    if drift.proposals.is_empty() {
        return None;
    }
    let mut text = HEAD.to_owned();
    for proposal in &drift.proposals {
        let Proposal { row, indicator } = proposal;
        let place = row.to_string().replace(char::is_control, " ");
        let label = indicator.label.replace(char::is_control, " ");
        let _ = write!(text, "\n# {place}: có lẽ là \"{label}\"\n{proposal}\n");
    }
    Some(OutputFile { name: NAME.to_owned(), bytes: text.into_bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tonghop_core::model::cell::CellRef;
    use tonghop_core::model::drift::Named;
    use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
    use tonghop_core::model::row::RowPlace;

    fn proposal(label: &str) -> Proposal {
        let row = RowPlace {
            department: DepartmentId::new("a"),
            file: FilePath::new("workbooks/a/a.xlsx"),
            sheet: SheetName::new("Biểu\n1"),
            cell: CellRef::new(4, 1),
            label: label.into(),
        };
        let (sector, indicator) = (SectorId::new("herd"), IndicatorId::new("buffalo"));
        Proposal { row, indicator: Named { sector, indicator, label: "Đàn trâu".into() } }
    }

    #[test]
    fn no_proposal_makes_no_file() {
        assert_eq!(render(&Drift::default()), None);
    }

    proptest! {
        #[test]
        fn every_label_reads_back(label in "\\PC{1,40}|[\\x00-\\x7f]{0,20}") {
            let file = render(&Drift { proposals: vec![proposal(&label)], ..Drift::default() }).unwrap();
            let read: toml::Table = toml::from_str(std::str::from_utf8(&file.bytes).unwrap()).unwrap();
            prop_assert_eq!(read["alias"][0]["label"].as_str(), Some(label.as_str()));
            prop_assert_eq!(read["alias"][0]["indicator"].as_str(), Some("herd.buffalo"));
        }
    }
}
