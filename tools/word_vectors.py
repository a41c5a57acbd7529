#!/usr/bin/env python3
"""Writes models/vectors-en.bin: words as vectors, near each other where they stand in the same items of news.

    word_vectors.py OUT.bin < items.txt

One item a line, as for examples/document_frequencies.rs; needs numpy and scipy. Which words stand together in an
item is counted, near ones more; frequent words are thinned out (as word2vec does, t = 1e-4); the counts become
positive pointwise mutual information with smoothed contexts (Levy, Goldberg and Dagan 2015: .75), of which a
truncated singular value decomposition keeps 50 dimensions, U sqrt(s). Each vector is then scaled by
a / (a + p), a = 1e-3, p the share of the word (Arora, Liang and Ma 2017), so that the vector of a text is the sum of
its words'. 50 dimensions, whole items and this a were best on the development reports: 100 to 300 dimensions,
windows of five and ten words and a = 1e-4 gave the same or worse.

The file: the words, ascending, a line each; an empty line; then 50 signed bytes a word.
"""
import collections, re, sys
import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import svds

DIMENSIONS, LEAST, WINDOW, THINNED, SMOOTHED, RARE = 50, 5, 40, 1e-4, .75, 1e-3
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
CALENDAR = set("monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
               "august september october november december".split())


def words(line):
    found = (w.lower().replace("’", "'").removesuffix("'s") for w in WORD.findall(line))
    return [w for w in found if w not in CALENDAR]


def together(items, places, kept):
    """How often two words stand together, as a symmetric matrix."""
    counts = collections.Counter()
    for item in items:
        ids = [places[w] for w in item if w in places]
        for at, a in enumerate(ids):
            for distance, b in enumerate(ids[at + 1:at + 1 + WINDOW], 1):
                counts[min(a, b), max(a, b)] += kept[a] * kept[b] / (1 + distance / 5)
    rows, columns = np.array(list(counts)).T
    values = np.array(list(counts.values()))
    both = np.r_[values, values], (np.r_[rows, columns], np.r_[columns, rows])
    return coo_matrix(both, shape=(len(places), len(places))).tocsr().tocoo()


def vectors(counts):
    sums = np.asarray(counts.sum(1)).ravel()
    contexts = sums ** SMOOTHED / (sums ** SMOOTHED).sum()
    information = np.log(counts.data / (sums[counts.row] * contexts[counts.col] + 1e-12))
    positive = information > 0
    matrix = csr_matrix((information[positive], (counts.row[positive], counts.col[positive])), shape=counts.shape)
    left, values, _ = svds(matrix, k=DIMENSIONS, v0=np.ones(len(sums)))
    vectors = left * np.sqrt(values)
    vectors -= vectors.mean(0)
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def main():
    if len(sys.argv) != 2 or sys.argv[1] in ("-h", "--help"): sys.exit(__doc__)
    items = [words(line) for line in sys.stdin]
    counts = collections.Counter(w for item in items for w in item)
    vocabulary = sorted(w for w, n in counts.items() if n >= LEAST)
    share = np.array([counts[w] for w in vocabulary]) / sum(counts.values())
    places = {w: place for place, w in enumerate(vocabulary)}
    table = vectors(together(items, places, np.minimum(1, np.sqrt(THINNED / share))))
    table *= (RARE / (RARE + share))[:, None]
    table = np.rint(table * (127 / np.abs(table).max())).astype(np.int8)
    with open(sys.argv[1], "wb") as out:
        out.write(("\n".join(vocabulary) + "\n\n").encode() + table.tobytes())


main()
