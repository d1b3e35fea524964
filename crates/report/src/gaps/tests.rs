use super::*;

#[test]
fn a_figure_is_shown_in_its_sentence() {
    let text = "Câu một. Trâu đạt 168 con, bò 48 con. Câu ba.";
    assert_eq!(sentence_around(text, "48 con"), "Trâu đạt 168 con, bò 48 con.");
    assert_eq!(sentence_around(text, "Câu một"), "Câu một.");
    assert_eq!(sentence_around(text, "không có"), "Câu một.");
}
