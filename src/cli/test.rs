//! `tonghop test`: runs the tests of the rules and prints failures, a summary and the coverage.
//!
//! Not here: running or comparing a test.

use super::reporter::{MessageFormat, Reporter, print_diagnostics};
use super::summary::print_lines;
use super::{Console, Exit, TestArguments};
use crate::authoring::case::CaseFailure;
use crate::authoring::coverage::{Reach, SubjectCoverage};
use crate::authoring::runner::{self, TestOptions, TestReport, TestedCase};
use crate::pipeline;
use serde::Serialize;
use std::fmt::Display;
use std::io::{self, Write};
use tonghop_core::diag::render::json;
use tonghop_core::diag::{Language, Message, Severity};
use tonghop_core::message::pluralise;
use tonghop_core::msg;

/// Runs the tests of a project.
pub(super) fn run(args: &TestArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let reporter = Reporter { format: args.inputs.message_format, language };
    let choice = TestOptions { sector: args.sector.clone(), update: args.update, coverage: args.coverage };
    match runner::test(&args.inputs.project, &choice) {
        Ok(tested) => {
            // A closed output stream is not an error; the exit code still shows the result.
            let _ = match reporter.format {
                MessageFormat::Human => print_text(&tested, language, console),
                MessageFormat::Short => print_short(&tested, language, console),
                MessageFormat::Json => print_json(&tested, language, console.out),
            };
            exit_code(&tested)
        }
        Err(error) => {
            let consequence = Message::new("Không chạy được phép thử nào.", "No test could be run.");
            let _ = reporter.report_failure(&error, &consequence, console);
            Exit::Failure
        }
    }
}

/// Returns the exit code: no tests and broken rule files are failures too.
fn exit_code(tested: &TestReport) -> Exit {
    let broken = pipeline::count(&tested.diagnostics, Severity::Error) > 0;
    if broken || tested.cases.is_empty() || tested.failed() > 0 { Exit::PartialFailure } else { Exit::Done }
}

fn print_text(tested: &TestReport, language: Language, console: &mut Console<'_>) -> io::Result<()> {
    print_diagnostics(&tested.diagnostics, language, console.err)?;
    let failed = tested.cases.iter().filter(|case| !case.failures.is_empty());
    failed.into_iter().try_for_each(|case| print_failures(case, language, console.err))?;
    for case in tested.cases.iter().filter(|case| case.updated) {
        let message = msg!("đã ghi lại {file}", "updated {file}", file = case.file);
        writeln!(console.out, "{}", message.in_language(language))?;
    }
    tested.coverage.iter().try_for_each(|one| print_coverage(one, language, console.out))?;
    print_lines(&summary_lines(tested), language, console.out)
}

/// Prints a failed test.
fn print_failures(case: &TestedCase, language: Language, err: &mut dyn Write) -> io::Result<()> {
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

fn summary_lines(tested: &TestReport) -> Vec<(Message, Message)> {
    let (all, failed) = (tested.cases.len(), tested.failed());
    let passed = match all {
        0 => Message::new("chưa có phép thử nào trong plugins/tests/<ngành>/", "none in plugins/tests/<sector>/ yet"),
        _ => msg!("{passed}/{all} đạt", "{passed} of {all} passed", passed = all - failed, all = all),
    };
    let mut lines = vec![(Message::new("Phép thử", "Tests"), passed)];
    let updated = tested.cases.iter().filter(|case| case.updated).count();
    if updated > 0 {
        let message = msg!(
            "{updated} tệp; đọc lại kết quả mong đợi trước khi giữ",
            "{files}; review the new expectations before you keep them",
            updated = updated,
            files = pluralise(updated, "file")
        );
        lines.push((Message::new("Đã ghi lại", "Updated"), message));
    }
    if !tested.untested.is_empty() {
        lines.push((Message::new("Chưa thử", "Untested"), Message::verbatim(tested.untested.join(", "))));
    }
    lines
}

/// Prints what the tests of one sector reach and what they miss.
fn print_coverage(coverage: &SubjectCoverage, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let titles = match language {
        Language::Vietnamese => {
            [("dòng", "dòng chưa chạy"), ("chỉ tiêu", "chỉ tiêu chưa thử"), ("phần lời", "phần lời chưa thử")]
        }
        Language::English => {
            [("lines", "lines never run"), ("indicators", "untested indicators"), ("topics", "untested topics")]
        }
    };
    let reaches = [reach_counts(&coverage.lines), reach_counts(&coverage.indicators), reach_counts(&coverage.topics)];
    let parts = || titles.iter().zip(&reaches);
    let counts = parts().filter(|(_, (_, all, _))| *all > 0);
    let counts: Vec<String> =
        counts.map(|((title, _), (reached, all, _))| format!("{title} {reached}/{all}")).collect();
    if counts.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}: {}", coverage.file, counts.join(", "))?;
    let mut missed = parts().filter(|(_, (.., missed))| !missed.is_empty());
    missed.try_for_each(|((_, title), (.., missed))| writeln!(out, "  {title}: {missed}"))
}

/// Returns the number of reached items, the number of all items, and the names of the missed ones.
fn reach_counts<T: Display>(reach: &Reach<T>) -> (usize, usize, String) {
    let missed: Vec<String> = reach.missed.iter().map(T::to_string).collect();
    (reach.reached, reach.all, missed.join(", "))
}

/// Prints one failure per line, as compilers do.
fn print_short(tested: &TestReport, language: Language, console: &mut Console<'_>) -> io::Result<()> {
    for case in &tested.cases {
        for failure in &case.failures {
            let pieces = [("expected", &failure.expected), ("actual", &failure.actual)];
            let details =
                pieces.into_iter().filter_map(|(title, words)| Some(format!("; {title}: {}", words.as_ref()?)));
            let details: String = details.collect();
            let message = failure.message.in_language(language);
            writeln!(console.err, "{}:{}: error: {message}{details}", case.file, failure.line)?;
        }
    }
    Ok(())
}

/// A line of the JSON format.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum TestLine<'t> {
    Problem(json::JsonDiagnostic<'t>),
    Test {
        sector: &'t str,
        file: &'t str,
        title: &'t str,
        passed: bool,
        updated: bool,
        failures: Vec<FailureLine<'t>>,
    },
    Coverage {
        file: &'t str,
        lines: ReachLine<'t, u32>,
        indicators: ReachLine<'t, String>,
        topics: ReachLine<'t, String>,
    },
    Summary {
        tests: usize,
        failed: usize,
        untested: &'t [String],
    },
}

#[derive(Serialize)]
struct FailureLine<'t> {
    line: u32,
    message: &'t str,
    expected: Option<&'t str>,
    actual: Option<&'t str>,
}

#[derive(Serialize)]
struct ReachLine<'t, T> {
    reached: usize,
    all: usize,
    missed: &'t [T],
}

fn print_json(tested: &TestReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let problems = tested.diagnostics.iter().map(|problem| TestLine::Problem(json::object(problem, language)));
    let summary = TestLine::Summary { tests: tested.cases.len(), failed: tested.failed(), untested: &tested.untested };
    let lines = problems
        .chain(tested.cases.iter().map(|case| test_line(case, language)))
        .chain(tested.coverage.iter().map(coverage_line));
    lines.chain([summary]).try_for_each(|line| writeln!(out, "{}", serde_json::to_string(&line)?))
}

fn test_line(case: &TestedCase, language: Language) -> TestLine<'_> {
    TestLine::Test {
        sector: &case.subject,
        file: case.file.as_str(),
        title: &case.title,
        passed: case.failures.is_empty(),
        updated: case.updated,
        failures: case.failures.iter().map(|failure| failure_line(failure, language)).collect(),
    }
}

fn failure_line(failure: &CaseFailure, language: Language) -> FailureLine<'_> {
    let CaseFailure { line, message, expected, actual } = failure;
    FailureLine {
        line: *line,
        message: message.in_language(language),
        expected: expected.as_deref(),
        actual: actual.as_deref(),
    }
}

fn coverage_line(coverage: &SubjectCoverage) -> TestLine<'_> {
    TestLine::Coverage {
        file: coverage.file.as_str(),
        lines: reach_line(&coverage.lines),
        indicators: reach_line(&coverage.indicators),
        topics: reach_line(&coverage.topics),
    }
}

fn reach_line<T>(reach: &Reach<T>) -> ReachLine<'_, T> {
    ReachLine { reached: reach.reached, all: reach.all, missed: &reach.missed }
}
