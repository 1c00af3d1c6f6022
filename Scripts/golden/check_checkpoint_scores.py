# SPDX-License-Identifier: Apache-2.0
"""Compares the table of `cxr diffusion score` with scikit-learn, SciPy and pytorch-msssim.

    python3 Scripts/golden/check_checkpoint_scores.py CXR [FOLDER]

CXR is the program. A FOLDER in which this was stopped is gone on with. Needs torch, torchvision, safetensors, Pillow, scikit-learn, SciPy and pytorch-msssim.
Phantoms are real images; three runs of made-up checkpoints are written straight into the catalog: phantoms
that are blurred, get noise, or belong to another prompt, so that the measures differ. Random networks stand
for the published ones. Every measure is then computed here from the PNG files and the database alone, and
held to 1e-4 of the scale of the measure; choice and memorisation are worked out anew from the rule in words.
"""

import hashlib
import itertools
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

import numpy as np
import torch
from PIL import Image, ImageFilter

from torch_peers import torchvision

SIDE = 224
COPIES = 2
RUNS = ("s1000", "s2000", "s3000")


def cxr(program, folder, *arguments):
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"cxr {' '.join(arguments)}: {done.stderr}")
    return done.stdout


def torchvision_models():
    return torchvision().models


class Findings(torch.nn.Module):
    """Brightness and contrast of the middle of a picture, as logits of two findings.

    The logits stay small: near 1, float32 would round the scores of different images to one value.
    """

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        middle = x[:, 0, 40:180, 40:180].flatten(1)
        return torch.stack([middle.mean(dim=1) * 8 - 4, middle.std(dim=1) * 12 - 2], dim=1)


class Age(torch.nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return 50 + 25 * x.mean(dim=[1, 2, 3]).unsqueeze(1)


class Features(torch.nn.Module):
    """Twelve features of a small random network."""

    def __init__(self):
        super().__init__()
        self.first = torch.nn.Conv2d(3, 16, 7, 4)
        self.second = torch.nn.Conv2d(16, 12, 5, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.second(torch.relu(self.first(x))).mean(dim=[2, 3])


def write_networks(folder):
    from safetensors.torch import save_file

    torch.manual_seed(11)
    for name, module in (("findings", Findings()), ("age", Age()), ("features", Features())):
        torch.jit.script(module).save(str(folder / f"{name}.pt"))
    (folder / "findings.json").write_text(json.dumps({
        "outputs": ["Effusion", "Cardiomegaly"], "values": "logits", "side": SIDE, "channels": 1,
        "scale": "unit"}))
    (folder / "features.json").write_text(json.dumps({
        "side": SIDE, "channels": 3, "scale": "signedUnit"}))
    models = torchvision_models()
    for name, outputs in (("sex", 2), ("race", 3)):
        network = models.resnet34(num_classes=outputs).eval()
        with torch.no_grad():
            network.fc.weight *= 1e-2
        save_file(network.state_dict(), folder / f"{name}.safetensors")
    return models


def write_runs(folder, seed):
    """Writes runs as if images had been sampled."""
    random = np.random.default_rng(seed)
    catalog = sqlite3.connect(folder / "cxr.sqlite")
    prompts = catalog.execute(
        """SELECT position, dataset.name, imageName, variation, patient.sex, patient.race,
           CAST(radiograph.ageYears AS INTEGER), relativePath, promptSet.contentDigest
           FROM prompt JOIN promptSet ON promptSet.id = promptSetID
           JOIN radiograph ON radiograph.id = prompt.radiographID
           JOIN patient ON patient.id = patientID JOIN dataset ON dataset.id = radiograph.datasetID
           ORDER BY position""").fetchall()
    provenance = catalog.execute("SELECT MAX(id) FROM provenance").fetchone()[0]
    # A run keeps the labels of its sources as they were when it began.
    columns = {row[1] for row in catalog.execute("PRAGMA table_info(finding)")} - {"radiographID"}
    labels = ", ".join(sorted(
        columns & {row[1] for row in catalog.execute("PRAGMA table_info(generationPrompt)")}))
    for number, run in enumerate(RUNS):
        target = folder / run / "images" / "00000"
        target.mkdir(parents=True)
        settings = {
            "settings": {"name": run, "promptSet": "p", "seed": 1,
                         "copies": {"each": {"_0": COPIES}}, "regenerations": 0, "predicates": [],
                         "rejectedImages": "drop"},
            "promptSetDigest": prompts[0][-1], "judges": [],
            "generator": {"name": run, "digest": run, "settings": {"steps": "50"}}}
        catalog.execute(
            "INSERT INTO generationRun (name, folder, promptSet, promptSetDigest, configurationJSON,"
            " attemptLimit, provenanceID) VALUES (?, ?, 'p', ?, ?, 1, ?)",
            (run, str(folder / run), prompts[0][-1], json.dumps(settings), provenance))
        key = catalog.execute("SELECT last_insert_rowid()").fetchone()[0]
        for place, (position, dataset, name, variation, sex, race, age, path, _) in enumerate(prompts):
            races = ["Asian", "Black", "Hispanic", "White"]
            catalog.execute(
                "INSERT INTO generationPrompt (generationRunID, prompt, sourceDataset, sourceImageName, variation,"
                f" sex, race, ageYears, impression, text, {labels}) SELECT ?, ?, ?, ?, ?, ?, ?, ?, '', 't', {labels}"
                " FROM finding JOIN radiograph ON radiograph.id = radiographID WHERE imageName = ?",
                (key, place, dataset, name, variation, sex, race or races[place % 4], age, name))
            for copy in range(COPIES):
                # Of one checkpoint, an image may be that of another prompt.
                other = prompts[int(random.integers(len(prompts)))][7]
                source = other if random.random() < (0.5, 0.1, 0.3)[number] else path
                image = Image.open(next((folder / "ph" / "nih").rglob(pathlib.Path(source).name)))
                image = image.convert("L").resize((SIDE, SIDE), Image.BILINEAR)
                image = image.filter(ImageFilter.GaussianBlur((2, 1, 3)[number]))
                noise = random.normal(0, (9, 6, 2)[number], (SIDE, SIDE))
                if random.random() < 0.02:
                    noise = 0 * noise  # Nearly a copy.
                pixels = np.clip(np.asarray(image) + noise, 0, 255).round().astype(np.uint8)
                file = target / f"{place:08d}-{copy:03d}.png"
                Image.fromarray(pixels).save(file)
                digest = hashlib.sha256(file.read_bytes()).hexdigest()
                catalog.execute(
                    "INSERT INTO generationItem VALUES (?, ?, ?, 'accepted', 1, NULL, NULL)",
                    (key, place, copy))
                catalog.execute(
                    "INSERT INTO generationAttempt VALUES (?, ?, ?, 1, 1, 'accepted', NULL, ?, ?, ?, ?)",
                    (key, place, copy, f"images/00000/{file.name}", digest, SIDE, SIDE))
    catalog.commit()
    return catalog


def stretched(images):
    """Each image from its darkest to its brightest pixel, 0 to 1."""
    low, high = images.amin((1, 2), True), images.amax((1, 2), True)
    return (images - low) / (high - low)


def told(folder, models, images):
    """What the networks say of images of 0 to 255, shape [n, side, side]."""
    from safetensors.torch import load_file

    x = torch.tensor(images, dtype=torch.float32)
    unit = x[:, None] / 255
    script = {name: torch.jit.load(str(folder / f"{name}.pt")) for name in ("findings", "age", "features")}
    mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
    deviation = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    resnets = {}
    for name, outputs in (("sex", 2), ("race", 3)):
        resnets[name] = models.resnet34(num_classes=outputs).eval()
        resnets[name].load_state_dict(load_file(folder / f"{name}.safetensors"))
    rows = {name: [] for name in ("findings", "age", "features", "sex", "race")}
    with torch.no_grad():
        for start in range(0, len(x), 16):
            part, wide = unit[start:start + 16], stretched(x[start:start + 16])[:, None]
            large = torch.nn.functional.interpolate(wide, (320, 320), mode="bilinear")
            large = (large.expand(-1, 3, -1, -1) - mean) / deviation
            rows["findings"].append(torch.sigmoid(script["findings"](part)))
            rows["age"].append(script["age"](large))
            rows["features"].append(script["features"]((2 * part - 1).expand(-1, 3, -1, -1)))
            rows["sex"].append(resnets["sex"]((255 * wide).expand(-1, 3, -1, -1)))
            rows["race"].append(resnets["race"](large))
    return {name: torch.cat(parts).double().numpy() for name, parts in rows.items()}


def alignment(said, targets):
    from sklearn.metrics import accuracy_score, mean_squared_error, roc_auc_score

    values = {}
    for column, finding in enumerate(("Pleural Effusion", "Cardiomegaly")):
        labels = [target["labels"][finding] for target in targets]
        values[f"AUROC {finding}"] = roc_auc_score(labels, said["findings"][:, column])
    values["mean AUROC"] = np.mean(list(values.values()))
    values["sex accuracy"] = accuracy_score(
        [target["sex"] for target in targets], [("M", "F")[i] for i in said["sex"].argmax(1)])
    known = [i for i, t in enumerate(targets) if t["race"] in ("Asian", "Black", "White")]
    if known:
        values["race accuracy"] = accuracy_score(
            [targets[i]["race"] for i in known],
            [("Asian", "Black", "White")[i] for i in said["race"][known].argmax(1)])
    values["age RMSE"] = mean_squared_error([t["age"] for t in targets], said["age"][:, 0]) ** 0.5
    return values


def frechet(first, second):
    from scipy.linalg import sqrtm

    one, two = np.cov(first, rowvar=False), np.cov(second, rowvar=False)
    shift = first.mean(0) - second.mean(0)
    return float(shift @ shift + np.trace(one + two - 2 * np.real(sqrtm(one @ two))))


def cosine(a, b):
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def similarity(a, b):
    from pytorch_msssim import ms_ssim

    pair = [torch.tensor(image, dtype=torch.float64)[None, None] / 255 for image in (a, b)]
    return float(ms_ssim(*pair, data_range=1.0))


def chosen(scores, measures):
    """The choice by the rule in words."""
    def sign(name):
        smaller = name in ("age RMSE", "FID", "MS-SSIM in prompt", "cosine in prompt")
        return -1 if smaller else 1

    names = list(scores)
    table = {name: [sign(m) * scores[name][m] for m in measures] for name in names}
    front = [a for a in names if not any(
        all(x >= y for x, y in zip(table[b], table[a])) and table[b] != table[a] for b in names)]
    sums = {}
    for a in front:
        sums[a] = sum(
            sum(table[b][m] > table[a][m] for b in front)
            + (sum(table[b][m] == table[a][m] for b in front) + 1) / 2 for m in range(len(measures)))
    return front, sums, min(front, key=lambda name: (sums[name], names.index(name)))


def made(program, folder):
    """Makes real images, networks and runs."""
    cxr(program, folder, "phantom", "--out", "ph", "--patients", "24", "--images", str(SIDE), "--only", "nih",
        "--seed", "7")
    cxr(program, folder, "ingest", "nih", "--root", "ph/nih")
    cxr(program, folder, "prompts", "build", "--name", "p", "--dataset", "nih", "--view", "pa", "--template",
        "{age} year old {sex}. {labels}")
    cxr(program, folder, "images", "build", "--root", "ph/nih", "--side", str(SIDE), "--out", "real")
    return write_networks(folder), write_runs(folder, 3)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "score" / "cache").exists():
        models, catalog = torchvision_models(), sqlite3.connect(folder / "cxr.sqlite")
    else:
        models, catalog = made(program, folder)
    output = cxr(
        program, folder, "diffusion", "score", *itertools.chain(*(("--run", run) for run in RUNS)), "--store",
        "real", "--out", "score", "--classifier", "findings.pt", "--age-model", "age.pt", "--sex-model",
        "sex.safetensors", "--race-model", "race.safetensors", "--fid-network", "features.pt", "--findings",
        "Effusion,Cardiomegaly,Edema", "--resamples", "200", "--json", "--device", "cpu")
    document = json.loads(output)

    # The real images, by the store's own index.
    index = [line.split(",") for line in (folder / "real" / "index.csv").read_text().splitlines()]
    place = {row[1]: (int(row[2]), int(row[3])) for row in index[1:]}
    shards = {}
    def real(name):
        shard, row = place[name]
        if shard not in shards:
            shards[shard] = np.load(folder / "real" / f"shard-{shard:05d}.npy")
        return shards[shard][row]

    columns = {"Pleural Effusion": None, "Cardiomegaly": None}
    schema = [row[1] for row in catalog.execute("PRAGMA table_info(finding)")]
    for name in columns:
        columns[name] = next(c for c in schema if c.lower() == name.replace(" ", "").lower())
    states = {
        row[0]: dict(zip(columns, [value == 1 for value in row[1:]])) for row in catalog.execute(
            f"SELECT imageName, {', '.join(columns.values())} FROM finding "
            "JOIN radiograph ON radiograph.id = radiographID")}
    recorded = {
        row[0]: row[1:] for row in catalog.execute(
            "SELECT imageName, patient.sex, patient.race, ageYears, patientID FROM radiograph "
            "JOIN patient ON patient.id = patientID")}
    prompts = catalog.execute(
        "SELECT prompt, sourceImageName, sex, race, ageYears FROM generationPrompt "
        "WHERE generationRunID = (SELECT MIN(id) FROM generationRun) ORDER BY prompt").fetchall()
    names = list(dict.fromkeys(row[1] for row in prompts))
    reals = np.stack([real(name) for name in names])
    real_said = told(folder, models, reals)
    unit = real_said["features"] / np.linalg.norm(real_said["features"], axis=1, keepdims=True)
    patients = np.array([recorded[name][3] for name in names])
    among = unit @ unit.T
    among[patients[:, None] == patients[None]] = -2
    limit = float(np.quantile(among.max(1), 0.99))
    largest = 0.0

    def compare(what, found, expected, scale=1.0):
        nonlocal largest
        gap = abs(found - expected) / scale
        largest = max(largest, gap)
        print(f"{what:45s} {found:14.8f} {expected:14.8f} {gap:.1e}")
        if not gap <= 1e-4:
            sys.exit(f"{what} differs")

    expected = alignment(real_said, [
        dict(sex=recorded[n][0], race=recorded[n][1], age=recorded[n][2], labels=states[n]) for n in names])
    for measure, value in expected.items():
        compare(f"real images {measure}", document["real"]["values"][measure], value,
                100 if measure == "age RMSE" else 1)
    scores = {}
    for run, score, nearest in zip(RUNS, document["scores"], document["memorization"]):
        files = sorted((folder / run / "images" / "00000").glob("*.png"))
        images = np.stack([np.asarray(Image.open(file)) for file in files])
        said = told(folder, models, images)
        rows = [row for row in prompts for _ in range(COPIES)]
        values = alignment(said, [
            dict(sex=row[2], race=row[3], age=row[4], labels=states[row[1]]) for row in rows])
        features = said["features"]
        values["FID"] = frechet(real_said["features"], features)
        own = [names.index(row[1]) for row in rows]
        values["cosine to real"] = np.mean([cosine(features[i], real_said["features"][j]) for i, j in enumerate(own)])
        values["MS-SSIM to real"] = np.mean([similarity(images[i], reals[j]) for i, j in enumerate(own)])
        groups = [range(s, s + COPIES) for s in range(0, len(files), COPIES)]
        values["cosine in prompt"] = np.mean([
            np.mean([cosine(features[a], features[b]) for a, b in itertools.combinations(g, 2)]) for g in groups])
        values["MS-SSIM in prompt"] = np.mean([
            np.mean([similarity(images[a], images[b]) for a, b in itertools.combinations(g, 2)]) for g in groups])
        for measure, value in values.items():
            scale = {"age RMSE": 100, "FID": max(values["FID"], 1e-3)}.get(measure, 1)
            compare(f"{run} {measure}", score["values"][measure], value, scale)
            interval = score["intervals"].get(measure)
            reason = score["reasons"].get(measure, "")
            if interval is None and measure != "FID":
                # Only where too many resamples hold one class may it be missing.
                print(f"{run} {measure}: {reason}")
                if not ("AUROC" in measure and reason.startswith("no interval: ")):
                    sys.exit(f"{run} {measure} has no interval")
            elif measure != "FID" and not interval["lower"] <= value <= interval["upper"]:
                sys.exit(f"{run} {measure} lies outside its interval")
        scores[run] = score["values"]
        directions = features / np.linalg.norm(features, axis=1, keepdims=True)
        cosines = (directions @ unit.T).max(1)
        compare(f"{run} limit", nearest["limit"], limit)
        # An image on the limit itself may fall to either side in single precision.
        near = int((abs(cosines - limit) < 1e-6).sum())
        gap = abs(nearest["suspectCount"] - int((cosines > limit).sum()))
        print(f"{run} beyond the limit: {nearest['suspectCount']}, here {int((cosines > limit).sum())}")
        if gap > near:
            sys.exit("the number of images beyond the limit differs")
    measures = document["choice"]["measures"]
    front, sums, best = chosen(scores, measures)
    found = {row["name"]: row["rankSum"] for row in document["choice"]["placings"] if "rankSum" in row}
    print("front and sums of ranks", found, "here", sums)
    if found != sums or document["choice"]["chosen"] != best:
        sys.exit("the choice differs")
    print(f"chosen {best}; largest difference {largest:.1e}; files in {folder}")


if __name__ == "__main__":
    main()
