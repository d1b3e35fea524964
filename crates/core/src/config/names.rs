//! Finds what the office's files name in words: departments and measures.
//!
//! Input: the settings and a text as written. Output: the department or the measure that it names. Not here: indicators,
//! headings of workbooks.

use super::{Config, Department};
use crate::model::measure::Measure;
use crate::vi::fold::fold;
use std::collections::BTreeMap;

/// The word for a plan, which is enough where there is only one.
const PLAN: &str = "kế hoạch";

/// The departments of a project by their ids and names, so that a long file costs no search per line.
#[derive(Debug)]
pub struct DepartmentNames<'c> {
    /// In the order of the settings.
    departments: &'c [Department],
    by_id: BTreeMap<&'c str, usize>,
    /// The departments of each folded name, in the order of the settings.
    by_name: BTreeMap<String, Vec<usize>>,
}

impl<'c> DepartmentNames<'c> {
    /// Returns the departments that a text names: by their id, or by their name in any case.
    pub fn find(&self, text: &str) -> impl Iterator<Item = &'c Department> {
        let by_id = self.by_id.get(text).copied();
        let by_name = self.by_name.get(&fold(text)).cloned().unwrap_or_default();
        let named = by_name.into_iter().filter(move |at| Some(*at) != by_id);
        let departments = self.departments;
        by_id.into_iter().chain(named).filter_map(move |at| departments.get(at))
    }
}

/// The measures that a text can name.
#[derive(Debug)]
pub struct MeasureNames {
    /// By the name of rules.
    by_id: BTreeMap<String, Measure>,
    /// By the folded title; `None` if several measures have it.
    by_title: BTreeMap<String, Option<Measure>>,
}

impl MeasureNames {
    /// Finds a measure by its name in rules (`target.province`) or by its title in any case ("thực hiện").
    pub fn find(&self, text: &str) -> Option<&Measure> {
        self.by_id.get(text).or_else(|| self.by_title.get(&fold(text))?.as_ref())
    }
}

impl Config {
    /// Returns the departments by their names.
    pub fn department_names(&self) -> DepartmentNames<'_> {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, department) in self.departments.iter().enumerate() {
            by_name.entry(fold(&department.name)).or_default().push(at);
        }
        let by_id = self.departments.iter().enumerate().map(|(at, department)| (department.id.as_str(), at)).collect();
        DepartmentNames { departments: &self.departments, by_id, by_name }
    }

    /// Returns the given measures by their names; the only plan among them is also "kế hoạch".
    pub fn measure_names(&self, measures: impl IntoIterator<Item = Measure>) -> MeasureNames {
        let mut names = MeasureNames { by_id: BTreeMap::new(), by_title: BTreeMap::new() };
        for measure in measures {
            names.by_id.insert(measure.to_string(), measure);
        }
        let title = |measure: &Measure| fold(&self.measure_title(measure));
        for measure in names.by_id.values() {
            let shared = names.by_title.contains_key(&title(measure));
            names.by_title.insert(title(measure), Some(measure.clone()).filter(|_| !shared));
        }
        let mut plans = names.by_id.values().filter(|measure| matches!(measure, Measure::Target(_)));
        if let (Some(only), None) = (plans.next(), plans.next()) {
            names.by_title.entry(fold(PLAN)).or_insert_with(|| Some(only.clone()));
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::small;
    use super::*;
    use crate::model::id::TargetId;

    fn config() -> Config {
        let plans = "[[targets]]\nid = \"year\"\nname = \"kế hoạch năm\"\nheadings = []\n\
            [[targets]]\nid = \"half\"\nname = \"kế hoạch nửa năm\"\nheadings = []\n[outline]";
        Config::parse(&small().replace("[outline]", plans)).unwrap()
    }

    #[test]
    fn measures_are_named_by_id_or_title() {
        let target = |id: &str| Measure::Target(TargetId::new(id));
        let config = config();
        let both = config.measure_names([target("year"), target("half"), Measure::Actual, Measure::LastYear]);
        let one = config.measure_names([target("half"), Measure::Actual]);
        for (text, of_both, of_one) in [
            ("actual", Some(Measure::Actual), Some(Measure::Actual)),
            ("Thực  hiện", Some(Measure::Actual), Some(Measure::Actual)),
            ("cùng kì năm trước", Some(Measure::LastYear), None),
            ("target.year", Some(target("year")), None),
            ("KẾ HOẠCH NĂM", Some(target("year")), None),
            ("kế hoạch", None, Some(target("half"))),
            ("", None, None),
            ("nhiều", None, None),
        ] {
            assert_eq!(both.find(text), of_both.as_ref(), "{text}");
            assert_eq!(one.find(text), of_one.as_ref(), "{text}");
        }
    }

    #[test]
    fn departments_are_named_as_they_say_themselves() {
        let config = config();
        let names = config.department_names();
        for text in config.departments.iter().flat_map(|d| [d.id.as_str().to_owned(), d.name.to_uppercase()]) {
            let found: Vec<_> = names.find(&text).map(|d| &d.id).collect();
            let expected: Vec<_> = config.departments.iter().filter(|d| d.is_named(&text)).map(|d| &d.id).collect();
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(names.find("phòng lạ").count(), 0);
    }
}
