//! The programs that are measured, and what each of them needs to run.
//!
//! Input: a contender. Output: its command, its prepared folders, and its results. Not here: measuring.

use crate::check::Outcome;
use crate::workload::{Shape, book, form::Form};
use crate::{CompareArguments, Failure, report};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program that does the job.
pub struct Contender {
    pub name: &'static str,
    /// A description for the table.
    pub description: &'static str,
    kind: ContenderKind,
    arguments: &'static [&'static str],
}

/// The kind of program that a contender is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ContenderKind {
    /// This program, with the given state of its cache.
    Program(CacheState),
    Floor,
    Python,
    Node,
}

/// The state of this program's cache when it starts, relative to the workload.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CacheState {
    Cold,
    Unchanged,
    OneEdited,
}

/// The minimal work of reading these workbooks.
pub const FLOOR: Contender = Contender {
    name: "floor",
    description: "reads, inflates, tokenises; nothing else",
    kind: ContenderKind::Floor,
    arguments: &[],
};

/// All contenders in the order of each round; a run of this program uses the cache that its previous run left.
pub const CONTENDERS: [Contender; 12] = [
    program("tonghop", "this program, cold", CacheState::Cold),
    program("tonghop-again", "this program again, nothing changed", CacheState::Unchanged),
    program("tonghop-edited", "this program again, one workbook changed", CacheState::OneEdited),
    FLOOR,
    python("calamine", "python-calamine, XlsxWriter", &["calamine_plain.py"]),
    python("calamine-2", "the same, two processes", &["calamine_plain.py", "--procs", "2"]),
    python("polars", "polars, fastexcel", &["polars_frame.py"]),
    python("polars-2", "the same, two threads reading", &["polars_frame.py", "--procs", "2"]),
    python("pandas-calamine", "pandas, calamine", &["pandas_frame.py", "--engine", "calamine"]),
    python("pandas-openpyxl", "pandas, openpyxl", &["pandas_frame.py", "--engine", "openpyxl"]),
    node("sheetjs", "SheetJS", &["sheetjs.js"]),
    node("exceljs", "exceljs", &["exceljs.js"]),
];

const fn program(name: &'static str, what: &'static str, before: CacheState) -> Contender {
    Contender { name, description: what, kind: ContenderKind::Program(before), arguments: &[] }
}

const fn python(name: &'static str, what: &'static str, arguments: &'static [&'static str]) -> Contender {
    Contender { name, description: what, kind: ContenderKind::Python, arguments }
}

const fn node(name: &'static str, what: &'static str, arguments: &'static [&'static str]) -> Contender {
    Contender { name, description: what, kind: ContenderKind::Node, arguments }
}

impl Contender {
    /// Returns whether this is another program, neither this one nor the floor.
    pub fn is_peer(&self) -> bool {
        matches!(self.kind, ContenderKind::Python | ContenderKind::Node)
    }
}

/// The paths and options of a comparison.
pub struct BenchSetup {
    workload: PathBuf,
    shape: Shape,
    out: PathBuf,
    /// The folder with the binaries of this build.
    binaries: PathBuf,
    scripts: PathBuf,
    python: Option<PathBuf>,
    node_modules: Option<PathBuf>,
    full: bool,
}

impl BenchSetup {
    pub fn new(args: &CompareArguments) -> Result<Self, Failure> {
        let own = std::env::current_exe()?;
        let built = own.ancestors().nth(2).ok_or("this program has no folder")?.to_owned();
        Ok(Self {
            workload: fs::canonicalize(&args.workload)?,
            shape: args.shape,
            out: std::path::absolute(args.workload.with_extension("out"))?,
            binaries: built,
            scripts: Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers"),
            python: args.python.clone(),
            node_modules: args.node_modules.clone(),
            full: args.full,
        })
    }

    pub fn can_run(&self, contender: &Contender) -> bool {
        match contender.kind {
            ContenderKind::Program(_) | ContenderKind::Floor => true,
            ContenderKind::Python => self.python.is_some(),
            ContenderKind::Node => self.node_modules.is_some(),
        }
    }

    /// Returns the output folder of a contender.
    pub fn output_folder(&self, contender: &Contender) -> PathBuf {
        match contender.kind {
            ContenderKind::Program(_) => self.out.join("tonghop"),
            _ => self.out.join(contender.name),
        }
    }

    /// Returns the command of a contender; its output is redirected to a log file next to its results.
    pub fn command(&self, contender: &Contender) -> Result<Command, Failure> {
        let flat = self.workload.join("flat");
        let mut command = match contender.kind {
            ContenderKind::Program(_) => Command::new(self.binaries.join("tonghop")),
            ContenderKind::Floor => Command::new(self.binaries.join("examples/floor")),
            ContenderKind::Python => Command::new(self.python.as_deref().ok_or("no Python")?),
            ContenderKind::Node => Command::new("node"),
        };
        if let Some((script, options)) = contender.arguments.split_first() {
            command.arg(self.scripts.join(script)).args(options);
        }
        match contender.kind {
            ContenderKind::Program(_) => command.arg(&self.workload).args(["--message-format", "short", "--out"]),
            _ => command.arg(flat),
        };
        command.arg(self.output_folder(contender));
        if contender.is_peer() && self.full {
            command.arg("--full");
        }
        if let Some(modules) = &self.node_modules {
            command.env("NODE_PATH", modules);
        }
        // Keeps Python's compiled files out of the source tree.
        command.env("PYTHONPYCACHEPREFIX", self.out.join("pycache")).stdin(Stdio::null());
        let log = File::create(self.out.join(format!("{}.log", contender.name)))?;
        command.stdout(log.try_clone()?).stderr(log);
        Ok(command)
    }

    /// Prepares the folders for a contender in a round.
    pub fn prepare(&self, contender: &Contender, round: usize) -> Result<(), Failure> {
        fs::create_dir_all(&self.out)?;
        match contender.kind {
            ContenderKind::Program(CacheState::Unchanged) => {}
            ContenderKind::Program(CacheState::OneEdited) => self.edit_first_workbook(round)?,
            ContenderKind::Program(CacheState::Cold) => {
                remove_folder(&self.workload.join(".tonghop"))?;
                remove_folder(&self.output_folder(contender))?;
            }
            _ => remove_folder(&self.output_folder(contender))?,
        }
        Ok(())
    }

    /// Undoes the change that [`BenchSetup::prepare`] made to the workload.
    pub fn restore(&self, contender: &Contender) -> Result<(), Failure> {
        match contender.kind {
            ContenderKind::Program(CacheState::OneEdited) => Ok(self.write_first_workbook(&Form::new(0, self.shape))?),
            _ => Ok(()),
        }
    }

    /// Changes the recommendation of the first workbook to one that is unique to the round.
    fn edit_first_workbook(&self, round: usize) -> Result<(), Failure> {
        let mut form = Form::new(0, self.shape);
        let recommendation = form.narrative.last_mut().and_then(|passage| passage.paragraphs.first_mut());
        recommendation.ok_or("a form without recommendations")?.push_str(&format!(" Sửa lần {round}."));
        self.write_first_workbook(&form)
    }

    fn write_first_workbook(&self, form: &Form) -> Result<(), Failure> {
        let department = &form.department;
        let file = self.workload.join("workbooks").join(&department.id).join(&department.file);
        Ok(fs::write(file, book::bytes(form)?)?)
    }

    /// Reads the results of a contender; the floor has none.
    pub fn read_outcome(&self, contender: &Contender) -> Result<Option<Outcome>, Failure> {
        let out = self.output_folder(contender);
        match contender.kind {
            ContenderKind::Floor => Ok(None),
            ContenderKind::Program(_) => Ok(Some(report::outcome(&fs::read_to_string(report::file(&out)?)?)?)),
            ContenderKind::Python | ContenderKind::Node => {
                Ok(Some(serde_json::from_slice(&fs::read(out.join("result.json"))?)?))
            }
        }
    }
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
