//! The columns of a form of indicators, with headings that the reader recognises.
//!
//! Input: a sector and the settings. Output: columns in the order that departments are used to. Not here: rows.

use super::form::FormHeading;
use super::rows;
use tonghop_core::config::Config;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::Measure;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FormColumn {
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
pub(super) fn sector_columns(sector: &SectorDecl) -> Vec<FormColumn> {
    let has_units = rows::printed_indicators(sector).any(|indicator| !indicator.unit.base.is_empty());
    let anchors = [FormColumn::Number, FormColumn::Code, FormColumn::Label]
        .into_iter()
        .chain(has_units.then_some(FormColumn::Unit));
    anchors.chain(measures(sector)).chain([FormColumn::Status, FormColumn::Note]).collect()
}

/// Returns the number columns of a sector.
pub(super) fn measures(sector: &SectorDecl) -> impl Iterator<Item = FormColumn> {
    sector.reported_measures().map(FormColumn::Measure)
}

/// Returns title, width and meaning of a column.
pub(super) fn column_heading(column: &FormColumn, config: &Config) -> FormHeading {
    match column {
        FormColumn::Number => FormHeading::new("STT", 7.0, "Số thứ tự theo cấp của chỉ tiêu."),
        FormColumn::Code => FormHeading::new(
            "Mã số",
            14.0,
            "Mã của chỉ tiêu. Chương trình nhận ra dòng theo mã này: không sửa, không xóa.",
        ),
        FormColumn::Label => {
            FormHeading::new("Chỉ tiêu", 46.0, "Tên chỉ tiêu. Dòng lùi vào là một phần của dòng phía trên.")
        }
        FormColumn::Unit => FormHeading::new("Đơn vị tính", 13.0, "Nhập số theo đúng đơn vị tính này."),
        FormColumn::Measure(measure) => measure_heading(measure, config),
        FormColumn::Status => FormHeading::new(
            "Tình trạng số liệu",
            13.0,
            "Số thực hiện là số chính thức hay số ước. \"Trên\", \"Khoảng\", \"Gần\", \"Hơn\" là từ đứng trước số trong \
             báo cáo. Để trống: số chính thức.",
        ),
        FormColumn::Note => FormHeading::new("Ghi chú", 24.0, "Giải thích thêm nếu cần; không đưa vào báo cáo."),
    }
}

fn measure_heading(measure: &Measure, config: &Config) -> FormHeading {
    let (title, note) = config.form_heading(measure);
    FormHeading::new(title, 16.0, note)
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
            indicators: indicators.into(),
            narrative: Vec::new(),
            records: Vec::new(),
            file: FilePath::new("plugins/s.lua"),
        }
    }

    #[test]
    fn columns_without_use_are_left_out() {
        let taken = IndicatorDecl { source_indicator: Some((SectorId::new("o"), IndicatorId::new("x"))), ..counted() };
        for (indicators, has_units) in [
            (vec![counted()], true),
            (vec![bare()], false),
            (vec![bare(), counted()], true),
            (vec![bare(), taken], false),
        ] {
            let columns = sector_columns(&sector(indicators));
            assert_eq!(columns.contains(&FormColumn::Unit), has_units);
            let measures: Vec<&FormColumn> = columns.iter().filter(|c| matches!(c, FormColumn::Measure(_))).collect();
            assert_eq!(measures, [&FormColumn::Measure(Measure::Actual), &FormColumn::Measure(Measure::LastYear)]);
        }
    }

    fn bare() -> IndicatorDecl {
        IndicatorDecl::new("bare", "Số", Unit::none())
    }

    fn counted() -> IndicatorDecl {
        IndicatorDecl::new("counted", "Số vụ", unit::parse("vụ"))
    }
}
