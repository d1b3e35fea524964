//! Tests each form of a sentence with missing, zero, equal, rising, falling, tiny, huge and inapplicable figures.

use super::{annual, dataset, printed};
use tonghop_core::model::measure::Measure;

/// States of the figures of one indicator: actual, plan, last year.
const STATES: [(&str, [&str; 3]); 8] = [
    ("missing", ["", "", ""]),
    ("zero", ["0", "200", "100"]),
    ("equal", ["100", "100", "100"]),
    ("up", ["112.5", "150", "100"]),
    ("down", ["96.3", "150", "100"]),
    ("tiny", ["100.01", "100000", "100"]),
    ("huge", ["987654321098", "987654321", "1"]),
    ("not arisen", ["-", "200", "100"]),
];

/// Forms of sentences, with the printed text in each state.
const FORMS: [(&str, [&str; 8]); 6] = [
    (
        "Tổng số {total.reached} {total}.",
        [
            "Tổng số chưa có số liệu.",
            "Tổng số đạt 0 tỷ đồng.",
            "Tổng số đạt 100 tỷ đồng.",
            "Tổng số đạt 112,5 tỷ đồng.",
            "Tổng số đạt 96,3 tỷ đồng.",
            "Tổng số đạt 100,01 tỷ đồng.",
            "Tổng số đạt 987.654.321.098 tỷ đồng.",
            "Tổng số không phát sinh.",
        ],
    ),
    (
        "Kết quả[: {total}][, đạt {total.attainment} kế hoạch].",
        [
            "Kết quả.",
            "Kết quả: 0 tỷ đồng, đạt 0% kế hoạch.",
            "Kết quả: 100 tỷ đồng, đạt 100% kế hoạch.",
            "Kết quả: 112,5 tỷ đồng, đạt 75% kế hoạch.",
            "Kết quả: 96,3 tỷ đồng, đạt 64% kế hoạch.",
            "Kết quả: 100,01 tỷ đồng, đạt 0,1% kế hoạch.",
            "Kết quả: 987.654.321.098 tỷ đồng, đạt 100.000% kế hoạch.",
            "Kết quả: không phát sinh, đạt 0% kế hoạch.",
        ],
    ),
    (
        "Tổng số thay đổi[: {total.yoy}].",
        [
            "Tổng số thay đổi.",
            "Tổng số thay đổi: giảm 100,0% so với cùng kỳ năm 2023.",
            "Tổng số thay đổi: bằng cùng kỳ năm 2023.",
            "Tổng số thay đổi: tăng 12,5% so với cùng kỳ năm 2023.",
            "Tổng số thay đổi: giảm 3,7% so với cùng kỳ năm 2023.",
            "Tổng số thay đổi: tương đương cùng kỳ năm 2023.",
            "Tổng số thay đổi: tăng 98.765.432.109.700,0% so với cùng kỳ năm 2023.",
            "Tổng số thay đổi: giảm 100,0% so với cùng kỳ năm 2023.",
        ],
    ),
    (
        "Tổng số thay đổi[: {total.change|short}].",
        [
            "Tổng số thay đổi.",
            "Tổng số thay đổi: giảm 100 tỷ đồng so với cùng kỳ.",
            "Tổng số thay đổi: bằng cùng kỳ.",
            "Tổng số thay đổi: tăng 12,5 tỷ đồng so với cùng kỳ.",
            "Tổng số thay đổi: giảm 3,7 tỷ đồng so với cùng kỳ.",
            "Tổng số thay đổi: tăng 0,01 tỷ đồng so với cùng kỳ.",
            "Tổng số thay đổi: tăng 987.654.321.097 tỷ đồng so với cùng kỳ.",
            "Tổng số thay đổi: giảm 100 tỷ đồng so với cùng kỳ.",
        ],
    ),
    (
        "Giải ngân {total/total.target.annual}[, {total.lag}].",
        [
            "Giải ngân chưa có số liệu.",
            "Giải ngân 0/200 tỷ đồng, chậm 75 điểm phần trăm so với nhịp độ.",
            "Giải ngân 100/100 tỷ đồng, vượt 25 điểm phần trăm so với nhịp độ.",
            "Giải ngân 112,5/150 tỷ đồng, đúng nhịp độ.",
            "Giải ngân 96,3/150 tỷ đồng, chậm 11 điểm phần trăm so với nhịp độ.",
            "Giải ngân 100,01/100.000 tỷ đồng, chậm 75 điểm phần trăm so với nhịp độ.",
            "Giải ngân 987.654.321.098/987.654.321 tỷ đồng, vượt 99.925 điểm phần trăm so với nhịp độ.",
            "Giải ngân không phát sinh, chậm 75 điểm phần trăm so với nhịp độ.",
        ],
    ),
    (
        "Đến nay {total|zero=chưa giải ngân}.",
        [
            "Đến nay chưa có số liệu.",
            "Đến nay chưa giải ngân.",
            "Đến nay 100 tỷ đồng.",
            "Đến nay 112,5 tỷ đồng.",
            "Đến nay 96,3 tỷ đồng.",
            "Đến nay 100,01 tỷ đồng.",
            "Đến nay 987.654.321.098 tỷ đồng.",
            "Đến nay chưa giải ngân.",
        ],
    ),
];

#[test]
fn every_form_reads_well_in_every_state() {
    for (template, expected) in FORMS {
        for ((state, [actual, plan, last_year]), sentence) in STATES.into_iter().zip(expected) {
            let cells = [
                ("total", Measure::Actual, actual),
                ("total", annual(), plan),
                ("total", Measure::LastYear, last_year),
            ];
            // The other indicator keeps the sector from having no data at all.
            let given: Vec<_> = cells
                .into_iter()
                .filter(|(_, _, raw)| !raw.is_empty())
                .chain([("rate", Measure::Actual, "3")])
                .collect();
            assert_eq!(printed(&format!("\"{template}\""), &dataset(&given)), sentence, "{template} when {state}");
        }
    }
}

#[test]
fn labels_follow_the_period() {
    let (rules, problems) = super::load(&[super::sector_with("")], &super::config());
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(rules.declarations()[0].narrative[0].labels, ["Chủ đề năm 2024"]);
}
