//! The two text tables of a department: sentences for the report, and difficulties with their causes.
//!
//! Input: the sectors of the department. Output: the tables. Not here: numbers.

use super::form::{FormHeading, FormSheet, HEADER_ROW};
use super::rows::{self, RowNumbering};
use super::{DifficultyColumn, InputCell};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, XlsxError};
use std::collections::BTreeMap;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::vi::label::fold_label;

/// The sheet of sentences.
pub(super) const NARRATIVE: &str = "Phần lời";
/// The sheet of difficulties.
pub(super) const DIFFICULTIES: &str = "Khó khăn, vướng mắc";
/// The title of a form workbook.
pub(super) const FORM_TITLE: &str = "biểu mẫu báo cáo";

const NARRATIVE_GUIDE: &str =
    "Viết câu hoàn chỉnh cho báo cáo vào ô nền vàng; mục không có gì để báo cáo thì để trống.";
const DIFFICULTY_GUIDE: &str = "Mỗi dòng một khó khăn. Để trống cột Chỉ tiêu liên quan nếu là khó khăn chung.";
/// The number of rows for difficulties.
const DIFFICULTY_ROWS: u32 = 10;
/// The hidden column of the labels that a difficulty may name, to the right of the table.
const LABELS: u16 = 7;

/// Writes the sheet of sentences: the topics of each sector.
pub(super) fn narrative(form: &mut FormSheet<'_>) -> Result<(), XlsxError> {
    let asks = [
        FormHeading::new("STT", 7.0, "Số thứ tự của nội dung trong ngành, lĩnh vực."),
        FormHeading::new(
            "Nội dung",
            44.0,
            "Tên nội dung. Chương trình nhận ra dòng theo tên này: không sửa, không xóa.",
        ),
        FormHeading::new(
            "Phần lời",
            100.0,
            "Câu văn đưa nguyên vào báo cáo. Số liệu nhập ở biểu số liệu, không viết lại ở đây.",
        ),
    ];
    form.head("PHẦN LỜI CỦA BÁO CÁO", NARRATIVE_GUIDE, &asks, 2)?;
    let style = form.formats;
    let mut numbers = RowNumbering::default();
    let mut row = HEADER_ROW + 1;
    for sector in form.context.sectors.iter().filter(|sector| !sector.narrative.is_empty()) {
        for (col, words) in (0..).zip([&numbers.next(0), &sector.title, ""]) {
            form.page.line(row, col, words, &style.band)?;
        }
        for topic in &sector.narrative {
            row += 1;
            form.page.line(row, 0, &numbers.next(1), &style.centred)?;
            form.page.text(row, 1, topic.labels.first().unwrap_or(&topic.key), &style.label(1))?;
            form.input(row, 2, &InputCell::Topic(sector, topic), &style.input)?;
        }
        row += 1;
    }
    form.page.ignore_number_warnings(0, HEADER_ROW + 1, row)
}

/// Writes the sheet of difficulties: empty rows whose last cell offers the department's indicators.
pub(super) fn difficulties(form: &mut FormSheet<'_>) -> Result<(), XlsxError> {
    let asks = [
        FormHeading::new("STT", 7.0, "Số thứ tự."),
        FormHeading::new("Khó khăn, vướng mắc", 60.0, "Tồn tại, hạn chế trong kỳ báo cáo, viết thành câu."),
        FormHeading::new("Nguyên nhân", 60.0, "Nguyên nhân của khó khăn, viết thành câu."),
        FormHeading::new(
            "Chỉ tiêu liên quan",
            40.0,
            "Chỉ tiêu chưa đạt vì khó khăn này; nhiều chỉ tiêu thì cách nhau dấu \";\".",
        ),
    ];
    form.head("KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN", DIFFICULTY_GUIDE, &asks, 1)?;
    let first = HEADER_ROW + 1;
    let labels = unambiguous_labels(&form.context.sectors);
    let rule = indicator_validation(first, labels.len())?;
    let (input, centred) = (&form.formats.input, &form.formats.centred);
    for (nth, row) in (0..).zip(first..first + DIFFICULTY_ROWS) {
        form.page.line(row, 0, &(nth + 1).to_string(), centred)?;
        for (col, part) in
            (1..).zip([DifficultyColumn::Difficulty, DifficultyColumn::Cause, DifficultyColumn::Indicators])
        {
            form.input(row, col, &InputCell::Difficulty(&form.context.department.id, part, nth), input)?;
        }
        rule.iter().try_for_each(|rule| form.add_validation(row, (3, 3), rule))?;
    }
    for (row, label) in (first..).zip(&labels) {
        form.page.line(row, LABELS, label, &form.formats.plain)?;
    }
    form.page.sheet().set_column_hidden(LABELS)?;
    form.page.ignore_number_warnings(0, first, first + DIFFICULTY_ROWS)
}

/// Returns the labels that identify one indicator of the department without any context.
fn unambiguous_labels<'a>(sectors: &[&'a SectorDecl]) -> Vec<&'a str> {
    let indicators = || sectors.iter().flat_map(|sector| rows::printed_indicators(sector));
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for indicator in indicators() {
        let mut own: Vec<String> =
            indicator.aliases.iter().chain([&indicator.label]).map(|text| fold_label(text)).collect();
        own.sort();
        own.dedup();
        own.into_iter().for_each(|text| *uses.entry(text).or_default() += 1);
    }
    let is_clear = |text: &&str| uses.get(&fold_label(text)) == Some(&1) && !text.contains([';', '\n']);
    indicators().map(|indicator| indicator.label.as_str()).filter(is_clear).collect()
}

/// Returns the validation that offers the labels in the hidden column; other texts are accepted after a warning, since
/// several indicators may be named.
fn indicator_validation(first: u32, labels: usize) -> Result<Option<DataValidation>, XlsxError> {
    if labels == 0 {
        return Ok(None);
    }
    let range = rust_xlsxwriter::utility::cell_range_absolute(first, LABELS, first + labels as u32 - 1, LABELS);
    let rule = DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .set_input_title("Chỉ tiêu liên quan")?
        .set_input_message("Chọn trong danh sách, hoặc để trống nếu là khó khăn chung.")?
        .set_error_title("Không có trong danh sách")?
        .set_error_message("Ghi tên chỉ tiêu đúng như biểu số liệu; nhiều chỉ tiêu thì cách nhau dấu chấm phẩy.")?
        .set_error_style(DataValidationErrorStyle::Warning);
    Ok(Some(rule))
}
