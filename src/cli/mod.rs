//! The command line interface.
//!
//! Input: arguments and streams. Output: an exit code and messages for the user. Only this module accesses the
//! environment: arguments, streams, the current folder, other processes. Not here: the work of a command.

mod accept;
mod check;
mod checked_source;
mod diff;
mod earlier_files;
mod environment;
mod error_tail;
mod eval;
mod explain;
mod forms;
mod log;
pub mod memory;
mod new;
mod progress;
mod read;
mod read_text;
mod reading_time;
mod reporter;
mod run;
mod run_cache;
pub mod signals;
mod summary;
mod test;
mod timings;
mod watch;
mod worker;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use diff::Format;
use reporter::{Lang, MessageFormat};
use std::ffi::OsString;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// The streams and the environment of a call of the program.
pub struct Console<'a> {
    /// The stream for results, summaries and help.
    pub out: &'a mut dyn Write,
    /// The stream for problems, and for errors in the arguments.
    pub err: &'a mut dyn Write,
    /// Whether the error stream is a terminal, so that a progress bar may be drawn on it.
    pub is_terminal: bool,
    /// Whether the output stream is a terminal, so that results may be coloured.
    pub is_out_terminal: bool,
    /// The executable of this program, which is started again for worker processes. Without it workbooks are read in
    /// this process, and a hostile workbook may crash the run.
    pub program: Option<PathBuf>,
    /// The number of threads, if the user chose one.
    pub threads: Option<NonZeroUsize>,
}

/// The exit code of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Success; contradictions in the data are warnings.
    Done = 0,
    /// Done, but an input, a rule file or a department is missing or unusable, or a number has no source; each is
    /// reported.
    PartialFailure = 1,
    /// The arguments are invalid.
    Usage = 2,
    /// Nothing was done: settings, a folder or an output cannot be used.
    Failure = 3,
}

/// Consolidates the workbooks of departments into a report in which every figure can be traced to its cells.
///
/// A project is a folder with tonghop.toml (settings), plugins/ (rules in Lua, one file per sector) and
/// workbooks/<department>/ (the files that the department sent). The outputs go to out/<period>/: tong-hop.xlsx (the
/// consolidated workbook), bao-cao.docx, bao-cao.md and bao-cao.txt (the report), bao-cao-ban-lam-viec.docx (the report
/// with comments on what it misses), phan-hoi/ (the feedback to each department), traces.json (the source of every number)
/// and run.json (what was read and found).
#[derive(Debug, Parser)]
#[command(name = "tonghop", version, override_usage = USAGE, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: RunArguments,
    /// The language of messages; the files that a run writes are in Vietnamese
    #[arg(long, global = true, value_name = "LANGUAGE", value_enum, default_value_t)]
    lang: Lang,
    /// The number of threads that read workbooks and create outputs [default: one more than processors, at most 4]
    #[arg(long, global = true, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Log what the program does, for developers; -vv and -vvv log more, and RUST_LOG selects by module
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
}

/// The ids of the options that all commands accept.
const GLOBAL_OPTIONS: [&str; 3] = ["lang", "threads", "verbose"];

const USAGE: &str = "tonghop [OPTIONS] [PROJECT]\n       tonghop [OPTIONS] <COMMAND>";

const EXIT_CODES: &str = "Exit codes:
  0   done (contradictions in the data are warnings)
  1   done, but an input, a rule file or a department is missing or unusable, or a number has no source; each is
      reported
  2   the arguments are invalid
  3   nothing was done; existing outputs are unchanged
  70  a bug in the program

Examples:
  tonghop                       run the project in the current folder
  tonghop run ~/thanh-pho --out /tmp/thu   run another project, with its outputs elsewhere
  tonghop check                 report all problems and write nothing
  tonghop explain row-unknown   explain what a problem means and what to do
  tonghop explain 3.314         trace a number of the report to its cells
  tonghop eval 'd.waste.yoy'    show a value of a rule with its cells
  tonghop read bieu.xlsx        show how the tables, headings and cells of a workbook were understood
  tonghop watch                 show after each save what it changed, figure by figure
  tonghop forms                 write the blank workbooks for the departments";

#[derive(Debug, Subcommand)]
enum Command {
    /// Read the workbooks, run the rules and write the outputs (the default command)
    Run(RunArguments),
    /// Do everything that run does except writing, and also check the rules that did not run
    Check(CheckArguments),
    /// Run again whenever a workbook, a rule or the settings are saved, and show what changed
    Watch(WatchArguments),
    /// Compare two runs figure by figure: old, new and why
    Diff(DiffArguments),
    /// Explain a kind of problem or a function of rules, or where a figure or an indicator comes from
    Explain(ExplainArguments),
    /// Evaluate an expression as a rule would, and show its values with unit and source cells
    Eval(EvalArguments),
    /// Show how a workbook was understood: its tables, headings, rows and cells
    Read(ReadArguments),
    /// Write the blank workbook of every department, generated from the rules
    Forms(FormsArguments),
    /// Keep this period's consolidated workbook under history/, so that later runs can compare with it
    Accept(AcceptArguments),
    /// Run the tests of the rules, which are small tables in plugins/tests/
    Test(TestArguments),
    /// Create a new sector or a new project
    #[command(subcommand)]
    New(NewCommand),
}

/// What to run and where to write.
#[derive(Debug, Args)]
pub struct RunArguments {
    #[command(flatten)]
    inputs: InputArguments,
    /// The folder for the outputs, with a subfolder for each period [default: PROJECT/out]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Add an appendix to bao-cao.docx that lists the source of every figure
    #[arg(long)]
    sources: bool,
    /// Write the time that each stage took to FILE, as JSON; no other output contains times
    #[arg(long, value_name = "FILE")]
    timings: Option<PathBuf>,
}

/// What to read and how to report problems.
#[derive(Debug, Args)]
pub struct InputArguments {
    /// The folder of the project
    #[arg(default_value = ".")]
    project: PathBuf,
    /// The output format of problems
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    message_format: MessageFormat,
}

/// What to check.
#[derive(Debug, Args)]
#[command(after_help = AFTER_CHECK)]
pub struct CheckArguments {
    #[command(flatten)]
    inputs: InputArguments,
    /// Exit with 1 also if a warning or a note reports a fault in rules or settings
    #[arg(long)]
    strict: bool,
}

const AFTER_CHECK: &str = "In addition to the problems of a run, it reports mistakes in templates that did not run, \
indicators that nothing reads, names that hide others, and headings without content or without a declared order. A \
commit hook is one line: tonghop check --strict --message-format short";

/// What to watch.
#[derive(Debug, Args)]
#[command(after_help = AFTER_WATCH)]
pub struct WatchArguments {
    /// The folder of the project
    #[arg(default_value = ".")]
    project: PathBuf,
    /// Also write the outputs after every successful run; without this option the files stay unchanged
    #[arg(long)]
    write: bool,
    /// The folder for the outputs of --write [default: PROJECT/out]
    #[arg(long, value_name = "DIR", requires = "write")]
    out: Option<PathBuf>,
    /// The output format of changes
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const AFTER_WATCH: &str = "After each save it shows the figures that changed (old, new, why), new and gone \
shortfalls, new and resolved problems, and reworded sentences. A file that is half saved or has a mistake is \
reported, and the next successful run is compared with the last successful one. Press Ctrl-C to stop.";

/// Which runs to compare.
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// The older run: its output folder, such as out/2024-09-thang, or a project
    #[arg(value_name = "RUN")]
    old: PathBuf,
    /// The newer run
    #[arg(value_name = "RUN")]
    new: PathBuf,
    /// The output format of differences
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What to explain.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The code of a problem (row-unknown), a name that rules call (behind), an indicator (trade.retail, or its label),
    /// a figure (trade.retail.actual, d.retail.yoy) or a number as printed (3.314, 23/28); without it all codes are listed
    what: Option<String>,
    /// The folder of the project, for indicators and figures
    #[arg(default_value = ".")]
    project: PathBuf,
}

/// What to evaluate.
#[derive(Debug, Args)]
#[command(after_help = AFTER_EVAL)]
pub struct EvalArguments {
    /// The expression, as in a rule: d.waste.yoy, waste.yoy, sum(d.waste.parts), or over all sectors trade.retail.yoy
    expression: String,
    /// The folder of the project
    #[arg(default_value = ".")]
    project: PathBuf,
    /// The sector whose names the expression uses [default: the only one that has them, else all sectors as in report.lua]
    #[arg(long, value_name = "ID")]
    sector: Option<String>,
}

const AFTER_EVAL: &str = "The expression runs with the limits of a rule and changes nothing. Put it in single quotes, so \
that the shell leaves it alone: tonghop eval 'd.waste.actual / d.waste.last_year'";

/// Which workbook to show, and compared with whose indicators.
#[derive(Debug, Args)]
#[command(after_help = AFTER_READ)]
pub struct ReadArguments {
    /// The workbook, in the project or elsewhere
    file: PathBuf,
    /// The folder of the project
    #[arg(default_value = ".")]
    project: PathBuf,
    /// The department whose indicators the workbook is compared with [default: that of its folder under workbooks/, else
    /// all departments]
    #[arg(long, value_name = "ID")]
    department: Option<String>,
    /// The output format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,
}

const AFTER_READ: &str = "For each table: its columns with how their headings were understood, its rows with the \
indicator that they match or the nearest one, and what became of each number; for a sheet that is not read, the test that \
it failed. The workbook is read alone: another workbook of a run may give the same figures. docs/read.md lists the keys \
of the JSON.";

/// Whose forms to make and where to write them.
#[derive(Debug, Args)]
#[command(after_help = AFTER_FORMS)]
pub struct FormsArguments {
    /// The folder of the project
    #[arg(default_value = ".")]
    project: PathBuf,
    /// The folder for the forms [default: PROJECT/out/forms]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Whose consolidated workbook to keep.
#[derive(Debug, Args)]
#[command(after_help = AFTER_ACCEPT)]
pub struct AcceptArguments {
    /// The folder of the project
    #[arg(default_value = ".")]
    project: PathBuf,
    /// The folder of the outputs [default: PROJECT/out]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

const AFTER_ACCEPT: &str = "Copies out/<period>/tong-hop.xlsx to PROJECT/history/<period>.xlsx. Later runs take \
the figures of the same period last year from there if no workbook reports them, fill them into the forms, and report \
which rows are new, gone, renamed or moved since.";

/// Which tests to run, and how to report their results.
#[derive(Debug, Args)]
#[command(after_help = AFTER_TEST)]
pub struct TestArguments {
    #[command(flatten)]
    inputs: InputArguments,
    /// Run the tests of this sector only (also: report, checks)
    #[arg(long, value_name = "ID")]
    sector: Option<String>,
    /// Replace the expectations of the tests with what the rules produce now; review the difference before you keep it
    #[arg(long)]
    update: bool,
    /// Show which lines of rules, indicators and topics no test reaches
    #[arg(long)]
    coverage: bool,
}

/// What to create.
#[derive(Debug, Subcommand)]
pub enum NewCommand {
    /// Write the rule file of a new sector with a first test, and add its heading to tonghop.toml
    Sector(NewSectorArguments),
    /// Create a project that is ready to run: settings, one sector, its test, and its form, blank and filled in
    Project(NewProjectArguments),
}

/// What a new sector is made of.
#[derive(Debug, Args)]
pub struct NewSectorArguments {
    /// The id of the sector: lower-case letters without diacritics, digits, "-" and "_"
    id: String,
    /// The folder of the project
    #[arg(default_value = ".")]
    project: PathBuf,
    /// An example workbook, whose rows become indicators, units and parts
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The department that reports [default: that of FILE, or the only one; the output names it]
    #[arg(long, value_name = "ID")]
    department: Option<String>,
    /// Add the department to tonghop.toml under this name
    #[arg(long, value_name = "NAME", requires = "department")]
    department_name: Option<String>,
    /// The title of the sector
    #[arg(long)]
    title: Option<String>,
    /// The heading of the outline that the sector writes under [default: a new one after all others]
    #[arg(long, value_name = "PATH")]
    section: Option<String>,
}

/// Where to create a project.
#[derive(Debug, Args)]
pub struct NewProjectArguments {
    /// A folder that is empty or does not exist yet
    folder: PathBuf,
}

const AFTER_TEST: &str = "A test is plugins/tests/<sector>/<name>.md: tables of given figures, written as in a form, \
and the summary, shortfalls, contradictions and sentences that are expected. docs/rule-tests.md shows an example.";

const AFTER_FORMS: &str = "One <department>.xlsx for every department that a sector names: a sheet of indicators for \
each sector, then the sentences of the report and the difficulties. Only the yellow cells can be filled in. A \
filled-in form goes into workbooks/<department>/ and is read without guessing. Last year's figures are filled in if a \
workbook under history/ contains them. A form in DIR that has been filled in is kept next to the new one.";

/// The exit code of a bug.
const INTERNAL_ERROR: u8 = 70;

/// Runs the program and returns its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, mut console: Console<'_>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(memory_mib) = worker::worker_memory(&arguments) {
        log::start(0);
        return worker::serve(memory_mib, console.out);
    }
    let arguments = match parse(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return print_usage(&error, &mut console) as u8,
    };
    log::start(arguments.verbose);
    let command = arguments.command.unwrap_or(Command::Run(arguments.run));
    let language = arguments.lang.into();
    console.threads = arguments.threads.or(console.threads);
    let work = std::panic::AssertUnwindSafe(|| match &command {
        Command::Run(args) => run::run(args, language, &mut console),
        Command::Check(args) => check::check(args, language, &mut console),
        Command::Watch(args) => watch::watch(args, language, &mut console),
        Command::Diff(args) => diff::diff(args, language, &mut console),
        Command::Eval(args) => eval::eval(args, language, &mut console),
        Command::Explain(args) => explain::explain(args, language, &mut console),
        Command::Read(args) => read::read(args, language, &mut console),
        Command::Forms(args) => forms::run(args, language, &mut console),
        Command::Accept(args) => accept::run(args, language, &mut console),
        Command::Test(args) => test::run(args, language, &mut console),
        Command::New(args) => new::run(args, language, &mut console),
    });
    std::panic::catch_unwind(work).map_or(INTERNAL_ERROR, |exit| exit as u8)
}

/// Parses the arguments. Only the options of all commands may precede a command.
fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, clap::Error> {
    let mut program = Arguments::command();
    let matches = program.try_get_matches_from_mut(arguments)?;
    let is_misplaced = |id: &&clap::Id| {
        !GLOBAL_OPTIONS.contains(&id.as_str()) && matches.value_source(id.as_str()) == Some(ValueSource::CommandLine)
    };
    match (matches.subcommand_name(), matches.ids().find(is_misplaced)) {
        (Some(command), Some(_)) => {
            let message =
                format!("only global options may come before the command '{command}'; put the others after it");
            Err(program.error(ErrorKind::ArgumentConflict, message))
        }
        _ => Arguments::from_arg_matches(&matches),
    }
}

/// Prints the help or the error in the arguments. A closed stream is not an error.
fn print_usage(error: &clap::Error, console: &mut Console<'_>) -> Exit {
    let text = error.render();
    if error.use_stderr() {
        let _ = write!(console.err, "{text}");
        Exit::Usage
    } else {
        let _ = write!(console.out, "{text}");
        Exit::Done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Arguments, clap::Error> {
        parse(words.iter().map(OsString::from))
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn run_may_be_left_out() {
        for words in [&["tonghop", "x", "--out", "y"][..], &["tonghop", "run", "x", "--out", "y"]] {
            let parsed = parsed(words).unwrap();
            let Command::Run(args) = parsed.command.unwrap_or(Command::Run(parsed.run)) else { panic!("{words:?}") };
            assert_eq!((args.inputs.project, args.out), (PathBuf::from("x"), Some(PathBuf::from("y"))));
        }
    }

    #[test]
    fn sources_are_listed_on_demand_only() {
        for (words, sources) in [
            (&["tonghop"][..], false),
            (&["tonghop", "run", "x"], false),
            (&["tonghop", "--sources"], true),
            (&["tonghop", "run", "--sources", "x"], true),
        ] {
            let parsed = parsed(words).unwrap();
            let Command::Run(args) = parsed.command.unwrap_or(Command::Run(parsed.run)) else { panic!("{words:?}") };
            assert_eq!(args.sources, sources, "{words:?}");
        }
        assert!(parsed(&["tonghop", "check", "--sources"]).is_err());
    }

    #[test]
    fn only_global_options_are_accepted_anywhere() {
        for (words, lang) in [
            (&["tonghop", "x"][..], Lang::Vi),
            (&["tonghop", "--lang", "en"], Lang::En),
            (&["tonghop", "--lang", "en", "check", "x"], Lang::En),
            (&["tonghop", "explain", "--lang=en"], Lang::En),
            (&["tonghop", "forms", "x", "--lang", "vi"], Lang::Vi),
        ] {
            assert_eq!(parsed(words).unwrap().lang, lang, "{words:?}");
        }
        for words in [&["tonghop", "--threads", "2", "check", "x"][..], &["tonghop", "check", "x", "--threads", "2"]] {
            assert_eq!(parsed(words).unwrap().threads, NonZeroUsize::new(2), "{words:?}");
        }
        assert!(parsed(&["tonghop", "--threads", "0"]).is_err());
        for words in [&["--out", "y", "check"][..], &["x", "check"], &["--message-format", "json", "forms"]] {
            let words = [&["tonghop"], words].concat();
            assert_eq!(parsed(&words).unwrap_err().kind(), ErrorKind::ArgumentConflict, "{words:?}");
        }
    }
}
