//! Describes what was measured on: the machine, the versions and the size of the workload.
//!
//! Input: the paths of a comparison and its arguments. Output: sentences for the page. Not here: measurements.

use crate::contender::{BenchSetup, FLOOR};
use crate::{CompareArguments, Failure};
use serde::Deserialize;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The counts of the workload, as the floor wrote them.
#[derive(Deserialize)]
pub struct FloorCounts {
    workbooks: u64,
    packed: u64,
    pub inflated: u64,
    tokens: u64,
}

impl fmt::Display for FloorCounts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [packed, inflated, tokens] = [self.packed, self.inflated, self.tokens].map(|count| count as f64 / 1e6);
        write!(out, "{} workbooks, {packed:.1} MB, {inflated:.1} MB inflated, {tokens:.1} M tokens", self.workbooks)
    }
}

/// Reads the counts that the floor wrote.
pub fn read_counts(setup: &BenchSetup) -> Result<FloorCounts, Failure> {
    Ok(serde_json::from_slice(&fs::read(setup.output_folder(&FLOOR).join("floor.json"))?)?)
}

/// Returns the lines that describe the machine and the versions.
pub fn describe(args: &CompareArguments) -> String {
    let processor = file_value("/proc/cpuinfo", "model name");
    let memory = file_value("/proc/meminfo", "MemTotal");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let system = command_output("uname", &["-sr"]);
    let mut lines = vec![format!("Machine: {cores} cores, {processor}; {memory} of memory; {system}.")];
    lines.push(format!(
        "Versions: tonghop {} ({}); {}.",
        env!("CARGO_PKG_VERSION"),
        revision(),
        command_output("rustc", &["-V"])
    ));
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    if let Some(python) = &args.python {
        let versions = fs::read_to_string(peers.join("requirements.txt")).unwrap_or_default();
        let packages: Vec<&str> = versions.lines().filter(|line| !line.starts_with('#')).collect();
        lines.push(format!("{}: {}.", command_output(&python.to_string_lossy(), &["-V"]), packages.join(", ")));
    }
    if args.node_modules.is_some() {
        let versions = fs::read_to_string(peers.join("package.json")).unwrap_or_default();
        let packages: Vec<&str> = versions.lines().filter(|line| line.starts_with("    \"")).map(str::trim).collect();
        lines.push(format!("Node {}: {}.", command_output("node", &["-v"]), packages.join(" ").trim_end_matches(',')));
    }
    lines.join("\n") + "\n"
}

fn revision() -> String {
    command_output("git", &["-C", env!("CARGO_MANIFEST_DIR"), "describe", "--always", "--dirty"])
}

/// Returns the value in a line `word: value` of a file, or "unknown".
fn file_value(file: &str, key: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let value = text.lines().find_map(|line| line.strip_prefix(key)?.split_once(':'));
    value.map_or_else(|| "unknown".to_owned(), |(_, said)| said.trim().to_owned())
}

/// Returns the standard output of a command, or "unknown" if it cannot be run.
fn command_output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(|_| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
