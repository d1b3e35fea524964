//! What one heading of a column means.
//!
//! In comes the text of a heading, out goes the role of its column. The project's own headings are asked first, then
//! the lexicon. Never here: where headings stand.

use crate::config::Config;
use crate::model::figure::{Measure, Status};
use crate::model::indicator::SectorDecl;
use crate::model::period::Period;
use crate::vi::fold::{fold, label};
use crate::vi::lexicon::{self, Sense};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Words that bind a heading to a stretch of time, folded.
const TIME_WORDS: [&str; 4] = ["tháng", "quý", "kỳ", "trước"];

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Order,
    Code,
    Label,
    Unit,
    Value(Measure, Status),
    /// A measure of one member of the row's breakdown, by its folded label: "Mầm non".
    Member(String, Measure, Status),
    /// A plan that names no source: the sector's own, where it has exactly one.
    Plan,
    /// Whether the row's actual value is an estimate.
    Status,
    Narrative,
    Difficulty,
    Cause,
    Subject,
    /// Notes and ratios, which are not read.
    Ignored,
    /// A value that the column at this index holds already.
    Repeated(u32),
    Unknown,
}

impl Role {
    /// Tells whether the column holds numbers to be read.
    pub fn is_value(&self) -> bool {
        matches!(self, Self::Value(..) | Self::Member(..) | Self::Plan)
    }

    /// Tells whether the column says what a row is, as body rows never do.
    pub fn is_anchor(&self) -> bool {
        matches!(self, Self::Order | Self::Code | Self::Label | Self::Unit | Self::Subject | Self::Difficulty)
    }
}

/// The headings that a project knows.
pub(super) struct Headings {
    /// Folded spellings of `tonghop.toml`, the longest first.
    declared: Vec<(String, Measure)>,
    /// Folded labels of the members of breakdowns.
    members: BTreeSet<String>,
    period: Period,
}

impl Headings {
    pub fn new(config: &Config, sectors: &[Arc<SectorDecl>]) -> Self {
        let declared_members = sectors.iter().flat_map(|sector| &sector.indicators).filter(|i| i.member);
        let members = declared_members.map(|i| label(&i.label)).collect();
        let targets = config.targets.iter().map(|c| (Measure::Target(c.id.clone()), &c.headings));
        let measures = config.measures.iter().map(|c| (Measure::Other(c.id.clone()), &c.headings));
        let mut declared: Vec<(String, Measure)> = targets
            .chain(measures)
            .flat_map(|(measure, headings)| headings.iter().map(move |h| (fold(h), measure.clone())))
            .filter(|(spelling, _)| !spelling.is_empty())
            .collect();
        declared.sort_by(|(a, x), (b, y)| b.chars().count().cmp(&a.chars().count()).then_with(|| (a, x).cmp(&(b, y))));
        Self { declared, members, period: config.period }
    }

    /// Returns the role of a column with this heading.
    pub fn role(&self, heading: &str) -> Role {
        let folded = fold(heading);
        let sense = self.sense(heading);
        match self.declared(&folded, sense) {
            Some(measure) => Role::Value(measure.clone(), Status::Final),
            None => self.meant(sense, &folded),
        }
    }

    /// Returns the role of a column that holds one member of a breakdown; the headings above say of what.
    pub fn member(&self, lowest: &str, upper: &str) -> Option<Role> {
        let label = label(lowest);
        if !self.members.contains(&label) {
            return None;
        }
        match self.role(upper) {
            Role::Value(measure, status) => Some(Role::Member(label, measure, status)),
            Role::Unknown => Some(Role::Member(label, Measure::Actual, Status::Final)),
            _ => None,
        }
    }

    /// Tells whether a heading names no time but the year of the report.
    pub fn is_timeless(&self, heading: &str) -> bool {
        let folded = fold(heading);
        let mut words = folded.split(|c: char| !c.is_alphanumeric());
        let year = self.period.year.to_string();
        words.all(|word| !TIME_WORDS.contains(&word) && (word == year || !word.contains(|c: char| c.is_ascii_digit())))
            && !folded.contains("cả năm")
    }

    /// Tells whether a heading names the period of the report, and not only its year.
    pub fn names_period(&self, heading: &str) -> bool {
        let folded = fold(heading);
        let months = self.period.months;
        let spellings =
            [format!("{months} tháng"), format!("{months}t"), format!("tháng {months}"), "cùng kỳ".to_owned()];
        spellings.iter().any(|spelling| holds(&folded, spelling))
    }

    fn sense(&self, heading: &str) -> Option<Sense> {
        lexicon::sense(heading, self.period.year - 1, self.period.year)
    }

    /// Finds the longest spelling of the project that the heading holds.
    ///
    /// A heading that is more than the spelling and means something else, such as a ratio to the plan, is not it; nor
    /// is one of another year.
    fn declared(&self, folded: &str, sense: Option<Sense>) -> Option<&Measure> {
        let (spelling, measure) = self.declared.iter().find(|(spelling, _)| holds(folded, spelling))?;
        let own = folded == spelling || sense == self.sense(spelling) || !is_other_matter(sense);
        let years = years(folded);
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

/// Tells the senses that a heading keeps even if it names a plan.
fn is_other_matter(sense: Option<Sense>) -> bool {
    use Sense::{Cause, Difficulty, Narrative, Note, Ratio, Status, Subject, Unit};
    matches!(sense, Some(Ratio | Note | Unit | Cause | Subject | Difficulty | Narrative | Status))
}

/// Tells whether `text` holds `words` as whole words.
fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}

fn years(text: &str) -> Vec<u16> {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    runs.filter_map(|run| run.parse().ok()).filter(|year| (1900..2100).contains(year)).collect()
}

/// Tells whether a heading speaks of the first `months` months, or of no months at all.
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
                last = number(Some(at + 1)).map(|month| until && month == months).or(last);
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
        Headings::new(&crate::recognise::tests::config(), &[])
    }

    fn target(id: &str) -> Role {
        Role::Value(Measure::Target(crate::model::id::TargetId::new(id)), Status::Final)
    }

    #[test]
    fn the_project_is_asked_before_the_lexicon() {
        for (heading, expected) in [
            ("KH tỉnh giao", target("province")),
            ("Năm 2024 Kế hoạch HĐND TP giao", target("council")),
            ("Kế hoạch năm 2023 tỉnh giao", Role::Unknown),
            ("Thực hiện so với KH tỉnh giao (%)", Role::Ignored),
            ("Tổng số tiêu chí", Role::Value(Measure::Other(crate::model::id::MeasureId::new("of")), Status::Final)),
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
