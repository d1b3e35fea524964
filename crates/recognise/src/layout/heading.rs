//! Determines the role of a column from its heading.
//!
//! Input: the text of a heading. Output: the role of its column. Not here: the position of headings.
//!
//! The headings of `tonghop.toml` come before those of the lexicon.

use super::column::Column;
use super::time;
use crate::layout::column::Role;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use tonghop_core::config::Config;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::{Measure, Status};
use tonghop_core::model::period::Period;
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::fold::{fold, label};
use tonghop_core::vi::lexicon::{self, Sense};
use tonghop_core::vi::unit;

/// Words that restrict a heading to a period, folded.
const TIME_WORDS: [&str; 4] = ["tháng", "quý", "kỳ", "trước"];

/// Words of headings that only name a period, folded.
const BARE_TIME: [&str; 5] = ["tháng", "năm", "đầu", "cả", "của"];

/// Offices that precede the name of a place, folded as labels are.
const OFFICES: [&str; 2] = ["uỷ ban nhân dân ", "ubnd "];

/// The known headings: those of the settings, the breakdown members and indicators, and the lexicon.
pub(crate) struct Headings {
    /// The headings of `tonghop.toml` with normalised times, the longest first.
    declared: Vec<(String, Measure)>,
    /// The units of measures that declare one.
    units: BTreeMap<Measure, Unit>,
    /// The folded labels of breakdown members, by the label without an office.
    members: BTreeMap<String, String>,
    /// The folded labels and aliases of the other indicators.
    indicators: BTreeSet<String>,
    period: Period,
    /// A cache of parsed columns, by the parts of the heading.
    read: Mutex<HashMap<Vec<String>, Column>>,
}

/// The most cached headings. Forms have far fewer, but texts that turn out not to be headings are parsed as well.
const MOST_REMEMBERED: usize = 4_096;

impl Headings {
    pub(crate) fn new(config: &Config, sectors: &[Arc<SectorDecl>]) -> Self {
        let all = || sectors.iter().flat_map(|sector| &sector.indicators);
        let members = all()
            .filter(|i| i.member)
            .map(|i| label(&i.label))
            .map(|label| (place(&label).to_owned(), label))
            .collect();
        let spellings = all().filter(|i| !i.member).flat_map(|i| std::iter::once(&i.label).chain(&i.aliases));
        let indicators = spellings.map(|words| label(words)).collect();
        let targets = config.targets.iter().map(|c| (Measure::Target(c.id.clone()), &c.headings, &c.unit));
        let measures = config.measures.iter().map(|c| (Measure::Other(c.id.clone()), &c.headings, &c.unit));
        let own =
            [(Measure::Actual, &config.columns.actual, &None), (Measure::LastYear, &config.columns.last_year, &None)];
        let all: Vec<_> = targets.chain(measures).chain(own).collect();
        let units = all.iter().filter_map(|(measure, _, unit)| Some((measure.clone(), unit::parse(unit.as_ref()?))));
        let mut declared: Vec<(String, Measure)> = all
            .iter()
            .flat_map(|(measure, headings, _)| {
                headings.iter().map(|h| (time::words(h, &config.period), measure.clone()))
            })
            .filter(|(spelling, _)| !spelling.is_empty())
            .collect();
        declared.sort_by(|(a, x), (b, y)| b.chars().count().cmp(&a.chars().count()).then_with(|| (a, x).cmp(&(b, y))));
        let read = Mutex::default();
        Self { units: units.collect(), declared, members, indicators, period: config.period, read }
    }

    /// Returns the unit of a measure that overrides the unit of the indicator.
    pub(crate) fn unit(&self, measure: &Measure) -> Option<&Unit> {
        self.units.get(measure)
    }

    /// Returns the cached column of a heading, or calls `read` and caches its result.
    pub(crate) fn remembered(&self, pieces: &[String], read: impl FnOnce() -> Column) -> Column {
        let known = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(column) = known().get(pieces) {
            return column.clone();
        }
        let column = read();
        let mut known = known();
        if known.len() < MOST_REMEMBERED {
            known.insert(pieces.to_vec(), column.clone());
        }
        column
    }

    /// Returns the role of a column with this heading.
    pub(crate) fn role(&self, heading: &str) -> Role {
        let folded = time::plain(heading, &self.period);
        let sense = self.sense(&folded);
        match self.declared(&time::words(heading, &self.period), sense) {
            Some(Measure::Actual) if sense == Some(Sense::Estimate) => Role::Value(Measure::Actual, Status::Estimate),
            Some(measure) => Role::Value(measure.clone(), Status::Final),
            None => self.meant(sense, &folded),
        }
    }

    /// Returns the role of a column for one member of a breakdown: one part of the heading names the member, the others
    /// the measure.
    pub(crate) fn member(&self, pieces: &[String]) -> Option<Role> {
        let named = |piece: &String| self.members.get(place(&label(piece)));
        let (at, member) = pieces.iter().enumerate().rev().find_map(|(at, piece)| Some((at, named(piece)?)))?;
        let others: Vec<&str> =
            pieces.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, piece)| piece.as_str()).collect();
        match self.held(&others.join(" "))? {
            Role::Ignored => Some(Role::Ignored),
            role => Some(Role::Member(member.clone(), Box::new(role))),
        }
    }

    /// Returns the folded label of the indicator that a heading names, and the role of its values.
    pub(crate) fn crossed(&self, pieces: &[String]) -> Option<(String, Role)> {
        (0..pieces.len()).find_map(|at| {
            let words = pieces[at..].join(" ");
            let bare = || words.trim_end().strip_suffix(')')?.rsplit_once('(').map(|(before, _)| before.to_owned());
            let named = [Some(words.clone()), bare()].into_iter().flatten().map(|words| label(&words));
            let indicator = named.into_iter().find(|label| self.indicators.contains(label))?;
            let role = self.held(&pieces[..at].join(" ")).filter(|role| *role != Role::Ignored)?;
            Some((indicator, role))
        })
    }

    /// Returns the role by the rest of a heading that also names a member or an indicator; by default, an actual value.
    fn held(&self, heading: &str) -> Option<Role> {
        match self.role(heading) {
            role @ (Role::Value(..) | Role::Plan | Role::Ignored) => Some(role),
            Role::Unknown if self.is_timeless(heading) => Some(Role::Value(Measure::Actual, Status::Final)),
            _ => None,
        }
    }

    /// Returns whether a heading names no time other than the reporting year.
    pub(crate) fn is_timeless(&self, heading: &str) -> bool {
        let folded = fold(heading);
        let mut words = folded.split(|c: char| !c.is_alphanumeric());
        let year = self.period.year.to_string();
        words.all(|word| !TIME_WORDS.contains(&word) && (word == year || !word.contains(|c: char| c.is_ascii_digit())))
            && !folded.contains("cả năm")
    }

    /// Returns whether a heading names the reporting period, not only its year.
    pub(crate) fn names_period(&self, heading: &str) -> bool {
        let folded = fold(heading);
        let months = self.period.months;
        let spellings =
            [format!("{months} tháng"), format!("{months}t"), format!("tháng {months}"), "cùng kỳ".to_owned()];
        spellings.iter().any(|spelling| holds(&folded, spelling))
    }

    fn sense(&self, heading: &str) -> Option<Sense> {
        lexicon::sense(heading, self.period.year - 1, self.period.year).or_else(|| self.of_time(heading))
    }

    /// Returns the meaning of a heading that only names a period: "9 tháng năm 2024".
    fn of_time(&self, folded: &str) -> Option<Sense> {
        let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_time = |word: &str| BARE_TIME.contains(&word) || word.bytes().all(|b| b.is_ascii_digit());
        let names_months = folded.contains("tháng");
        if !words.all(is_time) || !(names_months || self.period.months == 12) {
            return None;
        }
        match years(folded).as_slice() {
            [year] if *year == self.period.year => Some(Sense::Actual),
            [year] if *year + 1 == self.period.year => Some(Sense::LastYear),
            _ => None,
        }
    }

    /// Returns the measure of the longest declared heading that is contained in `words`.
    ///
    /// A longer heading with another meaning, such as a ratio to the plan, does not match, nor one of another year.
    fn declared(&self, words: &str, sense: Option<Sense>) -> Option<&Measure> {
        let (spelling, measure) = self.declared.iter().find(|(spelling, _)| holds(words, spelling))?;
        let own = words == spelling || sense == self.sense(spelling) || !is_other_matter(sense);
        let years = years(words);
        let timely = years.is_empty() || years.contains(&self.period.year) || !self::years(spelling).is_empty();
        (own && timely).then_some(measure)
    }

    fn meant(&self, sense: Option<Sense>, folded: &str) -> Role {
        let timely = || is_of_period(folded, self.period.months);
        match sense {
            None => Role::Unknown,
            Some(Sense::Order) => Role::Order,
            Some(Sense::Code) => Role::Code,
            Some(Sense::Label) => Role::Label,
            Some(Sense::Unit) => Role::Unit,
            Some(Sense::Status) => Role::Status,
            Some(Sense::Narrative) => Role::Narrative,
            Some(Sense::Difficulty) => Role::Difficulty,
            Some(Sense::Cause) => Role::Cause,
            Some(Sense::Subject) => Role::Subject,
            Some(Sense::Note | Sense::Ratio) => Role::Ignored,
            Some(Sense::Plan) => Role::Plan,
            Some(Sense::Actual | Sense::Estimate | Sense::LastYear) if !timely() => Role::Unknown,
            Some(Sense::Actual) => Role::Value(Measure::Actual, Status::Final),
            Some(Sense::Estimate) => Role::Value(Measure::Actual, Status::Estimate),
            Some(Sense::LastYear) => Role::Value(Measure::LastYear, Status::Final),
        }
    }
}

/// Returns whether a meaning holds even if the heading contains a declared heading, such as a plan.
fn is_other_matter(sense: Option<Sense>) -> bool {
    use Sense::{Cause, Difficulty, Narrative, Note, Ratio, Status, Subject, Unit};
    matches!(sense, Some(Ratio | Note | Unit | Cause | Subject | Difficulty | Narrative | Status))
}

/// Strips the office from the start of a label: "ủy ban nhân dân xã a".
fn place(label: &str) -> &str {
    OFFICES.iter().find_map(|office| label.strip_prefix(office)).unwrap_or(label)
}

/// Returns whether `text` contains `words` as whole words.
fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}

fn years(text: &str) -> Vec<u16> {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    runs.filter_map(|run| run.parse::<u16>().ok()).filter(|year| (1900..2100).contains(year)).collect()
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

    fn headings() -> Headings {
        Headings::new(&crate::tests::config(), &[])
    }

    fn target(id: &str) -> Role {
        Role::Value(Measure::Target(tonghop_core::model::id::TargetId::new(id)), Status::Final)
    }

    #[test]
    fn the_project_is_asked_before_the_lexicon() {
        for (heading, expected) in [
            ("KH tỉnh giao", target("province")),
            ("Năm 2024 Kế hoạch HĐND TP giao", target("council")),
            ("Kế hoạch năm 2023 tỉnh giao", Role::Unknown),
            ("Thực hiện so với KH tỉnh giao (%)", Role::Ignored),
            (
                "Tổng số tiêu chí",
                Role::Value(Measure::Other(tonghop_core::model::id::MeasureId::new("of")), Status::Final),
            ),
            ("Kế hoạch năm 2024", Role::Plan),
            ("Kế hoạch năm 2025", Role::Unknown),
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
            let actual = matches!(headings().role(heading), Role::Value(Measure::Actual, _));
            assert_eq!(actual, is_ours, "{heading}");
        }
    }
}
