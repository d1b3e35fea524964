//! Tests the guide for rule authors: every rule in it runs and gives the result shown below it, in both languages.
//!
//! The project of the guide is its `toml` block and its tables. Each `lua` block is added to it, and each line of the
//! following `text` block must be in the report or among the problems.

use crate::project::{repository, run_cli, sheet_text};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const GUIDES: [&str; 2] = ["docs/rules.md", "docs/rules.en.md"];
/// The pages on tests of rules, in the order of the guides.
const RULE_TESTS: [&str; 2] = ["docs/rule-tests.md", "docs/rule-tests.en.md"];
const BOOK: &str = "workbooks/phong-moi-truong/bieu.xlsx";
/// The first heading of tables that are sheets; other tables are explanations.
const SHEET: &str = "| STT |";

/// A fenced block of a guide: its language and its lines.
struct Block {
    language: String,
    line: usize,
    text: String,
}

fn blocks(guide: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (number, line) in guide.lines().enumerate() {
        if let Some(language) = line.strip_prefix("```") {
            if !open {
                blocks.push(Block { language: language.to_owned(), line: number + 1, text: String::new() });
            }
            open = !open;
        } else if open {
            let block = blocks.last_mut().unwrap();
            block.text.push_str(line);
            block.text.push('\n');
        }
    }
    blocks
}

/// Converts the sheets of a guide to the text format of workbooks.
fn book(guide: &str) -> Vec<u8> {
    let mut drawn = String::new();
    let mut row = 0;
    for line in guide.lines() {
        if line.starts_with(SHEET) {
            drawn.push_str(&format!("@sheet {}\n", drawn.matches("@sheet").count() + 1));
            row = 1;
        } else if !line.starts_with('|') {
            row = 0;
        }
        if row > 0 && !line.starts_with("|---") {
            drawn.push_str(&format!("{row} {line}\n"));
            row += 1;
        }
    }
    sheet_text::build(&sheet_text::parse(&drawn).unwrap()).unwrap()
}

/// Runs the project of a guide and returns its report and its problems, one per line.
fn run_output(project: &Path) -> String {
    let outcome = run_cli(&[OsStr::new("run"), project.as_os_str(), OsStr::new("--message-format=short")]);
    let report = fs::read_to_string(project.join("out/2024-09-thang/bao-cao.md")).unwrap_or_default();
    report + &outcome.stderr
}

/// Returns the lints for rules that did not run; the rules of a guide are right, or fail when they run.
fn lint_output(project: &Path) -> Vec<String> {
    let outcome = run_cli(&[OsStr::new("check"), project.as_os_str(), OsStr::new("--message-format=short")]);
    let suspicions = ["[template-suspect]", "[name-shadowed]", "[rule-idle]"];
    let lines = outcome.stderr.lines().filter(|line| suspicions.iter().any(|code| line.contains(code)));
    lines.map(str::to_owned).collect()
}

fn write(folder: &Path, file: &str, content: &[u8]) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

#[test]
fn the_shown_test_passes_and_can_fail() {
    for (name, guide) in RULE_TESTS.into_iter().zip(GUIDES) {
        let [page, guide] = [name, guide].map(|name| fs::read_to_string(repository().join(name)).unwrap());
        let (shown, blocks) = (blocks(&page), blocks(&guide));
        let folder = TempDir::new().unwrap();
        write(folder.path(), "tonghop.toml", blocks.iter().find(|b| b.language == "toml").unwrap().text.as_bytes());
        let rule = blocks.iter().find(|b| b.text.contains("out:shortfall {")).unwrap();
        write(folder.path(), "plugins/environment.lua", rule.text.as_bytes());
        let test = |text: &str| {
            write(folder.path(), "plugins/tests/environment/cay-cham.md", text.as_bytes());
            run_cli(&[OsStr::new("test"), folder.path().as_os_str()])
        };
        let outcome = test(&shown[0].text);
        assert_eq!(outcome.exit, 0, "{name}: {}{}", outcome.stdout, outcome.stderr);
        assert_eq!(test(&shown[0].text.replace("42,7", "42,8")).exit, 1, "{name}");
    }
}

#[test]
fn every_rule_gives_the_shown_result() {
    for name in GUIDES {
        let guide = fs::read_to_string(repository().join(name)).unwrap();
        let blocks = blocks(&guide);
        let folder = TempDir::new().unwrap();
        let write = |file: &str, content: &[u8]| write(folder.path(), file, content);
        write("tonghop.toml", blocks.iter().find(|b| b.language == "toml").unwrap().text.as_bytes());
        write(BOOK, &book(&guide));
        let mut tried = 0;
        for pair in blocks.windows(2).filter(|pair| pair[0].language == "lua") {
            let [rule, wanted] = pair else { unreachable!() };
            assert_eq!(wanted.language, "text", "{name}:{}: no result below the rule", rule.line);
            let first = rule.text.lines().next().unwrap();
            let file = first.strip_prefix("-- ").filter(|file| file.ends_with(".lua"));
            let file = file.unwrap_or("plugins/environment.lua");
            // Rules over all sectors are shown with the sector that they are about.
            let about = match file.rsplit('/').next() {
                Some("checks.lua") => blocks.iter().find(|b| b.text.contains("households =")),
                Some("report.lua") => blocks.iter().find(|b| b.text.contains("out:shortfall")),
                _ => None,
            };
            if let Some(sector) = about {
                write("plugins/environment.lua", sector.text.as_bytes());
            }
            write(file, rule.text.as_bytes());
            let output = run_output(folder.path());
            for line in wanted.text.lines() {
                assert!(output.contains(line), "{name}:{}: {line:?} is not in\n{output}", wanted.line);
            }
            let suspected = lint_output(folder.path());
            assert!(suspected.is_empty(), "{name}:{}: {suspected:#?}", rule.line);
            for over_all in ["plugins/checks.lua", "plugins/report.lua"] {
                let _ = fs::remove_file(folder.path().join(over_all));
            }
            tried += 1;
        }
        assert!(tried >= 9, "{name}: only {tried} rules");
    }
}

#[test]
fn the_guides_are_one_in_two_languages() {
    let [vietnamese, english] = GUIDES.map(|name| fs::read_to_string(repository().join(name)).unwrap());
    let code = |guide: &str| blocks(guide).into_iter().map(|b| without_comments(&b)).collect::<Vec<_>>();
    assert_eq!(code(&vietnamese), code(&english));
    let chapters = |guide: &str| guide.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(chapters(&vietnamese), chapters(&english));
}

fn without_comments(block: &Block) -> String {
    block.text.lines().map(|line| line.split(" --").next().unwrap().trim_end()).collect::<Vec<_>>().join("\n")
}
