"""Hides half of the headings of some pages and asks for them; see headings.sh."""

import collections
import hashlib
import json
import pathlib
import re
import subprocess
import sys

YEARS = range(2018, 2027)
LEAST, MOST = 8, 150  # pages of a heading that is asked for
HEADING = re.compile(r"^##### (.+)$", re.M)
TITLE = re.compile(r"^# (.+)$", re.M)
YEAR = re.compile(r"\b(19|20)\d\d(?:[–-]\d\d(?:\d\d)?)?(?:[–-]present)?\b")


def is_odd(text):
    return int(hashlib.md5(text.encode()).hexdigest(), 16) % 2 == 1


def key(title):
    return "".join(c for c in title.lower() if c.isalnum())[:60]


def read(work):
    """Copies the pages with and without headings; the titles under each heading, and those of them hidden."""
    filed, hidden = collections.defaultdict(set), set()
    for year in YEARS:
        for page in sorted((work / "pages/news" / str(year)).rglob("*.md")):
            if page.name == "index.md":
                continue
            text = page.read_text(encoding="utf-8")
            heading, title = HEADING.search(text), TITLE.search(text)
            place = page.relative_to(work / "pages")
            for folder in ("whole", "half"):
                (work / folder / place).parent.mkdir(parents=True, exist_ok=True)
            (work / "whole" / place).write_text(text, encoding="utf-8")
            if is_odd(str(place)):
                text = HEADING.sub("", text, count=1)
            (work / "half" / place).write_text(text, encoding="utf-8")
            if heading and title:
                filed[heading[1].strip()].add(key(title[1]))
                if is_odd(str(place)):
                    hidden.add(key(title[1]))
    return filed, hidden


def timeline(annals, store, *arguments):
    command = [annals, "-l", store, "timeline", *arguments, "--format", "json"]
    answer = subprocess.run(command, capture_output=True, text=True).stdout
    return json.loads(answer) if answer.strip() else []


def main():
    annals, work, split, count = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    filed, hidden = read(work)
    for folder in ("whole", "half"):
        command = [annals, "-q", "-l", work / f"{folder}.store", "ingest", work / folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for entry in timeline(annals, work / "whole.store", ""):
        for heading in entry.get("unlike", []):
            filed[heading].discard(key(entry["title"]))
    asked = []
    for heading, titles in sorted(filed.items(), key=lambda item: hashlib.md5(item[0].encode()).hexdigest()):
        phrase = " ".join(YEAR.sub("", heading).split()).strip(" ()–-")
        is_fit = LEAST <= len(titles) <= MOST and len(phrase.split()) > 1 and titles & hidden and titles - hidden
        if is_fit and "," not in heading and "COVID" not in heading and is_odd(heading) == (split == "test"):
            asked.append((phrase, titles))
    sums = collections.Counter()
    for phrase, titles in asked[:count]:
        whole = [key(entry["title"]) for entry in timeline(annals, work / "half.store", phrase)]
        short = [key(entry["title"]) for entry in timeline(annals, work / "half.store", phrase, "--top", "12")]
        right = sum(title in titles for title in whole)
        sums["precision"] += right / max(1, len(whole))
        sums["recall"] += right / len(titles)
        sums["recall of the hidden"] += sum(title in titles & hidden for title in whole) / len(titles & hidden)
        sums["short"] += sum(title in titles for title in short) / min(12, len(titles))
    shown = ", ".join(f"{name} {value / len(asked[:count]):.3f}" for name, value in sums.items())
    print(f"{split}: {len(asked[:count])} headings, {shown}")


main()
