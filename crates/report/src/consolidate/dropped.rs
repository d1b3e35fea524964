//! Asks departments about figures that fall to zero or to "-" where a number is expected.
//!
//! Input: the consolidated report. Output: a diagnostic for each doubtful cell. Not here: numbers that are too large or
//! too small, and empty cells, which are missing.
//!
//! A figure is asked about only where it matters: in a row that the report prints or judges, unless a rule has words for
//! zero there (`zero=…`), which shows that nothing is a usual result. A zero needs a plan or last year's figure above
//! [`USUAL_COUNT`]; a "-" in a printed row needs neither, because the sentence expects a number.

use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::Message;
use tonghop_core::model::document::Span;
use tonghop_core::model::figure::{Figure, FigureRef, Origin};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::Source;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::report::Report;
use tonghop_core::model::sector::{IndicatorRow, PassageItem, SectorReport};
use tonghop_core::msg;
use tonghop_core::vi::format::{NOT_APPLICABLE, amount_message};
use tonghop_core::vi::unit::is_count;

/// Counts below this fall to zero in ordinary periods: two accidents last year, none now.
const USUAL_COUNT: Decimal = Decimal::TEN;

/// Returns a diagnostic for each actual figure that is zero or "-" where a number is expected.
pub(super) fn dropped_figures(report: &Report, config: &Config) -> Diagnostics {
    let uses = FigureUses::collect(report);
    let mut found = Vec::new();
    for sector in &report.sectors {
        let mut asked: BTreeSet<&IndicatorId> = BTreeSet::new();
        // Wholes come before their parts, whose zeros follow from that of the whole.
        for (indicator, row) in sector.declared_rows().filter(|(indicator, _)| indicator.source_indicator.is_none()) {
            let Some(drop) = FigureDrop::find(sector, indicator, row, &uses) else { continue };
            asked.insert(&indicator.id);
            if !has_asked_parent(&sector.decl, indicator, &asked) {
                found.push(drop.diagnostic(config));
            }
        }
    }
    found
}

fn has_asked_parent(decl: &SectorDecl, indicator: &IndicatorDecl, asked: &BTreeSet<&IndicatorId>) -> bool {
    let above = |below: &IndicatorDecl| decl.indicator(below.parent.as_ref()?.id.as_str());
    // A parent is declared before its parts, so the chain ends.
    std::iter::successors(above(indicator), |parent| above(parent)).any(|parent| asked.contains(&parent.id))
}

/// How the report uses the figures of an indicator.
#[derive(Clone, Copy, Default)]
struct FigureUse {
    is_printed: bool,
    /// Whether a rule has words of its own for zero.
    has_zero_words: bool,
}

/// The uses of all indicators.
#[derive(Default)]
struct FigureUses(BTreeMap<(SectorId, IndicatorId), FigureUse>);

impl FigureUses {
    fn collect(report: &Report) -> Self {
        let mut uses = Self::default();
        let passages = report.sectors.iter().flat_map(|sector| &sector.passages).chain(&report.overview);
        for item in passages.flat_map(|passage| &passage.items) {
            match item {
                PassageItem::Paragraph(paragraph) => uses.add(&paragraph.spans),
                PassageItem::Table(table) => table.rows.iter().flatten().for_each(|spans| uses.add(spans)),
                PassageItem::Omitted(_) => {}
            }
        }
        for shortfall in report.shortfalls() {
            uses.add(&shortfall.statement.spans);
            if let Some(indicator) = &shortfall.indicator {
                uses.entry(&shortfall.sector, &indicator.id).is_printed = true;
            }
        }
        uses
    }

    fn add(&mut self, spans: &[Span]) {
        for span in spans {
            match span {
                Span::Figure(printed) => {
                    let name = &printed.figure.name;
                    let is_zero = printed.figure.amount.counted().is_some_and(|amount| amount.is_zero());
                    let is_in_words =
                        !printed.text.chars().any(|c| c.is_ascii_digit()) && printed.text != NOT_APPLICABLE;
                    let used = self.entry(&name.sector, &name.indicator);
                    used.is_printed = true;
                    used.has_zero_words |= name.measure == Measure::Actual && is_zero && is_in_words;
                }
                Span::Note(note) => self.add(note),
                _ => {}
            }
        }
    }

    fn entry(&mut self, sector: &SectorId, indicator: &IndicatorId) -> &mut FigureUse {
        self.0.entry((sector.clone(), indicator.clone())).or_default()
    }

    fn of(&self, sector: &SectorId, indicator: &IndicatorId) -> FigureUse {
        self.0.get(&(sector.clone(), indicator.clone())).copied().unwrap_or_default()
    }
}

/// An actual figure that is zero or "-", with the figures that are not.
struct FigureDrop<'r> {
    label: &'r str,
    actual: &'r Figure,
    source: &'r Source,
    /// Last year's figure and the plans that are above zero.
    others: Vec<&'r FigureRef>,
}

impl<'r> FigureDrop<'r> {
    fn find(
        sector: &SectorReport,
        indicator: &'r IndicatorDecl,
        row: &'r IndicatorRow,
        uses: &FigureUses,
    ) -> Option<Self> {
        let actual = row.figure(&Measure::Actual)?;
        let Origin::Cell(source) = &actual.origin else { return None };
        let is_zero = actual.amount.counted().is_some_and(|amount| amount.is_zero());
        let used = uses.of(&sector.decl.id, &indicator.id);
        if !is_zero || actual.correction.is_some() || !used.is_printed || used.has_zero_words {
            return None;
        }
        let is_other = |figure: &&FigureRef| matches!(figure.name.measure, Measure::LastYear | Measure::Target(_));
        let others: Vec<&FigureRef> = row.figures.iter().filter(is_other).collect();
        // What was zero last year, by a number, may well be nothing again.
        let was_zero = |figure: &&FigureRef| figure.name.measure == Measure::LastYear && is_known_zero(figure);
        let is_usual = others.iter().copied().any(|figure| was_zero(&figure));
        let others: Vec<&FigureRef> = others.into_iter().filter(|figure| is_above_zero(figure)).collect();
        let is_doubtful = match actual.amount {
            Amount::NotApplicable => !others.is_empty() || !is_usual,
            _ => others.iter().any(|figure| !is_usual_count(figure)),
        };
        is_doubtful.then_some(Self { label: &indicator.label, actual, source, others })
    }

    fn diagnostic(&self, config: &Config) -> Diagnostic {
        let content = match self.actual.amount {
            Amount::NotApplicable => msg!(
                "ô ghi \"{raw}\", nghĩa là không phát sinh",
                "the cell says \"{raw}\", which means that nothing happened",
                raw = self.source.raw
            ),
            _ => Message::new("ô ghi 0", "the cell says 0"),
        };
        let compared = |figure: &&FigureRef| {
            msg!(
                "{measure} là {amount}",
                "{measure} is {amount}",
                measure = config.measure_message(&figure.name.measure),
                amount = amount_message(figure.amount, &figure.unit)
            )
        };
        let reason = match self.others.as_slice() {
            [] => Message::new("trong khi báo cáo cần một số ở đây", "but the report expects a number here"),
            others => {
                let listed: Vec<Message> = others.iter().map(compared).collect();
                msg!("trong khi {listed}", "but {listed}", listed = Message::join(&listed, ", "))
            }
        };
        let message = msg!(
            "\"{label}\": {content}, {reason}",
            "\"{label}\": {content}, {reason}",
            label = self.label,
            content = content,
            reason = reason
        );
        let hint = Message::new(
            "nếu đã có số thì nhập số, nếu chưa biết thì để trống; nếu đúng là không có thì giải trình",
            "enter the number if there is one, leave the cell empty if it is not known yet; if there is nothing, explain it",
        );
        let problem = Diagnostic::new(Code::FigureDropped, Place::from_source(self.source), message).with_hint(hint);
        let sources = self.others.iter().flat_map(|figure| figure.sources());
        sources.fold(problem, |problem, source| problem.with_place(Place::from_source(&source)))
    }
}

fn is_known_zero(figure: &Figure) -> bool {
    figure.amount.known().is_some_and(|amount| amount.is_zero())
}

fn is_above_zero(figure: &Figure) -> bool {
    figure.amount.known().is_some_and(|amount| amount > Decimal::ZERO)
}

fn is_usual_count(figure: &Figure) -> bool {
    is_count(&figure.unit) && figure.amount.known().is_some_and(|amount| amount < USUAL_COUNT)
}
