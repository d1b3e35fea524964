use super::*;

#[test]
fn a_figure_is_shown_in_its_sentence() {
    let text = "Câu một. Trâu đạt 168 con, bò 48 con. Câu ba.";
    for (words, expected) in [("48 con", "Trâu đạt 168 con, bò 48 con."), ("Câu một", "Câu một.")] {
        assert_eq!(sentence_at(text, text.find(words).unwrap()), expected);
    }
    let twice = "trâu chưa có số liệu; bò chưa có số liệu.";
    assert_eq!(sentence_at(twice, twice.rfind("chưa").unwrap()), "bò chưa có số liệu.");
}
