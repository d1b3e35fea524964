//! Tests `tonghop watch` while files are saved, broken and repaired.
//!
//! Timeouts are long and only limit failures: an answer ends the wait.

use crate::case::{self, Case};
use crate::project::{self, PERIOD};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// The timeout for an answer on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long to wait for an answer that must not come.
const SILENCE: Duration = Duration::from_millis(700);

const RULE: &str = "plugins/herd.lua";
const BOOK: &str = "workbooks/phong-a/bieu.xlsx";

/// Builds the workbook with another number of all animals.
fn herd(total: u32) -> Vec<u8> {
    case::herd(&total.to_string(), "48")
}

/// A small project with a process that watches it; the process is killed on drop.
struct Watched {
    folder: TempDir,
    program: Child,
    answers: Receiver<Value>,
}

impl Watched {
    fn new(further: &[&str]) -> Self {
        let folder = Case::base().project();
        let mut program = Command::new(env!("CARGO_BIN_EXE_tonghop"))
            .arg("watch")
            .arg(folder.path())
            .args(["--format", "json"])
            .args(further)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            lines.map_while(Result::ok).try_for_each(|line| sender.send(serde_json::from_str(&line).unwrap()))
        });
        let watched = Self { folder, program, answers };
        watched.answer("watching", |_| true);
        watched
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// Saves as many editors do: to a temporary file, which is then renamed.
    fn save(&self, file: &str, content: impl AsRef<[u8]>) {
        let temporary = self.path(file).with_file_name(".saving");
        fs::write(&temporary, content).unwrap();
        fs::rename(temporary, self.path(file)).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    /// Waits for an answer of a kind that satisfies `fits`; a save may be seen in several steps.
    fn answer(&self, kind: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let mut passed = Vec::new();
        loop {
            match self.answers.recv_timeout(PATIENCE) {
                Ok(answer) if answer["type"] == kind && fits(&answer) => return answer,
                Ok(answer) => passed.push(answer),
                Err(error) => panic!("no {kind}: {error}; before it: {passed:#?}"),
            }
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

fn has_figure(answer: &Value, id: &str) -> bool {
    answer["figures"].as_array().unwrap().iter().any(|figure| figure["id"] == id)
}

fn has_code(problems: &Value, code: &str) -> bool {
    problems.as_array().unwrap().iter().any(|problem| problem["code"] == code)
}

#[test]
fn a_saved_workbook_is_answered_with_its_figures() {
    let watched = Watched::new(&[]);
    watched.save(BOOK, herd(170));
    let answer = watched.answer("changed", |answer| has_figure(answer, "herd.total.actual"));
    let figure = &answer["figures"][0];
    assert_eq!((&figure["old"]["value"], &figure["new"]["value"]), (&json!("168"), &json!("170")));
    assert_eq!(figure["why"][0]["cell"], format!("{BOOK} [Biểu] E2"));
    assert!(has_code(&answer["problems"]["new"], "check-contradiction"), "{answer:#}");
    watched.save(BOOK, herd(168));
    let answer = watched.answer("changed", |answer| has_figure(answer, "herd.total.actual"));
    assert!(has_code(&answer["problems"]["gone"], "check-contradiction"), "{answer:#}");
    assert!(!watched.path("out").exists(), "nothing is written unless asked");
}

#[test]
fn a_rule_with_a_mistake_keeps_the_last_good_results() {
    let watched = Watched::new(&[]);
    let rule = fs::read_to_string(watched.path(RULE)).unwrap();
    watched.save(RULE, &rule[..rule.len() / 2]);
    let lost = watched.answer("lost", |answer| has_code(&answer["problems"]["new"], "plugin-broken"));
    assert_eq!(lost["figures"], json!([]), "its figures are not gone, only the rule is broken");
    watched.save(RULE, rule.replace("gia súc {total}.", "gia súc là {total}."));
    let corrected = watched.answer("changed", |answer| has_code(&answer["problems"]["gone"], "plugin-broken"));
    assert_eq!(corrected["figures"], json!([]));
    assert_eq!(corrected["sentences"]["new"], json!(["Tổng đàn gia súc là 168 con."]));
}

#[test]
fn a_broken_rule_is_reported_once() {
    let watched = Watched::new(&[]);
    let rule = fs::read_to_string(watched.path(RULE)).unwrap();
    let broken = |answer: &Value| answer["problems"]["new"].as_array().unwrap().len() == 1;
    watched.save(RULE, &rule[..rule.len() / 2]);
    let lost = watched.answer("lost", broken);
    assert!(has_code(&lost["problems"]["new"], "plugin-broken") && lost["problems"]["gone"] == json!([]), "{lost:#}");
    watched.save(RULE, format!("{}\n-- more", &rule[..rule.len() / 2]));
    watched.answer("lost", broken);
    watched.save(RULE, &rule);
    let corrected = watched.answer("changed", |_| true);
    assert_eq!(corrected["problems"]["new"], json!([]), "nothing that follows from the broken file was reported");
    let gone: Vec<&Value> = corrected["problems"]["gone"].as_array().unwrap().iter().map(|p| &p["code"]).collect();
    assert_eq!(gone, ["plugin-broken"]);
    assert_eq!((&corrected["figures"], &corrected["shortfalls"]["new"]), (&json!([]), &json!([])));
}

#[test]
fn a_new_shortfall_names_the_line_and_its_threshold() {
    let watched = Watched::new(&[]);
    let rule = fs::read_to_string(watched.path(RULE)).unwrap();
    let with = |share: &str| {
        let found = format!(
            "shortfalls = function(d, out)\n    for i in d:behind({share}) do\n      out:shortfall {{ i }}\n    end\n  end,\n  text"
        );
        rule.replacen("text", &found, 1)
    };
    watched.save(RULE, with("0.5"));
    watched.answer("changed", |_| true);
    watched.save(RULE, with("2"));
    let answer = watched.answer("changed", |answer| answer["shortfalls"]["new"] != json!([]));
    let lines: Vec<&str> =
        answer["shortfalls"]["new"][0]["lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert!(lines[0].ends_with("for i in d:behind(2) do") && lines[0].starts_with("plugins/herd.lua:"), "{lines:?}");
    assert!(lines[1].ends_with("out:shortfall { i }") && lines.len() == 2, "{lines:?}");
}

#[test]
fn a_workbook_that_is_half_saved_keeps_the_last_good_results() {
    let watched = Watched::new(&[]);
    let book = herd(171);
    fs::write(watched.path(BOOK), &book[..book.len() / 2]).unwrap();
    watched.answer("lost", |answer| has_code(&answer["problems"]["new"], "workbook-unreadable"));
    fs::write(watched.path(BOOK), &book).unwrap();
    let whole = watched.answer("changed", |answer| has_figure(answer, "herd.total.actual"));
    assert_eq!(whole["figures"][0]["old"]["value"], "168", "compared with the last good run");
}

#[test]
fn folders_and_settings_may_be_gone_for_a_while() {
    let watched = Watched::new(&[]);
    for name in ["workbooks", "plugins", "tonghop.toml"] {
        watched.rename(name, "elsewhere");
        watched.answer("failed", |answer| answer["message"].as_str().unwrap().contains(name));
        watched.rename("elsewhere", name);
        let back = watched.answer("changed", |_| true);
        assert_eq!((&back["figures"], &back["problems"]["new"]), (&json!([]), &json!([])), "{name}");
    }
}

#[test]
fn lock_files_are_ignored() {
    let watched = Watched::new(&[]);
    fs::write(watched.path("workbooks/phong-a/~$bieu.xlsx"), "lock").unwrap();
    fs::write(watched.path("plugins/.herd.lua.swp"), "lock").unwrap();
    assert!(watched.answers.recv_timeout(SILENCE).is_err());
    watched.save(BOOK, herd(172));
    watched.answer("changed", |answer| has_figure(answer, "herd.total.actual"));
}

#[test]
fn outputs_are_written_where_that_is_asked_for() {
    let watched = Watched::new(&["--write"]);
    let report = || fs::read_to_string(watched.path("out").join(PERIOD).join("bao-cao.txt")).unwrap_or_default();
    let first = watched.answer("written", |_| true);
    assert!(Path::new(first["folder"].as_str().unwrap()).ends_with(PERIOD), "{first}");
    assert!(report().contains("168 con"), "{}", report());
    let written = |name: &&str| watched.path("out").join(PERIOD).join(name).is_file();
    assert!(project::OUTPUTS.iter().all(written), "the documents are written too");
    watched.save(BOOK, herd(173));
    watched.answer("changed", |answer| has_figure(answer, "herd.total.actual"));
    watched.answer("written", |_| true);
    assert!(report().contains("173 con"), "{}", report());
    // The files have the same bytes as those of a fresh run.
    let fresh = watched.path("fresh");
    let run =
        project::run_cli(&["run".as_ref(), watched.folder.path().as_os_str(), "--out".as_ref(), fresh.as_os_str()]);
    assert!(run.exit < 2, "{}", run.stderr);
    let written = watched.path("out").join(PERIOD);
    let files = project::files_below(&written);
    assert_eq!(files.len(), project::files_below(&fresh.join(PERIOD)).len());
    for file in files {
        let same = fresh.join(PERIOD).join(file.strip_prefix(&written).unwrap());
        assert!(fs::read(&file).unwrap() == fs::read(same).unwrap(), "{}", file.display());
    }
    // A run with a mistake in a rule is not written.
    watched.save(RULE, "return sector {");
    watched.answer("lost", |_| true);
    assert!(report().contains("173 con"));
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let output = Command::new(env!("CARGO_BIN_EXE_tonghop")).args(["watch", "khong-co"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("khong-co"));
}
