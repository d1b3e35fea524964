//! The check that reads the finished document back detects changed numbers.

use super::package::Package;
use super::{bytes, clean_package, run_with_tables, with_tables};
use crate::project::clean_run;
use tonghop_core::model::trace::{LineKind, Traces};
use tonghop_report::write::docx::back_check::{BackCheckError, DocumentNumber, check, numbers};

const DOCUMENT: &str = "word/document.xml";
const NOTES: &str = "word/footnotes.xml";

/// Returns the surplus and the missing numbers that the check finds.
fn check_numbers(bytes: &[u8], traces: &Traces) -> (Vec<DocumentNumber>, Vec<DocumentNumber>) {
    match check(bytes, traces) {
        Err(BackCheckError::Numbers { without_trace, without_number }) => (without_trace, without_number),
        other => panic!("nothing found: {other:?}"),
    }
}

fn texts(numbers: &[DocumentNumber]) -> Vec<(LineKind, &str)> {
    numbers.iter().map(|number| (number.place, number.text.as_str())).collect()
}

#[test]
fn honest_documents_pass() {
    for run in [clean_run(), run_with_tables()] {
        check(bytes(run), &run.traces).unwrap();
        let numbers = numbers(bytes(run)).unwrap();
        let figures = numbers.iter().filter(|number| number.bookmark.is_some()).count();
        assert_eq!(figures, run.traces.figures.len());
        for place in [LineKind::Text, LineKind::Footnote, LineKind::Heading] {
            assert!(numbers.iter().any(|number| number.place == place), "{place:?}");
        }
    }
    let in_tables = numbers(bytes(run_with_tables())).unwrap();
    assert!(in_tables.iter().any(|number| number.place == LineKind::Table));
}

#[test]
fn a_changed_number_is_found_on_both_sides() {
    // Part, original text, replacement, surplus numbers, missing numbers.
    type Case = (&'static str, &'static str, &'static str, &'static [&'static str], &'static [&'static str]);
    const CASES: &[Case] = &[
        (DOCUMENT, "3.314 tỷ đồng", "3.315 tỷ đồng", &["3.315 tỷ đồng"], &["3.314 tỷ đồng"]),
        (DOCUMENT, "172.000 lượt khách", "", &[""], &["172.000 lượt khách"]),
        (DOCUMENT, "thành phố ước đón ", "thành phố ước đón 17 ", &["17"], &[]),
        (DOCUMENT, "01/NQ-CP; ", "/NQ-CP; ", &[], &["01"]),
        (NOTES, ">Đã phát hiện, xử lý ", ">Đã phát hiện, xử lý &#52;", &["4"], &[]),
        (NOTES, "68.475 trđ", "68475 trđ", &["68475 trđ"], &["68.475 trđ"]),
    ];
    for (part, from, to, more, fewer) in CASES {
        let changed = clean_package().changed(part, |xml| xml.replacen(from, to, 1));
        let (without_trace, without_number) = check_numbers(&changed, &clean_run().traces);
        let words =
            |numbers: &[DocumentNumber]| texts(numbers).iter().map(|(_, text)| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!((words(&without_trace), words(&without_number)), (owned(more), owned(fewer)), "{from} -> {to}");
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_number_in_another_place_is_not_the_same_number() {
    let changed = with_tables().changed(DOCUMENT, |xml| {
        xml.replace("w:val=\"OSo\"", "w:val=\"NoiDung\"").replace("w:val=\"OBang\"", "w:val=\"NoiDung\"")
    });
    let (without_trace, without_number) = check_numbers(&changed, &run_with_tables().traces);
    assert!(without_trace.iter().all(|number| number.place == LineKind::Text));
    assert!(without_number.iter().all(|number| number.place == LineKind::Table));
    assert_eq!(without_trace.len(), without_number.len());
}

#[test]
fn a_figure_without_bookmark_or_trace_is_found() {
    let mut in_text = clean_run().traces.figures.iter().filter(|figure| figure.place == LineKind::Text);
    let name = &in_text.next().unwrap().bookmark;
    let changed = clean_package().changed(DOCUMENT, |xml| xml.replace(name.as_str(), "f_other"));
    let (without_trace, without_number) = check_numbers(&changed, &clean_run().traces);
    assert_eq!(
        (without_trace[0].bookmark.as_deref(), without_number[0].bookmark.as_ref()),
        (Some("f_other"), Some(name))
    );

    let mut fewer = clean_run().traces.clone();
    let lost = fewer.figures.remove(0);
    let (without_trace, without_number) = check_numbers(bytes(clean_run()), &fewer);
    assert_eq!(texts(&without_trace), [(lost.place, lost.text.as_str())]);
    assert!(without_number.is_empty());
}

#[test]
fn numbers_of_headings_and_pages_are_not_numbers_of_the_report() {
    let package = clean_package();
    assert!(package.document().named("w:r").iter().any(|run| run.text() == "2.1. "));
    let read = numbers(bytes(clean_run())).unwrap();
    assert!(
        !read.iter().any(|number| number.place == LineKind::Heading && number.bookmark.is_none() && number.text == "1")
    );
}

#[test]
fn the_error_names_the_numbers() {
    let changed =
        clean_package().changed(DOCUMENT, |xml| xml.replacen("thành phố ước đón ", "thành phố ước đón 17 ", 1));
    let error = check(&changed, &clean_run().traces).unwrap_err();
    assert!(error.to_string().contains("thừa \"17\" (phần lời); thiếu không có"), "{error}");
}

#[test]
fn bytes_that_are_not_a_document_are_refused() {
    let broken = Package::open(bytes(clean_run())).changed(DOCUMENT, |xml| xml.replace("</w:body>", ""));
    for bytes in [&b""[..], b"PK", &broken] {
        assert!(!matches!(check(bytes, &clean_run().traces), Ok(()) | Err(BackCheckError::Numbers { .. })));
    }
}
