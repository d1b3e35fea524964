//! What rules judge against plans, and what cannot be judged.
//!
//! Output: the lines that judge, and for each indicator that none of them can judge, the reason and its cells. Not here:
//! finding reasons, the share of the plan that a rule asks for.

use super::cell::CellRef;
use super::id::{FilePath, IndicatorId, SectorId, SheetName, TargetId};
use super::provenance::{RuleLine, Source};
use crate::message::{Message, quoted_labels};
use crate::msg;

/// A rule line that judges the indicators of a sector, or the rows of an open table, against their plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgingLine {
    /// The sector whose figures are judged.
    pub sector: SectorId,
    /// The open table and the plan, if rows are judged.
    pub table: Option<(IndicatorId, TargetId)>,
    /// The line.
    pub rule: RuleLine,
    /// The indicators that it leaves out.
    pub except: Vec<String>,
}

/// What the rules of a sector judge, and what they cannot judge.
#[derive(Clone, Debug, Default)]
pub struct SectorJudgement {
    /// The lines that judge, in the order of the rule files.
    pub lines: Vec<JudgingLine>,
    /// The indicators that these lines cannot judge, in the order of the declaration.
    pub unjudged: Vec<Unjudged>,
    /// The open tables with rows that these lines cannot judge.
    pub tables: Vec<UnjudgedRows>,
}

impl SectorJudgement {
    /// Returns the number of indicators and rows that cannot be judged.
    pub fn unjudged_count(&self) -> usize {
        self.unjudged.len() + self.tables.iter().map(|rows| rows.count).sum::<usize>()
    }
}

/// An indicator that cannot be judged against a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unjudged {
    /// Its id in the sector.
    pub indicator: IndicatorId,
    /// The plan that it cannot be compared with; `None` if it can be compared with none.
    pub target: Option<TargetId>,
    /// Why.
    pub reason: UnjudgedReason,
    /// The cells to look at; empty if no workbook has any.
    pub cells: Vec<CellLocation>,
}

/// The rows of an open table that cannot be judged, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnjudgedRows {
    /// The name of the table in the rules.
    pub table: IndicatorId,
    /// Why.
    pub reason: UnjudgedReason,
    /// The number of rows.
    pub count: usize,
    /// The number of rows of the table.
    pub all: usize,
    /// The label cell of the first of them.
    pub first: CellLocation,
    /// The label of the first of them.
    pub label: String,
}

/// The place of a cell in the workbooks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellLocation {
    /// The workbook.
    pub file: FilePath,
    /// The sheet, untrimmed.
    pub sheet: SheetName,
    /// The cell.
    pub cell: CellRef,
}

impl CellLocation {
    /// Returns the place of a source.
    pub fn of_source(source: &Source) -> Self {
        Self { file: source.file.clone(), sheet: source.sheet.clone(), cell: source.cell }
    }
}

/// Why a figure cannot be compared with its plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnjudgedReason {
    /// There is no plan.
    NoPlan,
    /// The plan is "-".
    PlanNotApplicable,
    /// The plan is zero or negative, so that there is no share of it.
    PlanNotPositive,
    /// The cell of the plan does not hold a number that can be used.
    PlanRefused,
    /// Cells disagree about the plan.
    PlanContested,
    /// The total has no plan, but these parts have.
    OnlyPartsPlanned(Vec<String>),
    /// There is no actual figure.
    NoActual,
    /// The cell of the actual figure is empty.
    ActualEmpty,
    /// The cell of the actual figure does not hold a number that can be used.
    ActualRefused,
    /// Cells disagree about the actual figure.
    ActualContested,
    /// The total follows from its parts, and these have no actual figure.
    PartsMissing(Vec<String>),
    /// The rule that computes the figure failed.
    RuleFailed,
    /// The plan and the actual figure have different units.
    UnitsDiffer,
}

impl UnjudgedReason {
    /// Returns the reason as half a sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::OnlyPartsPlanned(parts) => msg!(
                "dòng tổng chưa có kế hoạch, chỉ có ở thành phần: {parts}",
                "the total has no plan, only these parts have: {parts}",
                parts = quoted(parts)
            ),
            Self::PartsMissing(parts) => msg!(
                "chưa có số thực hiện ở thành phần: {parts}",
                "no actual figure of these parts: {parts}",
                parts = quoted(parts)
            ),
            other => other.summary(),
        }
    }

    /// Returns the reason without the names of parts, the same for all indicators with this kind of reason.
    pub fn summary(&self) -> Message {
        let (vietnamese, english) = match self {
            Self::NoPlan => ("chưa có kế hoạch", "no plan"),
            Self::PlanNotApplicable => ("ô kế hoạch ghi \"-\"", "the plan is \"-\""),
            Self::PlanNotPositive => ("kế hoạch không lớn hơn 0", "the plan is not above zero"),
            Self::PlanRefused => {
                ("ô kế hoạch không đọc được thành số", "the cell of the plan cannot be read as a number")
            }
            Self::PlanContested => ("các ô kế hoạch ghi khác nhau", "the cells of the plan disagree"),
            Self::OnlyPartsPlanned(_) => {
                ("dòng tổng chưa có kế hoạch, chỉ thành phần có", "the total has no plan, only parts have")
            }
            Self::NoActual => ("chưa có số thực hiện", "no actual figure"),
            Self::ActualEmpty => ("ô số thực hiện để trống", "the cell of the actual figure is empty"),
            Self::ActualRefused => {
                ("ô số thực hiện không đọc được thành số", "the cell of the actual figure cannot be read as a number")
            }
            Self::ActualContested => ("các ô số thực hiện ghi khác nhau", "the cells of the actual figure disagree"),
            Self::PartsMissing(_) => ("có thành phần chưa có số thực hiện", "some parts have no actual figure"),
            Self::RuleFailed => ("quy tắc tính số này đang lỗi", "the rule that computes the figure failed"),
            Self::UnitsDiffer => {
                ("kế hoạch và thực hiện khác đơn vị tính", "the plan and the actual figure have different units")
            }
        };
        Message::new(vietnamese, english)
    }
}

fn quoted(labels: &[String]) -> Message {
    quoted_labels(&labels.iter().map(String::as_str).collect::<Vec<_>>())
}
