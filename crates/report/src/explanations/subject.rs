//! Finds what a line is about: a figure of an indicator, or a cell.
//!
//! Input: the department and the words of the line. Output: the cells and their present number, or why there is none.
//! Not here: the stated number, questions.

use super::KnownNumbers;
use super::line_problems::LineProblems;
use super::questions::cells_of;
use super::stated_number::{PresentNumber, StatedNumber};
use std::collections::BTreeMap;
use tonghop_core::config::{Department, IndicatorNames};
use tonghop_core::diag::{Diagnostic, Message, Place};
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::id::{DepartmentId, FilePath, SheetName};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::raw_workbook::{RawSheet, ReceivedWorkbook};
use tonghop_core::model::report::Report;
use tonghop_core::vi::fold::fold;

/// The most names that one message lists.
const MAX_LISTED: usize = 5;

/// What a line is about.
pub(super) struct Subject {
    /// The cells of the number, in the order of its sources.
    pub cells: Vec<Place>,
    /// The number as each sector that uses the cell has it.
    pub numbers: Vec<PresentNumber>,
}

/// The figures that are read from one cell, by their cell.
pub(crate) struct CellFigures<'r>(BTreeMap<Place, Vec<&'r FigureRef>>);

impl<'r> CellFigures<'r> {
    pub(super) fn new(report: &'r Report) -> Self {
        let mut by_cell: BTreeMap<Place, Vec<&FigureRef>> = BTreeMap::new();
        for figure in report.figures().filter(|figure| figure.name.measure.is_reported()) {
            if let [cell] = cells_of(figure).as_slice() {
                by_cell.entry(cell.clone()).or_default().push(figure);
            }
        }
        Self(by_cell)
    }

    /// Returns the figures of a cell.
    pub(super) fn at(&self, cell: &Place) -> &[&'r FigureRef] {
        self.0.get(cell).map_or(&[], Vec::as_slice)
    }
}

/// Everything that a line can be about.
pub(super) struct Subjects<'a> {
    known: KnownNumbers<'a>,
    figures: CellFigures<'a>,
    indicators: IndicatorNames<'a>,
    books: BTreeMap<&'a DepartmentId, Vec<&'a ReceivedWorkbook>>,
}

impl<'a> Subjects<'a> {
    pub(super) fn new(known: KnownNumbers<'a>) -> Self {
        let mut books: BTreeMap<&DepartmentId, Vec<&ReceivedWorkbook>> = BTreeMap::new();
        known.books.iter().for_each(|book| books.entry(&book.department).or_default().push(book));
        Self {
            known,
            figures: CellFigures::new(known.report),
            indicators: IndicatorNames::new(known.report.sectors.iter().map(|sector| &*sector.decl)),
            books,
        }
    }

    /// Returns the first department that a text names.
    pub(super) fn department(&self, text: &str) -> Option<&'a Department> {
        self.known.config.departments_named(text).first().copied()
    }

    /// Finds the subject of a line of a department.
    pub(super) fn find(&self, at: LineProblems<'_>, department: &Department) -> Result<Subject, Box<Diagnostic>> {
        match parse_cell(&at.line.subject) {
            Some(cell) => self.find_cell(at, department, cell),
            None => self.find_indicator(at, department),
        }
    }

    fn find_cell(
        &self,
        at: LineProblems<'_>,
        department: &Department,
        (file, sheet, cell): (&str, &str, CellRef),
    ) -> Result<Subject, Box<Diagnostic>> {
        let own = self.books.get(&department.id).into_iter().flatten();
        let sheets = own.filter(|book| is_file(&book.file, file)).flat_map(|book| {
            let alike = book.workbook.sheets.iter().filter(|found| fold(found.name.as_str()) == fold(sheet));
            alike.map(|found| (&book.file, found))
        });
        let sheets: Vec<(&FilePath, &RawSheet)> = sheets.collect();
        let (file, sheet) = match sheets.as_slice() {
            [one] => *one,
            [] => return Err(at.subject_unknown()),
            several => {
                return Err(at.subject_ambiguous(&several.iter().map(sheet_name).take(MAX_LISTED).collect::<Vec<_>>()));
            }
        };
        let place = Place::Cell(file.clone(), sheet.name.clone(), cell);
        let figures = self.figures.at(&place);
        let names = self.known.config.measure_names(figures.iter().map(|figure| figure.name.measure.clone()));
        let wanted = names.find(&at.line.measure);
        let is_wanted = |figure: &&&FigureRef| at.line.measure.is_empty() || wanted == Some(&figure.name.measure);
        let chosen: Vec<&Figure> = figures.iter().filter(is_wanted).map(|figure| &***figure).collect();
        let numbers: Vec<PresentNumber> = match (figures.is_empty(), chosen.is_empty()) {
            (true, _) => sheet.cells.get(&cell).and_then(number_of_cell).into_iter().collect(),
            (false, true) => return Err(at.measure_unknown()),
            (false, false) => chosen.into_iter().map(number_of_figure).collect(),
        };
        if numbers.is_empty() { Err(at.cell_without_number()) } else { Ok(Subject { cells: vec![place], numbers }) }
    }

    fn find_indicator(&self, at: LineProblems<'_>, department: &Department) -> Result<Subject, Box<Diagnostic>> {
        let found = self.indicators.find(&at.line.subject, Some(&department.id));
        let row = match found.as_slice() {
            [(sector, indicator)] => self.known.report.sectors.get(*sector).and_then(|s| s.rows.get(*indicator)),
            [] => None,
            several => {
                let ids: Vec<Message> =
                    several.iter().take(MAX_LISTED).map(|place| self.indicator_id(*place)).collect();
                return Err(at.subject_ambiguous(&ids));
            }
        };
        let row = row.ok_or_else(|| at.subject_unknown())?;
        let names = self.known.config.measure_names(row.figures.iter().map(|figure| figure.name.measure.clone()));
        let wanted = if at.line.measure.is_empty() { Some(&Measure::Actual) } else { names.find(&at.line.measure) };
        let figure = row.figures.iter().find(|figure| wanted == Some(&figure.name.measure));
        let figure = figure.ok_or_else(|| at.measure_unknown())?;
        Ok(Subject { cells: cells_of(figure), numbers: vec![number_of_figure(figure)] })
    }

    fn indicator_id(&self, place: (usize, usize)) -> Message {
        let (sector, decl) = self.indicators.decl(place);
        Message::verbatim(format!("{}.{}", sector.id, decl.id))
    }
}

fn sheet_name((file, sheet): &(&FilePath, &RawSheet)) -> Message {
    Message::verbatim(Place::Sheet((*file).clone(), SheetName::clone(&sheet.name)).to_string())
}

/// Splits a cell as messages print it, `bieu.xlsx [Biểu 01] F9`; the file may be left out.
fn parse_cell(text: &str) -> Option<(&str, &str, CellRef)> {
    let (before, cell) = text.trim().rsplit_once(']')?;
    let (file, sheet) = before.rsplit_once('[')?;
    let cell = cell.trim().to_uppercase().parse().ok()?;
    Some((file.trim(), sheet, cell))
}

/// Returns whether a name is that of a file: its path in the project, or that in the folder of its department.
fn is_file(file: &FilePath, name: &str) -> bool {
    let wanted = fold(&name.replace('\\', "/"));
    let in_folder = file.split_department().map(|(_, path)| fold(path));
    wanted.is_empty() || fold(file.as_str()) == wanted || in_folder.is_some_and(|path| path == wanted)
}

fn number_of_figure(figure: &Figure) -> PresentNumber {
    PresentNumber { amount: figure.amount, unit: figure.unit.clone(), decimals: figure.print.decimals }
}

/// Returns the number of a cell that gives no figure, as the screen shows it.
fn number_of_cell(cell: &RawCell) -> Option<PresentNumber> {
    let is_percentage = cell.number_format.as_deref().is_some_and(|format| format.contains('%'));
    let (amount, unit) = match &cell.value {
        RawValue::Number(number) if is_percentage => (Amount::Known(number.checked_mul(100.into())?), Unit::percent()),
        RawValue::Number(number) => (Amount::Known(*number), Unit::none()),
        RawValue::Text(text) => StatedNumber::parse(text)?.into_parts(),
        _ => return None,
    };
    Some(PresentNumber { amount, unit, decimals: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_written_as_messages_print_them() {
        let cell = |row, col| CellRef::new(row, col);
        for (text, expected) in [
            ("bieu.xlsx [Biểu 01] F9", Some(("bieu.xlsx", "Biểu 01", cell(8, 5)))),
            (
                "workbooks/phong-a/q3/a [1].xlsx [Biểu] c2",
                Some(("workbooks/phong-a/q3/a [1].xlsx", "Biểu", cell(1, 2))),
            ),
            ("[Biểu] AA10", Some(("", "Biểu", cell(9, 26)))),
            ("bieu.xlsx F9", None),
            ("bieu.xlsx [Biểu]", None),
            ("herd.total", None),
            ("Số hộ [1] nghèo", None),
        ] {
            assert_eq!(parse_cell(text), expected, "{text}");
        }
    }

    #[test]
    fn files_are_named_by_either_path() {
        let file = FilePath::new("workbooks/phong-a/quý 3/Biểu.xlsx");
        for (name, expected) in [
            ("workbooks/phong-a/quý 3/Biểu.xlsx", true),
            ("quý 3\\biểu.xlsx", true),
            ("", true),
            ("Biểu.xlsx", false),
            ("workbooks/phong-b/quý 3/Biểu.xlsx", false),
        ] {
            assert_eq!(is_file(&file, name), expected, "{name}");
        }
    }
}
