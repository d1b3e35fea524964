//! Names of the sheets, lines and headings of the consolidated workbook that a later run parses.
//!
//! Shared by the writer and the reader of that workbook.

/// The sheet with one row per figure.
pub const SOURCES_SHEET: &str = "Nguồn số liệu";
/// The sheet with unread rows of workbooks.
pub const UNREAD_ROWS_SHEET: &str = "Dòng chưa đọc";
/// The text before the period name above both sheets.
pub const PERIOD_PREFIX: &str = "Kỳ báo cáo: ";

/// The heading of figure names.
pub const CODE_HEADING: &str = "Mã số liệu";
/// The heading of figure values.
pub const VALUE_HEADING: &str = "Giá trị";
/// The heading of units.
pub const UNIT_HEADING: &str = "Đơn vị tính";
/// The heading of department files.
pub const FILE_HEADING: &str = "Tệp";
/// The heading of sheets in these files.
pub const SHEET_HEADING: &str = "Trang tính";
/// The heading of cells in these sheets.
pub const CELL_HEADING: &str = "Ô";
/// The heading of row labels, as written by departments.
pub const ROW_LABEL_HEADING: &str = "Tên dòng trong biểu";
