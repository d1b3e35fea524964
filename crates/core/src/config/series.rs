//! Series: one measure of `tonghop.toml` for each month or quarter of the year.
//!
//! Input: a measure with `series`. Output: a measure for every member, with its own headings, and the series that holds
//! them in order. Not here: what a heading of a workbook means, the figures.

use super::{ColumnSettings, Config, ConfigError, SeriesKind};
use crate::model::id::MeasureId;
use crate::model::measure::Measure;
use crate::model::period::{MONTHS_OF_YEAR, Period, QUARTERS};
use std::ops::Range;

/// The number of a member in names and headings.
const NUMBER: &str = "{n}";
/// The months of a quarter.
const QUARTER_MONTHS: usize = 3;

/// A series with its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The name in rules.
    pub id: String,
    /// What its members are.
    pub kind: SeriesKind,
    /// The measures of its members, in order.
    pub members: Vec<MeasureId>,
}

impl SeriesKind {
    /// Returns the number of a member as written in the report, and another way in which headings write it.
    fn numbers(self, index: usize) -> [String; 2] {
        let number = (index + 1).to_string();
        match self {
            Self::Months => [number, format!("{:02}", index + 1)],
            Self::Quarters => [QUARTERS[index].to_owned(), number],
        }
    }

    fn len(self) -> usize {
        match self {
            Self::Months => usize::from(MONTHS_OF_YEAR),
            Self::Quarters => QUARTERS.len(),
        }
    }
}

impl Series {
    /// Returns the indexes of the members that have begun by the end of a period.
    pub fn in_period(&self, period: Period) -> Range<usize> {
        let months = usize::from(period.end().month);
        match self.kind {
            SeriesKind::Months => 0..months.min(self.members.len()),
            SeriesKind::Quarters => 0..months.div_ceil(QUARTER_MONTHS).min(self.members.len()),
        }
    }
}

impl Config {
    /// Replaces every measure with `series` by the measures of its members.
    pub(super) fn expand_series(&mut self) -> Result<(), ConfigError> {
        if let Some(plan) = self.targets.iter().find(|target| target.series.is_some()) {
            return Err(ConfigError::SeriesOfPlan(plan.id.clone()));
        }
        for measure in std::mem::take(&mut self.measures) {
            let Some(kind) = measure.series else {
                self.measures.push(measure);
                continue;
            };
            if let Some(heading) = measure.headings.iter().find(|heading| !heading.contains(NUMBER)) {
                return Err(ConfigError::SeriesHeading(measure.id.clone(), heading.clone()));
            }
            let members: Vec<ColumnSettings<MeasureId>> =
                (0..kind.len()).map(|at| member(&measure, kind, at)).collect();
            let ids = members.iter().map(|member| member.id.clone()).collect();
            self.series.push(Series { id: measure.id.to_string(), kind, members: ids });
            self.measures.extend(members);
        }
        Ok(())
    }

    /// Returns all series.
    pub fn all_series(&self) -> &[Series] {
        &self.series
    }

    /// Returns whether a measure is that of a month or quarter of a series.
    pub fn is_of_series(&self, measure: &Measure) -> bool {
        matches!(measure, Measure::Custom(id) if self.series.iter().any(|series| series.members.contains(id)))
    }

    /// Finds a series by its id.
    pub fn series(&self, id: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.id == id)
    }
}

fn member(measure: &ColumnSettings<MeasureId>, kind: SeriesKind, index: usize) -> ColumnSettings<MeasureId> {
    let numbers = kind.numbers(index);
    let name = if measure.name.contains(NUMBER) { measure.name.clone() } else { format!("{} {NUMBER}", measure.name) };
    let mut headings: Vec<String> = Vec::new();
    for number in &numbers {
        let filled = measure.headings.iter().map(|heading| heading.replace(NUMBER, number));
        let new: Vec<String> = filled.filter(|heading| !headings.contains(heading)).collect();
        headings.extend(new);
    }
    ColumnSettings {
        id: MeasureId::new(format!("{}_{}", measure.id, index + 1)),
        name: name.replace(NUMBER, &numbers[0]),
        headings,
        unit: measure.unit.clone(),
        series: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::small;
    use super::*;

    fn config(list: &str, series: &str, heading: &str) -> Result<Config, ConfigError> {
        let column =
            format!("[[{list}]]\nid = \"part\"\nname = \"phần\"\nseries = \"{series}\"\nheadings = [\"{heading}\"]\n");
        Config::parse(&small().replace("[outline]", &format!("{column}[outline]\nheadings = []")))
    }

    #[test]
    fn a_series_has_a_measure_for_each_member() {
        let months = config("measures", "months", "Tháng {n}").unwrap();
        let quarters = config("measures", "quarters", "Quý {n}").unwrap();
        for (config, count, index, id, name, headings) in [
            (&months, 12, 2, "part_3", "phần 3", vec!["Tháng 3", "Tháng 03"]),
            (&months, 12, 11, "part_12", "phần 12", vec!["Tháng 12"]),
            (&quarters, 4, 3, "part_4", "phần IV", vec!["Quý IV", "Quý 4"]),
        ] {
            let member = &config.measures[index];
            assert_eq!(config.measures.len(), count);
            assert_eq!((member.id.as_str(), member.name.as_str()), (id, name));
            assert_eq!(member.headings, headings);
            assert_eq!(config.series("part").unwrap().members[index], member.id);
        }
    }

    #[test]
    fn members_begin_with_the_year() {
        for (kind, months, last) in
            [("months", 9, 9), ("months", 12, 12), ("quarters", 9, 3), ("quarters", 7, 3), ("quarters", 1, 1)]
        {
            let config = config("measures", kind, "K {n}").unwrap();
            let period = Period::first_months(2024, months).unwrap();
            assert_eq!(config.series("part").unwrap().in_period(period), 0..last, "{kind} {months}");
        }
    }

    #[test]
    fn series_that_cannot_be_are_refused() {
        for (list, kind, heading, reason) in [
            ("targets", "months", "Tháng {n}", "series chỉ dùng trong [[measures]]"),
            ("measures", "months", "Tháng", "phải có {n}"),
            ("measures", "weeks", "Tuần {n}", "weeks"),
        ] {
            let message = config(list, kind, heading).unwrap_err().to_string();
            assert!(message.starts_with("dòng ") && message.contains(reason), "{message}");
        }
    }
}
