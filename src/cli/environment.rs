//! The environment of a command: the folder of the project, worker processes, and the store of results.

use super::Console;
use super::worker::Workers;
use crate::cache::DiskStore;
use crate::pipeline::{Environment, InProcessReader, NoStore, ResultStore, WorkbookReader};
use crate::source::FolderSource;
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;
use tracing::warn;

/// The upper limit of the default: more threads wait for the disk and for each other.
const MAX_THREADS: NonZeroUsize = NonZeroUsize::new(4).unwrap();

/// The environment of the runs over one project.
pub(super) struct ProjectEnvironment {
    source: FolderSource,
    reader: Box<dyn WorkbookReader>,
    store: Box<dyn ResultStore>,
    threads: NonZeroUsize,
}

impl ProjectEnvironment {
    /// Creates an environment that stores nothing.
    pub(super) fn new(project: &Path, console: &Console<'_>) -> Self {
        Self {
            source: FolderSource::new(project),
            reader: reader(console),
            store: Box::new(NoStore),
            threads: threads(console),
        }
    }

    /// Creates an environment that stores recognition results in the project for the next run.
    pub(super) fn with_store(project: &Path, console: &Console<'_>) -> Self {
        let environment = Self::new(project, console);
        let Some(program) = &console.program else { return environment };
        match DiskStore::open(project, program) {
            Ok(store) => Self { store: Box::new(store), ..environment },
            Err(error) => {
                warn!(%error, "the cache cannot be opened, so nothing is kept for the next run");
                environment
            }
        }
    }

    pub(super) fn borrow(&self) -> Environment<'_> {
        Environment { source: &self.source, reader: &*self.reader, store: &*self.store, threads: self.threads }
    }
}

/// Returns a reader that uses workers, or this process if the console has no program.
pub(super) fn reader(console: &Console<'_>) -> Box<dyn WorkbookReader> {
    match &console.program {
        Some(program) => Box::new(Workers::new(program.clone(), threads(console))),
        None => Box::new(InProcessReader),
    }
}

/// Returns the number of threads: as asked for, else one more than there are processors, because a thread that waits
/// for a worker is idle; but one thread if there is only one processor, or no worker.
pub(super) fn threads(console: &Console<'_>) -> NonZeroUsize {
    if console.program.is_none() {
        return NonZeroUsize::MIN;
    }
    console.threads.unwrap_or_else(|| match thread::available_parallelism() {
        Ok(processors) if processors > NonZeroUsize::MIN => processors.saturating_add(1).min(MAX_THREADS),
        _ => NonZeroUsize::MIN,
    })
}
