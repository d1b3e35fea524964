//! Describes what was measured on: the machine, the versions and the size of the workload.
//!
//! Input: the paths of a comparison and its arguments. Output: sentences for the page. Not here: measurements.

use crate::contender::{FLOOR, Place};
use crate::{Asked, Failure};
use serde::Deserialize;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The counts of the workload, as the floor wrote them.
#[derive(Deserialize)]
pub struct Counts {
    workbooks: u64,
    packed: u64,
    pub inflated: u64,
    tokens: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [packed, inflated, tokens] = [self.packed, self.inflated, self.tokens].map(|count| count as f64 / 1e6);
        write!(out, "{} workbooks, {packed:.1} MB, {inflated:.1} MB inflated, {tokens:.1} M tokens", self.workbooks)
    }
}

/// Reads the counts that the floor wrote.
pub fn counts(place: &Place) -> Result<Counts, Failure> {
    Ok(serde_json::from_slice(&fs::read(place.out(&FLOOR).join("floor.json"))?)?)
}

/// Returns the lines that describe the machine and the versions.
pub fn description(asked: &Asked) -> String {
    let processor = line("/proc/cpuinfo", "model name");
    let memory = line("/proc/meminfo", "MemTotal");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let system = said("uname", &["-sr"]);
    let mut lines = vec![format!("Machine: {cores} cores, {processor}; {memory} of memory; {system}.")];
    lines.push(format!(
        "Versions: tonghop {} ({}); {}.",
        env!("CARGO_PKG_VERSION"),
        revision(),
        said("rustc", &["-V"])
    ));
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    if let Some(python) = &asked.python {
        let versions = fs::read_to_string(peers.join("requirements.txt")).unwrap_or_default();
        let packages: Vec<&str> = versions.lines().filter(|line| !line.starts_with('#')).collect();
        lines.push(format!("{}: {}.", said(&python.to_string_lossy(), &["-V"]), packages.join(", ")));
    }
    if asked.node_modules.is_some() {
        let versions = fs::read_to_string(peers.join("package.json")).unwrap_or_default();
        let packages: Vec<&str> = versions.lines().filter(|line| line.starts_with("    \"")).map(str::trim).collect();
        lines.push(format!("Node {}: {}.", said("node", &["-v"]), packages.join(" ").trim_end_matches(',')));
    }
    lines.join("\n") + "\n"
}

fn revision() -> String {
    said("git", &["-C", env!("CARGO_MANIFEST_DIR"), "describe", "--always", "--dirty"])
}

/// Returns the value in a line `word: value` of a file, or "unknown".
fn line(file: &str, word: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let said = text.lines().find_map(|line| line.strip_prefix(word)?.split_once(':'));
    said.map_or_else(|| "unknown".to_owned(), |(_, said)| said.trim().to_owned())
}

/// Returns the standard output of a command, or "unknown" if it cannot be run.
fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(|_| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
