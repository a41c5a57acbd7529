//! Labelled pairs of names (`tests/data/entities.jsonl`), and what must hold whatever is read.
//!
//! The pairs were written before the rules first ran on them: then 40 of 44 were merged, and 2 of 44
//! wrongly. The rules were mended after that, so that this is a regression test now, and no
//! measurement. A document is a line "date text", with
//! `[P:…]`, `[L:…]`, `[O:…]` around names; `#2` tells the second of two equal names.

use serde::Deserialize;

use super::*;
use crate::document::{Format, RawDocument, read};
use crate::extract::{EntityKind, Extraction, LocalEntity, Mention, written_name};
use crate::id::DocumentId;
use crate::span::Span;

#[derive(Deserialize)]
struct Pair {
    same: bool,
    why: String,
    a: String,
    b: String,
    documents: Vec<String>,
}

fn pairs() -> Vec<Pair> {
    let lines = include_str!("../../../tests/data/entities.jsonl").lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A reading, and its labels with the places of their local entities.
fn reading(line: &str, number: usize) -> (Reading, Vec<(String, usize)>) {
    let (date, marked) = line.split_once(' ').unwrap();
    let (mut text, mut spans) = (String::new(), Vec::new());
    for (place, piece) in marked.split(['[', ']']).enumerate() {
        if place % 2 == 0 {
            text.push_str(piece);
            continue;
        }
        let (bare, _) = piece.split_once('#').unwrap_or((piece, ""));
        let start = text.len();
        text.push_str(&bare[2..]);
        spans.push((Span::new(start, text.len()), piece));
    }
    let raw = RawDocument {
        path: format!("{number:03}.txt"),
        part: None,
        format: Format::Article,
        charset: None,
        content: text.clone(),
    };
    let mut document = read(&raw).unwrap();
    document.text = text;
    document.dct = date.parse().ok();
    let mut extraction = Extraction::default();
    let mut labels = Vec::new();
    let mut defined: Option<usize> = None;
    for (mention, (span, label)) in spans.into_iter().enumerate() {
        let kind = match &label[..1] {
            "P" => EntityKind::Person,
            "L" => EntityKind::Place,
            _ => EntityKind::Organization,
        };
        let surface = span.of(&document.text);
        extraction.mentions.push(Mention { span, kind });
        let key = name_key(surface);
        if let Some(long) = defined.filter(|_| document.text[..span.start].ends_with('(')) {
            let local: &mut LocalEntity = &mut extraction.entities[long];
            local.other_keys.push(key);
            local.mentions.push(mention);
            continue;
        }
        labels.push((label.to_owned(), extraction.entities.len()));
        defined = Some(extraction.entities.len());
        extraction.entities.push(LocalEntity {
            kind,
            name: written_name(surface, kind),
            key,
            other_keys: Vec::new(),
            mentions: vec![mention],
        });
    }
    let reading = Reading {
        id: DocumentId::of_address(&format!("/{number:03}")),
        document,
        sha256: String::new(),
        path: raw.path,
        replaces: None,
        is_current: true,
        extraction,
    };
    (reading, labels)
}

/// The entities behind a pair's two names: of each label the one in the last document that has it.
fn entities_of(pair: &Pair) -> [usize; 2] {
    let read: Vec<_> = (0..)
        .zip(&pair.documents)
        .map(|(n, line)| reading(line, n))
        .collect();
    let readings: Vec<Reading> = read.iter().map(|(reading, _)| reading.clone()).collect();
    let entities = resolve_entities(&readings, &[]);
    [(&pair.a, false), (&pair.b, true)].map(|(label, last)| {
        let mut found = read.iter().enumerate().filter_map(|(index, (_, labels))| {
            let (_, place) = labels.iter().find(|(known, _)| known == label)?;
            entities.of_local(index, *place)
        });
        let entity = if last {
            found.next_back()
        } else {
            found.next()
        };
        entity.unwrap_or_else(|| panic!("{label} in {:?}", pair.documents))
    })
}

#[test]
fn labelled_pairs_are_merged_and_kept_apart() {
    let (mut right, mut wrong, mut missed) = (0, Vec::new(), Vec::new());
    let pairs = pairs();
    for pair in &pairs {
        let [a, b] = entities_of(pair);
        match (a == b, pair.same) {
            (true, true) => right += 1,
            (true, false) => wrong.push(format!("{} / {} ({})", pair.a, pair.b, pair.why)),
            (false, true) => missed.push(format!("{} / {} ({})", pair.a, pair.b, pair.why)),
            (false, false) => {}
        }
    }
    let report = format!(
        "{} pairs, merged rightly {right}, wrongly {wrong:#?}, missed {missed:#?}",
        pairs.len()
    );
    assert!(wrong.is_empty() && missed.is_empty(), "{report}");
}

#[test]
fn half_of_the_labelled_pairs_are_two() {
    let same = pairs().iter().filter(|pair| pair.same).count();
    assert!(same >= 40 && pairs().len() - same >= 40);
}

#[test]
fn every_id_is_one_entitys() {
    for pair in pairs() {
        let readings: Vec<Reading> = (0..)
            .zip(&pair.documents)
            .map(|(n, line)| reading(line, n).0)
            .collect();
        let entities = resolve_entities(&readings, &[]);
        let ids: std::collections::BTreeSet<_> = entities
            .list()
            .iter()
            .map(|entity| entity.id.clone())
            .collect();
        assert_eq!(ids.len(), entities.list().len(), "every id is one entity's");
    }
}

#[test]
fn a_local_entity_of_nobody_is_no_index() {
    let entities = Entities {
        locals: vec![vec![Some(0), None]],
        ..Entities::default()
    };
    assert_eq!(entities.of_local(0, 0), Some(0));
    assert_eq!(entities.of_local(0, 1), None);
    assert_eq!(entities.of_local(0, 2), None);
}
