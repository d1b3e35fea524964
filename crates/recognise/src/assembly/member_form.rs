//! The form of a member: a sheet with its title, its figures as those of the member, and the message if it is unclear.
//!
//! Input: a sheet, a candidate with the declaration of its member. Output: the renamed candidate, the diagnostic. Not
//! here: which member it is.

use crate::cells::sheet_result::CandidateObservation;
use crate::layout::preamble::Preamble;
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::figure::Figure;
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::raw_workbook::{RawSheet, ReceivedWorkbook};
use tonghop_core::msg;

/// A form: a sheet with the lines above its tables.
#[derive(Clone, Copy)]
pub(crate) struct Form<'f> {
    pub book: &'f ReceivedWorkbook,
    pub sheet: &'f RawSheet,
    pub preamble: &'f Preamble,
}

/// Makes a candidate of an indicator one of its member.
pub(super) fn rename(candidate: &mut CandidateObservation, decl: &IndicatorDecl) {
    candidate.key.indicator = decl.id.clone();
    candidate.label = format!("{} ({})", candidate.label, decl.label);
    let mut name = candidate.figure.name.clone();
    name.indicator = decl.id.clone();
    candidate.figure = Arc::new(Figure::with_name((*candidate.figure).clone(), name));
}

/// Returns the diagnostic of figures of a form that are not used because their member is unclear.
pub(super) fn unknown_member(form: Form<'_>, place: Place, reason: Message, count: usize) -> Diagnostic {
    let message = msg!(
        "{reason}; {count} số liệu không được dùng",
        "{reason}; {counted} not used",
        reason = reason,
        counted = if count == 1 { "1 figure is".to_owned() } else { format!("{count} figures are") },
    );
    Diagnostic::new(Code::MemberUnknown, place, message)
        .with_place(Place::Sheet(form.book.file.clone(), form.sheet.name.clone()))
        .with_hint(Message::new(
            "ghi tên một nơi trong tiêu đề biểu, tên trang hoặc tên tệp như khai báo ở [members] của tonghop.toml, hoặc khai báo thêm nơi đó",
            "write the name of one member in the title, the sheet name or the file name, as declared in [members] of tonghop.toml, or declare that member",
        ))
}
