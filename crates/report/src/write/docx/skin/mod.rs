//! Reads the office's own form of the report: styles, page setup, letterhead and ending from a `.docx`.
//!
//! Input: the bytes of that file ([`OfficeTemplate::read`]) and the document. Output: a [`DocumentTemplate`] that the
//! body is written into. Not here: text of the report, except number, date, subject and issuer in their placeholders.

mod carried;
mod fill;
mod pieces;
mod setup;
mod styles;

use super::part::Carried;
pub use super::part::Relation;

use super::page::Setup;
use super::part::{NAMESPACES, STYLES};
use super::xml::{Attributes, Xml};
use carried::Archive;
use pieces::{Element, elements, first_tag};
use std::collections::BTreeMap;
use std::fmt::Display;
use thiserror::Error;
use tonghop_core::message::Words;
use tonghop_core::model::document::{Document, plain};
use tonghop_core::{say, told_by_words};

/// The paragraph that is replaced by the text of the report.
const CONTENT: &str = "{{NOI_DUNG}}";

/// The bookmarks around the office's letterhead and its ending. Their ids are above those of all figures.
pub(crate) const FRAME: [(u32, &str); 2] = [(1_000_000_000, "MauPhanDau"), (1_000_000_001, "MauPhanCuoi")];

/// The namespace of WordprocessingML in a usable form.
const LANGUAGE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The reason why a form cannot be used.
#[derive(Debug, Error)]
pub enum SkinError {
    /// The file is not a zip archive.
    Zip(#[from] zip::result::ZipError),
    /// A part cannot be unpacked.
    Io(#[from] std::io::Error),
    /// A part is not well-formed XML.
    Xml(#[from] quick_xml::Error),
    /// A required part is missing (its path or the id of its relationship), or it is not UTF-8.
    Missing(String),
    /// A part, by its path, has content that Word does not write there.
    Strange(&'static str),
    /// Paper and margins leave less than 7 cm for the text, or are not numbers.
    Narrow,
    /// The placeholder of the text occurs more than once, or is not alone in a paragraph.
    Content,
    /// A placeholder has an unknown name, which is given here as written.
    Placeholder(String),
    /// The letterhead or the ending has footnotes or endnotes, which would be lost.
    Notes,
}

impl SkinError {
    /// Returns the error message.
    pub fn words(&self) -> Words {
        let damaged = |how: Words| say!("tệp bị hỏng: {how}", "the file is damaged: {how}", how = how);
        match self {
            Self::Zip(_) => {
                Words::new("tệp không phải là văn bản Word (.docx)", "the file is not a Word document (.docx)")
            }
            Self::Io(error) => damaged(Words::verbatim(error.to_string())),
            Self::Xml(error) => damaged(Words::verbatim(error.to_string())),
            Self::Missing(part) => damaged(say!("thiếu phần {part}", "the part {part} is missing")),
            Self::Strange(part) => damaged(say!("không hiểu được phần {part}", "the part {part} makes no sense")),
            Self::Narrow => Words::new(
                "lề và khổ giấy không chừa đủ chỗ cho chữ",
                "paper and margins leave too little room for the text",
            ),
            Self::Content => say!(
                "{CONTENT} phải đứng một mình trong một đoạn, chỉ một lần, ngoài bảng và khung chữ",
                "{CONTENT} must stand alone in a paragraph, once only, outside tables and text boxes"
            ),
            Self::Placeholder(name) => {
                say!("không có chỗ điền nào tên là {{{{{name}}}}}", "there is no placeholder named {{{{{name}}}}}")
            }
            Self::Notes => Words::new(
                "phần đầu hoặc phần cuối có chú thích chân trang",
                "the letterhead or the ending has footnotes",
            ),
        }
    }

    /// Returns what the user can do.
    pub fn hint(&self) -> Words {
        match self {
            Self::Narrow => {
                Words::new("đặt lại khổ giấy và lề trong mẫu", "set paper size and margins of the form again")
            }
            Self::Content => say!(
                "để {CONTENT} một mình trên một dòng ở nơi đặt nội dung báo cáo",
                "put {CONTENT} alone on a line where the text of the report belongs"
            ),
            Self::Placeholder(_) => say!(
                "chỉ dùng {{{{SO}}}}, {{{{NGAY}}}}, {{{{TRICH_YEU}}}}, {{{{CO_QUAN}}}} và {CONTENT}",
                "use only {{{{SO}}}}, {{{{NGAY}}}}, {{{{TRICH_YEU}}}}, {{{{CO_QUAN}}}} and {CONTENT}"
            ),
            Self::Notes => Words::new("bỏ chú thích chân trang khỏi mẫu", "remove the footnotes from the form"),
            _ => Words::new(
                "mở mẫu bằng Word và lưu lại với kiểu \"Word Document (*.docx)\"",
                "open the form in Word and save it again as \"Word Document (*.docx)\"",
            ),
        }
    }
}

told_by_words!(SkinError);

/// The office's own form, read and checked.
#[derive(Debug)]
pub struct Skin {
    /// The namespaces that the letterhead may use besides ours.
    names: Vec<(String, String)>,
    setup: Setup,
    /// The content before and after the text, with placeholders.
    frame: Option<[String; 2]>,
    styles: String,
    carried: Carried,
}

/// The template that the body is written into.
#[derive(Default)]
pub struct Form {
    /// Paper, margins, headers and footers; our defaults if the office has no form.
    pub setup: Setup,
    /// The office's letterhead and ending; `None` for ours.
    pub frame: Option<Frame>,
    /// The part `styles.xml`; `None` for ours.
    pub styles: Option<Vec<u8>>,
    /// The parts that the rest of the form needs; empty if the office has no form.
    pub carried: Carried,
    names: Vec<(String, String)>,
}

/// The content before and after the text.
pub struct Frame {
    /// The letterhead, filled, enclosed in its bookmark.
    pub head: Xml,
    /// The ending, filled, enclosed in its bookmark.
    pub tail: Xml,
}

impl Form {
    /// Returns the namespaces that the text may use.
    pub fn names(&self) -> Vec<(&str, &dyn Display)> {
        let more = self.names.iter().map(|(name, value)| (name.as_str(), value as &dyn Display));
        NAMESPACES.iter().copied().chain(more).collect()
    }
}

impl Skin {
    /// Reads a form.
    ///
    /// # Errors
    /// Returns an error if the bytes are not a Word document, or not one that the report can be written into.
    pub fn read(bytes: &[u8]) -> Result<Self, SkinError> {
        let mut archive = Archive::open(bytes)?;
        let document = archive.text("word/document.xml")?;
        let children = elements(&document, 2)?;
        let section = children.iter().rfind(|child| child.name == "w:sectPr").map_or("", |child| child.xml);
        let frame = frame(&children)?;
        let mut kept = vec![section];
        kept.extend(frame.iter().flatten().map(String::as_str));
        let carried = carried::collect(&mut archive, &kept)?;
        let setup = setup::read(section, &carried)?;
        let styles = archive.text(STYLES.path)?;
        styles::merged(&styles, false)?;
        Ok(Self { names: names(&document)?, setup, frame, styles, carried })
    }

    /// Returns whether the office's letterhead and ending replace those of the document.
    pub(crate) fn has_frame(&self) -> bool {
        self.frame.is_some()
    }

    /// Fills the placeholders of the letterhead with the values of a document.
    ///
    /// # Errors
    /// None for a form that was read successfully.
    pub fn form(&self, document: &Document, listed: bool) -> Result<Form, SkinError> {
        let scalars = scalars(document);
        let fill = |at: usize, xml: &str| -> Result<Xml, SkinError> {
            let (id, name) = FRAME[at];
            let mut framed = Xml::default();
            framed.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
            framed.append(&Xml::from_whole(fill::fill(xml, &scalars)?));
            framed.empty("w:bookmarkEnd", &[("w:id", &id)]);
            Ok(framed)
        };
        let frame = match &self.frame {
            Some([head, tail]) => Some(Frame { head: fill(0, head)?, tail: fill(1, tail)? }),
            None => None,
        };
        let styles = styles::merged(&self.styles, listed)?;
        let (setup, carried, names) = (self.setup.clone(), self.carried.clone(), self.names.clone());
        Ok(Form { setup, frame, styles: Some(styles), carried, names })
    }
}

/// Returns the values of the placeholders.
fn scalars(document: &Document) -> BTreeMap<&'static str, String> {
    let head = &document.letterhead;
    let spans = [
        ("SO", &head.number),
        ("NGAY", &head.place_and_date),
        ("TRICH_YEU", &document.subject),
        ("CO_QUAN", &head.issuer),
    ];
    spans.into_iter().map(|(name, spans)| (name, plain(spans))).collect()
}

/// Returns the content before and after the placeholder of the text, without what cannot be carried.
fn frame(children: &[Element<'_>]) -> Result<Option<[String; 2]>, SkinError> {
    let named = children.iter().map(|child| child.text.matches(CONTENT).count()).sum::<usize>();
    let place = children.iter().position(|child| child.name == "w:p" && child.text.trim() == CONTENT);
    let at = match (named, place) {
        (0, _) => return Ok(None),
        (1, Some(at)) => at,
        _ => return Err(SkinError::Content),
    };
    let side = |children: &[Element<'_>]| -> Result<String, SkinError> {
        let kept = children.iter().filter(|child| child.name != "w:sectPr");
        let xml = fill::without_marks(&kept.map(|child| child.xml).collect::<String>())?;
        fill::check(&xml)?;
        Ok(xml)
    };
    Ok(Some([side(&children[..at])?, side(&children[at + 1..])?]))
}

/// Returns the namespaces of the document besides ours.
fn names(document: &str) -> Result<Vec<(String, String)>, SkinError> {
    let root = first_tag(document, "w:document")?.ok_or(SkinError::Strange("word/document.xml"))?;
    if root.get("xmlns:w").map(String::as_str) != Some(LANGUAGE) || differs(&root, NAMESPACES) {
        return Err(SkinError::Strange("word/document.xml"));
    }
    let is_ours = |name: &str| NAMESPACES.iter().any(|(ours, _)| *ours == name);
    Ok(root.into_iter().filter(|(name, _)| !is_ours(name)).collect())
}

/// Returns whether a prefix is bound to another namespace than ours.
fn differs(root: &BTreeMap<String, String>, ours: Attributes<'_>) -> bool {
    ours.iter().any(|(name, meaning)| root.get(*name).is_some_and(|theirs| *theirs != meaning.to_string()))
}
