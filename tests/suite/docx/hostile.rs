//! Unusual documents: empty ones, huge ones, and characters that XML does not allow.

use super::package::Package;
use super::{order, sample};
use tonghop_core::model::document::Document;
use tonghop_core::model::trace::Traces;
use tonghop_report::write::docx::{back_check, render};

/// Renders a document and asserts that it is well-formed, in schema order, and that its numbers are traced.
fn rendered(document: &Document, traces: &Traces) -> Package {
    let bytes = render(document, traces, None, None).unwrap();
    back_check::check(&bytes, traces).unwrap();
    let package = Package::open(&bytes);
    for part in package.parts.keys().filter(|part| part.starts_with("word/") && part.ends_with(".xml")) {
        assert_eq!(order::mistakes(&package.tree(part)), [""; 0], "{part}");
    }
    for (parent, child) in [("w:tc", "w:p"), ("w:tr", "w:tc"), ("w:tbl", "w:tr")] {
        let document = package.document();
        let whole = document.named(parent).iter().all(|node| node.child(child).is_some());
        assert!(whole, "Word refuses a {parent} without {child}");
    }
    package
}

#[test]
fn an_empty_report_is_a_document() {
    let package = rendered(&sample::empty_report(), &Traces::default());
    let document = package.document();
    assert!(document.text().starts_with("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
    assert!(!document.text().contains("Nơi nhận"));
    assert_eq!(package.notes().children.len(), 2, "the separators");
}

#[test]
fn every_sign_gets_into_the_document_or_is_left_out() {
    for (words, printed) in [
        ("a<b> & \"c\" 'd' ]]>", "a<b> & \"c\" 'd' ]]>"),
        ("</w:t></w:r><w:r>", "</w:t></w:r><w:r>"),
        ("&amp;&#xA;", "&amp;&#xA;"),
        ("x\u{0}\u{1}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff}y", "xy"),
        ("dòng\r\nkhác\tcột", "dòng\nkhác cột"),
        ("  đầu và cuối  ", "  đầu và cuối  "),
        ("𝄞 e\u{301} \u{200b}\u{feff}", "𝄞 e\u{301} \u{200b}\u{feff}"),
    ] {
        let (document, traces) = sample::report_with_text(words);
        let package = rendered(&document, &traces);
        let texts: Vec<String> = package.document().named("w:p").iter().map(|p| p.text()).collect();
        let times = texts.iter().filter(|text| text.ends_with(printed)).count();
        // Letterhead 4, titles 2, heading 1, item 1, tables 2 titles and 6 cells, closing 1, signature 3.
        assert_eq!(times, 20, "{words:?}: {texts:#?}");
        assert!(package.notes().text().contains(&format!(" ({printed})")), "a note inside a note");
    }
}

#[test]
fn very_long_words_do_not_stop_the_writer() {
    for words in ["chữ ".repeat(20_000), "A".repeat(200_000)] {
        let (document, traces) = sample::report_with_text(&words);
        rendered(&document, &traces);
    }
}

#[test]
fn a_long_report_keeps_every_note_and_figure() {
    let (document, traces) = sample::long_report(5_000);
    let package = rendered(&document, &traces);
    assert_eq!(package.document().named("w:footnoteReference").len(), 5_000);
    assert_eq!(package.notes().named("w:footnoteRef").len(), 5_000);
}

#[test]
fn traces_of_another_document_are_not_believed() {
    let (document, _) = sample::report_with_text("x");
    let (_, traces) = sample::long_report(2);
    let bytes = render(&document, &traces, None, None).unwrap();
    assert!(back_check::check(&bytes, &traces).is_err());
}
