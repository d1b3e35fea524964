//! Compares the results of a contender with the expected ones.
//!
//! Input: the expected results and those of a contender. Output: the differences. Not here: files.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The relative tolerance for differences between binary fractions.
const TOLERANCE: f64 = 1e-9;

/// The results of the job.
#[derive(Debug, Default, Deserialize)]
pub struct Outcome {
    pub sectors: BTreeMap<String, Sums>,
    /// The attainment, in percent, of the rows that are farthest behind; `None` if only rounded values are known.
    #[serde(default)]
    pub worst: Option<Vec<f64>>,
    #[serde(default)]
    pub recommendations: Option<usize>,
}

/// The sums over the rows of a sector.
#[derive(Debug, Default, Deserialize)]
pub struct Sums {
    pub count: f64,
    pub plan: f64,
    pub prior: f64,
    pub actual: f64,
    pub shortfalls: f64,
}

impl Sums {
    fn named_values(&self) -> [(&'static str, f64); 5] {
        let Self { count, plan, prior, actual, shortfalls } = *self;
        [("count", count), ("plan", plan), ("prior", prior), ("actual", actual), ("shortfalls", shortfalls)]
    }
}

impl Outcome {
    /// Describes how `found` differs from this, the expected outcome.
    pub fn differences(&self, found: &Self) -> Vec<String> {
        let unknown = found.sectors.keys().filter(|sector| !self.sectors.contains_key(*sector));
        let mut differences: Vec<String> = unknown.map(|sector| format!("{sector}: no such sector")).collect();
        for (sector, sums) in &self.sectors {
            match found.sectors.get(sector) {
                Some(found) => differences.extend(sum_differences(sector, sums, found)),
                None => differences.push(format!("{sector}: missing")),
            }
        }
        differences.extend(self.worst_difference(found));
        if found.recommendations.is_some_and(|count| Some(count) != self.recommendations) {
            differences.push(format!("recommendations: {:?}, not {:?}", found.recommendations, self.recommendations));
        }
        differences
    }

    fn worst_difference(&self, found: &Self) -> Option<String> {
        let (truth, found) = self.worst.as_ref().zip(found.worst.as_ref())?;
        let same = truth.len() == found.len() && truth.iter().zip(found).all(|(one, other)| is_close(*one, *other));
        (!same).then(|| format!("the worst: {found:?}, not {truth:?}"))
    }
}

fn sum_differences(sector: &str, truth: &Sums, found: &Sums) -> Vec<String> {
    let pairs = truth.named_values().into_iter().zip(found.named_values());
    let different = pairs.filter(|((_, truth), (_, found))| !is_close(*truth, *found));
    different.map(|((name, truth), (_, found))| format!("{sector}: {name} is {found}, not {truth}")).collect()
}

fn is_close(truth: f64, found: f64) -> bool {
    (truth - found).abs() <= TOLERANCE * truth.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(plan: f64) -> Outcome {
        let sums = Sums { count: 2.0, plan, prior: 1.0, actual: 3.0, shortfalls: 1.0 };
        Outcome { sectors: BTreeMap::from([("A".to_owned(), sums)]), ..Outcome::default() }
    }

    #[test]
    fn what_differs_is_named() {
        let truth = outcome(1e9);
        assert_eq!(truth.differences(&outcome(1e9 + 0.5)), Vec::<String>::new());
        assert_eq!(truth.differences(&outcome(1e9 + 2.0)), ["A: plan is 1000000002, not 1000000000"]);
        assert_eq!(truth.differences(&Outcome::default()), ["A: missing"]);
        let worse = Outcome { worst: Some(vec![20.0]), ..outcome(1e9) };
        assert_eq!(worse.differences(&Outcome { worst: Some(vec![21.0]), ..outcome(1e9) }).len(), 1);
        assert_eq!(worse.differences(&outcome(1e9)), Vec::<String>::new(), "what is not told cannot differ");
    }
}
