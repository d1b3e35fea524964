//! Explains an indicator: its declaration, who reports it, what uses it, and its current figures.
//!
//! Input: its name or label. Output: a page. Not here: the origin of a computed figure.

use super::printed::Printed;
use super::rule_text::{mentions, shown};
use super::{chain, origin};
use crate::authoring::page::Page;
use crate::pipeline::Run;
use tonghop_core::diag::Words;
use tonghop_core::model::indicator::{IndicatorDecl, Relation};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::sector::SectorReport;
use tonghop_core::say;
use tonghop_core::vi::fold::label;

/// Explains an indicator found by `sector.indicator`, or by its name alone if only one sector has it.
pub(super) fn explain(what: &str, run: &Run, printed: &Printed) -> Option<Page> {
    let full = all(run).filter(|(s, i)| what.split_once('.') == Some((s.decl.id.as_str(), i.id.as_str()))).collect();
    one_of(what, full, run, printed).or_else(|| {
        let named = all(run).filter(|(_, i)| i.id.as_str() == what).collect();
        one_of(what, named, run, printed)
    })
}

/// Explains an indicator found by its label or an alias; indicators that borrow its figures are listed on its page.
pub(super) fn explain_label(what: &str, run: &Run, printed: &Printed) -> Option<Page> {
    let asked = label(what);
    let is_asked = |i: &IndicatorDecl| std::iter::once(&i.label).chain(&i.aliases).any(|own| label(own) == asked);
    let (borrowed, own): (Vec<_>, Vec<_>) = all(run).filter(|(_, i)| is_asked(i)).partition(|(_, i)| i.from.is_some());
    one_of(what, if own.is_empty() { borrowed } else { own }, run, printed)
}

type Declared<'r> = (&'r SectorReport, &'r IndicatorDecl);

fn all(run: &Run) -> impl Iterator<Item = Declared<'_>> {
    run.report.sectors.iter().flat_map(|s| s.decl.indicators.iter().map(move |i| (s, i)))
}

/// Explains the indicator if only one was found, or lists all.
fn one_of(what: &str, found: Vec<Declared<'_>>, run: &Run, printed: &Printed) -> Option<Page> {
    match found.as_slice() {
        [] => None,
        [(sector, indicator)] => Some(page(sector, indicator, run, printed)),
        several => Some(list(what, several)),
    }
}

fn list(what: &str, found: &[Declared<'_>]) -> Page {
    let mut page = Page::default();
    page.line(0, say!("nhiều ngành có chỉ tiêu \"{what}\":", "several sectors have an indicator \"{what}\":"));
    for (sector, indicator) in found {
        page.verbatim(1, named(sector, indicator));
    }
    page
}

/// Formats the name of an indicator with its label.
fn named(sector: &SectorReport, indicator: &IndicatorDecl) -> String {
    format!("{}.{}: {}", sector.decl.id, indicator.id, indicator.label)
}

fn page(sector: &SectorReport, indicator: &IndicatorDecl, run: &Run, printed: &Printed) -> Page {
    let mut page = Page::default();
    declaration(&mut page, sector, indicator, run);
    figures(&mut page, sector, indicator, run);
    readers(&mut page, sector, indicator, run);
    let own = |figure: &tonghop_core::model::figure::Figure| {
        figure.name.sector == sector.decl.id && figure.name.indicator == indicator.id
    };
    let places: Vec<_> = printed.occurrences.iter().filter(|o| own(&o.figure)).collect();
    if !places.is_empty() {
        page.line(1, Words::new("in trong báo cáo:", "printed in the report:"));
    }
    for place in places {
        page.verbatim(2, place.named());
    }
    let behind = run.report.shortfalls().filter(|s| s.indicator.as_ref().is_some_and(|i| i.id == indicator.id));
    for shortfall in behind.filter(|s| s.sector == sector.decl.id) {
        let rule = shown(run, &shortfall.rule);
        page.line(1, say!("là tồn tại, hạn chế theo quy tắc {rule}", "a shortfall by rule {rule}"));
    }
    page
}

fn declaration(page: &mut Page, sector: &SectorReport, indicator: &IndicatorDecl, run: &Run) {
    let decl = &sector.decl;
    page.verbatim(0, named(sector, indicator));
    page.line(1, say!("đơn vị tính: {unit}", "unit: {unit}", unit = indicator.unit));
    let name = |id: &tonghop_core::model::id::DepartmentId| {
        run.config.department(id.as_str()).map_or_else(|| id.to_string(), |department| department.name.clone())
    };
    let departments: Vec<String> = decl.departments.iter().map(name).collect();
    let departments = departments.join("; ");
    match &indicator.from {
        Some((of, source)) => page.line(1, say!("lấy số của {of}.{source}", "has the figures of {of}.{source}")),
        None => page.line(1, say!("đơn vị báo cáo: {departments}", "reported by: {departments}")),
    }
    if let Some(parent) = &indicator.parent {
        let id = format!("{}.{}", decl.id, parent.id);
        page.line(
            1,
            match parent.relation {
                Relation::Part => say!("thành phần của {id} (cộng lại bằng tổng)", "a part of {id} (parts add up)"),
                Relation::OfWhich => say!("trong đó của {id}", "of which, of {id}"),
            },
        );
    }
    let rule = shown(run, &RuleLine { file: decl.file.clone(), line: indicator.line });
    page.line(1, say!("khai báo ở {rule}", "declared in {rule}"));
}

fn figures(page: &mut Page, sector: &SectorReport, indicator: &IndicatorDecl, run: &Run) {
    let row = sector.rows.iter().find(|row| row.indicator == indicator.id);
    page.line(1, Words::new("số liệu:", "figures:"));
    let known = |f: &&tonghop_core::model::figure::FigureRef| f.is_known() || f.name.measure == Measure::Actual;
    for figure in row.iter().flat_map(|row| &row.figures).filter(known) {
        chain::named(page, 2, figure);
        if let [source] = figure.sources().as_slice() {
            origin::cell(page, 3, source, run);
        }
    }
}

/// Adds the rules that mention the indicator, and the indicators that borrow its figures.
fn readers(page: &mut Page, sector: &SectorReport, indicator: &IndicatorDecl, run: &Run) {
    let (of, name) = (sector.decl.id.as_str(), indicator.id.as_str());
    let declares = |rule: &RuleLine| rule.file == sector.decl.file && rule.line == indicator.line;
    let rules: Vec<RuleLine> = mentions(run, of, name).into_iter().filter(|rule| !declares(rule)).collect();
    if !rules.is_empty() {
        page.line(1, Words::new("quy tắc gọi đến:", "rules that name it:"));
    }
    for rule in &rules {
        page.verbatim(2, shown(run, rule));
    }
    let borrows = |i: &IndicatorDecl| i.from.as_ref().is_some_and(|(s, id)| s.as_str() == of && id.as_str() == name);
    for (borrower, borrowed) in all(run).filter(|(_, i)| borrows(i)) {
        let id = format!("{}.{}", borrower.decl.id, borrowed.id);
        page.line(1, say!("chỉ tiêu {id} lấy số từ đây", "indicator {id} has its figures"));
    }
}
