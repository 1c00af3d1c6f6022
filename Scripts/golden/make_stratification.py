# SPDX-License-Identifier: Apache-2.0
"""How evenly two other programs stratify made-up labels.

Writes Tests/CXRCohortTests/Golden/stratification.json to standard output:

    python3 Scripts/golden/make_stratification.py > Tests/CXRCohortTests/Golden/stratification.json

Needs numpy, scikit-learn, iterative-stratification and scikit-multilearn. The labels come from the
counter-based streams of CXRCore's RandomStream, so the Swift tests make the same ones.
"""
import importlib.metadata
import json

import numpy
from iterstrat.ml_stratifiers import MultilabelStratifiedKFold
from skmultilearn.model_selection import IterativeStratification

MASK = (1 << 64) - 1
LABELS = 14
SEEDS = 5


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def units(seed, purpose, index, count):
    digest = 0xCBF29CE484222325
    for byte in purpose.encode():
        digest = ((digest ^ byte) * 0x100000001B3) & MASK
    state = mix(mix(seed ^ digest) ^ ((index + 1) * 0xD1342543DE82EF95 & MASK))
    return [
        (mix((state + (i + 1) * 0x9E3779B97F4A7C15) & MASK) >> 11) * 2.0**-53 for i in range(count)
    ]


def made_up(seed, count):
    limits = [0.5 * 0.7**label for label in range(LABELS)]
    return numpy.array([
        [unit < limit for unit, limit in zip(units(seed, "stratification", i, LABELS), limits)]
        for i in range(count)
    ]).astype(int)


def distances(table, folds):
    """The measures LD and ED of Sechidis et al., ECML PKDD 2011, section 4."""
    total = table.sum(axis=0)
    odds = total / (len(table) - total)
    labels = []
    for test in folds:
        counts = table[test].sum(axis=0)
        labels.append(numpy.abs(counts / (len(test) - counts) - odds))
    sizes = [abs(len(test) - len(table) / len(folds)) for test in folds]
    return float(numpy.mean(labels)), float(numpy.mean(sizes))


def peers(folds, seed):
    yield "iterative-stratification", MultilabelStratifiedKFold(
        n_splits=folds, shuffle=True, random_state=seed)
    numpy.random.seed(seed)  # scikit-multilearn draws from the global generator
    yield "scikit-multilearn", IterativeStratification(n_splits=folds, order=1)


def case(seed, count, folds):
    table = made_up(seed, count)
    reached = {}
    for repeat in range(SEEDS):
        for name, splitter in peers(folds, repeat):
            tests = [test for _, test in splitter.split(numpy.zeros((count, 1)), table)]
            reached.setdefault(name, []).append(distances(table, tests))
    return {
        "seed": seed, "count": count, "folds": folds,
        "labelDistance": {name: float(numpy.mean([d[0] for d in all_])) for name, all_ in reached.items()},
        "sizeDistance": {name: float(numpy.mean([d[1] for d in all_])) for name, all_ in reached.items()},
    }


packages = ["numpy", "scikit-learn", "iterative-stratification", "scikit-multilearn"]
print(json.dumps({
    "source": "Scripts/golden/make_stratification.py",
    "versions": {name: importlib.metadata.version(name) for name in packages},
    "cases": [case(1, 500, 5), case(2, 2000, 10), case(3, 5000, 3)],
}, indent=1))
