//! Files, folders and streams, good and bad.

use std::fs;
use std::io::Cursor;

use super::*;

fn limits() -> Limits {
    Limits {
        max_file_bytes: 1000,
        max_line_bytes: 60,
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
    write("empty.md", b"");
    write("large.txt", &[b'x'; 1001]);
    write("page.html", b"<html>");
    write("page.txt", b"\n<!DOCTYPE html><p>x");
    write("paper.pdf.txt", b"%PDF-1.4");
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
        ("cp1252.txt", Some(RefusalKind::NotUtf8)),
        ("empty.md", Some(RefusalKind::Empty)),
        ("large.txt", Some(RefusalKind::TooLarge)),
        ("page.html", Some(RefusalKind::UnknownExtension)),
        ("page.txt", Some(RefusalKind::Binary)),
        ("paper.pdf.txt", Some(RefusalKind::Binary)),
        ("utf16.txt", Some(RefusalKind::Binary)),
        ("z", None),
    ];
    let kinds: Vec<_> = kinds
        .iter()
        .map(|(path, kind)| (path.as_str(), *kind))
        .collect();
    assert_eq!(kinds, expected);
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
