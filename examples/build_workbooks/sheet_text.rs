//! Parses a workbook from a reviewable text and builds its `.xlsx` bytes.
//!
//! Input: the UTF-8 text of a workbook. Output: a [`BookText`], and from it the bytes of the `.xlsx`; the same text
//! always gives the same bytes. Not here: file access, computing of values, corrections: a clerk's mistake stays a
//! mistake.
//!
//! # The format
//!
//! Every line is a comment (starts with `#`), a directive (starts with `@`), a row, or blank.
//!
//! ```text
//! @property tonghop phan-hoi        a custom property of the file; before the first sheet
//! @sheet Thu NS                     starts a sheet; its directives follow, then its rows
//! @landscape                        prints the sheet across the page
//! @hidden                           hides the sheet; the first one stays visible
//! @hidden-row 4                     hides a row of the sheet
//! @comment D4 Số đúng là 5        adds a comment to a cell
//! @widths 6 48 14 14                widths of the columns A, B, C, ... in characters
//! @merge A6:C6                      joins cells; only the first of them may have content
//! @look A9:D10 header               bold centred wrapped cells with a border
//! @look A11:D20 body                wrapped cells with a border
//! @look A1:B2 bold center size=14   single properties: bold italic center right middle wrap
//!                                   border size=N; later lines add to earlier ones
//! @number C11:D20 #,##0             number format of the cells
//! 11 | I | Chi thường xuyên | 96011 | - |
//! ```
//!
//! A row starts with its row number in the sheet; the cells follow from column A on, each ended by
//! `|`. Row numbers ascend and may skip rows. Blanks around a cell are not part of it. A cell is
//!
//! * empty: no value,
//! * a number: digits with an optional leading `-` and a decimal dot (`96011`, `132.5`),
//! * a formula with its stored value: `=SUM(C12:C13) -> 3314`,
//! * a text: anything else. A leading `'` makes a text of what would be a number or a formula and
//!   is not part of the cell (`'96.011`).
//!
//! In texts and sheet names, `\|` is a bar, `\\` a backslash, `\s` a space that is kept at the ends of the cell too,
//! `\n` a line break, and `\u{A0}` the character with this hexadecimal code, which keeps no-break spaces and decomposed
//! letters visible in a review.

use std::collections::BTreeMap;
use std::fmt;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
};

const FONT: &str = "Times New Roman";
const FONT_SIZE: f64 = 12.0;
const ROW_HEIGHT_PIXELS: u32 = 21;
const LINE_HEIGHT_POINTS: f64 = 15.75;
/// The width of a typical letter, in units of the column width.
const LETTER_WIDTH: f64 = 1.05;
const DEFAULT_COLUMN_WIDTH: f64 = 8.43;
const COLUMN_WIDTH_PIXELS: u32 = 64;
const PAPER_A4: u8 = 9;
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u16 = 16_384;

/// The parsed text of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct BookText {
    sheets: Vec<SheetText>,
    /// The custom properties of the file: names and values.
    properties: Vec<(String, String)>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct SheetText {
    name: String,
    landscape: bool,
    hidden: bool,
    hidden_rows: Vec<u32>,
    /// The comments of cells: row, column, text.
    comments: Vec<(u32, u16, String)>,
    widths: Vec<f64>,
    merges: Vec<CellRange>,
    looks: Vec<(CellRange, CellLook)>,
    cells: BTreeMap<(u32, u16), CellText>,
    last_row: u32,
}

#[derive(Debug, Clone, PartialEq)]
enum CellText {
    Number(f64),
    Text(String),
    Formula { formula: String, result: f64 },
}

/// A rectangle of cells; rows and columns are counted from zero, ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
struct CellRange {
    top: u32,
    left: u16,
    bottom: u32,
    right: u16,
}

/// Formatting that is added to a cell.
#[derive(Debug, Clone, Default, PartialEq)]
struct CellLook {
    bold: bool,
    italic: bool,
    center: bool,
    right: bool,
    middle: bool,
    wrap: bool,
    border: bool,
    size: Option<f64>,
    number: Option<String>,
}

/// An error in a line of the text, counted from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct TextError {
    line: usize,
    message: String,
}

impl fmt::Display for TextError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.line, self.message)
    }
}

impl std::error::Error for TextError {}

/// Parses the text of a workbook.
pub fn parse(text: &str) -> Result<BookText, TextError> {
    let mut book = BookText { sheets: Vec::new(), properties: Vec::new() };
    for (index, line) in text.lines().enumerate() {
        parse_line(&mut book, line.trim()).map_err(|message| TextError { line: index + 1, message })?;
    }
    if book.sheets.is_empty() {
        return Err(TextError { line: text.lines().count().max(1), message: "no @sheet line".to_owned() });
    }
    Ok(book)
}

/// Builds the `.xlsx` file of a workbook.
pub fn build(book: &BookText) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&base_format(), ROW_HEIGHT_PIXELS, COLUMN_WIDTH_PIXELS)?;
    // A fixed creation time, because builds must be reproducible.
    let created = ExcelDateTime::from_ymd(2024, 9, 13)?.and_hms(8, 0, 0)?;
    let properties = DocProperties::new().set_creation_datetime(&created);
    let own = book.properties.iter();
    let properties = own.fold(properties, |all, (name, value)| all.set_custom_property(name, value.as_str()));
    workbook.set_properties(&properties);
    for sheet in &book.sheets {
        write_sheet(workbook.add_worksheet(), sheet)?;
    }
    workbook.save_to_buffer()
}

fn parse_line(book: &mut BookText, line: &str) -> Result<(), String> {
    if line.is_empty() || line.starts_with('#') {
        return Ok(());
    }
    if let Some(name) = line.strip_prefix("@sheet ") {
        book.sheets.push(SheetText { name: unescape(name.trim())?, ..SheetText::default() });
        return Ok(());
    }
    if let Some((name, value)) = line.strip_prefix("@property ").and_then(|rest| rest.trim().split_once(' ')) {
        book.properties.push((name.to_owned(), value.to_owned()));
        return Ok(());
    }
    let sheet = book.sheets.last_mut().ok_or("a line before the first @sheet")?;
    match line.strip_prefix('@') {
        Some(directive) => parse_directive(sheet, directive),
        None => parse_row(sheet, line),
    }
}

fn parse_directive(sheet: &mut SheetText, directive: &str) -> Result<(), String> {
    if sheet.last_row > 0 {
        return Err("the directives of a sheet come before its rows".to_owned());
    }
    let (word, rest) = directive.split_once(' ').unwrap_or((directive, ""));
    let rest = rest.trim();
    match word {
        "landscape" => sheet.landscape = true,
        "hidden" => sheet.hidden = true,
        "hidden-row" => sheet.hidden_rows.push(parse_row_number(rest)?),
        "comment" => sheet.comments.push(parse_comment(rest)?),
        "widths" => sheet.widths = parse_widths(rest)?,
        "merge" => sheet.merges.push(parse_area(rest)?),
        "look" => sheet.looks.push(parse_look(rest)?),
        "number" => sheet.looks.push(parse_number_format(rest)?),
        _ => return Err(format!("unknown directive @{word}")),
    }
    Ok(())
}

fn parse_comment(text: &str) -> Result<(u32, u16, String), String> {
    let (cell, comment) = text.split_once(' ').ok_or_else(|| format!("{text:?} is not a cell with a comment"))?;
    let area = parse_area(cell)?;
    Ok((area.top, area.left, comment.trim().to_owned()))
}

fn parse_widths(text: &str) -> Result<Vec<f64>, String> {
    text.split_whitespace().map(|word| word.parse().map_err(|_| format!("{word:?} is not a width"))).collect()
}

fn parse_look(text: &str) -> Result<(CellRange, CellLook), String> {
    let mut words = text.split_whitespace();
    let area = parse_area(words.next().unwrap_or(""))?;
    let mut look = CellLook::default();
    for word in words {
        add_look_word(&mut look, word)?;
    }
    Ok((area, look))
}

fn add_look_word(look: &mut CellLook, word: &str) -> Result<(), String> {
    match word {
        "bold" => look.bold = true,
        "italic" => look.italic = true,
        "center" => look.center = true,
        "right" => look.right = true,
        "middle" => look.middle = true,
        "wrap" => look.wrap = true,
        "border" => look.border = true,
        "header" => {
            for part in ["bold", "center", "middle", "wrap", "border"] {
                add_look_word(look, part)?;
            }
        }
        "body" => {
            for part in ["middle", "wrap", "border"] {
                add_look_word(look, part)?;
            }
        }
        _ => {
            let size = word.strip_prefix("size=").and_then(|n| n.parse().ok());
            look.size = Some(size.ok_or_else(|| format!("unknown look {word:?}"))?);
        }
    }
    Ok(())
}

fn parse_number_format(text: &str) -> Result<(CellRange, CellLook), String> {
    let (area, format) = text.split_once(' ').ok_or("@number needs an area and a format")?;
    let look = CellLook { number: Some(format.trim().to_owned()), ..CellLook::default() };
    Ok((parse_area(area)?, look))
}

/// Parses `A6:C8`, or one cell `A6`.
fn parse_area(text: &str) -> Result<CellRange, String> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (top, left) = parse_address(first)?;
    let (bottom, right) = parse_address(last)?;
    if top > bottom || left > right {
        return Err(format!("{text:?} ends before it begins"));
    }
    Ok(CellRange { top, left, bottom, right })
}

fn parse_address(text: &str) -> Result<(u32, u16), String> {
    let wrong = || format!("{text:?} is not a cell address");
    let digits_at = text.find(|c: char| c.is_ascii_digit()).ok_or_else(wrong)?;
    let (letters, digits) = text.split_at(digits_at);
    let mut column: u16 = 0;
    for letter in letters.bytes() {
        if !letter.is_ascii_uppercase() || column > LAST_COLUMN / 26 {
            return Err(wrong());
        }
        column = column * 26 + u16::from(letter - b'A') + 1;
    }
    if column == 0 || column > LAST_COLUMN {
        return Err(wrong());
    }
    Ok((parse_row_number(digits)?, column - 1))
}

/// Parses a row number, counted from 1, and returns it counted from zero.
fn parse_row_number(text: &str) -> Result<u32, String> {
    match text.parse::<u32>() {
        Ok(row @ 1..=LAST_ROW) => Ok(row - 1),
        _ => Err(format!("{text:?} is not a row number")),
    }
}

fn parse_row(sheet: &mut SheetText, line: &str) -> Result<(), String> {
    let mut parts = split_cells(line).into_iter();
    let row = parse_row_number(parts.next().unwrap_or_default().trim())?;
    if row < sheet.last_row {
        return Err(format!("row {} comes after row {}", row + 1, sheet.last_row));
    }
    sheet.last_row = row + 1;
    let cells: Vec<&str> = parts.collect();
    let Some((after_last, cells)) = cells.split_last() else {
        return Err("a row without cells".to_owned());
    };
    if !after_last.trim().is_empty() {
        return Err("the last cell of a row must end with |".to_owned());
    }
    for (column, cell) in cells.iter().enumerate() {
        let column = u16::try_from(column).map_err(|_| "too many cells in a row")?;
        if let Some(cell) = parse_cell(cell.trim())? {
            if sheet.is_covered(row, column) {
                return Err(format!("row {}: a merged cell hides {cell:?}", row + 1));
            }
            sheet.cells.insert((row, column), cell);
        }
    }
    Ok(())
}

/// Splits a line at its unescaped bars.
fn split_cells(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, character) in line.char_indices() {
        if character == '|' && !escaped {
            parts.push(&line[start..at]);
            start = at + 1;
        }
        escaped = character == '\\' && !escaped;
    }
    parts.push(&line[start..]);
    parts
}

fn parse_cell(text: &str) -> Result<Option<CellText>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(forced) = text.strip_prefix('\'') {
        return Ok(Some(CellText::Text(unescape(forced)?)));
    }
    if text.starts_with('=') {
        return parse_formula(text).map(Some);
    }
    if let Some(number) = parse_number(text) {
        return Ok(Some(CellText::Number(number)));
    }
    Ok(Some(CellText::Text(unescape(text)?)))
}

fn parse_formula(text: &str) -> Result<CellText, String> {
    let (formula, result) = text.rsplit_once("->").ok_or("a formula needs its value: =A1+A2 -> 3")?;
    let result = result.trim();
    Ok(CellText::Formula {
        formula: formula.trim().to_owned(),
        result: parse_number(result).ok_or_else(|| format!("{result:?} is not a number"))?,
    })
}

/// Parses digits with an optional leading `-` and a decimal dot; nothing else is a number.
fn parse_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if all_digits(whole) && all_digits(decimals) { text.parse().ok() } else { None }
}

fn unescape(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let (character, after) = parse_escape(&rest[at + 1..])?;
        out.push(character);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Parses the escape after a backslash; returns its character and the rest of the text.
fn parse_escape(text: &str) -> Result<(char, &str), String> {
    if let Some(code) = text.strip_prefix("u{") {
        let (digits, after) = code.split_once('}').ok_or("\\u{ without }")?;
        let character = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        return match character {
            Some(character) => Ok((character, after)),
            None => Err(format!("\\u{{{digits}}} is not a character")),
        };
    }
    let mut characters = text.chars();
    let character = match characters.next() {
        Some('s') => ' ',
        Some('n') => '\n',
        Some(c @ ('|' | '\\')) => c,
        other => return Err(format!("unknown escape \\{}", other.unwrap_or(' '))),
    };
    Ok((character, characters.as_str()))
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &SheetText) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    worksheet.set_paper_size(PAPER_A4);
    worksheet.set_print_fit_to_pages(1, 0);
    if sheet.hidden {
        worksheet.set_hidden(true);
    }
    for row in &sheet.hidden_rows {
        worksheet.set_row_hidden(*row)?;
    }
    for (row, column, text) in &sheet.comments {
        worksheet.insert_note(*row, *column, &Note::new(text).add_author_prefix(false))?;
    }
    if sheet.landscape {
        worksheet.set_landscape();
    }
    for (column, width) in (0u16..).zip(&sheet.widths) {
        worksheet.set_column_width(column, *width)?;
    }
    for area in &sheet.merges {
        let format = format_at(sheet, area.top, area.left);
        worksheet.merge_range(area.top, area.left, area.bottom, area.right, "", &format)?;
    }
    write_empty_looks(worksheet, sheet)?;
    write_row_heights(worksheet, sheet)?;
    for ((row, column), cell) in &sheet.cells {
        let format = format_at(sheet, *row, *column);
        write_cell(worksheet, *row, *column, cell, &format)?;
    }
    Ok(())
}

/// Formats the empty cells, because they have borders too; merged cells are formatted by the merge.
fn write_empty_looks(worksheet: &mut Worksheet, sheet: &SheetText) -> Result<(), XlsxError> {
    for (area, _) in &sheet.looks {
        for row in area.top..=area.bottom {
            for column in area.left..=area.right {
                let merged = sheet.merges.iter().any(|merge| merge.contains(row, column));
                if !merged && !sheet.cells.contains_key(&(row, column)) {
                    worksheet.write_blank(row, column, &format_at(sheet, row, column))?;
                }
            }
        }
    }
    Ok(())
}

/// Sets the height of rows with wrapped texts, because Excel does not fit rows in a sheet with a custom default row
/// height.
fn write_row_heights(worksheet: &mut Worksheet, sheet: &SheetText) -> Result<(), XlsxError> {
    let mut lines_of_rows: BTreeMap<u32, u32> = BTreeMap::new();
    for ((row, column), cell) in &sheet.cells {
        if let CellText::Text(text) = cell {
            let lines = sheet.wrapped_lines(*row, *column, text);
            let most = lines_of_rows.entry(*row).or_insert(1);
            *most = lines.max(*most);
        }
    }
    for (row, lines) in lines_of_rows {
        if lines > 1 {
            worksheet.set_row_height(row, LINE_HEIGHT_POINTS * f64::from(lines))?;
        }
    }
    Ok(())
}

fn write_cell(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &CellText,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        CellText::Number(number) => worksheet.write_number_with_format(row, column, *number, format)?,
        CellText::Text(text) => worksheet.write_string_with_format(row, column, text, format)?,
        CellText::Formula { formula, result } => {
            let formula = Formula::new(formula).set_result(result.to_string());
            worksheet.write_formula_with_format(row, column, formula, format)?
        }
    };
    Ok(())
}

fn base_format() -> Format {
    Format::new().set_font_name(FONT).set_font_size(FONT_SIZE)
}

fn format_at(sheet: &SheetText, row: u32, column: u16) -> Format {
    sheet
        .looks
        .iter()
        .filter(|(area, _)| area.contains(row, column))
        .fold(base_format(), |format, (_, look)| look.apply_to(format))
}

impl SheetText {
    /// Returns the number of lines of a text in its cell; 1 for merged cells, which extend over other rows or columns.
    fn wrapped_lines(&self, row: u32, column: u16, text: &str) -> u32 {
        let merged = self.merges.iter().any(|merge| merge.contains(row, column));
        let wraps = self.looks.iter().any(|(area, look)| look.wrap && area.contains(row, column));
        if merged || !wraps {
            return 1;
        }
        let width = self.widths.get(usize::from(column));
        let width = width.copied().unwrap_or(DEFAULT_COLUMN_WIDTH).max(1.0);
        let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let lines = (f64::from(letters) * LETTER_WIDTH / width).ceil();
        // The cast saturates; the count is small and not negative.
        lines as u32
    }

    /// Returns whether the cell is part of merged cells, but not the first of them.
    fn is_covered(&self, row: u32, column: u16) -> bool {
        self.merges.iter().any(|merge| merge.contains(row, column) && (row, column) != (merge.top, merge.left))
    }
}

impl CellRange {
    fn contains(&self, row: u32, column: u16) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column)
    }
}

impl CellLook {
    fn apply_to(&self, mut format: Format) -> Format {
        if self.bold {
            format = format.set_bold();
        }
        if self.italic {
            format = format.set_italic();
        }
        if self.center {
            format = format.set_align(FormatAlign::Center);
        }
        if self.right {
            format = format.set_align(FormatAlign::Right);
        }
        if self.middle {
            format = format.set_align(FormatAlign::VerticalCenter);
        }
        if self.wrap {
            format = format.set_text_wrap();
        }
        if self.border {
            format = format.set_border(FormatBorder::Thin);
        }
        if let Some(size) = self.size {
            format = format.set_font_size(size);
        }
        if let Some(number) = &self.number {
            format = format.set_num_format(number);
        }
        format
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(rows: &str) -> Result<Vec<CellText>, TextError> {
        let book = parse(&format!("@sheet A\n{rows}"))?;
        Ok(book.sheets[0].cells.values().cloned().collect())
    }

    #[test]
    fn reads_each_kind_of_cell() {
        let text = "3 | 132.5 | 8.191,0 | '8.191 | | =A3+1 -> 133.5 |";
        let expected = vec![
            CellText::Number(132.5),
            CellText::Text("8.191,0".to_owned()),
            CellText::Text("8.191".to_owned()),
            CellText::Formula { formula: "=A3+1".to_owned(), result: 133.5 },
        ];
        assert_eq!(cells(text), Ok(expected));
    }

    #[test]
    fn reads_escapes() {
        let expected = vec![CellText::Text(" a|b\n\u{A0}\\".to_owned())];
        assert_eq!(cells(r"1 | \sa\|b\n\u{A0}\\ |"), Ok(expected));
    }

    #[test]
    fn names_the_line_of_a_mistake() {
        let message = |rows: &str| cells(rows).map_err(|error| error.to_string());
        let wrong = |text: &str| Err(text.to_owned());
        assert_eq!(message("2 | a |\n2 | b |"), wrong("3: row 2 comes after row 2"));
        assert_eq!(message("1 | a | b"), wrong("2: the last cell of a row must end with |"));
        assert_eq!(message("@colour A1"), wrong("2: unknown directive @colour"));
        assert_eq!(message("@look 1A bold"), wrong("2: \"1A\" is not a cell address"));
    }

    #[test]
    fn builds_equal_bytes_from_equal_texts() -> Result<(), Box<dyn std::error::Error>> {
        let book = parse("@sheet A\n@merge A1:B1\n@look A1:B2 header\n1 | x | |\n2 | 1 | 2 |")?;
        assert_eq!(build(&book)?, build(&book)?);
        Ok(())
    }
}
