//! `tonghop test`: runs the tests of the rules and prints failures, a summary and the coverage.
//!
//! Not here: running or comparing a test.

use super::summary::told;
use super::tell::{MessageFormat, Telling, told_problems};
use super::{Console, Exit, TestArguments};
use crate::authoring::case::Failure;
use crate::authoring::coverage::{Reach, SubjectCoverage};
use crate::authoring::runner::{self, Choice, Tested, TestedCase};
use crate::pipeline;
use serde::Serialize;
use std::fmt::Display;
use std::io::{self, Write};
use tonghop_core::diag::render::json;
use tonghop_core::diag::{Language, Severity, Words};
use tonghop_core::message::counted;
use tonghop_core::say;

/// Runs the tests of a project.
pub(super) fn run(asked: &TestArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let telling = Telling { format: asked.inputs.message_format, language };
    let choice = Choice { sector: asked.sector.clone(), update: asked.update, coverage: asked.coverage };
    match runner::test(&asked.inputs.project, &choice) {
        Ok(tested) => {
            // A closed output stream is not an error; the exit code still shows the result.
            let _ = match telling.format {
                MessageFormat::Human => human(&tested, language, console),
                MessageFormat::Short => short(&tested, language, console),
                MessageFormat::Json => lines(&tested, language, console.out),
            };
            exit(&tested)
        }
        Err(error) => {
            let so = Words::new("Không chạy được phép thử nào.", "No test could be run.");
            let _ = telling.tell_failure(&error, &so, console);
            Exit::Nothing
        }
    }
}

/// Returns the exit code: no tests and broken rule files are failures too.
fn exit(tested: &Tested) -> Exit {
    let broken = pipeline::count(&tested.diagnostics, Severity::Error) > 0;
    if broken || tested.cases.is_empty() || tested.failed() > 0 { Exit::Loss } else { Exit::Done }
}

fn human(tested: &Tested, language: Language, console: &mut Console<'_>) -> io::Result<()> {
    told_problems(&tested.diagnostics, language, console.err)?;
    let failed = tested.cases.iter().filter(|case| !case.failures.is_empty());
    failed.into_iter().try_for_each(|case| failures(case, language, console.err))?;
    for case in tested.cases.iter().filter(|case| case.updated) {
        let words = say!("đã ghi lại {file}", "updated {file}", file = case.file);
        writeln!(console.out, "{}", words.in_language(language))?;
    }
    tested.coverage.iter().try_for_each(|one| coverage(one, language, console.out))?;
    told(&summary(tested), language, console.out)
}

/// Prints a failed test.
fn failures(case: &TestedCase, language: Language, err: &mut dyn Write) -> io::Result<()> {
    let (failed, titles) = match language {
        Language::Vietnamese => ("không đạt", ["phải là", "nay là "]),
        Language::English => ("failed", ["expected", "actual  "]),
    };
    writeln!(err, "{failed} {} ({})", case.file, case.title)?;
    for failure in &case.failures {
        writeln!(err, "  {}:{}: {}", case.file, failure.line, failure.message.in_language(language))?;
        for (title, words) in titles.into_iter().zip([&failure.expected, &failure.actual]) {
            words.iter().try_for_each(|words| writeln!(err, "    {title}: {words}"))?;
        }
    }
    writeln!(err)
}

fn summary(tested: &Tested) -> Vec<(Words, Words)> {
    let (all, failed) = (tested.cases.len(), tested.failed());
    let passed = match all {
        0 => Words::new("chưa có phép thử nào trong plugins/tests/<ngành>/", "none in plugins/tests/<sector>/ yet"),
        _ => say!("{passed}/{all} đạt", "{passed} of {all} passed", passed = all - failed, all = all),
    };
    let mut lines = vec![(Words::new("Phép thử", "Tests"), passed)];
    let updated = tested.cases.iter().filter(|case| case.updated).count();
    if updated > 0 {
        let words = say!(
            "{updated} tệp; đọc lại kết quả mong đợi trước khi giữ",
            "{files}; read what they expect now before you keep it",
            updated = updated,
            files = counted(updated, "file")
        );
        lines.push((Words::new("Đã ghi lại", "Updated"), words));
    }
    if !tested.untested.is_empty() {
        lines.push((Words::new("Chưa thử", "Untested"), Words::verbatim(tested.untested.join(", "))));
    }
    lines
}

/// Prints what the tests of one sector reach and what they miss.
fn coverage(one: &SubjectCoverage, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let titles = match language {
        Language::Vietnamese => {
            [("dòng", "dòng chưa chạy"), ("chỉ tiêu", "chỉ tiêu chưa thử"), ("phần lời", "phần lời chưa thử")]
        }
        Language::English => {
            [("lines", "lines never run"), ("indicators", "untested indicators"), ("topics", "untested topics")]
        }
    };
    let reaches = [numbers(&one.lines), numbers(&one.indicators), numbers(&one.topics)];
    let parts = || titles.iter().zip(&reaches);
    let counts = parts().filter(|(_, (_, all, _))| *all > 0);
    let counts: Vec<String> =
        counts.map(|((title, _), (reached, all, _))| format!("{title} {reached}/{all}")).collect();
    if counts.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}: {}", one.file, counts.join(", "))?;
    let mut missed = parts().filter(|(_, (.., missed))| !missed.is_empty());
    missed.try_for_each(|((_, title), (.., missed))| writeln!(out, "  {title}: {missed}"))
}

/// Returns the number of reached items, the number of all items, and the names of the missed ones.
fn numbers<T: Display>(reach: &Reach<T>) -> (usize, usize, String) {
    let missed: Vec<String> = reach.missed.iter().map(T::to_string).collect();
    (reach.reached, reach.all, missed.join(", "))
}

/// Prints one failure per line, as compilers do.
fn short(tested: &Tested, language: Language, console: &mut Console<'_>) -> io::Result<()> {
    for case in &tested.cases {
        for failure in &case.failures {
            let pieces = [("expected", &failure.expected), ("actual", &failure.actual)];
            let told = pieces.into_iter().filter_map(|(title, words)| Some(format!("; {title}: {}", words.as_ref()?)));
            let told: String = told.collect();
            let message = failure.message.in_language(language);
            writeln!(console.err, "{}:{}: error: {message}{told}", case.file, failure.line)?;
        }
    }
    Ok(())
}

/// A line of the JSON format.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Told<'t> {
    Problem(json::Problem<'t>),
    Test {
        sector: &'t str,
        file: &'t str,
        title: &'t str,
        passed: bool,
        updated: bool,
        failures: Vec<ToldFailure<'t>>,
    },
    Coverage {
        file: &'t str,
        lines: ToldReach<'t, u32>,
        indicators: ToldReach<'t, String>,
        topics: ToldReach<'t, String>,
    },
    Summary {
        tests: usize,
        failed: usize,
        untested: &'t [String],
    },
}

#[derive(Serialize)]
struct ToldFailure<'t> {
    line: u32,
    message: &'t str,
    expected: Option<&'t str>,
    actual: Option<&'t str>,
}

#[derive(Serialize)]
struct ToldReach<'t, T> {
    reached: usize,
    all: usize,
    missed: &'t [T],
}

fn lines(tested: &Tested, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let problems = tested.diagnostics.iter().map(|problem| Told::Problem(json::problem(problem, language)));
    let summary = Told::Summary { tests: tested.cases.len(), failed: tested.failed(), untested: &tested.untested };
    let told = problems
        .chain(tested.cases.iter().map(|case| told_test(case, language)))
        .chain(tested.coverage.iter().map(told_coverage));
    told.chain([summary]).try_for_each(|line| writeln!(out, "{}", serde_json::to_string(&line)?))
}

fn told_test(case: &TestedCase, language: Language) -> Told<'_> {
    Told::Test {
        sector: &case.subject,
        file: case.file.as_str(),
        title: &case.title,
        passed: case.failures.is_empty(),
        updated: case.updated,
        failures: case.failures.iter().map(|failure| told_failure(failure, language)).collect(),
    }
}

fn told_failure(failure: &Failure, language: Language) -> ToldFailure<'_> {
    let Failure { line, message, expected, actual } = failure;
    ToldFailure {
        line: *line,
        message: message.in_language(language),
        expected: expected.as_deref(),
        actual: actual.as_deref(),
    }
}

fn told_coverage(one: &SubjectCoverage) -> Told<'_> {
    Told::Coverage {
        file: one.file.as_str(),
        lines: reach(&one.lines),
        indicators: reach(&one.indicators),
        topics: reach(&one.topics),
    }
}

fn reach<T>(reach: &Reach<T>) -> ToldReach<'_, T> {
    ToldReach { reached: reach.reached, all: reach.all, missed: &reach.missed }
}
