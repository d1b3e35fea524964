//! Paper, margins and page numbers of a section.
//!
//! Input: the page setup and the orientation. Output: the properties of a section and the header with the page number.
//! Not here: the content of the page.

use super::part::{HEADER, NAMESPACES};
use super::styles::{PAGE_NUMBER, SECTION_EDGE};
use super::text::{paragraph, paragraph_with};
use super::xml::XmlFragment;

/// Paper and margins of every section, in twentieths of a point, with its headers and footers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSetup {
    /// The width of the paper in portrait orientation.
    pub width: u64,
    pub height: u64,
    /// May be negative, as `bottom`: Word then does not move the text away from a tall header or footer.
    pub top: i64,
    pub right: u64,
    pub bottom: i64,
    pub left: u64,
    /// The distance from the edge of the paper to the header, and below it to the footer.
    pub header: u64,
    pub footer: u64,
    pub references: Vec<HeaderFooterReference>,
    /// Whether the first page has separate headers and footers, or none.
    pub has_title_page: bool,
}

/// A header or footer of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderFooterReference {
    /// `w:headerReference` or `w:footerReference`.
    pub element: String,
    /// The pages that have it: `default`, `first` or `even`.
    pub page_kind: String,
    /// The id of the relationship to its part.
    pub id: String,
}

/// A4 and the margins of Decree 30/2020: 20 mm at top and bottom, 30 left, 15 right; the page number in the middle of
/// the top margin.
impl Default for PageSetup {
    fn default() -> Self {
        Self {
            width: 11_906,
            height: 16_838,
            top: 1_134,
            right: 851,
            bottom: 1_134,
            left: 1_701,
            header: 567,
            footer: 567,
            references: vec![HeaderFooterReference::page_number_header()],
            has_title_page: true,
        }
    }
}

impl HeaderFooterReference {
    /// Returns the reference to the header with the page number.
    pub(crate) fn page_number_header() -> Self {
        Self { element: "w:headerReference".to_owned(), page_kind: "default".to_owned(), id: HEADER.id.to_owned() }
    }
}

/// The orientation of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Orientation {
    Portrait,
    Landscape,
}

impl PageSetup {
    /// Returns the width between the margins, in twentieths of a point.
    pub(crate) fn text_width(&self, orientation: Orientation) -> u64 {
        self.size(orientation).0.saturating_sub(self.left).saturating_sub(self.right)
    }

    fn size(&self, orientation: Orientation) -> (u64, u64) {
        match orientation {
            Orientation::Portrait => (self.width, self.height),
            Orientation::Landscape => (self.width.max(self.height), self.width.min(self.height)),
        }
    }

    /// Writes the properties of a section, whose pages are numbered from 1.
    fn section(&self, xml: &mut XmlFragment, orientation: Orientation) {
        xml.element("w:sectPr", &[], |xml| {
            for HeaderFooterReference { element, page_kind: pages, id } in &self.references {
                xml.empty(element, &[("w:type", pages), ("r:id", id)]);
            }
            xml.value("w:type", &"nextPage");
            self.paper(xml, orientation);
            self.margins(xml);
            xml.empty("w:pgNumType", &[("w:fmt", &"decimal"), ("w:start", &1)]);
            if self.has_title_page {
                xml.empty("w:titlePg", &[]);
            }
        });
    }

    fn paper(&self, xml: &mut XmlFragment, orientation: Orientation) {
        let (width, height) = self.size(orientation);
        if width > height {
            xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height), ("w:orient", &"landscape")]);
        } else {
            xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height)]);
        }
    }

    fn margins(&self, xml: &mut XmlFragment) {
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &self.top),
                ("w:right", &self.right),
                ("w:bottom", &self.bottom),
                ("w:left", &self.left),
                ("w:header", &self.header),
                ("w:footer", &self.footer),
                ("w:gutter", &0),
            ],
        );
    }
}

/// Ends a section. Word stores the properties of the last one after all paragraphs, the others' in a paragraph.
pub(super) fn end_section(xml: &mut XmlFragment, setup: &PageSetup, orientation: Orientation, is_last: bool) {
    if is_last {
        paragraph(xml, &SECTION_EDGE, |_| {});
        setup.section(xml, orientation);
    } else {
        paragraph_with(xml, &SECTION_EDGE, |xml| setup.section(xml, orientation), |_| {});
    }
}

/// Writes the header with the page number.
pub(super) fn header_part() -> Vec<u8> {
    let mut xml = XmlFragment::default();
    xml.element("w:hdr", NAMESPACES, |xml| {
        paragraph(xml, &PAGE_NUMBER, |xml| {
            field_char(xml, "begin");
            xml.element("w:r", &[], |xml| {
                xml.element("w:instrText", &[("xml:space", &"preserve")], |xml| xml.text(" PAGE "));
            });
            field_char(xml, "separate");
            xml.element("w:r", &[], |xml| xml.element("w:t", &[], |xml| xml.text("2")));
            field_char(xml, "end");
        });
    });
    xml.into_part()
}

fn field_char(xml: &mut XmlFragment, kind: &str) {
    xml.element("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", &kind)]));
}
