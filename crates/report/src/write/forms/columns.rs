//! The columns of a form of indicators, with headings that the reader recognises.
//!
//! Input: a sector and the settings. Output: columns in the order that departments are used to. Not here: rows.

use super::form::Ask;
use super::rows;
use tonghop_core::config::{self, Config};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::period::Period;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// STT.
    Number,
    Code,
    Label,
    Unit,
    Measure(Measure),
    Status,
    Note,
}

/// Returns the columns of a sector; without units there is no column for them.
pub(super) fn of_sector(sector: &SectorDecl) -> Vec<Column> {
    let has_units = rows::printed(sector).any(|indicator| !indicator.unit.base.is_empty());
    let anchors = [Column::Number, Column::Code, Column::Label].into_iter().chain(has_units.then_some(Column::Unit));
    anchors.chain(measures(sector)).chain([Column::Status, Column::Note]).collect()
}

/// Returns the number columns of a sector.
pub(super) fn measures(sector: &SectorDecl) -> impl Iterator<Item = Column> {
    let targets = sector.targets.iter().cloned().map(Measure::Target);
    let others = sector.measures.iter().cloned().map(Measure::Other);
    targets.chain([Measure::Actual, Measure::LastYear]).chain(others).map(Column::Measure)
}

/// Returns title, width and meaning of a column.
pub(super) fn ask(column: &Column, config: &Config) -> Ask {
    match column {
        Column::Number => Ask::new("STT", 7.0, "Số thứ tự theo cấp của chỉ tiêu."),
        Column::Code => {
            Ask::new("Mã số", 14.0, "Mã của chỉ tiêu. Chương trình nhận ra dòng theo mã này: không sửa, không xóa.")
        }
        Column::Label => Ask::new("Chỉ tiêu", 46.0, "Tên chỉ tiêu. Dòng lùi vào là một phần của dòng phía trên."),
        Column::Unit => Ask::new("Đơn vị tính", 13.0, "Nhập số theo đúng đơn vị tính này."),
        Column::Measure(measure) => of_measure(measure, config),
        Column::Status => Ask::new(
            "Tình trạng số liệu",
            13.0,
            "Số thực hiện là số chính thức hay số ước. \"Trên\", \"Khoảng\", \"Gần\", \"Hơn\" là từ đứng trước số trong \
             báo cáo. Để trống: số chính thức.",
        ),
        Column::Note => Ask::new("Ghi chú", 24.0, "Giải thích thêm nếu cần; không đưa vào báo cáo."),
    }
}

fn of_measure(measure: &Measure, config: &Config) -> Ask {
    const WIDTH: f64 = 16.0;
    let period = &config.period;
    match measure {
        Measure::LastYear => Ask::new(
            format!("Cùng kỳ năm {}", period.year - 1),
            WIDTH,
            format!("Kết quả của {}.", stretch(period, period.year - 1)),
        ),
        Measure::Target(id) => {
            declared(config.target(id.as_str()), id.as_str(), |name| format!("Số được giao: {name}."))
        }
        Measure::Other(id) => declared(config.measure(id.as_str()), id.as_str(), |name| format!("{name}.")),
        _ => Ask::new(
            format!("Thực hiện {}", stretch(period, period.year)),
            WIDTH,
            format!("Kết quả của {}, cộng dồn từ đầu năm.", stretch(period, period.year)),
        ),
    }
}

/// Returns the heading of a column that the settings declare: its first spelling.
fn declared<Id>(column: Option<&config::Column<Id>>, id: &str, meaning: impl Fn(&str) -> String) -> Ask {
    let name = column.map_or(id, |column| &column.name);
    let title = column.and_then(|column| column.headings.first()).map_or(name, |heading| heading);
    Ask::new(title, 16.0, meaning(name))
}

/// Returns the months of a year as text: "9 tháng năm 2024".
fn stretch(period: &Period, year: u16) -> String {
    match period.months {
        12 => format!("năm {year}"),
        months => format!("{months} tháng năm {year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::model::id::{FilePath, IndicatorId, SectionPath, SectorId};
    use tonghop_core::model::indicator::IndicatorDecl;
    use tonghop_core::model::quantity::Unit;
    use tonghop_core::vi::unit;

    fn sector(indicators: Vec<IndicatorDecl>) -> SectorDecl {
        SectorDecl {
            id: SectorId::new("s"),
            title: "S".into(),
            section: SectionPath::new("I"),
            departments: Vec::new(),
            targets: Vec::new(),
            measures: Vec::new(),
            indicators,
            narrative: Vec::new(),
            records: Vec::new(),
            file: FilePath::new("plugins/s.lua"),
        }
    }

    #[test]
    fn columns_without_use_are_left_out() {
        let taken = IndicatorDecl { from: Some((SectorId::new("o"), IndicatorId::new("x"))), ..counted() };
        for (indicators, has_units) in [
            (vec![counted()], true),
            (vec![bare()], false),
            (vec![bare(), counted()], true),
            (vec![bare(), taken], false),
        ] {
            let columns = of_sector(&sector(indicators));
            assert_eq!(columns.contains(&Column::Unit), has_units);
            let measures: Vec<&Column> = columns.iter().filter(|c| matches!(c, Column::Measure(_))).collect();
            assert_eq!(measures, [&Column::Measure(Measure::Actual), &Column::Measure(Measure::LastYear)]);
        }
    }

    fn bare() -> IndicatorDecl {
        IndicatorDecl::new("bare", "Số", Unit::none())
    }

    fn counted() -> IndicatorDecl {
        IndicatorDecl::new("counted", "Số vụ", unit::parse("vụ"))
    }

    #[test]
    fn a_whole_year_has_no_months() {
        for (months, words) in [(9, "9 tháng năm 2024"), (12, "năm 2024")] {
            assert_eq!(stretch(&Period { year: 2024, months }, 2024), words);
        }
    }
}
