//! The sheet of sources: one row per figure, with its cell as typed, its row, and how it was computed. A later run
//! reads it.
//!
//! Input: the ledger. Output: its table, linked both ways with the sector sheets. Not here: which figures are listed.

use super::ledger::FIRST_ROW;
use super::page::{ColumnHeading, SheetPage};
use super::{ConsolidatedWorkbook, formula};
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;
use tonghop_core::model::consolidated;
use tonghop_core::model::figure::{FigureRef, Origin};
use tonghop_core::model::id::SectorId;
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::provenance::{RuleLine, Source};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::row::{RecognisedRow, RowMeaning};
use tonghop_core::vi;

const HEADINGS: [(&str, f64); 14] = [
    (consolidated::CODE_HEADING, 34.0),
    ("Ngành, lĩnh vực", 17.0),
    ("Chỉ tiêu", 26.0),
    ("Loại số liệu", 15.0),
    (consolidated::VALUE_HEADING, 12.0),
    (consolidated::UNIT_HEADING, 11.0),
    ("Đơn vị báo cáo", 17.0),
    (consolidated::FILE_HEADING, 26.0),
    (consolidated::SHEET_HEADING, 12.0),
    (consolidated::CELL_HEADING, 7.0),
    (consolidated::ROW_LABEL_HEADING, 24.0),
    ("Nội dung gốc", 12.0),
    ("Cách tính", 30.0),
    ("Dòng quy tắc", 17.0),
];

/// Writes the sheet.
pub(super) fn write(page: &mut SheetPage<'_>, book: &ConsolidatedWorkbook<'_>) -> Result<(), XlsxError> {
    page.line(0, 0, "NGUỒN SỐ LIỆU", &page.formats.title)?;
    page.line(1, 0, &book.period(), &page.formats.plain)?;
    page.head(FIRST_ROW - 1, &HEADINGS.map(|(title, width)| ColumnHeading { title: title.to_owned(), width }), 1)?;
    let sectors: SectorDecls<'_> = book.report.sectors.iter().map(|s| (&s.decl.id, &*s.decl)).collect();
    for (row, figure) in (FIRST_ROW..).zip(&book.ledger.entries) {
        figure_row(page, book, row, figure, &sectors)?;
    }
    let last = FIRST_ROW + u32::try_from(book.ledger.entries.len()).unwrap_or(u32::MAX - FIRST_ROW);
    page.filter(FIRST_ROW - 1, last - 1, HEADINGS.len())
}

type SectorDecls<'a> = BTreeMap<&'a SectorId, &'a SectorDecl>;

fn figure_row(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    row: u32,
    figure: &FigureRef,
    sectors: &SectorDecls<'_>,
) -> Result<(), XlsxError> {
    let sector = sectors.get(&figure.name.sector).copied();
    let indicator = sector.and_then(|s| s.indicator(figure.name.indicator.as_str()));
    page.linked_text(row, 0, &figure.name.to_string(), book.layout.address(figure))?;
    let title = sector.map_or(figure.name.sector.as_str(), |s| &s.title);
    let label = indicator.map_or(figure.name.indicator.as_str(), |i| &i.label);
    let measure = book.config.measure_title(&figure.name.measure);
    page.texts(row, 1, &[title, label, &measure], &page.formats.text)?;
    page.figure(row, 4, figure, None)?;
    page.text(row, 5, &figure.unit.label, &page.formats.centred)?;
    page.texts(row, 6, &cell_texts(book, figure, indicator).each_ref().map(String::as_str), &page.formats.text)?;
    let rule = rule_line_text(figure, sector, indicator);
    page.texts(row, 12, &[&computation_text(book, figure), &rule], &page.formats.text)
}

/// Returns department, file, sheet, cell, row label and raw content if the figure is based on a single cell.
fn cell_texts(book: &ConsolidatedWorkbook<'_>, figure: &FigureRef, indicator: Option<&IndicatorDecl>) -> [String; 6] {
    match figure.sources().as_slice() {
        [source] => [
            book.department_name(&source.department).to_owned(),
            source.file.to_string(),
            source.sheet.to_string(),
            source.cell.to_string(),
            row_label(book, source, indicator),
            source.raw.to_string(),
        ],
        _ => Default::default(),
    }
}

/// Returns the label of the cell's row if the row belongs to the figure's indicator: a figure that a rule takes from
/// another indicator has no row.
fn row_label(book: &ConsolidatedWorkbook<'_>, source: &Source, indicator: Option<&IndicatorDecl>) -> String {
    let is_own = |row: &&RecognisedRow| match (&row.meaning, indicator) {
        (RowMeaning::Indicator(_, means), Some(decl)) => {
            *means == decl.id
                || decl.is_breakdown_member && decl.parent.as_ref().is_some_and(|whole| whole.id == *means)
        }
        _ => false,
    };
    book.rows.row_of(source).filter(is_own).map(|row| row.place.label.to_string()).unwrap_or_default()
}

/// Returns how the figure was computed, with its operands by their names in the first column.
fn computation_text(book: &ConsolidatedWorkbook<'_>, figure: &FigureRef) -> String {
    if let Some(correction) = &figure.correction {
        let replaced = correction.replaced.as_ref().map_or(Amount::Missing, |figure| figure.amount);
        let before = vi::format::amount(replaced, &Unit::none(), None);
        return format!("Điều chỉnh: {}; lý do: {}; trước đó: {before}", correction.who.text, correction.why.text);
    }
    match &figure.origin {
        Origin::Computed { .. } => {
            let name = |operand: &FigureRef| book.ledger.contains(operand).then(|| format!("[{}]", operand.name));
            formula::readable_formula(figure, &name).map_or_else(String::new, |formula| format!("= {formula}"))
        }
        Origin::Setting(key) => format!("Khai báo trong tonghop.toml: {key}"),
        Origin::Rule(_) => "Số ghi trong quy tắc".to_owned(),
        Origin::Counted(_) => "Đếm số dòng tên".to_owned(),
        Origin::Records(aggregate) => aggregate.message().vietnamese().to_owned(),
        Origin::Lost(_) => vi::format::capitalised(vi::format::without_data(figure)),
        Origin::Cell(_) | Origin::Missing => String::new(),
    }
}

/// Returns the rule line that requested the figure, or that declares its indicator.
fn rule_line_text(figure: &FigureRef, sector: Option<&SectorDecl>, indicator: Option<&IndicatorDecl>) -> String {
    let requested = match &figure.origin {
        Origin::Computed { rule, .. } | Origin::Rule(rule) | Origin::Lost(rule) => rule.clone(),
        Origin::Cell(_) | Origin::Counted(_) | Origin::Records(_) | Origin::Setting(_) | Origin::Missing => None,
    };
    let declared = || Some(RuleLine { file: sector?.file.clone(), line: indicator?.line });
    requested.or_else(declared).map(|rule| rule.to_string()).unwrap_or_default()
}
