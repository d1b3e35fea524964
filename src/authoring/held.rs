//! What a run holds, for comparing it with another.

use crate::authoring::snapshot::Occurrence;
use crate::authoring::snapshot::Snapshot;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use tonghop_core::model::account::StatedFigure;

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Value {
    /// With a decimal point; `-` where the case does not arise, `null` where there are no data.
    pub value: Option<String>,
    pub unit: String,
    pub estimate: bool,
}

/// What a run holds of one figure: what its sector states, and where the report prints it.
#[derive(Default)]
pub(super) struct Held<'s> {
    pub stated: Option<&'s StatedFigure>,
    pub printed: Vec<&'s Occurrence>,
}

impl Held<'_> {
    /// Returns the number: that of its sector, else as printed.
    pub(super) fn value(&self) -> Option<Value> {
        let of_report = || {
            let value = |o: &&Occurrence| Value {
                value: o.value.map(|value| value.to_string()),
                unit: o.unit.clone(),
                estimate: false,
            };
            self.printed.first().map(value)
        };
        let of_sector = |figure: &StatedFigure| Value {
            value: Some(figure.value.clone()),
            unit: figure.unit.clone(),
            estimate: figure.estimate,
        };
        self.stated.map(of_sector).or_else(of_report)
    }
}

/// The figures of a run by name, with their order.
pub(super) struct Figures<'s> {
    pub figures: BTreeMap<&'s str, Held<'s>>,
    pub order: Vec<&'s str>,
}

/// Gathers what a run holds of each figure: under its name if a sector of either run states it, else under the place
/// where it is printed, because a sentence may compute several under one name.
pub(super) fn held<'s>(snapshot: &'s Snapshot, stated: &BTreeSet<&str>) -> Figures<'s> {
    let mut all = Figures { figures: BTreeMap::new(), order: Vec::new() };
    for figure in &snapshot.figures {
        all.at(&figure.id).stated = Some(figure);
    }
    for occurrence in &snapshot.occurrences {
        let key = if stated.contains(occurrence.name()) { occurrence.name() } else { &occurrence.id };
        all.at(key).printed.push(occurrence);
    }
    all
}

impl<'s> Figures<'s> {
    fn at(&mut self, key: &'s str) -> &mut Held<'s> {
        self.figures.entry(key).or_insert_with(|| {
            self.order.push(key);
            Held::default()
        })
    }
}
