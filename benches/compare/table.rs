//! Writes the results as a Markdown page.
//!
//! Input: the measurements of the contenders. Output: the page, with medians and their ratios to those of this program.
//! Not here: measuring.

use crate::contender::Place;
use crate::measure::Cost;
use crate::{Asked, Failure, Measured, machine};
use std::fmt::Write;
use std::time::Duration;

const MIB: f64 = 1_048_576.0;

/// The placeholder for a value that the system does not report.
const NOTHING: &str = "–";

/// The medians of the measurements of a contender.
struct Medians {
    wall: f64,
    /// The wall time of the fastest and of the slowest round.
    range: (f64, f64),
    processors: f64,
    memory: Option<f64>,
}

impl Medians {
    fn of(one: &Measured) -> Self {
        let seconds = |part: fn(&Cost) -> Duration| {
            let mut all: Vec<f64> = one.costs.iter().map(|cost| part(cost).as_secs_f64()).collect();
            all.sort_by(f64::total_cmp);
            all
        };
        let walls = seconds(|cost| cost.wall);
        Self {
            wall: median(&walls),
            range: (walls.first().copied().unwrap_or_default(), walls.last().copied().unwrap_or_default()),
            processors: median(&seconds(|cost| cost.processors)),
            memory: one.memory.map(|bytes| bytes as f64 / MIB),
        }
    }
}

/// Returns the median of sorted values.
fn median(sorted: &[f64]) -> f64 {
    let (low, high) = (sorted.len().saturating_sub(1) / 2, sorted.len() / 2);
    sorted.get(low).zip(sorted.get(high)).map_or(0.0, |(low, high)| (low + high) / 2.0)
}

/// Returns the page.
pub fn markdown(asked: &Asked, place: &Place, all: &[Measured]) -> Result<String, Failure> {
    let medians: Vec<Medians> = all.iter().map(Medians::of).collect();
    let Some(own) = medians.first() else { return Err("nothing was measured".into()) };
    let mut page = format!("### {}\n\n", asked.shape);
    let counts = machine::counts(place)?;
    writeln!(page, "{counts}; medians of {} rounds after a warm-up.\n", asked.rounds)?;
    page.push_str("| | wall s | (range) | CPU s | CPU ns/byte | memory MiB | wall × | CPU × | memory × |\n");
    page.push_str("|---|--:|---|--:|--:|--:|--:|--:|--:|\n");
    for (one, this) in all.iter().zip(&medians) {
        let times = |part: fn(&Medians) -> Option<f64>| {
            part(this).zip(part(own)).map_or_else(|| NOTHING.to_owned(), |(this, own)| format!("{:.2}", this / own))
        };
        let (low, high) = this.range;
        write!(page, "| {} | {:.3} | {low:.3}–{high:.3} ", one.contender.name, this.wall)?;
        write!(page, "| {:.3} | {:.2} ", this.processors, this.processors * 1e9 / counts.inflated as f64)?;
        let memory = this.memory.map_or_else(|| NOTHING.to_owned(), |mebibytes| format!("{mebibytes:.0}"));
        write!(page, "| {memory} | {} | {} ", times(|m| Some(m.wall)), times(|m| Some(m.processors)))?;
        writeln!(page, "| {} |", times(|m| m.memory))?;
    }
    page.push('\n');
    for one in all {
        writeln!(page, "- {}: {}", one.contender.name, one.contender.what)?;
    }
    writeln!(page, "\n{}", machine::description(asked))?;
    page.push_str(&verdict(all));
    Ok(page)
}

/// Returns a paragraph with the contenders whose results were wrong, and the differences.
fn verdict(all: &[Measured]) -> String {
    let wrong: Vec<&Measured> = all.iter().filter(|one| !one.faults.is_empty()).collect();
    if wrong.is_empty() {
        return "Results: all equal to the truth, figure by figure.\n".to_owned();
    }
    let mut told = "**Results differ from the truth:**\n\n".to_owned();
    for one in wrong {
        let (shown, rest) = one.faults.split_at(one.faults.len().min(5));
        told.push_str(&format!("- {}: {}", one.contender.name, shown.join("; ")));
        told.push_str(&if rest.is_empty() { "\n".to_owned() } else { format!("; and {} more\n", rest.len()) });
    }
    told
}
