#!/usr/bin/env bash
# How many of a story's key days a short timeline names, and a whole one: on the stories of `key_days.jsonl`.
#   [PROFILE=dev] [ANNALS=program] [STORE=folder] benches/key_days.sh [dev|test]
# The days are such as any history of the story names, written down from general knowledge before anything was
# measured; they are no list of all that mattered. A day counts as named when an entry is of it or of a day beside it,
# since the archive files much under the day after. A short timeline has twice as many entries as there are key days.
# Needs ../shared/data beside the project and PyYAML, and reads the whole archive, unless STORE already holds it.
set -euo pipefail
cd "$(dirname "$0")/.."
split=${1:-dev}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source benches/program.sh
source benches/wcep.sh

if [ -z "${STORE:-}" ]; then
    wcep_pages "$work"
    STORE=$work/store
    "$annals" -q -l "$STORE" ingest "$work/pages" >/dev/null
fi
python3 - "$annals" "$STORE" benches/key_days.jsonl "$split" <<'PY'
import datetime, json, subprocess, sys

annals, store, stories, split = sys.argv[1:]
day = datetime.date.fromisoformat


def named(story, *options):
    """How many key days a timeline names, and its number of entries."""
    command = [annals, "-l", store, "timeline", story["phrase"], "--from", story["from"], "--to", story["to"]]
    answer = subprocess.run([*command, *options, "--format", "json"], capture_output=True, text=True).stdout
    entries = json.loads(answer)
    days = [day(entry["date"][:10]) for entry in entries if entry.get("precision") in ("day", "time")]
    near = lambda key: any(abs((at - day(key)).days) <= 1 for at in days)
    return sum(map(near, story["days"])), len(entries)


short_shares, whole_shares = [], []
with open(stories, encoding="utf-8") as lines:
    for story in filter(lambda story: story["split"] == split, map(json.loads, lines)):
        keys = len(story["days"])
        short, _ = named(story, "--top", str(2 * keys))
        whole, entries = named(story)
        short_shares.append(short / keys)
        whole_shares.append(whole / keys)
        print(f"{story['phrase']:40} {keys:3} key days, {short:3} in {2 * keys} entries, {whole:3} in {entries}")
count = len(short_shares)
print(f"{split}: {count} stories, short {sum(short_shares) / count:.3f}, whole {sum(whole_shares) / count:.3f}")
PY
