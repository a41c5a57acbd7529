//! The members of tar and ZIP archives, one after the other, read where they are: nothing is unpacked
//! to disk. The archive is read on a thread of its own, a few members ahead of whoever asks.

use std::borrow::Cow;
use std::io::{self, Read, Seek};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::documents::{self, Opened};
use super::packed::{Gauge, Unpacked};
use super::{Found, Settings, walk};
use crate::character::{is_unsafe, replaced};
use crate::document::{Refusal, RefusalKind};

/// Documents read ahead.
const AHEAD: usize = 64;

/// The documents of an archive, still to come.
pub(super) type Members = Receiver<Found>;

/// Reads a tar archive from a stream.
pub(super) fn of_tar(
    reader: Box<dyn Read + Send>,
    gauge: Arc<Gauge>,
    name: &str,
    settings: Settings,
) -> Members {
    on_thread(name, settings, move |members| {
        let mut archive = tar::Archive::new(reader);
        let read = read_tar(&mut archive, members);
        if let Err(error) = read {
            members.stop(gauge.limit_met(), &error.to_string());
        }
    })
}

/// Reads a ZIP archive.
pub(super) fn of_zip(
    reader: impl Read + Seek + Send + 'static,
    name: &str,
    settings: Settings,
) -> Members {
    on_thread(name, settings, move |members| {
        let gauge = Gauge::new(&members.settings.limits);
        let read = read_zip(reader, &gauge, members);
        if let Err(error) = read {
            members.stop(gauge.limit_met(), &error.to_string());
        }
    })
}

fn on_thread(
    name: &str,
    settings: Settings,
    work: impl FnOnce(&mut Sender) + Send + 'static,
) -> Members {
    let (sender, receiver) = sync_channel(AHEAD);
    let mut members = Sender {
        sender,
        settings,
        archive: name.to_owned(),
        count: 0,
        member: String::new(),
        gone: false,
    };
    let failed = members.sender.clone();
    let thread = std::thread::Builder::new().name("annals-archive".to_owned());
    if let Err(error) = thread.spawn(move || guarded(work, &mut members)) {
        let reason = format!("no thread could be started to read it: {error}");
        let refusal = Refusal::new(name, RefusalKind::Unreadable, &reason, "try again");
        // The receiver is below, so there is room for one.
        let _ = failed.send(Err(refusal));
    }
    receiver
}

/// Runs the work of a thread; should it fail, the archive does not just seem to end.
fn guarded(work: impl FnOnce(&mut Sender), members: &mut Sender) {
    let worked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(members)));
    if worked.is_err() {
        members.stop(None, "its reader failed");
    }
}

/// Sends what an archive holds to whoever reads it.
struct Sender {
    sender: SyncSender<Found>,
    settings: Settings,
    archive: String,
    count: u64,
    /// The path of the member in hand.
    member: String,
    /// Whether nobody reads any more.
    gone: bool,
}

impl Sender {
    fn send(&mut self, found: Found) {
        self.gone |= self.sender.send(found).is_err();
    }

    fn refuse(&mut self, kind: RefusalKind, reason: &str, hint: &str) {
        self.send(Err(Refusal::new(&self.member, kind, reason, hint)));
    }

    /// Goes on to a member; `false` when it is to be passed over.
    fn begin(&mut self, name: &str) -> bool {
        self.count += 1;
        self.member = format!(
            "{}!/{}",
            self.archive,
            replaced(name.trim_start_matches('/'))
        );
        let limit = self.settings.limits.max_members;
        if self.count > limit {
            let reason = format!("lies behind the limit of {limit} members");
            self.refuse(RefusalKind::ContainerLimit, &reason, "split the archive");
        } else if name.contains(is_unsafe) {
            let reason = "has a name with control characters";
            self.refuse(
                RefusalKind::UnsafeName,
                reason,
                "rename it inside the archive",
            );
        } else if name.split(['/', '\\']).any(|part| part == "..") {
            let reason = "has a name that climbs out of the archive";
            self.refuse(
                RefusalKind::UnsafeName,
                reason,
                "rename it inside the archive",
            );
        } else if is_hidden(name) {
            let reason = "is hidden (a part of its name begins with a dot)";
            self.refuse(
                RefusalKind::Hidden,
                reason,
                "unpack the archive and name the file",
            );
        } else if let Some((kind, reason)) = walk::refuse_extension(name, &self.settings) {
            self.refuse(
                kind,
                reason,
                "name its format with --input-format, or unpack it",
            );
        } else {
            return true;
        }
        false
    }

    /// Whether no more members are to be read: the limit is met, or nobody reads them.
    fn is_done(&self) -> bool {
        self.gone || self.count > self.settings.limits.max_members
    }

    /// Reads the documents of the member in hand.
    fn read(&mut self, reader: impl Read) -> io::Result<()> {
        let mut watched = Watched {
            inner: reader,
            error: None,
        };
        let member = self.member.clone();
        match documents::read(&mut watched, &member, &member, &self.settings) {
            Opened::Whole(found) => {
                if watched.error.is_none() {
                    found.into_iter().for_each(|found| self.send(found));
                }
            }
            Opened::Lines(lines) => {
                for found in lines {
                    self.send(found);
                    if self.gone {
                        break;
                    }
                }
            }
        }
        watched.error.map_or(Ok(()), Err)
    }

    /// Ends an archive that cannot be read on.
    fn stop(&mut self, limit: Option<String>, error: &str) {
        let at = if self.member.is_empty() {
            &self.archive
        } else {
            &self.member
        };
        let refusal = match limit {
            Some(limit) => {
                let reason = format!("meets {limit}; the rest of the archive is not read");
                let hint = "unpack it yourself if you trust it, and read the folder";
                Refusal::new(at, RefusalKind::ContainerLimit, &reason, hint)
            }
            None => {
                let reason = format!("the archive is damaged here: {}", replaced(error));
                let hint = "the members before were read; fetch the archive again";
                Refusal::new(at, RefusalKind::DamagedContainer, &reason, hint)
            }
        };
        self.send(Err(refusal));
    }
}

fn is_hidden(name: &str) -> bool {
    name.split('/')
        .any(|part| part.starts_with('.') && part != ".")
}

/// Keeps the error of a stream, which ends an archive rather than a member.
struct Watched<R> {
    inner: R,
    error: Option<io::Error>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).inspect_err(|error| {
            self.error = Some(io::Error::new(error.kind(), error.to_string()));
        })
    }
}

/// Longest name in an extension header of tar, in bytes; file systems allow 4,096.
const MAX_NAME_BYTES: u64 = 65_536;

fn read_tar<R: Read>(archive: &mut tar::Archive<R>, members: &mut Sender) -> io::Result<()> {
    // The name that an extension header gives the member after it. Read raw: the library would hold
    // an extension header of any size.
    let mut named: Option<String> = None;
    for entry in archive.entries()?.raw(true) {
        let mut entry = entry?;
        let kind = entry.header().entry_type();
        if kind.is_gnu_longname() || kind.is_pax_local_extensions() {
            let mut bytes = Vec::new();
            (&mut entry).take(MAX_NAME_BYTES).read_to_end(&mut bytes)?;
            named = name_in(kind, &bytes).or(named);
            continue;
        }
        if kind.is_pax_global_extensions() || kind.is_gnu_longlink() || kind.is_dir() {
            named = named.filter(|_| kind.is_gnu_longlink());
            continue;
        }
        let own = entry.path_bytes().into_owned();
        let name = named
            .take()
            .unwrap_or_else(|| String::from_utf8_lossy(&own).into_owned());
        if members.begin(&name) {
            if kind.is_file() || kind.is_contiguous() {
                members.read(&mut entry)?;
            } else {
                let reason = "is neither a file nor a folder";
                members.refuse(
                    RefusalKind::NotAFile,
                    reason,
                    "links and devices are never followed",
                );
            }
        }
        if members.is_done() {
            break;
        }
    }
    Ok(())
}

/// The name in an extension header: the whole of GNU's, the `path` of POSIX's.
fn name_in(kind: tar::EntryType, bytes: &[u8]) -> Option<String> {
    let name: Cow<'_, [u8]> = if kind.is_gnu_longname() {
        bytes.split(|byte| *byte == 0).next()?.into()
    } else {
        let fields = tar::PaxExtensions::new(bytes);
        let path = fields
            .flatten()
            .find(|field| field.key_bytes() == b"path")?;
        path.value_bytes().to_vec().into()
    };
    Some(String::from_utf8_lossy(&name).into_owned())
}

fn read_zip(
    reader: impl Read + Seek,
    gauge: &Arc<Gauge>,
    members: &mut Sender,
) -> zip::result::ZipResult<()> {
    let mut archive = zip::ZipArchive::new(reader)?;
    for index in 0..archive.len() {
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::UnsupportedArchive(what)) => {
                members.count += 1;
                members.member = members.archive.clone();
                let reason = format!("member {} cannot be read: {what}", index + 1);
                members.refuse(
                    RefusalKind::Unreadable,
                    &reason,
                    "unpack the archive and read the folder",
                );
                continue;
            }
            Err(error) => return Err(error),
        };
        if entry.is_dir() {
            continue;
        }
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if members.begin(&name) {
            if entry.is_symlink() {
                let reason = "is neither a file nor a folder";
                members.refuse(RefusalKind::NotAFile, reason, "links are never followed");
            } else {
                gauge.add_packed(entry.compressed_size());
                members.read(Unpacked {
                    inner: entry,
                    gauge: Arc::clone(gauge),
                })?;
            }
        }
        if members.is_done() {
            break;
        }
    }
    Ok(())
}
