//! The lines of `giai-trinh.csv` that departments are asked to complete, one per question.
//!
//! Input: the problems and the figures of a run. Output: lines as text, with the number and without the explanation. Not
//! here: letters.

use super::questions::{Question, QuestionSide, Questions};
use super::stated_number::COMPARED_WITH;
use super::subject::CellFigures;
use std::collections::BTreeMap;
use tonghop_core::config::Config;
use tonghop_core::diag::{Diagnostic, Place};
use tonghop_core::model::figure::Figure;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::report::Report;
use tonghop_core::vi::format;

/// The headings of the file.
pub(crate) const ANSWER_HEADINGS: &str = "Đơn vị;Chỉ tiêu hoặc ô;Loại số liệu;Số;Lời giải trình;Người giải trình;Ngày";

/// The lines to complete, by department, in the order of the problems.
#[derive(Default)]
pub(crate) struct AnswerForms(BTreeMap<String, Vec<String>>);

impl AnswerForms {
    /// Makes a line for every question, for the department whose number it is about.
    pub(crate) fn new(diagnostics: &[Diagnostic], report: &Report, config: &Config) -> Self {
        let (questions, figures) = (Questions::new(diagnostics, report), CellFigures::new(report));
        let mut forms = Self::default();
        for question in questions.iter() {
            if let Some((department, line)) = line(question, &figures, config) {
                forms.0.entry(department).or_default().push(line);
            }
        }
        forms
    }

    /// Returns the lines of a department.
    pub(crate) fn of(&self, department: &str) -> Vec<String> {
        self.0.get(department).cloned().unwrap_or_default()
    }
}

/// Returns the department and the line for a question about one cell.
fn line(question: &Question<'_>, figures: &CellFigures<'_>, config: &Config) -> Option<(String, String)> {
    // The office looks at a rule before it asks a department.
    if matches!(question.diagnostic.places.first(), Some(Place::Rule(_))) {
        return None;
    }
    let is_one_cell = |(_, side): &(usize, &QuestionSide)| side.figures.is_none() || side.cells.len() == 1;
    let mut sides = question.sides.iter().enumerate().filter(is_one_cell);
    sides.find_map(|(own, side)| {
        let place = side.cells.first()?;
        let Place::Cell(file, sheet, cell) = place else { return None };
        let (folder, name) = file.split_department()?;
        let department = config.department_of_folder(folder)?.id.to_string();
        let number = match &side.figures {
            Some(pair) => [&pair[own.min(1)], &pair[1 - own.min(1)]].map(|figure| printed(figure)).join(COMPARED_WITH),
            None => figures.at(place).first().map(|figure| printed(figure)).unwrap_or_default(),
        };
        let fields = [department.as_str(), &format!("{name} [{sheet}] {cell}"), "", &number, "", "", ""];
        let written: Vec<String> = fields.into_iter().map(quoted).collect();
        Some((department, written.join(";")))
    })
}

fn printed(figure: &Figure) -> String {
    match figure.amount {
        Amount::Known(value) => format::number(value, None),
        Amount::NotApplicable => "-".to_owned(),
        Amount::Missing => String::new(),
    }
}

/// Quotes a field of a CSV line where it must be.
fn quoted(field: &str) -> String {
    if field.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
