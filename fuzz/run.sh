#!/bin/sh
# Fuzzes every target for some seconds: run.sh [SECONDS [TARGET…]], 60 seconds each by default. Ends at the first input
# that breaks a promise, takes over 10 s or 1 GB; it is then in fuzz/artifacts/TARGET. What reaches new code is kept in
# fuzz/corpus-found/TARGET, and a later run goes on from there.
#
# ANNALS_FUZZ_BY says how; without it, the first that is possible:
#   cargo-fuzz  cargo-fuzz and a nightly compiler: libFuzzer with the address sanitizer
#   stable      the stable compiler and a C++ compiler: libFuzzer, guided by coverage as well, without a sanitizer (Annals
#               has no unsafe code; a library's could go unnoticed)
#   tests       the mutation tests of the suite, in process: no coverage, fewer inputs, the same checks
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
[ $# -gt 0 ] && shift
if [ $# -eq 0 ]; then
    set -- $(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' fuzz/Cargo.toml)
fi

# The flags that cargo-fuzz gives (its src/project.rs), but for the sanitizer: all of them are stable.
# https://clang.llvm.org/docs/SanitizerCoverage.html says what they count.
build_stable() {
    host=$(rustc -vV | sed -n 's/^host: //p')
    # Dependencies in the versions that are tested.
    [ -f fuzz/Cargo.lock ] || cp Cargo.lock fuzz/Cargo.lock
    flags="--cfg fuzzing -Cdebug-assertions -Cpasses=sancov-module"
    for flag in level=4 inline-8bit-counters pc-table trace-compares; do
        flags="$flags -Cllvm-args=-sanitizer-coverage-$flag"
    done
    # A target that is named keeps the flags from build scripts, which no fuzzer runs.
    RUSTFLAGS=$flags cargo build --manifest-path fuzz/Cargo.toml --release --target "$host" --bins || return 1
    folder=${CARGO_TARGET_DIR:-fuzz/target}/$host/release
}

by=${ANNALS_FUZZ_BY:-}
if [ -z "$by" ]; then
    if cargo +nightly fuzz --version >/dev/null 2>&1; then
        by=cargo-fuzz
    elif build_stable; then
        by=stable
    else
        echo "libFuzzer cannot be built here: mutating seeds in process instead" >&2
        by=tests
    fi
elif [ "$by" = stable ]; then
    build_stable
fi

if [ "$by" = tests ]; then
    ANNALS_FUZZ_SECONDS=$seconds ANNALS_FUZZ_TARGETS="$*" \
        exec cargo test --no-default-features --test suite mutated -- --nocapture
fi
for target; do
    # A file can be of any format, so the seeds of all are its own.
    seeds=fuzz/seeds/$target
    [ -d "$seeds" ] && [ "$target" != any_file ] || seeds=fuzz/seeds
    found=fuzz/corpus-found/$target
    mkdir -p "$found" "fuzz/artifacts/$target"
    limits="-max_total_time=$seconds -timeout=10 -rss_limit_mb=1024 -artifact_prefix=fuzz/artifacts/$target/"
    echo "== $target"
    case $by in
        cargo-fuzz) cargo +nightly fuzz run "$target" "$found" "$seeds" -- $limits ;;
        stable) "$folder/$target" $limits "$found" "$seeds" ;;
        *) echo "ANNALS_FUZZ_BY is cargo-fuzz, stable or tests" >&2; exit 2 ;;
    esac
done
