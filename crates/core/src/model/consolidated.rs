//! Names of the sheets, lines and headings of the consolidated workbook that a later run parses.
//!
//! Shared by the writer and the reader of that workbook.

/// The sheet with one row per figure.
pub const SOURCES: &str = "Nguồn số liệu";
/// The sheet with unread rows of workbooks.
pub const UNREAD: &str = "Dòng chưa đọc";
/// The text before the period name above both sheets.
pub const PERIOD: &str = "Kỳ báo cáo: ";

/// The heading of figure names.
pub const CODE: &str = "Mã số liệu";
/// The heading of figure values.
pub const VALUE: &str = "Giá trị";
/// The heading of units.
pub const UNIT: &str = "Đơn vị tính";
/// The heading of department files.
pub const FILE: &str = "Tệp";
/// The heading of sheets in these files.
pub const SHEET: &str = "Trang tính";
/// The heading of cells in these sheets.
pub const CELL: &str = "Ô";
/// The heading of row labels, as written by departments.
pub const ROW: &str = "Tên dòng trong biểu";
