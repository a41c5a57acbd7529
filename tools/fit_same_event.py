#!/usr/bin/env python3
"""Fit the weights of src/resolve/events/evidence.rs by logistic regression.  Needs numpy.
  fit_same_event.py EVIDENCE.tsv REPORTS.jsonl WEIGHT [EVIDENCE.tsv REPORTS.jsonl WEIGHT ...] [--test]

EVIDENCE is what the ignored test `write_evidence` wrote for REPORTS (it says how). REPORTS has "id" and the label
"event" (or, as ECB+ has it, "doc" and "subtopic"), "topic", and "split": only the development part is fitted on. Of a
set in which no two reports are of one event only the pairs of one topic count, as do items of one day of an archive,
each its own event, the day the topic. WEIGHT is that of each pair (0: scored, not fitted on). Prints the weights,
and, cross-validated over topics and, if asked, for the other splits, the pairwise figures after the product's own
clustering (average linkage), with the precision there would be if half of the pairs of a topic were of one event."""
import collections, json, math, sys
import numpy as np

CERTAIN, RIDGE, FOLDS, DAY_APART = 0.999, 5.0, 8, 3.0


def load(evidence, reports, weight):
    rows = [json.loads(line) for line in open(reports, encoding="utf-8")]
    key = {r.get("id", r.get("doc")): r for r in rows}
    label = {k: r.get("event", r.get("subtopic")) for k, r in key.items()}
    split = {k: r.get("split", "dev") for k, r in key.items()}
    lines = [line.rstrip("\n").split("\t") for line in open(evidence, encoding="utf-8")]
    pairs = {(json.loads(a), json.loads(b)): [float(x) for x in rest] for a, b, _, *rest in lines[1:]}
    apart = {(json.loads(a), json.loads(b)): float(days) for a, b, days, *_ in lines[1:]}
    topic = {k: r["topic"] for k, r in key.items()}
    if not any(label[a] == label[b] for a, b in pairs): pairs = {k: v for k, v in pairs.items() if topic[k[0]] == topic[k[1]]}
    return dict(names=lines[0][3:], label=label, split=split, topic=topic, pairs=pairs, apart=apart, weight=weight)


def fit(x, y, w, offset):
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - mean) / scale, np.ones(len(x))]
    beta, ridge = np.zeros(z.shape[1]), RIDGE * np.diag([1.0] * x.shape[1] + [0.0])
    for _ in range(40):
        p = 1 / (1 + np.exp(-(z @ beta + offset)))
        gradient = z.T @ ((p - y) * w) + ridge @ beta
        beta -= np.linalg.solve((z * (p * (1 - p) * w)[:, None]).T @ z + ridge + 1e-9 * np.eye(len(beta)), gradient)
    raw = beta[:-1] / scale
    return raw, beta[-1] - (raw * mean).sum()


def cluster(items, prob, likely):
    """Certain pairs first, then average linkage."""
    of = {i: i for i in items}
    members = {i: [i] for i in items}

    def join(a, b):
        for m in members[b]: of[m] = a
        members[a] += members.pop(b)
    for p, (a, b) in sorted(((p, k) for k, p in prob.items() if p >= CERTAIN), reverse=True):
        if of[a] != of[b]: join(of[a], of[b])
    cross = collections.defaultdict(float)
    for (a, b), p in prob.items():
        if of[a] != of[b]: cross[tuple(sorted((of[a], of[b])))] += p
    while cross:
        (a, b), s = max(cross.items(), key=lambda e: (e[1] / (len(members[e[0][0]]) * len(members[e[0][1]])), e[0]))
        if s / (len(members[a]) * len(members[b])) < likely: break
        join(a, b)
        for k in [k for k in cross if b in k or k == (a, b)]:
            s = cross.pop(k)
            o = k[0] if k[1] == b else k[1]
            if o not in (a, b): cross[tuple(sorted((a, o)))] += s
    return of


def score(data, split, prob, likely):
    items = sorted(i for i in data["label"] if data["split"][i] == split)
    kept = set(items)
    of = cluster(items, {k: p for k, p in prob.items() if k[0] in kept and k[1] in kept}, likely)
    tp = fp = fn = other = 0
    for n, a in enumerate(items):
        for b in items[:n]:
            same, said = data["label"][a] == data["label"][b], of[a] == of[b]
            other += not same and data["topic"][a] == data["topic"][b]
            tp += same and said; fp += said and not same; fn += same and not said
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    half = r / max(1e-9, r + fp / max(1, other))
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r) if p + r else 0:.3f}, P of halves {half:.3f}"


def main():
    if len(sys.argv) < 4 or sys.argv[1] in ("-h", "--help"): sys.exit(__doc__)
    a, show_test = [x for x in sys.argv[1:] if x != "--test"], "--test" in sys.argv
    sets = [load(e, r, float(w)) for e, r, w in zip(a[::3], a[1::3], a[2::3])]
    sigma = lambda x: 1 / (1 + math.exp(-max(-30, x)))
    rows = [(n, k, d["label"][k[0]] == d["label"][k[1]], d["weight"]) for n, d in enumerate(sets)
            for k in d["pairs"] if d["split"][k[0]] == d["split"][k[1]] == "dev"]
    x = np.array([sets[n]["pairs"][k] for n, k, _, _ in rows]); y = np.array([r[2] for r in rows], float); w = np.array([r[3] for r in rows])
    # Days apart are weighed by hand, see DAY_APART in evidence.rs.
    o = np.array([-DAY_APART * sets[n]["apart"][k] for n, k, _, _ in rows])
    weights, bias = fit(x[w > 0], y[w > 0], w[w > 0], o[w > 0])
    print("weights", dict(zip(sets[0]["names"], weights.round(2).tolist())), "bias", round(float(bias), 2))
    topics = sorted({(n, t) for n, d in enumerate(sets) for t in d["topic"].values()})
    fold = {t: i % FOLDS for i, t in enumerate(topics)}
    fa = np.array([fold[n, sets[n]["topic"][k[0]]] for n, k, _, _ in rows]); fb = np.array([fold[n, sets[n]["topic"][k[1]]] for n, k, _, _ in rows])
    held = [collections.defaultdict(list) for _ in sets]
    for f in range(FOLDS):
        keep = (fa != f) & (fb != f) & (w > 0)
        v, b = fit(x[keep], y[keep], w[keep], o[keep])
        for i in np.where(~keep)[0]: held[rows[i][0]][rows[i][1]].append(sigma(x[i] @ v + b + o[i]))
    for likely in (.25, .3, .35, .4, .45):
        line = []
        for n, d in enumerate(sets):
            if not any(d["label"][i] == d["label"][j] for i, j in d["pairs"]): continue
            line.append("cross-validated " + score(d, "dev", {k: sum(p) / len(p) for k, p in held[n].items()}, likely))
            for split in sorted(set(d["split"].values()) - {"dev"}) if show_test else ():
                p = {k: sigma(np.dot(v, weights) + bias - DAY_APART * d["apart"][k]) for k, v in d["pairs"].items() if d["split"][k[0]] == d["split"][k[1]] == split}
                line.append(f"{split} " + score(d, split, p, likely))
        print(f"likely {likely:.2f}: " + " | ".join(line))


main()
