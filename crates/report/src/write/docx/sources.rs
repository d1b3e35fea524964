//! Writes the appendix of sources: for every figure the cells it comes from and the rule line, linked both ways.
//!
//! Input: the traces of figures and the names of departments. Output: one table with a row per figure. Not here:
//! numbers that are not in the traces.

use super::marks::DocumentMarks;
use super::page::Orientation;
use super::styles::{LINK, SOURCE_CELL};
use super::table::{bordered_table, cell, row};
use super::text::{link, paragraph, styled_run, text_run};
use super::xml::XmlFragment;
use crate::write::docx::bookmark::source_row_bookmark;
use tonghop_core::config::Department;
use tonghop_core::model::trace::{FigureTrace, SourceTrace};

/// The figures that the appendix lists.
pub struct SourceListing<'a> {
    /// In the order of the report, one row each.
    pub figures: &'a [FigureTrace],
    /// The departments of the settings, for their names.
    pub departments: &'a [Department],
}

pub(super) const TITLE: &str = "Nguồn số liệu";

/// Nine columns do not fit on portrait paper.
pub(super) const ORIENTATION: Orientation = Orientation::Landscape;

/// The titles of the columns, each with its share of the page width in percent.
const COLUMNS: [(&str, u64); 9] = [
    ("STT", 5),
    ("Số liệu", 11),
    ("Mục", 7),
    ("Đơn vị", 13),
    ("Tệp", 25),
    ("Trang tính", 9),
    ("Ô", 4),
    ("Nội dung gốc", 10),
    ("Dòng quy tắc", 16),
];

/// Writes the table, one row per figure in the order of the report.
pub(super) fn write(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, listing: &SourceListing<'_>, width: u64) {
    let widths = COLUMNS.map(|(_, share)| width * share / 100);
    bordered_table(xml, &COLUMNS.map(|(title, _)| title), &widths, |xml| {
        for (at, figure) in (1..).zip(listing.figures) {
            row(xml, |xml| figure_row(xml, marks, &widths, listing, (at, figure)));
        }
    });
}

fn figure_row(
    xml: &mut XmlFragment,
    marks: &mut DocumentMarks<'_>,
    widths: &[u64; COLUMNS.len()],
    listing: &SourceListing<'_>,
    (at, figure): (usize, &FigureTrace),
) {
    let [ordinal, printed, others @ ..] = widths;
    let name = source_row_bookmark(figure);
    cell(xml, *ordinal, |xml| {
        paragraph(xml, &SOURCE_CELL, |xml| marks.with_bookmark(xml, &name, |xml| text_run(xml, &at.to_string())));
    });
    cell(xml, *printed, |xml| {
        paragraph(xml, &SOURCE_CELL, |xml| link(xml, &figure.bookmark, |xml| styled_run(xml, LINK, &figure.text)));
    });
    for (width, lines) in others.iter().zip(source_columns(figure, listing.departments)) {
        cell(xml, *width, |xml| cell_lines(xml, &lines));
    }
}

/// Returns the lines of the columns after the figure; the lines of one source have the same position in each.
fn source_columns(figure: &FigureTrace, departments: &[Department]) -> [Vec<String>; COLUMNS.len() - 2] {
    let column = |text: &dyn Fn(&SourceTrace) -> String| figure.sources.iter().map(text).collect::<Vec<_>>();
    let settings = figure.settings.iter().map(|key| format!("tonghop.toml: {key}"));
    [
        vec![figure.section.to_string()],
        column(&|source| department_name(source, departments).to_owned()),
        column(&|source| source.file.to_string()).into_iter().chain(settings).collect(),
        column(&|source| source.sheet.to_string()),
        column(&|source| source.cell.clone()),
        column(&|source| source.raw.clone()),
        figure.rule.iter().map(|rule| format!("{}:{}", rule.file, rule.line)).collect(),
    ]
}

fn department_name<'a>(source: &'a SourceTrace, departments: &'a [Department]) -> &'a str {
    let named = departments.iter().find(|department| department.id == source.department);
    named.map_or(source.department.as_str(), |department| &department.name)
}

/// Writes one paragraph per line, or an empty one if there are no lines: Word requires one in every cell.
fn cell_lines(xml: &mut XmlFragment, lines: &[String]) {
    for line in lines {
        paragraph(xml, &SOURCE_CELL, |xml| text_run(xml, line));
    }
    if lines.is_empty() {
        paragraph(xml, &SOURCE_CELL, |_| {});
    }
}
