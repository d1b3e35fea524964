//! Checks the cells of a sheet: each is in its row, in order, with at most one value in valid syntax.
//!
//! Input: one part of an `.xlsx`. Output: its use of styles and its [`PartLayout`], or the first cell that calamine
//! would silently misread. Not here: the meaning of values.

use super::layout::{PartLayout, add_hidden_range};
use super::literals::{is_xml_number, parse_area, parse_cell_ref, parse_number};
use super::markup::{Element, Event, walk_in};
use super::namespaces::Namespaces;
use super::plain::{CellKind, PlainCell, PlainValue, SharedStringsBuilder};
use crate::error::Damage;
use memchr::memchr;
use std::mem::replace;
use tonghop_core::model::cell::CellRef;

/// The greatest index of a shared formula; calamine reserves memory up to the index that a cell states.
const MAX_SHARED_FORMULA_INDEX: u32 = 1 << 20;

/// A lower row, in points, and a narrower column, in characters, cannot be seen: both are less than two pixels.
const MIN_ROW_POINTS: f64 = 1.5;
const MIN_COLUMN_CHARS: f64 = 0.2;

/// The elements that matter to the check; all others are `Other`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SheetTag {
    SheetData,
    Row,
    Cell,
    Value,
    Formula,
    /// An inline string.
    InlineString,
    Columns,
    Column,
    Merges,
    Merge,
    /// The shared strings: the table, an item, a text of it, a run of one format, a phonetic run (pronunciation only).
    SharedStrings,
    StringItem,
    Text,
    Run,
    Phonetic,
    CellStyles,
    Style,
    Formats,
    Format,
    /// The area that a sheet claims to use.
    Dimension,
    Other,
}
use SheetTag::{
    Cell, CellStyles, Column, Columns, Dimension, Format, Formats, Formula, InlineString, Merge, Merges, Other,
    Phonetic, Row, Run, SharedStrings, SheetData, StringItem, Style, Text, Value,
};
/// The elements that are read wherever calamine finds their local name.
const READ_ANYWHERE: [SheetTag; 9] =
    [SheetData, Row, Cell, SharedStrings, StringItem, CellStyles, Formats, Merges, Merge];
/// The elements inside which everything is read.
const READ_WHOLE: [SheetTag; 3] = [SheetData, SharedStrings, CellStyles];

impl SheetTag {
    fn from_name(name: &str) -> Self {
        match name {
            "c" => Cell,
            "v" => Value,
            "f" => Formula,
            "row" => Row,
            "is" => InlineString,
            "sst" => SharedStrings,
            "si" => StringItem,
            "t" => Text,
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
            "dimension" => Dimension,
            _ => Other,
        }
    }
}

/// The styles that a workbook defines and uses, as far as its parts were checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StyleUsage {
    /// The number of styles, once their part was checked.
    defined: Option<u32>,
    /// The index after the highest style that a cell uses.
    first_unused: u32,
}

impl StyleUsage {
    /// Adds the findings of another part.
    pub(crate) fn add(&mut self, other: Self) {
        self.defined = self.defined.or(other.defined);
        self.first_unused = self.first_unused.max(other.first_unused);
    }

    /// Returns whether every style that a cell uses is defined; a workbook need not define any.
    pub(crate) fn is_consistent(self) -> bool {
        self.defined.is_none_or(|listed| self.first_unused <= listed.max(1))
    }
}

/// Checks a part and returns its use of styles and its layout.
pub(crate) fn check(part: &str, content: &[u8]) -> Result<(StyleUsage, PartLayout), Damage> {
    let mut validator = SheetValidator::new(part);
    let namespaces = Namespaces::of_workbooks();
    walk_in(part, content, namespaces, SheetTag::from_name, |path, step| validator.visit(path, step))?;
    // Columns may be listed in any order.
    validator.layout.hidden_ranges.cols.sort_by_key(|range| *range.start());
    validator.layout.shared_strings =
        if validator.has_shared_strings { validator.shared_strings.into_strings() } else { None };
    Ok((validator.style_usage, validator.layout))
}

/// The state of the walk through a part.
struct SheetValidator<'x> {
    part: &'x str,
    style_usage: StyleUsage,
    layout: PartLayout,
    has_sheet_data: bool,
    /// The first row and column that may follow, counted from 0.
    next_row: u32,
    next_col: u32,
    cell_ref: CellRef,
    cell_kind: CellKind,
    style: Option<u32>,
    has_value: bool,
    /// The value, of which calamine reads only a single text token; the text result of a formula is in `text`.
    value: Option<&'x str>,
    text: String,
    has_formula: bool,
    formula: String,
    has_shared_strings: bool,
    shared_strings: SharedStringsBuilder,
    /// Whether the string that is being read has a text or a run.
    has_text: bool,
}

impl<'x> SheetValidator<'x> {
    fn new(part: &'x str) -> Self {
        Self {
            part,
            style_usage: StyleUsage::default(),
            layout: PartLayout::default(),
            has_sheet_data: false,
            next_row: 0,
            next_col: 0,
            cell_ref: CellRef::new(0, 0),
            cell_kind: CellKind::Other,
            style: None,
            has_value: false,
            value: None,
            text: String::new(),
            has_formula: false,
            formula: String::new(),
            has_shared_strings: false,
            shared_strings: SharedStringsBuilder::default(),
            has_text: false,
        }
    }

    fn visit(&mut self, path: &[SheetTag], step: Event<'x, '_>) -> Result<(), Damage> {
        let is_sound = match (path, step) {
            (_, Event::Start(element)) => {
                self.check_name(path, element)?;
                self.start_element(path, element)
            }
            (_, Event::Ignored(name)) => {
                self.layout.needs_rewriting |= is_read(path, SheetTag::from_name(name));
                true
            }
            ([_, SheetData, Row, Cell, Value], Event::End) => self.has_valid_value(),
            ([_, SheetData, Row, Cell, Value], step) => self.cell_value(&step),
            ([_, SheetData, Row, Cell, Formula], step) => self.formula(&step),
            ([_, SheetData, Row, Cell], Event::End) => self.finish_cell(),
            ([SharedStrings, StringItem, ..], step) => self.shared_string(path, &step),
            _ => true,
        };
        if is_sound { Ok(()) } else { Err(Damage::InvalidCell(self.part.to_owned(), self.cell_ref)) }
    }

    /// Refuses an element of another vocabulary where calamine, which knows local names only, would read it.
    fn check_name(&self, path: &[SheetTag], element: Element<'_, '_>) -> Result<(), Damage> {
        let is_misread = match (path, element.foreign) {
            ([_], foreign) => foreign.is_some(),
            ([outer @ .., _], Some(name)) => is_read(outer, SheetTag::from_name(name)),
            _ => false,
        };
        if is_misread { Err(Damage::ForeignElement(self.part.to_owned())) } else { Ok(()) }
    }

    /// Handles the start of an element; returns whether it is valid at this position.
    fn start_element(&mut self, path: &[SheetTag], element: Element<'x, '_>) -> bool {
        match path {
            [SharedStrings] => !replace(&mut self.has_shared_strings, true),
            [_, SheetData] => !replace(&mut self.has_sheet_data, true),
            [_, SheetData, Row] => self.begin_row(element).is_some(),
            [_, SheetData, Row, Cell] => self.begin_cell(element).is_some(),
            [_, SheetData, Row, Cell, inner @ (Value | InlineString)] => {
                if *inner == InlineString {
                    self.layout.plain_cells = None;
                    self.has_text = false;
                }
                !replace(&mut self.has_value, true)
            }
            [_, SheetData, Row, Other, ..] | [_, SheetData, Row, Cell, Other, ..] => {
                // An extension, which calamine does not expect there.
                self.layout.needs_rewriting = true;
                true
            }
            [_, SheetData, Row, Cell, Formula] => self.begin_formula(element),
            [_, SheetData, Row, Cell, InlineString, inner @ ..] => !inner.contains(&Cell) && self.begin_text(inner),
            [_, Columns, Column] => self.column(element),
            [_, Merges, Merge] => self.merge(element).is_some(),
            [_, Merges] => true,
            [_, Dimension] => {
                self.layout.needs_rewriting |= element.attribute("ref").and_then(parse_area).is_none();
                true
            }
            [_, StringItem, inner @ ..] => {
                if inner.is_empty() {
                    self.has_text = false;
                }
                self.begin_text_run(inner, element);
                !inner.contains(&StringItem) && self.begin_text(inner)
            }
            [_, CellStyles] => self.style_usage.defined.replace(0).is_none(),
            [_, CellStyles, Style] => {
                self.style_usage.defined = self.style_usage.defined.map(|listed| listed + 1);
                is_valid_index(element, "numFmtId", u32::MAX)
            }
            [_, Formats, Format] => is_valid_index(element, "numFmtId", u32::MAX),
            [_, SheetData, ..] => false,
            // calamine matches local names at any depth.
            [.., SheetData | CellStyles | StringItem | Merges] => path.len() < 2,
            _ => true,
        }
    }

    /// Begins a row; a row without a number follows the previous one.
    fn begin_row(&mut self, element: Element<'x, '_>) -> Option<()> {
        let row = match element.attribute("r") {
            Some(written) => parse_number(written)?.checked_sub(1)?,
            None => self.next_row,
        };
        self.cell_ref = CellRef::new(row, 0);
        let is_next = row >= self.next_row && self.cell_ref.is_in_grid();
        (self.next_row, self.next_col) = (row.checked_add(1)?, 0);
        if is_unseen(element, "ht", MIN_ROW_POINTS) {
            add_hidden_range(&mut self.layout.hidden_ranges.rows, row + 1, row + 1);
        }
        is_next.then_some(())
    }

    /// Begins a cell; a cell without a reference follows the previous one.
    fn begin_cell(&mut self, element: Element<'x, '_>) -> Option<()> {
        let row = self.cell_ref.row;
        let cell_ref = match element.attribute("r") {
            Some(written) => parse_cell_ref(written)?,
            None => CellRef::new(row, self.next_col),
        };
        let is_next = cell_ref.row == row && cell_ref.col >= self.next_col && cell_ref.is_in_grid();
        self.cell_ref = cell_ref;
        self.next_col = cell_ref.col + 1;
        self.style = match element.attribute("s") {
            Some(style) => Some(parse_number(style)?),
            None => None,
        };
        if let Some(style) = self.style {
            self.style_usage.first_unused = self.style_usage.first_unused.max(style.checked_add(1)?);
        }
        self.cell_kind = CellKind::from_attribute(element.attribute("t"));
        (self.has_value, self.value, self.has_formula) = (false, None, false);
        self.text.clear();
        self.layout.positions.count += 1;
        self.layout.positions.possible_errors.extend(Some(cell_ref).filter(|_| self.cell_kind == CellKind::Error));
        is_next.then_some(())
    }

    /// Handles an event inside a value; returns whether it is valid there.
    fn cell_value(&mut self, step: &Event<'x, '_>) -> bool {
        let is_free = matches!(self.cell_kind, CellKind::Text | CellKind::Other);
        match step {
            // calamine reads only the first piece of a number.
            Event::Text(text) if !is_free => self.layout.needs_rewriting |= self.value.replace(text).is_some(),
            Event::Character(_) if !is_free => self.layout.needs_rewriting = true,
            Event::Text(text) => self.text.push_str(text),
            Event::Character(character) => self.text.push(*character),
            _ => return false,
        }
        true
    }

    /// Adds the cell that ends here to the plain cells, or drops them all if it is not plain.
    fn finish_cell(&mut self) -> bool {
        let written =
            if self.cell_kind == CellKind::Text { self.has_value.then_some(self.text.as_str()) } else { self.value };
        let cell = PlainValue::parse(self.cell_kind, written).map(|value| PlainCell {
            place: self.cell_ref,
            style: self.style,
            value,
        });
        match (&mut self.layout.plain_cells, cell) {
            (Some(plain), Some(cell)) => plain.push(cell),
            (plain, _) => *plain = None,
        }
        true
    }

    /// Begins a run of a shared string; `inner` is the path inside the string item.
    fn begin_text_run(&mut self, inner: &[SheetTag], element: Element<'_, '_>) {
        match inner {
            [Text] | [Run, Text] => self.shared_strings.begin_run(element.attribute("xml:space")),
            [Phonetic, ..] => {}
            _ if inner.contains(&Text) || inner.contains(&Phonetic) => self.shared_strings.require_calamine(),
            _ => {}
        }
    }

    /// Handles an event inside a shared string.
    fn shared_string(&mut self, path: &[SheetTag], step: &Event<'x, '_>) -> bool {
        match (&path[2..], step) {
            ([], Event::End) => self.shared_strings.end_string(),
            ([Text] | [Run, Text], Event::End) => self.shared_strings.end_run(),
            ([Text] | [Run, Text], Event::Text(text)) => self.shared_strings.push_str(text),
            ([Text] | [Run, Text], Event::Character(character)) => {
                self.shared_strings.push_str(character.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
        true
    }

    /// Returns whether the value that ends here is valid; a number that is none costs only its cell.
    fn has_valid_value(&mut self) -> bool {
        let value = self.value.unwrap_or_default();
        let is_plain = match self.cell_kind {
            CellKind::Number => value.is_empty() || is_xml_number(value),
            CellKind::SharedString | CellKind::Bool => value.trim_ascii() == value,
            _ => true,
        };
        self.layout.needs_rewriting |= !is_plain;
        let is_index = self.cell_kind != CellKind::SharedString || value.is_empty();
        is_index || self.layout.needs_rewriting || parse_number(value).is_some()
    }

    /// Begins a text or a run of a string, which has at most one text of its own, before its runs.
    fn begin_text(&mut self, inner: &[SheetTag]) -> bool {
        match inner {
            [Text] => !replace(&mut self.has_text, true),
            [Run] => {
                self.has_text = true;
                true
            }
            _ => true,
        }
    }

    fn begin_formula(&mut self, element: Element<'x, '_>) -> bool {
        let is_first = !replace(&mut self.has_formula, true);
        if self.has_value {
            // calamine loses a value that comes before its formula.
            self.layout.plain_cells = None;
        }
        self.formula.clear();
        self.layout.needs_calamine |= !is_first || element.attribute("t") == Some("shared");
        is_valid_index(element, "si", MAX_SHARED_FORMULA_INDEX)
    }

    /// Handles an event inside a formula.
    fn formula(&mut self, step: &Event<'x, '_>) -> bool {
        match step {
            Event::Text(text) if memchr(b'\r', text.as_bytes()).is_none() => self.formula.push_str(text),
            Event::Character(character) => self.formula.push(*character),
            Event::Text(_) => self.layout.needs_calamine = true,
            Event::End if self.formula.is_empty() => {}
            Event::End => self.layout.positions.formulas.push((self.cell_ref, self.formula.as_str().into())),
            _ => {}
        }
        true
    }

    fn column(&mut self, element: Element<'x, '_>) -> bool {
        let place = |name| element.attribute(name).and_then(parse_number).unwrap_or_default();
        if is_unseen(element, "width", MIN_COLUMN_CHARS) {
            add_hidden_range(&mut self.layout.hidden_ranges.cols, place("min"), place("max"));
        }
        true
    }

    fn merge(&mut self, element: Element<'x, '_>) -> Option<()> {
        self.layout.merges.push(parse_area(element.attribute("ref")?)?);
        Some(())
    }
}

/// Returns whether calamine reads an element with this local name at this place, whatever its namespace.
fn is_read(path: &[SheetTag], tag: SheetTag) -> bool {
    READ_ANYWHERE.contains(&tag) || path.iter().any(|outer| READ_WHOLE.contains(outer))
}

/// Returns whether a row or column is hidden, or so flat that its cells cannot be seen.
///
/// Excel also hides the rows that a filter leaves out, and those of a collapsed group.
fn is_unseen(element: Element<'_, '_>, size: &str, least: f64) -> bool {
    let is_flat = || element.attribute(size).and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size < least);
    matches!(element.attribute("hidden"), Some("1" | "true")) || is_flat()
}

/// Returns whether an attribute is absent or an index of at most `most`.
fn is_valid_index(element: Element<'_, '_>, name: &str, max: u32) -> bool {
    element.attribute(name).is_none_or(|written| parse_number(written).is_some_and(|number| number <= max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ooxml::layout::CellPositions;
    use tonghop_core::model::cell::HiddenRanges;

    const NAMESPACES: &str = " xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:z='urn:z' \
        xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' mc:Ignorable='z'";

    /// Checks a part, with the namespaces that parts have.
    fn check(part: &str, content: &[u8]) -> Result<(StyleUsage, PartLayout), Damage> {
        let content = std::str::from_utf8(content).unwrap();
        let root = content.find('>').unwrap();
        let content = format!("{}{NAMESPACES}{}", &content[..root], &content[root..]);
        super::check(part, content.as_bytes())
    }

    #[test]
    fn other_vocabularies_are_refused_or_left_out() {
        let foreign = Err(Damage::ForeignElement("a".to_owned()));
        for (written, expected) in [
            (r#"<c r="A1"><v xmlns="urn:other">11</v></c>"#, foreign.clone()),
            (r#"<y:c xmlns:y="urn:y" r="A1"/>"#, foreign.clone()),
            (r#"<c r="A1"><v xmlns="">11</v></c>"#, foreign.clone()),
            (r#"<z:c r="A1"><z:v>11</z:v></z:c><c r="B1"/>"#, Ok(true)),
            (r#"<z:note>8</z:note><c r="B1"/>"#, Ok(true)),
            (r#"<c r="B1"><v>1</v><extLst><ext/></extLst></c>"#, Ok(true)),
            (r#"<c r="B1" z:r="C9"><v>1</v></c>"#, Ok(false)),
        ] {
            let checked = cells(written).map(|(_, layout)| layout.needs_rewriting);
            assert_eq!(checked, expected, "{written}");
        }
        for (part, expected) in [
            (
                "<worksheet xmlns:y='urn:y'><sheetData/><y:f>1</y:f><extLst><ext><y:f>2</y:f></ext></extLst></worksheet>",
                Ok(false),
            ),
            ("<worksheet xmlns:y='urn:y'><y:mergeCells/><sheetData/></worksheet>", foreign.clone()),
            ("<worksheet><z:w><sheetData><row/></sheetData></z:w><sheetData/></worksheet>", Ok(true)),
            ("<worksheet><z:w>8</z:w><dimension ref='A1:C3'/><sheetData/></worksheet>", Ok(false)),
            ("<worksheet><dimension ref=''/><sheetData/></worksheet>", Ok(true)),
        ] {
            let checked = check("a", part.as_bytes()).map(|(_, layout)| layout.needs_rewriting);
            assert_eq!(checked, expected, "{part}");
        }
        let other = b"<worksheet xmlns='urn:other'><sheetData/></worksheet>";
        assert_eq!(super::check("a", other).map(drop), Err(Damage::ForeignElement("a".to_owned())));
    }

    fn sheet(rows: &str) -> Result<(StyleUsage, PartLayout), Damage> {
        check("a", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes())
    }

    fn cells(cells: &str) -> Result<(StyleUsage, PartLayout), Damage> {
        sheet(&format!("<row r=\"1\">{cells}</row>"))
    }

    #[test]
    fn valid_cells_pass() {
        for written in [
            r#"<c r="A1" t="s"><v>12</v></c><c r="B1"><v>1.5E-3</v></c><c r="D1"><v>-.5</v></c>"#,
            r#"<c r="A1" s="3" t="str"><f t="shared" si="0" ref="A1:A3">B1&gt;2</f><v>x &amp; y</v></c>"#,
            r#"<x:c xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main' r='A1' t='s'><x:v>0</x:v></x:c><c/>"#,
            r#"<c r="A1" t="s"><v/></c><c r="XFD1"><v></v></c>"#,
            r#"<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>"#,
            r#"<c r="A1"><v>NaN</v></c><c><v>1e999</v></c>"#,
        ] {
            assert!(cells(written).is_ok(), "{written}");
        }
        assert!(sheet(r#"<row><c r="A1"/></row><row r="7"><c r="B7"/></row><row><c r="A8"/></row>"#).is_ok());
    }

    #[test]
    fn numbers_that_calamine_would_misread_are_rewritten() {
        for (written, expected) in [
            (r#"<c r="B1" t="s"><v> 1</v></c>"#, true),
            (r#"<c r="B1"><v> 5 </v></c>"#, true),
            (r#"<c r="B1"><v>1,5</v></c>"#, true),
            (r#"<c r="B1"><v>0x10</v></c>"#, true),
            (r#"<c r="B1"><v>1&#50;</v></c>"#, true),
            (r#"<c r="B1" t="str"><v> 1&#50; </v></c>"#, false),
        ] {
            assert_eq!(cells(written).unwrap().1.needs_rewriting, expected, "{written}");
        }
    }

    #[test]
    fn invalid_cells_are_reported() {
        let at = |col| Err(Damage::InvalidCell("a".to_owned(), CellRef::new(0, col)));
        for (written, col) in [
            (r#"<c r="B1" t="s"><v>1a</v></c>"#, 1),
            (r#"<c r="B1" t="s"><v>-1</v></c>"#, 1),
            (r#"<c r="B1"><v>1<!-- -->2</v></c>"#, 1),
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
            let expected = if written.contains("B2") {
                Err(Damage::InvalidCell("a".to_owned(), CellRef::new(1, 1)))
            } else {
                at(col)
            };
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
        assert!(styles.is_consistent(), "a workbook without styles");
        styles.add(check("b", list(3).as_bytes()).unwrap().0);
        assert!(styles.is_consistent());
        styles.add(cells(r#"<c r="A1" s="3"/>"#).unwrap().0);
        assert!(!styles.is_consistent());
        assert!(check("b", b"<styleSheet><cellXfs><xf numFmtId='1x'/></cellXfs></styleSheet>").is_err());
    }

    #[test]
    fn misplaced_merges_and_texts_are_rejected() {
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
            (
                "<cols><col min='1' max='1' width='0' customWidth='1'/><col min='2' max='2' width='0.5'/></cols>",
                vec![],
                vec![0..=0],
            ),
            (
                "<sheetData><row r='1' ht='0' customHeight='1'/><row r='2' ht='0.75'/><row r='3' ht='x'/><row r='4' ht='9'/></sheetData>",
                vec![0..=1],
                vec![],
            ),
        ] {
            let (_, layout) = check("a", format!("<worksheet>{xml}</worksheet>").as_bytes()).unwrap();
            assert_eq!(layout.hidden_ranges, HiddenRanges { rows, cols }, "{xml}");
        }
    }

    #[test]
    fn formulas_and_error_cells_are_recorded() {
        let (_, layout) = cells(
            r#"<c><f>IF(A1&lt;2,"&#7885;",<!-- -->B1)</f><v>1</v></c><c r="C1" t="e"><f/><v>#N/A</v></c><c r="D1"/>"#,
        )
        .unwrap();
        let formulas = vec![(CellRef::new(0, 0), r#"IF(A1<2,"ọ",B1)"#.into())];
        assert_eq!(layout.positions, CellPositions { count: 3, possible_errors: vec![CellRef::new(0, 2)], formulas });
        assert!(!layout.needs_calamine);
        for of_library in ["<f t='shared' si='0'/>", "<f>A1</f><f>B1</f>", "<f>A1\r\n+B1</f>"] {
            assert!(cells(&format!("<c>{of_library}<v>1</v></c>")).unwrap().1.needs_calamine, "{of_library}");
        }
    }
}
