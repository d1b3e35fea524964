//! Reads the office's template of the report: styles, page setup, letterhead and ending from a `.docx`.
//!
//! Input: the bytes of that file ([`OfficeTemplate::read`]) and the document. Output: a [`DocumentTemplate`] that the
//! body is written into. Not here: text of the report, except number, date, subject and issuer in their placeholders.

mod carried;
mod fill;
mod outside;
mod page_setup;
mod styles;
mod xml_tokens;

use super::part::CarriedParts;
pub use super::part::Relationship;

use super::page::PageSetup;
use super::part::{NAMESPACES, STYLES};
use super::xml::{Attributes, XmlFragment};
use carried::TemplateArchive;
use std::collections::BTreeMap;
use std::fmt::Display;
use thiserror::Error;
use tonghop_core::message::Message;
use tonghop_core::model::document::{Document, plain_text};
use tonghop_core::{display_as_message, msg};
use xml_tokens::{XmlElement, elements_at_depth, first_tag_named};

/// The paragraph that is replaced by the text of the report.
const CONTENT: &str = "{{NOI_DUNG}}";

/// The bookmarks around the office's letterhead and its ending. Their ids are above those of all figures.
pub(crate) const FRAME_BOOKMARKS: [(u32, &str); 2] = [(1_000_000_000, "MauPhanDau"), (1_000_000_001, "MauPhanCuoi")];

/// The namespace of WordprocessingML in a usable template.
const WORD_NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The reason why a template cannot be used.
#[derive(Debug, Error)]
pub enum OfficeTemplateError {
    /// The file is not a zip archive.
    Zip(#[from] zip::result::ZipError),
    /// A part cannot be unpacked.
    Io(#[from] std::io::Error),
    /// A part is not well-formed XML.
    Xml(#[from] quick_xml::Error),
    /// A required part is missing (its path or the id of its relationship), or it is not UTF-8.
    MissingPart(String),
    /// A part, by its path, has content that Word does not write there.
    MalformedPart(&'static str),
    /// Paper and margins leave less than 7 cm for the text, or are not numbers.
    NarrowTextArea,
    /// The placeholder of the text occurs more than once, or is not alone in a paragraph.
    MisplacedContent,
    /// A placeholder has an unknown name, which is given here as written.
    UnknownPlaceholder(String),
    /// The letterhead or the ending has footnotes or endnotes, which would be lost.
    ContainsNotes,
    /// A part has a field that loads or runs something from outside.
    LoadingField {
        /// The path of the part.
        part: String,
        /// The name of the field; empty or a part of it if another field computes it.
        field: String,
    },
    /// A part refers to something outside that is loaded when the report is opened, or is no address of the web.
    OutsideLink {
        /// The path of the part.
        part: String,
        /// What it refers to.
        target: String,
    },
    /// A part has an embedded object, which is not carried.
    EmbeddedObject {
        /// The path of the part.
        part: String,
        /// The kind of the object, as the relationship names it.
        kind: String,
    },
}

impl OfficeTemplateError {
    /// Returns the error message.
    pub fn message(&self) -> Message {
        let damaged = |how: Message| msg!("tệp bị hỏng: {how}", "the file is damaged: {how}", how = how);
        match self {
            Self::Zip(_) => {
                Message::new("tệp không phải là văn bản Word (.docx)", "the file is not a Word document (.docx)")
            }
            Self::Io(error) => damaged(Message::verbatim(error.to_string())),
            Self::Xml(error) => damaged(Message::verbatim(error.to_string())),
            Self::MissingPart(part) => damaged(msg!("thiếu phần {part}", "the part {part} is missing")),
            Self::MalformedPart(part) => damaged(msg!("không hiểu được phần {part}", "the part {part} is malformed")),
            Self::NarrowTextArea => Message::new(
                "lề và khổ giấy không chừa đủ chỗ cho chữ",
                "the paper size and the margins leave too little room for the text",
            ),
            Self::MisplacedContent => msg!(
                "{CONTENT} phải đứng một mình trong một đoạn, chỉ một lần, ngoài bảng và khung chữ",
                "{CONTENT} must be alone in its paragraph, occur only once, and be outside tables and text boxes"
            ),
            Self::UnknownPlaceholder(name) => {
                msg!("không có chỗ điền nào tên là {{{{{name}}}}}", "there is no placeholder named {{{{{name}}}}}")
            }
            Self::LoadingField { part, field } => msg!(
                "phần {part} có trường \"{field}\", có thể lấy nội dung hoặc chạy lệnh từ bên ngoài",
                "the part {part} has the field \"{field}\", which may load or run something from outside"
            ),
            Self::OutsideLink { part, target } => msg!(
                "phần {part} liên kết ra ngoài tệp: {target}",
                "the part {part} refers to something outside the file: {target}"
            ),
            Self::EmbeddedObject { part, kind } => {
                msg!("phần {part} có đối tượng nhúng ({kind})", "the part {part} has an embedded object ({kind})")
            }
            Self::ContainsNotes => Message::new(
                "phần đầu hoặc phần cuối có chú thích chân trang",
                "the letterhead or the ending contains footnotes",
            ),
        }
    }

    /// Returns what the user can do.
    pub fn hint(&self) -> Message {
        match self {
            Self::NarrowTextArea => Message::new(
                "đặt lại khổ giấy và lề trong mẫu",
                "set the paper size and the margins of the template again",
            ),
            Self::MisplacedContent => msg!(
                "để {CONTENT} một mình trên một dòng ở nơi đặt nội dung báo cáo",
                "put {CONTENT} on a line of its own, where the text of the report belongs"
            ),
            Self::UnknownPlaceholder(_) => msg!(
                "chỉ dùng {{{{SO}}}}, {{{{NGAY}}}}, {{{{TRICH_YEU}}}}, {{{{CO_QUAN}}}} và {CONTENT}",
                "use only {{{{SO}}}}, {{{{NGAY}}}}, {{{{TRICH_YEU}}}}, {{{{CO_QUAN}}}} and {CONTENT}"
            ),
            Self::ContainsNotes => {
                Message::new("bỏ chú thích chân trang khỏi mẫu", "remove the footnotes from the template")
            }
            Self::LoadingField { .. } => Message::new(
                "mở mẫu bằng Word, đặt con trỏ vào trường đó, bấm Ctrl+Shift+F9 để thay bằng chữ, rồi lưu lại",
                "open the template in Word, put the cursor into the field, press Ctrl+Shift+F9 to make it text, and save",
            ),
            Self::OutsideLink { .. } => Message::new(
                "chèn hẳn ảnh vào mẫu thay cho liên kết; liên kết chữ chỉ dùng địa chỉ http, https hoặc mailto",
                "insert the picture itself instead of a link; links in the text may only be http, https or mailto",
            ),
            Self::EmbeddedObject { .. } => Message::new(
                "xóa đối tượng đó khỏi mẫu, hoặc thay bằng ảnh",
                "delete the object from the template, or replace it by a picture",
            ),
            _ => Message::new(
                "mở mẫu bằng Word và lưu lại với kiểu \"Word Document (*.docx)\"",
                "open the template in Word and save it again as \"Word Document (*.docx)\"",
            ),
        }
    }
}

display_as_message!(OfficeTemplateError);

/// The office's template, read and checked.
#[derive(Debug)]
pub struct OfficeTemplate {
    /// The namespaces that the letterhead may use besides ours.
    namespaces: Vec<(String, String)>,
    setup: PageSetup,
    /// The content before and after the text, with placeholders.
    frame: Option<[String; 2]>,
    styles: String,
    carried: CarriedParts,
}

/// The template that the body is written into.
#[derive(Default)]
pub struct DocumentTemplate {
    /// Paper, margins, headers and footers; our defaults if the office has no template.
    pub setup: PageSetup,
    /// The office's letterhead and ending; `None` for ours.
    pub frame: Option<TemplateFrame>,
    /// The part `styles.xml`; `None` for ours.
    pub styles: Option<Vec<u8>>,
    /// The parts that the rest of the template needs; empty if the office has no template.
    pub carried: CarriedParts,
    namespaces: Vec<(String, String)>,
}

/// The content before and after the text.
pub struct TemplateFrame {
    /// The letterhead, filled, enclosed in its bookmark.
    pub head: XmlFragment,
    /// The ending, filled, enclosed in its bookmark.
    pub tail: XmlFragment,
}

impl DocumentTemplate {
    /// Returns the namespaces that the text may use.
    pub fn namespaces(&self) -> Vec<(&str, &dyn Display)> {
        let more = self.namespaces.iter().map(|(name, value)| (name.as_str(), value as &dyn Display));
        NAMESPACES.iter().copied().chain(more).collect()
    }
}

impl OfficeTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// Returns an error if the bytes are not a Word document, or not one that the report can be written into.
    pub fn read(bytes: &[u8]) -> Result<Self, OfficeTemplateError> {
        let mut archive = TemplateArchive::open(bytes)?;
        let document = archive.text(carried::DOCUMENT)?;
        let children = elements_at_depth(&document, 2)?;
        let section = children.iter().rfind(|child| child.name == "w:sectPr").map_or("", |child| child.xml);
        let frame = read_frame(&children)?;
        let mut kept = vec![section];
        kept.extend(frame.iter().flatten().map(String::as_str));
        kept.iter().try_for_each(|xml| outside::check_text(carried::DOCUMENT, xml))?;
        let carried = carried::collect(&mut archive, &kept)?;
        let setup = page_setup::read(section, &carried)?;
        let styles = archive.text(STYLES.path)?;
        styles::merge_styles(&styles, false)?;
        Ok(Self { namespaces: read_namespaces(&document)?, setup, frame, styles, carried })
    }

    /// Returns whether the office's letterhead and ending replace those of the document.
    pub(crate) fn has_frame(&self) -> bool {
        self.frame.is_some()
    }

    /// Fills the placeholders of the letterhead with the values of a document.
    ///
    /// # Errors
    /// Returns no error for a template that was read successfully.
    pub fn fill(&self, document: &Document, has_sources: bool) -> Result<DocumentTemplate, OfficeTemplateError> {
        let scalars = placeholder_values(document);
        let fill = |at: usize, xml: &str| -> Result<XmlFragment, OfficeTemplateError> {
            let (id, name) = FRAME_BOOKMARKS[at];
            let mut framed = XmlFragment::default();
            framed.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
            framed.append(&XmlFragment::from_raw(fill::fill(xml, &scalars)?));
            framed.empty("w:bookmarkEnd", &[("w:id", &id)]);
            Ok(framed)
        };
        let frame = match &self.frame {
            Some([head, tail]) => Some(TemplateFrame { head: fill(0, head)?, tail: fill(1, tail)? }),
            None => None,
        };
        let styles = styles::merge_styles(&self.styles, has_sources)?;
        let (setup, carried, names) = (self.setup.clone(), self.carried.clone(), self.namespaces.clone());
        Ok(DocumentTemplate { setup, frame, styles: Some(styles), carried, namespaces: names })
    }
}

/// Returns the values of the placeholders.
fn placeholder_values(document: &Document) -> BTreeMap<&'static str, String> {
    let head = &document.letterhead;
    let spans = [
        ("SO", &head.number),
        ("NGAY", &head.place_and_date),
        ("TRICH_YEU", &document.subject),
        ("CO_QUAN", &head.issuer),
    ];
    spans.into_iter().map(|(name, spans)| (name, plain_text(spans))).collect()
}

/// Returns the content before and after the placeholder of the text, without sections, bookmarks and comments.
fn read_frame(children: &[XmlElement<'_>]) -> Result<Option<[String; 2]>, OfficeTemplateError> {
    let named = children.iter().map(|child| child.text.matches(CONTENT).count()).sum::<usize>();
    let place = children.iter().position(|child| child.name == "w:p" && child.text.trim() == CONTENT);
    let at = match (named, place) {
        (0, _) => return Ok(None),
        (1, Some(at)) => at,
        _ => return Err(OfficeTemplateError::MisplacedContent),
    };
    let side = |children: &[XmlElement<'_>]| -> Result<String, OfficeTemplateError> {
        let kept = children.iter().filter(|child| child.name != "w:sectPr");
        let xml = fill::strip_marks(&kept.map(|child| child.xml).collect::<String>())?;
        fill::check_placeholders(&xml)?;
        Ok(xml)
    };
    Ok(Some([side(&children[..at])?, side(&children[at + 1..])?]))
}

/// Returns the namespaces of the document besides ours.
fn read_namespaces(document: &str) -> Result<Vec<(String, String)>, OfficeTemplateError> {
    let root =
        first_tag_named(document, "w:document")?.ok_or(OfficeTemplateError::MalformedPart("word/document.xml"))?;
    if root.get("xmlns:w").map(String::as_str) != Some(WORD_NAMESPACE) || redefines_namespace(&root, NAMESPACES) {
        return Err(OfficeTemplateError::MalformedPart("word/document.xml"));
    }
    let is_ours = |name: &str| NAMESPACES.iter().any(|(ours, _)| *ours == name);
    Ok(root.into_iter().filter(|(name, _)| !is_ours(name)).collect())
}

/// Returns whether a prefix is bound to another namespace than ours.
fn redefines_namespace(root: &BTreeMap<String, String>, ours: Attributes<'_>) -> bool {
    ours.iter().any(|(name, meaning)| root.get(*name).is_some_and(|theirs| *theirs != meaning.to_string()))
}
