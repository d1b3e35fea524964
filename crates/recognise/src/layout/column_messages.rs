//! Says why the numbers of a column are not read.
//!
//! Input: a column that is not read. Output: the message and the hint. Not here: which columns are read.

use super::column::{ColumnRole, HeadingDoubt, SheetColumn};
use tonghop_core::diag::Message;
use tonghop_core::model::cell::column_letters;
use tonghop_core::model::stated_period::StatedPeriod;
use tonghop_core::msg;
use tonghop_core::vi::period_name::period_name;

/// The most words of a heading that a message repeats.
const MAX_UNKNOWN_RUNS: usize = 3;

/// Returns the message and the hint for adjacent columns without a heading, from the first to the last.
pub(crate) fn without_heading([first, last]: [u32; 2]) -> (Message, Message) {
    (
        match first == last {
            true => msg!(
                "cột {letters} có số nhưng không có tiêu đề; cột này không được đọc",
                "column {letters} has numbers but no heading; it was not read",
                letters = column_letters(first)
            ),
            false => msg!(
                "các cột từ {first} đến {last} có số nhưng không có tiêu đề; các cột này không được đọc",
                "the columns {first} to {last} have numbers but no heading; they were not read",
                first = column_letters(first),
                last = column_letters(last)
            ),
        },
        Message::new(
            "ghi tiêu đề cho cột, hoặc xóa các số không dùng",
            "write a heading for the column, or delete the numbers that are not used",
        ),
    )
}

/// Returns the message and the hint for a column that is not read; `None` if it is read or holds no amounts.
pub(crate) fn unread_reason<'c>(
    column: &SheetColumn,
    find: impl Fn(u32) -> Option<&'c SheetColumn>,
) -> Option<(Message, Message)> {
    let heading_of = |index: u32| find(index).map_or("", |column| column.heading.as_str());
    let heading = column.heading.as_str();
    match &column.role {
        ColumnRole::Unknown => Some(doubtful_heading(heading, column.doubt.as_ref())),
        ColumnRole::Repeated(first) => Some((
            msg!(
                "cột \"{heading}\" cùng loại số liệu với cột \"{read}\"; chỉ cột sau được đọc",
                "the column \"{heading}\" holds the same measure as the column \"{read}\"; only the latter was read",
                read = heading_of(*first)
            ),
            Message::new(
                "để mỗi loại số liệu một cột, ghi rõ kỳ báo cáo trong tiêu đề cột",
                "keep one column for each measure, and name the reporting period in its heading",
            ),
        )),
        ColumnRole::Contested(other) => Some((
            msg!(
                "cột \"{heading}\" và cột \"{rival}\" cùng một loại số liệu, không rõ cột nào đúng; không đọc cột nào",
                "the columns \"{heading}\" and \"{rival}\" hold the same measure and nothing says which one is right; neither was read",
                rival = heading_of(*other)
            ),
            Message::new(
                "sửa tiêu đề để phân biệt hai cột (ghi kỳ báo cáo, hoặc lũy kế), hoặc khai báo trong tonghop.toml cột nào được đọc",
                "change the headings so that they differ (name the period, or cumulative), or declare in tonghop.toml which column is read",
            ),
        )),
        _ => None,
    }
}

fn doubtful_heading(heading: &str, doubt: Option<&HeadingDoubt>) -> (Message, Message) {
    let declare = Message::new(
        "sửa tiêu đề cột theo biểu mẫu, hoặc khai báo tiêu đề này trong tonghop.toml",
        "correct the heading as in the form, or declare this heading in tonghop.toml",
    );
    match doubt {
        Some(HeadingDoubt::UnknownWords { words, other_period }) => {
            let words: Vec<String> = words.iter().take(MAX_UNKNOWN_RUNS).map(|run| format!("\"{run}\"")).collect();
            let message = msg!(
                "cột \"{heading}\" có số nhưng không hiểu hết tiêu đề (chưa rõ: {words}); cột này không được đọc",
                "the column \"{heading}\" has numbers but its heading is not wholly understood (unclear: {words}); it was not read",
                words = words.join(", ")
            );
            let period = other_period.map(|stated| {
                msg!(
                    "; tiêu đề ghi {period}, không phải kỳ báo cáo",
                    "; the heading names {notation}, which is not the reporting period",
                    period = period_name(stated),
                    notation = stated
                )
            });
            let parts: Vec<Message> = std::iter::once(message).chain(period).collect();
            (Message::join(&parts, ""), declare)
        }
        Some(HeadingDoubt::OtherPeriod(stated)) => (other_period(heading, *stated), correct_period()),
        Some(HeadingDoubt::Contradictory) => (
            msg!(
                "cột \"{heading}\" có số nhưng tiêu đề nói hai điều trái nhau; cột này không được đọc",
                "the column \"{heading}\" has numbers but its heading says two different things; it was not read"
            ),
            declare,
        ),
        Some(HeadingDoubt::NoMeasure) | None => (
            msg!(
                "cột \"{heading}\" có số nhưng tiêu đề không cho biết là số liệu gì; cột này không được đọc",
                "the column \"{heading}\" has numbers but its heading does not say what they are; it was not read"
            ),
            declare,
        ),
    }
}

fn other_period(heading: &str, stated: StatedPeriod) -> Message {
    let period = period_name(stated);
    msg!(
        "cột \"{heading}\" là số liệu của {period}, không phải kỳ cần báo cáo; cột này không được đọc",
        "the column \"{heading}\" is of {notation}, which is not the period that is needed; it was not read",
        notation = stated
    )
}

fn correct_period() -> Message {
    Message::new(
        "sửa tiêu đề cột cho đúng kỳ báo cáo, hoặc khai báo tiêu đề này trong tonghop.toml",
        "correct the heading to match the reporting period, or declare this heading in tonghop.toml",
    )
}
