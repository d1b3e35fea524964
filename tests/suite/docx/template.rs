//! The office's Word template: what it contains is used, and what it lacks comes from the program.

use super::package::Package;
use super::tree::Node;
use crate::project::{self, Outcome, Project};
use std::fs;
use std::io::{Cursor, Write};
use std::sync::OnceLock;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const FORM: &str = "plugins/mau-bao-cao.docx";
const WORD: &str = "bao-cao.docx";
const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:v="urn:schemas-microsoft-com:vml""#;
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The letterhead of the template: a number, an image, a placeholder split over three runs, a bookmark.
const HEAD: &str = r#"<w:p><w:bookmarkStart w:id="0" w:name="cu"/><w:r><w:t>VĂN PHÒNG 247 — {{CO_QUAN}}</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>
<w:p><w:r><w:pict><v:shape style="width:40pt;height:40pt"><v:imagedata r:id="rId7"/></v:shape></w:pict></w:r></w:p>
<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:rPr><w:i/></w:rPr><w:t>Nay: {{N</w:t></w:r><w:r><w:t>GA</w:t></w:r><w:r><w:t>Y}}.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:t>{{TRICH_YEU}}</w:t></w:r></w:p>"#;
const PLACE: &str = "<w:p><w:r><w:t>{{NOI_</w:t></w:r><w:r><w:t>DUNG}}</w:t></w:r></w:p>";
const TAIL: &str = "<w:p><w:r><w:t>Nơi nhận: 63 đơn vị. {{SO}}</w:t></w:r></w:p>";
const SECTION: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="rId9"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1000" w:right="900" w:bottom="1100" w:left="1800" w:header="500" w:footer="600" w:gutter="0"/></w:sectPr>"#;
const STYLES: &str = r#"<w:style w:type="paragraph" w:default="1" w:styleId="Binhthng"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="u1"><w:name w:val="heading 1"/><w:rPr><w:sz w:val="34"/></w:rPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="NoiDung"><w:name w:val="Nội dung"/><w:pPr><w:jc w:val="both"/></w:pPr><w:rPr><w:sz w:val="26"/></w:rPr></w:style>"#;

/// Zips a template with this body.
fn form(body: &str) -> Vec<u8> {
    let document = format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>");
    let styles = format!("<w:styles {SPACES}>{STYLES}</w:styles>");
    let footer = format!("<w:ftr {SPACES}><w:p><w:r><w:t>Cuối trang 99</w:t></w:r></w:p></w:ftr>");
    let relations = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATION}/styles" Target="styles.xml"/><Relationship Id="rId7" Type="{RELATION}/image" Target="media/dau.png"/><Relationship Id="rId9" Type="{RELATION}/footer" Target="/word/footer1.xml"/></Relationships>"#
    );
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>"#;
    let parts: [(&str, &[u8]); 6] = [
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/footer1.xml", footer.as_bytes()),
        ("word/media/dau.png", PIXEL),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        zip.start_file(path, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A black pixel as PNG.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";

fn run_with(form: &[u8]) -> Outcome {
    let project = Project::new();
    fs::write(project.path(FORM), form).unwrap();
    project.run()
}

/// Returns the run with a template that has every optional part; it is run once.
fn outcome_with_template() -> &'static Outcome {
    static FRAMED: OnceLock<Outcome> = OnceLock::new();
    FRAMED.get_or_init(|| run_with(&form(&whole())))
}

fn word(outcome: &Outcome) -> Package {
    Package::open(&outcome.files[WORD])
}

fn whole() -> String {
    [HEAD, PLACE, TAIL, SECTION].concat()
}

fn of_clean() -> Package {
    word(project::clean())
}

/// Returns the values of an attribute of all elements with a name.
fn values(tree: &Node, name: &str, attribute: &str) -> Vec<String> {
    tree.named(name).into_iter().filter_map(|node| node.attribute(attribute)).map(str::to_owned).collect()
}

fn style<'a>(styles: &'a Node, id: &str) -> &'a Node {
    let mut all = styles.named("w:style").into_iter();
    all.find(|style| style.attribute("w:styleId") == Some(id)).unwrap_or_else(|| panic!("no style {id}"))
}

#[test]
fn letterhead_and_ending_are_the_offices() {
    let outcome = outcome_with_template();
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    let (document, own) = (word(outcome).document(), of_clean().document());
    let text = document.text();
    assert!(text.starts_with("VĂN PHÒNG 247 — "), "{}", &text[..200]);
    assert!(text.contains("Nay: ") && text.contains("Nơi nhận: 63 đơn vị. "));
    assert!(!text.contains("{{") && !text.contains("}}"));
    assert!(own.text().contains("CỘNG HÒA") && !text.contains("CỘNG HÒA"));
    let dated = document.named("w:p").into_iter().find(|p| p.text().starts_with("Nay: ")).unwrap();
    assert!(dated.text().contains(" tháng ") && dated.text().ends_with('.'), "{}", dated.text());
    assert!(dated.named("w:r")[0].text().contains(" tháng "), "the look is that of the first run");
}

#[test]
fn figures_and_notes_are_all_there() {
    let (with, without) = (word(outcome_with_template()), of_clean());
    let (framed, own) = (with.document(), without.document());
    let mut names = values(&framed, "w:bookmarkStart", "w:name");
    names.retain(|name| !name.starts_with("MauPhan"));
    assert_eq!(names, values(&own, "w:bookmarkStart", "w:name"));
    assert_eq!(values(&framed, "w:footnoteReference", "w:id"), values(&own, "w:footnoteReference", "w:id"));
    assert_eq!(with.parts["word/footnotes.xml"], without.parts["word/footnotes.xml"]);
}

#[test]
fn page_and_styles_are_the_offices() {
    let package = word(outcome_with_template());
    let (document, styles) = (package.document(), package.styles());
    for section in document.named("w:sectPr") {
        let margins = section.child("w:pgMar").unwrap();
        let sides = ["w:top", "w:right", "w:bottom", "w:left", "w:footer"].map(|side| margins.number(side));
        assert_eq!(sides, [1000, 900, 1100, 1800, 600]);
        assert_eq!(values(section, "w:footerReference", "r:id"), ["rId9"]);
    }
    assert_eq!(style(&styles, "NoiDung").path(&["w:rPr", "w:sz"]).unwrap().number("w:val"), 26);
    assert_eq!(style(&styles, "Heading1").child("w:basedOn").unwrap().attribute("w:val"), Some("u1"));
    assert_eq!(style(&styles, "Normal").child("w:basedOn").unwrap().attribute("w:val"), Some("Binhthng"));
    for id in values(&document, "w:pStyle", "w:val") {
        style(&styles, &id);
    }
}

#[test]
fn parts_of_the_letterhead_come_with_it() {
    let package = word(outcome_with_template());
    let types = package.tree("[Content_Types].xml");
    let declared = values(&types, "Override", "PartName");
    let relations = package.tree("word/_rels/document.xml.rels");
    for (id, target) in [("rId7", "mau/media/dau.png"), ("rId9", "mau/footer1.xml")] {
        let mut all = relations.named("Relationship").into_iter();
        let relation = all.find(|relation| relation.attribute("Id") == Some(id)).unwrap();
        assert_eq!(relation.attribute("Target"), Some(target));
        assert!(package.parts.contains_key(&format!("word/{target}")));
        assert!(declared.contains(&format!("/word/{target}")));
    }
    let mut ids = values(&relations, "Relationship", "Id");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), relations.named("Relationship").len());
}

#[test]
fn a_form_without_place_for_the_text_gives_page_and_styles_only() {
    let outcome = run_with(&form(&[HEAD, SECTION].concat()));
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    let package = word(&outcome);
    assert_eq!(package.document().text(), of_clean().document().text());
    assert_eq!(package.document().named("w:pgMar")[0].number("w:left"), 1800);
}

#[test]
fn the_programs_own_report_is_a_template() {
    let own = of_clean();
    let outcome = run_with(&project::clean().files[WORD]);
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    assert_eq!(word(&outcome).document().text(), own.document().text());
    assert_eq!(word(&outcome).parts["word/styles.xml"], own.parts["word/styles.xml"]);
}

#[test]
fn the_form_is_an_input_of_the_run() {
    let clean = project::clean();
    let (first, second) = (outcome_with_template(), run_with(&form(&whole())));
    assert!(first.files == second.files);
    let manifest: serde_json::Value = serde_json::from_slice(&first.files["run.json"]).unwrap();
    assert_eq!(manifest["template"]["file"], FORM);
    assert_eq!(manifest["template"]["sha256"].as_str().unwrap().len(), 64);
    let without: serde_json::Value = serde_json::from_slice(&clean.files["run.json"]).unwrap();
    assert_eq!(without.get("template"), None);
    assert!(first.files["bao-cao.md"] == clean.files["bao-cao.md"]);
}

#[test]
fn a_form_that_cannot_be_used_is_named_and_the_programs_own_used() {
    let note = "<w:p><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let wide = SECTION.replace("w:left=\"1800\"", "w:left=\"9000\"");
    for (bytes, words) in [
        (b"PK no zip".to_vec(), "không phải là văn bản Word"),
        (form(&[HEAD, PLACE, PLACE, SECTION].concat()), "{{NOI_DUNG}}"),
        (form(&format!("<w:tbl><w:tr><w:tc>{PLACE}</w:tc></w:tr></w:tbl>{SECTION}")), "{{NOI_DUNG}}"),
        (form(&[&HEAD.replace("TRICH_YEU", "NAM"), PLACE, SECTION].concat()), "{{NAM}}"),
        (form(&[note, PLACE, SECTION].concat()), "chú thích"),
        (form(&[PLACE, &wide].concat()), "lề"),
        (form(&[&HEAD.replace("rId7", "rId70"), PLACE, SECTION].concat()), "thiếu phần rId70"),
        (form(&[PLACE, "<w:p>", SECTION].concat()), "hỏng"),
    ] {
        let outcome = run_with(&bytes);
        assert_eq!(outcome.exit, 1, "{words}");
        assert!(outcome.stderr.contains("template-unusable") && outcome.stderr.contains(FORM), "{}", outcome.stderr);
        assert!(outcome.stderr.contains(words), "{words}: {}", outcome.stderr);
        assert!(outcome.files[WORD] == project::clean().files[WORD], "{words}");
    }
}
