//! Compares the expected and the actual outcome of a rule test.
//!
//! Input: the expected lines of a part, and the outcome of the rules. Output: a failure for every difference, at its
//! line. Not here: running a rule.

use super::case::{Case, CaseFailure, CaseLine, CasePart, NOTHING, PARTS, parse_row};
use super::outcome::{self, CODE_HEADING, CaseOutcome, LABEL_HEADING, UNIT_HEADING};
use super::sentences;
use tonghop_core::config::Config;
use tonghop_core::diag::Message;
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::sector::{IndicatorRow, SectorReport};
use tonghop_core::msg;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::label::fold_label;
use tonghop_core::vi::number::{Convention, parse};

/// Compares every part that a case expects.
pub fn compare(case: &Case, actual: &CaseOutcome, config: &Config) -> Vec<CaseFailure> {
    let parts = PARTS.into_iter().filter_map(|part| Some((part, case.headings.get(&part)?)));
    let mut failures = Vec::new();
    for (part, heading) in parts {
        let expected: Vec<CaseLine> =
            case.expected[&part].iter().filter(|line| line.text.trim() != NOTHING).cloned().collect();
        match (part, &actual.sector) {
            (CasePart::Summary, Some(sector)) if expected.iter().any(|line| parse_row(&line.text).is_some()) => {
                failures.extend(compare_summary(&expected, sector, config));
            }
            _ => failures.extend(compare_lines(part, *heading, &expected, &actual.part_lines(part, config))),
        }
    }
    failures
}

/// Compares a part line by line, paragraphs sentence by sentence.
fn compare_lines(part: CasePart, heading: u32, expected: &[CaseLine], actual: &[String]) -> Vec<CaseFailure> {
    let actual: Vec<CaseLine> = actual.iter().map(|text| CaseLine { number: heading, text: text.clone() }).collect();
    let keyed = |lines: &[CaseLine]| -> Vec<(u32, String)> {
        if part != CasePart::Text {
            let filled = lines.iter().filter(|line| !line.text.trim().is_empty());
            return filled.map(|line| (line.number, line.text.trim_end().to_owned())).collect();
        }
        let opening = |opens: bool| if opens { "¶ " } else { "" };
        sentences::read_sentences(lines)
            .into_iter()
            .map(|s| (s.line, format!("{}{}", opening(s.starts_paragraph), s.text)))
            .collect()
    };
    differences(heading, &keyed(expected), &keyed(&actual), part)
}

/// Returns the lines that only one side has, in order; a line that replaces another is reported with it.
fn differences(heading: u32, expected: &[(u32, String)], actual: &[(u32, String)], part: CasePart) -> Vec<CaseFailure> {
    let mut failures = Vec::new();
    let (mut left, mut right, mut place) = (0, 0, heading);
    for (same_left, same_right) in
        common_subsequence(expected, actual).into_iter().chain([(expected.len(), actual.len())])
    {
        for nth in 0..(same_left - left).max(same_right - right) {
            let wanted = expected[left..same_left].get(nth);
            let found = actual[right..same_right].get(nth);
            place = wanted.map_or(place, |(line, _)| *line);
            failures.push(difference(place, wanted.map(|w| w.1.as_str()), found.map(|f| f.1.as_str()), part));
        }
        place = expected.get(same_left).map_or(place, |(line, _)| *line);
        (left, right) = (same_left + 1, same_right + 1);
    }
    failures
}

fn difference(line: u32, expected: Option<&str>, actual: Option<&str>, part: CasePart) -> CaseFailure {
    let title = part.title();
    let message = match (expected, actual) {
        (Some(_), Some(_)) => msg!("{title}: khác", "{title}: different"),
        (Some(_), None) => msg!("{title}: thiếu", "{title}: missing"),
        _ => msg!("{title}: thừa", "{title}: not expected"),
    };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    CaseFailure { line, message, expected: owned(expected), actual: owned(actual) }
}

/// Returns the index pairs of the longest common subsequence of lines.
fn common_subsequence(left: &[(u32, String)], right: &[(u32, String)]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0_u32; right.len() + 1]; left.len() + 1];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            longest[i][j] = if left[i].1 == right[j].1 {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut places = Vec::new();
    while i < left.len() && j < right.len() {
        if left[i].1 == right[j].1 {
            places.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}

/// A column of an expected summary.
enum SummaryColumn {
    Code,
    Label,
    Unit,
    Measure(Measure),
}

/// Compares the cells of an expected summary, which may contain only some rows and columns.
fn compare_summary(expected: &[CaseLine], sector: &SectorReport, config: &Config) -> Vec<CaseFailure> {
    let mut rows = expected.iter().filter_map(|line| Some((line.number, parse_row(&line.text)?)));
    let Some((heading, titles)) = rows.next() else { return Vec::new() };
    let mut failures = Vec::new();
    let mut columns = Vec::new();
    for title in &titles {
        let column = parse_column(title, sector, config);
        if column.is_none() {
            failures.push(CaseFailure::new(heading, unknown_column(title, sector, config)));
        }
        columns.push(column);
    }
    for (line, cells) in rows {
        match find_row(&columns, &cells, sector) {
            Some((decl, row)) => {
                let expected_cells =
                    columns.iter().zip(&titles).zip(cells.iter().map(String::as_str).chain(std::iter::repeat("")));
                for ((column, title), wanted) in expected_cells {
                    let Some(column) = column else { continue };
                    failures.extend(compare_cell(line, column, title, wanted, (decl, row), config));
                }
            }
            None => failures.push(CaseFailure::new(
                line,
                msg!(
                    "ngành không có chỉ tiêu của dòng \"{row}\"",
                    "the sector has no indicator for the row \"{row}\"",
                    row = cells.join(" | ")
                ),
            )),
        }
    }
    failures
}

/// Returns the measures that a summary of the sector may contain.
fn summary_measures(sector: &SectorReport) -> Vec<Measure> {
    // Figures borrowed from another sector may refer to the targets of that sector.
    let present = sector.rows.iter().flat_map(|row| &row.figures).map(|figure| figure.name.measure.clone());
    sector.decl.reported_measures().chain(Measure::derived(&sector.decl.targets)).chain(present).collect()
}

fn parse_column(title: &str, sector: &SectorReport, config: &Config) -> Option<SummaryColumn> {
    let is = |text: &str| fold(text) == fold(title);
    match title {
        _ if is(CODE_HEADING) => Some(SummaryColumn::Code),
        _ if is(LABEL_HEADING) => Some(SummaryColumn::Label),
        _ if is(UNIT_HEADING) => Some(SummaryColumn::Unit),
        _ => {
            let measure = summary_measures(sector).into_iter().find(|measure| is(&config.measure_title(measure)));
            measure.map(SummaryColumn::Measure)
        }
    }
}

fn unknown_column(title: &str, sector: &SectorReport, config: &Config) -> Message {
    let mut known: Vec<String> = vec![CODE_HEADING.to_owned(), LABEL_HEADING.to_owned(), UNIT_HEADING.to_owned()];
    known.extend(summary_measures(sector).iter().map(|measure| format!("\"{}\"", config.measure_title(measure))));
    known.dedup();
    msg!(
        "không có cột \"{title}\"; các cột là {known}",
        "there is no column \"{title}\"; the columns are {known}",
        known = known.join(", ")
    )
}

/// Returns the row with the given id, or else with the given label.
fn find_row<'s>(
    columns: &[Option<SummaryColumn>],
    cells: &[String],
    sector: &'s SectorReport,
) -> Option<(&'s IndicatorDecl, &'s IndicatorRow)> {
    let cell_text = |wanted: fn(&SummaryColumn) -> bool| {
        let at = columns.iter().position(|column| column.as_ref().is_some_and(wanted))?;
        cells.get(at).map(|cell| cell.trim_matches('`'))
    };
    let code = cell_text(|column| matches!(column, SummaryColumn::Code));
    let label_text = cell_text(|column| matches!(column, SummaryColumn::Label));
    sector.declared_rows().find(|(decl, _)| match (code, label_text) {
        (Some(code), _) => decl.id.as_str() == code,
        (None, Some(text)) => fold_label(&decl.label) == fold_label(text),
        (None, None) => false,
    })
}

fn compare_cell(
    line: u32,
    column: &SummaryColumn,
    title: &str,
    wanted: &str,
    (decl, row): (&IndicatorDecl, &IndicatorRow),
    config: &Config,
) -> Option<CaseFailure> {
    let actual = match column {
        SummaryColumn::Code => return None,
        SummaryColumn::Label => decl.label.clone(),
        SummaryColumn::Unit => decl.unit.to_string(),
        SummaryColumn::Measure(measure) => {
            row.figure(measure).map(|figure| outcome::format_amount(figure, config)).unwrap_or_default()
        }
    };
    let number = |text: &str| parse(text, Convention::Vietnamese).map(|reading| reading.value);
    let same = actual == wanted || number(&actual).is_some_and(|value| Some(value) == number(wanted));
    (!same).then(|| CaseFailure {
        line,
        message: msg!("{id}, {title}: khác", "{id}, {title}: different", id = decl.id),
        expected: Some(wanted.to_owned()),
        actual: Some(actual),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_compared_in_order() {
        let side =
            |words: &[&str]| -> Vec<(u32, String)> { (1..).zip(words.iter().map(|w| (*w).to_owned())).collect() };
        let compare = |expected: &[&str], made: &[&str]| -> Vec<(u32, Option<String>, Option<String>)> {
            let found = differences(9, &side(expected), &side(made), CasePart::Text);
            found.into_iter().map(|f| (f.line, f.expected, f.actual)).collect()
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(compare(&["a", "b", "c"], &["a", "b", "c"]), []);
        assert_eq!(compare(&["a", "b", "c"], &["a", "x", "c"]), [(2, some("b"), some("x"))]);
        assert_eq!(compare(&["a", "b", "c"], &["a", "c"]), [(2, some("b"), None)]);
        assert_eq!(compare(&["a", "c"], &["a", "b", "c", "d"]), [(1, None, some("b")), (2, None, some("d"))]);
        assert_eq!(compare(&[], &["a"]), [(9, None, some("a"))]);
    }
}
