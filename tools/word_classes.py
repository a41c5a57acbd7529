#!/usr/bin/env python3
"""Writes models/word-classes.bin: words grouped by the company they keep.

    word_classes.py SPACY_MODEL_DIR OUT.bin

Clusters the 20,000 word vectors of spaCy's medium English model (MIT; vectors by Explosion from
OSCAR, Wikipedia, OpenSubtitles and WMT News Crawl) by spherical k-means into 1,000 fine classes, and
their centres into 100 coarse ones. Each lower-case word gets the class of its vector.

The file: 1,024 bytes, the coarse class of each fine one; then 16,384 buckets of 16 little-endian u32,
a word each: the upper 22 bits of its hash, and ten bits of fine class plus one. An empty entry is
zero. The hash is that of src/extract/hash.rs. Words that find their bucket full are left out.
"""
import sys

import numpy
import spacy

FINE, COARSE, BUCKETS, WAYS = 1000, 100, 1 << 14, 16
MASK = (1 << 64) - 1


def mix(value, other):
    value = ((value << 23) | (value >> 41)) & MASK
    return ((value ^ other) * 0x9E3779B97F4A7C15) & MASK


def finish(value):
    value = ((value ^ (value >> 32)) * 0xD6E8FEB86659FD93) & MASK
    return value ^ (value >> 32)


def word_hash(word):
    value = 0
    for letter in word:
        value = mix(value, ord("'" if letter == "’" else letter.lower()[0]))
    return finish(value)


def clusters(vectors, weights, count, seed, rounds=25):
    """Spherical k-means: the centre nearest to each vector, and the centres."""
    random = numpy.random.default_rng(seed)
    centres = vectors[random.choice(len(vectors), count, replace=False, p=weights / weights.sum())]
    for _ in range(rounds):
        nearest = (vectors @ centres.T).argmax(axis=1)
        sums = numpy.zeros_like(centres)
        numpy.add.at(sums, nearest, vectors * weights[:, None])
        norms = numpy.linalg.norm(sums, axis=1, keepdims=True)
        centres = numpy.where(norms > 0, sums / numpy.maximum(norms, 1e-9), centres)
    return nearest, centres


def main():
    language = spacy.load(sys.argv[1], exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"])
    table = language.vocab.vectors
    strings = language.vocab.strings
    rows = {strings[key]: row for key, row in table.key2row.items() if row >= 0}
    words = {}
    for word in sorted(rows):
        letters = word.replace("-", "").replace("'", "")
        if 2 <= len(word) <= 16 and letters.isalpha() and "-" not in word and len(set(letters.lower())) > 1:
            # A word in lower case speaks for itself; a name only ever has a capital.
            if word.islower() or (word.istitle() and word.lower() not in rows):
                words[word.lower()] = rows[word]
    vectors = numpy.asarray(table.data, dtype=numpy.float32)
    vectors /= numpy.maximum(numpy.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    weights = numpy.sqrt(numpy.bincount(list(words.values()), minlength=len(vectors)).astype(numpy.float64) + 0.01)
    fine, centres = clusters(vectors, weights, FINE, seed=1)
    coarse, _ = clusters(centres, numpy.ones(FINE), COARSE, seed=2)
    buckets = [[] for _ in range(BUCKETS)]
    left_out = 0
    for word in sorted(words, key=lambda word: (len(word), word)):
        value = word_hash(word)
        bucket = buckets[value & (BUCKETS - 1)]
        if len(bucket) < WAYS:
            bucket.append(((value >> 42) << 10 | (int(fine[words[word]]) + 1)) & 0xFFFFFFFF)
        else:
            left_out += 1
    flat = numpy.array([bucket + [0] * (WAYS - len(bucket)) for bucket in buckets], dtype="<u4")
    with open(sys.argv[2], "wb") as out:
        out.write(bytes(int(c) for c in coarse) + bytes(1024 - FINE))
        out.write(flat.tobytes())
    print(len(words), "words,", left_out, "left out")
    for name in ("merkel", "aleppo", "minister", "reuters", "toyota", "nairobi", "peso"):
        same = [w for w in words if fine[words[w]] == fine[words.get(name, 0)]][:12]
        print(name, same)


if __name__ == "__main__":
    main()
