#!/usr/bin/env bash
# How well revised figures are found: pairs of news items, labelled by hand, all read into one store.
#   [PROFILE=dev] benches/updates.sh [GOLD.jsonl]
# Needs ../shared/data beside the project; prints precision, recall, and how often both figures are right.
set -euo pipefail
cd "$(dirname "$0")/.."
data=../shared/data
gold=${1:-$data/updates/updates.dev.jsonl}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source benches/program.sh

python3 - "$gold" >"$work/items.jsonl" <<'PY'
import json, sys
items = {}
for line in open(sys.argv[1], encoding="utf-8"):
    pair = json.loads(line)
    for item in (pair["earlier"], pair["later"]): items[item["id"]] = item
for item in items.values():
    print(json.dumps({"id": item["id"], "text": item["text"], "date": item["date"]}))
PY
"$annals" -q -l "$work/store" ingest "$work/items.jsonl" >/dev/null
"$annals" -l "$work/store" query --limit 100000 --format json \
    'SELECT ?later ?earlier ?quantity ?old ?new { ?link annals:quantity ?quantity ; annals:oldValue ?old ; annals:newValue ?new ;
     annals:from [ annals:id ?later ] ; annals:to [ annals:id ?earlier ] }' >"$work/updates.json"
echo "supersedes: $("$annals" -l "$work/store" query --format json 'SELECT ?a { ?a annals:supersedes ?b }' | grep -c '"a":' || true)"
python3 - "$gold" "$work/updates.json" >"$work/system.jsonl" <<'PY'
import json, sys
found = {}
order = ["dead", "injured", "missing", "displaced", "cases", "arrested", "magnitude", "status"]
for row in json.load(open(sys.argv[2], encoding="utf-8"))["results"]["bindings"]:
    later, earlier, quantity, old, new = (row[k]["value"] for k in ("later", "earlier", "quantity", "old", "new"))
    key, rank = (earlier, later), order.index(quantity)
    if key not in found or rank < found[key][0]: found[key] = (rank, old, new)
number = lambda text: float(text) if text.replace(".", "", 1).isdigit() else text
for line in open(sys.argv[1], encoding="utf-8"):
    pair = json.loads(line)
    hit = found.get((pair["earlier"]["id"], pair["later"]["id"]))
    print(json.dumps({"id": pair["id"], "update": bool(hit), **({"old": number(hit[1]), "new": number(hit[2])} if hit else {})}))
PY
python3 "$data/tools/updates_score.py" "$gold" "$work/system.jsonl" --split all
