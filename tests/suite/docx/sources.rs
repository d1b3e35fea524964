//! The appendix of sources: one row per figure, linked both ways, and absent unless requested.

use super::package::Package;
use super::tree::Node;
use super::{bytes, clean_package, order, project_with_tables, run_with};
use crate::project::{Project, clean_run};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use tonghop::pipeline::{OutputOptions, Run};
use tonghop_core::model::trace::FigureTrace;
use tonghop_report::write::docx::back_check::{check, numbers};

/// The style of a cell of the appendix.
const CELL: &str = "ONguon";

/// Returns the runs with the appendix: of the repository's project, and of one with tables and appendices.
fn runs_with_appendix() -> &'static [Run; 2] {
    static RUNS: OnceLock<[Run; 2]> = OnceLock::new();
    RUNS.get_or_init(|| [Project::new(), project_with_tables()].map(|p| run_with(&p, OutputOptions { sources: true })))
}

fn package(run: &Run) -> Package {
    Package::open(bytes(run))
}

/// Returns the table of the appendix, which is the last one.
fn table(document: &Node) -> &Node {
    document.named("w:tbl").pop().expect("a table")
}

/// Returns the rows of the appendix without the titles.
fn rows(table: &Node) -> Vec<&Node> {
    table.named("w:tr").into_iter().skip(1).collect()
}

/// Returns the anchor of each link with the bookmark directly around it, if there is one.
fn links(part: &Node) -> Vec<(Option<String>, String)> {
    let mut links = Vec::new();
    for paragraph in part.named("w:p") {
        let mut open = None;
        for child in &paragraph.children {
            match child.name.as_str() {
                "w:bookmarkStart" => open = child.attribute("w:name").map(str::to_owned),
                "w:bookmarkEnd" => open = None,
                "w:hyperlink" => links.push((open.clone(), child.attribute("w:anchor").unwrap().to_owned())),
                _ => {}
            }
        }
    }
    links
}

/// Returns the lines of a cell.
fn lines(cell: &Node) -> Vec<String> {
    let lines: Vec<String> = cell.named("w:p").iter().map(|paragraph| paragraph.text()).collect();
    if lines.iter().all(String::is_empty) { Vec::new() } else { lines }
}

#[test]
fn every_figure_leads_to_its_row_and_back() {
    for run in runs_with_appendix() {
        let package = package(run);
        let (document, notes) = (package.document(), package.notes());
        let (back, there): (Vec<_>, Vec<_>) =
            links(&document).into_iter().chain(links(&notes)).partition(|(around, _)| around.is_none());
        let there: BTreeMap<String, String> = there.into_iter().map(|(from, to)| (from.unwrap(), to)).collect();
        assert_eq!((there.len(), back.len()), (run.traces.figures.len(), run.traces.figures.len()));
        for (row, figure) in rows(table(&document)).into_iter().zip(&run.traces.figures) {
            let names: Vec<_> = row.named("w:bookmarkStart").iter().map(|mark| mark.attribute("w:name")).collect();
            assert_eq!(names, [Some(there[&figure.bookmark].as_str())], "{}", figure.id);
            let [link] = row.named("w:hyperlink")[..] else { panic!("{}", figure.id) };
            assert_eq!(link.attribute("w:anchor"), Some(figure.bookmark.as_str()), "{}", figure.id);
        }
    }
}

#[test]
fn bookmarks_are_unique_and_every_link_finds_one() {
    for run in runs_with_appendix() {
        let package = package(run);
        let parts = [package.document(), package.notes()];
        let marks: Vec<&Node> = parts.iter().flat_map(|part| part.named("w:bookmarkStart")).collect();
        let names: BTreeSet<&str> = marks.iter().map(|mark| mark.attribute("w:name").unwrap()).collect();
        let ids: BTreeSet<i64> = marks.iter().map(|mark| mark.number("w:id")).collect();
        assert_eq!((names.len(), ids.len(), marks.len()), (marks.len(), marks.len(), 2 * run.traces.figures.len()));
        assert!(names.iter().all(|name| name.len() <= 40));
        for link in parts.iter().flat_map(|part| part.named("w:hyperlink")) {
            assert!(names.contains(link.attribute("w:anchor").unwrap()), "{link:?}");
        }
    }
}

#[test]
fn rows_are_those_of_the_traces() {
    for run in runs_with_appendix() {
        let document = package(run).document();
        let rows = rows(table(&document));
        assert_eq!(rows.len(), run.traces.figures.len());
        for ((at, row), figure) in (1..).zip(rows).zip(&run.traces.figures) {
            let cells: Vec<Vec<String>> = row.named("w:tc").into_iter().map(lines).collect();
            let [ordinal, printed, section, _, files, sheets, addresses, raw, rule] = &cells[..] else {
                panic!("{cells:?}")
            };
            assert_eq!((ordinal, printed), (&vec![i32::to_string(&at)], &vec![figure.text.clone()]));
            assert_eq!(section, &vec![figure.section.to_string()]);
            let sources = expected_sources(figure);
            assert_eq!([files, sheets, addresses, raw].map(Clone::clone), sources, "{}", figure.id);
            let line = figure.rule.as_ref().map(|rule| format!("{}:{}", rule.file, rule.line));
            assert_eq!(rule, &Vec::from_iter(line), "{}", figure.id);
        }
    }
}

/// Returns the files and settings, sheets, cells and raw contents in the traces of a figure.
fn expected_sources(figure: &FigureTrace) -> [Vec<String>; 4] {
    let sources = &figure.sources;
    let settings = figure.settings.iter().map(|key| format!("tonghop.toml: {key}"));
    let columns = [
        sources.iter().map(|s| s.file.to_string()).chain(settings).collect(),
        sources.iter().map(|s| s.sheet.to_string()).collect(),
        sources.iter().map(|s| s.cell.clone()).collect(),
        sources.iter().map(|s| s.raw.clone()).collect(),
    ];
    columns.map(|lines: Vec<String>| if lines.iter().all(String::is_empty) { Vec::new() } else { lines })
}

#[test]
fn departments_have_their_names() {
    let document = package(&runs_with_appendix()[0]).document();
    let texts: BTreeSet<String> = rows(table(&document)).iter().flat_map(|row| lines(row.named("w:tc")[3])).collect();
    assert!(texts.contains("Phòng Kinh tế"), "{texts:?}");
}

#[test]
fn the_appendix_is_the_last_section_and_lies_across() {
    for (run, number) in runs_with_appendix().iter().zip(["Phụ lục I", "Phụ lục III"]) {
        let package = package(run);
        let document = package.document();
        let section = document.named("w:sectPr").pop().unwrap();
        assert_eq!(section.child("w:pgSz").unwrap().attribute("w:orient"), Some("landscape"));
        assert_eq!(section.child("w:pgNumType").unwrap().number("w:start"), 1);
        let mut titles = document.named("w:p").into_iter().map(Node::text).filter(|text| text.starts_with("Phụ lục "));
        assert_eq!(titles.next_back().unwrap(), format!("{number}\nNguồn số liệu"));
        let first = table(&document).child("w:tr").unwrap();
        assert!(first.path(&["w:trPr", "w:tblHeader"]).is_some());
        assert_eq!(first.text(), "STTSố liệuMụcĐơn vịTệpTrang tínhÔNội dung gốcDòng quy tắc");
        for part in ["word/document.xml", "word/footnotes.xml", "word/styles.xml"] {
            assert_eq!(order::mistakes(&package.tree(part)), [""; 0], "{part}");
        }
    }
}

#[test]
fn linked_figures_look_like_others() {
    let (linked, bare) = (package(&runs_with_appendix()[0]), clean_package());
    for part in ["word/document.xml", "word/footnotes.xml"] {
        let (linked, bare) = (linked.tree(part), bare.tree(part));
        let own = |tree: &Node| -> Vec<String> {
            let paragraphs = tree.named("w:p").into_iter();
            let own = paragraphs.filter(|p| p.path(&["w:pPr", "w:pStyle"]).unwrap().attribute("w:val") != Some(CELL));
            own.flat_map(|p| p.named("w:r").into_iter().map(|run| format!("{:?}", run.children)).collect::<Vec<_>>())
                .collect()
        };
        let (linked, bare) = (own(&linked), own(&bare));
        assert!(linked.starts_with(&bare), "{part}: a run has changed");
    }
}

#[test]
fn numbers_of_the_appendix_are_not_numbers_of_the_report() {
    for run in runs_with_appendix() {
        check(bytes(run), &run.traces).unwrap();
    }
    assert_eq!(numbers(bytes(&runs_with_appendix()[0])).unwrap(), numbers(bytes(clean_run())).unwrap());
}

#[test]
fn a_changed_number_is_found_all_the_same() {
    let changed = package(&runs_with_appendix()[0])
        .changed("word/document.xml", |xml| xml.replacen("3.314 tỷ đồng", "3.315 tỷ đồng", 1));
    assert!(check(&changed, &runs_with_appendix()[0].traces).is_err());
}

#[test]
fn links_are_absent_unless_requested() {
    let package = clean_package();
    for part in ["word/document.xml", "word/footnotes.xml"] {
        assert!(package.tree(part).named("w:hyperlink").is_empty(), "{part}");
    }
    for name in [CELL, "LienKet", "Nguồn số liệu"] {
        let holds = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(name);
        assert!(!package.parts.values().any(holds), "{name}");
    }
    let others = |run: &'static Run| {
        run.files
            .iter()
            .filter(|file| !["bao-cao.docx", "bao-cao-ban-lam-viec.docx", "run.json"].contains(&&*file.name))
    };
    assert!(others(clean_run()).eq(others(&runs_with_appendix()[0])), "other files change");
}
