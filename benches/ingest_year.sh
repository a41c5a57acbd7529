#!/usr/bin/env bash
# Speed and memory of a first ingest: one year of archive pages, made from the development data.
#   [PROFILE=dev] benches/ingest_year.sh [YEAR] [RUNS]   (default release, 2018, 3 runs; the median counts)
# Needs ../shared/data beside the project, PyYAML and GNU time; prints one line a run.
set -euo pipefail
cd "$(dirname "$0")/.."
year=${1:-2018}
runs=${2:-3}
data=../shared/data
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tar xzf "$data/wcep-yaml.tar.gz" -C "$work"
root=$(dirname "$(dirname "$(dirname "$(find "$work" -name '*.yaml' | head -n 1)")")")
python3 "$data/tools/wcep_to_offstream.py" "$root" "$work/pages" --from "$year" --to "$year"
profile=${PROFILE:-release}
cargo build --quiet --profile "$profile"
folder=$profile
[ "$profile" = dev ] && folder=debug
annals=${CARGO_TARGET_DIR:-target}/$folder/annals

documents=$(find "$work/pages" -type f | wc -l)
for run in $(seq "$runs"); do
    /usr/bin/time -f '%e %M' -o "$work/time" "$annals" -q -l "$work/store-$run" ingest "$work/pages" >/dev/null
    read -r seconds kilobytes < "$work/time"
    awk -v n="$documents" -v s="$seconds" -v k="$kilobytes" \
        'BEGIN { printf "%d documents in %.2f s: %.0f documents/s, peak %.0f MB\n", n, s, n / s, k / 1024 }'
done
