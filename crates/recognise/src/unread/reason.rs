//! The tests that a sheet must pass to be read, as data and in words.
//!
//! Input: the test that a sheet failed, with the cells that show it. Output: a message that names the cell, and what to
//! do. Not here: finding out which test it is.

use crate::layout::grid::{Grid, cell_text};
use crate::matching::nearest::NearestLabel;
use serde::Serialize;
use tonghop_core::diag::Message;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::DepartmentId;
use tonghop_core::msg;

/// The most characters of a quoted cell.
const MAX_QUOTED_CHARS: usize = 60;
/// The number of departments that one message names.
const MAX_NAMED: usize = 10;

/// A cell with its text, shortened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuotedCell {
    /// The name of the cell, such as `B4`.
    pub cell: String,
    /// Its cleaned text.
    pub text: String,
}

/// The test that a sheet failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "test", rename_all = "kebab-case")]
pub enum UnreadReason {
    /// The sheet has no cells; it may hold charts or pictures.
    Empty,
    /// The sheet has no numbers, and none of its lines is a topic.
    OnlyText {
        /// The first filled cell.
        first: QuotedCell,
    },
    /// No row is a header row: none has two headings, one of which identifies the rows.
    NoHeadingRow {
        /// The first cell with a number.
        number: QuotedCell,
        /// The headings that are known in the row that comes nearest to a header row; empty if none is.
        known: Vec<QuotedCell>,
        /// The other texts of that row.
        unknown: Vec<QuotedCell>,
    },
    /// There are headings, but none says what the numbers of its column are.
    NoMeasureColumn {
        /// The first cell of the table.
        table: String,
        /// The first heading that is not understood, preferably over numbers.
        heading: Option<QuotedCell>,
    },
    /// The headings are understood, but no row matches an indicator.
    NoMatchingRow {
        /// The first row with numbers, or else with a label; `None` if the table has no row.
        row: Option<QuotedCell>,
        /// The nearest declared label.
        nearest: Option<NearestLabel>,
        /// The first cell of the table.
        table: String,
    },
    /// A row has the label of an indicator, but it is not clear of which.
    UnclearRow {
        /// The row.
        row: QuotedCell,
        /// Why it is not clear.
        problem: Message,
        /// What to do.
        remedy: Message,
    },
    /// The rows are indicators that other departments report.
    OtherDepartment {
        /// The first cell that the other department reports.
        row: QuotedCell,
        /// The departments that report the first indicator.
        departments: Vec<DepartmentId>,
        /// The number of indicators, topics and open tables that match.
        matches: usize,
    },
}

impl UnreadReason {
    /// Returns the message: the test that failed and where.
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new(
                "trang tính không có ô nào có nội dung (có thể chỉ có biểu đồ, hình ảnh)",
                "the sheet has no filled cells (it may have only charts or pictures)",
            ),
            Self::OnlyText { first } => msg!(
                "trang tính chỉ có chữ, bắt đầu ở ô {first}, và không có mục phần lời nào của đơn vị; trang này không được đọc",
                "the sheet has only text, beginning in {first}, and no topic of the department; it was not read",
                first = first.message()
            ),
            Self::NoHeadingRow { number, known, unknown } => no_heading_row_message(number, known, unknown),
            Self::NoMeasureColumn { table, heading: Some(heading) } => msg!(
                "bảng ở ô {table} có tiêu đề nhưng không cột nào cho biết số liệu là gì: không hiểu tiêu đề {heading}; trang này không được đọc",
                "the table at {table} has headings, but no column says what its numbers are: the heading {heading} is not understood; the sheet was not read",
                heading = heading.message()
            ),
            Self::NoMeasureColumn { table, heading: None } => msg!(
                "bảng ở ô {table} có tiêu đề nhưng không có cột số liệu; trang này không được đọc",
                "the table at {table} has headings but no column of numbers; the sheet was not read"
            ),
            Self::NoMatchingRow { row: Some(row), nearest, .. } => {
                let nearest = nearest.as_ref().map(|near| {
                    msg!(
                        "; gần nhất là \"{label}\" ({indicator})",
                        "; the nearest is \"{label}\" ({indicator})",
                        label = near.label,
                        indicator = near.indicator
                    )
                });
                msg!(
                    "tiêu đề cột đã hiểu nhưng không dòng nào khớp với chỉ tiêu của đơn vị, ví dụ dòng {row}{nearest}; trang này không được đọc",
                    "the headings are understood, but no row matches an indicator of the department, for example the row {row}{nearest}; the sheet was not read",
                    row = row.message(),
                    nearest = nearest.unwrap_or_else(|| Message::verbatim(""))
                )
            }
            Self::NoMatchingRow { row: None, table, .. } => msg!(
                "bảng ở ô {table} có tiêu đề nhưng không có dòng nào; trang này không được đọc",
                "the table at {table} has headings but no rows; the sheet was not read"
            ),
            Self::UnclearRow { row, problem, .. } => msg!(
                "không dòng nào rõ là của chỉ tiêu nào; ô {cell}: {problem}",
                "no row is clearly of one indicator; {cell}: {problem}",
                cell = row.cell,
                problem = *problem
            ),
            Self::OtherDepartment { row, departments, matches } => msg!(
                "trang tính có {matches} chỉ tiêu, nội dung của đơn vị khác ({owners}), ví dụ ô {row}, và không có chỉ tiêu nào của đơn vị gửi; trang này không được đọc",
                "the sheet has {matches} indicators and topics of another department ({owners}), for example {row}, and none of the sender; it was not read",
                owners = join_departments(departments),
                row = row.message()
            ),
        }
    }

    /// Returns what to do.
    pub fn hint(&self) -> Message {
        let or_delete = Message::new(
            "; nếu trang không phải báo cáo thì xóa khỏi tệp",
            "; delete the sheet if it is not part of the report",
        );
        let what = match self {
            Self::Empty => {
                return Message::new(
                    "nhập số liệu vào ô; số trong biểu đồ, hình ảnh không đọc được",
                    "enter the figures in cells; figures in charts and pictures cannot be read",
                );
            }
            Self::OnlyText { .. } => Message::new(
                "ghi tên mục phần lời đúng như biểu mẫu ở dòng riêng, lời ở các dòng dưới",
                "write the topic exactly as in the form in a line of its own, and the text below it",
            ),
            Self::NoHeadingRow { .. } => Message::new(
                "ghi trên số liệu một dòng tiêu đề như biểu mẫu, ít nhất một cột \"Chỉ tiêu\" và một cột \"Thực hiện\"",
                "write a row of headings above the figures as in the form, at least a column \"Chỉ tiêu\" (indicator) and a column \"Thực hiện\" (actual)",
            ),
            Self::NoMeasureColumn { .. } => Message::new(
                "ghi tiêu đề cột số liệu như biểu mẫu (\"Thực hiện\", \"Kế hoạch\"), hoặc báo quản trị khai báo tiêu đề này trong tonghop.toml",
                "write the headings of the figures as in the form (\"Thực hiện\", \"Kế hoạch\"), or ask the administrator to declare this heading in tonghop.toml",
            ),
            Self::NoMatchingRow { .. } => Message::new(
                "ghi tên chỉ tiêu đúng như biểu mẫu, hoặc báo quản trị thêm tên gọi này vào quy tắc",
                "write the indicator names exactly as in the form, or ask the administrator to add this name to the rules",
            ),
            Self::UnclearRow { remedy, .. } => remedy.clone(),
            Self::OtherDepartment { departments, .. } => match departments.as_slice() {
                [only] => msg!(
                    "chuyển trang này sang tệp của đơn vị đó trong thư mục workbooks/{only}",
                    "move this sheet to a file of that department in the folder workbooks/{only}"
                ),
                _ => Message::new(
                    "chuyển trang này sang tệp của đơn vị đó",
                    "move this sheet to a file of that department",
                ),
            },
        };
        what.concat(&or_delete)
    }
}

fn no_heading_row_message(number: &QuotedCell, known: &[QuotedCell], unknown: &[QuotedCell]) -> Message {
    let nearest = match (known, unknown) {
        ([], []) => Message::new("trên số đó không có dòng chữ nào có hai ô", "no row of two texts is above it"),
        ([], unknown) => msg!(
            "dòng gần nhất có {unknown}, không hiểu ô nào",
            "the nearest row has {unknown}, none of which is understood",
            unknown = quote_all(unknown)
        ),
        (known, []) => {
            msg!("dòng gần nhất chỉ có {known}", "the nearest row has only {known}", known = quote_all(known))
        }
        (known, unknown) => msg!(
            "dòng gần nhất chỉ hiểu {known}, không hiểu {unknown}",
            "in the nearest row only {known} is understood, not {unknown}",
            known = quote_all(known),
            unknown = quote_all(unknown)
        ),
    };
    msg!(
        "không tìm thấy dòng tiêu đề của số ở ô {cell}: {nearest}; trang này không được đọc",
        "no row of headings was found for the number in {cell}: {nearest}; the sheet was not read",
        cell = number.cell,
        nearest = nearest
    )
}

fn quote_all(cells: &[QuotedCell]) -> Message {
    let quoted: Vec<Message> = cells.iter().map(QuotedCell::message).collect();
    Message::join(&quoted, ", ")
}

fn join_departments(departments: &[DepartmentId]) -> String {
    let named: Vec<&str> = departments.iter().take(MAX_NAMED).map(DepartmentId::as_str).collect();
    let more = if departments.len() > MAX_NAMED { ", …" } else { "" };
    format!("{}{more}", named.join(", "))
}

impl QuotedCell {
    /// Quotes a cell of a grid.
    pub(crate) fn new(grid: &Grid<'_>, cell: CellRef) -> Self {
        let text = grid.cell(cell.row, cell.col).map(cell_text).unwrap_or_default();
        Self { cell: cell.to_string(), text: shorten(&text) }
    }

    fn message(&self) -> Message {
        Message::verbatim(format!("\"{}\" ({})", self.text, self.cell))
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
