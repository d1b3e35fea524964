//! Messages in English; and output files that do not depend on the language.

use crate::case::{self, Case};
use crate::checked;
use crate::project::{self, Outcome, PERIOD, Project, clean, files_below, repository, run_cli};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;
use tonghop_core::diag::Language;

/// Returns the outcome of the repository's project in English; it is run once.
fn english() -> &'static Outcome {
    static ENGLISH: OnceLock<Outcome> = OnceLock::new();
    ENGLISH.get_or_init(|| Project::new().run_with(&[OsStr::new("--lang"), OsStr::new("en")]))
}

#[test]
fn problems_match_their_english_example() {
    for case in checked::cases() {
        let (code, expected) = (case.code, &case.expected);
        let problems = case
            .outcome(Language::English, "json")
            .stdout
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        let own: Vec<Value> = problems.filter(|problem| problem["code"] == expected.raised.as_str()).collect();
        let words = |key: &str| own[0][key].as_str().unwrap_or_default().to_owned();
        let example = format!("{}: {}", expected.place, words("message"));
        assert!(expected.prevented || code.explanation(Language::English).example == example, "{example}");
        let strange = vietnamese_words(&[words("message"), words("hint")].concat(), &names_of(code.as_str()));
        assert_eq!(strange, "", "{}", code.as_str());
    }
}

#[test]
fn only_names_stay_vietnamese() {
    for case in checked::cases() {
        let names = names_of(case.code.as_str());
        for format in ["human", "short"] {
            let Outcome { stdout, stderr, .. } = case.outcome(Language::English, format);
            let output = [stdout.as_str(), stderr].concat();
            assert_eq!(vietnamese_words(&output, &names), "", "{}, {format}", case.code.as_str());
        }
    }
}

#[test]
fn the_run_is_reported_in_english() {
    let texts = ["tonghop.toml", "plugins", "examples/workbooks"].map(|part| repository().join(part));
    let files = texts.iter().flat_map(|part| if part.is_dir() { files_below(part) } else { vec![part.clone()] });
    let names = names(&files.map(|file| fs::read_to_string(file).unwrap()).collect::<Vec<_>>());
    let Outcome { stdout, stderr, .. } = english();
    let is_message = |line: &&str| !line.starts_with("  --> ");
    let messages: Vec<&str> = stdout.lines().chain(stderr.lines()).filter(is_message).collect();
    assert_eq!(vietnamese_words(&messages.join("\n"), &names), "");
    let titles: Vec<&str> = stdout.lines().map(|line| line.split_once(':').unwrap().0).collect();
    assert_eq!(
        titles,
        ["Received", "Deadline", "Indicators", "Sectors", "Figures", "Shortfalls", "Problems", "Results in"]
    );
    assert!(stderr.contains("warning ["), "{stderr}");
}

#[test]
fn files_are_the_same_whatever_the_language() {
    assert_eq!(english().exit, clean().exit);
    assert!(english().is_whole());
    for (name, bytes) in &clean().files {
        assert!(english().files.get(name) == Some(bytes), "{name} differs");
    }
}

#[test]
fn many_rows_are_one_message_in_english() {
    let folder = Case::base().project();
    let rows: String = (3..=11).map(|row| format!("{row} | {} | Strange {row} | con | {row} |\n", row - 1)).collect();
    let sheet =
        format!("@sheet S\n1 | STT | Chỉ tiêu | ĐVT | Thực hiện |\n2 | 1 | Tổng đàn gia súc | con | 168 |\n{rows}");
    let bytes = project::sheet_text::build(&project::sheet_text::parse(&sheet).unwrap()).unwrap();
    fs::write(folder.path().join("workbooks/phong-a/bieu.xlsx"), bytes).unwrap();
    let output = checked::check(folder.path(), Language::English, "human").stderr;
    let listed = "9 rows have numbers but match no indicator: \"Strange 3\", \"Strange 4\", \"Strange 5\" and 6 more";
    assert!(output.contains(listed), "{output}");
}

#[test]
fn many_cells_are_grouped_in_english() {
    let folder = Case::base().project();
    let labels = ["Tổng đàn gia súc", "Đàn trâu", "Đàn bò"];
    let rows =
        (2..).zip(labels).map(|(row, label)| format!("{row} | {row} | {label} | con | nhiều | nhiều | nhiều |\n"));
    let header = "@sheet S\n1 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện | Cùng kỳ năm trước |\n";
    let sheet = format!("{header}{}", rows.collect::<String>());
    let bytes = project::sheet_text::build(&project::sheet_text::parse(&sheet).unwrap()).unwrap();
    fs::write(folder.path().join("workbooks/phong-a/bieu.xlsx"), bytes).unwrap();
    let output = checked::check(folder.path(), Language::English, "human").stderr;
    assert!(
        output.contains("The number in a cell cannot be read (9 cells)") && output.contains("… and 6 other cells"),
        "{output}"
    );
}

#[test]
fn failures_are_reported_in_english() {
    let outcomes = ["human", "short", "json"].map(|format| {
        let words = ["run", "khong-co/du-an", "--lang", "en", "--message-format", format].map(OsStr::new);
        run_cli(&words)
    });
    let [human, short, json] = outcomes;
    assert!(human.stderr.starts_with("error: khong-co/du-an/tonghop.toml cannot be read"), "{}", human.stderr);
    assert!(human.stderr.ends_with("\nNo file was written.\n"), "{}", human.stderr);
    assert!(short.stderr.starts_with("error: khong-co/du-an/tonghop.toml cannot be read"), "{}", short.stderr);
    assert!(json.stdout.contains("cannot be read"), "{}", json.stdout);
    let folder = Case::base().project();
    let settings = folder.path().join("tonghop.toml");
    let wrong = fs::read_to_string(&settings).unwrap().replace("months = 9", "months = 13");
    fs::write(settings, wrong).unwrap();
    for command in ["run", "check", "forms"] {
        let words = ["--lang", "en"].map(OsStr::new);
        let outcome = run_cli(&[&[OsStr::new(command), folder.path().as_os_str()][..], &words].concat());
        let expected = "period.months = 13 must be between 1 and 12\n";
        assert!(outcome.exit == 3 && outcome.stderr.starts_with("error: tonghop.toml: line "), "{}", outcome.stderr);
        assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
    }
}

#[test]
fn forms_and_explain_speak_english() {
    let folder = Case::base().project();
    let words = ["--lang", "en"].map(OsStr::new);
    let forms = run_cli(&[&[OsStr::new("forms"), folder.path().as_os_str()][..], &words].concat());
    assert!(
        forms.stdout.starts_with("Forms:          1 file, one for each department\nResults in:"),
        "{}",
        forms.stdout
    );
    let list = run_cli(&["explain", "--lang", "en"].map(OsStr::new)).stdout;
    assert_eq!(vietnamese_words(&list, &[]), "");
    let lesson = run_cli(&["explain", "row-unknown", "--lang", "en"].map(OsStr::new)).stdout;
    assert!(lesson.starts_with("row-unknown (warning): A row matches no indicator\n\nMeaning:    "), "{lesson}");
    let unknown = run_cli(&["--lang", "en", "explain", "row-unknwon"].map(OsStr::new)).stderr;
    assert_eq!(
        unknown,
        "error: there is no problem code, function, indicator or figure \"row-unknwon\"; did you mean \"row-unknown\"?\n\
         Run tonghop explain to list all codes.\n"
    );
}

#[test]
fn what_serves_writers_of_rules_speaks_english() {
    let folder = TempDir::new().unwrap();
    let project = folder.path().join("du-an");
    let project = project.to_str().unwrap();
    let run =
        |words: &[&str]| run_cli(&[words, &["--lang", "en"]].concat().into_iter().map(OsStr::new).collect::<Vec<_>>());
    let made = run(&["new", "project", project]);
    assert!(
        made.stdout.starts_with("created tonghop.toml\n") && made.stdout.contains("\nNext: edit"),
        "{}",
        made.stdout
    );
    let refused = run(&["new", "project", project]).stderr;
    let expected = format!("error: {project} already exists; no file was replaced\nNo file was written.\n");
    assert_eq!(refused, expected);
    let sector = run(&["new", "sector", "moi", project]);
    assert!(sector.stdout.contains("\nadded to tonghop.toml:\n"), "{}", sector.stdout);
    let passed = run(&["test", project, "--coverage"]);
    assert!(passed.stdout.ends_with("\nTests:          2 of 2 passed\nUntested:       report\n"), "{}", passed.stdout);
    let case = Path::new(project).join("plugins/tests/moi/vi-du.md");
    let text = fs::read_to_string(&case).unwrap();
    fs::write(&case, text.replace("đúng đối tượng.\n", "đúng.\n")).unwrap();
    let failed = run(&["test", project]).stderr;
    assert!(failed.starts_with("failed plugins/tests/moi/vi-du.md (") && failed.contains("    expected: "), "{failed}");
    let updated = run(&["test", project, "--update"]);
    assert!(updated.stdout.starts_with("updated plugins/tests/moi/vi-du.md\n"), "{}", updated.stdout);
    for outcome in [made, sector, passed, updated] {
        assert_eq!(vietnamese_words(&[outcome.stdout, outcome.stderr].concat(), &[]), "");
    }
}

#[test]
fn figures_are_explained_and_runs_compared_in_english() {
    let names = names(&[fs::read_to_string(case::folder().join("base.txt")).unwrap()]);
    let folder = Case::base().project();
    let run_cli = |words: &[&OsStr]| run_cli(&[words, &["--lang", "en"].map(OsStr::new)].concat());
    let at = |name: &str| folder.path().join(name);
    for what in ["herd.total", "herd.cattle.share", "168", "behind", "bare"] {
        let outcome = run_cli(&[OsStr::new("explain"), OsStr::new(what), folder.path().as_os_str()]);
        assert_eq!((outcome.exit, vietnamese_words(&outcome.stdout, &names).as_str()), (0, ""), "{what}");
    }
    for (run, total) in [("old", "168"), ("new", "170")] {
        fs::write(at("workbooks/phong-a/bieu.xlsx"), case::herd(total, "48")).unwrap();
        let out = at(run);
        run_cli(&[OsStr::new("run"), folder.path().as_os_str(), OsStr::new("--out"), out.as_os_str()]);
    }
    let runs = ["old", "new"].map(|run| at(run).join(PERIOD));
    let output = run_cli(&[OsStr::new("diff"), runs[0].as_os_str(), runs[1].as_os_str()]).stdout;
    let (figures, _) = output.split_once("\nProblems: ").unwrap();
    assert!(figures.starts_with("Figures: "), "{output}");
    assert_eq!(vietnamese_words(figures, &names), "", "{output}");
}

/// Returns the Vietnamese words that remain after removing names and quoted text.
fn vietnamese_words(text: &str, names: &[String]) -> String {
    let outside: String = text.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let rest = names.iter().fold(outside, |rest, name| rest.replace(name, " "));
    let is_vietnamese = |word: &&str| word.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    rest.split_whitespace().filter(is_vietnamese).collect::<Vec<_>>().join(" ")
}

fn names_of(code: &str) -> Vec<String> {
    let texts = [case::folder().join("base.txt"), case::folder().join(code).join("case.txt")];
    names(&texts.map(|path| fs::read_to_string(path).unwrap()))
}

/// Returns the Vietnamese names in the texts of a project, the longest first.
fn names(texts: &[String]) -> Vec<String> {
    let ends = ['"', '\\', '|', '\n', '[', ']', '=', ',', ';', ':', '/'];
    let pieces = texts
        .iter()
        .flat_map(|text| text.split(ends))
        .map(|piece| piece.trim().trim_start_matches("@sheet ").to_owned());
    let mut names: Vec<String> = pieces.filter(|piece| !piece.is_ascii()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    names
}
