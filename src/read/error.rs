//! Why a workbook cannot be read, in the words of the clerk who sent it.
//!
//! In comes the reason; out go a sentence and what to do. Never here: the place, which the caller knows.

use crate::model::id::SheetName;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a workbook cannot be read.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadError {
    #[error("tệp rỗng, không có nội dung")]
    Empty,
    #[error("tệp có mật khẩu nên không mở được")]
    Password,
    #[error("đây là trang web hoặc văn bản XML mang tên tệp Excel, không phải tệp Excel")]
    Markup,
    #[error("tệp không phải là bảng tính")]
    NotAWorkbook,
    #[error("tệp bị hỏng hoặc chưa chép hết: {0}")]
    Damaged(Damage),
    #[error("tệp quá lớn: {0}")]
    TooLarge(Limit),
    #[error("trang tính \"{0}\" bị hỏng")]
    Sheet(SheetName),
    #[error("không đọc được nội dung của tệp")]
    Reader,
    #[error("quá thời gian đọc (limits.read_seconds)")]
    Time,
    #[error("quá bộ nhớ để đọc (limits.read_memory_mib)")]
    Memory,
    #[error("tệp bị hỏng đến mức chương trình đọc phải dừng")]
    Crash,
    #[error("không khởi động được tiến trình đọc tệp")]
    NoWorker,
}

/// What is broken in the container.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum Damage {
    #[error("không mở được gói nén")]
    Archive,
    #[error("phần \"{0}\" không còn nguyên vẹn")]
    Part(String),
    #[error("có hai phần cùng tên \"{0}\"")]
    Twin(String),
}

/// Which bound was passed.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    #[error("quá 2.000 phần trong gói nén")]
    Parts,
    #[error("một phần lớn hơn 256 MiB khi giải nén")]
    Part,
    #[error("nội dung lớn hơn 512 MiB khi giải nén")]
    Total,
    #[error("quá 2.000.000 ô có dữ liệu")]
    Cells,
    #[error("công thức quá dài")]
    Formulas,
}

impl ReadError {
    /// Returns what the clerk can do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Password => "gỡ mật khẩu trong Excel (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi gửi lại",
            Self::Markup | Self::NotAWorkbook => {
                "mở tệp bằng Excel rồi chọn Lưu thành, loại tệp Excel Workbook (.xlsx)"
            }
            Self::TooLarge(_) | Self::Time | Self::Memory => {
                "xóa các trang và vùng không dùng, hoặc chép phần biểu cần gửi sang tệp mới"
            }
            Self::Empty | Self::Damaged(_) | Self::Sheet(_) | Self::Reader | Self::Crash => {
                "mở tệp bằng Excel, kiểm tra lại số liệu, lưu thành tệp .xlsx mới rồi gửi lại"
            }
            Self::NoWorker => "chạy lại; nếu vẫn lỗi, cài lại chương trình và kiểm tra quyền chạy tệp chương trình",
        }
    }
}
