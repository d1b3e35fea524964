//! Reports, once per sector, what its rules cannot judge against plans.
//!
//! Input: the judgements of the sectors. Output: a diagnostic per sector at the line that judges. Not here: the reasons,
//! the list in the consolidated workbook.

use std::collections::BTreeMap;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::{Message, pluralise, quoted_labels};
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::judgement::{CellLocation, Unjudged, UnjudgedRows};
use tonghop_core::model::report::Report;
use tonghop_core::model::sector::SectorReport;
use tonghop_core::msg;

/// The most cells that one diagnostic names.
const MAX_PLACES: usize = 20;

/// Returns a diagnostic for each sector whose rules judge figures that cannot be judged.
pub fn unjudged_sectors(report: &Report) -> Diagnostics {
    report.sectors.iter().filter_map(diagnostic).collect()
}

fn diagnostic(sector: &SectorReport) -> Option<Diagnostic> {
    let judgement = &sector.judgement;
    let line = judgement.lines.first()?;
    let indicators = (!judgement.unjudged.is_empty()).then(|| indicators_message(sector, &judgement.unjudged));
    let mut by_table: BTreeMap<_, Vec<&UnjudgedRows>> = BTreeMap::new();
    judgement.tables.iter().for_each(|rows| by_table.entry(&rows.table).or_default().push(rows));
    let parts: Vec<Message> = indicators.into_iter().chain(by_table.values().map(|rows| rows_message(rows))).collect();
    if parts.is_empty() {
        return None;
    }
    let title = &sector.decl.title;
    let message = msg!("{title}: {parts}", "{title}: {parts}", parts = Message::join(&parts, "; "));
    let of_rows = || {
        Message::new(
            "hỏi đơn vị số còn thiếu của các dòng này; quy tắc liệt kê được bằng :unjudged()",
            "ask the department for the missing numbers of these rows; rules list them with :unjudged()",
        )
    };
    let of_indicators = Message::new(
        "xem lý do từng chỉ tiêu ở trang \"Tồn tại, hạn chế\" của tong-hop.xlsx; không giao kế hoạch thì để trong except",
        "the sheet \"Tồn tại, hạn chế\" of tong-hop.xlsx lists them; put indicators that have no plan into except",
    );
    let hint = if judgement.unjudged.is_empty() { of_rows() } else { of_indicators };
    let cells = judgement.unjudged.iter().flat_map(|unjudged| &unjudged.cells);
    let cells = cells.chain(judgement.tables.iter().map(|rows| &rows.first)).take(MAX_PLACES).map(place);
    let problem = Diagnostic::new(Code::IndicatorUnjudged, Place::Rule(line.rule.clone()), message);
    Some(cells.fold(problem, Diagnostic::with_place).with_hint(hint))
}

/// Returns the place of a cell.
fn place(cell: &CellLocation) -> Place {
    Place::Cell(cell.file.clone(), cell.sheet.clone(), cell.cell)
}

fn indicators_message(sector: &SectorReport, unjudged: &[Unjudged]) -> Message {
    let mut groups: Vec<(Message, Vec<&str>)> = Vec::new();
    for one in unjudged {
        let label = sector.decl.indicator(one.indicator.as_str()).map_or("", |decl: &IndicatorDecl| &decl.label);
        let reason = one.reason.summary();
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, labels)) => labels.push(label),
            None => groups.push((reason, vec![label])),
        }
    }
    let reasons: Vec<Message> = groups
        .into_iter()
        .map(|(reason, labels)| {
            let labels = quoted_labels(&labels);
            msg!("{reason}: {labels}", "{reason}: {labels}", reason = reason, labels = labels)
        })
        .collect();
    let count = unjudged.len();
    let its = if count == 1 { "its plan" } else { "their plans" };
    msg!(
        "{count} chỉ tiêu chưa xét được so với kế hoạch: {reasons}",
        "{counted} cannot be judged against {its}: {reasons}",
        counted = pluralise(count, "indicator"),
        reasons = Message::join(&reasons, "; ")
    )
}

fn rows_message(rows: &[&UnjudgedRows]) -> Message {
    let count: usize = rows.iter().map(|rows| rows.count).sum();
    let (table, all) = rows.first().map_or(("", 0), |rows| (rows.table.as_str(), rows.all));
    let reasons: Vec<Message> = rows
        .iter()
        .map(|rows| {
            let (reason, count) = (rows.reason.summary(), rows.count);
            msg!("{reason} ({count})", "{reason} ({count})", reason = reason)
        })
        .collect();
    msg!(
        "bảng {table}: {count}/{all} dòng chưa xét được: {reasons}",
        "table {table}: {count} of {all} rows cannot be judged: {reasons}",
        reasons = Message::join(&reasons, ", ")
    )
}
