# SPDX-License-Identifier: Apache-2.0
"""Writes the benchmark's inputs: predictions.csv (50,000 radiographs, 8 labels, 2 models) and two
float32 feature matrices for the Fréchet distance. Deterministic for a NumPy version.

    python make_data.py FOLDER
"""

import pathlib
import sys

import numpy as np

ROWS = 50_000
FEATURES = (10_000, 2_048)
# Label: prevalence, separation of the classes in model a, decimals kept (few decimals mean many ties).
LABELS = {
    "Atelectasis": (0.18, 1.1, 4),
    "Cardiomegaly": (0.15, 1.5, 4),
    "Consolidation": (0.05, 1.0, 3),
    "Edema": (0.11, 1.7, 5),
    "Effusion": (0.21, 1.8, 6),
    "Pneumonia": (0.07, 0.8, 3),
    "Pneumothorax": (0.02, 1.4, 5),
    "No Finding": (0.40, 1.3, 4),
}


def predictions(random):
    """Columns by name: patient, group (0 to 7), then truth and both models' scores per label."""
    images = random.geometric(0.55, ROWS)
    patient = np.repeat(np.arange(ROWS), images)[:ROWS]
    group = random.choice(8, ROWS, p=[0.02, 0.02, 0.09, 0.10, 0.03, 0.03, 0.34, 0.37])[patient]
    columns = {"patient": patient, "group": group}
    for label, (prevalence, separation, decimals) in LABELS.items():
        truth = random.random(ROWS) < prevalence
        habit = 0.5 * random.normal(size=ROWS)[patient]
        shared = habit + 0.6 * random.normal(size=ROWS) + 0.06 * group
        columns[f"y_{label}"] = truth.astype(int)
        for model, extra in (("a", 0.0), ("b", 0.12)):
            evidence = (separation + extra) * truth + shared + 0.6 * random.normal(size=ROWS)
            columns[f"{model}_{label}"] = np.round(1 / (1 + np.exp(1.5 - evidence)), decimals)
    return columns


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(20_170_925)
    columns = predictions(random)
    with open(folder / "predictions.csv", "w", encoding="utf-8") as file:
        file.write(",".join(columns) + "\n")
        rows = zip(*(column.tolist() for column in columns.values()))
        file.writelines(",".join(map(repr, row)) + "\n" for row in rows)
    # Correlated features: a random rotation of axes with decaying spread, and a shifted relative.
    mixing = random.normal(size=(FEATURES[1], FEATURES[1])) / np.sqrt(FEATURES[1])
    mixing *= np.linspace(1.5, 0.1, FEATURES[1])[:, None]
    for name, shift in (("real", 0.0), ("synthetic", 0.1)):
        features = random.normal(size=FEATURES) @ mixing + shift
        features.astype("<f4").tofile(folder / f"features-{name}.f32")


if __name__ == "__main__":
    main()
