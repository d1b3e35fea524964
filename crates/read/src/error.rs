//! The reasons why a workbook cannot be read, with messages for the clerk who sent it.
//!
//! Input: the reason. Output: a message and a hint. Not here: the location of the file, which the caller knows.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use tonghop_core::message::Message;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::SheetName;
use tonghop_core::{display_as_message, msg};

/// Why a workbook cannot be read.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadError {
    /// The file has no bytes.
    Empty,
    /// The file, or a part of it, is encrypted.
    Password,
    /// The bytes begin like a web page or an XML text, whatever the file name.
    Markup,
    /// The file has another format.
    NotAWorkbook,
    /// The workbook has no worksheet, only sheets of charts or macros.
    NoWorksheet,
    /// The container is incomplete, or its cells are not valid.
    Damaged(Damage),
    /// A limit that keeps one file from using up all memory was exceeded.
    TooLarge(Limit),
    /// The content of a sheet is not valid: two cells with the same position, a cell outside Excel's grid, garbled
    /// text.
    InvalidSheet(SheetName),
    /// calamine failed on a container that passed the check.
    ReaderFailure,
    /// The reading process needed more processor time than `limits.read_seconds`, or did nothing for much longer.
    Timeout,
    /// The reading process needed more than `limits.read_memory_mib`.
    OutOfMemory,
    /// The reading process ended without a result, or its result is incomplete.
    WorkerCrash,
    /// The reading process could not be started.
    WorkerNotStarted,
}

/// What is broken in the container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Damage {
    Archive,
    Part(String),
    DuplicateName(String),
    OverlappingParts,
    CompressionMethod(String),
    InvalidXml(String),
    InvalidCell(String, CellRef),
    UndefinedStyle,
    MissingPart(String),
    SectorChains,
    /// Two entries of the archive have one name.
    DoubleEntry,
    /// Two relationships of a part have one id.
    DoubleLink(String, String),
    /// Two parts claim the role of one: two lists of texts, two lists of styles.
    DoublePart(String),
    /// Two sheets have one name.
    DoubleSheet(String),
    /// A sheet of the workbook has no relationship, or several.
    SheetLink(String),
    /// A part has elements of a namespace that is not that of workbooks.
    ForeignElement(String),
}

/// The limit that was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    Parts,
    Part,
    Total,
    Cells,
    Formulas,
    Area,
}

impl ReadError {
    /// Returns the message that says why the workbook cannot be read.
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new("tệp rỗng, không có nội dung", "the file is empty"),
            Self::Password => Message::new("tệp có mật khẩu nên không mở được", "the file is protected by a password"),
            Self::Markup => Message::new(
                "đây là trang web hoặc văn bản XML mang tên tệp Excel, không phải tệp Excel",
                "this is a web page or XML text with the file name of an Excel file, not an Excel file",
            ),
            Self::NotAWorkbook => Message::new(
                "nội dung tệp không phải là bảng tính Excel hay LibreOffice",
                "the content of the file is not a workbook of Excel or LibreOffice",
            ),
            Self::NoWorksheet => Message::new(
                "tệp không có trang tính nào, chỉ có trang biểu đồ hoặc macro",
                "the file has no worksheet, only sheets of charts or macros",
            ),
            Self::Damaged(damage) if damage.is_nonstandard() => msg!(
                "tệp không theo chuẩn nên có thể bị hiểu sai: {damage}",
                "the file does not follow the standard and could be misread: {damage}",
                damage = damage.message()
            ),
            Self::Damaged(damage) => msg!(
                "tệp bị hỏng hoặc chưa chép hết: {damage}",
                "the file is damaged or was not copied completely: {damage}",
                damage = damage.message()
            ),
            Self::TooLarge(limit) => {
                msg!("tệp quá lớn: {limit}", "the file is too large: {limit}", limit = limit.message())
            }
            Self::InvalidSheet(name) => msg!("trang tính \"{name}\" bị hỏng", "the sheet \"{name}\" is damaged"),
            Self::ReaderFailure => {
                Message::new("không đọc được nội dung của tệp", "the content of the file cannot be read")
            }
            Self::Timeout => Message::new(
                "quá thời gian đọc (limits.read_seconds)",
                "reading exceeded the time limit (limits.read_seconds)",
            ),
            Self::OutOfMemory => Message::new(
                "quá bộ nhớ để đọc (limits.read_memory_mib)",
                "reading exceeded the memory limit (limits.read_memory_mib)",
            ),
            Self::WorkerCrash => Message::new(
                "tệp bị hỏng đến mức chương trình đọc phải dừng",
                "the file is so damaged that the reading process had to stop",
            ),
            Self::WorkerNotStarted => Message::new(
                "không khởi động được tiến trình đọc tệp",
                "the process that reads files could not be started",
            ),
        }
    }

    /// Returns a hint about what the clerk can do.
    pub fn hint(&self) -> Message {
        match self {
            Self::Password => Message::new(
                "gỡ mật khẩu trong Excel (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi gửi lại",
                "remove the password in Excel (File, Info, Protect Workbook) and send the file again",
            ),
            Self::Markup | Self::NotAWorkbook => Message::new(
                "mở tệp bằng Excel rồi chọn Lưu thành, loại tệp Excel Workbook (.xlsx)",
                "open the file in Excel and choose Save As, type Excel Workbook (.xlsx)",
            ),
            Self::NoWorksheet => Message::new(
                "chép số liệu vào một trang tính rồi gửi lại",
                "copy the figures into a worksheet and send the file again",
            ),
            Self::TooLarge(_) | Self::Timeout | Self::OutOfMemory => Message::new(
                "xóa các trang và vùng không dùng, hoặc chép phần biểu cần gửi sang tệp mới",
                "delete unused sheets and areas, or copy the form to be sent into a new file",
            ),
            Self::Empty | Self::Damaged(_) | Self::InvalidSheet(_) | Self::ReaderFailure | Self::WorkerCrash => {
                Message::new(
                    "mở tệp bằng Excel, kiểm tra lại số liệu, lưu thành tệp .xlsx mới rồi gửi lại",
                    "open the file in Excel, check the figures, save it as a new .xlsx file and send it again",
                )
            }
            Self::WorkerNotStarted => Message::new(
                "chạy lại; nếu vẫn lỗi, cài lại chương trình và kiểm tra quyền chạy tệp chương trình",
                "run again; if it still fails, reinstall the program and check that its file is executable",
            ),
        }
    }
}

display_as_message!(ReadError);

impl Damage {
    /// Returns whether the file is whole, but says what no program may decide.
    fn is_nonstandard(&self) -> bool {
        matches!(
            self,
            Self::DoubleLink(..)
                | Self::DoublePart(_)
                | Self::DoubleSheet(_)
                | Self::SheetLink(_)
                | Self::ForeignElement(_)
        )
    }

    fn message(&self) -> Message {
        match self {
            Self::Archive => Message::new("không mở được gói nén", "the archive cannot be opened"),
            Self::Part(name) => {
                msg!("phần \"{name}\" không còn nguyên vẹn", "the part \"{name}\" is corrupt")
            }
            Self::DuplicateName(name) => {
                msg!("có hai phần cùng tên \"{name}\"", "there are two parts named \"{name}\"")
            }
            Self::OverlappingParts => {
                Message::new("các phần trong gói nén chồng lên nhau", "parts of the archive overlap")
            }
            Self::CompressionMethod(name) => msg!(
                "phần \"{name}\" nén theo cách mà bảng tính không dùng",
                "the part \"{name}\" uses a compression method that workbooks do not use"
            ),
            Self::InvalidXml(name) => {
                msg!("phần \"{name}\" không phải là XML hợp lệ", "the part \"{name}\" is not valid XML")
            }
            Self::InvalidCell(name, cell) => {
                msg!("phần \"{name}\" ghi sai ở ô {cell}", "the part \"{name}\" is invalid at cell {cell}")
            }
            Self::UndefinedStyle => Message::new(
                "có ô mang kiểu định dạng không có trong tệp",
                "a cell uses a style that the file does not define",
            ),
            Self::MissingPart(name) => msg!("không có phần \"{name}\"", "the part \"{name}\" is missing"),
            Self::DoubleEntry => {
                Message::new("gói nén có hai phần cùng tên", "two parts of the archive have the same name")
            }
            Self::DoubleLink(part, id) => msg!(
                "phần \"{part}\" có hai liên kết cùng mã \"{id}\"",
                "the part \"{part}\" has two relationships with the id \"{id}\""
            ),
            Self::DoublePart(kind) => {
                msg!("có hai phần cùng vai trò \"{kind}\"", "two parts have the role \"{kind}\"")
            }
            Self::DoubleSheet(name) => {
                msg!("có hai trang tính cùng tên \"{name}\"", "two sheets are named \"{name}\"")
            }
            Self::SheetLink(part) => msg!(
                "phần \"{part}\" không chỉ rõ nội dung của một trang tính",
                "the part \"{part}\" does not say where the content of a sheet is"
            ),
            Self::ForeignElement(part) => msg!(
                "phần \"{part}\" có nội dung không theo chuẩn bảng tính",
                "the part \"{part}\" has content that is not of the standard of workbooks"
            ),
            Self::SectorChains => Message::new(
                "các khối dữ liệu của tệp .xls không nối đúng với nhau",
                "the data blocks of the .xls file are not chained correctly",
            ),
        }
    }
}

impl Limit {
    fn message(self) -> Message {
        let (vietnamese, english) = match self {
            Self::Parts => ("quá 2.000 phần trong gói nén", "more than 2,000 parts in the archive"),
            Self::Part => ("một phần lớn hơn 256 MiB khi giải nén", "a part of more than 256 MiB when unpacked"),
            Self::Total => ("nội dung lớn hơn 512 MiB khi giải nén", "more than 512 MiB of content when unpacked"),
            Self::Cells => ("quá 2.000.000 ô có dữ liệu", "more than 2,000,000 cells with data"),
            Self::Area => ("vùng có dữ liệu trải rộng quá 20.000.000 ô", "a used area of more than 20,000,000 cells"),
            Self::Formulas => ("công thức quá dài", "a formula that is too long"),
        };
        Message::new(vietnamese, english)
    }
}
