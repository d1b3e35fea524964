//! Whether the cells of a sheet can be believed: each in its row, in its order, with one value that is spelt as it
//! should be.
//!
//! In come the steps through one part of an `.xlsx`, out goes how many styles it names or lists, or the cell that the
//! library would take wrongly without a word. Never here: values.

use super::error::Damage;
use super::markup::{Element, Step, walk};
use crate::model::cell::CellRef;

/// More shared formulas than any sheet has; the library reserves memory for as many as it is told.
const MAX_SHARED_FORMULA: u32 = 1 << 20;

/// The names that say something here; all others are alike.
const NAMES: &[&str] =
    &["sheetData", "row", "c", "v", "f", "is", "mergeCells", "mergeCell", "si", "cellXfs", "xf", "numFmts", "numFmt"];

/// What the parts of a workbook say of its styles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Styles {
    /// How many styles there are, once their part was seen.
    listed: Option<u32>,
    /// The first style that no cell names.
    unnamed: u32,
}

impl Styles {
    /// Adds what another part says.
    pub fn add(&mut self, other: Self) {
        self.listed = self.listed.or(other.listed);
        self.unnamed = self.unnamed.max(other.unnamed);
    }

    /// Tells whether every style that a cell names is there; a workbook may do without any.
    pub fn are_whole(self) -> bool {
        self.listed.is_none_or(|listed| self.unnamed <= listed.max(1))
    }
}

/// Checks a part.
pub(super) fn check(part: &str, content: &[u8]) -> Result<Styles, Damage> {
    let mut grid = Grid::new(part);
    walk(part, content, NAMES, |path, step| grid.see(path, &step))?;
    Ok(grid.styles)
}

/// How the value of a cell is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    Number,
    TextIndex,
    /// Letters of which the library sees only what stands in one piece.
    OnePiece,
    Free,
}

/// Where in the part the walk is.
struct Grid<'p> {
    part: &'p str,
    styles: Styles,
    has_cells: bool,
    /// The rows and columns that are passed, counted from 0.
    next_row: u32,
    next_col: u32,
    place: CellRef,
    spelling: Spelling,
    has_value: bool,
    value: Option<String>,
}

impl<'p> Grid<'p> {
    fn new(part: &'p str) -> Self {
        let (styles, place) = (Styles::default(), CellRef::new(0, 0));
        Self {
            part,
            styles,
            has_cells: false,
            next_row: 0,
            next_col: 0,
            place,
            spelling: Spelling::Free,
            has_value: false,
            value: None,
        }
    }

    fn see(&mut self, path: &[&'static str], step: &Step<'_>) -> Result<(), Damage> {
        let is_sound = match (path, step) {
            (_, Step::Start(element)) => self.start(path, element),
            ([_, "sheetData", "row", "c", "v"], Step::End) => self.is_spelt_well(),
            ([_, "sheetData", "row", "c", "v"], step) => self.gather(step),
            _ => true,
        };
        if is_sound { Ok(()) } else { Err(Damage::Cell(self.part.to_owned(), self.place)) }
    }

    /// Looks at the beginning of an element; tells whether it stands where it should.
    fn start(&mut self, path: &[&'static str], element: &Element<'_>) -> bool {
        match path {
            [_, "sheetData"] => !std::mem::replace(&mut self.has_cells, true),
            [_, "sheetData", "row"] => self.row(element).is_some(),
            [_, "sheetData", "row", "c"] => self.cell(element).is_some(),
            [_, "sheetData", "row", "c", "v" | "is"] => !std::mem::replace(&mut self.has_value, true),
            [_, "sheetData", "row", "c", "f"] => index(element, "si", MAX_SHARED_FORMULA),
            [_, "sheetData", "row", "c", "is", inner @ ..] => !inner.contains(&"c"),
            [_, "mergeCells", "mergeCell"] => element.attribute("ref").is_some_and(|area| is_area(&area)),
            [_, "mergeCells"] => true,
            [_, "si", inner @ ..] => !inner.contains(&"si"),
            [_, "cellXfs"] => self.styles.listed.replace(0).is_none(),
            [_, "cellXfs", "xf"] => {
                self.styles.listed = self.styles.listed.map(|listed| listed + 1);
                index(element, "numFmtId", u32::MAX)
            }
            [_, "numFmts", "numFmt"] => index(element, "numFmtId", u32::MAX),
            [_, "sheetData", ..] => false,
            // The library goes by local names, wherever they stand.
            [.., "sheetData" | "cellXfs" | "si" | "mergeCells"] => path.len() < 2,
            _ => true,
        }
    }

    /// Goes on to a row; one that does not say its number follows the one before.
    fn row(&mut self, element: &Element<'_>) -> Option<()> {
        let row = match element.attribute("r") {
            Some(written) => number(&written)?.checked_sub(1)?,
            None => self.next_row,
        };
        self.place = CellRef::new(row, 0);
        let is_next = row >= self.next_row && self.place.is_in_grid();
        (self.next_row, self.next_col) = (row.checked_add(1)?, 0);
        is_next.then_some(())
    }

    /// Goes on to a cell.
    fn cell(&mut self, element: &Element<'_>) -> Option<()> {
        let row = self.place.row;
        let place = match element.attribute("r") {
            Some(written) => reference(&written)?,
            None => CellRef::new(row, self.next_col),
        };
        let is_next = place.row == row && place.col >= self.next_col && place.is_in_grid();
        self.place = place;
        self.next_col = place.col + 1;
        if let Some(style) = element.attribute("s") {
            self.styles.unnamed = self.styles.unnamed.max(number(&style)?.checked_add(1)?);
        }
        self.spelling = match element.attribute("t").as_deref() {
            None | Some("n") => Spelling::Number,
            Some("s") => Spelling::TextIndex,
            Some("b" | "e") => Spelling::OnePiece,
            _ => Spelling::Free,
        };
        (self.has_value, self.value) = (false, None);
        is_next.then_some(())
    }

    /// Takes in what stands in a value.
    fn gather(&mut self, step: &Step<'_>) -> bool {
        match step {
            Step::Text(text) if self.spelling != Spelling::Free => self.value.replace((*text).to_owned()).is_none(),
            Step::Text(_) => true,
            _ => self.spelling == Spelling::Free && !matches!(step, Step::Aside),
        }
    }

    fn is_spelt_well(&self) -> bool {
        let value = self.value.as_deref().unwrap_or_default();
        value.is_empty()
            || match self.spelling {
                Spelling::Number => is_number(value),
                Spelling::TextIndex => number(value).is_some(),
                Spelling::OnePiece | Spelling::Free => true,
            }
    }
}

/// Tells whether an attribute that should be an index is one, or is not there.
fn index(element: &Element<'_>, name: &str, most: u32) -> bool {
    element.attribute(name).is_none_or(|written| number(&written).is_some_and(|number| number <= most))
}

/// Reads digits and nothing else.
fn number(written: &str) -> Option<u32> {
    Some(written).filter(|written| written.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

/// Reads a place inside the grid: `B9`.
fn reference(written: &str) -> Option<CellRef> {
    let letters = written.bytes().take_while(u8::is_ascii_alphabetic).take(4).count();
    let (letters, digits) = written.split_at(letters);
    let col = letters.bytes().fold(0, |col, letter| col * 26 + u32::from(letter.to_ascii_uppercase() - b'A' + 1));
    let place = CellRef::new(number(digits)?.checked_sub(1)?, col.checked_sub(1)?);
    place.is_in_grid().then_some(place)
}

/// Tells whether an area stands inside the grid, its first corner first.
fn is_area(written: &str) -> bool {
    let (first, last) = written.split_once(':').unwrap_or((written, written));
    let corners = reference(first).zip(reference(last));
    corners.is_some_and(|(first, last)| first.row <= last.row && first.col <= last.col)
}

/// Tells whether a number is spelt as XML spells numbers; those that are none, such as `NaN`, are the cell's trouble.
fn is_number(written: &str) -> bool {
    let unsigned = written.strip_prefix(['-', '+']).unwrap_or(written);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    let is_decimal = digits(whole) && digits(fraction) && whole.len() + fraction.len() > 0;
    let is_none = ["NaN", "INF"].contains(&unsigned);
    is_none || (is_decimal && digits(exponent) && !exponent.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &str) -> Result<Styles, Damage> {
        check("a", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes())
    }

    fn cells(cells: &str) -> Result<Styles, Damage> {
        sheet(&format!("<row r=\"1\">{cells}</row>"))
    }

    #[test]
    fn honest_cells_pass() {
        for written in [
            r#"<c r="A1" t="s"><v>12</v></c><c r="B1"><v>1.5E-3</v></c><c r="D1"><v>-.5</v></c>"#,
            r#"<c r="A1" s="3" t="str"><f t="shared" si="0" ref="A1:A3">B1&gt;2</f><v>x &amp; y</v></c>"#,
            r#"<x:c xmlns:x='x' r='A1' t='s'><x:v>0</x:v></x:c><c/>"#,
            r#"<c r="A1" t="s"><v/></c><c r="XFD1"><v></v></c>"#,
            r#"<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>"#,
            r#"<c r="A1"><v>NaN</v></c><c><v>1e999</v></c>"#,
        ] {
            assert!(cells(written).is_ok(), "{written}");
        }
        assert!(sheet(r#"<row><c r="A1"/></row><row r="7"><c r="B7"/></row><row><c r="A8"/></row>"#).is_ok());
    }

    #[test]
    fn silent_mistakes_are_caught_at_their_cell() {
        let at = |col| Err(Damage::Cell("a".to_owned(), CellRef::new(0, col)));
        for (written, col) in [
            (r#"<c r="B1" t="s"><v>1a</v></c>"#, 1),
            (r#"<c r="B1" t="s"><v> 1</v></c>"#, 1),
            (r#"<c r="B1" t="s"><v>-1</v></c>"#, 1),
            (r#"<c r="B1"><v> 5 </v></c>"#, 1),
            (r#"<c r="B1"><v>1,5</v></c>"#, 1),
            (r#"<c r="B1"><v>0x10</v></c>"#, 1),
            (r#"<c r="B1"><v>1<!-- -->2</v></c>"#, 1),
            (r#"<c r="B1"><v>1&#50;</v></c>"#, 1),
            (r#"<c r="B1"><v><![CDATA[12]]></v></c>"#, 1),
            (r#"<c r="B1"><v>1</v><v>2</v></c>"#, 1),
            (r#"<c r="B1"><v>1<v>2</v></v></c>"#, 1),
            (r#"<c r="B1" s="x"/>"#, 1),
            (r#"<c r="B1"><f t="shared" si="4000000000">B1</f><v>1</v></c>"#, 1),
            (r#"<c r="B2"><v>1</v></c>"#, 1),
            (r#"<c r="B1"/><c r="A1"><v>1</v></c>"#, 0),
            (r#"<c r="B1"/><c r="B1"><v>1</v></c>"#, 1),
            (r#"<c r="XFE1"/>"#, 0),
            (r#"<c r="A4294967298"/>"#, 0),
            (r#"<c r="A1"><c r="B1"/></c>"#, 0),
        ] {
            let expected =
                if written.contains("B2") { Err(Damage::Cell("a".to_owned(), CellRef::new(1, 1))) } else { at(col) };
            assert_eq!(cells(written), expected, "{written}");
        }
        for rows in [
            r#"<row r="2"/><row r="0"/>"#,
            r#"<row r="2"/><row r="2"/>"#,
            r#"<row r="1048577"/>"#,
            r#"<c r="A1"/>"#,
            "<sheetData/>",
        ] {
            assert!(sheet(rows).is_err(), "{rows}");
        }
    }

    #[test]
    fn styles_are_counted() {
        let mut styles = cells(r#"<c r="A1" s="2"/>"#).unwrap();
        let list = |count: usize| {
            format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf numFmtId=\"0\"/>".repeat(count))
        };
        assert!(styles.are_whole(), "a workbook without styles");
        styles.add(check("b", list(3).as_bytes()).unwrap());
        assert!(styles.are_whole());
        styles.add(cells(r#"<c r="A1" s="3"/>"#).unwrap());
        assert!(!styles.are_whole());
        assert!(check("b", b"<styleSheet><cellXfs><xf numFmtId='1x'/></cellXfs></styleSheet>").is_err());
    }

    #[test]
    fn areas_and_texts_stand_where_they_should() {
        for (part, is_sound) in [
            (r#"<a><mergeCells><mergeCell ref="A1:B2"/></mergeCells></a>"#, true),
            (r#"<a><mergeCells><mergeCell ref="B2:A1"/></mergeCells></a>"#, false),
            (r#"<a><mergeCells><mergeCell ref="A0:A1"/></mergeCells></a>"#, false),
            (r#"<sst><si><t>a</t></si></sst>"#, true),
            (r#"<sst><si><si><t>a</t></si></si></sst>"#, false),
            (r#"<sst><x><si><t>a</t></si></x></sst>"#, false),
        ] {
            assert_eq!(check("a", part.as_bytes()).is_ok(), is_sound, "{part}");
        }
    }
}
