//! The words that stand for numbers: differences, no data, nothing arisen.
//!
//! In comes nothing, out goes official Vietnamese. Never here: a number.

/// What stands for a figure that nobody gave.
pub(crate) const NO_DATA: &str = "chưa có số liệu";
/// What stands under a heading for which nobody wrote anything.
pub(crate) const NO_WORDS: &str = "Chưa có nội dung báo cáo.";
/// What stands for the text of a sector whose rule failed.
pub(crate) const NO_RULE: &str = "chưa lập được nội dung (quy tắc đang lỗi)";
/// What stands for a case that did not arise.
pub(crate) const NOT_APPLICABLE: &str = "không phát sinh";

/// How a difference is said.
pub(crate) struct Wording {
    pub above: &'static str,
    pub below: &'static str,
    pub equal: &'static str,
    /// Not equal, but nothing of it is left in print.
    pub about_equal: &'static str,
    pub link: &'static str,
    pub link_equal: &'static str,
    pub names_year: bool,
}

/// Against the same period last year.
pub(crate) const AGAINST_LAST_YEAR: Wording = Wording {
    above: "tăng",
    below: "giảm",
    equal: "bằng",
    about_equal: "tương đương",
    link: " so với cùng kỳ",
    link_equal: " cùng kỳ",
    names_year: true,
};

/// Against the pace of an even year.
pub(crate) const BEHIND_PACE: Wording = Wording {
    above: "chậm",
    below: "vượt",
    equal: "đúng",
    about_equal: "xấp xỉ",
    link: " so với nhịp độ",
    link_equal: " nhịp độ",
    names_year: false,
};
