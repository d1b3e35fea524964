//! Collects the end of a worker's error stream: its log, and the message of a panic.
//!
//! Input: the stream. Output: each chunk in the log of this process, and the last bytes on request. Not here: why the
//! worker ended.

use std::io::Read;
use std::sync::{Arc, Mutex};
use std::thread;
use tonghop_core::parallel::lock;
use tracing::debug;

/// The last bytes of a worker's error stream.
pub(super) struct ErrorTail {
    buffer: Arc<Mutex<Vec<u8>>>,
    reader: Option<thread::JoinHandle<()>>,
}

impl ErrorTail {
    /// The number of bytes to keep.
    const MAX_BYTES: usize = 8 * 1024;

    /// Reads the error stream of a worker in a thread until it ends, and logs every chunk.
    pub(super) fn spawn(worker: u32, mut stream: impl Read + Send + 'static) -> Self {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let tail = Arc::clone(&kept);
        let reader = thread::spawn(move || {
            let mut chunk = [0; 4 * 1024];
            while let Ok(length @ 1..) = stream.read(&mut chunk) {
                debug!(worker, "{}", String::from_utf8_lossy(&chunk[..length]).trim_end());
                let mut tail = lock(&tail);
                tail.extend_from_slice(&chunk[..length]);
                let surplus = tail.len().saturating_sub(Self::MAX_BYTES);
                tail.drain(..surplus);
            }
        });
        Self { buffer: kept, reader: Some(reader) }
    }

    /// Waits for the stream to end and returns the bytes that were kept.
    pub(super) fn text(&mut self) -> String {
        // The stream ends with the process; even if the thread panicked, the bytes read so far are kept.
        self.reader.take().map(thread::JoinHandle::join);
        String::from_utf8_lossy(&lock(&self.buffer)).trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn the_end_is_kept() {
        let long = [vec![b'a'; ErrorTail::MAX_BYTES], b"thread panicked\nat the end\n".to_vec()].concat();
        let text = ErrorTail::spawn(1, io::Cursor::new(long)).text();
        assert!(text.ends_with("aathread panicked\nat the end"), "{text}");
        assert_eq!(text.len() + "\n".len(), ErrorTail::MAX_BYTES);
        assert_eq!(ErrorTail::spawn(1, io::empty()).text(), "");
    }
}
