//! Explains an indicator: its declaration, who reports it, what uses it, and its current figures.
//!
//! Input: its name or label. Output: a page. Not here: the origin of a computed figure.

use super::printed::PrintedFigures;
use super::rule_text::{format_line, lines_mentioning};
use super::{figure_origin, source_cell};
use crate::authoring::text_page::TextPage;
use crate::pipeline::Run;
use tonghop_core::diag::Message;
use tonghop_core::model::indicator::{IndicatorDecl, ParentRelation};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::sector::SectorReport;
use tonghop_core::msg;
use tonghop_core::vi::label::fold_label;

/// Explains an indicator found by `sector.indicator`, or by its name alone if only one sector has it.
pub(super) fn explain(what: &str, run: &Run, printed: &PrintedFigures) -> Option<TextPage> {
    let full = all_indicators(run)
        .filter(|(s, i)| what.split_once('.') == Some((s.decl.id.as_str(), i.id.as_str())))
        .collect();
    single_or_list(what, full, run, printed).or_else(|| {
        let named = all_indicators(run).filter(|(_, i)| i.id.as_str() == what).collect();
        single_or_list(what, named, run, printed)
    })
}

/// Explains an indicator found by its label or an alias; indicators that borrow its figures are listed on its page.
pub(super) fn explain_label(what: &str, run: &Run, printed: &PrintedFigures) -> Option<TextPage> {
    let wanted = fold_label(what);
    let is_asked = |i: &IndicatorDecl| std::iter::once(&i.label).chain(&i.aliases).any(|own| fold_label(own) == wanted);
    let (borrowed, own): (Vec<_>, Vec<_>) =
        all_indicators(run).filter(|(_, i)| is_asked(i)).partition(|(_, i)| i.source_indicator.is_some());
    single_or_list(what, if own.is_empty() { borrowed } else { own }, run, printed)
}

type DeclaredIndicator<'r> = (&'r SectorReport, &'r IndicatorDecl);

fn all_indicators(run: &Run) -> impl Iterator<Item = DeclaredIndicator<'_>> {
    run.report.sectors.iter().flat_map(|s| s.decl.indicators.iter().map(move |i| (s, i)))
}

/// Explains the indicator if only one was found, or lists all.
fn single_or_list(
    what: &str,
    found: Vec<DeclaredIndicator<'_>>,
    run: &Run,
    printed: &PrintedFigures,
) -> Option<TextPage> {
    match found.as_slice() {
        [] => None,
        [(sector, indicator)] => Some(indicator_page(sector, indicator, run, printed)),
        several => Some(list_page(what, several)),
    }
}

fn list_page(what: &str, found: &[DeclaredIndicator<'_>]) -> TextPage {
    let mut page = TextPage::default();
    page.push_line(0, msg!("nhiều ngành có chỉ tiêu \"{what}\":", "several sectors have an indicator \"{what}\":"));
    for (sector, indicator) in found {
        page.push_verbatim(1, indicator_title(sector, indicator));
    }
    page
}

/// Formats the name of an indicator with its label.
fn indicator_title(sector: &SectorReport, indicator: &IndicatorDecl) -> String {
    format!("{}.{}: {}", sector.decl.id, indicator.id, indicator.label)
}

fn indicator_page(sector: &SectorReport, indicator: &IndicatorDecl, run: &Run, printed: &PrintedFigures) -> TextPage {
    let mut page = TextPage::default();
    push_declaration(&mut page, sector, indicator, run);
    push_figures(&mut page, sector, indicator, run);
    push_uses(&mut page, sector, indicator, run);
    let own = |figure: &tonghop_core::model::figure::Figure| {
        figure.name.sector == sector.decl.id && figure.name.indicator == indicator.id
    };
    let places: Vec<_> = printed.occurrences.iter().filter(|o| own(&o.figure)).collect();
    if !places.is_empty() {
        page.push_line(1, Message::new("in trong báo cáo:", "printed in the report:"));
    }
    for place in places {
        page.push_verbatim(2, place.title());
    }
    let shortfalls = run.report.shortfalls().filter(|s| s.indicator.as_ref().is_some_and(|i| i.id == indicator.id));
    for shortfall in shortfalls.filter(|s| s.sector == sector.decl.id) {
        let rule = format_line(run, &shortfall.rule);
        page.push_line(1, msg!("là tồn tại, hạn chế theo quy tắc {rule}", "a shortfall by rule {rule}"));
    }
    page
}

fn push_declaration(page: &mut TextPage, sector: &SectorReport, indicator: &IndicatorDecl, run: &Run) {
    let decl = &sector.decl;
    page.push_verbatim(0, indicator_title(sector, indicator));
    page.push_line(1, msg!("đơn vị tính: {unit}", "unit: {unit}", unit = indicator.unit));
    let name = |id: &tonghop_core::model::id::DepartmentId| {
        run.config.department(id.as_str()).map_or_else(|| id.to_string(), |department| department.name.clone())
    };
    let departments: Vec<String> = decl.departments.iter().map(name).collect();
    let departments = departments.join("; ");
    match &indicator.source_indicator {
        Some((of, source)) => {
            page.push_line(1, msg!("lấy số của {of}.{source}", "takes its figures from {of}.{source}"))
        }
        None => page.push_line(1, msg!("đơn vị báo cáo: {departments}", "reported by: {departments}")),
    }
    if let Some(parent) = &indicator.parent {
        let id = format!("{}.{}", decl.id, parent.id);
        page.push_line(
            1,
            match parent.relation {
                ParentRelation::Part => {
                    msg!("thành phần của {id} (cộng lại bằng tổng)", "a part of {id} (the parts add up to it)")
                }
                ParentRelation::OfWhich => msg!("trong đó của {id}", "an \"of which\" item of {id}"),
            },
        );
    }
    let rule = format_line(run, &RuleLine { file: decl.file.clone(), line: indicator.line });
    page.push_line(1, msg!("khai báo ở {rule}", "declared in {rule}"));
}

fn push_figures(page: &mut TextPage, sector: &SectorReport, indicator: &IndicatorDecl, run: &Run) {
    let row = sector.rows.iter().find(|row| row.indicator == indicator.id);
    page.push_line(1, Message::new("số liệu:", "figures:"));
    let known = |f: &&tonghop_core::model::figure::FigureRef| f.is_known() || f.name.measure == Measure::Actual;
    for figure in row.iter().flat_map(|row| &row.figures).filter(known) {
        figure_origin::push_figure(page, 2, figure);
        if let [source] = figure.sources().as_slice() {
            source_cell::push_cell(page, 3, source, run);
        }
    }
}

/// Adds the rules that mention the indicator, and the indicators that borrow its figures.
fn push_uses(page: &mut TextPage, sector: &SectorReport, indicator: &IndicatorDecl, run: &Run) {
    let (of, name) = (sector.decl.id.as_str(), indicator.id.as_str());
    let declares = |rule: &RuleLine| rule.file == sector.decl.file && rule.line == indicator.line;
    let rules: Vec<RuleLine> = lines_mentioning(run, of, name).into_iter().filter(|rule| !declares(rule)).collect();
    if !rules.is_empty() {
        page.push_line(1, Message::new("quy tắc gọi đến:", "rules that refer to it:"));
    }
    for rule in &rules {
        page.push_verbatim(2, format_line(run, rule));
    }
    let borrows =
        |i: &IndicatorDecl| i.source_indicator.as_ref().is_some_and(|(s, id)| s.as_str() == of && id.as_str() == name);
    for (borrower, borrowed) in all_indicators(run).filter(|(_, i)| borrows(i)) {
        let id = format!("{}.{}", borrower.decl.id, borrowed.id);
        page.push_line(1, msg!("chỉ tiêu {id} lấy số từ đây", "indicator {id} takes its figures from here"));
    }
}
