# SPDX-License-Identifier: Apache-2.0
"""Compares an image store with the files it was built from, through NumPy and Pillow.

    pip install numpy pillow
    cxr images build --dataset nih --root nih --side 1024 --out stores/nih-1024
    python3 Scripts/golden/check_image_store.py stores/nih-1024 nih/images

Only images of the store's own size are compared, because those are stored as they are: the first
channel of a file must equal the row that index.csv names. Exits 1 at the first difference.
"""

import csv
import hashlib
import json
import pathlib
import sys

import numpy as np
from PIL import Image


def main():
    store, folder = map(pathlib.Path, sys.argv[1:3])
    side = json.loads((store / "store.json").read_text())["preparation"]["side"]
    shards, compared = {}, 0
    for row in csv.DictReader((store / "index.csv").open()):
        if row["problem"]:
            continue
        shard = row["shard"]
        if shard not in shards:
            shards[shard] = np.load(store / f"shard-{int(shard):05}.npy", mmap_mode="r")
        path = folder / row["imageName"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"], path.name
        pixels = np.asarray(Image.open(path))
        pixels = pixels[..., 0] if pixels.ndim == 3 else pixels
        if pixels.shape == (side, side):
            if not np.array_equal(pixels, shards[shard][int(row["row"])]):
                sys.exit(f"{path.name} differs")
            compared += 1
    print(f"{compared} images equal, {len(shards)} shards")


if __name__ == "__main__":
    main()
