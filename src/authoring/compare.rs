//! Compares the expected and the actual outcome of a rule test.
//!
//! Input: the expected lines of a part, and the outcome of the rules. Output: a failure for every difference, at its
//! line. Not here: running a rule.

use super::case::{Case, Failure, Line, NOTHING, PARTS, Part, cells};
use super::outcome::{self, CODE, LABEL, Made, UNIT};
use super::sentences;
use tonghop_core::config::Config;
use tonghop_core::diag::Words;
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::sector::{IndicatorRow, SectorReport};
use tonghop_core::say;
use tonghop_core::vi::fold::{fold, label};
use tonghop_core::vi::number::{Convention, read};
use tonghop_report::write::xlsx::measure_title;

/// Compares every part that a case expects.
pub fn compare(case: &Case, made: &Made, config: &Config) -> Vec<Failure> {
    let parts = PARTS.into_iter().filter_map(|part| Some((part, case.headings.get(&part)?)));
    let mut failures = Vec::new();
    for (part, heading) in parts {
        let expected: Vec<Line> =
            case.expected[&part].iter().filter(|line| line.text.trim() != NOTHING).cloned().collect();
        match (part, &made.sector) {
            (Part::Summary, Some(sector)) if expected.iter().any(|line| cells(&line.text).is_some()) => {
                failures.extend(summary(&expected, sector, config));
            }
            _ => failures.extend(lines(part, *heading, &expected, &made.part(part, config))),
        }
    }
    failures
}

/// Compares a part line by line, paragraphs sentence by sentence.
fn lines(part: Part, heading: u32, expected: &[Line], made: &[String]) -> Vec<Failure> {
    let made: Vec<Line> = made.iter().map(|text| Line { number: heading, text: text.clone() }).collect();
    let keyed = |lines: &[Line]| -> Vec<(u32, String)> {
        if part != Part::Text {
            let filled = lines.iter().filter(|line| !line.text.trim().is_empty());
            return filled.map(|line| (line.number, line.text.trim_end().to_owned())).collect();
        }
        let opening = |opens: bool| if opens { "¶ " } else { "" };
        sentences::read(lines).into_iter().map(|s| (s.line, format!("{}{}", opening(s.opens), s.text))).collect()
    };
    differences(heading, &keyed(expected), &keyed(&made), part)
}

/// Returns the lines that only one side has, in order; a line that replaces another is reported with it.
fn differences(heading: u32, expected: &[(u32, String)], made: &[(u32, String)], part: Part) -> Vec<Failure> {
    let mut failures = Vec::new();
    let (mut left, mut right, mut place) = (0, 0, heading);
    for (same_left, same_right) in common(expected, made).into_iter().chain([(expected.len(), made.len())]) {
        for nth in 0..(same_left - left).max(same_right - right) {
            let wanted = expected[left..same_left].get(nth);
            let found = made[right..same_right].get(nth);
            place = wanted.map_or(place, |(line, _)| *line);
            failures.push(difference(place, wanted.map(|w| w.1.as_str()), found.map(|f| f.1.as_str()), part));
        }
        place = expected.get(same_left).map_or(place, |(line, _)| *line);
        (left, right) = (same_left + 1, same_right + 1);
    }
    failures
}

fn difference(line: u32, expected: Option<&str>, actual: Option<&str>, part: Part) -> Failure {
    let title = part.title();
    let message = match (expected, actual) {
        (Some(_), Some(_)) => say!("{title}: khác", "{title}: different"),
        (Some(_), None) => say!("{title}: thiếu", "{title}: missing"),
        _ => say!("{title}: thừa", "{title}: not expected"),
    };
    let owned = |words: Option<&str>| words.map(str::to_owned);
    Failure { line, message, expected: owned(expected), actual: owned(actual) }
}

/// Returns the index pairs of the longest common subsequence of lines.
fn common(left: &[(u32, String)], right: &[(u32, String)]) -> Vec<(usize, usize)> {
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
enum Column {
    Code,
    Label,
    Unit,
    Measure(Measure),
}

/// Compares the cells of an expected summary, which may contain only some rows and columns.
fn summary(expected: &[Line], sector: &SectorReport, config: &Config) -> Vec<Failure> {
    let mut rows = expected.iter().filter_map(|line| Some((line.number, cells(&line.text)?)));
    let Some((heading, titles)) = rows.next() else { return Vec::new() };
    let mut failures = Vec::new();
    let mut columns = Vec::new();
    for title in &titles {
        let column = column(title, sector, config);
        if column.is_none() {
            failures.push(Failure::new(heading, unknown_column(title, sector, config)));
        }
        columns.push(column);
    }
    for (line, cells) in rows {
        match row(&columns, &cells, sector) {
            Some((decl, row)) => {
                let told =
                    columns.iter().zip(&titles).zip(cells.iter().map(String::as_str).chain(std::iter::repeat("")));
                for ((column, title), wanted) in told {
                    let Some(column) = column else { continue };
                    failures.extend(cell(line, column, title, wanted, (decl, row), config));
                }
            }
            None => failures.push(Failure::new(
                line,
                say!(
                    "ngành không có chỉ tiêu của dòng \"{row}\"",
                    "the sector has no indicator of the row \"{row}\"",
                    row = cells.join(" | ")
                ),
            )),
        }
    }
    failures
}

/// Returns the measures that a summary of the sector may contain.
fn measures(sector: &SectorReport) -> Vec<Measure> {
    let targets = &sector.decl.targets;
    let plans = targets.iter().cloned().map(Measure::Target);
    let others = sector.decl.measures.iter().cloned().map(Measure::Other);
    let attainments = targets.iter().cloned().map(Measure::Attainment);
    // Figures borrowed from another sector may refer to the targets of that sector.
    let present = sector.rows.iter().flat_map(|row| &row.figures).map(|figure| figure.name.measure.clone());
    let following = [Measure::Yoy, Measure::Change, Measure::Share, Measure::Ratio];
    [Measure::Actual, Measure::LastYear]
        .into_iter()
        .chain(plans)
        .chain(others)
        .chain(attainments)
        .chain(following)
        .chain(present)
        .collect()
}

fn column(title: &str, sector: &SectorReport, config: &Config) -> Option<Column> {
    let is = |words: &str| fold(words) == fold(title);
    match title {
        _ if is(CODE) => Some(Column::Code),
        _ if is(LABEL) => Some(Column::Label),
        _ if is(UNIT) => Some(Column::Unit),
        _ => {
            let measure = measures(sector).into_iter().find(|measure| is(&measure_title(measure, config)));
            measure.map(Column::Measure)
        }
    }
}

fn unknown_column(title: &str, sector: &SectorReport, config: &Config) -> Words {
    let mut known: Vec<String> = vec![CODE.to_owned(), LABEL.to_owned(), UNIT.to_owned()];
    known.extend(measures(sector).iter().map(|measure| format!("\"{}\"", measure_title(measure, config))));
    known.dedup();
    say!(
        "không có cột \"{title}\"; các cột là {known}",
        "there is no column \"{title}\"; the columns are {known}",
        known = known.join(", ")
    )
}

/// Returns the row with the given id, or else with the given label.
fn row<'s>(
    columns: &[Option<Column>],
    cells: &[String],
    sector: &'s SectorReport,
) -> Option<(&'s IndicatorDecl, &'s IndicatorRow)> {
    let written = |wanted: fn(&Column) -> bool| {
        let at = columns.iter().position(|column| column.as_ref().is_some_and(wanted))?;
        cells.get(at).map(|cell| cell.trim_matches('`'))
    };
    let code = written(|column| matches!(column, Column::Code));
    let named = written(|column| matches!(column, Column::Label));
    sector.declared_rows().find(|(decl, _)| match (code, named) {
        (Some(code), _) => decl.id.as_str() == code,
        (None, Some(words)) => label(&decl.label) == label(words),
        (None, None) => false,
    })
}

fn cell(
    line: u32,
    column: &Column,
    title: &str,
    wanted: &str,
    (decl, row): (&IndicatorDecl, &IndicatorRow),
    config: &Config,
) -> Option<Failure> {
    let actual = match column {
        Column::Code => return None,
        Column::Label => decl.label.clone(),
        Column::Unit => decl.unit.to_string(),
        Column::Measure(measure) => {
            row.figure(measure).map(|figure| outcome::printed(figure, config)).unwrap_or_default()
        }
    };
    let number = |words: &str| read(words, Convention::Vietnamese).map(|reading| reading.value);
    let same = actual == wanted || number(&actual).is_some_and(|value| Some(value) == number(wanted));
    (!same).then(|| Failure {
        line,
        message: say!("{id}, {title}: khác", "{id}, {title}: different", id = decl.id),
        expected: Some(wanted.to_owned()),
        actual: Some(actual),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_compared_where_they_stand() {
        let side =
            |words: &[&str]| -> Vec<(u32, String)> { (1..).zip(words.iter().map(|w| (*w).to_owned())).collect() };
        let told = |expected: &[&str], made: &[&str]| -> Vec<(u32, Option<String>, Option<String>)> {
            let found = differences(9, &side(expected), &side(made), Part::Text);
            found.into_iter().map(|f| (f.line, f.expected, f.actual)).collect()
        };
        let some = |words: &str| Some(words.to_owned());
        assert_eq!(told(&["a", "b", "c"], &["a", "b", "c"]), []);
        assert_eq!(told(&["a", "b", "c"], &["a", "x", "c"]), [(2, some("b"), some("x"))]);
        assert_eq!(told(&["a", "b", "c"], &["a", "c"]), [(2, some("b"), None)]);
        assert_eq!(told(&["a", "c"], &["a", "b", "c", "d"]), [(1, None, some("b")), (2, None, some("d"))]);
        assert_eq!(told(&[], &["a"]), [(9, None, some("a"))]);
    }
}
