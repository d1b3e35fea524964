//! Parses and writes rule tests: small tables of given data, and the expected outcome.
//!
//! Input: the text of a `.md` file below `plugins/tests/<sector>/`. Output: a [`Case`] with the number of every line.
//! Not here: running a rule, comparing the outcome.
//!
//! ```text
//! # Thu ngân sách chậm so với nhịp độ         the title; text below it is for the reader
//!
//! Kỳ báo cáo: 9 tháng năm 2024               optional; the default is the period of tonghop.toml
//!
//! ## Số liệu cho trước
//!
//! | Mã số     | Tỉnh giao | Thực hiện |      tables as in a form: indicators, phần lời, khó khăn
//! |-----------|-----------|-----------|
//! | rev_total | 1.000     | 600       |
//!
//! ### capital                                tables of another sector whose figures the rule reads
//!
//! ## Kết quả mong đợi: số liệu tổng hợp       a table; rows and columns left out are not compared
//! ## Kết quả mong đợi: tồn tại, hạn chế       a list
//! ## Kết quả mong đợi: mâu thuẫn              a list
//! ## Kết quả mong đợi: báo cáo                paragraphs, each below its heading `### II.I.1.d`
//! ```
//!
//! Parts of the outcome that are left out are not compared; "Không có." expects an empty part.

use std::collections::BTreeMap;
use tonghop_core::diag::Message;
use tonghop_core::model::period::Period;
use tonghop_core::msg;
use tonghop_core::vi::fold::fold;

const GIVEN: &str = "Số liệu cho trước";
const EXPECTED: &str = "Kết quả mong đợi:";
const PERIOD: &str = "Kỳ báo cáo:";
/// The text of a part that is expected to be empty.
pub const NOTHING: &str = "Không có.";

/// A part of the outcome of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CasePart {
    /// The table of figures derived from the given ones.
    Summary,
    /// Indicators behind plan, and difficulties without an indicator.
    Shortfalls,
    /// Contradictions.
    Findings,
    /// The text under headings of the report.
    Text,
}

/// All parts, in the order in which they are written.
pub const PARTS: [CasePart; 4] = [CasePart::Summary, CasePart::Shortfalls, CasePart::Findings, CasePart::Text];

impl CasePart {
    /// Returns the text after "Kết quả mong đợi:" in the heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Summary => "số liệu tổng hợp",
            Self::Shortfalls => "tồn tại, hạn chế",
            Self::Findings => "mâu thuẫn",
            Self::Text => "báo cáo",
        }
    }
}

/// A line of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseLine {
    /// Counted from 1.
    pub number: u32,
    /// The text without trailing blanks.
    pub text: String,
}

/// The given tables of one sector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenTables {
    /// The sector of the tables; `None` for the tested one.
    pub sector: Option<String>,
    /// The line where the tables begin.
    pub line: u32,
    /// Each row with its line and its cells.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// The expected lines of each part.
pub type ExpectedLines = BTreeMap<CasePart, Vec<CaseLine>>;

/// An error in a case, or a difference between the expected and the actual outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFailure {
    /// The line of the case, counted from 1.
    pub line: u32,
    /// The message for the author of the case.
    pub message: Message,
    /// The expected text; `None` if nothing is expected or nothing was compared.
    pub expected: Option<String>,
    /// The actual text; `None` if there is none or nothing was compared.
    pub actual: Option<String>,
}

impl CaseFailure {
    /// Creates a failure at a line, without a comparison.
    pub fn new(line: u32, message: Message) -> Self {
        Self { line, message, expected: None, actual: None }
    }
}

/// A test of a rule.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The text after `# `; empty if the case has no title.
    pub title: String,
    /// The period; `None` for that of the settings.
    pub period: Option<Period>,
    /// The given tables, in the order of the file.
    pub given: Vec<GivenTables>,
    /// The expected lines by part; missing parts are not compared.
    pub expected: ExpectedLines,
    /// The line of each expected part's heading.
    pub headings: BTreeMap<CasePart, u32>,
    /// The text before the expected parts, which an update keeps.
    preamble: String,
}

/// The section of the file that the parser is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ParserState {
    Head,
    Given,
    Expected(CasePart),
    Unknown,
}

impl Case {
    /// Parses a case; lines that cannot be parsed are skipped and reported.
    pub fn parse(text: &str) -> (Self, Vec<CaseFailure>) {
        let text = text.trim_start_matches('\u{feff}');
        let mut case = Self { preamble: text.to_owned(), ..Self::default() };
        let mut failures = Vec::new();
        let mut state = ParserState::Head;
        let mut at = 0;
        for (number, line) in (1..).zip(text.split_inclusive('\n')) {
            if let Some(heading) = line.strip_prefix("## ") {
                state = case.add_heading(number, heading.trim(), &mut failures);
                if matches!(state, ParserState::Expected(_)) && case.headings.len() == 1 {
                    case.preamble.truncate(at);
                }
            } else if let Err(failure) = case.add_line(state, number, line.trim_end()) {
                failures.push(failure);
            }
            at += line.len();
        }
        failures.extend(case.missing_tables());
        (case, failures)
    }

    /// Adds a heading of the second level and returns the section that it opens.
    fn add_heading(&mut self, number: u32, heading: &str, failures: &mut Vec<CaseFailure>) -> ParserState {
        let folded = fold(heading);
        let part = folded.strip_prefix(&fold(EXPECTED)).map(str::trim);
        let part = part.and_then(|title| PARTS.into_iter().find(|part| fold(part.title()) == title));
        let problem = match part {
            _ if folded == fold(GIVEN) && self.headings.is_empty() => {
                self.given.push(GivenTables { sector: None, line: number, rows: Vec::new() });
                return ParserState::Given;
            }
            Some(part) if !self.headings.contains_key(&part) => {
                self.headings.insert(part, number);
                self.expected.insert(part, Vec::new());
                return ParserState::Expected(part);
            }
            Some(_) => msg!("đề mục \"{heading}\" có hai lần", "the heading \"{heading}\" occurs twice"),
            None if folded == fold(GIVEN) => msg!(
                "\"{GIVEN}\" phải đứng trước mọi kết quả mong đợi",
                "\"{GIVEN}\" must come before all expected results"
            ),
            None => msg!(
                "không hiểu đề mục \"{heading}\"; ghi \"{GIVEN}\" hoặc \"{EXPECTED} {parts}\"",
                "unknown heading \"{heading}\"; write \"{GIVEN}\" or \"{EXPECTED} {parts}\"",
                parts = PARTS.map(CasePart::title).join("/")
            ),
        };
        failures.push(CaseFailure::new(number, problem));
        ParserState::Unknown
    }

    /// Adds a line that is not a heading of the second level.
    fn add_line(&mut self, state: ParserState, number: u32, line: &str) -> Result<(), CaseFailure> {
        match state {
            ParserState::Head if line.starts_with("# ") => self.title = line[2..].trim().to_owned(),
            ParserState::Head => {
                if let Some(words) = line.strip_prefix(PERIOD) {
                    self.period = Some(Period::parse(words).ok_or_else(|| unknown_period(number, words))?);
                }
            }
            ParserState::Given => self.add_given_line(number, line),
            ParserState::Expected(part) => {
                let lines = self.expected.entry(part).or_default();
                lines.push(CaseLine { number, text: line.to_owned() });
            }
            ParserState::Unknown => {}
        }
        Ok(())
    }

    fn add_given_line(&mut self, number: u32, line: &str) {
        if let Some(sector) = line.strip_prefix("### ") {
            let sector = Some(sector.trim().trim_matches('`').to_owned());
            self.given.push(GivenTables { sector, line: number, rows: Vec::new() });
        } else if let Some(given) = self.given.last_mut() {
            given.rows.extend(parse_row(line).map(|cells| (number, cells)));
        }
    }

    /// Returns a failure if no table is given.
    fn missing_tables(&self) -> Option<CaseFailure> {
        let is_empty = self.given.iter().all(|given| given.rows.is_empty());
        let message = msg!("không có bảng nào ở phần \"{GIVEN}\"", "there is no table under \"{GIVEN}\"");
        is_empty.then(|| CaseFailure::new(1, message))
    }

    /// Returns failures for missing and empty expected parts.
    pub fn missing_expectations(&self) -> Vec<CaseFailure> {
        if self.headings.is_empty() {
            let message = msg!(
                "phép thử chưa có kết quả mong đợi; chạy tonghop test --update rồi đọc lại cho đúng",
                "the test expects nothing yet; run tonghop test --update, then read what it wrote"
            );
            return vec![CaseFailure::new(1, message)];
        }
        let empty = |part: &CasePart| self.expected[part].iter().all(|line| line.text.trim().is_empty());
        let failures = self.headings.iter().filter(|(part, _)| empty(part)).map(|(part, number)| {
            let message = msg!(
                "phần \"{title}\" trống; ghi \"{NOTHING}\" nếu không được có gì",
                "the part \"{title}\" is empty; write \"{NOTHING}\" if nothing is expected",
                title = part.title()
            );
            CaseFailure::new(*number, message)
        });
        failures.collect()
    }

    /// Returns the text of the case with the expected parts replaced and everything before them unchanged.
    pub fn with_expected(&self, parts: &[(CasePart, Vec<String>)]) -> String {
        let mut text = self.preamble.trim_end().to_owned();
        text.push('\n');
        for (part, lines) in parts {
            let lines = if lines.is_empty() { NOTHING.to_owned() } else { lines.join("\n") };
            text.push_str(&format!("\n## {EXPECTED} {}\n\n{lines}\n", part.title()));
        }
        text
    }
}

/// Formats the beginning of a case: title, period and given tables.
pub fn format_head(title: &str, period: Period, tables: &[String]) -> String {
    let period = period.short_name();
    format!("# {title}\n\n{PERIOD} {period}\n\n## {GIVEN}\n\n{}\n", tables.join("\n\n"))
}

fn unknown_period(number: u32, words: &str) -> CaseFailure {
    let words = words.trim();
    CaseFailure::new(
        number,
        msg!(
            "không hiểu kỳ báo cáo \"{words}\"; ghi như \"9 tháng năm 2024\" hoặc \"năm 2024\"",
            "unknown period \"{words}\"; write it as \"9 tháng năm 2024\" or \"năm 2024\""
        ),
    )
}

/// Parses the cells of a table row; `None` for the line of dashes below the headings and for any other line.
///
/// `\|` stands for a bar, `<br>` for a line break.
pub fn parse_row(line: &str) -> Option<Vec<String>> {
    let inside = line.trim().strip_prefix('|')?;
    let inside = inside.strip_suffix('|').filter(|inside| !inside.ends_with('\\')).unwrap_or(inside);
    let mut cells = vec![String::new()];
    let mut signs = inside.chars().peekable();
    while let Some(sign) = signs.next() {
        let last = cells.len() - 1;
        match sign {
            '\\' if signs.peek() == Some(&'|') => cells[last].extend(signs.next()),
            '|' => cells.push(String::new()),
            sign => cells[last].push(sign),
        }
    }
    let cells: Vec<String> = cells.iter().map(|cell| cell.trim().replace("<br>", "\n")).collect();
    let is_rule = |cell: &String| cell.contains('-') && cell.trim_matches(':').chars().all(|c| c == '-');
    (!cells.iter().all(|cell| is_rule(cell) && cell.len() > 2)).then_some(cells)
}

/// The maximum width to which columns are padded.
const MAX_COLUMN_WIDTH: usize = 60;

/// Formats a table with aligned columns.
pub fn format_table(rows: &[Vec<String>]) -> Vec<String> {
    let escaped = |cell: &String| cell.replace('|', "\\|").replace('\n', "<br>");
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(escaped).collect()).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0))
        .map(|widest| widest.clamp(3, MAX_COLUMN_WIDTH))
        .collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    if !lines.is_empty() {
        lines.insert(1, format!("|{}|", rule.join("|")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# Chậm

Kỳ báo cáo: 9 tháng năm 2024

## Số liệu cho trước

| Mã số | Thực hiện |
|-------|-----------|
| total | 1.000     |

### `capital`

| Mã số | Thực hiện |
| city  | 5         |

## Kết quả mong đợi: tồn tại, hạn chế

Không có.
";

    #[test]
    fn a_case_is_read_with_its_lines() {
        let (case, failures) = Case::parse(TEXT);
        assert_eq!(failures, []);
        assert_eq!((case.title.as_str(), case.period), ("Chậm", Some(Period::first_months(2024, 9).unwrap())));
        let rows = case.given.iter().flat_map(|given| &given.rows).map(|(line, cells)| (*line, &*cells[0]));
        assert_eq!(rows.collect::<Vec<_>>(), [(7, "Mã số"), (9, "total"), (13, "Mã số"), (14, "city")]);
        assert_eq!(case.given[1].sector.as_deref(), Some("capital"));
        assert_eq!(case.headings, BTreeMap::from([(CasePart::Shortfalls, 16)]));
    }

    #[test]
    fn an_update_changes_the_expected_parts_only() {
        let (case, _) = Case::parse(TEXT);
        let updated = case.with_expected(&[(CasePart::Shortfalls, vec![]), (CasePart::Text, vec!["Tốt.".into()])]);
        let (head, expected) = updated.split_once("\n## Kết quả").unwrap();
        assert!(TEXT.starts_with(head), "{head}");
        assert_eq!(expected, " mong đợi: tồn tại, hạn chế\n\nKhông có.\n\n## Kết quả mong đợi: báo cáo\n\nTốt.\n");
        assert_eq!(Case::parse(&updated).0.with_expected(&[]), format!("{}\n", head.trim_end()));
    }

    #[test]
    fn errors_are_reported_at_their_line() {
        for (text, line, words) in [
            ("# A\n", 1, "không có bảng nào"),
            ("## Số liệu cho trước\n| a |\n## Khác\n", 3, "không hiểu đề mục \"Khác\""),
            ("## Số liệu cho trước\n| a |\n## Kết quả mong đợi: báo cáo\n\n", 3, "trống"),
            ("## Số liệu cho trước\n| a |\n", 1, "chưa có kết quả mong đợi"),
            ("Kỳ báo cáo: quý I\n## Số liệu cho trước\n| a |\n", 1, "không hiểu kỳ báo cáo"),
            ("## Số liệu cho trước\n| a |\n## Kết quả mong đợi: báo cáo\nA.\n## Số liệu cho trước\n", 5, "đứng trước"),
        ] {
            let (case, failures) = Case::parse(text);
            let failures = if failures.is_empty() { case.missing_expectations() } else { failures };
            let found: Vec<_> = failures.iter().map(|f| (f.line, f.message.vietnamese())).collect();
            assert!(found.len() == 1 && found[0].0 == line && found[0].1.contains(words), "{found:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_table_reads_back(rows in proptest::collection::vec(proptest::collection::vec("[a-zà-ỹ|. \n]{1,8}[a-z]", 3), 1..5)) {
            let rows: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
            let read: Vec<Vec<String>> = format_table(&rows).iter().filter_map(|line| parse_row(line)).collect();
            proptest::prop_assert_eq!(read, rows);
        }

        #[test]
        fn any_text_is_parsed(text in ".{0,300}") {
            Case::parse(&text);
        }
    }
}
