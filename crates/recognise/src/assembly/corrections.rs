//! Replaces reported figures with the corrections of the office.
//!
//! Input: the lines of `dieu-chinh.csv` and the dataset. Output: the dataset with the corrected figures, each of which
//! keeps the figure it replaced, and one diagnostic per line. Not here: figures that no line names.

use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place, Words};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::dataset::{CorrectionLine, Dataset, ObservationKey};
use tonghop_core::model::figure::{Correction, Figure, FigureRef, Origin};
use tonghop_core::model::id::{DepartmentId, FilePath, MeasureId, SheetName, TargetId};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::provenance::{Labels, Source, TextCell};
use tonghop_core::model::quantity::Amount;
use tonghop_core::say;
use tonghop_core::vi::format::{exact, number};
use tonghop_core::vi::number::{Convention, read};

/// The columns of the file, counted from 0.
const VALUE_COLUMN: u32 = 2;
const WHO_COLUMN: u32 = 3;
const WHY_COLUMN: u32 = 4;

/// Applies the corrections in order; returns one diagnostic for each.
pub fn correct(
    dataset: &mut Dataset,
    lines: &[CorrectionLine],
    file: &FilePath,
    sectors: &[Arc<SectorDecl>],
) -> Diagnostics {
    let apply = |line: &CorrectionLine| Office { file, line }.apply(dataset, sectors);
    lines.iter().map(apply).collect()
}

struct Office<'a> {
    file: &'a FilePath,
    line: &'a CorrectionLine,
}

impl Office<'_> {
    fn apply(&self, dataset: &mut Dataset, sectors: &[Arc<SectorDecl>]) -> Diagnostic {
        let corrected = self.indicator(sectors).and_then(|(sector, decl)| self.figure(dataset, sector, decl));
        match corrected {
            Ok((key, figure)) => {
                let diagnostic = self.told(&figure);
                dataset.corrected.push(Arc::clone(&figure));
                dataset.observations.insert(key, figure);
                diagnostic
            }
            Err(problem) => *problem,
        }
    }

    fn indicator<'s>(
        &self,
        sectors: &'s [Arc<SectorDecl>],
    ) -> Result<(&'s SectorDecl, &'s IndicatorDecl), Box<Diagnostic>> {
        let (sector, indicator) = self.line.indicator.split_once('.').unwrap_or((&self.line.indicator, ""));
        let sector = sectors.iter().find(|s| s.id.as_str() == sector);
        let found = sector.and_then(|s| s.indicator(indicator).map(|decl| (s.as_ref(), decl)));
        found.ok_or_else(|| {
            let message =
                say!("không có chỉ tiêu \"{name}\"", "there is no indicator \"{name}\"", name = self.line.indicator);
            let hint = Words::new(
                "ghi mã chỉ tiêu dạng ngành.chỉ_tiêu như trong trang Nguồn số liệu của tong-hop.xlsx",
                "write the indicator as sector.indicator, as in the sheet of sources (the last) of tong-hop.xlsx",
            );
            self.problem(0, message, hint)
        })
    }

    fn figure(
        &self,
        dataset: &Dataset,
        sector: &SectorDecl,
        decl: &IndicatorDecl,
    ) -> Result<(ObservationKey, FigureRef), Box<Diagnostic>> {
        let Some(measure) = self.measure(sector) else {
            let message = say!(
                "không có số liệu \"{measure}\" ở chỉ tiêu này",
                "this indicator has no measure \"{measure}\"",
                measure = self.line.measure
            );
            let hint = Words::new(
                "ghi actual, last_year, target.<kế hoạch> hoặc tên trong measures",
                "write actual, last_year, target.<plan> or a name of measures",
            );
            return Err(self.problem(1, message, hint));
        };
        let Some(value) = read(&self.line.value, Convention::Vietnamese) else {
            let message = say!("\"{value}\" không phải là số", "\"{value}\" is not a number", value = self.line.value);
            let hint = Words::new(
                "ghi số theo cách viết tiếng Việt, ví dụ 96.011,5",
                "write the number in the Vietnamese way, for example 96.011,5",
            );
            return Err(self.problem(VALUE_COLUMN, message, hint));
        };
        let (sector_id, indicator) = (sector.id.clone(), decl.id.clone());
        let key = ObservationKey { sector: sector_id.clone(), indicator: indicator.clone(), measure: measure.clone() };
        let replaced = dataset.observations.get(&key).cloned();
        let status = replaced.as_ref().map_or(Status::Final, |f| f.status);
        let unit = replaced.as_ref().map_or_else(|| decl.unit.clone(), |f| f.unit.clone());
        let print = decl.print(&measure);
        let name = FigureName { sector: sector_id, indicator, measure };
        let origin = Origin::Cell(self.source(VALUE_COLUMN, &self.line.value));
        let correction = Correction {
            who: self.words(WHO_COLUMN, &self.line.who),
            why: self.words(WHY_COLUMN, &self.line.why),
            replaced,
        };
        let figure = Figure::given(name, Amount::Known(value.value), unit, status, origin);
        Ok((key, Arc::new(figure.printed(print).corrected(correction))))
    }

    fn measure(&self, sector: &SectorDecl) -> Option<Measure> {
        match self.line.measure.as_str() {
            "actual" => Some(Measure::Actual),
            "last_year" => Some(Measure::LastYear),
            other => match other.strip_prefix("target.") {
                Some(target) => {
                    let declared = sector.targets.iter().any(|t| t.as_str() == target);
                    declared.then(|| Measure::Target(TargetId::new(target)))
                }
                None => {
                    let declared = sector.measures.iter().any(|m| m.as_str() == other);
                    declared.then(|| Measure::Other(MeasureId::new(other)))
                }
            },
        }
    }

    fn told(&self, figure: &Figure) -> Diagnostic {
        let replaced = figure.correction.as_ref().and_then(|c| c.replaced.as_ref());
        let old = match replaced.and_then(|f| f.amount.known()) {
            Some(value) => {
                say!("trước đó là {old}", "before: {exact}", old = number(value, None), exact = exact(value))
            }
            None => Words::new("trước đó chưa có số liệu", "no data before"),
        };
        let message = say!(
            "{name}: văn phòng điều chỉnh thành {new} ({old}); người điều chỉnh: {who}; lý do: {why}",
            "{name}: corrected by the office to {exact} ({old}); by: {who}; reason: {why}",
            name = figure.name,
            new = self.line.value,
            exact = figure.amount.known().map_or_else(|| Words::verbatim(self.line.value.as_str()), exact),
            old = old,
            who = self.line.who,
            why = self.line.why
        );
        let mut diagnostic = Diagnostic::new(Code::FigureCorrected, self.place(VALUE_COLUMN), message);
        diagnostic.places.extend(replaced.into_iter().flat_map(|f| f.sources()).map(|s| Place::of(&s)));
        diagnostic
    }

    fn problem(&self, column: u32, message: Words, hint: Words) -> Box<Diagnostic> {
        Box::new(Diagnostic::new(Code::CorrectionUnknown, self.place(column), message).hint(hint))
    }

    fn place(&self, column: u32) -> Place {
        Place::of(&self.source(column, ""))
    }

    fn words(&self, column: u32, words: &str) -> TextCell {
        TextCell { words: words.into(), source: self.source(column, words) }
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
