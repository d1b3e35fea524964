//! Refuses what makes Word load or run something from outside the report: links to pictures and objects, fields.
//!
//! Input: the kept pieces of the office's template and the relationships of its parts. Output: an error that names the
//! first such thing. Not here: parts that are not carried, such as macros.
//!
//! What is allowed is listed, not what is refused: a field or a relationship that is not known is not carried.

use super::OfficeTemplateError;
use super::xml_tokens::{field_codes, tags_named};
use crate::write::docx::part::Relationship;

/// Fields that take their value from the document or the clock alone.
const FIELDS: [&str; 28] = [
    "AUTHOR",
    "CREATEDATE",
    "DATE",
    "DOCPROPERTY",
    "EQ",
    "FILENAME",
    "FORMTEXT",
    "IF",
    "KEYWORDS",
    "LASTSAVEDBY",
    "NOTEREF",
    "NUMCHARS",
    "NUMPAGES",
    "NUMWORDS",
    "PAGE",
    "PAGEREF",
    "PRINTDATE",
    "REF",
    "REVNUM",
    "SAVEDATE",
    "SECTION",
    "SECTIONPAGES",
    "SEQ",
    "STYLEREF",
    "SUBJECT",
    "SYMBOL",
    "TIME",
    "TITLE",
];
/// The field of a link, which opens only what its reader clicks.
const LINK_FIELD: &str = "HYPERLINK";
/// The switch of a link to a bookmark of the document itself.
const BOOKMARK_SWITCH: &str = "\\l";

/// The beginnings of addresses that a link of the report may have.
const LINK_PREFIXES: [&str; 3] = ["http://", "https://", "mailto:"];

/// The types of relationships to parts inside the template that may be carried, by their last step.
const INNER_PARTS: [&str; 18] = [
    "chart",
    "chartColorStyle",
    "chartStyle",
    "chartUserShapes",
    "diagramColors",
    "diagramData",
    "diagramDrawing",
    "diagramLayout",
    "diagramQuickStyle",
    "font",
    "fontTable",
    "footer",
    "header",
    "hyperlink",
    "image",
    "numbering",
    "theme",
    "themeOverride",
];

/// Attributes of VML by which a picture is loaded from an address.
const LOADING_ATTRIBUTES: [&str; 3] = ["src", "href", "althref"];

/// What begins the declaration of entities, which may name files; Word opens no document with it.
const DOCUMENT_TYPE: &str = "<!DOCTYPE";

/// Checks the text of a part for fields and attributes that load something.
///
/// # Errors
/// Returns an error that names the first one.
pub(super) fn check_text(part: &str, xml: &str) -> Result<(), OfficeTemplateError> {
    if xml.contains(DOCUMENT_TYPE) {
        return Err(OfficeTemplateError::EmbeddedObject { part: part.to_owned(), kind: DOCUMENT_TYPE.to_owned() });
    }
    if let Some(code) = field_codes(xml)?.into_iter().find(|code| !is_harmless_field(code)) {
        let field = code.split_whitespace().next().unwrap_or_default().to_owned();
        return Err(OfficeTemplateError::LoadingField { part: part.to_owned(), field });
    }
    let loads = |(name, target): &(String, String)| {
        let (prefix, name) = name.rsplit_once(':').unwrap_or(("", name));
        // The picture of `o:href` is loaded even from an address that a reader may click.
        let is_click = name == "href" && prefix.is_empty() && is_link_address(target);
        LOADING_ATTRIBUTES.contains(&name) && !target.is_empty() && !is_click
    };
    match tags_named(xml, "")?.into_iter().flatten().find(loads) {
        Some((_, target)) => Err(OfficeTemplateError::OutsideLink { part: part.to_owned(), target }),
        None => Ok(()),
    }
}

/// Checks a relationship of a part.
///
/// # Errors
/// Returns an error if it leads outside and is not a link that a reader clicks, or to a kind of part that is not
/// carried.
pub(super) fn check_relationship(part: &str, relation: &Relationship) -> Result<(), OfficeTemplateError> {
    let Relationship { kind, target, is_external, .. } = relation;
    let kind = kind.rsplit_once('/').map_or(kind.as_str(), |(_, last)| last);
    if *is_external && !(kind == "hyperlink" && is_link_address(target)) {
        return Err(OfficeTemplateError::OutsideLink { part: part.to_owned(), target: target.clone() });
    }
    if !is_external && !INNER_PARTS.contains(&kind) {
        return Err(OfficeTemplateError::EmbeddedObject { part: part.to_owned(), kind: kind.to_owned() });
    }
    Ok(())
}

fn is_harmless_field(code: &str) -> bool {
    let mut words = code.split_whitespace();
    let Some(name) = words.next() else { return true };
    let is_named = |field: &&str| field.eq_ignore_ascii_case(name);
    if is_named(&LINK_FIELD) {
        return words
            .next()
            .is_none_or(|target| target == BOOKMARK_SWITCH || is_link_address(target.trim_matches('"')));
    }
    // A calculation needs no name.
    name.starts_with('=') || FIELDS.iter().any(is_named)
}

fn is_link_address(target: &str) -> bool {
    let begins = |prefix: &&str| target.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    LINK_PREFIXES.iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(code: &str) -> String {
        let run = |inside: &str| format!("<w:r>{inside}</w:r>");
        let mark = |kind: &str| run(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
        // Not inside an entity.
        let (first, last) = code.split_at(if code.starts_with('&') { 0 } else { code.len().min(2) });
        let text = |text: &str| run(&format!("<w:instrText>{text}</w:instrText>"));
        let parts = [mark("begin"), text(first), text(last), mark("separate"), run("<w:t>DDE</w:t>"), mark("end")];
        format!("<w:p>{}</w:p>", parts.concat())
    }

    #[test]
    fn fields_that_load_are_refused() {
        let harmless = [
            " PAGE ",
            "page \\* MERGEFORMAT",
            "NUMPAGES",
            "DATE \\@ &quot;d/M&quot;",
            "HYPERLINK \\l &quot;a&quot;",
            "=1+2",
        ];
        for code in harmless.iter().chain(&["HYPERLINK &quot;https://a.vn&quot;", ""]) {
            assert!(check_text("x", &field(code)).is_ok(), "{code}");
        }
        for code in [
            "DDE a b",
            " ddeauto c:\\a.exe",
            "INCLUDETEXT &quot;\\\\a\\b&quot;",
            "INCLUDEPICTURE x",
            "LINK Excel.Sheet x",
            "IMPORT x",
            "MACROBUTTON x",
            "SOMETHING new",
            "HYPERLINK &quot;file:///c:/a.exe&quot;",
            "HYPERLINK \\\\a\\b",
            "&#68;DE a",
        ] {
            let simple = format!("<w:p><w:fldSimple w:instr=\"{code}\"><w:r/></w:fldSimple></w:p>");
            for xml in [field(code), field(code).replace("w:", "x:"), simple] {
                let error = check_text("word/header1.xml", &xml).unwrap_err();
                assert!(matches!(error, OfficeTemplateError::LoadingField { .. }), "{code}: {error:?}");
            }
        }
    }

    #[test]
    fn a_field_whose_name_is_another_field_is_refused() {
        let mark = |kind: &str| format!("<w:fldChar w:fldCharType=\"{kind}\"/>");
        let inner = field("PAGE");
        for before in ["", " REF ", "HYPERLINK "] {
            let code = format!("<w:instrText>{before}</w:instrText>");
            let xml = format!("<w:p>{}{code}{inner}{}</w:p>", mark("begin"), mark("end"));
            assert_eq!(check_text("x", &xml).is_ok(), before == " REF ", "{before}");
        }
        assert!(check_text("x", "<!DOCTYPE p [<!ENTITY e SYSTEM \"a\">]><w:p>&e;</w:p>").is_err(), "a document type");
        assert!(check_text("x", "<w:p><w:instrText>DDE a</w:instrText></w:p>").is_err(), "outside a field");
        assert!(check_text("x", &format!("<w:p>{}<w:instrText>DDE</w:instrText></w:p>", mark("begin"))).is_err());
    }

    #[test]
    fn addresses_that_load_are_refused() {
        for (xml, is_harmless) in [
            ("<v:imagedata src=\"\\\\a\\b.png\"/>", false),
            ("<v:imagedata o:href=\"file:///a\"/>", false),
            ("<v:imagedata o:href=\"https://a.vn/a.png\"/>", false),
            ("<v:imagedata src=\"\" r:id=\"rId1\"/>", true),
            ("<v:shape href=\"https://a.vn\"/>", true),
        ] {
            assert_eq!(check_text("x", xml).is_ok(), is_harmless, "{xml}");
        }
        let relation = |kind: &str, target: &str, is_external| Relationship {
            id: "r".to_owned(),
            kind: format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"),
            target: target.to_owned(),
            is_external,
        };
        for (kind, target, is_external, is_harmless) in [
            ("hyperlink", "HTTPS://a.vn", true, true),
            ("hyperlink", "mailto:a@b.vn", true, true),
            ("hyperlink", "file:///c:/a.exe", true, false),
            ("hyperlink", "\\\\a\\b", true, false),
            ("image", "https://a.vn/a.png", true, false),
            ("attachedTemplate", "https://a.vn/a.dotx", true, false),
            ("image", "media/a.png", false, true),
            ("header", "header1.xml", false, true),
            ("oleObject", "embeddings/a.bin", false, false),
            ("aFChunk", "a.htm", false, false),
        ] {
            let outcome = check_relationship("x", &relation(kind, target, is_external));
            assert_eq!(outcome.is_ok(), is_harmless, "{kind} {target}: {outcome:?}");
        }
    }
}
