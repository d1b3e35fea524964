//! Checks totals of which parts have no data: a zero over nothing, a total that parts without data may explain, a sum in
//! the place of the total's own cell.
//!
//! Input: the rows of a sector and the cells that gave no number. Output: which totals are empty, and diagnostics. Not
//! here: totals that contradict their parts (see [`super::contradictions`]).

use super::aggregate::{is_empty_total, is_sum_of_parts, part_groups};
use super::contradictions::{KnownParts, compare};
use super::declared::rule_line;
use super::derive::FigureFaults;
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::{Message, quoted_labels};
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::dataset::{CellGap, Dataset, ObservationKey, UnfilledCell, UnfilledCells};
use tonghop_core::model::figure::{Figure, FigureRef, Origin};
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::indicator::{IndicatorDecl, ParentRelation, RelationKind, SectorDecl};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::sector::{IndicatorRow, Verdict};
use tonghop_core::msg;
use tonghop_core::vi::format::amount_message;

/// The figures of a sector and the cells of its workbooks.
pub(crate) struct SectorTotals<'a> {
    pub decl: &'a SectorDecl,
    pub rows: &'a [IndicatorRow],
    pub dataset: &'a Dataset,
    pub unfilled: &'a UnfilledCells,
    pub config: &'a Config,
}

impl SectorTotals<'_> {
    /// Returns a diagnostic for each total that is not used, may not be complete, or is the sum of its parts.
    ///
    /// Figures that cannot be compared are added to `faults`.
    pub(crate) fn check(&self, faults: &mut FigureFaults) -> Diagnostics {
        let mut found = Vec::new();
        for (indicator, row) in self.decl.indicators.iter().zip(self.rows) {
            if !indicator.adds_up() || indicator.source_indicator.is_some() {
                continue;
            }
            let Some(actual) = row.figure(&Measure::Actual) else { continue };
            let uncovered = self.check_parts_without_data(indicator, actual);
            found.extend(faults.keep(self.decl, indicator, uncovered).into_iter().flatten());
            found.extend(self.empty_total(indicator));
            found.extend(self.sum_in_place_of_total(indicator, actual));
            let has_members = self.decl.children(&indicator.id).any(|part| part.is_breakdown_member);
            if has_members || is_sum_of_parts(self.decl, indicator, actual) {
                found.extend(self.measures_not_summed(indicator, row));
            }
        }
        found
    }

    /// Reports a total of zero that is not used; one below another such total belongs to the same problem.
    fn empty_total(&self, indicator: &IndicatorDecl) -> Option<Diagnostic> {
        let figure = self.unused_zero(indicator)?;
        let above = indicator.parent.as_ref().and_then(|parent| self.decl.indicator(parent.id.as_str()));
        if above.is_some_and(|above| self.unused_zero(above).is_some()) {
            return None;
        }
        let message = msg!(
            "\"{label}\": tổng số là 0 trong khi mọi thành phần đều chưa có số liệu; số 0 này không được dùng",
            "\"{label}\": the total is 0 but none of its parts has data; this 0 is not used",
            label = indicator.label
        );
        let hint = Message::new(
            "điền số vào các thành phần (không phát sinh thì ghi 0 hoặc \"-\"); chưa có số liệu thì để trống cả ô tổng",
            "enter the numbers of the parts (0 or \"-\" if nothing happened); if there are none yet, empty the total too",
        );
        let problem = Diagnostic::new(Code::PartsMissing, place_of(figure)?, message).with_hint(hint);
        let parts = self.decl.related_children(&indicator.id, ParentRelation::Part);
        Some(self.with_unfilled_cells(problem, parts))
    }

    /// Returns the total of zero that the workbook has for an indicator and that is not used.
    fn unused_zero(&self, indicator: &IndicatorDecl) -> Option<&FigureRef> {
        let key =
            ObservationKey { sector: self.decl.id.clone(), indicator: indicator.id.clone(), measure: Measure::Actual };
        let figure = self.dataset.observations.get(&key)?;
        let has_data = |id: &IndicatorId| self.actual(id).is_some_and(|actual| actual.has_data());
        is_empty_total(self.decl, indicator, figure, self.unfilled, has_data).then_some(figure)
    }

    /// Reports a total larger than the sum of its parts if some have no data: these must make up for the rest.
    fn check_parts_without_data(
        &self,
        indicator: &IndicatorDecl,
        total: &FigureRef,
    ) -> Result<Vec<Diagnostic>, ArithmeticError> {
        let mut found = Vec::new();
        for parts in part_groups(self.decl, indicator) {
            let known = KnownParts::new(self.decl, &parts, self.rows, &Measure::Actual);
            let is_reported = matches!(total.origin, Origin::Cell(_)) && total.is_known();
            if !is_reported || known.without_data.is_empty() || known.figures.is_empty() || known.has_negative() {
                continue;
            }
            // A form without cells for the parts asks for the total alone; what is wrong with a cell is reported there.
            let is_in_form = |part: &&IndicatorDecl| self.unfilled_cell(&part.id).is_some();
            let is_reported_elsewhere = |part: &&IndicatorDecl| self.is_reported_elsewhere(&part.id);
            if !known.without_data.iter().any(is_in_form) {
                continue;
            }
            let rule = rule_line(&self.decl.file, indicator);
            let sum = Arc::new(known.sum(total, &rule)?);
            let finding = compare(sum.name.clone(), RelationKind::Equal, total, &sum, rule)?;
            if known.without_data.iter().any(is_reported_elsewhere) {
                if finding.is_none() {
                    found.extend(self.refused_part_left_out(indicator, total, &known.without_data));
                }
                continue;
            }
            let rest = finding.filter(|finding| finding.verdict == Verdict::Contradiction).map(|f| f.difference);
            if let Some(rest) = rest.filter(|rest| rest.amount.counted().is_some_and(|rest| rest > Decimal::ZERO)) {
                found.extend(self.uncovered_rest(indicator, total, &sum, &rest, &known.without_data));
            }
        }
        Ok(found)
    }

    fn uncovered_rest(
        &self,
        indicator: &IndicatorDecl,
        total: &FigureRef,
        sum: &Figure,
        rest: &Figure,
        without_data: &[&IndicatorDecl],
    ) -> Option<Diagnostic> {
        let labels: Vec<&str> = without_data.iter().map(|part| part.label.as_str()).collect();
        let message = msg!(
            "\"{label}\": tổng số là {total}, cộng các thành phần đã có là {sum}; còn {rest} phải là của thành phần chưa có số liệu: {parts}",
            "\"{label}\": the total is {total}, the parts with data add up to {sum}; the parts without data must make up {rest}: {parts}",
            label = indicator.label,
            total = amount_message(total.amount, &total.unit),
            sum = amount_message(sum.amount, &sum.unit),
            rest = amount_message(rest.amount, &rest.unit),
            parts = quoted_labels(&labels)
        );
        let hint = Message::new(
            "điền số của thành phần còn thiếu (không phát sinh thì ghi \"-\"), rồi đối chiếu lại tổng số",
            "enter the numbers of the missing parts (\"-\" if nothing happened), then check the total",
        );
        let problem = Diagnostic::new(Code::PartsMissing, place_of(total)?, message).with_hint(hint);
        Some(self.with_unfilled_cells(problem, without_data.iter().copied()))
    }

    /// Reports that a total is the sum of the parts that were read, without one that was refused.
    fn refused_part_left_out(
        &self,
        indicator: &IndicatorDecl,
        total: &FigureRef,
        without_data: &[&IndicatorDecl],
    ) -> Option<Diagnostic> {
        let refused = || without_data.iter().copied().filter(|part| self.is_reported_elsewhere(&part.id));
        let labels: Vec<&str> = refused().map(|part| part.label.as_str()).collect();
        let message = msg!(
            "\"{label}\": tổng số {total} mới bằng cộng các thành phần đọc được, chưa gồm thành phần có ô không đọc được: {parts}",
            "\"{label}\": the total {total} is only the sum of the parts that were read, without those whose cells cannot be read: {parts}",
            label = indicator.label,
            total = amount_message(total.amount, &total.unit),
            parts = quoted_labels(&labels)
        );
        let hint = Message::new(
            "nhập lại số của thành phần rồi tính lại tổng số",
            "enter the number of the part again, then calculate the total again",
        );
        let problem = Diagnostic::new(Code::PartsMissing, place_of(total)?, message).with_hint(hint);
        Some(self.with_unfilled_cells(problem, refused()))
    }

    /// Reports that the sum of the parts is used where the total has a cell that gives no number.
    ///
    /// A whole of members (`by`) may be left empty: its sum is what the declaration asks for.
    fn sum_in_place_of_total(&self, indicator: &IndicatorDecl, actual: &FigureRef) -> Option<Diagnostic> {
        let Origin::Computed { operands, .. } = &actual.origin else { return None };
        let is_member = |operand: &FigureRef| {
            self.decl.indicator(operand.name.indicator.as_str()).is_some_and(|part| part.is_breakdown_member)
        };
        let unfilled = self
            .unfilled_cell(&indicator.id)
            .filter(|_| is_sum_of_parts(self.decl, indicator, actual) && actual.is_known())?;
        let message = match unfilled.gap {
            CellGap::Empty if operands.iter().all(is_member) => return None,
            CellGap::Empty => msg!(
                "\"{label}\": ô tổng số để trống; báo cáo dùng {sum}, cộng từ các thành phần",
                "\"{label}\": the cell of the total is empty; the report uses {sum}, the sum of the parts",
                label = indicator.label,
                sum = amount_message(actual.amount, &actual.unit)
            ),
            CellGap::Refused => msg!(
                "\"{label}\": không đọc được ô tổng số; báo cáo dùng {sum}, cộng từ các thành phần",
                "\"{label}\": the cell of the total cannot be read; the report uses {sum}, the sum of the parts",
                label = indicator.label,
                sum = amount_message(actual.amount, &actual.unit)
            ),
        };
        let hint =
            Message::new("nếu tổng số khác, nhập tổng số vào ô này", "if the total differs, enter it into this cell");
        let problem = Diagnostic::new(Code::TotalFromParts, cell_place(unfilled), message).with_hint(hint);
        Some(actual.sources().iter().fold(problem, |problem, source| problem.with_place(Place::from_source(source))))
    }

    /// Reports the measures that a total lacks because only some of its parts have them.
    fn measures_not_summed(&self, indicator: &IndicatorDecl, row: &IndicatorRow) -> Option<Diagnostic> {
        let [declared, members] = part_groups(self.decl, indicator);
        let parts = if declared.is_empty() { members } else { declared };
        let mut lacking: Vec<(Vec<&IndicatorDecl>, Vec<Message>)> = Vec::new();
        for measure in self.decl.reported_measures().filter(|measure| row.figure(measure).is_none()) {
            let known = KnownParts::new(self.decl, &parts, self.rows, &measure);
            if known.figures.is_empty() || known.without_data.is_empty() {
                continue;
            }
            let (without, name) = (known.without_data, self.config.measure_message(&measure));
            match lacking.iter_mut().find(|(parts, _)| is_same(parts, &without)) {
                Some((_, measures)) => measures.push(name),
                None => lacking.push((without, vec![name])),
            }
        }
        let first = lacking.first()?.0.first()?;
        let reason = |(parts, measures): &(Vec<&IndicatorDecl>, Vec<Message>)| {
            let labels: Vec<&str> = parts.iter().map(|part| part.label.as_str()).collect();
            msg!(
                "không có {measures}, vì chưa có ở thành phần: {parts}",
                "has no {measures}, because parts lack it: {parts}",
                measures = Message::join(measures, ", "),
                parts = quoted_labels(&labels)
            )
        };
        let message = msg!(
            "\"{label}\": tổng số {reasons}",
            "\"{label}\": the total {reasons}",
            label = indicator.label,
            reasons = Message::join(&lacking.iter().map(reason).collect::<Vec<_>>(), "; ")
        );
        let hint = Message::new(
            "điền số của các thành phần này (không có thì ghi 0 hoặc \"-\"), hoặc điền số của dòng tổng",
            "enter the numbers of these parts (0 or \"-\" if there is none), or the number of the total",
        );
        let rule = || Place::Rule(rule_line(&self.decl.file, indicator));
        let place = self.actual(&first.id).and_then(|actual| place_of(actual)).unwrap_or_else(rule);
        Some(Diagnostic::new(Code::PartsMissing, place, message).with_hint(hint))
    }

    fn actual(&self, id: &IndicatorId) -> Option<&FigureRef> {
        self.rows.get(self.decl.position(id.as_str())?)?.figure(&Measure::Actual)
    }

    fn unfilled_cell(&self, id: &IndicatorId) -> Option<&UnfilledCell> {
        self.unfilled.get(&(self.decl.id.clone(), id.clone()))
    }

    fn is_reported_elsewhere(&self, id: &IndicatorId) -> bool {
        let key = ObservationKey { sector: self.decl.id.clone(), indicator: id.clone(), measure: Measure::Actual };
        let is_refused = self.unfilled_cell(id).is_some_and(|unfilled| unfilled.gap == CellGap::Refused);
        is_refused || self.dataset.contested.contains_key(&key) || self.dataset.observations.contains_key(&key)
    }

    /// Adds the empty cells of parts to a problem.
    fn with_unfilled_cells<'d>(
        &self,
        problem: Diagnostic,
        parts: impl Iterator<Item = &'d IndicatorDecl>,
    ) -> Diagnostic {
        let cells = parts.filter_map(|part| self.unfilled_cell(&part.id));
        cells.fold(problem, |problem, unfilled| problem.with_place(cell_place(unfilled)))
    }
}

fn is_same(one: &[&IndicatorDecl], other: &[&IndicatorDecl]) -> bool {
    one.iter().map(|part| &part.id).eq(other.iter().map(|part| &part.id))
}

fn cell_place(unfilled: &UnfilledCell) -> Place {
    Place::Cell(unfilled.file.clone(), unfilled.sheet.clone(), unfilled.cell)
}

fn place_of(figure: &Figure) -> Option<Place> {
    match &figure.origin {
        Origin::Cell(source) => Some(Place::from_source(source)),
        _ => None,
    }
}
