//! Tests for reading valid, damaged and hostile workbooks.

use super::error::{Damage, Limit};
use super::*;
use proptest::prelude::*;
use std::io::{Cursor, Write};
use std::ops::Add;
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Returns the content of a part with the namespace of workbooks, if it has none.
fn in_namespace(content: &str) -> String {
    let root = ["<worksheet", "<sst", "<styleSheet", "<workbook"].into_iter().find(|root| content.contains(root));
    match root.filter(|_| !content.contains("xmlns=")) {
        Some(root) => content.replacen(root, &format!("{root} xmlns=\"{MAIN}\""), 1),
        None => content.to_owned(),
    }
}

/// Returns the parts of a workbook with one sheet of the given rows, named as Excel names them.
fn parts(rows: &str) -> Vec<(&'static str, String)> {
    let sheets = r#"<workbook xmlns:r="r"><sheets><sheet name=" Biểu 1 " sheetId="1" r:id="rId1" state="hidden"/></sheets></workbook>"#;
    let links = r#"<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="http://x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="s" Type="http://x/styles" Target="styles.xml"/></Relationships>"#;
    vec![
        ("_rels/.rels", RELS.to_owned()),
        ("xl/workbook.xml", sheets.to_owned()),
        ("xl/_rels/workbook.xml.rels", links.to_owned()),
        ("xl/styles.xml", STYLES.to_owned()),
        (
            "xl/sharedStrings.xml",
            r#"<sst count="2" uniqueCount="2"><si><t>Chỉ tiêu</t></si><si><t></t></si></sst>"#.into(),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                r#"<worksheet><sheetData>{rows}</sheetData><mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells></worksheet>"#
            ),
        ),
    ]
}

fn zip_parts(parts: &[(&str, String)], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(in_namespace(content).as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(rows: &str) -> Result<RawWorkbook, ReadError> {
    read_workbook(&zip_parts(&parts(rows), CompressionMethod::Deflated))
}

fn cell(rows: &str, row: u32, col: u32) -> Option<RawCell> {
    read(rows).unwrap().sheets[0].cells.get(&CellRef::new(row, col)).cloned()
}

/// The text of cell A1 of a workbook whose first shared string and whose row are given.
fn first_text(item: &str, row: &str) -> (Option<String>, Option<String>) {
    let mut parts = parts(row);
    parts[4].1 = format!("<sst>{item}</sst>");
    let bytes = zip_parts(&parts, CompressionMethod::Deflated);
    let text =
        |book: RawWorkbook| book.sheets[0].cells.get(&CellRef::new(0, 0)).and_then(RawCell::text).map(str::to_owned);
    let rewritten = container::check(&bytes).unwrap().parts.rewrite_archive(&bytes);
    let of_archive = rewritten.map(|bytes| text(read_workbook(&bytes).unwrap()));
    (text(read_workbook(&bytes).unwrap()), of_archive.flatten())
}

#[test]
fn raised_runs_are_kept_apart_from_the_number_before_them() {
    let item = "<si><r><t>1234</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r></si>";
    let inline = item.replace("si>", "is>");
    let shared = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#;
    // A date sends the whole workbook through calamine.
    let dated = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2"><v>45000</v></c></row>"#;
    let inline = format!(r#"<row r="1"><c r="A1" t="inlineStr">{inline}</c></row>"#);
    for row in [shared, dated, &inline] {
        let expected = Some("1234¹".to_owned());
        assert_eq!(first_text(item, row), (expected.clone(), expected), "{row}");
    }
}

#[test]
fn a_sheet_keeps_its_name_state_and_merges() {
    let book = read(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.is_hidden), (" Biểu 1 ", true));
    assert_eq!((sheet.merges[0].first, sheet.merges[0].last), (CellRef::new(0, 0), CellRef::new(1, 2)));
}

#[test]
fn hidden_rows_and_columns_belong_to_their_sheet() {
    let cells = r#"<row r="3"><c r="A3"><v>1</v></c></row>"#;
    let mut parts = parts(&cells.replace("r=\"3\"", "r=\"3\" hidden=\"1\""));
    let part = |name: &str, from: &str, to: &str, parts: &mut Vec<(&'static str, String)>| {
        let (_, content) = parts.iter_mut().find(|(part, _)| *part == name).unwrap();
        *content = content.replacen(from, to, 1);
    };
    part("xl/workbook.xml", "<sheets>", r#"<sheets><sheet name="2" sheetId="2" r:id="rId2"/>"#, &mut parts);
    let link =
        r#"<Relationships><Relationship Id="rId2" Type="http://x/worksheet" Target="/xl/worksheets/Sheet2.xml"/>"#;
    part("xl/_rels/workbook.xml.rels", "<Relationships>", link, &mut parts);
    let second = r#"<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData/></worksheet>"#;
    parts.push(("xl/worksheets/Sheet2.xml", second.to_owned()));
    let book = read_workbook(&zip_parts(&parts, CompressionMethod::Deflated)).unwrap();
    let concealed: Vec<_> =
        book.sheets.iter().map(|s| (s.hidden_ranges.rows.clone(), s.hidden_ranges.cols.clone())).collect();
    assert_eq!(concealed, [(vec![], vec![1..=2]), (vec![2..=2], vec![])]);
}

#[test]
fn comments_belong_to_their_sheet_and_hostile_ones_cost_only_themselves() {
    let cells = r#"<row r="3"><c r="A3"><v>1</v></c></row>"#;
    // A date sends the whole workbook through calamine.
    let dated = r#"<row r="3"><c r="A3"><v>1</v></c><c r="B3" s="2"><v>45000</v></c></row>"#;
    let link =
        |kind: &str, target: &str| format!("<Relationship Id=\"r\" Type=\"http://x/{kind}\" Target=\"{target}\"/>");
    let comment = |text: &str| format!("<comments><comment ref=\"A3\"><text><t>{text}</t></text></comment></comments>");
    for (links, expected) in [
        (link("comments", "../c1.xml"), vec![(CellRef::new(2, 0), "là 5".into())]),
        (link("comments", "/xl/c1.xml"), vec![(CellRef::new(2, 0), "là 5".into())]),
        (link("comments", "../nowhere.xml") + &link("comments", "/xl/workbook.xml"), vec![]),
        (link("drawing", "../c1.xml"), vec![]),
        (link("comments", "../c2.xml"), vec![]),
    ] {
        for rows in [cells, dated] {
            let mut parts = parts(rows);
            parts.push(("xl/c1.xml", comment("là 5")));
            parts.push(("xl/c2.xml", comment(&" ".repeat(9 << 20))));
            let sheet = parts.iter().map(|(name, _)| *name).find(|name| name.starts_with("xl/worksheets/")).unwrap();
            let rels: &'static str = sheet.replace("worksheets/", "worksheets/_rels/").add(".rels").leak();
            parts.push((rels, format!("<Relationships>{links}</Relationships>")));
            let book = read_workbook(&zip_parts(&parts, CompressionMethod::Deflated)).unwrap();
            assert_eq!(book.sheets[0].comments, expected, "{links}");
        }
    }
}

#[test]
fn values_are_read_as_they_are() {
    for (content, expected) in [
        (r#"><v>0.30000000000000004</v>"#, RawValue::Number("0.3".parse().unwrap())),
        (r#" t="s"><v>0</v>"#, RawValue::Text("Chỉ tiêu".into())),
        (r#" t="inlineStr"><is><t xml:space="preserve"> 5 </t></is>"#, RawValue::Text(" 5 ".into())),
        (r#" t="b"><v>1</v>"#, RawValue::Bool(true)),
        (r#" t="e"><v>#DIV/0!</v>"#, RawValue::Error("#DIV/0!".into())),
        (r#" t="e"><v>#SPILL!</v>"#, RawValue::Error("#SPILL!".into())),
        (r#"><v>1e300</v>"#, RawValue::Error("số quá lớn".into())),
        (r#"><v>NaN</v>"#, RawValue::Error("không phải là số (NaN)".into())),
        (r#"><v>98,25</v>"#, RawValue::Error("không phải là số: 98,25".into())),
        (r#" t="str"><v>9<![CDATA[8]]>,25</v>"#, RawValue::Text("98,25".into())),
        (r#"><v>9<!-- -->8</v>"#, RawValue::Number(98.into())),
        (r#" t="d"><v>2024-<![CDATA[10]]>-01</v>"#, RawValue::Date("45566".parse().unwrap())),
        (r#" s="2"><v>45000</v>"#, RawValue::Date("45000".parse().unwrap())),
        (r#"><f>A2+1</f>"#, RawValue::FormulaWithoutCache),
    ] {
        let rows = format!(r#"<row r="1"><c r="A1"{content}</c></row><row r="2"><c r="B2"><v>7</v></c></row>"#);
        assert_eq!(cell(&rows, 0, 0).map(|c| c.value), Some(expected), "{content}");
        assert_eq!(cell(&rows, 1, 1).map(|c| c.value), Some(RawValue::Number(7.into())), "{content}");
    }
}

#[test]
fn empty_texts_make_no_cells() {
    for content in [r#" t="s"><v>1</v>"#, r#" t="str"><f>""</f><v></v>"#, r#" s="1">"#, "><v></v>"] {
        assert_eq!(cell(&format!(r#"<row r="1"><c r="A1"{content}</c></row>"#), 0, 0), None, "{content}");
    }
}

#[test]
fn formulas_and_formats_stay_with_their_cells() {
    let rows = r#"<row r="1"><c r="A1" s="1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>0.5</v></c></row>
        <row r="2"><c r="A2"><f t="shared" si="0"/><v>3</v></c></row>"#;
    let first = cell(rows, 0, 0).unwrap();
    assert_eq!((first.formula.as_deref(), first.number_format.as_deref()), (Some("B1*2"), Some("0.0%")));
    let second = cell(rows, 1, 0).unwrap();
    assert_eq!((second.formula.as_deref(), second.number_format), (Some("B2*2"), None));
}

#[test]
fn a_changed_byte_is_noticed() {
    let mut bytes = zip_parts(&parts(r#"<row r="1"><c r="A1"><v>123456</v></c></row>"#), CompressionMethod::Stored);
    let at = memchr::memmem::find(&bytes, b"123456").unwrap();
    bytes[at] = b'9';
    assert_eq!(read_workbook(&bytes), Err(ReadError::Damaged(Damage::Part("xl/worksheets/sheet1.xml".into()))));
}

#[test]
fn hostile_sizes_are_refused() {
    let with = |name: &str, content: &str| {
        let mut parts = parts("");
        parts.iter_mut().find(|(part, _)| *part == name).unwrap().1 = content.to_owned();
        read_workbook(&zip_parts(&parts, CompressionMethod::Deflated))
    };
    let sst = "xl/sharedStrings.xml";
    assert_eq!(
        with(sst, r#"<sst uniqueCount = '9999999999'></sst>"#),
        Err(ReadError::Damaged(Damage::Part("xl/sharedstrings.xml".into())))
    );
    let many: Vec<_> = (0..2_001).map(|n| (format!("a{n}"), String::new())).collect();
    let many: Vec<_> = many.iter().map(|(name, content)| (name.as_str(), content.clone())).collect();
    assert_eq!(read_workbook(&zip_parts(&many, CompressionMethod::Stored)), Err(ReadError::TooLarge(Limit::Parts)));
    let far = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    assert_eq!(read(far).unwrap().sheets[0].cells.len(), 2);
}

#[test]
fn cells_outside_the_grid_and_duplicates_are_damage() {
    for rows in [
        r#"<row r="1"><c r="A1048577"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>"#,
    ] {
        let cell = Damage::InvalidCell("xl/worksheets/sheet1.xml".into(), CellRef::new(0, 0));
        assert_eq!(read(rows), Err(ReadError::Damaged(cell)), "{rows}");
    }
    let mut twins = parts("");
    twins.push(("xl/SharedStrings.xml", String::new()));
    let twins = read_workbook(&zip_parts(&twins, CompressionMethod::Stored));
    assert_eq!(twins, Err(ReadError::Damaged(Damage::DuplicateName("xl/sharedstrings.xml".into()))));
}

#[test]
fn missing_relationship_targets_are_reported() {
    let mut parts = parts("");
    parts.retain(|(name, _)| *name != "xl/workbook.xml");
    let missing = |name: &str| Err(ReadError::Damaged(Damage::MissingPart(name.into())));
    assert_eq!(read_workbook(&zip_parts(&parts, CompressionMethod::Deflated)), missing("xl/workbook.xml"));
    parts = self::parts("");
    for (_, content) in &mut parts {
        *content = content.replace("worksheets/sheet1.xml", "worksheets/sheet1.png");
    }
    assert_eq!(read_workbook(&zip_parts(&parts, CompressionMethod::Deflated)), missing("xl/worksheets/sheet1.png"));
}

#[test]
fn parts_are_found_by_their_relationships() {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>0.5</v></c></row>"#;
    // A date sends the whole workbook through calamine.
    let dated = rows.replace("</row>", r#"<c r="C1" s="2"><v>45000</v></c></row>"#);
    for rows in [rows, &dated] {
        let usual = read(rows).unwrap().sheets;
        let mut parts = parts(rows);
        parts[2].1 =
            parts[2].1.replace("\"sharedStrings.xml", "\"../other/texts.xml").replace("\"styles.xml", "\"s.xml");
        parts[2].1 = parts[2].1.replace("worksheets/", "./worksheets/../worksheets/");
        let decoys = ["<styleSheet><cellXfs/></styleSheet>", "<sst><si><t>Khác</t></si></sst>"].map(str::to_owned);
        let real: Vec<String> =
            parts[3..5].iter_mut().zip(decoys).map(|(part, decoy)| std::mem::replace(&mut part.1, decoy)).collect();
        parts.extend(["xl/s.xml", "other/texts.xml"].into_iter().zip(real));
        let moved = read_workbook(&zip_parts(&parts, CompressionMethod::Deflated)).unwrap();
        assert_eq!(format!("{:?}", moved.sheets), format!("{usual:?}"), "{rows}");
    }
}

#[test]
fn sheets_of_macros_stay_beside_sheets_of_figures() {
    let mut parts = parts(r#"<row r="1"><c r="A1"><v>7</v></c></row>"#);
    let macros =
        r#"<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><sheetData/></xm:macrosheet>"#;
    parts[1].1 = parts[1].1.replace("<sheets>", r#"<sheets><sheet name="M" sheetId="9" r:id="m"/>"#);
    let link = r#"<Relationships><Relationship Id="m" Type="http://x/2006/relationships/xlMacrosheet" Target="macrosheets/m.xml"/>"#;
    parts[2].1 = parts[2].1.replace("<Relationships>", link);
    parts.push(("xl/macrosheets/m.xml", macros.to_owned()));
    let book = read_workbook(&zip_parts(&parts, CompressionMethod::Deflated)).unwrap();
    assert_eq!(book.sheets.len(), 1);
    assert_eq!(
        book.sheets[0].cells.get(&CellRef::new(0, 0)).map(|cell| &cell.value),
        Some(&RawValue::Number(7.into()))
    );
}

#[test]
fn elements_of_other_vocabularies_are_refused() {
    let ignorable = r#"<z:c xmlns:z="urn:z" r="A1"/>"#;
    assert_eq!(read(&format!(r#"<row r="1">{ignorable}</row>"#)), {
        Err(ReadError::Damaged(Damage::ForeignElement("xl/worksheets/sheet1.xml".into())))
    });
}

#[test]
fn inconsistent_zip_entries_are_rejected() {
    let good = zip_parts(&parts(""), CompressionMethod::Stored);
    // The central directory is at the end; relative to its signature, flags are at 8, method at 10, offset at 42.
    let entry = memchr::memmem::rfind(&good, b"PK\x01\x02").unwrap();
    let with = |at: usize, byte: u8| {
        let mut bad = good.clone();
        bad[entry + at] = byte;
        read_workbook(&bad)
    };
    let sheet = "xl/worksheets/sheet1.xml".to_owned();
    assert_eq!(with(8, 1), Err(ReadError::Password));
    assert_eq!(with(10, 12), Err(ReadError::Damaged(Damage::CompressionMethod(sheet))));
    let mut bad = good.clone();
    bad[entry + 42..entry + 46].fill(0);
    assert_eq!(read_workbook(&bad), Err(ReadError::Damaged(Damage::OverlappingParts)));
}

#[test]
fn files_of_other_formats_are_identified() {
    let compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 ";
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, expected) in [
        (b"".to_vec(), ReadError::Empty),
        (compound.to_vec(), ReadError::Damaged(Damage::SectorChains)),
        ([compound.as_slice(), &name].concat(), ReadError::Password),
        (b"\xEF\xBB\xBF \n<html>".to_vec(), ReadError::Markup),
        (b"STT;2024".to_vec(), ReadError::NotAWorkbook),
        (b"PK\x03\x04 cut".to_vec(), ReadError::Damaged(Damage::Archive)),
        (zip_parts(&[("mimetype", "x".to_owned())], CompressionMethod::Stored), ReadError::NotAWorkbook),
    ] {
        assert_eq!(read_workbook(&bytes), Err(expected));
    }
}

#[test]
fn truncated_or_changed_files_do_not_panic() {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>A1</f><v>3</v></c></row>"#;
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let good = zip_parts(&parts(rows), method);
        for at in (0..good.len()).step_by(7) {
            let _ = read_workbook(&good[..at]);
            let mut bad = good.clone();
            bad[at] ^= 0x11;
            let _ = read_workbook(&bad);
        }
    }
}

/// Reads a workbook from its plain cells and through calamine; `None` if not all cells are plain.
fn read_plain_and_with_calamine(
    bytes: &[u8],
) -> Option<(Result<RawWorkbook, ReadError>, Result<RawWorkbook, ReadError>)> {
    let container::CheckedContainer { mut layouts, shared_strings: texts, parts, .. } = container::check(bytes).ok()?;
    let taken = xlsx::read_plain_cells(&parts.outline_archive()?, &mut layouts, &texts?)?;
    let again = container::check(bytes).ok()?;
    Some((taken, xlsx::read_with_calamine(&again.parts.full_archive()?, again.layouts)))
}

#[test]
fn only_plain_cells_are_read_without_calamine() {
    for (cell, is_plain) in [
        (r#"<c r="A1" s="1"><v>0.5</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="b"><v>1</v></c>"#, true),
        (r#"<c t="e"><v>#DIV/0!</v></c><c t="e"><v>#N/A</v></c><c t="n"><v>1e5</v></c><c t="s"><v>1</v></c>"#, true),
        (r#"<c r="A1" t="e"><v>#SPILL!</v></c>"#, false),
        (r#"<c t="str"><f>A2&amp;"x"</f><v>ọ &lt;x</v></c><c><f>A2</f></c><c t="str"><f>A2</f><v></v></c><c/>"#, true),
        (r#"<c t="e"><f>A2</f><v/></c><c t="s"/><c s="2"/><c s="2" t="s"><v>0</v></c>"#, true),
        (r#"<c s="2"><v>45000</v></c>"#, false),
        (r#"<c t="inlineStr"><is><t>x</t></is></c>"#, false),
        (r#"<c t="d"><v>2024-09-30</v></c>"#, false),
        (r#"<c t="b"><v>true</v></c>"#, false),
        (r#"<c t="str"><v>a_x000D_</v></c>"#, false),
        ("<c t=\"str\"><v>a\r\nb</v></c>", false),
        (r#"<c t="str"><v><![CDATA[a]]></v></c>"#, true),
        (r#"<c><v>1,5</v></c>"#, false),
        (r#"<c><v>NaN</v></c>"#, false),
        (r#"<c><v>1</v><f>A2</f></c>"#, false),
        (r#"<c><f t="shared" si="0" ref="A1">A2</f><v>1</v></c>"#, false),
        (r#"<c t="s"><v>2</v></c>"#, false),
    ] {
        let both = read_plain_and_with_calamine(&zip_parts(
            &parts(&format!("<row>{cell}</row>")),
            CompressionMethod::Deflated,
        ));
        assert_eq!(both.is_some(), is_plain, "{cell}");
        if let Some((taken, library)) = both {
            assert_eq!(format!("{taken:?}"), format!("{library:?}"), "{cell}");
        }
    }
}

#[test]
fn shared_strings_are_read_as_by_calamine() {
    for (texts, is_plain) in [
        ("<si><t> a </t></si><si><t xml:space=\"preserve\"> b\n</t></si>", true),
        ("<si><r><rPr/><t>a</t></r><r><t xml:space='preserve'> b</t></r><rPh sb='0'><t>no</t></rPh></si><si/>", true),
        ("<si><t>&lt;&#7885;<!-- x --> &amp;</t></si><si><t/></si>", true),
        ("<si><t>\u{a0}a\u{a0}</t></si><si>loose<t>b</t>loose</si>", true),
        ("<si><t>a_x0041_</t></si><si/>", false),
        ("<si><t>a\r\nb</t></si><si/>", false),
        ("<si><t><![CDATA[a]]></t></si><si/>", true),
        ("<si><x><t>a</t></x></si><si/>", false),
        ("<si><t>a<b>c</b></t></si><si/>", false),
    ] {
        let mut parts = parts(r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>"#);
        let (_, list) = parts.iter_mut().find(|(name, _)| name.ends_with("sharedStrings.xml")).unwrap();
        *list = format!("<sst>{texts}</sst>");
        let both = read_plain_and_with_calamine(&zip_parts(&parts, CompressionMethod::Deflated));
        assert_eq!(both.is_some(), is_plain, "{texts}");
        if let Some((taken, library)) = both {
            assert_eq!(format!("{taken:?}"), format!("{library:?}"), "{texts}");
        }
    }
}

/// Generates rows of cells with valid and unusual attributes and contents.
fn cells() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(&["", " t='n'", " t='s'", " t='b'", " t='e'", " t='str'", " t='inlineStr'"][..]);
    let style = prop::sample::select(&["", " s='0'", " s='1'", " s='2'"][..]);
    let formula = prop::sample::select(&["", "", "", "<f>A9</f>", "<f/>", "<f t='shared' si='0'/>"][..]);
    let value = prop::sample::select(
        &[
            "",
            "<v/>",
            "<v></v>",
            "0",
            "1",
            "-1.5e3",
            "12345678901234567890",
            "1e-400",
            "a",
            " a ",
            "#N/A",
            "&amp;",
            "_x0041_",
        ][..],
    );
    let cell = (kind, style, formula, value).prop_map(|(kind, style, formula, value)| match value {
        "" | "<v/>" | "<v></v>" => format!("<c{kind}{style}>{formula}{value}</c>"),
        _ => format!("<c{kind}{style}>{formula}<v>{value}</v></c>"),
    });
    prop::collection::vec(cell, 1..6).prop_map(|cells| format!("<row>{}</row>", cells.concat()))
}

proptest! {
    #[test]
    fn whatever_is_taken_is_what_the_library_gives(rows in prop::collection::vec(cells(), 1..4)) {
        let bytes = zip_parts(&parts(&rows.concat()), CompressionMethod::Stored);
        if let Some((taken, library)) = read_plain_and_with_calamine(&bytes) {
            prop_assert_eq!(format!("{:?}", taken), format!("{:?}", library));
        }
    }
}
