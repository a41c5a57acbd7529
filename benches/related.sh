#!/usr/bin/env bash
# How many of the relations that pages state are found with the lists hidden: recall of the ten best of each page, beside BM25.
#   [PROFILE=dev] benches/related.sh [PAGES]      (a folder with news/…; default: the English development pages)
# Needs ../shared/data beside the project.
set -euo pipefail
cd "$(dirname "$0")/.."
pages=${1:-../shared/data/offstream-en}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source benches/program.sh

python3 - "$pages" "$work" <<'PY'
import json, pathlib, re, sys
pages, work = map(pathlib.Path, sys.argv[1:])
stated = {}
for path in sorted(pages.rglob("*.md")):
    text, address = path.read_text(encoding="utf-8"), "/" + str(path.relative_to(pages))
    if path.name in ("index.md", "README.md") or not re.search(r"^# ", text, re.M): continue
    shown, _, hidden = text.partition("### Related:")
    stated[address] = re.findall(r"\]\((/[^)]*)\)", hidden)
    copy = work / "pages" / path.relative_to(pages)
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(shown, encoding="utf-8")
json.dump(stated, open(work / "stated.json", "w", encoding="utf-8"))
PY
"$annals" -q -l "$work/store" ingest "$work/pages" >/dev/null
"$annals" -l "$work/store" query --limit 1000000 --format json 'SELECT ?a ?b ?score { GRAPH annals:inferred {
    ?link annals:from ?e ; annals:to ?f ; annals:score ?score ; annals:method "shared-context" } ?d annals:reports ?e ; annals:address ?a .
    ?g annals:reports ?f ; annals:address ?b }' >"$work/found.json"
python3 - "$work" <<'PY'
import collections, json, math, pathlib, re, sys
work = pathlib.Path(sys.argv[1])
stated = json.load(open(work / "stated.json", encoding="utf-8"))
best = collections.defaultdict(dict)
for row in json.load(open(work / "found.json", encoding="utf-8"))["results"]["bindings"]:
    a, b, score = row["a"]["value"], row["b"]["value"], float(row["score"]["value"])
    best[a][b] = best[b][a] = score


def recall(rank):
    hits = total = 0
    for page, listed in stated.items():
        gold = {other for other in listed if other in stated and other != page}
        hits += len(gold & set(rank(page)[:10])); total += len(gold)
    return f"{hits / total:.3f} of {total}"


words = {}
for page in stated:
    text = (work / "pages" / page[1:]).read_text(encoding="utf-8")
    title = re.search(r"^# (.*)$", text, re.M)
    heading = re.search(r"^##### (.*)$", text, re.M)
    summary = text[title.end():].split("\n### ")[0]
    words[page] = collections.Counter(re.findall(r"\w+", f"{title[1]} {summary} {heading[1] if heading else ''}".lower()))
frequency = collections.Counter(w for page in words.values() for w in page)
mean = sum(sum(page.values()) for page in words.values()) / len(words)


def bm25(page):
    def score(other):
        length = sum(words[other].values()) / mean
        return sum(math.log(1 + (len(words) - frequency[w] + .5) / (frequency[w] + .5)) * words[other][w] * 2.2
                   / (words[other][w] + 1.2 * (.25 + .75 * length)) for w in words[page] if w in words[other])
    return sorted((other for other in words if other != page), key=lambda other: (-score(other), other))


print("recall@10 of stated relations:", recall(lambda page: sorted(best[page], key=lambda other: (-best[page][other], other))))
print("BM25:", recall(bm25))
PY
