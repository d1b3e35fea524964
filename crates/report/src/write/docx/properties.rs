//! Writes the small parts that Word needs besides the text: settings, fonts, and file properties.
//!
//! Input: the document. Output: the parts. Their dates are fixed, so that the same report gives the same bytes. Not
//! here: printed text.

use super::marks::SEPARATORS;
use super::part::NAMESPACES;
use super::styles::FONT;
use super::xml::XmlFragment;
use tonghop_core::PROGRAM_NAME;
use tonghop_core::model::document::{Document, plain_text};

/// The creation date in every file.
const CREATED: &str = "2000-01-01T00:00:00Z";

/// Writes the part `settings.xml`.
pub(super) fn settings_part() -> Vec<u8> {
    let mut xml = XmlFragment::default();
    xml.element("w:settings", NAMESPACES, |xml| {
        xml.empty("w:zoom", &[("w:percent", &100)]);
        xml.value("w:defaultTabStop", &720);
        xml.value("w:characterSpacingControl", &"doNotCompress");
        xml.element("w:footnotePr", &[], |xml| {
            xml.value("w:numFmt", &"decimal");
            xml.value("w:numStart", &1);
            xml.value("w:numRestart", &"continuous");
            for (_, id) in SEPARATORS {
                xml.empty("w:footnote", &[("w:id", &id)]);
            }
        });
        xml.element("w:compat", &[], |xml| {
            let word_uri = "http://schemas.microsoft.com/office/word";
            xml.empty("w:compatSetting", &[("w:name", &"compatibilityMode"), ("w:uri", &word_uri), ("w:val", &15)]);
        });
        xml.empty("w:themeFontLang", &[("w:val", &"vi-VN")]);
        xml.value("w:decimalSymbol", &",");
        xml.value("w:listSeparator", &";");
    });
    xml.into_part()
}

/// Writes the part `fontTable.xml`.
pub(super) fn fonts_part() -> Vec<u8> {
    let mut xml = XmlFragment::default();
    xml.element("w:fonts", NAMESPACES, |xml| {
        xml.element("w:font", &[("w:name", &FONT)], |xml| {
            xml.value("w:panose1", &"02020603050405020304");
            xml.value("w:charset", &"00");
            xml.value("w:family", &"roman");
            xml.value("w:pitch", &"variable");
        });
    });
    xml.into_part()
}

/// Writes the part `core.xml`: title, creator and dates.
pub(super) fn core_part(document: &Document) -> Vec<u8> {
    const NAMES: super::xml::Attributes<'static> = &[
        ("xmlns:cp", &"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", &"http://purl.org/dc/terms/"),
        ("xmlns:xsi", &"http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let title = [plain_text(&document.kind), plain_text(&document.subject)].join(" ");
    let mut xml = XmlFragment::default();
    xml.element("cp:coreProperties", NAMES, |xml| {
        xml.element("dc:title", &[], |xml| xml.text(title.trim()));
        xml.element("dc:creator", &[], |xml| xml.text(&plain_text(&document.letterhead.issuer)));
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.element(name, &[("xsi:type", &"dcterms:W3CDTF")], |xml| xml.text(CREATED));
        }
        xml.element("dc:language", &[], |xml| xml.text("vi-VN"));
    });
    xml.into_part()
}

/// Writes the part `app.xml`.
pub(super) fn application_part() -> Vec<u8> {
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    let mut xml = XmlFragment::default();
    xml.element("Properties", &[("xmlns", &namespace)], |xml| {
        xml.element("Application", &[], |xml| xml.text(PROGRAM_NAME));
    });
    xml.into_part()
}
