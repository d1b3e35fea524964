//! The programs that are measured, and what each of them needs to run.
//!
//! Input: a contender. Output: its command, its prepared folders, and its results. Not here: measuring.

use crate::check::Outcome;
use crate::workload::{Shape, book, form::Form};
use crate::{Asked, Failure, report};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program that does the job.
pub struct Contender {
    pub name: &'static str,
    /// A description for the table.
    pub what: &'static str,
    kind: Kind,
    arguments: &'static [&'static str],
}

/// The kind of program that a contender is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// This program, with the given state of its cache.
    Program(Before),
    Floor,
    Python,
    Node,
}

/// The state of this program's cache when it starts, relative to the workload.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    TheSame,
    OneEdited,
}

/// The minimal work of reading these workbooks.
pub const FLOOR: Contender =
    Contender { name: "floor", what: "reads, inflates, tokenises; nothing else", kind: Kind::Floor, arguments: &[] };

/// All contenders in the order of each round; a run of this program uses the cache that its previous run left.
pub const CONTENDERS: [Contender; 12] = [
    program("tonghop", "this program, cold", Before::Nothing),
    program("tonghop-again", "this program again, nothing changed", Before::TheSame),
    program("tonghop-edited", "this program again, one workbook changed", Before::OneEdited),
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

const fn program(name: &'static str, what: &'static str, before: Before) -> Contender {
    Contender { name, what, kind: Kind::Program(before), arguments: &[] }
}

const fn python(name: &'static str, what: &'static str, arguments: &'static [&'static str]) -> Contender {
    Contender { name, what, kind: Kind::Python, arguments }
}

const fn node(name: &'static str, what: &'static str, arguments: &'static [&'static str]) -> Contender {
    Contender { name, what, kind: Kind::Node, arguments }
}

impl Contender {
    /// Returns whether this is another program, neither this one nor the floor.
    pub fn is_peer(&self) -> bool {
        matches!(self.kind, Kind::Python | Kind::Node)
    }
}

/// The paths and options of a comparison.
pub struct Place {
    workload: PathBuf,
    shape: Shape,
    out: PathBuf,
    /// The folder with the binaries of this build.
    built: PathBuf,
    scripts: PathBuf,
    python: Option<PathBuf>,
    node_modules: Option<PathBuf>,
    full: bool,
}

impl Place {
    pub fn new(asked: &Asked) -> Result<Self, Failure> {
        let own = std::env::current_exe()?;
        let built = own.ancestors().nth(2).ok_or("this program has no folder")?.to_owned();
        Ok(Self {
            workload: fs::canonicalize(&asked.workload)?,
            shape: asked.shape,
            out: std::path::absolute(asked.workload.with_extension("out"))?,
            built,
            scripts: Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers"),
            python: asked.python.clone(),
            node_modules: asked.node_modules.clone(),
            full: asked.full,
        })
    }

    pub fn can_run(&self, contender: &Contender) -> bool {
        match contender.kind {
            Kind::Program(_) | Kind::Floor => true,
            Kind::Python => self.python.is_some(),
            Kind::Node => self.node_modules.is_some(),
        }
    }

    /// Returns the output folder of a contender.
    pub fn out(&self, contender: &Contender) -> PathBuf {
        match contender.kind {
            Kind::Program(_) => self.out.join("tonghop"),
            _ => self.out.join(contender.name),
        }
    }

    /// Returns the command of a contender; its output is redirected to a log file next to its results.
    pub fn command(&self, contender: &Contender) -> Result<Command, Failure> {
        let flat = self.workload.join("flat");
        let mut command = match contender.kind {
            Kind::Program(_) => Command::new(self.built.join("tonghop")),
            Kind::Floor => Command::new(self.built.join("examples/floor")),
            Kind::Python => Command::new(self.python.as_deref().ok_or("no Python")?),
            Kind::Node => Command::new("node"),
        };
        if let Some((script, options)) = contender.arguments.split_first() {
            command.arg(self.scripts.join(script)).args(options);
        }
        match contender.kind {
            Kind::Program(_) => command.arg(&self.workload).args(["--message-format", "short", "--out"]),
            _ => command.arg(flat),
        };
        command.arg(self.out(contender));
        if contender.is_peer() && self.full {
            command.arg("--full");
        }
        if let Some(modules) = &self.node_modules {
            command.env("NODE_PATH", modules);
        }
        // Keeps Python's compiled files out of the source tree.
        command.env("PYTHONPYCACHEPREFIX", self.out.join("pycache")).stdin(Stdio::null());
        let said = File::create(self.out.join(format!("{}.log", contender.name)))?;
        command.stdout(said.try_clone()?).stderr(said);
        Ok(command)
    }

    /// Prepares the folders for a contender in a round.
    pub fn prepare(&self, contender: &Contender, round: usize) -> Result<(), Failure> {
        fs::create_dir_all(&self.out)?;
        match contender.kind {
            Kind::Program(Before::TheSame) => {}
            Kind::Program(Before::OneEdited) => self.edit(round)?,
            Kind::Program(Before::Nothing) => {
                remove(&self.workload.join(".tonghop"))?;
                remove(&self.out(contender))?;
            }
            _ => remove(&self.out(contender))?,
        }
        Ok(())
    }

    /// Undoes the change that [`BenchSetup::prepare`] made to the workload.
    pub fn restore(&self, contender: &Contender) -> Result<(), Failure> {
        match contender.kind {
            Kind::Program(Before::OneEdited) => Ok(self.write_first(&Form::new(0, self.shape))?),
            _ => Ok(()),
        }
    }

    /// Changes the recommendation of the first workbook to one that is unique to the round.
    fn edit(&self, round: usize) -> Result<(), Failure> {
        let mut form = Form::new(0, self.shape);
        let recommendation = form.narrative.last_mut().and_then(|passage| passage.paragraphs.first_mut());
        recommendation.ok_or("a form without recommendations")?.push_str(&format!(" Sửa lần {round}."));
        self.write_first(&form)
    }

    fn write_first(&self, form: &Form) -> Result<(), Failure> {
        let department = &form.department;
        let file = self.workload.join("workbooks").join(&department.id).join(&department.file);
        Ok(fs::write(file, book::bytes(form)?)?)
    }

    /// Reads the results of a contender; the floor has none.
    pub fn outcome(&self, contender: &Contender) -> Result<Option<Outcome>, Failure> {
        let out = self.out(contender);
        match contender.kind {
            Kind::Floor => Ok(None),
            Kind::Program(_) => Ok(Some(report::outcome(&fs::read_to_string(report::file(&out)?)?)?)),
            Kind::Python | Kind::Node => Ok(Some(serde_json::from_slice(&fs::read(out.join("result.json"))?)?)),
        }
    }
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
