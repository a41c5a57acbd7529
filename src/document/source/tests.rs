//! Files, folders and streams, good and bad.

use std::fs;
use std::io::Cursor;

use super::*;

fn limits() -> Limits {
    Limits {
        max_file_bytes: 1000,
        max_line_bytes: 60,
        ..Limits::default()
    }
}

/// A magic number of a container can stand in prose, at its very place.
#[test]
fn a_text_about_mustard_is_no_tar_archive() {
    for words in ["mustard is grown here", "a mustar  d is a typing error"] {
        let before = 257 - words.find("ustar").unwrap();
        let text = format!("{}{words}\n", "word ".repeat(60).split_at(before).0);
        assert_eq!(&text[257..262], "ustar");
        let mut found = discover(&["-".into()], &limits()).with_stdin(Cursor::new(text));
        assert!(found.next().unwrap().is_ok());
    }
}

/// What is found in a folder: the path below it, the part, and the kind of refusal.
fn found(folder: &Path, paths: &[&str]) -> Vec<(String, Option<usize>, Option<RefusalKind>)> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| folder.join(path)).collect();
    let base = format!("{}/", tidy(folder));
    let short = |path: &str| path.strip_prefix(&base).unwrap_or(path).to_owned();
    discover(&paths, &limits())
        .map(|found| match found {
            Ok(raw) => (short(&raw.path), raw.part, None),
            Err(refusal) => {
                assert!(!refusal.hint.is_empty() && !refusal.reason.is_empty());
                (short(&refusal.path), refusal.part, Some(refusal.kind))
            }
        })
        .collect()
}

#[test]
fn each_bad_file_is_refused_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("a.txt", b"Ferry sinks off Malta\n");
    write("binary.txt", b"x\0y");
    write("blank.txt", b" \n\n");
    write("cp1252.txt", b"caf\xe9");
    // Pages of the archive are UTF-8: other bytes are damage.
    write("cp1252.md", b"### [2018-01-9](/x)\n# caf\xe9\n");
    write("empty.md", b"");
    write("large.txt", &[b'x'; 1001]);
    write("page.doc", b"x");
    write("page.html", b"<html>");
    write("page.txt", b"\n<!DOCTYPE html><p>x");
    write("paper.pdf.txt", b"%PDF-1.4");
    write("svg.xml", b"<?xml version='1.0'?><svg/>");
    write("utf16.txt", b"\xff\xfeF\0");
    write(".hidden.txt", b"Ferry");
    write("z", b"Words");
    let kinds: Vec<_> = found(folder.path(), &[""])
        .into_iter()
        .map(|f| (f.0, f.2))
        .collect();
    let expected = [
        (".hidden.txt", Some(RefusalKind::Hidden)),
        ("a.txt", None),
        ("binary.txt", Some(RefusalKind::Binary)),
        ("blank.txt", Some(RefusalKind::Empty)),
        ("cp1252.md", Some(RefusalKind::NotUtf8)),
        ("cp1252.txt", None),
        ("empty.md", Some(RefusalKind::Empty)),
        ("large.txt", Some(RefusalKind::TooLarge)),
        ("page.doc", Some(RefusalKind::UnknownExtension)),
        ("page.html", None),
        ("page.txt", None),
        ("paper.pdf.txt", Some(RefusalKind::Binary)),
        ("svg.xml", Some(RefusalKind::Binary)),
        ("utf16.txt", None),
        ("z", None),
    ];
    let kinds: Vec<_> = kinds
        .iter()
        .map(|(path, kind)| (path.as_str(), *kind))
        .collect();
    assert_eq!(kinds, expected);
}

#[test]
fn a_store_among_the_news_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("news/store/journal")).unwrap();
    for name in [
        "news/a.txt",
        "news/store/annals.toml",
        "news/store/journal/1",
        "news/z.txt",
    ] {
        fs::write(root.join(name), "Ferry").unwrap();
    }
    let store = ("news/store".to_owned(), None, Some(RefusalKind::Store));
    let expected = [
        ("news/a.txt".to_owned(), None, None),
        store.clone(),
        ("news/z.txt".to_owned(), None, None),
    ];
    assert_eq!(found(root, &["news"]), expected);
    assert_eq!(found(root, &["news/store"]), [store]);
}

#[test]
fn folders_are_sorted_and_links_followed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("b/.git")).unwrap();
    for name in ["b/2.txt", "b/1.txt", "b/.git/x.txt", "a.txt"] {
        fs::write(root.join(name), "Ferry").unwrap();
    }
    let paths = found(root, &["b", "./a.txt", "none.txt"]);
    let expected = [
        ("b/.git".to_owned(), None, Some(RefusalKind::Hidden)),
        ("b/1.txt".to_owned(), None, None),
        ("b/2.txt".to_owned(), None, None),
        ("a.txt".to_owned(), None, None),
        ("none.txt".to_owned(), None, Some(RefusalKind::Missing)),
    ];
    assert_eq!(paths, expected);
}

#[cfg(unix)]
#[test]
fn broken_and_circular_links_are_refused() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("b")).unwrap();
    fs::write(root.join("b/1.txt"), "Ferry").unwrap();
    symlink("nowhere", root.join("b/broken.txt")).unwrap();
    symlink("..", root.join("b/up")).unwrap();
    symlink("self", root.join("self")).unwrap();
    let paths = found(root, &["b", "b/broken.txt", "self"]);
    let kinds: Vec<_> = paths
        .iter()
        .map(|(path, _, kind)| (path.as_str(), *kind))
        .collect();
    assert_eq!(kinds[0], ("b/1.txt", None));
    assert_eq!(kinds[1], ("b/broken.txt", Some(RefusalKind::BrokenLink)));
    assert!(
        kinds
            .iter()
            .any(|(_, kind)| *kind == Some(RefusalKind::LinkLoop)),
        "{kinds:?}"
    );
    let last = &kinds[kinds.len() - 2..];
    assert_eq!(last[0], ("b/broken.txt", Some(RefusalKind::BrokenLink)));
    assert_eq!(last[1], ("self", Some(RefusalKind::LinkLoop)));
}

#[test]
fn json_lines_are_read_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let long = "x".repeat(100);
    let lines =
        format!("{{\"text\": \"a\"}}\n\n{{\"text\": \"{long}\"}}\n\u{feff}{{\"text\": \"b\"}}\r\n");
    let mut bytes = lines.into_bytes();
    bytes.extend(b"caf\xe9\n{\"text\": \"end\"}");
    fs::write(folder.path().join("a.jsonl"), bytes).unwrap();
    fs::write(folder.path().join("blank.jsonl"), "\n \n").unwrap();
    let parts: Vec<_> = found(folder.path(), &["a.jsonl", "blank.jsonl"])
        .into_iter()
        .map(|f| (f.1, f.2))
        .collect();
    let expected = [
        (Some(1), None),
        (Some(3), Some(RefusalKind::LineTooLong)),
        (Some(4), None),
        (Some(5), Some(RefusalKind::NotUtf8)),
        (Some(6), None),
        (None, Some(RefusalKind::Empty)),
    ];
    assert_eq!(parts, expected);
}

#[test]
fn a_json_file_is_one_document_or_an_array_or_lines() {
    let cases = [
        ("{\n \"text\": \"a\"\n}", vec![None]),
        (
            "[{\"text\": \"a\"}, {\"text\": \"b\"}]",
            vec![Some(1), Some(2)],
        ),
        (
            "{\"text\": \"a\"}\n{\"text\": \"b\"}\n",
            vec![Some(1), Some(2)],
        ),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (content, parts) in cases {
        fs::write(folder.path().join("a.json"), content).unwrap();
        let found = found(folder.path(), &["a.json"]);
        assert_eq!(
            found.iter().map(|f| f.1).collect::<Vec<_>>(),
            parts,
            "{content}"
        );
        assert!(found.iter().all(|f| f.2.is_none()));
    }
}

#[test]
fn standard_input_is_read_once() {
    let paths = [PathBuf::from("-"), PathBuf::from("-")];
    let input = Cursor::new("{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
    let found: Vec<_> = discover(&paths, &limits()).with_stdin(input).collect();
    assert_eq!(found[1].as_ref().unwrap().part, Some(2));
    assert_eq!(found[1].as_ref().unwrap().path, "-");
    assert_eq!(found[2].as_ref().unwrap_err().kind, RefusalKind::Missing);
}

#[test]
fn paths_are_tidied() {
    for (path, tidied) in [
        ("./a//b/./c.md", "a/b/c.md"),
        ("/a/../b", "/a/../b"),
        (".", "."),
        ("/", "/"),
        ("../a", "../a"),
    ] {
        assert_eq!(tidy(Path::new(path)), tidied);
    }
}

#[test]
fn discovery_can_be_sent_to_another_thread() {
    fn sent<T: Send>(_: &T) {}
    sent(&discover(&[], &limits()));
}

/// Members of an archive: path, content.
const MEMBERS: &[(&str, &[u8])] = &[
    (
        "a/page.md",
        b"### [2018-01-9](/news/2018/01/9/index.md)\n# Ferry sinks\n",
    ),
    ("/abs.txt", b"Ferry"),
    ("../up.txt", b"Ferry"),
    ("a/\u{1b}[2J.txt", b"Ferry"),
    ("a/.hidden/x.txt", b"Ferry"),
    ("a/x.exe", b"Ferry"),
    ("a/lines.jsonl", b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n"),
    ("a/empty.txt", b""),
    ("a/inner.tgz", b"\x1f\x8b\x08\0\0"),
    ("z.txt", b"Ferry"),
];

/// What is found of [`MEMBERS`], behind the archive's name.
const FOUND: &[(&str, Option<usize>, Option<RefusalKind>)] = &[
    ("a/page.md", None, None),
    ("abs.txt", None, None),
    ("../up.txt", None, Some(RefusalKind::UnsafeName)),
    ("a/\u{fffd}[2J.txt", None, Some(RefusalKind::UnsafeName)),
    ("a/.hidden/x.txt", None, Some(RefusalKind::Hidden)),
    ("a/x.exe", None, Some(RefusalKind::UnknownExtension)),
    ("a/lines.jsonl", Some(1), None),
    ("a/lines.jsonl", Some(2), None),
    ("a/empty.txt", None, Some(RefusalKind::Empty)),
    ("a/inner.tgz", None, Some(RefusalKind::Nested)),
    ("z.txt", None, None),
];

fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        // The library's own way of setting a name refuses the bad ones.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn archives() -> Vec<(&'static str, Vec<u8>)> {
    let tar = tar_of(MEMBERS);
    vec![
        ("a.tgz", gzip(&tar)),
        ("a.tar.zst", zstd::encode_all(&tar[..], 3).unwrap()),
        ("a.zip", zip_of(MEMBERS)),
        // Its content tells, whatever its name.
        ("tar.txt", tar),
    ]
}

#[test]
fn archives_are_read_member_by_member() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in archives() {
        fs::write(folder.path().join(name), bytes).unwrap();
        let found = found(folder.path(), &[name]);
        let expected: Vec<_> = FOUND
            .iter()
            .map(|(path, part, kind)| (format!("{name}!/{path}"), *part, *kind))
            .collect();
        assert_eq!(found, expected, "{name}");
    }
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        4,
        "nothing is unpacked"
    );
}

#[test]
fn archives_come_through_standard_input() {
    for (name, bytes) in archives() {
        let found: Vec<_> = discover(&["-".into()], &limits())
            .with_stdin(Cursor::new(bytes))
            .collect();
        assert_eq!(found.len(), FOUND.len(), "{name}");
        assert_eq!(found[1].as_ref().unwrap().path, "-!/abs.txt");
    }
}

#[test]
fn packed_files_are_one_document() {
    let folder = tempfile::tempdir().unwrap();
    let page = b"### [2018-01-9](/news/2018/01/9/index.md)\n# Ferry sinks\n";
    fs::write(folder.path().join("a.md.gz"), gzip(page)).unwrap();
    fs::write(
        folder.path().join("b.jsonl.zst"),
        zstd::encode_all(&b"{\"text\": \"a\"}\n"[..], 3).unwrap(),
    )
    .unwrap();
    let nested = gzip(&gzip(page));
    fs::write(folder.path().join("c.gz"), nested).unwrap();
    let broken = gzip(page);
    fs::write(folder.path().join("d.gz"), &broken[..broken.len() - 20]).unwrap();
    let kinds: Vec<_> = found(folder.path(), &[""])
        .into_iter()
        .map(|f| (f.0, f.2))
        .collect();
    let expected = [
        ("a.md.gz".to_owned(), None),
        ("b.jsonl.zst".to_owned(), None),
        ("c.gz".to_owned(), Some(RefusalKind::Nested)),
        ("d.gz".to_owned(), Some(RefusalKind::DamagedContainer)),
    ];
    assert_eq!(kinds, expected);
}

/// The last thing found of some bytes under limits.
fn last(bytes: Vec<u8>, limits: &Limits) -> Refusal {
    let found = discover(&["-".into()], limits).with_stdin(Cursor::new(bytes));
    found.last().unwrap().unwrap_err()
}

#[test]
fn bombs_meet_a_limit_that_is_named() {
    let zeros = vec![b'x'; 5_000_000];
    let limits = Limits::default();
    let bombs = [
        gzip(&zeros),
        zstd::encode_all(&zeros[..], 3).unwrap(),
        gzip(&tar_of(&[("a.txt", &zeros)])),
        zip_of(&[("a.txt", &zeros)]),
    ];
    for bomb in bombs {
        let refusal = last(bomb, &limits);
        assert_eq!(refusal.kind, RefusalKind::ContainerLimit);
        assert!(
            refusal
                .reason
                .contains("100 unpacked bytes for a packed one"),
            "{}",
            refusal.reason
        );
    }
    let few = Limits {
        max_members: 1,
        ..limits
    };
    let refusal = last(
        tar_of(&[("a.txt", b"x"), ("b.txt", b"x"), ("c.txt", b"x")]),
        &few,
    );
    assert_eq!(
        (refusal.kind, refusal.path.as_str()),
        (RefusalKind::ContainerLimit, "-!/b.txt")
    );
    let small = Limits {
        max_unpacked_bytes: 2000,
        ..limits
    };
    let refusal = last(tar_of(MEMBERS), &small);
    assert_eq!(refusal.kind, RefusalKind::ContainerLimit);
    assert!(
        refusal.reason.contains("2000 unpacked bytes"),
        "{}",
        refusal.reason
    );
    let large = Limits {
        max_file_bytes: 10,
        ..limits
    };
    let refusal = last(tar_of(&[("a.txt", b"more than ten")]), &large);
    assert_eq!(
        (refusal.kind, refusal.path.as_str()),
        (RefusalKind::TooLarge, "-!/a.txt")
    );
}

#[test]
fn a_broken_archive_gives_what_is_whole() {
    let tar = tar_of(MEMBERS);
    let cut = discover(&["-".into()], &limits()).with_stdin(Cursor::new(tar[..700].to_vec()));
    let found: Vec<_> = cut.collect();
    assert_eq!(
        found.last().unwrap().as_ref().unwrap_err().kind,
        RefusalKind::DamagedContainer
    );
    let zip = zip_of(MEMBERS);
    let refusal = last(zip[..zip.len() - 30].to_vec(), &limits());
    assert_eq!(refusal.kind, RefusalKind::DamagedContainer);
}

#[test]
fn patterns_stay_where_they_point() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("b/c")).unwrap();
    for name in ["a.txt", "b/1.txt", "b/2.md", "b/c/3.txt"] {
        fs::write(root.join(name), "Ferry").unwrap();
    }
    let names = |pattern: &str| -> Vec<String> {
        found(root, &[pattern])
            .into_iter()
            .map(|f| format!("{}{}", f.0, if f.2.is_some() { "?" } else { "" }))
            .collect()
    };
    assert_eq!(names("*.txt"), ["a.txt"]);
    assert_eq!(names("b/*"), ["b/1.txt", "b/2.md"]);
    assert_eq!(names("**/*.txt"), ["a.txt", "b/1.txt", "b/c/3.txt"]);
    assert_eq!(names("b/[12].{md,txt}"), ["b/1.txt", "b/2.md"]);
    assert_eq!(names("*.doc"), ["*.doc?"]);
    fs::create_dir_all(root.join(".kept/d")).unwrap();
    fs::write(root.join(".kept/d/4.txt"), "Ferry").unwrap();
    assert_eq!(names("a*.txt"), ["a.txt"]);
    assert_eq!(names("?/c/*"), ["b/c/3.txt"]);
    assert_eq!(names(".k*/d/*"), [".kept?", ".k*/d/*?"]);
    assert_eq!(
        names("**/*.txt"),
        [".kept?", "a.txt", "b/1.txt", "b/c/3.txt"]
    );
}

#[test]
fn a_format_that_is_named_is_taken() {
    let input = Cursor::new("{{Current events|year=2018");
    let found: Vec<_> = discover(&["-".into()], &limits())
        .with_stdin(input)
        .with_format(Some(Format::Article))
        .collect();
    assert_eq!(found[0].as_ref().unwrap().format, Format::Article);
}
