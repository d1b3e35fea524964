//! Reads an earlier run from the consolidated workbook that it wrote.
//!
//! Input: the cells of the workbook. Output: a [`PastRun`] whose figures refer to its cells, or why it cannot be read.
//! Not here: what the figures are used for.
//!
//! Sheets and columns are found by their names, so that workbooks of other versions can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Place, Words};
use tonghop_core::model::book::{RawBook, RawSheet};
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use tonghop_core::model::consolidated as names;
use tonghop_core::model::history::{PastFigure, PastRun};
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, MeasureId, SectorId, SheetName, TargetId};
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::period::Period;
use tonghop_core::model::provenance::{Labels, Source};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::row::RowPlace;
use tonghop_core::say;
use tonghop_core::vi::number::{Blank, blank};
use tonghop_core::vi::unit;

/// The folder of the departments' workbooks, as it starts their paths.
const WORKBOOKS: &str = "workbooks/";
/// The department of a figure without a row in a department's workbook.
const NOBODY: &str = "history";

/// Reads an earlier run.
///
/// # Errors
/// Returns a diagnostic if the workbook is not a consolidated one or does not state its period.
pub fn past_run(file: &FilePath, book: &RawBook) -> Result<PastRun, Box<Diagnostic>> {
    let sheet = |name: &str| book.sheets.iter().find(|sheet| sheet.name.as_str() == name);
    let missing = |what: Words| Box::new(unusable(file, what));
    let Some(sources) = sheet(names::SOURCES).and_then(|sheet| Table::of(file, sheet, names::CODE)) else {
        let name = names::SOURCES;
        return Err(missing(say!(
            "không có trang \"{name}\" như tong-hop.xlsx",
            "it has no sheet \"{name}\" as tong-hop.xlsx has"
        )));
    };
    let Some(period) = sources.period() else {
        let line = names::PERIOD.trim_end();
        return Err(missing(say!(
            "không có dòng \"{line}\" cho biết kỳ báo cáo",
            "no line \"{line}\" tells its period"
        )));
    };
    let mut seen = BTreeSet::new();
    let figures =
        sources.rows().filter_map(|row| sources.figure(row)).filter(|figure| seen.insert(figure.name.clone()));
    let figures = figures.collect();
    let unread = sheet(names::UNREAD).and_then(|sheet| Table::of(file, sheet, names::ROW));
    let unread = unread.map(|table| table.rows().filter_map(|row| table.place(row)).collect()).unwrap_or_default();
    Ok(PastRun { file: file.clone(), period, figures, unread })
}

/// Returns the diagnostic of a workbook that cannot be used as an earlier run.
fn unusable(file: &FilePath, what: Words) -> Diagnostic {
    let message = say!(
        "không dùng được tệp này làm số liệu kỳ trước: {why}",
        "this file is of no use as an earlier run: {english}",
        why = what.vietnamese(),
        english = what.in_language(tonghop_core::diag::Language::English)
    );
    let hint = Words::new(
        "chỉ để trong thư mục history các tệp tong-hop.xlsx của kỳ trước; dùng lệnh tonghop accept để chép",
        "keep only consolidated workbooks of earlier periods in history/; tonghop accept copies them",
    );
    Diagnostic::new(Code::HistoryUnusable, Place::File(file.clone()), message).hint(hint)
}

/// A table of the consolidated workbook, with its columns by heading.
struct Table<'a> {
    file: &'a FilePath,
    sheet: &'a RawSheet,
    head: u32,
    columns: BTreeMap<&'a str, u32>,
}

impl<'a> Table<'a> {
    /// Finds the table by a heading that only its header row contains.
    fn of(file: &'a FilePath, sheet: &'a RawSheet, heading: &str) -> Option<Self> {
        let head = sheet.cells.iter().find(|(_, cell)| cell.text() == Some(heading))?.0.row;
        let cells = sheet.cells.range(CellRef::new(head, 0)..CellRef::new(head + 1, 0));
        let columns = cells.filter_map(|(at, cell)| Some((cell.text()?, at.col))).collect();
        Some(Self { file, sheet, head, columns })
    }

    /// Returns the period in a line above the header row.
    fn period(&self) -> Option<Period> {
        let above = self.sheet.cells.range(..CellRef::new(self.head, 0));
        above
            .filter_map(|(_, cell)| cell.text()?.strip_prefix(names::PERIOD))
            .find_map(|name| Period::named(name.trim()))
    }

    /// Returns the rows below the header row that have cells.
    fn rows(&self) -> impl Iterator<Item = u32> {
        let below = self.sheet.cells.range(CellRef::new(self.head + 1, 0)..);
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
    fn figure(&self, row: u32) -> Option<PastFigure> {
        let name = name(self.text(row, names::CODE)?)?;
        let (at, cell) = self.cell(row, names::VALUE)?;
        let amount = match &cell.value {
            RawValue::Number(number) => Amount::Known(*number),
            RawValue::Text(text) if blank(text) == Some(Blank::NotApplicable) => Amount::NotApplicable,
            _ => return None,
        };
        let unit = self.text(row, names::UNIT).map_or_else(Unit::none, unit::parse);
        let label = self.text(row, names::ROW).unwrap_or_default().into();
        let row = self.place(row);
        let source = Arc::new(Source {
            department: row.as_ref().map_or_else(|| DepartmentId::new(NOBODY), |row| row.department.clone()),
            file: self.file.clone(),
            sheet: self.sheet.name.clone(),
            cell: at,
            raw: cell.as_typed().into(),
            labels: Labels { row: label, column: names::VALUE.into() },
        });
        Some(PastFigure { name, amount, unit, source, row })
    }

    /// Reads the row of a department's workbook that a row of the table refers to; `None` without a label.
    fn place(&self, row: u32) -> Option<RowPlace> {
        let file = self.text(row, names::FILE)?;
        let (department, _) = file.strip_prefix(WORKBOOKS)?.split_once('/')?;
        Some(RowPlace {
            department: DepartmentId::new(department),
            file: FilePath::new(file),
            sheet: SheetName::new(self.text(row, names::SHEET)?),
            cell: self.text(row, names::CELL)?.parse().ok()?,
            label: self.text(row, names::ROW)?.into(),
        })
    }
}

/// Parses the name of a reported figure: `budget.rev_total.target.council`.
fn name(code: &str) -> Option<FigureName> {
    let (sector, rest) = code.split_once('.')?;
    let (indicator, measure) = rest.split_once('.')?;
    let measure = match measure.split_once('.') {
        None => reported(measure)?,
        Some(("target", target)) => Measure::Target(TargetId::new(target)),
        Some(_) => return None,
    };
    Some(FigureName { sector: SectorId::new(sector), indicator: IndicatorId::new(indicator), measure })
}

/// Parses a measure without a target; `None` for derived measures, which are not reported.
fn reported(measure: &str) -> Option<Measure> {
    const DERIVED: [Measure; 6] =
        [Measure::Yoy, Measure::Change, Measure::Share, Measure::Ratio, Measure::Pace, Measure::Computed];
    match measure {
        "actual" => Some(Measure::Actual),
        "last_year" => Some(Measure::LastYear),
        other if DERIVED.iter().any(|derived| derived.to_string() == other) => None,
        other => Some(Measure::Other(MeasureId::new(other))),
    }
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
        let book = RawBook {
            sheets: vec![sheet("Tổng hợp", "x"), sheet("Nguồn số liệu", drawn)],
            ..RawBook::default()
        };
        past_run(&FilePath::new("history/2023.xlsx"), &book)
    }

    #[test]
    fn reported_figures_are_read_with_their_rows() {
        let run = read(DRAWN).unwrap();
        assert_eq!(run.period, Period { year: 2023, months: 6 });
        let told = |f: &PastFigure| {
            let row = f.row.as_ref().map_or_else(String::new, |row| format!("{row} {}", row.label));
            format!("{} {:?} {} {row}", f.name, f.amount.known().map(|n| n.to_string()), f.source.cell)
        };
        assert_eq!(
            run.figures.iter().map(told).collect::<Vec<_>>(),
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
