//! Decides which rows of an open table are totals, and which records each adds up.
//!
//! Input: the lines of the table and its groups. Output: a [`TotalReading`] for each row whose label begins like that of
//! a total. Not here: the comparison with the sum.
//!
//! The words of the label decide if they name rows: a group, a number, a text of a field. Else the numbers do. A row that
//! is numbered like the records and is no sum is a record: "Tổng kho xăng dầu". Where nothing decides, it is not read.

use super::groups::Group;
use super::lines::{Body, Line, LineKind};
use super::numbers::TableNumbers;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::label::bare_label;
use tonghop_core::vi::numbering::NumberingRank;
use tonghop_core::vi::total_label::TotalScope;

/// What a row whose label begins like that of a total is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TotalReading {
    /// A total of these lines; `by_numbers` if only its numbers say so.
    Sum { lines: Vec<usize>, by_numbers: bool },
    /// A total, but not known of what.
    Unknown,
    /// A record.
    Record,
    /// Either.
    Doubtful,
}

/// The rows of a table with what is known about them.
pub(super) struct TotalFinder<'f, 'b, 'n> {
    pub body: &'f Body<'b>,
    pub lines: &'f [Line],
    pub groups: &'f [Group],
    numbers: &'n dyn Fn() -> &'n TableNumbers,
    /// The lines with each folded text, by field.
    lines_by_text: OnceCell<Vec<BTreeMap<String, Vec<usize>>>>,
}

impl<'f, 'b, 'n> TotalFinder<'f, 'b, 'n> {
    pub(super) fn new(
        body: &'f Body<'b>,
        lines: &'f [Line],
        groups: &'f [Group],
        numbers: &'n dyn Fn() -> &'n TableNumbers,
    ) -> Self {
        Self { body, lines, groups, numbers, lines_by_text: OnceCell::new() }
    }

    /// Reads a row whose label has this scope.
    pub(super) fn read(&self, at: usize, scope: &TotalScope) -> TotalReading {
        match scope {
            TotalScope::Formula => TotalReading::Unknown,
            TotalScope::Numbered(numbers) => self.numbered(at, numbers),
            TotalScope::Bare => self.bare(at),
            TotalScope::Named(name) => self.named(at, name),
        }
    }

    /// Finds the groups or records with these numbers.
    fn numbered(&self, at: usize, numbers: &[String]) -> TotalReading {
        let mut lines = Vec::new();
        for number in numbers {
            let (above, below) = self.groups.split_at(self.groups.partition_point(|group| group.line < at));
            let has_number = |group: &&Group| group.number.as_ref() == Some(number);
            // Numbers begin again under each heading above them: the nearest is meant.
            let group = above.iter().rfind(has_number).or_else(|| below.iter().find(has_number));
            let record = |line: &usize| self.body.number(self.body.rows[*line]).as_ref() == Some(number);
            match group {
                Some(group) => lines.extend(self.records(group.lines.clone())),
                None => match self.scope_around(at).into_iter().rfind(record) {
                    Some(line) => lines.push(line),
                    None => return TotalReading::Unknown,
                },
            }
        }
        // The numbers may be those of the totals above, which have none of their own.
        let all = self.records(0..self.lines.len());
        if !self.is_sum(at, &lines) && self.is_sum(at, &all) {
            return sum_of(all);
        }
        sum_of(lines)
    }

    /// Returns the records that a row can refer to by their numbers: those of its group, else all.
    fn scope_around(&self, at: usize) -> Vec<usize> {
        self.group_of(at).map_or_else(|| self.records(0..self.lines.len()), |group| self.records(group.lines.clone()))
    }

    /// Finds the rows that a total without a name adds up, by its fields, its numbers and its place.
    fn bare(&self, at: usize) -> TotalReading {
        let by_field = self.rows_with_fields_of(at);
        let all = self.records(0..self.lines.len());
        let is_only = self.groups.is_empty() && self.totals().count() == 1;
        if is_only && by_field.is_empty() {
            return sum_of(all);
        }
        let group = self.group_of(at).map(|group| self.records(group.lines.clone())).unwrap_or_default();
        let candidates = [&by_field, &all, &group, &self.above(at), &self.below(at)];
        if let Some(equal) = candidates.into_iter().find(|rows| self.is_sum(at, rows)) {
            return sum_of(equal.clone());
        }
        let is_outside = |all: &[usize]| all.first().is_none_or(|first| at < *first);
        let is_last = self.totals().next_back() == Some(at) && all.last().is_none_or(|last| at > *last);
        let likely = if !by_field.is_empty() {
            by_field
        } else if is_last || is_outside(&all) {
            all
        } else if group.is_empty() {
            self.above(at)
        } else {
            group
        };
        if likely.is_empty() { TotalReading::Unknown } else { sum_of(likely) }
    }

    fn named(&self, at: usize, name: &str) -> TotalReading {
        let is_numbered = self.is_numbered_like_records(at);
        let of_name = self.rows_named(name);
        if !of_name.is_empty() {
            // "3 | Tổng công ty A" can be a work of its own among those of "Công ty A".
            let is_doubtful = is_numbered && !self.is_sum(at, &of_name);
            return if is_doubtful { TotalReading::Doubtful } else { sum_of(of_name) };
        }
        let all = self.records(0..self.lines.len());
        let before = self.records(0..at);
        let group = self.group_of(at).map(|group| self.records(group.lines.clone())).unwrap_or_default();
        let fewest = if is_numbered { 2 } else { 1 };
        let candidates = [self.above(at), group, before, all, self.below(at)];
        let equal = candidates.into_iter().find(|rows| rows.len() >= fewest && self.is_sum(at, rows));
        match equal {
            Some(lines) => TotalReading::Sum { lines, by_numbers: true },
            None if is_numbered || !self.are_records_numbered() => TotalReading::Record,
            None => TotalReading::Doubtful,
        }
    }

    /// Returns the records of the group, or with the field, that has a name.
    fn rows_named(&self, name: &str) -> Vec<usize> {
        let number = name.to_uppercase();
        let is_named = |group: &&Group| group.key == name || group.number.as_ref() == Some(&number);
        if let Some(group) = self.groups.iter().find(is_named) {
            return self.records(group.lines.clone());
        }
        let mut found: Vec<usize> = Vec::new();
        for (col, lines) in self.body.part.field_columns.iter().zip(self.lines_by_text()) {
            let heading = self.heading(*col);
            let of_name = lines.iter().filter(|(text, _)| is_name_of_field(name, text, &heading));
            found.extend(of_name.flat_map(|(_, lines)| lines).filter(|line| self.is_record(**line)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Returns the folded heading of a column: the nearest text above the rows.
    fn heading(&self, col: u32) -> String {
        let first = self.body.rows.first().map_or(0, |row| row.index);
        let above = self.body.grid.rows.iter().rev().filter(|row| row.index < first);
        let mut texts = above.filter_map(|row| row.cell(col)?.text());
        texts.next().map(fold).unwrap_or_default()
    }

    /// Returns the records that have the texts which a total has in its own fields.
    fn rows_with_fields_of(&self, at: usize) -> Vec<usize> {
        let (row, part) = (self.body.rows[at], self.body.part);
        let title = self.body.title(row).map(|(cell, _)| cell.col);
        let own: Vec<(usize, String)> = part
            .field_columns
            .iter()
            .enumerate()
            .filter(|(_, col)| Some(**col) != title)
            .filter_map(|(field, col)| Some((field, fold(row.cell(*col)?.text()?))))
            .collect();
        if own.is_empty() {
            return Vec::new();
        }
        let lines =
            |(field, text): &(usize, String)| self.lines_by_text()[*field].get(text).map_or(&[][..], Vec::as_slice);
        let (first, others) = own.split_at(1);
        let has_others = |line: &usize| others.iter().all(|other| lines(other).binary_search(line).is_ok());
        let of_first = first.iter().flat_map(lines).copied();
        of_first.filter(|line| self.is_record(*line) && has_others(line)).collect()
    }

    fn lines_by_text(&self) -> &[BTreeMap<String, Vec<usize>>] {
        self.lines_by_text.get_or_init(|| self.body.lines_by_text())
    }

    fn is_sum(&self, at: usize, rows: &[usize]) -> bool {
        !rows.is_empty() && (self.numbers)().is_sum(at, rows)
    }

    /// Returns the records among some lines.
    fn records(&self, lines: std::ops::Range<usize>) -> Vec<usize> {
        lines.filter(|line| self.is_record(*line)).collect()
    }

    pub(super) fn is_record(&self, line: usize) -> bool {
        self.lines[line].kind == LineKind::Record && self.groups.binary_search_by_key(&line, |g| g.line).is_err()
    }

    /// Returns whether a line ends the rows that a total next to them adds up.
    fn is_boundary(&self, line: usize) -> bool {
        matches!(self.lines[line].kind, LineKind::Total(_))
            || self.groups.binary_search_by_key(&line, |group| group.line).is_ok()
    }

    /// Returns the records directly above a line.
    fn above(&self, at: usize) -> Vec<usize> {
        let mut found: Vec<usize> =
            (0..at).rev().take_while(|line| !self.is_boundary(*line)).filter(|line| self.is_record(*line)).collect();
        found.reverse();
        found
    }

    /// Returns the records directly below a line.
    fn below(&self, at: usize) -> Vec<usize> {
        let next = (at + 1..self.lines.len()).take_while(|line| !self.is_boundary(*line));
        next.filter(|line| self.is_record(*line)).collect()
    }

    fn group_of(&self, at: usize) -> Option<&Group> {
        self.groups.iter().rfind(|group| group.lines.contains(&at))
    }

    fn totals(&self) -> impl DoubleEndedIterator<Item = usize> {
        (0..self.lines.len()).filter(|line| self.lines[*line].kind == LineKind::Total(TotalScope::Bare))
    }

    /// Returns whether a row is numbered on the level of the record next to it.
    pub(super) fn is_numbered_like_records(&self, at: usize) -> bool {
        let rank = self.body.rank(self.body.rows[at]);
        let record = (0..at).rev().chain(at + 1..self.lines.len()).find(|line| self.is_record(*line));
        rank < NumberingRank::Dash && record.is_some_and(|line| self.body.rank(self.body.rows[line]) == rank)
    }

    fn are_records_numbered(&self) -> bool {
        let first = (0..self.lines.len()).find(|line| self.is_record(*line));
        first.is_some_and(|line| self.body.rank(self.body.rows[line]) < NumberingRank::Dash)
    }
}

fn sum_of(lines: Vec<usize>) -> TotalReading {
    if lines.is_empty() { TotalReading::Unknown } else { TotalReading::Sum { lines, by_numbers: false } }
}

/// Returns whether a name is a text of a field, with or without the words of its heading: "phường a" is "A" in a column
/// "Phường".
fn is_name_of_field(name: &str, key: &str, heading: &str) -> bool {
    let is_of_heading = |words: &str| {
        let words = words.trim();
        !words.is_empty()
            && words.split(' ').all(|word| heading.split(|c: char| !c.is_alphanumeric()).any(|h| h == word))
    };
    let longer_by = |long: &str, short: &str| {
        !short.is_empty()
            && long.strip_suffix(short).is_some_and(|before| before.ends_with(' ') && is_of_heading(before))
    };
    key == name || bare_label(key) == name || longer_by(name, key) || longer_by(key, name)
}
