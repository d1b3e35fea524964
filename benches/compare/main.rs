//! Compares this program with other tools that do the same job, on the same files in the same run.
//!
//! Input: a workload and the runtimes of the peers; `benches/compare.sh` prepares both and starts this. Output: a table
//! of medians and ratios. Results that differ from the expected ones are reported, and the exit status is 1. Not here:
//! unchecked results, times of earlier runs.

#![allow(
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a command for developers: it prints its results, ends with a panic where it cannot go on, and no other crate uses its modules"
)]

mod check;
mod contender;
mod machine;
mod measure;
mod report;
mod system;
mod table;
#[allow(dead_code, reason = "one workbook of a workload is made anew, no whole one")]
#[path = "../workload/mod.rs"]
mod workload;

use check::Outcome;
use clap::Parser;
use contender::{BenchSetup, CONTENDERS, Contender};
use measure::{Cost, RunStatus};
use std::error::Error;
use std::fs;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

/// The reason why nothing could be measured.
type Failure = Box<dyn Error + Send + Sync>;

/// Compares this program with other tools on a workload.
#[derive(Parser)]
struct CompareArguments {
    /// The folder of the workload
    workload: PathBuf,
    /// Its shape
    #[arg(long)]
    shape: workload::Shape,
    /// Counted rounds
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// The peers to be measured, of all that can run here
    #[arg(long, value_delimiter = ',')]
    peers: Option<Vec<String>>,
    /// Let the peers write every data row as well
    #[arg(long)]
    full: bool,
    /// The Python that has the libraries of the peers
    #[arg(long)]
    python: Option<PathBuf>,
    /// The folder of the Node packages of the peers
    #[arg(long)]
    node_modules: Option<PathBuf>,
    /// The file of the table
    #[arg(long)]
    table: PathBuf,
}

/// A contender with its measurements.
struct Measurement {
    contender: &'static Contender,
    memory: Option<u64>,
    costs: Vec<Cost>,
    /// The differences between its results and the expected ones, and its errors.
    errors: Vec<String>,
}

fn main() -> ExitCode {
    match run(&CompareArguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Measures all contenders; returns whether all results were right.
fn run(args: &CompareArguments) -> Result<bool, Failure> {
    let setup = BenchSetup::new(args)?;
    let truth: Outcome = serde_json::from_slice(&fs::read(args.workload.join("truth.json"))?)?;
    let mut measurements = select_contenders(args, &setup)?;
    for measurement in &mut measurements {
        measurement.warm_up(&setup, &truth)?;
    }
    for round in 1..=args.rounds {
        for measurement in &mut measurements {
            show_progress(&format!("round {round} of {}: {}", args.rounds, measurement.contender.name));
            measurement.measure(&setup, &truth)?;
        }
    }
    show_progress("");
    let table = table::markdown(args, &setup, &measurements)?;
    print!("{table}");
    fs::write(&args.table, table)?;
    Ok(measurements.iter().all(|one| one.errors.is_empty()))
}

/// Shows the progress if standard error is a terminal.
fn show_progress(text: &str) {
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K{text}");
    }
}

/// Returns the contenders to measure: this program, the floor, and the requested peers that can run here.
fn select_contenders(args: &CompareArguments, setup: &BenchSetup) -> Result<Vec<Measurement>, Failure> {
    let known: Vec<&str> = CONTENDERS.iter().filter(|c| c.is_peer()).map(|c| c.name).collect();
    let wanted = args.peers.clone().unwrap_or_else(|| known.iter().map(ToString::to_string).collect());
    if let Some(unknown) = wanted.iter().find(|name| !name.is_empty() && !known.contains(&name.as_str())) {
        return Err(format!("no peer {unknown:?}: {}", known.join(", ")).into());
    }
    let is_wanted = |c: &&Contender| !c.is_peer() || wanted.iter().any(|name| name == c.name);
    let chosen = CONTENDERS.iter().filter(is_wanted).filter(|c| setup.can_run(c));
    Ok(chosen.map(|contender| Measurement { contender, memory: None, costs: Vec::new(), errors: Vec::new() }).collect())
}

impl Measurement {
    /// Runs once and measures the memory; the time does not count, because sampling the memory slows the run.
    fn warm_up(&mut self, setup: &BenchSetup, truth: &Outcome) -> Result<(), Failure> {
        show_progress(&format!("warming up: {}", self.contender.name));
        setup.prepare(self.contender, 0)?;
        let (ended, memory) = measure::measure_memory(&mut setup.command(self.contender)?)?;
        self.memory = memory;
        self.check_results(ended, setup, truth)
    }

    /// Runs once and measures the time.
    fn measure(&mut self, setup: &BenchSetup, truth: &Outcome) -> Result<(), Failure> {
        setup.prepare(self.contender, self.costs.len() + 1)?;
        let (ended, cost) = measure::measure_time(&mut setup.command(self.contender)?)?;
        self.costs.push(cost);
        self.check_results(ended, setup, truth)
    }

    fn check_results(&mut self, status: RunStatus, setup: &BenchSetup, truth: &Outcome) -> Result<(), Failure> {
        setup.restore(self.contender)?;
        let found = match status {
            RunStatus::Succeeded => setup.read_outcome(self.contender),
            RunStatus::Failed(how) => Err(how.into()),
        };
        let faults = match found {
            Ok(found) => found.map_or_else(Vec::new, |found| truth.differences(&found)),
            Err(error) => vec![error.to_string()],
        };
        let fresh: Vec<String> = faults.into_iter().filter(|fault| !self.errors.contains(fault)).collect();
        self.errors.extend(fresh);
        Ok(())
    }
}
