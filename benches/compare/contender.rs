//! Who is measured, and what each of them needs to run.
//!
//! In comes a contender, out go its command, the state of the folders before it runs, and what it found. Never here: a
//! clock.

use crate::check::Outcome;
use crate::workload::{Shape, book, form::Form};
use crate::{Asked, Failure, report};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Somebody who does the job.
pub struct Contender {
    pub name: &'static str,
    /// What it is, for the table.
    pub what: &'static str,
    kind: Kind,
    arguments: &'static [&'static str],
}

/// What a contender runs on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// This program, and what it still knows of the run before.
    Program(Before),
    Floor,
    Python,
    Node,
}

/// What this program finds when it starts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    TheSame,
    OneEdited,
}

/// The least that whoever reads these workbooks does.
pub const FLOOR: Contender =
    Contender { name: "floor", what: "reads, inflates, tokenises; nothing else", kind: Kind::Floor, arguments: &[] };

/// In the order of each round: what the program remembers is what it was left by the contender before.
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
    /// Tells whether this is somebody else's way of doing the job.
    pub fn is_peer(&self) -> bool {
        matches!(self.kind, Kind::Python | Kind::Node)
    }
}

/// Where everything is.
pub struct Place {
    workload: PathBuf,
    shape: Shape,
    out: PathBuf,
    /// The folder of the programs of this build.
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

    /// Returns the folder into which a contender writes.
    pub fn out(&self, contender: &Contender) -> PathBuf {
        match contender.kind {
            Kind::Program(_) => self.out.join("tonghop"),
            _ => self.out.join(contender.name),
        }
    }

    /// Returns the command of a contender; what it says goes to a file beside its outputs.
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
        // What Python compiles belongs to what was made, not beside the scripts.
        command.env("PYTHONPYCACHEPREFIX", self.out.join("pycache")).stdin(Stdio::null());
        let said = File::create(self.out.join(format!("{}.log", contender.name)))?;
        command.stdout(said.try_clone()?).stderr(said);
        Ok(command)
    }

    /// Makes the folders what a contender shall find in this round.
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

    /// Undoes what [`Place::prepare`] did to the workload.
    pub fn restore(&self, contender: &Contender) -> Result<(), Failure> {
        match contender.kind {
            Kind::Program(Before::OneEdited) => Ok(self.write_first(&Form::new(0, self.shape))?),
            _ => Ok(()),
        }
    }

    /// Gives the first workbook another recommendation, which no round before had.
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

    /// Reads what a contender found; the floor finds nothing.
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
