//! Runs over files, as what is read and what becomes of it.

use std::collections::BTreeSet;

use super::*;
use crate::document::{Format, RawDocument};

/// A file, the line in it, the address it gives, and its content.
type Line<'a> = (&'a str, Option<usize>, Option<&'a str>, &'a str);

const WEB: Option<&str> = Some("https://a.example/1");

fn whole<'a>(file: &'a str, content: &'a str) -> Line<'a> {
    (file, None, None, content)
}

fn at<'a>(file: &'a str, line: usize, content: &'a str) -> Line<'a> {
    (file, Some(line), WEB, content)
}

#[derive(Default)]
struct Told {
    catalogue: Catalogue,
    records: Vec<Acquisition>,
}

impl Told {
    /// Reads lines in one run; returns how many are new, changed and unchanged.
    fn run(&mut self, lines: &[Line<'_>]) -> [usize; 3] {
        let run = self.catalogue.last_run() + 1;
        // A run has a catalogue of its own.
        let mut catalogue = Catalogue::default();
        for record in &self.records {
            catalogue.last_run = record.run;
            catalogue.insert(record);
            catalogue.records += 1;
        }
        let mut counts = [0; 3];
        for line in lines {
            let read = acquisition(run, *line);
            match catalogue.add(&read) {
                None => catalogue.put_off(read),
                Some(change) => {
                    counts[change as usize] += 1;
                    if change != Change::Unchanged {
                        self.records.push(read);
                    }
                }
            }
        }
        let settled = catalogue.settle(true);
        counts[Change::Unchanged as usize] += settled.unchanged;
        counts[Change::Changed as usize] += settled.came_back.len();
        self.records.extend(settled.came_back);
        catalogue.last_run = run;
        self.catalogue = catalogue;
        counts
    }

    /// What replaced what, as ids.
    fn supersedes(&self) -> BTreeSet<String> {
        let roles = self.catalogue.roles(0..self.catalogue.len());
        let pairs = roles.values().filter_map(|role| {
            let old = role.replaces.as_ref()?;
            Some(format!("{} > {old}", role.id))
        });
        pairs.collect()
    }

    /// The contents that nothing replaced.
    fn current(&self) -> BTreeSet<String> {
        let roles = self.catalogue.roles(0..self.catalogue.len());
        let current = roles.values().filter(|role| role.is_current);
        current.map(|role| role.sha256[..1].to_owned()).collect()
    }

    fn ids(&self) -> BTreeSet<String> {
        let ids = 0..self.catalogue.len();
        ids.map(|index| self.catalogue.id(index).as_str().to_owned())
            .collect()
    }
}

fn acquisition(run: u64, (file, part, address, content): Line<'_>) -> Acquisition {
    let sha256 = format!("{content}{}", "0".repeat(63));
    Acquisition {
        run,
        origin: format!("/home/{file}"),
        base: match address {
            Some(address) => DocumentId::of_address(address),
            None => DocumentId::of_string(&format!("document/{content}")),
        },
        address: address.map(str::to_owned),
        sha256,
        raw: RawDocument {
            path: file.to_owned(),
            part,
            format: Format::JsonLines,
            charset: None,
            content: content.to_owned(),
        },
    }
}

fn set(members: &[&str]) -> BTreeSet<String> {
    members.iter().map(|member| (*member).to_owned()).collect()
}

#[test]
fn only_a_whole_file_replaces_what_it_was() {
    let mut told = Told::default();
    assert_eq!(told.run(&[whole("a.txt", "A")]), [1, 0, 0]);
    assert_eq!(told.run(&[whole("a.txt", "B")]), [0, 1, 0]);
    assert_eq!(told.supersedes(), set(&["document/B > document/A"]));
    let loose: [Line<'_>; 4] = [
        ("-", None, None, "C"),
        ("-!/a.txt", None, None, "D"),
        ("feed.rss", Some(1), None, "E"),
        ("-", Some(1), Some("7"), "F"),
    ];
    for (file, part, address, content) in loose {
        let mut told = Told::default();
        assert_eq!(told.run(&[(file, part, address, content)]), [1, 0, 0]);
        assert_eq!(told.run(&[(file, part, address, "X")]), [1, 0, 0], "{file}");
        assert_eq!(told.run(&[(file, part, address, content)]), [0, 0, 1]);
        assert!(told.supersedes().is_empty(), "{file}");
        assert_eq!(told.ids().len(), 2);
    }
}

#[test]
fn a_named_record_replaces_what_its_file_called_so() {
    let mut told = Told::default();
    let named = |file, content| [(file, Some(1), Some("7"), content)];
    assert_eq!(told.run(&named("plan.jsonl", "A")), [1, 0, 0]);
    assert_eq!(told.run(&named("copy.jsonl", "A")), [0, 0, 1], "a copy");
    assert_eq!(told.run(&named("other.jsonl", "B")), [1, 0, 0]);
    assert!(told.supersedes().is_empty());
    assert_eq!(told.run(&named("plan.jsonl", "C")), [0, 1, 0]);
    assert_eq!(told.supersedes().len(), 1);
    assert_eq!(told.current(), set(&["B", "C"]));
    assert_eq!(told.ids().len(), 3);
}

#[test]
fn content_that_comes_back_is_newer() {
    let mut told = Told::default();
    for (content, counts) in [
        ("A", [1, 0, 0]),
        ("B", [0, 1, 0]),
        ("A", [0, 1, 0]),
        ("A", [0, 0, 1]),
        ("B", [0, 1, 0]),
    ] {
        assert_eq!(told.run(&[at("p.jsonl", 1, content)]), counts);
        assert_eq!(told.current(), set(&[content]));
    }
    let id = |version: &str| format!("https://a.example/1?version={version}");
    let (a, b, again) = (id("A0000000"), id("B0000000"), id("A0000000-2"));
    let chain = [
        format!("{b} > {a}"),
        format!("{again} > {b}"),
        format!("https://a.example/1 > {again}"),
    ];
    assert_eq!(told.supersedes(), chain.into());
}

#[test]
fn a_file_with_all_contents_of_an_address_says_nothing_new_by_the_old_ones() {
    let mut told = Told::default();
    let all = [
        at("log.jsonl", 1, "A"),
        at("log.jsonl", 2, "B"),
        at("log.jsonl", 3, "C"),
    ];
    assert_eq!(told.run(&all[..1]), [1, 0, 0]);
    assert_eq!(told.run(&all[..2]), [0, 1, 1]);
    assert_eq!(told.run(&all), [0, 1, 2]);
    assert_eq!(told.run(&all), [0, 0, 3]);
    let mut backwards = all;
    backwards.reverse();
    assert_eq!(told.run(&backwards), [0, 0, 3]);
    assert_eq!(told.current(), set(&["C"]));
    assert_eq!(told.run(&all[..2]), [0, 1, 1], "B came back");
    assert_eq!(told.current(), set(&["B"]));
}

#[test]
fn an_old_file_that_is_read_again_supersedes_nothing() {
    let mut told = Told::default();
    told.run(&[at("2017/p.md", 1, "A")]);
    told.run(&[at("2018/p.md", 1, "B")]);
    assert_eq!(told.run(&[at("2017/p.md", 1, "A")]), [0, 0, 1]);
    assert_eq!(told.run(&[at("moved/p.md", 1, "A")]), [0, 0, 1]);
    assert_eq!(told.current(), set(&["B"]));
}

#[test]
fn copies_in_one_run_have_no_order() {
    let mut told = Told::default();
    let copies = [at("a.md", 1, "A"), at("b.md", 1, "B")];
    assert_eq!(told.run(&copies), [2, 0, 0]);
    assert!(told.supersedes().is_empty());
    assert_eq!(told.run(&copies), [0, 0, 2]);
    told.run(&[at("a.md", 1, "C"), copies[1]]);
    assert_eq!(told.current(), set(&["B", "C"]), "b.md still says B");
}

#[test]
fn files_may_take_over_each_others_content_in_any_order() {
    let mut sets = BTreeSet::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]] {
        let mut told = Told::default();
        told.run(&[whole("a", "A"), whole("b", "B")]);
        let lines = [whole("a", "B"), whole("b", "A"), whole("c", "A")];
        told.run(&order.map(|line| lines[line]));
        assert_eq!(told.ids().len(), told.catalogue.len());
        assert_eq!(told.current(), set(&["A", "B"]));
        sets.insert(told.supersedes());
    }
    assert_eq!(sets.len(), 1, "{sets:?}");
    let mut told = Told::default();
    told.run(&[whole("a", "A")]);
    told.run(&[whole("new", "B"), whole("a", "B")]);
    let mut backwards = Told::default();
    backwards.run(&[whole("a", "A")]);
    backwards.run(&[whole("a", "B"), whole("new", "B")]);
    assert_eq!(told.supersedes(), backwards.supersedes());
    assert_eq!(told.ids(), backwards.ids());
}

#[test]
fn a_forgotten_content_is_gone_until_it_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::open(folder.path()).unwrap();
    let mut told = Told::default();
    told.run(&[whole("a", "A")]);
    told.run(&[whole("a", "B")]);
    told.run(&[whole("a", "A")]);
    let read = told.records.iter().cloned().map(Record::Document);
    journal.append(&read.collect::<Vec<_>>()).unwrap();
    let forget = |content: &str| Record::Forget {
        document: String::new(),
        base: format!("document/{content}"),
        sha256: format!("{content}{}", "0".repeat(63)),
    };
    journal.append(&[forget("A")]).unwrap();
    let held = Catalogue::of_journal(&journal).unwrap();
    assert_eq!((held.len(), held.last_run()), (1, 3));
    let again = Record::Document(acquisition(4, whole("a", "A")));
    journal.append(&[again, forget("B")]).unwrap();
    let held = Catalogue::of_journal(&journal).unwrap();
    assert_eq!(held.places(0..held.len()), [4]);
}
