//! Tests of recognition on sheets drawn as text.

mod books;
mod contested;
mod labels;
mod members;
mod old_texts;
mod parents;
mod percents;
mod plausibility;
mod reading_log;
mod readings;
mod record_totals;
mod records;
mod row_blocks;
mod rows;
mod scale;
mod statistics;
mod tables;
mod unread;

use super::*;
use tonghop_core::diag::{Code, Place};
use tonghop_core::model::cell::{CellRef, HiddenRanges, MergedRange, RawCell, RawValue};
use tonghop_core::model::cells::Cells;
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectionPath, SectorId, SheetName, TargetId};
use tonghop_core::model::indicator::{IndicatorDecl, NarrativeDecl, Parent, ParentRelation};
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::raw_workbook::{RawSheet, RawWorkbook};
use tonghop_core::vi::unit;
use tonghop_testing::minimal_settings;

pub(crate) fn config() -> Config {
    let departments = r#"departments = [{ id = "a", name = "A" }, { id = "b", name = "B" }]"#;
    let tables = r#"
        [[targets]]
        id = "province"
        name = "tỉnh"
        headings = ["tỉnh giao", "KH tỉnh giao"]
        [[targets]]
        id = "council"
        name = "thành phố"
        headings = ["HĐND TP giao", "HĐND giao"]
        [[measures]]
        id = "of"
        name = "tổng"
        headings = ["Tổng số tiêu chí"]
        [outline]
        letters = ["a"]
        headings = []
    "#;
    Config::parse(&minimal_settings(departments, tables)).unwrap()
}

/// Declares indicators line by line: `id | label | unit | parent | names or member`.
pub(crate) fn sector(id: &str, targets: &[&str], indicators: &str) -> Arc<SectorDecl> {
    let indicators = lines(indicators).map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let parent = cells
            .get(3)
            .filter(|p| !p.is_empty())
            .map(|parent| Parent { id: IndicatorId::new(*parent), relation: ParentRelation::OfWhich });
        let depth = u32::from(parent.is_some());
        let flags = cells.get(4).copied().unwrap_or_default();
        let (names, member) = (flags == "names", flags == "member");
        IndicatorDecl {
            parent,
            depth,
            counts_names: names,
            is_breakdown_member: member,
            ..IndicatorDecl::new(cells[0], cells[1], unit::parse(cells[2]))
        }
    });
    Arc::new(SectorDecl {
        id: SectorId::new(id),
        title: format!("Ngành {id}"),
        section: SectionPath::new("I"),
        departments: vec![DepartmentId::new("b"), DepartmentId::new("a")],
        targets: targets.iter().map(|id| TargetId::new(*id)).collect(),
        measures: Vec::new(),
        indicators: indicators.collect(),
        narrative: vec![NarrativeDecl { key: "topic".into(), labels: vec!["Công tác chỉ đạo".into()], line: 1 }],
        records: vec![],
        file: FilePath::new("plugins/s.lua"),
    })
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty())
}

/// Builds a sheet from text: one line per row, `|` between cells; decimal numbers are numbers, `'` makes a text,
/// `=` a formula without value, `#` an error; `<` and `^` merge with the left and the upper cell.
pub(crate) fn sheet(name: &str, drawn: &str) -> RawSheet {
    let mut sheet = RawSheet {
        name: SheetName::new(name),
        is_hidden: false,
        is_very_hidden: false,
        cells: Cells::default(),
        merges: Vec::new(),
        hidden_ranges: HiddenRanges::default(),
        comments: Vec::new(),
    };
    for (row, line) in drawn.trim_matches('\n').lines().enumerate() {
        for (col, text) in line.split('|').enumerate() {
            let cell_ref = CellRef::new(row as u32, col as u32);
            match text.trim() {
                "" => {}
                "<" => widen(&mut sheet, CellRef::new(cell_ref.row, cell_ref.col - 1), cell_ref),
                "^" => widen(&mut sheet, CellRef::new(cell_ref.row - 1, cell_ref.col), cell_ref),
                content => {
                    let indented = text.trim_end().strip_prefix(' ').unwrap_or(content);
                    sheet.cells.insert(cell_ref, cell(content, indented));
                }
            }
        }
    }
    sheet
}

fn cell(content: &str, indented: &str) -> RawCell {
    let value = match (content.parse(), content.chars().next()) {
        (Ok(number), _) => RawValue::Number(number),
        (_, Some('\'')) => RawValue::Text(content[1..].into()),
        (_, Some('=')) => RawValue::FormulaWithoutCache,
        (_, Some('#')) => RawValue::Error(content.into()),
        _ => RawValue::Text(indented.into()),
    };
    RawCell { value, formula: None, number_format: None }
}

fn widen(sheet: &mut RawSheet, inside: CellRef, to: CellRef) {
    match sheet.merges.iter_mut().find(|m| m.last == inside) {
        Some(merge) => merge.last = to,
        None => sheet.merges.push(MergedRange { first: inside, last: to }),
    }
}

pub(crate) fn book(department: &str, file: &str, sheets: Vec<RawSheet>) -> ReceivedWorkbook {
    let book = RawWorkbook { sheets, ..RawWorkbook::default() };
    ReceivedWorkbook { department: DepartmentId::new(department), file: FilePath::new(file), workbook: book }
}

/// Recognises one sheet of department `a`.
fn recognise_one(sectors: &[Arc<SectorDecl>], drawn: &str) -> (Dataset, Diagnostics) {
    recognise(&[book("a", "workbooks/a/x.xlsx", vec![sheet("S", drawn)])], sectors, &config())
}

/// Formats the observations as `indicator.measure=amount`, by key.
fn format_observations(dataset: &Dataset) -> Vec<String> {
    let amount = |amount: Amount| match amount {
        Amount::Known(number) => number.to_string(),
        Amount::NotApplicable => "-".to_owned(),
        Amount::Missing => "?".to_owned(),
    };
    dataset.observations.iter().map(|(k, f)| format!("{}.{}={}", k.indicator, k.measure, amount(f.amount))).collect()
}

/// Formats the diagnostics as `code cell`.
fn format_problems(diagnostics: &Diagnostics) -> Vec<String> {
    let place = |place: &Place| match place {
        Place::Cell(_, _, cell) => cell.to_string(),
        Place::Sheet(_, sheet) => sheet.to_string(),
        other => other.to_string(),
    };
    diagnostics.iter().map(|d| format!("{} {}", d.code.as_str(), place(&d.places[0]))).collect()
}

pub(crate) const MONEY: &str = "
    rev | Tổng thu | triệu đồng
    share | Thu được hưởng | triệu đồng | rev
    exp | Tổng chi | triệu đồng
";
