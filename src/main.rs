//! The `annals` program.

use std::process::ExitCode;

/// What Annals makes is many small strings, on several threads; ARCHITECTURE.md says what this saves. It takes the
/// place of C's allocator too, as it has to: Oxigraph frees what RocksDB has allocated for an error.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    annals::cli::run(std::env::args_os())
}
