//! What the consolidated workbook calls the sheets, lines and headings by which a later run reads it again.
//!
//! Said once, for the one that writes them and the one that reads them. Never here: cells.

/// The sheet with one row a figure.
pub const SOURCES: &str = "Nguồn số liệu";
/// The sheet with the rows of workbooks that were not read.
pub const UNREAD: &str = "Dòng chưa đọc";
/// What stands before the name of the period above both.
pub const PERIOD: &str = "Kỳ báo cáo: ";

/// The heading of the names of figures.
pub const CODE: &str = "Mã số liệu";
/// The heading of their values.
pub const VALUE: &str = "Giá trị";
/// The heading of units.
pub const UNIT: &str = "Đơn vị tính";
/// The heading of the files of departments.
pub const FILE: &str = "Tệp";
/// The heading of their sheets.
pub const SHEET: &str = "Trang tính";
/// The heading of the cells in them.
pub const CELL: &str = "Ô";
/// The heading of the labels of rows, as departments wrote them.
pub const ROW: &str = "Tên dòng trong biểu";
