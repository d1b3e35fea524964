//! Reads the captions of a table: its title and its units.
//!
//! Input: rows of a sheet. Output: titles and units. Not here: headings, the rows of a table.

use super::grid::{Grid, GridRow};
use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::model::quantity::{Scale, Unit};
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::label::fold_label;
use tonghop_core::vi::unit;

/// The introductions of the unit of a whole table, folded.
const UNIT_INTRODUCTIONS: [&str; 4] = ["đơn vị tính:", "đvt:", "đ/v tính:", SENDER_OR_UNIT];
const SENDER_OR_UNIT: &str = "đơn vị:";
/// The most characters of a text that states a unit.
const MAX_UNIT_CHARS: usize = 30;
/// The most rows of a title.
const MAX_TITLE_ROWS: usize = 4;
/// Signs in a title for a continued table, folded.
const CONTINUATION_SIGNS: [&str; 2] = ["(tiếp theo)", "(tiếp)"];

/// The units that are recognised without an introduction: the general ones and, by base, those of the indicators.
pub(crate) struct KnownUnits<'a>(pub &'a BTreeSet<Arc<str>>);

impl KnownUnits<'_> {
    /// Parses a text that is only a unit.
    pub(crate) fn parse(&self, text: &str) -> Option<Unit> {
        let unit = (text.chars().count() <= MAX_UNIT_CHARS).then(|| unit::parse(text))?;
        let known = unit.scale != Scale::ONE || unit::is_measured(&unit) || self.0.contains(&unit.base);
        (known && !unit.base.is_empty()).then_some(unit)
    }

    /// Parses several units separated by signs: "Nghìn tấn; Triệu USD".
    fn parse_list(&self, text: &str) -> Option<Vec<Unit>> {
        text.split([',', ';']).map(|one| self.parse(one)).collect()
    }
}

/// Reads the units that a row states for the table below it: "Đơn vị tính: triệu đồng", "(Nghìn ha)" alone in its
/// row, or in brackets at the end of a title.
pub(crate) fn stated_units(row: &GridRow<'_>, known: &KnownUnits<'_>) -> Option<Vec<Unit>> {
    let introduced =
        || row.cells.iter().filter_map(|(_, cell)| cell.text()).find_map(|text| introduced_units(text, known));
    introduced().or_else(|| match row.cells.as_slice() {
        [(_, cell)] => standalone_units(cell.text()?, known),
        _ => None,
    })
}

fn introduced_units(text: &str, known: &KnownUnits<'_>) -> Option<Vec<Unit>> {
    // Fast path: every introduction contains a colon, and folding is expensive.
    if !text.contains(':') {
        return None;
    }
    let folded = fold(text).replace(" :", ":");
    let (introduction, rest) =
        UNIT_INTRODUCTIONS.iter().find_map(|words| folded.split_once(words).map(|(_, after)| (*words, after)))?;
    // The closing bracket of the line is not part of the unit; that of "Đồng Việt Nam(VND)" is.
    let end = rest.find(')').map_or(rest.len(), |at| at + usize::from(rest[..at].contains('(')));
    let words = rest[..end].trim();
    if words.contains([',', ';']) {
        return known.parse_list(words);
    }
    let unit = unit::parse(words);
    // "Đơn vị: Phòng Kinh tế" names the sender.
    let is_unit = introduction != SENDER_OR_UNIT || known.parse(words).is_some();
    (is_unit && !words.is_empty() && words.chars().count() <= MAX_UNIT_CHARS).then(|| vec![unit])
}

/// The most words of a unit.
const MAX_UNIT_WORDS: usize = 4;

/// Beginnings of lines that number a form, folded.
const FORM_NUMBERS: [&str; 5] = ["biểu", "mẫu", "phụ lục", "(kèm", "kèm"];

/// Returns whether a text is written as a unit: a few words in lower case without digits, not the number of a form.
pub(crate) fn looks_like_unit(text: &str) -> bool {
    let folded = fold(text);
    let is_short = text.chars().count() <= MAX_UNIT_CHARS && folded.split(' ').count() <= MAX_UNIT_WORDS;
    let is_lower = text.chars().any(char::is_lowercase) && !text.contains(|c: char| c.is_ascii_digit() || c == ':');
    is_short && is_lower && !FORM_NUMBERS.iter().any(|words| folded.starts_with(words))
}

fn standalone_units(text: &str, known: &KnownUnits<'_>) -> Option<Vec<Unit>> {
    let bracketed = || text.trim_end().strip_suffix(')')?.rsplit_once('(').map(|(_, inner)| inner);
    known.parse_list(text).or_else(|| known.parse_list(bracketed()?))
}

/// The mark of rows that a note below the table refers to.
const NOTE_MARK: &str = "(*)";

/// Returns whether a label refers to a note below the table: "Ô tô(*)".
pub(crate) fn has_note_mark(label: &str) -> bool {
    label.trim_end().ends_with(NOTE_MARK)
}

/// Reads the units of marked rows from the note below their table: "(*) Nghìn chiếc, triệu USD".
pub(crate) fn marked_units(body: &[GridRow<'_>], known: &KnownUnits<'_>) -> Vec<Unit> {
    let note = |row: &GridRow<'_>| {
        let text = row.cells.first().and_then(|(_, cell)| cell.text()).filter(|_| row.cells.len() == 1)?;
        known.parse_list(text.trim().strip_prefix(NOTE_MARK)?)
    };
    body.iter().find_map(note).unwrap_or_default()
}

/// Returns the folded titles in the rows of one text directly above row `start` of the grid.
///
/// A title of several rows is returned once from each of its rows on, as the upper rows may be a letterhead.
pub(crate) fn table_titles(grid: &Grid<'_>, start: usize, known: &KnownUnits<'_>) -> Vec<String> {
    let single_text = |row: &GridRow<'_>| match row.cells.as_slice() {
        [(_, cell)] => cell.text().map(str::to_owned),
        _ => None,
    };
    let above = grid.rows[..start].iter().rev().map_while(single_text);
    let lines: Vec<String> = above.filter(|text| !is_unit_line(text, known)).take(MAX_TITLE_ROWS).collect();
    (1..=lines.len()).map(|length| join_title(&lines[..length])).filter(|title| !title.is_empty()).collect()
}

/// Joins the rows of a title, given from bottom to top, without the number of the table and "(tiếp theo)".
fn join_title(lines: &[String]) -> String {
    let text = lines.iter().rev().map(String::as_str).collect::<Vec<_>>().join(" ");
    let folded = CONTINUATION_SIGNS.iter().fold(fold_label(&text), |title, sign| title.replace(sign, ""));
    fold_label(folded.trim())
}

/// Words at the beginning of the title of an index, a rate or a structure, folded.
const RATIO_WORDS: [&str; 8] =
    ["chỉ số", "cơ cấu", "tốc độ tăng", "tốc độ phát triển", "nhịp độ", "tỷ trọng", "tỷ lệ", "tỷ suất"];
/// Words after them that make it another title: "Cơ cấu lại nợ", "Chỉ số và số lượng".
const NO_RATIO_WORDS: [&str; 2] = ["lại", "và"];

/// Returns whether a folded title says that the numbers below it are an index, a rate or a structure: they are no
/// amounts.
pub(crate) fn is_ratio_title(title: &str) -> bool {
    let begins = |words: &&str| title.strip_prefix(*words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let is_other = || title.split(|c: char| !c.is_alphanumeric()).any(|word| NO_RATIO_WORDS.contains(&word));
    let is_of_base = || title.contains("=100") || title.contains("= 100");
    is_of_base() || RATIO_WORDS.iter().any(begins) && !is_other()
}

fn is_unit_line(text: &str, known: &KnownUnits<'_>) -> bool {
    known.parse_list(text).is_some() || introduced_units(text, known).is_some()
}
