//! The form of Decree 30/2020/NĐ-CP, appendix I, clause by clause, in the Word report of the repository's project.

use super::package::{Package, ParagraphFormat};
use super::tree::Node;
use super::{clean_package, with_tables};
use std::ops::RangeInclusive;

/// Lengths are in twentieths of a point; one millimetre is 56.69 of them.
const MILLIMETRE: f64 = 56.6929;

/// The requirements of the decree for one part of the form; sizes are in half points.
struct Clause {
    part: &'static str,
    /// The beginning of the paragraph.
    begins: &'static str,
    sizes: RangeInclusive<i64>,
    bold: bool,
    italic: bool,
    capitals: bool,
    align: &'static str,
}

const UPRIGHT: Clause =
    Clause { part: "", begins: "", sizes: 26..=28, bold: false, italic: false, capitals: false, align: "center" };

const CLAUSES: &[Clause] = &[
    Clause { part: "quốc hiệu", begins: "CỘNG HÒA", sizes: 24..=26, bold: true, capitals: true, ..UPRIGHT },
    Clause { part: "tiêu ngữ", begins: "Độc lập - Tự do - Hạnh phúc", bold: true, ..UPRIGHT },
    Clause {
        part: "superior agency",
        begins: "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU",
        sizes: 24..=26,
        capitals: true,
        ..UPRIGHT
    },
    Clause {
        part: "issuing agency",
        begins: "ỦY BAN NHÂN DÂN THÀNH PHỐ LAI CHÂU",
        sizes: 24..=26,
        bold: true,
        capitals: true,
        ..UPRIGHT
    },
    Clause { part: "number and symbol", begins: "Số: …/BC-UBND", sizes: 26..=26, ..UPRIGHT },
    Clause { part: "place, date", begins: "Thành phố Lai Châu, ngày ", italic: true, ..UPRIGHT },
    Clause { part: "kind", begins: "BÁO CÁO", bold: true, capitals: true, ..UPRIGHT },
    Clause { part: "subject", begins: "Tình hình thực hiện Nghị quyết", bold: true, ..UPRIGHT },
    Clause { part: "Phần and its title", begins: "Phần I\nTÌNH HÌNH", bold: true, capitals: true, ..UPRIGHT },
    Clause { part: "mục", begins: "I. TÌNH HÌNH", bold: true, capitals: true, align: "left", ..UPRIGHT },
    Clause {
        part: "khoản with title", begins: "1. Về phát triển kinh tế", bold: true, align: "both", ..UPRIGHT
    },
    Clause { part: "điểm", begins: "a) Thương mại", align: "both", ..UPRIGHT },
    Clause { part: "level four by number", begins: "2.1. ", align: "both", ..UPRIGHT },
    Clause { part: "body", begins: "Trên cơ sở Nghị quyết", align: "both", ..UPRIGHT },
    Clause { part: "item of a list", begins: "- Về thương mại", align: "both", ..UPRIGHT },
    Clause { part: "authority", begins: "TM. ỦY BAN NHÂN DÂN", bold: true, capitals: true, ..UPRIGHT },
    Clause { part: "position", begins: "PHÓ CHỦ TỊCH", bold: true, capitals: true, ..UPRIGHT },
    Clause {
        part: "title of the recipients",
        begins: "Nơi nhận:",
        sizes: 24..=24,
        bold: true,
        italic: true,
        align: "left",
        ..UPRIGHT
    },
    Clause { part: "recipients", begins: "- UBND tỉnh;", sizes: 22..=22, align: "left", ..UPRIGHT },
    Clause { part: "last recipient", begins: "- Lưu: VT", sizes: 22..=22, align: "left", ..UPRIGHT },
];

const APPENDIX: Clause =
    Clause { part: "appendix", begins: "Phụ lục I\n", sizes: 28..=28, bold: true, capitals: true, ..UPRIGHT };

fn assert_clause(clause: &Clause, document: &Node, styles: &Node) {
    let look = ParagraphFormat::of_beginning(document, styles, clause.begins);
    let part = clause.part;
    assert!(clause.sizes.contains(&look.half_points()), "{part}: {} half points", look.half_points());
    for (name, wanted) in [("w:b", clause.bold), ("w:i", clause.italic), ("w:caps", clause.capitals)] {
        assert_eq!(look.words(name).is_some(), wanted, "{part}: {name}");
    }
    assert_eq!(look.align(), clause.align, "{part}");
    assert_eq!(look.words("w:color").unwrap().attribute("w:val"), Some("000000"), "{part}");
    let fonts = look.words("w:rFonts").unwrap();
    for script in ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"] {
        assert_eq!(fonts.attribute(script), Some("Times New Roman"), "{part}: {script}");
    }
}

#[test]
fn every_part_has_its_letters() {
    let package = clean_package();
    let (document, styles) = (package.document(), package.styles());
    for clause in CLAUSES {
        assert_clause(clause, &document, &styles);
    }
    let package = with_tables();
    assert_clause(&APPENDIX, &package.document(), &package.styles());
}

#[test]
fn no_words_have_letters_of_their_own() {
    let document = clean_package().document();
    let allowed = ["w:rStyle", "w:caps"];
    let own = document.named("w:rPr").into_iter().flat_map(|properties| &properties.children);
    let strange: Vec<&str> = own.map(|child| child.name.as_str()).filter(|name| !allowed.contains(name)).collect();
    assert_eq!(strange, [""; 0], "an office could not change this in the styles");
}

#[test]
fn the_word_and_number_of_a_part_are_not_in_capitals() {
    let document = clean_package().document();
    let runs = document.named("w:r");
    let number = runs.iter().find(|run| run.text().starts_with("Phần I\n")).unwrap();
    assert_eq!(number.path(&["w:rPr", "w:caps"]).unwrap().attribute("w:val"), Some("0"));
}

#[test]
fn the_paper_is_a4_with_the_margins_of_the_decree() {
    let document = clean_package().document();
    let sections = document.named("w:sectPr");
    let [section] = sections.as_slice() else { panic!("{} sections", sections.len()) };
    let size = section.child("w:pgSz").unwrap();
    assert_eq!((size.number("w:w"), size.number("w:h"), size.attribute("w:orient")), (11_906, 16_838, None));
    let margins = section.child("w:pgMar").unwrap();
    for (side, allowed) in
        [("w:top", 20.0..=25.0), ("w:bottom", 20.0..=25.0), ("w:left", 30.0..=35.0), ("w:right", 15.0..=20.0)]
    {
        let millimetres = margins.number(side) as f64 / MILLIMETRE;
        assert!(allowed.contains(&((millimetres * 10.0).round() / 10.0)), "{side}: {millimetres} mm");
    }
}

#[test]
fn pages_are_numbered_in_the_top_margin_but_the_first() {
    let package = clean_package();
    let (document, styles, header) = (package.document(), package.styles(), package.tree("word/header1.xml"));
    let section = document.named("w:sectPr")[0];
    assert!(section.child("w:titlePg").is_some());
    let references: Vec<Option<&str>> =
        section.named("w:headerReference").iter().map(|reference| reference.attribute("w:type")).collect();
    assert_eq!(references, [Some("default")], "a first page without header");
    assert_eq!(section.child("w:pgNumType").unwrap().attribute("w:fmt"), Some("decimal"));
    assert_eq!(header.named("w:instrText")[0].own_text, " PAGE ");
    let look = ParagraphFormat::of_paragraph(header.child("w:p").unwrap(), &styles);
    assert_eq!((look.align(), look.half_points()), ("center", 28));
    let margins = section.child("w:pgMar").unwrap();
    assert!(margins.number("w:header") + 14 * 20 < margins.number("w:top"), "the number is in the margin");
}

#[test]
fn text_has_the_space_of_the_decree() {
    let package = clean_package();
    let (document, styles) = (package.document(), package.styles());
    for begins in ["Trên cơ sở Nghị quyết", "- Về thương mại", "Trên đây là báo cáo"] {
        let look = ParagraphFormat::of_beginning(&document, &styles, begins);
        assert!([567, 720].contains(&look.length("w:ind", "w:firstLine")), "{begins}: 1 or 1.27 cm");
        assert!(look.length("w:spacing", "w:after") >= 120, "{begins}: 6 pt");
        assert!((240..=360).contains(&look.length("w:spacing", "w:line")), "{begins}: single to one and a half");
        assert_eq!(look.paragraph("w:spacing").unwrap().attribute("w:lineRule"), Some("auto"));
    }
}

#[test]
fn lines_are_drawn_under_motto_issuer_and_subject() {
    let package = clean_package();
    let (document, styles) = (package.document(), package.styles());
    // The widths of the longest text lines, measured with the metrics of Times New Roman, and of their containers.
    let cases = [
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ LAI CHÂU", 2_750.0, 3_904, 0.33..=0.5),
        ("Độc lập - Tự do - Hạnh phúc", 3_178.0, 5_450, 0.97..=1.03),
        ("Tình hình thực hiện Nghị quyết", 8_270.0, 9_354, 0.33..=0.5),
    ];
    for (begins, words, available, share) in cases {
        let line = ParagraphFormat::of_paragraph(next_paragraph(&document, begins), &styles);
        let border = line.paragraph("w:pBdr").and_then(|border| border.child("w:top")).expect("a line");
        assert_eq!(border.attribute("w:val"), Some("single"), "{begins}");
        let length = available - line.length("w:ind", "w:left") - line.length("w:ind", "w:right");
        assert!(share.contains(&(length as f64 / words)), "{begins}: {length} of {words}");
    }
}

/// Returns the paragraph after the one that begins with this text.
fn next_paragraph<'a>(document: &'a Node, begins: &str) -> &'a Node {
    let paragraphs = document.named("w:p");
    let at = paragraphs.iter().position(|p| p.text().starts_with(begins)).unwrap();
    paragraphs[at + 1]
}

#[test]
fn letterhead_and_signature_have_columns() {
    let document = clean_package().document();
    let tables = document.named("w:tbl");
    let [head, foot] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    let cells = |table: &Node| -> Vec<Vec<String>> {
        let rows = table.named("w:tr").into_iter();
        rows.map(|row| row.named("w:tc").iter().map(|cell| cell.text()).collect()).collect()
    };
    let head_cells = cells(head);
    assert!(head_cells[0][0].ends_with("THÀNH PHỐ LAI CHÂU") && head_cells[0][1].starts_with("CỘNG HÒA"));
    assert!(head_cells[1][0].starts_with("Số: ") && head_cells[1][1].contains(", ngày "), "on the same line");
    let foot_cells = cells(foot);
    assert!(foot_cells[0][0].starts_with("Nơi nhận:") && foot_cells[0][1].starts_with("TM. "), "level");
    for table in [head, foot] {
        assert!(table.named("w:tblBorders").is_empty() && table.named("w:tblStyle").is_empty());
        assert!(table.named("w:tr").iter().all(|row| row.path(&["w:trPr", "w:cantSplit"]).is_some()));
        let width: i64 = table.named("w:gridCol").iter().map(|column| column.number("w:w")).sum();
        assert_eq!(width, 9_354, "between the margins");
    }
}

#[test]
fn the_text_ends_with_its_sign_on_the_page_of_the_signature() {
    let document = clean_package().document();
    let body = document.child("w:body").unwrap();
    let signature = body.children.iter().rposition(|child| child.name == "w:tbl").unwrap();
    let closing = &body.children[signature - 1];
    assert!(closing.text().ends_with("./."), "{}", closing.text());
    assert!(closing.path(&["w:pPr", "w:keepNext"]).is_some());
}

#[test]
fn headings_are_levels_of_the_outline() {
    let package = clean_package();
    let (document, styles) = (package.document(), package.styles());
    for (level, begins) in (0..).zip(["Phần II\n", "I. TÌNH HÌNH", "1. Về phát triển", "a) Thương mại"]) {
        let look = ParagraphFormat::of_beginning(&document, &styles, begins);
        assert_eq!(look.paragraph("w:outlineLvl").unwrap().number("w:val"), level, "{begins}");
        assert!(look.paragraph("w:keepNext").is_some(), "{begins} alone at the end of a page");
    }
}

#[test]
fn appendices_start_new_pages() {
    let package = with_tables();
    let document = package.document();
    let sections = document.named("w:sectPr");
    let shapes: Vec<(i64, Option<&str>)> = sections
        .iter()
        .map(|section| section.child("w:pgSz").unwrap())
        .map(|size| (size.number("w:w"), size.attribute("w:orient")))
        .collect();
    assert_eq!(shapes, [(11_906, None), (11_906, None), (16_838, Some("landscape"))], "wide tables lie across");
    for section in &sections {
        assert_eq!(section.child("w:type").unwrap().attribute("w:val"), Some("nextPage"));
        assert_eq!(section.child("w:pgNumType").unwrap().number("w:start"), 1, "own page numbers");
    }
    let texts: Vec<String> = document.named("w:p").iter().map(|p| p.text()).collect();
    let at = |begins: &str| texts.iter().position(|text| text.starts_with(begins)).unwrap();
    assert!(at("PHÓ CHỦ TỊCH") < at("Phụ lục I\n") && at("Phụ lục I\n") < at("Phụ lục II\n"));
}

#[test]
fn tables_repeat_their_titles_and_have_lines() {
    let package: Package = with_tables();
    let (document, styles) = (package.document(), package.styles());
    let tables = document.named("w:tbl").into_iter().filter(|table| !table.named("w:tblStyle").is_empty());
    let tables: Vec<&Node> = tables.collect();
    assert_eq!(tables.len(), 3);
    let grid = styles.named("w:style").into_iter().find(|s| s.attribute("w:styleId") == Some("BangKe")).unwrap();
    assert_eq!(grid.named("w:tblBorders")[0].children.len(), 6);
    for table in tables {
        let rows = table.named("w:tr");
        let repeated = rows.iter().filter(|row| row.path(&["w:trPr", "w:tblHeader"]).is_some()).count();
        assert!(repeated == 1 && rows[0].path(&["w:trPr", "w:tblHeader"]).is_some());
        for paragraph in table.named("w:p") {
            assert!(
                (24..=26).contains(&ParagraphFormat::of_paragraph(paragraph, &styles).half_points()),
                "12 or 13 points"
            );
        }
    }
}
