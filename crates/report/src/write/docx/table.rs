//! Writes tables: those that a rule requested, and the borderless columns of letterhead and signature.
//!
//! Input: tables of spans, or functions that write a cell. Output: rows and cells. Not here: the content of cells.

use super::marks::{DocumentMarks, spans};
use super::measure::{distribute_width, width};
use super::styles::{AFTER_TABLE, CELL, CELL_SIDE, COLUMN_TITLE, GRID, NUMBER_CELL, cell_margins};
use super::text::{paragraph, text_run};
use super::xml::XmlFragment;
use tonghop_core::model::document::{DocumentTable, Span, plain_text};

/// Writes two borderless columns of the given widths.
pub(super) fn borderless_table(xml: &mut XmlFragment, widths: [u64; 2], rows: impl FnOnce(&mut XmlFragment)) {
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            total_width(xml, widths.iter().sum());
            fixed(xml);
            cell_margins(xml, 0, 0);
        });
        columns(xml, &widths);
        rows(xml);
    });
}

/// Writes a row that is not split across pages.
pub(super) fn row(xml: &mut XmlFragment, cells: impl FnOnce(&mut XmlFragment)) {
    row_with(xml, |_| {}, cells);
}

/// Writes a cell; `content` must write at least one paragraph.
pub(super) fn cell(xml: &mut XmlFragment, width: u64, content: impl FnOnce(&mut XmlFragment)) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| xml.empty("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]));
        content(xml);
    });
}

/// Writes a rule's table `width` wide, with column widths that fit its texts.
pub(super) fn data_table(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, table: &DocumentTable, width: u64) {
    let widths = widths(table, width);
    if widths.is_empty() {
        return;
    }
    bordered_table(xml, &table.columns, &widths, |xml| {
        for spans in &table.rows {
            row(xml, |xml| cells(xml, &widths, spans, |xml, spans| data_cell(xml, marks, spans)));
        }
    });
}

/// Writes a table with borders whose column titles are repeated on each page.
pub(super) fn bordered_table<T: AsRef<str> + Default>(
    xml: &mut XmlFragment,
    titles: &[T],
    widths: &[u64],
    rows: impl FnOnce(&mut XmlFragment),
) {
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.value("w:tblStyle", &GRID);
            total_width(xml, widths.iter().sum());
            fixed(xml);
        });
        columns(xml, widths);
        title_row(xml, titles, widths);
        rows(xml);
    });
    paragraph(xml, &AFTER_TABLE, |_| {});
}

/// Writes one cell per column; missing cells are empty.
fn cells<T: Default>(
    xml: &mut XmlFragment,
    widths: &[u64],
    contents: &[T],
    mut write: impl FnMut(&mut XmlFragment, &T),
) {
    let empty = T::default();
    for (at, width) in widths.iter().enumerate() {
        cell(xml, *width, |xml| write(xml, contents.get(at).unwrap_or(&empty)));
    }
}

/// Writes the titles of the columns, which Word repeats at the top of each page.
fn title_row<T: AsRef<str> + Default>(xml: &mut XmlFragment, titles: &[T], widths: &[u64]) {
    if titles.is_empty() {
        return;
    }
    let title = |xml: &mut XmlFragment, title: &T| paragraph(xml, &COLUMN_TITLE, |xml| text_run(xml, title.as_ref()));
    row_with(xml, |xml| xml.empty("w:tblHeader", &[]), |xml| cells(xml, widths, titles, title));
}

/// Writes a cell of a rule's table; a cell with only a figure and its notes is right-aligned.
fn data_cell(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, cell: &[Span]) {
    let is_figure = matches!(cell, [Span::Figure(_), notes @ ..] if notes.iter().all(|span| matches!(span, Span::Note(_) | Span::Gap(_))));
    let style = if is_figure { &NUMBER_CELL } else { &CELL };
    paragraph(xml, style, |xml| spans(xml, marks, cell));
}

fn row_with(xml: &mut XmlFragment, properties: impl FnOnce(&mut XmlFragment), cells: impl FnOnce(&mut XmlFragment)) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            properties(xml);
        });
        cells(xml);
    });
}

fn total_width(xml: &mut XmlFragment, width: u64) {
    xml.empty("w:tblW", &[("w:w", &width), ("w:type", &"dxa")]);
}

fn fixed(xml: &mut XmlFragment) {
    xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
}

fn columns(xml: &mut XmlFragment, widths: &[u64]) {
    xml.element("w:tblGrid", &[], |xml| {
        for width in widths {
            xml.empty("w:gridCol", &[("w:w", width)]);
        }
    });
}

/// Gives each column at least the width of its longest word, and more to those with longer texts.
fn widths(table: &DocumentTable, total: u64) -> Vec<u64> {
    // A text beyond this width needs another line rather than more width.
    const MAX_PREFERRED_WIDTH: u64 = 6_000;
    let count = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.columns.len());
    let (mut minimums, mut preferred) = (vec![0; count], vec![1; count]);
    let cells =
        table.rows.iter().flat_map(|row| row.iter().enumerate()).map(|(at, cell)| (at, plain_text(cell), &CELL));
    let titles = table.columns.iter().enumerate().map(|(at, title)| (at, title.clone(), &COLUMN_TITLE));
    for (at, text, style) in cells.chain(titles) {
        let longest = text.split_whitespace().map(|word| width(word, style)).max().unwrap_or(0);
        minimums[at] = longest.saturating_add(2 * CELL_SIDE).max(minimums[at]);
        // Titles may wrap at every word, since the numbers below them are short.
        if style.id == CELL.id {
            preferred[at] = width(&text, style).min(MAX_PREFERRED_WIDTH).max(preferred[at]);
        }
    }
    distribute_width(total, &minimums.iter().map(|need| (*need).min(total)).collect::<Vec<_>>(), &preferred)
}
