//! Writes the results as a Markdown page.
//!
//! Input: the measurements of the contenders. Output: the page, with medians and their ratios to those of this program.
//! Not here: measuring.

use crate::contender::BenchSetup;
use crate::measure::Cost;
use crate::{CompareArguments, Failure, Measurement, machine};
use std::fmt::Write;
use std::time::Duration;

const MIB: f64 = 1_048_576.0;

/// The placeholder for a value that the system does not report.
const NOT_AVAILABLE: &str = "–";

/// The medians of the measurements of a contender.
struct Medians {
    wall: f64,
    /// The wall time of the fastest and of the slowest round.
    range: (f64, f64),
    cpu: f64,
    memory: Option<f64>,
}

impl Medians {
    fn from_measurement(measurement: &Measurement) -> Self {
        let seconds = |part: fn(&Cost) -> Duration| {
            let mut times: Vec<f64> = measurement.costs.iter().map(|cost| part(cost).as_secs_f64()).collect();
            times.sort_by(f64::total_cmp);
            times
        };
        let walls = seconds(|cost| cost.wall);
        Self {
            wall: median(&walls),
            range: (walls.first().copied().unwrap_or_default(), walls.last().copied().unwrap_or_default()),
            cpu: median(&seconds(|cost| cost.cpu)),
            memory: measurement.memory.map(|bytes| bytes as f64 / MIB),
        }
    }
}

/// Returns the median of sorted values.
fn median(sorted: &[f64]) -> f64 {
    let (low, high) = (sorted.len().saturating_sub(1) / 2, sorted.len() / 2);
    sorted.get(low).zip(sorted.get(high)).map_or(0.0, |(low, high)| (low + high) / 2.0)
}

/// Returns the page.
pub fn markdown(args: &CompareArguments, setup: &BenchSetup, measurements: &[Measurement]) -> Result<String, Failure> {
    let medians: Vec<Medians> = measurements.iter().map(Medians::from_measurement).collect();
    let Some(baseline) = medians.first() else { return Err("nothing was measured".into()) };
    let mut page = format!("### {}\n\n", args.shape);
    let counts = machine::read_counts(setup)?;
    writeln!(page, "{counts}; medians of {} rounds after a warm-up.\n", args.rounds)?;
    page.push_str("| | wall s | (range) | CPU s | CPU ns/byte | memory MiB | wall × | CPU × | memory × |\n");
    page.push_str("|---|--:|---|--:|--:|--:|--:|--:|--:|\n");
    for (one, this) in measurements.iter().zip(&medians) {
        let ratio = |part: fn(&Medians) -> Option<f64>| {
            part(this)
                .zip(part(baseline))
                .map_or_else(|| NOT_AVAILABLE.to_owned(), |(this, own)| format!("{:.2}", this / own))
        };
        let (low, high) = this.range;
        write!(page, "| {} | {:.3} | {low:.3}–{high:.3} ", one.contender.name, this.wall)?;
        write!(page, "| {:.3} | {:.2} ", this.cpu, this.cpu * 1e9 / counts.inflated as f64)?;
        let memory = this.memory.map_or_else(|| NOT_AVAILABLE.to_owned(), |mebibytes| format!("{mebibytes:.0}"));
        write!(page, "| {memory} | {} | {} ", ratio(|m| Some(m.wall)), ratio(|m| Some(m.cpu)))?;
        writeln!(page, "| {} |", ratio(|m| m.memory))?;
    }
    page.push('\n');
    for one in measurements {
        writeln!(page, "- {}: {}", one.contender.name, one.contender.description)?;
    }
    writeln!(page, "\n{}", machine::describe(args))?;
    page.push_str(&verdict(measurements));
    Ok(page)
}

/// Returns a paragraph with the contenders whose results were wrong, and the differences.
fn verdict(measurements: &[Measurement]) -> String {
    let wrong: Vec<&Measurement> = measurements.iter().filter(|one| !one.errors.is_empty()).collect();
    if wrong.is_empty() {
        return "Results: all equal to the truth, figure by figure.\n".to_owned();
    }
    let mut text = "**Results differ from the truth:**\n\n".to_owned();
    for one in wrong {
        let (shown, rest) = one.errors.split_at(one.errors.len().min(5));
        text.push_str(&format!("- {}: {}", one.contender.name, shown.join("; ")));
        text.push_str(&if rest.is_empty() { "\n".to_owned() } else { format!("; and {} more\n", rest.len()) });
    }
    text
}
