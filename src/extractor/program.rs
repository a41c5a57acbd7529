//! The program as a process: its lines, its silence, its end and its last words.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::ExtractorError;

/// Longest line of output in bytes: room for a hundred thousand names. A guess.
const LONGEST_LINE: u64 = 8_000_000;
/// How many lines of standard error are kept, and how many bytes of each.
const MESSAGES: usize = 5;
const MESSAGE_BYTES: u64 = 300;
/// How long is waited for standard error to end once the program has ended.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A running program. Dropping it ends the process.
pub(super) struct Program {
    child: Child,
    lines: Receiver<Line>,
    messages: Arc<Mutex<VecDeque<String>>>,
    messages_end: Receiver<()>,
}

/// What comes from the program's standard output.
pub(super) enum Line {
    Text(String),
    TooLong,
    /// The output was closed.
    End,
    /// Nothing came in time.
    Silence,
}

impl Program {
    /// Starts the program and a thread that feeds it `input`.
    pub(super) fn start(words: &[String], input: Vec<u8>) -> Result<Self, ExtractorError> {
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|source| ExtractorError::Start {
            program: words[0].clone(),
            source,
        })?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that ends early closes the pipe; the answers it owes tell that.
            thread::spawn(move || stdin.write_all(&input));
        }
        let (send, lines) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || read_lines(stdout, &send));
        }
        let messages = Arc::new(Mutex::new(VecDeque::new()));
        let (end, messages_end) = mpsc::channel();
        if let Some(stderr) = child.stderr.take() {
            let kept = Arc::clone(&messages);
            thread::spawn(move || {
                keep_last(stderr, &kept);
                // Nobody waits any more when the program was given up.
                let _ = end.send(());
            });
        }
        Ok(Self {
            child,
            lines,
            messages,
            messages_end,
        })
    }

    /// The next line of output.
    pub(super) fn next_line(&mut self, timeout: Duration) -> Line {
        match self.lines.recv_timeout(timeout) {
            Ok(line) => line,
            Err(RecvTimeoutError::Disconnected) => Line::End,
            Err(RecvTimeoutError::Timeout) => Line::Silence,
        }
    }

    /// How the program ended; `None` when it did not in time.
    pub(super) fn wait(&mut self, timeout: Duration) -> Option<ExitStatus> {
        let start = Instant::now();
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if start.elapsed() < timeout => thread::sleep(Duration::from_millis(5)),
                _ => return None,
            }
        }
    }

    /// Ends the program and gives its last lines on standard error.
    pub(super) fn messages(&mut self) -> Vec<String> {
        self.end();
        // A child of the program can hold the pipe open; then what is there is enough.
        let _ = self.messages_end.recv_timeout(LAST_WORDS);
        let messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.iter().cloned().collect()
    }

    fn end(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}

fn read_lines(output: impl Read, send: &mpsc::Sender<Line>) {
    let mut output = BufReader::new(output);
    loop {
        let mut line = Vec::new();
        let read = output
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line);
        let next = match read {
            Ok(0) | Err(_) => return,
            Ok(_) if line.len() as u64 == LONGEST_LINE && !line.ends_with(b"\n") => Line::TooLong,
            Ok(_) => Line::Text(String::from_utf8_lossy(&line).trim().to_owned()),
        };
        let is_last = matches!(next, Line::TooLong);
        if send.send(next).is_err() || is_last {
            return;
        }
    }
}

fn keep_last(output: impl Read, kept: &Mutex<VecDeque<String>>) {
    let mut output = BufReader::new(output);
    loop {
        let mut line = Vec::new();
        match output
            .by_ref()
            .take(MESSAGE_BYTES)
            .read_until(b'\n', &mut line)
        {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if !line.is_empty() {
            kept.push_back(line);
        }
        if kept.len() > MESSAGES {
            kept.pop_front();
        }
    }
}
