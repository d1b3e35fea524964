//! Checks the structure of the program where the compiler does not: no import cycles, libraries used in one place only,
//! file sizes, messages in both languages, and up-to-date generated files.

mod imports;

use crate::project::{files_below, plugin, repository, sheet_text};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Libraries that only one crate (a folder under `crates/`) or one module of `src/` may use.
const HOMES: [(&str, &str); 6] = [
    ("calamine", "read"),
    ("mlua", "rules"),
    ("rust_xlsxwriter", "report"),
    ("walkdir", "source"),
    ("clap", "cli"),
    ("indicatif", "cli"),
];

/// Words that once made the comments hard to read; CONTRIBUTING.md says how we write.
const ARCHAIC_WORDS: [&str; 8] = ["told", "whoever", "whom", "somebody", "nobody", "dear", "amid", "hear"];

/// The maximum number of lines of a file without its tests.
const LONGEST_FILE: usize = 450;

/// The maximum number of lines of a sector's rule file.
const LONGEST_SECTOR: usize = 200;

/// A simple sector has fewer lines than this: one page.
const PAGE: usize = 80;

/// The minimum number of simple sectors.
const PLAIN_SECTORS: usize = 25;

/// The first keys of a sector's declaration, in this order.
const HEAD: [&str; 5] = ["api", "id", "title", "section", "departments"];

#[test]
fn no_folder_has_an_import_cycle() {
    let sources = sources();
    let mut crates: BTreeMap<&str, BTreeMap<imports::Module, &str>> = BTreeMap::new();
    for file in sources.iter().filter(|file| file.name != "src/main.rs") {
        let (krate, module) = file.name.split_once("src/").unwrap();
        crates.entry(krate).or_default().insert(module_of(module), &file.code);
    }
    assert!(crates.len() > 5, "crates are not there: {:?}", crates.keys());
    let circles = crates.into_iter().map(|(krate, code)| (krate, imports::Crate::new(code).cycles()));
    let circles: Vec<_> = circles.filter(|(_, circles)| !circles.is_empty()).collect();
    assert!(circles.is_empty(), "{circles:#?}");
}

/// Returns the module path of a file below `src/`: `a/b.rs`, `a/b/mod.rs` or `lib.rs`.
fn module_of(file: &str) -> imports::Module {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|name| *name != "lib").map(str::to_owned).collect()
}

#[test]
fn libraries_stay_where_they_belong() {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for file in sources() {
        for (krate, home) in HOMES {
            if names(&file.code).any(|name| name == krate) {
                used.insert(krate);
                if file.owner != home {
                    wrong.push(format!("{} names {krate}, which belongs to {home}", file.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(used.len(), HOMES.len(), "a crate of the table is not used: {used:?}");
}

/// What writes a text into a workbook is in one file, which cuts what is too long.
#[test]
fn texts_of_workbooks_pass_through_one_place() {
    const WRITERS: [&str; 5] =
        ["write_string", "write_string_with_format", "write_url", "write_url_with_format", "insert_note"];
    const HOME: &str = "crates/report/src/write/xlsx/page.rs";
    let writes = |file: &Source| names(&file.code).any(|name| WRITERS.contains(&name));
    let of_report = |file: &Source| file.name.starts_with("crates/report/src/write") && !file.name.contains("/docx/");
    let found: Vec<String> = sources()
        .into_iter()
        .filter(|f| of_report(f) && f.code.contains("rust_xlsxwriter"))
        .filter(writes)
        .map(|f| f.name)
        .collect();
    assert_eq!(found, [HOME]);
}

#[test]
fn messages_are_in_both_languages() {
    let mut wrong = Vec::new();
    for file in sources().into_iter().filter(|file| !file.name.ends_with("core/src/message.rs")) {
        for constructor in ["msg!(", "Message::new("] {
            let english = arguments(&file.code, constructor).filter_map(|inside| literals(inside).nth(1));
            wrong.extend(english.filter(|words| is_vietnamese(words)).map(|words| format!("{}: {words}", file.name)));
        }
        let verbatim = arguments(&file.code, "Message::verbatim(").flat_map(literals);
        let own = verbatim.filter(|words| words.contains(char::is_alphabetic));
        wrong.extend(own.map(|words| format!("{}: {words} in one language only", file.name)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let code = "msg!(\n\"đạt {x}\", \"đạt\", x = f(\"y\")); Message::verbatim(format!(\"{a} ô\", a = b(1)))";
    assert_eq!(literals(arguments(code, "msg!(").next().unwrap()).collect::<Vec<_>>(), ["đạt {x}", "đạt", "y"]);
    assert_eq!(arguments(code, "Message::verbatim(").next(), Some("format!(\"{a} ô\", a = b(1))"));
    assert!(is_vietnamese("đạt") && !is_vietnamese("the words \\\"đạt\\\" …"));
}

#[test]
fn files_have_a_header() {
    let program: BTreeSet<String> = sources().into_iter().map(|file| file.name).collect();
    let ours = texts(&["src", "crates", "tests", "examples", "benches"])
        .filter(|(name, _)| !name.contains("src/") || program.contains(name));
    let silent: Vec<String> = ours.filter(|(_, text)| !text.starts_with("//! ")).map(|(name, _)| name).collect();
    assert!(silent.is_empty(), "no //! at the top of {silent:#?}");
}

#[test]
fn comments_are_in_plain_english() {
    let mut wrong = Vec::new();
    for (name, text) in texts(&["src", "crates", "tests", "examples", "benches"]) {
        let comments = text.lines().map(str::trim_start).enumerate().filter(|(_, line)| line.starts_with("//"));
        for (at, comment) in comments {
            let words = comment.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
            let found: Vec<String> = words.filter(|word| ARCHAIC_WORDS.contains(&word.as_str())).collect();
            if !found.is_empty() {
                wrong.push(format!("{name}:{}: {found:?}", at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = sources()
        .into_iter()
        // The catalogue is a table with one entry per kind of problem.
        .filter(|file| file.lines > LONGEST_FILE && !file.name.ends_with("diag/catalogue/entries.rs"))
        .map(|file| format!("{}: {}", file.name, file.lines))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn rules_of_a_sector_stay_short() {
    let lengths: BTreeMap<String, usize> =
        plugin::sectors().into_iter().map(|sector| (sector.file, sector.lua.lines().count())).collect();
    let long: Vec<_> = lengths.iter().filter(|(_, lines)| **lines > LONGEST_SECTOR).collect();
    assert!(long.is_empty(), "{long:#?}");
    let plain = lengths.values().filter(|lines| **lines < PAGE).count();
    assert!(plain >= PLAIN_SECTORS, "only {plain} of {} sectors are a page: {lengths:#?}", lengths.len());
}

#[test]
fn rules_of_all_sectors_start_alike() {
    for sector in plugin::sectors() {
        let (_, declaration) =
            sector.lua.split_once("\nreturn sector {\n").unwrap_or_else(|| panic!("{}", sector.file));
        let keys = declaration.lines().filter_map(|line| line.trim_start().split_once(" = ")).map(|(key, _)| key);
        assert!(keys.take(HEAD.len()).eq(HEAD), "{}: not {HEAD:?} first", sector.file);
        assert!(declaration.contains(&format!("\n  id = \"{}\",\n", sector.id)), "{}: another id", sector.file);
    }
}

#[test]
fn rules_hold_no_figure() {
    let files = files_below(&repository().join("plugins")).into_iter();
    let lua = files.filter(|path| path.extension().is_some_and(|extension| extension == "lua"));
    for path in lua {
        let code = plugin::code_without_strings(&fs::read_to_string(&path).unwrap());
        // A range says which numbers are doubtful; it is no figure.
        let mut parts = code.split("range = {");
        let first = parts.next().unwrap_or_default();
        let rest = parts.filter_map(|part| part.split_once('}')).map(|(_, rest)| rest);
        let code: String = std::iter::once(first).chain(rest).collect();
        let figure = names(&code).find(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(figure, None, "{}: numbers come from workbooks", path.display());
    }
}

#[test]
fn rule_code_excludes_strings() {
    let lua = "-- Năm 2023\nlocal a = t(\"đạt 24 \\\"x\\\" 25\") .. b -- 26\nreturn 0.8, a - 1";
    assert_eq!(plugin::code_without_strings(lua), "\nlocal a = t() .. b \nreturn 0.8, a - 1");
}

#[test]
fn workbooks_are_what_their_texts_build() {
    let (texts, books) = (repository().join("examples/workbooks"), repository().join("workbooks"));
    let mut built = BTreeSet::new();
    for source in files_below(&texts) {
        let book = sheet_text::parse(&fs::read_to_string(&source).unwrap()).unwrap();
        let target = books.join(source.strip_prefix(&texts).unwrap()).with_extension("xlsx");
        let same = fs::read(&target).is_ok_and(|bytes| bytes == sheet_text::build(&book).unwrap());
        assert!(same, "{}: cargo run --example build_workbooks", target.display());
        built.insert(target);
    }
    let kept: BTreeSet<PathBuf> = files_below(&books).into_iter().collect();
    assert_eq!(kept.difference(&built).collect::<Vec<_>>(), Vec::<&PathBuf>::new(), "no text builds these");
}

#[test]
fn code_excludes_tests() {
    let code = "a();\n#[cfg(test)]\nmod tests {\n    b();\n}\n#[cfg(test)]\nmod sample;\n// crate::c\nd();";
    assert_eq!(without_tests(code), "a();\nd();");
}

/// A source file of the program without its tests and comments.
struct Source {
    name: String,
    /// The crate under `crates/` or the module of `src/` that it belongs to.
    owner: String,
    code: String,
    lines: usize,
}

/// Reads the source files of the program, without files that contain only tests.
fn sources() -> Vec<Source> {
    let texts: BTreeMap<String, String> = texts(&["src", "crates"]).filter(|(name, _)| name.contains("src/")).collect();
    let tests: Vec<String> = texts.iter().flat_map(|(name, text)| test_modules(name, text)).collect();
    let of_program = texts.iter().filter(|(name, _)| !tests.iter().any(|test| name.starts_with(test)));
    let sources: Vec<Source> = of_program.map(|(name, text)| source(name, text)).collect();
    assert!(sources.len() > 30, "the program is not there");
    sources
}

fn source(name: &str, text: &str) -> Source {
    let inside = name.trim_start_matches("crates/").trim_start_matches("src/").trim_end_matches(".rs");
    let body = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
    Source {
        name: name.to_owned(),
        owner: inside.split('/').next().unwrap().to_owned(),
        code: without_tests(text),
        lines: body.lines().count(),
    }
}

/// Returns the path prefixes of the files of `#[cfg(test)] mod x;`.
fn test_modules(name: &str, text: &str) -> Vec<String> {
    let folder = name.trim_end_matches("mod.rs").trim_end_matches("lib.rs").trim_end_matches(".rs");
    let folder = folder.trim_end_matches('/');
    let declared = text.split("#[cfg(test)]\n").skip(1).filter_map(|rest| {
        let line = rest.lines().next().unwrap_or_default().trim_start_matches("pub").trim_start_matches("(crate)");
        line.trim().strip_prefix("mod ")?.strip_suffix(';').map(|module| format!("{folder}/{module}"))
    });
    declared.flat_map(|module| [format!("{module}.rs"), format!("{module}/")]).collect()
}

/// Removes comments and every item after `#[cfg(test)]`; the formatting by rustfmt shows where an item ends.
fn without_tests(text: &str) -> String {
    let mut lines = text.lines();
    let mut kept = Vec::new();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
            let item = lines.next().unwrap_or_default();
            if item.ends_with('{') {
                lines.by_ref().find(|line| *line == end);
            }
        } else if !line.trim_start().starts_with("//") {
            kept.push(line);
        }
    }
    kept.join("\n")
}

/// Returns the text inside the parentheses of each call of `name`, which includes the opening parenthesis.
fn arguments<'c>(code: &'c str, name: &'static str) -> impl Iterator<Item = &'c str> {
    code.match_indices(name).map(move |(at, _)| {
        let inside = &code[at + name.len()..];
        let (mut depth, mut quoted, mut escaped) = (1, false, false);
        let end = inside.find(|c| {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        &inside[..end.unwrap_or(inside.len())]
    })
}

/// Returns the contents of string literals, with escapes as written.
fn literals(code: &str) -> impl Iterator<Item = &str> {
    let mut rest = code;
    std::iter::from_fn(move || {
        let text = rest.split_once('"')?.1;
        let mut escaped = false;
        let end = text.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        rest = &text[end + 1..];
        Some(&text[..end])
    })
}

/// Returns whether a text has Vietnamese letters outside nested quotes.
fn is_vietnamese(text: &str) -> bool {
    let mut outside = text.split("\\\"").step_by(2);
    outside.any(|words| words.chars().any(|c| c.is_alphabetic() && !c.is_ascii()))
}

/// Returns the identifiers and numbers in a piece of code.
fn names(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|name| !name.is_empty())
}

/// Reads the Rust files below folders of the repository, with their paths from its root.
fn texts(folders: &[&str]) -> impl Iterator<Item = (String, String)> {
    let files: Vec<PathBuf> = folders.iter().flat_map(|folder| files_below(&repository().join(folder))).collect();
    let rust = files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| (name(&path), fs::read_to_string(&path).unwrap()))
}

fn name(path: &Path) -> String {
    path.strip_prefix(repository()).unwrap().to_str().unwrap().replace('\\', "/")
}
