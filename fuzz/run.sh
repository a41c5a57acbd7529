#!/bin/sh
# Fuzzes every target for some seconds: run.sh [SECONDS [TARGET…]], 60 seconds each by default.
# With cargo-fuzz and a nightly compiler it runs them as they are. Without, it runs the mutation tests of the
# suite for as long, in process, on the stable compiler: fewer inputs, no coverage, the same checks.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
[ $# -gt 0 ] && shift
if [ $# -eq 0 ]; then
    set -- $(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' fuzz/Cargo.toml)
fi
if cargo +nightly fuzz --version >/dev/null 2>&1; then
    for target; do
        seeds=fuzz/seeds/$target
        [ -d "$seeds" ] || seeds=fuzz/seeds
        mkdir -p "fuzz/corpus-found/$target"
        cargo +nightly fuzz run "$target" "fuzz/corpus-found/$target" "$seeds" -- \
            -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024
    done
else
    echo "cargo-fuzz or the nightly compiler is not here: mutating seeds in process instead" >&2
    ANNALS_FUZZ_SECONDS=$seconds ANNALS_FUZZ_TARGETS="$*" \
        cargo test --no-default-features --test suite mutated -- --nocapture
fi
