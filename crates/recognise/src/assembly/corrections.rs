//! Replaces reported figures with the corrections of the office.
//!
//! Input: the lines of `dieu-chinh.csv` and the dataset. Output: the dataset with the corrected figures, each of which
//! keeps the figure it replaced, and one diagnostic per line. Not here: figures that no line names.

use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::config::{Config, IndicatorNames, MeasureNames};
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::dataset::{CorrectionLine, Dataset, ObservationKey};
use tonghop_core::model::figure::{Correction, Figure, FigureRef, Origin};
use tonghop_core::model::id::{DepartmentId, FilePath, SectorId, SheetName};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::{FigureName, Status};
use tonghop_core::model::provenance::{Labels, Source, TextCell};
use tonghop_core::model::quantity::Amount;
use tonghop_core::msg;
use tonghop_core::vi::format::quantity_message;
use tonghop_core::vi::number::{Convention, parse};

/// The columns of the file, counted from 0.
const VALUE_COLUMN: u32 = 2;
const WHO_COLUMN: u32 = 3;
const WHY_COLUMN: u32 = 4;
/// The number of replaced figures that one message names.
const MAX_LISTED: usize = 10;

/// Applies the corrections in order, so that the last one of a figure holds; returns one diagnostic for each.
pub fn apply_corrections(
    dataset: &mut Dataset,
    lines: &[CorrectionLine],
    file: &FilePath,
    sectors: &[Arc<SectorDecl>],
    config: &Config,
) -> Diagnostics {
    let names = IndicatorNames::new(sectors.iter().map(AsRef::as_ref));
    let measures: BTreeMap<&SectorId, MeasureNames> =
        sectors.iter().map(|sector| (&sector.id, config.measure_names(sector.reported_measures()))).collect();
    let apply = |line: &CorrectionLine| {
        CorrectionApplier { file, line, config, names: &names, measures: &measures }.apply(dataset)
    };
    let diagnostics = lines.iter().map(apply).collect();
    // Of several corrections of a figure the last one holds; only that one is listed in the report.
    let Dataset { corrected, observations, .. } = dataset;
    corrected.retain(|figure| {
        let FigureName { sector, indicator, measure } = figure.name.clone();
        let key = ObservationKey { sector, indicator, measure };
        observations.get(&key).is_some_and(|last| Arc::ptr_eq(last, figure))
    });
    diagnostics
}

struct CorrectionApplier<'a> {
    file: &'a FilePath,
    line: &'a CorrectionLine,
    config: &'a Config,
    names: &'a IndicatorNames<'a>,
    /// The measures that departments report, by sector.
    measures: &'a BTreeMap<&'a SectorId, MeasureNames>,
}

impl<'a> CorrectionApplier<'a> {
    fn apply(&self, dataset: &mut Dataset) -> Diagnostic {
        let corrected = self.find_indicator().and_then(|(sector, decl)| {
            self.corrected_figure(dataset, sector, decl).map(|(key, figure)| (key, figure, decl))
        });
        match corrected {
            Ok((key, figure, decl)) => {
                let contested = dataset.contested.remove(&key).map(|contested| contested.figures).unwrap_or_default();
                let diagnostic = self.diagnostic(&figure, &decl.label, &contested);
                dataset.corrected.push(Arc::clone(&figure));
                dataset.observations.insert(key, figure);
                diagnostic
            }
            Err(problem) => *problem,
        }
    }

    fn find_indicator(&self) -> Result<(&'a SectorDecl, &'a IndicatorDecl), Box<Diagnostic>> {
        let name = &self.line.indicator;
        let found = self.names.find(name, None);
        if let [one] = found.as_slice() {
            return Ok(self.names.decl(*one));
        }
        let message = match found.is_empty() {
            true => msg!("không có chỉ tiêu \"{name}\"", "there is no indicator \"{name}\""),
            false => {
                let id = |place: &(usize, usize)| {
                    let (sector, decl) = self.names.decl(*place);
                    Message::verbatim(format!("{}.{}", sector.id, decl.id))
                };
                let ids: Vec<Message> = found.iter().take(MAX_LISTED).map(id).collect();
                msg!("\"{name}\" có thể là {ids}", "\"{name}\" may be {ids}", ids = Message::join(&ids, ", "))
            }
        };
        let hint = Message::new(
            "ghi tên chỉ tiêu như trong biểu, hoặc mã dạng ngành.chỉ_tiêu như trong trang Nguồn số liệu của tong-hop.xlsx",
            "write the label of the indicator, or its id as sector.indicator, as in the sheet \"Nguồn số liệu\" of tong-hop.xlsx",
        );
        Err(self.problem(0, message, hint))
    }

    fn corrected_figure(
        &self,
        dataset: &Dataset,
        sector: &SectorDecl,
        decl: &IndicatorDecl,
    ) -> Result<(ObservationKey, FigureRef), Box<Diagnostic>> {
        let Some(measure) = self.measures.get(&sector.id).and_then(|names| names.find(&self.line.measure)) else {
            let message = msg!(
                "không có số liệu \"{measure}\" ở chỉ tiêu này",
                "this indicator has no measure \"{measure}\"",
                measure = self.line.measure
            );
            let hint = Message::new(
                "ghi thực hiện, cùng kỳ năm trước, tên kế hoạch hoặc tên cột như trong tong-hop.xlsx",
                "write actual, last_year, target.<plan>, a name from measures or the title of the column in tong-hop.xlsx",
            );
            return Err(self.problem(1, message, hint));
        };
        let Some(value) = parse(&self.line.value, Convention::Vietnamese) else {
            let message = msg!("\"{value}\" không phải là số", "\"{value}\" is not a number", value = self.line.value);
            let hint = Message::new(
                "ghi số theo cách viết tiếng Việt, ví dụ 96.011,5",
                "write the number in Vietnamese format, for example 96.011,5",
            );
            return Err(self.problem(VALUE_COLUMN, message, hint));
        };
        let (sector_id, indicator) = (sector.id.clone(), decl.id.clone());
        let key = ObservationKey { sector: sector_id.clone(), indicator: indicator.clone(), measure: measure.clone() };
        let before = dataset.observations.get(&key).cloned();
        // A figure that was corrected twice keeps the one of the department, not a chain of corrections.
        let reported = |figure: FigureRef| match figure.correction.as_deref() {
            Some(correction) => correction.replaced.clone(),
            None => Some(figure),
        };
        let replaced = before.and_then(reported);
        let status = replaced.as_ref().map_or(Status::Final, |f| f.status);
        let unit = replaced.as_ref().map_or_else(|| decl.unit.clone(), |f| f.unit.clone());
        let print = decl.print_format(measure);
        let name = FigureName { sector: sector_id, indicator, measure: measure.clone() };
        let origin = Origin::Cell(self.source(VALUE_COLUMN, &self.line.value));
        let correction = Correction {
            who: self.text_cell(WHO_COLUMN, &self.line.who),
            why: self.text_cell(WHY_COLUMN, &self.line.why),
            replaced,
        };
        let figure = Figure::new(name, Amount::Known(value.value), unit, status, origin);
        Ok((key, Arc::new(figure.with_print(print).with_correction(correction))))
    }

    /// Returns the note of a correction; `contested` are the figures between which it decides.
    fn diagnostic(&self, figure: &Figure, label: &str, contested: &[FigureRef]) -> Diagnostic {
        let replaced = figure.correction.as_ref().and_then(|c| c.replaced.as_ref());
        let replaced: Vec<&FigureRef> = replaced.into_iter().chain(contested).collect();
        let known: Vec<Message> =
            replaced.iter().filter_map(|f| f.amount.known()).take(MAX_LISTED).map(number_message).collect();
        let old = if known.is_empty() {
            Message::new("trước đó chưa có số liệu", "no data before")
        } else {
            msg!("trước đó là {old}", "before: {old}", old = Message::join(&known, "; "))
        };
        let message = msg!(
            "\"{label}\" ({measure}): văn phòng điều chỉnh thành {new} ({old}); người điều chỉnh: {who}; lý do: {why}",
            "\"{label}\" ({measure}): corrected by the office to {new} ({old}); by: {who}; reason: {why}",
            label = label,
            measure = self.config.measure_message(&figure.name.measure),
            new = figure.amount.known().map_or_else(|| Message::verbatim(self.line.value.as_str()), number_message),
            old = old,
            who = self.line.who,
            why = self.line.why
        );
        let mut diagnostic = Diagnostic::new(Code::FigureCorrected, self.place(VALUE_COLUMN), message);
        let cells = replaced.into_iter().take(MAX_LISTED).flat_map(|f| f.sources());
        diagnostic.places.extend(cells.map(|s| Place::from_source(&s)));
        diagnostic
    }

    fn problem(&self, column: u32, message: Message, hint: Message) -> Box<Diagnostic> {
        Box::new(Diagnostic::new(Code::CorrectionUnknown, self.place(column), message).with_hint(hint))
    }

    fn place(&self, column: u32) -> Place {
        Place::from_source(&self.source(column, ""))
    }

    fn text_cell(&self, column: u32, text: &str) -> TextCell {
        TextCell { text: text.into(), source: self.source(column, text) }
    }

    /// Returns the source of a field of the line; lines count as rows, and the sheet name is empty.
    fn source(&self, column: u32, raw: &str) -> Arc<Source> {
        Arc::new(Source {
            department: DepartmentId::new("dieu-chinh"),
            file: self.file.clone(),
            sheet: SheetName::new(""),
            cell: CellRef::new(self.line.line.saturating_sub(1), column),
            raw: raw.into(),
            labels: Labels::default(),
        })
    }
}

fn number_message(value: Decimal) -> Message {
    quantity_message(value, "")
}
