//! The looks of cells in the feedback: a colour for each outcome.
//!
//! Input: looks. Output: formats of rust_xlsxwriter and the legend. Not here: which cell has which look.

use crate::write::xlsx::formats::{base_format, cell_format};
use rust_xlsxwriter::{Color, Format, FormatAlign};

/// The look of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CellHighlight {
    Read,
    Doubtful,
    Rejected,
    /// Empty, with a number outstanding.
    Outstanding,
    Ignored,
    Label,
    Heading,
}

/// The colours with their meaning, as shown on the first page.
pub(super) const LEGEND: [(CellHighlight, &str, &str); 5] = [
    (CellHighlight::Read, "Xanh lá", "Đã đọc đúng như đơn vị ghi."),
    (
        CellHighlight::Doubtful,
        "Vàng",
        "Đã đọc, nhưng phải chuyển đổi hoặc còn điểm cần xem lại: ghi chú ở ô cho biết đã hiểu là gì.",
    ),
    (CellHighlight::Rejected, "Đỏ", "Không đọc được: ghi chú ở ô cho biết phải làm gì."),
    (CellHighlight::Outstanding, "Xanh dương", "Ô còn trống, đang chờ số liệu."),
    (CellHighlight::Ignored, "Xám", "Không dùng đến: tên biểu, ghi chú, chữ ký, cột tỷ lệ."),
];

const GREEN: Color = Color::RGB(0xD5E8C8);
const AMBER: Color = Color::RGB(0xFFE28A);
const RED: Color = Color::RGB(0xF9B3AC);
const BLUE: Color = Color::RGB(0xCFE2F7);
const GREY: Color = Color::RGB(0xEBEBEB);
const GREY_INK: Color = Color::RGB(0x6B6B6B);

impl CellHighlight {
    /// Returns the background colour of the cell.
    pub(super) fn fill(self) -> Option<Color> {
        match self {
            Self::Read => Some(GREEN),
            Self::Doubtful => Some(AMBER),
            Self::Rejected => Some(RED),
            Self::Outstanding => Some(BLUE),
            Self::Ignored => Some(GREY),
            Self::Label | Self::Heading => None,
        }
    }

    /// Returns the format of a text, which wraps in tables.
    pub(super) fn text(self, in_table: bool) -> Format {
        let format = match self {
            // A title runs over the cells to its right, where a background colour would end.
            _ if !in_table => return base_format().set_font_color(GREY_INK),
            Self::Heading => cell_format().set_bold().set_text_wrap().set_align(FormatAlign::Center),
            _ => cell_format().set_text_wrap(),
        };
        let format = if self == Self::Ignored { format.set_font_color(GREY_INK) } else { format };
        self.fill().map_or(format.clone(), |fill| format.set_background_color(fill))
    }

    /// Returns the format of a number with the given number format.
    pub(super) fn number(self, code: &str) -> Format {
        self.text(true).set_align(FormatAlign::Right).set_num_format(code)
    }
}
