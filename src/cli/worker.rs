//! Reads workbooks in worker processes, so that one that crashes, hangs or uses too much memory affects only itself.
//!
//! Input: the bytes of workbooks. Output: their cells or recognition results, or an error. The program starts itself
//! again as a worker, which serves one workbook after another through its standard streams; after a failure the next
//! workbook gets a new worker. Not here: how a workbook is read or recognised.

use super::error_tail::ErrorTail;
use super::reading_time::{ReadingTime, processor_time};
use super::{log, memory};
use crate::pipeline::{
    InProcessReader, ReadError, ReadResult, Recognition, RecognitionContext, Request, WorkbookReader, decode, encode,
    is_large,
};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::{self, Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;
use tonghop_core::config::Limits;
use tonghop_core::model::hash::ContentHash;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::parallel::lock;
use tracing::{debug, warn};

/// The hidden argument that starts a worker; it is followed by the memory limit in MiB.
const WORKER_ARGUMENT: &str = "--read-worker";
const MIB: usize = 1024 * 1024;

/// How long a worker whose stream broke may take to end by itself, which tells the reason: pauses and their number.
const END_PAUSE: Duration = Duration::from_millis(20);
const MAX_END_PAUSES: usize = 50;

/// Reads workbooks in workers, one per calling thread, each started when it is first needed.
///
/// All workers together stay below twice the memory limit: each has its share of it, and one more worker at a time has
/// all of it, for a large workbook or for one that needs more than a share.
pub(super) struct Workers {
    program: PathBuf,
    /// The number of threads that may read at the same time.
    threads: usize,
    /// Workers that wait for a workbook.
    idle: Mutex<Vec<Worker>>,
    /// Held while a worker may use the whole memory limit.
    whole_memory: Mutex<()>,
}

impl Workers {
    /// Creates a reader that starts `program` as a worker for each thread that reads; no worker is started yet.
    pub(super) fn new(program: PathBuf, threads: NonZeroUsize) -> Self {
        Self { program, threads: threads.get(), idle: Mutex::default(), whole_memory: Mutex::default() }
    }
}

impl Workers {
    /// Calls `ask` with a worker: one with a share of the memory, unless the workbook needs more.
    fn with_worker<T>(
        &self,
        bytes: &[u8],
        limits: &Limits,
        ask: impl Fn(&mut Worker, Duration) -> Result<T, RecvTimeoutError>,
    ) -> Result<T, ReadError> {
        let shares_memory = self.threads > 1 && !is_large(bytes);
        let answer = if shares_memory || self.threads == 1 {
            self.with_shared_memory(bytes, limits, &ask)
        } else {
            self.with_whole_memory(limits, &ask)
        };
        match answer {
            Err(ReadError::OutOfMemory) if shares_memory => self.with_whole_memory(limits, ask),
            // The system or a user may have ended the process: only a second one blames the workbook.
            Err(ReadError::WorkerCrash) => self.with_whole_memory(limits, ask),
            answer => answer,
        }
    }

    /// Calls `ask` with an idle or new worker, and drops the worker if it fails.
    fn with_shared_memory<T>(
        &self,
        bytes: &[u8],
        limits: &Limits,
        ask: impl Fn(&mut Worker, Duration) -> Result<T, RecvTimeoutError>,
    ) -> Result<T, ReadError> {
        let idle = lock(&self.idle).pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => self.start_worker((limits.read_memory_mib / self.threads).max(1))?,
        };
        let answer = ask(&mut worker, Duration::from_secs_f64(limits.read_seconds));
        let answer = answer.map_err(|lost| worker.failure(lost))?;
        // A process does not return the memory of a large workbook to the system, so it ends here.
        if !is_large(bytes) {
            lock(&self.idle).push(worker);
        }
        Ok(answer)
    }

    /// Calls `ask` with a new worker that may use the whole memory limit; only one is running at a time.
    fn with_whole_memory<T>(
        &self,
        limits: &Limits,
        ask: impl Fn(&mut Worker, Duration) -> Result<T, RecvTimeoutError>,
    ) -> Result<T, ReadError> {
        let _alone = lock(&self.whole_memory);
        let mut worker = self.start_worker(limits.read_memory_mib)?;
        let answer = ask(&mut worker, Duration::from_secs_f64(limits.read_seconds));
        answer.map_err(|lost| worker.failure(lost))
    }

    fn start_worker(&self, memory_mib: usize) -> Result<Worker, ReadError> {
        Worker::start(&self.program, memory_mib).map_err(|_| ReadError::WorkerNotStarted)
    }
}

impl WorkbookReader for Workers {
    fn read(&self, bytes: &[u8], limits: &Limits) -> ReadResult {
        let answer =
            self.with_worker(bytes, limits, |worker, limit| worker.request(&WorkerRequest::Cells, bytes, limit))?;
        decode(&answer).unwrap_or(Err(ReadError::WorkerCrash))
    }

    fn recognise(
        &self,
        request: Request<'_>,
        recognition: &Recognition<'_>,
        limits: &Limits,
    ) -> Result<Vec<u8>, ReadError> {
        let worker_request =
            WorkerRequest::Recognise { department: request.department.as_str(), file: request.file.as_str() };
        let mut answer = self.with_worker(request.bytes, limits, |worker, limit| {
            worker.sync_context(recognition.context)?;
            worker.request(&worker_request, request.bytes, limit)
        })?;
        match answer.pop() {
            Some(RECOGNISED) => Ok(answer),
            _ => Err(decode(&answer).and_then(Result::err).unwrap_or(ReadError::WorkerCrash)),
        }
    }
}

/// A request to a worker; a message with its data follows.
#[derive(Serialize, Deserialize)]
enum WorkerRequest<'r> {
    /// Sets the context for the following requests; the data is the encoded [`RecognitionContext`].
    Context,
    /// Asks for the cells of the workbook in the data.
    Cells,
    /// Asks for the recognition result of the workbook in the data.
    Recognise { department: &'r str, file: &'r str },
}

/// The last byte of the answer to a recognition request: a result, or an encoded error.
const RECOGNISED: u8 = 1;
const FAILED: u8 = 0;

/// A running worker; it ends when dropped.
struct Worker {
    process: Child,
    requests: Sender<Vec<u8>>,
    answers: Receiver<Vec<u8>>,
    log: ErrorTail,
    /// The hash of the context it has received.
    context_hash: Option<ContentHash>,
}

impl Worker {
    fn start(program: &PathBuf, memory_mib: usize) -> io::Result<Self> {
        let mut process = Command::new(program)
            .arg(WORKER_ARGUMENT)
            .arg(memory_mib.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env(log::ENV_VARIABLE, log::child_filter())
            .spawn()?;
        let streams = process.stdin.take().zip(process.stdout.take());
        let ((requests, answers), log) = streams.zip(process.stderr.take()).ok_or(io::ErrorKind::BrokenPipe)?;
        debug!(worker = process.id(), memory_mib, "started");
        let log = ErrorTail::spawn(process.id(), log);
        Ok(Self {
            process,
            requests: spawn_sender(requests),
            answers: spawn_receiver(answers),
            log,
            context_hash: None,
        })
    }

    /// Sends the context, unless the worker already has it.
    fn sync_context(&mut self, context: &RecognitionContext) -> Result<(), RecvTimeoutError> {
        if self.context_hash.as_ref() != Some(context.hash()) {
            self.send(&WorkerRequest::Context, context.as_bytes())?;
            self.context_hash = Some(context.hash().clone());
        }
        Ok(())
    }

    /// Sends a workbook and waits for the answer until the worker has had its time.
    fn request(
        &mut self,
        request: &WorkerRequest<'_>,
        bytes: &[u8],
        limit: Duration,
    ) -> Result<Vec<u8>, RecvTimeoutError> {
        self.send(request, bytes)?;
        let mut time = ReadingTime::new(limit);
        loop {
            match self.answers.recv_timeout(time.pause()) {
                Err(RecvTimeoutError::Timeout) if !time.is_over(processor_time(self.process.id())) => {}
                outcome => return outcome,
            }
        }
    }

    fn send(&mut self, request: &WorkerRequest<'_>, bytes: &[u8]) -> Result<(), RecvTimeoutError> {
        let head = postcard::to_allocvec(request).unwrap_or_default();
        let result = [head, bytes.to_vec()].into_iter().try_for_each(|message| self.requests.send(message));
        result.map_err(|_| RecvTimeoutError::Disconnected)
    }

    /// Returns the reason why there is no answer.
    fn failure(&mut self, error: RecvTimeoutError) -> ReadError {
        let worker = self.process.id();
        if error == RecvTimeoutError::Timeout {
            debug!(worker, "exceeded the time limit");
            return ReadError::Timeout;
        }
        let status = self.end();
        if status.and_then(|status| status.code()) == Some(memory::OVERRUN.into()) {
            debug!(worker, "exceeded the memory limit");
            return ReadError::OutOfMemory;
        }
        let status = status.map(|status| status.to_string()).unwrap_or_default();
        warn!(worker, status, "a reading process ended unexpectedly; its last lines:\n{}", self.log.text());
        ReadError::WorkerCrash
    }

    /// Ends the worker and returns its status. A worker that closed its stream may still run, and is not waited for.
    fn end(&mut self) -> Option<ExitStatus> {
        for _ in 0..MAX_END_PAUSES {
            match self.process.try_wait() {
                Ok(None) => thread::sleep(END_PAUSE),
                ended => return ended.ok().flatten(),
            }
        }
        self.process.kill().ok()?;
        self.process.wait().ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns the memory limit in MiB if the arguments start a worker.
pub(super) fn worker_memory(arguments: &[OsString]) -> Option<usize> {
    match arguments {
        [_, argument, mib] if argument == WORKER_ARGUMENT => mib.to_str()?.parse().ok(),
        _ => None,
    }
}

/// Runs a worker until the requests end; returns the exit code.
pub(super) fn serve(mib: usize, answers: &mut dyn Write) -> u8 {
    let requests = receive_requests();
    let mut context = None;
    loop {
        match serve_in_context(context.as_ref(), mib, &requests, answers) {
            Ok(packed) => context = RecognitionContext::decode(packed),
            Err(code) => return code,
        }
    }
}

/// Serves requests in one context until another one arrives, which is returned.
fn serve_in_context(
    context: Option<&RecognitionContext>,
    mib: usize,
    requests: &Receiver<RawRequest>,
    answers: &mut dyn Write,
) -> Result<Vec<u8>, u8> {
    let recognition = context.map(RecognitionContext::recognition);
    // The settings and declarations of a large project are no part of a workbook.
    memory::cap(mib.saturating_mul(MIB));
    for (head, bytes) in requests {
        let answer = match postcard::from_bytes(&head).map_err(|_| 1)? {
            WorkerRequest::Context => return Ok(bytes),
            WorkerRequest::Cells => encode(&InProcessReader.read(&bytes, &Limits::default())),
            WorkerRequest::Recognise { department, file } => {
                let (department, file) = (DepartmentId::new(department), FilePath::new(file));
                let request = Request { department: &department, file: &file, bytes: &bytes };
                recognition_answer(request, recognition.as_ref().ok_or(1)?)
            }
        };
        send(answers, &answer).map_err(|_| 1)?;
    }
    Err(0)
}

/// Returns the answer to a recognition request.
fn recognition_answer(request: Request<'_>, recognition: &Recognition<'_>) -> Vec<u8> {
    let (mut answer, kind) = match InProcessReader.recognise(request, recognition, &Limits::default()) {
        Ok(made) => (made, RECOGNISED),
        Err(error) => (encode(&Err(error)), FAILED),
    };
    answer.push(kind);
    answer
}

/// A request as received: the encoded [`WorkerRequest`] and its data.
type RawRequest = (Vec<u8>, Vec<u8>);

/// Receives the requests from standard input. When they end, this process exits, even while it reads a workbook,
/// because nothing waits for the result any more.
fn receive_requests() -> Receiver<RawRequest> {
    let (sender, requests) = mpsc::sync_channel(1);
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(request) = receive(&mut input).and_then(|head| Ok((head, receive(&mut input)?))) {
            if sender.send(request).is_err() {
                break;
            }
        }
        #[expect(
            clippy::exit,
            reason = "the working thread may hang in a workbook; the pipe is closed, so no one waits for its answer"
        )]
        process::exit(0)
    });
    requests
}

/// Sends requests to a worker in a thread, so that a worker that does not read them cannot block the caller.
fn spawn_sender(mut stream: ChildStdin) -> Sender<Vec<u8>> {
    let (sender, requests) = mpsc::channel::<Vec<u8>>();
    thread::spawn(move || requests.into_iter().try_for_each(|message| send(&mut stream, &message)));
    sender
}

/// Receives the answers of a worker in a thread until it ends.
fn spawn_receiver(mut stream: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, answers) = mpsc::channel();
    thread::spawn(move || {
        while let Ok(answer) = receive(&mut stream) {
            if sender.send(answer).is_err() {
                break;
            }
        }
    });
    answers
}

/// Sends a message, preceded by its length.
fn send(stream: &mut dyn Write, message: &[u8]) -> io::Result<()> {
    stream.write_all(&(message.len() as u64).to_le_bytes())?;
    stream.write_all(message)?;
    stream.flush()
}

/// Receives a complete message.
fn receive(stream: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    stream.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut message = Vec::new();
    stream.take(length).read_to_end(&mut message)?;
    if message.len() as u64 == length { Ok(message) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_arrive_whole_or_not_at_all() {
        let mut stream = Vec::new();
        for message in [&b"PK"[..], b"", b"\0\xff"] {
            send(&mut stream, message).unwrap();
        }
        let mut rest = &stream[..stream.len() - 1];
        assert_eq!(receive(&mut rest).unwrap(), b"PK");
        assert_eq!(receive(&mut rest).unwrap(), b"");
        assert!(receive(&mut rest).is_err());
    }

    #[test]
    fn only_the_hidden_argument_makes_a_worker() {
        let asked_by = |words: &[&str]| worker_memory(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked_by(&["tonghop", "--read-worker", "64"]), Some(64));
        assert_eq!(asked_by(&["tonghop", "--read-worker"]), None);
        assert_eq!(asked_by(&["tonghop", "run", "--read-worker", "64"]), None);
    }
}
