//! Suggests for an unknown row the most similar indicator of its department without data, in the same unit.
//!
//! Input: unknown rows, and indicators without a row. Output: suggested aliases for review; none for a row that fits
//! several indicators equally well. Not here: reading a row under a label that has not been accepted.

use super::rows::RowsByIndicator;
use crate::matching::similarity::FoldedLabel;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::id::DepartmentId;
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::row::{RecognisedRow, RowPlace};
use tonghop_core::model::row_changes::{AliasSuggestion, LabelledIndicator};

/// The least similarity of two labels, in thousandths.
const MIN_SIMILARITY: u32 = 750;
/// The least similarity if the row is exactly where the indicator's row was.
const MIN_SIMILARITY_IN_PLACE: u32 = 300;
/// The additional score of such a row.
const IN_PLACE_BONUS: u32 = 1_000;
/// The most letters of a label; longer ones are sentences.
const MAX_LABEL_LETTERS: usize = 200;
/// The most unknown rows of a department; more are another form, not renamed rows.
const MAX_UNKNOWN_ROWS: usize = 2_000;

/// Suggests aliases for the unknown rows; `before` and `now` are the rows of the indicators then and now.
pub(super) fn suggest_aliases(
    dataset: &Dataset,
    sectors: &[Arc<SectorDecl>],
    before: &RowsByIndicator<'_>,
    now: &RowsByIndicator<'_>,
) -> Vec<AliasSuggestion> {
    let mut unread: BTreeMap<&DepartmentId, Vec<UnknownRow<'_>>> = BTreeMap::new();
    for row in dataset.rows.unknown() {
        unread.entry(&row.place.department).or_default().extend(UnknownRow::new(row));
    }
    let without_data = indicators_without_data(dataset, sectors, now);
    let mut own: BTreeMap<&DepartmentId, Vec<(&SectorDecl, &IndicatorDecl)>> = BTreeMap::new();
    for (sector, indicators) in sectors.iter().zip(&without_data) {
        for department in
            sector.departments.iter().filter(|department| unread.contains_key(department)).collect::<BTreeSet<_>>()
        {
            own.entry(department).or_default().extend(indicators.iter().map(|decl| (&**sector, *decl)));
        }
    }
    let mut found = Vec::new();
    let mut used_indicators = BTreeSet::new();
    for (department, rows) in unread.iter().filter(|(_, rows)| rows.len() <= MAX_UNKNOWN_ROWS) {
        let mut unmatched =
            unmatched_indicators(department, own.get(department).map(Vec::as_slice).unwrap_or_default(), before);
        unmatched.retain(|indicator| !used_indicators.contains(&indicator.name.to_string()));
        for (row, indicator) in select_pairs(scored_pairs(rows, &unmatched)) {
            let indicator = unmatched[indicator].name.clone();
            used_indicators.insert(indicator.to_string());
            found.push(AliasSuggestion { row: rows[row].row.place.clone(), indicator });
        }
    }
    found
}

/// A row that matches no indicator.
struct UnknownRow<'a> {
    row: &'a RecognisedRow,
    label: FoldedLabel,
}

impl<'a> UnknownRow<'a> {
    fn new(row: &'a RecognisedRow) -> Option<Self> {
        let label = FoldedLabel::new(&row.place.label);
        (1..=MAX_LABEL_LETTERS).contains(&label.letters).then_some(Self { row, label })
    }
}

/// An indicator without a row.
struct UnmatchedIndicator<'a> {
    name: LabelledIndicator,
    decl: &'a IndicatorDecl,
    declared: Vec<FoldedLabel>,
    /// Its row in the last run, and the label of that row.
    before: Option<(&'a RowPlace, FoldedLabel)>,
}

/// Returns the indicators of each sector without data and without a row.
fn indicators_without_data<'a>(
    dataset: &Dataset,
    sectors: &'a [Arc<SectorDecl>],
    now: &RowsByIndicator<'_>,
) -> Vec<Vec<&'a IndicatorDecl>> {
    let is_without_data = |sector: &SectorDecl, decl: &IndicatorDecl| {
        let id = (sector.id.clone(), decl.id.clone());
        let (sector, indicator) = id.clone();
        let actual = ObservationKey { sector, indicator, measure: Measure::Actual };
        let has_data = dataset.observations.contains_key(&actual) || dataset.names.contains_key(&id);
        decl.source_indicator.is_none() && !has_data && !now.contains_key(&id)
    };
    let of_sector = |sector: &'a Arc<SectorDecl>| {
        sector.indicators.iter().filter(|decl| is_without_data(sector, decl)).collect::<Vec<_>>()
    };
    sectors.iter().map(of_sector).collect()
}

/// Returns the indicators of a department without a row, from those of its sectors.
fn unmatched_indicators<'a>(
    department: &DepartmentId,
    without_data: &[(&'a SectorDecl, &'a IndicatorDecl)],
    before: &RowsByIndicator<'a>,
) -> Vec<UnmatchedIndicator<'a>> {
    without_data
        .iter()
        .map(|(sector, decl)| {
            let id = (sector.id.clone(), decl.id.clone());
            let before = before.get(&id).copied().filter(|row| row.department == *department);
            let before = before.map(|row| (row, FoldedLabel::new(&row.label)));
            let name = LabelledIndicator { sector: id.0, indicator: id.1, label: decl.label.clone() };
            UnmatchedIndicator {
                name,
                decl,
                declared: decl.spellings(Some(department)).map(FoldedLabel::new).collect(),
                before,
            }
        })
        .collect()
}

/// A score with the indexes of a row and an indicator.
type ScoredPair = (u32, usize, usize);

/// Returns the pairs that are similar enough, the highest score first.
fn scored_pairs(rows: &[UnknownRow<'_>], unmatched: &[UnmatchedIndicator<'_>]) -> Vec<ScoredPair> {
    let indicators = |row: usize| (0..unmatched.len()).map(move |indicator| (row, indicator));
    let all = (0..rows.len()).flat_map(indicators);
    let mut scored: Vec<ScoredPair> =
        all.filter_map(|(row, at)| Some((score(&rows[row], &unmatched[at])?, row, at))).collect();
    scored.sort_by_key(|(score, row, indicator)| (std::cmp::Reverse(*score), *row, *indicator));
    scored
}

/// Returns the score of a row for an indicator, if they are similar enough.
fn score(row: &UnknownRow<'_>, indicator: &UnmatchedIndicator<'_>) -> Option<u32> {
    let fits = row.row.unit.as_ref().is_none_or(|unit| unit.has_same_base(&indicator.decl.unit));
    // A row with exactly this label was left unread for another reason.
    if !fits || indicator.declared.iter().any(|declared| declared.text == row.label.text) {
        return None;
    }
    let then = indicator.before.as_ref().map(|(_, then)| then);
    let nearest = indicator.declared.iter().chain(then).map(|known| known.similarity(&row.label)).max()?;
    let here = &row.row.place;
    let was_here = |(was, _): &(&RowPlace, FoldedLabel)| was.sheet == here.sheet && was.cell.row == here.cell.row;
    if indicator.before.as_ref().is_some_and(was_here) {
        return (nearest >= MIN_SIMILARITY_IN_PLACE).then_some(nearest + IN_PLACE_BONUS);
    }
    (nearest >= MIN_SIMILARITY).then_some(nearest)
}

/// Selects the pairs with the highest scores, each row and indicator once; none of several with equal scores.
fn select_pairs(pairs: Vec<ScoredPair>) -> Vec<(usize, usize)> {
    let (mut rows, mut indicators) = (BTreeSet::new(), BTreeSet::new());
    let mut selected = Vec::new();
    for equal in pairs.chunk_by(|a, b| a.0 == b.0) {
        let free: Vec<&ScoredPair> =
            equal.iter().filter(|(_, row, at)| !rows.contains(row) && !indicators.contains(at)).collect();
        for (_, row, indicator) in &free {
            let rivals = free.iter().filter(|(_, other, at)| other == row || at == indicator).count();
            if rivals == 1 {
                selected.push((*row, *indicator));
            }
        }
        rows.extend(free.iter().map(|(_, row, _)| *row));
        indicators.extend(free.iter().map(|(_, _, indicator)| *indicator));
    }
    selected.sort_unstable();
    selected
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::sector;
    use tonghop_core::model::cell::CellRef;
    use tonghop_core::model::figure::Figure;
    use tonghop_core::model::id::{FilePath, IndicatorId, SectorId, SheetName, TargetId};
    use tonghop_core::model::indicator::AcceptedLabel;
    use tonghop_core::model::measure::FigureName;
    use tonghop_core::model::quantity::Unit;
    use tonghop_core::model::row::RowMeaning;
    use tonghop_core::vi::unit;

    #[test]
    fn renamed_rows_are_similar_and_others_are_not() {
        for (one, other, near) in [
            ("tổng mức bán lẻ hàng hóa", "tổng mức bán lẻ hàng hóa, dịch vụ", true),
            ("số vụ tai nạn giao thông", "tai nạn giao thông: số vụ", true),
            ("đàn trâu", "đàn trâu bò", true),
            ("đàn trâu", "đàn trâi", true),
            ("đàn trâu", "đàn bò", false),
            ("diện tích lúa", "sản lượng lúa", false),
            ("", "đàn bò", false),
        ] {
            let (one, other) = (FoldedLabel::new(one), FoldedLabel::new(other));
            let nearness = one.similarity(&other);
            assert_eq!(nearness >= MIN_SIMILARITY, near, "{} | {}: {nearness}", one.text, other.text);
            assert_eq!(nearness, other.similarity(&one));
        }
    }

    #[test]
    fn equally_similar_pairs_are_not_selected() {
        for (pairs, taken) in [
            (vec![(900, 0, 0), (800, 0, 1), (800, 1, 1)], vec![(0, 0), (1, 1)]),
            (vec![(900, 0, 0), (900, 1, 0)], vec![]),
            (vec![(900, 0, 0), (900, 0, 1), (800, 1, 1)], vec![]),
            (vec![(900, 0, 0), (900, 1, 0), (800, 1, 1), (700, 2, 1)], vec![(2, 1)]),
            (vec![(900, 1, 1), (900, 0, 0), (800, 0, 1), (800, 1, 0)], vec![(0, 0), (1, 1)]),
            (vec![(900, 0, 1), (800, 1, 1), (800, 0, 0)], vec![(0, 1)]),
            (vec![], vec![]),
        ] {
            assert_eq!(select_pairs(pairs.clone()), taken, "{pairs:?}");
        }
    }

    const HERD: &str = "Đàn trâu cày kéo của huyện";
    /// Similar enough anywhere.
    const RENAMED: &str = "Đàn trâu cày kéo toàn huyện";
    /// Similar enough only in the old place.
    const SHORTENED: &str = "Đàn trâu";

    /// A fixture: an indicator of departments `a` and `b`, with unknown rows.
    struct SuggestionFixture {
        sector: SectorDecl,
        dataset: Dataset,
        before: Option<RowPlace>,
        now: Option<RowPlace>,
    }

    fn place(department: &str, sheet: &str, row: u32, label: &str) -> RowPlace {
        RowPlace {
            department: DepartmentId::new(department),
            file: FilePath::new(format!("workbooks/{department}/x.xlsx")),
            sheet: SheetName::new(sheet),
            cell: CellRef::new(row, 1),
            label: label.into(),
        }
    }

    fn herd() -> (SectorId, IndicatorId) {
        (SectorId::new("s"), IndicatorId::new("herd"))
    }

    impl SuggestionFixture {
        fn new(label: &str) -> Self {
            let sector = Arc::unwrap_or_clone(sector("s", &["province"], &format!("herd | {label} | con")));
            Self { sector, dataset: Dataset::default(), before: None, now: None }
        }

        /// Adds an unknown row of department `a`.
        fn with_row(self, row: u32, label: &str) -> Self {
            self.with_unknown_row(place("a", "S", row, label), None)
        }

        fn with_unknown_row(mut self, row_place: RowPlace, unit: Option<Unit>) -> Self {
            self.dataset.rows.insert(RecognisedRow { place: row_place, unit, meaning: RowMeaning::Unknown });
            self
        }

        fn with_row_before(self, row_place: RowPlace) -> Self {
            Self { before: Some(row_place), ..self }
        }

        fn add_figure(&mut self, measure: Measure) {
            let (sector, indicator) = herd();
            let name = FigureName { sector: sector.clone(), indicator: indicator.clone(), measure: measure.clone() };
            let figure = Arc::new(Figure::missing(name, Unit::none()));
            self.dataset.observations.insert(ObservationKey { sector, indicator, measure }, figure);
        }

        /// Returns the rows with a suggestion, as `department row`.
        fn suggested_rows(&self) -> Vec<String> {
            let rows = |place: &'_ Option<RowPlace>| place.clone().map(|row_place| (herd(), row_place));
            let (before, now) = (rows(&self.before), rows(&self.now));
            let [before, now] = [&before, &now].map(|row| row.iter().map(|(id, place)| (id.clone(), place)).collect());
            let found = suggest_aliases(&self.dataset, &[Arc::new(self.sector.clone())], &before, &now);
            assert!(found.iter().all(|proposal| proposal.indicator.to_string() == "s.herd"), "{found:?}");
            found.iter().map(|p| format!("{} {}", p.row.department, p.row.cell.row)).collect()
        }
    }

    #[test]
    fn only_indicators_without_a_row_are_suggested() {
        type Change = fn(&mut SuggestionFixture);
        let cases: [(&str, Change, bool); 8] = [
            ("nothing gave it", |_| {}, true),
            ("it has data", |office| office.add_figure(Measure::Actual), false),
            ("only its plan is known", |office| office.add_figure(Measure::Target(TargetId::new("province"))), true),
            ("names were counted", |office| drop(office.dataset.names.insert(herd(), Vec::new())), false),
            ("a row means it", |office| office.now = Some(place("a", "S", 7, "x")), false),
            ("another sector gives it", |office| office.sector.indicators[0].source_indicator = Some(herd()), false),
            ("another department reports it", |office| drop(office.sector.departments.pop()), false),
            ("the row was read", |office| drop(std::mem::take(&mut office.dataset.rows)), false),
        ];
        for (case, change, proposed) in cases {
            let mut office = SuggestionFixture::new(HERD).with_row(4, RENAMED);
            change(&mut office);
            assert_eq!(office.suggested_rows(), Vec::from_iter(proposed.then_some("a 4")), "{case}");
        }
    }

    #[test]
    fn a_row_in_another_unit_is_another_indicator() {
        for (unit, proposed) in [(None, true), (Some("con"), true), (Some("nghìn con"), true), (Some("tấn"), false)]
        {
            let office =
                SuggestionFixture::new(HERD).with_unknown_row(place("a", "S", 4, RENAMED), unit.map(unit::parse));
            assert_eq!(!office.suggested_rows().is_empty(), proposed, "{unit:?}");
        }
    }

    /// A row with the label of the indicator was left unread for another reason.
    #[test]
    fn a_row_of_a_known_name_needs_no_alias() {
        let accepted = |department: &str| AcceptedLabel {
            text: "Gia súc cày kéo".into(),
            department: Some(DepartmentId::new(department)),
        };
        for (label, accepted, proposed) in [
            (RENAMED, accepted("a"), true),
            (HERD, accepted("a"), false),
            ("ĐÀN  TRÂU cày kéo của huyện:", accepted("a"), false),
            ("Trâu bò thịt", accepted("a"), false),
            ("Trâu bò giống, thịt", accepted("a"), true),
            ("Gia súc cày kéo", accepted("a"), false),
            ("Gia súc cày kéo, thồ", accepted("a"), true),
            ("Gia súc cày kéo, thồ", accepted("b"), false),
        ] {
            let mut office = SuggestionFixture::new(HERD).with_row(4, label);
            office.sector.indicators[0].aliases.push("Trâu bò thịt".into());
            office.sector.indicators[0].accepted_labels.push(accepted);
            assert_eq!(!office.suggested_rows().is_empty(), proposed, "{label}");
        }
    }

    #[test]
    fn a_row_in_the_old_place_can_have_a_different_label() {
        for (label, was, proposed) in [
            (SHORTENED, place("a", "S", 4, ""), true),
            (SHORTENED, place("a", "S", 5, ""), false),
            (SHORTENED, place("a", "T", 4, ""), false),
            (SHORTENED, place("b", "S", 4, ""), false),
            ("Vịt", place("a", "S", 4, ""), false),
            // The label of the last run counts anywhere.
            ("Gia súc", place("a", "T", 9, "Gia súc"), true),
            ("Gia súc", place("b", "T", 9, "Gia súc"), false),
        ] {
            let office = SuggestionFixture::new(HERD).with_row(4, label).with_row_before(was.clone());
            assert_eq!(!office.suggested_rows().is_empty(), proposed, "{label}: {was}");
        }
    }

    /// Labels of one word in which `others` of `letters` letters differ: the share of equal letters is the similarity.
    #[test]
    fn the_thresholds_hold_to_the_letter() {
        for (letters, others, in_place, proposed) in [
            (4, 1, false, true),
            (199, 50, false, false),
            (10, 7, true, true),
            (197, 138, true, false),
            (200, 1, false, true),
            (201, 1, false, false),
        ] {
            let office = SuggestionFixture::new(&"n".repeat(letters));
            let row = "n".repeat(letters - others) + &"x".repeat(others);
            let office = office.with_row(4, &row).with_row_before(place("a", "S", if in_place { 4 } else { 5 }, ""));
            assert_eq!(!office.suggested_rows().is_empty(), proposed, "{others} of {letters}, in place: {in_place}");
        }
    }

    #[test]
    fn the_old_place_counts_for_more_than_any_name_and_a_nearer_name_for_more_than_another() {
        let mut office = SuggestionFixture::new("Đàn trâu").with_row(4, "nnnxxxxxxx").with_row(9, "Trâu đàn");
        office.sector.indicators[0].aliases.push("n".repeat(10));
        assert_eq!(office.suggested_rows(), ["a 9"]);
        assert_eq!(office.with_row_before(place("a", "S", 4, "")).suggested_rows(), ["a 4"]);
        let office = SuggestionFixture::new(HERD).with_row(4, RENAMED).with_row(9, "Đàn trâu cày kéo ở huyện");
        assert_eq!(office.suggested_rows(), ["a 9"]);
        assert_eq!(office.with_row(12, "Đàn trâu cày kéo ở huyện").suggested_rows(), Vec::<String>::new());
    }

    #[test]
    fn one_department_alone_gets_an_indicator() {
        let office = SuggestionFixture::new(HERD).with_unknown_row(place("b", "S", 6, RENAMED), None);
        assert_eq!(office.suggested_rows(), ["b 6"]);
        assert_eq!(office.with_row(4, RENAMED).suggested_rows(), ["a 4"]);
    }

    #[test]
    fn a_department_with_too_many_unknown_rows_sent_another_form() {
        let fillers =
            |office: SuggestionFixture, rows| (0..rows).fold(office, |office, row| office.with_row(100 + row, "x"));
        let office = fillers(SuggestionFixture::new(HERD).with_row(4, RENAMED).with_row(5, ""), 1_999);
        assert_eq!(office.suggested_rows(), ["a 4"]);
        assert_eq!(office.with_row(6, "x").suggested_rows(), Vec::<String>::new());
    }
}
