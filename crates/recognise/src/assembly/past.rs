//! Reads an earlier run from the consolidated workbook that it wrote.
//!
//! Input: the cells of the workbook. Output: a [`PastRun`] whose figures refer to its cells, or why it cannot be read.
//! Not here: what the figures are used for.
//!
//! Sheets and columns are found by their names, so that workbooks of other versions can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use tonghop_core::model::consolidated as names;
use tonghop_core::model::history::{PastFigure, PastRun};
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::period::Period;
use tonghop_core::model::provenance::{Labels, Source};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::raw_workbook::{RawSheet, RawWorkbook};
use tonghop_core::model::row::RowPlace;
use tonghop_core::msg;
use tonghop_core::vi::number::{Blank, parse_blank};
use tonghop_core::vi::unit;

/// The folder of the departments' workbooks, as it starts their paths.
const WORKBOOKS: &str = "workbooks/";
/// The department of a figure without a row in a department's workbook.
const UNKNOWN_DEPARTMENT: &str = "history";

/// Reads an earlier run.
///
/// # Errors
/// Returns a diagnostic if the workbook is not a consolidated one or does not state its period.
pub fn parse_past_run(file: &FilePath, book: &RawWorkbook) -> Result<PastRun, Box<Diagnostic>> {
    let sheet = |name: &str| book.sheets.iter().find(|sheet| sheet.name.as_str() == name);
    let missing = |what: Message| Box::new(unusable_history(file, what));
    let Some(sources) = sheet(names::SOURCES_SHEET).and_then(|sheet| PastTable::find(file, sheet, names::CODE_HEADING))
    else {
        let name = names::SOURCES_SHEET;
        return Err(missing(msg!(
            "không có trang \"{name}\" như tong-hop.xlsx",
            "it does not have the sheet \"{name}\" of tong-hop.xlsx"
        )));
    };
    let Some(period) = sources.parse_period() else {
        let line = names::PERIOD_PREFIX.trim_end();
        return Err(missing(msg!(
            "không có dòng \"{line}\" cho biết kỳ báo cáo",
            "it has no line \"{line}\" that states the reporting period"
        )));
    };
    let mut seen = BTreeSet::new();
    let figures =
        sources.rows().filter_map(|row| sources.parse_figure(row)).filter(|figure| seen.insert(figure.name.clone()));
    let figures = figures.collect();
    let unread =
        sheet(names::UNREAD_ROWS_SHEET).and_then(|sheet| PastTable::find(file, sheet, names::ROW_LABEL_HEADING));
    let unread =
        unread.map(|table| table.rows().filter_map(|row| table.parse_row_place(row)).collect()).unwrap_or_default();
    Ok(PastRun { file: file.clone(), period, figures, unread })
}

/// Returns the diagnostic of a workbook that cannot be used as an earlier run.
fn unusable_history(file: &FilePath, what: Message) -> Diagnostic {
    let message = msg!(
        "không dùng được tệp này làm số liệu kỳ trước: {why}",
        "this file cannot be used as the figures of an earlier period: {english}",
        why = what.vietnamese(),
        english = what.in_language(tonghop_core::diag::Language::English)
    );
    let hint = Message::new(
        "chỉ để trong thư mục history các tệp tong-hop.xlsx của kỳ trước; dùng lệnh tonghop accept để chép",
        "keep only the tong-hop.xlsx files of earlier periods in history/; copy them with tonghop accept",
    );
    Diagnostic::new(Code::HistoryUnusable, Place::File(file.clone()), message).with_hint(hint)
}

/// A table of the consolidated workbook, with its columns by heading.
struct PastTable<'a> {
    file: &'a FilePath,
    sheet: &'a RawSheet,
    header_row: u32,
    columns: BTreeMap<&'a str, u32>,
}

impl<'a> PastTable<'a> {
    /// Finds the table by a heading that only its header row contains.
    fn find(file: &'a FilePath, sheet: &'a RawSheet, heading: &str) -> Option<Self> {
        let head = sheet.cells.iter().find(|(_, cell)| cell.text() == Some(heading))?.0.row;
        let cells = sheet.cells.range(CellRef::new(head, 0)..CellRef::new(head + 1, 0));
        let columns = cells.filter_map(|(at, cell)| Some((cell.text()?, at.col))).collect();
        Some(Self { file, sheet, header_row: head, columns })
    }

    /// Returns the period in a line above the header row.
    fn parse_period(&self) -> Option<Period> {
        let above = self.sheet.cells.range(..CellRef::new(self.header_row, 0));
        above.filter_map(|(_, cell)| cell.text()?.strip_prefix(names::PERIOD_PREFIX)).find_map(Period::parse)
    }

    /// Returns the rows below the header row that have cells.
    fn rows(&self) -> impl Iterator<Item = u32> {
        let below = self.sheet.cells.range(CellRef::new(self.header_row + 1, 0)..);
        below.map(|(at, _)| at.row).collect::<BTreeSet<u32>>().into_iter()
    }

    fn cell(&self, row: u32, heading: &str) -> Option<(CellRef, &'a RawCell)> {
        let at = CellRef::new(row, *self.columns.get(heading)?);
        Some((at, self.sheet.cells.get(&at)?))
    }

    fn text(&self, row: u32, heading: &str) -> Option<&'a str> {
        self.cell(row, heading)?.1.text()
    }

    /// Reads the figure of a row; `None` for derived figures and rows without an amount.
    fn parse_figure(&self, row: u32) -> Option<PastFigure> {
        let name = parse_figure_name(self.text(row, names::CODE_HEADING)?)?;
        let (at, cell) = self.cell(row, names::VALUE_HEADING)?;
        let amount = match &cell.value {
            RawValue::Number(number) => Amount::Known(*number),
            RawValue::Text(text) if parse_blank(text) == Some(Blank::NotApplicable) => Amount::NotApplicable,
            _ => return None,
        };
        let unit = self.text(row, names::UNIT_HEADING).map_or_else(Unit::none, unit::parse);
        let label = self.text(row, names::ROW_LABEL_HEADING).unwrap_or_default().into();
        let row = self.parse_row_place(row);
        let source = Arc::new(Source {
            department: row
                .as_ref()
                .map_or_else(|| DepartmentId::new(UNKNOWN_DEPARTMENT), |row| row.department.clone()),
            file: self.file.clone(),
            sheet: self.sheet.name.clone(),
            cell: at,
            raw: cell.to_raw_text().into(),
            labels: Labels { row: label, column: names::VALUE_HEADING.into() },
        });
        Some(PastFigure { name, amount, unit, source, row })
    }

    /// Reads the row of a department's workbook that a row of the table refers to; `None` without a label.
    fn parse_row_place(&self, row: u32) -> Option<RowPlace> {
        let file = self.text(row, names::FILE_HEADING)?;
        let (department, _) = file.strip_prefix(WORKBOOKS)?.split_once('/')?;
        Some(RowPlace {
            department: DepartmentId::new(department),
            file: FilePath::new(file),
            sheet: SheetName::new(self.text(row, names::SHEET_HEADING)?),
            cell: self.text(row, names::CELL_HEADING)?.parse().ok()?,
            label: self.text(row, names::ROW_LABEL_HEADING)?.into(),
        })
    }
}

/// Parses the name of a reported figure: `budget.rev_total.target.council`.
fn parse_figure_name(code: &str) -> Option<FigureName> {
    let (sector, rest) = code.split_once('.')?;
    let (indicator, measure) = rest.split_once('.')?;
    let measure = Some(Measure::parse(measure)).filter(Measure::is_reported)?;
    Some(FigureName { sector: SectorId::new(sector), indicator: IndicatorId::new(indicator), measure })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::sheet;

    const DRAWN: &str = "
NGUỒN SỐ LIỆU|||||||
Kỳ báo cáo: 6 tháng đầu năm 2023|||||||
Mã số liệu|Giá trị|Đơn vị tính|Tệp|Trang tính|Ô|Tên dòng trong biểu|Nội dung gốc
herd.total.actual|168|con|workbooks/a/b.xlsx|Biểu 1|E3|Tổng đàn|168
herd.total.target.annual|180|con|workbooks/a/b.xlsx|Biểu 1|D3|Tổng đàn|180
herd.total.yoy|0.5||||||
herd.cattle.actual|-|con|workbooks/a/b.xlsx|Biểu 1|E4|Đàn bò|-
herd.sheep.actual|chưa có số liệu|con|||||
herd.goats.actual|12|con||||| = sum
herd.total.actual|1|con|||||";

    fn read(drawn: &str) -> Result<PastRun, Box<Diagnostic>> {
        let book = RawWorkbook {
            sheets: vec![sheet("Tổng hợp", "x"), sheet("Nguồn số liệu", drawn)],
            ..RawWorkbook::default()
        };
        parse_past_run(&FilePath::new("history/2023.xlsx"), &book)
    }

    #[test]
    fn reported_figures_are_read_with_their_rows() {
        let run = read(DRAWN).unwrap();
        assert_eq!(run.period, Period::first_months(2023, 6).unwrap());
        let format_figure = |f: &PastFigure| {
            let row = f.row.as_ref().map_or_else(String::new, |row| format!("{row} {}", row.label));
            format!("{} {:?} {} {row}", f.name, f.amount.known().map(|n| n.to_string()), f.source.cell)
        };
        assert_eq!(
            run.figures.iter().map(format_figure).collect::<Vec<_>>(),
            [
                "herd.total.actual Some(\"168\") B4 workbooks/a/b.xlsx [Biểu 1] E3 Tổng đàn",
                "herd.total.target.annual Some(\"180\") B5 workbooks/a/b.xlsx [Biểu 1] D3 Tổng đàn",
                "herd.cattle.actual None B7 workbooks/a/b.xlsx [Biểu 1] E4 Đàn bò",
                "herd.goats.actual Some(\"12\") B9 ",
            ]
        );
        assert_eq!(run.figures[0].source.department.as_str(), "a");
    }

    #[test]
    fn another_workbook_is_refused_with_the_reason() {
        for (drawn, reason) in [
            ("Chỉ tiêu|Thực hiện\nĐàn trâu|12", "không có trang"),
            ("Mã số liệu|Giá trị\nherd.total.actual|12", "kỳ báo cáo"),
            ("Kỳ báo cáo: 13 tháng đầu năm 2024|\nMã số liệu|Giá trị", "kỳ báo cáo"),
        ] {
            let problem = read(drawn).unwrap_err();
            assert!(problem.message.vietnamese().contains(reason), "{problem:?}");
        }
    }
}
