//! Generates the content of the form that a department fills in.
//!
//! Input: the index of a department. Output: the content of its form. Every value is a whole number of tenths, so that
//! sums are exact. Not here: positions in the sheet.

use super::Shape;
use super::random::Random;
use super::words::{CLAUSES, HEADINGS, KINDS, NOTES, PLACES, SECTORS, SUBJECTS, UNITS};

/// The seed of all generated values.
const SEED: u64 = 2024;

/// The most rows of a table that is grouped by sector; longer tables are registers in random order.
const MAX_GROUPED_ROWS: usize = 400;

/// The attainment of the plan, in percent, below which a row is a shortfall.
const SHORTFALL_PERCENT: i64 = 60;

/// A filled form.
pub struct Form {
    pub department: Department,
    /// The number of its cover letter.
    pub letter: i64,
    pub rows: Vec<FormRow>,
    pub narrative: Vec<NarrativeSection>,
}

/// A department that fills in a form.
pub struct Department {
    pub id: String,
    pub name: String,
    /// The file name of its workbook.
    pub file: String,
}

/// A section of the narrative: a heading with its paragraphs.
pub struct NarrativeSection {
    pub heading: &'static str,
    pub paragraphs: Vec<String>,
}

/// A data row of the table.
pub struct FormRow {
    pub sector: &'static str,
    pub indicator: String,
    pub unit: &'static str,
    pub plan: ValueCell,
    pub prior: ValueCell,
    pub actual: ValueCell,
    pub note: Option<String>,
}

/// The content of a value cell; numbers are in tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueCell {
    Number(i64),
    /// A number typed as text in Vietnamese notation.
    Typed(i64),
    Dash,
    Blank,
}

impl ValueCell {
    /// Returns the value, in tenths, if there is one.
    pub fn tenths(self) -> Option<i64> {
        match self {
            Self::Number(tenths) | Self::Typed(tenths) => Some(tenths),
            Self::Dash | Self::Blank => None,
        }
    }
}

impl FormRow {
    /// Returns plan and actual value, in tenths, if the row is a shortfall.
    pub fn shortfall(&self) -> Option<(i64, i64)> {
        let (plan, actual) = self.plan.tenths().zip(self.actual.tenths())?;
        (actual * 100 < plan * SHORTFALL_PERCENT).then_some((plan, actual))
    }
}

impl Department {
    /// Creates the department with this index, counted from zero.
    pub fn new(index: usize) -> Self {
        let number = format!("{:05}", index + 1);
        Self {
            name: format!("Đơn vị {number} - {}", PLACES[index % PLACES.len()]),
            id: format!("don-vi-{number}"),
            file: format!("bc_{number}.xlsx"),
        }
    }
}

impl Form {
    /// Generates the form of the department with this index, counted from zero.
    pub fn new(index: usize, shape: Shape) -> Self {
        let random = &mut Random::new(SEED, index);
        Self {
            department: Department::new(index),
            letter: random.between(100, 999),
            rows: (0..shape.rows).map(|place| row(place, shape.rows, random)).collect(),
            narrative: HEADINGS.into_iter().map(|heading| passage(heading, random)).collect(),
        }
    }

    /// Returns the first recommendation.
    pub fn recommendation(&self) -> &str {
        self.narrative.last().and_then(|passage| passage.paragraphs.first()).map_or("", String::as_str)
    }
}

fn row(index: usize, rows: usize, random: &mut Random) -> FormRow {
    let is_register = rows > MAX_GROUPED_ROWS;
    let mut indicator = format!("{} {}", random.pick(&SUBJECTS), random.pick(&KINDS));
    if is_register {
        indicator = format!("{indicator} {}", random.pick(&PLACES));
    }
    let plan = plan(random);
    let prior = plan * random.between(450, 950) / 1_000;
    let actual = plan * random.around(800, 170) / 1_000;
    // Avoids the exact threshold, where programs with binary fractions may decide either way.
    let actual = if actual * 100 == plan * SHORTFALL_PERCENT { actual + 1 } else { actual };
    FormRow {
        sector: if is_register { random.pick(&SECTORS) } else { SECTORS[index * SECTORS.len() / rows] },
        indicator,
        unit: random.pick(&UNITS),
        plan: entry(plan, random),
        prior: entry(prior, random),
        actual: entry(actual, random),
        note: random.happens(150).then(|| note(random)),
    }
}

/// Returns a plan in tenths: a small, medium or large number, or a round one.
fn plan(random: &mut Random) -> i64 {
    if random.happens(300) {
        return random.between(10, 5_000) * 10;
    }
    let lowest = random.pick(&[100, 1_000, 1_000, 10_000]);
    random.between(lowest, lowest * 10 - 1)
}

fn entry(tenths: i64, random: &mut Random) -> ValueCell {
    match random.between(1, 100) {
        1..=5 => ValueCell::Typed(tenths),
        6 => ValueCell::Dash,
        7 => ValueCell::Blank,
        _ => ValueCell::Number(tenths),
    }
}

fn note(random: &mut Random) -> String {
    let number = random.between(1, 3_000).to_string();
    random.pick(&NOTES).replace("{}", &number)
}

fn passage(heading: &'static str, random: &mut Random) -> NarrativeSection {
    NarrativeSection { heading, paragraphs: (0..3).map(|_| paragraph(random)).collect() }
}

fn paragraph(random: &mut Random) -> String {
    let clauses: Vec<&str> = (0..random.between(2, 5)).map(|_| random.pick(&CLAUSES)).collect();
    let (cases, share) = (random.between(1, 99), typed(random.between(100, 1_200)));
    capitalised(&format!("{} (đã xử lý {cases} trường hợp, đạt {share}%).", clauses.join("; ")))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Formats tenths in Vietnamese notation: `3.314,5`.
pub fn typed(tenths: i64) -> String {
    let whole = (tenths / 10).to_string();
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("{grouped},{}", tenths % 10)
}
