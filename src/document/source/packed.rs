//! Unpacks streams, and watches how much comes out of how little.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::Limits;
use crate::document::format::extension;

/// What some first bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
    Zip,
    Tar,
}

/// What stands at byte 257 of a tar archive: magic of POSIX (IEEE Std 1003.1, pax, "ustar Interchange Format"), and of
/// GNU tar (its manual, "Basic Tar Format"). Without their NULs, which no text has, a page about mustard can match.
const TAR_MAGIC: [&[u8]; 2] = [b"ustar\0", b"ustar  \0"];

fn starts_at(bytes: &[u8], at: usize, words: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(words))
}

impl Packing {
    /// The packing of a file by its first bytes.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"\x1f\x8b\x08") {
            Some(Self::Gzip)
        } else if head.starts_with(b"\x28\xb5\x2f\xfd") {
            Some(Self::Zstd)
        } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            Some(Self::Zip)
        } else if TAR_MAGIC.iter().any(|magic| starts_at(head, 257, magic)) {
            Some(Self::Tar)
        } else {
            None
        }
    }

    /// Its name in messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip data",
            Self::Zstd => "zstd data",
            Self::Zip => "a ZIP archive or an office document",
            Self::Tar => "a tar archive",
        }
    }
}

/// File extensions of packed files and containers.
const EXTENSIONS: [&str; 7] = ["gz", "tgz", "zst", "tzst", "tar", "zip", "taz"];

/// Whether the extension of a name is one of packed files and containers.
pub(super) fn is_packed(name: &str) -> bool {
    EXTENSIONS.contains(&extension(name).as_str())
}

/// A path without the extension of its packing, for telling what is inside.
pub(super) fn unpacked_name(name: &str) -> &str {
    [".gz", ".zst"]
        .iter()
        .find_map(|ext| name.strip_suffix(ext))
        .unwrap_or(name)
}

/// Bytes that may come out before the ratio counts: tiny files can pack very well.
const FREE_BYTES: u64 = 1_000_000;

/// How much went in and came out of an unpacking, and whether a limit was met.
#[derive(Debug)]
pub(super) struct Gauge {
    packed: AtomicU64,
    unpacked: AtomicU64,
    stopped: AtomicBool,
    max_bytes: u64,
    max_ratio: u64,
}

impl Gauge {
    pub(super) fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            packed: AtomicU64::new(0),
            unpacked: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
            max_bytes: limits.max_unpacked_bytes,
            max_ratio: limits.max_ratio,
        })
    }

    /// Counts packed bytes of a member whose stream is not watched itself.
    pub(super) fn add_packed(&self, bytes: u64) {
        self.packed.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The limit that was met, in words.
    pub(super) fn limit_met(&self) -> Option<String> {
        if !self.stopped.load(Ordering::Relaxed) {
            return None;
        }
        let bytes = self.unpacked.load(Ordering::Relaxed);
        Some(if bytes > self.max_bytes {
            format!("the limit of {} unpacked bytes", self.max_bytes)
        } else {
            format!(
                "the limit of {} unpacked bytes for a packed one",
                self.max_ratio
            )
        })
    }

    fn add_unpacked(&self, bytes: u64) -> io::Result<()> {
        let unpacked = self.unpacked.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let packed = self.packed.load(Ordering::Relaxed).max(1);
        let too_tight = unpacked > FREE_BYTES && unpacked / packed >= self.max_ratio;
        if unpacked > self.max_bytes || too_tight {
            self.stopped.store(true, Ordering::Relaxed);
            return Err(io::Error::other("a limit on unpacking was met"));
        }
        Ok(())
    }
}

/// Counts the packed bytes that a stream gives.
pub(super) struct Packed<R> {
    pub(super) inner: R,
    pub(super) gauge: Arc<Gauge>,
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.gauge.add_packed(count as u64);
        Ok(count)
    }
}

/// Counts the unpacked bytes that a stream gives, and stops it at the limits.
pub(super) struct Unpacked<R> {
    pub(super) inner: R,
    pub(super) gauge: Arc<Gauge>,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.gauge.add_unpacked(count as u64)?;
        Ok(count)
    }
}

/// Largest window of zstd that is held, as a power of two: 128 MB, what the `zstd` program takes
/// unasked.
const ZSTD_WINDOW_LOG: u32 = 27;

/// Unpacks gzip or zstd data under the limits; other data comes as it is.
pub(super) fn unpack(
    reader: Box<dyn Read + Send>,
    packing: Packing,
    gauge: &Arc<Gauge>,
) -> io::Result<Box<dyn Read + Send>> {
    let inner = Packed {
        inner: reader,
        gauge: Arc::clone(gauge),
    };
    let inner: Box<dyn Read + Send> = match packing {
        Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(inner)),
        Packing::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::new(inner)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG)?;
            Box::new(decoder)
        }
        Packing::Zip | Packing::Tar => Box::new(inner),
    };
    Ok(Box::new(Unpacked {
        inner,
        gauge: Arc::clone(gauge),
    }))
}
