//! The lexicon of column headings: the phrases that a heading can consist of, each with its meaning.
//!
//! Input: tokens. Output: the term that begins at one of them. Not here: how terms combine (`vi::heading`), the
//! headings of a project (they are in `tonghop.toml`).

use super::tokens::Token;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The kind of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeadingKind {
    /// No heading, or only the number of the column.
    Blank,
    /// The row number (STT).
    Order,
    /// The printed code of the indicator (mã chỉ tiêu).
    Code,
    /// The label of the row (chỉ tiêu, nội dung).
    Label,
    /// The unit of measure (đơn vị tính).
    Unit,
    /// Whether the row's number is actual or estimated (tình trạng số liệu).
    Status,
    /// A remark (ghi chú).
    Note,
    /// Text for the report (nội dung báo cáo).
    Narrative,
    /// The text of a shortfall (khó khăn, vướng mắc).
    Difficulty,
    /// The cause of a shortfall (nguyên nhân).
    Cause,
    /// The indicator that a row of text belongs to (chỉ tiêu liên quan).
    RelatedIndicator,
    /// An amount.
    Value,
    /// A rate, a share, or a ratio to a base.
    Percent,
    /// An index (chỉ số, kỳ gốc).
    Index,
}

/// The measure that a heading states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatedMeasure {
    /// Thực hiện.
    Actual,
    /// Ước thực hiện, of part of a year.
    Estimate,
    /// Ước thực hiện cả năm.
    YearEstimate,
    /// Giải ngân: the actual value of a fund.
    Disbursed,
    /// Kế hoạch, dự toán.
    Target,
    /// Cùng kỳ.
    LastYear,
    /// Kỳ trước.
    Previous,
    /// Dự kiến, dự báo.
    Forecast,
    /// Sơ bộ.
    Preliminary,
    /// Chưa thực hiện, đang thực hiện, quyết toán: none of the above.
    Other,
}

impl StatedMeasure {
    /// Returns its name in lower case, as programs read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Estimate => "estimate",
            Self::YearEstimate => "year_estimate",
            Self::Disbursed => "disbursed",
            Self::Target => "target",
            Self::LastYear => "last_year",
            Self::Previous => "previous",
            Self::Forecast => "forecast",
            Self::Preliminary => "preliminary",
            Self::Other => "other",
        }
    }
}

/// The meaning of a phrase of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// The kind of the column, if the heading says nothing else.
    Kind(HeadingKind),
    /// The kind of the column, whatever words follow: "Tên doanh nghiệp".
    KindPrefix(HeadingKind),
    /// Begins a remark, whatever words follow: "Ngày, tháng, năm đến hạn".
    NotePrefix,
    /// A measure.
    Measure(StatedMeasure),
    /// An abbreviation of a measure that is also one of other words: TH, KH.
    Abbreviation(StatedMeasure),
    /// Introduces the base of a ratio: so với.
    Compare,
    /// Tỷ lệ, phần trăm.
    Rate,
    /// Đạt: a ratio of what was reached to the plan.
    Reached,
    /// Cơ cấu, tỷ trọng.
    Share,
    /// Tăng, giảm.
    Change,
    /// Chỉ số.
    Index,
    /// Kỳ gốc.
    BasePeriod,
    /// "= 100": the period before it is the base of an index.
    EqualsHundred,
    /// Luỹ kế, cộng dồn.
    Cumulative,
    /// The year, month or quarter without a number.
    BareYear,
    /// "Tháng" without a number.
    BareMonth,
    /// "Quý" without a number.
    BareQuarter,
    /// A word of a group that adds no meaning: trong đó, chia ra.
    Group,
    /// Introduces the name of a breakdown: phân theo giới tính.
    GroupPrefix,
    /// The whole: tổng số, cả nước.
    Total,
    /// A general word for an amount: số lượng, trị giá.
    Quantity,
    /// The most general word for an amount: số liệu.
    Figures,
    /// A word without meaning of its own.
    Filler,
}

use HeadingKind::{Cause, Code, Difficulty, Label, Narrative, Note, Order, RelatedIndicator, Status, Unit as UnitKind};
use StatedMeasure::{Actual, Disbursed, Estimate, Forecast, Other, Preliminary, Target, YearEstimate};

/// Words for a total, in headings and in labels of rows, folded.
pub(super) const TOTALS: [&str; 13] = [
    "tổng số",
    "tổng cộng",
    "tổng",
    "cộng",
    "cả nước",
    "toàn quốc",
    "toàn tỉnh",
    "toàn thành phố",
    "toàn tp",
    "toàn huyện",
    "toàn thị xã",
    "toàn xã",
    "toàn ngành",
];

/// The phrases by meaning, folded.
const TERMS: &[(Term, &[&str])] = &[
    (Term::Kind(Order), &["stt", "tt", "số tt", "số thứ tự", "thứ tự", "#", "no"]),
    (Term::Kind(Code), &["mã", "mã số", "mã ct", "mã hiệu", "id"]),
    (Term::KindPrefix(Code), &["mã chỉ tiêu", "mã số chỉ tiêu", "mã ngành", "số hiệu", "mã loại hình"]),
    (Term::Kind(UnitKind), &["đvt", "dvt", "đơn vị", "đ/v tính", "đv tính"]),
    (Term::KindPrefix(UnitKind), &["đơn vị tính", "đơn vị đo", "unit"]),
    (Term::KindPrefix(Note), &["ghi chú"]),
    (Term::NotePrefix, &["ngày", "số,ngày", "năm sinh", "người", "cơ quan", "thời gian", "địa điểm", "họ và tên"]),
    (Term::KindPrefix(Cause), &["nguyên nhân", "lý do"]),
    (Term::KindPrefix(RelatedIndicator), &["chỉ tiêu liên quan", "chỉ tiêu có liên quan", "thuộc chỉ tiêu"]),
    (Term::KindPrefix(Status), &["tình trạng", "trạng thái", "loại số liệu"]),
    (
        Term::KindPrefix(Narrative),
        &["nội dung báo cáo", "phần lời", "lời báo cáo", "thuyết minh", "đánh giá", "nhận xét"],
    ),
    (Term::KindPrefix(Difficulty), &["khó khăn", "vướng mắc", "tồn tại", "hạn chế"]),
    (
        Term::KindPrefix(Label),
        &[
            "chỉ tiêu",
            "tên chỉ tiêu",
            "nội dung",
            "danh mục",
            "hạng mục",
            "khoản mục",
            "diễn giải",
            "tên",
            "các chỉ tiêu",
            "loại",
            "hành vi",
        ],
    ),
    (
        Term::Kind(Label),
        &[
            "nguồn vốn",
            "nguồn",
            "chương trình",
            "lĩnh vực",
            "nhiệm vụ",
            "dự án",
            "công trình",
            "sản phẩm",
            "nhóm",
            "mặt hàng",
            "loại hình",
            "đối tượng",
            "tên bệnh",
            "cây trồng",
            "vật nuôi",
            "địa phương",
            "địa bàn",
            "xã",
            "phường",
            "huyện",
            "quận",
            "quận/huyện",
            "xã/phường",
            "xã,phường",
            "đơn vị hành chính",
            "trường",
        ],
    ),
    (
        Term::Measure(Actual),
        &[
            "thực hiện",
            "đã thực hiện",
            "số thực hiện",
            "kết quả",
            "kq",
            "kết quả thực hiện",
            "kết quả đạt được",
            "kết quả đạt",
            "thực tế",
            "thực tế thực hiện",
            "hoàn thành",
        ],
    ),
    (Term::Abbreviation(Actual), &["th"]),
    (
        Term::Measure(Disbursed),
        &["giải ngân", "đã giải ngân", "số đã giải ngân", "kết quả giải ngân", "số giải ngân", "thực hiện giải ngân"],
    ),
    (
        Term::Measure(Estimate),
        &[
            "ước",
            "uớc",
            "ước tính",
            "uớc tính",
            "ước thực hiện",
            "ước tính thực hiện",
            "ước đạt",
            "ước th",
            "ưth",
            "uth",
            "ước kết quả",
            "số ước",
            "ước giải ngân",
            "uớc thực hiện",
        ],
    ),
    (Term::Measure(YearEstimate), &["khả năng thực hiện"]),
    (Term::Measure(Forecast), &["dự kiến", "dự báo", "dự kiến thực hiện"]),
    (Term::Measure(Preliminary), &["sơ bộ"]),
    (
        Term::Measure(Other),
        &[
            "chưa thực hiện",
            "đang thực hiện",
            "quyết toán",
            "chưa giải ngân",
            "phát sinh",
            "dự thu",
            "thiết kế",
            "hiện hữu",
            "vốn kéo dài",
            "kế hoạch kéo dài",
            "kế hoạch vốn kéo dài",
        ],
    ),
    (
        Term::Measure(Target),
        &[
            "kế hoạch",
            "kế hoặch",
            "khv",
            "dự toán",
            "mục tiêu",
            "chỉ tiêu kế hoạch",
            "chỉ tiêu nghị quyết",
            "chỉ tiêu giao",
            "chỉ tiêu được giao",
            "được giao",
            "giao",
            "vốn giao",
            "nghị quyết",
            "nq",
            "dự kiến kế hoạch",
        ],
    ),
    (Term::Abbreviation(Target), &["kh"]),
    (Term::Compare, &["so với", "so sánh với", "so sánh", "so", "compare to", "compared to", "versus"]),
    (Term::Rate, &["tỷ lệ", "tỷ lệ %", "phần trăm", "%", "lãi suất", "tỷ suất", "tỷ số", "tỷ giá", "vượt"]),
    (Term::Reached, &["đạt", "tỷ lệ đạt", "tỷ lệ % đạt"]),
    (Term::Share, &["cơ cấu", "tỷ trọng"]),
    (
        Term::Change,
        &[
            "tăng",
            "giảm",
            "tăng giảm",
            "tăng,giảm",
            "tăng/giảm",
            "tăng trưởng",
            "chênh lệch",
            "tốc độ tăng",
            "tốc độ phát triển",
            "tốc độ tăng trưởng",
            "mức tăng",
        ],
    ),
    (Term::Index, &["chỉ số", "chỉ số phát triển"]),
    (Term::BasePeriod, &["kỳ gốc"]),
    (Term::EqualsHundred, &["= 100"]),
    (Term::Cumulative, &["luỹ kế", "cộng dồn", "lk"]),
    (Term::BareYear, &["năm"]),
    (Term::BareMonth, &["tháng"]),
    (Term::BareQuarter, &["quý"]),
    (Term::Group, &["trong đó", "chia ra", "bao gồm", "gồm", "số liệu so sánh"]),
    (Term::Figures, &["số liệu", "số liệu báo cáo"]),
    (Term::GroupPrefix, &["phân theo", "chia theo"]),
    (Term::Total, &TOTALS),
    (Term::Total, &["toàn phường", "chung"]),
    (
        Term::Quantity,
        &[
            "số lượng",
            "sl",
            "lượng",
            "khối lượng",
            "số tiền",
            "số vốn",
            "trị giá",
            "giá trị",
            "kinh phí",
            "kim ngạch",
            "số",
        ],
    ),
    (Term::Filler, &["của", "các", "về", "đến nay", "là"]),
];

/// The words of a phrase with its meaning.
type Phrase = (Vec<&'static str>, Term);

/// The terms by the first word of their phrase, the longest phrase first.
static BY_FIRST_WORD: LazyLock<HashMap<&str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut terms: HashMap<&str, Vec<Phrase>> = HashMap::new();
    for (term, phrases) in TERMS {
        for phrase in *phrases {
            let words = split_phrase(phrase);
            if let Some(first) = words.first() {
                terms.entry(first).or_default().push((words, *term));
            }
        }
    }
    terms.values_mut().for_each(|phrases| phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
    terms
});

/// Splits a phrase of the table into tokens.
fn split_phrase(phrase: &'static str) -> Vec<&'static str> {
    let words = phrase.split(' ');
    words.flat_map(|word| word.split_inclusive(['/', ','])).flat_map(split_sign).collect()
}

fn split_sign(word: &'static str) -> impl Iterator<Item = &'static str> {
    let at = if word.len() > 1 && word.ends_with(['/', ',']) { word.len() - 1 } else { word.len() };
    let (before, sign) = word.split_at(at);
    [before, sign].into_iter().filter(|part| !part.is_empty())
}

/// Returns the longest term that begins at `at`, with the number of its tokens.
pub fn term_at(tokens: &[Token], at: usize) -> Option<(Term, usize)> {
    let first = tokens.get(at)?;
    let is_here = |words: &[&str]| {
        words.iter().enumerate().all(|(offset, word)| tokens.get(at + offset).is_some_and(|token| token.is(word)))
    };
    let (words, term) = BY_FIRST_WORD.get(first.text.as_str())?.iter().find(|(words, _)| is_here(words))?;
    Some((*term, words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vi::fold::fold;
    use crate::vi::tokens::tokenise;

    #[test]
    fn every_phrase_is_folded_and_found() {
        for (term, phrases) in TERMS {
            for phrase in *phrases {
                assert_eq!(fold(phrase), *phrase);
                let tokens = tokenise(phrase, 0);
                assert_eq!(term_at(&tokens, 0), Some((*term, tokens.len())), "{phrase}");
            }
        }
    }
}
