//! The measure that the actual figures of a sector stand for while a rule derives an indicator.
//!
//! Input: the measure that is derived, and the measures that the rule reads. Output: the measure in the place of the
//! actual, and whether the rule read anything else. Not here: the figures.
//!
//! A rule that derives an indicator from actual figures only is run again for last year and each plan. A rule that
//! reads other figures, rows or texts means what it reads: such a result is an actual and nothing else.

use std::sync::atomic::{AtomicBool, Ordering};
use tonghop_core::model::figure::{Figure, Origin};
use tonghop_core::model::measure::Measure;

/// Which figures stand for the actual ones, and whether a rule read others.
#[derive(Debug)]
pub struct Lens {
    measure: Measure,
    reads_others: AtomicBool,
}

impl Default for Lens {
    fn default() -> Self {
        Self::new(Measure::Actual)
    }
}

impl Lens {
    /// Creates a lens that shows the figures of a measure in the place of the actual ones.
    pub(crate) fn new(measure: Measure) -> Self {
        Self { measure, reads_others: AtomicBool::new(false) }
    }

    /// Returns the measure to read for `measure`; anything but an actual figure is noted.
    pub(super) fn resolve<'a>(&'a self, measure: &'a Measure) -> &'a Measure {
        if *measure == Measure::Actual {
            return &self.measure;
        }
        self.note_other();
        measure
    }

    /// Notes that the rule reads something that belongs to no measure, or to another one.
    pub(crate) fn note_other(&self) {
        self.reads_others.store(true, Ordering::Relaxed);
    }

    /// Returns whether a result that a rule computed through the lens is a figure of its measure: the rule read nothing
    /// else, and the result depends on such a figure.
    pub(crate) fn has_shown_all_of(&self, result: &Figure) -> bool {
        let (mut is_of_measure, mut is_of_other) = (false, false);
        result.visit_through(Figure::is_rule_arithmetic, |figure, is_inner| match &figure.origin {
            Origin::Rule(_) | Origin::Setting(_) => {}
            _ if is_inner => {}
            _ if figure.name.measure == self.measure => is_of_measure = true,
            _ => is_of_other = true,
        });
        is_of_measure && !is_of_other && !self.reads_others.load(Ordering::Relaxed)
    }
}
