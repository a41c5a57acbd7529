//! `annals alias`: names with their reasons, and decisions that can be taken back.

use crate::support::Sandbox;

/// A graph without the record of decisions.
fn without_decisions(sandbox: &Sandbox) -> String {
    let quads = sandbox.quads();
    let kept = quads
        .lines()
        .filter(|line| !line.contains("annals#decisions>"));
    kept.collect::<Vec<_>>().join("\n")
}

/// Two articles on two people of other names.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with_news();
    sandbox.write(
        "mayor.txt",
        "Mayor Tamsin Okafor opens the harbour\n\nOn 3 May 2017 Tamsin Okafor opened the harbour of Valletta. Okafor thanked Ana Ruiz.\n",
    );
    sandbox.write(
        "singer.txt",
        "Lady Marmalade sings in Valletta\n\nOn 9 May 2017 the singer Josephine Vella sang in Valletta.\n",
    );
    sandbox
        .annals(&["ingest", "mayor.txt", "singer.txt"])
        .exits(0);
    sandbox
}

#[test]
fn every_name_has_a_reason() {
    let sandbox = sandbox();
    let list = sandbox
        .annals(&["alias", "list", "--explain", "ISIL"])
        .exits(0)
        .text();
    assert!(list.contains("table of well-known aliases"), "{list}");
    let all = sandbox
        .annals(&["alias", "list", "--explain", "--format", "json"])
        .exits(0)
        .json();
    for entity in all.as_array().unwrap() {
        for surface in entity["surfaces"].as_array().unwrap() {
            assert!(!surface["reason"].as_str().unwrap().is_empty());
            assert!(surface["documents"].as_u64().unwrap() > 0);
        }
    }
    sandbox.annals(&["alias", "list", "zzqqx"]).exits(1);
}

#[test]
fn merge_then_split_gives_the_same_graph() {
    let sandbox = sandbox();
    let before = sandbox.quads();
    sandbox
        .annals(&[
            "alias",
            "merge",
            "Tamsin Okafor",
            "Josephine Vella",
            "--reason",
            "stage name",
            "--author",
            "ana",
        ])
        .exits(0);
    let merged = sandbox.quads();
    assert!(merged.contains("stage name") && merged.contains("agent/ana"));
    let card = sandbox
        .annals(&["show", "Josephine Vella", "--format", "json"])
        .exits(0)
        .json();
    let other = sandbox
        .annals(&["show", "Tamsin Okafor", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(card["iri"], other["iri"]);
    let list = sandbox
        .annals(&["alias", "list", "--explain", "Josephine Vella"])
        .exits(0)
        .text();
    assert!(list.contains("decision 1 of ana: stage name"), "{list}");

    sandbox.annals(&["rebuild"]).exits(0);
    assert!(sandbox.quads() == merged, "a decision survives");
    sandbox
        .annals(&["alias", "split", "Josephine Vella", "--author", "ana"])
        .exits(0);
    assert!(without_decisions(&sandbox) == before.trim_end());
    assert!(
        sandbox.quads().contains("invalidatedAtTime"),
        "both decisions stay on record"
    );
    sandbox.annals(&["validate"]).exits(0);
}

#[test]
fn split_then_merge_gives_the_same_graph() {
    let sandbox = sandbox();
    let before = sandbox.quads();
    sandbox
        .annals(&["alias", "split", "ISIL", "--reason", "let me see"])
        .exits(0);
    let card = sandbox
        .annals(&["show", "ISIL", "--format", "json"])
        .exits(0)
        .json();
    let other = sandbox
        .annals(&["show", "Islamic State", "--format", "json"])
        .exits(0)
        .json();
    assert_ne!(card["iri"], other["iri"]);
    sandbox.annals(&["validate"]).exits(0);
    sandbox
        .annals(&["alias", "merge", "ISIL", "Islamic State"])
        .exits(0);
    assert!(without_decisions(&sandbox) == before.trim_end());
}

#[test]
fn a_name_is_split_off_as_every_kind_of_thing() {
    let sandbox = sandbox();
    let before = sandbox.quads();
    sandbox.annals(&["alias", "split", "ISIL"]).exits(0).text();
    let iri = |name: &str| {
        let card = sandbox
            .annals(&["show", name, "--format", "json"])
            .exits(0)
            .json();
        card["iri"].as_str().unwrap().to_owned()
    };
    let (split, rest) = (iri("ISIL"), iri("Islamic State"));
    assert_ne!(split, rest);
    let names = sandbox
        .annals(&["alias", "list", rest.as_str()])
        .exits(0)
        .text();
    assert!(!names.contains("  ISIL\n"), "{names}");
    sandbox
        .annals(&["alias", "merge", "ISIL", "Islamic State"])
        .exits(0);
    assert!(without_decisions(&sandbox) == before.trim_end());
}

#[test]
fn what_cannot_be_decided_is_said() {
    let sandbox = sandbox();
    sandbox
        .annals(&["alias", "merge", "ISIL", "zzqqx"])
        .exits(1);
    sandbox
        .annals(&["alias", "split", "Josephine Vella"])
        .exits(1)
        .says("no other name");
    sandbox
        .annals(&["alias", "split", "Vella", "--from", "Tamsin Okafor"])
        .exits(1)
        .says("not called");
    sandbox
        .annals(&["alias", "merge", "ISIL", "Islamic State"])
        .exits(0)
        .says("one already");
}
