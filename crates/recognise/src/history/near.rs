//! Which indicator an unknown row may be: the nearest of its department that got no data, in the same unit.
//!
//! In come unknown rows and indicators without a row; out go proposals for a person to review. A row that could as
//! well be another indicator gets none. Never here: a row read under a name that nobody accepted.

use super::rows::RowsOf;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::drift::{Named, Proposal};
use tonghop_core::model::id::DepartmentId;
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::row::{RowPlace, SeenRow};
use tonghop_core::vi::fold::label;

/// How near, in thousandths, the labels must be.
const NEAR: u32 = 750;
/// How near they must be where the row stands exactly where the indicator's row was.
const NEAR_IN_PLACE: u32 = 300;
/// What standing there counts for.
const IN_PLACE: u32 = 1_000;
/// Longer labels, in letters, are sentences.
const LONGEST: usize = 200;
/// More unknown rows of one department are another form, not renamed rows.
const MOST_ROWS: usize = 2_000;

/// Proposes aliases for the unknown rows; `before` and `now` are the rows of indicators then and now.
pub(super) fn proposals(
    dataset: &Dataset,
    sectors: &[Arc<SectorDecl>],
    before: &RowsOf<'_>,
    now: &RowsOf<'_>,
) -> Vec<Proposal> {
    let mut unread: BTreeMap<&DepartmentId, Vec<Unknown<'_>>> = BTreeMap::new();
    for row in dataset.rows.unread() {
        unread.entry(&row.place.department).or_default().extend(Unknown::new(row));
    }
    let mut found = Vec::new();
    let mut taken = BTreeSet::new();
    for (department, rows) in unread.iter().filter(|(_, rows)| rows.len() <= MOST_ROWS) {
        let mut waiting = waiting(department, dataset, sectors, before, now);
        waiting.retain(|indicator| !taken.contains(&indicator.name.to_string()));
        for (row, indicator) in matched(pairs(rows, &waiting)) {
            let indicator = waiting[indicator].name.clone();
            taken.insert(indicator.to_string());
            found.push(Proposal { row: rows[row].row.place.clone(), indicator });
        }
    }
    found
}

/// A folded label with its words.
struct Label {
    text: String,
    letters: usize,
    words: BTreeSet<String>,
}

impl Label {
    fn new(written: &str) -> Self {
        let text = label(written);
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Self { letters: text.chars().count(), words: words.map(str::to_owned).collect(), text }
    }

    /// Returns how near another label is, in thousandths: by its words or by its letters, whichever is more.
    fn nearness(&self, other: &Self) -> u32 {
        let shared = self.words.intersection(&other.words).count();
        let words = self.words.len() + other.words.len();
        let by_words = (2_000 * shared).checked_div(words).and_then(|near| u32::try_from(near).ok()).unwrap_or(0);
        let single = words == 2;
        let (short, long) = (self.letters.min(other.letters), self.letters.max(other.letters));
        // Comparing letters is dear; labels without a common word or of very different length are not near by them.
        if (shared == 0 && !single) || 2 * short < long {
            return by_words;
        }
        let by_letters = (1_000.0 * strsim::normalized_damerau_levenshtein(&self.text, &other.text)) as u32;
        by_words.max(by_letters)
    }
}

/// A row that means nothing yet.
struct Unknown<'a> {
    row: &'a SeenRow,
    label: Label,
}

impl<'a> Unknown<'a> {
    fn new(row: &'a SeenRow) -> Option<Self> {
        let label = Label::new(&row.place.label);
        (1..=LONGEST).contains(&label.letters).then_some(Self { row, label })
    }
}

/// An indicator that waits for a row.
struct Waiting<'a> {
    name: Named,
    decl: &'a IndicatorDecl,
    declared: Vec<Label>,
    /// The row that gave it in the last run, and how that was called.
    before: Option<(&'a RowPlace, Label)>,
}

/// Returns the indicators of a department that no row gave.
fn waiting<'a>(
    department: &DepartmentId,
    dataset: &Dataset,
    sectors: &'a [Arc<SectorDecl>],
    before: &RowsOf<'a>,
    now: &RowsOf<'_>,
) -> Vec<Waiting<'a>> {
    let own = sectors.iter().filter(|sector| sector.departments.contains(department));
    let declared = own.flat_map(|sector| sector.indicators.iter().map(move |decl| (sector, decl)));
    let without_data = declared.filter(|(sector, decl)| {
        let id = (sector.id.clone(), decl.id.clone());
        let (sector, indicator) = id.clone();
        let actual = ObservationKey { sector, indicator, measure: Measure::Actual };
        let has_data = dataset.observations.contains_key(&actual) || dataset.names.contains_key(&id);
        decl.from.is_none() && !has_data && !now.contains_key(&id)
    });
    without_data
        .map(|(sector, decl)| {
            let id = (sector.id.clone(), decl.id.clone());
            let before = before.get(&id).copied().filter(|row| row.department == *department);
            let before = before.map(|row| (row, Label::new(&row.label)));
            let name = Named { sector: id.0, indicator: id.1, label: decl.label.clone() };
            Waiting { name, decl, declared: decl.spellings(Some(department)).map(Label::new).collect(), before }
        })
        .collect()
}

/// A row and an indicator by their places, with how near they are.
type Pair = (u32, usize, usize);

/// Returns what is near enough, the nearest first.
fn pairs(rows: &[Unknown<'_>], waiting: &[Waiting<'_>]) -> Vec<Pair> {
    let indicators = |row: usize| (0..waiting.len()).map(move |indicator| (row, indicator));
    let all = (0..rows.len()).flat_map(indicators);
    let mut near: Vec<Pair> = all.filter_map(|(row, at)| Some((score(&rows[row], &waiting[at])?, row, at))).collect();
    near.sort_by_key(|(score, row, indicator)| (std::cmp::Reverse(*score), *row, *indicator));
    near
}

/// Returns how near a row and an indicator are, if near enough.
fn score(row: &Unknown<'_>, indicator: &Waiting<'_>) -> Option<u32> {
    let fits = row.row.unit.as_ref().is_none_or(|unit| unit.same_base(&indicator.decl.unit));
    // A row of that very name was not read for another reason than its name.
    if !fits || indicator.declared.iter().any(|declared| declared.text == row.label.text) {
        return None;
    }
    let then = indicator.before.as_ref().map(|(_, then)| then);
    let nearest = indicator.declared.iter().chain(then).map(|known| known.nearness(&row.label)).max()?;
    let here = &row.row.place;
    let stood_here = |(was, _): &(&RowPlace, Label)| was.sheet == here.sheet && was.cell.row == here.cell.row;
    if indicator.before.as_ref().is_some_and(stood_here) {
        return (nearest >= NEAR_IN_PLACE).then_some(nearest + IN_PLACE);
    }
    (nearest >= NEAR).then_some(nearest)
}

/// Takes the nearest pairs, each row and indicator once; of those that are equally near, none.
fn matched(pairs: Vec<Pair>) -> Vec<(usize, usize)> {
    let (mut rows, mut indicators) = (BTreeSet::new(), BTreeSet::new());
    let mut taken = Vec::new();
    for equal in pairs.chunk_by(|a, b| a.0 == b.0) {
        let free: Vec<&Pair> =
            equal.iter().filter(|(_, row, at)| !rows.contains(row) && !indicators.contains(at)).collect();
        for (_, row, indicator) in &free {
            let rivals = free.iter().filter(|(_, other, at)| other == row || at == indicator).count();
            if rivals == 1 {
                taken.push((*row, *indicator));
            }
        }
        rows.extend(free.iter().map(|(_, row, _)| *row));
        indicators.extend(free.iter().map(|(_, _, indicator)| *indicator));
    }
    taken.sort_unstable();
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renamed_rows_are_near_and_others_are_not() {
        for (one, other, near) in [
            ("tổng mức bán lẻ hàng hóa", "tổng mức bán lẻ hàng hóa, dịch vụ", true),
            ("số vụ tai nạn giao thông", "tai nạn giao thông: số vụ", true),
            ("đàn trâu", "đàn trâu bò", true),
            ("đàn trâu", "đàn trâi", true),
            ("đàn trâu", "đàn bò", false),
            ("diện tích lúa", "sản lượng lúa", false),
            ("", "đàn bò", false),
        ] {
            let (one, other) = (Label::new(one), Label::new(other));
            let nearness = one.nearness(&other);
            assert_eq!(nearness >= NEAR, near, "{} | {}: {nearness}", one.text, other.text);
            assert_eq!(nearness, other.nearness(&one));
        }
    }

    #[test]
    fn what_is_equally_near_is_not_taken() {
        for (pairs, taken) in [
            (vec![(900, 0, 0), (800, 0, 1), (800, 1, 1)], vec![(0, 0), (1, 1)]),
            (vec![(900, 0, 0), (900, 1, 0)], vec![]),
            (vec![(900, 0, 0), (900, 0, 1), (800, 1, 1)], vec![]),
            (vec![], vec![]),
        ] {
            assert_eq!(matched(pairs.clone()), taken, "{pairs:?}");
        }
    }
}
