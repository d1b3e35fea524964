//! Writes the sheets that list rows of open tables: one row per record, as reported by departments, with its source.
//!
//! Input: the listings of all sectors. Output: their sheets, with percentages as formulas over the cells of the same
//! row. Rows are written one after the other and not kept in memory, since a listing may have as many as Excel
//! supports. Not here: which rows are listed.

use super::page::{ColumnHeading, SheetPage, nearest_double};
use super::{ConsolidatedWorkbook, sheet_names};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Formula, Workbook, XlsxError};
use tonghop_core::model::cell::column_letters;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::records::RecordTable;
use tonghop_core::model::sector::RowListing;

const HEADER_ROW: u32 = 2;
/// Excel has 1,048,576 rows; the rest of a longer listing goes to another sheet.
const MAX_ROWS: usize = 1_000_000;
/// The columns before the texts of the row: its number and its department.
const LEADING_COLUMNS: usize = 2;

/// Writes every listing of the report.
pub(super) fn write(workbook: &mut Workbook, book: &ConsolidatedWorkbook<'_>) -> Result<(), XlsxError> {
    let listings: Vec<&RowListing> = book.report.sectors.iter().flat_map(|sector| &sector.listings).collect();
    let pages = listings.iter().flat_map(|listing| {
        let count = listing.rows.len().div_ceil(MAX_ROWS).max(1);
        (0..count).map(move |page| (*listing, page * MAX_ROWS))
    });
    let pages: Vec<(&RowListing, usize)> = pages.collect();
    let mut taken: Vec<&str> = sheet_names::FIXED_SHEETS.to_vec();
    taken.extend(book.layout.sheets.iter().map(|sheet| &*sheet.name));
    let titles = sheet_names::unique_sheet_names(&taken, pages.iter().map(|(listing, _)| listing.title.as_str()));
    for ((listing, first), name) in pages.into_iter().zip(titles) {
        let rows = (listing.rows.len() - first).min(MAX_ROWS);
        sheet(&mut book.long_page(workbook, &name, rows)?, book, listing, first)?;
    }
    Ok(())
}

/// What a column of numbers shows.
enum NumberColumn {
    Reported(Measure),
    /// Percent of the column with the index `part` in the one with the index `whole`, less one for a change.
    Percent {
        part: usize,
        whole: usize,
        change: bool,
    },
}

/// The columns of a listing, from left to right.
struct ListingColumns<'l> {
    table: &'l RecordTable,
    numbers: Vec<(String, NumberColumn)>,
    /// The index of the first number column.
    first: usize,
}

impl<'l> ListingColumns<'l> {
    fn new(book: &ConsolidatedWorkbook<'_>, table: &'l RecordTable) -> Self {
        let mut measures: Vec<Measure> = table.measures().cloned().collect();
        // What a number is compared with is left of it.
        measures.sort_by_key(|measure| (measure.comparison().is_none(), *measure != Measure::Actual, measure.clone()));
        let place = |wanted: &Measure| measures.iter().position(|measure| measure == wanted);
        let actual = place(&Measure::Actual);
        let percent = |(whole, measure): (usize, &Measure)| {
            let derived = measure.comparison()?;
            let change = derived.is_relative_change();
            Some((book.config.measure_title(&derived), NumberColumn::Percent { part: actual?, whole, change }))
        };
        let percents: Vec<_> = measures.iter().enumerate().filter_map(percent).collect();
        let reported = measures.iter().map(|m| (book.config.measure_title(m), NumberColumn::Reported(m.clone())));
        // Number, department, fields, label, unit.
        let first = LEADING_COLUMNS + table.decl.fields.len() + 2;
        Self { table, numbers: reported.chain(percents).collect(), first }
    }

    /// Iterates over the measures, whose columns come first among the numbers.
    fn reported(&self) -> impl Iterator<Item = &Measure> {
        self.numbers.iter().filter_map(|(_, numbers)| match numbers {
            NumberColumn::Reported(measure) => Some(measure),
            NumberColumn::Percent { .. } => None,
        })
    }

    fn headings(&self) -> Vec<ColumnHeading> {
        let heading = |title: &str, width| ColumnHeading { title: title.to_owned(), width };
        let mut headings = vec![heading("STT", 8.0), heading("Đơn vị báo cáo", 28.0)];
        headings.extend(self.table.decl.fields.iter().map(|field| heading(&field.heading, 24.0)));
        headings.extend([heading("Chỉ tiêu", 48.0), heading("Đơn vị tính", 12.0)]);
        headings.extend(self.numbers.iter().map(|(title, _)| heading(title, 14.0)));
        headings.extend([heading("Tệp nguồn", 40.0), heading("Trang tính", 20.0), heading("Dòng", 8.0)]);
        headings
    }
}

/// The formats of one listing, created once for all its cells.
struct ListingFormats {
    count: Format,
    text: Format,
    number: Format,
    percents: Vec<Format>,
}

fn sheet(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    listing: &RowListing,
    first: usize,
) -> Result<(), XlsxError> {
    let table = &listing.rows.table;
    let columns = ListingColumns::new(book, table);
    page.line(0, 0, &listing.title, &page.formats.title)?;
    let rule = format!("{} dòng theo quy tắc {}", listing.rows.len(), listing.rule);
    page.line(1, 0, &rule, &page.formats.note)?;
    page.head(HEADER_ROW, &columns.headings(), LEADING_COLUMNS as u16)?;
    let looks = ListingFormats {
        count: page.formats.count(),
        text: page.formats.one_line.clone(),
        number: page.formats.amount(table.decl.print.decimals),
        percents: page.formats.percents(),
    };
    let last = listing.rows.len().min(first + MAX_ROWS);
    let mut line = HEADER_ROW;
    for at in first..last {
        let Some(row) = listing.rows.row(at) else { break };
        line += 1;
        page.sheet().write_number_with_format(line, 0, (at + 1) as f64, &looks.count)?;
        write_texts(page, book, &columns, row, line, &looks)?;
        numbers(page, &columns, row, line, &looks)?;
    }
    page.filter(HEADER_ROW, line, columns.headings().len())
}

/// Writes the texts of the row and its source.
fn write_texts(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    columns: &ListingColumns<'_>,
    row: usize,
    line: u32,
    looks: &ListingFormats,
) -> Result<(), XlsxError> {
    let table = columns.table;
    let part = table.part(row);
    let mut texts: Vec<&str> = vec![book.department_name(&part.department)];
    texts.extend((0..table.decl.fields.len()).map(|field| &**table.field(row, field)));
    texts.extend([&**table.label(row), &*table.unit(row).label]);
    for (col, text) in (1..).zip(texts) {
        page.line(line, col, text, &looks.text)?;
    }
    let source_col = (columns.first + columns.numbers.len()) as u16;
    page.line(line, source_col, part.file.as_str(), &looks.text)?;
    page.line(line, source_col + 1, part.sheet.as_str(), &looks.text)?;
    page.sheet().write_number_with_format(line, source_col + 2, table.sheet_row(row) + 1, &looks.count).map(|_| ())
}

fn numbers(
    page: &mut SheetPage<'_>,
    columns: &ListingColumns<'_>,
    row: usize,
    line: u32,
    looks: &ListingFormats,
) -> Result<(), XlsxError> {
    let reported: Vec<Amount> =
        columns.reported().map(|measure| columns.table.amount_in_row_unit(row, measure)).collect();
    for (place, (_, shown)) in columns.numbers.iter().enumerate() {
        let col = (columns.first + place) as u16;
        match shown {
            NumberColumn::Reported(_) => number(page, line, col, reported[place], looks)?,
            NumberColumn::Percent { part, whole, change } => {
                let (Some(part_is), Some(whole_is)) = (reported[*part].counted(), reported[*whole].counted()) else {
                    continue;
                };
                let Some(share) = part_is.checked_div(whole_is) else { continue };
                let cell = |index: usize| format!("{}{}", column_letters((columns.first + index) as u32), line + 1);
                let (less, result) = if *change { ("-1", share - Decimal::ONE) } else { ("", share) };
                // Excel divides no text, but counts the "-" of a cell as zero within N().
                let (open, close) = if reported[*part].known().is_some() { ("", "") } else { ("N(", ")") };
                let formula = Formula::new(format!("{open}{}{close}/{}{less}", cell(*part), cell(*whole)));
                let formula = formula.set_result(nearest_double(result).to_string());
                let decimals = page.formats.decimals_of_share(result);
                let format = looks.percents.get(decimals).unwrap_or(&looks.number);
                page.sheet().write_formula_with_format(line, col, formula, format)?;
            }
        }
    }
    Ok(())
}

fn number(
    page: &mut SheetPage<'_>,
    line: u32,
    col: u16,
    amount: Amount,
    looks: &ListingFormats,
) -> Result<(), XlsxError> {
    match amount {
        Amount::Known(value) => {
            page.sheet().write_number_with_format(line, col, nearest_double(value), &looks.number).map(|_| ())
        }
        Amount::NotApplicable => page.line(line, col, "-", &looks.count),
        Amount::Missing => Ok(()),
    }
}
