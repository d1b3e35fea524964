//! Tests of the reason why a sheet is not read, on sheets drawn as text.

use super::*;

/// Returns the message of the only problem of a sheet of department `a`, in English.
fn reason(sectors: &[Arc<SectorDecl>], drawn: &str) -> String {
    let (_, diagnostics) = recognise_one(sectors, drawn);
    let [problem] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!(problem.code, Code::SheetUnknown);
    assert!(problem.hint.is_some());
    problem.message.in_language(tonghop_core::message::Language::English).to_owned()
}

#[test]
fn the_failed_test_is_named_with_its_cell() {
    for (drawn, expected) in [
        ("BÁO CÁO\n\nKính gửi: UBND", "the sheet has only text, beginning in \"BÁO CÁO\" (A1), and no topic"),
        ("5 | 6", "the number in A1: no row of two texts is above it"),
        (
            "STT | Ngôi nhà | Số phòng\n1 | Trường Hoa Sen | 12",
            "the number in A2: in the nearest row only \"STT\" (A1) is understood, not \"Ngôi nhà\" (B1), \"Số phòng\" (C1)",
        ),
        ("Mèo | Chó\n\n5 | 6", "the number in A3: the nearest row has \"Mèo\" (A1), \"Chó\" (B1), none of which"),
        (
            "Biểu 1\nSTT | Chỉ tiêu | Mèo | Chó\n1 | Số gà | | 5",
            "the table at A2 has headings, but no column says what its numbers are: the heading \"Chó\" (D2) is not",
        ),
        ("STT | Chỉ tiêu\n1 | Số gà", "the table at A1 has headings but no column of numbers"),
        (
            "Chỉ tiêu | Thực hiện\nPhần A |\nSố mèo | 5",
            "the headings are understood, but no row matches an indicator of the department, for example the row \"Số mèo\" (A3); the sheet",
        ),
        (
            "Chỉ tiêu | Thực hiện\n1. Tổng số thu | 5",
            "for example the row \"1. Tổng số thu\" (A2); the nearest is \"Tổng thu\" (s.rev)",
        ),
        ("Chỉ tiêu | Thực hiện", "the table at A1 has headings but no rows"),
    ] {
        let message = reason(&[sector("s", &[], MONEY)], drawn);
        assert!(message.contains(expected), "{drawn}\n{message}");
    }
}

#[test]
fn a_row_of_several_indicators_is_the_reason() {
    let sectors = [sector("s", &[], "one | Tổng thu | tỷ đồng"), sector("t", &[], "other | Tổng thu | tỷ đồng")];
    let message = reason(&sectors, "Chỉ tiêu | Thực hiện\nSố mèo | 1\nTổng thu | 5");
    assert!(
        message.starts_with("no row is clearly of one indicator; A3: \"Tổng thu\": the indicators s.one, t.other"),
        "{message}"
    );
}

#[test]
fn a_sheet_of_another_department_names_it() {
    let mut other = (*sector("o", &[], "cat | Số mèo | con\ndog | Số chó | con")).clone();
    other.departments = vec![DepartmentId::new("b")];
    let sectors = [sector("s", &[], MONEY), Arc::new(other)];
    let theirs = "Chỉ tiêu | Thực hiện\nSố mèo | 5\nSố chó | 6";
    let sheets = || vec![sheet("Của ta", "Chỉ tiêu | Thực hiện\nTổng thu | 5"), sheet("Lạ", theirs)];
    let (_, diagnostics) = recognise(&[book("a", "x", sheets())], &sectors, &config());
    assert_eq!(format_problems(&diagnostics), ["sheet-unknown Lạ"]);
    let message = diagnostics[0].message.vietnamese();
    assert!(
        message.starts_with("trang tính có 2 chỉ tiêu, nội dung của đơn vị khác (b), ví dụ ô \"5\" (B2)"),
        "{message}"
    );
    assert!(diagnostics[0].hint.as_ref().unwrap().vietnamese().contains("workbooks/b"));
    let mostly_unknown = "Chỉ tiêu | Thực hiện\nSố mèo | 5\nSố gà | 6\nSố vịt | 7";
    let sheets = vec![sheet("Của ta", "Chỉ tiêu | Thực hiện\nTổng thu | 5"), sheet("Lạ", mostly_unknown)];
    let (_, diagnostics) = recognise(&[book("a", "x", sheets)], &sectors, &config());
    assert!(diagnostics[0].message.vietnamese().starts_with("tiêu đề cột đã hiểu"), "{:?}", diagnostics[0].message);
}
