//! How much is read at most. Each limit is a number a caller may change; a refusal names the one that
//! was met.

/// How much is read at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file or member of a container, in bytes; JSON lines, which are read line by line, may be
    /// larger.
    pub max_file_bytes: u64,
    /// Longest line of a JSON lines file, in bytes.
    pub max_line_bytes: usize,
    /// Most members of a container.
    pub max_members: u64,
    /// Most bytes of a container once it is unpacked.
    pub max_unpacked_bytes: u64,
    /// Most bytes that one packed byte may become.
    pub max_ratio: u64,
}

impl Default for Limits {
    /// 20 MB a file, 8 MB a line, 2,000,000 members, 64 GB unpacked, 100:1.
    ///
    /// The ratio is the one usual against decompression bombs (`TRUST.md`, section 4): text packs 3:1 to
    /// 15:1. The others are guesses: the longest archive page seen has 20 kB, the whole archive some
    /// 200,000 pages.
    fn default() -> Self {
        Self {
            max_file_bytes: 20_000_000,
            max_line_bytes: 8_000_000,
            max_members: 2_000_000,
            max_unpacked_bytes: 64_000_000_000,
            max_ratio: 100,
        }
    }
}
