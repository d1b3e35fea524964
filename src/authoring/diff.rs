//! Compares two runs: every figure with the reasons of its change, sentences, shortfalls and problems.
//!
//! Input: two snapshots. Output: a [`Difference`], in the order of the newer run. Not here: formatting it as text.

use super::change_reason::{ChangeReason, change_reasons};
use super::snapshot::{ShortfallWithRule, Snapshot, SnapshotOccurrence, SnapshotProblem};
use crate::authoring::figure_state::{FigureState, FigureValue, index_figures};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The difference between two runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Difference {
    /// The figures that differ, in the order of the newer run, then those that only the older one has.
    pub figures: Vec<FigureChange>,
    /// The shortfalls, compared by sector and indicator, or by sentence if they have no indicator.
    pub shortfalls: ListDifference<ShortfallWithRule>,
    /// The problems, compared by code, places without rule lines, and message.
    pub problems: ListDifference<SnapshotProblem>,
    /// The sentences, compared by their exact text.
    pub sentences: ListDifference<String>,
}

/// The items that only the newer and that only the older run has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListDifference<T> {
    /// In the order of the newer run.
    pub new: Vec<T>,
    /// In the order of the older run.
    pub gone: Vec<T>,
}

/// The change of a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureChange {
    /// The name of the figure; with its place in the report if no sector states it.
    pub id: String,
    /// The sector that states it; `None` for one that only a sentence holds.
    pub stated_by: Option<String>,
    /// The label of its indicator; empty if no sector states the figure.
    pub label: String,
    /// How it changed.
    pub kind: FigureChangeKind,
    /// The older value; `None` if only the newer run has the figure.
    pub old: Option<FigureValue>,
    /// The newer value; `None` if only the older run has the figure.
    pub new: Option<FigureValue>,
    /// The places of the report where it is printed differently.
    pub printed: Vec<PrintedChange>,
    /// The reasons, cells before files; empty if no input explains the change.
    pub why: Vec<ChangeReason>,
}

/// How a figure changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureChangeKind {
    /// Another number, unit or status.
    Changed,
    /// Only the newer run has it.
    New,
    /// Only the older run has it.
    Gone,
    /// The same number, printed differently or in more or fewer places.
    Reworded,
}

/// The printed text of an occurrence in both runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrintedChange {
    /// The id as in `traces.json`: the name of the figure, its heading and a count.
    pub id: String,
    /// The path of the heading that it is under.
    pub section: String,
    /// The older text; `None` if the older run does not print it there.
    pub old: Option<String>,
    /// The newer text; `None` if the newer run does not print it there.
    pub new: Option<String>,
}

impl<T> Default for ListDifference<T> {
    fn default() -> Self {
        Self { new: Vec::new(), gone: Vec::new() }
    }
}

impl<T> ListDifference<T> {
    /// Returns whether both runs have the same items.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty()
    }
}

impl<T: Clone> ListDifference<T> {
    /// Compares two lists by a key; items with equal keys are paired one by one.
    pub(super) fn between<K: Ord>(old: &[T], new: &[T], key: impl Fn(&T) -> K) -> Self {
        let only = |these: &[T], those: &[T]| {
            let mut paired: BTreeMap<K, usize> = BTreeMap::new();
            those.iter().for_each(|item| *paired.entry(key(item)).or_default() += 1);
            let unpaired = |item: &&T| match paired.get_mut(&key(item)) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    false
                }
                _ => true,
            };
            these.iter().filter(unpaired).cloned().collect()
        };
        Self { new: only(new, old), gone: only(old, new) }
    }
}

impl Difference {
    /// Compares two runs.
    pub fn between(old: &Snapshot, new: &Snapshot) -> Self {
        let same_shortfall = |ShortfallWithRule { stated: shortfall, .. }: &ShortfallWithRule| {
            let general = shortfall.indicator.is_none().then(|| shortfall.statement.clone());
            (shortfall.sector.clone(), shortfall.indicator.clone(), general)
        };
        Self {
            figures: compare_figures(old, new),
            shortfalls: ListDifference::between(&old.shortfalls, &new.shortfalls, same_shortfall),
            problems: compare_problems(&old.problems, &new.problems),
            sentences: ListDifference::between(&old.sentences, &new.sentences, String::clone),
        }
    }

    /// Returns whether nothing differs.
    pub fn is_empty(&self) -> bool {
        let Self { figures, shortfalls, problems, sentences } = self;
        figures.is_empty() && shortfalls.is_empty() && problems.is_empty() && sentences.is_empty()
    }

    /// Returns the number of figures with this kind of change.
    pub fn count(&self, kind: FigureChangeKind) -> usize {
        self.figures.iter().filter(|figure| figure.kind == kind).count()
    }
}

/// Compares the problems of two runs; a problem whose rule line only moved is the same.
pub fn compare_problems(old: &[SnapshotProblem], new: &[SnapshotProblem]) -> ListDifference<SnapshotProblem> {
    ListDifference::between(old, new, |problem| {
        let places: Vec<String> = problem.places.iter().map(|place| without_line(place).to_owned()).collect();
        (problem.code.clone(), places, problem.message.clone())
    })
}

/// Removes the line number of a rule place such as `plugins/a.lua:12`.
fn without_line(place: &str) -> &str {
    match place.rsplit_once(':') {
        Some((file, line)) if file.ends_with(".lua") && line.bytes().all(|byte| byte.is_ascii_digit()) => file,
        _ => place,
    }
}

fn compare_figures(old: &Snapshot, new: &Snapshot) -> Vec<FigureChange> {
    let stated: BTreeSet<&str> = old.figures.iter().chain(&new.figures).map(|figure| figure.id.as_str()).collect();
    let (before, after) = (index_figures(old, &stated), index_figures(new, &stated));
    let nothing = FigureState::default();
    let order = after.order.iter().chain(before.order.iter().filter(|id| !after.figures.contains_key(*id)));
    let change = |id: &&str| {
        let (was, is) = (before.figures.get(id).unwrap_or(&nothing), after.figures.get(id).unwrap_or(&nothing));
        compare_figure(id, was, is).map(|change| FigureChange { why: change_reasons(was, is, old, new), ..change })
    };
    order.filter_map(change).collect()
}

/// Returns the change of a figure, if there is one.
fn compare_figure(id: &str, was: &FigureState<'_>, is: &FigureState<'_>) -> Option<FigureChange> {
    let (old, new) = (was.value(), is.value());
    let printed = compare_printed(&was.printed, &is.printed);
    let kind = match (&old, &new) {
        (None, _) => FigureChangeKind::New,
        (_, None) => FigureChangeKind::Gone,
        (old, new) if old != new => FigureChangeKind::Changed,
        _ if printed.is_empty() => return None,
        _ => FigureChangeKind::Reworded,
    };
    let stated = is.stated.or(was.stated);
    let label = stated.map(|figure| figure.label.clone()).unwrap_or_default();
    let stated_by = stated.map(|figure| figure.stated_by.clone());
    Some(FigureChange { id: id.to_owned(), stated_by, label, kind, old, new, printed, why: Vec::new() })
}

fn compare_printed(was: &[&SnapshotOccurrence], is: &[&SnapshotOccurrence]) -> Vec<PrintedChange> {
    let find = |among: &[&SnapshotOccurrence], id: &str| among.iter().find(|o| o.id == id).map(|o| o.text.clone());
    let gone = was.iter().filter(|o| find(is, &o.id).is_none());
    let all = is.iter().chain(gone).map(|o| PrintedChange {
        id: o.id.clone(),
        section: o.section.clone(),
        old: find(was, &o.id),
        new: find(is, &o.id),
    });
    all.filter(|printed| printed.old != printed.new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::diag::Severity;
    use tonghop_core::model::run_results::StatedFigure;

    fn figure(id: &str, value: &str, cells: &[&str]) -> StatedFigure {
        StatedFigure {
            id: id.into(),
            stated_by: id.into(),
            label: id.into(),
            value: value.into(),
            unit: "con".into(),
            estimate: false,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            settings: Vec::new(),
            rule: "plugins/herd.lua:3".into(),
        }
    }

    fn snapshot(figures: Vec<StatedFigure>, cells: &[(&str, &str)]) -> Snapshot {
        let cells = cells.iter().map(|(key, raw)| ((*key).to_owned(), (*raw).to_owned())).collect();
        Snapshot { figures, cells, ..Snapshot::default() }
    }

    #[test]
    fn figures_are_changed_new_or_gone() {
        let old = snapshot(vec![figure("a", "1", &["f [s] A1"]), figure("b", "2", &[])], &[("f [s] A1", "1")]);
        let new = snapshot(vec![figure("c", "5", &[]), figure("a", "3", &["f [s] A1"])], &[("f [s] A1", "3")]);
        let difference = Difference::between(&old, &new);
        let changes: Vec<(&str, FigureChangeKind)> =
            difference.figures.iter().map(|f| (f.id.as_str(), f.kind)).collect();
        assert_eq!(
            changes,
            [("c", FigureChangeKind::New), ("a", FigureChangeKind::Changed), ("b", FigureChangeKind::Gone)]
        );
        let cell = ChangeReason::Cell { cell: "f [s] A1".into(), old: Some("1".into()), new: Some("3".into()) };
        assert_eq!(difference.figures[1].why, [cell]);
        assert!(Difference::between(&new, &new).is_empty());
    }

    #[test]
    fn a_borrowed_figure_is_compared_once_where_it_is_declared() {
        let borrowed = |value: &str| StatedFigure { stated_by: "other".into(), ..figure("herd.a", value, &[]) };
        let own = |value: &str| StatedFigure { stated_by: "herd".into(), ..figure("herd.a", value, &[]) };
        let (old, new) = (snapshot(vec![borrowed("1"), own("1")], &[]), snapshot(vec![own("2"), borrowed("2")], &[]));
        let changes = Difference::between(&old, &new).figures;
        let changes: Vec<_> = changes.iter().map(|f| (f.id.as_str(), f.stated_by.as_deref(), f.kind)).collect();
        assert_eq!(changes, [("herd.a", Some("herd"), FigureChangeKind::Changed)]);
    }

    #[test]
    fn a_problem_whose_line_moved_is_the_same() {
        let problem = |place: &str| SnapshotProblem {
            code: "check-rounding".into(),
            severity: Severity::Note,
            places: vec![place.into()],
            message: "x".into(),
            hint: None,
        };
        let with = |places: &[&str]| -> Vec<SnapshotProblem> { places.iter().map(|place| problem(place)).collect() };
        let moved = compare_problems(&with(&["plugins/a.lua:3"]), &with(&["plugins/a.lua:9"]));
        assert!(moved.is_empty());
        let second = compare_problems(&with(&["plugins/a.lua:3"]), &with(&["plugins/a.lua:3", "plugins/a.lua:4"]));
        assert_eq!((second.new.len(), second.gone.len()), (1, 0));
        let other = compare_problems(&with(&["f.xlsx [S] A1"]), &with(&["f.xlsx [S] A2"]));
        assert_eq!((other.new.len(), other.gone.len()), (1, 1));
    }
}
