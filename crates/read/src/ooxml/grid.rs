//! Checks the cells of a sheet: each is in its row, in order, with at most one value in valid syntax.
//!
//! Input: one part of an `.xlsx`. Output: its use of styles and its [`PartLayout`], or the first cell that calamine
//! would silently misread. Not here: the meaning of values.

use super::layout::{Layout, hide};
use super::markup::{Element, Step, walk};
use super::plain::{Kind, PlainCell, PlainValue, SharedTexts};
use super::spelling::{area, is_number, number, reference};
use crate::error::Damage;
use memchr::memchr;
use std::mem::replace;
use tonghop_core::model::cell::CellRef;

/// The greatest index of a shared formula; calamine reserves memory up to the index that a cell states.
const MAX_SHARED_FORMULA: u32 = 1 << 20;

/// The elements that matter to the check; all others are `Other`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    SheetData,
    Row,
    Cell,
    Value,
    Formula,
    /// An inline string.
    Inline,
    Columns,
    Column,
    Merges,
    Merge,
    /// The shared strings: the table, an item, a text of it, a run of one format, a phonetic run (pronunciation only).
    Texts,
    Shared,
    Piece,
    Run,
    Phonetic,
    CellStyles,
    Style,
    Formats,
    Format,
    Other,
}
use Tag::{
    Cell, CellStyles, Column, Columns, Format, Formats, Formula, Inline, Merge, Merges, Other, Phonetic, Piece, Row,
    Run, Shared, SheetData, Style, Texts, Value,
};

impl Tag {
    fn of(name: &str) -> Self {
        match name {
            "c" => Cell,
            "v" => Value,
            "f" => Formula,
            "row" => Row,
            "is" => Inline,
            "sst" => Texts,
            "si" => Shared,
            "t" => Piece,
            "r" => Run,
            "rPh" => Phonetic,
            "sheetData" => SheetData,
            "cols" => Columns,
            "col" => Column,
            "mergeCells" => Merges,
            "mergeCell" => Merge,
            "cellXfs" => CellStyles,
            "xf" => Style,
            "numFmts" => Formats,
            "numFmt" => Format,
            _ => Other,
        }
    }
}

/// The styles that a workbook defines and uses, as far as its parts were checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Styles {
    /// The number of styles, once their part was checked.
    listed: Option<u32>,
    /// The index after the highest style that a cell uses.
    unnamed: u32,
}

impl Styles {
    /// Adds the findings of another part.
    pub(crate) fn add(&mut self, other: Self) {
        self.listed = self.listed.or(other.listed);
        self.unnamed = self.unnamed.max(other.unnamed);
    }

    /// Returns whether every style that a cell uses is defined; a workbook need not define any.
    pub(crate) fn are_whole(self) -> bool {
        self.listed.is_none_or(|listed| self.unnamed <= listed.max(1))
    }
}

/// Checks a part and returns its use of styles and its layout.
pub(crate) fn check(part: &str, content: &[u8]) -> Result<(Styles, Layout), Damage> {
    let mut grid = Grid::new(part);
    walk(part, content, Tag::of, |path, step| grid.see(path, step))?;
    // Columns may be listed in any order.
    grid.layout.concealed.cols.sort_by_key(|range| *range.start());
    grid.layout.texts = if grid.has_texts { grid.texts.all() } else { None };
    Ok((grid.styles, grid.layout))
}

/// The state of the walk through a part.
struct Grid<'x> {
    part: &'x str,
    styles: Styles,
    layout: Layout,
    has_cells: bool,
    /// The first row and column that may follow, counted from 0.
    next_row: u32,
    next_col: u32,
    place: CellRef,
    kind: Kind,
    style: Option<u32>,
    has_value: bool,
    /// The value, of which calamine reads only a single text token; the text result of a formula is in `text`.
    value: Option<&'x str>,
    text: String,
    has_formula: bool,
    formula: String,
    has_texts: bool,
    texts: SharedTexts,
}

impl<'x> Grid<'x> {
    fn new(part: &'x str) -> Self {
        Self {
            part,
            styles: Styles::default(),
            layout: Layout::default(),
            has_cells: false,
            next_row: 0,
            next_col: 0,
            place: CellRef::new(0, 0),
            kind: Kind::Other,
            style: None,
            has_value: false,
            value: None,
            text: String::new(),
            has_formula: false,
            formula: String::new(),
            has_texts: false,
            texts: SharedTexts::default(),
        }
    }

    fn see(&mut self, path: &[Tag], step: Step<'x, '_>) -> Result<(), Damage> {
        let is_sound = match (path, step) {
            (_, Step::Start(element)) => self.start(path, element),
            ([_, SheetData, Row, Cell, Value], Step::End) => self.is_spelt_well(),
            ([_, SheetData, Row, Cell, Value], step) => self.gather(&step),
            ([_, SheetData, Row, Cell, Formula], step) => self.spell(&step),
            ([_, SheetData, Row, Cell], Step::End) => self.take(),
            ([Texts, Shared, ..], step) => self.hear(path, &step),
            _ => true,
        };
        if is_sound { Ok(()) } else { Err(Damage::Cell(self.part.to_owned(), self.place)) }
    }

    /// Handles the start of an element; returns whether it is valid at this position.
    fn start(&mut self, path: &[Tag], element: Element<'x, '_>) -> bool {
        match path {
            [Texts] => !replace(&mut self.has_texts, true),
            [_, SheetData] => !replace(&mut self.has_cells, true),
            [_, SheetData, Row] => self.row(element).is_some(),
            [_, SheetData, Row, Cell] => self.cell(element).is_some(),
            [_, SheetData, Row, Cell, inner @ (Value | Inline)] => {
                if *inner == Inline {
                    self.layout.plain = None;
                }
                !replace(&mut self.has_value, true)
            }
            [_, SheetData, Row, Cell, Formula] => self.formula(element),
            [_, SheetData, Row, Cell, Inline, inner @ ..] => !inner.contains(&Cell),
            [_, Columns, Column] => self.columns(element),
            [_, Merges, Merge] => self.merge(element).is_some(),
            [_, Merges] => true,
            [_, Shared, inner @ ..] => {
                self.begin_piece(inner, element);
                !inner.contains(&Shared)
            }
            [_, CellStyles] => self.styles.listed.replace(0).is_none(),
            [_, CellStyles, Style] => {
                self.styles.listed = self.styles.listed.map(|listed| listed + 1);
                index(element, "numFmtId", u32::MAX)
            }
            [_, Formats, Format] => index(element, "numFmtId", u32::MAX),
            [_, SheetData, ..] => false,
            // calamine matches local names at any depth.
            [.., SheetData | CellStyles | Shared | Merges] => path.len() < 2,
            _ => true,
        }
    }

    /// Begins a row; a row without a number follows the previous one.
    fn row(&mut self, element: Element<'x, '_>) -> Option<()> {
        let row = match element.attribute("r") {
            Some(written) => number(written)?.checked_sub(1)?,
            None => self.next_row,
        };
        self.place = CellRef::new(row, 0);
        let is_next = row >= self.next_row && self.place.is_in_grid();
        (self.next_row, self.next_col) = (row.checked_add(1)?, 0);
        if is_hidden(element) {
            hide(&mut self.layout.concealed.rows, row + 1, row + 1);
        }
        is_next.then_some(())
    }

    /// Begins a cell; a cell without a reference follows the previous one.
    fn cell(&mut self, element: Element<'x, '_>) -> Option<()> {
        let row = self.place.row;
        let place = match element.attribute("r") {
            Some(written) => reference(written)?,
            None => CellRef::new(row, self.next_col),
        };
        let is_next = place.row == row && place.col >= self.next_col && place.is_in_grid();
        self.place = place;
        self.next_col = place.col + 1;
        self.style = match element.attribute("s") {
            Some(style) => Some(number(style)?),
            None => None,
        };
        if let Some(style) = self.style {
            self.styles.unnamed = self.styles.unnamed.max(style.checked_add(1)?);
        }
        self.kind = Kind::of(element.attribute("t"));
        (self.has_value, self.value, self.has_formula) = (false, None, false);
        self.text.clear();
        self.layout.cells.count += 1;
        self.layout.cells.doubtful.extend(Some(place).filter(|_| self.kind == Kind::Error));
        is_next.then_some(())
    }

    /// Handles an event inside a value; returns whether it is valid there.
    fn gather(&mut self, step: &Step<'x, '_>) -> bool {
        let is_free = matches!(self.kind, Kind::Text | Kind::Other);
        match step {
            Step::Text(text) if !is_free => self.value.replace(text).is_none(),
            Step::Text(text) => {
                self.text.push_str(text);
                true
            }
            Step::Character(character) if is_free => {
                self.text.push(*character);
                true
            }
            Step::Quoted if is_free => {
                self.layout.plain = None;
                true
            }
            _ => is_free && !matches!(step, Step::Aside),
        }
    }

    /// Adds the cell that ends here to the plain cells, or drops them all if it is not plain.
    fn take(&mut self) -> bool {
        let written = if self.kind == Kind::Text { self.has_value.then_some(self.text.as_str()) } else { self.value };
        let cell =
            PlainValue::of(self.kind, written).map(|value| PlainCell { place: self.place, style: self.style, value });
        match (&mut self.layout.plain, cell) {
            (Some(plain), Some(cell)) => plain.push(cell),
            (plain, _) => *plain = None,
        }
        true
    }

    /// Begins a run of a shared string; `inner` is the path inside the string item.
    fn begin_piece(&mut self, inner: &[Tag], element: Element<'_, '_>) {
        match inner {
            [Piece] | [Run, Piece] => self.texts.begin(element.attribute("xml:space")),
            [Phonetic, ..] => {}
            _ if inner.contains(&Piece) || inner.contains(&Phonetic) => self.texts.doubt(),
            _ => {}
        }
    }

    /// Handles an event inside a shared string.
    fn hear(&mut self, path: &[Tag], step: &Step<'x, '_>) -> bool {
        match (&path[2..], step) {
            ([], Step::End) => self.texts.end(),
            ([Piece] | [Run, Piece], Step::End) => self.texts.end_piece(),
            ([Piece] | [Run, Piece], Step::Text(text)) => self.texts.push(text),
            ([Piece] | [Run, Piece], Step::Character(character)) => {
                self.texts.push(character.encode_utf8(&mut [0; 4]));
            }
            ([Piece] | [Run, Piece], Step::Quoted) => self.texts.doubt(),
            _ => {}
        }
        true
    }

    fn is_spelt_well(&self) -> bool {
        let value = self.value.unwrap_or_default();
        value.is_empty()
            || match self.kind {
                Kind::Number => is_number(value),
                Kind::TextIndex => number(value).is_some(),
                _ => true,
            }
    }

    fn formula(&mut self, element: Element<'x, '_>) -> bool {
        let is_first = !replace(&mut self.has_formula, true);
        if self.has_value {
            // calamine loses a value that comes before its formula.
            self.layout.plain = None;
        }
        self.formula.clear();
        self.layout.is_for_library |= !is_first || element.attribute("t") == Some("shared");
        index(element, "si", MAX_SHARED_FORMULA)
    }

    /// Handles an event inside a formula.
    fn spell(&mut self, step: &Step<'x, '_>) -> bool {
        match step {
            Step::Text(text) if memchr(b'\r', text.as_bytes()).is_none() => self.formula.push_str(text),
            Step::Character(character) => self.formula.push(*character),
            Step::Text(_) | Step::Quoted => self.layout.is_for_library = true,
            Step::End if self.formula.is_empty() => {}
            Step::End => self.layout.cells.formulas.push((self.place, self.formula.as_str().into())),
            Step::Start(_) | Step::Aside => {}
        }
        true
    }

    fn columns(&mut self, element: Element<'x, '_>) -> bool {
        let place = |name| element.attribute(name).and_then(number).unwrap_or_default();
        if is_hidden(element) {
            hide(&mut self.layout.concealed.cols, place("min"), place("max"));
        }
        true
    }

    fn merge(&mut self, element: Element<'x, '_>) -> Option<()> {
        self.layout.merges.push(area(element.attribute("ref")?)?);
        Some(())
    }
}

fn is_hidden(element: Element<'_, '_>) -> bool {
    matches!(element.attribute("hidden"), Some("1" | "true"))
}

/// Returns whether an attribute is absent or an index of at most `most`.
fn index(element: Element<'_, '_>, name: &str, most: u32) -> bool {
    element.attribute(name).is_none_or(|written| number(written).is_some_and(|number| number <= most))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ooxml::layout::Places;
    use tonghop_core::model::cell::Concealed;

    fn sheet(rows: &str) -> Result<(Styles, Layout), Damage> {
        check("a", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes())
    }

    fn cells(cells: &str) -> Result<(Styles, Layout), Damage> {
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
        let (mut styles, _) = cells(r#"<c r="A1" s="2"/>"#).unwrap();
        let list = |count: usize| {
            format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf numFmtId=\"0\"/>".repeat(count))
        };
        assert!(styles.are_whole(), "a workbook without styles");
        styles.add(check("b", list(3).as_bytes()).unwrap().0);
        assert!(styles.are_whole());
        styles.add(cells(r#"<c r="A1" s="3"/>"#).unwrap().0);
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

    #[test]
    fn hidden_rows_and_columns_are_found() {
        for (xml, rows, cols) in [
            (
                "<cols><col min=\"2\" max='4' hidden=\"1\"/><col min='5' max='5' hidden='true'/></cols>",
                vec![],
                vec![1..=4],
            ),
            (
                "<cols><col min='5' max='5' hidden='1'/><col min='2' max='2' hidden='1'/></cols>",
                vec![],
                vec![1..=1, 4..=4],
            ),
            (
                "<cols><col min='4' max='2' hidden='1'/><col hidden='1'/><col min='1' max='x' hidden='1'/></cols>",
                vec![],
                vec![],
            ),
            (
                "<sheetData><row r='2' hidden='1'/><row hidden='1'/><row r='9' hidden='1'/><row hidden='0'/></sheetData>",
                vec![1..=2, 8..=8],
                vec![],
            ),
            ("<sheetData><row><c t='str'><v>hidden=\"1\"</v></c></row></sheetData>", vec![], vec![]),
        ] {
            let (_, layout) = check("a", format!("<worksheet>{xml}</worksheet>").as_bytes()).unwrap();
            assert_eq!(layout.concealed, Concealed { rows, cols }, "{xml}");
        }
    }

    #[test]
    fn formulas_and_doubtful_cells_are_told_with_their_places() {
        let (_, layout) = cells(
            r#"<c><f>IF(A1&lt;2,"&#7885;",<!-- -->B1)</f><v>1</v></c><c r="C1" t="e"><f/><v>#N/A</v></c><c r="D1"/>"#,
        )
        .unwrap();
        let formulas = vec![(CellRef::new(0, 0), r#"IF(A1<2,"ọ",B1)"#.into())];
        assert_eq!(layout.cells, Places { count: 3, doubtful: vec![CellRef::new(0, 2)], formulas });
        assert!(!layout.is_for_library);
        for of_library in ["<f t='shared' si='0'/>", "<f>A1</f><f>B1</f>", "<f>A1\r\n+B1</f>", "<f><![CDATA[A1]]></f>"]
        {
            assert!(cells(&format!("<c>{of_library}<v>1</v></c>")).unwrap().1.is_for_library, "{of_library}");
        }
    }
}
