//! Writes the folder of a workload: a project for this program, and the same workbooks in one folder for the others.
//!
//! Input: a shape and an empty folder. Output: `tonghop.toml`, `plugins/`, `workbooks/<department>/`, `flat/` with the
//! same workbooks, and `truth.json`. Settings and rules are copied from `benches/job/`. Not here: the content of
//! workbooks.

use super::Shape;
use super::book;
use super::form::{Department, Form};
use super::truth::Truth;
use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The reason why a workload could not be written.
pub type Failure = Box<dyn Error + Send + Sync>;

/// Writes the project; its content does not depend on the number of threads.
pub fn write(shape: Shape, folder: &Path) -> Result<Truth, Failure> {
    fs::create_dir_all(folder.join("flat"))?;
    copy(&job_folder().join("plugins"), &folder.join("plugins"))?;
    write_departments(shape, folder)?;
    let truth = write_workbooks(shape, folder)?;
    let mut text = serde_json::to_string_pretty(&truth)?;
    text.push('\n');
    fs::write(folder.join("truth.json"), text)?;
    Ok(truth)
}

/// Returns the folder with the settings and rules of the job.
fn job_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/job")
}

/// Writes the settings, with the departments of the shape.
fn write_departments(shape: Shape, folder: &Path) -> io::Result<()> {
    let mut settings = fs::read_to_string(job_folder().join("tonghop.toml"))?;
    for Department { id, name, .. } in (0..shape.workbooks).map(Department::new) {
        settings.push_str(&format!("\n[[departments]]\nid = \"{id}\"\nname = \"{name}\"\n"));
    }
    fs::write(folder.join("tonghop.toml"), settings)
}

/// Writes all workbooks in parallel; returns their expected results.
fn write_workbooks(shape: Shape, folder: &Path) -> Result<Truth, Failure> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut truth = Truth::default();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= shape.workbooks {
                return Ok(truth);
            }
            let form = Form::new(index, shape);
            write_workbook(&form, folder)?;
            truth.add(&form);
        }
    };
    let threads = thread::available_parallelism()?.get();
    let parts: Vec<Result<Truth, Failure>> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a thread ended".into()))).collect()
    });
    let mut truth = Truth::default();
    for part in parts {
        truth.absorb(part?);
    }
    Ok(truth)
}

fn write_workbook(form: &Form, folder: &Path) -> Result<(), Failure> {
    let Department { id, file, .. } = &form.department;
    let own = folder.join("workbooks").join(id);
    fs::create_dir_all(&own)?;
    fs::write(own.join(file), book::bytes(form)?)?;
    fs::hard_link(own.join(file), folder.join("flat").join(file))?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
