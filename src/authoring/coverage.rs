//! Computes what the tests of each sector reach: lines of its rules, and its declared indicators and topics.
//!
//! Input: the runs of cases. Output: for each subject the items that no test reached. Not here: a verdict.

use super::case_run::CaseRun;
use super::subject::TestSubject;
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::model::id::{FilePath, SectorId};
use tonghop_core::model::quantity::Amount;
use tonghop_rules::{Coverage, Rules};

/// The folder of the shared rule libraries.
const LIBRARIES: &str = "plugins/lib/";

/// The reached and missed items of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach<T> {
    /// The number of items that some case reached.
    pub reached: usize,
    /// The number of all items.
    pub all: usize,
    /// The missed items, in their order.
    pub missed: Vec<T>,
}

impl<T> Reach<T> {
    fn count(things: impl IntoIterator<Item = (T, bool)>) -> Self {
        let mut reach = Self { reached: 0, all: 0, missed: Vec::new() };
        for (thing, reached) in things {
            reach.all += 1;
            if reached { reach.reached += 1 } else { reach.missed.push(thing) }
        }
        reach
    }
}

/// The coverage of one rule file or shared library.
#[derive(Clone, Debug)]
pub struct SubjectCoverage {
    /// The rule file, or the library under `plugins/lib/`.
    pub file: FilePath,
    /// The lines of functions, counted from 1.
    pub lines: Reach<u32>,
    /// The indicators; reached if they have a figure in some case.
    pub indicators: Reach<String>,
    /// The topics and open tables; reached if they have text or rows in some case.
    pub topics: Reach<String>,
}

/// Collects what the cases reached.
pub struct CoverageCollector {
    /// All executable lines.
    executable_lines: Coverage,
    lines: BTreeMap<String, Coverage>,
    reached_names: BTreeMap<String, BTreeSet<String>>,
}

impl CoverageCollector {
    /// Creates a collector; `all` is the coverage after loading the rules.
    pub fn new(all: Coverage) -> Self {
        Self { executable_lines: all, lines: BTreeMap::new(), reached_names: BTreeMap::new() }
    }

    /// Adds a case of a subject.
    pub fn add(&mut self, subject: &str, case_run: &CaseRun) {
        self.lines.entry(subject.to_owned()).or_default().merge(case_run.coverage.clone());
        let reached = self.reached_names.entry(subject.to_owned()).or_default();
        if let Some(sector) = &case_run.outcome.sector {
            let has_figure = |row: &&tonghop_core::model::sector::IndicatorRow| {
                row.figures.iter().any(|figure| figure.amount != Amount::Missing)
            };
            reached.extend(sector.rows.iter().filter(has_figure).map(|row| row.indicator.to_string()));
            let topics = case_run.dataset.narrative.keys().filter(|(id, _)| *id == sector.decl.id);
            reached.extend(topics.map(|(_, key)| key.clone()));
            let tables =
                case_run.dataset.records.iter().filter(|((id, _), table)| *id == sector.decl.id && !table.is_empty());
            reached.extend(tables.map(|((_, name), _)| name.to_string()));
        }
    }

    /// Returns the coverage of each subject, then of the shared libraries.
    pub fn report(&self, rules: &Rules, subjects: &[String]) -> Vec<SubjectCoverage> {
        let own = subjects.iter().filter_map(|subject| self.subject_coverage(rules, subject));
        own.chain(self.library_coverage()).collect()
    }

    fn subject_coverage(&self, rules: &Rules, subject: &str) -> Option<SubjectCoverage> {
        let plugin = rules.sectors.iter().find(|plugin| plugin.decl.id == SectorId::new(subject));
        let file = TestSubject::find(rules, subject)?.rule_file(rules)?.clone();
        let touched = |name: &str| self.reached_names.get(subject).is_some_and(|touched| touched.contains(name));
        let named = |names: Vec<&str>| Reach::count(names.into_iter().map(|name| (name.to_owned(), touched(name))));
        let indicators = plugin.iter().flat_map(|p| &p.decl.indicators).map(|i| i.id.as_str()).collect();
        let words = plugin.iter().flat_map(|p| &p.decl.narrative).map(|topic| topic.key.as_str());
        let tables = plugin.iter().flat_map(|p| &p.decl.records).map(|records| records.name.as_str());
        let topics = words.chain(tables).collect();
        let lines = reached_lines(&self.lines_reached_by([subject]), &file);
        Some(SubjectCoverage { file, lines, indicators: named(indicators), topics: named(topics) })
    }

    fn library_coverage(&self) -> Vec<SubjectCoverage> {
        let all = self.lines_reached_by(self.lines.keys().map(String::as_str));
        let libraries = all.files().filter(|(file, _)| file.as_str().starts_with(LIBRARIES));
        let reach = libraries.map(|(file, _)| SubjectCoverage {
            file: file.clone(),
            lines: reached_lines(&all, file),
            indicators: Reach::default(),
            topics: Reach::default(),
        });
        reach.collect()
    }

    /// Returns all lines, with those marked that the cases of these subjects reached.
    fn lines_reached_by<'s>(&self, subjects: impl IntoIterator<Item = &'s str>) -> Coverage {
        let mut all = self.executable_lines.clone();
        subjects.into_iter().filter_map(|subject| self.lines.get(subject)).for_each(|lines| all.merge(lines.clone()));
        all
    }
}

fn reached_lines(coverage: &Coverage, file: &FilePath) -> Reach<u32> {
    let of_file = coverage.files().filter(|(of, _)| *of == file);
    Reach::count(of_file.flat_map(|(_, lines)| lines).map(|(line, ran)| (*line, *ran)))
}
