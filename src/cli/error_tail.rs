//! The end of what a reading process wrote to its error stream: its log, and why it panicked.
//!
//! Input: the stream. Output: each piece in the log of this process, and the last of them when asked. Not here: why the
//! process ended.

use crate::pipeline::lock;
use std::io::Read;
use std::sync::{Arc, Mutex};
use std::thread;
use tracing::debug;

/// The end of what a worker wrote to its error stream.
pub(super) struct ErrorTail {
    kept: Arc<Mutex<Vec<u8>>>,
    reader: Option<thread::JoinHandle<()>>,
}

impl ErrorTail {
    /// How many bytes are kept.
    const MOST: usize = 8 * 1024;

    /// Reads the error stream of a worker until it ends; every piece is logged as it comes.
    pub(super) fn of(worker: u32, mut stream: impl Read + Send + 'static) -> Self {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let tail = Arc::clone(&kept);
        let reader = thread::spawn(move || {
            let mut piece = [0; 4 * 1024];
            while let Ok(length @ 1..) = stream.read(&mut piece) {
                debug!(worker, "{}", String::from_utf8_lossy(&piece[..length]).trim_end());
                let mut tail = lock(&tail);
                tail.extend_from_slice(&piece[..length]);
                let surplus = tail.len().saturating_sub(Self::MOST);
                tail.drain(..surplus);
            }
        });
        Self { kept, reader: Some(reader) }
    }

    /// Returns what a worker that has ended wrote last.
    pub(super) fn text(&mut self) -> String {
        // The stream ends with the process; a reader that panicked has kept what it read.
        self.reader.take().map(thread::JoinHandle::join);
        String::from_utf8_lossy(&lock(&self.kept)).trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn the_end_is_kept() {
        let long = [vec![b'a'; ErrorTail::MOST], b"thread panicked\nat the end\n".to_vec()].concat();
        let text = ErrorTail::of(1, io::Cursor::new(long)).text();
        assert!(text.ends_with("aathread panicked\nat the end"), "{text}");
        assert_eq!(text.len() + "\n".len(), ErrorTail::MOST);
        assert_eq!(ErrorTail::of(1, io::empty()).text(), "");
    }
}
