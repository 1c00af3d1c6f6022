# SPDX-License-Identifier: Apache-2.0
"""What Pillow decodes from the NIH radiographs beside the repository, as hashes.

    python3 -m venv .venv && .venv/bin/pip install numpy==2.4.6 pillow==13.0.0
    .venv/bin/python Scripts/golden/make_nih_pixels.py ../shared/data/nih/images \\
      > Tests/CXRImageTests/Golden/nih_pixels.json

Of each image the first channel is hashed (SHA-256), rows from top to bottom, a byte a pixel.
"""
import hashlib
import json
import pathlib
import sys

import numpy
import PIL.Image

images = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.png")):
    pixels = numpy.asarray(PIL.Image.open(path))
    first = pixels if pixels.ndim == 2 else pixels[:, :, 0]
    digest = hashlib.sha256(numpy.ascontiguousarray(first).tobytes()).hexdigest()
    mode = "gray" if pixels.ndim == 2 else f"{pixels.shape[2]} channels"
    images[path.name] = {"mode": mode, "sha256": digest}
print(json.dumps(images, indent=1))
