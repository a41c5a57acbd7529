//! README.md says what is so: its commands run, and its transcripts are what they print.
//!
//! Of `sh` blocks every line that runs `annals` is run, all in one folder with a copy of `examples/`, and
//! so is what `cargo run` hands to the program. Of `console` blocks every `$ annals` line is run, and what it
//! prints has to be what stands below it; a line `…` stands for any number of lines, and a figure
//! of seconds for any other.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use regex::Regex;

use crate::support::{PROGRAM, Sandbox};

#[derive(Debug, PartialEq)]
struct Block {
    language: String,
    lines: Vec<String>,
}

/// The fenced blocks of a Markdown text.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in text.lines() {
        match (line.trim_start().strip_prefix("```"), open.take()) {
            (Some(_), Some(block)) => blocks.push(block),
            (Some(language), None) => {
                open = Some(Block {
                    language: language.trim().to_owned(),
                    lines: Vec::new(),
                })
            }
            (None, Some(mut block)) => {
                block.lines.push(line.to_owned());
                open = Some(block);
            }
            (None, None) => {}
        }
    }
    blocks
}

/// Lines of a shell block: continued ones joined, comments and blank ones left out.
fn shell_lines(block: &Block) -> Vec<String> {
    let joined = block.lines.join("\n").replace("\\\n", " ");
    let lines = joined
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// The commands of a console block with what is printed below each.
fn transcripts(block: &Block) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for line in &block.lines {
        match (line.strip_prefix("$ "), found.last_mut()) {
            (Some(command), _) => found.push((command.to_owned(), Vec::new())),
            (None, Some((_, printed))) => printed.push(line.trim_end().to_owned()),
            (None, None) => panic!("a console block begins with `$ `, not with {line:?}"),
        }
    }
    found
}

/// Runs a line in a shell that knows the program as `annals`.
fn shell(sandbox: &Sandbox, line: &str) -> Output {
    let bin = sandbox.path("bin");
    if !bin.exists() {
        fs::create_dir(&bin).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(PROGRAM, bin.join("annals")).unwrap();
    }
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("sh");
    command
        .args(["-c", line])
        .current_dir(sandbox.path(""))
        .env("PATH", path);
    command
        .env("ANNALS_LOCATION", ".annals")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Runs a line and asserts that it succeeds; an ingest may refuse some documents.
fn run(sandbox: &Sandbox, line: &str) -> Output {
    let output = shell(sandbox, line);
    let accepted: &[i32] = if line.contains("ingest") {
        &[0, 3]
    } else {
        &[0]
    };
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(
        output
            .status
            .code()
            .is_some_and(|code| accepted.contains(&code)),
        "{line}\n{}\n{messages}",
        output.status
    );
    output
}

fn normal(line: &str) -> String {
    let seconds = Regex::new(r"\b[0-9]+(\.[0-9]+)? s\b").unwrap();
    seconds.replace_all(line.trim_end(), "N s").into_owned()
}

/// Whether printed lines are the wanted ones, of which `…` fits any number.
fn fits(wanted: &[String], printed: &[String]) -> bool {
    match (wanted.split_first(), printed.split_first()) {
        (None, None) => true,
        (Some((first, rest)), _) if first.trim() == "…" => {
            (0..=printed.len()).any(|skipped| fits(rest, &printed[skipped..]))
        }
        (Some((first, rest)), Some((line, lines))) => {
            normal(first) == normal(line) && fits(rest, lines)
        }
        _ => false,
    }
}

fn check_transcript(sandbox: &Sandbox, command: &str, wanted: &[String]) {
    let output = run(sandbox, &format!("{{ {command}\n}} 2>&1"));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut printed: Vec<String> = text
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    let mut wanted = wanted.to_vec();
    for lines in [&mut printed, &mut wanted] {
        lines.truncate(
            lines
                .iter()
                .rposition(|line| !line.is_empty())
                .map_or(0, |last| last + 1),
        );
    }
    assert!(
        fits(&wanted, &printed),
        "$ {command}\nprints\n{}\nand not\n{}",
        printed.join("\n"),
        wanted.join("\n")
    );
}

/// The line as one that runs the program under test; `None` for a line that runs other things.
/// `cargo run … --` is the program, wherever it stands.
fn program_line(line: &str) -> Option<String> {
    let cargo = Regex::new(r#"cargo run\b[^&|;"]*? --( |")"#).unwrap();
    let line = cargo.replace_all(line, "annals$1").into_owned();
    let program = Regex::new(r#"(^|[|&;"] ?)annals\b"#).unwrap();
    (program.is_match(&line) && !line.contains("cargo ")).then_some(line)
}

#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = fs::read_to_string(root.join("README.md")) else {
        return;
    };
    let sandbox = Sandbox::new();
    let mut set_up = Vec::new();
    for block in blocks(&text) {
        match block.language.as_str() {
            "sh" => {
                for line in shell_lines(&block) {
                    let own = program_line(&line);
                    if own.as_ref() != Some(&line) {
                        set_up.push(line);
                    }
                    if let Some(own) = own {
                        run(&sandbox, &own);
                    }
                }
            }
            "console" => {
                for (command, printed) in transcripts(&block) {
                    if command.starts_with("annals") {
                        check_transcript(&sandbox, &command, &printed);
                    }
                }
            }
            _ => {}
        }
    }
    check_set_up(root, &set_up);
}

/// Two commands set everything up: one runs the program, the other is the one that continuous
/// integration finds in the README.
fn check_set_up(root: &Path, lines: &[String]) {
    assert_eq!(lines.len(), 2, "two commands do all set-up: {lines:#?}");
    assert!(lines[0].contains("cargo "), "{}", lines[0]);
    let test = Regex::new(r"^(sudo )?sh tools/setup\.sh && cargo test").unwrap();
    assert!(test.is_match(&lines[1]), "{}", lines[1]);
    if let Ok(ci) = fs::read_to_string(root.join(".ci/run")) {
        assert!(
            ci.contains("README.md"),
            "continuous integration takes its command from the README"
        );
    }
}

#[test]
fn blocks_commands_and_transcripts_are_found() {
    let text = "x\n```sh\n# why\nannals a \\\n  b\n\ncargo run --release -- ingest x && cargo run -- timeline 'y'\n```\n```console\n$ annals c\none\n…\ntwo 1.25 s\n$ ls\n```\n";
    let blocks = blocks(text);
    assert_eq!(blocks.len(), 2);
    let lines = shell_lines(&blocks[0]);
    assert_eq!(lines[0], "annals a    b");
    assert_eq!(
        program_line(&lines[1]).unwrap(),
        "annals ingest x && annals timeline 'y'"
    );
    let variable = "run=\"cargo run --quiet --release --\"; $run ingest x";
    assert_eq!(
        program_line(variable).unwrap(),
        "run=\"annals\"; $run ingest x"
    );
    assert_eq!(
        program_line("echo x | annals extract").unwrap(),
        "echo x | annals extract"
    );
    assert_eq!(program_line("sh tools/setup.sh && cargo test"), None);
    let found = transcripts(&blocks[1]);
    assert_eq!(found[0].0, "annals c");
    let printed = ["one", "more", "and more", "two 3 s"].map(str::to_owned);
    assert!(fits(&found[0].1, &printed));
    assert!(!fits(&found[0].1, &printed[..2]));
}
