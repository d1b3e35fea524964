//! Footnotes, bookmarks and the package, as Word requires them.

use super::package::{Package, ParagraphFormat};
use super::tree::Node;
use super::{bytes, clean_package, order, run, run_with_tables, with_tables};
use crate::project::{Project, book, clean_run};
use std::collections::BTreeSet;
use std::io::Cursor;
use tonghop::pipeline::Run;
use zip::ZipArchive;

fn clean_and_with_tables() -> [(&'static Run, Package); 2] {
    [(clean_run(), clean_package()), (run_with_tables(), with_tables())]
}

/// Returns the names of the bookmarks in reading order, those of a footnote at its mark.
fn bookmarks(node: &Node, notes: &Node) -> Vec<String> {
    let mut names = Vec::new();
    for element in node.all() {
        match element.name.as_str() {
            "w:bookmarkStart" => names.push(element.attribute("w:name").unwrap().to_owned()),
            "w:footnoteReference" => {
                let id = element.attribute("w:id");
                let note = notes.children.iter().find(|note| note.attribute("w:id") == id).expect("a note");
                names.extend(bookmarks(note, notes));
            }
            _ => {}
        }
    }
    names
}

#[test]
fn every_figure_has_its_bookmark_in_the_order_of_the_traces() {
    for (run, package) in clean_and_with_tables() {
        let found = bookmarks(&package.document(), &package.notes());
        let traced: Vec<&str> = run.traces.figures.iter().map(|figure| figure.bookmark.as_str()).collect();
        assert!(traced.len() > 500);
        assert_eq!(found, traced);
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len(), "names are unique");
        assert!(found.iter().all(|name| name.len() <= 40 && name.starts_with(|c: char| c.is_ascii_alphabetic())));
    }
}

#[test]
fn bookmarks_are_closed_where_they_were_opened() {
    for (_, package) in clean_and_with_tables() {
        let (document, notes) = (package.document(), package.notes());
        let mut ids = BTreeSet::new();
        for paragraph in document.named("w:p").into_iter().chain(notes.named("w:p")) {
            let of = |name| paragraph.named(name).iter().map(|node| node.number("w:id")).collect::<Vec<_>>();
            let (starts, ends) = (of("w:bookmarkStart"), of("w:bookmarkEnd"));
            assert_eq!(starts, ends);
            assert!(starts.into_iter().all(|id| ids.insert(id)), "an id is used twice");
        }
    }
}

#[test]
fn notes_are_those_of_the_report() {
    let package = clean_package();
    let (document, notes) = (package.document(), package.notes());
    let markdown = clean_run().files.iter().find(|file| file.name == "bao-cao.md").unwrap();
    let markdown = String::from_utf8(markdown.bytes.clone()).unwrap();
    let bodies: Vec<String> = markdown
        .lines()
        .filter_map(|line| line.strip_prefix("[^")?.split_once("]: "))
        .map(|(_, body)| body.replace('\\', ""))
        .collect();
    assert!(bodies.len() >= 50, "{} notes", bodies.len());
    let own = notes.children.iter().filter(|note| note.attribute("w:type").is_none());
    let own: Vec<String> = own.map(|note| note.text().trim_start().to_owned()).collect();
    assert_eq!(own, bodies);
    let marks: Vec<i64> = document.named("w:footnoteReference").iter().map(|mark| mark.number("w:id")).collect();
    assert_eq!(marks, (1..=bodies.len() as i64).collect::<Vec<_>>(), "one numbering through the document");
}

#[test]
fn notes_are_real_ones() {
    let package = clean_package();
    let (document, notes, styles) = (package.document(), package.notes(), package.styles());
    let kinds = notes.children.iter().filter_map(|note| note.attribute("w:type").map(|t| (t, note.number("w:id"))));
    assert_eq!(kinds.collect::<Vec<_>>(), [("separator", -1), ("continuationSeparator", 0)]);
    let settings = package.tree("word/settings.xml");
    let properties = settings.child("w:footnotePr").unwrap();
    let separators = properties.children.iter().filter(|child| child.name == "w:footnote");
    assert_eq!(separators.map(|note| note.number("w:id")).collect::<Vec<_>>(), [-1, 0]);
    for note in notes.children.iter().filter(|note| note.attribute("w:type").is_none()) {
        assert_eq!(note.named("w:footnoteRef").len(), 1, "a note shows its number");
        let look = ParagraphFormat::of_paragraph(note.child("w:p").unwrap(), &styles);
        assert_eq!((look.half_points(), look.align()), (20, "both"));
    }
    for run in document.named("w:r").into_iter().filter(|run| run.child("w:footnoteReference").is_some()) {
        let style = run.path(&["w:rPr", "w:rStyle"]).and_then(|style| style.attribute("w:val"));
        assert_eq!(style, Some("FootnoteReference"));
    }
}

#[test]
fn a_mark_is_right_after_its_text() {
    let document = clean_package().document();
    let with_marks = document.named("w:p").into_iter().map(|paragraph| {
        let pieces = paragraph.all().into_iter().map(|node| match node.name.as_str() {
            "w:t" => node.own_text.clone(),
            "w:footnoteReference" => format!("[^{}]", node.number("w:id")),
            _ => String::new(),
        });
        pieces.collect::<String>()
    });
    let words: BTreeSet<String> = with_marks.collect();
    let markdown = clean_run().files.iter().find(|file| file.name == "bao-cao.md").unwrap();
    let markdown = String::from_utf8(markdown.bytes.clone()).unwrap();
    let lines = markdown.lines().filter(|line| line.contains("[^") && !line.starts_with("[^"));
    let lost: Vec<&str> = lines.filter(|line| !words.contains(&line.replace('\\', ""))).collect();
    assert_eq!(lost, [""; 0]);
}

#[test]
fn styles_that_are_named_are_declared() {
    for (_, package) in clean_and_with_tables() {
        let styles = package.styles();
        let declared: BTreeSet<&str> =
            styles.named("w:style").iter().map(|style| style.attribute("w:styleId").unwrap()).collect();
        assert_eq!(declared.len(), styles.named("w:style").len(), "ids are unique");
        let names: BTreeSet<&str> =
            styles.named("w:name").iter().map(|name| name.attribute("w:val").unwrap()).collect();
        assert_eq!(names.len(), declared.len(), "names are unique");
        // Word treats text after a comma as an alias; the validator of the Open XML SDK rejects it.
        assert!(names.iter().all(|name| !name.contains(',')), "{names:?}");
        for part in ["word/document.xml", "word/footnotes.xml", "word/header1.xml"] {
            let tree = package.tree(part);
            let used = tree
                .all()
                .into_iter()
                .filter(|node| ["w:pStyle", "w:rStyle", "w:tblStyle"].contains(&node.name.as_str()));
            for style in used {
                assert!(declared.contains(style.attribute("w:val").unwrap()), "{part}: {style:?}");
            }
            assert!(tree.named("w:p").iter().all(|p| p.path(&["w:pPr", "w:pStyle"]).is_some()), "{part}");
        }
    }
}

#[test]
fn properties_are_in_schema_order() {
    for (_, package) in clean_and_with_tables() {
        for part in package.parts.keys().filter(|part| part.starts_with("word/") && part.ends_with(".xml")) {
            assert_eq!(order::mistakes(&package.tree(part)), [""; 0], "{part}");
        }
    }
}

#[test]
fn parts_are_declared_and_found() {
    let package = clean_package();
    let types = package.tree("[Content_Types].xml");
    let overrides = types.named("Override");
    let declared: BTreeSet<&str> = overrides.iter().map(|o| &o.attribute("PartName").unwrap()[1..]).collect();
    let parts: BTreeSet<&str> = package
        .parts
        .keys()
        .map(String::as_str)
        .filter(|part| !part.contains("rels") && !part.starts_with('['))
        .collect();
    assert_eq!(declared, parts);
    let related = |rels: &str, folder: &str| -> BTreeSet<String> {
        let tree = package.tree(rels);
        tree.named("Relationship").iter().map(|r| format!("{folder}{}", r.attribute("Target").unwrap())).collect()
    };
    let mut found = related("_rels/.rels", "");
    found.extend(related("word/_rels/document.xml.rels", "word/"));
    assert_eq!(found.iter().map(String::as_str).collect::<BTreeSet<_>>(), parts);
}

#[test]
fn two_runs_give_the_same_bytes_and_no_date() {
    assert!(bytes(clean_run()) == bytes(&run(&Project::new())));
    let mut archive = ZipArchive::new(Cursor::new(bytes(clean_run()))).unwrap();
    for at in 0..archive.len() {
        let part = archive.by_index(at).unwrap();
        assert_eq!(part.last_modified().map(|date| date.year()), Some(1980));
    }
    let core = book::parts(bytes(clean_run())).remove("docProps/core.xml").unwrap();
    assert_eq!(String::from_utf8(core).unwrap().matches("2000-01-01T00:00:00Z").count(), 2);
}
