//! What was understood of a workbook, as plain data for people and programs.
//!
//! Output: the types of `tonghop read`. Their field names are the keys of its JSON, which are stable: new keys may be
//! added. Cells are named as Excel names them (`B4`); a [`Message`] has a key for each language. Not here: how a
//! workbook is read ([`crate::sheet`]), wording for the terminal.

use crate::matching::nearest::NearestLabel;
use crate::unread::reason::{QuotedCell, UnreadReason};
use serde::Serialize;
use tonghop_core::diag::{Diagnostic, Message};
use tonghop_core::model::id::{DepartmentId, FilePath, SheetName};
use tonghop_core::vi::heading::HeadingMeaning;
use tonghop_core::vi::terms::StatedMeasure;

/// A workbook as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorkbookReading {
    /// The path of the workbook.
    pub file: FilePath,
    /// The department whose indicators it was compared with; `None` for those of all departments.
    pub department: Option<DepartmentId>,
    /// Why a run does not read the workbook at all; its tables are shown as they would be read.
    pub refusal: Option<Problem>,
    /// Doubts about its department or period.
    pub doubts: Vec<Problem>,
    /// Its sheets, in order.
    pub sheets: Vec<SheetReading>,
}

/// A problem of the workbook, a sheet or a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The code, as in `tonghop explain`.
    pub code: &'static str,
    /// The cell at which it is reported, if there is one.
    pub cell: Option<String>,
    /// What is wrong.
    pub message: Message,
    /// What to do.
    pub hint: Option<Message>,
}

impl From<&Diagnostic> for Problem {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self {
            code: diagnostic.code.as_str(),
            cell: diagnostic.cell().map(|cell| cell.to_string()),
            message: diagnostic.message.clone(),
            hint: diagnostic.hint.clone(),
        }
    }
}

/// A sheet as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetReading {
    /// The name, untrimmed.
    pub name: SheetName,
    /// Whether the sheet is hidden; it is read like the others.
    pub is_hidden: bool,
    /// The first test that the sheet failed, if it is not read.
    pub reason: Option<UnreadReason>,
    /// The cells above the first table; all cells of a sheet without tables.
    pub lines: Vec<CellReading>,
    /// The tables, from top to bottom and from left to right.
    pub tables: Vec<TableReading>,
    /// The problems at the sheet and its cells.
    pub problems: Vec<Problem>,
    /// The number of filled cells above the first table that are not listed, because the workbook has too many.
    pub unlisted_cells: usize,
}

/// A table as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableReading {
    /// The cells from the first heading to the last filled cell: `A5:F20`.
    pub range: String,
    /// What its rows are.
    pub kind: TableKind,
    /// The lines above the table that count as its title, in lower case; a title of several lines is listed once from
    /// each of its lines on.
    pub titles: Vec<String>,
    /// The units that a line above the table states.
    pub units: Vec<String>,
    /// The filled cells of the header rows.
    pub headings: Vec<CellReading>,
    /// The columns with a heading or a number, from left to right.
    pub columns: Vec<ColumnReading>,
    /// The filled rows below the headings, from top to bottom.
    pub rows: Vec<RowReading>,
    /// The number of filled cells that are not listed, because the workbook has too many.
    pub unlisted_cells: usize,
}

/// What the rows of a table are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "rows", rename_all = "kebab-case")]
pub enum TableKind {
    /// Indicators, topics or difficulties.
    Indicators,
    /// Rows of an open table.
    Open {
        /// The table, as `sector.table`.
        table: String,
    },
    /// The table fits several open tables and is not read.
    Ambiguous,
}

/// What the words of a heading say, whether or not the report needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StatedHeading {
    /// The measure: `actual`, `estimate`, `year_estimate`, `disbursed`, `target`, `last_year`, `previous`, `forecast`,
    /// `preliminary` or `other`.
    pub measure: Option<&'static str>,
    /// The period in a short notation: `2024-9M`, `2024-M09`, `Q3`, `ytd`.
    pub period: Option<String>,
    /// The base of a ratio: `target`, `last_year`, `previous` or `other`.
    pub base: Option<&'static str>,
    /// The units.
    pub units: Vec<String>,
}

impl StatedHeading {
    /// Takes what a parsed heading states.
    pub(crate) fn new(meaning: &HeadingMeaning) -> Self {
        Self {
            measure: meaning.measure.map(StatedMeasure::name),
            period: meaning.period.map(|period| period.to_string()),
            base: meaning.base.map(|base| base.kind.name()),
            units: meaning.units.iter().map(ToString::to_string).collect(),
        }
    }
}

/// A column as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnReading {
    /// The letters of the column.
    pub column: String,
    /// The cells of its heading, from top to bottom.
    pub cells: Vec<String>,
    /// The heading as it was compared; stacked headings are joined from top to bottom.
    pub heading: String,
    /// What the column holds: `order`, `code`, `label`, `unit`, `value`, `member`, `plan`, `indicator`, `status`, `text`,
    /// `difficulty`, `cause`, `subject`, `ignored`, `repeated`, `contested`, `unknown` or `unheaded`.
    pub role: &'static str,
    /// The role in words.
    pub meaning: Message,
    /// The measure of its numbers, such as `actual` or `target.annual`.
    pub measure: Option<String>,
    /// What the words of the heading say.
    pub stated: StatedHeading,
    /// The words of the heading that were not understood.
    pub leftover: Vec<String>,
}

/// A row as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowReading {
    /// The number of the row, from 1.
    pub row: u32,
    /// The label with its cell, if the row has one.
    pub label: Option<QuotedCell>,
    /// What the row is.
    #[serde(flatten)]
    pub meaning: RowUnderstanding,
    /// Its filled cells, from left to right.
    pub cells: Vec<CellReading>,
}

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "match", rename_all = "kebab-case")]
pub enum RowUnderstanding {
    /// The row of an indicator.
    Indicator {
        /// The indicator, as `sector.indicator`.
        indicator: String,
        /// Its label as declared.
        declared_label: String,
    },
    /// The label is that of several indicators, and nothing else tells them apart.
    Several {
        /// The indicators, as `sector.indicator`.
        indicators: Vec<String>,
    },
    /// One of several rows of a part or a total; none is that of the indicator as a whole.
    OneOfSeveral {
        /// The indicator, as `sector.indicator`.
        indicator: String,
    },
    /// The label is that of an indicator, but its parent is not above the row.
    OtherParent {
        /// The indicator, as `sector.indicator`.
        indicator: String,
        /// The label of the parent that is missing.
        parent: String,
    },
    /// The label is that of an indicator, but a title above the row says another period, a plan, or a ratio.
    OtherScope {
        /// The indicator, as `sector.indicator`.
        indicator: String,
        /// The title, as it is in the workbook.
        title: String,
    },
    /// The columns name the indicators, and the row one of their members or their total.
    Crossed,
    /// The row of a text for the report.
    Topic {
        /// The topics, as `sector.topic`.
        topics: Vec<String>,
    },
    /// A row of an open table.
    Record,
    /// A row with numbers that matches nothing.
    Unknown {
        /// The nearest declared label.
        nearest: Option<NearestLabel>,
    },
    /// A row without numbers that matches nothing: a heading of the rows below it.
    Group,
    /// A note or signature, or cells outside the columns.
    Outside,
}

/// A cell and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellReading {
    /// The name of the cell.
    pub cell: String,
    /// Its content, shortened if it is very long.
    pub text: String,
    /// What became of it.
    #[serde(flatten)]
    pub fate: CellFate,
}

/// What became of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fate", rename_all = "kebab-case")]
pub enum CellFate {
    /// A heading.
    Heading,
    /// Part of what identifies a row.
    Label,
    /// Used unchanged.
    Read {
        /// What the cell gives: figures (`sector.indicator.measure`), topics, open tables.
        gives: Vec<String>,
    },
    /// Used after a conversion.
    Converted {
        /// What the cell gives.
        gives: Vec<String>,
        /// The amount after the conversion; empty for "not applicable".
        amount: String,
        /// The unit of the amount.
        unit: String,
    },
    /// Understood, but another cell gives the figure.
    Superseded {
        /// The figures.
        gives: Vec<String>,
        /// The cell that is used, with its sheet.
        used: Option<String>,
    },
    /// Not used because of a problem.
    Rejected {
        /// The code of the problem.
        code: &'static str,
        /// The cell at which the problem is reported: a heading, a label, the cell itself; `None` for the sheet.
        reported_at: Option<String>,
        /// The problem.
        message: Message,
    },
    /// Nothing is asked of this cell: titles, notes, ratios.
    NotAsked,
}
