//! Fixed Vietnamese wording for differences, missing data and placeholders.

use tonghop_core::model::measure::DifferenceBase;

/// Printed under a heading without content.
pub(crate) const NO_NARRATIVE: &str = "Chưa có nội dung báo cáo.";

/// The wording of a difference.
pub(crate) struct DifferenceWording {
    pub above: &'static str,
    pub below: &'static str,
    pub equal: &'static str,
    /// Used if the difference is not zero but rounds to zero in print.
    pub about_equal: &'static str,
    pub link: &'static str,
    pub link_equal: &'static str,
    pub includes_year: bool,
}

/// Returns the wording of a difference.
pub(crate) fn difference_wording(base: DifferenceBase) -> &'static DifferenceWording {
    match base {
        DifferenceBase::LastYear => &CHANGE_FROM_LAST_YEAR,
        DifferenceBase::Pace => &LAG_BEHIND_PACE,
    }
}

/// The wording of a difference from the same period last year.
const CHANGE_FROM_LAST_YEAR: DifferenceWording = DifferenceWording {
    above: "tăng",
    below: "giảm",
    equal: "bằng",
    about_equal: "tương đương",
    link: " so với cùng kỳ",
    link_equal: " cùng kỳ",
    includes_year: true,
};

/// The wording of a difference from an even pace through the year.
const LAG_BEHIND_PACE: DifferenceWording = DifferenceWording {
    above: "chậm",
    below: "vượt",
    equal: "đúng",
    about_equal: "xấp xỉ",
    link: " so với nhịp độ",
    link_equal: " nhịp độ",
    includes_year: false,
};
