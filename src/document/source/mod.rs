//! Finds documents: walks files, folders, patterns and archives, splits files of many documents, and
//! refuses, with a reason, what holds none. Nothing is ever unpacked to disk.
//!
//! What comes out is text not yet understood, [`RawDocument`]; understanding it is
//! [`read`](super::read)'s. This is the only part of `document` that touches files.

mod ahead;
mod count;
mod documents;
mod file;
mod glob;
mod json_lines;
mod limits;
mod members;
mod packed;
mod sniff;
mod walk;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use self::ahead::Ahead;
pub use self::count::count;
use self::documents::Whole;
use self::file::{Opened, Stream};
use self::glob::Pattern;
use self::json_lines::JsonLines;
pub use self::limits::Limits;
use self::members::Members;
use self::walk::Walk;
use super::{Format, Refusal, RefusalKind};

/// A document as found, before it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawDocument {
    /// The path as the user typed it, continued into the folder: `./` removed, parts separated by
    /// `/`; `-` for standard input. A member of an archive: `archive.tar.gz!/its/path`.
    pub path: String,
    /// Line of a JSON lines file, or place in a JSON array, a feed or a file of several days, from 1.
    pub part: Option<usize>,
    /// How to read the content.
    pub format: Format,
    /// The charset it was decoded from, when it was not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// The whole text, as it was found.
    pub content: String,
}

/// What a discovery is told.
#[derive(Clone, Debug)]
struct Settings {
    limits: Limits,
    /// The format that everything is taken for.
    format: Option<Format>,
}

/// Walks files and folders, in the order given and sorted inside folders.
///
/// Files inside folders and archives are read when some format has their extension, or they have none;
/// others, hidden ones, stores of Annals, and whatever cannot be read come out as refusals. A file that is named itself
/// is read whatever its extension. Archives (tar, ZIP) and packed files (gzip, zstd, a tar archive
/// among them) are read member by member, in their own order, without unpacking them anywhere; an
/// archive inside an archive is refused. A path that does not exist and holds `*`, `?`, `[` or `{`
/// is a pattern. Symbolic links are followed, links inside archives are not. Nothing is opened before
/// it is asked for, but small files of a folder are opened a hundred or so ahead.
///
/// ```
/// use annals::document::{Limits, RefusalKind, discover};
///
/// let mut found = discover(&["no/such/page.md".into()], &Limits::default());
/// let refusal = found.next().unwrap().unwrap_err();
/// assert_eq!(refusal.kind, RefusalKind::Missing);
/// assert!(found.next().is_none());
/// ```
#[must_use]
pub fn discover(paths: &[PathBuf], limits: &Limits) -> Discovery {
    Discovery {
        roots: paths.iter().cloned().collect(),
        stdin: None,
        settings: Settings {
            limits: *limits,
            format: None,
        },
        walk: None,
        lines: None,
        members: None,
        ready: VecDeque::new(),
    }
}

/// Whether a file of this name is read where nobody has named it itself: some format has its extension,
/// or it has none.
#[must_use]
pub fn has_known_extension(name: &str) -> bool {
    walk::has_known_extension(name)
}

/// The documents of some paths, found one by one.
pub struct Discovery {
    roots: VecDeque<PathBuf>,
    stdin: Option<Stream>,
    settings: Settings,
    walk: Option<Ahead>,
    lines: Option<JsonLines<Whole<Stream>>>,
    members: Option<Members>,
    ready: VecDeque<Found>,
}

/// One step of discovery.
type Found = Result<RawDocument, Refusal>;

impl Discovery {
    /// Reads the path `-` from here. Without it `-` is refused.
    #[must_use]
    pub fn with_stdin(mut self, reader: impl Read + Send + 'static) -> Self {
        self.stdin = Some(Box::new(reader));
        self
    }

    /// Takes everything for one format, whatever its name and content.
    #[must_use]
    pub fn with_format(mut self, format: Option<Format>) -> Self {
        self.settings.format = format;
        self
    }

    /// Opens a path that was named: a folder, a file, `-`.
    fn enter(&mut self, root: &Path) {
        if root.as_os_str() == "-" {
            self.enter_stdin();
        } else if root.is_dir() {
            self.walk = Some(Ahead::new(Walk::new(root, None, &self.settings)));
        } else if let Some(pattern) = Pattern::of(root).filter(|_| !root.exists()) {
            let base = pattern.base.clone();
            let walk = Walk::new(&base, Some((root, pattern)), &self.settings);
            self.walk = Some(Ahead::new(walk));
        } else {
            self.accept(file::open(root, &self.settings));
        }
    }

    fn enter_stdin(&mut self) {
        let opened = match self.stdin.take() {
            Some(reader) => file::read_from(reader, "-", &self.settings),
            None => Opened::refused(Refusal::new(
                "-",
                RefusalKind::Missing,
                "standard input is not there to be read, or was read already",
                "name \"-\" once, or write ./- for a file of that name",
            )),
        };
        self.accept(opened);
    }

    fn accept(&mut self, opened: Opened) {
        match opened {
            Opened::Whole(found) => self.ready.extend(found),
            Opened::Lines(lines) => self.lines = Some(lines),
            Opened::Members(members) => self.members = Some(members),
        }
    }
}

impl Iterator for Discovery {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Some(found);
            }
            if let Some(members) = &self.members {
                match members.recv() {
                    Ok(found) => return Some(found),
                    // The archive is read to its end.
                    Err(_) => self.members = None,
                }
            } else if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(found) => return Some(found),
                    None => self.lines = None,
                }
            } else if let Some(walk) = &mut self.walk {
                match walk.next(&self.settings) {
                    Some(Ok(opened)) => self.accept(opened),
                    Some(Err(refusal)) => return Some(Err(refusal)),
                    None => self.walk = None,
                }
            } else {
                let root = self.roots.pop_front()?;
                self.enter(&root);
            }
        }
    }
}

impl std::fmt::Debug for Discovery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Discovery")
            .field("roots", &self.roots)
            .finish_non_exhaustive()
    }
}

/// A name as text, another for each name. A byte that is no text becomes U+FFFD and two hexadecimal digits,
/// and in such a name also the bytes of a U+FFFD that is there.
fn text_of(name: &OsStr) -> Cow<'_, str> {
    use std::fmt::Write;
    if let Some(text) = name.to_str() {
        return Cow::Borrowed(text);
    }
    let mut text = String::new();
    let escape = |text: &mut String, bytes: &[u8]| {
        for byte in bytes {
            write!(text, "\u{FFFD}{byte:02X}").expect("writing to a string cannot fail");
        }
    };
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                char::REPLACEMENT_CHARACTER => escape(&mut text, "\u{FFFD}".as_bytes()),
                c => text.push(c),
            }
        }
        escape(&mut text, chunk.invalid());
    }
    Cow::Owned(text)
}

/// A path for people: parts separated by `/`, without `.` parts.
fn tidy(path: &Path) -> String {
    use std::path::Component;
    let mut tidied = String::new();
    for component in path.components() {
        let part = match component {
            Component::CurDir => continue,
            Component::RootDir => {
                tidied.push('/');
                continue;
            }
            other => text_of(other.as_os_str()),
        };
        if !tidied.is_empty() && !tidied.ends_with('/') {
            tidied.push('/');
        }
        tidied.push_str(&part);
    }
    if tidied.is_empty() {
        ".".to_owned()
    } else {
        tidied
    }
}

#[cfg(test)]
mod tests;
