#!/usr/bin/env bash
# How well phrases find the events of a topic: mean average precision on the development topics.
#   [PROFILE=dev] benches/topics.sh   (default release)
# Ingests the pool of dated items, asks one timeline a topic, best first, and scores the rankings.
# Needs ../shared/data beside the project and Python 3; prints average precision and seconds a command.
set -euo pipefail
cd "$(dirname "$0")/.."
data=../shared/data
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

source benches/program.sh

"$annals" -q -l "$work/store" ingest "$data/topics/pool-2015-2017.jsonl" >/dev/null
python3 - "$annals" "$work/store" "$data/topics/topics.dev.jsonl" "$work/rankings.jsonl" <<'PY'
import json, subprocess, sys, time

annals, store, topics, rankings = sys.argv[1:]
seconds = []
with open(topics, encoding="utf-8") as asked, open(rankings, "w", encoding="utf-8") as out:
    for topic in map(json.loads, asked):
        command = [annals, "-l", store, "timeline", topic["topic"], "--from", topic["from"], "--to", topic["to"],
                   "--rank", "relevance", "--top", "1000", "--format", "json"]
        begin = time.monotonic()
        answer = subprocess.run(command, capture_output=True, text=True).stdout
        seconds.append(time.monotonic() - begin)
        ids = dict.fromkeys(d["id"] for entry in json.loads(answer) for d in entry["documents"])
        out.write(json.dumps({"topic": topic["topic"], "ranking": list(ids)}) + "\n")
print(f"{len(seconds)} commands, median {sorted(seconds)[len(seconds) // 2]:.3f} s, longest {max(seconds):.3f} s")
PY
python3 "$data/tools/topic_score.py" --per-topic "$data/topics/topics.dev.jsonl" "$work/rankings.jsonl"
