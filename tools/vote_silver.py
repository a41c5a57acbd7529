#!/usr/bin/env python3
"""Makes one silver corpus of several taggers' labels.

    vote_silver.py SILVER.jsonl GAZETTEER_DIR OUT.jsonl [WEIGHT:TAGGED.jsonl ...] [--needed VOTES]

SILVER.jsonl is the output of silver_ner.py (two taggers, a vote each); each TAGGED.jsonl holds one
more tagger's {"id", "entities"} for the same texts, for instance `annals extract --model` with one
trained on the gold, with the weight of its votes. Texts that such a file lacks are left out.

A mention with the votes needed (2) is taken. What has fewer, or is seen differently, becomes
"unknown": the trainer learns nothing from it. Before the vote each tagger's labels are put
right where the gazetteer knows better (countries are places, demonyms are nothing, known bodies are
organizations); after it a mention seen by one tagger is taken too when the whole corpus calls the
same words so nearly always.
"""
import argparse
import collections
import json
import pathlib
import re

# A name's neighbour shows that it names a storm or an office, not a person or a body.
STORM = re.compile(r"(?:hurricane|cyclone|typhoon|(?:tropical )?storm|tropical depression)\s+$", re.IGNORECASE)
OFFICE = re.compile(r"(?:Secretary|Minister|Ministers|Secretaries)(?: General)? (?:of|for) (?:the )?$")
HOLDER = re.compile(r"^ (?:Minister|Secretary|Ministers|Secretaries|Chief)\b")
OFFICES = set("State Defense Defence Interior Justice Finance Health Education Foreign Transport Treasury Energy Labor "
              "Labour Agriculture Commerce Culture Environment Home Trade Information Industry Security Economy Sports "
              "Tourism Transportation".split())
NOTHING = set("COVID-19 COVID Covid-19 H1N1 H5N1 H7N9 HIV AIDS SARS MERS Ebola UTC GMT EST EDT PST PDT CET GDP CEO PM MP "
              "MPs Senators Congressmen UAV UAVs IED IEDs Mr Mrs Omicron Christmas Easter Ramadan Brexit Internet "
              "Bitcoin Islam Christianity Judaism Buddhism Hinduism".split())
AMBIGUOUS = {"Jordan", "Chad", "Georgia", "Guinea", "Israel", "Kent", "Victoria", "Austin", "Time", "Emirates", "Roma", "Latin"}


def gazetteer(folder):
    """The type of names that have one type only; None for demonyms."""
    known = {}
    for file, kind in (("organizations.txt", "organization"), ("regions.txt", "place")):
        known.update((name, kind) for name in (folder / file).read_text(encoding="utf-8").split("\n") if name)
    for line in (folder / "countries.tsv").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("# "):
            known[line.split("\t")[1]] = "place"
    for line in (folder / "demonyms.tsv").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("# "):
            _, demonyms, others = line.split("\t")
            for name in filter(None, demonyms.split(";")):
                known[name] = known[name + "s"] = None
            known.update((name, "place") for name in filter(None, others.split(";")))
    for city in (folder / "cities.tsv").read_text(encoding="utf-8").split("\n"):
        cells = city.split("\t")
        if len(cells) > 4 and not city.startswith("# ") and int(cells[4]) >= 1_000_000 and len(cells[0]) > 4:
            known.setdefault(cells[0], "place")
    for line in (folder / "words.tsv").read_text(encoding="utf-8").split("\n"):
        if line.startswith("belief\t"):
            known.update((word.capitalize(), None) for word in line.split("\t")[1].split())
    known.update((name, None) for name in NOTHING)
    return {name: kind for name, kind in known.items() if name not in AMBIGUOUS}


def long_names(known):
    """A pattern of the known names of several words, the longest first."""
    names = [name for name, kind in known.items() if kind and " " in name]
    choices = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


def corrected(text, entities, known, certain):
    """One tagger's mentions as a set of (start, end, type), put right by the gazetteer.

    `certain` are the known names of several words in the text: what lies inside one becomes it.
    """
    found = set()
    for entity in entities:
        start, end, kind = entity["start"], entity["end"], entity["type"]
        words = text[start:end]
        kind = known.get(words, kind) if words[:1].isupper() else kind
        before, after = text[max(0, start - 40) : start], text[end : end + 12]
        if kind == "person" and STORM.search(before):
            kind = None
        if kind == "organization" and words in OFFICES and (OFFICE.search(before) or HOLDER.match(after)):
            kind = None
        for name in certain:
            if name[0] <= start and end <= name[1]:
                start, end, kind = name
                break
        if kind and any(letter.isupper() for letter in words):
            found.add((start, end, kind))
    return found


def overlaps(one, other):
    return one[0] < other[1] and other[0] < one[1]


def vote(taggers, weights, needed):
    """The mentions with as many votes as needed, and the doubtful others."""
    votes = collections.Counter()
    for tagger, weight in zip(taggers, weights):
        for mention in tagger:
            votes[mention] += weight
    taken, doubtful = [], []
    for mention, count in sorted(votes.items(), key=lambda pair: (-pair[1], pair[0][0] - pair[0][1], pair[0])):
        if any(overlaps(mention, other) for other in taken):
            # Many votes for other edges or another type are a doubt about what was taken.
            if count * 2 >= sum(weights):
                doubtful.append(mention)
        elif count >= needed:
            taken.append(mention)
        else:
            doubtful.append(mention)
    return taken, doubtful


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("silver", type=pathlib.Path)
    parser.add_argument("gazetteer", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("tagged", nargs="*", metavar="WEIGHT:TAGGED.jsonl")
    parser.add_argument("--needed", type=float, default=2.0)
    options = parser.parse_args()
    known = gazetteer(options.gazetteer)
    pattern = long_names(known)
    weights, more = [1.0, 1.0], []
    for argument in options.tagged:
        weight, file = argument.split(":", 1)
        weights.append(float(weight))
        with open(file, encoding="utf-8") as lines:
            more.append({row["id"]: row["entities"] for row in map(json.loads, lines)})
    rows, types = [], collections.defaultdict(collections.Counter)
    with options.silver.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = row["text"]
            if any(row["id"] not in tagger for tagger in more):
                continue
            labels = [row["entities"], row["second"]] + [tagger[row["id"]] for tagger in more]
            certain = [(m.start(), m.end(), known[m.group()]) for m in pattern.finditer(text)]
            sets = [corrected(text, entities, known, certain) for entities in labels]
            taken, doubtful = vote(sets, weights, options.needed)
            for start, end, kind in taken:
                types[text[start:end]][kind] += 1
            rows.append((row["id"], text, taken, doubtful))
    sure = {}
    for words, counts in types.items():
        (kind, count), total = counts.most_common(1)[0], sum(counts.values())
        if total >= 5 and count >= 0.9 * total:
            sure[words] = kind
    totals = collections.Counter()
    with options.out.open("w", encoding="utf-8") as out:
        for name, text, taken, doubtful in rows:
            kept, unknown = [], []
            for start, end, kind in taken:
                settled = sure.get(text[start:end], kind)
                (kept if settled == kind else unknown).append((start, end, kind))
            for mention in doubtful:
                start, end, kind = mention
                if sure.get(text[start:end]) and not any(overlaps(mention, other) for other in kept + unknown):
                    kept.append((start, end, sure[text[start:end]]))
                else:
                    unknown.append(mention)
            totals.update(kept=len(kept), unknown=len(unknown), texts=1)
            row = {"id": name, "text": text,
                   "entities": [{"start": s, "end": e, "type": k} for s, e, k in sorted(kept)],
                   "unknown": [{"start": s, "end": e} for s, e in sorted({m[:2] for m in unknown})]}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(dict(totals))


if __name__ == "__main__":
    main()
