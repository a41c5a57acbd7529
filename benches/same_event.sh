#!/usr/bin/env bash
# How well reports of one happening are found: the documents of ECB+ topics, without their dates, clustered into events.
#   [PROFILE=dev] benches/same_event.sh [GOLD.jsonl]      (default: the development topics)
# Needs ../shared/data beside the project; prints pairwise and B-cubed precision, recall and F1.
set -euo pipefail
cd "$(dirname "$0")/.."
data=../shared/data
gold=${1:-$data/same-event/ecbplus.dev.jsonl}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source benches/program.sh

python3 - "$gold" >"$work/documents.jsonl" <<'PY'
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    row = json.loads(line)
    print(json.dumps({"id": row["doc"], "text": row["text"]}))
PY
"$annals" -q -l "$work/store" ingest "$work/documents.jsonl" >/dev/null
"$annals" -l "$work/store" query --format json \
    'SELECT ?id ?event { ?document annals:reports ?event ; annals:id ?id }' >"$work/reports.json"
python3 - "$work/reports.json" >"$work/clusters.jsonl" <<'PY'
import collections, json, sys
answer = json.load(open(sys.argv[1], encoding="utf-8"))
rows = [(b["id"]["value"], b["event"]["value"]) for b in answer["results"]["bindings"]]
reports, events = collections.Counter(event for _, event in rows), collections.defaultdict(list)
for document, event in rows: events[document].append(event)
# A document can tell of other events in its body; its cluster is the event that most documents report.
for document, told in events.items():
    print(json.dumps({"doc": document, "cluster": max(told, key=lambda event: (reports[event], event))}))
PY
python3 "$data/tools/coref_score.py" "$gold" "$work/clusters.jsonl" --docs
