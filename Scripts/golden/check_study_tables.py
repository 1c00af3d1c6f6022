# SPDX-License-Identifier: Apache-2.0
"""Computes the tables of `cxr study report` again with scikit-learn and pandas, and compares.

    python3 Scripts/golden/check_study_tables.py study.json study.sqlite reports/study

Reads the labels, demographics, splits, scores and thresholds from the catalog (SQLite), nothing that
cxr has computed. Compares every number without an interval in tables/*.csv: means over labels, each
disease, groups, gaps, changes over test sets, sizes, seeds, decisions, population counts. Prints how
many cells of each table agree, and fails when one differs by more than 1e-9, when an undefined cell is
defined on the other side, or when a table has fewer rows than it should. Needs scikit-learn and
pandas. Policies of one rule (u-zeros, u-ones, u-ignore, explicit-only) and the policies common-labels
and zero for undefined labels are covered; tables whose small counts are hidden are compared where they
are not.
"""

import json
import pathlib
import sqlite3
import sys

import numpy
import pandas
from sklearn import metrics

TOLERANCE = 1e-9
STATES = {
    "u-zeros": {0: 0, 1: 1, 2: 0, 3: 0},
    "u-ones": {0: 0, 1: 1, 2: 1, 3: 0},
    "u-ignore": {0: 0, 1: 1, 3: 0},
    "explicit-only": {0: 0, 1: 1},
}
MINIMUM = 10

index_path, catalog_path, report = (pathlib.Path(argument) for argument in sys.argv[1:4])
index = json.loads(index_path.read_text())
catalog = sqlite3.connect(f"file:{catalog_path}?mode=ro", uri=True)
statistics = index.get("statistics", {})
labels = index["labels"]
policy = STATES[statistics.get("policy", "u-ignore")]
bounds = statistics.get("ageBins", [18, 40, 60, 80])
minimum_group = statistics.get("minimumGroup", MINIMUM)
minimum_cell = statistics.get("minimumCell", MINIMUM)
counts_undefined = statistics.get("undefined", "common-labels") == "zero"
arms = {arm["name"]: arm for arm in index["arms"]}
headline, seen = [], set()
KEYS = ("strategy", "realShare", "realCount", "syntheticShare", "syntheticCount")
for arm in index["arms"]:
    key = tuple(arm.get(name) for name in KEYS)
    if arm["isHeadline"] and key not in seen:
        seen.add(key)
        headline.append(arm)
base = arms[index["baseArm"]]


def column(label):
    words = label.split()
    return words[0].lower() + "".join(word.capitalize() for word in words[1:])


def age_group(age):
    if age is None or numpy.isnan(age) or age < bounds[0]:
        return None
    at = max(i for i, bound in enumerate(bounds) if age >= bound)
    ends = [f"{bound:g}" for bound in bounds]
    return f"{ends[at]}+" if at == len(bounds) - 1 else f"{ends[at]}-{ends[at + 1]}"


def radiographs(dataset, split=None, part=None, view=None, cohort=None):
    frame = pandas.read_sql(
        """SELECT radiograph.id, radiograph.patientID, sex, race, ageYears, view, finding.*
        FROM radiograph JOIN patient ON patient.id = patientID
        JOIN finding ON finding.radiographID = radiograph.id
        JOIN dataset ON dataset.id = radiograph.datasetID WHERE dataset.name = ?""",
        catalog, params=(dataset,)).set_index("id")
    if split:
        members = pandas.read_sql(
            """SELECT radiographID FROM splitMember JOIN split ON split.id = splitID
            JOIN dataset ON dataset.id = split.datasetID
            WHERE dataset.name = ? AND split.name = ? AND part = ?""",
            catalog, params=(dataset, split, part))
        frame = frame[frame.index.isin(members.radiographID)]
    if view:
        frame = frame[frame["view"].str.lower() == view.lower()]
    if cohort:
        members = pandas.read_sql(
            """SELECT radiographID FROM cohortMember JOIN cohort ON cohort.id = cohortID
            WHERE cohort.name = ?""", catalog, params=(cohort,))
        frame = frame[frame.index.isin(members.radiographID)]
    return frame


def scores(dataset, model):
    frame = pandas.read_sql(
        """SELECT radiographID, label, score FROM prediction
        JOIN predictionLabel ON predictionLabel.id = predictionLabelID
        JOIN predictionRun ON predictionRun.id = predictionRunID
        JOIN dataset ON dataset.id = predictionRun.datasetID
        WHERE dataset.name = ? AND model = ?""", catalog, params=(dataset, model))
    return frame.pivot(index="radiographID", columns="label", values="score")


def thresholds(dataset, model):
    fixed = statistics.get("threshold")
    if fixed is not None:
        return {label: fixed for label in labels}
    rows = catalog.execute(
        """SELECT label, value FROM threshold
        JOIN predictionRun ON predictionRun.id = predictionRunID
        JOIN dataset ON dataset.id = predictionRun.datasetID
        WHERE dataset.name = ? AND model = ?""", (dataset, model))
    return {label.replace("_", " "): value for label, value in rows}


def rank_metrics(target, score):
    known = target.notna() & score.notna()
    truth, score = target[known].astype(int), score[known]
    both = truth.nunique() == 2
    return (
        metrics.roc_auc_score(truth, score) if both else numpy.nan,
        metrics.average_precision_score(truth, score) if truth.sum() > 0 else numpy.nan,
    )


class TestSet:
    def __init__(self, entry):
        self.entry, self.label = entry, entry["label"]
        dataset = entry["dataset"]
        known = {row[0] for row in catalog.execute(
            """SELECT model FROM predictionRun JOIN dataset ON dataset.id = datasetID
            WHERE name = ?""", (dataset,))}
        self.arms = [arm for arm in index["arms"] if arm["model"] in known]
        if base["model"] not in known:
            self.arms = []
        frame = radiographs(dataset, entry.get("split"), entry.get("part"), entry.get("view"))
        self.scores = {arm["name"]: scores(dataset, arm["model"]) for arm in self.arms}
        for table in self.scores.values():
            frame = frame[frame.index.isin(table.index)]
        self.scores = {name: table.loc[frame.index] for name, table in self.scores.items()}
        self.frame = frame
        self.targets = {label: frame[column(label)].map(policy) for label in labels}
        self.thresholds = {
            arm["name"]: thresholds(dataset, arm["model"]) for arm in self.arms}
        self.metrics = {
            arm["name"]: {label: self.rank(arm["name"], label) for label in labels}
            for arm in self.arms}
        self.headline = [arm for arm in headline if arm in self.arms]

    def score(self, arm, label):
        table = self.scores[arm]
        names = {name.replace("_", " "): name for name in table.columns}
        return table[names[label]] if label in names else pandas.Series(
            numpy.nan, index=table.index)

    def rank(self, arm, label, rows=None):
        target, score = self.targets[label], self.score(arm, label)
        return rank_metrics(*(x if rows is None else x[rows] for x in (target, score)))

    def macro(self, arm, position):
        table = [[self.metrics[a["name"]][label][position] for label in labels] for a in self.arms]
        defined = ~numpy.isnan(numpy.array(table)).any(axis=0)
        own = numpy.array([self.metrics[arm][label][position] for label in labels])
        if counts_undefined:
            return numpy.nan_to_num(own).mean()
        return own[defined].mean() if defined.any() else numpy.nan

    def common(self, position):
        table = [[self.metrics[a["name"]][label][position] for label in labels] for a in self.arms]
        return (~numpy.isnan(numpy.array(table)).any(axis=0)).sum()

    def groups(self, attribute):
        parts = []
        for name in attribute.split("*"):
            parts.append(
                self.frame["ageYears"].map(age_group) if name == "age" else self.frame[name])
        group = parts[0]
        for part in parts[1:]:
            group = group.where(part.isna(), group + "|" + part.fillna(""))
            group = group.where(part.notna())
        sizes = group.value_counts()
        return group, sizes, [name for name in sizes.index if sizes[name] >= minimum_group]

    def cell(self, rows, label):
        counts = []
        for arm in self.headline:
            known = self.targets[label][rows].notna() & self.score(arm["name"], label)[rows].notna()
            target = self.targets[label][rows][known]
            counts.append(((target == 1).sum(), (target == 0).sum()))
        return tuple(min(column) for column in zip(*counts))

    def group_labels(self, attribute):
        group, _, kept = self.groups(attribute)
        cells = {name: {label: self.cell(group == name, label) for label in labels}
                 for name in kept}
        large = {name: {label for label in labels if min(cells[name][label]) >= minimum_cell}
                 for name in kept}
        kept = [name for name in kept if large[name]]
        common = [label for label in labels if kept and all(label in large[n] for n in kept)]
        return kept, common, cells

    def underdiagnosis(self, arm, rows):
        threshold = self.thresholds[arm].get("No Finding")
        if threshold is None or "No Finding" not in labels:
            return numpy.nan
        target, score = (x[rows] for x in (self.targets["No Finding"], self.score(arm, "No Finding")))
        negative = (target == 0) & score.notna()
        return (score[negative] >= threshold).mean() if negative.any() else numpy.nan

    def gap(self, arm, attribute, metric):
        group, _, sized = self.groups(attribute)
        kept, common, cells = self.group_labels(attribute)
        if metric == "auroc":
            if not common:
                return numpy.nan
            values = [
                numpy.mean([self.rank(arm, label, group == name)[0] for label in common])
                for name in kept]
        else:
            values = [
                self.underdiagnosis(arm, group == name) for name in sized
                if "No Finding" in labels and cells[name]["No Finding"][1] >= minimum_cell]
        if len(values) < 2 or numpy.isnan(values).any():
            return numpy.nan
        return max(values) - min(values)


sets = {s.label: s for s in (TestSet(entry) for entry in index["testSets"]) if s.arms}
failures, checked, compared_tables = [], {}, []


def compare(table, where, field, text, expected):
    checked[table] = checked.get(table, 0) + 1
    found = numpy.nan if text in ("", None) else float(text)
    same = (numpy.isnan(found) and numpy.isnan(expected)) or abs(found - expected) <= TOLERANCE
    if not same:
        failures.append(f"{table}: {where}, {field}: report {found!r}, here {expected!r}")


def read(name):
    path = report / "tables" / f"{name}.csv"
    if not path.exists():
        return []
    compared_tables.append(path.stem)
    return pandas.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")


def expect_rows(name, rows, count):
    if len(rows) != count:
        failures.append(f"{name}: {len(rows)} rows, {count} expected")


def file_names(pattern):
    return sorted(path.stem for path in (report / "tables").glob(pattern))


for position, metric in enumerate(("auroc", "auprc")):
    name = f"overall-{metric}"
    rows = read(name)
    expect_rows(name, rows, sum(len(s.headline) for s in sets.values()))
    for row in rows:
        own = sets[row["test set"]]
        where = f"{own.label}, {row['arm']}"
        compare(name, where, metric, row[metric], own.macro(row["arm"], position))
        if metric == "auroc" and not counts_undefined:
            compare(name, where, "labels", str(len(row["labels"].split("|"))), own.common(position))
    for row in read(f"{name}-published"):
        value = sets[row["test set"]].macro(row["arm"], position)
        compare(f"{name}-published", row["arm"], metric, row[metric], value)
        compare(
            f"{name}-published", row["arm"], "difference", row["difference"],
            value - float(row["published"]))
    name = f"significance-{metric}"
    for row in read(name):
        own, where = sets[row["test set"]], f"{row['test set']}, {row['arm']}, {row['label']}"
        if row["label"] == "macro":
            # Over the labels on which both arms have both classes.
            used = [label for label in labels if not any(
                numpy.isnan(own.metrics[a][label][0]) for a in (row["arm"], base["name"]))]
            values = [numpy.mean([own.metrics[a][label][position] for label in used])
                      for a in (row["arm"], base["name"])]
        else:
            values = [own.metrics[a][row["label"]][position] for a in (row["arm"], base["name"])]
            if any(numpy.isnan(own.metrics[a][row["label"]][0]) for a in (row["arm"], base["name"])):
                continue  # Nothing can be compared without both classes.
        compare(name, where, "value", row["value"], values[0])
        compare(name, where, "difference", row["difference"], values[0] - values[1])
    for name in file_names(f"diseases-{metric}-*"):
        for row in read(name):
            own, label = sets[row["test set"]], row["label"]
            where = f"{row['arm']}, {label}"
            compare(name, where, metric, row[metric], own.metrics[row["arm"]][label][position])
            known = own.targets[label].notna() & own.score(row["arm"], label).notna()
            compare(name, where, "radiographs", row["radiographs"], known.sum())
            compare(name, where, "positives", row["positives"], own.targets[label][known].sum())

for row in read("sizes"):
    own, where = sets[row["test set"]], f"{row['test set']}, {row['arm']}"
    for position, metric in enumerate(("auroc", "auprc")):
        compare("sizes", where, metric, row[metric], own.macro(row["arm"], position))

for row in read("seeds"):
    own, arm = sets[row["test set"]], arms[row["arm"]]
    same = [a for a in own.arms if all(a.get(key) == arm.get(key) for key in KEYS)]
    values = [own.macro(a["name"], 0) for a in same]
    compare("seeds", arm["name"], "mean", row["mean"], numpy.mean(values))
    compare(
        "seeds", arm["name"], "standard deviation", row["standard deviation"],
        numpy.std(values, ddof=1))

for name in file_names("groups-*"):
    for row in read(name):
        own, arm, attribute = sets[row["test set"]], row["arm"], row["attribute"]
        group, sizes, sized = own.groups(attribute)
        kept, common, _ = own.group_labels(attribute)
        where, rows = f"{arm}, {row['group']}", group == row["group"]
        if row["radiographs"]:
            compare(name, where, "radiographs", row["radiographs"], rows.sum())
        if row["group"] in sized and row["auroc"]:
            values = [own.rank(arm, label, rows)[0] for label in common]
            compare(name, where, "auroc", row["auroc"], numpy.mean(values))
        if row["group"] in sized and row["underdiagnosis"]:
            compare(
                name, where, "underdiagnosis", row["underdiagnosis"], own.underdiagnosis(arm, rows))

for name, metric in (("figure-8", "auroc"), ("figure-9", "underdiagnosisRate")):
    for row in read(name):
        own, attribute = sets[row["test set"]], row["attribute"]
        where = f"{own.label}, {attribute}, {row['arm']}"
        value = own.gap(row["arm"], attribute, metric)
        compare(name, where, "gap", row["gap"], value)
        if row["difference"]:
            compare(
                name, where, "difference", row["difference"],
                value - own.gap(base["name"], attribute, metric))

for row in read("aggregates"):
    used = [s for s in sets.values()
            if row["scope"] == "all" or s.entry["role"] == "external"]
    pairs = []
    for own in used:
        if row["metric"] in ("auroc", "auprc"):
            position = ("auroc", "auprc").index(row["metric"])
            pairs.append([own.macro(a, position) for a in (row["arm"], base["name"])])
        else:
            metric = "auroc" if row["metric"] == "aurocGap" else "underdiagnosisRate"
            pairs += [[own.gap(a, attribute, metric) for a in (row["arm"], base["name"])]
                      for attribute in own.entry["groups"]]
    pairs = numpy.array([pair for pair in pairs if not numpy.isnan(pair).any() and pair[1] != 0])
    where = f"{row['metric']}, {row['scope']}, {row['arm']}"
    relative = (pairs[:, 0] - pairs[:, 1]) / pairs[:, 1]
    compare("aggregates", where, "relative", row["relative"], relative.mean())
    compare("aggregates", where, "difference", row["difference"], (pairs[:, 0] - pairs[:, 1]).mean())

for row in read("decisions"):
    own, arm, label = sets[row["test set"]], row["arm"], row["label"]
    known = own.targets[label].notna() & own.score(arm, label).notna()
    truth = own.targets[label][known].astype(int)
    called = (own.score(arm, label)[known] >= own.thresholds[arm][label]).astype(int)
    tn, fp, fn, tp = metrics.confusion_matrix(truth, called, labels=[0, 1]).ravel()
    expected = {
        "tp": tp, "fp": fp, "tn": tn, "fn": fn, "accuracy": metrics.accuracy_score(truth, called),
        "f1": metrics.f1_score(truth, called), "auroc": own.metrics[arm][label][0],
        "precision": metrics.precision_score(truth, called, zero_division=numpy.nan),
        "recall": metrics.recall_score(truth, called, zero_division=numpy.nan),
    }
    for field, value in expected.items():
        compare("decisions", f"{arm}, {label}", field, row[field], value)

populations = {entry["label"]: entry for entry in index.get("populations", [])}
frames = {}
for name in ("supplementary-table-2", "supplementary-table-3"):
    for row in read(name):
        entry = populations[row["population"]]
        if row["population"] not in frames:
            frames[row["population"]] = radiographs(
                entry["dataset"], entry.get("split"), entry.get("part"), entry.get("view"),
                entry.get("cohort"))
        frame = frames[row["population"]]
        if row["count"] == "":
            continue
        category, attribute = row["category"], row["attribute"]
        ages = frame["ageYears"].map(age_group).fillna("")
        ages = ages.where(~(frame["ageYears"] < bounds[0]), f"<{bounds[0]:g}")
        sexes = frame["sex"].map({"F": "Female", "M": "Male"}).fillna("")
        races = frame["race"].fillna("")
        if attribute == "total":
            expected = {"radiographs": len(frame), "patients": frame["patientID"].nunique(),
                        "mean age in years": frame["ageYears"].mean(),
                        "standard deviation of age in years": frame["ageYears"].std(),
                        }.get(category)
        elif attribute == "finding":
            expected = (frame[column(category)].map(policy) == 1).sum()
        else:
            values = {"sex": sexes, "race": races, "age": ages}
            parts = [values[part] for part in attribute.split("*")]
            unknown = ("Unknown", "Other or unknown")
            # An intersection names the sex last, as in "Asian, female".
            words = category.split(", ")
            if len(parts) == 2:
                words = [words[1].capitalize(), words[0]]
            rows = pandas.Series(True, index=frame.index)
            for part, word in zip(parts, words):
                rows &= part == ("" if word in unknown else word)
            expected = rows.sum()
        if expected is not None:
            compare(name, f"{row['population']}, {attribute} {category}", "count", row["count"],
                    expected)

for table in sorted(checked):
    print(f"{table}: {checked[table]} cells")
unread = set(file_names("*")) - set(compared_tables) - {"origins"}
if unread:
    print("not computed here, because they hold no statistics of predictions:", ", ".join(sorted(unread)))
print(f"{sum(checked.values())} cells compared, {len(failures)} differ by more than {TOLERANCE}")
for failure in failures[:40]:
    print("  " + failure)
sys.exit(1 if failures else 0)
