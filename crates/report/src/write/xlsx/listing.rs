//! Writes the sheets that list rows of open tables: one row per record, as reported by departments, with its source.
//!
//! Input: the listings of all sectors. Output: their sheets, with percentages as formulas over the cells of the same
//! row. Rows are written one after the other and not kept in memory, since a listing may have as many as Excel
//! supports. Not here: which rows are listed.

use super::columns::measure_title;
use super::page::{Heading, Page, double};
use super::text::clean;
use super::{Book, names};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Formula, Workbook, XlsxError};
use tonghop_core::model::cell::column_letters;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::records::RecordTable;
use tonghop_core::model::sector::Listing;

const HEADER_ROW: u32 = 2;
/// Excel has 1,048,576 rows; the rest of a longer listing goes to another sheet.
const MOST_ROWS: usize = 1_000_000;
/// The columns before the texts of the row: its number and its department.
const LEADING: usize = 2;

/// Writes every listing of the report.
pub(super) fn write(workbook: &mut Workbook, book: &Book<'_>) -> Result<(), XlsxError> {
    let listings: Vec<&Listing> = book.report.sectors.iter().flat_map(|sector| &sector.listings).collect();
    let pages = listings.iter().flat_map(|listing| {
        let count = listing.rows.len().div_ceil(MOST_ROWS).max(1);
        (0..count).map(move |page| (*listing, page * MOST_ROWS))
    });
    let pages: Vec<(&Listing, usize)> = pages.collect();
    let mut taken: Vec<&str> = names::TAKEN.to_vec();
    taken.extend(book.layout.sheets.iter().map(|sheet| &*sheet.name));
    let titles = names::names_beside(&taken, pages.iter().map(|(listing, _)| listing.title.as_str()));
    for ((listing, first), name) in pages.into_iter().zip(titles) {
        let rows = (listing.rows.len() - first).min(MOST_ROWS);
        sheet(&mut book.long_page(workbook, &name, rows)?, book, listing, first)?;
    }
    Ok(())
}

/// What a column of numbers shows.
enum Numbers {
    Reported(Measure),
    /// Percent of the column with the index `part` in the one with the index `whole`, less one for a change.
    Percent {
        part: usize,
        whole: usize,
        change: bool,
    },
}

/// The columns of a listing, from left to right.
struct Columns<'l> {
    table: &'l RecordTable,
    numbers: Vec<(String, Numbers)>,
    /// The index of the first number column.
    first: usize,
}

impl<'l> Columns<'l> {
    fn new(book: &Book<'_>, table: &'l RecordTable) -> Self {
        let mut measures: Vec<Measure> = table.measures().cloned().collect();
        measures.sort_by_key(|measure| match measure {
            Measure::Target(_) => 0,
            Measure::LastYear => 1,
            Measure::Actual => 2,
            _ => 3,
        });
        let place = |wanted: &Measure| measures.iter().position(|measure| measure == wanted);
        let actual = place(&Measure::Actual);
        let percent = |(whole, measure): (usize, &Measure)| {
            let (derived, change) = match measure {
                Measure::Target(target) => (Measure::Attainment(target.clone()), false),
                Measure::LastYear => (Measure::Yoy, true),
                _ => return None,
            };
            Some((measure_title(&derived, book.config), Numbers::Percent { part: actual?, whole, change }))
        };
        let percents: Vec<_> = measures.iter().enumerate().filter_map(percent).collect();
        let reported = measures.iter().map(|m| (measure_title(m, book.config), Numbers::Reported(m.clone())));
        // Number, department, fields, label, unit.
        let first = LEADING + table.decl.fields.len() + 2;
        Self { table, numbers: reported.chain(percents).collect(), first }
    }

    /// Iterates over the measures, whose columns come first among the numbers.
    fn reported(&self) -> impl Iterator<Item = &Measure> {
        self.numbers.iter().filter_map(|(_, numbers)| match numbers {
            Numbers::Reported(measure) => Some(measure),
            Numbers::Percent { .. } => None,
        })
    }

    fn headings(&self) -> Vec<Heading> {
        let heading = |title: &str, width| Heading { title: title.to_owned(), width };
        let mut headings = vec![heading("STT", 8.0), heading("Đơn vị báo cáo", 28.0)];
        headings.extend(self.table.decl.fields.iter().map(|field| heading(&field.heading, 24.0)));
        headings.extend([heading("Chỉ tiêu", 48.0), heading("Đơn vị tính", 12.0)]);
        headings.extend(self.numbers.iter().map(|(title, _)| heading(title, 14.0)));
        headings.extend([heading("Tệp nguồn", 40.0), heading("Trang tính", 20.0), heading("Dòng", 8.0)]);
        headings
    }
}

/// The formats of one listing, created once for all its cells.
struct Looks {
    count: Format,
    text: Format,
    number: Format,
    percents: Vec<Format>,
}

fn sheet(page: &mut Page<'_>, book: &Book<'_>, listing: &Listing, first: usize) -> Result<(), XlsxError> {
    let table = &listing.rows.table;
    let columns = Columns::new(book, table);
    page.line(0, 0, &listing.title, &page.style.title)?;
    let rule = format!("{} dòng theo quy tắc {}", listing.rows.len(), listing.rule);
    page.line(1, 0, &rule, &page.style.note)?;
    page.head(HEADER_ROW, &columns.headings(), LEADING as u16)?;
    let looks = Looks {
        count: page.style.count(),
        text: page.style.one_line.clone(),
        number: page.style.amount(table.decl.print.decimals),
        percents: page.style.percents(),
    };
    let last = listing.rows.len().min(first + MOST_ROWS);
    let mut line = HEADER_ROW;
    for at in first..last {
        let Some(row) = listing.rows.row(at) else { break };
        line += 1;
        page.sheet().write_number_with_format(line, 0, (at + 1) as f64, &looks.count)?;
        words(page, book, &columns, row, line, &looks)?;
        numbers(page, &columns, row, line, &looks)?;
    }
    page.filter(HEADER_ROW, line, columns.headings().len())
}

/// Writes the texts of the row and its source.
fn words(
    page: &mut Page<'_>,
    book: &Book<'_>,
    columns: &Columns<'_>,
    row: usize,
    line: u32,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let table = columns.table;
    let part = table.part(row);
    let mut said: Vec<&str> = vec![book.department_name(&part.department)];
    said.extend((0..table.decl.fields.len()).map(|field| &**table.field(row, field)));
    said.extend([&**table.label(row), &*table.unit(row).label]);
    let sheet = page.sheet();
    for (col, text) in (1..).zip(said) {
        sheet.write_string_with_format(line, col, clean(text), &looks.text)?;
    }
    let behind = (columns.first + columns.numbers.len()) as u16;
    sheet.write_string_with_format(line, behind, part.file.as_str(), &looks.text)?;
    sheet.write_string_with_format(line, behind + 1, clean(part.sheet.as_str()), &looks.text)?;
    sheet.write_number_with_format(line, behind + 2, table.at(row) + 1, &looks.count).map(|_| ())
}

fn numbers(page: &mut Page<'_>, columns: &Columns<'_>, row: usize, line: u32, looks: &Looks) -> Result<(), XlsxError> {
    let reported: Vec<Amount> = columns.reported().map(|measure| columns.table.in_unit_of_row(row, measure)).collect();
    for (place, (_, shown)) in columns.numbers.iter().enumerate() {
        let col = (columns.first + place) as u16;
        match shown {
            Numbers::Reported(_) => number(page, line, col, reported[place], looks)?,
            Numbers::Percent { part, whole, change } => {
                let (Some(part_is), Some(whole_is)) = (reported[*part].known(), reported[*whole].known()) else {
                    continue;
                };
                let Some(share) = part_is.checked_div(whole_is) else { continue };
                let cell = |place: usize| format!("{}{}", column_letters((columns.first + place) as u32), line + 1);
                let (less, result) = if *change { ("-1", share - Decimal::ONE) } else { ("", share) };
                let formula = Formula::new(format!("{}/{}{less}", cell(*part), cell(*whole)));
                let formula = formula.set_result(double(result).to_string());
                let decimals = page.style.decimals_of_share(result);
                let format = looks.percents.get(decimals).unwrap_or(&looks.number);
                page.sheet().write_formula_with_format(line, col, formula, format)?;
            }
        }
    }
    Ok(())
}

fn number(page: &mut Page<'_>, line: u32, col: u16, amount: Amount, looks: &Looks) -> Result<(), XlsxError> {
    match amount {
        Amount::Known(value) => {
            page.sheet().write_number_with_format(line, col, double(value), &looks.number).map(|_| ())
        }
        Amount::NotApplicable => page.sheet().write_string_with_format(line, col, "-", &looks.count).map(|_| ()),
        Amount::Missing => Ok(()),
    }
}
