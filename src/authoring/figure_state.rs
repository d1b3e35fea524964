//! Collects the state of every figure in a run, for comparing it with another run.

use crate::authoring::snapshot::Snapshot;
use crate::authoring::snapshot::SnapshotOccurrence;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use tonghop_core::model::run_results::StatedFigure;

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureValue {
    /// The number with a decimal point; `-` if not applicable, `null` if there are no data.
    pub value: Option<String>,
    pub unit: String,
    pub estimate: bool,
}

/// One figure in a run: as its sector states it, and as the report prints it.
#[derive(Default)]
pub(super) struct FigureState<'s> {
    pub stated: Option<&'s StatedFigure>,
    pub printed: Vec<&'s SnapshotOccurrence>,
}

impl FigureState<'_> {
    /// Returns the value stated by the sector, or else the printed one.
    pub(super) fn value(&self) -> Option<FigureValue> {
        let printed_value = || {
            let value = |o: &&SnapshotOccurrence| FigureValue {
                value: o.value.map(|value| value.to_string()),
                unit: o.unit.clone(),
                estimate: false,
            };
            self.printed.first().map(value)
        };
        let stated_value = |figure: &StatedFigure| FigureValue {
            value: Some(figure.value.clone()),
            unit: figure.unit.clone(),
            estimate: figure.estimate,
        };
        self.stated.map(stated_value).or_else(printed_value)
    }
}

/// The figures of a run by key, with their order.
pub(super) struct FigureIndex<'s> {
    pub figures: BTreeMap<&'s str, FigureState<'s>>,
    pub order: Vec<&'s str>,
}

/// Indexes the figures of a run. A figure that a sector of either run states has its name as key; others have the place
/// where they are printed as key, because a sentence may compute several figures under one name. A borrowed figure is
/// compared where its own sector states it and is left out here.
pub(super) fn index_figures<'s>(snapshot: &'s Snapshot, stated: &BTreeSet<&str>) -> FigureIndex<'s> {
    let mut index = FigureIndex { figures: BTreeMap::new(), order: Vec::new() };
    for figure in snapshot.figures.iter().filter(|figure| !figure.is_borrowed()) {
        index.entry(&figure.id).stated = Some(figure);
    }
    for occurrence in &snapshot.occurrences {
        let key = if stated.contains(occurrence.name()) { occurrence.name() } else { &occurrence.id };
        index.entry(key).printed.push(occurrence);
    }
    index
}

impl<'s> FigureIndex<'s> {
    fn entry(&mut self, key: &'s str) -> &mut FigureState<'s> {
        self.figures.entry(key).or_insert_with(|| {
            self.order.push(key);
            FigureState::default()
        })
    }
}
