//! Finds the indicators that workbooks should contain and that have no data.
//!
//! Input: the results of a sector and what was read. Output: the indicators, and a diagnostic for each sheet. Not
//! here: cells that are refused or contradict each other, which are reported where they are.

use super::{ReceivedInputs, expected_rows};
use std::collections::BTreeMap;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::message::{Message, quoted_labels};
use tonghop_core::model::figure::{FigureRef, Origin};
use tonghop_core::model::gap::FailedPart;
use tonghop_core::model::id::{FilePath, IndicatorId, SectorId, SheetName};
use tonghop_core::model::indicator::{IndicatorDecl, ParentRelation};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::sector::{IndicatorRow, SectorReport};
use tonghop_core::msg;

/// The most cells that one diagnostic names.
const MAX_PLACES: usize = 20;

/// Returns the indicators that workbooks should contain and that have no actual figure.
///
/// An indicator without a cell for its actual figure is not among them if its other measures, or its parts, were read:
/// the form does not ask for it.
pub(super) fn indicators_without_data<'s>(
    sector: &'s SectorReport,
    received: ReceivedInputs<'s>,
) -> impl Iterator<Item = &'s IndicatorDecl> {
    let is_asked = move |indicator: &IndicatorDecl, row: &IndicatorRow| {
        let key = (sector.decl.id.clone(), indicator.id.clone());
        let has_cell = received.unfilled.is_some_and(|unfilled| unfilled.contains_key(&key));
        let has_cell = has_cell || received.read.is_some_and(|read| read.contains(&key));
        let is_computed = has_failed(&sector.decl.id, &FailedPart::Figure(indicator.id.clone()), received);
        // The rule is the reason why no row can be read as the indicator.
        let is_double = has_failed(&sector.decl.id, &FailedPart::Double(indicator.id.clone()), received);
        !is_double
            && (has_cell || !(is_computed || has_custom_measure(row) || has_part_with_data(sector, &indicator.id)))
    };
    let without_data = expected_rows(sector).filter(|(_, row)| !has_actual(row));
    without_data.filter(move |(indicator, row)| is_asked(indicator, row)).map(|(indicator, _)| indicator)
}

/// Returns whether this part of the rules of a sector failed.
fn has_failed(sector: &SectorId, part: &FailedPart, received: ReceivedInputs<'_>) -> bool {
    received.failures.iter().any(|failure| failure.sector.as_ref() == Some(sector) && failure.part == *part)
}

fn has_actual(row: &IndicatorRow) -> bool {
    row.figure(&Measure::Actual).is_some_and(|figure| figure.has_data())
}

fn has_custom_measure(row: &IndicatorRow) -> bool {
    let is_custom = |figure: &&FigureRef| matches!(figure.name.measure, Measure::Custom(_));
    row.figures.iter().filter(is_custom).any(|figure| figure.has_data())
}

fn has_part_with_data(sector: &SectorReport, whole: &IndicatorId) -> bool {
    let mut parts = sector.decl.related_children(whole, ParentRelation::Part);
    let has_data = |part: &IndicatorDecl| sector.row(&part.id).is_some_and(has_actual);
    parts.any(has_data)
}

/// An indicator without an actual figure, and where to look for it.
struct MissingFigure<'s> {
    indicator: &'s IndicatorDecl,
    /// The other reported figures of the indicator.
    others: Vec<&'s FigureRef>,
    evidence: Evidence,
}

/// Where a missing figure can be looked for.
#[derive(PartialEq, Eq)]
enum Evidence {
    /// Its cell has no number.
    BlankCell(Place),
    /// The form gives only another figure of the indicator, in this cell.
    OtherFigure(Place),
    /// No workbook has the indicator.
    None,
}

/// Reports the indicators of a sector without an actual figure, at their cells sheet by sheet; those that no workbook has,
/// at the rule. What is wrong with a cell that was read is reported there.
pub(super) fn missing_indicators(
    sector: &SectorReport,
    received: ReceivedInputs<'_>,
    config: &Config,
) -> Vec<Diagnostic> {
    let is_read = |indicator: &&IndicatorDecl| {
        received.read.is_some_and(|read| read.contains(&(sector.decl.id.clone(), indicator.id.clone())))
    };
    let missing = indicators_without_data(sector, received).filter(|indicator| !is_read(indicator));
    let mut groups: Vec<Vec<MissingFigure<'_>>> = Vec::new();
    let mut group_by_sheet = BTreeMap::new();
    for figure in missing.map(|indicator| MissingFigure::find(indicator, sector, received)) {
        let group = *group_by_sheet.entry(figure.evidence.kind_and_sheet()).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.push(figure),
            None => groups.push(vec![figure]),
        }
    }
    groups.iter().map(|group| diagnostic(sector, group, config)).collect()
}

impl<'s> MissingFigure<'s> {
    fn find(indicator: &'s IndicatorDecl, sector: &'s SectorReport, received: ReceivedInputs<'_>) -> Self {
        let row = sector.row(&indicator.id);
        let figures = row.into_iter().flat_map(|row| &row.figures);
        let others: Vec<&FigureRef> =
            figures.filter(|figure| figure.has_data() && matches!(figure.origin, Origin::Cell(_))).collect();
        let unfilled = received.unfilled.and_then(|cells| cells.get(&(sector.decl.id.clone(), indicator.id.clone())));
        let empty = unfilled.map(|found| Place::Cell(found.file.clone(), found.sheet.clone(), found.cell));
        let other = || others.first().and_then(|figure| figure.sources().first().map(|s| Place::from_source(s)));
        let evidence = match empty {
            Some(place) => Evidence::BlankCell(place),
            None => other().map_or(Evidence::None, Evidence::OtherFigure),
        };
        Self { indicator, others, evidence }
    }
}

impl Evidence {
    fn place(&self) -> Option<&Place> {
        match self {
            Self::BlankCell(place) | Self::OtherFigure(place) => Some(place),
            Self::None => None,
        }
    }

    /// Returns what missing figures share that are one problem: the kind and the sheet.
    fn kind_and_sheet(&self) -> (u8, Option<(FilePath, SheetName)>) {
        let kind = match self {
            Self::BlankCell(_) => 0,
            Self::OtherFigure(_) => 1,
            Self::None => 2,
        };
        let sheet = match self.place() {
            Some(Place::Cell(file, sheet, _)) => Some((file.clone(), sheet.clone())),
            _ => None,
        };
        (kind, sheet)
    }
}

fn diagnostic(sector: &SectorReport, group: &[MissingFigure<'_>], config: &Config) -> Diagnostic {
    let labels: Vec<&str> = group.iter().map(|figure| figure.indicator.label.as_str()).collect();
    let (title, names) = (&sector.decl.title, quoted_labels(&labels));
    let (message, hint) = match &group[0].evidence {
        Evidence::BlankCell(_) => (
            msg!(
                "{title}: ô số thực hiện chưa có số: {names}",
                "{title}: the cell of the actual figure has no number: {names}",
                names = names
            ),
            Message::new(
                "hỏi đơn vị số còn thiếu; xem số có bị lệch sang dòng khác hay cột khác không",
                "ask the department for the number; check that it is not in another row or column",
            ),
        ),
        Evidence::OtherFigure(_) => {
            let others: Vec<Message> =
                group[0].others.iter().map(|figure| config.measure_message(&figure.name.measure)).collect();
            (
                msg!(
                    "{title}: chưa có số thực hiện, chỉ có {others}: {names}",
                    "{title}: no actual figure, only {others}: {names}",
                    others = Message::join(&others, ", "),
                    names = names
                ),
                Message::new(
                    "kiểm tra tiêu đề cột: số thực hiện có thể nằm dưới tiêu đề của kỳ khác",
                    "check the headings: the actual figures may be under the heading of another period",
                ),
            )
        }
        Evidence::None => (
            msg!("{title}: chưa có số liệu của {names}", "{title}: no data for {names}", names = names),
            Message::new(
                "kiểm tra đơn vị đã gửi biểu chưa, và tên dòng trong biểu có khớp với tên trong quy tắc không",
                "check that the department has sent its workbook, and that the row has the same name as in the rules",
            ),
        ),
    };
    let rule = || Place::Rule(RuleLine { file: sector.decl.file.clone(), line: group[0].indicator.line });
    let mut places = group.iter().filter_map(|figure| figure.evidence.place()).take(MAX_PLACES).cloned();
    let problem = Diagnostic::new(Code::IndicatorMissing, places.next().unwrap_or_else(rule), message);
    let problem = places.fold(problem, Diagnostic::with_place);
    match group.iter().find(|figure| lacks_aggregation(figure.indicator, sector)) {
        Some(MissingFigure { indicator, .. }) => {
            let line = RuleLine { file: sector.decl.file.clone(), line: indicator.line };
            let aggregation = msg!(
                "hoặc, nếu chỉ các thành phần có số: ghi over = \"mean(…)\" hoặc \"ratio(…/…)\" cho \"{id}\" trong quy tắc",
                "or, if only its parts have numbers: write over = \"mean(…)\" or \"ratio(…/…)\" for \"{id}\" in the rule",
                id = indicator.id
            );
            problem.with_place(Place::Rule(line)).with_hint(Message::join(&[hint, aggregation], "; "))
        }
        None => problem.with_hint(hint),
    }
}

/// Returns whether the parts of a rate have data, and the rule does not say how the whole follows from them.
fn lacks_aggregation(indicator: &IndicatorDecl, sector: &SectorReport) -> bool {
    indicator.over.is_none() && indicator.unit.is_rate() && has_part_with_data(sector, &indicator.id)
}
