//! Finds the indicators that the office's files name.
//!
//! Input: the declarations and a text as written: `sector.indicator`, or a label in any accepted spelling. Output: the
//! indicators that it names. Not here: rows of workbooks, near misses.

use crate::model::id::DepartmentId;
use crate::model::indicator::{IndicatorDecl, SectorDecl};
use crate::vi::fold::fold;
use std::collections::{BTreeMap, BTreeSet};

/// All indicators by their names, so that a long file costs no search per line.
#[derive(Debug)]
pub struct IndicatorNames<'s> {
    sectors: Vec<(&'s SectorDecl, BTreeSet<&'s DepartmentId>)>,
    by_id: BTreeMap<(&'s str, &'s str), Place>,
    /// The indicators of each folded spelling, whichever department may use it.
    by_label: BTreeMap<String, Vec<Place>>,
}

/// The index of a sector, and that of an indicator in it.
type Place = (usize, usize);

impl<'s> IndicatorNames<'s> {
    /// Collects the names of all indicators; of equal ids the first one counts.
    pub fn new(sectors: impl IntoIterator<Item = &'s SectorDecl>) -> Self {
        let with_departments = |sector: &'s SectorDecl| (sector, sector.departments.iter().collect());
        let sectors: Vec<(&SectorDecl, BTreeSet<&DepartmentId>)> = sectors.into_iter().map(with_departments).collect();
        let (mut by_id, mut by_label) = (BTreeMap::new(), BTreeMap::<String, Vec<Place>>::new());
        for (sector_at, (sector, _)) in sectors.iter().enumerate() {
            for (at, decl) in sector.indicators.iter().enumerate() {
                let place = (sector_at, at);
                by_id.entry((sector.id.as_str(), decl.id.as_str())).or_insert(place);
                // Of an indicator in two sectors, the one that receives it from departments has the label.
                let labels = decl.all_spellings().filter(|_| decl.source_indicator.is_none()).map(fold);
                for label in labels.collect::<BTreeSet<String>>() {
                    by_label.entry(label).or_default().push(place);
                }
            }
        }
        Self { sectors, by_id, by_label }
    }

    /// Returns the index of the sector and that of the indicator for each indicator that a text names.
    ///
    /// With a department, only those of its sectors, and in the spellings that it may use.
    pub fn find(&self, text: &str, department: Option<&DepartmentId>) -> Vec<(usize, usize)> {
        let is_own = |(sector, _): &Place| department.is_none_or(|id| self.sectors[*sector].1.contains(id));
        if let Some(place) = text.split_once('.').and_then(|id| self.by_id.get(&id)).filter(|place| is_own(place)) {
            return vec![*place];
        }
        let folded = fold(text);
        let named = self.by_label.get(&folded).map(Vec::as_slice).unwrap_or_default();
        let may_use = |place: &&Place| self.decl(**place).1.spellings(department).any(|label| fold(label) == folded);
        named.iter().filter(|place| is_own(place)).filter(may_use).copied().collect()
    }

    /// Returns the declarations of an indicator that [`Self::find`] returned.
    pub fn decl(&self, (sector, indicator): (usize, usize)) -> (&'s SectorDecl, &'s IndicatorDecl) {
        let (sector, _) = self.sectors[sector];
        (sector, &sector.indicators[indicator])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{FilePath, SectionPath, SectorId};
    use crate::model::indicator::AcceptedLabel;
    use crate::model::quantity::Unit;

    fn sector(id: &str, department: &str, indicators: &[(&str, &str)]) -> SectorDecl {
        let decl = |(id, label): &(&str, &str)| IndicatorDecl::new(*id, *label, Unit::none());
        SectorDecl {
            id: SectorId::new(id),
            title: id.to_owned(),
            section: SectionPath::new("I"),
            departments: vec![DepartmentId::new(department)],
            targets: vec![],
            measures: vec![],
            indicators: indicators.iter().map(decl).collect(),
            narrative: vec![],
            records: vec![],
            file: FilePath::new("plugins/s.lua"),
        }
    }

    #[test]
    fn indicators_are_named_by_id_or_label() {
        let mut herd = sector("herd", "phong-a", &[("total", "Tổng đàn"), ("pigs", "Đàn lợn")]);
        let word = AcceptedLabel { text: "Heo".to_owned(), department: Some(DepartmentId::new("phong-a")) };
        herd.indicators[1].accepted_labels.push(word);
        let sectors = [herd, sector("fish", "phong-b", &[("total", "tổng  đàn")])];
        let names = IndicatorNames::new(&sectors);
        let (a, b) = (DepartmentId::new("phong-a"), DepartmentId::new("phong-b"));
        for (text, department, expected) in [
            ("herd.pigs", None, vec![(0, 1)]),
            ("herd.pigs", Some(&b), vec![]),
            ("Tổng đàn", None, vec![(0, 0), (1, 0)]),
            ("TỔNG ĐÀN", Some(&b), vec![(1, 0)]),
            ("Heo", Some(&a), vec![(0, 1)]),
            ("Heo", None, vec![]),
            ("herd.fish", None, vec![]),
            ("", None, vec![]),
        ] {
            assert_eq!(names.find(text, department), expected, "{text}");
        }
    }
}
