//! The number formats of Excel, as far as they change which number people see.
//!
//! Input: the code of a format (`#,##0," nghìn đồng"`). Output: how a number is scaled on the screen, its decimals there,
//! and the words after it. Not here: the printed text of a number, dates, the meaning of the words.

use rust_decimal::Decimal;

/// The longest code that is parsed, in bytes; Excel allows 255 characters.
const MAX_CODE_BYTES: usize = 1_024;
/// The most scaling signs of a section that count; more would leave no digit of any number.
const MAX_SIGNS: u32 = 4;
/// Letters of dates and times outside quotes.
const DATE_LETTERS: [char; 7] = ['d', 'm', 'y', 'h', 's', 'b', 'g'];
/// Signs of currencies that stand for no unit.
const CURRENCY_SIGNS: [&str; 2] = ["₫", "$"];
/// The format of a cell without a format.
const GENERAL: &str = "general";

/// A parsed format; it has at least one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    sections: Vec<Section>,
}

/// How the number of a cell is displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisplayScale<'f> {
    /// The number of commas after the digits: each divides the number by a thousand.
    pub thousands: u32,
    /// The number of percent signs: each multiplies the number by a hundred. A quoted sign is a word.
    pub percents: u32,
    /// The words after the digits, else those before them; trimmed. The sign of a currency is none: one click in Excel
    /// puts it there, whatever the scale of the column.
    pub words: &'f str,
}

impl DisplayScale<'_> {
    /// Returns the number as it is displayed, not rounded; `None` if it has too many digits.
    pub fn scale(&self, stored: Decimal) -> Option<Decimal> {
        let percent = (0..self.percents).try_fold(stored, |number, _| number.checked_mul(Decimal::ONE_HUNDRED))?;
        let scaled = (0..self.thousands).try_fold(percent, |number, _| number.checked_div(Decimal::ONE_THOUSAND))?;
        Some(scaled.normalize())
    }
}

/// One section of a format: that of positive numbers, of negative ones, of zeros, or of a condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Section {
    thousands: u32,
    percents: u32,
    before: String,
    after: String,
    condition: Option<Condition>,
    has_digits: bool,
    /// The digits after the decimal point.
    decimals: u32,
    /// Whether the number has as many decimals as fit: a general, scientific or fraction format.
    has_any_decimals: bool,
    is_date: bool,
}

/// The condition of a section: `[>=1000000]`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Condition {
    sign: String,
    bound: Decimal,
}

impl Condition {
    fn parse(inside: &str) -> Option<Self> {
        let bound = inside.trim_start_matches(['<', '>', '=']);
        let sign = &inside[..inside.len() - bound.len()];
        let is_known = ["<", ">", "=", "<=", ">=", "<>"].contains(&sign);
        Some(Self { sign: sign.to_owned(), bound: bound.trim().parse().ok().filter(|_| is_known)? })
    }

    fn holds(&self, number: Decimal) -> bool {
        match self.sign.as_str() {
            "<" => number < self.bound,
            ">" => number > self.bound,
            "<=" => number <= self.bound,
            ">=" => number >= self.bound,
            "=" => number == self.bound,
            _ => number != self.bound,
        }
    }
}

impl NumberFormat {
    /// Parses a code; `None` if it is too long to be one.
    pub fn parse(code: &str) -> Option<Self> {
        if code.len() > MAX_CODE_BYTES {
            return None;
        }
        Some(Self { sections: split_sections(code).into_iter().map(|text| SectionParser::parse(&text)).collect() })
    }

    /// Returns whether a code may change the number or name its unit; the cheap test before parsing.
    pub fn may_change(code: &str) -> bool {
        let is_plain = |c: u8| c.is_ascii() && !matches!(c, b'%' | b'"' | b'\\' | b'[');
        let groups_digits = |next: Option<&u8>| matches!(next, Some(b'0' | b'#' | b'?'));
        let bytes = code.as_bytes();
        let mut signs = bytes.iter().enumerate();
        !signs.all(|(at, c)| is_plain(*c) && (*c != b',' || groups_digits(bytes.get(at + 1))))
    }

    /// Returns how a number is displayed; `None` as a date, or by a section without digits.
    pub fn display(&self, number: Decimal) -> Option<DisplayScale<'_>> {
        let section = self.section_of(number)?;
        let words = if section.after.trim().is_empty() { section.before.trim() } else { section.after.trim() };
        (section.has_digits && !section.is_date).then(|| DisplayScale {
            thousands: section.thousands.min(MAX_SIGNS),
            percents: section.percents.min(MAX_SIGNS),
            words: Some(words).filter(|words| !CURRENCY_SIGNS.contains(words)).unwrap_or_default(),
        })
    }

    /// Returns how many decimals of a number are displayed at most; `None` if the format leaves it open.
    pub fn decimals(&self, number: Decimal) -> Option<u32> {
        let section = self.section_of(number)?;
        (section.has_digits && !section.is_date && !section.has_any_decimals).then_some(section.decimals)
    }

    /// Returns the section of a number: the first whose condition holds, else the one for its sign.
    fn section_of(&self, number: Decimal) -> Option<&Section> {
        let conditions = self.sections.iter().take(2).any(|section| section.condition.is_some());
        if conditions {
            let holds = |section: &&Section| section.condition.as_ref().is_none_or(|c| c.holds(number));
            return self.sections.iter().take(3).find(holds);
        }
        let at = match self.sections.len() {
            0 | 1 => 0,
            2 => usize::from(number.is_sign_negative() && !number.is_zero()),
            _ if number.is_zero() => 2,
            _ => usize::from(number.is_sign_negative()),
        };
        self.sections.get(at)
    }
}

/// Splits a code at the semicolons that are outside quotes and brackets.
fn split_sections(code: &str) -> Vec<Vec<char>> {
    let mut sections = vec![Vec::new()];
    let (mut is_quoted, mut is_bracketed) = (false, false);
    let mut letters = code.chars();
    while let Some(c) = letters.next() {
        match c {
            '"' if !is_bracketed => is_quoted = !is_quoted,
            '[' if !is_quoted => is_bracketed = true,
            ']' if !is_quoted => is_bracketed = false,
            ';' if !is_quoted && !is_bracketed => {
                sections.push(Vec::new());
                continue;
            }
            _ => {}
        }
        let Some(section) = sections.last_mut() else { continue };
        section.push(c);
        if matches!(c, '\\' | '_' | '*') && !is_quoted && !is_bracketed {
            section.extend(letters.next());
        }
    }
    sections
}

/// Parses one section from left to right.
#[derive(Default)]
struct SectionParser {
    section: Section,
    /// The commas since the last digit; they scale if no digit follows.
    commas: u32,
    is_after_point: bool,
}

impl SectionParser {
    fn parse(code: &[char]) -> Section {
        let mut parser = Self::default();
        let mut rest = code;
        while let Some((c, after)) = rest.split_first() {
            rest = match c {
                '"' => parser.quoted(after),
                '[' => parser.bracketed(after),
                '\\' => parser.skip(after, true),
                '_' | '*' => parser.skip(after, false),
                _ => parser.sign(*c, rest),
            };
        }
        parser.section.thousands += parser.commas;
        parser.section
    }

    fn push_word(&mut self, c: char) {
        let words = if self.section.has_digits { &mut self.section.after } else { &mut self.section.before };
        words.push(c);
    }

    fn quoted<'c>(&mut self, rest: &'c [char]) -> &'c [char] {
        let end = rest.iter().position(|c| *c == '"').unwrap_or(rest.len());
        rest[..end].iter().for_each(|c| self.push_word(*c));
        rest.get(end + 1..).unwrap_or_default()
    }

    /// Takes the sign after a backslash as a word; the one after `_` or `*` only sets a blank.
    fn skip<'c>(&mut self, rest: &'c [char], is_word: bool) -> &'c [char] {
        let Some((c, after)) = rest.split_first() else { return rest };
        self.push_word(if is_word { *c } else { ' ' });
        after
    }

    /// Reads a condition, or passes over a currency (`[$₫-42A]`), an elapsed time (`[h]`) or a colour.
    fn bracketed<'c>(&mut self, rest: &'c [char]) -> &'c [char] {
        let end = rest.iter().position(|c| *c == ']').unwrap_or(rest.len());
        let inside: String = rest[..end].iter().collect();
        if inside.starts_with('$') {
            self.push_word(' ');
        } else if let Some(condition) = Condition::parse(&inside) {
            self.section.condition = Some(condition);
        } else {
            let is_time = |c: char| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's');
            self.section.is_date |= !inside.is_empty() && inside.chars().all(is_time);
        }
        rest.get(end + 1..).unwrap_or_default()
    }

    /// Reads a sign outside quotes; returns what follows it.
    fn sign<'c>(&mut self, c: char, rest: &'c [char]) -> &'c [char] {
        let starts = |word: &str| {
            let mut letters = rest.iter().map(char::to_ascii_lowercase);
            word.chars().all(|wanted| letters.next() == Some(wanted))
        };
        match c {
            _ if starts(GENERAL) => {
                (self.section.has_digits, self.section.has_any_decimals) = (true, true);
                return &rest[GENERAL.len()..];
            }
            '0' | '#' | '?' => {
                self.section.has_digits = true;
                self.section.decimals += u32::from(self.is_after_point);
                self.commas = 0;
            }
            ',' if self.section.has_digits => self.commas += 1,
            '.' => {
                // A comma directly before the decimal point scales as well.
                self.section.thousands += std::mem::take(&mut self.commas);
                self.is_after_point = true;
            }
            '%' => self.section.percents += 1,
            'E' | 'e' if matches!(rest.get(1), Some('+' | '-')) => {
                self.section.has_any_decimals = true;
                return &rest[2..];
            }
            '/' => self.section.has_any_decimals = true,
            '(' | ')' | '+' | '-' | '@' | ',' => {}
            _ if DATE_LETTERS.contains(&c.to_ascii_lowercase()) => self.section.is_date = true,
            _ => self.push_word(c),
        }
        &rest[1..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(written: &str) -> Decimal {
        written.parse().unwrap()
    }

    /// Returns the displayed number and the words next to it.
    fn shown(code: &str, stored: &str) -> Option<(String, String)> {
        let format = NumberFormat::parse(code)?;
        let scale = format.display(decimal(stored))?;
        Some((scale.scale(decimal(stored))?.to_string(), scale.words.to_owned()))
    }

    #[test]
    fn formats_scale_numbers_and_name_their_unit() {
        for (code, stored, number, words) in [
            ("General", "1234.5", "1234.5", ""),
            ("0", "7", "7", ""),
            ("#,##0", "700000000", "700000000", ""),
            ("#,##0.00", "1234.5", "1234.5", ""),
            ("#,##0,", "700000000", "700000", ""),
            ("#,##0,,", "700000000", "700", ""),
            ("#,##0.0,,", "1250000", "1.25", ""),
            ("#,##0,.0", "1250", "1.25", ""),
            ("0.0%", "0.075", "7.5", ""),
            ("0.0\"%\"", "96.5", "96.5", "%"),
            ("0.0\\%", "96.5", "96.5", "%"),
            ("0.0 \"%\"", "96.5", "96.5", "%"),
            ("#,##0\" nghìn đồng\"", "700000", "700000", "nghìn đồng"),
            ("#,##0,\" nghìn đồng\"", "700000", "700", "nghìn đồng"),
            ("#,##0,,\\ \"tr\"", "7000000", "7", "tr"),
            ("#,##0 [$₫-42A]", "5000", "5000", ""),
            ("[$VND] #,##0", "5000", "5000", ""),
            ("#,##0\\ \"₫\"", "5000", "5000", ""),
            ("#,##0\\ \\h\\ộ", "5", "5", "hộ"),
            ("#,##0_);(#,##0)", "-5", "-5", ""),
            ("#,##0_);[Red]\\(#,##0,\\)", "-5000", "-5", ")"),
            ("#,##0;-#,##0;\"không\"0", "0", "0", "không"),
            ("[>=1000000]#,##0,,\"M\";[>=1000]#,##0,\"K\";0", "2500000", "2.5", "M"),
            ("[>=1000000]#,##0,,\"M\";[>=1000]#,##0,\"K\";0", "2500", "2.5", "K"),
            ("[>=1000000]#,##0,,\"M\";[>=1000]#,##0,\"K\";0", "25", "25", ""),
            ("[Blue]0\" ha\"", "5", "5", "ha"),
            ("0.00E+00", "12345", "12345", ""),
            ("# ?/?", "0.5", "0.5", ""),
            ("General\" tấn\"", "3", "3", "tấn"),
            ("#,##0;[Red]-#,##0", "-700000", "-700000", ""),
            ("\"a;b\"0", "1", "1", "a;b"),
            ("0,", "-2500", "-2.5", ""),
        ] {
            assert_eq!(shown(code, stored), Some((number.to_owned(), words.to_owned())), "{code} {stored}");
        }
    }

    #[test]
    fn dates_and_sections_without_digits_scale_nothing() {
        for (code, stored) in [
            ("dd/mm/yyyy", "45000"),
            ("[h]:mm", "1.5"),
            ("d\" tháng \"m", "45000"),
            (";;;", "5"),
            ("0;-0;\"-\"", "0"),
            ("@", "5"),
            ("", "5"),
        ] {
            assert_eq!(shown(code, stored), None, "{code}");
        }
        assert_eq!(NumberFormat::parse(&"0".repeat(MAX_CODE_BYTES + 1)), None);
    }

    #[test]
    fn plain_formats_need_no_parsing() {
        for (code, expected) in [
            ("General", false),
            ("0.00", false),
            ("#,##0", false),
            ("#,##0_);(#,##0)", false),
            ("0%", true),
            ("#,##0,", true),
            ("#,##0,_);(#,##0,)", true),
            ("0\"%\"", true),
        ] {
            assert_eq!(NumberFormat::may_change(code), expected, "{code}");
        }
    }

    #[test]
    fn formats_say_how_many_decimals_are_seen() {
        for (code, number, expected) in [
            ("0", "7.5", Some(0)),
            ("#,##0", "1234.5", Some(0)),
            ("#,##0.00", "1234.5", Some(2)),
            ("0.0##", "1.5", Some(3)),
            ("#,##0.0,,", "1250000", Some(1)),
            ("0.0\" ha.0\"", "1.25", Some(1)),
            ("#,##0.0;(#,##0.00);0", "-1.5", Some(2)),
            ("#,##0.0;(#,##0.00);0", "0", Some(0)),
            ("General", "1.5", None),
            ("0.0E+00", "1.5", None),
            ("# ?/?", "1.5", None),
            ("dd/mm/yyyy", "1.5", None),
            ("@", "1.5", None),
            ("", "1.5", None),
        ] {
            let format = NumberFormat::parse(code).unwrap();
            assert_eq!(format.decimals(decimal(number)), expected, "{code} {number}");
        }
    }

    proptest! {
        #[test]
        fn any_code_is_taken(code in ".*|[0#?,.%;\\[\\]\"\\\\_*E+a-h>=<$ -]{0,60}", digits in any::<i64>(), places in 0..9_u32) {
            let stored = Decimal::new(digits, places);
            let format = NumberFormat::parse(&code);
            format.as_ref().and_then(|format| format.display(stored)).map(|scale| scale.scale(stored));
        }

        #[test]
        fn a_code_that_needs_no_parsing_changes_nothing(code in "[0#?.,;_()EGenral+-]{0,12}", digits in any::<i32>()) {
            let stored = Decimal::from(digits);
            let format = NumberFormat::parse(&code).unwrap();
            if let Some(scale) = format.display(stored).filter(|_| !NumberFormat::may_change(&code)) {
                prop_assert_eq!((scale.thousands, scale.percents), (0, 0));
            }
        }
    }
}
