#!/usr/bin/env python3
"""Labels Current Events items with two spaCy models: silver text for `annals train`.

    silver_ner.py YAML_DIR OUT.jsonl --medium MODEL_DIR --small MODEL_DIR [--limit N]

YAML_DIR holds one file a day (YYYY-MM-DD.yaml: category -> headings and items). Items of one day
under one heading become one text, a line each, so that the trainer sees short documents. Days are
taken in a fixed shuffled order, and each text is written as soon as it is labelled: a run that is
stopped leaves a fair sample. Days already in OUT.jsonl are skipped, so a second run continues.

A line: {"id", "text", "entities": [medium], "second": [small]}, offsets in code points. Spans are
trimmed to the conventions of Annals: no article, no possessive, no title before a person.

Needs `pip install "spacy>=3.8,<3.9" pyyaml` and the models; both were trained on OntoNotes 5.
The text is CC BY-SA 4.0 (Wikipedia), which is why the output is not kept in this repository.
Years 2015 to 2017 are never read: they are for testing.
"""
import argparse
import json
import pathlib
import random
import re

import spacy
import yaml

KINDS = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place"}
SOURCE = re.compile(r"\s*,?\s*\([^()]{2,60}\)\s*[.,]?\s*$")
ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
TITLE = re.compile(
    r"(?:president|prime minister|premier|chancellor|king|queen|prince|princess|pope|sir|dame|lord|lady|"
    r"dr|mr|mrs|ms|senator|sen|governor|gov|general|gen|colonel|col|judge|justice|sheikh|ayatollah|"
    r"archbishop|bishop|cardinal|minister|secretary|ambassador|mayor)\.?\s+(?=[A-Z])", re.IGNORECASE)
HELD_OUT = range(2015, 2018)


def items(day):
    """Yields (heading, text) of one day's file, in order, source names cut off."""
    try:
        content = yaml.load(day.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return
    payload = content.get("Intelligence_Payload") if isinstance(content, dict) else None
    for category, entries in (payload or {}).items() if isinstance(payload, dict) else ():
        heading = category
        for entry in entries or []:
            if not isinstance(entry, str):
                continue
            text, sources = " ".join(entry.split()), 0
            while (found := SOURCE.search(text)) and found.group().strip(" ,(")[:1].isupper() or (
                found and found.group().strip(" ,(")[:1].isdigit()):
                text, sources = text[: found.start()], sources + 1
            if not sources and len(text) < 90 and not text.endswith("."):
                heading = text
            elif len(text) >= 20:
                yield heading, text


def texts(day):
    """Yields (id, text) of one day: items under one heading, four at most, a line each."""
    number, current, lines = 0, None, []
    for heading, text in list(items(day)) + [(None, None)]:
        if lines and (heading != current or len(lines) == 4):
            yield f"wcep/{day.stem}#{number}", "\n".join(lines)
            number, lines = number + 1, []
        current = heading
        if text:
            lines.append(text)


def trimmed(text, start, end, kind):
    """The span without article, possessive, title and edge punctuation."""
    while start < end and not (text[start].isalnum()):
        start += 1
    if found := ARTICLE.match(text, start, end):
        start = found.end()
    while kind == "person" and (found := TITLE.match(text, start, end)):
        start = found.end()
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    while start < end and not (text[end - 1].isalnum() or text[end - 1] in ".)"):
        end -= 1
    if text[start:end].endswith(".") and text[start:end].count(".") == 1:
        end -= 1
    return start, end


def entities(doc):
    found = []
    for entity in doc.ents:
        if kind := KINDS.get(entity.label_):
            start, end = trimmed(doc.text, entity.start_char, entity.end_char, kind)
            if start < end and "\n" not in doc.text[start:end]:
                found.append({"start": start, "end": end, "type": kind})
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("yaml_dir", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--medium", required=True)
    parser.add_argument("--small", required=True)
    parser.add_argument("--limit", type=int, default=10**9, help="stop after about this many texts")
    options = parser.parse_args()
    unused = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]
    medium = spacy.load(options.medium, exclude=unused)
    small = spacy.load(options.small, exclude=unused)
    days = sorted(p for p in options.yaml_dir.rglob("*.yaml") if int(p.stem[:4]) not in HELD_OUT)
    random.Random(1).shuffle(days)
    done = set()
    if options.out.exists():
        done = {json.loads(line)["id"] for line in options.out.open(encoding="utf-8")}
    written = len(done)
    with options.out.open("a", encoding="utf-8") as out:
        for day in days:
            batch = [pair for pair in texts(day) if pair[0] not in done]
            first = medium.pipe([text for _, text in batch], batch_size=64)
            second = small.pipe([text for _, text in batch], batch_size=64)
            for (name, text), one, two in zip(batch, first, second):
                record = {"id": name, "text": text, "entities": entities(one), "second": entities(two)}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
            out.flush()
            written += len(batch)
            if written >= options.limit:
                break


if __name__ == "__main__":
    main()
