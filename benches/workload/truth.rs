//! Computes the expected results from the generated forms.
//!
//! Input: forms. Output: the [`Truth`] about their figures, exact to the tenth. Not here: anything read from a file.

use super::form::{Form, FormRow};
use serde::Serialize;
use std::collections::BTreeMap;

/// The number of worst shortfalls that are listed.
pub const WORST: usize = 20;

/// The expected results of the whole job.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct Truth {
    pub sectors: BTreeMap<&'static str, Sums>,
    /// The attainment, in percent, of the rows that are farthest behind, the worst first.
    pub worst: Vec<f64>,
    /// The number of workbooks with a recommendation.
    pub recommendations: usize,
}

/// The sums over the rows of a sector; amounts are in tenths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sums {
    pub count: usize,
    #[serde(serialize_with = "units")]
    pub plan: i64,
    #[serde(serialize_with = "units")]
    pub prior: i64,
    #[serde(serialize_with = "units")]
    pub actual: i64,
    pub shortfalls: usize,
}

/// Serialises tenths as a number of whole units.
fn units<S: serde::Serializer>(tenths: &i64, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_f64(*tenths as f64 / 10.0)
}

impl Truth {
    /// Adds the figures of a form.
    pub fn add(&mut self, form: &Form) {
        for row in &form.rows {
            self.sectors.entry(row.sector).or_default().add(row);
        }
        let behind = form.rows.iter().filter_map(FormRow::shortfall);
        self.worst.extend(behind.map(|(plan, actual)| actual as f64 / plan as f64 * 100.0));
        self.keep_worst();
        self.recommendations += usize::from(!form.recommendation().is_empty());
    }

    /// Adds the figures of further forms.
    pub fn absorb(&mut self, other: Self) {
        for (sector, sums) in other.sectors {
            self.sectors.entry(sector).or_default().absorb(sums);
        }
        self.worst.extend(other.worst);
        self.keep_worst();
        self.recommendations += other.recommendations;
    }

    fn keep_worst(&mut self) {
        self.worst.sort_by(f64::total_cmp);
        self.worst.truncate(WORST);
    }
}

impl Sums {
    fn add(&mut self, row: &FormRow) {
        self.absorb(Self {
            count: 1,
            plan: row.plan.tenths().unwrap_or(0),
            prior: row.prior.tenths().unwrap_or(0),
            actual: row.actual.tenths().unwrap_or(0),
            shortfalls: row.shortfall().map_or(0, |_| 1),
        });
    }

    fn absorb(&mut self, other: Self) {
        self.count += other.count;
        self.plan += other.plan;
        self.prior += other.prior;
        self.actual += other.actual;
        self.shortfalls += other.shortfalls;
    }
}
