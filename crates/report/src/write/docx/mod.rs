//! Writes the report as a Word document in the form of Decree 30/2020: real footnotes, and a bookmark on every figure.
//!
//! Input: the document and its traces. Output: the bytes of `bao-cao.docx`, and from such bytes the numbers in them
//! ([`back_check`]). [`body`] writes the text with its letterhead and signature, [`sources`] the appendix of the
//! figures' sources, [`marks`] counts notes and bookmarks on the way, [`comments`] the comments of a working copy, [`styles`] defines the styles, [`template`] reads
//! the office's template, and [`package`] zips the parts. Not here: figures, sentences, the clock.

pub mod back_check;
mod body;
pub(crate) mod bookmark;
mod comments;
mod letterhead;
mod marks;
mod measure;
mod package;
mod page;
pub(crate) mod part;
mod properties;
mod signature;
mod sources;
mod styles;
mod table;
pub mod template;
mod text;
mod xml;

use self::part::{APPLICATION, COMMENTS, CORE, DOCUMENT, FONTS, HEADER, NOTES, SETTINGS, STYLES};
use crate::gaps::ReportGap;
use comments::Comments;
use marks::DocumentMarks;
use template::{DocumentTemplate, OfficeTemplate, OfficeTemplateError};
use thiserror::Error;
use tonghop_core::message::Message;
use tonghop_core::model::document::Document;
use tonghop_core::model::trace::Traces;
use tonghop_core::{display_as_message, msg};

pub use sources::SourceListing;

/// The reason why the document could not be made.
#[derive(Debug, Error)]
pub enum DocxError {
    /// The parts cannot be zipped, for example because they exceed the limits of a zip archive.
    Zip(#[from] zip::result::ZipError),
    /// A part cannot be written into the archive.
    Io(#[from] std::io::Error),
    /// The letterhead or the ending of the office's template cannot be filled.
    Template(#[from] OfficeTemplateError),
}

impl DocxError {
    /// Returns the error message.
    pub fn message(&self) -> Message {
        match self {
            Self::Zip(error) => Message::verbatim(error.to_string()),
            Self::Io(error) => Message::verbatim(error.to_string()),
            Self::Template(error) => {
                msg!("mẫu báo cáo: {error}", "the report template: {error}", error = error.message())
            }
        }
    }
}

display_as_message!(DocxError);

/// What a Word document has besides the report.
#[derive(Clone, Copy, Default)]
pub struct Additions<'a> {
    /// An appendix of the sources of the figures, linked both ways.
    pub listing: Option<&'a SourceListing<'a>>,
    /// Comments at the places where something is missing, contested or corrected: a working copy.
    pub gaps: Option<&'a [ReportGap]>,
}

/// Writes the Word document as [`render_with`] does, without comments.
///
/// # Errors
/// Returns the errors of [`render_with`].
pub fn render(
    document: &Document,
    traces: &Traces,
    office_template: Option<&OfficeTemplate>,
    listing: Option<&SourceListing<'_>>,
) -> Result<Vec<u8>, DocxError> {
    render_with(document, traces, office_template, Additions { listing, gaps: None })
}

/// Writes the Word document, with the office's template if there is one: the same report gives the same bytes.
///
/// # Errors
/// Returns an error if the parts exceed the limits of a zip archive, or if the office's template cannot be filled.
pub fn render_with(
    document: &Document,
    traces: &Traces,
    office_template: Option<&OfficeTemplate>,
    Additions { listing, gaps }: Additions<'_>,
) -> Result<Vec<u8>, DocxError> {
    let template = office_template
        .map_or_else(|| Ok(DocumentTemplate::default()), |template| template.fill(document, listing.is_some()))?;
    let mut marks = DocumentMarks::new(traces, listing.is_some(), gaps.map(Comments::new));
    let body = body::document_part(document, &mut marks, &template, listing);
    let own_styles = || styles::styles_part(listing.is_some());
    let (notes, comments) = marks.into_parts();
    let mut parts = vec![
        (DOCUMENT, body),
        (NOTES, notes),
        (STYLES, template.styles.unwrap_or_else(own_styles)),
        (SETTINGS, properties::settings_part()),
        (FONTS, properties::fonts_part()),
        (HEADER, page::header_part()),
        (CORE, properties::core_part(document)),
        (APPLICATION, properties::application_part()),
    ];
    parts.extend(comments.map(|bytes| (COMMENTS, bytes)));
    parts.retain(|(kind, _)| !template.carried.replaces(kind));
    package::write(&parts, &template.carried)
}
