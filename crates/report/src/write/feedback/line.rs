//! The lines of the feedback, each with its priority, target, message and advice.
//!
//! Input: places and outstanding cells. Output: lines. Not here: which problems are shown.

use super::advice;
use super::sheets::OutstandingCell;
use std::fmt;
use tonghop_core::diag::Place;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::{FilePath, SheetName};

/// The maximum number of cells or names in one line.
pub(super) const MAX_LISTED: usize = 10;

/// The priority of a line for the department, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Priority {
    /// A whole submission, workbook or sheet was not read.
    Lost,
    /// A cell, row or column was not read.
    Rejected,
    Missing,
    Contradiction,
    Doubtful,
    /// The submission came late: for the next period, nothing to correct.
    Late,
    /// Nothing to correct.
    Note,
}

impl Priority {
    /// Returns whether the department has to correct something.
    pub(crate) fn is_request(self) -> bool {
        self < Self::Late
    }

    /// Returns its Vietnamese label.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Lost => "Lỗi",
            Self::Rejected => "Không đọc được",
            Self::Missing => "Còn thiếu",
            Self::Late => "Nộp muộn",
            Self::Contradiction => "Mâu thuẫn",
            Self::Doubtful => "Cần xem lại",
            Self::Note => "Để biết",
        }
    }
}

/// The place that a line leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LineTarget<'a> {
    /// The department as a whole.
    Department,
    File(&'a FilePath),
    Sheet(&'a FilePath, &'a SheetName),
    Cell(&'a FilePath, &'a SheetName, CellRef),
    /// The list of outstanding indicators.
    Outstanding,
}

impl<'a> LineTarget<'a> {
    /// Returns its file.
    pub(crate) fn file(&self) -> Option<&'a FilePath> {
        match *self {
            Self::File(file) | Self::Sheet(file, _) | Self::Cell(file, ..) => Some(file),
            Self::Department | Self::Outstanding => None,
        }
    }
}

impl fmt::Display for LineTarget<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Department => f.write_str("Việc gửi biểu"),
            Self::File(_) => f.write_str("Cả tệp"),
            Self::Sheet(_, sheet) => write!(f, "Trang \"{sheet}\""),
            Self::Cell(_, sheet, cell) => write!(f, "Trang \"{sheet}\", ô {cell}"),
            Self::Outstanding => write!(f, "Trang \"{}\"", super::sheets::OUTSTANDING_SHEET),
        }
    }
}

/// One item of the feedback.
#[derive(Debug)]
pub(crate) struct FeedbackLine<'a> {
    pub priority: Priority,
    pub target: LineTarget<'a>,
    /// Further cells of the department that it concerns.
    pub further_cells: String,
    pub message: String,
    pub advice: String,
}

impl FeedbackLine<'_> {
    /// Returns the sentence on the further cells, with a leading space.
    pub(crate) fn further_cells_sentence(&self) -> String {
        if self.further_cells.is_empty() { String::new() } else { format!(" Xem cả ô {}.", self.further_cells) }
    }
}

/// Returns the target of a place.
pub(super) fn line_target(place: &Place) -> LineTarget<'_> {
    match place {
        Place::Cell(file, sheet, cell) => LineTarget::Cell(file, sheet, *cell),
        Place::Sheet(file, sheet) => LineTarget::Sheet(file, sheet),
        Place::File(file) => LineTarget::File(file),
        Place::Department(_) | Place::Project | Place::Rule(_) => LineTarget::Department,
    }
}

/// Lists the cells after the first one.
pub(super) fn list_further_cells(places: &[&Place]) -> String {
    let first = places.first().and_then(|place| sheet_of(place));
    let mut names: Vec<String> = Vec::new();
    for place in places.iter().skip(1) {
        if let Place::Cell(_, sheet, cell) = place {
            let elsewhere = sheet_of(place) != first;
            let name = if elsewhere { format!("{cell} trang \"{sheet}\"") } else { cell.to_string() };
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    join_limited(&names, "ô")
}

fn sheet_of(place: &Place) -> Option<(&FilePath, &SheetName)> {
    match place {
        Place::Cell(file, sheet, _) => Some((file, sheet)),
        _ => None,
    }
}

/// Returns the line for the outstanding indicators of one sector.
pub(super) fn outstanding_line<'a>(cells: &[OutstandingCell<'a>]) -> FeedbackLine<'a> {
    let title = cells.first().map_or("", |one| &one.sector.title);
    let names: Vec<String> = cells.iter().map(|one| format!("\"{}\"", one.decl.label)).collect();
    FeedbackLine {
        priority: Priority::Missing,
        target: LineTarget::Outstanding,
        further_cells: String::new(),
        message: format!(
            "{title}: chưa có số liệu của {} chỉ tiêu: {}.",
            names.len(),
            join_limited(&names, "chỉ tiêu")
        ),
        advice: advice::FILL_CELL.to_owned(),
    }
}

/// Joins names, and counts those beyond the limit.
fn join_limited(names: &[String], what: &str) -> String {
    let shown = names.iter().take(MAX_LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(MAX_LISTED) {
        Some(rest) if rest > 0 => format!("{shown} và {rest} {what} khác"),
        _ => shown,
    }
}
