//! Finds the measures that the office's files name in words.
//!
//! Input: the settings and a text as written. Output: the measure that it names. Not here: departments,
//! indicators, headings of workbooks.

use super::Config;
use crate::model::measure::Measure;
use crate::vi::fold::fold;
use std::collections::BTreeMap;

/// The word for a plan, which is enough where there is only one.
const PLAN: &str = "kế hoạch";

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
    use super::*;
    use crate::model::id::TargetId;
    use tonghop_testing::minimal_settings;

    fn config() -> Config {
        let rest = "[[targets]]\nid = \"year\"\nname = \"kế hoạch năm\"\nheadings = []\n\
            [[targets]]\nid = \"half\"\nname = \"kế hoạch nửa năm\"\nheadings = []\n\
            [outline]\nletters = [\"a\"]\nheadings = []";
        Config::parse(&minimal_settings("departments = []", rest)).unwrap()
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
}
