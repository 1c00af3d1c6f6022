# SPDX-License-Identifier: Apache-2.0
"""Checks an export of `cxr export --format croissant` with the reference implementation.

    cxr export --dataset nih --format croissant --out nih.json
    python3 -m venv .venv && .venv/bin/pip install mlcroissant==1.1.1
    .venv/bin/python Scripts/golden/check_croissant.py nih.json

mlcroissant validates the description, reads the table through it and checks its SHA-256; then
every record is compared with the CSV file itself.
"""
import csv
import hashlib
import importlib.metadata
import json
import math
import pathlib
import sys

import mlcroissant


def is_same(value, text):
    """Whether a record's value is what the field of the table says."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return text == ""
    if isinstance(value, bytes) and value.decode() == text:
        return True
    # mlcroissant 1.1 lets pandas guess, which turns identifiers of digits into numbers.
    return text != "" and float(value) == float(text)


def main():
    path = pathlib.Path(sys.argv[1])
    description = json.loads(path.read_text())
    file = description["distribution"][0]
    table = path.parent / file["contentUrl"]
    assert hashlib.sha256(table.read_bytes()).hexdigest() == file["sha256"], "another table"
    dataset = mlcroissant.Dataset(jsonld=str(path))
    print("warnings:", dataset.metadata.ctx.issues.report() or "none")
    count = 0
    with open(table, newline="") as lines:
        for row, record in zip(csv.DictReader(lines), dataset.records("radiographs"), strict=True):
            for field in description["recordSet"][0]["field"]:
                value, text = record[field["@id"]], row[field["name"]]
                assert is_same(value, text), (count + 1, field["name"])
            count += 1
    version = importlib.metadata.version("mlcroissant")
    print(f"{count} records agree with {table.name}, mlcroissant {version}")


main()
