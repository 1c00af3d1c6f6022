# SPDX-License-Identifier: Apache-2.0
"""Prints the numbers that Tests/CXRStatisticsTests/StandardizedDifferenceTests.swift expects.

    python3 Scripts/golden/make_standardized_differences.py

The formulas are written out in NumPy; where tableone (pip) computes the same, it must agree.
"""

import numpy
import pandas
import tableone

MEANS = [(62.4, 17.1, 55.8, 16.2), (44.5, 16.5, 44.6, 16.5)]
PROPORTIONS = [(0.44, 0.40), (0.02, 0.05), (0.0, 0.3)]
CATEGORIES = [
    ([2452, 13685, 5521, 45102], [299, 1500, 700, 5085]),
    ([10, 20, 30], [30, 20, 10]),
    ([5, 0, 15, 7], [9, 0, 11, 3]),
    ([30, 70], [45, 55]),
]


def mean_difference(m1, s1, m2, s2):
    return (m1 - m2) / numpy.sqrt((s1**2 + s2**2) / 2)


def proportion_difference(p, q):
    return (p - q) / numpy.sqrt((p * (1 - p) + q * (1 - q)) / 2)


def category_distance(a, b):
    a, b = (numpy.array(x, float) for x in (a, b))
    used = (a + b) > 0
    p, q = (x[used] / x.sum() for x in (a, b))
    t = (p - q)[1:]
    s = sum(numpy.diag(x) - numpy.outer(x, x) for x in (p, q))[1:, 1:] / 2
    return numpy.sqrt(t @ numpy.linalg.inv(s) @ t)


def by_tableone(a, b):
    rows = [(group, str(category)) for group, counts in (("a", a), ("b", b))
            for category, count in enumerate(counts) for _ in range(count)]
    frame = pandas.DataFrame(rows, columns=["group", "category"])
    table = tableone.TableOne(
        frame, columns=["category"], categorical=["category"], groupby="group", smd=True)
    return float(table.smd_table.iloc[0, 0])


for case in MEANS:
    print("mean", case, repr(float(mean_difference(*case))))
for case in PROPORTIONS:
    print("proportion", case, repr(float(proportion_difference(*case))))
for a, b in CATEGORIES:
    value = float(category_distance(a, b))
    other = by_tableone(a, b)
    print("categories", a, b, repr(value), "tableone:", other)
    assert abs(value - abs(other)) < 1e-9, (a, b)
print("numpy", numpy.__version__, "pandas", pandas.__version__, "tableone", tableone.__version__)
