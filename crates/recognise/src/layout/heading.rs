//! Determines the role of a column from its heading.
//!
//! Input: the pieces of a heading. Output: the role of its column, how exactly it says so, and why it has none. Not
//! here: the words of the language (`vi::heading`), the position of headings.
//!
//! A heading that is declared word for word comes first, then one that means the same as a declared one, then the
//! words of the language. A heading with words that none of these account for has no role.

use super::column::{ColumnRole, Exactness, HeadingDoubt, SheetColumn};
use super::declared_heading::{DeclaredHeading, DeclaredRole, declared_headings, is_needed_period};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use tonghop_core::config::Config;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::{Measure, Status};
use tonghop_core::model::period::Period;
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::stated_period::{Span, StatedPeriod};
use tonghop_core::parallel::lock;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::heading::{BaseKind, HeadingMeaning, HeadingParser};
use tonghop_core::vi::label::fold_label;
use tonghop_core::vi::terms::{HeadingKind, StatedMeasure};
use tonghop_core::vi::unit;

/// Offices that precede the name of a place, folded as labels are.
const OFFICES: [&str; 2] = ["uỷ ban nhân dân ", "ubnd "];

/// The most cached headings. Forms have far fewer, but texts that turn out not to be headings are parsed as well.
const MAX_CACHED: usize = 4_096;

/// The known headings: those of the settings, the breakdown members and indicators, and the language.
pub(crate) struct HeadingLexicon {
    parser: HeadingParser,
    declared: Vec<DeclaredHeading>,
    /// The measures of months and quarters, which say their own period.
    series: BTreeSet<Measure>,
    /// The units of measures that declare one.
    units: BTreeMap<Measure, Unit>,
    /// The folded labels of breakdown members, by the label without an office.
    members: BTreeMap<String, String>,
    /// The folded labels and aliases of the other indicators.
    indicators: BTreeSet<String>,
    /// The folded names of the reporting place: a column of it is the column of the whole.
    places: BTreeSet<String>,
    period: Period,
    /// A cache of parsed columns, by the pieces of the heading.
    cache: Mutex<HashMap<Vec<String>, SheetColumn>>,
}

/// The role of a column with how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeadingReading {
    pub role: ColumnRole,
    pub exactness: Exactness,
    pub meaning: Arc<HeadingMeaning>,
    pub doubt: Option<HeadingDoubt>,
}

impl HeadingLexicon {
    pub(crate) fn new(config: &Config, sectors: &[Arc<SectorDecl>]) -> Self {
        let all = || sectors.iter().flat_map(|sector| &sector.indicators);
        let members = all()
            .filter(|i| i.is_breakdown_member)
            .map(|i| fold_label(&i.label))
            .map(|label| (strip_office(&label).to_owned(), label))
            .collect();
        let spellings =
            all().filter(|i| !i.is_breakdown_member).flat_map(|i| std::iter::once(&i.label).chain(&i.aliases));
        let indicators = spellings.map(|text| fold_label(text)).collect();
        let unit_bases = all().map(|i| Arc::clone(&i.unit.base)).filter(|base| !base.is_empty()).collect();
        let parser = HeadingParser { unit_bases };
        let headings = config.measure_headings();
        let units = headings.filter_map(|(measure, _, unit)| Some((measure, unit::parse(unit?)))).collect();
        let places = [&config.organisation.place, &config.organisation.issuer].map(|name| fold(name)).into();
        let declared = declared_headings(config, &parser);
        let measures = config.measure_headings().map(|(measure, ..)| measure);
        let series = measures.filter(|measure| config.is_of_series(measure)).collect();
        let (period, cache) = (config.period, Mutex::default());
        Self { parser, declared, series, units, members, indicators, places, period, cache }
    }

    /// Returns the reporting period.
    pub(crate) fn report_period(&self) -> Period {
        self.period
    }

    /// Returns whether a measure is that of a month or quarter, which says its own period.
    pub(crate) fn is_of_series(&self, measure: &Measure) -> bool {
        self.series.contains(measure)
    }

    /// Returns the unit of a measure that overrides the unit of the indicator.
    pub(crate) fn unit(&self, measure: &Measure) -> Option<&Unit> {
        self.units.get(measure)
    }

    /// Returns the cached column of a heading, or calls `read` and caches its result.
    pub(crate) fn cached(&self, pieces: &[String], read: impl FnOnce() -> SheetColumn) -> SheetColumn {
        let known = || lock(&self.cache);
        if let Some(column) = known().get(pieces) {
            return column.clone();
        }
        let column = read();
        let mut known = known();
        if known.len() < MAX_CACHED {
            known.insert(pieces.to_vec(), column.clone());
        }
        column
    }

    /// Reads the heading of a column.
    pub(crate) fn read<S: AsRef<str>>(&self, pieces: &[S]) -> HeadingReading {
        let mut meaning = self.parser.parse(pieces);
        meaning.is_total |= drop_places(&mut meaning.leftover, &self.places);
        match self.find_declared(&meaning) {
            Ok(None) => {}
            Ok(Some((declared, exactness))) => {
                let role = match declared {
                    DeclaredRole::Measure(measure) => ColumnRole::Value(measure.clone(), status_of(&meaning)),
                    DeclaredRole::Label => ColumnRole::Label,
                    DeclaredRole::Ignored => ColumnRole::Ignored,
                };
                return HeadingReading { role, exactness, meaning: Arc::new(meaning), doubt: None };
            }
            Err(doubt) => {
                let (role, exactness) = (ColumnRole::Unknown, Exactness::None);
                return HeadingReading { role, exactness, meaning: Arc::new(meaning), doubt: Some(doubt) };
            }
        }
        let (role, doubt) = match understood_role(&meaning, self.period) {
            Ok(role) => (role, None),
            Err(doubt) => (ColumnRole::Unknown, Some(doubt)),
        };
        let exactness = if role == ColumnRole::Unknown { Exactness::None } else { Exactness::Understood };
        HeadingReading { role, exactness, meaning: Arc::new(meaning), doubt }
    }

    /// Returns the declared heading that is equal, else the one with the same meaning; an error if several say different
    /// things.
    fn find_declared(&self, meaning: &HeadingMeaning) -> Result<Option<(&DeclaredRole, Exactness)>, HeadingDoubt> {
        let equal = self.only_role(|declared| declared.is_equal(meaning))?;
        if let Some(role) = equal {
            return Ok(Some((role, Exactness::Equal)));
        }
        let same = self.only_role(|declared| declared.says(meaning, self.period))?;
        Ok(same.map(|role| (role, Exactness::Declared)))
    }

    /// Returns the role of the declared headings that fit.
    fn only_role(&self, fits: impl Fn(&DeclaredHeading) -> bool) -> Result<Option<&DeclaredRole>, HeadingDoubt> {
        let mut found = self.declared.iter().filter(|declared| fits(declared)).map(|declared| &declared.role);
        let Some(first) = found.next() else { return Ok(None) };
        if found.all(|other| other == first) { Ok(Some(first)) } else { Err(HeadingDoubt::Contradictory) }
    }

    /// Returns the role of a column for one member of a breakdown: one piece of the heading names the member, the others
    /// the measure.
    pub(crate) fn member_role(&self, pieces: &[String]) -> Option<HeadingReading> {
        let named = |piece: &String| self.members.get(strip_office(&fold_label(piece)));
        let (at, member) = pieces.iter().enumerate().rev().find_map(|(at, piece)| Some((at, named(piece)?)))?;
        let others: Vec<&String> =
            pieces.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, piece)| piece).collect();
        let reading = self.read_beside_name(&others)?;
        let role = match reading.role {
            ColumnRole::Ignored => ColumnRole::Ignored,
            role => ColumnRole::Member(member.clone(), Box::new(role)),
        };
        Some(HeadingReading { role, ..reading })
    }

    /// Returns the folded label of the indicator that a heading names, and the role of its values.
    pub(crate) fn cross_indicator(&self, pieces: &[String]) -> Option<(String, ColumnRole)> {
        let ranges = (0..pieces.len()).flat_map(|from| (from + 1..=pieces.len()).rev().map(move |to| from..to));
        for range in ranges {
            let text = pieces[range.clone()].join(" ");
            let Some(label) = self.indicator_label(&text) else { continue };
            let others: Vec<&String> = pieces[..range.start].iter().chain(&pieces[range.end..]).collect();
            let role = self.read_beside_name(&others).map(|reading| reading.role);
            if let Some(role) = role.filter(|role| *role != ColumnRole::Ignored) {
                return Some((label, role));
            }
        }
        None
    }

    /// Returns the folded label of an indicator that a text consists of, with or without a unit in brackets.
    fn indicator_label(&self, text: &str) -> Option<String> {
        let bare = || text.trim_end().strip_suffix(')')?.rsplit_once('(').map(|(before, _)| before.to_owned());
        let named = [Some(text.to_owned()), bare()].into_iter().flatten().map(|text| fold_label(&text));
        named.into_iter().find(|label| self.indicators.contains(label))
    }

    /// Reads the rest of a heading that also names a member or an indicator; by default, an actual value.
    fn read_beside_name(&self, pieces: &[&String]) -> Option<HeadingReading> {
        let mut reading = self.read(pieces);
        let says_nothing = reading.meaning.kind == HeadingKind::Blank || reading.meaning.kind == HeadingKind::Unit;
        if says_nothing && reading.meaning.leftover.is_empty() && reading.meaning.period.is_none() {
            reading.role = ColumnRole::Value(Measure::Actual, Status::Final);
            reading.doubt = None;
        }
        let is_usable = matches!(reading.role, ColumnRole::Value(..) | ColumnRole::Plan | ColumnRole::Ignored);
        is_usable.then_some(reading)
    }

    /// Returns whether the meaning names the months of the report, or of the same months last year.
    pub(crate) fn names_period(&self, meaning: &HeadingMeaning) -> bool {
        meaning.period.is_some_and(|stated| {
            !matches!(stated.span, Span::Year | Span::ThisPeriod | Span::YearToDate | Span::ReportMonth)
                && (stated.is(self.period, self.period) || stated.is(self.period.year_before(), self.period))
        })
    }

    /// Returns whether no word of a text has a meaning in a heading.
    pub(crate) fn says_nothing(&self, text: &str) -> bool {
        let meaning = self.parser.parse(&[text]);
        meaning.leftover == [meaning.words.clone()] && meaning.kind == HeadingKind::Value
    }

    /// Returns whether a title among rows says, in the words of headings alone, something else than a result of the report:
    /// another period, a plan, a ratio.
    pub(crate) fn says_other_scope(&self, title: &str) -> bool {
        let meaning = self.parser.parse(&[title]);
        let is_ours = |stated: StatedPeriod| {
            stated.is(self.period, self.period) || stated.is_year(self.period.year(), self.period)
        };
        let is_result = matches!(
            meaning.measure,
            None | Some(StatedMeasure::Actual | StatedMeasure::Estimate | StatedMeasure::Disbursed)
        );
        // "Tốc độ tăng" alone only says the unit of its rows.
        let is_compared = meaning.base.is_some_and(|base| base.kind != BaseKind::Other || base.period.is_some());
        let says_else = is_compared || !is_result || meaning.period.is_some_and(|stated| !is_ours(stated));
        meaning.leftover.is_empty() && matches!(meaning.kind, HeadingKind::Value | HeadingKind::Percent) && says_else
    }

    /// Returns whether a row label only says that its row is of the reporting period: "Cộng 9 tháng".
    pub(crate) fn is_period_total(&self, label: &str) -> bool {
        self.bare_period(label).is_some_and(|stated| stated.is(self.period, self.period))
    }

    /// Returns whether a row label only names a period: "Tháng 8".
    pub(crate) fn is_period(&self, label: &str) -> bool {
        self.bare_period(label).is_some()
    }

    fn bare_period(&self, label: &str) -> Option<StatedPeriod> {
        let meaning = self.parser.parse(&[label]);
        let is_bare = meaning.leftover.is_empty() && meaning.measure.is_none() && meaning.base.is_none();
        meaning.period.filter(|_| is_bare)
    }
}

fn status_of(meaning: &HeadingMeaning) -> Status {
    match meaning.measure {
        Some(StatedMeasure::Estimate | StatedMeasure::YearEstimate | StatedMeasure::Preliminary) => Status::Estimate,
        _ => Status::Final,
    }
}

/// Returns the role of a column by the words of the language.
fn understood_role(meaning: &HeadingMeaning, report: Period) -> Result<ColumnRole, HeadingDoubt> {
    let is_compared = meaning.base.is_some();
    match meaning.kind {
        HeadingKind::Order => return Ok(ColumnRole::Order),
        HeadingKind::Code => return Ok(ColumnRole::Code),
        HeadingKind::Label => return Ok(ColumnRole::Label),
        HeadingKind::Unit => return Ok(ColumnRole::Unit),
        HeadingKind::Status => return Ok(ColumnRole::Status),
        HeadingKind::Narrative => return Ok(ColumnRole::Narrative),
        HeadingKind::Difficulty => return Ok(ColumnRole::Difficulty),
        HeadingKind::Cause => return Ok(ColumnRole::Cause),
        HeadingKind::RelatedIndicator => return Ok(ColumnRole::Subject),
        HeadingKind::Note => return Ok(ColumnRole::Ignored),
        HeadingKind::Percent | HeadingKind::Index if is_compared => return Ok(ColumnRole::Ignored),
        HeadingKind::Value if is_compared => return Ok(ColumnRole::Ignored),
        HeadingKind::Blank | HeadingKind::Percent | HeadingKind::Index | HeadingKind::Value => {}
    }
    if meaning.is_contradictory {
        return Err(HeadingDoubt::Contradictory);
    }
    if !meaning.leftover.is_empty() {
        let is_other = |stated: &StatedPeriod| {
            let measures = [Measure::Actual, Measure::LastYear];
            meaning.measure != Some(StatedMeasure::Target)
                && !measures.iter().any(|measure| is_needed_period(measure, *stated, report))
        };
        return Err(HeadingDoubt::UnknownWords {
            words: meaning.leftover.clone(),
            other_period: meaning.period.filter(is_other),
        });
    }
    match meaning.kind {
        HeadingKind::Percent | HeadingKind::Index => Ok(ColumnRole::Ignored),
        HeadingKind::Value => value_role(meaning, report),
        _ => Err(HeadingDoubt::NoMeasure),
    }
}

/// Returns the role of a column of amounts.
fn value_role(meaning: &HeadingMeaning, report: Period) -> Result<ColumnRole, HeadingDoubt> {
    use StatedMeasure::{Actual, Disbursed, Estimate, LastYear, Preliminary, Target, YearEstimate};
    let measure = match meaning.measure {
        None => return period_role(meaning.period, report),
        Some(Target) => {
            let is_plan = meaning.period.is_none_or(|stated| stated.is_year(report.year(), report));
            return if is_plan { Ok(ColumnRole::Plan) } else { Err(other_period(meaning)) };
        }
        Some(LastYear) => Measure::LastYear,
        Some(Actual | Disbursed | Estimate | Preliminary | YearEstimate) => Measure::Actual,
        Some(_) => return Err(HeadingDoubt::NoMeasure),
    };
    let is_running_year = |stated: StatedPeriod| {
        // An actual value of the running year can only be that of its months so far.
        matches!(meaning.measure, Some(Actual | Disbursed)) && stated.is_year(report.year(), report)
    };
    match meaning.period {
        Some(stated) if !(is_needed_period(&measure, stated, report) || is_running_year(stated)) => {
            // Last year's result is also written as that of its months: "Thực hiện 9 tháng năm 2023".
            let is_last_year = measure == Measure::Actual && is_needed_period(&Measure::LastYear, stated, report);
            match is_last_year {
                true => Ok(ColumnRole::Value(Measure::LastYear, Status::Final)),
                false => Err(other_period(meaning)),
            }
        }
        _ => Ok(ColumnRole::Value(measure, status_of(meaning))),
    }
}

/// Returns the role of a column that names only a period, or only says that it holds amounts.
fn period_role(period: Option<StatedPeriod>, report: Period) -> Result<ColumnRole, HeadingDoubt> {
    let Some(stated) = period else { return Ok(ColumnRole::Value(Measure::Actual, Status::Final)) };
    let measures = [Measure::Actual, Measure::LastYear];
    let needed = measures.into_iter().find(|measure| is_needed_period(measure, stated, report));
    needed.map(|measure| ColumnRole::Value(measure, Status::Final)).ok_or(HeadingDoubt::OtherPeriod(stated))
}

fn other_period(meaning: &HeadingMeaning) -> HeadingDoubt {
    meaning.period.map_or(HeadingDoubt::NoMeasure, HeadingDoubt::OtherPeriod)
}

/// Removes the names of the reporting place; returns whether there was one.
fn drop_places(leftover: &mut Vec<String>, places: &BTreeSet<String>) -> bool {
    let before = leftover.len();
    leftover.retain(|words| !places.contains(strip_office(words)) && !places.contains(words));
    leftover.len() < before
}

/// Strips the office from the start of a label: "ủy ban nhân dân xã a".
fn strip_office(label: &str) -> &str {
    OFFICES.iter().find_map(|office| label.strip_prefix(office)).unwrap_or(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tonghop_core::model::id::{MeasureId, TargetId};
    use tonghop_testing::minimal_settings;

    fn headings(tables: &str) -> HeadingLexicon {
        let departments = r#"departments = [{ id = "a", name = "A" }]"#;
        let settings = minimal_settings(departments, &format!("{tables}\n[outline]\nletters = [\"a\"]\nheadings = []"));
        HeadingLexicon::new(&Config::parse(&settings).unwrap(), &[])
    }

    const TABLES: &str = r#"
        [[targets]]
        id = "annual"
        name = "kế hoạch năm"
        headings = ["Kế hoạch năm", "Dự toán đầu năm"]
        [[targets]]
        id = "province"
        name = "tỉnh giao"
        headings = ["KH tỉnh giao"]
        [[measures]]
        id = "north"
        name = "Miền Bắc"
        headings = ["Thực hiện vụ đông xuân Chia ra Miền Bắc"]
        [[measures]]
        id = "rate"
        name = "chỉ số"
        unit = "%"
        headings = ["Tháng 9 so với cùng kỳ năm trước (%)"]
        [columns]
        actual = ["Số đã chuyển"]
        label = ["Tuyến đường"]
        ignore = ["Thực hiện quý III"]"#;

    fn target(id: &str) -> ColumnRole {
        ColumnRole::Value(Measure::Target(TargetId::new(id)), Status::Final)
    }

    fn custom(id: &str) -> ColumnRole {
        ColumnRole::Value(Measure::Custom(MeasureId::new(id)), Status::Final)
    }

    fn actual() -> ColumnRole {
        ColumnRole::Value(Measure::Actual, Status::Final)
    }

    fn role(headings: &HeadingLexicon, heading: &str) -> ColumnRole {
        headings.read(&heading.split(" | ").collect::<Vec<_>>()).role
    }

    #[test]
    fn declared_headings_come_before_the_words_of_the_language() {
        let headings = headings(TABLES);
        for (heading, expected) in [
            ("Kế hoạch năm", target("annual")),
            ("KẾ HOẠCH | NĂM", target("annual")),
            ("Kế hoạch năm 2024", target("annual")),
            ("Kế hoạch năm (triệu đồng)", target("annual")),
            ("Kế hoạch", ColumnRole::Plan),
            ("Kế hoạch năm điều chỉnh", ColumnRole::Unknown),
            ("Kế hoạch năm 2025", ColumnRole::Unknown),
            ("Kế hoạch 9 tháng", ColumnRole::Unknown),
            ("Dự toán đầu năm | (2)", target("annual")),
            ("Kế hoạch tỉnh giao", target("province")),
            ("Năm 2024 | KH | Tỉnh giao", target("province")),
            ("KH huyện giao", ColumnRole::Plan),
            ("Kế hoạch năm 2023 tỉnh giao", ColumnRole::Unknown),
            ("Thực hiện so với KH tỉnh giao (%)", ColumnRole::Ignored),
            ("Thực hiện vụ đông xuân | Chia ra | Miền Bắc", custom("north")),
            ("Thực hiện vụ đông xuân | Miền Bắc", custom("north")),
            ("Thực hiện vụ đông xuân | Chia ra | Miền Nam", ColumnRole::Unknown),
            ("Tháng 09/2024 so với tháng 9 năm 2023 (%)", custom("rate")),
            ("Tháng 8 so với cùng kỳ năm trước (%)", ColumnRole::Ignored),
            ("Số đã chuyển", actual()),
            ("Số đã chuyển đợt 1", ColumnRole::Unknown),
            ("Tuyến đường", ColumnRole::Label),
            ("Thực hiện quý III", ColumnRole::Ignored),
        ] {
            assert_eq!(role(&headings, heading), expected, "{heading}");
        }
    }

    #[test]
    fn only_the_period_that_the_report_needs_is_read() {
        let headings = headings("");
        let last_year = || ColumnRole::Value(Measure::LastYear, Status::Final);
        let estimate = || ColumnRole::Value(Measure::Actual, Status::Estimate);
        for (heading, expected) in [
            ("Thực hiện 9 tháng năm 2024", actual()),
            ("TH 9T/2024", actual()),
            ("Thực hiện", actual()),
            ("Năm 2024 | Thực hiện", actual()),
            ("Giải ngân đến hết tháng 9", actual()),
            ("Lũy kế 9 tháng", actual()),
            ("9 tháng năm 2024", actual()),
            ("Cộng 9 tháng", actual()),
            ("Thực hiện đến 15/9/2024", actual()),
            ("Ước thực hiện 9 tháng", estimate()),
            ("Sơ bộ 9 tháng", estimate()),
            ("Cùng kỳ", last_year()),
            ("Cùng kỳ năm 2023", last_year()),
            ("Thực hiện 9 tháng năm 2023", last_year()),
            ("Năm 2023 | Thực hiện 9 tháng", last_year()),
            ("9 tháng năm 2023", last_year()),
            ("Thực hiện 6 tháng năm 2024", ColumnRole::Unknown),
            ("Thực hiện tháng 9", ColumnRole::Unknown),
            ("Thực hiện quý III", ColumnRole::Unknown),
            ("TH Q3/2024", ColumnRole::Unknown),
            ("Thực hiện năm 2023", ColumnRole::Unknown),
            ("Năm 2023 | Thực hiện", ColumnRole::Unknown),
            ("Thực hiện năm trước", ColumnRole::Unknown),
            ("Cùng kỳ năm 2022", ColumnRole::Unknown),
            ("Ước thực hiện năm 2024", ColumnRole::Unknown),
            ("Ước cả năm", ColumnRole::Unknown),
            ("Kế hoạch quý IV", ColumnRole::Unknown),
            ("Kế hoạch năm 2024", ColumnRole::Plan),
            ("Năm 2024", ColumnRole::Unknown),
            ("Lũy kế từ khởi công", ColumnRole::Unknown),
        ] {
            assert_eq!(role(&headings, heading), expected, "{heading}");
        }
    }

    proptest! {
        /// What is declared verbatim is always found, whatever its words, its case and its pieces.
        #[test]
        fn a_declared_heading_is_found(
            words in prop::collection::vec("(thực hiện|kế hoạch|ước|giao|năm|tháng|9 tháng|2024|so với|tổng số|chia ra|trong đó|miền|rừng|hộ|tỷ lệ|đạt)", 1..7),
            split in 0..6_usize,
        ) {
            let heading = words.join(" ");
            let table = format!("[[measures]]\nid = \"m\"\nname = \"m\"\nheadings = [\"{heading}\"]");
            let headings = headings(&table);
            let at = split.min(words.len() - 1);
            let pieces = [words[..at].join(" "), words[at..].join(" ").to_uppercase()];
            let is_said = !headings.read(&[&heading]).meaning.words.is_empty();
            for pieces in [vec![heading.clone()], pieces.into_iter().filter(|piece| !piece.is_empty()).collect()] {
                let reading = headings.read(&pieces);
                let is_custom = matches!(&reading.role, ColumnRole::Value(Measure::Custom(_), _));
                prop_assert!(is_custom || !is_said, "{pieces:?}: {reading:?}");
            }
        }

        /// With one more unknown word a declared heading is no measure.
        #[test]
        fn a_longer_heading_is_not_the_declared_one(place in 0..3_usize, word in "(điều chỉnh|bổ sung|xã Mú|đợt)") {
            let headings = headings(TABLES);
            for declared in ["Kế hoạch năm", "KH tỉnh giao", "Số đã chuyển", "Dự toán đầu năm"] {
                let heading = match place {
                    0 => format!("{word} {declared}"),
                    1 => format!("{declared} {word}"),
                    _ => format!("{declared} | {word}"),
                };
                prop_assert_eq!(role(&headings, &heading), ColumnRole::Unknown, "{}", heading);
            }
        }
    }
}
