# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/CXRCoreTests/Golden/numpy_permutation.json.

    python3 Scripts/golden/make_numpy_permutation.py > Tests/CXRCoreTests/Golden/numpy_permutation.json
"""

import json

import numpy
import pandas
import sklearn
from sklearn.model_selection import GroupShuffleSplit, train_test_split


def checksum(numbers):
    """A polynomial in the numbers modulo 2**61 - 1, sensitive to order."""
    value = 0
    for number in numbers:
        value = (value * 1_000_003 + int(number) + 1) % (2**61 - 1)
    return value


def permutation(seed, count):
    order = numpy.random.RandomState(seed).permutation(count)
    return {"seed": seed, "count": count, "head": order[:8].tolist(), "checksum": checksum(order)}


def division(method, seed, count, share, index, train, test):
    return {
        "method": method, "seed": seed, "count": count, "share": share, "index": index,
        "train": checksum(train), "test": checksum(test), "testCount": len(test),
    }


divisions = []
for seed, count, share in [(42, 30805, 0.7), (0, 11, 0.25), (7, 1000, 0.333), (4294967295, 25, 0.5)]:
    ids = numpy.arange(count)
    train, test = train_test_split(ids, test_size=share, random_state=seed)
    divisions.append(division("trainTestSplit", seed, count, share, 0, train, test))
    splitter = GroupShuffleSplit(n_splits=3, test_size=share, random_state=seed)
    for index, (train, test) in enumerate(splitter.split(ids, groups=ids)):
        # GroupShuffleSplit returns rows in the order of the list, whatever was drawn.
        divisions.append(division("groupShuffleSplit", seed, count, share, index, train, test))
    frame = pandas.DataFrame({"id": ids})
    sample = frame.sample(frac=share, random_state=seed)
    rest = frame.drop(sample.index)
    divisions.append(division("pandasSample", seed, count, share, 0, rest["id"], sample["id"]))

print(json.dumps({
    "source": "Scripts/golden/make_numpy_permutation.py",
    "versions": {
        "numpy": numpy.__version__, "pandas": pandas.__version__, "scikit-learn": sklearn.__version__,
    },
    "permutations": [
        permutation(seed, count)
        for seed in (0, 1, 42, 4294967295) for count in (1, 2, 5, 624, 30805)
    ],
    "divisions": divisions,
}, indent=1))
