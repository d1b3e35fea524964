//! Writes a filled form as the workbook that a department sends.
//!
//! Input: a form. Output: the bytes of its `.xlsx`: a sheet with a title block, a table with two heading rows and a
//! signature block, and a sheet with the narrative. Not here: the content of the form.

use super::form::{Form, FormRow, ValueCell, typed};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

/// The names of the sheet with the table and of the one with the narrative.
const SHEETS: [&str; 2] = ["Biểu chỉ tiêu", "Thuyết minh"];

/// The first data row, counted from zero.
pub const FIRST_ROW: u32 = 7;

const WIDTHS: [f64; 10] = [6.0, 22.0, 48.0, 13.0, 13.0, 13.0, 13.0, 13.0, 13.0, 30.0];

/// The lines above the headings: row, first and last column, text.
const TITLES: [(u32, u16, u16, &str); 4] = [
    (0, 0, 3, "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ LAI CHÂU"),
    (0, 4, 9, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    (2, 0, 9, "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI 9 THÁNG NĂM 2024"),
    (4, 8, 9, "Kỳ báo cáo: 9 tháng 2024"),
];

/// The headings that span both heading rows: column, text.
const TALL_HEADINGS: [(u16, &str); 6] =
    [(0, "TT"), (1, "Lĩnh vực"), (2, "Chỉ tiêu"), (3, "ĐVT"), (4, "Kế hoạch\nnăm 2024"), (9, "Ghi chú")];
const WIDE_HEADINGS: [(u16, u16, &str); 2] = [(5, 6, "Thực hiện"), (7, 8, "So sánh (%)")];
const LOW_HEADINGS: [(u16, &str); 4] =
    [(5, "Cùng kỳ\n2023"), (6, "9 tháng\n2024"), (7, "So với\nKH năm"), (8, "So với\ncùng kỳ")];

const SIGNATURE: [&str; 2] = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"];

/// The result of a formula that computes with a text.
const VALUE_ERROR: &str = "#VALUE!";

/// The cell formats of the workbook.
struct CellFormats {
    title: Format,
    heading: Format,
    text: Format,
    number: Format,
    middle: Format,
    prose: Format,
}

impl CellFormats {
    fn new() -> Self {
        let base = Format::new().set_font_name("Times New Roman").set_font_size(12.0);
        let boxed = base.clone().set_border(FormatBorder::Thin);
        let title = base.clone().set_bold().set_align(FormatAlign::Center).set_text_wrap();
        Self {
            heading: title.clone().set_border(FormatBorder::Thin),
            title,
            text: boxed.clone().set_text_wrap(),
            number: boxed.clone().set_num_format("#,##0.0"),
            middle: boxed.set_align(FormatAlign::Center),
            prose: base.set_text_wrap(),
        }
    }
}

/// Returns the workbook of a form.
pub fn bytes(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let looks = CellFormats::new();
    let mut workbook = Workbook::new();
    // A fixed creation time, because the workbooks must be reproducible.
    let created = ExcelDateTime::from_ymd(2024, 10, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("Biểu chỉ tiêu").set_creation_datetime(&created));
    let [table, narrative] = SHEETS;
    fill_table(workbook.add_worksheet().set_name(table)?, form, &looks)?;
    fill_narrative(workbook.add_worksheet().set_name(narrative)?, form, &looks)?;
    workbook.save_to_buffer()
}

fn fill_table(sheet: &mut Worksheet, form: &Form, looks: &CellFormats) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    fill_titles(sheet, form, looks)?;
    fill_headings(sheet, looks)?;
    let mut at = FIRST_ROW;
    for row in &form.rows {
        fill_row(sheet, at, row, looks)?;
        at += 1;
    }
    for (line, words) in (at + 1..).zip(SIGNATURE) {
        sheet.write_string_with_format(line, 7, words, &looks.title)?;
    }
    Ok(())
}

fn fill_titles(sheet: &mut Worksheet, form: &Form, looks: &CellFormats) -> Result<(), XlsxError> {
    for (row, first, last, words) in TITLES {
        sheet.merge_range(row, first, row, last, words, &looks.title)?;
    }
    let letter = format!("(Gửi kèm Công văn số {}/UBND-TH ngày 20/9/2024)", form.letter);
    sheet.merge_range(1, 0, 1, 3, &form.department.name, &looks.title)?;
    sheet.merge_range(3, 0, 3, 9, &letter, &looks.title)?;
    Ok(())
}

fn fill_headings(sheet: &mut Worksheet, looks: &CellFormats) -> Result<(), XlsxError> {
    let (upper, lower) = (FIRST_ROW - 2, FIRST_ROW - 1);
    for (column, words) in TALL_HEADINGS {
        sheet.merge_range(upper, column, lower, column, words, &looks.heading)?;
    }
    for (first, last, words) in WIDE_HEADINGS {
        sheet.merge_range(upper, first, upper, last, words, &looks.heading)?;
    }
    for (column, words) in LOW_HEADINGS {
        sheet.write_string_with_format(lower, column, words, &looks.heading)?;
    }
    Ok(())
}

fn fill_row(sheet: &mut Worksheet, at: u32, row: &FormRow, looks: &CellFormats) -> Result<(), XlsxError> {
    sheet.write_number_with_format(at, 0, at - FIRST_ROW + 1, &looks.middle)?;
    sheet.write_string_with_format(at, 1, row.sector, &looks.text)?;
    sheet.write_string_with_format(at, 2, &row.indicator, &looks.text)?;
    sheet.write_string_with_format(at, 3, row.unit, &looks.middle)?;
    for (column, entry) in (4..).zip([row.plan, row.prior, row.actual]) {
        fill_entry(sheet, at, column, entry, looks)?;
    }
    for (column, letter, base) in [(7, 'E', row.plan), (8, 'F', row.prior)] {
        let line = at + 1;
        let formula = Formula::new(format!("=IF({letter}{line}=0,\"\",G{line}/{letter}{line}*100)"));
        let result = comparison(row.actual, base);
        sheet.write_formula_with_format(at, column, formula.set_result(result), &looks.number)?;
    }
    match &row.note {
        Some(note) => sheet.write_string_with_format(at, 9, note, &looks.text)?,
        None => sheet.write_blank(at, 9, &looks.text)?,
    };
    Ok(())
}

fn fill_entry(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    entry: ValueCell,
    looks: &CellFormats,
) -> Result<(), XlsxError> {
    let look = &looks.number;
    match entry {
        ValueCell::Number(tenths) => sheet.write_number_with_format(row, column, tenths as f64 / 10.0, look)?,
        ValueCell::Typed(tenths) => sheet.write_string_with_format(row, column, typed(tenths), look)?,
        ValueCell::Dash => sheet.write_string_with_format(row, column, "-", look)?,
        ValueCell::Blank => sheet.write_blank(row, column, look)?,
    };
    Ok(())
}

/// Returns the result that Excel computes for the actual value in percent of `base`.
fn comparison(actual: ValueCell, base: ValueCell) -> String {
    match (actual, base) {
        (_, ValueCell::Blank) => String::new(),
        (ValueCell::Typed(_) | ValueCell::Dash, _) | (_, ValueCell::Typed(_) | ValueCell::Dash) => {
            VALUE_ERROR.to_owned()
        }
        (ValueCell::Blank, ValueCell::Number(_)) => "0".to_owned(),
        (ValueCell::Number(actual), ValueCell::Number(base)) => (actual as f64 / base as f64 * 100.0).to_string(),
    }
}

fn fill_narrative(sheet: &mut Worksheet, form: &Form, looks: &CellFormats) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 110)?;
    sheet.write_string_with_format(0, 0, format!("THUYẾT MINH SỐ LIỆU - {}", form.department.name), &looks.title)?;
    let mut at = 1;
    for passage in &form.narrative {
        sheet.write_string_with_format(at, 0, passage.heading, &looks.title)?;
        for paragraph in &passage.paragraphs {
            at += 1;
            sheet.write_string_with_format(at, 0, paragraph, &looks.prose)?;
        }
        at += 1;
    }
    Ok(())
}
