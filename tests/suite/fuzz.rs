//! Mutated examples through every reader, the time parser and the look at queries: nothing panics,
//! hangs or breaks a promise. A short run is part of the suite; `fuzz/run.sh` makes it longer.
//!
//! `ANNALS_FUZZ_SECONDS` is the time for each target, `ANNALS_FUZZ_TARGETS` the targets' names.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use annals::document::{Document, Format, Limits, check_promises, discover, read};

use crate::support::Random;

/// What a target does with some bytes.
type Target = Box<dyn Fn(&[u8])>;

fn targets() -> Vec<(String, Target)> {
    let reader = |format: Format| -> (String, Target) {
        let check = move |bytes: &[u8]| {
            let _ = check_promises(bytes, Some(format));
        };
        (format.name().replace('-', "_"), Box::new(check))
    };
    let mut targets: Vec<(String, Target)> = Format::ALL.into_iter().map(reader).collect();
    targets.push((
        "any_file".to_owned(),
        Box::new(|bytes| {
            let _ = check_promises(bytes, None);
        }),
    ));
    targets.push((
        "extract".to_owned(),
        Box::new(|bytes| {
            if let Some(document) = article(bytes) {
                let _ = annals::extract::check_promises(&document);
            }
        }),
    ));
    targets.push((
        "timex".to_owned(),
        Box::new(|bytes| {
            let text = String::from_utf8_lossy(bytes);
            let day = Some(jiff::civil::date(2018, 1, 9));
            let whole = annals::Span::new(0, text.len());
            for timex in annals::extract::extract_timexes(&text, whole, day) {
                assert!(!timex.span.of(&text).is_empty());
            }
        }),
    ));
    targets.push((
        "query_guard".to_owned(),
        Box::new(|bytes| {
            let _ = annals::query::check_text(&String::from_utf8_lossy(bytes));
        }),
    ));
    targets
}

/// The article that some bytes are.
fn article(bytes: &[u8]) -> Option<Document> {
    let found = discover(&["-".into()], &Limits::default())
        .with_stdin(Cursor::new(bytes.to_vec()))
        .with_format(Some(Format::Article));
    found.flatten().find_map(|raw| read(&raw).ok())
}

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds")
}

/// The seeds of a target, sorted by name; a file can be of any format, so those of all are its own.
fn seeds_of(target: &str) -> Vec<Vec<u8>> {
    let own = if target == "any_file" {
        seeds()
    } else {
        seeds().join(target)
    };
    let (mut open, mut paths) = (vec![own], Vec::new());
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                paths.push(path);
            }
        }
    }
    paths.sort();
    assert!(!paths.is_empty(), "{target} has no seeds");
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn no_two_seeds_are_the_same() {
    let mut seeds = seeds_of("any_file");
    seeds.sort();
    let twice = seeds.windows(2).find(|pair| pair[0] == pair[1]);
    assert_eq!(twice, None);
}

/// Pieces that parsers trip over.
const PIECES: &[&[u8]] = &[
    b"<",
    b">",
    b"</",
    b"]]>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"&#0;",
    b"&#x202e;",
    b"{{",
    b"}}",
    b"[[",
    b"]]",
    b"](/",
    b".md)",
    b"''",
    b"\"",
    b"'",
    b"\\u0000",
    b"\n- ",
    b"\n  ",
    b": ",
    b"&a ",
    b"*a",
    b"{",
    b"[",
    b"\0",
    b"\x1b[",
    b"\xff",
    b"\xc3",
    "\u{202e}".as_bytes(),
    "é".as_bytes(),
    "中".as_bytes(),
    "\u{feff}".as_bytes(),
    b"# ",
    b"### ",
    b"2018-02-30",
    b"9999999999",
    b"1.",
    b"_",
    b"(",
    b")",
    b"\r",
    b"<pre>",
    b"<svg>",
    b"<table>",
    b"<li>",
    b"|content=",
];

/// A seed with some bytes changed, cut, doubled or joined with another seed.
fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len() + 1);
        let to = (at + random.below(64)).min(bytes.len());
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] = random.next() as u8,
            1 => drop(bytes.drain(at..to)),
            2 => bytes.truncate(at),
            3 => {
                let piece = bytes[at..to].repeat(1 + random.below(20));
                bytes.splice(at..at, piece);
            }
            4 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len());
                bytes.truncate(at);
                bytes.extend(&other[from..]);
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.repeat(1 + random.below(3)));
            }
        }
        bytes.truncate(100_000);
    }
    bytes
}

#[test]
#[expect(clippy::print_stdout, reason = "a long run reports what it did")]
fn mutated_seeds_break_nothing() {
    let seconds = std::env::var("ANNALS_FUZZ_SECONDS").ok();
    let seconds: f64 = seconds.and_then(|s| s.parse().ok()).unwrap_or(0.3);
    let wanted = std::env::var("ANNALS_FUZZ_TARGETS").unwrap_or_default();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.split(' ').any(|word| word == name);
    for (name, target) in targets().into_iter().filter(|(name, _)| is_wanted(name)) {
        let seeds = seeds_of(&name);
        seeds.iter().for_each(|seed| target(seed));
        let mut random = Random::default();
        let start = Instant::now();
        let (mut count, mut slowest) = (0_usize, Duration::ZERO);
        while start.elapsed().as_secs_f64() < seconds {
            let bytes = mutated(&seeds, &mut random);
            // What breaks is kept, to become a seed.
            let kept =
                std::env::temp_dir().join(format!("annals-fuzz-{name}-{}", std::process::id()));
            let before = Instant::now();
            let broke =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| target(&bytes))).is_err();
            slowest = slowest.max(before.elapsed());
            let hung = before.elapsed() > Duration::from_secs(5);
            if broke || hung {
                fs::write(&kept, &bytes).unwrap();
                panic!(
                    "{name}: input {count} {}: {}",
                    if hung { "took over 5 s" } else { "panicked" },
                    kept.display()
                );
            }
            count += 1;
        }
        println!(
            "{name}: {count} inputs, the slowest {} ms",
            slowest.as_millis()
        );
    }
}
