#!/usr/bin/env bash
# How well a timeline tells a storyline of which half the pages lack their heading.
#   [PROFILE=dev] [ANNALS=program] benches/headings.sh [dev|test] [COUNT]
# Reads the pages of 2018 to 2026 twice: as they are, to leave out what strays under a heading, and with every second
# page's heading hidden. Asks for headings (without their years, no lists of several, no "COVID-19") and compares with
# all pages that bear them. A page under no heading may well tell of a story too, so precision is a lower bound.
# Needs ../shared/data beside the project and PyYAML; about five minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
split=${1:-dev} count=${2:-120}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source benches/program.sh
source benches/wcep.sh

wcep_pages "$work"
python3 benches/headings.py "$annals" "$work" "$split" "$count"
