//! Opens one file, or standard input, and says what is in it: documents, a container of files that
//! hold documents, or a packed file.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use super::documents::{self, Whole};
use super::members::{self, Members};
use super::packed::{self, Gauge, Packing};
use super::{Found, Settings, json_lines::JsonLines, tidy};
use crate::document::{Refusal, RefusalKind};

/// Any stream of bytes.
pub(super) type Stream = Box<dyn Read + Send>;

/// What a file holds.
pub(super) enum Opened {
    /// Documents, or a refusal, in memory.
    Whole(Vec<Found>),
    /// Documents still to be read line by line.
    Lines(JsonLines<Whole<Stream>>),
    /// Documents of an archive, still to come.
    Members(Members),
}

impl Opened {
    /// Nothing but a refusal.
    pub(super) fn refused(refusal: Refusal) -> Self {
        Self::Whole(vec![Err(refusal)])
    }
}

/// Opens a file.
pub(super) fn open(path: &Path, settings: &Settings) -> Opened {
    let name = tidy(path);
    let opened = File::open(path).and_then(|file| read_file(file, &name, settings));
    opened.unwrap_or_else(|error| Opened::refused(refuse_io(path, &name, &error)))
}

/// A file can be read from any place, as ZIP archives have to be; they are told by their first bytes.
fn read_file(mut file: File, name: &str, settings: &Settings) -> io::Result<Opened> {
    use std::io::Seek;
    if !file.metadata()?.is_file() {
        return Ok(read_from(Box::new(file), name, settings));
    }
    let head = documents::head(&mut file)?;
    file.rewind()?;
    if Packing::of(&head) == Some(Packing::Zip) {
        let members = members::of_zip(io::BufReader::new(file), name, settings.clone());
        return Ok(Opened::Members(members));
    }
    Ok(read_from(Box::new(file), name, settings))
}

/// Reads what a file or standard input holds.
pub(super) fn read_from(reader: Stream, name: &str, settings: &Settings) -> Opened {
    let opened = sniffed(reader).and_then(|(reader, packing)| match packing {
        None => Ok(documents(reader, name, name, settings)),
        Some(Packing::Tar) => {
            let gauge = Gauge::new(&settings.limits);
            let reader = packed::unpack(reader, Packing::Tar, &gauge)?;
            Ok(Opened::Members(members::of_tar(
                reader,
                gauge,
                name,
                settings.clone(),
            )))
        }
        Some(Packing::Zip) => zip_from_stream(reader, name, settings),
        Some(packing) => unpacked(reader, packing, name, settings),
    });
    opened.unwrap_or_else(|error| Opened::refused(refuse_io(Path::new(name), name, &error)))
}

/// A stream from its beginning, and how it is packed.
fn sniffed(mut reader: Stream) -> io::Result<(Stream, Option<Packing>)> {
    let head = documents::head(&mut reader)?;
    let packing = Packing::of(&head);
    Ok((Box::new(Cursor::new(head).chain(reader)), packing))
}

fn documents(reader: Stream, shown: &str, name: &str, settings: &Settings) -> Opened {
    match documents::read(reader, shown, name, settings) {
        documents::Opened::Whole(found) => Opened::Whole(found),
        documents::Opened::Lines(lines) => Opened::Lines(lines),
    }
}

/// Reads gzip or zstd data: a tar archive, or the documents of one file.
fn unpacked(
    reader: Stream,
    packing: Packing,
    name: &str,
    settings: &Settings,
) -> io::Result<Opened> {
    let gauge = Gauge::new(&settings.limits);
    let reader = packed::unpack(reader, packing, &gauge)?;
    let (reader, inner) = match sniffed(reader) {
        Ok(sniffed) => sniffed,
        Err(error) => {
            return Ok(Opened::refused(refuse_packed(
                name,
                &gauge,
                &error.to_string(),
            )));
        }
    };
    if inner == Some(Packing::Tar) {
        let members = members::of_tar(reader, gauge, name, settings.clone());
        return Ok(Opened::Members(members));
    }
    let opened = documents(reader, name, packed::unpacked_name(name), settings);
    Ok(mend_refusals(opened, name, &gauge))
}

/// Says of a file that broke off in unpacking why it did.
fn mend_refusals(opened: Opened, name: &str, gauge: &Arc<Gauge>) -> Opened {
    let Opened::Whole(found) = opened else {
        return opened;
    };
    let mend = |found: Found| match found {
        Err(refusal) if refusal.kind == RefusalKind::Unreadable => {
            Err(refuse_packed(name, gauge, &refusal.reason))
        }
        other => other,
    };
    Opened::Whole(found.into_iter().map(mend).collect())
}

fn refuse_packed(name: &str, gauge: &Arc<Gauge>, error: &str) -> Refusal {
    match gauge.limit_met() {
        Some(limit) => {
            let hint = "unpack it yourself if you trust it, and read the file";
            Refusal::new(
                name,
                RefusalKind::ContainerLimit,
                &format!("meets {limit}"),
                hint,
            )
        }
        None => {
            let reason = format!("could not be unpacked: {error}");
            let hint = "the file looks damaged: fetch it again";
            Refusal::new(name, RefusalKind::DamagedContainer, &reason, hint)
        }
    }
}

/// Largest ZIP archive that is read from a stream, in bytes: it has to be held in memory, because its
/// list of members is at its end.
const MAX_STREAMED_ZIP_BYTES: u64 = 256_000_000;

fn zip_from_stream(reader: Stream, name: &str, settings: &Settings) -> io::Result<Opened> {
    let mut bytes = Vec::new();
    reader
        .take(MAX_STREAMED_ZIP_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_STREAMED_ZIP_BYTES {
        let reason = format!(
            "is a ZIP archive of more than {MAX_STREAMED_ZIP_BYTES} bytes, too large for a stream"
        );
        let hint = "name it as a file, or send a tar archive";
        return Ok(Opened::refused(Refusal::new(
            name,
            RefusalKind::TooLarge,
            &reason,
            hint,
        )));
    }
    Ok(Opened::Members(members::of_zip(
        Cursor::new(bytes),
        name,
        settings.clone(),
    )))
}

/// Says why the system did not let us read.
pub(super) fn refuse_io(path: &Path, name: &str, error: &io::Error) -> Refusal {
    let is_link = path
        .symlink_metadata()
        .is_ok_and(|metadata| metadata.is_symlink());
    let (kind, reason, hint) = match error.kind() {
        io::ErrorKind::NotFound if is_link => (
            RefusalKind::BrokenLink,
            "is a symbolic link to nothing",
            "mend or remove the link",
        ),
        io::ErrorKind::NotFound => (
            RefusalKind::Missing,
            "does not exist",
            "check the spelling of the path",
        ),
        io::ErrorKind::PermissionDenied => (
            RefusalKind::NoPermission,
            "may not be read",
            "give yourself permission to read it",
        ),
        // The kind for this, `FilesystemLoop`, is not stable yet.
        _ if is_link && path.metadata().is_err() => (
            RefusalKind::LinkLoop,
            "is a symbolic link that leads back to itself",
            "mend or remove the link",
        ),
        _ => {
            let reason = format!("could not be read: {error}");
            let hint = "check the disk and the path";
            return Refusal::new(name, RefusalKind::Unreadable, &reason, hint);
        }
    };
    Refusal::new(name, kind, reason, hint)
}
