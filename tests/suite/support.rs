//! A temporary folder with the examples in it, in which the program is run and its answers are
//! looked at.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::time::Duration;

use assert_cmd::Command;
use oxigraph::io::{RdfFormat, RdfParser};
use serde_json::Value;
use tempfile::TempDir;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_annals");

/// The phrase the examples were written for.
pub(crate) const SYRIA: &str = "Syria intervention 2015–2017";

/// A command that takes longer is killed, and its test fails: nothing may hang.
const PATIENCE: Duration = Duration::from_secs(300);

/// A folder of its own with a copy of `examples/`, and with `.annals` as its store.
pub(crate) struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    /// A folder without a store.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"),
            &folder.path().join("examples"),
        );
        Self { folder }
    }

    /// A folder whose store holds the examples.
    pub(crate) fn with_news() -> Self {
        let sandbox = Self::new();
        sandbox
            .annals(&["ingest", "examples/news", "--quiet"])
            .exits(3);
        sandbox
    }

    /// A path inside the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Runs the program here with nothing on its standard input.
    pub(crate) fn annals(&self, arguments: &[&str]) -> Outcome {
        self.annals_reading("", arguments)
    }

    /// Runs the program with a standard input.
    pub(crate) fn annals_reading(&self, input: impl Into<Vec<u8>>, arguments: &[&str]) -> Outcome {
        self.run(input, &[], arguments)
    }

    /// Runs the program with further environment variables.
    pub(crate) fn annals_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Outcome {
        self.run("", variables, arguments)
    }

    fn run(
        &self,
        input: impl Into<Vec<u8>>,
        variables: &[(&str, &str)],
        arguments: &[&str],
    ) -> Outcome {
        let mut command = Command::new(PROGRAM);
        command
            .current_dir(self.folder.path())
            .env("ANNALS_LOCATION", ".annals")
            .args(arguments);
        command.envs(variables.iter().copied()).write_stdin(input);
        command.timeout(PATIENCE);
        let output = command.output().unwrap();
        Outcome {
            command: arguments.join(" "),
            code: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }

    /// The program as a process that the test holds itself.
    pub(crate) fn process(&self, arguments: &[&str]) -> Process {
        let mut process = Process::new(PROGRAM);
        process
            .current_dir(self.folder.path())
            .env("ANNALS_LOCATION", ".annals")
            .args(arguments);
        process
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        process
    }

    /// The whole graph as sorted N-Quads.
    pub(crate) fn quads(&self) -> String {
        self.annals(&["export", "--format", "nq"]).exits(0).text()
    }

    /// The IRI of the one event that `words` mean.
    pub(crate) fn event(&self, words: &str) -> String {
        let found = self
            .annals(&["search", words, "--format", "json"])
            .exits(0)
            .json();
        found[0]["iri"].as_str().unwrap().to_owned()
    }

    /// The first cell of every row of a SELECT query.
    pub(crate) fn column(&self, sparql: &str) -> Vec<String> {
        let text = self
            .annals(&["query", sparql, "--format", "csv"])
            .exits(0)
            .text();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader
            .records()
            .map(|row| row.unwrap()[0].to_owned())
            .collect()
    }

    /// The files under a folder, as paths from here, sorted.
    pub(crate) fn files(&self, under: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![self.path(under)];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let inside = path.strip_prefix(self.folder.path()).unwrap();
                    found.push(inside.to_str().unwrap().to_owned());
                }
            }
        }
        found.sort();
        found
    }
}

/// A number from the environment, by which a test is made longer.
pub(crate) fn number_of(variable: &str) -> Option<usize> {
    let number = std::env::var(variable).ok()?;
    Some(
        number
            .parse()
            .unwrap_or_else(|_| panic!("{variable} is no number: {number}")),
    )
}

/// A generator of numbers that gives the same ones every time (xorshift, Marsaglia 2003).
pub(crate) struct Random(u64);

impl Default for Random {
    fn default() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }
}

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below a limit; 0 where the limit is 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Copies a folder and all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What a run of the program left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    command: String,
    code: Option<i32>,
    stdout: Vec<u8>,
    stderr: String,
}

impl Outcome {
    /// Asserts the exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        let stdout = String::from_utf8_lossy(&self.stdout);
        let start: String = stdout.chars().take(2000).collect();
        assert_eq!(
            self.code,
            Some(code),
            "annals {}\n{}\n{start}",
            self.command,
            self.stderr
        );
        self
    }

    /// Asserts that a message on standard error has these words.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(
            self.stderr.contains(words),
            "annals {} does not say {words:?} but\n{}",
            self.command,
            self.stderr
        );
        self
    }

    /// Asserts that nothing crashed.
    #[track_caller]
    pub(crate) fn without_panic(self) -> Self {
        assert!(
            self.code.is_some(),
            "annals {} was ended by a signal",
            self.command
        );
        assert!(
            !self.stderr.contains("panicked"),
            "annals {}\n{}",
            self.command,
            self.stderr
        );
        self
    }

    /// The exit code; `None` when a signal ended the program.
    pub(crate) fn code(&self) -> Option<i32> {
        self.code
    }

    /// Standard error.
    pub(crate) fn messages(&self) -> &str {
        &self.stderr
    }

    /// Standard output as bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.stdout
    }

    /// Standard output, which has to be UTF-8.
    #[track_caller]
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("output is UTF-8")
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let value = serde_json::from_slice(&self.stdout);
        value.unwrap_or_else(|error| panic!("annals {}: {error}", self.command))
    }
}

/// The keys of a JSON object.
#[track_caller]
pub(crate) fn keys(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .expect("a JSON object")
        .keys()
        .map(String::as_str)
        .collect()
}

/// The strings of a JSON array under one key of each member.
#[track_caller]
pub(crate) fn strings<'a>(values: &'a Value, key: &str) -> Vec<&'a str> {
    let members = values.as_array().expect("a JSON array").iter();
    members.filter_map(|value| value[key].as_str()).collect()
}

/// Reads RDF with Oxigraph's own parser, a line for each statement.
#[track_caller]
pub(crate) fn statements(format: RdfFormat, bytes: &[u8]) -> BTreeSet<String> {
    let quads = RdfParser::from_format(format).for_slice(bytes);
    quads
        .map(|quad| {
            quad.unwrap_or_else(|error| panic!("{format}: {error}"))
                .to_string()
        })
        .collect()
}

/// Reads XML to its end and returns the names of its elements. Everything opened is closed, and
/// every reference is one that XML knows.
#[track_caller]
pub(crate) fn xml_elements(bytes: &[u8]) -> Vec<String> {
    use quick_xml::events::Event;
    let text = std::str::from_utf8(bytes).expect("XML is UTF-8");
    let is_xml = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    assert_eq!(
        text.chars().find(|&c| !is_xml(c)),
        None,
        "a character that XML forbids"
    );
    let mut reader = quick_xml::Reader::from_str(text);
    let mut names = Vec::new();
    let mut open = 0_usize;
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|error| panic!("not XML: {error}"))
        {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) if start.attributes().any(|a| a.is_err()) => {
                panic!("bad attributes")
            }
            Event::Start(start) => {
                open += 1;
                names.push(start.name().as_ref().to_owned());
            }
            Event::Empty(start) => names.push(start.name().as_ref().to_owned()),
            Event::End(_) => open -= 1,
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                assert!(
                    name.starts_with('#') || ["amp", "lt", "gt", "quot", "apos"].contains(&name),
                    "&{name};"
                );
            }
            _ => {}
        }
    }
    assert_eq!(open, 0, "elements left open");
    names
}
