//! Defines each part of the report as a named Word style, so that an office can change it in Word.
//!
//! Output: the styles of paragraphs and runs, and the part `styles.xml`. The sizes are those of appendix I of Decree
//! 30/2020. Not here: text of the report.

use super::part::NAMESPACES;
use super::xml::XmlFragment;
use tonghop_core::model::trace::LineKind;

/// The only font of the document.
pub(super) const FONT: &str = "Times New Roman";

/// The style of a kind of paragraph.
pub(super) struct WordStyle {
    pub id: &'static str,
    /// The name in Word; Word has built-in ones such as `heading 1`.
    name: &'static str,
    /// The kind of line that traces record for a number in such a paragraph.
    place: LineKind,
    /// In half points.
    pub size: u64,
    bold: bool,
    italic: bool,
    pub capitals: bool,
    align: &'static str,
    /// In twentieths of a point, like all lengths below.
    before: u64,
    after: u64,
    first_line: u64,
    line: LineHeight,
    /// The level in Word's outline, from 0.
    outline: Option<u64>,
    /// Whether it stays on the same page as the next paragraph.
    keeps_with_next: bool,
    /// Whether a line is drawn above it.
    has_top_rule: bool,
}

/// The height of a line.
enum LineHeight {
    /// In 240ths of a single line.
    Multiple(u64),
    /// In twentieths of a point.
    Exact(u64),
}

/// The base of the other styles: centred, not bold or italic, without spacing.
const CENTRED: WordStyle = WordStyle {
    id: "",
    name: "",
    place: LineKind::Heading,
    size: 28,
    bold: false,
    italic: false,
    capitals: false,
    align: "center",
    before: 0,
    after: 0,
    first_line: 0,
    line: LineHeight::Multiple(240),
    outline: None,
    keeps_with_next: false,
    has_top_rule: false,
};

/// The first line of body text is indented by 1.27 cm.
const FIRST_LINE: u64 = 720;

pub(super) const BODY: WordStyle = WordStyle {
    id: "NoiDung",
    name: "Nội dung",
    place: LineKind::Text,
    align: "both",
    after: 120,
    first_line: FIRST_LINE,
    line: LineHeight::Multiple(264),
    ..CENTRED
};
pub(super) const ITEM: WordStyle = WordStyle { id: "GachDauDong", name: "Gạch đầu dòng", ..BODY };

pub(super) const SUPERIOR: WordStyle =
    WordStyle { id: "CoQuanChuQuan", name: "Cơ quan chủ quản", size: 24, capitals: true, ..CENTRED };
pub(super) const ISSUER: WordStyle = WordStyle { id: "CoQuan", name: "Cơ quan ban hành", bold: true, ..SUPERIOR };
pub(super) const NATION: WordStyle =
    WordStyle { id: "QuocHieu", name: "Quốc hiệu", size: 24, bold: true, capitals: true, ..CENTRED };
pub(super) const MOTTO: WordStyle = WordStyle { id: "TieuNgu", name: "Tiêu ngữ", size: 26, bold: true, ..CENTRED };
pub(super) const NUMBER: WordStyle =
    WordStyle { id: "SoKyHieu", name: "Số và ký hiệu", size: 26, before: 60, ..CENTRED };
pub(super) const PLACE_AND_DATE: WordStyle =
    WordStyle { id: "DiaDanh", name: "Địa danh và thời gian", italic: true, ..NUMBER };
pub(super) const KIND: WordStyle =
    WordStyle { id: "TenLoai", name: "Tên loại văn bản", bold: true, capitals: true, before: 240, ..CENTRED };
pub(super) const SUBJECT: WordStyle = WordStyle { id: "TrichYeu", name: "Trích yếu", bold: true, ..CENTRED };
/// An empty paragraph with a line above it, as wide as its indents allow.
pub(super) const RULE: WordStyle = WordStyle {
    id: "DuongKe",
    name: "Đường kẻ",
    size: 4,
    before: 40,
    line: LineHeight::Exact(80),
    has_top_rule: true,
    ..CENTRED
};

/// Headings by outline level; deeper ones use the last.
pub(super) const HEADINGS: [WordStyle; 4] = [
    WordStyle {
        id: "Heading1",
        name: "heading 1",
        bold: true,
        capitals: true,
        before: 120,
        after: 120,
        outline: Some(0),
        keeps_with_next: true,
        ..CENTRED
    },
    // Not justified: capitals would be stretched too far.
    WordStyle {
        id: "Heading2",
        name: "heading 2",
        bold: true,
        capitals: true,
        align: "left",
        outline: Some(1),
        ..SUBHEADING
    },
    WordStyle { id: "Heading3", name: "heading 3", bold: true, outline: Some(2), ..SUBHEADING },
    WordStyle { id: "Heading4", name: "heading 4", outline: Some(3), ..SUBHEADING },
];
const SUBHEADING: WordStyle = WordStyle { place: LineKind::Heading, before: 60, keeps_with_next: true, ..BODY };

pub(super) const TABLE_TITLE: WordStyle = WordStyle {
    id: "TenBang",
    name: "Tên bảng",
    size: 26,
    bold: true,
    before: 120,
    after: 60,
    keeps_with_next: true,
    ..CENTRED
};
pub(super) const COLUMN_TITLE: WordStyle =
    WordStyle { id: "DauBang", name: "Đầu bảng", place: LineKind::Table, size: 24, bold: true, ..CENTRED };
pub(super) const CELL: WordStyle =
    WordStyle { id: "OBang", name: "Ô bảng", place: LineKind::Table, size: 24, align: "left", ..CENTRED };
pub(super) const NUMBER_CELL: WordStyle = WordStyle { id: "OSo", name: "Ô số", align: "right", ..CELL };
/// A cell of the appendix of sources, whose numbers do not count as numbers of the report.
pub(super) const SOURCE_CELL: WordStyle = WordStyle { id: "ONguon", name: "Ô nguồn số liệu", size: 20, ..CELL };
/// Number and title of an appendix.
pub(super) const APPENDIX: WordStyle =
    WordStyle {
        id: "PhuLuc", name: "Phụ lục", bold: true, capitals: true, after: 120, outline: Some(0), ..CENTRED
    };

pub(super) const RECIPIENTS_TITLE: WordStyle = WordStyle {
    id: "NoiNhan",
    name: "Nơi nhận",
    place: LineKind::Text,
    size: 24,
    bold: true,
    italic: true,
    align: "left",
    keeps_with_next: true,
    ..CENTRED
};
pub(super) const RECIPIENT: WordStyle = WordStyle {
    id: "NoiNhanDong",
    name: "Nơi nhận từng dòng",
    size: 22,
    bold: false,
    italic: false,
    ..RECIPIENTS_TITLE
};
pub(super) const AUTHORITY: WordStyle = WordStyle {
    id: "QuyenHan",
    name: "Quyền hạn và chức vụ",
    place: LineKind::Text,
    bold: true,
    capitals: true,
    keeps_with_next: true,
    ..CENTRED
};
/// The space above the name is for the signature and the seal.
pub(super) const SIGNER: WordStyle = WordStyle {
    id: "HoTenNguoiKy",
    name: "Họ tên người ký",
    place: LineKind::Text,
    bold: true,
    before: 1500,
    ..CENTRED
};

pub(super) const NOTE: WordStyle = WordStyle {
    id: "FootnoteText",
    name: "footnote text",
    place: LineKind::Footnote,
    size: 20,
    align: "both",
    ..CENTRED
};
pub(super) const PAGE_NUMBER: WordStyle = WordStyle { id: "Header", name: "header", ..CENTRED };
/// The empty paragraph after a table, which separates it from the next one.
pub(super) const AFTER_TABLE: WordStyle = WordStyle {
    id: "SauBang",
    name: "Sau bảng",
    place: LineKind::Text,
    size: 2,
    line: LineHeight::Exact(120),
    ..CENTRED
};
/// The empty paragraph at the edge of a section.
pub(super) const SECTION_EDGE: WordStyle = WordStyle {
    id: "MepPhan",
    name: "Mép phần",
    place: LineKind::Text,
    size: 2,
    line: LineHeight::Exact(20),
    ..CENTRED
};

/// Every paragraph style of the report.
pub(super) const PARAGRAPH_STYLES: &[&WordStyle] = &[
    &BODY,
    &ITEM,
    &SUPERIOR,
    &ISSUER,
    &NATION,
    &MOTTO,
    &NUMBER,
    &PLACE_AND_DATE,
    &KIND,
    &SUBJECT,
    &RULE,
    &HEADINGS[0],
    &HEADINGS[1],
    &HEADINGS[2],
    &HEADINGS[3],
    &TABLE_TITLE,
    &COLUMN_TITLE,
    &CELL,
    &NUMBER_CELL,
    &APPENDIX,
    &RECIPIENTS_TITLE,
    &RECIPIENT,
    &AUTHORITY,
    &SIGNER,
    &NOTE,
    &PAGE_NUMBER,
    &AFTER_TABLE,
    &SECTION_EDGE,
];

/// The style of note marks.
pub(super) const NOTE_MARK: &str = "FootnoteReference";
/// The style of the numbers of headings and appendices, which do not count as numbers of the report.
pub(super) const ORDINAL: &str = "SoThuTu";
/// The style of links in the appendix of sources.
pub(super) const LINK: &str = "LienKet";
/// The style of tables with borders.
pub(super) const GRID: &str = "BangKe";

/// The margin at the sides of a cell in such tables.
pub(super) const CELL_SIDE: u64 = 85;

/// Returns the kind of line of paragraphs with a style.
pub(super) fn place_of_style(id: &str) -> Option<LineKind> {
    PARAGRAPH_STYLES.iter().find(|style| style.id == id).map(|style| style.place)
}

/// Writes the part `styles.xml`; the styles of the appendix of sources are included only if `has_sources` is set.
pub(super) fn styles_part(has_sources: bool) -> Vec<u8> {
    let mut xml = XmlFragment::default();
    xml.element("w:styles", NAMESPACES, |xml| {
        defaults(xml);
        built_in(xml, "paragraph", "Normal", "Normal");
        built_in(xml, "character", "DefaultParagraphFont", "Default Paragraph Font");
        built_in(xml, "table", "TableNormal", "Normal Table");
        for style in PARAGRAPH_STYLES {
            paragraph_style(xml, style);
        }
        character_style(xml, NOTE_MARK, "footnote reference", |xml| xml.value("w:vertAlign", &"superscript"));
        character_style(xml, ORDINAL, "Số thứ tự", |_| {});
        if has_sources {
            paragraph_style(xml, &SOURCE_CELL);
            character_style(xml, LINK, "Liên kết nguồn", |xml| xml.value("w:u", &"single"));
        }
        grid(xml);
    });
    xml.into_part()
}

fn defaults(xml: &mut XmlFragment) {
    xml.element("w:docDefaults", &[], |xml| {
        xml.element("w:rPrDefault", &[], |xml| {
            xml.element("w:rPr", &[], |xml| {
                let fonts: [(&str, &dyn std::fmt::Display); 4] =
                    [("w:ascii", &FONT), ("w:hAnsi", &FONT), ("w:eastAsia", &FONT), ("w:cs", &FONT)];
                xml.empty("w:rFonts", &fonts);
                xml.value("w:color", &"000000");
                xml.value("w:sz", &BODY.size);
                xml.value("w:szCs", &BODY.size);
                xml.empty("w:lang", &[("w:val", &"vi-VN"), ("w:eastAsia", &"vi-VN"), ("w:bidi", &"ar-SA")]);
            });
        });
        xml.empty("w:pPrDefault", &[]);
    });
}

/// Writes a default style that every document has.
fn built_in(xml: &mut XmlFragment, kind: &str, id: &str, name: &str) {
    xml.element("w:style", &[("w:type", &kind), ("w:default", &1), ("w:styleId", &id)], |xml| {
        xml.value("w:name", &name);
        if kind == "table" {
            xml.element("w:tblPr", &[], |xml| cell_margins(xml, 0, 108));
        }
    });
}

fn paragraph_style(xml: &mut XmlFragment, style: &WordStyle) {
    let is_own = style.name.chars().any(char::is_uppercase);
    let mut attributes: Vec<(&str, &dyn std::fmt::Display)> = vec![("w:type", &"paragraph")];
    if is_own {
        attributes.push(("w:customStyle", &1));
    }
    attributes.push(("w:styleId", &style.id));
    xml.element("w:style", &attributes, |xml| {
        xml.value("w:name", &style.name);
        xml.value("w:basedOn", &"Normal");
        if style.outline.is_some() {
            xml.value("w:next", &BODY.id);
        }
        xml.empty("w:qFormat", &[]);
        xml.element("w:pPr", &[], |xml| paragraph_properties(xml, style));
        xml.element("w:rPr", &[], |xml| run_properties(xml, style));
    });
}

/// Writes the properties in the order that the schema requires.
fn paragraph_properties(xml: &mut XmlFragment, style: &WordStyle) {
    if style.keeps_with_next {
        xml.empty("w:keepNext", &[]);
    }
    if style.has_top_rule {
        xml.element("w:pBdr", &[], |xml| border(xml, "w:top"));
    }
    let (line, rule) = match style.line {
        LineHeight::Multiple(line) => (line, "auto"),
        LineHeight::Exact(line) => (line, "exact"),
    };
    xml.empty(
        "w:spacing",
        &[("w:before", &style.before), ("w:after", &style.after), ("w:line", &line), ("w:lineRule", &rule)],
    );
    if style.first_line > 0 {
        xml.empty("w:ind", &[("w:firstLine", &style.first_line)]);
    }
    xml.value("w:jc", &style.align);
    if let Some(level) = style.outline {
        xml.value("w:outlineLvl", &level);
    }
}

fn run_properties(xml: &mut XmlFragment, style: &WordStyle) {
    for (name, is_set) in [
        ("w:b", style.bold),
        ("w:bCs", style.bold),
        ("w:i", style.italic),
        ("w:iCs", style.italic),
        ("w:caps", style.capitals),
    ] {
        if is_set {
            xml.empty(name, &[]);
        }
    }
    xml.value("w:sz", &style.size);
    xml.value("w:szCs", &style.size);
}

fn character_style(xml: &mut XmlFragment, id: &str, name: &str, properties: impl FnOnce(&mut XmlFragment)) {
    xml.element("w:style", &[("w:type", &"character"), ("w:styleId", &id)], |xml| {
        xml.value("w:name", &name);
        xml.value("w:basedOn", &"DefaultParagraphFont");
        xml.element("w:rPr", &[], properties);
    });
}

fn grid(xml: &mut XmlFragment) {
    xml.element("w:style", &[("w:type", &"table"), ("w:customStyle", &1), ("w:styleId", &GRID)], |xml| {
        xml.value("w:name", &"Bảng kẻ");
        xml.value("w:basedOn", &"TableNormal");
        xml.element("w:tblPr", &[], |xml| {
            xml.element("w:tblBorders", &[], |xml| {
                for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                    border(xml, side);
                }
            });
            cell_margins(xml, 40, CELL_SIDE);
        });
    });
}

fn border(xml: &mut XmlFragment, side: &str) {
    xml.empty(side, &[("w:val", &"single"), ("w:sz", &6), ("w:space", &0), ("w:color", &"000000")]);
}

/// Writes the margins of cells above and below, and at their sides.
pub(super) fn cell_margins(xml: &mut XmlFragment, vertical: u64, horizontal: u64) {
    xml.element("w:tblCellMar", &[], |xml| {
        for (side, width) in
            [("w:top", vertical), ("w:left", horizontal), ("w:bottom", vertical), ("w:right", horizontal)]
        {
            xml.empty(side, &[("w:w", &width), ("w:type", &"dxa")]);
        }
    });
}
