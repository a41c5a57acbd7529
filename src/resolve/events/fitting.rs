//! Writes the evidence on labelled pairs for `tools/fit_same_event.py`.

use std::fmt::Write;

use super::account::{Account, account};
use super::evidence::{PIECES, pieces};
use super::nodes::nodes;
use super::reports::{days_apart, may_be_one};
use crate::document::{Format, RawDocument, read};
use crate::extract::{Tagger, extract};
use crate::id::DocumentId;
use crate::resolve::Reading;

/// The readings of JSON lines, with what each line says beside the document.
fn readings(lines: &str) -> (Vec<Reading>, Vec<serde_json::Value>) {
    let mut readings = Vec::new();
    let mut labels = Vec::new();
    for line in lines.lines() {
        let raw = RawDocument {
            path: "reports.jsonl".into(),
            part: None,
            format: Format::JsonLines,
            charset: None,
            content: line.into(),
        };
        let document = read(&raw).unwrap();
        let extraction = extract(&document, Tagger::shipped(), &|_| true);
        readings.push(Reading {
            id: DocumentId::of_document(&document, line),
            document,
            sha256: String::new(),
            path: String::new(),
            replaces: None,
            is_current: true,
            extraction,
        });
        labels.push(serde_json::from_str(line).unwrap());
    }
    (readings, labels)
}

/// What a line calls its document.
fn label(row: &serde_json::Value) -> &serde_json::Value {
    row.get("id").unwrap_or(&row["doc"])
}

/// Reads the file named by `ANNALS_REPORTS` (JSON lines of documents with an `id` or `doc`), writes a line
/// `id, id, days apart, pieces…` for every pair that dates allow to the file named by `ANNALS_EVIDENCE`.
#[test]
#[ignore = "a tool, not a test"]
fn write_evidence() {
    let lines = std::fs::read_to_string(std::env::var("ANNALS_REPORTS").unwrap()).unwrap();
    let (readings, labels) = readings(&lines);
    let nodes = nodes(&readings);
    let mut accounts: Vec<(usize, Account)> = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        accounts.extend(account(&readings, index, node).map(|a| (node.tellings[0].reading, a)));
    }
    let mut out = format!("a\tb\tdays apart\t{}\n", PIECES.join("\t"));
    for (place, (i, a)) in accounts.iter().enumerate() {
        for (j, b) in &accounts[place + 1..] {
            if may_be_one(a, b) {
                let _ = write!(
                    out,
                    "{}\t{}\t{}",
                    label(&labels[*i]),
                    label(&labels[*j]),
                    days_apart(a, b)
                );
                for piece in pieces(a, b) {
                    let _ = write!(out, "\t{piece:.4}");
                }
                out.push('\n');
            }
        }
    }
    std::fs::write(std::env::var("ANNALS_EVIDENCE").unwrap(), out).unwrap();
}
