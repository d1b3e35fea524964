//! Determines the role of a column from its heading.
//!
//! Input: the text of a heading. Output: the role of its column. Not here: the position of headings.
//!
//! The headings of `tonghop.toml` come before those of the lexicon.

use super::column::SheetColumn;
use super::time;
use crate::layout::column::ColumnRole;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use tonghop_core::config::Config;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::{Measure, Status};
use tonghop_core::model::period::Period;
use tonghop_core::model::quantity::Unit;
use tonghop_core::parallel::lock;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::label::fold_label;
use tonghop_core::vi::lexicon::{self, HeaderMeaning};
use tonghop_core::vi::unit;

/// Words that restrict a heading to a period, folded.
const TIME_WORDS: [&str; 4] = ["tháng", "quý", "kỳ", "trước"];

/// Words of headings that only name a period, folded.
const PERIOD_WORDS: [&str; 5] = ["tháng", "năm", "đầu", "cả", "của"];

/// Offices that precede the name of a place, folded as labels are.
const OFFICES: [&str; 2] = ["uỷ ban nhân dân ", "ubnd "];

/// The known headings: those of the settings, the breakdown members and indicators, and the lexicon.
pub(crate) struct HeadingLexicon {
    /// The headings of `tonghop.toml` with normalised times, the longest first.
    declared_headings: Vec<(String, Measure)>,
    /// The units of measures that declare one.
    units: BTreeMap<Measure, Unit>,
    /// The folded labels of breakdown members, by the label without an office.
    members: BTreeMap<String, String>,
    /// The folded labels and aliases of the other indicators.
    indicators: BTreeSet<String>,
    period: Period,
    /// A cache of parsed columns, by the parts of the heading.
    cache: Mutex<HashMap<Vec<String>, SheetColumn>>,
}

/// The most cached headings. Forms have far fewer, but texts that turn out not to be headings are parsed as well.
const MAX_CACHED: usize = 4_096;

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
        let all: Vec<_> = config.measure_headings().collect();
        let units = all.iter().filter_map(|(measure, _, unit)| Some((measure.clone(), unit::parse((*unit)?))));
        let mut declared: Vec<(String, Measure)> = all
            .iter()
            .flat_map(|(measure, headings, _)| {
                headings.iter().map(|h| (time::normalised_words(h, &config.period), measure.clone()))
            })
            .filter(|(spelling, _)| !spelling.is_empty())
            .collect();
        declared.sort_by(|(a, x), (b, y)| b.chars().count().cmp(&a.chars().count()).then_with(|| (a, x).cmp(&(b, y))));
        let read = Mutex::default();
        Self {
            units: units.collect(),
            declared_headings: declared,
            members,
            indicators,
            period: config.period,
            cache: read,
        }
    }

    /// Returns the unit of a measure that overrides the unit of the indicator.
    pub(crate) fn unit(&self, measure: &Measure) -> Option<&Unit> {
        self.units.get(measure)
    }

    /// Returns the cached column of a heading, or calls `read` and caches its result.
    pub(crate) fn cached(&self, parts: &[String], read: impl FnOnce() -> SheetColumn) -> SheetColumn {
        let known = || lock(&self.cache);
        if let Some(column) = known().get(parts) {
            return column.clone();
        }
        let column = read();
        let mut known = known();
        if known.len() < MAX_CACHED {
            known.insert(parts.to_vec(), column.clone());
        }
        column
    }

    /// Returns the role of a column with this heading.
    pub(crate) fn role(&self, heading: &str) -> ColumnRole {
        let folded = time::lexicon_form(heading, &self.period);
        let meaning = self.meaning(&folded);
        match self.declared_measure(&time::normalised_words(heading, &self.period), meaning) {
            Some(Measure::Actual) if meaning == Some(HeaderMeaning::Estimate) => {
                ColumnRole::Value(Measure::Actual, Status::Estimate)
            }
            Some(measure) => ColumnRole::Value(measure.clone(), Status::Final),
            None => self.role_of_meaning(meaning, &folded),
        }
    }

    /// Returns the role of a column for one member of a breakdown: one part of the heading names the member, the others
    /// the measure.
    pub(crate) fn member_role(&self, parts: &[String]) -> Option<ColumnRole> {
        let named = |piece: &String| self.members.get(strip_office(&fold_label(piece)));
        let (at, member) = parts.iter().enumerate().rev().find_map(|(at, piece)| Some((at, named(piece)?)))?;
        let others: Vec<&str> =
            parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, piece)| piece.as_str()).collect();
        match self.value_role(&others.join(" "))? {
            ColumnRole::Ignored => Some(ColumnRole::Ignored),
            role => Some(ColumnRole::Member(member.clone(), Box::new(role))),
        }
    }

    /// Returns the folded label of the indicator that a heading names, and the role of its values.
    pub(crate) fn cross_indicator(&self, parts: &[String]) -> Option<(String, ColumnRole)> {
        (0..parts.len()).find_map(|at| {
            let text = parts[at..].join(" ");
            let bare = || text.trim_end().strip_suffix(')')?.rsplit_once('(').map(|(before, _)| before.to_owned());
            let named = [Some(text.clone()), bare()].into_iter().flatten().map(|text| fold_label(&text));
            let indicator = named.into_iter().find(|label| self.indicators.contains(label))?;
            let role = self.value_role(&parts[..at].join(" ")).filter(|role| *role != ColumnRole::Ignored)?;
            Some((indicator, role))
        })
    }

    /// Returns the role by the rest of a heading that also names a member or an indicator; by default, an actual value.
    fn value_role(&self, heading: &str) -> Option<ColumnRole> {
        match self.role(heading) {
            role @ (ColumnRole::Value(..) | ColumnRole::Plan | ColumnRole::Ignored) => Some(role),
            ColumnRole::Unknown if self.is_timeless(heading) => Some(ColumnRole::Value(Measure::Actual, Status::Final)),
            _ => None,
        }
    }

    /// Returns whether a heading names no time other than the reporting year.
    pub(crate) fn is_timeless(&self, heading: &str) -> bool {
        let folded = fold(heading);
        let mut words = folded.split(|c: char| !c.is_alphanumeric());
        let year = self.period.year().to_string();
        words.all(|word| !TIME_WORDS.contains(&word) && (word == year || !word.contains(|c: char| c.is_ascii_digit())))
            && !folded.contains("cả năm")
    }

    /// Returns whether a heading names the reporting period, not only its year.
    pub(crate) fn names_period(&self, heading: &str) -> bool {
        let folded = fold(heading);
        let months = self.period.months();
        let spellings =
            [format!("{months} tháng"), format!("{months}t"), format!("tháng {months}"), "cùng kỳ".to_owned()];
        spellings.iter().any(|spelling| contains_words(&folded, spelling))
    }

    fn meaning(&self, heading: &str) -> Option<HeaderMeaning> {
        lexicon::header_meaning(heading, self.period.year()).or_else(|| self.period_meaning(heading))
    }

    /// Returns the meaning of a heading that only names a period: "9 tháng năm 2024".
    fn period_meaning(&self, folded: &str) -> Option<HeaderMeaning> {
        let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_time = |word: &str| PERIOD_WORDS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit());
        let names_months = folded.contains("tháng");
        if !words.all(is_time) || !(names_months || self.period.is_whole_year()) {
            return None;
        }
        match lexicon::years(folded).as_slice() {
            [year] if *year == self.period.year() => Some(HeaderMeaning::Actual),
            [year] if *year == self.period.year_before().year() => Some(HeaderMeaning::LastYear),
            _ => None,
        }
    }

    /// Returns the measure of the longest declared heading that is contained in `words`.
    ///
    /// A longer heading with another meaning, such as a ratio to the plan, does not match, nor one of another year.
    fn declared_measure(&self, text: &str, meaning: Option<HeaderMeaning>) -> Option<&Measure> {
        let (spelling, measure) = self.declared_headings.iter().find(|(spelling, _)| contains_words(text, spelling))?;
        let own = text == spelling || meaning == self.meaning(spelling) || !overrides_declared(meaning);
        let years = lexicon::years(text);
        let timely = years.is_empty() || years.contains(&self.period.year()) || !lexicon::years(spelling).is_empty();
        (own && timely).then_some(measure)
    }

    fn role_of_meaning(&self, meaning: Option<HeaderMeaning>, folded: &str) -> ColumnRole {
        let timely = || is_of_period(folded, self.period.months());
        match meaning {
            None => ColumnRole::Unknown,
            Some(HeaderMeaning::RowNumber) => ColumnRole::Order,
            Some(HeaderMeaning::Code) => ColumnRole::Code,
            Some(HeaderMeaning::Label) => ColumnRole::Label,
            Some(HeaderMeaning::Unit) => ColumnRole::Unit,
            Some(HeaderMeaning::Status) => ColumnRole::Status,
            Some(HeaderMeaning::Narrative) => ColumnRole::Narrative,
            Some(HeaderMeaning::Difficulty) => ColumnRole::Difficulty,
            Some(HeaderMeaning::Cause) => ColumnRole::Cause,
            Some(HeaderMeaning::RelatedIndicator) => ColumnRole::Subject,
            Some(HeaderMeaning::Note | HeaderMeaning::Ratio) => ColumnRole::Ignored,
            Some(HeaderMeaning::Plan) => ColumnRole::Plan,
            Some(reported) => match reported.reported_measure() {
                Some((measure, status)) if timely() => ColumnRole::Value(measure, status),
                _ => ColumnRole::Unknown,
            },
        }
    }
}

/// Returns whether a meaning holds even if the heading contains a declared heading, such as a plan.
fn overrides_declared(meaning: Option<HeaderMeaning>) -> bool {
    use HeaderMeaning::{Cause, Difficulty, Narrative, Note, Ratio, RelatedIndicator, Status, Unit};
    matches!(meaning, Some(Ratio | Note | Unit | Cause | RelatedIndicator | Difficulty | Narrative | Status))
}

/// Strips the office from the start of a label: "ủy ban nhân dân xã a".
fn strip_office(label: &str) -> &str {
    OFFICES.iter().find_map(|office| label.strip_prefix(office)).unwrap_or(label)
}

/// Returns whether `text` contains `words` as whole words.
fn contains_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}

/// Returns whether a heading is of the first `months` months, or names no months at all.
///
/// "6 tháng" in a report of nine is another period, and so is "tháng 9", unless it says "đến tháng 9".
fn is_of_period(folded: &str, months: u8) -> bool {
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let number = |at: Option<usize>| at.and_then(|at| words.get(at)).and_then(|word| word.parse::<u8>().ok());
    let mut lengths = Vec::new();
    let mut last = None;
    for (at, word) in words.iter().enumerate() {
        match *word {
            "tháng" => {
                lengths.extend(number(at.checked_sub(1)));
                let until = at.checked_sub(1).is_some_and(|before| matches!(words[before], "đến" | "hết"));
                // In a report of January, "tháng 1" is the whole period.
                last = number(Some(at + 1)).map(|month| (until || months == 1) && month == months).or(last);
            }
            "quý" => last = Some(false),
            _ => lengths.extend(word.strip_suffix('t').and_then(|n| n.parse::<u8>().ok())),
        }
    }
    if lengths.is_empty() { last.unwrap_or(true) } else { lengths.contains(&months) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings() -> HeadingLexicon {
        HeadingLexicon::new(&crate::tests::config(), &[])
    }

    fn target(id: &str) -> ColumnRole {
        ColumnRole::Value(Measure::Target(tonghop_core::model::id::TargetId::new(id)), Status::Final)
    }

    #[test]
    fn declared_headings_come_before_the_lexicon() {
        for (heading, expected) in [
            ("KH tỉnh giao", target("province")),
            ("Năm 2024 Kế hoạch HĐND TP giao", target("council")),
            ("Kế hoạch năm 2023 tỉnh giao", ColumnRole::Unknown),
            ("Thực hiện so với KH tỉnh giao (%)", ColumnRole::Ignored),
            (
                "Tổng số tiêu chí",
                ColumnRole::Value(Measure::Custom(tonghop_core::model::id::MeasureId::new("of")), Status::Final),
            ),
            ("Kế hoạch năm 2024", ColumnRole::Plan),
            ("Kế hoạch năm 2025", ColumnRole::Unknown),
        ] {
            assert_eq!(headings().role(heading), expected, "{heading}");
        }
    }

    #[test]
    fn other_periods_are_not_this_one() {
        for (heading, is_ours) in [
            ("Thực hiện 9 tháng năm 2024", true),
            ("TH 9T/2024", true),
            ("Thực hiện", true),
            ("Giải ngân đến hết tháng 9", true),
            ("Thực hiện từ tháng 1 đến tháng 9", true),
            ("Thực hiện 6 tháng năm 2024", false),
            ("Giải ngân đến hết tháng 6", false),
            ("Thực hiện tháng 9", false),
            ("Thực hiện quý III", false),
        ] {
            let actual = matches!(headings().role(heading), ColumnRole::Value(Measure::Actual, _));
            assert_eq!(actual, is_ours, "{heading}");
        }
    }
}
