//! The `annals` program.

use std::process::ExitCode;

/// What Annals makes is many small strings, on several threads: see "Memory" in ARCHITECTURE.md for what it saves.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    annals::cli::run(std::env::args_os())
}
