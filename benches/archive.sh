#!/usr/bin/env bash
# The whole archive: first ingest, second ingest, a day's pages, queries, growth; beside stock Oxigraph and spaCy.
#   [PROFILE=dev] [ANNALS=program] [PARTS="10 30 100"] [PEERS=no] benches/archive.sh
# Needs ../shared/data beside the project, PyYAML and GNU time. For the peers (left out with PEERS=no): the Python
# package `oxigraph` (its command loads the same quads) and what ../shared/data/tools/peer_spacy_rdf.py needs.
# About 6 GB of disk and, on two idle cores, a quarter of an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(cd ../shared/data && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source benches/program.sh
source benches/wcep.sh

timed() { # NAME COMMAND…: wall and user seconds, peak megabytes
    local name=$1
    shift
    /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >"$work/out" 2>"$work/err" || { cat "$work/err"; return 1; }
    awk -v name="$name" '{ printf "%-28s %7.1f s wall %7.1f s of processor %6.0f MB peak\n", name, $1, $2 + $3, $4 / 1024 }' "$work/time"
}
size() { du -sb "$1" | cut -f1; }

wcep_pages "$work"
cd "$work/pages"
find news -name '*.md' ! -name index.md | sort >"$work/all"
pages=$(wc -l <"$work/all")

# A day's twenty pages, the last, come later.
mkdir -p "$work/day"
tail -n 20 "$work/all" | while read -r page; do
    target=$work/day/$page
    mkdir -p "$(dirname "$target")"
    mv "$page" "$target"
done
# They are not in the archive that is read first.
head -n -20 "$work/all" >"$work/most"
pages=$((pages - 20))
text=$(tr '\n' '\0' <"$work/most" | du -cb --files0-from=- | tail -n 1 | cut -f1)
echo "$pages pages, $((text / 1000000)) MB"

for part in ${PARTS:-100}; do
    cd "$work/pages"
    count=$((pages * part / 100))
    # A part is every n-th page, so that all years are in it.
    awk -v part="$part" 'int(NR * part / 100) > int((NR - 1) * part / 100)' "$work/most" >"$work/part"
    rm -rf "$work/store" "$work/some"
    mkdir "$work/some"
    tar cf - -T "$work/part" | tar xf - -C "$work/some"
    cd "$work/some"
    timed "ingest of $count pages" "$annals" -q -l "$work/store" ingest news
    awk -v n="$count" '{ printf "%-28s %7.0f pages/s\n", "", n / $1 }' "$work/time"
    timed "  timeline of Russia" "$annals" -l "$work/store" timeline Russia --from 2016-01-01 --to 2018-12-31
done
echo "store: $(($(size "$work/store") / 1000000)) MB, $(($(size "$work/store") * 10 / text))/10 of the text"
timed "the same again" "$annals" -q -l "$work/store" ingest news
cd "$work/day"
timed "a day's 20 pages" "$annals" -q -l "$work/store" ingest news
timed "search" "$annals" -l "$work/store" search election

if [ "${PEERS:-yes}" != no ]; then
    "$annals" -l "$work/store" export --format nq >"$work/quads.nq"
    echo "$(wc -l <"$work/quads.nq") quads"
    timed "stock Oxigraph, same quads" oxigraph load --location "$work/stock" --file "$work/quads.nq"
    timed "spaCy and rdflib, 2000 pages" python3 "$data/tools/peer_spacy_rdf.py" "$work/pages" "$work/peer.nq" --limit 2000
fi
